/* The measures of a run, over cases that are kept and cases that only pass by. */
#include <string.h>

#include "base/mem.h"
#include "measure/case_rows.h"
#include "measure/passing_cases.h"
#include "measure/state.h"

/* Not before any instant that can be read: the end of the year 9999. */
static const struct instant not_before_any = {253402300799999999};

/* What one reading thread feeds: a state of each measure. */
struct measuring_part {
    struct measuring *measuring;
    struct measuring_part *next;
    struct case_rows rows;
    struct measure_state *states[]; /* one for each measure */
};

struct measuring {
    const struct measure *const *list;
    size_t count;
    const struct measure_context *given;
    struct measure_context context; /* of the states */
    struct measuring_part *parts;   /* NULL: none has been fed yet */
    struct passing *passing[RECORD_KIND_COUNT]; /* of cases that have passed by */
    struct diag *diag;
    enum status status; /* of what happened while feeding */
};

enum status measuring_new(const struct measure *const *list, size_t count,
                          const struct measure_context *context, struct diag *diag,
                          struct measuring **ret_measuring)
{
    struct measuring *measuring = mem_alloc(1, sizeof *measuring);

    if (!measuring)
        return diag_no_memory(diag);
    measuring->list = list;
    measuring->count = count;
    measuring->given = context;
    measuring->diag = diag;
    *ret_measuring = measuring;
    return STATUS_OK;
}

static void free_part(struct measuring_part *part)
{
    size_t i;

    for (i = 0; i < part->measuring->count; i++)
        measure_free(part->states[i]);
    case_rows_done(&part->rows);
    mem_free(part);
}

void measuring_restart(struct measuring *measuring)
{
    struct measuring_part *next;

    for (; measuring->parts; measuring->parts = next) {
        next = measuring->parts->next;
        free_part(measuring->parts);
    }
    measuring->status = STATUS_OK;
}

void measuring_free(struct measuring *measuring)
{
    int kind;

    if (!measuring)
        return;
    measuring_restart(measuring);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        passing_free(measuring->passing[kind]);
    mem_free(measuring);
}

/* Cases that pass by while they are read are tickets; what only looks at them needs them all. */
static bool is_about_tickets(const struct measure *measure)
{
    return measure->kind == RECORD_TICKET || (measure->also_kinds >> RECORD_TICKET & 1);
}

/* Citations name cases by their ids; small groups of staff are known at the end only. */
bool measuring_wants_cases(const struct measuring *measuring)
{
    const struct measure_context *context = measuring->given;
    size_t i;

    if (context->seed.ptr)
        return false;
    for (i = 0; i < context->by_count; i++)
        if (context->by_slots[i] == SLOT_GROUP)
            return false;
    for (i = 0; i < measuring->count; i++) {
        const struct measure *measure = measuring->list[i];

        if (is_about_tickets(measure) &&
            (measure->also_kinds || !measure->streams || !measure->streams(context)))
            return false;
    }
    return true;
}

static bool begin(void *sink_context, const struct record_set *set)
{
    struct measuring *measuring = sink_context;

    measuring->context = *measuring->given;
    measuring->context.set = set;
    if (instant_is_missing(measuring->context.as_of))
        measuring->context.as_of = not_before_any;
    return true;
}

static void *open_part(void *sink_context)
{
    struct measuring *measuring = sink_context;
    struct measuring_part *part =
        mem_alloc(1, sizeof *part + measuring->count * sizeof part->states[0]);
    size_t i;

    if (!part) {
        measuring->status = diag_no_memory(measuring->diag);
        return NULL;
    }
    part->measuring = measuring;
    case_rows_init(&part->rows, &measuring->context);
    for (i = 0; i < measuring->count && measuring->status == STATUS_OK; i++)
        if (measuring->list[i]->kind == RECORD_TICKET)
            measuring->status = measure_init(measuring->list[i], &measuring->context,
                                             measuring->diag, &part->states[i]);
    if (measuring->status != STATUS_OK) {
        free_part(part);
        return NULL;
    }
    part->next = measuring->parts;
    measuring->parts = part;
    return part;
}

static void take(void *sink_part, const struct record_rows *rows)
{
    struct measuring_part *part = sink_part;
    size_t i;

    case_rows_take(&part->rows, rows);
    for (i = 0; i < part->measuring->count; i++)
        if (part->states[i])
            measure_add_rows(part->states[i], &part->rows);
}

struct record_sink measuring_sink(struct measuring *measuring)
{
    return (struct record_sink){begin, open_part, take, measuring};
}

/* The rest of the cases, now that everything is known: `count` of the states get them. */
static enum status add_kept(struct measure_state *const *states, size_t count, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++)
        status = measure_prepare_again(states[i], diag);
    return status == STATUS_OK ? kept_cases_add(states, count, diag) : status;
}

static size_t count_parts(const struct measuring *measuring)
{
    const struct measuring_part *part;
    size_t count = 0;

    for (part = measuring->parts; part; part = part->next)
        count++;
    return count;
}

static enum status finish_fed(struct measuring *measuring, size_t number, struct arena *arena,
                              struct diag *diag, struct figure **ret_figures, size_t *ret_count)
{
    size_t count = count_parts(measuring);
    struct measure_state **states = mem_alloc(count, sizeof(struct measure_state *));
    struct measuring_part *part = measuring->parts;
    enum status status;
    size_t wanted;
    size_t i;

    if (!states)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++, part = part->next)
        states[i] = part->states[number];
    measuring->context = *measuring->given;
    wanted = kept_cases_states(measuring->list[number], measuring->given);
    status = add_kept(states, wanted < count ? wanted : count, diag);
    for (i = 1; i < count && status == STATUS_OK; i++)
        measure_merge(states[0], states[i]);
    if (status == STATUS_OK)
        status = measure_finish(states[0], arena, diag, ret_figures, ret_count);
    mem_free(states);
    return status;
}

/* They have all passed by before the first figure is made. */
static enum status finish_passing(struct measuring *measuring, size_t number, struct arena *arena,
                                  struct diag *diag, struct figure **ret_figures,
                                  size_t *ret_count)
{
    enum record_kind kind = measuring->list[number]->kind;
    struct passing **passing = &measuring->passing[kind];
    enum status status = *passing
                             ? STATUS_OK
                             : passing_new(kind, measuring->list, measuring->count,
                                           measure_context_of(measuring->given, kind), diag,
                                           passing);

    return status == STATUS_OK
               ? passing_finish(*passing, number, arena, diag, ret_figures, ret_count)
               : status;
}

enum status measuring_finish(struct measuring *measuring, size_t number, struct arena *arena,
                             struct diag *diag, struct figure **ret_figures, size_t *ret_count)
{
    const struct measure *measure = measuring->list[number];

    if (measuring->status != STATUS_OK)
        return measuring->status;
    if (measure_context_of(measuring->given, measure->kind)->walk)
        return finish_passing(measuring, number, arena, diag, ret_figures, ret_count);
    if (measuring->parts && measure->kind == RECORD_TICKET)
        return finish_fed(measuring, number, arena, diag, ret_figures, ret_count);
    return measure_all(measure, measuring->given, arena, diag, ret_figures, ret_count);
}
