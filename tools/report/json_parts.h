/*
 * What the forms for programs write in the same way.
 *
 * Call: as evidence/json_tree.h: each is a member with its value.
 * Owns: the caller keeps the tree.
 * Errors: those of the buffer.
 * Units: an exact number is {"exact": "29/35", "value": 0.8285714285714286}; null where none is.
 * Threads: one tree, one thread.
 */
#ifndef CFAUDIT_REPORT_JSON_PARTS_H
#define CFAUDIT_REPORT_JSON_PARTS_H

#include "evidence/json_tree.h"
#include "score/score_model.h"

void tree_ratio(struct tree *tree, const char *key, struct ratio value);
void tree_ratio_if(struct tree *tree, const char *key, bool is_there, struct ratio value);
void tree_null(struct tree *tree, const char *key);
void tree_words(struct tree *tree, const char *key, const struct words *words);
/* "abc" as a list of letters. */
void tree_letters(struct tree *tree, const char *key, unsigned letters);
/* -1 is none. */
void tree_points(struct tree *tree, const char *key, int points);
/* Triggered or not, with the questions of each. */
void tree_gates(struct tree *tree, const struct result *result);
/* How mature each section is, with every fact that counts for it. Fails when memory is out. */
enum status tree_maturity(struct tree *tree, const struct result *result,
                          const struct evidence *evidence, struct diag *diag);
/* What was looked for of each of the four lists, and found. Fails when memory is out. */
enum status tree_four_lists(struct tree *tree, const struct result *result,
                            const struct evidence *evidence, struct diag *diag);
/* Members of one score: model, system, score, maximum ... */
void tree_score(struct tree *tree, const struct result *result, enum index_kind kind,
                const struct score_model *model);

#endif
