/*
 * Names of other documents: whether there is one, of the right kind and without errors.
 *
 * Call: from a rule, at an attribute that names a document.
 * Owns: nothing is kept of the other document.
 * Errors: memory by lint_no_memory.
 * Units: none.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_REFERENCE_H
#define CFAUDIT_LINT_LINT_REFERENCE_H

#include "lint/lint_rule.h"

/* A bare name or a path relative to the document; `root` is the kind it must be. Says what is wrong
   with it, at the attribute; nothing when the attribute is not there. */
void lint_reference(struct lint *lint, const struct xml_node *node, const char *attribute,
                    const char *root);
/* Looks at the root of the checklist that an audit or a profile names in that attribute, if it can
   be read; where it cannot, audit-checklist and profile-checklist say so. */
void lint_with_checklist(struct lint *lint, const struct xml_node *use, const char *attribute,
                         void (*look_at)(struct lint *lint, const struct xml_node *use,
                                         const struct xml_node *root));
/* What loading the other document said, at the attribute that names it. */
void lint_reference_say(struct lint *lint, const struct xml_node *node, const char *attribute,
                        struct str name, const struct diag *inner);

#endif
