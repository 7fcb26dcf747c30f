#include "source/source_state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "source/pointer.h"

/* A small file may be one long run of the same byte: the ratio counts from here on. */
static const uint64_t RATIO_FREE = 64ull << 20;

static enum status new_source(struct str name, struct diag *diag, struct source **ret_source)
{
    struct source *source = mem_alloc(1, sizeof *source);

    if (!source)
        return diag_no_memory(diag);
    source->fd = source->stored_input.fd = -1;
    source->block_size = SOURCE_BLOCK_OF_ONE;
    source->held = 1;
    source->path = mem_alloc(name.len + 1, 1);
    source->stored = stored_new();
    if (!source->path || !source->stored) {
        source_close(source);
        return diag_no_memory(diag);
    }
    if (name.len)
        memcpy(source->path, name.ptr, name.len);
    source->name = (struct str){source->path, name.len};
    *ret_source = source;
    return STATUS_OK;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    decoded_free(source->decoded); /* first: its thread asks for stored bytes */
    stored_free(source->stored);   /* next: its thread may be reading the file */
    decoder_close(source->decoder);
    if (source->own_fd && source->fd >= 0)
        close(source->fd);
    mem_free(source->path);
    mem_free(source);
}

void source_set_block(struct source *source, size_t size)
{
    BUG_IF(source->primed || size == 0 || size > SOURCE_BLOCK);
    source->block_size = size;
}

void source_share(struct source *source, struct pool *pool)
{
    size_t size = (size_t)SOURCE_BLOCK_SHARE * pool_lanes(pool);

    source_set_block(source, size < SOURCE_BLOCK ? size : SOURCE_BLOCK);
    stored_share(source->stored, pool);
}

void source_hold_two(struct source *source)
{
    BUG_IF(source->primed);
    source->held = 2;
    stored_hold(source->stored, source->held);
}

const struct source_parts *source_parts(const struct source *source)
{
    return source->decoder ? NULL : stored_parts(source->stored);
}

size_t source_block_size(const struct source *source)
{
    return source->block_size;
}

struct str source_name(const struct source *source)
{
    return source->name;
}

bool source_is_truncated(const struct source *source)
{
    return source->truncated;
}

/* --- opening --- */

static enum status open_failed(struct source *source, int error, struct diag *diag)
{
    if (pointer_is_link(source->path))
        return pointer_report(source->name, POINTER_ANNEX, diag);
    diag_report(diag, RULE_SOURCE_OPEN, source_here(source), "'%s': %s", source->path, strerror(error));
    return STATUS_IO;
}

/* Only a signal that asks us to stop breaks off a call that waits: nobody else sets a handler. */
static enum status interrupted(const struct source *source, struct diag *diag)
{
    diag_report(diag, RULE_INTERRUPTED, source_here(source), NULL);
    return STATUS_INTERRUPTED;
}

static enum status open_file(struct source *source, struct diag *diag)
{
    struct stat info;

    if (str_is(source->name, "-")) {
        source->fd = STDIN_FILENO;
    } else {
        if (memchr(source->name.ptr, '\0', source->name.len))
            return open_failed(source, ENOENT, diag);
        source->fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        source->own_fd = true;
    }
    if (source->fd < 0 && errno == EINTR)
        return interrupted(source, diag);
    if (source->fd < 0 || fstat(source->fd, &info) != 0)
        return open_failed(source, errno, diag);
    if (S_ISDIR(info.st_mode))
        return open_failed(source, EISDIR, diag);
    source->start = lseek(source->fd, 0, SEEK_CUR);
    source->seekable = source->start >= 0;
    source->stored_input = (struct stored_input){
        .fd = source->fd, .reads_ahead = source->own_fd && S_ISREG(info.st_mode)};
    if (source->seekable)
        (void)posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return STATUS_OK;
}

