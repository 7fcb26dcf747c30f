#include "measure/process_case.h"

#include <string.h>

#include "base/mem.h"
#include "measure/condition.h"
#include "measure/observe.h"

enum { NOT_LOOKED_AT, IGNORED, FIRST_STEP }; /* of activities; steps from FIRST_STEP on */
static const uint32_t OF_NO_STEP = UINT32_MAX;

struct process_cases {
    const struct measure_context *context;
    struct diag *diag;
    struct replay **replays; /* by process */
    uint32_t **known;        /* by process, then text id of the activity */
    size_t text_count;
    struct process_case told;
    size_t room; /* of the lists of `told` */
    size_t deviation_room;
    size_t eye_room;
};

enum status process_cases_new(const struct measure_context *context, struct diag *diag,
                              struct process_cases **ret_cases)
{
    struct process_cases *cases = mem_alloc(1, sizeof *cases);
    enum status status = STATUS_OK;
    size_t p;

    if (!cases)
        return diag_no_memory(diag);
    cases->context = context;
    cases->diag = diag;
    cases->text_count = record_text_count(context->set);
    cases->replays = mem_alloc(context->process_count + 1, sizeof *cases->replays);
    cases->known = mem_alloc(context->process_count + 1, sizeof *cases->known);
    if (!cases->replays || !cases->known)
        status = diag_no_memory(diag);
    for (p = 0; p < context->process_count && status == STATUS_OK; p++) {
        status = replay_new(context->processes[p], diag, &cases->replays[p]);
        cases->known[p] = mem_alloc(cases->text_count + 1, sizeof **cases->known);
        if (status == STATUS_OK && !cases->known[p])
            status = diag_no_memory(diag);
    }
    if (status == STATUS_OK)
        *ret_cases = cases;
    else
        process_cases_free(cases);
    return status;
}

void process_cases_free(struct process_cases *cases)
{
    size_t p;

    if (!cases)
        return;
    for (p = 0; cases->replays && p < cases->context->process_count; p++)
        replay_free(cases->replays[p]);
    for (p = 0; cases->known && p < cases->context->process_count; p++)
        mem_free(cases->known[p]);
    mem_free(cases->replays);
    mem_free(cases->known);
    mem_free(cases->told.events);
    mem_free(cases->told.steps);
    mem_free(cases->told.activities);
    mem_free(cases->told.deviations);
    mem_free(cases->told.eyes);
    mem_free(cases);
}

/* --- which process --- */

static bool meets(const struct record_case *item, const struct process_document *process,
                  const int *slots)
{
    size_t i;

    for (i = 0; i < process->where_count; i++)
        if (!condition_holds(item->set, &process->where[i], slots[i],
                             record_value(item, slots[i])))
            return false;
    return true;
}

/* The first whose conditions hold and that was in force; *ret_slot: of its version field. */
static const char *choose(const struct measure_context *context, const struct record_case *item,
                          int64_t day, size_t *ret_process, int *ret_slot)
{
    const int *slots = context->process_slots;
    const char *reason = "no-process";
    size_t p;

    for (p = 0; p < context->process_count; p++) {
        const struct process_document *process = context->processes[p];

        if (meets(item, process, slots)) {
            if (process->from <= day && day <= process->until) {
                *ret_process = p;
                *ret_slot = slots[process->where_count];
                return NULL;
            }
            reason = "no-version-in-force";
        }
        slots += process->where_count + 1;
    }
    return reason;
}

static int64_t day_of(const struct measure_context *context, int64_t at)
{
    struct local local = context->zone ? zone_local(context->zone, (struct instant){at})
                                       : (struct local){at};

    return local.us >= 0 ? local.us / DAY_US : -((DAY_US - 1 - local.us) / DAY_US);
}

/* --- its steps --- */

/* IGNORED, or a step. */
static uint32_t look_up(struct process_cases *cases, size_t p, uint32_t activity)
{
    const struct process_document *process = cases->context->processes[p];
    uint32_t *known = &cases->known[p][activity];
    struct str name = record_text(cases->context->set, activity);
    size_t step;

    if (*known != NOT_LOOKED_AT)
        return *known;
    step = process_step_of(process, name);
    *known = process_ignores(process, name) ? IGNORED
             : step == PROCESS_NO_STEP     ? OF_NO_STEP
                                           : FIRST_STEP + (uint32_t)step;
    return *known;
}

static bool make_room(struct process_cases *cases, size_t count)
{
    struct process_case *told = &cases->told;
    size_t capacity = cases->room;

    for (; cases->room < count; cases->room = capacity) {
        size_t steps = cases->room;
        size_t activities = cases->room;

        if (!mem_grow(&told->events, capacity, &capacity, sizeof *told->events) ||
            !mem_grow(&told->steps, steps, &steps, sizeof *told->steps) ||
            !mem_grow(&told->activities, activities, &activities, sizeof *told->activities))
            return false;
    }
    return true;
}

/* The first and the last event that anything was done in, whatever it was. */
static bool find_ends(const struct record_case *item, int64_t *ret_first, int64_t *ret_last)
{
    bool is_any = false;
    size_t i;

    for (i = 0; i < item->event_count; i++) {
        if (!item->events[i].is_step)
            continue;
        if (!is_any)
            *ret_first = item->events[i].at;
        *ret_last = item->events[i].at;
        is_any = true;
    }
    return is_any;
}

