/*
 * What the rows of one source say of one case, as one run tells it to another.
 *
 * Call: gather the sources of each map into a set of their own with keep_all; record_set_order;
 *       record_share_at for its cases, in any order; record_set_facts. On the other side
 *       record_set_learn, and record_set_take for each case with its shares in the order of their
 *       maps; then record_set_settle.
 * Owns: a share borrows everything from the set, or from whoever else made it.
 * Errors: STATUS_MEMORY, reported.
 * Units: as in record/record.h.
 * A case has each attribute from the last row that fills it: of a table a row fills what its file has
 * columns for, any other row what is in it. So each row is told that is the last to fill a slot, with
 * the slots of which it is: which row decides one is known only where all of them are together.
 * Every event is told, not only changes: another run may have one in between.
 * Threads: one set, one thread.
 */
#ifndef CFAUDIT_RECORD_SHARE_H
#define CFAUDIT_RECORD_SHARE_H

#include "record/record.h"

/* Which slots, a bit each. */
struct slot_set {
    uint64_t bits[2];
};

/* A row that is the last to fill some slots. */
struct record_told {
    struct slot_set filled; /* of the slots that are kept, where it is the last */
    bool is_attributed;     /* it tells attributes: values are its own; else it fills nothing */
    int64_t at;             /* VALUE_MISSING: none */
    uint64_t position;
    uint32_t line;
    int32_t sequence;
    int64_t values[SLOT_END]; /* of the slots that are kept */
};

struct record_share {
    const struct intern *texts;  /* of every number of a text in here */
    const struct intern *fields; /* of record_event.fields: a value for each tracked slot */
    const struct intern *marks;  /* of record_message.marks, number + 1 */
    uint32_t rows;               /* used */
    bool has_reject;
    /* In the order of what they fill; the first has what is earliest of all rows, and is the last row
       of all where none tells attributes. None: rows is 0. */
    const struct record_told *told;
    size_t told_count;
    const struct record_event *events; /* one a row, in order */
    size_t event_count;
    const struct record_message *messages; /* in order */
    size_t message_count;
};

/* What rows say of all cases together. */
struct record_facts {
    struct slot_set given;
    int64_t latest; /* VALUE_MISSING: nothing */
    bool has_classes;
    bool has_groups;
    bool has_messages;
    bool has_marks;
    bool first_to_last;
    bool is_snapshot;
    bool has_cases;
    unsigned classes_met; /* of events, a bit of each enum status_class */
};

static inline bool slot_set_has(const struct slot_set *set, int slot)
{
    return (set->bits[slot >> 6] >> (slot & 63) & 1) != 0;
}

static inline void slot_set_add(struct slot_set *set, int slot)
{
    set->bits[slot >> 6] |= 1ull << (slot & 63);
}

/* In the order of instant, sequence and position; positions of one case are all different. */
int record_event_compare(const struct record_event *a, const struct record_event *b);
int record_message_compare(const struct record_message *a, const struct record_message *b);
/* Whether the row of `a` decides over that of `b`. */
bool record_told_is_later(const struct record_told *a, const struct record_told *b);
/* The order of what they fill, as of strcmp. */
int record_told_compare(const struct record_told *a, const struct record_told *b);
/*
 * Of what rows of one case tell, in any order, what is left when each slot is of the last of them that
 * fills it, in the order of what they fill; their number. What is earliest of all rows is the caller's.
 */
size_t record_told_settle(struct record_told *list, size_t count);
/* Earliest of all the rows of a case, whichever fills what. */
static inline bool record_slot_is_earliest(int slot)
{
    return slot == SLOT_FIRST_EVENT || slot == SLOT_FIRST_SOLVED;
}

/* The name of a slot that a case can keep: the field's, or of its own; NULL: a column of the
   user's. */
const char *record_slot_name(enum record_kind kind, int slot);
/* Whether the values of such a slot are numbers of texts. */
bool record_slot_is_text(enum record_kind kind, int slot);
/* The slots that a set with these needs keeps. */
struct slot_set record_slots(const struct record_needs *needs);

/* The next source is read as if it were the first: it reports every status that is not known. */
void record_set_forget(struct record_set *set);
/* Events and messages of every case in order, none left out. */
void record_set_order(struct record_set *set);
/* The id of the case, and what this set knows of it, which is told until the next case is. */
struct str record_share_at(const struct record_set *set, size_t number,
                           struct record_share *ret_share);
/* Whether that source was the last to mention the case. */
bool record_case_is_of(const struct record_set *set, size_t number, uint32_t source);
/* The slots that its sources fill. */
struct slot_set record_set_filled(const struct record_set *set);
struct record_facts record_set_facts(const struct record_set *set);
void record_set_learn(struct record_set *set, const struct record_facts *facts);
/* A case that the set does not have yet. */
enum status record_set_take(struct record_set *set, struct str id,
                            const struct record_share *const *shares, size_t count,
                            struct diag *diag);
/* The value, with numbers of texts in `from` made those of `into`; false: memory is out. */
bool record_translate(enum record_kind kind, int slot, int64_t value, const struct intern *from, struct intern *into,
                      int64_t *ret_value);
/* The same of the tracked slots of an event, and of its group and status. */
bool record_translate_event(const struct record_needs *needs, const struct record_share *from,
                            struct intern *texts, struct intern *fields,
                            struct record_event *event);

/* The same of the marks of a message. */
bool record_translate_marks(const struct intern *from, struct intern *into,
                            struct record_message *message);

#endif
