/*
 * The earlier version of a checklist, and which of its questions one of today continues.
 *
 * Call: earlier_question with a zeroed struct earlier, state of a rule about checklists.
 * Owns: the set owns the earlier document.
 * Errors: memory by lint_no_memory.
 * Units: none.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_EARLIER_H
#define CFAUDIT_LINT_LINT_EARLIER_H

#include "lint/lint_help.h"

struct earlier {
    bool was_read;
    struct lint_seen questions; /* of the earlier version, by id */
};

/* The question of the same id; NULL: there was none, or there is no earlier version. */
const struct xml_node *earlier_question(struct lint *lint, struct earlier *earlier, struct str id);
/* The first wording in a language of both that is not the same; NULL: all are. The texts of a
   language that only one of them has were not changed. */
const struct xml_node *earlier_reworded(const struct xml_node *question,
                                        const struct xml_node *before);
/* Whether the words of the two are so far apart that another thing is asked. */
bool earlier_is_other(const struct xml_node *question, const struct xml_node *before);
/* "3"; missing and what is no number: 1. */
uint64_t earlier_revision(const struct xml_node *node);

#endif
