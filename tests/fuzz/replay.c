/*
 * Runs a fuzz target over files without libFuzzer, so that what was found once stays found.
 * usage: fuzz_x FILE ... (in byte order of the names the caller gives)
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    enum { LIMIT = 4 << 20 };
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(LIMIT);
    size_t len;

    if (!file || !bytes) {
        fprintf(stderr, "cannot read '%s'\n", path);
        free(bytes);
        if (file)
            fclose(file);
        return 1;
    }
    len = fread(bytes, 1, LIMIT, file);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, len);
    free(bytes);
    printf("ok - %s\n", path);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    return failed;
}
