#include "base/mem.h"
#include "time/calendar_parts.h"
#include "time/civil_read.h"

/*
 * Years outside the table: years that are no years of tickets, but are found in them ("0001-01-01",
 * "9999-12-31"). The working time before each block of cells is counted when first asked for, once
 * for all threads; within a block cells are counted each time.
 */
enum { BLOCK_CELLS = 32 };

static const int64_t BLOCK_US = BLOCK_CELLS * 86400000000;

struct calendar_far {
    int64_t first;    /* number of the first block; 0 is the one where the table begins */
    int64_t before[]; /* of each, as calendar_worked counts */
};

/* Counts cells; those of a weekday in runs of the same version under the same clock only once. */
struct counter {
    struct cells cells;
    struct cell_windows found;
    struct {
        const struct calendar_version *version;
        int32_t offset;
        int64_t us;
    } plain[7];
};

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static void counter_init(struct counter *counter, const struct calendar *calendar)
{
    size_t i;

    cells_init(&counter->cells, &calendar->plan);
    for (i = 0; i < ARRAY_LEN(counter->plain); i++)
        counter->plain[i].version = NULL;
}

static int64_t count_cell(struct counter *counter, int64_t start)
{
    int64_t us = 0;
    size_t i;

    cells_windows(&counter->cells, start, &counter->found);
    for (i = 0; i < counter->found.count; i++)
        us += (counter->found.list[i].to - counter->found.list[i].from) * SECOND_US;
    return us;
}

static int64_t count_plain(struct counter *counter, const struct cell_run *run, int64_t start)
{
    if (counter->plain[run->weekday].version != run->version ||
        counter->plain[run->weekday].offset != run->offset) {
        counter->plain[run->weekday].version = run->version;
        counter->plain[run->weekday].offset = run->offset;
        counter->plain[run->weekday].us = count_cell(counter, start);
    }
    return counter->plain[run->weekday].us;
}

/* The first `count` cells of a run: whole weeks, and what is left. */
static int64_t count_run(struct counter *counter, struct cell_run run, int64_t count, int64_t start)
{
    int64_t week = 0;
    int64_t rest = 0;
    int64_t i;

    for (i = 0; i < count && i < 7; i++) {
        int64_t us = count_plain(counter, &run, start + i * DAY_US);

        run.weekday = run.weekday == 6 ? 0 : run.weekday + 1;
        week += us;
        rest += i < count % 7 ? us : 0;
    }
    return count / 7 * week + rest;
}

/* From one instant to another, whole cells apart. */
static int64_t count_cells(struct counter *counter, int64_t start, int64_t until)
{
    int64_t us = 0;

    while (start < until) {
        struct cell_run run = cells_run(&counter->cells, start);
        int64_t count = (until - start) / DAY_US;

        if (run.count == 0) {
            us += count_cell(counter, start);
            start += DAY_US;
            continue;
        }
        count = run.count < count ? run.count : count;
        us += count_run(counter, run, count, start);
        start += count * DAY_US;
    }
    return us;
}

static int64_t count_block(struct counter *counter, int64_t start)
{
    return count_cells(counter, start, start + BLOCK_US);
}

static int64_t first_block(const struct calendar *calendar)
{
    return floor_divide(CIVIL_FIRST_US - calendar->table.base, BLOCK_US);
}

static int64_t end_block(const struct calendar *calendar)
{
    return floor_divide(CIVIL_LAST_US - calendar->table.base, BLOCK_US) + 1;
}

static struct calendar_far *count_all(const struct calendar *calendar)
{
    int64_t first = first_block(calendar);
    int64_t end = end_block(calendar);
    size_t count = (size_t)(end - first) + 1;
    struct calendar_far *far = mem_alloc(sizeof *far + count * sizeof far->before[0], 1);
    struct counter *counter = mem_alloc(1, sizeof *counter);
    int64_t sum = 0;
    size_t i;

