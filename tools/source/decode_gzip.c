#include "source/decode.h"

#include <stdio.h>

#include <isa-l/igzip_lib.h>

#include "base/mem.h"

struct gzip {
    struct decoder base;
    struct inflate_state *state;
    struct str piece; /* stored bytes that were not taken yet */
    bool in_member;
    unsigned looked; /* bytes of the member's header that were looked at */
    bool has_more;     /* output that did not fit: no stored bytes are needed for it */
    bool has_output;   /* the member has given bytes: its header was sound */
    bool first_done;   /* a whole member was read */
    enum decode ended; /* not DECODE_OK once there is nothing more */
};

static void gzip_close(struct decoder *decoder)
{
    struct gzip *gzip = (struct gzip *)decoder;

    mem_free(gzip->state);
    mem_free(gzip);
}

static void begin_member(struct gzip *gzip)
{
    isal_inflate_reset(gzip->state);
    gzip->state->crc_flag = ISAL_GZIP; /* reads the header, checks CRC-32 and length */
    gzip->in_member = true;
    gzip->looked = 0;
    gzip->has_output = false;
}

static struct decoder *gzip_open(const struct decoder_kind *kind, const struct decoder_input *input)
{
    struct gzip *gzip = mem_alloc(1, sizeof *gzip);

    if (!gzip)
        return NULL;
    gzip->base.kind = kind;
    gzip->base.input = *input;
    gzip->state = mem_alloc(1, sizeof *gzip->state);
    if (!gzip->state) {
        mem_free(gzip);
        return NULL;
    }
    isal_inflate_init(gzip->state);
    begin_member(gzip);
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
    begin_member(gzip);
    return DECODE_OK;
}

static const char *fault_of(int result)
{
    switch (result) {
    case ISAL_INCORRECT_CHECKSUM:
        return "incorrect data check";
    case ISAL_INVALID_WRAPPER:
    case ISAL_UNSUPPORTED_METHOD:
        return "incorrect header";
    case ISAL_INVALID_LOOKBACK:
        return "invalid distance too far back";
    default:
        return "invalid code";
    }
}

static enum decode damaged(struct gzip *gzip, int result)
{
    /* a later member that does not even begin well is garbage behind the data */
    if (gzip->first_done && !gzip->has_output)
        return DECODE_GARBAGE;
    snprintf(gzip->base.fault, sizeof gzip->base.fault, "%s", fault_of(result));
    return DECODE_DAMAGED;
}

/* The library looks at a header when all of it is there: what is none must not wait for its end. */
static bool may_be_header(struct gzip *gzip)
{
    static const char begin[] = {0x1f, (char)0x8b, 8};
    size_t i;

    for (i = 0; i < gzip->piece.len && gzip->looked < sizeof begin; i++)
        if (gzip->piece.ptr[i] != begin[gzip->looked++])
            return false;
    return true;
}

static enum decode inflate_some(struct gzip *gzip, char *room, size_t size, size_t *done)
{
    struct inflate_state *state = gzip->state;
    enum decode input = gzip->has_more ? DECODE_OK : have_input(gzip);
    size_t given = gzip->piece.len > 1u << 30 ? 1u << 30 : gzip->piece.len;
    size_t wanted = size - *done > 1u << 30 ? 1u << 30 : size - *done;
    int result;

    if (input != DECODE_OK)
        return input == DECODE_END ? DECODE_TRUNCATED : input;
    if (!may_be_header(gzip))
        return damaged(gzip, ISAL_INVALID_WRAPPER);
    state->next_in = (uint8_t *)(uintptr_t)gzip->piece.ptr;
    state->avail_in = (uint32_t)given;
    state->next_out = (uint8_t *)room + *done;
    state->avail_out = (uint32_t)wanted;
    result = isal_inflate(state);
    gzip->piece.ptr += given - state->avail_in;
    gzip->piece.len -= given - state->avail_in;
    *done += wanted - state->avail_out;
    gzip->has_more = state->avail_out == 0;
    gzip->has_output |= state->avail_out < wanted;
    if (result < 0)
        return damaged(gzip, result);
    if (state->block_state == ISAL_BLOCK_FINISH) {
        gzip->in_member = gzip->has_more = false;
        gzip->first_done = true;
    }
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
