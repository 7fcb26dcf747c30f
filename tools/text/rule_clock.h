/*
 * The processor time that rules take one by one, where matching with them is slow.
 *
 * Call: rule_clock_new; for each block rule_clock_begin, around each match rule_clock_before and
 *       rule_clock_behind, and rule_clock_end; rule_clock_free.
 * Owns: the caller owns the clock.
 * Errors: NULL when memory is out. A clock of the system that cannot be read stands still.
 * Units: nanoseconds; places in bytes of the block.
 *
 * Matches are looked at by windows of some in a row. What a window takes as a whole costs one look
 * at a clock at either end, and nothing more while it is quick. Behind a slow window, and at the
 * very beginning, each match of the next one is timed: by the clock on the wall, which is cheap,
 * and in the share of it that the thread had of the processor. So what is told is rather too little:
 * of what was quick, and of the first slow window behind it, nothing.
 *
 * Time is told about; no answer depends on it.
 * Threads: one clock, one thread, the same from the begin of a window to its end.
 */
#ifndef CFAUDIT_TEXT_RULE_CLOCK_H
#define CFAUDIT_TEXT_RULE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Matches of one window: so few that one slow rule is not missed for long. */
enum { RULE_CLOCK_WINDOW = 64 };

/* Where time comes from. */
struct time_source {
    uint64_t (*elapsed)(void *context);   /* on the wall */
    uint64_t (*processor)(void *context); /* of the thread */
    void *context;
};

struct timed_match {
    size_t rule;
    uint64_t elapsed;
};

struct rule_clock {
    struct time_source source;
    uint64_t *spent; /* by rule */
    unsigned count;  /* matches of the window */
    bool is_timed;   /* each of them */
    size_t place;    /* where the window begins */
    uint64_t began;
    uint64_t processor; /* then, of a timed one */
    uint64_t match_began;
    struct timed_match matches[RULE_CLOCK_WINDOW];
};

/* NULL for the clocks of the system. */
struct rule_clock *rule_clock_new(size_t rules, const struct time_source *source);
void rule_clock_free(struct rule_clock *clock); /* accepts NULL */
/* A window that was begun with is forgotten: the block before was left early. */
void rule_clock_begin(struct rule_clock *clock);
/* The end of the window, at that place. */
void rule_clock_end(struct rule_clock *clock, size_t place);

/* For the two below. */
void rule_clock_look(struct rule_clock *clock, size_t place);
void rule_clock_take(struct rule_clock *clock, size_t rule);

/* A text that begins at that place is going to be matched. */
static inline void rule_clock_before(struct rule_clock *clock, size_t place)
{
    if (clock->is_timed || clock->count == 0)
        rule_clock_look(clock, place);
}

/* It was, up to that place, with the rule. */
static inline void rule_clock_behind(struct rule_clock *clock, size_t rule, size_t place)
{
    if (clock->is_timed)
        rule_clock_take(clock, rule);
    if (++clock->count == RULE_CLOCK_WINDOW)
        rule_clock_end(clock, place);
}

#endif
