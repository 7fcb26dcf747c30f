/*
 * The bare speed of many rules over a log, without a digest: entries that each rule matches, one
 * number a line, then all entries and those that no rule matches.
 *
 * usage: scan_log best|naive|portable|ssse3|avx2 every|first RULES LOG; one pattern a line
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "text/rules.h"

enum { RULES = 1000, BLOCK = 256 << 10 };

struct counts {
    uint64_t rules[RULES];
    uint64_t entries;
    uint64_t unmatched;
};

static size_t read_patterns(const char *path, struct rule_pattern *patterns)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t count = 0;
    struct str rest = {text, 0};
    struct str line;

    if (!file)
        return 0;
    rest.len = fread(text, 1, sizeof text, file);
    fclose(file);
    while (count < RULES && str_split(&rest, '\n', &line))
        if (line.len)
            patterns[count++].pattern = line;
    return count;
}

static void count_block(struct rules_scan *scan, struct str block, struct counts *counts)
{
    struct rules_hit hit;
    size_t last = SIZE_MAX;

    rules_scan_lines(scan, block);
    while (rules_scan_next(scan, &hit)) {
        if (hit.outcome == RULES_MATCH)
            counts->rules[hit.rule]++;
        if (hit.outcome == RULES_NONE)
            counts->unmatched += hit.count;
        if (hit.entry != last)
            counts->entries += hit.count;
        last = hit.entry;
    }
}

/* Whole lines at a time; what is left of a block goes in front of the next one. */
static int scan_file(struct rules_scan *scan, int file, struct counts *counts)
{
    static char block[BLOCK + 64];
    size_t kept = 0;
    ssize_t len;

    while ((len = read(file, block + kept, BLOCK - kept)) > 0) {
        size_t whole = kept + (size_t)len;
        size_t all = whole;

        while (whole > 0 && block[whole - 1] != '\n')
            whole--;
        count_block(scan, (struct str){block, whole}, counts);
        kept = all - whole;
        memmove(block, block + whole, kept);
    }
    count_block(scan, (struct str){block, kept}, counts);
    return len < 0 || rules_scan_failed(scan);
}

static enum rules_path path_of(const char *name)
{
    static const char *const names[RULES_PATHS] = {"naive", "portable", "ssse3", "avx2"};
    enum rules_path path;

    for (path = RULES_NAIVE; path < RULES_PATHS; path++)
        if (strcmp(name, names[path]) == 0 && rules_path_has(path))
            return path;
    return rules_path_best();
}

static int tune(struct rules *rules, int file)
{
    static char sample[64 << 10];
    ssize_t len = pread(file, sample, sizeof sample, 0);

    return len < 0 || rules_tune(rules, (struct str){sample, (size_t)len}) != STATUS_OK;
}

int main(int argc, char **argv)
{
    static struct rule_pattern patterns[RULES];
    static struct counts counts;
    struct rules *rules = NULL;
    struct rules_scan *scan = NULL;
    struct regex_error error;
    size_t wrong = 0;
    size_t count = argc == 5 ? read_patterns(argv[3], patterns) : 0;
    int file = argc == 5 ? open(argv[4], O_RDONLY) : -1;
    int failed = 1;

    if (count == 0 || file < 0) {
        fprintf(stderr, "usage: scan_log best|naive|portable|ssse3|avx2 every|first RULES LOG\n");
        return 2;
    }
    if (rules_new(patterns, count, &rules, &wrong, &error) != STATUS_OK)
        fprintf(stderr, "rule %zu, column %zu: %s\n", wrong + 1, error.column, error.message);
    else if (tune(rules, file) == 0)
        scan = rules_scan_new(rules, argv[2][0] == 'f' ? RULES_FIRST : RULES_EVERY, path_of(argv[1]));
    if (scan)
        failed = scan_file(scan, file, &counts);
    for (size_t i = 0; i < count && !failed; i++)
        printf("%" PRIu64 "%s\n", counts.rules[i], rules_is_filtered(rules, i) ? "" : " unfiltered");
    printf("entries %" PRIu64 "\nunmatched %" PRIu64 "\n", counts.entries, counts.unmatched);
    rules_scan_free(scan);
    rules_free(rules);
    close(file);
    return failed;
}
