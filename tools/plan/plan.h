/*
 * Audits and source maps as plain structs, read from their documents.
 *
 * Call: source_map_load, audit_load with a library (xml/library.h).
 * Owns: everything lives in the arena given, but calendars and zones: calendar_document_free,
 *       sla_document_free.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: as named in each field.
 * Source: schemas/cfaudit.xsd, roots source-map, calendar, sla, trust-policy and audit.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_PLAN_H
#define CFAUDIT_PLAN_PLAN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/words.h"
#include "text/log_rules.h"
#include "time/calendar.h"
#include "time/format.h"
#include "time/instant.h"
#include "time/period.h"
#include "xml/fields.h"
#include "xml/library.h"

/* --- source maps --- */
enum status_class {
    CLASS_UNKNOWN,
    CLASS_OPEN,
    CLASS_PENDING, /* waiting for the customer */
    CLASS_HOLD,    /* waiting for somebody else */
    CLASS_SOLVED,
    CLASS_CLOSED,
    CLASS_CANCELLED,
    CLASS_COUNT
};

struct map_value { /* one entry of a value table */
    struct str from;
    struct str to;
};

struct map_field {
    struct str record;   /* "ticket", "event", "sla" */
    struct str field;    /* name in the record model, or an attribute of the user's own */
    struct str *columns; /* first present one is used */
    size_t column_count;
    bool required;       /* a row without it is rejected */
    struct str *formats; /* instants: own formats, else those of the map */
    size_t format_count;
    struct map_value *values;
    size_t value_count;
    struct where where;
};

struct map_status {
    struct str value;
    enum status_class class;
};

struct map_sample { /* rows that the map must read, or refuse by `rule` (missing: any) */
    bool is_read;
    struct str rule;
    /* header and rows, each line without blanks around it and ended by LF; XES: the whole log */
    struct str text;
    struct where where;
};

/* Who documents the format that a map reads. */
struct map_source {
    struct str document;
    struct str part; /* missing: all of it */
};

/* Entries that a log rule must take before any behind it, or that it must not match. */
struct log_sample {
    bool is_match;
    struct str text; /* as in struct map_sample, without a header */
    struct where where;
};

/* What a map says of a log rule beside what reading needs. */
struct map_rule {
    struct where where;   /* of the rule */
    struct where pattern; /* of its pattern */
    struct log_sample *samples;
    size_t sample_count;
};

struct source_map {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct map_source *sources;
    size_t source_count;
    struct str reader;   /* "delimited", "xes", "json", "json-lines", "text" */
    char delimiter;      /* 0: find out */
    struct str *rows;    /* of JSON: where they are; none: at the top */
    size_t row_count;
    bool has_byte_arrays; /* of JSON: text may be written as an array of bytes */
    struct str zone;     /* missing: instants must carry an offset, or --zone is required */
    struct str *formats; /* time formats, tried in this order */
    size_t format_count;
    char mark; /* of decimal numbers: '.' or ',' */
    struct str *nulls; /* cell texts that mean missing; the empty cell always does */
    size_t null_count;
    struct map_field *fields;
    size_t field_count;
    struct map_status *statuses;
    size_t status_count;
    struct log_rules log;   /* of a text log, patterns complete; else none */
    struct map_rule *rules; /* one for each of log.list */
    struct map_sample *samples;
    size_t sample_count;
    /* first-to-last: duration of a case is last minus first event unless an end is named */
    bool measures_first_to_last;
    bool has_audit_trail; /* the system keeps who changed what, and when */
    struct sha256 sha256; /* of the map document */
    struct str name;      /* as asked for */
};

struct condition { /* all must hold */
    struct str field;
    struct str comparison; /* eq ne lt le gt ge in missing present */
    struct str value;
};

/* --- calendars --- */
struct unused_event { /* of a holiday list */
    struct str name;
    int64_t date; /* days since 1970-01-01 */
    bool has_date;
    const char *why;
    struct unused_event *next; /* NULL: the last */
};

struct calendar_list { /* a holiday list (iCalendar file) that a calendar takes days from */
    struct str name;   /* as the calendar writes it */
    struct sha256 sha256;
    uint64_t events;
    uint64_t used;
    const struct unused_event *unused;
    int64_t first_day; /* that it gives */
    int64_t last_day;
};

