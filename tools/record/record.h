/*
 * Rows -> cases: tickets, their events and SLA clocks, with every row accounted for.
 *
 * Call: record_set_new with what the measures need; record_read for each source in order of name;
 *       record_set_settle; iterate cases 0 .. record_case_count - 1; record_set_free.
 *       Sets that were read apart are joined by what they tell of each case (record/share.h).
 * Owns: the caller owns the set; a record_case and its strings live until the set changes.
 * Errors: STATUS_* with one diagnostic. A bad row is a diagnostic record-*, counted as rejected.
 * Units: instants in microseconds UTC.
 * Order inside a case: instant, sequence, source, position. A case has each attribute from the last
 * row that fills it: a row of a table fills what the file has columns for, any other what is in it,
 * be it only to say that there is none; a list of messages, which has no dates, numbers, flags or
 * status of the case, leaves them to other sources, but for those entries of a text log that say any.
 * Rows that change neither status nor group are not kept; if a later row shows that one of them
 * mattered, record_set_needs_all tells it, and the caller reads once more with keep_all.
 * Threads: one set, one thread.
 */
#ifndef CFAUDIT_RECORD_RECORD_H
#define CFAUDIT_RECORD_RECORD_H

#include "base/intern.h"
#include "base/pool.h"
#include "plan/plan.h"
#include "reader/reader.h"
#include "record/accounting.h"
#include "record/field.h"

/* Missing values. */
static const int64_t VALUE_MISSING = INT64_MIN;
/* Of a field that the row of an event does not have at all. */
static const int64_t VALUE_UNSAID = INT64_MIN + 1;

enum { RECORD_TRACKED = 12 }; /* fields whose changes can be kept */

/* What the measures need kept; less is faster and smaller. */
struct record_needs {
    enum record_kind kind;
    uint64_t slots;          /* bit of each slot of the kind */
    bool classes;            /* history of status classes */
    bool groups;             /* history of groups */
    const struct str *own;   /* names of further columns, kept as text slots */
    size_t own_count;
    int tracked[RECORD_TRACKED]; /* slots of the case whose changes are kept in its history */
    size_t tracked_count;
    bool messages;           /* messages of the conversation */
    bool marks;              /* with them the marks of their texts (detect/marks.h) */
    bool statuses;           /* history of statuses by name, not only by class */
    bool keep_all;           /* keep events that change nothing, too */
    size_t memory_limit;     /* bytes; 0: none */
    size_t memory_elsewhere; /* held by other sets, to which the limit applies as well */
};

struct record_event {
    int64_t at;
    int64_t until;     /* last row of the run of equal state */
    uint64_t position; /* source << 44 | offset */
    uint32_t line;
    int32_t sequence;
    uint32_t group;    /* text id, INTERN_NONE: missing */
    uint32_t status;   /* text id; INTERN_NONE: missing or not asked for */
    uint32_t fields;   /* values of the tracked fields, record_event_value; INTERN_NONE: none kept */
    uint8_t class;     /* enum status_class */
    bool has_status;   /* false: the rows name no status, so it stays what it was */
    bool has_more;     /* the run has rows beside its first */
    bool is_step;      /* it has an activity, and is one row: what is done twice counts twice */
};

/* Who acted. */
enum actor_class {
    ACTOR_UNKNOWN,
    ACTOR_AGENT,
    ACTOR_CUSTOMER,
    ACTOR_BOT,
    ACTOR_SYSTEM,
    ACTOR_BOSS,
    ACTOR_PARTNER,
    ACTOR_CLASS_COUNT
};

/* The word of the model for a class, in any case; false: it is none. */
bool actor_class_find(struct str word, enum actor_class *ret_actor);
const char *actor_class_name(enum actor_class actor);

/* One message of a conversation; every one is kept. */
struct record_message {
    int64_t at;
    uint64_t position; /* source << 44 | offset */
    uint32_t line;
    uint32_t marks; /* record_marks; 0: none */
    uint8_t actor;  /* enum actor_class */
    bool is_public;
};

