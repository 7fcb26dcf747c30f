#include "measure/parity.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stat/compare.h"
#include "stat/proportion.h"
#include "stat/random.h"
#include "time/instant.h"

static const int64_t WITHIN = 60 * MINUTE_US;

static const char *const reading_names[PARITY_READINGS] = {
    [PARITY_UNDECIDED] = "undecided",
    [PARITY_INVERTED] = "inverted-pyramid",
    [PARITY_BALANCED] = "balanced",
    [PARITY_CLASSIC] = "classic-pyramid",
};

const char *parity_reading_name(enum parity_reading reading)
{
    return reading_names[reading];
}

static enum parity_side side_of(const struct parity_reply *reply)
{
    return reply->is_boss ? PARITY_BOSS : PARITY_CUSTOMER;
}

/* --- shares --- */

static void fill_shares(const struct parity_reply *replies, size_t count, struct parity *parity)
{
    size_t i;

    for (i = 0; i < count; i++) {
        enum parity_side side = side_of(&replies[i]);

        parity->n[side]++;
        parity->unanswered[side] += replies[i].is_unanswered;
        parity->within[side] += !replies[i].is_unanswered && replies[i].wait <= WITHIN;
    }
    for (i = 0; i < PARITY_SIDES; i++)
        parity->share[i] =
            parity->n[i] ? (double)parity->within[i] / (double)parity->n[i] : NAN;
    parity->difference = parity->share[PARITY_BOSS] - parity->share[PARITY_CUSTOMER];
    if (!stat_newcombe(parity->within[PARITY_BOSS], parity->n[PARITY_BOSS],
                       parity->within[PARITY_CUSTOMER], parity->n[PARITY_CUSTOMER],
                       &parity->difference_limits))
        parity->difference_limits = (struct interval){NAN, NAN};
}

/* --- cells --- */

/* A run of replies of one cell, customers first. */
struct cell {
    size_t first[PARITY_SIDES];
    size_t count[PARITY_SIDES];
};

/* What is compared: replies in cells, each with its weight, and their order by wait. */
struct comparison {
    struct parity_reply *replies;
    struct cell *cells;
    size_t cell_count;
    uint32_t *cell_of;
    uint32_t *by_wait; /* numbers of replies */
    uint32_t *drawn;   /* how often each was, in this draw */
    size_t count;
};

static int compare_cells(const void *a, const void *b)
{
    const struct parity_reply *left = a;
    const struct parity_reply *right = b;

    if (left->cell != right->cell)
        return left->cell < right->cell ? -1 : 1;
    if (left->is_boss != right->is_boss)
        return left->is_boss ? 1 : -1;
    return left->wait < right->wait ? -1 : left->wait > right->wait;
}

static size_t cell_end(const struct parity_reply *replies, size_t count, size_t first)
{
    size_t end = first;

    while (end < count && replies[end].cell == replies[first].cell)
        end++;
    return end;
}

/* Only cells with enough of each kind stay, at the front; how many replies these have. */
static size_t keep_matched(struct parity_reply *replies, size_t count, struct parity *parity)
{
    size_t kept = 0;
    size_t first;
    size_t end;
    size_t i;

    for (first = 0; first < count; first = end) {
        size_t n[PARITY_SIDES] = {0, 0};

        end = cell_end(replies, count, first);
        for (i = first; i < end; i++)
            n[side_of(&replies[i])]++;
        if (n[PARITY_CUSTOMER] < PARITY_CELL_LEAST || n[PARITY_BOSS] < PARITY_CELL_LEAST)
            continue;
        parity->cells++;
        for (i = 0; i < PARITY_SIDES; i++)
            parity->matched[i] += n[i];
        for (i = first; i < end; i++) {
            struct parity_reply moved = replies[i];

            replies[i] = replies[kept];
            replies[kept++] = moved;
        }
    }
    return kept;
}