/*
 * A working calendar from its document, with holiday lists (iCalendar files) read in. `patron`,
 * "MM-DD", is the local holiday of the town where the document leaves one open; missing: none.
 */
struct calendar_document {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct calendar *calendar; /* prepared; calendar_document_free */
    struct zone *zone;         /* NULL: UTC */
    bool has_zone;             /* of its own; else it takes that of its user */
    const struct calendar_spec *spec; /* what it was prepared from */
    struct str patron;         /* "MM-DD"; missing: none */
    struct calendar_list *lists;
    size_t list_count;
    struct sha256 sha256;
    struct str name; /* as asked for */
};

/* --- service level agreements --- */
/* Who says what must be reached. */
enum target_source { TARGET_DEFAULT, TARGET_POLICY, TARGET_CONTRACT, TARGET_LAW };

enum sla_metric { SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE, SLA_RESOLUTION, SLA_METRIC_COUNT };
/* Agreement with a customer, between units of the organization, with a supplier (ITIL). */
enum sla_type { SLA_CUSTOMER, SLA_OPERATIONAL, SLA_UNDERPINNING, SLA_TYPE_COUNT };
/* General: a share of the cases must keep the time. Specific: each single case must. */
enum sla_kind { SLA_GENERAL, SLA_SPECIFIC, SLA_KIND_COUNT };
/* What happens to the clock when a case comes under another level on the way. */
enum sla_change { SLA_CARRY, SLA_RESTART, SLA_AS_OF_OPEN, SLA_CHANGE_COUNT };
/* What happens to the clock when a solved case is opened again. */
enum sla_reopen {
    SLA_RESUME,    /* goes on, without the time it was solved */
    SLA_NEW_CYCLE, /* begins again */
    SLA_RUN_ON,    /* never stood still: what did not hold was no solution */
    SLA_REOPEN_COUNT
};

/* One promise: which cases, what must happen, within how much working time. */
struct service_level {
    struct str id;
    struct words title;
    enum sla_metric metric;
    enum sla_type type;
    enum sla_kind kind;
    struct span target;
    double share; /* of the cases that must keep the time, 0..1; specific: 1; NAN: not stated */
    enum target_source source;
    struct str document;
    const struct calendar_document *calendar; /* never NULL */
    int64_t valid_from;  /* days since 1970-01-01 in the calendar's zone; INT64_MIN: since ever */
    int64_t valid_until; /* last day; INT64_MAX: open */
    struct condition *where; /* the cases it holds for: all must hold; none: every case */
    size_t where_count;
    bool pauses_pending;     /* the clock stands still in statuses of these classes */
    bool pauses_hold;
    struct str *pause_statuses; /* and in these statuses */
    size_t pause_status_count;
    enum sla_change change;
    enum sla_reopen reopen;
    struct str parent; /* id of the level it supports; missing: none */
    bool is_parallel;  /* with other levels of the same parent; else one after the other */
    struct where place;
};

/* Levels in the order of the document: of each type and metric, the first that holds for a case
   counts for it. */
struct sla_document {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    struct str party;
    const struct calendar_document *calendar; /* of levels that name none */
    struct service_level *levels;
    size_t level_count;
    struct calendar_document **calendars; /* owned */
    size_t calendar_count;
    struct sha256 sha256;
    struct str name;
};

/* --- the policy of the emotional bank account --- */

/* Acts towards a customer: deposits, withdrawals, and the repair, which mends a withdrawal. */
enum trust_class {
    TRUST_D1, /* need asked and recorded */
    TRUST_D2, /* unasked update, courtesy */
    TRUST_D3, /* promise kept on time */
    TRUST_D4, /* estimate or limit told beforehand */
    TRUST_D5, /* own error disclosed first */
    TRUST_D6, /* goodwill gesture by rule */
    TRUST_D7, /* resolved at first contact, confirmed */
    TRUST_D8, /* option offered with a refusal and accepted */
    TRUST_W1, /* promise broken or late */
    TRUST_W2, /* cost surprise */
    TRUST_W3, /* service level breached */
    TRUST_W4, /* the same refusal again */
    TRUST_W5, /* a solved problem returns */
    TRUST_W6, /* bounced between groups */
    TRUST_W7, /* silence */
    TRUST_W8, /* asked again for what is known */
    TRUST_W9, /* contradictory answers */
    TRUST_W10, /* complaint unanswered in time */
    TRUST_W11, /* refusal although the fault is ours */
    TRUST_W12, /* discourtesy */
    TRUST_W13, /* a partner whom we introduced */
    TRUST_R,
    TRUST_CLASS_COUNT
};

