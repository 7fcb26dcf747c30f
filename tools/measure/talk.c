#include "measure/talk.h"

#include <string.h>

#include "base/mem.h"
#include "measure/conversation.h"

enum { THANKS_STEMS = 2 }; /* what a message of thanks may say beside */

static const size_t NOBODY = SIZE_MAX;

struct talk {
    const struct measure_context *context;
    struct marks_reader reader;
};

struct talk *talk_new(const struct measure_context *context)
{
    struct talk *talk = mem_alloc(1, sizeof *talk);

    if (!talk)
        return NULL;
    talk->context = context;
    marks_reader_init(&talk->reader);
    return talk;
}

void talk_free(struct talk *talk)
{
    if (!talk)
        return;
    marks_reader_done(&talk->reader);
    mem_free(talk);
}

enum status talk_prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct talk *talk = talk_new(context);

    *ret_own = talk;
    return talk ? STATUS_OK : diag_no_memory(diag);
}

void talk_release(void *own)
{
    talk_free(own);
}

bool talk_is_read(const struct measure_context *context)
{
    return record_has_marks(context->set) && record_has_messages(context->set);
}

bool talk_marks(struct talk *talk, const struct record_case *item, size_t message, bool *ret_has,
                struct marks *ret_marks)
{
    struct str bytes = record_marks(item->set, &item->messages[message]);

    *ret_has = bytes.ptr != NULL;
    *ret_marks = (struct marks){.language = LANG_COUNT};
    return !bytes.ptr ||
           marks_read(&talk->reader, bytes, talk->context->boilerplate, ret_marks);
}

struct record_case talk_cited(const struct record_case *item, const struct record_message *message)
{
    struct record_case cited = *item;

    if (message) {
        cited.source = (uint32_t)(message->position >> 44);
        cited.offset = message->position & ((1ull << 44) - 1);
        cited.line = message->line;
    }
    return cited;
}

/* --- refused by its code --- */

/* What the code says behind the word, and the signs between them. */
static bool follows(struct str code, const char *word, struct str *ret_rest)
{
    size_t length = strlen(word);
    struct str rest;

    if (code.len < length || !str_equal_nocase((struct str){code.ptr, length}, str_of(word)))
        return false;
    rest = (struct str){code.ptr + length, code.len - length};
    if (rest.len && !memchr(" :/-_,;(", rest.ptr[0], 8))
        return false;
    while (rest.len && memchr(" :/-_,;(", rest.ptr[0], 8)) {
        rest.ptr++;
        rest.len--;
    }
    while (rest.len && memchr(" )", rest.ptr[rest.len - 1], 2))
        rest.len--;
    *ret_rest = rest;
    return true;
}

bool code_is_refusal(struct str code, struct str *ret_reason)
{
    static const char *const words[] = {"refused", "refusal", "rejected", "declined", "rifiutato",
                                        "rifiutata", "rifiuto", "respinto", "respinta"};
    size_t i;

    *ret_reason = (struct str){NULL, 0};
    code = str_trim(code);
    for (i = 0; i < ARRAY_LEN(words); i++) {
        struct str rest;

        if (!follows(code, words[i], &rest))
            continue;
        if (rest.len)
            *ret_reason = rest;
        return true;
    }
    return false;
}

bool case_is_refused(const struct record_case *item, struct str *ret_reason)
{
    int64_t code = record_value(item, SLOT_RESOLUTION_CODE);

    *ret_reason = (struct str){NULL, 0};
    return code != VALUE_MISSING && code_is_refusal(record_text(item->set, code), ret_reason);
}

/* --- turns --- */

static bool is_heard(const struct record_message *message)
{
    return message->is_public || message->actor == ACTOR_CUSTOMER;
}

bool talk_may_have(const struct measure_context *context, const struct record_case *item,
                   uint32_t detectors)
{
    size_t count = conversation_count(item, context->as_of.us);
    size_t i;

    for (i = 0; i < count; i++) {
        struct str bytes = record_marks(item->set, &item->messages[i]);

        if (bytes.ptr && is_heard(&item->messages[i]) && marks_has(bytes, detectors))
            return true;
    }
    return false;
}

static bool is_thanks(const struct marks *marks)
{
    const uint32_t more = detector_bit(DETECT_DISPUTE) | detector_bit(DETECT_COMPLAINT) |
                          detector_bit(DETECT_REFUSAL);

    return (marks->detectors & detector_bit(DETECT_THANKS)) && !(marks->detectors & more) &&
           marks->counts.questions == 0 && marks->stem_count <= THANKS_STEMS;
}

