/* Files of one source with the same bytes: copied by mistake, most likely, and counted twice. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/gathering.h"

struct file {
    const struct source_identity *identity;
    struct str name;
    size_t number;    /* in its source */
    struct str first; /* the one that it is a copy of; missing: none */
};

static int by_digest(const void *a, const void *b)
{
    const struct file *x = a;
    const struct file *y = b;
    int order = memcmp(x->identity->sha256.bytes, y->identity->sha256.bytes,
                       sizeof x->identity->sha256.bytes);

    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_number(const void *a, const void *b)
{
    const struct file *x = a;
    const struct file *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

/* An empty file is nobody's copy. */
static void find_copies(struct file *files, size_t count)
{
    const struct file *first = files;
    size_t i;

    qsort(files, count, sizeof *files, by_digest);
    for (i = 1; i < count; i++) {
        if (memcmp(files[i].identity->sha256.bytes, first->identity->sha256.bytes,
                   sizeof first->identity->sha256.bytes) != 0)
            first = &files[i];
        else if (files[i].identity->bytes > 0)
            files[i].first = first->name;
    }
    qsort(files, count, sizeof *files, by_number);
}

bool gathering_warn_of_copies(struct gathering *g)
{
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        size_t count = g->sources[s].name_count;
        struct file *files = mem_alloc(count, sizeof *files);

        if (!files)
            return false;
        for (i = 0; i < count; i++)
            files[i] = (struct file){
                &g->accounting[number++].identity, gathering_name(g, s, i), i, {NULL, 0}};
        find_copies(files, count);
        for (i = 0; i < count; i++)
            if (files[i].first.ptr)
                diag_report(&g->run->diag, RULE_SOURCE_TWICE,
                            (struct where){files[i].name, 0, 0, 0}, "'%.*s'",
                            STR_ARG(files[i].first));
        mem_free(files);
    }
    return true;
}
