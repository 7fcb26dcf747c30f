/*
 * The evidence ledger: figures, their citations, and the identity of every source behind them.
 *
 * Call: fill a struct evidence (evidence_number gives the ids); evidence_write; evidence_load.
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID for a document that is not a ledger; diagnostics are located.
 * Units: as in measure/figure.h and record/accounting.h.
 * Source: schemas/cfaudit.xsd, root evidence.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_EVIDENCE_EVIDENCE_H
#define CFAUDIT_EVIDENCE_EVIDENCE_H

#include "base/words.h"
#include "measure/figure.h"
#include "plan/plan.h"
#include "record/accounting.h"
#include "xml/library.h"

/* What the audit says about itself, as it must appear in every report. */
struct evidence_audit {
    struct str id;
    struct words title;
    struct str organization;
    struct words scope;
    struct str edition;
    struct str zone;     /* reports show instants in it; missing: UTC */
    struct instant period_start; /* INSTANT_MISSING: open */
    struct instant period_end;   /* exclusive */
    struct instant as_of;
    bool as_of_is_given; /* else: the latest instant read */
    struct team_member *team;
    size_t team_count;
    const struct audit_plan *plan; /* NULL: none */
    struct sha256 sha256; /* of the audit document */
};

/* A document that figures rest on: a working calendar, a service level agreement. */
struct evidence_document {
    struct str kind; /* "calendar", "holidays" (a list that the calendar takes days from), "sla" */
    struct str id;
    uint64_t revision;
    struct words title;
    struct str name; /* as the audit or the agreement asks for it */
    struct str zone;   /* of a calendar */
    struct str patron; /* of a calendar, "MM-DD"; missing: none */
    struct sha256 sha256;
};

/*
 * A service level as its agreement states it. Figures of M-07, M-08 and M-09 about it are rows of
 * their breakdown by "level", whose key is the id; each with a series of its own.
 */
struct evidence_level {
    struct str id;
    struct words title;
    struct str sla;      /* id of the agreement */
    struct str metric;   /* "first-response", "next-response", "resolution" */
    struct str type;     /* "customer", "operational", "underpinning" */
    struct str kind;     /* "general", "specific" */
    double target;       /* seconds of working time */
    double share;        /* of the cases that must keep it */
    struct str calendar; /* id */
    struct str source;   /* "contract" ... */
    struct str document; /* where it is written; may be missing */
    struct str from;     /* first day it holds, "YYYY-MM-DD"; missing: since ever */
    struct str until;    /* last day; missing: open */
    struct str parent;   /* id of the level that it supports; missing: none */
};

/* A source that the audit names and that gave nothing to assess. */
struct missing_source {
    struct str id;
    struct str reason; /* "no file matches" ... */
};

/* Records of a kind whose field names records of a kind that there are. */
struct ledger_join {
    struct str kind;  /* "survey" */
    struct str field; /* "ticket" */
    struct str to;    /* kind of what it names */
    uint64_t records; /* of the kind */
    uint64_t named;   /* of these: the field says something */
    uint64_t orphans; /* of these: no record has that id */
    struct citations first; /* orphans, in the order of the sources */
};

struct ledger_note { /* a diagnostic worth keeping */
    struct str severity;
    struct str rule;
    struct str text;
    struct str source;
    uint64_t line;
    uint64_t column;
};

/* Levels of figures inside figures; the breakdown of a period would be the third. */
enum { FIGURE_DEPTH = 8 };

struct evidence {
    struct str tool_version; /* "cfaudit 0.1.0" */
    struct str zone_database;
    struct evidence_audit audit;
    struct evidence_document *documents;
    size_t document_count;
    struct evidence_level *levels; /* in the order of their agreement */
    size_t level_count;
    struct accounting *sources;
    size_t source_count;
    struct missing_source *missing;
    size_t missing_count;
    struct ledger_join *joins;
    size_t join_count;
    struct figure *figures;
    size_t figure_count;
    struct ledger_note *notes;
    size_t note_count;
    struct str seed;     /* of the samples */
    bool is_incomplete;  /* truncated or missing source */
    bool is_client_copy; /* what is internal is left out; never written */
    bool is_absent;      /* there is no ledger at hand: what names a figure may be right */
};

/* Gives figures their ids EV-001 ... in order, breakdown and series rows none. */
enum status evidence_number(struct evidence *evidence, struct arena *arena, struct diag *diag);
/* Persons whom accounting names by digests get numbers; once, before the ledger is written. */
enum status evidence_name_persons(struct evidence *evidence, struct arena *arena,
                                  struct diag *diag);
/* The document's bytes into out; STATUS_LIMIT when they would be too many to read back. */
enum status evidence_write(const struct evidence *evidence, struct buf *out, struct diag *diag);
enum status evidence_load(struct arena *arena, const struct library *library, struct str path,
                          struct diag *diag, struct evidence **ret_evidence,
                          struct sha256 *ret_sha256);
/* The machine form: schema, accounting[], figures[] without the closing brace, so that a command
   can add its exit member: ",\n  \"exit\": {...}\n}\n". Two blanks a level, order stable. */
void evidence_json(const struct evidence *evidence, struct buf *out);
/* The members of that form alone, into an object that is open; evidence/json_tree.h. */
struct tree;
void evidence_json_members(const struct evidence *evidence, struct tree *tree);
/* The flat form: a header, then one row for each figure, breakdown row and period (RFC 4180, CRLF).
   A text that a spreadsheet could take for a formula begins with an apostrophe. */
void evidence_csv(const struct evidence *evidence, struct buf *out);
/* The working calendar by which time was counted; NULL: none is named, around the clock. */
const struct evidence_document *evidence_calendar(const struct evidence *evidence);
/* NULL when there is none. A missing variant: the first one that has a value, else the first. */
const struct figure *evidence_figure(const struct evidence *evidence, struct str measure,
                                     struct str variant);

#endif
