#include "measure/account.h"

#include <math.h>
#include <stdlib.h>

#include "record/record.h"
#include "stat/special.h"

static const double LOW_QUANTILE = 0.1;
static const double HIGH_QUANTILE = 0.9;
static const double GRAVEST = 3;

static const char *const fate_names[ACCOUNT_FATE_COUNT] = {
    [ACCOUNT_COUNTED] = "counted",       [ACCOUNT_LATER] = "later",
    [ACCOUNT_SUPERSEDED] = "superseded", [ACCOUNT_CAPPED] = "capped",
    [ACCOUNT_WEIGHTLESS] = "weightless", [ACCOUNT_UNCONFIRMED] = "unconfirmed",
};
static const char *const trend_names[ACCOUNT_TREND_COUNT] = {
    [TREND_STEADY] = "steady", [TREND_RISING] = "rising", [TREND_FALLING] = "falling"};

const char *account_fate_name(enum account_fate fate)
{
    return fate_names[fate];
}

const char *account_trend_name(enum account_trend trend)
{
    return trend_names[trend];
}

bool trust_class_is_deposit(enum trust_class class)
{
    return class <= TRUST_D8;
}

bool trust_class_is_withdrawal(enum trust_class class)
{
    return class >= TRUST_W1 && class <= TRUST_W13;
}

/* --- from sums --- */

enum trust_band account_band(const struct trust_policy *policy, double trust)
{
    int band = TRUST_BAND_COUNT - 1;

    while (band > 0 && trust < policy->band_from[band])
        band--;
    return (enum trust_band)band;
}

static double trust_of(double deposits, double withdrawals, double prior, double base_rate)
{
    return (deposits + base_rate * prior) / (deposits + withdrawals + prior);
}

static void try_grid(const struct trust_policy *policy, double deposits, const double *undecayed,
                     struct account *account)
{
    size_t f;
    size_t h;
    size_t p;

    account->grid = (struct account_band_range){BAND_RESERVE, BAND_OVERDRAWN};
    for (f = 0; f < TRUST_GRID; f++) {
        for (h = 0; h < TRUST_GRID; h++) {
            for (p = 0; p < TRUST_GRID; p++) {
                double trust = trust_of(deposits, policy->grid_factors[f] * undecayed[h],
                                        policy->grid_priors[p], policy->base_rate);
                enum trust_band band = account_band(policy, trust);

                if (band < account->grid.low)
                    account->grid.low = band;
                if (band > account->grid.high)
                    account->grid.high = band;
            }
        }
    }
    account->is_robust = account->grid.high - account->grid.low <= 1;
}

void account_of_sums(const struct trust_policy *policy, double deposits, double withdrawals,
                     const double *undecayed, struct account *ret_account)
{
    double prior = policy->prior_weight;
    double all = deposits + withdrawals + prior;
    double a = deposits + policy->base_rate * prior;
    double b = withdrawals + (1 - policy->base_rate) * prior;
    struct account account = {.deposits = deposits, .withdrawals = withdrawals};

    account.balance = deposits - withdrawals;
    account.trust = trust_of(deposits, withdrawals, prior, policy->base_rate);
    account.belief = deposits / all;
    account.disbelief = withdrawals / all;
    account.uncertainty = prior / all;
    account.low = beta_quantile(LOW_QUANTILE, a, b);
    account.high = beta_quantile(HIGH_QUANTILE, a, b);
    account.band_by_trust = account_band(policy, account.trust);
    account.band = deposits + withdrawals < prior ? BAND_INSUFFICIENT : account.band_by_trust;
    account.is_firm =
        account_band(policy, account.high) - account_band(policy, account.low) <= 1;
    try_grid(policy, deposits, undecayed, &account);
    *ret_account = account;
}

/* --- masses --- */

