#include "time/calendar_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "time/civil_read.h"

/* --- checks --- */

static enum status refuse(struct diag *diag, const struct calendar_spec *spec, const char *trouble)
{
    diag_report(diag, RULE_CALENDAR, WHERE_NONE, "'%.*s': %s", STR_ARG(spec->name), trouble);
    return STATUS_INVALID;
}

static const char *check_windows(const struct day_windows *windows)
{
    size_t i;

    if (windows->count > LIMIT_CALENDAR_WINDOWS)
        return "a day has more than 24 windows";
    for (i = 0; i < windows->count; i++) {
        const struct day_window *window = &windows->list[i];

        if (window->from < 0 || window->from >= DAY_SECONDS)
            return "a window does not begin within its day";
        if (window->to <= window->from)
            return "a window ends before it begins";
        if (window->to > 2 * DAY_SECONDS)
            return "a window ends after the next day";
    }
    return NULL;
}

static const char *check_date(const struct day_rule *rule)
{
    enum { LEAP_YEAR = 2000 };

    switch (rule->kind) {
    case DAY_FIXED:
        return date_is_real(LEAP_YEAR, rule->month, rule->day) ? NULL : "a day is in no year";
    case DAY_EASTER:
        return rule->offset >= -YEAR_DAYS && rule->offset <= YEAR_DAYS
                   ? NULL
                   : "a day is more than a year from Easter";
    case DAY_WEEKDAY:
        return rule->month >= 1 && rule->month <= 12 && rule->weekday >= 1 && rule->weekday <= 7 &&
                       rule->nth != 0 && rule->nth >= -5 && rule->nth <= 5
                   ? NULL
                   : "a weekday of a month is in no year";
    case DAY_SINGLE:
        return rule->date >= FIRST_DATE && rule->date <= LAST_DATE
                   ? NULL
                   : "a date is not in the years 1 to 9999";
    }
    return "a day is of no known kind";
}

static const char *check_version(const struct calendar_version *version, bool *has_work)
{
    const char *trouble = NULL;
    size_t i;

    for (i = 0; i < 7 && !trouble; i++) {
        trouble = check_windows(&version->week[i]);
        *has_work |= version->week[i].count > 0;
    }
    for (i = 0; i < version->rule_count && !trouble; i++) {
        const struct day_rule *rule = &version->rules[i];

        trouble = check_date(rule);
        if (!trouble)
            trouble = check_windows(&rule->windows);
        if (!trouble && rule->first_year != 0 && rule->last_year != 0 &&
            rule->first_year > rule->last_year)
            trouble = "a day has its last year before its first";
        *has_work |= rule->windows.count > 0;
    }
    return trouble;
}

static const char *check_spec(const struct calendar_spec *spec)
{
    bool has_work = false;
    size_t i;

    for (i = 0; i < spec->version_count; i++) {
        const char *trouble = check_version(&spec->versions[i], &has_work);

        if (trouble)
            return trouble;
        if (i > 0 && spec->versions[i].from <= spec->versions[i - 1].from)
            return "its versions are out of order";
    }
    return has_work ? NULL : "it has no working time at all";
}

/* --- the copy --- */

static bool copy_name(struct arena *arena, struct str *name)
{
    if (!name->ptr)
        return true;
    *name = arena_str(arena, *name);
    return name->ptr != NULL;
}

static bool copy_windows(struct arena *arena, struct day_windows *windows)
{
    struct day_window *list;

    if (windows->count == 0)
        return true;
    list = arena_alloc(arena, windows->count, sizeof *list);
    if (!list)
        return false;
    memcpy(list, windows->list, windows->count * sizeof *list);
    windows->list = list;
    return true;
}

static bool copy_version(struct arena *arena, struct calendar_version *version)
{
    struct day_rule *rules;
    size_t i;

    for (i = 0; i < 7; i++)
        if (!copy_windows(arena, &version->week[i]))
            return false;
    if (version->rule_count == 0)
        return true;
    rules = arena_alloc(arena, version->rule_count, sizeof *rules);
    if (!rules)
        return false;
    memcpy(rules, version->rules, version->rule_count * sizeof *rules);
    version->rules = rules;
    for (i = 0; i < version->rule_count; i++) {
        if (!copy_name(arena, &rules[i].name) || !copy_windows(arena, &rules[i].windows))
            return false;
    }
    return true;
}