static void make_cells(struct comparison *c)
{
    size_t first;
    size_t end;
    size_t i;

    for (first = 0; first < c->count; first = end) {
        struct cell *cell = &c->cells[c->cell_count];

        end = cell_end(c->replies, c->count, first);
        cell->first[PARITY_CUSTOMER] = first;
        for (i = first; i < end; i++) {
            cell->count[side_of(&c->replies[i])]++;
            c->cell_of[i] = (uint32_t)c->cell_count;
        }
        cell->first[PARITY_BOSS] = first + cell->count[PARITY_CUSTOMER];
        c->cell_count++;
    }
}

/* --- medians --- */

/* Customers stand for themselves, the boss's replies for as many customers as their cell has. */
static double weight_of(const struct comparison *c, size_t number)
{
    const struct cell *cell = &c->cells[c->cell_of[number]];

    return c->replies[number].is_boss && cell->count[PARITY_BOSS]
               ? (double)cell->count[PARITY_CUSTOMER] / (double)cell->count[PARITY_BOSS]
               : 1;
}

static double median_of(const struct comparison *c, enum parity_side side)
{
    double all = 0;
    double sum = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        if (side_of(&c->replies[i]) == side)
            all += weight_of(c, i) * c->drawn[i];
    for (i = 0; i < c->count; i++) {
        size_t number = c->by_wait[i];

        if (side_of(&c->replies[number]) != side || c->drawn[number] == 0)
            continue;
        sum += weight_of(c, number) * c->drawn[number];
        if (sum > all / 2 * (1 + 1e-12))
            return (double)c->replies[number].wait;
        if (sum < all / 2 * (1 - 1e-12))
            continue;
        /* just half: between this one and the next */
        for (i++; i < c->count; i++) {
            size_t next = c->by_wait[i];

            if (side_of(&c->replies[next]) == side && c->drawn[next])
                return ((double)c->replies[number].wait + (double)c->replies[next].wait) / 2;
        }
    }
    return NAN;
}

static double ratio_of(const struct comparison *c)
{
    double boss = median_of(c, PARITY_BOSS);

    return boss > 0 ? median_of(c, PARITY_CUSTOMER) / boss : NAN;
}

/* --- bootstrap --- */

/* Within each cell as many of each kind as there are. */
static void draw(struct comparison *c, uint64_t seed, uint64_t *index)
{
    size_t cell;
    size_t side;
    size_t i;

    for (i = 0; i < c->count; i++)
        c->drawn[i] = 0;
    for (cell = 0; cell < c->cell_count; cell++)
        for (side = 0; side < PARITY_SIDES; side++)
            for (i = 0; i < c->cells[cell].count[side]; i++)
                c->drawn[c->cells[cell].first[side] +
                         (size_t)(random_unit(seed, (*index)++) *
                                  (double)c->cells[cell].count[side])]++;
}

static bool bootstrap(struct comparison *c, uint64_t seed, struct interval *ret_limits)
{
    double *ratios = mem_alloc(BOOTSTRAP_DRAWS, sizeof *ratios);
    uint64_t index = 0;
    size_t count = 0;
    size_t d;
    bool done;

    if (!ratios)
        return false;
    for (d = 0; d < BOOTSTRAP_DRAWS; d++) {
        double ratio;

        draw(c, seed, &index);
        ratio = ratio_of(c);
        if (isfinite(ratio))
            ratios[count++] = ratio;
    }
    *ret_limits = (struct interval){NAN, NAN};
    done = stat_sort_double(ratios, count);
    if (done && count == BOOTSTRAP_DRAWS)
        *ret_limits = (struct interval){ratios[BOOTSTRAP_DRAWS / 40 - 1],
                                        ratios[BOOTSTRAP_DRAWS - BOOTSTRAP_DRAWS / 40]};
    mem_free(ratios);
    return done;
}

/* --- dominance --- */

/* In each cell by itself, then by the customers of the cells. */
static bool dominate(const struct comparison *c, struct parity *parity)
{
    double *values = mem_alloc(c->count, sizeof *values);
    double sum = 0;
    double all = 0;
    size_t cell;
    size_t i;

    if (!values)
        return false;
    for (i = 0; i < c->count; i++)
        values[i] = (double)c->replies[i].wait;
    for (cell = 0; cell < c->cell_count; cell++) {
        const struct cell *at = &c->cells[cell];
        struct dominance dominance;

        if (!stat_dominance(values + at->first[PARITY_CUSTOMER], at->count[PARITY_CUSTOMER],
                            values + at->first[PARITY_BOSS], at->count[PARITY_BOSS], &dominance))
            continue;
        sum += dominance.a * (double)at->count[PARITY_CUSTOMER];
        all += (double)at->count[PARITY_CUSTOMER];
    }
    parity->dominance = all > 0 ? sum / all : NAN;
    mem_free(values);
    return true;
}

