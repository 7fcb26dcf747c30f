/* M-65, process documents that name their customers. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { CUSTOMERS, REVIEWED };

static const int64_t YEAR_US = 365 * DAY_US;

static const struct measure_variant variants[] = {
    [CUSTOMERS] = {"customers-named", VARIANT_SHARE, "process documents in force", false, false,
                   NULL, false},
    [REVIEWED] = {"reviewed-within-a-year", VARIANT_SHARE, "process documents in force", false,
                  false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (instant_is_missing(context->as_of) || !record_has(context->set, PROCESS_FROM))
        return 0;
    if (record_has(context->set, PROCESS_CUSTOMERS))
        mask |= 1u << CUSTOMERS;
    if (record_has(context->set, PROCESS_REVIEWED))
        mask |= 1u << REVIEWED;
    return mask;
}

/* "both", or that there are none: one kind alone leaves open whether the other was thought of. */
static const char *customers_lack(const struct record_case *item)
{
    if (case_says(item, PROCESS_CUSTOMERS, "both") || case_says(item, PROCESS_CUSTOMERS, "none"))
        return NULL;
    if (case_says(item, PROCESS_CUSTOMERS, "external"))
        return "no internal customers";
    return case_says(item, PROCESS_CUSTOMERS, "internal") ? "no external customers"
                                                          : "no customers";
}

static const char *review_lacks(const struct record_case *item, int64_t as_of)
{
    int64_t at = record_value(item, PROCESS_REVIEWED);

    return at != VALUE_MISSING && at <= as_of && at >= as_of - YEAR_US ? NULL
                                                                        : "no review for a year";
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    int64_t as_of = observe_context(state)->as_of.us;
    int64_t from = record_value(item, PROCESS_FROM);
    int64_t until = record_value(item, PROCESS_UNTIL);
    bool is_in_force = from != VALUE_MISSING && from <= as_of &&
                       (until == VALUE_MISSING || until > as_of);
    size_t v;

    for (v = 0; v < ARRAY_LEN(variants); v++) {
        struct observation observation = {.value = VALUE_MISSING, .period = VALUE_MISSING};

        if ((mask >> v & 1) == 0)
            continue;
        if (!is_in_force) {
            observe_excluded(state, v, item, "not-in-force");
            continue;
        }
        observation.note = v == CUSTOMERS ? customers_lack(item) : review_lacks(item, as_of);
        observation.counts = !observation.note;
        observe_value(state, v, item, &observation);
    }
}

const struct measure measure_documents = {
    .id = "M-65",
    .name = "process-documents",
    .title = {{STR_INIT("customers in process documents"),
               STR_INIT("clienti nei documenti di processo")}},
    .definition = {{STR_INIT("Share of process documents in force that name both their internal and "
                             "their external customers, or say that there are none; and that were "
                             "reviewed within a year."),
                    STR_INIT("Quota di documenti di processo in vigore che indicano i clienti "
                             "interni e quelli esterni, o dichiarano che non ce ne sono; e di "
                             "quelli riesaminati entro un anno.")}},
    .formula = "customers-named: both or none / in force; reviewed-within-a-year: review within 365 "
               "days / in force; Wilson interval",
    .fields = "process-doc.in-force-from process-doc.in-force-until process-doc.customers "
              "process-doc.reviewed-at",
    .source = "ISO 9001, 4.2 and 7.5; Wilson 1927",
    .kind = RECORD_PROCESS_DOC,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
