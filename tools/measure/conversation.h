/*
 * Who answered whom in the messages of a case.
 *
 * Owns: borrows the case.
 * Errors: none.
 * Units: instants in microseconds UTC; messages by their number in the case.
 * An answer is a public message of a person of the organization: an agent or a superior. Programs,
 * suppliers, private notes and authors of an unknown kind answer nobody. Customers are heard
 * whatever the visibility of their message.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_CONVERSATION_H
#define CFAUDIT_MEASURE_CONVERSATION_H

#include "record/record.h"

bool message_is_answer(const struct record_message *message);
/* A public message that may be an answer or a question: nobody knows who wrote it. */
bool message_is_doubtful(const struct record_message *message);
/* Number of messages up to and including the instant. */
size_t conversation_count(const struct record_case *item, int64_t as_of);
/* True: the message came before the opening, or is what the case was opened with. */
bool conversation_is_opening(const struct record_case *item, size_t message, int64_t opened);
/*
 * Number of the first answer to the request of that instant among the first `count` messages,
 * `count` if there is none. What an agent wrote when opening the case is no answer to it.
 */
size_t conversation_first_answer(const struct record_case *item, size_t count, int64_t opened);
/* One of the messages [from, until) is doubtful. */
bool conversation_is_doubtful(const struct record_case *item, size_t from, size_t until);

#endif