struct detectors;
struct record_set;

/* The map makes records of the kind. */
bool record_map_feeds(const struct source_map *map, enum record_kind kind);
/* The kind that a field of the map belongs to: what the rows of a ticket say of a service level or
   promise without an id belongs to the ticket. */
enum record_kind record_field_kind(const struct source_map *map, const struct map_field *field);

struct record_case {
    const struct record_set *set;
    struct str id;
    const unsigned char *row;      /* kept by the set; NULL: handed out while reading */
    const int64_t *const *columns; /* else: by slot, its value at `place` */
    size_t place;
    int64_t last_event;
    const struct record_event *events; /* in order, equal neighbours collapsed */
    size_t event_count;
    const struct record_message *messages; /* in order of instant, source, position */
    size_t message_count;
    uint32_t source; /* of the last row */
    uint64_t line;
    uint64_t offset;
    uint32_t rows;   /* used, capped at 2^32 - 1 */
    bool has_reject; /* one of its rows was rejected */
    bool is_empty;   /* no row was used */
};

/* A message as it is read: what will not be kept of it is there as well. */
struct record_heard {
    struct str ticket;
    uint64_t line;
    uint64_t offset;
    int64_t at; /* VALUE_MISSING: its row has no instant */
    enum actor_class actor;
    bool is_public;
    struct str text;
    struct str marks; /* for marks_read, without stems and groups */
};

/* How a source is to be read; the map's word counts where a member says nothing. */
struct record_options {
    const struct source_map *map;
    struct str text;             /* the rows themselves, borrowed; missing: those of the source */
    const struct zone *zone;     /* of local times; NULL: none known */
    struct instant as_of;        /* times without a year are not after it, time/year.h */
    bool has_as_of;
    enum date_order date_order;
    char delimiter;
    enum encoding encoding;
    struct str solved_when;      /* KEY=VALUE; missing: the map's status table */
    bool has_audit_trail;        /* of the system, as the audit or the map says */
    struct str shown;            /* its name in the ledger, for ids that are places; missing: its own */
    struct str salt;             /* of digests that stand for names of persons; the audit's id */
    bool with_text;              /* texts of a log are shown in the accounting */
    bool no_jit;                 /* patterns of a log are interpreted: slower, with the same answers */
    bool self_check;             /* what they find is held against what each alone finds */
    /*
     * Called when the set holds more than its limit, to take cases out of it (record_set_empty);
     * NULL: reading fails then. A case that was taken out may come again.
     */
    enum status (*relieve)(void *relief, struct diag *diag);
    void *relief;
    struct pool *pool;           /* whose threads may read together; NULL: none */
    const struct detectors *detectors; /* that mark messages, if a measure needs it; NULL: none */
    /* Is told every message that has a text, in the order of the source, in place of the set, which
       keeps no marks then. False: memory is out. May be NULL. */
    bool (*heard)(void *hearing, const struct record_heard *heard);
    void *hearing;
    /* sets of other kinds of records that the rows make, by enum record_kind, NULL: that kind is
       not wanted; NULL: none is */
    struct record_set *const *kinds;
    /* told after each batch; may be NULL */
    void (*progress)(void *context, uint64_t bytes); /* of the decompressed stream */
    void *context;
};

/*
 * Cases of one row each, handed out together while their source is being read. Row k of a column
 * is the same row in every other; a value may be missing.
 */
enum { RECORD_ROWS = 256 };

struct record_rows {
    const struct record_set *set;
    size_t count;
    const uint16_t *places;        /* of each case: its row in the columns; in order of the source */
    const int64_t *const *columns; /* by slot; of slots that nobody keeps every value is missing */
    const int64_t *at;             /* instant of the row's event; missing: none */
    const int64_t *group;          /* of the event, text ids */
    const int64_t *status;         /* of the event, text ids */
    const int64_t *class;          /* enum status_class of it */
    const int64_t *sequence;
    const struct str *ids;
    const uint64_t *lines;
    const uint64_t *offsets;
    uint32_t source;
    bool has_events; /* the set keeps histories: a row with an instant has one event */
};

