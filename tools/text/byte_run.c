#include "text/byte_run.h"

#include <string.h>

#include "base/mem.h"

unsigned byte_weight(unsigned byte)
{
    if (byte == ' ')
        return 500;
    if (byte >= '0' && byte <= '9')
        return 150;
    if (byte >= 'a' && byte <= 'z')
        return strchr("aeinorst", (int)byte) ? 200 : strchr("jkqvwxyz", (int)byte) ? 30 : 90;
    if (byte >= 'A' && byte <= 'Z')
        return 25;
    return byte > ' ' && byte < 0x7F ? 40 : 4;
}

static uint64_t set_weight(const struct byte_set *set)
{
    uint64_t weight = 1;
    unsigned word;

    for (word = 0; word < ARRAY_LEN(set->bits); word++) {
        uint64_t bits = set->bits[word];

        for (; bits; bits &= bits - 1)
            weight += byte_weight(word * 64 + (unsigned)__builtin_ctzll(bits));
    }
    return weight < 4096 ? weight : 4096;
}

uint64_t byte_run_weight(const struct byte_run *run)
{
    uint64_t best = UINT64_MAX;
    unsigned i;
    unsigned k;

    for (i = 0; i + 4 <= run->len || i == 0; i++) {
        uint64_t weight = 1;

        for (k = 0; k < 4; k++)
            weight *= i + k < run->len ? set_weight(&run->sets[i + k]) : 4096;
        if (weight < best)
            best = weight;
    }
    return best;
}

bool byte_set_is_byte(const struct byte_set *set, uint8_t *ret_byte, uint8_t *ret_fold)
{
    uint8_t all = 0xFF; /* bits that each byte has, and that any has */
    uint8_t any = 0;
    unsigned count = 0;
    unsigned byte;

    for (byte = 0; byte < 256; byte++)
        if (byte_set_has(set, (unsigned char)byte)) {
            all &= (uint8_t)byte;
            any |= (uint8_t)byte;
            count++;
        }
    *ret_byte = any;
    *ret_fold = all ^ any;
    return count == 1 || (count == 2 && (*ret_fold & (*ret_fold - 1)) == 0);
}