enum trust_band {
    BAND_OVERDRAWN,
    BAND_STRAINED,
    BAND_ADEQUATE,
    BAND_SOLID,
    BAND_RESERVE,
    TRUST_BAND_COUNT,
    BAND_INSUFFICIENT = TRUST_BAND_COUNT /* too little is known */
};

enum { TRUST_GRID = 3 };

/* A number that is another than the shipped one. */
struct trust_change {
    struct str name; /* of the parameter, or "D1" */
    double shipped;
    double value;
    struct str reason; /* missing: none is written down */
};

/* Weights and parameters as numbers of a policy, not of nature. Days of 24 hours. */
struct trust_policy {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;
    double weights[TRUST_CLASS_COUNT]; /* of TRUST_R: 0, it is no deposit */
    double deposit_half_life;
    double deposit_cap; /* times its weight, of one class within deposit_cap_days */
    double deposit_cap_days;
    double little_cap; /* of unasked updates and courtesies within the same days */
    double withdrawal_half_life;
    double withdrawal_factor; /* how much more than deposits they weigh */
    double repeat_days;       /* again in the same class within these */
    double repeat_second;     /* factor of the second, and of those behind it */
    double repeat_later;
    double severe_days; /* an unrepaired withdrawal of severity 3 holds the band down for so long */
    double repair_share; /* of a withdrawal that a repair takes away */
    double repair_within; /* days after the withdrawal */
    double repair_holds;  /* days without another of its class */
    double prior_weight;
    double base_rate;
    double band_from[TRUST_BAND_COUNT]; /* trust where the band begins; the first is 0 */
    double trend_days;
    double trend_step;
    double grid_factors[TRUST_GRID]; /* of which the robust ones do not depend */
    double grid_half_lives[TRUST_GRID];
    double grid_priors[TRUST_GRID];
    struct trust_change *changes; /* against the shipped policy, in its order */
    size_t change_count;
    struct sha256 sha256;
    struct str name; /* as asked for */
};

/* --- audit plans: what the auditee is told before the audit --- */

struct team_member {
    struct str name; /* roles and pseudonyms as written */
    struct str role; /* "lead-auditor" "auditor" "technical-expert" "trainee" "observer" "guide" */
};

/* The audit programme that asks for this audit, and why: risks, earlier results. */
struct plan_programme {
    struct str document; /* missing: none is named */
    struct str cycle;
    struct words text;
};

struct plan_criterion { /* what is audited against */
    struct str document;
    struct str edition;
    struct str part;
};

struct plan_method {
    struct str kind; /* "interview" "observation" "document-review" ... */
    struct str presence; /* "on-site" "remote" */
    struct words text;
};

struct plan_site {
    struct str id;
    struct str name;
    bool is_virtual;
};

struct plan_process {
    struct str name;
    struct str owner;
};

struct plan_auditee {
    struct str name;
    struct str function;
};

struct plan_session { /* one row of the agenda, on the wall clock of the audit's zone */
    struct str date;  /* "YYYY-MM-DD" */
    struct str from;  /* "HH:MM" */
    struct str to;
    struct str site; /* id; may be missing */
    struct str presence;
    struct str by;
    struct str with;
    struct words text;
};

struct plan_risk { /* what could keep the audit from its objectives */
    struct words text;
    struct words response;
};

struct plan_signatory {
    struct str role; /* "auditor" "lead-auditor" "auditee" "top-management" */
    struct str name;
};

