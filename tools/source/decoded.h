/*
 * The decoded bytes of compressed ones, block by block: another thread decodes ahead while the
 * caller works on an earlier block.
 *
 * Call: decoded_new; decoded_next until a block is empty; decoded_free.
 * Owns: the caller owns it, and the decoder, which must stay until it was freed; a block lives until
 *       the call after the next `held` ones, with SOURCE_HEADROOM bytes in front and SOURCE_PAD
 *       behind that are the caller's to write.
 * Errors: DECODE_MEMORY, and what decoder_fill gives, behind the last block.
 * Units: bytes.
 * The decoder asks for stored bytes on the thread that decodes; no two do so at the same time.
 * Threads: one caller.
 */
#ifndef CFAUDIT_SOURCE_DECODED_H
#define CFAUDIT_SOURCE_DECODED_H

#include "source/decode.h"
#include "source/stored.h"

struct decoded;

struct decoded_block {
    char *bytes;
    size_t len;
    uint64_t stored; /* bytes that the decoder was given so far */
};

/* What the decoder reads; how many bytes it was given is counted by `given`. NULL: memory is out. */
struct decoded *decoded_new(struct decoder *decoder, struct stored *stored, const uint64_t *given,
                            size_t block_size, unsigned held);
void decoded_free(struct decoded *decoded); /* accepts NULL */
/* DECODE_OK with a block, or why there is none. */
enum decode decoded_next(struct decoded *decoded, struct decoded_block *ret_block);

#endif