static int by_date(const void *left, const void *right)
{
    int64_t a = (*(const struct day_rule *const *)left)->date;
    int64_t b = (*(const struct day_rule *const *)right)->date;

    return (a > b) - (a < b);
}

static bool index_rules(struct arena *arena, const struct calendar_version *version,
                        struct rule_index *index)
{
    size_t i;

    if (version->rule_count == 0)
        return true;
    index->single = arena_alloc(arena, version->rule_count, sizeof(const struct day_rule *));
    index->other = arena_alloc(arena, version->rule_count, sizeof(const struct day_rule *));
    if (!index->single || !index->other)
        return false;
    for (i = 0; i < version->rule_count; i++) {
        const struct day_rule *rule = &version->rules[i];

        if (rule->kind == DAY_SINGLE && rule->shift == SHIFT_NONE)
            index->single[index->single_count++] = rule;
        else
            index->other[index->other_count++] = rule;
    }
    qsort(index->single, index->single_count, sizeof(const struct day_rule *), by_date);
    return true;
}

static bool copy_spec(struct calendar_plan *plan, const struct calendar_spec *spec)
{
    size_t i;

    plan->zone = spec->zone;
    plan->name = spec->name;
    plan->version_count = spec->version_count;
    plan->versions = arena_alloc(&plan->arena, spec->version_count, sizeof *plan->versions);
    plan->indexes = arena_alloc(&plan->arena, spec->version_count, sizeof *plan->indexes);
    if (!plan->versions || !plan->indexes || !copy_name(&plan->arena, &plan->name))
        return false;
    memcpy(plan->versions, spec->versions, spec->version_count * sizeof *plan->versions);
    for (i = 0; i < plan->version_count; i++)
        if (!copy_version(&plan->arena, &plan->versions[i]) ||
            !index_rules(&plan->arena, &plan->versions[i], &plan->indexes[i]))
            return false;
    return true;
}

/* One version since ever whose days are whole, and no rule. */
static bool is_always(const struct calendar_plan *plan)
{
    const struct calendar_version *version = plan->versions;
    size_t i;

    if (plan->version_count != 1 || version->rule_count > 0 || version->from > FIRST_DATE)
        return false;
    for (i = 0; i < 7; i++)
        if (version->week[i].count != 1 || version->week[i].list[0].from != 0 ||
            version->week[i].list[0].to < DAY_SECONDS)
            return false;
    return true;
}

enum status calendar_plan_init(struct calendar_plan *plan, const struct calendar_spec *spec,
                               struct diag *diag)
{
    const char *trouble = check_spec(spec);

    memset(plan, 0, sizeof *plan);
    arena_init(&plan->arena);
    if (trouble)
        return refuse(diag, spec, trouble);
    if (!copy_spec(plan, spec))
        return diag_no_memory(diag);
    plan->is_always = is_always(plan);
    return STATUS_OK;
}

void calendar_plan_done(struct calendar_plan *plan)
{
    arena_done(&plan->arena);
}

/* --- days --- */

const struct calendar_version *calendar_version_of(const struct calendar_plan *plan, int64_t date)
{
    size_t i = plan->version_count;

    while (i > 0 && plan->versions[i - 1].from > date)
        i--;
    return i > 0 ? &plan->versions[i - 1] : NULL;
}

int64_t calendar_version_end(const struct calendar_plan *plan,
                             const struct calendar_version *version)
{
    return version + 1 < plan->versions + plan->version_count ? version[1].from : INT64_MAX;
}

/* Before the first version nothing is plain, nor are the days on both sides of a change. */
static void mark_versions(const struct calendar_plan *plan, struct calendar_year_rules *rules)
{
    size_t i;

    for (i = 0; i < plan->version_count; i++) {
        int64_t from = plan->versions[i].from;
        size_t day;

        if (from <= rules->first || from >= rules->first + YEAR_DAYS)
            continue;
        day = (size_t)(from - rules->first);
        rules->plain[day - 1] = rules->plain[day] = 0;
        if (i == 0)
            memset(rules->plain, 0, day * sizeof rules->plain[0]);
    }
}

