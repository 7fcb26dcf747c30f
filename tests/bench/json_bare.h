/*
 * What the programs have in common that show the bare speed of a JSON library: for each line that is
 * an object with a member "number" they count one, and do nothing else.
 *
 * usage of each: json_LIBRARY FILE
 */
#ifndef CFAUDIT_BENCH_JSON_BARE_H
#define CFAUDIT_BENCH_JSON_BARE_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The line is followed by a zero. */
typedef bool json_bare_taker(char *line, size_t len);

/* Lines of at most 1 MiB; returns the status of the program. */
static inline int json_bare_lines(int argc, char **argv, json_bare_taker *take)
{
    static char block[1 << 20];
    unsigned long count = 0;
    size_t have = 0;
    size_t len;
    FILE *file;

    if (argc != 2 || !(file = fopen(argv[1], "rb"))) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    while ((len = fread(block + have, 1, sizeof block - have, file)) > 0) {
        char *line = block;
        char *newline;

        have += len;
        while ((newline = memchr(line, '\n', have - (size_t)(line - block)))) {
            *newline = '\0';
            count += take(line, (size_t)(newline - line));
            line = newline + 1;
        }
        have -= (size_t)(line - block);
        memmove(block, line, have);
    }
    if (ferror(file) || have)
        return 1;
    fclose(file);
    printf("%lu\n", count);
    return 0;
}

#endif
