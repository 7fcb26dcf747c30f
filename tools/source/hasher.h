/*
 * The digest of a stream, taken in a thread of its own.
 *
 * Call: hasher_new; hasher_add for each piece in order; hasher_wait before a piece's bytes change;
 *       hasher_finish; hasher_free.
 * Owns: the caller owns the hasher and the bytes; a piece must stay unchanged until hasher_wait
 *       (or hasher_finish) says it was taken.
 * Errors: hasher_new gives NULL, hasher_finish false, when memory is out or libcrypto refuses.
 *         A thread that cannot be started is no error: the caller's thread does the work.
 * Units: pieces count from 1.
 * Threads: one caller. The thread starts with the second piece: a short document needs none.
 */
#ifndef CFAUDIT_SOURCE_HASHER_H
#define CFAUDIT_SOURCE_HASHER_H

#include "base/digest.h"

struct hasher;

struct hasher *hasher_new(void);
void hasher_free(struct hasher *hasher); /* accepts NULL */
void hasher_add(struct hasher *hasher, struct str piece);
/* Returns when the first `pieces` pieces have been taken; never waits for ones not yet added. */
void hasher_wait(struct hasher *hasher, uint64_t pieces);
/* Also makes it ready for another stream, whose pieces count from 1 again. */
bool hasher_finish(struct hasher *hasher, struct sha256 *ret_sum);

#endif
