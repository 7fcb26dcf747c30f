/*
 * What one answer can get wrong without anything beside it: words, points and grade that do not go
 * together, a statement of a nonconformity that does not fit.
 *
 * Call: answer_check_alone for each answer of a document that is still there.
 * Owns: nothing.
 * Errors: diagnostics answer-* and finding-*, each at the attribute or element that is wrong.
 * Threads: values only.
 */
#ifndef CFAUDIT_ANSWER_ANSWER_ALONE_H
#define CFAUDIT_ANSWER_ANSWER_ALONE_H

#include "answer/answer.h"
#include "xml/xml.h"

/* The answer and the element it was read from. */
struct answer_place {
    const struct answer *answer;
    const struct xml_document *document;
    const struct xml_node *node;
    struct diag *diag;
};

/* At an attribute of the element; at the element where it has none. */
struct where answer_where(const struct answer_place *place, const char *attribute);
/* The number of errors. */
unsigned answer_check_alone(const struct answer_place *place);

#endif
