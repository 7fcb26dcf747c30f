/* M-35, what is agreed with whom, and whether what supports it leaves it time. */
#include "base/mem.h"
#include "measure/agreed_pairs.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { COVERAGE, CHAIN };

static const struct measure_variant variants[] = {
    [COVERAGE] = {"coverage", VARIANT_SHARE, "pairs of customer and service", false, false, NULL,
                  false},
    [CHAIN] = {"chain", VARIANT_SHARE, "promises that other agreements support", false, true, NULL,
               false},
};

static unsigned applies(const struct measure_context *context)
{
    bool has_agreement = context->sla || measure_set(context, RECORD_SLA);
    unsigned mask = 0;

    if (has_agreement && record_has(context->set, SLOT_CUSTOMER) &&
        record_has(context->set, SLOT_OPENED))
        mask |= 1u << COVERAGE;
    if (agreed_chains_are_there(context))
        mask |= 1u << CHAIN;
    return mask;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct agreed_pairs *pairs = NULL;
    enum status status = STATUS_OK;

    if (applies(context) >> COVERAGE & 1)
        status = agreed_pairs_new(context, diag, &pairs);
    if (status == STATUS_OK)
        *ret_own = pairs;
    return status;
}

static void release(void *own)
{
    agreed_pairs_free(own);
}

/* Pairs are counted when all cases are known; here only what can be in none. */
static void observe(struct measure_state *state, const struct record_case *item)
{
    if (!(observe_applies(state) >> COVERAGE & 1))
        return;
    if (record_value(item, SLOT_CUSTOMER) == VALUE_MISSING)
        observe_excluded(state, COVERAGE, item, "no-customer");
    else if (record_value(item, SLOT_OPENED) == VALUE_MISSING)
        observe_excluded(state, COVERAGE, item, "no-opening-time");
}

static void set_share(const struct agreed_count *count, struct figure *figure)
{
    figure->breakdown_count = 0;
    figure->series_count = 0;
    figure_set_share(figure, count->k, count->n);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    struct agreed_count count;

    if (variant == CHAIN) {
        if (!agreed_chains(context, arena, figure, &count))
            return false;
        set_share(&count, figure);
        return true;
    }
    count = agreed_pairs_count(own);
    set_share(&count, figure);
    return agreed_pairs_table(own, arena, figure);
}

const struct measure measure_agreed = {
    .id = "M-35",
    .name = "agreements",
    .title = {{STR_INIT("service levels agreed, and what supports them"),
               STR_INIT("livelli di servizio concordati, e ciò che li sostiene")}},
    .definition = {{STR_INIT("Share of the customers and services in use with a service level in "
                             "force, and of the promises whose supporting agreements need longer."),
                    STR_INIT("Quota dei clienti e servizi in uso con un livello di servizio in "
                             "vigore, e delle promesse i cui accordi di sostegno richiedono più "
                             "tempo.")}},
    .formula = "coverage: pairs of customer and service with an agreement in force when a case of "
               "theirs was opened / pairs; chain: promises below which the targets of serial levels "
               "and the longest of parallel ones add up to more / promises that others support",
    .fields = "ticket.customer ticket.service ticket.opened; sla.customer-or-class sla.service "
              "sla.valid-from sla.valid-to sla.target-seconds sla.type sla.parent; service levels",
    .source = "ITIL, service level management; Wilson 1927",
    .also_kinds = 1u << RECORD_SLA,
    .slots = 1ull << SLOT_CUSTOMER | 1ull << SLOT_SERVICE | 1ull << SLOT_OPENED,
    .needs_levels = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .release = release,
    .prepares_long = true,
    .conclude = conclude,
};
