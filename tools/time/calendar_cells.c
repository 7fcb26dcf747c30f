#include "time/calendar_cells.h"

#include <string.h>

#include "time/civil_read.h"

/* Any offset is less than this, and a change of it less than twice as much. */
static const int64_t OFFSET_MOST_US = 93600000000;

void cells_init(struct cells *cells, const struct calendar_plan *plan)
{
    memset(cells, 0, sizeof *cells);
    cells->plan = plan;
}

static int64_t within_years(int64_t us)
{
    if (us < CIVIL_FIRST_US)
        return CIVIL_FIRST_US;
    return us > CIVIL_LAST_US ? CIVIL_LAST_US : us;
}

static int64_t date_of(int64_t local_us)
{
    return local_us >= 0 ? local_us / DAY_US : -((DAY_US - 1 - local_us) / DAY_US);
}

/* What a change of the clock into a stretch can reach of the other side of it. */
static int64_t reach_of(const struct zone_stretch *here, const struct zone_stretch *other)
{
    int64_t most = 2 * OFFSET_MOST_US;

    /* changes that follow each other soon add up */
    if (other->from != INT64_MIN && other->until != INT64_MAX && other->until - other->from < most)
        return most;
    return (here->offset > other->offset ? here->offset - other->offset
                                         : other->offset - here->offset) *
           SECOND_US;
}

static void find_stretch(struct cells *cells, int64_t us)
{
    const struct zone *zone = cells->plan->zone;
    struct zone_stretch other;

    cells->stretch = zone_stretch(zone, (struct instant){us});
    cells->margin_before = cells->margin_after = 0;
    if (cells->stretch.from > CIVIL_FIRST_US) {
        other = zone_stretch(zone, (struct instant){cells->stretch.from - 1});
        cells->margin_before = reach_of(&cells->stretch, &other);
    }
    if (cells->stretch.until <= CIVIL_LAST_US) {
        other = zone_stretch(zone, (struct instant){cells->stretch.until});
        cells->margin_after = reach_of(&cells->stretch, &other);
    }
}

/* The clock changes neither in the cell nor so near that a time of it occurs twice or never. */
static bool is_steady(struct cells *cells, int64_t start)
{
    const struct zone_stretch *stretch = &cells->stretch;
    int64_t us = within_years(start);

    if (us < stretch->from || us >= stretch->until)
        find_stretch(cells, us);
    return (stretch->from == INT64_MIN || start - stretch->from >= cells->margin_before) &&
           (stretch->until == INT64_MAX || stretch->until - start >= DAY_US + cells->margin_after);
}

/* Cells that a change of the clock does not reach; any number, when there is none. */
static int64_t steady_run(const struct cells *cells, int64_t start)
{
    if (cells->stretch.until == INT64_MAX)
        return INT64_MAX;
    return (cells->stretch.until - cells->margin_after - start) / DAY_US;
}

struct cell_run cells_run(struct cells *cells, int64_t start)
{
    struct cell_run run = {0, NULL, 0, 0};
    int64_t steady;
    int64_t date;

    if (!is_steady(cells, start))
        return run;
    run.offset = cells->stretch.offset;
    date = date_of(start + run.offset * SECOND_US);
    run.weekday = civil_weekday(date) - 1;
    run.count = (int64_t)calendar_plain_run(cells->plan, &cells->years, date, &run.version);
    steady = steady_run(cells, start);
    run.count = run.count < steady ? run.count : steady;
    return run;
}

/* Adds [from, until), in microseconds from the beginning of the cell, as far as it lies in it. */
static void add_clipped(struct cell_windows *windows, int64_t from, int64_t until)
{
    if (from < 0)
        from = 0;
    if (until > DAY_US)
        until = DAY_US;
    if (from < until) {
        struct day_window window = {(int32_t)(from / SECOND_US), (int32_t)(until / SECOND_US)};

        windows_join(windows->list, &windows->count, window);
    }
}

static void add_steady(struct cells *cells, int64_t start, int64_t date,
                       struct cell_windows *windows)
{
    int64_t midnight = date * DAY_US - cells->stretch.offset * SECOND_US - start;
    struct day_shape shape;
    size_t i;

    calendar_day_shape(cells->plan, &cells->years, date, &shape);
    for (i = 0; i < shape.count; i++)
        add_clipped(windows, midnight + shape.list[i].from * SECOND_US,
                    midnight + shape.list[i].to * SECOND_US);
}

static void add_near_change(struct cells *cells, int64_t start, int64_t date,
                            struct cell_windows *windows)
{
    const struct zone *zone = cells->plan->zone;
    struct day_shape shape;
    size_t i;

    calendar_day_shape(cells->plan, &cells->years, date, &shape);
    for (i = 0; i < shape.count; i++) {
        struct local from = {date * DAY_US + shape.list[i].from * SECOND_US};
        struct local to = {date * DAY_US + shape.list[i].to * SECOND_US};
        struct instant opening;
        struct instant closing;
        struct instant other;

        zone_to_instant(zone, from, &opening, &other);
        zone_to_instant(zone, to, &other, &closing);
        add_clipped(windows, opening.us - start, closing.us - start);
    }
}

void cells_windows(struct cells *cells, int64_t start, struct cell_windows *ret_windows)
{
    const struct zone *zone = cells->plan->zone;
    int64_t near; /* dates */
    int64_t date;
    int64_t last;

    ret_windows->count = 0;
    if (is_steady(cells, start)) {
        date = date_of(start + cells->stretch.offset * SECOND_US);
        last = date_of(start + DAY_US - 1 + cells->stretch.offset * SECOND_US);
        for (; date <= last; date++)
            if (date >= FIRST_DATE && date <= LAST_DATE)
                add_steady(cells, start, date, ret_windows);
        return;
    }
    near = cells->margin_before > cells->margin_after ? cells->margin_before : cells->margin_after;
    near = near / DAY_US + 1;
    date = date_of(zone_local(zone, (struct instant){within_years(start)}).us) - near;
    last = date_of(zone_local(zone, (struct instant){within_years(start + DAY_US)}).us) + near;
    for (; date <= last; date++)
        if (date >= FIRST_DATE && date <= LAST_DATE)
            add_near_change(cells, start, date, ret_windows);
}