static int compare_events(const void *left, const void *right)
{
    const struct account_event *a = left;
    const struct account_event *b = right;

    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Of two classes that tell one fact the graver one counts; 0: it stands for itself. */
static int precedence(enum trust_class class)
{
    switch (class) {
    case TRUST_W11:
        return 4;
    case TRUST_W4:
        return 3;
    case TRUST_W1:
        return 2;
    case TRUST_W3:
        return 1;
    default:
        return 0;
    }
}

/* Own weight of the act, before what others of its class do to it. */
static double plain_mass(const struct trust_policy *policy, const struct account_event *event)
{
    return event->class == TRUST_R ? 0
                                   : policy->weights[event->class] * event->severity *
                                         event->attribution * event->confidence;
}

static int compare_facts(const void *left, const void *right)
{
    const struct account_event *a = left;
    const struct account_event *b = right;

    if (a->fact != b->fact)
        return a->fact < b->fact ? -1 : 1;
    return a->day < b->day ? -1 : a->day > b->day;
}

static bool counts(const struct account_event *event)
{
    return event->fate == ACCOUNT_COUNTED || event->fate == ACCOUNT_CAPPED;
}

static void set_fate(const struct trust_policy *policy, struct account_event *event,
                     int64_t instant)
{
    event->repeat = 1;
    event->is_repaired = false;
    event->decayed = 0;
    event->mass = plain_mass(policy, event);
    event->fate = event->at > instant         ? ACCOUNT_LATER
                  : event->mass > 0           ? ACCOUNT_COUNTED
                  : !(event->confidence > 0) ? ACCOUNT_UNCONFIRMED
                                              : ACCOUNT_WEIGHTLESS;
}

/* Of the events of one fact and day, which stand in a row. */
static void keep_gravest(struct account_event *events, size_t count)
{
    int gravest = 0;
    size_t i;

    for (i = 0; i < count; i++)
        if (events[i].fate == ACCOUNT_COUNTED && precedence(events[i].class) > gravest)
            gravest = precedence(events[i].class);
    for (i = 0; i < count; i++)
        if (events[i].fate == ACCOUNT_COUNTED && precedence(events[i].class) > 0 &&
            precedence(events[i].class) < gravest)
            events[i].fate = ACCOUNT_SUPERSEDED;
}

/* Of what a text seems to tell and a record tells as well, the record counts. */
static void keep_sure(struct account_event *events, size_t count)
{
    size_t i;
    size_t k;

    for (i = 0; i < count; i++) {
        if (events[i].confidence >= 1 || events[i].fate == ACCOUNT_LATER)
            continue;
        for (k = 0; k < count; k++)
            if (events[k].class == events[i].class && events[k].confidence >= 1 &&
                events[k].fate == ACCOUNT_COUNTED)
                events[i].fate = ACCOUNT_SUPERSEDED;
    }
}

static void set_fates(const struct trust_policy *policy, struct account_event *events, size_t count,
                      int64_t instant)
{
    size_t first;
    size_t end;

    for (first = 0; first < count; first++)
        set_fate(policy, &events[first], instant);
    qsort(events, count, sizeof *events, compare_facts);
    for (first = 0; first < count; first = end) {
        end = first + 1;
        while (end < count && compare_facts(&events[first], &events[end]) == 0)
            end++;
        if (events[first].fact == ACCOUNT_NO_FACT)
            continue;
        keep_sure(&events[first], end - first);
        keep_gravest(&events[first], end - first);
    }
}

/* Each of those that count knows the one of its class before and behind. */
static void link_classes(struct account_event *events, size_t count)
{
    size_t last[TRUST_CLASS_COUNT];
    size_t i;

    for (i = 0; i < TRUST_CLASS_COUNT; i++)
        last[i] = count;
    for (i = 0; i < count; i++) {
        struct account_event *event = &events[i];

        event->before = event->behind = count;
        if (event->fate != ACCOUNT_COUNTED)
            continue;
        event->before = last[event->class];
        if (event->before < count)
            events[event->before].behind = i;
        last[event->class] = i;
    }
}

/* Of the class, before the event and within the days; two are as many as more. */
static unsigned count_before(const struct account_event *events, size_t count, size_t number,
                             int64_t within)
{
    unsigned before = 0;
    size_t i;

    for (i = events[number].before;
         i < count && before < 2 && events[number].at - events[i].at <= within;
         i = events[i].before)
        before++;
    return before;
}

static bool comes_again(const struct account_event *events, size_t count, size_t number,
                        int64_t within)
{
    size_t next = events[number].behind;

    return next < count && events[next].at - events[number].at <= within;
}

int64_t account_days_us(double days)
{
    return (int64_t)(days * (double)DAY_US);
}

static bool is_repaired(const struct trust_policy *policy, const struct account_event *events,
                        size_t count, size_t number, int64_t instant)
{
    const struct account_event *event = &events[number];

    return event->repaired_at != VALUE_MISSING && event->repaired_at <= instant &&
           event->repaired_at >= event->at &&
           event->repaired_at - event->at <= account_days_us(policy->repair_within) &&
           !comes_again(events, count, number, account_days_us(policy->repair_holds));
}

static void weigh_withdrawal(const struct trust_policy *policy, struct account_event *events,
                             size_t count, size_t number, int64_t instant)
{
    struct account_event *event = &events[number];
    unsigned before = count_before(events, count, number, account_days_us(policy->repeat_days));

    event->repeat = before == 0   ? 1
                    : before == 1 ? policy->repeat_second
                                  : policy->repeat_later;
    event->mass *= event->repeat;
    event->is_repaired = is_repaired(policy, events, count, number, instant);
    if (event->is_repaired)
        event->mass *= 1 - policy->repair_share;
}

/* The latest are kept, as far as there is room for them within the days that begin with each. */
static void cap_deposit(const struct trust_policy *policy, struct account_event *events,
                        size_t count, size_t number)
{
    struct account_event *event = &events[number];
    double room = policy->deposit_cap * policy->weights[event->class];
    size_t i;

    if (event->class == TRUST_D2 && room > policy->little_cap)
        room = policy->little_cap;
    for (i = event->behind; i < count && room > 0 &&
                            events[i].at - event->at < account_days_us(policy->deposit_cap_days);
         i = events[i].behind)
        room -= events[i].mass;
    if (room < 0)
        room = 0;
    if (event->mass > room) {
        event->mass = room;
        event->fate = ACCOUNT_CAPPED;
    }
}

/* --- the account --- */

static double faded(double mass, int64_t age, double half_life)
{
    return mass * exp2(-(double)age / ((double)DAY_US * half_life));
}

/* An unrepaired withdrawal of the highest severity that is not long ago. */
static bool is_held_down(const struct trust_policy *policy, const struct account_event *events,
                         size_t count, int64_t instant)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (trust_class_is_withdrawal(events[i].class) && counts(&events[i]) &&
            events[i].severity >= GRAVEST && !events[i].is_repaired &&
            instant - events[i].at <= account_days_us(policy->severe_days))
            return true;
    return false;
}

