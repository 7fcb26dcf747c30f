#include "measure/talk_threads.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/item_list.h"
#include "measure/thread_members.h"

/* A turn of a thread of several cases, kept until all of them were met. */
struct said {
    uint32_t thread;
    uint32_t order; /* of its case */
    size_t number;
    struct thread_refusal refusal; /* if it is one */
    struct turn turn;
};

struct talk_threads {
    const struct measure_context *context;
    struct diag *diag;
    struct arena arena;        /* ids of cases */
    struct thread_members members;
    struct talk_thread *threads;
    size_t *firsts;            /* of each thread: its first refusal */
    size_t thread_count;
    struct thread_refusal *refusals;
    size_t refusal_count;
    size_t refusal_capacity;
    size_t *order;             /* of the threads that do refuse */
    size_t order_count;
    /* while they are made */
    struct item_list *items;
    struct talk *talk;
    struct refusal_walk *walk;
    struct arena texts;
    struct said *said;
    size_t said_count;
    size_t said_capacity;
    uint32_t at_hand; /* the thread that turns are told of */
    uint32_t case_order;
};

bool talk_threads_are_told(const struct measure_context *context)
{
    return talk_is_read(context) || record_has(context->set, SLOT_RESOLUTION_CODE);
}

/* --- what was said in them --- */

static bool keep_refusal(struct talk_threads *threads, const struct thread_refusal *refusal)
{
    if (!mem_grow(&threads->refusals, threads->refusal_count, &threads->refusal_capacity,
                  sizeof *threads->refusals))
        return false;
    threads->refusals[threads->refusal_count++] = *refusal;
    return true;
}

/* One turn of the thread at hand, its turns being told in order. */
static bool follow(struct talk_threads *threads, const struct turn *turn,
                   const struct thread_refusal *refusal)
{
    struct thread_refusal told = *refusal;

    if (!refusal_walk_take(threads->walk, turn, &told.link))
        return false;
    return !turn->refuses || keep_refusal(threads, &told);
}

static void begin_thread(struct talk_threads *threads, uint32_t number)
{
    refusal_walk_clear(threads->walk);
    threads->firsts[number] = threads->refusal_count;
}

static void end_thread(struct talk_threads *threads, uint32_t number)
{
    struct talk_thread *thread = &threads->threads[number];

    thread->chain = refusal_walk_chain(threads->walk);
    thread->refusal_count = threads->refusal_count - threads->firsts[number];
}

static struct thread_refusal refusal_of(const struct record_case *item,
                                        const struct talk_turn *turn, struct str case_id)
{
    struct record_case cited = talk_cited(item, turn->message);

    return (struct thread_refusal){.case_id = case_id,
                                   .at = turn->at,
                                   .source = cited.source,
                                   .line = cited.line,
                                   .offset = cited.offset,
                                   .is_coded = turn->is_coded,
                                   .by_code = turn->by_code};
}

static bool take_lone(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    struct talk_threads *threads = visitor;
    struct thread_refusal refusal =
        refusal_of(item, turn, threads->threads[threads->at_hand].case_id);

    return follow(threads, &turn->turn, &refusal);
}

static bool keep_terms(struct arena *arena, struct terms *terms)
{
    uint32_t *list = arena_alloc(arena, terms->count, sizeof *list);

    if (!list)
        return false;
    if (terms->count)
        memcpy(list, terms->list, terms->count * sizeof *list);
    terms->list = list;
    return true;
}

