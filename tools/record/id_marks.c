#include "record/id_marks.h"

#include <string.h>

/* Parts by the upper bits of the marks, about this long. */
enum { PART_BITS_MOST = 12, PART_LEN = 2048 };

static unsigned bits_for(size_t count)
{
    unsigned bits = 0;

    while (bits < PART_BITS_MOST && count >> bits > PART_LEN)
        bits++;
    return bits;
}

static size_t part_of(uint64_t mark, unsigned bits)
{
    return bits ? (size_t)(mark >> (64 - bits)) : 0;
}

/* All the marks, parted by their upper bits, each list by a thread. */
struct parting {
    unsigned bits;
    uint64_t *marks;
    size_t *starts; /* part i begins at starts[i] */
};

/* The share of one thread: first a list, then some of the parts. */
struct mark_job {
    struct pool_job job;
    const struct parting *parting;
    const struct id_marks *list;
    size_t *places; /* by part: how many marks the list has, then where the next one goes */
    size_t first;   /* parts */
    size_t last;
    bool has_repeat;
    bool no_memory;
};

/* Marks of a chunk of the list. */
static size_t chunk_len(const struct id_marks *list, size_t chunk)
{
    size_t rest = list->count - chunk * MARK_CHUNK;

    return rest < MARK_CHUNK ? rest : MARK_CHUNK;
}

static size_t part_count(const struct parting *parting)
{
    return (size_t)1 << parting->bits;
}

static void count_parts(void *context, unsigned lane)
{
    struct mark_job *job = context;
    size_t c;
    size_t i;

    (void)lane;
    job->places = mem_alloc(part_count(job->parting), sizeof *job->places);
    job->no_memory = !job->places;
    for (c = 0; c < job->list->chunk_count && !job->no_memory; c++)
        for (i = 0; i < chunk_len(job->list, c); i++)
            job->places[part_of(job->list->chunks[c][i], job->parting->bits)]++;
}

static void put_parts(void *context, unsigned lane)
{
    struct mark_job *job = context;
    size_t c;
    size_t i;

    (void)lane;
    for (c = 0; c < job->list->chunk_count; c++)
        for (i = 0; i < chunk_len(job->list, c); i++) {
            uint64_t mark = job->list->chunks[c][i];

            job->parting->marks[job->places[part_of(mark, job->parting->bits)]++] = mark;
        }
}

/* Counts become places: in each part one list behind the other. */
static void place_parts(struct parting *parting, struct mark_job *jobs, size_t count)
{
    size_t at = 0;
    size_t p;
    size_t i;

    for (p = 0; p < part_count(parting); p++) {
        parting->starts[p] = at;
        for (i = 0; i < count; i++) {
            size_t marks = jobs[i].places[p];

            jobs[i].places[p] = at;
            at += marks;
        }
    }
    parting->starts[p] = at;
}

/* Puts the marks of a list into a table of at least twice their number. */
static bool has_repeat(const uint64_t *marks, size_t count, uint64_t *table, size_t size)
{
    bool has_zero = false;
    size_t i;

    memset(table, 0, size * sizeof *table);
    for (i = 0; i < count; i++) {
        uint64_t mark = marks[i];
        size_t at = (size_t)mark & (size - 1);

        if (mark == 0) {
            if (has_zero)
                return true;
            has_zero = true;
            continue;
        }
        while (table[at] != 0) {
            if (table[at] == mark)
                return true;
            at = (at + 1) & (size - 1);
        }
        table[at] = mark;
    }
    return false;
}

static size_t longest(const struct mark_job *job)
{
    const size_t *starts = job->parting->starts;
    size_t most = 0;
    size_t p;

    for (p = job->first; p < job->last; p++)
        most = starts[p + 1] - starts[p] > most ? starts[p + 1] - starts[p] : most;
    return most;
}

static void look_through(void *context, unsigned lane)
{
    struct mark_job *job = context;
    const struct parting *parting = job->parting;
    uint64_t *table;
    size_t size = 16;
    size_t p;

    (void)lane;
    while (size < 2 * longest(job))
        size *= 2;
    table = mem_alloc(size, sizeof *table);
    job->no_memory = !table;
    for (p = job->first; p < job->last && table && !job->has_repeat; p++)
        job->has_repeat = has_repeat(parting->marks + parting->starts[p],
                                     parting->starts[p + 1] - parting->starts[p], table, size);
    mem_free(table);
}

/* False when memory is out. */
static bool run_jobs(struct pool *pool, struct mark_job *jobs, size_t count,
                     void (*run)(void *context, unsigned lane))
{
    bool no_memory = false;
    size_t i;

    for (i = 0; i < count; i++) {
        jobs[i].job.run = run;
        jobs[i].job.context = &jobs[i];
        if (pool)
            pool_add(pool, &jobs[i].job);
        else
            run(&jobs[i], 0);
    }
    for (i = 0; i < count; i++) {
        if (pool)
            pool_wait(pool, &jobs[i].job);
        no_memory |= jobs[i].no_memory;
    }
    return !no_memory;
}

static bool part_and_look(struct parting *parting, struct mark_job *jobs, size_t count,
                          struct pool *pool)
{
    size_t i;

    if (!run_jobs(pool, jobs, count, count_parts))
        return false;
    place_parts(parting, jobs, count);
    if (!run_jobs(pool, jobs, count, put_parts))
        return false;
    for (i = 0; i < count; i++) {
        jobs[i].first = part_count(parting) * i / count;
        jobs[i].last = part_count(parting) * (i + 1) / count;
    }
    return run_jobs(pool, jobs, count, look_through);
}

bool id_marks_repeat(const struct id_marks *const *lists, size_t count, struct pool *pool,
                     bool *ret_repeat)
{
    struct mark_job *jobs = mem_alloc(count, sizeof *jobs);
    struct parting parting = {0, NULL, NULL};
    size_t marks = 0;
    bool done = false;
    size_t i;

    for (i = 0; i < count && jobs; i++) {
        jobs[i].parting = &parting;
        jobs[i].list = lists[i];
        marks += lists[i]->count;
    }
    parting.bits = bits_for(marks);
    parting.marks = mem_alloc(marks, sizeof *parting.marks);
    parting.starts = mem_alloc(part_count(&parting) + 1, sizeof *parting.starts);
    if (jobs && parting.marks && parting.starts)
        done = part_and_look(&parting, jobs, count, pool);
    *ret_repeat = false;
    for (i = 0; i < count && jobs; i++) {
        *ret_repeat |= jobs[i].has_repeat;
        mem_free(jobs[i].places);
    }
    mem_free(jobs);
    mem_free(parting.marks);
    mem_free(parting.starts);
    return done;
}

bool id_marks_grow(struct id_marks *marks)
{
    if (!mem_grow(&marks->chunks, marks->chunk_count, &marks->chunk_capacity,
                  sizeof *marks->chunks))
        return false;
    marks->next = mem_resize(NULL, MARK_CHUNK, sizeof *marks->next);
    if (!marks->next)
        return false;
    marks->chunks[marks->chunk_count++] = marks->next;
    return true;
}

void id_marks_done(struct id_marks *marks)
{
    size_t c;

    for (c = 0; c < marks->chunk_count; c++)
        mem_free(marks->chunks[c]);
    mem_free(marks->chunks);
    memset(marks, 0, sizeof *marks);
}

size_t id_marks_memory(const struct id_marks *marks)
{
    return marks->chunk_count * MARK_CHUNK * sizeof *marks->next;
}
