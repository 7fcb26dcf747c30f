/* M-08, consistency: in how many periods what was agreed was kept. */
#include <math.h>

#include "base/buf.h"
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/measure_table.h"

/* Cases below which a period says nothing, and periods below which a year does not. */
static const uint64_t NEEDED_CASES = 10;
static const uint64_t NEEDED_PERIODS = 6;

enum { REPORTED, COMPUTED, FIRST_RESPONSE, NEXT_RESPONSE, REPORTED_RUN, COMPUTED_RUN };

static const struct measure_variant variants[] = {
    [REPORTED] = {"reported", VARIANT_SHARE, "periods with at least 10 cases", true, false, "s",
                  true},
    [COMPUTED] = {"computed", VARIANT_SHARE, "periods with at least 10 cases", true, false, "s",
                  true},
    [FIRST_RESPONSE] = {"computed-first-response", VARIANT_SHARE, "periods with at least 10 cases",
                        true, false, "s", true},
    [NEXT_RESPONSE] = {"computed-next-response", VARIANT_SHARE, "periods with at least 10 cases",
                       true, false, "s", true},
    [REPORTED_RUN] = {"reported-longest-miss", VARIANT_SHARE, "periods with at least 10 cases",
                      true, false, "s", true},
    [COMPUTED_RUN] = {"computed-longest-miss", VARIANT_SHARE, "periods with at least 10 cases",
                      true, false, "s", true},
};

static enum sla_metric metric_of(size_t variant)
{
    return variant == FIRST_RESPONSE  ? SLA_FIRST_RESPONSE
           : variant == NEXT_RESPONSE ? SLA_NEXT_RESPONSE
                                      : SLA_RESOLUTION;
}

static bool is_of_flag(size_t variant)
{
    return variant == REPORTED || variant == REPORTED_RUN;
}

static bool is_run(size_t variant)
{
    return variant == REPORTED_RUN || variant == COMPUTED_RUN;
}

/* What M-07 must reach in each period. */
static bool period_target(const struct measure_context *context, size_t variant,
                          struct measure_target *ret_target)
{
    static const size_t of[] = {[REPORTED_RUN] = REPORTED, [COMPUTED_RUN] = COMPUTED};

    return measure_audit_target(context, "M-07",
                                variants[is_run(variant) ? of[variant] : variant].name, ret_target);
}

static unsigned applies(const struct measure_context *context)
{
    struct measure_target target;
    unsigned mask = 0;
    size_t v;

    for (v = 0; v < ARRAY_LEN(variants); v++) {
        bool has_target = period_target(context, v, &target) ||
                          (!is_of_flag(v) && service_levels_promise(context, metric_of(v)));

        if (has_target && (is_of_flag(v) ? record_has(context->set, SLOT_MET)
                                         : attainment_applies(context, metric_of(v))))
            mask |= 1u << v;
    }
    return mask;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    struct attainment attainment;
    size_t v;

    for (v = 0; v < ARRAY_LEN(variants); v++) {
        if ((mask >> v & 1) == 0)
            continue;
        if (is_of_flag(v))
            attainment_observe_flag(state, v, item);
        else
            attainment_observe(state, v, item, metric_of(v), &attainment);
    }
}

static bool find_target(const struct measure_context *context, size_t variant, int32_t level,
                        bool is_period, struct measure_target *ret_target)
{
    if (!is_period && is_run(variant)) { /* a share is no target for a number of periods */
        *ret_target = (struct measure_target){.value = NAN};
        return true;
    }
    if (!is_period)
        return false; /* what the audit says of M-08 */
    return attainment_target(context, level, ret_target) ||
           period_target(context, variant, ret_target);
}

/* --- periods --- */

enum outcome { NOT_COUNTED, KEPT, MISSED };

static enum outcome outcome_of(const struct figure *period)
{
    if (period->n < NEEDED_CASES || !period->verdict.ptr)
        return NOT_COUNTED;
    return str_is(period->verdict, "met") || str_is(period->verdict, "proven-capable") ? KEPT
                                                                                       : MISSED;
}

/* Without a target for the whole, a period is kept when every service level in it is. */
static enum outcome outcome_by_levels(const struct figure *figure, struct str key)
{
    enum outcome outcome = NOT_COUNTED;
    size_t r;
    size_t i;

    for (r = 0; r < figure->breakdown_count; r++) {
        const struct figure *row = &figure->breakdown[r];

        for (i = 0; str_is(row->by, "level") && i < row->series_count; i++) {
            enum outcome level = outcome_of(&row->series[i]);

            if (str_equal(row->series[i].key, key) && level > outcome)
                outcome = level;
        }
    }
    return outcome;
}