static void find_plain(const struct calendar_plan *plan, struct calendar_year_rules *rules)
{
    size_t i;

    if (!calendar_version_of(plan, rules->first + YEAR_DAYS - 1))
        return;
    for (i = 1; i < YEAR_DAYS - 2; i++)
        rules->plain[i] = !rules->rules[i - 1] && !rules->rules[i] && !rules->rules[i + 1];
    mark_versions(plan, rules);
    for (i = YEAR_DAYS - 2; i-- > 0;)
        if (rules->plain[i])
            rules->plain[i] = (uint16_t)(rules->plain[i + 1] + 1);
}

/* The date's year; NULL outside those we know. */
static const struct calendar_year_rules *find_year(const struct calendar_plan *plan,
                                                   struct calendar_years *years, int64_t date)
{
    struct calendar_year_rules *rules;
    int year;
    size_t i;

    for (i = 0; i < ARRAY_LEN(years->years); i++) {
        rules = &years->years[i];
        /* 31 December of a leap year goes the long way */
        if (date >= rules->first && date < rules->first + YEAR_DAYS - 1 && rules->year != 0)
            return rules;
    }
    if (date < FIRST_DATE || date > LAST_DATE)
        return NULL;
    year = civil_from_local((struct local){date * DAY_US}).year;
    rules = &years->years[year % 2];
    if (rules->year != year) {
        calendar_year_find(plan, year, rules);
        find_plain(plan, rules);
    }
    return rules;
}

static const struct day_rule *find_rule(const struct calendar_plan *plan,
                                        struct calendar_years *years, int64_t date)
{
    const struct calendar_year_rules *rules = find_year(plan, years, date);

    return rules ? rules->rules[date - rules->first] : NULL;
}

size_t calendar_plain_run(const struct calendar_plan *plan, struct calendar_years *years,
                          int64_t date, const struct calendar_version **ret_version)
{
    const struct calendar_year_rules *rules = find_year(plan, years, date);
    size_t count = rules ? rules->plain[date - rules->first] : 0;

    if (count > 0)
        *ret_version = calendar_version_of(plan, date);
    return count;
}

void windows_join(struct day_window *list, size_t *count, struct day_window window)
{
    size_t first = 0;
    size_t last;

    while (first < *count && list[first].to < window.from)
        first++;
    for (last = first; last < *count && list[last].from <= window.to; last++) {
        window.from = list[last].from < window.from ? list[last].from : window.from;
        window.to = list[last].to > window.to ? list[last].to : window.to;
    }
    memmove(list + first + 1, list + last, (*count - last) * sizeof *list);
    list[first] = window;
    *count = *count + 1 - (last - first);
}

/* What lies on the day itself. */
static void add_day(struct day_shape *shape, const struct day_windows *windows)
{
    size_t i;

    for (i = 0; i < windows->count; i++) {
        struct day_window window = windows->list[i];

        window.to = window.to < DAY_SECONDS ? window.to : DAY_SECONDS;
        windows_join(shape->list, &shape->count, window);
    }
}

/* What the evening before left. */
static void add_night(struct day_shape *shape, const struct day_windows *windows)
{
    size_t i;

    for (i = 0; i < windows->count; i++)
        if (windows->list[i].to > DAY_SECONDS)
            windows_join(shape->list, &shape->count,
                         (struct day_window){0, windows->list[i].to - DAY_SECONDS});
}

void calendar_day_shape(const struct calendar_plan *plan, struct calendar_years *years,
                        int64_t date, struct day_shape *ret_shape)
{
    const struct day_rule *rule = find_rule(plan, years, date);
    const struct day_rule *eve = find_rule(plan, years, date - 1);
    const struct calendar_version *version = calendar_version_of(plan, date);
    const struct calendar_version *before = calendar_version_of(plan, date - 1);

    ret_shape->count = 0;
    if (rule) {
        add_day(ret_shape, &rule->windows);
    } else {
        if (before)
            add_night(ret_shape, &before->week[civil_weekday(date - 1) - 1]);
        if (version)
            add_day(ret_shape, &version->week[civil_weekday(date) - 1]);
    }
    if (eve && !(rule && rule->windows.count == 0))
        add_night(ret_shape, &eve->windows);
}
