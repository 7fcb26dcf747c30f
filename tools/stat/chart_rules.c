#include "stat/chart_rules.h"

#include <math.h>

#include "base/bug.h"

/* What the rules know of the points up to this one, in the order of the periods. */
struct walk {
    double z;          /* sigmas from the centre */
    bool is_beyond;    /* the limits */
    bool range_is_beyond;
    /* lengths of runs that end here; a point on the centre is on no side */
    unsigned above;
    unsigned below;
    unsigned rising;
    unsigned falling;
    unsigned alternating;
    unsigned within;   /* 1 sigma */
    unsigned outside;  /* 1 sigma */
    /* one bit a point, the lowest for this one: beyond 1 and 2 sigmas on each side */
    unsigned high_one;
    unsigned high_two;
    unsigned low_one;
    unsigned low_two;
    double before; /* value of the point before */
    int step;      /* 1 up, -1 down, 0 equal or first */
    bool has_before;
};

bool chart_exceeds(double a, double b)
{
    static const double rounding = 1e-12;

    return a - b > rounding * (fabs(a) + fabs(b));
}

/* At least `least` of the last `of` points, this one among them. */
static bool has_bits(unsigned bits, unsigned least, unsigned of)
{
    unsigned count = 0;
    unsigned i;

    for (i = 0; i < of; i++)
        count += bits >> i & 1;
    return (bits & 1) != 0 && count >= least;
}

static bool beyond_limits(const struct walk *walk)
{
    return walk->is_beyond;
}

static bool two_of_three(const struct walk *walk)
{
    return has_bits(walk->high_two, 2, 3) || has_bits(walk->low_two, 2, 3);
}

static bool four_of_five(const struct walk *walk)
{
    return has_bits(walk->high_one, 4, 5) || has_bits(walk->low_one, 4, 5);
}

static bool run_of_eight(const struct walk *walk)
{
    return walk->above >= 8 || walk->below >= 8;
}

static bool run_of_nine(const struct walk *walk)
{
    return walk->above >= 9 || walk->below >= 9;
}

static bool six_rising(const struct walk *walk)
{
    return walk->rising >= 6 || walk->falling >= 6;
}

static bool alternating(const struct walk *walk)
{
    return walk->alternating >= 14;
}

static bool fifteen_within(const struct walk *walk)
{
    return walk->within >= 15;
}

static bool eight_outside(const struct walk *walk)
{
    return walk->outside >= 8;
}

static bool range_beyond_limit(const struct walk *walk)
{
    return walk->range_is_beyond;
}

static const struct rule {
    const char *name;
    const char *origin;
    bool (*fires)(const struct walk *walk);
} rule_table[CHART_RULE_COUNT] = {
    [CHART_BEYOND_LIMITS] = {"beyond-limits", "Western Electric 1, Nelson 1", beyond_limits},
    [CHART_TWO_OF_THREE] = {"two-of-three", "Western Electric 2, Nelson 5", two_of_three},
    [CHART_FOUR_OF_FIVE] = {"four-of-five", "Western Electric 3, Nelson 6", four_of_five},
    [CHART_RUN_OF_EIGHT] = {"run-of-eight", "Western Electric 4", run_of_eight},
    [CHART_RUN_OF_NINE] = {"run-of-nine", "Nelson 2", run_of_nine},
    [CHART_SIX_RISING] = {"six-rising", "Nelson 3", six_rising},
    [CHART_ALTERNATING] = {"alternating", "Nelson 4", alternating},
    [CHART_FIFTEEN_WITHIN] = {"fifteen-within", "Nelson 7", fifteen_within},
    [CHART_EIGHT_OUTSIDE] = {"eight-outside", "Nelson 8", eight_outside},
    [CHART_RANGE_BEYOND_LIMIT] = {"range-beyond-limit", "Shewhart", range_beyond_limit},
};

static unsigned longer(unsigned run, bool goes_on)
{
    return goes_on ? run + 1 : 0;
}

/* A first point is a run of one in every direction; a step of equal values ends them. */
static void walk_steps(struct walk *walk, double value)
{
    int step = !walk->has_before ? 0 : (value > walk->before) - (value < walk->before);

    walk->rising = step > 0 ? walk->rising + 1 : 1;
    walk->falling = step < 0 ? walk->falling + 1 : 1;
    if (step == 0)
        walk->alternating = 1;
    else if (walk->step == -step)
        walk->alternating++;
    else
        walk->alternating = 2;
    walk->step = step;
    walk->before = value;
    walk->has_before = true;
}

static void walk_on(struct walk *walk, const struct chart_point *point, double range_limit)
{
    /* no spread: every point off the centre is beyond everything */
    double off = chart_exceeds(point->value, point->centre)    ? INFINITY
                 : chart_exceeds(point->centre, point->value) ? -INFINITY
                                                              : 0;

    walk->z = point->sigma > 0 && off != 0 ? (point->value - point->centre) / point->sigma : off;
    walk->is_beyond = chart_exceeds(point->value, point->upper) ||
                      chart_exceeds(point->lower, point->value);
    walk->range_is_beyond = !isnan(point->range) && !isnan(range_limit) &&
                            chart_exceeds(point->range, range_limit);
    walk->above = longer(walk->above, walk->z > 0);
    walk->below = longer(walk->below, walk->z < 0);
    walk->within = longer(walk->within, fabs(walk->z) < 1);
    walk->outside = longer(walk->outside, fabs(walk->z) > 1);
    walk->high_one = walk->high_one << 1 | (walk->z > 1);
    walk->high_two = walk->high_two << 1 | (walk->z > 2);
    walk->low_one = walk->low_one << 1 | (walk->z < -1);
    walk->low_two = walk->low_two << 1 | (walk->z < -2);
    walk_steps(walk, point->value);
}

void chart_mark(struct chart_point *points, size_t begin, size_t end, double range_limit,
                unsigned rules)
{
    struct walk walk = {0};
    unsigned rule;
    size_t i;

    for (i = begin; i < end; i++) {
        if (isnan(points[i].value))
            continue;
        walk_on(&walk, &points[i], range_limit);
        for (rule = 0; rule < CHART_RULE_COUNT; rule++)
            if ((rules >> rule & 1) != 0 && rule_table[rule].fires(&walk))
                points[i].signals |= 1u << rule;
    }
}

const char *chart_rule_name(enum chart_rule rule)
{
    BUG_IF((unsigned)rule >= CHART_RULE_COUNT);
    return rule_table[rule].name;
}

const char *chart_rule_origin(enum chart_rule rule)
{
    BUG_IF((unsigned)rule >= CHART_RULE_COUNT);
    return rule_table[rule].origin;
}

enum chart_rule chart_rule_first(unsigned signals)
{
    unsigned rule = 0;

    while (rule < CHART_RULE_COUNT && (signals >> rule & 1) == 0)
        rule++;
    return (enum chart_rule)rule;
}
