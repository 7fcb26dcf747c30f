#include "measure/service_level.h"

#include "measure/condition.h"

static bool add_tracked(struct record_needs *needs, int slot)
{
    size_t i;

    for (i = 0; i < needs->tracked_count; i++)
        if (needs->tracked[i] == slot)
            return true;
    if (needs->tracked_count == RECORD_TRACKED)
        return false;
    needs->tracked[needs->tracked_count++] = slot;
    return true;
}

bool service_levels_need(const struct sla_document *sla, const int *slots,
                         struct record_needs *needs)
{
    size_t l;
    size_t i;

    for (l = 0; l < sla->level_count; l++) {
        const struct service_level *level = &sla->levels[l];

        needs->classes = true;
        needs->messages |= level->metric != SLA_RESOLUTION;
        needs->statuses |= level->pause_status_count > 0;
        for (i = 0; i < level->where_count; i++, slots++)
            if (!add_tracked(needs, *slots))
                return false;
    }
    return true;
}

bool service_levels_promise(const struct measure_context *context, enum sla_metric metric)
{
    size_t l;

    for (l = 0; context->sla && l < context->sla->level_count; l++)
        if (context->sla->levels[l].metric == metric &&
            context->sla->levels[l].type == SLA_CUSTOMER)
            return true;
    return false;
}

static int64_t value_at(const struct record_case *item, int slot, size_t event)
{
    if (item->event_count) {
        size_t i = event + 1;

        while (i-- > 0) {
            int64_t value = record_event_value(item->set, &item->events[i], slot);

            if (value != VALUE_UNSAID)
                return value;
        }
    }
    return record_value(item, slot);
}

static bool is_always_valid(const struct service_level *level)
{
    return level->valid_from == INT64_MIN && level->valid_until == INT64_MAX;
}

bool service_levels_only(const struct measure_context *context, enum sla_metric metric,
                         int32_t *ret_level)
{
    size_t l;

    for (l = 0; context->sla && l < context->sla->level_count; l++) {
        const struct service_level *level = &context->sla->levels[l];

        if (level->metric != metric || level->type != SLA_CUSTOMER)
            continue;
        *ret_level = (int32_t)l;
        return level->where_count == 0 && is_always_valid(level);
    }
    return false;
}

static bool is_valid(const struct service_level *level, struct instant opened)
{
    struct local local;
    int64_t day;

    if (is_always_valid(level))
        return true;
    local = zone_local(calendar_zone(level->calendar->calendar), opened);
    day = local.us / DAY_US - (local.us % DAY_US < 0);
    return day >= level->valid_from && day <= level->valid_until;
}

int32_t service_level_at(const struct measure_context *context, const struct record_case *item,
                         enum sla_metric metric, struct instant opened, size_t event)
{
    const int *slots = context->sla_slots;
    size_t l;
    size_t i;

    for (l = 0; context->sla && l < context->sla->level_count; l++) {
        const struct service_level *level = &context->sla->levels[l];
        const int *own = slots;

        slots += level->where_count;
        if (level->metric != metric || level->type != SLA_CUSTOMER || !is_valid(level, opened))
            continue;
        for (i = 0; i < level->where_count; i++)
            if (!condition_holds(item->set, &level->where[i], own[i],
                                 value_at(item, own[i], event)))
                break;
        if (i == level->where_count)
            return (int32_t)l;
    }
    return NO_LEVEL;
}
