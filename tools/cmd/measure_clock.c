#include "cmd/measure_clock.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* --- targets --- */

/* "PT8H30M", and as people say it: "8h", "8h30m", "90m". */
static bool read_limit(struct str text, struct span *ret_span)
{
    char iso[40] = "PT";
    size_t i;

    if (span_parse(text, ret_span))
        return true;
    if (text.len == 0 || text.len > sizeof iso - 3 || text.ptr[0] < '0' || text.ptr[0] > '9')
        return false;
    for (i = 0; i < text.len; i++) {
        const char *unit = memchr("hHmMsS", text.ptr[i], 6);

        iso[2 + i] = unit ? "HHMMSS"[unit - "hHmMsS"] : text.ptr[i];
    }
    return span_parse((struct str){iso, text.len + 2}, ret_span);
}

static bool has_durations_only(const struct measure *measure)
{
    size_t v;

    for (v = 0; v < measure->variant_count; v++)
        if (!kind_is_time(measure->variants[v].kind))
            return false;
    return true;
}

static struct audit_target *add_target(struct gathering *g, struct audit_target *targets,
                                       const struct measure *measure, const char *variant,
                                       double value)
{
    struct audit_target *target = &targets[g->context.target_count++];

    target->measure = str_of(measure->id);
    target->variant = str_of(variant);
    target->value = value;
    target->source = TARGET_POLICY;
    return target;
}

/* A time is what figures of durations must reach, and what each case must keep where cases are
   judged. */
static enum status add_limit(struct gathering *g, struct audit_target *targets, struct str text)
{
    double seconds = (double)g->limit.us / (double)SECOND_US;
    bool is_used = false;
    bool needs_levels = false;
    size_t m;
    size_t v;

    for (m = 0; m < g->measure_count; m++) {
        const struct measure *measure = g->measures[m];

        needs_levels |= measure->needs_levels;
        for (v = 0; v < measure->variant_count; v++) {
            if (!kind_is_time(measure->variants[v].kind) || measure->needs_levels)
                continue;
            add_target(g, targets, measure, measure->variants[v].name, seconds);
            is_used = true;
        }
    }
    if (!is_used && !needs_levels)
        return run_usage(g->run, "no measure named has a target of time: '--target %.*s'",
                         STR_ARG(text));
    if (!needs_levels)
        g->limit.us = 0;
    return STATUS_OK;
}

static void add_share(struct gathering *g, struct audit_target *targets, double value,
                      bool has_limit)
{
    size_t m;

    for (m = 0; m < g->measure_count; m++)
        if (!has_limit || !has_durations_only(g->measures[m]))
            add_target(g, targets, g->measures[m], NULL, value);
}

static enum status take_targets(struct gathering *g)
{
    struct run *run = g->run;
    struct audit_target *targets = arena_alloc(
        &run->arena, g->measure_count * (MEASURE_VARIANTS + 1) + 1, sizeof *targets);
    struct str *texts = NULL;
    struct str limit = {NULL, 0};
    size_t count = 0;
    double share = NAN;
    enum status status = args_values(&run->args, "target", &run->arena, &run->diag, &texts, &count);
    struct span span;
    double value;
    size_t i;

    if (status != STATUS_OK || !targets)
        return diag_no_memory(&run->diag);
    g->context.targets = targets;
    for (i = 0; i < count; i++) {
        bool is_number = str_to_double(texts[i], &value);

        if (!is_number && (!read_limit(texts[i], &span) || span.us <= 0))
            return run_usage(run, "'--target' takes a number or a duration such as PT8H, not '%.*s'",
                             STR_ARG(texts[i]));
        if (is_number ? !isnan(share) : limit.ptr != NULL)
            return run_usage(run, "two targets of one kind: '--target %.*s'", STR_ARG(texts[i]));
        if (is_number) {
            share = value;
        } else {
            limit = texts[i];
            g->limit = span;
        }
    }
    if (!isnan(share))
        add_share(g, targets, share, limit.ptr != NULL);
    g->limit_share = isnan(share) || share > 1 ? NAN : share;
    return limit.ptr ? add_limit(g, targets, limit) : STATUS_OK;
}

/* --- charts --- */

static enum status take_grid(struct gathering *g)
{
    struct str text = args_str(&g->run->args, "grid");

    g->context.grid = GRID_MONTH;
    if (text.ptr && !grid_find(text, &g->context.grid))
        return run_usage(g->run, "'--grid' takes month, week or quarter, not '%.*s'",
                         STR_ARG(text));
    return STATUS_OK;
}

static bool read_baseline(struct str text, enum grid grid, struct audit_baseline *baseline)
{
    int32_t from;
    int32_t until;
    size_t at;

    for (at = 0; at + 1 < text.len; at++)
        if (text.ptr[at] == '.' && text.ptr[at + 1] == '.')
            break;
    if (at + 1 >= text.len)
        return false;
    baseline->from = (struct str){text.ptr, at};
    baseline->until = (struct str){text.ptr + at + 2, text.len - at - 2};
    return period_parse(grid, baseline->from, &from) &&
           period_parse(grid, baseline->until, &until) && from <= until;
}

static enum status take_baselines(struct gathering *g)
{
    struct run *run = g->run;
    struct audit_baseline *list;
    struct str *texts = NULL;
    size_t count = 0;
    enum status status =
        args_values(&run->args, "baseline", &run->arena, &run->diag, &texts, &count);
    size_t i;
    size_t m;

    list = arena_alloc(&run->arena, count * g->measure_count, sizeof *list);
    if (status != STATUS_OK || !list)
        return diag_no_memory(&run->diag);
    g->context.baselines = list;
    for (i = 0; i < count; i++) {
        for (m = 0; m < g->measure_count; m++) {
            struct audit_baseline *baseline = &list[g->context.baseline_count++];

            baseline->measure = str_of(g->measures[m]->id);
            baseline->reason = STR("--baseline");
            if (!read_baseline(texts[i], g->context.grid, baseline))
                return run_usage(run,
                                 "'--baseline' takes two periods of the grid such as "
                                 "2025-01..2025-06, not '%.*s'",
                                 STR_ARG(texts[i]));
        }
    }
    return STATUS_OK;
}

/* --- calendar and agreement --- */

static enum status take_documents(struct gathering *g)
{
    struct run *run = g->run;
    struct str *processes = NULL;
    enum status status;
    unsigned month;
    unsigned day;

    g->calendar_name = args_str(&run->args, "calendar");
    g->patron = args_str(&run->args, "patron");
    g->sla_name = args_str(&run->args, "sla");
    g->trust_name = args_str(&run->args, "trust");
    status = args_values(&run->args, "process", &run->arena, &run->diag, &processes,
                         &g->process_name_count);
    if (status != STATUS_OK)
        return status;
    g->process_names = processes;
    if (g->patron.ptr && !g->calendar_name.ptr && !g->sla_name.ptr)
        return run_usage(run, "'--patron' is a day of the calendar: --calendar NAME");
    if (g->patron.ptr && !month_day_parse(g->patron, &month, &day))
        return run_usage(run, "'--patron' takes month and day such as 06-24, not '%.*s'",
                         STR_ARG(g->patron));
    if (g->sla_name.ptr && g->limit.us > 0)
        return run_usage(run, "the agreement of '--sla' says what every case must keep, so that "
                              "'--target' cannot");
    return STATUS_OK;
}

enum status measure_take_clock(struct gathering *g)
{
    enum status status = take_targets(g);

    if (status == STATUS_OK)
        status = take_documents(g);
    if (status == STATUS_OK)
        status = take_grid(g);
    return status == STATUS_OK ? take_baselines(g) : status;
}
