/*
 * What a question is bound to.
 *
 * Call: with elements `question` and `binding` of a checklist, whatever the schema says of them.
 * Owns: nothing.
 * Errors: NULL, false.
 * Units: none.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_LINT_LINT_BINDING_H
#define CFAUDIT_LINT_LINT_BINDING_H

#include "measure/measure.h"
#include "xml/xml.h"

bool lint_has_ladder(const struct xml_node *question);
/* The variant that is named, else the first; NULL: there is none, or no such measure. */
const struct measure_variant *lint_binding_variant(const struct xml_node *binding);

#endif
