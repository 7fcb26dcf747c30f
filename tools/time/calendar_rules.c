#include <string.h>

#include "base/mem.h"
#include "time/calendar_plan.h"
#include "time/civil_read.h"

/* Dates before and after the year that its shifted holidays can depend on. */
enum { MARGIN_DAYS = 62, SHIFT_DAYS_MOST = 14 };

/* A year being worked out, under one version. */
struct year_work {
    struct calendar_year_rules *rules;
    const struct calendar_version *version;
    int64_t from; /* dates of the version */
    int64_t until;
    int64_t first;                           /* date of taken[0] */
    bool taken[YEAR_DAYS + 2 * MARGIN_DAYS]; /* a holiday already */
};

static bool nth_weekday(const struct day_rule *rule, unsigned year, int64_t *ret_date)
{
    unsigned length = days_in_month(year, rule->month);
    unsigned day;

    if (rule->nth > 0) {
        unsigned first = civil_weekday(days_of(year, rule->month, 1));

        day = 1 + (rule->weekday + 7 - first) % 7 + 7 * (unsigned)(rule->nth - 1);
        if (day > length)
            return false;
    } else {
        unsigned last = civil_weekday(days_of(year, rule->month, length));
        unsigned back = (last + 7 - rule->weekday) % 7 + 7 * (unsigned)(-rule->nth - 1);

        if (back >= length)
            return false;
        day = length - back;
    }
    *ret_date = days_of(year, rule->month, day);
    return true;
}

/* The date a rule names in a year, before any shift; false when it has none. */
static bool named_date(const struct day_rule *rule, int year, int64_t *ret_date)
{
    if (year < 1 || year > 9999 || (rule->first_year != 0 && year < rule->first_year) ||
        (rule->last_year != 0 && year > rule->last_year))
        return false;
    switch (rule->kind) {
    case DAY_FIXED:
        if (!date_is_real((unsigned)year, rule->month, rule->day))
            return false; /* 29 February */
        *ret_date = days_of((unsigned)year, rule->month, rule->day);
        return true;
    case DAY_EASTER:
        *ret_date = easter_sunday(year) + rule->offset;
        return true;
    case DAY_WEEKDAY:
        return nth_weekday(rule, (unsigned)year, ret_date);
    case DAY_SINGLE:
        *ret_date = rule->date;
        return civil_from_local((struct local){rule->date * DAY_US}).year == year;
    }
    return false;
}

static bool is_moved(const struct day_rule *rule, int64_t date)
{
    unsigned weekday = civil_weekday(date);

    switch (rule->shift) {
    case SHIFT_NONE:
        return false;
    case SHIFT_NEAREST:
    case SHIFT_NEXT_WORKDAY:
        return weekday >= 6;
    case SHIFT_SUNDAY_MONDAY:
    case SHIFT_SUNDAY_SATURDAY:
        return weekday == 7;
    }
    return false;
}

static bool is_taken(const struct year_work *work, int64_t date)
{
    int64_t i = date - work->first;

    return i >= 0 && i < (int64_t)ARRAY_LEN(work->taken) && work->taken[i];
}

/* The next Monday to Friday with work that is no holiday; far off there is none. */
static int64_t next_workday(const struct year_work *work, int64_t date)
{
    int64_t next;

    for (next = date + 1; next <= date + SHIFT_DAYS_MOST; next++) {
        unsigned weekday = civil_weekday(next);

        if (weekday <= 5 && work->version->week[weekday - 1].count > 0 && !is_taken(work, next))
            return next;
    }
    return date;
}

static int64_t moved_date(const struct year_work *work, const struct day_rule *rule, int64_t date)
{
    int64_t moved = date;

    switch (rule->shift) {
    case SHIFT_NEAREST:
        moved = civil_weekday(date) == 6 ? date - 1 : date + 1;
        break;
    case SHIFT_SUNDAY_MONDAY:
        moved = date + 1;
        break;
    case SHIFT_SUNDAY_SATURDAY:
        return date - 1;
    case SHIFT_NONE:
    case SHIFT_NEXT_WORKDAY:
        break;
    }
    return moved == date || is_taken(work, moved) ? next_workday(work, date) : moved;
}

/* Other hours of every year do not open a day that its week leaves closed; a single date does. */
static bool has_effect(const struct year_work *work, const struct day_rule *rule, int64_t date)
{
    return date >= work->from && date < work->until &&
           (rule->windows.count == 0 || rule->kind == DAY_SINGLE ||
            work->version->week[civil_weekday(date) - 1].count > 0);
}

static void put_rule(struct year_work *work, const struct day_rule *rule, int64_t date,
                     bool is_shifted)
{
    struct calendar_year_rules *rules = work->rules;
    int64_t place = date - work->first;
    int64_t day = date - rules->first;

    if (rule->windows.count == 0 && place >= 0 && place < (int64_t)ARRAY_LEN(work->taken))
        work->taken[place] = true;
    if (day < 0 || day >= YEAR_DAYS || !has_effect(work, rule, date))
        return;
    /* later in the list wins, whichever came here first */
    if (!rules->rules[day] || rules->rules[day] < rule) {
        rules->rules[day] = rule;
        rules->shifted[day] = is_shifted;
    }
}

/* First the holidays that stay, so that those which move find them. */
static void put_others(struct year_work *work, const struct rule_index *index, bool moving)
{
    size_t i;

    for (i = 0; i < index->other_count; i++) {
        const struct day_rule *rule = index->other[i];
        int year;

        for (year = work->rules->year - 1; year <= work->rules->year + 1; year++) {
            int64_t named = 0;
            int64_t date;

            if (!named_date(rule, year, &named) || is_moved(rule, named) != moving)
                continue;
            date = moving ? moved_date(work, rule, named) : named;
            put_rule(work, rule, date, date != named);
        }
    }
}

static void put_singles(struct year_work *work, const struct rule_index *index)
{
    int64_t end = work->first + (int64_t)ARRAY_LEN(work->taken);
    size_t low = 0;
    size_t high = index->single_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (index->single[middle]->date < work->first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < index->single_count && index->single[low]->date < end; low++) {
        const struct day_rule *rule = index->single[low];
        int64_t date;

        if (named_date(rule, civil_from_local((struct local){rule->date * DAY_US}).year, &date))
            put_rule(work, rule, date, /* is_shifted= */ false);
    }
}

void calendar_year_find(const struct calendar_plan *plan, int year,
                        struct calendar_year_rules *ret_rules)
{
    int64_t first = days_of((unsigned)year, 1, 1);
    int64_t last = days_of((unsigned)year, 12, 31);
    size_t i;

    memset(ret_rules, 0, sizeof *ret_rules);
    ret_rules->year = year;
    ret_rules->first = first;
    for (i = 0; i < plan->version_count; i++) {
        struct year_work work;

        work.version = &plan->versions[i];
        work.from = work.version->from > first ? work.version->from : first;
        work.until = calendar_version_end(plan, work.version);
        if (work.until > last)
            work.until = last + 1;
        if (work.from >= work.until || work.version->rule_count == 0)
            continue;
        work.rules = ret_rules;
        work.first = first - MARGIN_DAYS;
        memset(work.taken, 0, sizeof work.taken);
        put_singles(&work, &plan->indexes[i]);
        put_others(&work, &plan->indexes[i], /* moving= */ false);
        put_others(&work, &plan->indexes[i], /* moving= */ true);
    }
}
