/*
 * Texts of a document that people write in several languages: elements of one name with an attribute
 * `lang`, one behind the other, are one text.
 *
 * Call: lint_texts_of for each element, in any order.
 * Owns: nothing.
 * Errors: none.
 * Units: none.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_LINT_LINT_TEXTS_H
#define CFAUDIT_LINT_LINT_TEXTS_H

#include "base/words.h"
#include "xml/xml.h"

/* One text: its first element, and the languages it is in. */
struct lint_text {
    const struct xml_node *first;
    bool is_in[LANG_COUNT];
};

/* The text that begins at this child element or behind it; first NULL: there is none. *ret_behind is
   the child to go on from. */
struct lint_text lint_text_next(const struct xml_node *child, const struct xml_node **ret_behind);

#endif
