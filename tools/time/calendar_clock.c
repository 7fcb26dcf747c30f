#include <stdlib.h>

#include "time/calendar_parts.h"
#include "time/civil_read.h"

/* --- between and after --- */

struct span calendar_between(const struct calendar *calendar, struct instant from,
                             struct instant until)
{
    return calendar_elapsed(&calendar->table, from, until);
}

/* --- columns --- */

static int64_t elapsed_of(const struct calendar *calendar, int64_t start, int64_t end)
{
    if (start == INT64_MIN || end < start)
        return INT64_MIN;
    return calendar_between(calendar, (struct instant){start}, (struct instant){end}).us;
}

/* With the width of the cells known, a look-up has no loop. */
static inline __attribute__((always_inline)) void elapsed_wide(const struct calendar_table *table,
                                                               const int64_t *starts,
                                                               const int64_t *ends, size_t count,
                                                               size_t width, int64_t *ret_elapsed)
{
    const struct calendar_table own = *table; /* which no store to the results can change */
    size_t i;

    for (i = 0; i < count; i++) {
        uint64_t start = (uint64_t)starts[i] - (uint64_t)own.base;
        uint64_t end = (uint64_t)ends[i] - (uint64_t)own.base;

        if (start <= end && end < own.reach)
            ret_elapsed[i] =
                calendar_worked_wide(&own, end, width) - calendar_worked_wide(&own, start, width);
        else
            ret_elapsed[i] = elapsed_of(own.calendar, starts[i], ends[i]);
    }
}

void calendar_elapsed_column(const struct calendar_table *table, const int64_t *starts,
                             const int64_t *ends, size_t count, int64_t *ret_elapsed)
{
    switch (table->width) { /* what most calendars have, unrolled */
    case 1:
        elapsed_wide(table, starts, ends, count, 1, ret_elapsed);
        break;
    case 2:
        elapsed_wide(table, starts, ends, count, 2, ret_elapsed);
        break;
    default:
        elapsed_wide(table, starts, ends, count, table->width, ret_elapsed);
        break;
    }
}

/* --- deadlines --- */

/* In the table: the last cell before which less was worked, which is seldom far from `from`. */
static size_t find_cell(const struct calendar *calendar, int64_t from, int64_t worked)
{
    const struct calendar_table *table = &calendar->table;
    size_t count = (size_t)(table->reach / (uint64_t)DAY_US);
    uint64_t at = (uint64_t)from - (uint64_t)table->base;
    size_t low = at < table->reach ? (size_t)(at / (uint64_t)DAY_US) : 0;
    size_t high = low + 1;

    while (high < count && table->cells[high].before * SECOND_US < worked) {
        size_t next = high + 2 * (high - low);

        low = high;
        high = next < count ? next : count;
    }
    while (high - low > 1) { /* before low is less, before high is enough */
        size_t middle = low + (high - low) / 2;

        if (table->cells[middle].before * SECOND_US < worked)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The first instant from `from` on by which so much was worked in all, as calendar_worked counts;
   more than was worked at `from`. */
static struct instant first_worked(const struct calendar *calendar, int64_t from, int64_t worked)
{
    const struct calendar_table *table = &calendar->table;
    const struct table_window *window;
    int64_t need;
    int64_t us;
    size_t cell;

    if (calendar->plan.is_always) {
        us = worked;
    } else if (worked <= 0 || worked > calendar->total) {
        us = calendar_first_worked_far(calendar, worked);
    } else {
        cell = find_cell(calendar, from, worked);
        window = table->windows + table->cells[cell].windows;
        for (need = worked - table->cells[cell].before * SECOND_US; need > window->length; window++)
            need -= window->length;
        us = table->base + (int64_t)cell * DAY_US + window->open + need;
    }
    return us > CIVIL_LAST_US ? INSTANT_MISSING : (struct instant){us};
}

struct instant calendar_after(const struct calendar *calendar, struct instant from,
                              struct span span)
{
    struct instant deadline;
    int64_t before;

    if (instant_is_missing(from) || span.us > CIVIL_LAST_US - CIVIL_FIRST_US)
        return INSTANT_MISSING;
    before = calendar_worked(&calendar->table, from.us);
    if (span.us > 0)
        return first_worked(calendar, from.us, before + span.us);
    /* the opening is just before the first microsecond of work */
    deadline = first_worked(calendar, from.us, before + 1);
    deadline.us -= !instant_is_missing(deadline);
    return deadline;
}

/* --- pauses --- */

static int64_t start_of(const struct pause *pause)
{
    return pause->from.us; /* missing is the least */
}

static int64_t end_of(const struct pause *pause)
{
    return instant_is_missing(pause->until) ? INT64_MAX : pause->until.us;
}

static int by_start(const void *left, const void *right)
{
    int64_t a = start_of(left);
    int64_t b = start_of(right);

    return (a > b) - (a < b);
}

/* Mostly they are few and in order already. */
static void put_in_order(struct pause *pauses, size_t count)
{
    size_t i;

    for (i = 1; i < count; i++) {
        if (start_of(&pauses[i]) < start_of(&pauses[i - 1])) {
            qsort(pauses, count, sizeof *pauses, by_start);
            return;
        }
    }
}

struct span calendar_between_without(const struct calendar *calendar, struct instant from,
                                     struct instant until, struct pause *pauses, size_t count)
{
    int64_t at = from.us; /* all before is counted */
    int64_t sum = 0;
    size_t i;

    if (until.us < from.us) {
        sum = calendar_between_without(calendar, until, from, pauses, count).us;
        return (struct span){-sum};
    }
    put_in_order(pauses, count);
    for (i = 0; i < count && start_of(&pauses[i]) < until.us; i++) {
        if (start_of(&pauses[i]) > at && end_of(&pauses[i]) > start_of(&pauses[i]))
            sum += calendar_between(calendar, (struct instant){at}, pauses[i].from).us;
        if (end_of(&pauses[i]) > at && end_of(&pauses[i]) > start_of(&pauses[i]))
            at = end_of(&pauses[i]);
    }
    if (at < until.us)
        sum += calendar_between(calendar, (struct instant){at}, until).us;
    return (struct span){sum};
}

struct instant calendar_after_without(const struct calendar *calendar, struct instant from,
                                      struct span span, struct pause *pauses, size_t count)
{
    struct instant deadline = calendar_after(calendar, from, span);
    size_t i;

    put_in_order(pauses, count);
    for (i = 0; i < count && !instant_is_missing(deadline); i++) {
        int64_t start = start_of(&pauses[i]) > from.us ? start_of(&pauses[i]) : from.us;

        if (end_of(&pauses[i]) <= start)
            continue;
        /* nothing of the span left: what opens at the pause's start, opens at its end */
        if (span.us > 0 ? deadline.us <= start : deadline.us < start)
            break;
        span.us -= calendar_between(calendar, from, (struct instant){start}).us;
        if (instant_is_missing(pauses[i].until))
            return INSTANT_MISSING;
        from = pauses[i].until;
        deadline = calendar_after(calendar, from, span);
    }
    return deadline;
}
