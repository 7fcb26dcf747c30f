#include "source/decode.h"

#include <stdio.h>

#include <zstd.h>
#include <zstd_errors.h>

#include "base/mem.h"

struct zstd {
    struct decoder base;
    ZSTD_DCtx *context;
    struct str piece; /* stored bytes that were not taken yet */
    bool in_frame;
    bool has_more;     /* output that did not fit: no stored bytes are needed for it */
    bool has_output;   /* the frame has given bytes: its header was sound */
    bool first_done;   /* a whole frame was read */
    enum decode ended; /* not DECODE_OK once there is nothing more */
};

static void zstd_close(struct decoder *decoder)
{
    struct zstd *zstd = (struct zstd *)decoder;

    ZSTD_freeDCtx(zstd->context);
    mem_free(zstd);
}

static struct decoder *zstd_open(const struct decoder_kind *kind, const struct decoder_input *input)
{
    struct zstd *zstd = mem_alloc(1, sizeof *zstd);

    if (!zstd)
        return NULL;
    zstd->base.kind = kind;
    zstd->base.input = *input;
    zstd->context = ZSTD_createDCtx();
    if (!zstd->context) {
        mem_free(zstd);
        return NULL;
    }
    return &zstd->base;
}

/* Makes sure there is input: DECODE_END when there is none left. */
static enum decode have_input(struct zstd *zstd)
{
    if (zstd->piece.len)
        return DECODE_OK;
    if (!zstd->base.input.next(zstd->base.input.context, &zstd->piece))
        return DECODE_INPUT;
    return zstd->piece.len ? DECODE_OK : DECODE_END;
}

static enum decode damaged(struct zstd *zstd, size_t result)
{
    if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation)
        return DECODE_MEMORY;
    /* what does not even begin as a frame is garbage behind the data */
    if (zstd->first_done && !zstd->has_output)
        return DECODE_GARBAGE;
    snprintf(zstd->base.fault, sizeof zstd->base.fault, "%s", ZSTD_getErrorName(result));
    return DECODE_DAMAGED;
}

static enum decode decode_some(struct zstd *zstd, char *room, size_t size, size_t *done)
{
    enum decode input = zstd->has_more ? DECODE_OK : have_input(zstd);
    ZSTD_outBuffer out = {room, size, *done};
    ZSTD_inBuffer in = {zstd->piece.ptr, zstd->piece.len, 0};
    size_t result;

    if (input == DECODE_END)
        return zstd->in_frame || !zstd->first_done ? DECODE_TRUNCATED : DECODE_END;
    if (input != DECODE_OK)
        return input;
    result = ZSTD_decompressStream(zstd->context, &out, &in);
    zstd->piece.ptr += in.pos;
    zstd->piece.len -= in.pos;
    zstd->has_output |= out.pos > *done;
    *done = out.pos;
    if (ZSTD_isError(result))
        return damaged(zstd, result);
    zstd->in_frame = result != 0;
    zstd->has_more = zstd->in_frame && out.pos == out.size;
    if (!zstd->in_frame) {
        zstd->first_done = true;
        zstd->has_output = false;
    }
    return DECODE_OK;
}

static enum decode zstd_fill(struct decoder *decoder, char *room, size_t size, size_t *ret_len)
{
    struct zstd *zstd = (struct zstd *)decoder;
    size_t done = 0;

    while (zstd->ended == DECODE_OK && done < size)
        zstd->ended = decode_some(zstd, room, size, &done);
    *ret_len = done;
    return zstd->ended;
}

const struct decoder_kind decoder_zstd = {
    .name = "zstd",
    .magic = {"\x28\xb5\x2f\xfd", 4},
    .open = zstd_open,
    .fill = zstd_fill,
    .close = zstd_close,
};
