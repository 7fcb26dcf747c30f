/*
 * Documents mended: the fixes of their findings tried, looked at again, and kept where they help.
 *
 * Call: lint_mend with the bytes of a document; lint_mending_done. lint_mending_diff for people.
 * Owns: the caller owns the mending; texts live until lint_mending_done, `before` is the caller's.
 * Errors: STATUS_MEMORY, STATUS_INTERRUPTED, reported to the sink. A document that cannot be read
 *         or checked is not mended, which is no failure.
 * Fixes that do not touch each other are tried together; where that is worse than before, in
 * halves, until it is known which one is to blame: that one is left out and said. Then the document
 * is looked at again, until no finding can be mended any more. Worse is a finding that was not
 * there before, unless what was mended had hidden it.
 * Units: bytes; changes as xml/xml_source.h.
 * Threads: as lint.h.
 */
#ifndef CFAUDIT_LINT_MEND_H
#define CFAUDIT_LINT_MEND_H

#include "base/buf.h"
#include "lint/lint.h"

/* A part of the text before, and what stands in its place after. */
struct lint_change {
    struct xml_range before;
    struct xml_range after;
};

struct lint_mending {
    struct arena arena;
    struct str before; /* bytes as stored */
    struct str after;  /* before, where nothing was mended; else of: */
    struct buf bytes;
    struct str text_before; /* the two in UTF-8, without a byte order mark */
    struct str text_after;
    struct lint_change *changes; /* of the text, in order, with something between them */
    size_t change_count;
    size_t change_capacity;
    struct diag made; /* findings that are gone, at the places they had when they were mended */
    struct diag left; /* fix-refused, for fixes that were tried and taken back */
};

/* `set` gives the library and the earlier versions; it gets no document. */
enum status lint_mend(const struct lint_set *set, struct str name, struct str bytes,
                      enum lint_origin origin, struct diag *diag,
                      struct lint_mending *ret_mending);
void lint_mending_done(struct lint_mending *mending);
/* Keeps with a document of a set what was mended in it; false: memory is out. */
bool lint_document_mended(struct lint_document *document, const struct lint_mending *mending,
                          struct str diff);
/* As `diff -u` writes it: lines with three unchanged ones around them. Nothing changed: nothing. */
void lint_mending_diff(const struct lint_mending *mending, struct str name, struct buf *out);

#endif
