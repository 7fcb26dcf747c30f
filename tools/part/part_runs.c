#include "part/part_runs.h"

#include "base/bug.h"
#include "base/mem.h"
#include "base/stop.h"

/* Runs that are open at once: each takes a quarter of a megabyte. */
enum { RUNS_AT_ONCE = 64 };

struct part_run {
    struct scratch *scratch;
    unsigned level; /* how often its cases were joined */
};

struct part_runs {
    const struct part_head *head;
    struct part_run *list; /* higher levels first */
    size_t count;
    size_t capacity;
    struct scratch *scratch; /* being written */
    struct part_writer *writer;
    struct part_reader *readers[RUNS_AT_ONCE];
    size_t reader_count;
    struct part_join *join;
};

enum status part_runs_new(struct diag *diag, struct part_runs **ret_runs)
{
    *ret_runs = mem_alloc(1, sizeof **ret_runs);
    return *ret_runs ? STATUS_OK : diag_no_memory(diag);
}

void part_runs_free(struct part_runs *runs)
{
    size_t i;

    if (!runs)
        return;
    part_runs_close(runs);
    part_writer_free(runs->writer);
    scratch_free(runs->scratch);
    for (i = 0; i < runs->count; i++)
        scratch_free(runs->list[i].scratch);
    mem_free(runs->list);
    mem_free(runs);
}

/* --- writing --- */

static void write_scratch(void *context, struct str bytes)
{
    scratch_write(context, bytes);
}

static enum status start(struct part_runs *runs, struct diag *diag)
{
    enum status status = scratch_new(diag, &runs->scratch);

    return status == STATUS_OK ? part_writer_new(runs->head, write_scratch, runs->scratch, diag,
                                                 &runs->writer)
                               : status;
}

/* What was written becomes the last run. */
static enum status finish(struct part_runs *runs, unsigned level, struct diag *diag)
{
    struct sha256 sum;
    enum status status = part_writer_finish(runs->writer, diag, &sum);

    part_writer_free(runs->writer);
    runs->writer = NULL;
    if (status != STATUS_OK)
        return status;
    if (!mem_grow(&runs->list, runs->count, &runs->capacity, sizeof *runs->list))
        return diag_no_memory(diag);
    runs->list[runs->count++] = (struct part_run){runs->scratch, level};
    runs->scratch = NULL;
    return STATUS_OK;
}

/* --- joining --- */

static enum status open_last(struct part_runs *runs, size_t count, struct pool *pool,
                             struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;

    BUG_IF(runs->join || count > RUNS_AT_ONCE);
    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct str path = {NULL, 0};

        status = scratch_path(runs->list[runs->count - count + i].scratch, diag, &path);
        if (status == STATUS_OK)
            status = part_open(path, STR("a temporary file"), pool, diag,
                               &runs->readers[runs->reader_count]);
        runs->reader_count += status == STATUS_OK;
    }
    return status == STATUS_OK
               ? part_join_new(runs->readers, count, runs->head, diag, &runs->join)
               : status;
}

static enum status copy_cases(struct part_runs *runs, struct diag *diag)
{
    enum status status = STATUS_OK;
    struct part_case item;

    while (status == STATUS_OK) {
        status = part_join_next(runs->join, diag, &item);
        if (status == STATUS_OK)
            status = part_writer_add(runs->writer, &item, diag);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* The last runs become one. */
static enum status join_last(struct part_runs *runs, size_t count, struct diag *diag)
{
    unsigned level = runs->list[runs->count - count].level + 1;
    enum status status = stop_check(diag);

    if (status == STATUS_OK)
        status = open_last(runs, count, NULL, diag);
    if (status == STATUS_OK)
        status = start(runs, diag);
    if (status == STATUS_OK)
        status = copy_cases(runs, diag);
    part_runs_close(runs);
    for (; count > 0 && status == STATUS_OK; count--)
        scratch_free(runs->list[--runs->count].scratch);
    return status == STATUS_OK ? finish(runs, level, diag) : status;
}

/* How many of the last are of one level. */
static size_t alike(const struct part_runs *runs)
{
    size_t count = 0;

    while (count < runs->count && runs->list[runs->count - 1 - count].level ==
                                      runs->list[runs->count - 1].level)
        count++;
    return count;
}

enum status part_runs_begin(struct part_runs *runs, const struct part_head *head,
                            struct diag *diag, struct part_writer **ret_writer)
{
    enum status status = STATUS_OK;

    runs->head = head;
    while (status == STATUS_OK && alike(runs) >= RUNS_AT_ONCE)
        status = join_last(runs, RUNS_AT_ONCE, diag);
    if (status == STATUS_OK)
        status = start(runs, diag);
    if (status == STATUS_OK)
        *ret_writer = runs->writer;
    return status;
}

enum status part_runs_end(struct part_runs *runs, struct diag *diag)
{
    return finish(runs, 0, diag);
}

enum status part_runs_open(struct part_runs *runs, struct pool *pool, struct diag *diag,
                           struct part_join **ret_join)
{
    enum status status = STATUS_OK;

    /* the shortest are last, and no more of them than must be */
    while (status == STATUS_OK && runs->count > RUNS_AT_ONCE) {
        size_t count = runs->count - RUNS_AT_ONCE + 1;

        status = join_last(runs, count < RUNS_AT_ONCE ? count : RUNS_AT_ONCE, diag);
    }
    if (status == STATUS_OK)
        status = open_last(runs, runs->count, pool, diag);
    if (status == STATUS_OK)
        *ret_join = runs->join;
    return status;
}

void part_runs_close(struct part_runs *runs)
{
    part_join_free(runs->join);
    runs->join = NULL;
    while (runs->reader_count)
        part_close(runs->readers[--runs->reader_count]);
}
