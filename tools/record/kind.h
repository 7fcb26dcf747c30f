/*
 * The kinds of records, and where the values of their fields go.
 *
 * Call: as a constant of a measure or a table of fields (record/field.h).
 * Owns: nothing.
 * Errors: none.
 * Units: none.
 * Threads: constants.
 */
#ifndef CFAUDIT_RECORD_KIND_H
#define CFAUDIT_RECORD_KIND_H

enum record_kind {
    RECORD_TICKET, /* with its events and messages */
    RECORD_CUSTOMER,
    RECORD_SLA,       /* what was agreed */
    RECORD_SLA_CLOCK, /* what a system measured of one ticket */
    RECORD_PROMISE,
    RECORD_EFFORT,
    RECORD_CHANGE,
    RECORD_SURVEY,
    RECORD_COMPLAINT,
    RECORD_ORDER_REVIEW,
    RECORD_PROCESS_DOC,
    RECORD_REPLY_LATENCY,
    RECORD_AUTHORITY,
    RECORD_MGMT,
    RECORD_INVOICE,
    RECORD_REGISTER,
    RECORD_ITEM,
    RECORD_KIND_COUNT
};

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
    SLOT_FIRST_EVENT,  /* derived: earliest event */
    SLOT_FIRST_SOLVED, /* derived: earliest event in a solved or closed status */
    SLOT_CLASS,        /* derived: status class of the last row, enum status_class */
    SLOT_ACTIVITY,     /* derived, of an event: what was done, by whom, and how far it is */
    SLOT_ACTOR,
    SLOT_TRANSITION,
    SLOT_KIND,         /* each kind's own, from here on */
    SLOT_COUNT = 48,
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
    PART_TEXT,
    PART_LANGUAGE,
    SLOT_NONE = 63,
    /* columns of the user's own, by number, from here on */
    SLOT_OWN = 64,
    SLOT_END = 128
};

/* Of tickets alone. */
enum ticket_slot {
    SLOT_FIRST_CONTACT = SLOT_KIND, /* solved at the first contact, as the agent says */
    SLOT_CONFIRMED,                 /* the customer has said that it is solved */
    SLOT_PRESUMED_PARTY,            /* whose fault the first classification says it is */
    SLOT_PRESUMED_SURELY,           /* how sure that was, in per cent */
    SLOT_ESCALATED,
    SLOT_ESCALATION_REASON, /* authority or skill */
    SLOT_ESCALATION_DUE,
    SLOT_ESCALATION_ANSWERED,
    SLOT_ESCALATION_OUTCOME, /* unchanged, changed or refused */
    SLOT_TICKET_CLASS        /* what kind of request it is: a request, a question, an incident */
};

/* Each other kind's own. What it shares with tickets is in the slots above: customer, group, channel,
   priority, service, ci, category, order, contract, status, closed. */
enum { KIND_TICKET = SLOT_KIND }; /* of every kind that may name its ticket */

enum customer_slot {
    CUSTOMER_TYPE = SLOT_KIND + 1,
    CUSTOMER_SEGMENT,
    CUSTOMER_PURPOSE,
    CUSTOMER_PURPOSE_AT,
    CUSTOMER_SIZE,
    CUSTOMER_SINCE,
    CUSTOMER_UNTIL,
    CUSTOMER_REVENUE,
    CUSTOMER_COST,
    CUSTOMER_LANGUAGE,
    CUSTOMER_TIMEZONE
};

enum agreement_slot {
    AGREED_FOR = SLOT_KIND + 1, /* customer or class */
    AGREED_METRIC,
    AGREED_TARGET, /* seconds */
    AGREED_CALENDAR,
    AGREED_FROM,
    AGREED_UNTIL,
    AGREED_PERCENTILE,
    AGREED_PAUSES,
    AGREED_KIND,
    AGREED_TYPE,
    AGREED_PARENT,
    AGREED_ON
};

/* Of a clock, and SLOT_DUE, SLOT_MET. */
enum sla_clock_slot {
    CLOCK_SLA = SLOT_KIND + 1,
    CLOCK_METRIC,
    CLOCK_STATE,
    CLOCK_AT, /* of that state */
    CLOCK_STARTED,
    CLOCK_STOPPED,
    CLOCK_TARGET,  /* seconds */
    CLOCK_ELAPSED, /* seconds */
    CLOCK_PAUSED   /* seconds */
};

