/*
 * The record model: which kinds of records there are and which fields each has.
 *
 * A case (ticket, trace, thread) keeps one slot for each field that its last row decides; the
 * fields of events make its history. Fields of the user's own are text slots after these.
 * Owns: constant tables.
 * Errors: NULL for an unknown name.
 * Units: none.
 * Source: ITIL incident and service level management terms; XES standard extensions (IEEE 1849).
 * Threads: constant.
 */
#ifndef CFAUDIT_RECORD_FIELD_H
#define CFAUDIT_RECORD_FIELD_H

#include "base/str.h"

enum field_type { FIELD_TEXT, FIELD_PERSON, FIELD_INSTANT, FIELD_INTEGER, FIELD_BOOLEAN };

/* Where the value of a field goes: a slot of the case, or a part of the row's event. */
enum field_slot {
    SLOT_OPENED,
    SLOT_RESOLVED,
    SLOT_CLOSED,
    SLOT_DUE,
    SLOT_MET,
    SLOT_STATUS,
    SLOT_GROUP,
    SLOT_CUSTOMER,
    SLOT_CHANNEL,
    SLOT_PRIORITY,
    SLOT_SERVICE,
    SLOT_CI,
    SLOT_CATEGORY,
    SLOT_SYMPTOM,
    SLOT_CAUSE,
    SLOT_CAUSE_PARTY,
    SLOT_RESOLUTION_CODE,
    SLOT_ORDER,
    SLOT_CONTRACT,
    SLOT_ASSIGNEE,
    SLOT_REOPENS,
    SLOT_REASSIGNMENTS,
    SLOT_FIRST_RESPONSE, /* as the source reports it */
    SLOT_PROMISED,       /* what was announced to the customer, and when it came true */
    SLOT_FULFILLED,
    SLOT_PROMISE_MADE, /* when it was announced, or recorded as announced */
    SLOT_FIRST_CONTACT,      /* solved at the first contact, as the agent says */
    SLOT_CONFIRMED,          /* the customer has said that it is solved */
    SLOT_PRESUMED_PARTY,     /* whose fault the first classification says it is */
    SLOT_PRESUMED_SURELY,    /* how sure that was, in per cent */
    SLOT_ESCALATED,
    SLOT_ESCALATION_REASON,  /* authority or skill */
    SLOT_ESCALATION_DUE,
    SLOT_ESCALATION_ANSWERED,
    SLOT_FIRST_EVENT,  /* derived: earliest event */
    SLOT_FIRST_SOLVED, /* derived: earliest event in a solved or closed status */
    SLOT_CLASS,        /* derived: status class of the last row, enum status_class */
    SLOT_COUNT,
    /* not in the case: parts of the row, and SLOT_NONE for what is read and checked only */
    PART_ID,
    PART_AT,
    PART_SEQUENCE,
    PART_STATUS,
    PART_GROUP,
    PART_TYPE,
    PART_ACTOR,
    PART_LIFECYCLE,
    PART_ACTOR_CLASS,
    PART_VISIBILITY,
    SLOT_NONE = 63,
    /* columns of the user's own, by number, from here on */
    SLOT_OWN = 64,
    SLOT_END = 128
};

struct record_field {
    const char *name;
    enum field_type type;
    int slot; /* enum field_slot */
};

struct record_kind {
    const char *name;
    const struct record_field *fields;
    size_t field_count;
};

extern const struct record_kind record_kinds[];
extern const size_t record_kind_count;

const struct record_kind *record_kind_find(struct str name);
const struct record_field *record_field_find(const struct record_kind *kind, struct str name);
/* A field of the case (ticket, sla or promise) by name, for breakdowns and conditions; NULL: none. */
const struct record_field *record_case_field(struct str name);
/* Type of a slot below SLOT_COUNT. */
enum field_type slot_type(int slot);

#endif
