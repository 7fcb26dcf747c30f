/*
 * A source from its start again: files as they are, pipes by a copy; and documents as a whole.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/scratch.h"
#include "source/source_state.h"

enum status source_rewind(struct source *source, struct diag *diag)
{
    bool is_halted;

    decoded_free(source->decoded);
    source->decoded = NULL;
    is_halted = stored_rewind(source->stored);
    if (!source->seekable || (source->fd >= 0 && lseek(source->fd, source->start, SEEK_SET) < 0)) {
        diag_report(diag, RULE_SOURCE_READ, source_here(source), "a pipe cannot be read twice");
        return STATUS_IO;
    }
    if (!is_halted)
        return diag_no_memory(diag);
    decoder_close(source->decoder);
    source->decoder = NULL;
    source->decode_state = DECODE_OK;
    source->first_len = 0;
    source->bytes = source->stream = source->lines = 0;
    source->primed = source->stored_ended = source->ended = false;
    source->truncated = source->finished = false;
    return STATUS_OK;
}

static bool write_full(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t done = write(fd, bytes, len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        len -= (size_t)done;
    }
    return true;
}

static enum status copy_to(struct source *source, int fd, struct diag *diag)
{
    char *room = source_new_block(SOURCE_BLOCK);
    enum status status = STATUS_OK;
    uint64_t total = 0;
    size_t len = 1;

    if (!room)
        return diag_no_memory(diag);
    while (len && status == STATUS_OK) {
        status = source_told_by(source, stored_read(source->stored, room, SOURCE_BLOCK, &len), diag);
        if (status != STATUS_OK)
            break;
        total += len;
        if (total > LIMIT_SOURCE_BYTES) {
            status = diag_limit(diag, source_here(source), "the number of bytes", LIMIT_SOURCE_BYTES);
        } else if (!write_full(fd, room, len)) {
            diag_report(diag, RULE_SOURCE_READ, source_here(source),
                        "cannot keep a copy to read twice: %s", strerror(errno));
            status = STATUS_IO;
        }
    }
    mem_free(room);
    return status;
}

enum status source_spool(struct source *source, struct diag *diag)
{
    enum status status;
    int fd;

    if (source->seekable)
        return STATUS_OK;
    BUG_IF(source->primed);
    stored_open(source->stored, &source->stored_input, source->block_size);
    fd = scratch_open();
    if (fd < 0) {
        diag_report(diag, RULE_SOURCE_READ, source_here(source), "cannot keep a copy to read twice: %s",
                    strerror(errno));
        return STATUS_IO;
    }
    status = copy_to(source, fd, diag);
    if (status == STATUS_OK && lseek(fd, 0, SEEK_SET) < 0) {
        diag_report(diag, RULE_SOURCE_READ, source_here(source), "%s", strerror(errno));
        status = STATUS_IO;
    }
    if (status != STATUS_OK) {
        close(fd);
        return status;
    }
    if (source->own_fd)
        close(source->fd);
    source->fd = source->stored_input.fd = fd;
    source->own_fd = true;
    source->seekable = true;
    source->start = 0;
    return STATUS_OK;
}

enum status source_read_all(struct source *source, uint64_t limit, struct arena *arena,
                            struct diag *diag, struct str *ret_bytes,
                            struct source_identity *ret_identity)
{
    struct source_identity identity;
    enum status status;
    struct str bytes;
    struct buf all;
    char *block;
    size_t len;

    buf_init(&all, limit < SIZE_MAX ? (size_t)limit : SIZE_MAX);
    while ((status = source_next(source, diag, &block, &len)) == STATUS_OK) {
        if (len > limit - all.len) {
            struct where where = source_here(source);

            where.offset = limit;
            status = diag_limit(diag, where, "the number of bytes", limit);
            goto out;
        }
        buf_add(&all, (struct str){block, len});
        if (all.failed) {
            status = diag_no_memory(diag);
            goto out;
        }
    }
    if (status != STATUS_END)
        goto out;
    status = source_finish(source, diag, &identity);
    if (status != STATUS_OK)
        goto out;
    bytes = arena_str(arena, all.len ? buf_str(&all) : STR(""));
    if (!bytes.ptr) {
        status = diag_no_memory(diag);
        goto out;
    }
    *ret_bytes = bytes;
    *ret_identity = identity;
out:
    buf_done(&all);
    return status;
}
