#include "record/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "record/share.h"

void history_pool_init(struct history_pool *pool, bool keep_all)
{
    memset(pool, 0, sizeof *pool);
    array_pool_init(&pool->arrays, sizeof(struct record_event));
    pool->keep_all = keep_all;
}

void history_pool_done(struct history_pool *pool)
{
    array_pool_done(&pool->arrays);
    history_pool_init(pool, pool->keep_all);
}

static bool same_state(const struct record_event *a, const struct record_event *b)
{
    return !a->is_step && !b->is_step && a->class == b->class && a->group == b->group && a->status == b->status &&
           a->has_status == b->has_status && a->fields == b->fields;
}

static bool make_room(struct history_pool *pool, struct history *history)
{
    struct record_event *grown;

    if (history->count < history->capacity)
        return true;
    grown = array_pool_grow(&pool->arrays, history->events, &history->capacity);
    if (!grown)
        return false;
    history->events = grown;
    return true;
}

static bool insert(struct history_pool *pool, struct history *history, uint32_t at,
                   const struct record_event *run)
{
    if (!make_room(pool, history))
        return false;
    memmove(history->events + at + 1, history->events + at,
            (history->count - at) * sizeof *history->events);
    history->events[at] = *run;
    history->count++;
    return true;
}

static void extend(struct record_event *run, const struct record_event *by)
{
    if (by->until > run->until)
        run->until = by->until;
    run->has_more = true;
}

bool history_add(struct history_pool *pool, struct history *history, const struct record_event *run)
{
    struct record_event *before;
    struct record_event *after;
    uint32_t at = history->count;

    if (pool->keep_all)
        return insert(pool, history, at, run);
    while (at > 0 && record_event_compare(run, &history->events[at - 1]) < 0)
        at--;
    before = at > 0 ? &history->events[at - 1] : NULL;
    after = at < history->count ? &history->events[at] : NULL;
    /* a run that reaches over its successor: rows of it that are gone may lie on either side */
    if (after && run->has_more && run->until >= after->at && !same_state(run, after))
        pool->ambiguous = true;
    if (before && same_state(run, before)) {
        extend(before, run);
        return true;
    }
    if (before && before->has_more && before->until >= run->at)
        pool->ambiguous = true;
    if (after && same_state(run, after)) {
        int64_t until = after->until > run->until ? after->until : run->until;

        *after = *run;
        after->until = until;
        after->has_more = true;
        return true;
    }
    return insert(pool, history, at, run);
}

static int compare_events(const void *a, const void *b)
{
    return record_event_compare(a, b);
}

void history_order(struct history *history)
{
    uint32_t i;

    /* exports are nearly always in order already */
    for (i = 1; i < history->count; i++)
        if (compare_events(&history->events[i - 1], &history->events[i]) > 0)
            break;
    if (i < history->count)
        qsort(history->events, history->count, sizeof *history->events, compare_events);
}

void history_settle(struct history *history)
{
    uint32_t kept = 0;
    uint32_t i;

    if (history->count == 0)
        return;
    history_order(history);
    for (i = 1; i < history->count; i++) {
        if (same_state(&history->events[kept], &history->events[i]))
            extend(&history->events[kept], &history->events[i]);
        else
            history->events[++kept] = history->events[i];
    }
    history->count = kept + 1;
}
