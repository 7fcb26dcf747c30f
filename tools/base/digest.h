/*
 * SHA-256 by libcrypto.
 *
 * Call: digest_new; digest_add ...; digest_finish; digest_free. Or digest_bytes for one piece.
 * Owns: the caller owns the digest.
 * Errors: NULL or false when memory is out or libcrypto refuses.
 * Units: 32 bytes; as text 64 lower-case hexadecimal digits and a zero byte.
 * Source: FIPS 180-4.
 * Threads: one digest, one thread.
 */
#ifndef CFAUDIT_BASE_DIGEST_H
#define CFAUDIT_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct digest;

struct sha256 {
    uint8_t bytes[32];
};

struct sha256_text {
    char hex[65];
};

struct digest *digest_new(void);
void digest_free(struct digest *digest);
bool digest_add(struct digest *digest, const void *bytes, size_t len);
/* Also makes the digest ready for the next message. */
bool digest_finish(struct digest *digest, struct sha256 *ret_sum);
bool digest_bytes(struct str bytes, struct sha256 *ret_sum);
bool sha256_equal(const struct sha256 *a, const struct sha256 *b);
struct sha256_text digest_text(const struct sha256 *sum);

#endif