static bool keep_turn(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    struct talk_threads *threads = visitor;
    const struct said *before =
        threads->said_count ? &threads->said[threads->said_count - 1] : NULL;
    struct str id = before && before->refusal.case_id.ptr &&
                            str_equal(before->refusal.case_id, item->id)
                        ? before->refusal.case_id
                        : arena_str(&threads->arena, item->id);
    struct said said = {.thread = threads->at_hand,
                        .order = threads->case_order,
                        .number = turn->number,
                        .refusal = refusal_of(item, turn, id),
                        .turn = turn->turn};

    if (!id.ptr || !keep_terms(&threads->texts, &said.turn.stems) ||
        !keep_terms(&threads->texts, &said.turn.groups))
        return false;
    if (said.turn.reason.ptr) {
        said.turn.reason = arena_str(&threads->texts, said.turn.reason);
        if (!said.turn.reason.ptr)
            return false;
    }
    if (!mem_grow(&threads->said, threads->said_count, &threads->said_capacity,
                  sizeof *threads->said))
        return false;
    threads->said[threads->said_count++] = said;
    return true;
}

static bool decides(const struct item *item)
{
    return item->kind == ITEM_DECISION && item->at != VALUE_MISSING &&
           item->actor != ACTOR_CUSTOMER && item->actor != ACTOR_UNKNOWN;
}

/* Decisions of the organization that were noted: each ends a chain, as one that is told does. */
static bool keep_decisions(struct talk_threads *threads, const struct item *items, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct said said = {.thread = threads->at_hand,
                            .order = threads->case_order,
                            .number = SIZE_MAX,
                            .refusal = {.at = items[i].at},
                            .turn = {.kind = TURN_CHANGE}};

        if (!decides(&items[i]))
            continue;
        if (!mem_grow(&threads->said, threads->said_count, &threads->said_capacity,
                      sizeof *threads->said))
            return false;
        threads->said[threads->said_count++] = said;
    }
    return true;
}

static bool hear_case(struct talk_threads *threads, const struct record_case *item)
{
    const struct thread_member *member = thread_member_find(&threads->members, item);
    struct talk_thread *thread;
    const struct item *items;
    size_t count;
    bool done;

    if (!member)
        return true;
    thread = &threads->threads[member->number];
    threads->at_hand = member->number;
    threads->case_order = member->order;
    if (member->order == 0) {
        thread->case_id = arena_str(&threads->arena, item->id);
        if (!thread->case_id.ptr)
            return false;
    }
    items = item_list_of(threads->items, item->id, &count);
    if (thread->cases > 1 || count > 0)
        return keep_decisions(threads, items, count) &&
               talk_each(threads->talk, item, keep_turn, threads);
    begin_thread(threads, member->number);
    done = talk_each(threads->talk, item, take_lone, threads);
    end_thread(threads, member->number);
    return done;
}

static enum status hear(void *taker, const struct record_set *set)
{
    struct talk_threads *threads = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);

        if (!item.is_empty && !hear_case(threads, &item))
            return diag_no_memory(threads->diag);
    }
    return STATUS_OK;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_said(const void *a, const void *b)
{
    const struct said *left = a;
    const struct said *right = b;
    int order = compare_numbers(left->thread, right->thread);

    if (order == 0 && left->refusal.at != right->refusal.at)
        order = left->refusal.at < right->refusal.at ? -1 : 1;
    if (order == 0)
        order = compare_numbers(left->order, right->order);
    return order ? order : compare_numbers(left->number, right->number);
}

static bool follow_said(struct talk_threads *threads)
{
    size_t i = 0;

    if (threads->said_count)
        qsort(threads->said, threads->said_count, sizeof *threads->said, compare_said);
    while (i < threads->said_count) {
        uint32_t number = threads->said[i].thread;

        begin_thread(threads, number);
        for (; i < threads->said_count && threads->said[i].thread == number; i++)
            if (!follow(threads, &threads->said[i].turn, &threads->said[i].refusal))
                return false;
        end_thread(threads, number);
    }
    return true;
}

/* --- the whole --- */

static int compare_threads(const void *a, const void *b)
{
    const struct talk_thread *left = *(const struct talk_thread *const *)a;
    const struct talk_thread *right = *(const struct talk_thread *const *)b;

    return str_compare(left->case_id, right->case_id);
}

