/*
 * A declared process: which steps there are, in which order they may be done, and who must not do
 * two of them.
 *
 * Call: process_load; process_step_of with the activities of a log.
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics; nothing half read is returned.
 * Units: days since 1970-01-01.
 * Blocks stand inside each other, so that whatever can be begun can also be ended: there is no way
 * to write a process that gets stuck. A name of an activity belongs to one step at most.
 * Source: schemas/cfaudit.xsd, root process; process trees (Leemans, Fahland, van der Aalst 2013).
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_PROCESS_H
#define CFAUDIT_PLAN_PROCESS_H

#include "plan/plan.h"

enum block_kind {
    BLOCK_STEP,
    BLOCK_SEQUENCE, /* all parts, in order */
    BLOCK_CHOICE,   /* one part */
    BLOCK_PARALLEL, /* all parts, in any order, mixed with each other */
    BLOCK_OPTIONAL, /* as a sequence, or nothing */
    BLOCK_LOOP,     /* the first part; then, as often as wanted, the second and the first again */
    BLOCK_KIND_COUNT
};

/* Parts stand behind their block, in the order of the document. */
struct process_block {
    enum block_kind kind;
    size_t step; /* of BLOCK_STEP */
    size_t *parts;
    size_t part_count;
};

static const size_t PROCESS_NO_STEP = SIZE_MAX;

struct process_step {
    struct str id;
    struct words title; /* English: the first activity where nothing is written */
    struct str role;
    bool is_mandatory;
    bool is_approval;
    size_t other_than; /* four eyes: the step that somebody else did; PROCESS_NO_STEP: any */
    struct str *activities;
    size_t activity_count;
    struct where place;
};

struct process_sample {
    bool fits;
    struct str *activities;
    size_t activity_count;
    struct where place;
};

struct process_document {
    struct str id;
    unsigned revision;
    struct str version;
    struct words title;
    struct words note;
    struct str owner;
    struct str document; /* where it is written */
    struct str sla;
    struct str version_field; /* of the case: the version it was handled by */
    int64_t from;
    int64_t until; /* last day; INT64_MAX: open */
    int64_t review; /* INT64_MAX: no day is stated */
    struct str *customers;
    size_t customer_count;
    struct str *inputs;
    size_t input_count;
    struct str *outputs;
    size_t output_count;
    struct str *records;
    size_t record_count;
    struct condition *where; /* the cases it holds for: all must hold; none: every case */
    size_t where_count;
    struct str *lifecycles; /* transitions that count; none: all */
    size_t lifecycle_count;
    struct str *ignored; /* activities */
    size_t ignored_count;
    struct process_step *steps; /* in the order of the document */
    size_t step_count;
    struct process_block *blocks; /* a block before its parts; the first is the whole flow */
    size_t block_count;
    struct process_sample *samples;
    size_t sample_count;
    struct where place;
    struct sha256 sha256;
    struct str name; /* as asked for */
};

const char *block_kind_name(enum block_kind kind);
/* `folder` is what a relative path starts from; a bare name is a shipped process. */
enum status process_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag,
                         struct process_document **ret_document);
/* The step that an activity belongs to; PROCESS_NO_STEP: none. */
size_t process_step_of(const struct process_document *process, struct str activity);
/* The activity is in the log and no part of the process. */
bool process_ignores(const struct process_document *process, struct str activity);
/* An event of that transition counts as doing the work; missing: the log names none, and it does. */
bool process_counts(const struct process_document *process, struct str lifecycle);

#endif
