/*
 * Bytes with an identity: a file, standard input, or a document shipped inside the program.
 *
 * Call: source_expand to turn paths into names; source_open; source_next until STATUS_END;
 *       source_finish for the identity; source_close.
 * Owns: the caller owns the source; a block lives until the next source_next or source_close.
 * Errors: STATUS_IO, STATUS_LIMIT, STATUS_INVALID (a pointer file posing as data), STATUS_MEMORY,
 *         STATUS_INTERRUPTED (a signal while waiting for bytes), each with one diagnostic. A compressed file that ends early gives its data, then
 *         STATUS_END with identity.truncated set and a source-truncated diagnostic; it is no
 * failure. Units: bytes. `bytes` and `sha256` are of the file as stored; offsets elsewhere are of
 * the decompressed stream. Reads .gz .zst .xz .bz2 by their magic, never by name, without unpacking
 * first. The digest is taken from the same bytes in the same pass, by another thread, fed in
 * order. Threads: one source, one thread (and the digest's own).
 */
#ifndef CFAUDIT_SOURCE_SOURCE_H
#define CFAUDIT_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/byte_count.h"
#include "base/diag.h"
#include "base/digest.h"
#include "base/pool.h"

struct source;

/* Who the bytes were. Complete only after source_finish. */
struct source_identity {
    struct str name; /* as given, or "-" */
    uint64_t bytes;  /* stored */
    uint64_t stream; /* decompressed */
    struct sha256 sha256;
    bool truncated;
};

/*
 * Files behind the paths, in the order of source_compare_names, each once: a file stands for itself, a
 * folder for the regular files below it (names that begin with a dot are left out, links to
 * folders not followed), a glob (with * ? [) for its matches, "-" for standard input. A path
 * without glob characters that does not exist: STATUS_USAGE and source-open. A glob or folder
 * without a file adds nothing and reports source-none.
 */
enum status source_expand(struct arena *arena, const struct str *paths, size_t count,
                          struct diag *diag, struct str **ret_names, size_t *ret_count);

/*
 * The order of files: by name, but those that are one log, as "log.2.gz", "log.1" and "log" or
 * "log-20260101.gz" and "log", by time. Files by number are older than those by date.
 */
int source_compare_names(struct str a, struct str b);
/* The file goes on with the log where the one before ends. */
bool source_goes_on(struct str before, struct str name);

/* Standard input, or a pipe or device by its name: bytes that do not come a second time. */
bool source_reads_once(struct str name);
enum status source_open(struct str name, struct diag *diag, struct source **ret_source);
/* Borrowed bytes, which must outlive the source. */
enum status source_open_memory(struct str name, struct str bytes, struct diag *diag,
                               struct source **ret_source);
void source_close(struct source *source); /* accepts NULL */
struct str source_name(const struct source *source);

/*
 * Largest block the caller may get, bytes in front of it that the caller may write to (to put the
 * rest of the last block before it), and bytes behind it that may be read but mean nothing.
 */
enum { SOURCE_BLOCK = 1 << 20, SOURCE_HEADROOM = 1 << 16, SOURCE_PAD = 64 };
/* The caches of who works on a block are to hold it: so much for one thread, or for each of several. */
enum { SOURCE_BLOCK_OF_ONE = 1 << 18, SOURCE_BLOCK_SHARE = 1 << 17 };
/* Bytes of a full block: SOURCE_BLOCK_OF_ONE, unless set otherwise. */
size_t source_block_size(const struct source *source);
/* 1 to SOURCE_BLOCK bytes a block from the first one on: right after it was opened. */
void source_set_block(struct source *source, size_t size);
/*
 * Right after it was opened: the threads of the pool, which lives longer, also read ahead and take
 * the digest, instead of one of its own. Blocks are large enough for several to work on.
 */
void source_share(struct source *source, struct pool *pool);
/* Before the first block: each lives until the call after the next of source_next. */
void source_hold_two(struct source *source);
/* What the parts of a block hold: the last one may be shorter. */
enum { SOURCE_PART = 1 << 16 };
struct source_parts {
    size_t count;
    struct byte_counts list[SOURCE_BLOCK / SOURCE_PART]; /* line ends: LF */
};

/*
 * Of the last block of a source that is shared, counted by who read it while its caches held it;
 * NULL: not counted, for one that is decompressed.
 */
const struct source_parts *source_parts(const struct source *source);
/*
 * The next decompressed bytes, with SOURCE_HEADROOM writable bytes before them. The block itself
 * is only to be read: the digest thread may still be reading it.
 */
enum status source_next(struct source *source, struct diag *diag, char **ret_block,
                        size_t *ret_len);
/* The compressed data ended too early; known once source_next has returned STATUS_END. */
bool source_is_truncated(const struct source *source);
/* Reads what is left and ends the digest. */
enum status source_finish(struct source *source, struct diag *diag,
                          struct source_identity *ret_identity);
/* From the start again (files; standard input only if source_spool was called first). */
enum status source_rewind(struct source *source, struct diag *diag);
/* Copies standard input to an unnamed temporary file so that it can be read twice. No-op else. */
enum status source_spool(struct source *source, struct diag *diag);
/* The whole content as one block, at most `limit` bytes, for documents. */
enum status source_read_all(struct source *source, uint64_t limit, struct arena *arena,
                            struct diag *diag, struct str *ret_bytes,
                            struct source_identity *ret_identity);

#endif