struct audit_plan {
    struct str version;
    struct str issued; /* "YYYY-MM-DD" */
    struct str language;
    struct str confidentiality;
    struct plan_programme programme;
    struct words *objectives;
    size_t objective_count;
    struct plan_criterion *criteria;
    size_t criterion_count;
    struct plan_method *methods;
    size_t method_count;
    struct plan_process *processes;
    size_t process_count;
    struct plan_site *sites;
    size_t site_count;
    struct plan_auditee *auditees;
    size_t auditee_count;
    struct plan_session *sessions;
    size_t session_count;
    struct plan_risk *risks;
    size_t risk_count;
    struct str *recipients;
    size_t recipient_count;
    struct plan_signatory *signatories;
    size_t signatory_count;
};

/* --- audits --- */

enum tailoring_kind { TAILORING_LEAVE_OUT, TAILORING_LEAVE_OUT_SECTION, TAILORING_WEIGH };

/* What an audit changes about a checklist, with who, when and why: nothing of it may be missing. */
struct tailoring {
    enum tailoring_kind kind;
    struct str id;       /* of the question or of the section */
    struct ratio weight; /* of TAILORING_WEIGH */
    struct str by;
    struct str on; /* "YYYY-MM-DD" */
    struct str reason;
    struct where place;        /* of the id */
    struct where weight_place; /* of TAILORING_WEIGH */
};

/* Questions of a checklist: all of them, or those of one basis, of one mode. */
struct profile_take {
    struct str checklist; /* shipped name or path */
    struct str basis;     /* as written; missing: any */
    struct str mode;
    struct where place;
};

struct profile {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note; /* may be missing */
    struct profile_take *takes;
    size_t take_count;
    struct str folder; /* what paths of its checklists start from */
    struct sha256 sha256;
};

struct audit_checklist {
    struct str name;      /* shipped name or path */
    struct str folder;    /* what the path starts from */
    struct str basis;     /* only questions of it; missing: of any */
    struct str mode;      /* the same */
    unsigned revision;    /* that it must have; 0: any */
    struct where place;   /* of the name */
    struct where revision_place;
    struct tailoring *tailorings;
    size_t tailoring_count;
};

struct audit_source {
    struct str id;
    struct str map;    /* shipped name or path */
    struct str *files; /* paths, globs, folders; relative to the audit */
    size_t file_count;
    struct str zone; /* overrides the map's */
    enum date_order date_order;
    struct str solved_when; /* KEY=VALUE: the event that ends a case */
    bool says_audit_trail;  /* else: as the map says */
    bool has_audit_trail;
    struct where place;
};

/* What a measure must reach, and who says so. */
struct audit_target {
    struct str measure; /* "M-07" */
    struct str variant; /* missing: every variant */
    double value;       /* in the measure's unit */
    enum target_source source;
    struct str document; /* where it is written */
    struct where place;  /* where the audit says so */
};

/* Periods of a series that a control chart takes its limits from, frozen until the next one. */
struct audit_baseline {
    struct str measure;
    struct str variant; /* missing: every variant */
    struct str from;    /* keys of the grid: "2025-01", "2025-W03", "2025-Q1" */
    struct str until;   /* inclusive */
    struct str reason;  /* why the limits changed */
    struct where place;
};

/* What was done about a signal of a control chart. */
struct audit_reaction {
    struct str measure;
    struct str variant; /* missing: every variant */
    struct str period;  /* key of the grid */
    struct str on;      /* day, as written */
    struct str by;
    struct str document;
    struct str text;
    struct where place;
};