/* Room for one of them as a case by itself. */
struct record_row_case {
    struct record_case item;
    struct record_event event;
};

/*
 * Takes cases while their sources are being read. The set then keeps only what it does not hand
 * out. A case is handed out when it has one row and is settled: it has a class that is over or an
 * instant of closing, or, where no source has events, one of resolution. (So that nothing about it
 * can depend on the latest instant of all, which is not known yet, but that it is not before any.)
 * Every thread that reads hands its cases to a part of its own.
 */
struct record_sink {
    /* Whether any are wanted; what the set says about its sources (record_has and the like) holds. */
    bool (*begin)(void *context, const struct record_set *set);
    /* A new part, used by one thread at a time; NULL: memory is out. The sink owns it. */
    void *(*open)(void *context);
    void (*take)(void *part, const struct record_rows *rows);
    void *context;
};

/*
 * Cases that are not all in memory at once: go hands `take` the set of the run again and again, each
 * time with other cases, until every one of them was in it; then the set has none. What a set says
 * of its sources, and the numbers of its texts, hold all the while. Ends with the first status that
 * is not STATUS_OK.
 */
typedef enum status record_take(void *taker, const struct record_set *set);
struct record_walk {
    enum status (*go)(void *context, record_take *take, void *taker);
    void *context;
};

enum status record_set_new(const struct record_needs *needs, struct diag *diag,
                           struct record_set **ret_set);
void record_set_free(struct record_set *set); /* accepts NULL */

/*
 * Before the first source is read. The threads of the pool work on one source together, whose options
 * must name the same pool; NULL: without any. Without marks of all ids (eight bytes each) their order must tell that none comes
 * twice.
 */
enum status record_set_stream(struct record_set *set, const struct record_sink *sink,
                              struct pool *pool, bool marks_ids, struct diag *diag);
/*
 * True: what the sink was given is void, and the caller reads everything again, as one of the next
 * three says. record_read stops as soon as it knows, record_set_settle tells at the end.
 */
bool record_set_is_void(const struct record_set *set);
/* A case that was handed out has another row, or a source has more to it than its first rows said:
   again without a sink. */
bool record_set_needs_table(const struct record_set *set);
/* Ids that began in order do not go on like that: again with marks. */
bool record_set_needs_marks(const struct record_set *set);
/* Text that was not regular was cut in the wrong places: again without a pool. */
bool record_set_needs_one_lane(const struct record_set *set);

/*
 * Decides between day-month and month-day for the sources that share these options, from all
 * their rows. DATE_ORDER_UNKNOWN when no date needs it. Undecided or contradictory: STATUS_USAGE.
 * Standard input is left out; record_read decides it from a copy.
 */
enum status record_decide_order(const struct str *names, size_t count,
                                const struct record_options *options, struct diag *diag,
                                enum date_order *ret_order);
/*
 * Reads one source into the set and fills *ret_accounting (strings in `arena`). source_number is
 * the place of the source in the run's list. STATUS_USAGE when a date order cannot be decided or
 * a zone is missing; the diagnostic names the option.
 */
enum status record_read(struct record_set *set, struct str name, uint32_t source_number,
                        const struct record_options *options, struct arena *arena,
                        struct diag *diag, struct accounting *ret_accounting);
/*
 * True: record_read stopped at a date that can be read both ways; the caller decides the order
 * (record_decide_order) and reads everything again with it.
 */
bool record_set_needs_order(const struct record_set *set);
/* After the last source: puts the events of every case in order. */
enum status record_set_settle(struct record_set *set, struct diag *diag);

