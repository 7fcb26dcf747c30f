/*
 * Bytes that follow each other, each one of a set, and how rare they are.
 *
 * Units: bytes; runs of at most NEEDED_RUN of them. Weights as parts of WEIGHT_ALWAYS.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_BYTE_RUN_H
#define CFAUDIT_TEXT_BYTE_RUN_H

#include <stdbool.h>
#include <stdint.h>

enum { NEEDED_RUN = 16 };

struct byte_set {
    uint64_t bits[4];
};

/* Sets of bytes that follow each other. */
struct byte_run {
    struct byte_set sets[NEEDED_RUN];
    unsigned len;
};

/* How often a byte is met in logs, of 4096, roughly. */
unsigned byte_weight(unsigned byte);
/* How often the rarest four sets in a row of the run are met, of WEIGHT_ALWAYS. */
uint64_t byte_run_weight(const struct byte_run *run);
static const uint64_t WEIGHT_ALWAYS = 1ull << 48;

static inline bool byte_set_has(const struct byte_set *set, unsigned char byte)
{
    return set->bits[byte >> 6] >> (byte & 63) & 1;
}

/* One byte, or two that differ in one bit, *ret_fold: those are the bytes that with the bit give
   *ret_byte. */
bool byte_set_is_byte(const struct byte_set *set, uint8_t *ret_byte, uint8_t *ret_fold);

/* The run stands at the start of these bytes, of which there are enough. */
static inline bool byte_run_is(const struct byte_run *run, const char *bytes)
{
    unsigned i;

    for (i = 0; i < run->len; i++)
        if (!byte_set_has(&run->sets[i], (unsigned char)bytes[i]))
            return false;
    return true;
}

#endif
