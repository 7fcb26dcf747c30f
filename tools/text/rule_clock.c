#include "text/rule_clock.h"

#include <time.h>

#include "base/mem.h"

/* Nanoseconds of a byte from which on a window is slow: 20 MB/s, where reading is far quicker. */
enum { SLOW_BYTE = 50 };
/* What takes less says nothing about anybody. */
enum { SLOW_WINDOW = 5000 };

/* --- the clocks of the system --- */

static uint64_t read_clock(clockid_t id)
{
    struct timespec time;

    if (clock_gettime(id, &time) != 0)
        return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t wall_elapsed(void *context)
{
    (void)context;
    return read_clock(CLOCK_MONOTONIC);
}

static uint64_t thread_processor(void *context)
{
    (void)context;
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

/* --- windows --- */

struct rule_clock *rule_clock_new(size_t rules, const struct time_source *source)
{
    static const struct time_source of_system = {wall_elapsed, thread_processor, NULL};
    struct rule_clock *clock = mem_alloc(1, sizeof *clock);

    if (!clock)
        return NULL;
    clock->source = source ? *source : of_system;
    clock->is_timed = true;
    clock->spent = mem_alloc(rules + 1, sizeof *clock->spent);
    if (clock->spent)
        return clock;
    rule_clock_free(clock);
    return NULL;
}

void rule_clock_free(struct rule_clock *clock)
{
    if (!clock)
        return;
    mem_free(clock->spent);
    mem_free(clock);
}

void rule_clock_begin(struct rule_clock *clock)
{
    clock->count = 0;
}

static uint64_t elapsed(const struct rule_clock *clock)
{
    return clock->source.elapsed(clock->source.context);
}

static uint64_t processor(const struct rule_clock *clock)
{
    return clock->source.processor(clock->source.context);
}

static uint64_t since(uint64_t now, uint64_t then)
{
    return now > then ? now - then : 0;
}

void rule_clock_look(struct rule_clock *clock, size_t place)
{
    if (clock->count == 0) {
        clock->place = place;
        if (clock->is_timed)
            clock->processor = processor(clock);
        clock->began = clock->match_began = elapsed(clock);
    } else {
        clock->match_began = elapsed(clock);
    }
}

void rule_clock_take(struct rule_clock *clock, size_t rule)
{
    clock->matches[clock->count] =
        (struct timed_match){rule, since(elapsed(clock), clock->match_began)};
}

/* Each match took the processor for the same part of its time as the window did. */
static void settle(struct rule_clock *clock, uint64_t whole)
{
    uint64_t used = since(processor(clock), clock->processor);
    double share = used < whole ? (double)used / (double)whole : 1;
    unsigned i;

    for (i = 0; i < clock->count; i++)
        clock->spent[clock->matches[i].rule] +=
            (uint64_t)(share * (double)clock->matches[i].elapsed);
}

void rule_clock_end(struct rule_clock *clock, size_t place)
{
    uint64_t whole;

    if (clock->count == 0)
        return;
    whole = since(elapsed(clock), clock->began);
    if (clock->is_timed)
        settle(clock, whole);
    clock->is_timed =
        whole > SLOW_WINDOW && whole / SLOW_BYTE > (uint64_t)(place - clock->place);
    clock->count = 0;
}
