#include "source/decode.h"

#include <string.h>

#include "base/mem.h"

static const struct decoder_kind *const kinds[] = {&decoder_gzip, &decoder_bzip2, &decoder_xz,
                                                   &decoder_zstd};

const struct decoder_kind *decoder_find(struct str head)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(kinds); i++) {
        struct str magic = kinds[i]->magic;

        if (head.len >= magic.len && memcmp(head.ptr, magic.ptr, magic.len) == 0 &&
            (!kinds[i]->fits || kinds[i]->fits(head)))
            return kinds[i];
    }
    return NULL;
}

struct decoder *decoder_open(const struct decoder_kind *kind, const struct decoder_input *input)
{
    return kind->open(kind, input);
}

enum decode decoder_fill(struct decoder *decoder, char *room, size_t size, size_t *ret_len)
{
    return decoder->kind->fill(decoder, room, size, ret_len);
}

void decoder_close(struct decoder *decoder)
{
    if (decoder)
        decoder->kind->close(decoder);
}
