/* M-66, decisions for which somebody's authority is written down. */
#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/measure_table.h"
#include "measure/observe.h"

enum { LIMITED };

static const struct measure_variant variants[] = {
    [LIMITED] = {"limit-stated", VARIANT_SHARE, "authorities in force", false, false, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return !instant_is_missing(context->as_of) && record_has(context->set, AUTHORITY_DECISION)
               ? 1u << LIMITED
               : 0;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    int64_t from = record_value(item, AUTHORITY_VALID_FROM);
    bool is_stated = case_has(item, AUTHORITY_LIMIT);
    struct observation observation = {.value = VALUE_MISSING,
                                      .counts = is_stated,
                                      .period = VALUE_MISSING,
                                      .note = is_stated ? NULL : "no limit"};

    if (from != VALUE_MISSING && from > observe_context(state)->as_of.us)
        observe_excluded(state, LIMITED, item, "not-in-force");
    else
        observe_value(state, LIMITED, item, &observation);
}

const struct measure measure_authority = {
    .id = "M-66",
    .name = "authority-table",
    .title = {{STR_INIT("authority written down"), STR_INIT("deleghe messe per iscritto")}},
    .definition = {{STR_INIT("Rows of the table of authorities in force, a role and a kind of "
                             "decision each, and the share of them whose limit is stated."),
                    STR_INIT("Righe in vigore della tabella delle deleghe, ciascuna per un ruolo e "
                             "un tipo di decisione, e la quota di quelle il cui limite è "
                             "indicato.")}},
    .formula = "limit-stated: limit / rows in force; Wilson interval",
    .fields = "authority.decision-type authority.limit authority.valid-from",
    .source = "ISO 9001, 5.3; Wilson 1927",
    .kind = RECORD_AUTHORITY,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
};
