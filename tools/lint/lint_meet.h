/*
 * Documents of one set that belong together: those of one audit, by its id.
 *
 * Call: from the meet of a rule or of a kind.
 * Owns: what is found belongs to the set; days live in the arena of the document.
 * Errors: memory by lint_no_memory.
 * Units: days as written, "YYYY-MM-DD".
 * Where two documents could be meant, those in the same folder go before the others; where it cannot
 * be told, none is found: a rule says nothing rather than hold the wrong two against each other.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_MEET_H
#define CFAUDIT_LINT_LINT_MEET_H

#include "lint/lint_rule.h"
#include "time/instant.h"

struct action;

/* The one document of that kind that is of the same audit; NULL: none, or more than one. */
const struct lint_document *lint_partner(const struct lint_set *set,
                                         const struct lint_document *self, const char *kind);
/* What its loader made of it; NULL as above. */
const void *lint_partner_model(const struct lint_set *set, const struct lint_document *self,
                               const char *kind);
/* The document of that kind and id in the set; NULL: none, or versions that differ. */
const struct lint_document *lint_known(const struct lint_set *set, const char *kind, struct str id);

/* Looks at every action of a document of actions whose audit is in the set and looks back from a
   day; `node` is its element. */
typedef void lint_action_look(struct lint *lint, const struct xml_node *node,
                              const struct action *action, struct str day);
void lint_actions_by_day(struct lint *lint, lint_action_look *look);

/* The day of an instant on the wall clock of a zone (missing: UTC); missing: there is none. */
struct str lint_day_of(struct lint *lint, struct instant instant, struct str zone);
bool lint_is_before(struct str day, struct str other);

bool lint_digest_is(const struct sha256 *sum, struct str written);
/* Says at an attribute that holds a SHA-256 that the document has another one; of both the first
   digits are said. */
void lint_say_digest(struct lint *lint, const struct xml_node *node, const char *attribute,
                     const struct lint_document *other);
/* The same where the attribute of the root is there and not the digest of its one partner of that
   kind; false: nothing was said. */
bool lint_say_partner_digest(struct lint *lint, const char *kind, const char *attribute);

#endif