static bool list_steps(struct process_cases *cases, const struct record_case *item)
{
    struct process_case *told = &cases->told;
    const struct process_document *process = cases->context->processes[told->process];
    size_t i;

    if (!make_room(cases, item->event_count))
        return false;
    told->count = 0;
    for (i = 0; i < item->event_count; i++) {
        const struct record_event *event = &item->events[i];
        int64_t transition;
        int64_t activity;
        uint32_t step;

        if (!event->is_step)
            continue;
        activity = record_event_value(item->set, event, SLOT_ACTIVITY);
        transition = record_event_value(item->set, event, SLOT_TRANSITION);
        step = look_up(cases, told->process, (uint32_t)activity);
        if (step == IGNORED ||
            !process_counts(process, transition < 0 ? (struct str){NULL, 0}
                                                    : record_text(item->set, transition)))
            continue;
        told->events[told->count] = event;
        told->activities[told->count] = (uint32_t)activity;
        told->steps[told->count++] =
            step == OF_NO_STEP ? PROCESS_NO_STEP : (size_t)(step - FIRST_STEP);
    }
    return true;
}

/* --- what is wrong --- */

static bool add_deviation(struct process_cases *cases, struct deviation deviation)
{
    struct process_case *told = &cases->told;

    if (!mem_grow(&told->deviations, told->deviation_count, &cases->deviation_room,
                  sizeof *told->deviations))
        return false;
    told->deviations[told->deviation_count++] = deviation;
    return true;
}

static bool list_moves(struct process_cases *cases)
{
    struct process_case *told = &cases->told;
    size_t i;

    for (i = 0; i <= told->result.move_count; i++)
        if (!mem_grow(&told->deviations, i, &cases->deviation_room, sizeof *told->deviations))
            return false;
    told->deviation_count = deviations_of(cases->context->processes[told->process], &told->result,
                                          told->deviations);
    return true;
}

/* Who did a step, compared with who did the other one, each time. */
static struct four_eyes compare_people(const struct process_case *told,
                                       const struct record_case *item, size_t step, size_t other,
                                       size_t *ret_event)
{
    struct four_eyes eyes = {step, false, true};
    size_t i;
    size_t k;

    for (i = 0; i < told->count; i++) {
        int64_t one;

        if (told->steps[i] != step)
            continue;
        one = record_event_value(item->set, told->events[i], SLOT_ACTOR);
        for (k = 0; k < told->count && one >= 0; k++) {
            int64_t two = told->steps[k] == other
                              ? record_event_value(item->set, told->events[k], SLOT_ACTOR)
                              : VALUE_MISSING;

            if (two < 0)
                continue;
            eyes.is_known = true;
            if (one == two && eyes.is_kept) {
                eyes.is_kept = false;
                *ret_event = i;
            }
        }
    }
    return eyes;
}

static bool has_step(const struct process_case *told, size_t step)
{
    size_t i = 0;

    while (i < told->count && told->steps[i] != step)
        i++;
    return i < told->count;
}

static bool list_eyes(struct process_cases *cases, const struct record_case *item)
{
    struct process_case *told = &cases->told;
    const struct process_document *process = cases->context->processes[told->process];
    size_t event = 0;
    size_t s;

    told->eye_count = 0;
    for (s = 0; s < process->step_count; s++) {
        size_t other = process->steps[s].other_than;

        if (other == PROCESS_NO_STEP || !has_step(told, s) || !has_step(told, other))
            continue;
        if (!mem_grow(&told->eyes, told->eye_count, &cases->eye_room, sizeof *told->eyes))
            return false;
        told->eyes[told->eye_count] = compare_people(told, item, s, other, &event);
        if (!told->eyes[told->eye_count++].is_kept &&
            !add_deviation(cases, (struct deviation){DEVIATION_FOUR_EYES, s, event}))
            return false;
    }
    return true;
}

static bool look_at_version(struct process_cases *cases, const struct record_case *item, int slot)
{
    struct process_case *told = &cases->told;
    int64_t stated = slot < 0 ? VALUE_MISSING : record_value(item, slot);

    told->says_version = stated >= 0;
    if (!told->says_version)
        return true;
    told->is_version = str_equal(record_text(item->set, stated),
                                 cases->context->processes[told->process]->version);
    return told->is_version || add_deviation(cases, (struct deviation){DEVIATION_VERSION,
                                                                      PROCESS_NO_STEP, 0});
}

bool process_case_look(struct process_cases *cases, const struct record_case *item,
                       const struct process_case **ret_case)
{
    struct process_case *told = &cases->told;
    const struct replay_result *result;
    int64_t class = record_value(item, SLOT_CLASS);
    int slot = -1;

    *ret_case = told;
    told->excluded = NULL;
    told->deviation_count = 0;
    if (!find_ends(item, &told->first, &told->last))
        told->excluded = "no-activity";
    else if (record_has_classes(cases->context->set) && !class_is_over(class))
        told->excluded = "not-ended";
    else
        told->excluded = choose(cases->context, item, day_of(cases->context, told->first),
                                &told->process, &slot);
    if (told->excluded)
        return true;
    if (!list_steps(cases, item) ||
        replay_trace(cases->replays[told->process], told->steps, told->count, cases->diag,
                     &result) != STATUS_OK)
        return false;
    told->result = *result;
    return list_moves(cases) && list_eyes(cases, item) && look_at_version(cases, item, slot);
}
