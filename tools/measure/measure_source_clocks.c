/* M-70, clocks of the source: what a service system measured, beside its own times and ours. */
#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/attainment_flag.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/source_clock.h"

enum { KEPT, AS_ITS_TIMES, AS_COMPUTED, VARIANTS };

static const struct measure_variant variants[VARIANTS] = {
    [KEPT] = {"clock-kept", VARIANT_SHARE, "clocks of tickets that were stopped or have run out",
              true, false, "s", false},
    [AS_ITS_TIMES] = {"flag-as-its-times", VARIANT_SHARE,
                      "clocks with a flag, an end and a deadline", true, false, "s", false},
    [AS_COMPUTED] = {"as-computed", VARIANT_SHARE, "decided clocks of tickets that can be judged",
                     true, false, "s", false},
};

static const enum sla_metric metrics[SOURCE_METRICS] = {
    [METRIC_FIRST_RESPONSE] = SLA_FIRST_RESPONSE,
    [METRIC_NEXT_RESPONSE] = SLA_NEXT_RESPONSE,
    [METRIC_RESOLUTION] = SLA_RESOLUTION,
    [METRIC_UNSAID] = SLA_RESOLUTION,
};

struct sources {
    struct source_clocks *clocks;
    struct measure_context tickets;
    void *ours; /* attainment_prepare */
};

/* The run as one over the tickets that are there to be looked up. */
static struct measure_context ticket_context(const struct measure_context *context)
{
    struct measure_context tickets = *measure_context_of(context, RECORD_TICKET);

    tickets.set = measure_set(context, RECORD_TICKET);
    return tickets;
}

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    struct measure_context tickets = ticket_context(context);
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(set, KIND_TICKET))
        return 0;
    if (record_has(set, SLOT_MET) || record_has(set, CLOCK_STATE) || record_has(set, SLOT_DUE) ||
        record_has(set, CLOCK_TARGET))
        mask |= 1u << KEPT;
    if (record_has(set, SLOT_MET) && record_has(set, CLOCK_STOPPED) && record_has(set, SLOT_DUE))
        mask |= 1u << AS_ITS_TIMES;
    if (mask >> KEPT & 1 && tickets.set && attainment_applies(&tickets, SLA_RESOLUTION))
        mask |= 1u << AS_COMPUTED;
    return mask;
}

static void release(void *own)
{
    struct sources *sources = own;

    if (!sources)
        return;
    source_clocks_free(sources->clocks);
    attainment_release(sources->ours);
    mem_free(sources);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct sources *sources = mem_alloc(1, sizeof *sources);
    enum status status;

    if (!sources)
        return diag_no_memory(diag);
    sources->tickets = ticket_context(context);
    status = source_clocks_new(context, diag, &sources->clocks);
    if (status == STATUS_OK)
        status = attainment_prepare(&sources->tickets, diag, &sources->ours);
    if (status == STATUS_OK)
        *ret_own = sources;
    else
        release(sources);
    return status;
}

/* --- what it says itself --- */

static int64_t period_of(const struct record_case *row)
{
    static const int instants[] = {CLOCK_STOPPED, SLOT_DUE, CLOCK_AT, CLOCK_STARTED};
    size_t i;

    for (i = 0; i < ARRAY_LEN(instants); i++)
        if (case_has(row, instants[i]))
            return record_value(row, instants[i]);
    return VALUE_MISSING;
}

static const char *undecided(enum source_verdict verdict)
{
    return verdict == SOURCE_RUNNING     ? "still-running"
           : verdict == SOURCE_LATER     ? "written-later"
           : verdict == SOURCE_CANCELLED ? "clock-cancelled"
                                         : "nothing-to-judge-by";
}

static void observe_times(struct measure_state *state, const struct record_case *row,
                          enum source_verdict verdict)
{
    int64_t met = record_value(row, SLOT_MET);
    int64_t due = record_value(row, SLOT_DUE);
    int64_t stopped = case_instant_by(row, CLOCK_STOPPED, observe_context(state)->as_of.us);
    struct observation observation = {.period = stopped};
    const char *reason = verdict == SOURCE_CANCELLED                        ? "clock-cancelled"
                         : verdict == SOURCE_LATER                          ? "written-later"
                         : met == VALUE_MISSING                             ? "no-flag"
                         : due == VALUE_MISSING || stopped == VALUE_MISSING ? "no-times"
                                                                            : NULL;

