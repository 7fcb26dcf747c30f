/*
 * Patterns made of named patterns: %{NAME} stands for what the name means, %{NAME:column} gives
 * what it takes to a column.
 *
 * Call: log_pattern_expand for each pattern.
 * Owns: the result lives in the arena given.
 * Errors: false, and the fault says where and why; a fault LOG_PATTERN_MEMORY is for the caller to
 *         report.
 * Units: offsets in bytes of the pattern given.
 * Source: the notation and many of the names are those of grok (Logstash), so that whoever knows
 *         them can read a map; what a name means is defined here anew, in log_patterns.def.
 *         Deviations: no types ("%{INT:n:int}", since records know the type of a field), and a
 *         column is a name of PCRE2: letters, digits and _, at most 32.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_LOG_PATTERN_H
#define CFAUDIT_TEXT_LOG_PATTERN_H

#include "base/arena.h"

struct log_pattern {
    struct str name;
    struct str pattern;
};

struct log_pattern_about {
    const char *name;
    const char *pattern;
    const char *meaning; /* for people */
};

/* The program's own, in order of name. */
extern const struct log_pattern_about log_patterns[];
extern const size_t log_pattern_count;

enum log_pattern_fault_kind {
    LOG_PATTERN_MEMORY,
    LOG_PATTERN_UNKNOWN, /* no pattern has that name */
    LOG_PATTERN_CIRCLE,  /* it is made of itself */
    LOG_PATTERN_COLUMN,  /* what stands behind the colon is no name of a column */
    LOG_PATTERN_OPEN,    /* no brace closes it */
    LOG_PATTERN_LONG     /* it becomes too long */
};

struct log_pattern_fault {
    enum log_pattern_fault_kind kind;
    size_t offset;   /* of the %{ in the pattern given, be the fault inside of what it stands for */
    struct str name; /* of the pattern, or the column */
};

/* Names of `own` come before the program's. */
bool log_pattern_expand(struct arena *arena, const struct log_pattern *own, size_t own_count,
                        struct str pattern, struct str *ret_pattern,
                        struct log_pattern_fault *ret_fault);
/* The name that may have been meant; NULL: none is near. Lives as long as `own`. */
struct str log_pattern_nearest(const struct log_pattern *own, size_t own_count, struct str name);

#endif
