#include "measure/topic_cases.h"

#include <stdlib.h>

#include "base/mem.h"
#include "measure/case_walk.h"
#include "measure/shared.h"

struct topic_cases {
    struct shared shared; /* first */
    const struct measure_context *context;
    int seen; /* slot of what was seen */
    struct topic_case *list; /* in order of topic, opening, id */
    size_t count;
    size_t capacity;
    struct diag *diag;
};

static bool tells_seen(const struct record_set *set)
{
    return record_has(set, SLOT_SYMPTOM) || record_has(set, SLOT_CATEGORY);
}

static bool tells_thing(const struct record_set *set)
{
    return record_has(set, SLOT_CI) || record_has(set, SLOT_SERVICE);
}

bool topics_are_told(const struct measure_context *context)
{
    const struct record_set *set = context->set;

    return record_has(set, SLOT_CUSTOMER) && record_has(set, SLOT_OPENED) &&
           (tells_seen(set) || tells_thing(set));
}

/* --- one case --- */

static uint32_t text_id(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
}

const char *topic_of(const struct topic_cases *cases, const struct record_case *item,
                     struct topic *ret_topic)
{
    struct topic topic = {text_id(item, SLOT_CUSTOMER), text_id(item, SLOT_CI),
                          text_id(item, cases->seen)};

    if (topic.thing == INTERN_NONE)
        topic.thing = text_id(item, SLOT_SERVICE);
    if (topic.customer == INTERN_NONE || record_value(item, SLOT_OPENED) == VALUE_MISSING)
        return "no-customer-or-topic";
    /* half a topic would hold together what has nothing in common */
    if ((topic.thing == INTERN_NONE && tells_thing(cases->context->set)) ||
        (topic.seen == INTERN_NONE && tells_seen(cases->context->set)))
        return "no-customer-or-topic";
    if (record_value(item, SLOT_CLASS) == CLASS_CANCELLED)
        return "cancelled"; /* duplicates and spam are no contacts */
    *ret_topic = topic;
    return NULL;
}

/* --- all of them --- */

static int compare_ids(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_topics(const struct topic *a, const struct topic *b)
{
    int order = compare_ids(a->customer, b->customer);

    if (order == 0)
        order = compare_ids(a->thing, b->thing);
    return order ? order : compare_ids(a->seen, b->seen);
}

static int compare_cases(const void *a, const void *b)
{
    const struct topic_case *left = a;
    const struct topic_case *right = b;
    int order = compare_topics(&left->topic, &right->topic);

    if (order)
        return order;
    if (left->opened != right->opened)
        return left->opened < right->opened ? -1 : 1;
    return (left->tie > right->tie) - (left->tie < right->tie);
}

static enum status list_cases(void *taker, const struct record_set *set)
{
    struct topic_cases *cases = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct topic_case told = {.cause = text_id(&item, SLOT_CAUSE)};

        if (item.is_empty || topic_of(cases, &item, &told.topic))
            continue;
        told.opened = record_value(&item, SLOT_OPENED);
        told.tie = str_hash(item.id);
        if (!mem_grow(&cases->list, cases->count, &cases->capacity, sizeof *cases->list))
            return diag_no_memory(cases->diag);
        cases->list[cases->count++] = told;
    }
    return STATUS_OK;
}

static void free_cases(struct shared *shared)
{
    struct topic_cases *cases = (struct topic_cases *)shared;

    mem_free(cases->list);
    mem_free(cases);
}

static enum status make_cases(const struct measure_context *context, struct diag *diag,
                              struct shared **ret_shared)
{
    struct topic_cases *cases = mem_alloc(1, sizeof *cases);
    enum status status;

    if (!cases)
        return diag_no_memory(diag);
    cases->context = context;
    cases->diag = diag;
    cases->seen = record_has(context->set, SLOT_SYMPTOM) ? SLOT_SYMPTOM : SLOT_CATEGORY;
    status = case_walk(context, list_cases, cases);
    if (status != STATUS_OK) {
        free_cases(&cases->shared);
        return status;
    }
    if (cases->count)
        qsort(cases->list, cases->count, sizeof *cases->list, compare_cases);
    *ret_shared = &cases->shared;
    return STATUS_OK;
}

static const struct shared_kind topics = {make_cases, free_cases};

enum status topic_cases_take(const struct measure_context *context, struct diag *diag,
                             struct topic_cases **ret_cases)
{
    struct shared *shared = NULL;
    enum status status = shared_take(context, &topics, diag, &shared);

    if (status == STATUS_OK)
        *ret_cases = (struct topic_cases *)shared;
    return status;
}

void topic_cases_drop(struct topic_cases *cases)
{
    shared_drop(cases ? &cases->shared : NULL);
}

/* --- neighbours --- */

/* Place of the first case of the topic opened at the instant or later; with `beyond`, later. */
static size_t place_of(const struct topic_cases *cases, const struct topic *topic, int64_t instant,
                       bool beyond)
{
    size_t low = 0;
    size_t high = cases->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct topic_case *at = &cases->list[middle];
        int order = compare_topics(&at->topic, topic);

        if (order < 0 || (order == 0 && (at->opened < instant || (beyond && at->opened == instant))))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct topic_case *topic_before(const struct topic_cases *cases, const struct topic *topic,
                                      int64_t instant)
{
    size_t place = place_of(cases, topic, instant, /* beyond= */ false);

    return place > 0 && compare_topics(&cases->list[place - 1].topic, topic) == 0
               ? &cases->list[place - 1]
               : NULL;
}

const struct topic_case *topic_after(const struct topic_cases *cases, const struct topic *topic,
                                     int64_t instant)
{
    size_t place = place_of(cases, topic, instant, /* beyond= */ true);

    return place < cases->count && compare_topics(&cases->list[place].topic, topic) == 0
               ? &cases->list[place]
               : NULL;
}