/* --- together --- */

struct waiting {
    int64_t wait;
    uint32_t number;
};

static int compare_waits(const void *a, const void *b)
{
    const struct waiting *left = a;
    const struct waiting *right = b;

    if (left->wait != right->wait)
        return left->wait < right->wait ? -1 : 1;
    return left->number < right->number ? -1 : left->number > right->number;
}

static bool sort_by_wait(struct comparison *c)
{
    struct waiting *list = mem_alloc(c->count, sizeof *list);
    size_t i;

    if (!list)
        return false;
    for (i = 0; i < c->count; i++)
        list[i] = (struct waiting){c->replies[i].wait, (uint32_t)i};
    qsort(list, c->count, sizeof *list, compare_waits);
    for (i = 0; i < c->count; i++)
        c->by_wait[i] = list[i].number;
    mem_free(list);
    return true;
}

static bool compare(struct comparison *c, uint64_t seed, struct parity *parity)
{
    size_t i;

    make_cells(c);
    if (!sort_by_wait(c))
        return false;
    for (i = 0; i < c->count; i++)
        c->drawn[i] = 1;
    parity->median[PARITY_CUSTOMER] = median_of(c, PARITY_CUSTOMER);
    parity->median[PARITY_BOSS] = median_of(c, PARITY_BOSS);
    parity->ratio = ratio_of(c);
    return dominate(c, parity) && bootstrap(c, seed, &parity->ratio_limits);
}

static enum parity_reading read_it(const struct parity *parity)
{
    static const double even = 1;
    static const double fair = 1.5;
    static const double steep = 2.5;
    static const double medium = 0.64;

    if (isnan(parity->ratio_limits.high))
        return PARITY_UNDECIDED;
    if (parity->ratio_limits.high <= even)
        return PARITY_INVERTED;
    if (parity->ratio_limits.high <= fair)
        return PARITY_BALANCED;
    return parity->ratio > steep && parity->dominance >= medium ? PARITY_CLASSIC
                                                                : PARITY_UNDECIDED;
}

bool parity_compare(struct parity_reply *replies, size_t count, uint64_t seed,
                    struct parity *ret_parity)
{
    struct parity parity = {.ratio = NAN,
                            .ratio_limits = {NAN, NAN},
                            .dominance = NAN,
                            .median = {NAN, NAN}};
    struct comparison c = {.replies = replies};
    size_t i;
    bool done;

    fill_shares(replies, count, &parity);
    if (count)
        qsort(replies, count, sizeof *replies, compare_cells);
    c.count = keep_matched(replies, count, &parity);
    if (parity.matched[PARITY_CUSTOMER] < PARITY_LEAST ||
        parity.matched[PARITY_BOSS] < PARITY_LEAST) {
        parity.cells = 0;
        for (i = 0; i < count; i++)
            replies[i].cell = 0;
        if (count)
            qsort(replies, count, sizeof *replies, compare_cells);
        c.count = count;
    } else {
        qsort(replies, c.count, sizeof *replies, compare_cells);
    }
    c.cells = mem_alloc(c.count + 1, sizeof *c.cells);
    c.cell_of = mem_alloc(c.count + 1, sizeof *c.cell_of);
    c.by_wait = mem_alloc(c.count + 1, sizeof *c.by_wait);
    c.drawn = mem_alloc(c.count + 1, sizeof *c.drawn);
    done = c.cells && c.cell_of && c.by_wait && c.drawn &&
           (c.count == 0 || compare(&c, seed, &parity));
    parity.reading = read_it(&parity);
    if (done)
        *ret_parity = parity;
    mem_free(c.cells);
    mem_free(c.cell_of);
    mem_free(c.by_wait);
    mem_free(c.drawn);
    return done;
}
