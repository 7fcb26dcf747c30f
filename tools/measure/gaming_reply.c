#include "measure/gaming_reply.h"

#include "measure/case_phases.h"
#include "measure/conversation.h"

/* The last instant that the reported one may stand for. */
static int64_t end_of(int64_t reported)
{
    if (reported % MINUTE_US == 0)
        return reported + MINUTE_US - 1;
    return reported % SECOND_US == 0 ? reported + SECOND_US - 1 : reported;
}

static bool is_by_program(const struct record_message *message)
{
    return message->is_public &&
           (message->actor == ACTOR_BOT || message->actor == ACTOR_SYSTEM);
}

/* What the messages since the opening and up to the reported moment say. */
static enum first_reply_author author_of(const struct record_case *item, size_t count,
                                         int64_t opened)
{
    enum first_reply_author author = REPLY_NOT_SEEN;
    size_t i;

    for (i = 0; i < count; i++) {
        const struct record_message *message = &item->messages[i];

        if (message->at < opened)
            continue;
        if (message_is_answer(message) && !conversation_is_opening(item, i, opened))
            return REPLY_BY_PERSON;
        if (message_is_doubtful(message))
            author = REPLY_DOUBTFUL;
        else if (is_by_program(message) && author != REPLY_DOUBTFUL)
            author = REPLY_BY_PROGRAM;
    }
    return author;
}

struct first_reply first_reply_of(const struct record_case *item, int64_t as_of)
{
    struct first_reply reply = {REPLY_NOT_REPORTED, record_value(item, SLOT_FIRST_RESPONSE),
                                VALUE_MISSING};
    int64_t opened = case_request(item);
    size_t count;
    size_t answer;

    if (reply.reported == VALUE_MISSING || reply.reported > as_of)
        return reply;
    reply.author = author_of(item, conversation_count(item, end_of(reply.reported)), opened);
    if (reply.author != REPLY_BY_PROGRAM)
        return reply;
    count = conversation_count(item, as_of);
    answer = conversation_first_answer(item, count, opened);
    if (answer < count)
        reply.answered = item->messages[answer].at;
    return reply;
}
