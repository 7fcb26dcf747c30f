/*
 * What became of every row of a source: read = used + filtered + rejected.
 *
 * Owns: strings and lists live in the arena of whoever made or loaded it.
 * Errors: none; accounting_holds checks the identity.
 * Units: rows as defined by the reader, header excluded; lines from 1, offsets in bytes from 0.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_RECORD_ACCOUNTING_H
#define CFAUDIT_RECORD_ACCOUNTING_H

#include <stdbool.h>

#include "source/source.h"

/* Positions kept for each reason. */
enum { ACCOUNTING_FIRST = 10 };

struct accounting_place {
    uint64_t line;
    uint64_t offset;
    struct str text; /* the cell or message; may be missing */
};

struct accounting_reason {
    struct str reason; /* rule id of a reject, reason word of a filter */
    bool is_reject;
    uint64_t n;
    struct accounting_place first[ACCOUNTING_FIRST];
    size_t first_count;
};

/* What a group of a log rule held, as far as it may be shown. */
enum capture_kind {
    CAPTURE_SHOWN,
    CAPTURE_PERSON, /* the value stands for a name: "P-001", and until the ledger is made a digest */
    CAPTURE_KEPT_OUT /* no value: a text, or what no field of the model takes */
};

struct accounting_capture {
    struct str column;
    enum capture_kind kind;
    struct str value;
    uint64_t length; /* of what is kept out, in characters */
};

struct accounting_hit {
    uint64_t line;
    uint64_t offset;
    struct accounting_capture *captures;
    size_t capture_count;
};

/* What a rule took of a text log. */
enum { ACCOUNTING_HITS = 3 };

struct accounting_rule {
    struct str name;
    bool is_used;     /* false: what it takes is left out */
    bool is_filtered; /* false: every entry had to be matched against it */
    bool has_stopped; /* it met too many limits: some entries were not asked about */
    uint64_t n;
    uint64_t limits; /* entries on which it met one: nobody knows whether they are its */
    uint64_t spent;  /* nanoseconds of processor time, as far as matching was slow; not written */
    struct accounting_place first; /* of the first and last entry, while n is not 0 */
    struct accounting_place last;
    struct accounting_hit hits[ACCOUNTING_HITS]; /* the first */
    size_t hit_count;
};

struct accounting {
    struct source_identity identity;
    struct str map;     /* id of the source map */
    struct sha256 map_sha256;
    bool has_audit_trail; /* the system keeps who changed what, and when */
    struct str dialect; /* "comma, UTF-8, LF" */
    struct str zone;    /* zone of local times; missing: every instant had an offset */
    struct str date_order; /* "dmy", "mdy", missing: not ambiguous */
    uint64_t rows_read;
    uint64_t rows_used;
    uint64_t rows_filtered;
    uint64_t rows_rejected;
    uint64_t cases;       /* cases first met or continued in this source, rejected rows included */
    uint64_t times_gap;   /* local times that do not exist: read as the first instant after */
    uint64_t times_twice; /* local times that exist twice: read as the earlier */
    uint64_t digits_dropped; /* instants with more than six digits of a second */
    uint64_t years_found;    /* times that are written without a year */
    uint64_t year_turns;     /* of these: in another year than the one before */
    bool is_partial; /* a limit was met: a row may not be what it would be without */
    bool tells_places; /* ids are places in it, by name and line; not written */
    uint64_t rows_solving; /* rows that solved-when names; not written */
    struct accounting_reason *reasons;
    size_t reason_count;
    struct accounting_rule *rules; /* of a text log, in the order of its map */
    size_t rule_count;
    uint64_t boundary_spent; /* by the pattern that tells entries apart, as that of a rule */
};

bool accounting_holds(const struct accounting *accounting);

#endif
