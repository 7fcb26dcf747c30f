/*
 * Questions of agents that customers had answered before, in one conversation.
 *
 * Call: asked_questions_init; asked_questions_take for each turn in order; asked_questions_clear
 *       before another conversation; asked_questions_done.
 * Owns: the questions keep copies of the stems that they compare later.
 * Errors: false when memory is out.
 * Units: counts.
 *
 * A question is an answer with one about the problem (the coach of M-27) that refuses nothing. It is
 * asked again when its content stems, three at least, agree by 60 % (Jaccard) with those of an earlier
 * one after which the customer has written more than thanks.
 * Source: Jaccard 1901.
 * Threads: one of them, one thread.
 */
#ifndef CFAUDIT_MEASURE_ASKED_QUESTIONS_H
#define CFAUDIT_MEASURE_ASKED_QUESTIONS_H

#include "base/arena.h"
#include "measure/talk.h"

enum question_kind { QUESTION_NONE, QUESTION_NEW, QUESTION_AGAIN };

struct asked_question;

struct asked_questions {
    struct arena arena; /* of the stems */
    struct asked_question *list;
    size_t count;
    size_t capacity;
};

void asked_questions_init(struct asked_questions *asked);
void asked_questions_done(struct asked_questions *asked);
void asked_questions_clear(struct asked_questions *asked);
bool asked_questions_take(struct asked_questions *asked, const struct talk_turn *turn,
                          enum question_kind *ret_kind);

#endif
