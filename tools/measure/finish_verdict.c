/* What a figure must reach, and whether it does. */
#include <math.h>

#include "measure/finish.h"
#include "stat/standing.h"

bool measure_audit_target(const struct measure_context *context, const char *measure,
                          const char *variant, struct measure_target *ret_target)
{
    bool found = false;
    size_t i;

    for (i = 0; i < context->target_count; i++) {
        const struct audit_target *target = &context->targets[i];

        if (!str_is(target->measure, measure) ||
            (target->variant.ptr && !str_is(target->variant, variant)))
            continue;
        *ret_target = (struct measure_target){target->value, target->source, target->document};
        found = true;
    }
    return found;
}

static bool target_of(const struct finisher *f, bool is_period, struct measure_target *ret_target)
{
    const struct measure *measure = f->state->measure;
    const struct measure_context *context = f->state->context;

    if (measure->target && measure->target(context, f->variant, f->level, is_period, ret_target))
        return true;
    return measure_audit_target(context, measure->id, finish_variant_of(f)->name, ret_target);
}

/* So few cases prove nothing: all of them there are may still meet a target or miss it. */
static bool may_prove(const struct figure *figure)
{
    return stat_standing(STAT_PROPORTION, figure->n) != STAT_REFUSED;
}

void finish_verdict(const struct finisher *f, bool is_period, struct figure *figure)
{
    const struct measure_variant *variant = finish_variant_of(f);
    bool lower_is_better = !kind_may_rise(variant->kind) || variant->counts_bad;
    double sign = lower_is_better ? -1 : 1;
    struct measure_target target;
    double worse;
    double better;

    if (!target_of(f, is_period, &target) || isnan(target.value))
        return;
    figure->target = target.value;
    figure->target_source = str_of(target_source_name(target.source));
    figure->target_document = target.document;
    if (isnan(figure->target) || isnan(figure->value))
        return;
    worse = lower_is_better ? figure->high : figure->low;
    better = lower_is_better ? figure->low : figure->high;
    if (may_prove(figure) && !isnan(worse) && sign * worse >= sign * figure->target)
        figure->verdict = STR("proven-capable");
    else if (sign * figure->value >= sign * figure->target)
        figure->verdict = STR("met");
    else if (may_prove(figure) && !isnan(better) && sign * better < sign * figure->target)
        figure->verdict = STR("proven-incapable");
    else
        figure->verdict = STR("breached");
}
