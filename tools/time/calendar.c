#include "time/calendar.h"

#include <string.h>

#include "base/mem.h"
#include "time/calendar_parts.h"
#include "time/civil_read.h"

static enum status prepare(struct calendar *calendar, const struct calendar_spec *spec,
                           struct diag *diag)
{
    enum status status = calendar_plan_init(&calendar->plan, spec, diag);

    calendar->table.calendar = calendar;
    if (status != STATUS_OK || calendar->plan.is_always)
        return status;
    calendar->far = mem_alloc(1, sizeof *calendar->far);
    if (!calendar->far)
        return diag_no_memory(diag);
    return calendar_table_build(calendar, diag);
}

enum status calendar_prepare(const struct calendar_spec *spec, struct diag *diag,
                             struct calendar **ret_calendar)
{
    struct calendar *calendar = mem_alloc(1, sizeof *calendar);
    enum status status;

    if (!calendar)
        return diag_no_memory(diag);
    status = prepare(calendar, spec, diag);
    if (status == STATUS_OK)
        *ret_calendar = calendar;
    else
        calendar_free(calendar);
    return status;
}

enum status calendar_always(const struct zone *zone, struct diag *diag,
                            struct calendar **ret_calendar)
{
    static const struct day_window day = {0, DAY_SECONDS};
    struct calendar_version version = {.from = INT64_MIN};
    struct calendar_spec spec = {STR("24x7"), zone, &version, 1};
    size_t i;

    for (i = 0; i < ARRAY_LEN(version.week); i++)
        version.week[i] = (struct day_windows){&day, 1};
    return calendar_prepare(&spec, diag, ret_calendar);
}

void calendar_free(struct calendar *calendar)
{
    if (!calendar)
        return;
    if (calendar->far)
        calendar_far_free(atomic_load(calendar->far));
    mem_free(calendar->far);
    calendar_plan_done(&calendar->plan);
    mem_free(calendar->cells);
    mem_free(calendar->windows);
    mem_free(calendar);
}

struct str calendar_name(const struct calendar *calendar)
{
    return calendar->plan.name;
}

const struct zone *calendar_zone(const struct calendar *calendar)
{
    return calendar->plan.zone;
}

bool calendar_is_always(const struct calendar *calendar)
{
    return calendar->plan.is_always;
}

const struct calendar_table *calendar_table(const struct calendar *calendar)
{
    return &calendar->table;
}

enum status calendar_year(const struct calendar *calendar, int year, struct arena *arena,
                          struct diag *diag, struct calendar_day **ret_days, size_t *ret_count)
{
    struct calendar_year_rules rules;
    struct calendar_day *days;
    size_t count = 0;
    size_t i;

    if (year < 1 || year > 9999) {
        *ret_days = NULL;
        *ret_count = 0;
        return STATUS_OK;
    }
    calendar_year_find(&calendar->plan, year, &rules);
    for (i = 0; i < YEAR_DAYS; i++)
        count += rules.rules[i] != NULL;
    days = arena_alloc(arena, count ? count : 1, sizeof *days);
    if (!days)
        return diag_no_memory(diag);
    *ret_days = days;
    *ret_count = count;
    for (i = 0; i < YEAR_DAYS; i++) {
        const struct day_rule *rule = rules.rules[i];

        if (rule)
            *days++ = (struct calendar_day){rules.first + (int64_t)i, rule->name, rule->windows,
                                            rules.shifted[i]};
    }
    return STATUS_OK;
}
