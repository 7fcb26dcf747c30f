/*
 * What the course of a ticket tells beside its deadlines: the same refusal again, refusals although
 * the fault is ours, an option that was accepted beside one, questions that had their answer, and a
 * solution that says the opposite of the one before.
 *
 * What a text tells has the confidence of the detector that found it, and none where nobody has
 * calibrated that one: the statement has it for review.
 */
#include "measure/account_sources.h"
#include "measure/asked_questions.h"
#include "measure/case_walk.h"
#include "measure/item_list.h"
#include "measure/talk_threads.h"
#include "measure/working_day.h"

/* From this refusal of a chain on each is one too many. */
enum { CHAIN_LEAST = 3 };
struct talks {
    struct account_book *book;
    const struct measure_context *context;
    struct talk *talk;
    struct talk_threads *threads; /* NULL: nothing tells refusals */
    struct item_list *items;
    double refusal; /* how far the detectors are believed */
    double question;
    struct asked_questions asked; /* of the case at hand */
};

static void add(struct talks *talks, const struct record_case *cited, enum trust_class class,
                int64_t at, double confidence)
{
    struct account_act act =
        account_act_of(class, at, account_text(cited, SLOT_CUSTOMER), cited->id);

    act.confidence = confidence;
    account_book_add(talks->book, cited, &act);
}

/* The case as one that stands elsewhere, to be cited. */
static struct record_case cited_at(const struct record_case *item, uint32_t source, uint64_t line,
                                   uint64_t offset)
{
    struct record_case cited = *item;

    cited.source = source;
    cited.line = line;
    cited.offset = offset;
    return cited;
}

/* --- refusals --- */

static bool is_beside(const struct measure_context *context, int64_t a, int64_t b)
{
    int64_t first = a < b ? a : b;
    int64_t last = a < b ? b : a;
    int64_t until = working_days_after(context->calendar, first, 1);

    return until != VALUE_MISSING && last <= until;
}

static bool is_of(const struct thread_refusal *refusal, const struct record_case *item)
{
    return str_equal(refusal->case_id, item->id);
}

static double believed(const struct talks *talks, const struct thread_refusal *refusal)
{
    return refusal->is_coded ? 1 : talks->refusal;
}

/* When the customer decided, behind the option; else when it was offered. */
static int64_t accepted_at(const struct item *items, size_t count, const struct item *option)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (items[i].kind == ITEM_DECISION && items[i].actor == ACTOR_CUSTOMER &&
            items[i].at != VALUE_MISSING && items[i].at >= option->at)
            return items[i].at;
    return option->at;
}

/* Once for a case: the first option that was offered within a working day of a refusal and chosen. */
static void add_accepted(struct talks *talks, const struct record_case *item,
                         const struct talk_thread *thread)
{
    size_t count;
    const struct item *items = item_list_of(talks->items, item->id, &count);
    size_t i;
    size_t r;

    for (i = 0; i < count; i++) {
        if (items[i].kind != ITEM_OPTION || !items[i].is_chosen || items[i].at == VALUE_MISSING)
            continue;
        for (r = 0; r < thread->refusal_count; r++) {
            const struct thread_refusal *refusal = &thread->refusals[r];
            struct record_case cited =
                cited_at(item, items[i].source, items[i].line, items[i].offset);

            if (!is_of(refusal, item) || !is_beside(talks->context, items[i].at, refusal->at))
                continue;
            add(talks, &cited, TRUST_D8, accepted_at(items, count, &items[i]),
                believed(talks, refusal));
            return;
        }
    }
}

/* The last word of a case whose fault is ours was no. */
static void add_refusals(struct talks *talks, const struct record_case *item,
                         const struct talk_thread *thread)
{
    const struct thread_refusal *last = NULL;
    size_t r;

    for (r = 0; r < thread->refusal_count; r++) {
        const struct thread_refusal *refusal = &thread->refusals[r];
        struct record_case cited =
            cited_at(item, refusal->source, refusal->line, refusal->offset);

        if (!is_of(refusal, item))
            continue;
        last = refusal;
        if (refusal->link.is_new && refusal->link.length >= CHAIN_LEAST)
            add(talks, &cited, TRUST_W4, refusal->at, believed(talks, refusal));
    }
    if (last && str_equal_nocase(account_text(item, SLOT_CAUSE_PARTY), STR("us"))) {
        struct record_case cited = cited_at(item, last->source, last->line, last->offset);

        add(talks, &cited, TRUST_W11, last->at, believed(talks, last));
    }
}

