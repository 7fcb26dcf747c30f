/*
 * Diagnostics: what we say about an input, with a rule, a severity and a place.
 *
 * Call: diag_init; diag_report ... (diag_hint right after it, if any); the command prints them and
 * asks the counts; diag_done.
 * Owns: the sink copies every string it is given.
 * Errors: a sink that runs out of memory keeps counting and remembers that it lost texts.
 * Units: lines and columns count from 1 (characters), offsets from 0 (bytes); WHERE_UNKNOWN (0
 *        for line and column) where a position is not known.
 * Rules are one row each in rules.def; ids are stable words and never reused.
 * Threads: one sink, one thread; diag_merge joins sinks in input order.
 */
#ifndef CFAUDIT_BASE_DIAG_H
#define CFAUDIT_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_FATAL, SEVERITY_COUNT };

enum rule {
#define RULE(id, name, severity, message, explanation) RULE_##id,
#include "base/rules.def"
#undef RULE
    RULE_COUNT
};

struct rule_info {
    const char *name;
    enum severity severity;
    const char *message;
    const char *explanation;
};

struct where {
    struct str source; /* name as the user gave it; missing when no input is concerned */
    uint64_t line;
    uint64_t column;
    uint64_t offset;
};

struct diagnostic {
    enum rule rule;
    enum severity severity;
    struct where where;
    struct str text; /* the rule's message and the detail */
    struct str hint; /* what to do; may be missing */
    struct str word; /* what has to stand there, where only one thing can be meant; else missing */
    uint32_t fix;    /* number from 1 in whatever list of fixes goes with the sink; 0: none */
};

struct diag {
    struct arena arena;
    struct diagnostic *list;
    size_t count;
    size_t capacity;
    uint64_t by_rule[RULE_COUNT];
    uint64_t by_severity[SEVERITY_COUNT];
    uint64_t kept_most; /* of one rule; more are counted only */
    bool lost;        /* memory ran out while keeping one */
    bool last_kept;   /* the report before is in the list: a hint belongs to it */
};

static const struct where WHERE_NONE = {{NULL, 0}, 0, 0, 0};

void diag_init(struct diag *diag);
void diag_done(struct diag *diag);
/* The detail is added to the rule's message after ": "; NULL adds nothing. */
void diag_report(struct diag *diag, enum rule rule, struct where where, const char *detail, ...)
    __attribute__((format(printf, 4, 5)));
void diag_hint(struct diag *diag, const char *hint, ...) __attribute__((format(printf, 2, 3)));
/* Beside the hint, for programs: what may take the place of what is wrong without asking anybody. */
void diag_word(struct diag *diag, struct str word);
/* Reports the one fatal diagnostic of its kind and returns the status to pass on. */
enum status diag_no_memory(struct diag *diag);
enum status diag_limit(struct diag *diag, struct where where, const char *what, uint64_t limit);
/* A copy of one that is in another sink. */
void diag_add(struct diag *diag, const struct diagnostic *item);
/* Adds all of `other` behind what is there. */
void diag_merge(struct diag *diag, const struct diag *other);
/* Adds those that are about this source, or about none. */
void diag_merge_of(struct diag *diag, const struct diag *other, struct str source);
/* Forgets those that `keeps` is false for, as if they had never been reported. */
void diag_keep_only(struct diag *diag,
                    bool (*keeps)(const void *context, const struct diagnostic *item),
                    const void *context);
/* Forgets those of a rule, as if they had never been reported. */
void diag_drop(struct diag *diag, enum rule rule);
/* Those of one source, kept from number `first` on, in the order of their places; what has no place
   stays where it is. */
void diag_order(struct diag *diag, size_t first);

const struct rule_info *rule_info(enum rule rule);
/* RULE_COUNT when there is none of that name. */
enum rule rule_find(struct str name);
const char *severity_name(enum severity severity);

struct buf;
/* "path:line:col: level: text [rule-id]" and, on a line of its own, the hint. */
void diag_format(const struct diagnostic *item, struct buf *out);

#endif
