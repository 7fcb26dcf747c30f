/*
 * Numbers and texts of a part as bytes, and back.
 *
 * Call: code_put_* into a buffer; code_get_* from a struct code, then look at `is_bad` once.
 * Owns: texts that were got are views of the bytes.
 * Errors: sticky: a number or text that is not there, or not sound, sets is_bad and gives 0 or an
 *         empty text.
 * Units: bytes.
 * Source: LEB128 for numbers, the sign in the lowest bit.
 * Threads: values only.
 */
#ifndef CFAUDIT_PART_PART_CODE_H
#define CFAUDIT_PART_PART_CODE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"

struct code {
    const unsigned char *at;
    const unsigned char *end;
    bool is_bad;
};

void code_put_uint(struct buf *out, uint64_t value);
uint64_t code_get_uint(struct code *code);
void code_put_int(struct buf *out, int64_t value);
int64_t code_get_int(struct code *code);
/* A number that must not be more than `most`. */
uint64_t code_get_most(struct code *code, uint64_t most);
/* A count of things of which each takes so many bytes at least: no more than there can be. */
size_t code_get_count(struct code *code, size_t bytes);
/* A missing text stays missing. */
void code_put_str(struct buf *out, struct str text);
/* Without a zero byte; what may be missing is asked for with code_get_str_or_none. */
struct str code_get_str(struct code *code);
struct str code_get_str_or_none(struct code *code);
/* A copy of a text that was got; *no_memory is set where there is none. */
struct str code_keep(struct arena *arena, struct str text, bool *no_memory);
/* Any bytes. */
struct str code_get_bytes(struct code *code);
void code_put_sha256(struct buf *out, const struct sha256 *sum);
void code_get_sha256(struct code *code, struct sha256 *ret_sum);
/* A time beside another: whole seconds are shorter. Both are instants, or 0. */
void code_put_time(struct buf *out, int64_t at, int64_t beside);
/* An instant of the years that the calendar has. */
int64_t code_get_time(struct code *code, int64_t beside);
static inline size_t code_left(const struct code *code)
{
    return (size_t)(code->end - code->at);
}

/* The first and last instant of the calendar, and two days for what zones add. */
static const int64_t CODE_FIRST_INSTANT = -62135596800000000 - 172800000000;
static const int64_t CODE_LAST_INSTANT = 253402300799999999 + 172800000000;

#endif