static enum turn_kind answer_kind(const struct marks *marks, bool refuses)
{
    const uint32_t change = detector_bit(DETECT_ALTERNATIVE) | detector_bit(DETECT_ESCALATION) |
                            detector_bit(DETECT_DECISION);

    return marks->detectors & change ? TURN_CHANGE : refuses ? TURN_REFUSAL : TURN_ANSWER;
}

/* Which message the resolution code speaks of. */
struct refused_by_code {
    bool is_refused;
    struct str reason;
    size_t message; /* NOBODY: none of them */
};

/* The last refusal, else the last answer. False: memory is out. */
static bool find_refused(struct talk *talk, const struct record_case *item, size_t count,
                         struct refused_by_code *ret_refused)
{
    struct refused_by_code refused = {.message = NOBODY};
    bool is_found = false;
    size_t i = count;

    refused.is_refused = case_is_refused(item, &refused.reason);
    while (refused.is_refused && !is_found && i-- > 0) {
        struct marks marks;
        bool has_text;

        if (!message_is_answer(&item->messages[i]))
            continue;
        if (!talk_marks(talk, item, i, &has_text, &marks))
            return false;
        is_found = (marks.detectors & detector_bit(DETECT_REFUSAL)) != 0;
        if (is_found || refused.message == NOBODY)
            refused.message = i;
    }
    *ret_refused = refused;
    return true;
}

static void fill_answer(struct talk_turn *turn, const struct refused_by_code *refused)
{
    bool is_coded = refused->is_refused && refused->message == turn->number;
    bool says_no = (turn->marks.detectors & detector_bit(DETECT_REFUSAL)) != 0;

    turn->is_answer = true;
    turn->is_coded = is_coded;
    turn->by_code = is_coded && !says_no;
    turn->turn.refuses = is_coded || says_no;
    turn->turn.kind = answer_kind(&turn->marks, turn->turn.refuses);
    if (is_coded)
        turn->turn.reason = refused->reason;
}

static bool fill_turn(struct talk *talk, const struct record_case *item, size_t number,
                      const struct refused_by_code *refused, struct talk_turn *turn)
{
    const struct record_message *message = &item->messages[number];

    *turn = (struct talk_turn){.message = message, .number = number, .at = message->at};
    if (!talk_marks(talk, item, number, &turn->turn.has_text, &turn->marks))
        return false;
    turn->turn.stems = (struct terms){turn->marks.stems, turn->marks.stem_count};
    turn->turn.groups = (struct terms){turn->marks.groups, turn->marks.group_count};
    turn->turn.kind = TURN_OTHER;
    if (message->actor == ACTOR_CUSTOMER)
        turn->turn.kind = is_thanks(&turn->marks) ? TURN_THANKS : TURN_CUSTOMER;
    else if (message_is_answer(message))
        fill_answer(turn, refused);
    return true;
}

static int64_t end_of(const struct record_case *item)
{
    int64_t at = record_value(item, SLOT_RESOLVED);

    if (at == VALUE_MISSING)
        at = record_value(item, SLOT_CLOSED);
    return at;
}

bool talk_each(struct talk *talk, const struct record_case *item, talk_visit *visit, void *visitor)
{
    int64_t as_of = talk->context->as_of.us;
    size_t count = conversation_count(item, as_of);
    struct refused_by_code refused;
    struct talk_turn turn;
    size_t i;

    if (!find_refused(talk, item, count, &refused))
        return false;
    for (i = 0; i < count; i++)
        if (is_heard(&item->messages[i]) && (!fill_turn(talk, item, i, &refused, &turn) ||
                                             !visit(visitor, item, &turn)))
            return false;
    if (!refused.is_refused || refused.message != NOBODY || end_of(item) == VALUE_MISSING ||
        end_of(item) > as_of)
        return true;
    turn = (struct talk_turn){.number = count,
                              .at = end_of(item),
                              .is_answer = true,
                              .is_coded = true,
                              .by_code = true};
    turn.marks.language = LANG_COUNT;
    turn.turn.kind = TURN_REFUSAL;
    turn.turn.refuses = true;
    turn.turn.reason = refused.reason;
    return visit(visitor, item, &turn);
}
