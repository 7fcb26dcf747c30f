#include "measure/conversation.h"

bool message_is_answer(const struct record_message *message)
{
    return message->is_public && (message->actor == ACTOR_AGENT || message->actor == ACTOR_BOSS);
}

bool message_is_doubtful(const struct record_message *message)
{
    return message->is_public && message->actor == ACTOR_UNKNOWN;
}

size_t conversation_count(const struct record_case *item, int64_t as_of)
{
    size_t count = item->message_count;

    while (count && item->messages[count - 1].at > as_of)
        count--;
    return count;
}

bool conversation_is_opening(const struct record_case *item, size_t message, int64_t opened)
{
    return item->messages[message].at < opened ||
           (message == 0 && item->messages[message].at == opened);
}

size_t conversation_first_answer(const struct record_case *item, size_t count, int64_t opened)
{
    size_t i = 0;

    while (i < count && (!message_is_answer(&item->messages[i]) ||
                         conversation_is_opening(item, i, opened)))
        i++;
    return i;
}

bool conversation_is_doubtful(const struct record_case *item, size_t from, size_t until)
{
    size_t i;

    for (i = from; i < until; i++)
        if (message_is_doubtful(&item->messages[i]))
            return true;
    return false;
}
