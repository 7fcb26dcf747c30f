#include "lint/lint_moment.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "time/instant.h"

static const char *const weekday_names[WEEKDAYS] = {"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

/* Digits from `at` on; -1: others stand there. */
static int digits(struct str text, size_t at, size_t len)
{
    int number = 0;
    size_t i;

    for (i = at; i < at + len; i++) {
        if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        number = number * 10 + (text.ptr[i] - '0');
    }
    return number;
}

bool lint_day(struct str text, int64_t *ret_day)
{
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    struct civil civil = {.year = year, .month = (unsigned)month, .day = (unsigned)day};

    if (text.len != 10 || year < 1 || month < 1 || day < 1 || !civil_is_valid(&civil))
        return false;
    *ret_day = civil_days(year, (unsigned)month, (unsigned)day);
    return true;
}

int32_t lint_clock(struct str text)
{
    int hours = digits(text, 0, 2);
    int minutes = digits(text, 3, 2);

    if (text.len != 5 || hours < 0 || hours > 48 || minutes < 0 || minutes > 59)
        return -1;
    return hours * 3600 + minutes * 60;
}

int lint_weekday(struct str text)
{
    int i;

    for (i = 0; i < WEEKDAYS; i++)
        if (str_is(text, weekday_names[i]))
            return i;
    return -1;
}

const char *lint_weekday_name(int weekday)
{
    return weekday_names[weekday];
}

void lint_week_works(const struct xml_node *week, bool works[WEEKDAYS])
{
    const struct xml_node *day = week ? xml_child(week, "day") : NULL;

    memset(works, 0, WEEKDAYS * sizeof *works);
    for (; day; day = xml_next(day, "day")) {
        int weekday = lint_weekday(xml_attr(day, "name"));

        if (weekday >= 0 && xml_child(day, "window"))
            works[weekday] = true;
    }
}

struct lint_day_text lint_day_text(int64_t day)
{
    struct civil civil = civil_from_local((struct local){day * DAY_US});
    struct lint_day_text room;

    snprintf(room.text, sizeof room.text, "%04d-%02u-%02u", civil.year, civil.month, civil.day);
    return room;
}