/* The refusals have their last places now. */
static bool settle(struct talk_threads *threads)
{
    const struct talk_thread **list =
        mem_alloc(threads->thread_count + 1, sizeof(const struct talk_thread *));
    size_t i;

    threads->order = mem_alloc(threads->thread_count + 1, sizeof *threads->order);
    if (!list || !threads->order) {
        mem_free(list);
        return false;
    }
    for (i = 0; i < threads->thread_count; i++) {
        threads->threads[i].refusals = threads->refusals + threads->firsts[i];
        if (threads->threads[i].refusal_count)
            list[threads->order_count++] = &threads->threads[i];
    }
    if (threads->order_count)
        qsort(list, threads->order_count, sizeof *list, compare_threads);
    for (i = 0; i < threads->order_count; i++)
        threads->order[i] = (size_t)(list[i] - threads->threads);
    mem_free(list);
    return true;
}

/* What only the making needs. */
static void forget(struct talk_threads *threads)
{
    item_list_free(threads->items);
    talk_free(threads->talk);
    refusal_walk_free(threads->walk);
    arena_done(&threads->texts);
    mem_free(threads->said);
    threads->items = NULL;
    threads->talk = NULL;
    threads->walk = NULL;
    threads->said = NULL;
}

/* Nothing has been said in them yet. */
static bool begin_threads(struct talk_threads *threads)
{
    size_t count = threads->members.thread_count;
    size_t i;

    threads->threads = mem_alloc(count + 1, sizeof *threads->threads);
    threads->firsts = mem_alloc(count + 1, sizeof *threads->firsts);
    if (!threads->threads || !threads->firsts)
        return false;
    for (i = 0; i < count; i++)
        threads->threads[i].cases = threads->members.cases[i];
    threads->thread_count = count;
    return true;
}

static enum status make(struct talk_threads *threads)
{
    const struct measure_context *context = threads->context;
    enum status status;

    threads->talk = talk_new(context);
    threads->walk = refusal_walk_new();
    if (!threads->talk || !threads->walk)
        return diag_no_memory(threads->diag);
    status = item_list_new(context, threads->diag, &threads->items);
    if (status == STATUS_OK)
        status = thread_members_list(&threads->members);
    if (status == STATUS_OK && !begin_threads(threads))
        status = diag_no_memory(threads->diag);
    if (status == STATUS_OK && threads->thread_count)
        status = case_walk(context, hear, threads);
    if (status == STATUS_OK && (!follow_said(threads) || !settle(threads)))
        status = diag_no_memory(threads->diag);
    return status;
}

enum status talk_threads_new(const struct measure_context *context, struct diag *diag,
                             struct talk_threads **ret_threads)
{
    struct talk_threads *threads = mem_alloc(1, sizeof *threads);
    enum status status;

    if (!threads)
        return diag_no_memory(diag);
    threads->context = context;
    threads->diag = diag;
    arena_init(&threads->arena);
    arena_init(&threads->texts);
    thread_members_init(&threads->members, context, diag);
    status = make(threads);
    forget(threads);
    if (status == STATUS_OK)
        *ret_threads = threads;
    else
        talk_threads_free(threads);
    return status;
}

void talk_threads_free(struct talk_threads *threads)
{
    if (!threads)
        return;
    arena_done(&threads->arena);
    thread_members_done(&threads->members);
    mem_free(threads->threads);
    mem_free(threads->firsts);
    mem_free(threads->refusals);
    mem_free(threads->order);
    mem_free(threads);
}

size_t talk_threads_count(const struct talk_threads *threads)
{
    return threads->order_count;
}

const struct talk_thread *talk_thread_at(const struct talk_threads *threads, size_t number)
{
    return &threads->threads[threads->order[number]];
}

const struct talk_thread *talk_thread_of(const struct talk_threads *threads,
                                         const struct record_case *item, bool *ret_is_first)
{
    const struct thread_member *member = thread_member_find(&threads->members, item);

    if (!member || threads->threads[member->number].refusal_count == 0)
        return NULL;
    *ret_is_first = member->order == 0;
    return &threads->threads[member->number];
}
