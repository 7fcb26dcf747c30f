/*
 * Text that is valid UTF-8 whatever the bytes were.
 *
 * Call: utf8_repair.
 * Owns: what is returned is the text itself, or in the buffer until its next change.
 * Errors: the buffer's, which is sticky; a missing str then.
 * Units: bytes.
 * Source: RFC 3629; each byte that belongs to no character becomes U+FFFD.
 * Threads: one buffer, one thread.
 */
#ifndef CFAUDIT_TEXT_UTF8_REPAIR_H
#define CFAUDIT_TEXT_UTF8_REPAIR_H

#include "base/buf.h"

/* *ret_bad: bytes that belong to no character. */
struct str utf8_repair(struct str text, struct buf *buf, size_t *ret_bad);

#endif
