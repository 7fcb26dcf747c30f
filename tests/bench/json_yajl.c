/*
 * The bare speed of yajl, which is fed blocks of 64 KiB and so reads lines and documents alike. It
 * checks the grammar, though not that a name stands once. usage: json_yajl FILE
 */
#include <stdio.h>
#include <string.h>
#include <yajl/yajl_parse.h>

static int on_key(void *context, const unsigned char *key, size_t len)
{
    unsigned long *count = context;

    *count += len == 6 && memcmp(key, "number", 6) == 0;
    return 1;
}

static int on_text(void *context, const unsigned char *text, size_t len)
{
    (void)context;
    (void)text;
    (void)len;
    return 1;
}

static int on_number(void *context, const char *text, size_t len)
{
    (void)context;
    (void)text;
    (void)len;
    return 1;
}

static int on_word(void *context, int value)
{
    (void)context;
    (void)value;
    return 1;
}

static int on_mark(void *context)
{
    (void)context;
    return 1;
}

int main(int argc, char **argv)
{
    static const yajl_callbacks callbacks = {on_mark, on_word, NULL,    NULL,    on_number, on_text,
                                             on_mark, on_key,  on_mark, on_mark, on_mark};
    static unsigned char block[1 << 16];
    unsigned long count = 0;
    yajl_handle parser;
    FILE *file;
    size_t len;

    if (argc != 2 || !(file = fopen(argv[1], "rb"))) {
        fprintf(stderr, "usage: json_yajl FILE\n");
        return 2;
    }
    parser = yajl_alloc(&callbacks, NULL, &count);
    yajl_config(parser, yajl_allow_multiple_values, 1);
    while ((len = fread(block, 1, sizeof block, file)) > 0)
        if (yajl_parse(parser, block, len) != yajl_status_ok)
            return 1;
    if (ferror(file) || yajl_complete_parse(parser) != yajl_status_ok)
        return 1;
    yajl_free(parser);
    fclose(file);
    printf("%lu\n", count);
    return 0;
}
