/*
 * Decompression: stored bytes in, plain bytes out.
 *
 * Call: decoder_find by the first stored bytes; decoder_open; decoder_fill until it is not
 *       DECODE_OK; decoder_close.
 * Owns: the caller owns the decoder; stored pieces must live until the next one is asked for.
 * Errors: values of enum decode; the caller reports them. decoder_fault says what was wrong.
 * Units: bytes.
 * Source: RFC 1952 (gzip, by ISA-L, which decodes some two and a half times as fast as zlib; not by
 *         libarchive, which checks neither CRC nor length of a gzip member and drops what it had
 *         decoded when the data end too early); RFC 8878 (Zstandard, by libzstd, straight into the
 *         room); xz and bzip2 by libarchive, one filter at a time and never an external program. Of
 *         these libarchive gives up to 128 KiB less than there is when they break off.
 * Threads: one decoder, one thread.
 */
#ifndef CFAUDIT_SOURCE_DECODE_H
#define CFAUDIT_SOURCE_DECODE_H

#include "base/str.h"

enum decode {
    DECODE_OK,        /* the room was filled */
    DECODE_END,       /* the data are complete */
    DECODE_TRUNCATED, /* the stored bytes end too early */
    DECODE_GARBAGE,   /* complete, but followed by bytes that belong to nothing */
    DECODE_DAMAGED,   /* what was decoded cannot be trusted */
    DECODE_INPUT,     /* no stored bytes could be had: reported by their side */
    DECODE_MEMORY
};

/* The next stored bytes; empty at the end. False: failed. */
struct decoder_input {
    bool (*next)(void *context, struct str *ret_piece);
    void *context;
};

struct decoder;

struct decoder_kind {
    const char *name;
    struct str magic;
    bool (*fits)(struct str head); /* more to check behind the magic; may be NULL */
    struct decoder *(*open)(const struct decoder_kind *kind, const struct decoder_input *input);
    enum decode (*fill)(struct decoder *decoder, char *room, size_t size, size_t *ret_len);
    void (*close)(struct decoder *decoder);
};

/* Every kind's decoder begins with this. */
struct decoder {
    const struct decoder_kind *kind;
    struct decoder_input input;
    char fault[120]; /* after DECODE_DAMAGED: why */
};

extern const struct decoder_kind decoder_gzip;
extern const struct decoder_kind decoder_bzip2;
extern const struct decoder_kind decoder_xz;
extern const struct decoder_kind decoder_zstd;

/* NULL: not compressed in a way we read. */
const struct decoder_kind *decoder_find(struct str head);
/* NULL: out of memory. */
struct decoder *decoder_open(const struct decoder_kind *kind, const struct decoder_input *input);
/* Fills the room as far as the data go; *ret_len counts whatever the result is. */
enum decode decoder_fill(struct decoder *decoder, char *room, size_t size, size_t *ret_len);
void decoder_close(struct decoder *decoder); /* accepts NULL */

#endif
