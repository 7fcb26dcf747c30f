/*
 * Fields of source maps, as the record model knows them.
 *
 * Call: from a rule that looks at an element `field`, or at one inside it.
 * Owns: constant tables of the record model.
 * Errors: NULL for what the model does not have.
 * Units: none.
 * Threads: as lint_rule.h.
 */
#ifndef CFAUDIT_LINT_LINT_MAP_H
#define CFAUDIT_LINT_LINT_MAP_H

#include "lint/lint_rule.h"
#include "record/record.h"

/* Of the element `record` around the one looked at; NULL: the schema refuses its kind. */
const struct record_model *lint_map_kind(const struct lint *lint);
/* Another kind that has a field of this name; NULL: none. */
const struct record_model *lint_map_other_kind(const struct record_model *kind, struct str name);
/* The name of a field of the kind that may have been meant; NULL: none is near. */
const char *lint_map_nearest(const struct record_model *kind, struct str name);
/* The only one that can be meant, by str_meant; NULL: there is none. */
const char *lint_map_meant(const struct record_model *kind, struct str name);
/* The field of the model that a `field` element fills; NULL: it has none of that name. */
const struct record_field *lint_map_field(const struct lint *lint, const struct xml_node *field);
/* Whether the map reads tables, whose columns and times can be of any form. */
bool lint_map_is_table(const struct lint *lint);

#endif
