/*
 * The record model: which kinds of records there are and which fields each has.
 *
 * A case is a record of a kind: a ticket with its events and messages, or a promise, a survey, an
 * invoice by itself. It keeps one slot for each field that its last row decides; the fields of
 * events make the history of a ticket. Slots below SLOT_KIND mean the same in every kind; those from
 * there on are each kind's own. Fields of the user's own are text slots after these.
 * Owns: constant tables.
 * Errors: NULL for an unknown name.
 * Units: numbers in millionths, so that hours, amounts and scores are exact.
 * Source: ITIL incident and service level management terms; XES standard extensions (IEEE 1849);
 *         ISO 10001 for promises, ISO 10002 for complaints.
 * Threads: constant.
 */
#ifndef CFAUDIT_RECORD_FIELD_H
#define CFAUDIT_RECORD_FIELD_H

#include "base/str.h"
#include "base/words.h"
#include "record/kind.h"

/* FIELD_NUMBER: a decimal number, in millionths. */
enum field_type {
    FIELD_TEXT,
    FIELD_PERSON,
    FIELD_INSTANT,
    FIELD_INTEGER,
    FIELD_BOOLEAN,
    FIELD_NUMBER
};

enum { FIELD_NUMBER_ONE = 1000000 };

struct record_field {
    const char *name;
    enum field_type type;
    int slot;         /* enum field_slot, or of the kind */
    bool is_minimum;  /* a record says little without it: every map of the kind has it */
    bool is_planned;  /* of instants: what is to be, not what was */
    bool is_carried;  /* a row of a ticket may say it, as something of the ticket */
    bool is_prose;    /* what somebody wrote: no report shows it unasked */
    bool is_key;      /* it is the id of a record of another kind */
    enum record_kind key_of;
    const char *const *words; /* that it may be, ends with NULL; NULL: anything */
};

struct record_model {
    const char *name;
    enum record_kind kind;
    struct words title;
    const struct record_field *fields;
    size_t field_count;
    const char *second; /* field that is a part of the id, beside it; NULL: none */
    bool may_lack_id;   /* the place of a record stands for its id */
};

/* In the order of enum record_kind; after these the events of tickets. */
extern const struct record_model *const record_models[];
extern const size_t record_model_count;

const struct record_model *record_model_find(struct str name);
const struct record_field *record_field_find(const struct record_model *model, struct str name);
/* A field of a case of the kind by name, for breakdowns and conditions; NULL: none. A ticket has
   what its rows say of its service levels and promises, too. */
const struct record_field *record_case_field(enum record_kind kind, struct str name);
/* The field that a slot below SLOT_COUNT has; NULL: none, or it is derived. */
const struct record_field *slot_field(enum record_kind kind, int slot);
/* Type of a slot below SLOT_COUNT. */
enum field_type slot_type(enum record_kind kind, int slot);
/* A moment that is to be, of a slot below SLOT_COUNT. */
bool slot_is_planned(enum record_kind kind, int slot);
/* Every slot that fields of the kind have, a bit each. */
uint64_t record_kind_slots(enum record_kind kind);

#endif
