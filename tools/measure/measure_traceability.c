/* M-33, how much of the work for customers the log shows. */
#include <math.h>

#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/second_source.h"
#include "stat/capture.h"

enum { OBSERVED, ESTIMATED };

static const struct measure_variant variants[] = {
    [OBSERVED] = {"observed", VARIANT_RATIO, "cases and pieces of work seen elsewhere", false, false,
                  NULL, false},
    [ESTIMATED] = {"estimated", VARIANT_RATIO, "cases and pieces of work seen elsewhere", false,
                   false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return second_source_is_there(context) ? 3u : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct second_source *source = NULL;
    enum status status = STATUS_OK;

    if (applies(context))
        status = second_source_new(context, diag, &source);
    if (status == STATUS_OK)
        *ret_own = source;
    return status;
}

static void release(void *own)
{
    second_source_free(own);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const char *reason = second_source_untracked(observe_context(state), item);
    const struct observation tracked = {
        .value = VALUE_MISSING, .counts = true, .period = VALUE_MISSING};
    size_t v;

    for (v = 0; v < ARRAY_LEN(variants) && observe_applies(state); v++) {
        if (reason)
            observe_excluded(state, v, item, reason);
        else
            observe_value(state, v, item, &tracked);
    }
}

/* What a second list misses, too, nobody has seen: estimated as animals are that are caught twice. */
static void estimate(const struct second_count *count, struct figure *figure)
{
    struct capture capture;

    if (count->both == 0 || !stat_capture(count->tracked, count->second, count->both, &capture)) {
        figure->value = NAN;
        figure->note = STR("no piece of work is in both lists: nothing can be estimated");
        return;
    }
    figure->n = (uint64_t)llround(capture.total);
    figure->value = capture.coverage;
    figure->low = capture.limits.high > 0 ? (double)count->tracked / capture.limits.high : NAN;
    figure->high = capture.limits.low > 0 ? (double)count->tracked / capture.limits.low : NAN;
    figure->low = fmin(figure->low, 1);
    figure->high = fmin(figure->high, 1);
    figure->method = STR("chapman");
    figure->note = STR("Chapman: the lists must be independent; work that avoids both makes it too "
                       "good");
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    struct second_count count;

    (void)context;
    if (!own)
        return true;
    count = second_source_count(own);
    /* rows would show the log alone, which is traced by itself */
    figure->breakdown_count = 0;
    figure->series_count = 0;
    figure->k = count.tracked;
    figure->n = count.tracked + count.second - count.both;
    figure->value = figure->n ? (double)count.tracked / (double)figure->n : NAN;
    if (variant == ESTIMATED)
        estimate(&count, figure);
    figure->standing = standing_of(figure->n);
    return variant == ESTIMATED || second_source_table(own, arena, figure);
}

const struct measure measure_traceability = {
    .id = "M-33",
    .name = "traceability",
    .title = {{STR_INIT("work for customers that the log shows"),
               STR_INIT("lavoro per i clienti che il registro mostra")}},
    .definition = {{STR_INIT("Share of the work for customers that is a case of the log, as seen in "
                             "another list, and as estimated with what both miss."),
                    STR_INIT("Quota del lavoro per i clienti che è un caso del registro, come "
                             "visto in un altro elenco e come stimato con ciò che manca a "
                             "entrambi.")}},
    .formula = "observed: cases / (cases + pieces of work seen elsewhere without a case); estimated: "
               "cases / N, N = (n1 + 1)(n2 + 1)/(m + 1) - 1 with n1 cases, n2 pieces of work of the "
               "other list, m in both",
    .fields = "ticket.customer ticket.opened ticket.assignee ticket.group; effort.date "
              "effort.customer effort.ticket; invoice.at invoice.customer invoice.ticket",
    .source = "Chapman 1951; variance: Seber 1970",
    .also_kinds = 1u << RECORD_EFFORT | 1u << RECORD_INVOICE,
    .slots = 1ull << SLOT_CUSTOMER | 1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED |
             1ull << SLOT_CLOSED | 1ull << SLOT_ASSIGNEE | 1ull << SLOT_GROUP |
             1ull << SLOT_FIRST_EVENT | 1ull << SLOT_FIRST_SOLVED,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .release = release,
    .prepares_long = true,
    .conclude = conclude,
};
