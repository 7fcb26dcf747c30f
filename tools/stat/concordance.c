#include "stat/concordance.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static const double normal_975 = 1.959963984540054;

static int compare_numbers(double a, double b)
{
    return (a > b) - (a < b);
}

static int compare_pairs(const void *a, const void *b)
{
    const struct value_pair *left = a;
    const struct value_pair *right = b;
    int order = compare_numbers(left->x, right->x);

    return order ? order : compare_numbers(left->y, right->y);
}

/* Of each pair: how many of the others go with it less how many go against it, and from how many it
   differs in the one value and the other. */
struct pair_tally {
    double with;
    double off_x;
    double off_y;
};

/* How many there are of each rank of y, as sums that can be asked up to any rank. */
struct rank_sums {
    size_t *sums; /* a binary indexed tree */
    size_t count;
};

static void add_rank(struct rank_sums *ranks, size_t rank)
{
    for (; rank <= ranks->count; rank += rank & (~rank + 1))
        ranks->sums[rank]++;
}

static size_t count_up_to(const struct rank_sums *ranks, size_t rank)
{
    size_t count = 0;

    for (; rank > 0; rank -= rank & (~rank + 1))
        count += ranks->sums[rank];
    return count;
}

struct rooms {
    double *ys;    /* ascending, each once */
    size_t *of_y;  /* how many there are of each */
    size_t *ranks; /* of y of each pair, from 1 on */
    struct rank_sums before;
    struct pair_tally *tallies;
    size_t y_count;
};

static void leave(struct rooms *rooms)
{
    mem_free(rooms->ys);
    mem_free(rooms->of_y);
    mem_free(rooms->ranks);
    mem_free(rooms->before.sums);
    mem_free(rooms->tallies);
}

static bool enter(struct rooms *rooms, size_t count)
{
    *rooms = (struct rooms){.ys = mem_alloc(count, sizeof *rooms->ys),
                            .of_y = mem_alloc(count + 1, sizeof *rooms->of_y),
                            .ranks = mem_alloc(count, sizeof *rooms->ranks),
                            .before = {mem_alloc(count + 1, sizeof *rooms->before.sums), count},
                            .tallies = mem_alloc(count, sizeof *rooms->tallies)};
    if (rooms->ys && rooms->of_y && rooms->ranks && rooms->before.sums && rooms->tallies)
        return true;
    leave(rooms);
    return false;
}

static int compare_values(const void *a, const void *b)
{
    return compare_numbers(*(const double *)a, *(const double *)b);
}

static void rank(struct rooms *rooms, const struct value_pair *pairs, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        rooms->ys[i] = pairs[i].y;
    qsort(rooms->ys, count, sizeof *rooms->ys, compare_values);
    for (i = 0; i < count; i++)
        if (i == 0 || rooms->ys[i] > rooms->ys[rooms->y_count - 1])
            rooms->ys[rooms->y_count++] = rooms->ys[i];
    for (i = 0; i < count; i++) {
        const double *found = bsearch(&pairs[i].y, rooms->ys, rooms->y_count, sizeof pairs[i].y,
                                      compare_values);

        rooms->ranks[i] = (size_t)(found - rooms->ys) + 1;
        rooms->of_y[rooms->ranks[i]]++;
    }
}

/* Those of smaller x are in `before`: of them the smaller y go with the pair, the larger against. */
static void count_before(struct rooms *rooms, size_t first, size_t end)
{
    size_t i;

    for (i = first; i < end; i++) {
        size_t less = count_up_to(&rooms->before, rooms->ranks[i] - 1);
        size_t up_to = count_up_to(&rooms->before, rooms->ranks[i]);

        rooms->tallies[i].with += (double)less - (double)(first - up_to);
    }
    for (i = first; i < end; i++)
        add_rank(&rooms->before, rooms->ranks[i]);
}

/* Those of larger x, from the other end: of them the larger y go with the pair. */
static void count_behind(struct rooms *rooms, size_t first, size_t end, size_t count)
{
    size_t behind = count - end;
    size_t i;

    for (i = first; i < end; i++) {
        size_t less = count_up_to(&rooms->before, rooms->ranks[i] - 1);
        size_t up_to = count_up_to(&rooms->before, rooms->ranks[i]);

        rooms->tallies[i].with += (double)(behind - up_to) - (double)less;
    }
    for (i = first; i < end; i++)
        add_rank(&rooms->before, rooms->ranks[i]);
}

static size_t end_of_run(const struct value_pair *pairs, size_t count, size_t first)
{
    size_t end = first + 1;

    while (end < count && !(pairs[end].x > pairs[first].x))
        end++;
    return end;
}

static void stand(struct rooms *rooms, const struct value_pair *pairs, size_t count)
{
    size_t end;
    size_t i;
    size_t k;

    for (i = 0; i < count; i = end) {
        end = end_of_run(pairs, count, i);
        count_before(rooms, i, end);
        for (k = i; k < end; k++) {
            rooms->tallies[k].off_x = (double)(count - (end - i));
            rooms->tallies[k].off_y = (double)(count - rooms->of_y[rooms->ranks[k]]);
        }
    }
    for (i = 0; i <= count; i++)
        rooms->before.sums[i] = 0;
    for (end = count; end > 0; end = i) {
        for (i = end - 1; i > 0 && !(pairs[i - 1].x < pairs[end - 1].x); i--)
            continue;
        count_behind(rooms, i, end, count);
    }
}

/* False: one of the values is the same of all. */
static bool conclude(const struct pair_tally *tallies, size_t count,
                     struct concordance *ret_concordance)
{
    double others = (double)(count - 1);
    double with = 0;
    double off_x = 0;
    double off_y = 0;
    double square = 0;
    double root;
    double tau;
    double error;
    size_t i;

    for (i = 0; i < count; i++) {
        with += tallies[i].with / others;
        off_x += tallies[i].off_x / others;
        off_y += tallies[i].off_y / others;
    }
    with /= (double)count;
    off_x /= (double)count;
    off_y /= (double)count;
    root = sqrt(off_x * off_y);
    if (!(root > 0))
        return false;
    tau = with / root;
    for (i = 0; i < count; i++) {
        double part = (tallies[i].with / others - with) / root -
                      tau / 2 * ((tallies[i].off_x / others - off_x) / off_x +
                                 (tallies[i].off_y / others - off_y) / off_y);

        square += 4 * part * part;
    }
    error = sqrt(square / ((double)count * others));
    *ret_concordance = (struct concordance){
        tau, {fmax(-1, tau - normal_975 * error), fmin(1, tau + normal_975 * error)}};
    return true;
}

bool stat_concordance(struct value_pair *pairs, size_t count, struct concordance *ret_concordance)
{
    struct rooms rooms;
    bool done;

    if (count < 2 || !enter(&rooms, count))
        return false;
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    rank(&rooms, pairs, count);
    stand(&rooms, pairs, count);
    done = conclude(rooms.tallies, count, ret_concordance);
    leave(&rooms);
    return done;
}
