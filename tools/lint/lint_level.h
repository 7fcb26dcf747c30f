/*
 * Levels of a service level agreement, with what the agreement states for all of them.
 *
 * Call: lint_levels with the root.
 * Owns: the list lives in the arena of the document.
 * Errors: memory by lint_no_memory, and an empty list.
 * Units: days since 1970-01-01.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_LEVEL_H
#define CFAUDIT_LINT_LINT_LEVEL_H

#include "lint/lint_rule.h"

struct lint_level {
    const struct xml_node *node;
    struct str id;
    struct str metric;
    struct str type; /* "customer" where none is stated */
    int64_t from;    /* INT64_MIN: since ever */
    int64_t until;   /* last day; INT64_MAX: open */
    int64_t seconds; /* target; 0: it is stated in days, or not at all */
    int64_t days;    /* working days; 0: it is stated in hours */
};

struct lint_levels {
    const struct lint_level *list;
    size_t count;
};

struct lint_levels lint_levels(struct lint *lint, const struct xml_node *root);
/* Of the level, else of the agreement around it. */
const struct xml_node *lint_level_stating(const struct lint *lint, const struct xml_node *level,
                                          const char *name);
/* The same type, the same conditions: both hold for the same cases. */
bool lint_level_is_alike(const struct lint_level *a, const struct lint_level *b);
bool lint_level_shares_days(const struct lint_level *a, const struct lint_level *b);

/* The agreement, then each of its levels. */
void lint_each_level(struct lint *lint, const struct xml_node *root,
                     void (*look_at)(struct lint *lint, const struct xml_node *node));
/*
 * The calendar of the agreement or of a level, read as the agreement would read it: false when
 * nothing is named there. What is wrong with it is in *ret_diag, which the caller ends.
 */
bool lint_level_calendar(struct lint *lint, const struct xml_node *node, struct str *ret_name,
                         struct diag *ret_diag);

#endif
