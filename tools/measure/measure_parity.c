/* M-42, response parity: is who pays answered as fast as who leads? */
#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/parity_groups.h"

enum { RATIO, DOMINANCE, CUSTOMERS_HOUR, BOSS_HOUR, DIFFERENCE, VARIANT_END };

static const struct measure_variant variants[] = {
    [RATIO] = {"median-ratio", VARIANT_FACTOR, "replies of groups that may be compared", false,
               true, NULL, false},
    [DOMINANCE] = {"dominance", VARIANT_PART, "replies of groups that may be compared", false, true,
                   NULL, false},
    [CUSTOMERS_HOUR] = {"customers-within-60-minutes", VARIANT_SHARE,
                        "messages of customers to groups that may be compared", false, false, NULL,
                        false},
    [BOSS_HOUR] = {"boss-within-60-minutes", VARIANT_SHARE,
                   "messages of superiors to groups that may be compared", false, false, NULL,
                   false},
    [DIFFERENCE] = {"difference-within-60-minutes", VARIANT_PART,
                    "messages to groups that may be compared", false, true, NULL, false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has_cases(context->set) && record_has(context->set, LATENCY_COUNTERPART)
               ? (1u << VARIANT_END) - 1
               : 0u;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct parity_groups *groups = NULL;
    enum status status = parity_groups_new(context, diag, &groups);

    if (status == STATUS_OK)
        *ret_own = groups;
    return status;
}

static void release(void *own)
{
    parity_groups_free(own);
}

static void fill_share(const struct parity *parity, enum parity_side side, struct figure *figure)
{
    figure_set_share(figure, parity->within[side], parity->n[side]);
}

static void fill(const struct parity *parity, size_t variant, struct figure *figure)
{
    figure->n = parity->n[PARITY_CUSTOMER] + parity->n[PARITY_BOSS];
    switch (variant) {
    case RATIO:
        figure->value = parity->ratio;
        figure->low = parity->ratio_limits.low;
        figure->high = parity->ratio_limits.high;
        figure->method = STR("bootstrap");
        break;
    case DOMINANCE:
        figure->value = parity->dominance;
        break;
    case DIFFERENCE:
        figure->value = parity->difference;
        figure->low = parity->difference_limits.low;
        figure->high = parity->difference_limits.high;
        figure->method = STR("newcombe");
        break;
    case CUSTOMERS_HOUR:
        fill_share(parity, PARITY_CUSTOMER, figure);
        return;
    default:
        fill_share(parity, PARITY_BOSS, figure);
        return;
    }
    figure->standing = standing_of(figure->n);
}

static bool list_refusals(const struct parity_groups *groups, struct arena *arena,
                          struct figure *figure)
{
    static const char *const reasons[] = {"fewer-than-five-people", "fewer-than-thirty-replies"};
    struct exclusion *list = arena_alloc(arena, ARRAY_LEN(reasons), sizeof *list);
    size_t r;
    size_t i;

    if (!list)
        return false;
    for (r = 0; r < ARRAY_LEN(reasons); r++) {
        struct exclusion *exclusion = &list[figure->excluded_count];

        exclusion->reason = str_of(reasons[r]);
        for (i = 0; i < groups->count; i++) {
            const struct parity_group *group = &groups->list[i];
            const char *refusal = parity_refusal(group);

            if (refusal && str_is(exclusion->reason, refusal))
                exclusion->n +=
                    group->count[PARITY_WORKING_HOURS] + group->count[PARITY_OUT_OF_HOURS];
        }
        figure->excluded_count += exclusion->n > 0;
    }
    figure->excluded = list;
    return true;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct parity_groups *groups = own;
    struct parity parity;

    (void)context;
    if (!parity_groups_pool(groups, &parity) || !list_refusals(groups, arena, figure))
        return false;
    fill(&parity, variant, figure);
    return variant != RATIO || parity_groups_table(groups, arena, figure);
}

const struct measure measure_parity = {
    .id = "M-42",
    .name = "response-parity",
    .title = {{STR_INIT("response parity of customers and superiors"),
               STR_INIT("parità di risposta tra clienti e superiori")}},
    .definition = {{STR_INIT("How long customers wait for an answer compared with superiors, at the "
                             "same hours, priority and channel."),
                    STR_INIT("Quanto attendono una risposta i clienti rispetto ai superiori, a "
                             "parità di ora, priorità e canale.")}},
    .formula = "median wait of customers / of superiors at the customers' mix of cells with five "
               "replies of each, seeded bootstrap interval; dominance: P(a customer waits longer) "
               "+ P(tie) / 2 within cells; share answered within 60 minutes, unanswered ones are "
               "not; Wilson, difference by Newcombe; only groups of five people and 30 replies of "
               "each kind",
    .fields = "reply-latency.group reply-latency.counterpart reply-latency.received "
              "reply-latency.replied reply-latency.channel reply-latency.priority "
              "reply-latency.people",
    .source = "Cliff 1993; Efron 1979; Newcombe 1998; Wilson 1927",
    .kind = RECORD_REPLY_LATENCY,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe_nothing,
    .prepare = prepare,
    .prepares_long = true,
    .release = release,
    .conclude = conclude,
};
