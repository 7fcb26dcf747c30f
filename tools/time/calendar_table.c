#include "time/calendar_table.h"

#include <string.h>

#include "base/mem.h"
#include "time/calendar_parts.h"
#include "time/civil_read.h"

enum { FIRST_YEAR = 1970, END_YEAR = 2100 };

/* Windows of cells that were met, each kind kept once. */
struct pattern {
    size_t first;
    size_t count;
    uint32_t seconds;
};

struct patterns {
    struct pattern *list;
    size_t count;
    size_t capacity;
    struct day_window *windows;
    size_t window_count;
    size_t window_capacity;
    size_t width; /* most windows of one */
};

/* The last pattern of each weekday, good for runs of the same version under the same clock. */
struct plain_pattern {
    const struct calendar_version *version;
    int32_t offset;
    size_t pattern;
};

struct builder {
    struct cells cells;
    struct cell_windows found;
    struct patterns patterns;
    struct plain_pattern plain[7];
};

static uint32_t sum_of(const struct cell_windows *windows)
{
    uint32_t sum = 0;
    size_t i;

    for (i = 0; i < windows->count; i++)
        sum += (uint32_t)(windows->list[i].to - windows->list[i].from);
    return sum;
}

static bool add_pattern(struct patterns *patterns, const struct cell_windows *windows)
{
    size_t i;

    if (!mem_grow(&patterns->list, patterns->count, &patterns->capacity, sizeof *patterns->list))
        return false;
    patterns->list[patterns->count] =
        (struct pattern){patterns->window_count, windows->count, sum_of(windows)};
    for (i = 0; i < windows->count; i++) {
        if (!mem_grow(&patterns->windows, patterns->window_count, &patterns->window_capacity,
                      sizeof *patterns->windows))
            return false;
        patterns->windows[patterns->window_count++] = windows->list[i];
    }
    patterns->count++;
    if (windows->count > patterns->width)
        patterns->width = windows->count;
    return true;
}

/* Place of the pattern, new or met before; SIZE_MAX when memory is out. */
static size_t keep_pattern(struct patterns *patterns, const struct cell_windows *windows)
{
    uint32_t seconds = sum_of(windows);
    size_t i;

    for (i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = &patterns->list[i];

        if (pattern->seconds == seconds && pattern->count == windows->count &&
            (windows->count == 0 || memcmp(patterns->windows + pattern->first, windows->list,
                                           windows->count * sizeof *windows->list) == 0))
            return i;
    }
    return add_pattern(patterns, windows) ? i : SIZE_MAX;
}

static size_t find_pattern(struct builder *builder, int64_t start)
{
    cells_windows(&builder->cells, start, &builder->found);
    return keep_pattern(&builder->patterns, &builder->found);
}

static size_t find_plain(struct builder *builder, const struct cell_run *run, unsigned weekday,
                         int64_t start)
{
    struct plain_pattern *plain = &builder->plain[weekday];

    if (plain->version != run->version || plain->offset != run->offset)
        *plain = (struct plain_pattern){run->version, run->offset, find_pattern(builder, start)};
    return plain->pattern;
}

/* Cells refer to patterns, until these are known to be all. */
static bool fill_cells(struct builder *builder, struct calendar *calendar, size_t count)
{
    struct cell_run run = {0, NULL, 0, 0};
    uint32_t before = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        int64_t start = calendar->table.base + (int64_t)i * DAY_US;
        size_t pattern;

        if (run.count == 0)
            run = cells_run(&builder->cells, start);
        if (run.count > 0) {
            pattern = find_plain(builder, &run, run.weekday, start);
            run.weekday = run.weekday == 6 ? 0 : run.weekday + 1;
            run.count--;
        } else {
            pattern = find_pattern(builder, start);
        }
        if (pattern == SIZE_MAX)
            return false;
        calendar->cells[i] = (struct table_cell){before, (uint32_t)pattern};
        before += builder->patterns.list[pattern].seconds;
    }
    calendar->cells[count] = (struct table_cell){before, 0};
    calendar->total = before * SECOND_US;
    return true;
}

static bool spread_windows(const struct patterns *patterns, struct calendar *calendar, size_t count)
{
    size_t width = patterns->width;
    size_t i;
    size_t j;

    calendar->windows = mem_alloc(patterns->count * width + 1, sizeof *calendar->windows);
    if (!calendar->windows)
        return false;
    for (i = 0; i < patterns->count; i++) {
        const struct pattern *pattern = &patterns->list[i];

        for (j = 0; j < pattern->count; j++) {
            const struct day_window *window = &patterns->windows[pattern->first + j];

            calendar->windows[i * width + j] = (struct table_window){
                window->from * SECOND_US, (window->to - window->from) * SECOND_US};
        }
    }
    for (i = 0; i < count; i++)
        calendar->cells[i].windows *= (uint32_t)width;
    return true;
}

/* A cell begins at the local midnight of the zone's usual clock, which is that of January. */
static int64_t find_base(const struct zone *zone)
{
    struct instant first = {days_of(2000, 1, 1) * DAY_US};

    return days_of(FIRST_YEAR, 1, 1) * DAY_US - zone_offset(zone, first) * SECOND_US;
}

enum status calendar_table_build(struct calendar *calendar, struct diag *diag)
{
    struct calendar_table *table = &calendar->table;
    size_t count = (size_t)(days_of(END_YEAR, 1, 1) - days_of(FIRST_YEAR, 1, 1));
    struct builder *builder = mem_alloc(1, sizeof *builder);
    enum status status = STATUS_OK;

    table->base = find_base(calendar->plan.zone);
    calendar->cells = mem_alloc(count + 1, sizeof *calendar->cells);
    if (builder)
        cells_init(&builder->cells, &calendar->plan);
    if (!builder || !calendar->cells || !fill_cells(builder, calendar, count) ||
        !spread_windows(&builder->patterns, calendar, count))
        status = diag_no_memory(diag);
    if (status == STATUS_OK) {
        table->width = builder->patterns.width;
        table->cells = calendar->cells;
        table->windows = calendar->windows;
        table->reach = (uint64_t)count * (uint64_t)DAY_US;
    }
    if (builder) {
        mem_free(builder->patterns.list);
        mem_free(builder->patterns.windows);
    }
    mem_free(builder);
    return status;
}