/* --- questions --- */

static bool follow_questions(void *visitor, const struct record_case *item,
                             const struct talk_turn *turn)
{
    struct talks *talks = visitor;
    enum question_kind kind;

    if (!asked_questions_take(&talks->asked, turn, &kind))
        return false;
    if (kind == QUESTION_AGAIN) {
        struct record_case cited = talk_cited(item, turn->message);

        add(talks, &cited, TRUST_W8, turn->at, talks->question);
    }
    return true;
}

/* False: memory is out. */
static bool add_questions(struct talks *talks, const struct record_case *item)
{
    asked_questions_clear(&talks->asked);
    return !talk_may_have(talks->context, item, detector_bit(DETECT_COACH)) ||
           talk_each(talks->talk, item, follow_questions, talks);
}

/* --- solutions --- */

/* Solved, opened again, and solved the other way: each time that what was refused is granted, or
   what was granted is refused. */
static void add_contradictions(struct talks *talks, const struct record_case *item)
{
    bool was_refused = false;
    bool has_verdict = false;
    bool is_reopened = false;
    size_t i;

    for (i = 0; i < item->event_count && item->events[i].at <= talks->context->as_of.us; i++) {
        const struct record_event *event = &item->events[i];
        int64_t code = record_event_value(item->set, event, SLOT_RESOLUTION_CODE);
        struct str reason;
        bool is_refused;

        if (event->class != CLASS_SOLVED && event->class != CLASS_CLOSED) {
            is_reopened |= has_verdict && event->has_status;
            continue;
        }
        if (code == VALUE_MISSING || code == VALUE_UNSAID)
            continue;
        is_refused = code_is_refusal(record_text(item->set, code), &reason);
        if (has_verdict && is_reopened && is_refused != was_refused) {
            struct record_case cited = account_cited(item, event->position, event->line);

            add(talks, &cited, TRUST_W9, event->at, 1);
        }
        was_refused = is_refused;
        has_verdict = true;
        is_reopened = false;
    }
}

/* --- all of them --- */

static bool add_talk(struct talks *talks, const struct record_case *item)
{
    const struct talk_thread *thread = NULL;
    bool is_first;

    if (item->is_empty || !account_text(item, SLOT_CUSTOMER).len)
        return true;
    if (talks->threads)
        thread = talk_thread_of(talks->threads, item, &is_first);
    if (thread) {
        add_refusals(talks, item, thread);
        add_accepted(talks, item, thread);
    }
    add_contradictions(talks, item);
    return add_questions(talks, item);
}

static enum status add_talks(void *taker, const struct record_set *set)
{
    struct talks *talks = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);

        if (!add_talk(talks, &item) || talks->book->failed)
            return diag_no_memory(talks->book->diag);
    }
    return STATUS_OK;
}

static enum status fill(struct talks *talks)
{
    const struct measure_context *context = talks->context;
    struct diag *diag = talks->book->diag;
    enum status status;

    talks->talk = talk_new(context);
    if (!talks->talk)
        return diag_no_memory(diag);
    if (context->detectors) {
        talks->refusal =
            trust_weight(context->calibration, context->detectors, DETECT_REFUSAL);
        talks->question = trust_weight(context->calibration, context->detectors, DETECT_COACH);
    }
    status = item_list_new(context, diag, &talks->items);
    if (status == STATUS_OK && talk_threads_are_told(context))
        status = talk_threads_new(context, diag, &talks->threads);
    return status == STATUS_OK ? case_walk(context, add_talks, talks) : status;
}

static enum status collect(struct account_book *book, const struct record_set *set)
{
    struct talks talks = {.book = book, .context = book->context};
    enum status status;

    (void)set;
    asked_questions_init(&talks.asked);
    status = fill(&talks);
    talk_free(talks.talk);
    talk_threads_free(talks.threads);
    item_list_free(talks.items);
    asked_questions_done(&talks.asked);
    return status;
}

const struct account_source account_talks = {.kind = RECORD_TICKET, .collect = collect};
