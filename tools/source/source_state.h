/*
 * The insides of a source, for the files of its room.
 *
 * Call: see source/source.h.
 * Owns: the source owns what it points to, but not memory or a pool that was handed in.
 * Errors: source_told_by reports what a read of stored bytes says of itself.
 * Units: bytes.
 * Threads: one source, one thread; another one decodes ahead.
 */
#ifndef CFAUDIT_SOURCE_SOURCE_STATE_H
#define CFAUDIT_SOURCE_SOURCE_STATE_H

#include <sys/types.h>

#include "base/mem.h"
#include "source/decoded.h"
#include "source/source.h"
#include "source/stored.h"

struct source {
    struct str name;
    char *path; /* the name, terminated */
    int fd;     /* -1: memory */
    bool own_fd;
    bool seekable;
    off_t start;
    struct stored_input stored_input;

    size_t block_size;
    unsigned held; /* blocks that the caller has */
    char *first; /* the first block, read for its magic, not used yet */
    size_t first_len;
    bool primed;
    bool stored_ended;
    struct stored *stored;

    struct decoder *decoder; /* NULL: plain */
    struct decoder_input input;
    struct decoded *decoded;
    enum decode decode_state;
    /* while something is decoded, these belong to the thread that decodes */
    enum stored_state input_state; /* why the decoder's input failed */
    uint64_t bytes;

    uint64_t stream;
    uint64_t lines; /* line ends in what was decoded */
    bool ended;
    bool truncated;
    bool finished;
    struct sha256 sum;
};

static inline struct where source_here(const struct source *source)
{
    return (struct where){source->name, 0, 0, 0};
}

/* NULL: memory is out. */
static inline char *source_new_block(size_t size)
{
    return mem_alloc(SOURCE_HEADROOM + size + SOURCE_PAD, 1);
}

enum status source_told_by(const struct source *source, enum stored_state state, struct diag *diag);

#endif