/* Of a promise, and SLOT_PROMISE_MADE, SLOT_PROMISED (when it is due), SLOT_FULFILLED. */
enum promise_slot {
    PROMISE_DEPARTMENT = SLOT_KIND + 1,
    PROMISE_PARTNER,
    PROMISE_CONDITION,
    PROMISE_STATE,
    PROMISE_RENEGOTIATED,
    PROMISE_NEW_DUE,
    PROMISE_CONSENT,
    PROMISE_RENEGOTIATIONS
};

enum effort_slot {
    EFFORT_DATE = SLOT_KIND + 1,
    EFFORT_HOURS,
    EFFORT_SCOPE,
    EFFORT_BILLABLE,
    EFFORT_BILLED,
    EFFORT_CHANGE_ORDER,
    EFFORT_GOODWILL,
    EFFORT_RATE,
    EFFORT_REPORT
};

enum change_slot {
    CHANGE_AT = SLOT_KIND + 1,
    CHANGE_PARTY,
    CHANGE_AUTHORISED,
    CHANGE_DETECTED_BY,
    CHANGE_DETECTED,
    CHANGE_NOTICE,
    CHANGE_EFFECTIVE
};

enum survey_slot {
    SURVEY_AT = SLOT_KIND + 1,
    SURVEY_SCALE,
    SURVEY_SCORE,
    SURVEY_QUESTION,
    SURVEY_INVITED
};

enum complaint_slot {
    COMPLAINT_RECEIVED = SLOT_KIND + 1,
    COMPLAINT_ACKNOWLEDGED,
    COMPLAINT_ANSWERED,
    COMPLAINT_UPHELD,
    COMPLAINT_ROOT_CAUSE,
    COMPLAINT_EXTERNAL,
    COMPLAINT_RECEIVED_BY,
    COMPLAINT_WITH_CUSTOMER,
    COMPLAINT_OWNER,
    COMPLAINT_REOPENED
};

/* The id of an order review is that of the order. */
enum order_review_slot {
    REVIEW_REVIEWED = SLOT_KIND + 1,
    REVIEW_COMMITTED,
    REVIEW_DIFFERENCES,
    REVIEW_RESOLVED,
    REVIEW_DEPARTMENT
};

enum process_doc_slot {
    PROCESS_VERSION = SLOT_KIND + 1,
    PROCESS_FROM,
    PROCESS_UNTIL,
    PROCESS_STEPS,
    PROCESS_OWNER,
    PROCESS_REVIEWED,
    PROCESS_CUSTOMERS
};

enum reply_latency_slot {
    LATENCY_COUNTERPART = SLOT_KIND + 1,
    LATENCY_RECEIVED,
    LATENCY_REPLIED,
    LATENCY_PEOPLE
};

enum authority_slot {
    AUTHORITY_ROLE = SLOT_KIND + 1,
    AUTHORITY_DECISION,
    AUTHORITY_LIMIT,
    AUTHORITY_VALID_FROM
};

enum mgmt_slot {
    MGMT_DATE = SLOT_KIND + 1,
    MGMT_KIND,
    MGMT_TOPIC,
    MGMT_DECISION,
    MGMT_ACTION,
    MGMT_OWNER,
    MGMT_DONE
};

enum invoice_slot {
    INVOICE_AT = SLOT_KIND + 1,
    INVOICE_AMOUNT,
    INVOICE_ESTIMATE,
    INVOICE_CONSENT,
    INVOICE_CURRENCY
};

/* And SLOT_DUE, SLOT_STATUS. */
enum register_slot {
    REGISTER_KIND = SLOT_KIND + 1,
    REGISTER_AT,
    REGISTER_OWNER,
    REGISTER_DONE,
    REGISTER_AMOUNT,
    REGISTER_REVIEWED,
    REGISTER_VERIFIED,
    REGISTER_INFORMED,
    REGISTER_DECISION,
    REGISTER_RATING,
    REGISTER_REASON,
    REGISTER_APPROVER,
    REGISTER_OUTCOME,
    REGISTER_PARTY,
    REGISTER_REFERENCE
};

enum item_slot {
    ITEM_AT = SLOT_KIND + 1,
    ITEM_KIND,
    ITEM_TIME,
    ITEM_COST,
    ITEM_OUTCOME,
    ITEM_LIKELIHOOD,
    ITEM_CHOSEN,
    ITEM_ACTOR_CLASS,
    ITEM_DUE
};

#endif
