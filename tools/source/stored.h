/*
 * The bytes of a file as they are stored, block by block, with their digest: another thread reads
 * ahead and takes the digest while the caller works on an earlier block.
 *
 * Call: stored_new; stored_share, if the threads are those of a pool; stored_open; stored_next until
 *       a block is empty; stored_finish; stored_rewind to begin again; stored_free.
 * Owns: the caller owns it, and the file or memory it reads; a block lives until the next call, with
 *       SOURCE_HEADROOM bytes in front and SOURCE_PAD behind that are the caller's to write.
 * Errors: values of enum stored_state; errno of a failed read by stored_error. A thread that cannot
 *         be started is no error: the caller's thread does the work.
 * Units: bytes.
 * Only files are read ahead: who waits for a pipe is the caller, whom a signal can wake.
 * Threads: one caller, the one of the pool if there is one. A thread of its own starts with the
 *          second block: a short document needs none.
 */
#ifndef CFAUDIT_SOURCE_STORED_H
#define CFAUDIT_SOURCE_STORED_H

#include "base/digest.h"
#include "base/pool.h"
#include "base/str.h"

struct stored;
struct source_parts;

enum stored_state { STORED_OK, STORED_INTERRUPTED, STORED_FAILED, STORED_NO_MEMORY };

/* Where the bytes come from. */
struct stored_input {
    int fd; /* -1: memory */
    bool reads_ahead;
    struct str memory;
};

struct stored *stored_new(void);
void stored_free(struct stored *stored); /* accepts NULL */
void stored_share(struct stored *stored, struct pool *pool);
/* The last `blocks` that were given live on: 1 (unless set otherwise) or 2. */
void stored_hold(struct stored *stored, unsigned blocks);
/* Before the first block. `block_size`: at most SOURCE_BLOCK. */
void stored_open(struct stored *stored, const struct stored_input *input, size_t block_size);
enum stored_state stored_next(struct stored *stored, char **ret_block, size_t *ret_len);
/* Of the last block; none unless the threads are those of a pool. */
const struct source_parts *stored_parts(const struct stored *stored);
int stored_error(const struct stored *stored);
/* A block for the digest, if one waits and nobody is at it: for a thread that has to wait. */
bool stored_digest_one(struct stored *stored);
/* The threads that work ahead; NULL: none yet, or none may. */
struct pool *stored_pool(const struct stored *stored);
/* Of all blocks; false when memory is out or libcrypto refuses. */
bool stored_finish(struct stored *stored, struct sha256 *ret_sum);
/* From the start of the memory, or where the caller has put the file; false as stored_finish. */
bool stored_rewind(struct stored *stored);
/* As many bytes as there are, up to `size`, past the blocks: a pipe gives them in pieces. */
enum stored_state stored_read(struct stored *stored, char *room, size_t size, size_t *ret_len);

#endif
