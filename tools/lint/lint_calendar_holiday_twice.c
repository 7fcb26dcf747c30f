/* Holidays that are there already: a name that was forgotten, or a date that was copied. */
#include "lint/lint_holiday.h"

/* The years of one begin before those of the other end. */
static bool share_years(const struct lint_holiday *a, const struct lint_holiday *b)
{
    return a->first_year <= b->last_year && b->first_year <= a->last_year;
}

static bool is_date_of(const struct lint_holiday *single, const struct lint_holiday *fixed)
{
    struct civil civil = civil_from_local((struct local){single->date * DAY_US});

    return (int)civil.month == fixed->month && (int)civil.day == fixed->day && !fixed->moves &&
           fixed->first_year <= civil.year && civil.year <= fixed->last_year;
}

static bool is_same(const struct lint_holiday *a, const struct lint_holiday *b)
{
    if (a->kind == DAY_SINGLE && b->kind == DAY_FIXED)
        return is_date_of(a, b);
    if (a->kind == DAY_FIXED && b->kind == DAY_SINGLE)
        return is_date_of(b, a);
    if (a->kind != b->kind || !share_years(a, b))
        return false;
    switch (a->kind) {
    case DAY_FIXED:
        return a->month == b->month && a->day == b->day;
    case DAY_EASTER:
        return a->offset == b->offset;
    case DAY_WEEKDAY:
        return a->month == b->month && a->weekday == b->weekday && a->nth == b->nth;
    case DAY_SINGLE:
        break;
    }
    /* of the calendar itself the schema says it */
    return a->date == b->date && (a->version > 0 || b->version > 0);
}

/* Hours of its own are a reason to name a day again; so is a version. */
static bool is_again(const struct lint_holiday *before, const struct lint_holiday *holiday)
{
    if (before->version != holiday->version && before->version != 0)
        return false;
    return before->has_hours == holiday->has_hours && is_same(before, holiday) &&
           (!holiday->has_hours || before->kind == holiday->kind);
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_holidays all = lint_holidays(lint, node);
    size_t i;
    size_t j;

    for (i = 0; i < all.count; i++) {
        for (j = 0; j < i && !is_again(&all.list[j], &all.list[i]); j++)
            ;
        if (j == i)
            continue;
        lint_say(lint, all.list[i].node, NULL, "line %llu has it",
                 (unsigned long long)xml_where(lint->document, all.list[j].node).line);
        lint_hint(lint, "take one of the two away, or mend its date");
    }
}

const struct lint_rule lint_calendar_holiday_twice = {.kind = "calendar", .look = look};
