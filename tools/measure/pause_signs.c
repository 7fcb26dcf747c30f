#include "measure/pause_signs.h"

#include "measure/conversation.h"
#include "measure/observe.h"

bool pause_shows_questions(const struct measure_context *context)
{
    return record_has_messages(context->set) && record_has_met(context->set, PAUSE_PENDING);
}

bool pause_shows_targets(const struct measure_context *context)
{
    return attainment_applies(context, SLA_RESOLUTION);
}

/* --- what was said --- */

/* At some moment of the pause the last public word was an agent's. */
static bool has_question(const struct record_case *item, const struct case_pause *pause)
{
    bool is_asked = false;
    size_t i;

    for (i = 0; i < item->message_count && item->messages[i].at <= pause->from; i++) {
        if (message_is_answer(&item->messages[i]))
            is_asked = true;
        else if (item->messages[i].actor == ACTOR_CUSTOMER)
            is_asked = false;
    }
    for (; i < item->message_count && item->messages[i].at < pause->until; i++)
        is_asked |= message_is_answer(&item->messages[i]);
    return is_asked;
}

static bool has_customer_word(const struct record_case *item, const struct case_pause *pause)
{
    size_t i;

    for (i = 0; i < item->message_count && item->messages[i].at <= pause->until; i++)
        if (item->messages[i].at >= pause->from && item->messages[i].actor == ACTOR_CUSTOMER)
            return true;
    return false;
}

/* --- how late --- */

bool pause_target_of(const struct measure_context *context, struct service_clocks *clocks,
                     const struct record_case *item, struct pause_target *ret_target)
{
    struct attainment *attainment = &ret_target->attainment;

    if (!attainment_by(context, clocks, item, SLA_RESOLUTION, attainment))
        return false;
    ret_target->is_known = attainment->standing != CLOCK_NO_LEVEL &&
                           attainment->standing != CLOCK_NO_OPENING &&
                           attainment->start != VALUE_MISSING;
    return true;
}

/* Working time used up when the pause begins, and what there is of it; false: out of memory. */
static bool time_by(const struct measure_context *context, struct service_clocks *clocks,
                    const struct record_case *item, const struct attainment *attainment,
                    int64_t from, int64_t *ret_elapsed, int64_t *ret_target)
{
    struct service_clock start = {.start = {attainment->start}};
    struct service_clock clock;

    if (attainment->level == NO_LEVEL) {
        *ret_elapsed = context_time(context, attainment->start, from);
        *ret_target = context_time(context, attainment->start, attainment->due);
        return true;
    }
    if (!service_clock_until(clocks, item, SLA_RESOLUTION, &start, (struct instant){from}, &clock))
        return false;
    *ret_elapsed = clock.elapsed.us;
    *ret_target = attainment->target;
    return true;
}

bool pause_signs_of(const struct measure_context *context, struct service_clocks *clocks,
                    const struct record_case *item, const struct pause_target *target,
                    const struct case_pause *pause, struct pause_signs *ret_signs)
{
    bool has_messages = record_has_messages(context->set);
    int64_t elapsed = 0;
    int64_t whole = 0;

    *ret_signs = (struct pause_signs){
        .is_unasked = has_messages && pause->is_for_customer && !has_question(item, pause),
        .is_unanswered = has_messages && !pause->is_running && !has_customer_word(item, pause),
        .is_to_solution = !pause->is_running && pause->is_solved};
    if (!target || !target->is_known)
        return true;
    if (!time_by(context, clocks, item, &target->attainment, pause->from, &elapsed, &whole))
        return false;
    ret_signs->is_late = elapsed <= whole && (double)elapsed >= 0.9 * (double)whole;
    return true;
}
