#include "base/digest.h"

#include <string.h>

#include <openssl/evp.h>

#include "base/mem.h"

struct digest {
    EVP_MD *algorithm;
    EVP_MD_CTX *context;
};

struct digest *digest_new(void)
{
    struct digest *digest = mem_alloc(1, sizeof *digest);

    if (!digest)
        return NULL;
    digest->algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    digest->context = EVP_MD_CTX_new();
    if (!digest->algorithm || !digest->context ||
        EVP_DigestInit_ex(digest->context, digest->algorithm, NULL) != 1) {
        digest_free(digest);
        return NULL;
    }
    return digest;
}

void digest_free(struct digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->context);
    EVP_MD_free(digest->algorithm);
    mem_free(digest);
}

bool digest_add(struct digest *digest, const void *bytes, size_t len)
{
    return EVP_DigestUpdate(digest->context, bytes, len) == 1;
}

bool digest_finish(struct digest *digest, struct sha256 *ret_sum)
{
    struct sha256 sum;
    unsigned len = sizeof sum.bytes;

    if (EVP_DigestFinal_ex(digest->context, sum.bytes, &len) != 1 ||
        EVP_DigestInit_ex(digest->context, digest->algorithm, NULL) != 1)
        return false;
    *ret_sum = sum;
    return true;
}

bool digest_bytes(struct str bytes, struct sha256 *ret_sum)
{
    struct digest *digest = digest_new();
    bool done;

    done = digest && digest_add(digest, bytes.ptr, bytes.len) && digest_finish(digest, ret_sum);
    digest_free(digest);
    return done;
}

bool sha256_equal(const struct sha256 *a, const struct sha256 *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

struct sha256_text digest_text(const struct sha256 *sum)
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_text text;
    size_t i;

    for (i = 0; i < sizeof sum->bytes; i++) {
        text.hex[2 * i] = digits[sum->bytes[i] >> 4];
        text.hex[2 * i + 1] = digits[sum->bytes[i] & 15];
    }
    text.hex[64] = '\0';
    return text;
}
