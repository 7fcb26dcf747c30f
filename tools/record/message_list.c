#include "record/message_list.h"

#include <stdlib.h>

#include "record/share.h"

bool message_add(struct array_pool *pool, struct message_list *list,
                 const struct record_message *message)
{
    if (list->count == list->capacity) {
        struct record_message *grown = array_pool_grow(pool, list->messages, &list->capacity);

        if (!grown)
            return false;
        list->messages = grown;
    }
    list->messages[list->count++] = *message;
    return true;
}

static int compare(const void *a, const void *b)
{
    return record_message_compare(a, b);
}

void message_settle(struct message_list *list)
{
    uint32_t i;

    /* exports are nearly always in order already */
    for (i = 1; i < list->count; i++)
        if (compare(&list->messages[i - 1], &list->messages[i]) > 0)
            break;
    if (i < list->count)
        qsort(list->messages, list->count, sizeof *list->messages, compare);
}
