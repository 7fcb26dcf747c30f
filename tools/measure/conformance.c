#include "measure/conformance_tally.h"

#include <string.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/observe.h"

static struct step_tally *steps_of(struct conformance *tally, size_t process)
{
    return tally->steps + tally->first_step[process];
}

/* --- deviations --- */

static struct deviation_tally *find_deviation(struct conformance *tally, uint32_t process,
                                              uint32_t kind, uint32_t what)
{
    const uint32_t key[3] = {process, kind, what};
    uint32_t number =
        intern_id(&tally->keys, (struct str){(const char *)key, sizeof key});

    if (number == INTERN_NONE)
        return NULL;
    if (number == tally->deviation_count) {
        if (!mem_grow(&tally->deviations, tally->deviation_count, &tally->deviation_capacity,
                      sizeof *tally->deviations))
            return NULL;
        tally->deviations[tally->deviation_count++] =
            (struct deviation_tally){.process = process, .kind = kind, .what = what};
    }
    return &tally->deviations[number];
}

/* The case with the lowest id stands for all of them. */
static bool take_place(struct conformance *tally, struct table_place *place,
                       const struct record_case *item)
{
    struct str id;

    if (place->case_id.ptr && str_compare(place->case_id, item->id) <= 0)
        return true;
    id = arena_str(&tally->arena, item->id);
    if (!id.ptr)
        return false;
    *place = (struct table_place){id, item->source, item->line, item->offset};
    return true;
}

static bool count_deviation(struct conformance *tally, const struct process_case *told,
                            const struct deviation *deviation, const struct record_case *item)
{
    uint32_t what = deviation->kind == DEVIATION_UNKNOWN    ? told->activities[deviation->event]
                    : deviation->step == PROCESS_NO_STEP ? UINT32_MAX
                                                         : (uint32_t)deviation->step;
    struct deviation_tally *found =
        find_deviation(tally, (uint32_t)told->process, deviation->kind, what);
    uint32_t number = (uint32_t)tally->case_count;

    if (!found)
        return false;
    found->occurrences++;
    if (deviation->kind == DEVIATION_UNKNOWN) {
        int64_t at = told->events[deviation->event]->at;

        if (found->occurrences == 1 || at < found->first)
            found->first = at;
        if (found->occurrences == 1 || at > found->last)
            found->last = at;
    }
    if (found->count > 0 && found->cases[found->count - 1] == number)
        return true;
    if (!mem_grow(&found->cases, found->count, &found->capacity, sizeof *found->cases))
        return false;
    found->cases[found->count++] = number;
    return take_place(tally, &found->place, item);
}

/* --- steps --- */

static void count_steps(struct conformance *tally, const struct process_case *told)
{
    struct step_tally *steps = steps_of(tally, told->process);
    uint64_t number = tally->case_count + 1;
    size_t i;

    for (i = 0; i < told->count; i++) {
        struct step_tally *step;

        if (told->steps[i] == PROCESS_NO_STEP)
            continue;
        step = &steps[told->steps[i]];
        if (step->executed == 0 || told->events[i]->at > step->last)
            step->last = told->events[i]->at;
        step->executed++;
        step->cases += step->last_case != number;
        step->last_case = number;
    }
}

static void count_omissions(struct conformance *tally, const struct process_case *told)
{
    struct step_tally *steps = steps_of(tally, told->process);
    size_t i;

    for (i = 0; i < told->deviation_count; i++)
        if (told->deviations[i].kind == DEVIATION_MISSING ||
            told->deviations[i].kind == DEVIATION_APPROVAL)
            steps[told->deviations[i].step].omitted++;
}

/* --- all cases --- */

static bool count_case(struct conformance *tally, const struct process_case *told,
                       const struct record_case *item)
{
    struct span span = {told->last - told->first};
    size_t i;

    if (tally->context->calendar)
        span = calendar_between(tally->context->calendar, (struct instant){told->first},
                                (struct instant){told->last});
    if (!mem_grow(&tally->times, tally->case_count, &tally->time_capacity, sizeof *tally->times) ||
        !mem_grow(&tally->process_of, tally->case_count, &tally->process_capacity,
                  sizeof *tally->process_of))
        return false;
    tally->times[tally->case_count] = span.us;
    tally->process_of[tally->case_count] = (uint32_t)told->process;
    for (i = 0; i < told->deviation_count; i++)
        if (!count_deviation(tally, told, &told->deviations[i], item))
            return false;
    count_steps(tally, told);
    count_omissions(tally, told);
    tally->bounds += told->result.is_bound;
    tally->unaligned += !told->result.has_nearest;
    tally->case_count++;
    return true;
}

static enum status count_cases(void *taker, const struct record_set *set)
{
    struct conformance *tally = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        const struct process_case *told;

        if (case_left_out(tally->context, &item))
            continue;
        if (!process_case_look(tally->cases, &item, &told) ||
            (!told->excluded && !count_case(tally, told, &item)))
            return diag_no_memory(tally->diag);
    }
    return STATUS_OK;
}

static enum status make(struct conformance *tally)
{
    const struct measure_context *context = tally->context;
    enum status status = process_cases_new(context, tally->diag, &tally->cases);
    size_t count = 0;
    size_t p;

    tally->first_step = mem_alloc(context->process_count + 1, sizeof *tally->first_step);
    for (p = 0; tally->first_step && p < context->process_count; p++) {
        tally->first_step[p] = count;
        count += context->processes[p]->step_count;
    }
    tally->steps = mem_alloc(count + 1, sizeof *tally->steps);
    if (status == STATUS_OK && (!tally->first_step || !tally->steps))
        status = diag_no_memory(tally->diag);
    return status == STATUS_OK ? case_walk(context, count_cases, tally) : status;
}

enum status conformance_new(const struct measure_context *context, struct diag *diag,
                            struct conformance **ret_conformance)
{
    struct conformance *tally = mem_alloc(1, sizeof *tally);
    enum status status;

    if (!tally)
        return diag_no_memory(diag);
    tally->context = context;
    tally->diag = diag;
    arena_init(&tally->arena);
    intern_init(&tally->keys);
    status = make(tally);
    if (status == STATUS_OK)
        *ret_conformance = tally;
    else
        conformance_free(tally);
    return status;
}

void conformance_free(struct conformance *tally)
{
    size_t i;

    if (!tally)
        return;
    for (i = 0; i < tally->deviation_count; i++)
        mem_free(tally->deviations[i].cases);
    process_cases_free(tally->cases);
    arena_done(&tally->arena);
    intern_done(&tally->keys);
    mem_free(tally->deviations);
    mem_free(tally->first_step);
    mem_free(tally->steps);
    mem_free(tally->times);
    mem_free(tally->process_of);
    mem_free(tally);
}

struct process_cases *conformance_cases(struct conformance *tally)
{
    return tally->cases;
}
