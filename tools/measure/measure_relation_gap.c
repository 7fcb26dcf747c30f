/* M-26, technically good work and a poor relation. */
#include "base/mem.h"
#include "measure/ended_work.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/record_links.h"
#include "measure/survey_scale.h"

static const struct measure_variant variants[] = {
    {"good-work-bad-rating", VARIANT_SHARE,
     "rated cases solved within their service level and not reopened", true, true, "count", true},
};

struct gap {
    struct record_links *surveys;
    struct service_clocks *clocks; /* NULL: no agreement */
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *surveys = measure_set(context, RECORD_SURVEY);
    const struct record_set *set = context->set;

    return surveys && record_has(surveys, KIND_TICKET) && record_has(surveys, SURVEY_SCORE) &&
                   !instant_is_missing(context->as_of) &&
                   (record_has(set, SLOT_MET) || record_has(set, SLOT_DUE) ||
                    service_levels_promise(context, SLA_RESOLUTION))
               ? 1u
               : 0u;
}

static void release(void *own)
{
    struct gap *gap = own;

    if (!gap)
        return;
    record_links_free(gap->surveys);
    service_clocks_free(gap->clocks);
    mem_free(gap);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct gap *gap = mem_alloc(1, sizeof *gap);
    enum status status;

    if (!gap)
        return diag_no_memory(diag);
    status = record_links_new(measure_set(context, RECORD_SURVEY), KIND_TICKET, diag,
                              &gap->surveys);
    if (status == STATUS_OK && context->sla)
        status = service_clocks_new(context, diag, &gap->clocks);
    if (status == STATUS_OK)
        *ret_own = gap;
    else
        release(gap);
    return status;
}

/* --- the rating: the last answer on the scale 1 to 5 --- */

static bool find_rating(const struct gap *gap, const struct record_case *item, int64_t as_of,
                        int *ret_score)
{
    struct record_link_run run = record_links_find(gap->surveys, item->id);
    int64_t latest = VALUE_MISSING;
    bool found = false;
    size_t i;

    for (i = 0; i < run.count; i++) {
        struct record_case survey = record_links_at(gap->surveys, run.first + i);
        struct survey_answer answer = survey_answer_of(&survey);

        if (survey_refusal(&answer, SCALE_CSAT, as_of) || (found && answer.at < latest))
            continue;
        found = true;
        latest = answer.at;
        *ret_score = answer.score;
    }
    return found;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct gap *gap = observe_own(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t end = case_end(item);
    struct observation observation = {.period = end};
    const char *refusal = NULL;
    enum ended_work work;
    int score = 0;

    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED) {
        refusal = "cancelled";
    } else if (end == VALUE_MISSING || end > as_of) {
        refusal = "never-solved";
    } else if (!find_rating(gap, item, as_of, &score)) {
        refusal = "not-rated";
    } else {
        work = ended_work_of(gap->clocks, item, end);
        if (work == WORK_FAILED)
            observe_failed(state);
        refusal = work == WORK_LATE          ? "solved-late"
                  : work == WORK_NO_LEVEL    ? "no-service-level"
                  : work == WORK_BACKWARDS   ? "end-before-start"
                  : ended_was_reopened(item, as_of) ? "reopened"
                                             : NULL;
    }
    if (refusal) {
        observe_excluded(state, 0, item, refusal);
        return;
    }
    observation.counts = score <= 2;
    observation.value = score;
    observation.rank = score;
    observe_value(state, 0, item, &observation);
}

const struct measure measure_relation_gap = {
    .id = "M-26",
    .name = "technical-relational-gap",
    .title = {{STR_INIT("good work, bad rating"), STR_INIT("buon lavoro, cattivo giudizio")}},
    .definition = {{STR_INIT("Share of rated cases that were solved in time and not reopened, and "
                             "whose customer was dissatisfied all the same."),
                    STR_INIT("Quota di casi valutati risolti nei tempi e non riaperti il cui "
                             "cliente è stato comunque insoddisfatto.")}},
    .formula = "last answer 1 or 2 of 5 / cases solved within their service level, by the "
               "source's flag, else its deadline, else the agreement, not reopened, with an "
               "answer; Wilson interval",
    .fields = "ticket.resolved ticket.closed ticket.reopens sla.met sla.due event.at event.status "
              "survey.ticket survey.scale survey.score survey.at",
    .source = "technical and functional quality of services, Grönroos 1984; Wilson 1927",
    .also_kinds = 1u << RECORD_SURVEY,
    .slots = ENDED_WORK_SLOTS,
    .needs_classes = true,
    .needs_levels = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
