#include "lint/lint_holiday.h"

#include <limits.h>
#include <string.h>

#include "base/mem.h"

static bool number_of(const struct xml_node *node, const char *name, int *ret_number)
{
    int64_t number;

    if (!str_to_int64(xml_attr(node, name), &number) || number < -9999 || number > 9999)
        return false;
    *ret_number = (int)number;
    return true;
}

static bool read_fixed(const struct xml_node *node, struct lint_holiday *holiday)
{
    struct str date = xml_attr(node, "date");
    struct str day = {date.len == 5 ? date.ptr + 3 : NULL, date.len == 5 ? 2 : 0};
    struct str shift = xml_attr(node, "shift");
    int64_t month_number;
    int64_t day_number;

    if (date.len != 5 || !str_to_int64((struct str){date.ptr, 2}, &month_number) ||
        !str_to_int64(day, &day_number))
        return false;
    holiday->kind = DAY_FIXED;
    holiday->month = (int)month_number;
    holiday->day = (int)day_number;
    holiday->moves = shift.len > 0 && !str_is(shift, "none");
    return true;
}

static bool read_one(const struct xml_node *node, struct lint_holiday *holiday)
{
    const char *name = xml_name(node);

    if (strcmp(name, "fixed") == 0)
        return read_fixed(node, holiday);
    if (strcmp(name, "single") == 0) {
        holiday->kind = DAY_SINGLE;
        return lint_day(xml_attr(node, "date"), &holiday->date);
    }
    if (strcmp(name, "easter") == 0) {
        holiday->kind = DAY_EASTER;
        return number_of(node, "offset", &holiday->offset);
    }
    if (strcmp(name, "weekday") != 0)
        return false;
    holiday->kind = DAY_WEEKDAY;
    holiday->weekday = lint_weekday(xml_attr(node, "day"));
    return holiday->weekday >= 0 && number_of(node, "month", &holiday->month) &&
           number_of(node, "nth", &holiday->nth);
}

static size_t read_all(const struct xml_node *node, size_t version, struct lint_holiday *list)
{
    const struct xml_node *child = xml_child(node, NULL);
    size_t count = 0;

    for (; child; child = xml_next(child, NULL)) {
        struct lint_holiday holiday = {
            .node = child, .version = version, .first_year = INT_MIN, .last_year = INT_MAX};

        if (!read_one(child, &holiday))
            continue;
        number_of(child, "first-year", &holiday.first_year);
        number_of(child, "last-year", &holiday.last_year);
        holiday.has_hours = xml_child(child, "window") != NULL;
        list[count++] = holiday;
    }
    return count;
}

static size_t children_of(const struct xml_node *node, const char *name)
{
    const struct xml_node *child = xml_child(node, name);
    size_t count = 0;

    for (; child; child = xml_next(child, name))
        count++;
    return count;
}

struct lint_holidays lint_holidays(struct lint *lint, const struct xml_node *root)
{
    const struct xml_node *node = xml_child(root, "version");
    size_t most = children_of(root, NULL);
    size_t versions = children_of(root, "version") + 1;
    struct lint_holidays none = {NULL, 0, NULL, 0};
    struct lint_version *version;
    struct lint_holiday *list;
    size_t count;
    size_t i;

    for (; node; node = xml_next(node, "version"))
        most += children_of(node, NULL);
    list = arena_alloc(lint->arena, most + 1, sizeof *list);
    version = arena_alloc(lint->arena, versions, sizeof *version);
    if (!list || !version) {
        lint_no_memory(lint);
        return none;
    }
    version[0].from = INT64_MIN;
    lint_week_works(xml_child(root, "week"), version[0].works);
    count = read_all(root, 0, list);
    for (i = 1, node = xml_child(root, "version"); node; node = xml_next(node, "version"), i++) {
        if (!lint_day(xml_attr(node, "from"), &version[i].from))
            version[i].from = version[i - 1].from;
        version[i - 1].until = version[i].from;
        lint_week_works(xml_child(node, "week"), version[i].works);
        count += read_all(node, i, list + count);
    }
    version[versions - 1].until = INT64_MAX;
    return (struct lint_holidays){list, count, version, versions};
}
