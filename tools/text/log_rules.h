/*
 * Rules over text logs as plain structs: which lines are an entry, and what an entry looks like.
 *
 * Call: made by whoever reads a source map; patterns have their named patterns put in
 *       (text/log_pattern.h).
 * Owns: everything lives with whoever made it.
 * Errors: none.
 * Units: none.
 * Threads: constant.
 */
#ifndef CFAUDIT_TEXT_LOG_RULES_H
#define CFAUDIT_TEXT_LOG_RULES_H

#include "base/str.h"

/* A column that every entry of a rule has, with the same value. */
struct log_value {
    struct str column;
    struct str value;
};

struct log_rule {
    struct str name;
    struct str pattern; /* of PCRE2; its named groups are columns */
    struct log_value *values;
    size_t value_count;
    bool is_used; /* false: what it matches is left out */
};

/* The first rule that matches an entry takes it. */
struct log_rules {
    struct log_rule *list;
    size_t count;
    /* A line that matches begins an entry, or goes on with the one before; both missing: each line
       is one. */
    struct str start;
    struct str continues;
};

/* Columns that every entry has beside those of its rule. */
#define LOG_COLUMN_RULE "log:rule"   /* name of the rule that took it */
#define LOG_COLUMN_ENTRY "log:entry" /* its text */
#define LOG_COLUMN_PLACE "log:place" /* line where it begins: no two of a source are equal */

/* Why entries are left out: no rule matches, or one that says so. */
#define LOG_REASON_NO_RULE "no-rule"
#define LOG_REASON_BY_RULE "by-rule"

#endif
