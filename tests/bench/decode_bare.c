/*
 * The bare speed of the libraries that decompress: decodes to nowhere, prints how many bytes.
 *
 * usage: decode_bare isal|zlib|zstd FILE
 */
#include <fcntl.h>
#include <inttypes.h>
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { BLOCK = 256 << 10 };

static unsigned char in[BLOCK];
static unsigned char out[BLOCK];

static uint64_t by_isal(int file)
{
    static struct inflate_state state;
    uint64_t total = 0;
    ssize_t len;

    isal_inflate_init(&state);
    state.crc_flag = ISAL_GZIP;
    while ((len = read(file, in, BLOCK)) > 0) {
        state.next_in = in;
        state.avail_in = (uint32_t)len;
        do {
            state.next_out = out;
            state.avail_out = BLOCK;
            if (isal_inflate(&state) != ISAL_DECOMP_OK)
                return 0;
            total += BLOCK - state.avail_out;
        } while (state.avail_out == 0);
    }
    return total;
}

static uint64_t by_zlib(int file)
{
    z_stream stream = {.avail_in = 0};
    uint64_t total = 0;
    ssize_t len;

    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return 0;
    while ((len = read(file, in, BLOCK)) > 0) {
        stream.next_in = in;
        stream.avail_in = (uInt)len;
        do {
            int result;

            stream.next_out = out;
            stream.avail_out = BLOCK;
            result = inflate(&stream, Z_NO_FLUSH);
            total += BLOCK - stream.avail_out;
            if (result != Z_OK && result != Z_BUF_ERROR && result != Z_STREAM_END)
                return 0;
        } while (stream.avail_out == 0);
    }
    inflateEnd(&stream);
    return total;
}

static uint64_t by_zstd(int file)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    uint64_t total = 0;
    ssize_t len;

    while (context && (len = read(file, in, BLOCK)) > 0) {
        ZSTD_inBuffer input = {in, (size_t)len, 0};
        ZSTD_outBuffer output;

        do {
            output = (ZSTD_outBuffer){out, BLOCK, 0};
            if (ZSTD_isError(ZSTD_decompressStream(context, &output, &input)))
                return 0;
            total += output.pos;
        } while (input.pos < input.size || output.pos == output.size);
    }
    ZSTD_freeDCtx(context);
    return total;
}

int main(int argc, char **argv)
{
    int file = argc == 3 ? open(argv[2], O_RDONLY) : -1;
    uint64_t total = 0;

    if (file >= 0 && strcmp(argv[1], "isal") == 0)
        total = by_isal(file);
    else if (file >= 0 && strcmp(argv[1], "zlib") == 0)
        total = by_zlib(file);
    else if (file >= 0 && strcmp(argv[1], "zstd") == 0)
        total = by_zstd(file);
    if (total == 0) {
        fprintf(stderr, "usage: decode_bare isal|zlib|zstd FILE\n");
        return 2;
    }
    printf("%" PRIu64 "\n", total);
    close(file);
    return 0;
}
