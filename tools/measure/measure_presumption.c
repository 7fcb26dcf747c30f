/* M-38, presumptions of the customer's fault. */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/presumption.h"

enum { CUSTOMER_RIGHT, CUSTOMER_PRESUMED, RIGHT, BRIER, TIME_RIGHT, TIME_WRONG, VARIANT_END };

static const struct measure_variant variants[] = {
    [CUSTOMER_RIGHT] = {"customer-rightly-presumed", VARIANT_SHARE,
                        "ended cases presumed to be the customer's fault, with a known cause", true,
                        false, NULL, true},
    [CUSTOMER_PRESUMED] = {"customer-presumed", VARIANT_SHARE,
                           "ended cases with a known cause and a presumption", true, true, NULL,
                           true},
    [RIGHT] = {"rightly-presumed", VARIANT_SHARE,
               "ended cases with a known cause and a presumption", true, false, NULL, false},
    [BRIER] = {"brier-score", VARIANT_MEAN, "presumptions whose certainty was stated", true, true,
               NULL, false},
    [TIME_RIGHT] = {"time-when-right", VARIANT_DURATION,
                    "ended cases rightly presumed to be the customer's fault", false, false, NULL,
                    false},
    [TIME_WRONG] = {"time-when-wrong", VARIANT_DURATION,
                    "ended cases wrongly presumed to be the customer's fault", false, false, NULL,
                    false},
};

static unsigned applies(const struct measure_context *context)
{
    const struct record_set *set = context->set;
    unsigned mask = (1u << VARIANT_END) - 1;

    if (instant_is_missing(context->as_of) || !record_has(set, SLOT_PRESUMED_PARTY) ||
        !record_has(set, SLOT_CAUSE_PARTY))
        return 0;
    if (!record_has(set, SLOT_PRESUMED_SURELY))
        mask &= ~(1u << BRIER);
    if (!record_has(set, SLOT_OPENED))
        mask &= ~(1u << TIME_RIGHT | 1u << TIME_WRONG);
    return mask;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct presumptions *presumptions;
    enum status status = presumptions_new(context, diag, &presumptions);

    if (status == STATUS_OK)
        *ret_own = presumptions;
    return status;
}

static void release(void *own)
{
    presumptions_free(own);
}

/* Square of what was wrong with the certainty, in millionths: exact for whole per cents. */
static void observe_certainty(struct measure_state *state, const struct record_case *item,
                              const struct presumption *presumption)
{
    struct observation observation = {.period = presumption->end};
    int64_t off;

    if (presumption->surely == VALUE_MISSING) {
        observe_excluded(state, BRIER, item, "certainty-not-stated");
        return;
    }
    off = presumption->presumed == presumption->found ? 100 - presumption->surely
                                                      : presumption->surely;
    observation.value = off * off * 100;
    observe_value(state, BRIER, item, &observation);
}

static void observe_time_taken(struct measure_state *state, const struct record_case *item,
                               const struct presumption *presumption)
{
    size_t variant = presumption->found == FAULT_CUSTOMER ? TIME_RIGHT : TIME_WRONG;
    size_t other = variant == TIME_RIGHT ? TIME_WRONG : TIME_RIGHT;
    int64_t opened = record_value(item, SLOT_OPENED);
    struct observation observation = {.period = presumption->end};

    if (presumption->presumed != FAULT_CUSTOMER) {
        observe_excluded(state, variant, item, "other-party-presumed");
        observe_excluded(state, other, item, "other-party-presumed");
        return;
    }
    observe_excluded(state, other, item, variant == TIME_RIGHT ? "presumed-rightly" : "presumed-wrongly");
    if (opened == VALUE_MISSING || presumption->end < opened) {
        observe_excluded(state, variant, item,
                         opened == VALUE_MISSING ? "no-opening-time" : "end-before-start");
        return;
    }
    observation.value = observe_time(state, opened, presumption->end);
    observe_value(state, variant, item, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    struct presumption presumption = presumption_of(observe_context(state), item);
    struct observation observation = {.value = VALUE_MISSING, .period = presumption.end};

    if (presumption.refusal || !presumption.is_made) {
        observe_excluded_of(state, EVERY_VARIANT, item,
                            presumption.refusal ? presumption.refusal : "no-presumption");
        return;
    }
    observation.counts = presumption.found == FAULT_CUSTOMER;
    if (presumption.presumed == FAULT_CUSTOMER)
        observe_value(state, CUSTOMER_RIGHT, item, &observation);
    else
        observe_excluded(state, CUSTOMER_RIGHT, item, "other-party-presumed");
    observation.counts = presumption.presumed == FAULT_CUSTOMER;
    observe_value(state, CUSTOMER_PRESUMED, item, &observation);
    observation.counts = presumption.presumed == presumption.found;
    observe_value(state, RIGHT, item, &observation);
    if (mask >> BRIER & 1)
        observe_certainty(state, item, &presumption);
    if (mask >> TIME_RIGHT & 1)
        observe_time_taken(state, item, &presumption);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    (void)context;
    if (variant == RIGHT)
        return presumptions_sheets(own, arena, figure);
    return variant != TIME_WRONG || presumptions_delay(own, arena, figure);
}

const struct measure measure_presumption = {
    .id = "M-38",
    .name = "presumption",
    .title = {{STR_INIT("presumptions of the customer's fault"),
               STR_INIT("presunzioni di colpa del cliente")}},
    .definition = {{STR_INIT("How often it is presumed that the customer did something, how often "
                             "that is true, how well people know how sure they can be, and what a "
                             "wrong presumption costs in time."),
                    STR_INIT("Quante volte si presume che il cliente abbia fatto qualcosa, quante "
                             "volte è vero, quanto si sa valutare la propria certezza e quanto "
                             "tempo costa una presunzione errata.")}},
    .formula = "customer-rightly-presumed: cause-party customer / presumed-party customer; "
               "customer-presumed: presumed-party customer / with a presumption; rightly-presumed: "
               "the two agree / with a presumption; brier-score: mean of (certainty - 1 if right, "
               "else 0)^2; working time from opening to end when right and when wrong, compared "
               "by Cliff's delta; Wilson, normal and order-statistic intervals",
    .fields = "ticket.presumed-party ticket.presumed-surely ticket.cause-party ticket.opened "
              "ticket.resolved ticket.closed ticket.status",
    .source = "Brier 1950; Cliff 1993; Wilson 1927",
    .slots = 1ull << SLOT_PRESUMED_PARTY | 1ull << SLOT_PRESUMED_SURELY | 1ull << SLOT_CAUSE_PARTY |
             1ull << SLOT_OPENED | 1ull << SLOT_RESOLVED | 1ull << SLOT_CLOSED |
             1ull << SLOT_FIRST_SOLVED | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
