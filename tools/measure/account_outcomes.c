#include "measure/account_outcomes.h"

#include <math.h>

#include "base/mem.h"
#include "measure/survey_scale.h"
#include "stat/compare.h"
#include "stat/concordance.h"

static const int64_t YEAR = 365 * DAY_US;

/* Of each customer of the book: what came out, NAN where he has no part in it. */
struct outcomes {
    double *values;
    double *counts; /* of scores */
};

unsigned account_outcomes_told(const struct measure_context *context)
{
    const struct record_set *customers = measure_set(context, RECORD_CUSTOMER);
    const struct record_set *surveys = measure_set(context, RECORD_SURVEY);
    const struct record_set *complaints = measure_set(context, RECORD_COMPLAINT);
    unsigned told = 0;

    if (surveys && record_has(surveys, SLOT_CUSTOMER) && survey_scale_is_told(surveys, SCALE_CSAT))
        told |= 1u << OUTCOME_SATISFACTION;
    if (customers && record_has(customers, CUSTOMER_UNTIL))
        told |= 1u << OUTCOME_RENEWAL | 1u << OUTCOME_CHURN;
    if (complaints && record_has(complaints, SLOT_CUSTOMER))
        told |= 1u << OUTCOME_COMPLAINT;
    return told;
}

/* --- what came out --- */

static double *value_of(const struct account_book *book, double *values,
                        const struct account_customer *customer)
{
    return customer ? &values[customer - book->customers] : NULL;
}

static void read_scores(const struct account_book *book, struct outcomes *outcomes)
{
    const struct record_set *set = measure_set(book->context, RECORD_SURVEY);
    int64_t as_of = book->context->as_of.us;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct survey_answer answer = survey_answer_of(&item);
        double *value = value_of(book, outcomes->values,
                                 account_book_find(book, account_text(&item, SLOT_CUSTOMER)));

        if (!value || survey_refusal(&answer, SCALE_CSAT, as_of) || as_of - answer.at >= YEAR)
            continue;
        *value = (isnan(*value) ? 0 : *value) + answer.score;
        outcomes->counts[value - outcomes->values]++;
    }
    for (i = 0; i < book->customer_count; i++)
        outcomes->values[i] /= outcomes->counts[i] > 0 ? outcomes->counts[i] : 1;
}

/* 1: still there, 0: left within the half-year; NAN: was not there when it began. */
static void read_stays(const struct account_book *book, struct outcomes *outcomes)
{
    const struct record_set *set = measure_set(book->context, RECORD_CUSTOMER);
    int64_t as_of = book->context->as_of.us;
    int64_t from = as_of - ACCOUNT_HALF_YEAR;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        double *value = value_of(book, outcomes->values, account_book_find(book, item.id));
        int64_t since = record_value(&item, CUSTOMER_SINCE);
        int64_t until = record_value(&item, CUSTOMER_UNTIL);

        if (value && !item.is_empty && (since == VALUE_MISSING || since <= from) &&
            (until == VALUE_MISSING || until > from))
            *value = until == VALUE_MISSING || until > as_of;
    }
}

/* 1: did not complain in the half-year, 0: did. */
static void read_complaints(const struct account_book *book, struct outcomes *outcomes)
{
    const struct record_set *set = measure_set(book->context, RECORD_COMPLAINT);
    int64_t as_of = book->context->as_of.us;
    size_t i;

    for (i = 0; i < book->customer_count; i++)
        outcomes->values[i] = 1;
    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        double *value = value_of(book, outcomes->values,
                                 account_book_find(book, account_text(&item, SLOT_CUSTOMER)));
        int64_t at = record_value(&item, COMPLAINT_RECEIVED);

        if (value && at != VALUE_MISSING && at > as_of - ACCOUNT_HALF_YEAR && at <= as_of)
            *value = 0;
    }
}

static void read(const struct account_book *book, enum account_outcome outcome,
                 struct outcomes *outcomes)
{
    size_t i;

    for (i = 0; i < book->customer_count; i++)
        outcomes->values[i] = NAN;
    if (outcome == OUTCOME_SATISFACTION)
        read_scores(book, outcomes);
    else if (outcome == OUTCOME_COMPLAINT)
        read_complaints(book, outcomes);
    else
        read_stays(book, outcomes);
}

/* --- beside trust --- */

/* Those of whom enough was known, and whose outcome is. */
static size_t pair(const struct account_book *book, enum account_outcome outcome,
                   const struct outcomes *outcomes, struct value_pair *pairs)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < book->customer_count; i++) {
        const struct account *account = outcome == OUTCOME_SATISFACTION
                                            ? &book->customers[i].account
                                            : &book->customers[i].before;

        if (account->band != BAND_INSUFFICIENT && !isnan(outcomes->values[i]))
            pairs[count++] = (struct value_pair){account->trust, outcomes->values[i]};
    }
    return count;
}

static void fill_tau(struct value_pair *pairs, size_t count, struct figure *figure)
{
    struct concordance concordance;

    figure->n = figure->k = count;
    figure->standing = count < OUTCOME_LEAST ? STR("insufficient") : standing_of(count);
    if (count < OUTCOME_LEAST || !stat_concordance(pairs, count, &concordance))
        return;
    figure->value = concordance.tau;
    figure->low = concordance.limits.low;
    figure->high = concordance.limits.high;
    figure->method = STR("delta");
}

/* k: those who left, or complained. */
static bool fill_area(const struct value_pair *pairs, size_t count, struct figure *figure)
{
    double *room = mem_alloc(count + 1, sizeof *room);
    struct dominance_limits area;
    size_t good = 0;
    size_t bad = 0;
    size_t i;

    if (!room)
        return false;
    for (i = 0; i < count; i++)
        if (pairs[i].y > 0)
            room[good++] = pairs[i].x;
        else
            room[count - ++bad] = pairs[i].x;
    figure->n = count;
    figure->k = bad;
    figure->standing =
        good < OUTCOME_SIDE_LEAST || bad < OUTCOME_SIDE_LEAST ? STR("insufficient")
                                                              : standing_of(count);
    if (good >= OUTCOME_SIDE_LEAST && bad >= OUTCOME_SIDE_LEAST &&
        stat_sort_double(room, good) && stat_sort_double(room + good, bad) &&
        stat_dominance_limits(room, good, room + good, bad, &area)) {
        figure->value = area.a;
        figure->low = area.limits.low;
        figure->high = area.limits.high;
        figure->method = STR("delong");
    }
    mem_free(room);
    return true;
}

bool account_outcome_fill(const struct account_book *book, enum account_outcome outcome,
                          struct figure *figure)
{
    size_t most = book->customer_count + 1;
    struct outcomes outcomes = {mem_alloc(most, sizeof *outcomes.values),
                                mem_alloc(most, sizeof *outcomes.counts)};
    struct value_pair *pairs = mem_alloc(most, sizeof *pairs);
    bool done = outcomes.values && outcomes.counts && pairs;
    size_t count;

    if (done) {
        read(book, outcome, &outcomes);
        count = pair(book, outcome, &outcomes, pairs);
        if (outcome == OUTCOME_CHURN || outcome == OUTCOME_COMPLAINT)
            done = fill_area(pairs, count, figure);
        else
            fill_tau(pairs, count, figure);
    }
    mem_free(outcomes.values);
    mem_free(outcomes.counts);
    mem_free(pairs);
    return done;
}