void account_at(const struct trust_policy *policy, struct account_event *events, size_t count,
                int64_t instant, struct account *ret_account)
{
    double undecayed[TRUST_GRID] = {0};
    double deposits = 0;
    double withdrawals = 0;
    size_t i;
    size_t h;

    if (count) {
        set_fates(policy, events, count, instant);
        qsort(events, count, sizeof *events, compare_events);
    }
    link_classes(events, count);
    for (i = count; i > 0; i--)
        if (trust_class_is_deposit(events[i - 1].class) && counts(&events[i - 1]))
            cap_deposit(policy, events, count, i - 1);
    for (i = 0; i < count; i++) {
        struct account_event *event = &events[i];
        int64_t age = instant - event->at;

        if (!counts(event))
            continue;
        if (trust_class_is_deposit(event->class)) {
            event->decayed = faded(event->mass, age, policy->deposit_half_life);
            deposits += event->decayed;
            continue;
        }
        weigh_withdrawal(policy, events, count, i, instant);
        event->decayed = faded(event->mass, age, policy->withdrawal_half_life);
        withdrawals += event->decayed;
        for (h = 0; h < TRUST_GRID; h++)
            undecayed[h] += faded(event->mass, age, policy->grid_half_lives[h]);
    }
    account_of_sums(policy, deposits, policy->withdrawal_factor * withdrawals, undecayed,
                    ret_account);
    ret_account->is_held_down = is_held_down(policy, events, count, instant);
    if (ret_account->is_held_down && ret_account->band != BAND_INSUFFICIENT &&
        ret_account->band > BAND_STRAINED)
        ret_account->band = BAND_STRAINED;
}

enum account_trend account_trend(const struct trust_policy *policy, struct account_event *events,
                                 size_t count, int64_t instant, const struct account *now)
{
    struct account before;
    struct account again;

    account_at(policy, events, count, instant - account_days_us(policy->trend_days), &before);
    account_at(policy, events, count, instant, &again); /* what became of them, as of now */
    return now->trust - before.trust > policy->trend_step   ? TREND_RISING
           : before.trust - now->trust > policy->trend_step ? TREND_FALLING
                                                            : TREND_STEADY;
}
