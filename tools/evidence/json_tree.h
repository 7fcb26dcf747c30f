/*
 * JSON as a tree, written from the top: one member or element a line, two blanks a level.
 *
 * Call: tree_open and tree_close in pairs; tree_key before the value of a member, tree_next before
 *       an element of an array; the others are a member with its value.
 * Owns: the caller keeps the buffer, where errors stick.
 * Units: numbers are the shortest text that reads back equal; null where one does not exist.
 * Threads: one tree, one thread.
 */
#ifndef CFAUDIT_EVIDENCE_JSON_TREE_H
#define CFAUDIT_EVIDENCE_JSON_TREE_H

#include "base/buf.h"
#include "base/digest.h"
#include "time/instant.h"

struct tree {
    struct buf *out;
    unsigned depth;
    bool is_empty; /* nothing in the innermost object or array yet */
};

void tree_next(struct tree *tree);
void tree_key(struct tree *tree, const char *key);
void tree_open(struct tree *tree, char bracket);
void tree_close(struct tree *tree, char bracket);
void tree_str(struct tree *tree, const char *key, struct str value);
void tree_uint(struct tree *tree, const char *key, uint64_t value);
void tree_number(struct tree *tree, const char *key, double value);
void tree_bool(struct tree *tree, const char *key, bool value);
void tree_sha256(struct tree *tree, const char *key, const struct sha256 *sum);
void tree_instant(struct tree *tree, const char *key, struct instant instant);
void tree_int(struct tree *tree, const char *key, int64_t value);

#endif
