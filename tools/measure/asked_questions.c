#include "measure/asked_questions.h"

#include <string.h>

#include "base/mem.h"

/* Two questions are the same when so many content stems are, of at least so many. */
enum { QUESTION_PERCENT = 60, QUESTION_STEMS = 3 };

/* A question that the customer may have answered. */
struct asked_question {
    struct terms stems;
    bool is_answered;
};

void asked_questions_init(struct asked_questions *asked)
{
    *asked = (struct asked_questions){.list = NULL};
    arena_init(&asked->arena);
}

void asked_questions_done(struct asked_questions *asked)
{
    mem_free(asked->list);
    arena_done(&asked->arena);
}

void asked_questions_clear(struct asked_questions *asked)
{
    arena_clear(&asked->arena);
    asked->count = 0;
}

static bool is_same_question(struct terms a, struct terms b)
{
    return a.count >= QUESTION_STEMS && b.count >= QUESTION_STEMS &&
           overlap_jaccard_reaches(terms_overlap(a, b), QUESTION_PERCENT);
}

static bool keep_question(struct asked_questions *asked, struct terms stems)
{
    uint32_t *list = arena_alloc(&asked->arena, stems.count + 1, sizeof *list);

    if (!list || !mem_grow(&asked->list, asked->count, &asked->capacity, sizeof *asked->list))
        return false;
    if (stems.count)
        memcpy(list, stems.list, stems.count * sizeof *list);
    asked->list[asked->count++] = (struct asked_question){{list, stems.count}, false};
    return true;
}

bool asked_questions_take(struct asked_questions *asked, const struct talk_turn *turn,
                          enum question_kind *ret_kind)
{
    bool is_known = false;
    size_t i;

    *ret_kind = QUESTION_NONE;
    for (i = 0; turn->turn.kind == TURN_CUSTOMER && i < asked->count; i++)
        asked->list[i].is_answered = true;
    if (!turn->is_answer || turn->turn.refuses ||
        !(turn->marks.detectors & detector_bit(DETECT_COACH)))
        return true;
    for (i = 0; i < asked->count && !is_known; i++)
        is_known =
            asked->list[i].is_answered && is_same_question(asked->list[i].stems, turn->turn.stems);
    *ret_kind = is_known ? QUESTION_AGAIN : QUESTION_NEW;
    return keep_question(asked, turn->turn.stems);
}
