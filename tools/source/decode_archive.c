#include "source/decode.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

struct raw {
    struct decoder base;
    struct archive *archive;
    const char *block; /* decoded bytes of libarchive's that were not copied yet */
    size_t block_len;
    uint64_t given; /* stored bytes handed to libarchive */
    bool started;
    bool input_ended;
    bool input_failed;
    enum decode ended;
};

static void raw_close(struct decoder *decoder)
{
    struct raw *raw = (struct raw *)decoder;

    archive_read_free(raw->archive);
    mem_free(raw);
}

static la_ssize_t read_stored(struct archive *archive, void *context, const void **ret_bytes)
{
    struct raw *raw = context;
    struct str piece = {NULL, 0};

    (void)archive;
    if (raw->input_ended)
        return 0;
    if (!raw->base.input.next(raw->base.input.context, &piece)) {
        raw->input_failed = true;
        return ARCHIVE_FATAL;
    }
    raw->input_ended = piece.len == 0;
    raw->given += piece.len;
    *ret_bytes = piece.ptr;
    return (la_ssize_t)piece.len;
}

static struct decoder *raw_open(const struct decoder_kind *kind, const struct decoder_input *input,
                                int (*add_filter)(struct archive *))
{
    struct raw *raw = mem_alloc(1, sizeof *raw);

    if (!raw)
        return NULL;
    raw->base.kind = kind;
    raw->base.input = *input;
    raw->archive = archive_read_new();
    if (!raw->archive || add_filter(raw->archive) != ARCHIVE_OK ||
        archive_read_support_format_raw(raw->archive) != ARCHIVE_OK ||
        archive_read_support_format_empty(raw->archive) != ARCHIVE_OK) {
        raw_close(&raw->base);
        return NULL;
    }
    return &raw->base;
}

static enum decode failed(struct raw *raw)
{
    const char *text = archive_error_string(raw->archive);

    if (raw->input_failed)
        return DECODE_INPUT;
    /* libarchive asks for more than there is only when the data break off */
    if (raw->input_ended)
        return DECODE_TRUNCATED;
    snprintf(raw->base.fault, sizeof raw->base.fault, "%s", text ? text : "invalid data");
    return DECODE_DAMAGED;
}

/* The data are complete: were the stored bytes used to the last one? */
static enum decode finished(struct raw *raw)
{
    uint64_t used = (uint64_t)archive_filter_bytes(raw->archive, -1);
    struct str piece;

    if (used < raw->given)
        return DECODE_GARBAGE;
    if (raw->input_ended)
        return DECODE_END;
    if (!raw->base.input.next(raw->base.input.context, &piece))
        return DECODE_INPUT;
    return piece.len ? DECODE_GARBAGE : DECODE_END;
}

static enum decode start(struct raw *raw)
{
    struct archive_entry *entry;
    int result = archive_read_open(raw->archive, raw, NULL, read_stored, NULL);

    raw->started = true;
    if (result == ARCHIVE_OK)
        result = archive_read_next_header(raw->archive, &entry);
    if (result == ARCHIVE_EOF)
        return finished(raw);
    return result == ARCHIVE_OK || result == ARCHIVE_WARN ? DECODE_OK : failed(raw);
}

static enum decode raw_fill(struct decoder *decoder, char *room, size_t size, size_t *ret_len)
{
    struct raw *raw = (struct raw *)decoder;
    size_t done = 0;

    if (!raw->started)
        raw->ended = start(raw);
    while (raw->ended == DECODE_OK && done < size) {
        size_t len = raw->block_len < size - done ? raw->block_len : size - done;

        if (len == 0) {
            const void *block = NULL;
            la_int64_t offset;
            int result = archive_read_data_block(raw->archive, &block, &raw->block_len, &offset);

            raw->block = block;
            if (result == ARCHIVE_EOF)
                raw->ended = finished(raw);
            else if (result != ARCHIVE_OK)
                raw->ended = failed(raw);
            continue;
        }
        memcpy(room + done, raw->block, len);
        raw->block += len;
        raw->block_len -= len;
        done += len;
    }
    *ret_len = done;
    return raw->ended;
}

/* "BZh" could begin a word: a level and a block's or the end's signature must follow. */
static bool bzip2_fits(struct str head)
{
    return head.len >= 10 && head.ptr[3] >= '1' && head.ptr[3] <= '9' &&
           (memcmp(head.ptr + 4, "1AY&SY", 6) == 0 ||
            memcmp(head.ptr + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

static struct decoder *bzip2_open(const struct decoder_kind *kind,
                                  const struct decoder_input *input)
{
    return raw_open(kind, input, archive_read_support_filter_bzip2);
}

static struct decoder *xz_open(const struct decoder_kind *kind, const struct decoder_input *input)
{
    return raw_open(kind, input, archive_read_support_filter_xz);
}

const struct decoder_kind decoder_bzip2 = {
    .name = "bzip2",
    .magic = {"BZh", 3},
    .fits = bzip2_fits,
    .open = bzip2_open,
    .fill = raw_fill,
    .close = raw_close,
};

const struct decoder_kind decoder_xz = {
    .name = "xz",
    .magic = {"\xfd"
              "7zXZ\0",
              6},
    .open = xz_open,
    .fill = raw_fill,
    .close = raw_close,
};
