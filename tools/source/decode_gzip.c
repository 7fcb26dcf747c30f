#include "source/decode.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

/* 32 KiB window, gzip wrapping only: zlib then checks CRC-32 and length of each member. */
enum { WINDOW_GZIP = 15 + 16 };

struct gzip {
    struct decoder base;
    z_stream stream;
    struct str piece; /* stored bytes that the stream has not been given yet */
    bool stream_open;
    bool in_member;
    bool has_output;   /* the member has given bytes: its header was sound */
    bool first_done;   /* a whole member was read */
    enum decode ended; /* not DECODE_OK once there is nothing more */
};

static void gzip_close(struct decoder *decoder)
{
    struct gzip *gzip = (struct gzip *)decoder;

    if (gzip->stream_open)
        inflateEnd(&gzip->stream);
    mem_free(gzip);
}

static struct decoder *gzip_open(const struct decoder_kind *kind, const struct decoder_input *input)
{
    struct gzip *gzip = mem_alloc(1, sizeof *gzip);

    if (!gzip)
        return NULL;
    gzip->base.kind = kind;
    gzip->base.input = *input;
    if (inflateInit2(&gzip->stream, WINDOW_GZIP) != Z_OK) {
        mem_free(gzip);
        return NULL;
    }
    gzip->stream_open = true;
    gzip->in_member = true;
    return &gzip->base;
}

/* Makes sure there is input: DECODE_END when there is none left. */
static enum decode have_input(struct gzip *gzip)
{
    if (gzip->piece.len)
        return DECODE_OK;
    if (!gzip->base.input.next(gzip->base.input.context, &gzip->piece))
        return DECODE_INPUT;
    return gzip->piece.len ? DECODE_OK : DECODE_END;
}

/* Between members: another one, zero padding (as tapes add), the end, or bytes of nothing. */
static enum decode next_member(struct gzip *gzip)
{
    bool padded = false;

    for (;;) {
        enum decode state = have_input(gzip);

        if (state != DECODE_OK)
            return state;
        if (gzip->piece.ptr[0] != '\0')
            break;
        padded = true;
        gzip->piece.ptr++;
        gzip->piece.len--;
    }
    if (padded || (unsigned char)gzip->piece.ptr[0] != 0x1f)
        return DECODE_GARBAGE;
    if (inflateReset(&gzip->stream) != Z_OK)
        return DECODE_MEMORY;
    gzip->in_member = true;
    gzip->has_output = false;
    return DECODE_OK;
}

static enum decode damaged(struct gzip *gzip)
{
    /* a later member that does not even begin well is garbage behind the data */
    if (gzip->first_done && !gzip->has_output)
        return DECODE_GARBAGE;
    snprintf(gzip->base.fault, sizeof gzip->base.fault, "%s",
             gzip->stream.msg ? gzip->stream.msg : "invalid gzip data");
    return DECODE_DAMAGED;
}

static enum decode inflate_some(struct gzip *gzip, char *room, size_t size, size_t *done)
{
    enum decode state = have_input(gzip);
    size_t given;
    size_t wanted = size - *done;
    int result;

    if (state != DECODE_OK)
        return state == DECODE_END ? DECODE_TRUNCATED : state;
    given = gzip->piece.len > 1u << 30 ? 1u << 30 : gzip->piece.len;
    if (wanted > 1u << 30)
        wanted = 1u << 30;
    memcpy(&gzip->stream.next_in, &gzip->piece.ptr, sizeof gzip->stream.next_in);
    gzip->stream.avail_in = (uInt)given;
    gzip->stream.next_out = (Bytef *)room + *done;
    gzip->stream.avail_out = (uInt)wanted;
    result = inflate(&gzip->stream, Z_NO_FLUSH);
    gzip->piece.ptr += given - gzip->stream.avail_in;
    gzip->piece.len -= given - gzip->stream.avail_in;
    *done += wanted - gzip->stream.avail_out;
    gzip->has_output |= gzip->stream.total_out > 0;
    if (result == Z_STREAM_END) {
        gzip->in_member = false;
        gzip->first_done = true;
        return DECODE_OK;
    }
    if (result == Z_MEM_ERROR)
        return DECODE_MEMORY;
    if (result != Z_OK && result != Z_BUF_ERROR)
        return damaged(gzip);
    return DECODE_OK;
}

static enum decode gzip_fill(struct decoder *decoder, char *room, size_t size, size_t *ret_len)
{
    struct gzip *gzip = (struct gzip *)decoder;
    size_t done = 0;

    while (gzip->ended == DECODE_OK && done < size) {
        if (!gzip->in_member)
            gzip->ended = next_member(gzip);
        else
            gzip->ended = inflate_some(gzip, room, size, &done);
    }
    *ret_len = done;
    return gzip->ended;
}

const struct decoder_kind decoder_gzip = {
    .name = "gzip",
    .magic = {"\x1f\x8b", 2},
    .open = gzip_open,
    .fill = gzip_fill,
    .close = gzip_close,
};