/* As many as are named in the note. */
enum { NAMED_PERIODS = 24 };

struct count {
    uint64_t counted;
    uint64_t kept;
    uint64_t left_out;
    uint64_t run;
    uint64_t longest;
};

static void add_period(struct count *count, enum outcome outcome, struct str key,
                       struct buf *missed)
{
    if (outcome == NOT_COUNTED) {
        count->left_out++;
        return;
    }
    count->counted++;
    count->kept += outcome == KEPT;
    count->run = outcome == KEPT ? 0 : count->run + 1;
    if (count->run > count->longest)
        count->longest = count->run;
    if (outcome == KEPT || count->counted - count->kept > NAMED_PERIODS + 1)
        return;
    if (count->counted - count->kept > NAMED_PERIODS)
        buf_add_text(missed, " and more");
    else
        buf_printf(missed, "%s%.*s", missed->len ? ", " : "missed: ", STR_ARG(key));
}

static bool set_exclusion(struct arena *arena, uint64_t n, struct figure *figure)
{
    figure->excluded_count = 0;
    if (n == 0)
        return true;
    figure->excluded = arena_alloc(arena, 1, sizeof *figure->excluded);
    if (!figure->excluded)
        return false;
    figure->excluded[0] = (struct exclusion){.reason = STR("too-few-cases"), .n = n};
    figure->excluded_count = 1;
    return true;
}

/* A number of periods has no series; while levels decide, the rows keep theirs for the total. */
static void drop_series(const struct measure_context *context, struct figure *figure)
{
    size_t i;

    if (context->sla && figure->breakdown_count == 0)
        return;
    figure->series_count = 0;
    for (i = 0; i < figure->breakdown_count; i++)
        figure->breakdown[i].series_count = 0;
}

static bool finish(const struct measure_context *context, size_t variant, struct arena *arena,
                   struct figure *figure)
{
    bool has_target = !isnan(figure->series[0].target);
    struct count count = {0, 0, 0, 0, 0};
    struct buf missed;
    size_t i;
    bool done;

    buf_init(&missed, 1024);
    for (i = 0; i < figure->series_count; i++) {
        const struct figure *period = &figure->series[i];

        if (!period->is_partial) /* of a month that is not over nobody knows how it ends */
            add_period(&count,
                       has_target ? outcome_of(period) : outcome_by_levels(figure, period->key),
                       period->key, &missed);
    }
    figure->n = count.counted;
    figure->k = is_run(variant) ? count.longest : count.kept;
    figure->open = 0;
    figure->method = (struct str){NULL, 0};
    if (is_run(variant))
        figure->unit = STR("count");
    figure->value = figure->low = figure->high = NAN;
    if (count.counted >= NEEDED_PERIODS)
        figure->value =
            is_run(variant) ? (double)count.longest : (double)count.kept / (double)count.counted;
    figure->note = count.counted < NEEDED_PERIODS ? STR("fewer than 6 periods with enough cases")
                   : missed.len                   ? arena_str(arena, buf_str(&missed))
                                                  : (struct str){NULL, 0};
    done = !missed.failed && (missed.len == 0 || figure->note.ptr) &&
           set_exclusion(arena, count.left_out, figure);
    buf_done(&missed);
    if (is_run(variant))
        drop_series(context, figure);
    return done;
}

const struct measure measure_consistency = {
    .id = "M-08",
    .name = "consistency",
    .title = {{STR_INIT("consistency of service"), STR_INIT("continuità del servizio")}},
    .definition =
        {{STR_INIT("Share of periods in which what was agreed with the customer was kept, "
                   "and the longest run of periods in which it was not."),
          STR_INIT("Quota di periodi in cui quanto concordato con il cliente è stato "
                   "rispettato, e la più lunga serie di periodi in cui non lo è stato.")}},
    .formula = "periods whose M-07 reaches its target / periods with at least 10 cases; at least 6 "
               "such periods; the longest run of missed ones",
    .fields = "service levels, or a target for M-07 with sla.met or sla.due; ticket.opened "
              "ticket.resolved ticket.closed; event.at event.status",
    .source = "ISO 9001:2015, 5.1.2 a; ITIL service level management",
    .slots = 1ull << SLOT_MET | ATTAINMENT_SLOTS,
    .streams = attainment_streams,
    .needs_levels = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = attainment_prepare,
    .release = attainment_release,
    .target = find_target,
    .finish = finish,
};
