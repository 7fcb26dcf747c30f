/*
 * What every form in SARIF writes in the same way.
 *
 * Call: within an object of a tree (report/json_parts.h).
 * Owns: the caller keeps the tree.
 * Errors: those of the buffer.
 * Units: lines and columns from 1, columns in code points; 0 is unknown and not written.
 * Source: SARIF 2.1.0 (OASIS); RFC 3986.
 * Threads: one tree, one thread.
 */
#ifndef CFAUDIT_REPORT_SARIF_PARTS_H
#define CFAUDIT_REPORT_SARIF_PARTS_H

#include "report/json_parts.h"

/* Services that show such files take so many results of a run. */
enum { SARIF_RESULTS = 25000 };

/* The file and its one run, whose members follow; then its end. */
void sarif_begin(struct tree *tree);
void sarif_end(struct tree *tree);
/* What kind of run it is, so that a service puts it behind the earlier ones; how columns count. */
void sarif_identify(struct tree *tree, struct str id);
/* A member that is a message: "-" where there is no text. */
void sarif_text(struct tree *tree, const char *key, struct str text);
/* The member artifactLocation. */
void sarif_artifact(struct tree *tree, struct str name);
/* An object: what stands between the two places goes, the text comes. */
void sarif_replacement(struct tree *tree, const struct where *from, const struct where *to,
                       struct str text);
/* The member physicalLocation. */
void sarif_place(struct tree *tree, struct str name, uint64_t line, uint64_t column);

#endif
