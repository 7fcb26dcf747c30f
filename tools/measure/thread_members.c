#include "measure/thread_members.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/talk_threads.h"

/* --- all of them --- */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9fb21c651e98df25u;
    return hash ^ hash >> 32;
}

/* The opening of the first case of the thread. */
static int64_t thread_start(const struct topic_cases *topics, const struct topic *topic,
                            int64_t opened)
{
    const struct topic_case *before;

    while ((before = topic_before(topics, topic, opened)) != NULL &&
           opened - before->opened <= THREAD_DAYS * DAY_US)
        opened = before->opened;
    return opened;
}

static uint64_t thread_key(const struct thread_members *members,
                           const struct record_case *item, uint64_t key)
{
    struct topic topic;
    int64_t opened = record_value(item, SLOT_OPENED);

    if (!members->topics || topic_of(members->topics, item, &topic))
        return mix(1, key);
    key = mix(mix(mix(2, topic.customer), topic.thing), topic.seen);
    return mix(key, (uint64_t)thread_start(members->topics, &topic, opened));
}

static enum status list_members(void *taker, const struct record_set *set)
{
    struct thread_members *members = taker;
    size_t count = record_case_count(set);
    struct str reason;
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct thread_member member = {.key = str_hash(item.id)};

        if (item.is_empty)
            continue;
        member.refuses =
            case_is_refused(&item, &reason) ||
            talk_may_have(members->context, &item, detector_bit(DETECT_REFUSAL));
        member.thread = thread_key(members, &item, member.key);
        member.opened = record_value(&item, SLOT_OPENED);
        if (!mem_grow(&members->list, members->count, &members->capacity, sizeof *members->list))
            return diag_no_memory(members->diag);
        members->list[members->count++] = member;
    }
    return STATUS_OK;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_by_thread(const void *a, const void *b)
{
    const struct thread_member *left = a;
    const struct thread_member *right = b;
    int order = compare_numbers(left->thread, right->thread);

    if (order == 0 && left->opened != right->opened)
        order = left->opened < right->opened ? -1 : 1;
    return order ? order : compare_numbers(left->key, right->key);
}

static int compare_by_key(const void *a, const void *b)
{
    return compare_numbers(((const struct thread_member *)a)->key, ((const struct thread_member *)b)->key);
}

/* Numbers the threads in which something may be refused, and forgets the others. */
static bool number_threads(struct thread_members *members)
{
    struct thread_member *list = members->list;
    size_t kept = 0;
    size_t end;
    size_t i;
    size_t k;

    if (members->count)
        qsort(list, members->count, sizeof *list, compare_by_thread);
    members->cases = mem_alloc(members->count + 1, sizeof *members->cases);
    if (!members->cases)
        return false;
    for (i = 0; i < members->count; i = end) {
        bool refuses = false;

        for (end = i; end < members->count && list[end].thread == list[i].thread; end++)
            refuses |= list[end].refuses;
        if (!refuses)
            continue;
        for (k = i; k < end; k++) {
            list[kept] = list[k];
            list[kept].number = (uint32_t)members->thread_count;
            list[kept++].order = (uint32_t)(k - i);
        }
        members->cases[members->thread_count++] = (uint32_t)(end - i);
    }
    members->count = kept;
    if (kept)
        qsort(list, kept, sizeof *list, compare_by_key);
    return true;
}

/* --- the whole --- */

void thread_members_init(struct thread_members *members, const struct measure_context *context,
                         struct diag *diag)
{
    *members = (struct thread_members){.context = context, .diag = diag};
}

enum status thread_members_list(struct thread_members *members)
{
    enum status status = STATUS_OK;

    if (topics_are_told(members->context))
        status = topic_cases_take(members->context, members->diag, &members->topics);
    if (status == STATUS_OK)
        status = case_walk(members->context, list_members, members);
    topic_cases_drop(members->topics);
    members->topics = NULL;
    return status != STATUS_OK || number_threads(members) ? status : diag_no_memory(members->diag);
}

void thread_members_done(struct thread_members *members)
{
    mem_free(members->list);
    mem_free(members->cases);
}

const struct thread_member *thread_member_find(const struct thread_members *members,
                                               const struct record_case *item)
{
    struct thread_member wanted = {.key = str_hash(item->id)};

    return members->count
               ? bsearch(&wanted, members->list, members->count, sizeof wanted, compare_by_key)
               : NULL;
}
