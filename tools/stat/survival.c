#include "stat/survival.h"

#include <math.h>

#include "base/bug.h"

static const double normal_975 = 1.959963984540054;
static const double tolerance = 1e-12;

/* A walk over both samples, from one time at which something ended to the next. */
struct walk {
    const struct sample *ended;
    const struct sample *censored;
    size_t e; /* places in them, behind the two */
    size_t c;
    struct sample_run next_ended; /* n of 0: there is none left */
    struct sample_run next_censored;
    uint64_t left;
    uint64_t at_risk; /* after the last censoring */
    double before;    /* share left then */
    double hazard;    /* Greenwood's sum of d / (n (n - d)) */
};

static struct sample_run next_of(const struct sample *sample, size_t *place)
{
    struct sample_run run;

    return sample_next(sample, place, &run) ? run : (struct sample_run){0, 0};
}

static struct walk walk_begin(const struct sample *ended, const struct sample *censored)
{
    struct walk walk = {.ended = ended, .censored = censored, .before = 1};

    walk.left = ended->n + censored->n;
    walk.at_risk = walk.left;
    walk.next_ended = next_of(ended, &walk.e);
    walk.next_censored = next_of(censored, &walk.c);
    return walk;
}

static void set_limits(struct km_step *step, double hazard)
{
    double log_survival = log(step->survival);
    double reach;

    if (step->survival <= 0) {
        step->standard_error = NAN;
        step->limits.low = NAN;
        step->limits.high = NAN;
        return;
    }
    step->standard_error = step->survival * sqrt(hazard);
    reach = exp(normal_975 * sqrt(hazard) / -log_survival);
    step->limits.low = exp(log_survival * reach);
    step->limits.high = exp(log_survival / reach);
}

/*
 * S(t) = product of (1 - ended / at risk) over the times up to t. While nobody is censored the
 * factors telescope to left / at risk at the last censoring, so that a half is met exactly.
 */
static bool walk_next(struct walk *walk, struct km_step *ret_step)
{
    struct sample_run ended = walk->next_ended;

    if (ended.n == 0)
        return false;
    while (walk->next_censored.n && walk->next_censored.value < ended.value) {
        walk->before *= (double)walk->left / (double)walk->at_risk;
        walk->left -= walk->next_censored.n;
        walk->at_risk = walk->left;
        walk->next_censored = next_of(walk->censored, &walk->c);
    }
    ret_step->time = ended.value;
    ret_step->at_risk = walk->left;
    ret_step->ended = ended.n;
    walk->left -= ended.n;
    walk->hazard += (double)ended.n / ((double)ret_step->at_risk * (double)walk->left);
    walk->next_ended = next_of(walk->ended, &walk->e);
    ret_step->survival = walk->before * (double)walk->left / (double)walk->at_risk;
    return true;
}

void stat_km_curve(const struct sample *ended, const struct sample *censored,
                   struct km_step *ret_steps)
{
    struct walk walk = walk_begin(ended, censored);

    while (walk_next(&walk, ret_steps))
        set_limits(ret_steps++, walk.hazard);
}

/* The tolerance covers the rounding of products after a censoring. */
static bool is_down_to(double survival, double share)
{
    return survival <= share * (1 + tolerance);
}

struct km_quantile stat_km_quantile(const struct sample *ended, const struct sample *censored,
                                    unsigned num, unsigned den)
{
    struct walk walk = walk_begin(ended, censored);
    struct km_quantile result = {0};
    struct km_step step;
    double share;

    BUG_IF(num == 0 || num >= den);
    share = (double)(den - num) / den;
    while (!result.has_high && walk_next(&walk, &step)) {
        set_limits(&step, walk.hazard);
        if (!result.is_reached && is_down_to(step.survival, share)) {
            result.is_reached = true;
            result.time = step.time;
        }
        if (!result.has_low && is_down_to(step.limits.low, share)) {
            result.has_low = true;
            result.low = step.time;
        }
        if (is_down_to(step.limits.high, share)) {
            result.has_high = true;
            result.high = step.time;
        }
    }
    return result;
}

bool stat_km_median(const struct sample *ended, const struct sample *censored, int64_t *ret_median)
{
    struct walk walk = walk_begin(ended, censored);
    struct km_step step;

    while (walk_next(&walk, &step)) {
        if (is_down_to(step.survival, 0.5)) {
            *ret_median = step.time;
            return true;
        }
    }
    return false;
}
