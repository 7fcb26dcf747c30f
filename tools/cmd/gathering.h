/*
 * From sources to cases to figures: what measure, gather and run have in common.
 *
 * Call: fill a struct gathering; gathering_read; gathering_measure; gathering_done.
 * Owns: the gathering owns the record set and zones; figures and accounting live in the run's arena.
 * Errors: as the rooms report them. A source without a file makes the run incomplete.
 * Units: as in record/record.h.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_GATHERING_H
#define CFAUDIT_CMD_GATHERING_H

#include "cmd/command.h"
#include "measure/measure.h"

/* Sources that share a map and the way to read them. */
struct gathering_source {
    struct str id;     /* of the audit's source; missing on a command line */
    struct str map;    /* name or path */
    struct str folder; /* what relative paths start from; missing: the current one */
    const struct str *paths;
    size_t path_count;
    struct str zone_name;          /* missing: the map's */
    struct record_options options; /* map and zone are filled in */
    bool says_audit_trail;         /* else the map says it */
    struct zone *zone;
    struct str *shown; /* what the names are in the ledger; NULL: as gathering_shown says */
    struct str *names;
    size_t name_count;
    bool are_given; /* the names are those of files that somebody else has chosen, or read */
    bool are_read;  /* they are: one without any is told as missing */
};

struct gathering_runs;

/* Records of one kind that are no tickets. */
struct gathering_kind {
    struct record_needs needs;
    struct str *own; /* room for the columns of the user's own in the needs */
    struct str *by;  /* of the fields to break down by, those that it has */
    int *by_slots;
    size_t by_count;
    int *where_slots; /* of each condition */
    struct staff_floor floor;
    struct measure_context context;
};

struct gathering {
    struct run *run;
    const struct measure **measures;
    size_t measure_count;
    bool takes_what_comes; /* all measures: one that the sources cannot feed is no news */
    struct record_needs needs;
    struct str *own; /* room for the columns of the user's own in the needs */
    struct gathering_source *sources;
    size_t source_count;
    const char *const *outputs; /* paths that will be written; may be NULL */
    size_t output_count;
    struct measure_context context; /* by, where, targets, charts, period, as_of, seed: caller's */
    /* the clock; each name may be missing */
    struct str folder;        /* what paths of documents start from */
    struct str zone_name;     /* of series when no calendar has its own; missing: the source's */
    struct str calendar_name; /* missing: the agreement's, else around the clock */
    struct str patron;        /* "MM-DD", holiday of the town */
    struct str sla_name;
    struct str trust_name; /* missing: the shipped policy */
    struct span limit;  /* without an agreement: what every case must keep; 0: none */
    double limit_share; /* of the cases that must; NAN: not stated */
    /* declared processes */
    const struct str *process_names;
    size_t process_name_count;
    const struct process_document **processes;
    size_t process_count;
    /* the detectors of texts */
    const struct str *lexicon_names; /* none: those of messages */
    size_t lexicon_name_count;
    struct str calibration_name; /* missing: none */
    const struct lexicon **lexicons;
    size_t lexicon_count;
    struct calibration *calibration;
    struct detectors *detectors; /* NULL: texts are not read */
    struct boilerplate *boilerplate;
    const struct calendar_document *calendar;
    struct calendar_document *own_calendar; /* NULL: it is the agreement's */
    struct sla_document *sla;
    bool keeps_cases;  /* all of them, until the end */
    bool marks_ids;    /* of cases that are not kept */
    unsigned threads;  /* that may work together */
    struct pool *pool; /* NULL: one works */
    bool reads_alone;  /* rows cannot be shared out */
    bool reads_once;   /* a source can be read only once */
    bool is_full;      /* memory was, when all was to be read into one set */
    unsigned kinds_wanted; /* a bit of each enum record_kind that measures look at */
    unsigned kinds_read;   /* and of each that has a set beside the tickets' */
    struct gathering_kind kinds[RECORD_KIND_COUNT];
    struct record_set *kind_sets[RECORD_KIND_COUNT];     /* NULL: none, and for tickets */
    const struct record_set *sets[RECORD_KIND_COUNT];    /* as measures see them */
    const struct measure_context *contexts[RECORD_KIND_COUNT];
    struct gathering_runs *runs; /* NULL: the set has all cases */
    struct measuring *measuring;
    struct shared_list shared; /* by the measures, while figures are made */
    /* results */
    struct record_set *set;
    struct accounting *accounting;
    size_t accounting_count;
    struct missing_source *missing;
    size_t missing_count;
    struct staff_floor floor;
    struct figure *figures;
    size_t figure_count;
};

/* The slot of a field; a column of the user's own is added to the needs once. */
enum status gathering_slot(struct gathering *gathering, struct str field, int *ret_slot);
/* Calendar and agreement, into the context and the needs; sources must be prepared. */
enum status gathering_clock(struct gathering *gathering);
/* The trust policy, and what is asked of accounts of customers, where a measure keeps them. */
enum status gathering_trust(struct gathering *gathering);
/* The policy among the documents of the ledger, which has room for one more. */
void gathering_trust_ledger(const struct gathering *gathering, struct evidence *evidence);
void gathering_clock_done(struct gathering *gathering);
/* Documents and levels of the clock, into the ledger. */
enum status gathering_clock_ledger(struct gathering *gathering, struct evidence *evidence);

/* Names of fields to break down by and conditions become slots; own columns are added. */
enum status gathering_plan(struct gathering *gathering);
/* Maps, zones and clock of the sources, and their files where they are not given. */
enum status gathering_prepare(struct gathering *gathering);
/*
 * A source as the audit names it: the same audit gives the same documents wherever its folder
 * stands.
 */
struct str gathering_shown(const struct gathering *gathering, struct str name);
/* The same of name i of source s. */
struct str gathering_name(const struct gathering *gathering, size_t s, size_t i);
/* None of what is written may be what is read. */
enum status gathering_check_outputs(struct gathering *gathering);
/* All of it: prepared, read, looked back upon. */
enum status gathering_read(struct gathering *gathering);
/* Once everything is read: what was asked for and never met, what broke off. */
enum status gathering_look_back(struct gathering *gathering);
/* A warning for each file that another one of its source is a copy of. False: memory is out. */
bool gathering_warn_of_copies(struct gathering *gathering);
/* Figures that rest on a source in which a limit of matching was met. */
void gathering_mark_partial(struct gathering *gathering);
/* Figures; then marks the run incomplete when nothing was assessed. */
enum status gathering_measure(struct gathering *gathering);
void gathering_done(struct gathering *gathering);
/* What gathering knows, into a ledger; figures get their ids. */
enum status gathering_ledger(struct gathering *gathering, struct evidence *evidence);

/* What the options --memory and --threads allow. */
enum status gathering_take_limits(struct gathering *gathering);
/* The threads that they allow, made once. */
enum status gathering_pool(struct gathering *gathering);
/* How text logs are to be matched, and what is shown of them. */
void gathering_take_log_options(const struct gathering *gathering, struct record_options *options);

#endif
