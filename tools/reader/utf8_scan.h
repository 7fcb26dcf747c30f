/*
 * How much of some bytes is UTF-8.
 *
 * Source: RFC 3629.
 * Units: bytes and characters.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_UTF8_SCAN_H
#define CFAUDIT_READER_UTF8_SCAN_H

#include "base/str.h"

struct utf8_census {
    uint64_t valid;   /* characters beyond ASCII */
    uint64_t invalid; /* bytes that belong to no character */
    size_t cut;       /* bytes at the end (at most 3) that may begin one */
};

struct utf8_census utf8_count(struct str bytes);
bool utf8_is_ascii(struct str bytes);
/* Bytes at the start that are ASCII and not zero. */
size_t utf8_plain_prefix(struct str bytes);
/* Characters in valid text; bytes of none count as one each. */
uint64_t utf8_characters(struct str text);

#endif
