/*
 * The insides of a record set, for the files of this room.
 *
 * Owns: see record.h.
 * Errors: see record.h.
 * Units: see record.h.
 * Threads: one set, one thread.
 */
#ifndef CFAUDIT_RECORD_SET_H
#define CFAUDIT_RECORD_SET_H

#include "base/buf.h"
#include "record/bind.h"
#include "record/fill_list.h"
#include "record/history.h"
#include "record/message.h"
#include "record/message_list.h"
#include "record/share.h"

struct taken_told {
    const struct record_share *share;
    const struct record_told *told;
};

struct record_set {
    struct record_needs needs;
    struct case_table cases;
    struct intern texts;
    struct intern fields; /* values of the tracked slots of an event, as bytes */
    struct intern marks;  /* of the texts of messages */
    struct history_pool pool;
    struct array_pool message_pool;
    struct record_stream *stream; /* NULL: every case is kept */
    uint16_t slot_offset[SLOT_END]; /* in the row; 0: not kept */
    uint8_t slot_width[SLOT_END];
    uint8_t kept[SLOT_END]; /* the slots with a width */
    size_t kept_count;
    size_t history_offset;           /* 0: no histories */
    size_t messages_offset;          /* 0: no messages */
    uint64_t given[2];               /* slots that some source gave */
    int64_t latest;
    bool needs_order;                /* a date can be read both ways */
    bool has_classes;
    bool has_groups;
    bool has_messages;               /* some author's class is known */
    bool has_marks;                  /* the text of some message was read */
    bool first_to_last;
    bool has_rows_without_at; /* tables of one ticket a row */
    bool has_cases;           /* beside those that are in it now */
    unsigned classes_met;     /* of events, a bit each */
    uint8_t *class_of_text;   /* enum status_class + 1 by text id, 0: not looked up */
    size_t class_capacity;
    const struct source_map *class_map; /* whose classes these are */
    struct fill_list fills;   /* what its rows fill */
    bool is_settled;          /* each case itself has all that its rows tell */
    struct taken_told *taken_told; /* room for those of one case */
    size_t taken_told_capacity;
    /* the source before, which another file of the same log goes on with */
    struct buf log_name;
    const struct source_map *log_map;
    int64_t log_before; /* its last time that was written without a year */
    struct record_event *taken; /* room for the events of one case */
    size_t taken_capacity;
};

/* One row as converted, before it changes its case. */
struct row_values {
    int64_t slots[SLOT_END]; /* VALUE_MISSING or a value; only the slots bound are looked at */
    int64_t at;
    int32_t sequence;
    uint32_t group;
    uint32_t status; /* text id; INTERN_NONE: missing */
    uint8_t class;
    bool has_status;
    bool is_message_only; /* makes no history: one of a list of messages */
    bool tells_attributes; /* else those of the case are as they were, whatever stands in slots */
    bool tells_some;       /* no row of a table: it says nothing of slots that it does not fill */
    struct slot_set filled; /* of the slots that the set keeps */
    uint32_t fill;         /* its number; FILL_SINGLY: each slot has its own */
    struct row_message message;
    uint64_t position;
    uint32_t line;
};

/* Something was done, which counts each time it was. */
bool set_event_is_step(const struct record_set *set, const struct record_event *event);
struct message_list *set_messages(const struct record_set *set, struct case_row *row);
struct history *set_history(const struct record_set *set, struct case_row *row);
int64_t set_get(const struct record_set *set, const struct case_row *row, int slot);
void set_put(const struct record_set *set, struct case_row *row, int slot, int64_t value);
/* No slot of the row has a value. */
void set_make_missing(const struct record_set *set, struct case_row *row);
/* The number of what the values fill, of which only slots that are kept count; false: memory is out. */
bool set_number_fill(struct record_set *set, struct row_values *values);
/* The row joins its case: attributes if it is the last so far, and its event. */
bool set_apply(struct record_set *set, struct case_row *row, const struct row_values *values,
               const int *slots, size_t slot_count);
/* The earliest of the instants of a derived slot and another one. */
void set_lower(const struct record_set *set, struct case_row *row, int slot, int64_t at);

#endif
