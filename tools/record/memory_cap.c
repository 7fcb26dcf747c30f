/* What is said where more has to be held than may be. */
#include <stdio.h>

#include "base/mem.h"
#include "record/record.h"

enum { SIZE_TEXT = 32 };

/* Less is not worth recommending. */
static const size_t LEAST = (size_t)64 << 20;

static size_t ones(unsigned shift)
{
    return ((size_t)1 << shift) - 1;
}

/* In the largest unit that it is a multiple of, or that it has ten of: then rounded up. */
static void put_size(char *text, size_t bytes)
{
    static const struct {
        unsigned shift;
        const char *name;
    } units[] = {{30, "GiB"}, {20, "MiB"}, {10, "KiB"}, {0, "bytes"}};
    size_t u = 0;
    size_t count;

    while (u + 1 < ARRAY_LEN(units) && bytes >> units[u].shift < 10 &&
           (bytes == 0 || (bytes & ones(units[u].shift)) != 0))
        u++;
    count = (bytes >> units[u].shift) + ((bytes & ones(units[u].shift)) != 0);
    snprintf(text, SIZE_TEXT, "%zu %s", count, count == 1 && bytes == 1 ? "byte" : units[u].name);
}

/* Twice what is held so far, as a power of two. */
static void hint(struct diag *diag, size_t held)
{
    size_t enough = LEAST;

    while (enough / 2 < held && enough <= SIZE_MAX / 2)
        enough *= 2;
    if (enough & ones(30))
        diag_hint(diag, "allow more, for example --memory %zuM", enough >> 20);
    else
        diag_hint(diag, "allow more, for example --memory %zuG", enough >> 30);
}

enum status record_too_large(const struct record_held *held, struct where where,
                             struct diag *diag)
{
    char needed[SIZE_TEXT];
    char allowed[SIZE_TEXT];

    put_size(needed, held->bytes);
    put_size(allowed, held->limit);
    if (held->records)
        diag_report(diag, RULE_MEMORY_CAP, where,
                    "%zu %s so far need %s, and --memory allows %s", held->records,
                    held->are_cases ? "cases" : "records", needed, allowed);
    else
        diag_report(diag, RULE_MEMORY_CAP, where,
                    "the texts of all cases so far need %s, and --memory allows %s", needed,
                    allowed);
    hint(diag, held->bytes);
    return STATUS_LIMIT;
}
