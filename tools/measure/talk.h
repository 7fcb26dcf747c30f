/*
 * What was said in a case, turn by turn, by the marks of its messages.
 *
 * Call: talk_new; talk_each for a case; talk_free.
 * Owns: the caller owns the talk; a turn lives until the visit returns.
 * Errors: false when memory is out, or the visit was.
 * Units: instants in microseconds UTC; messages by their number in the case.
 *
 * Turns are public messages and those of customers, up to the as-of instant. An answer refuses when
 * the marks say so; when the case was resolved as refused its last refusal has the reason that
 * follows that word, and without one its last answer refuses. Of a case without an answer the
 * resolution itself is a turn.
 * Threads: one talk, one thread.
 */
#ifndef CFAUDIT_MEASURE_TALK_H
#define CFAUDIT_MEASURE_TALK_H

#include "measure/measure.h"
#include "measure/refusal_chain.h"

/* Slots that talk_each looks at. */
static const uint64_t TALK_SLOTS = 1ull << SLOT_RESOLUTION_CODE | 1ull << SLOT_RESOLVED |
                                   1ull << SLOT_CLOSED | 1ull << SLOT_OPENED;

struct talk;

struct talk_turn {
    const struct record_message *message; /* NULL: the resolution of the case */
    size_t number;
    int64_t at;
    bool is_answer;
    bool is_coded; /* the case says that it refuses */
    bool by_code;  /* and nothing else does */
    struct marks marks; /* of nothing, where turn.has_text is false */
    struct turn turn;
};

/* False ends the walk. */
typedef bool talk_visit(void *visitor, const struct record_case *item,
                        const struct talk_turn *turn);

struct talk *talk_new(const struct measure_context *context); /* NULL: memory is out */
void talk_free(struct talk *talk); /* accepts NULL */
/* Of measures that need nothing else: `prepare` and `release`. */
enum status talk_prepare(const struct measure_context *context, struct diag *diag, void **ret_own);
void talk_release(void *own);
bool talk_each(struct talk *talk, const struct record_case *item, talk_visit *visit,
               void *visitor);
/* The marks of one message; *ret_has false: there are none. */
bool talk_marks(struct talk *talk, const struct record_case *item, size_t message, bool *ret_has,
                struct marks *ret_marks);
/* One of the detectors hit in a message that is a turn, wherever; a quick look. */
bool talk_may_have(const struct measure_context *context, const struct record_case *item,
                   uint32_t detectors);
/* The code says that something was refused; *ret_reason is missing when it names none. */
bool code_is_refusal(struct str code, struct str *ret_reason);
/* The case was resolved as refused. */
bool case_is_refused(const struct record_case *item, struct str *ret_reason);
/* The case as one that stands where the message does, to be cited. */
struct record_case talk_cited(const struct record_case *item, const struct record_message *message);
/* Some message of the sources has a text that was read. */
bool talk_is_read(const struct measure_context *context);

/* The detectors that texts were searched with, a bit each. */
static inline uint32_t talk_detectors(const struct measure_context *context)
{
    return context->detectors ? detectors_present(context->detectors) : 0;
}

static inline uint32_t detector_bit(enum detector detector)
{
    return 1u << detector;
}

#endif