struct audit {
    struct str id;
    struct words title;
    struct str organization;
    struct words scope;
    struct str edition;          /* "2015", "2015+A1", "2026" */
    struct instant period_start; /* INSTANT_MISSING: open */
    struct instant period_end;   /* exclusive */
    struct instant as_of;        /* INSTANT_MISSING: latest instant read */
    struct str zone;
    struct team_member *team;
    size_t team_count;
    const struct audit_plan *plan; /* NULL: none is written down */
    struct str previous;     /* path of an earlier result; missing: none */
    const struct profile *profile;      /* NULL: none */
    struct audit_checklist *checklists; /* those of the profile, then the audit's own */
    size_t checklist_count;
    struct condition *where; /* cases left out of every figure unless all hold */
    size_t where_count;
    struct str *by; /* fields to break figures down by */
    size_t by_count;
    struct audit_target *targets;
    size_t target_count;
    enum grid grid;      /* of series, in the zone of the calendar */
    struct str calendar; /* name; missing: that of the agreement, else around the clock */
    struct str patron;   /* of calendars that leave one open, "MM-DD"; missing: none */
    struct str sla;      /* name; missing: none */
    struct str trust;    /* name of the trust policy; missing: the shipped one */
    struct str model;    /* name or path of the model that gives the headline; missing: ours */
    struct str calibration; /* of the detectors; missing: none */
    struct str *processes;  /* names of declared processes, and of their versions */
    size_t process_count;
    struct str *lexicons;   /* of the detectors; none: those of messages */
    size_t lexicon_count;
    struct audit_baseline *baselines;
    size_t baseline_count;
    struct audit_reaction *reactions;
    size_t reaction_count;
    struct audit_source *sources;
    size_t source_count;
    struct str folder; /* of the audit file, paths are relative to it; missing: the current one */
    struct sha256 sha256;
};

/*
 * The elements `member` and `plan` are the same in an audit and in a ledger. Reading gives an empty
 * team and a plan that is NULL where there are none; writing NULL writes nothing.
 */
struct team_member *team_read(struct xml_fields *fields, const struct xml_node *node,
                              size_t *ret_count);
void team_write(struct xml_writer *writer, const struct team_member *team, size_t count);
struct audit_plan *audit_plan_read(struct xml_fields *fields, const struct xml_node *node);
void audit_plan_write(struct xml_writer *writer, const struct audit_plan *plan);

/* An instant with its offset, or a day: its first instant in the zone. */
bool moment_parse(struct str text, const struct zone *zone, struct instant *ret_instant);
/* An instant in an attribute; INSTANT_MISSING: the attribute is not there. */
struct instant instant_attr(struct xml_fields *fields, const struct xml_node *node,
                            const char *name);
void instant_write_attr(struct xml_writer *writer, const char *name, struct instant instant);

/* "MM-DD" of a day that some year has. */
bool month_day_parse(struct str text, unsigned *ret_month, unsigned *ret_day);
/* "D1" ... "W13", "R" */
const char *trust_class_name(enum trust_class class);
bool trust_class_find(struct str name, enum trust_class *ret_class);
/* "overdrawn" ... "insufficient" */
const char *trust_band_name(enum trust_band band);
const char *sla_metric_name(enum sla_metric metric);
const char *sla_type_name(enum sla_type type);
const char *sla_kind_name(enum sla_kind kind);
const char *sla_change_name(enum sla_change change);
const char *sla_reopen_name(enum sla_reopen reopen);
const char *status_class_name(enum status_class class);
bool status_class_find(struct str name, enum status_class *ret_class);
const char *target_source_name(enum target_source source);
bool target_source_find(struct str name, enum target_source *ret_source);

enum status source_map_load(struct arena *arena, const struct library *library, struct str name,
                            struct str folder, struct diag *diag, struct source_map **ret_map);
/*
 * `folder` is what a relative path starts from; a bare name is a shipped calendar. `zone` is for
 * calendars that work round the clock and name none; missing: UTC.
 */
enum status calendar_load(struct arena *arena, const struct library *library, struct str name,
                          struct str patron, struct str zone, struct str folder, struct diag *diag,
                          struct calendar_document **ret_document);
void calendar_document_free(struct calendar_document *document); /* accepts NULL */
/* `patron` is for calendars that leave one open and for which the agreement states none. */
enum status sla_load(struct arena *arena, const struct library *library, struct str name,
                     struct str patron, struct str zone, struct str folder, struct diag *diag,
                     struct sla_document **ret_document);
void sla_document_free(struct sla_document *document); /* accepts NULL */
/* What the document does not state is as in the shipped policy. Missing name: the shipped one. */
enum status trust_policy_load(struct arena *arena, const struct library *library, struct str name,
                              struct str folder, struct diag *diag,
                              struct trust_policy **ret_policy);
/* `folder` is what a relative path starts from; a bare name is a shipped profile. */
enum status profile_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag, struct profile **ret_profile);
enum status audit_load(struct arena *arena, const struct library *library, struct str path,
                       struct diag *diag, struct audit **ret_audit);

#endif