    if (!far || !counter) {
        mem_free(counter);
        mem_free(far);
        return NULL;
    }
    counter_init(counter, calendar);
    far->first = first;
    for (i = 0; i < count; i++) {
        far->before[i] = sum;
        sum += count_block(counter, calendar->table.base + (first + (int64_t)i) * BLOCK_US);
    }
    sum = far->before[-first];
    for (i = 0; i < count; i++)
        far->before[i] -= sum;
    mem_free(counter);
    return far;
}

/* NULL when memory is out; then everything is counted each time. */
static const struct calendar_far *find_far(const struct calendar *calendar)
{
    struct calendar_far *far = atomic_load(calendar->far);
    struct calendar_far *counted;

    if (far)
        return far;
    counted = count_all(calendar);
    if (counted && !atomic_compare_exchange_strong(calendar->far, &far, counted)) {
        mem_free(counted); /* another thread was first */
        return far;
    }
    return counted;
}

void calendar_far_free(struct calendar_far *far)
{
    mem_free(far);
}

static int64_t worked_before(const struct calendar *calendar, struct counter *counter,
                             int64_t block)
{
    const struct calendar_far *far = find_far(calendar);
    int64_t sum = 0;
    int64_t i;

    if (far)
        return far->before[block - far->first];
    for (i = 0; i < block; i++)
        sum += count_block(counter, calendar->table.base + i * BLOCK_US);
    for (i = block; i < 0; i++)
        sum -= count_block(counter, calendar->table.base + i * BLOCK_US);
    return sum;
}

int64_t calendar_worked_far(const struct calendar *calendar, int64_t us)
{
    struct counter counter;
    int64_t block;
    int64_t start;
    int64_t cell;
    int64_t sum;
    size_t i;

    if (us < CIVIL_FIRST_US)
        us = CIVIL_FIRST_US;
    if (us > CIVIL_LAST_US)
        us = CIVIL_LAST_US + 1;
    if (calendar->plan.is_always)
        return us;
    counter_init(&counter, calendar);
    block = floor_divide(us - calendar->table.base, BLOCK_US);
    start = calendar->table.base + block * BLOCK_US;
    cell = us - (us - start) % DAY_US;
    sum = worked_before(calendar, &counter, block) + count_cells(&counter, start, cell);
    cells_windows(&counter.cells, cell, &counter.found);
    for (i = 0; i < counter.found.count; i++) {
        int64_t open = cell + counter.found.list[i].from * SECOND_US;
        int64_t close = cell + counter.found.list[i].to * SECOND_US;

        if (us > open)
            sum += (us < close ? us : close) - open;
    }
    return sum;
}

/* In a block that reaches it. */
static int64_t first_in_block(const struct calendar *calendar, struct counter *counter,
                              int64_t block, int64_t need)
{
    int64_t start = calendar->table.base + block * BLOCK_US;
    int64_t next;
    size_t i;

    while (need > (next = count_cell(counter, start))) {
        need -= next;
        start += DAY_US;
    }
    cells_windows(&counter->cells, start, &counter->found);
    for (i = 0;
         need > (next = (counter->found.list[i].to - counter->found.list[i].from) * SECOND_US); i++)
        need -= next;
    return start + counter->found.list[i].from * SECOND_US + need;
}

int64_t calendar_first_worked_far(const struct calendar *calendar, int64_t worked)
{
    int64_t low = first_block(calendar);
    int64_t high = end_block(calendar);
    struct counter counter;

    counter_init(&counter, calendar);
    if (worked <= worked_before(calendar, &counter, low) ||
        worked > worked_before(calendar, &counter, high))
        return INT64_MIN;
    while (high - low > 1) { /* before low is less, before high is enough */
        int64_t middle = low + (high - low) / 2;

        if (worked_before(calendar, &counter, middle) < worked)
            low = middle;
        else
            high = middle;
    }
    return first_in_block(calendar, &counter, low, worked - worked_before(calendar, &counter, low));
}