    if (reason) {
        observe_excluded(state, AS_ITS_TIMES, row, reason);
        return;
    }
    observation.value = stopped - due;
    observation.counts = (met == 1) == (stopped <= due);
    observation.note = observation.counts ? NULL : met == 1 ? "ended late" : "ended in time";
    observe_value(state, AS_ITS_TIMES, row, &observation);
}

/* --- beside what we say --- */

/* False: memory is out. */
static bool judge(const struct measure_state *state, const struct record_case *row,
                  const char **ret_reason, struct attainment *ret_attainment)
{
    const struct sources *sources = observe_own(state);
    const struct record_set *tickets = sources->tickets.set;
    struct record_case ticket;
    size_t number;

    ret_attainment->level = NO_LEVEL;
    *ret_reason = "ticket-not-known";
    if (!record_case_find(tickets, case_word(row, KIND_TICKET), &number))
        return true;
    ticket = record_case_at(tickets, number);
    if (ticket.is_empty)
        return true;
    if (!attainment_by(&sources->tickets, sources->ours, &ticket, metrics[source_clock_metric(row)],
                       ret_attainment))
        return false;
    *ret_reason = ret_attainment->excluded;
    return true;
}

static void compare(struct measure_state *state, const struct record_case *row, bool is_kept)
{
    struct attainment attainment;
    struct observation observation = {.period = period_of(row)};
    const char *reason;
    const char *difference = NULL;

    if (!judge(state, row, &reason, &attainment)) {
        observe_failed(state);
        return;
    }
    if (!reason || !str_is(str_of(reason), "ticket-not-known"))
        difference = attainment_difference(is_kept, &attainment);
    if (difference)
        observe_difference(state, AS_COMPUTED, row, difference, attainment_size(&attainment));
    observe_level(state, attainment.level);
    if (reason) {
        observe_excluded(state, AS_COMPUTED, row, reason);
    } else {
        observation.counts = is_kept == (attainment.standing == CLOCK_MET);
        observation.value = attainment.lateness;
        observe_value(state, AS_COMPUTED, row, &observation);
    }
    observe_level(state, NO_LEVEL);
}

static void observe(struct measure_state *state, const struct record_case *row)
{
    const struct sources *sources = observe_own(state);
    const struct measure_context *context = observe_context(state);
    unsigned mask = observe_applies(state);
    unsigned both = mask & (1u << KEPT | 1u << AS_COMPUTED);
    enum source_verdict verdict;
    struct observation observation = {.value = VALUE_MISSING, .period = period_of(row)};

    if (!mask)
        return;
    verdict = source_clock_verdict(row, context->as_of.us);
    if (mask >> AS_ITS_TIMES & 1)
        observe_times(state, row, verdict);
    if (!case_has(row, KIND_TICKET)) {
        observe_excluded_of(state, both, row, "no-ticket");
    } else if (verdict > SOURCE_KEPT) {
        observe_excluded_of(state, both, row, undecided(verdict));
    } else if (!source_clocks_decides(sources->clocks, row)) {
        observe_excluded_of(state, both, row, "another-row-decides");
    } else {
        observation.counts = verdict == SOURCE_KEPT;
        if (mask >> KEPT & 1)
            observe_value(state, KEPT, row, &observation);
        if (mask >> AS_COMPUTED & 1)
            compare(state, row, verdict == SOURCE_KEPT);
    }
}

const struct measure measure_source_clocks = {
    .id = "M-70",
    .name = "source-clocks",
    .title = {{STR_INIT("clocks of the service system"),
               STR_INIT("orologi del sistema di assistenza")}},
    .definition = {{STR_INIT(
                        "Share of the clocks of a service system that were kept, and whether the "
                        "system says the same as its own times and as the agreement."),
                    STR_INIT("Quota degli orologi di un sistema di assistenza rispettati, e se il "
                             "sistema dice lo stesso dei propri istanti e dell'accordo.")}},
    .formula =
        "kept: (ticket, metric) whose rows say kept and never missed / those decided; flag as its "
        "times: rows whose flag says met where they stopped by their deadline, and missed where "
        "later / rows with all three; as computed: decided clocks that M-07 judges the same way / "
        "those that it judges; Wilson interval",
    .fields = "sla-clock.ticket sla-clock.metric sla-clock.met sla-clock.state sla-clock.stopped "
              "sla-clock.due sla-clock.target-seconds sla-clock.elapsed-seconds",
    .source = "ISO/IEC 20000-1, service level management; Wilson 1927",
    .kind = RECORD_SLA_CLOCK,
    .also_kinds = 1u << RECORD_TICKET,
    .ticket_slots = ATTAINMENT_SLOTS,
    .needs_classes = true,
    .needs_messages = true,
    .needs_levels = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