bool source_reads_once(struct str name)
{
    char path[4096];
    struct stat info;

    if (str_is(name, "-"))
        return true;
    if (name.len >= sizeof path)
        return false;
    memcpy(path, name.ptr, name.len);
    path[name.len] = '\0';
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

enum status source_open(struct str name, struct diag *diag, struct source **ret_source)
{
    struct source *source = NULL;
    enum status status = new_source(name, diag, &source);

    if (status != STATUS_OK)
        return status;
    status = open_file(source, diag);
    if (status != STATUS_OK) {
        source_close(source);
        return status;
    }
    *ret_source = source;
    return STATUS_OK;
}

enum status source_open_memory(struct str name, struct str bytes, struct diag *diag,
                               struct source **ret_source)
{
    struct source *source = NULL;
    enum status status = new_source(name, diag, &source);

    if (status != STATUS_OK)
        return status;
    source->stored_input.memory = bytes;
    source->seekable = true;
    *ret_source = source;
    return STATUS_OK;
}

/* --- stored bytes --- */

enum status source_told_by(const struct source *source, enum stored_state state, struct diag *diag)
{
    switch (state) {
    case STORED_INTERRUPTED:
        return interrupted(source, diag);
    case STORED_FAILED:
        diag_report(diag, RULE_SOURCE_READ, source_here(source), "%s",
                    strerror(stored_error(source->stored)));
        return STATUS_IO;
    case STORED_NO_MEMORY:
        return diag_no_memory(diag);
    case STORED_OK:
        break;
    }
    return STATUS_OK;
}

/* The next stored bytes, on their way through the digest; empty at the end. */
static enum stored_state next_stored(struct source *source, char **ret_block, size_t *ret_len)
{
    enum stored_state state;

    *ret_len = 0;
    if (source->stored_ended)
        return STORED_OK;
    state = stored_next(source->stored, ret_block, ret_len);
    source->stored_ended = state == STORED_OK && *ret_len == 0;
    source->bytes += *ret_len;
    return state;
}

/* On the thread that decodes: what went wrong is told later. */
static bool input_next(void *context, struct str *ret_piece)
{
    struct source *source = context;
    char *block = source->first;
    size_t len = source->first_len;

    source->input_state = STORED_OK;
    if (len)
        source->first_len = 0;
    else
        source->input_state = next_stored(source, &block, &len);
    *ret_piece = len ? (struct str){block, len} : (struct str){"", 0};
    return source->input_state == STORED_OK;
}

/* What the first bytes say: a pointer in place of data, a compressed file, or plain. */
static enum status prime(struct source *source, struct diag *diag)
{
    const struct decoder_kind *kind;
    enum pointer pointer;
    enum status status;
    struct str head;

    source->primed = true;
    stored_open(source->stored, &source->stored_input, source->block_size);
    status = source_told_by(source, next_stored(source, &source->first, &source->first_len), diag);
    if (status != STATUS_OK)
        return status;
    head = source->first_len ? (struct str){source->first, source->first_len} : (struct str){"", 0};
    pointer = pointer_find(head);
    if (pointer != POINTER_NONE)
        return pointer_report(source->name, pointer, diag);
    kind = decoder_find(head);
    if (!kind)
        return STATUS_OK;
    source->input = (struct decoder_input){input_next, source};
    source->decoder = decoder_open(kind, &source->input);
    if (source->decoder)
        source->decoded = decoded_new(source->decoder, source->stored, &source->bytes,
                                      source->block_size, source->held);
    return source->decoded ? STATUS_OK : diag_no_memory(diag);
}

/* --- decoded bytes --- */

static void count_lines(struct source *source, const char *bytes, size_t len)
{
    const char *end = bytes + len;

    while (bytes < end) {
        bytes = memchr(bytes, '\n', (size_t)(end - bytes));
        if (!bytes)
            return;
        source->lines++;
        bytes++;
    }
}

/* `stored`: how many bytes gave what there is so far. */
static enum status check_caps(const struct source *source, uint64_t stored, struct diag *diag)
{
    struct where where = source_here(source);

    where.offset = source->stream;
    if (source->stream > LIMIT_SOURCE_BYTES)
        return diag_limit(diag, where, "the number of bytes", LIMIT_SOURCE_BYTES);
    if (source->decoder && source->stream > RATIO_FREE &&
        source->stream / LIMIT_SOURCE_RATIO > stored)
        return diag_limit(diag, where, "the ratio of decompressed to stored bytes",
                          LIMIT_SOURCE_RATIO);
    return STATUS_OK;
}

/* The data are over: how? */
static enum status end_decoded(struct source *source, struct diag *diag)
{
    struct where where = {source->name, source->lines + 1, 0, source->stream};
    unsigned long long bytes = source->stream;
    unsigned long long lines = source->lines;

    switch (source->decode_state) {
    case DECODE_TRUNCATED:
        source->truncated = true;
        diag_report(diag, RULE_SOURCE_TRUNCATED, where, "data missing after line %llu, byte %llu",
                    lines, bytes);
        break;
    case DECODE_GARBAGE:
        source->truncated = true;
        diag_report(diag, RULE_SOURCE_GARBAGE, where,
                    "the %s data end after line %llu, byte %llu, but the file goes on",
                    source->decoder->kind->name, lines, bytes);
        break;
    case DECODE_DAMAGED:
        diag_report(diag, RULE_SOURCE_DAMAGED, where, "%s: %s, after byte %llu",
                    source->decoder->kind->name, source->decoder->fault, bytes);
        return STATUS_IO;
    case DECODE_INPUT:
        return source_told_by(source, source->input_state, diag);
    case DECODE_MEMORY:
        return diag_no_memory(diag);
    case DECODE_OK:
    case DECODE_END:
        break;
    }
    source->ended = true;
    return STATUS_END;
}

static enum status next_decoded(struct source *source, struct diag *diag, char **ret_block,
                                size_t *ret_len)
{
    struct decoded_block block;
    enum status status;

    if (source->decode_state == DECODE_OK)
        source->decode_state = decoded_next(source->decoded, &block);
    if (source->decode_state != DECODE_OK)
        return end_decoded(source, diag);
    source->stream += block.len;
    count_lines(source, block.bytes, block.len);
    status = check_caps(source, block.stored, diag);
    if (status != STATUS_OK)
        return status;
    *ret_block = block.bytes;
    *ret_len = block.len;
    return STATUS_OK;
}

static enum status next_plain(struct source *source, struct diag *diag, char **ret_block,
                              size_t *ret_len)
{
    char *block = source->first;
    size_t len = source->first_len;
    enum status status = STATUS_OK;

    if (len)
        source->first_len = 0;
    else
        status = source_told_by(source, next_stored(source, &block, &len), diag);
    if (status != STATUS_OK)
        return status;
    if (len == 0) {
        source->ended = true;
        return STATUS_END;
    }
    source->stream += len;
    status = check_caps(source, source->bytes, diag);
    if (status != STATUS_OK)
        return status;
    *ret_block = block;
    *ret_len = len;
    return STATUS_OK;
}

enum status source_next(struct source *source, struct diag *diag, char **ret_block, size_t *ret_len)
{
    if (source->ended)
        return STATUS_END;
    if (!source->primed) {
        enum status status = prime(source, diag);

        if (status != STATUS_OK)
            return status;
    }
    if (source->decoder)
        return next_decoded(source, diag, ret_block, ret_len);
    return next_plain(source, diag, ret_block, ret_len);
}

/* Stored bytes behind the compressed data belong to the digest as well. */
static enum status drain_stored(struct source *source, struct diag *diag)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && !source->stored_ended) {
        char *block;
        size_t len;

        status = source_told_by(source, next_stored(source, &block, &len), diag);
    }
    return status;
}

enum status source_finish(struct source *source, struct diag *diag,
                          struct source_identity *ret_identity)
{
    enum status status = STATUS_OK;
    char *block;
    size_t len;

    while (status == STATUS_OK)
        status = source_next(source, diag, &block, &len);
    if (status != STATUS_END)
        return status;
    if (!source->finished) {
        status = drain_stored(source, diag);
        if (status != STATUS_OK)
            return status;
        if (!stored_finish(source->stored, &source->sum))
            return diag_no_memory(diag);
        source->finished = true;
    }
    *ret_identity = (struct source_identity){source->name, source->bytes, source->stream,
                                             source->sum, source->truncated};
    return STATUS_OK;
}