/* More than may be held. */
struct record_held {
    size_t bytes;
    size_t limit;
    size_t records; /* 0: only texts */
    bool are_cases; /* of tickets; else records of other kinds, too */
};

/* Tells it, at the place that was being read. */
enum status record_too_large(const struct record_held *held, struct where where,
                             struct diag *diag);
/* Takes all cases out of the set; their texts stay, and what the set says of its sources. */
void record_set_empty(struct record_set *set);
/* True: a row that was not kept turned out to matter; read everything again with keep_all. */
bool record_set_needs_all(const struct record_set *set);

/* What its cases are. */
enum record_kind record_set_kind(const struct record_set *set);
size_t record_case_count(const struct record_set *set);
/* There are cases, be they in the set or passing by (struct record_walk). */
bool record_has_cases(const struct record_set *set);
/* Some event has a status of one of the classes, a bit each. */
bool record_has_met(const struct record_set *set, unsigned classes);
static inline struct record_case record_case_at(const struct record_set *set, size_t number);
void record_case_look(const struct record_set *set, size_t number, struct record_case *ret_item);
/* Asks the processor to fetch what record_case_at of cases soon after this one will look at. */
void record_case_prefetch(const struct record_set *set, size_t number);
/* Number of the case of that id; false: none. */
bool record_case_find(const struct record_set *set, struct str id, size_t *ret_number);
/* Value of the tracked slot that a run of events has; VALUE_UNSAID: its source does not say. */
int64_t record_event_value(const struct record_set *set, const struct record_event *event, int slot);
/* Value of a slot: instant or integer as is, boolean 0 or 1, text as its id; VALUE_MISSING. */
static inline int64_t record_value(const struct record_case *item, int slot);
int64_t record_kept_value(const struct record_case *item, int slot); /* of a case that is kept */
/* Instant of the last row's event; VALUE_MISSING: its source has no events. */
int64_t record_last_event(const struct record_case *item);
struct str record_text(const struct record_set *set, int64_t text_id);
/* What was kept of the text of a message, for marks_read; missing: it has none, or nobody asked. */
struct str record_marks(const struct record_set *set, const struct record_message *message);
/* Number of the text; false: no record has it. */
bool record_text_find(const struct record_set *set, struct str text, int64_t *ret_id);
size_t record_text_count(const struct record_set *set);
/* Slot of the own column number i. */
int record_own_slot(const struct record_set *set, size_t i);
/* Latest instant of anything that happened; deadlines do not count. INSTANT_MISSING: none. */
struct instant record_latest(const struct record_set *set);
/* Some source gave the slot at least once. */
bool record_has(const struct record_set *set, int slot);
/* Some map knows which statuses mean solved, or was told by solved-when. */
bool record_has_classes(const struct record_set *set);
/* Some source has messages whose author's class is known. */
bool record_has_messages(const struct record_set *set);
/* The text of some message was read. */
bool record_has_marks(const struct record_set *set);
/* Some source has events with a group. */
bool record_has_groups(const struct record_set *set);
bool record_first_to_last(const struct record_set *set);
/* Some map tells one ticket a row: a second row of the same id is a duplicate. */
bool record_is_snapshot(const struct record_set *set);
/* The case at that place of the rows, as one that is kept would look; it lives as long as both. */
const struct record_case *record_row_case(const struct record_rows *rows, size_t place,
                                          struct record_row_case *room);
/* Bytes of memory held by its cases alone. */
size_t record_set_holds(const struct record_set *set);
/* Bytes of memory held. */
size_t record_memory(const struct record_set *set);

static inline struct record_case record_case_at(const struct record_set *set, size_t number)
{
    struct record_case item;

    record_case_look(set, number, &item);
    return item;
}

static inline int64_t record_value(const struct record_case *item, int slot)
{
    return item->columns ? item->columns[slot][item->place] : record_kept_value(item, slot);
}

#endif
