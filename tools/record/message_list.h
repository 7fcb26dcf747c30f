/*
 * The conversation of one case: every message, in order in the end.
 *
 * Call: message_add for every message; message_settle once at the end.
 * Owns: the pool owns the arrays (item: struct record_message).
 * Errors: false when memory is out.
 * Units: microseconds UTC.
 * Threads: one pool, one thread.
 */
#ifndef CFAUDIT_RECORD_MESSAGE_LIST_H
#define CFAUDIT_RECORD_MESSAGE_LIST_H

#include "record/array_pool.h"
#include "record/record.h"

struct message_list {
    struct record_message *messages;
    uint32_t count;
    uint32_t capacity;
};

bool message_add(struct array_pool *pool, struct message_list *list,
                 const struct record_message *message);
/* In order of instant, source, position; no two messages have the same position. */
void message_settle(struct message_list *list);

#endif
