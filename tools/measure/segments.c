#include "measure/segments.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/attainment_judge.h"
#include "measure/case_walk.h"
#include "measure/observe.h"
#include "measure/service_clock.h"

/* Fewer are no floor. */
enum { FLOOR_LEAST = 10 };
static const int64_t HALF_YEAR = 182 * DAY_US;
static const int64_t SATISFIED_FROM = 4ll * FIELD_NUMBER_ONE;

/* --- which segments there are --- */

static int compare_segments(const void *a, const void *b)
{
    const struct segment *left = a;
    const struct segment *right = b;

    if (left->is_internal != right->is_internal)
        return left->is_internal ? 1 : -1;
    return str_compare(left->name, right->name);
}

static size_t find_segment(const struct segments *segments, struct str name, bool is_internal)
{
    size_t i;

    for (i = 0; i < segments->count; i++)
        if (segments->list[i].is_internal == is_internal &&
            str_compare(segments->list[i].name, name) == 0)
            break;
    return i;
}

static bool list_segments(struct segments *segments)
{
    const struct account_book *book = segments->book;
    size_t i;

    segments->of_customer = mem_alloc(book->customer_count + 1, sizeof *segments->of_customer);
    for (i = 0; segments->of_customer && i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];

        if (find_segment(segments, customer->segment, customer->is_internal) < segments->count)
            continue;
        if (!mem_grow(&segments->list, segments->count, &segments->capacity,
                      sizeof *segments->list))
            return false;
        segments->list[segments->count++] =
            (struct segment){.name = customer->segment, .is_internal = customer->is_internal};
    }
    if (segments->count)
        qsort(segments->list, segments->count, sizeof *segments->list, compare_segments);
    for (i = 0; segments->of_customer && i < book->customer_count; i++) {
        const struct account_customer *customer = &book->customers[i];

        segments->of_customer[i] =
            find_segment(segments, customer->segment, customer->is_internal);
        segments->list[segments->of_customer[i]].customers++;
    }
    return segments->of_customer != NULL;
}

/* NULL: nobody of that name is known. */
static struct segment *segment_of(struct segments *segments, struct str customer)
{
    const struct account_customer *found = account_book_find(segments->book, customer);

    return found ? &segments->list[segments->of_customer[found - segments->book->customers]] : NULL;
}

/* --- what is counted --- */

static void count(const struct segments *segments, struct segment *segment, enum segment_metric metric,
                  int64_t at, bool is_good)
{
    int64_t age = at == VALUE_MISSING ? -1 : segments->context->as_of.us - at;

    segment->all[metric].n++;
    segment->all[metric].k += is_good;
    if (age < 0 || age >= 2 * HALF_YEAR)
        return;
    segment->half[metric][age < HALF_YEAR ? SEGMENT_LATER : SEGMENT_EARLIER].n++;
    segment->half[metric][age < HALF_YEAR ? SEGMENT_LATER : SEGMENT_EARLIER].k += is_good;
}

/* False: memory is out. */
static bool count_ticket(struct segments *segments, const struct record_case *item)
{
    struct segment *segment = segment_of(segments, account_text(item, SLOT_CUSTOMER));
    struct attainment a = attainment_unknown;
    struct deadline_case deadline = {record_value(item, SLOT_OPENED), record_value(item, SLOT_DUE),
                                     case_end(item), record_value(item, SLOT_CLASS)};
    struct service_clock clock = {.standing = CLOCK_NO_LEVEL};

    if (!segment || item->is_empty || observe_is_outside(segments->context, deadline.end))
        return true;
    segment->has_voice = true;
    if (segments->clocks &&
        !service_clock_read(segments->clocks, item, SLA_RESOLUTION, &clock))
        return false;
    if (clock.standing == CLOCK_NO_LEVEL) {
        attainment_by_deadline(segments->context, &deadline, &a);
        clock.standing = a.standing;
    }
    if (!attainment_exclusion(clock.standing, SLA_RESOLUTION))
        count(segments, segment, SEGMENT_ON_TIME, deadline.end, clock.standing == CLOCK_MET);
    return true;
}

static enum status count_tickets(void *taker, const struct record_set *set)
{
    struct segments *segments = taker;
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);

        if (!count_ticket(segments, &item))
            return diag_no_memory(segments->diag);
    }
    return STATUS_OK;
}

static void count_surveys(struct segments *segments, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct segment *segment = segment_of(segments, account_text(&item, SLOT_CUSTOMER));
        int64_t score = record_value(&item, SURVEY_SCORE);
        int64_t at = record_value(&item, SURVEY_AT);

        if (!segment || score == VALUE_MISSING || at == VALUE_MISSING ||
            at > segments->context->as_of.us || observe_is_outside(segments->context, at))
            continue;
        segment->has_voice = true;
        if (str_is(account_text(&item, SURVEY_SCALE), "csat"))
            count(segments, segment, SEGMENT_SATISFIED, at, score >= SATISFIED_FROM);
    }
}

static void count_complaints(struct segments *segments, const struct record_set *set)
{
    size_t i;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        struct segment *segment = segment_of(segments, account_text(&item, SLOT_CUSTOMER));

        if (segment)
            segment->has_voice = true;
    }
}

/* Of a customer, not of a moment: halves tell the bands of their ends. */
static void count_accounts(struct segments *segments)
{
    const struct account_book *book = segments->book;
    size_t i;

    for (i = 0; i < book->customer_count; i++)
        if (book->customers[i].account.band != BAND_INSUFFICIENT)
            count(segments, &segments->list[segments->of_customer[i]], SEGMENT_ADEQUATE, VALUE_MISSING,
                  book->customers[i].account.band >= BAND_ADEQUATE);
}

/* --- the whole --- */

static enum status fill(struct segments *segments)
{
    const struct record_set *surveys = measure_set(segments->context, RECORD_SURVEY);
    const struct record_set *complaints = measure_set(segments->context, RECORD_COMPLAINT);
    enum status status = account_book_take(segments->context, segments->diag, &segments->book);

    if (status == STATUS_OK && segments->context->sla)
        status = service_clocks_new(segments->context, segments->diag, &segments->clocks);
    if (status == STATUS_OK && !list_segments(segments))
        status = diag_no_memory(segments->diag);
    if (status == STATUS_OK && measure_set(segments->context, RECORD_TICKET))
        status = case_walk(segments->context, count_tickets, segments);
    if (status != STATUS_OK)
        return status;
    if (surveys)
        count_surveys(segments, surveys);
    if (complaints)
        count_complaints(segments, complaints);
    count_accounts(segments);
    return STATUS_OK;
}

enum status segments_new(const struct measure_context *context, struct diag *diag,
                         struct segments **ret_segments)
{
    struct segments *segments = mem_alloc(1, sizeof *segments);
    enum status status;

    if (!segments)
        return diag_no_memory(diag);
    segments->context = context;
    segments->diag = diag;
    status = fill(segments);
    if (status == STATUS_OK)
        *ret_segments = segments;
    else
        segments_free(segments);
    return status;
}

void segments_free(struct segments *segments)
{
    if (!segments)
        return;
    account_book_drop(segments->book);
    service_clocks_free(segments->clocks);
    mem_free(segments->list);
    mem_free(segments->of_customer);
    mem_free(segments);
}

/* --- what they show --- */

double segment_share(const struct segment_tally *tally)
{
    return tally->n ? (double)tally->k / (double)tally->n : NAN;
}

/* The worst with sign -1, the best with sign 1. */
static size_t extreme(const struct segments *segments, enum segment_metric metric, double sign)
{
    size_t found = segments->count;
    size_t i;

    for (i = 0; i < segments->count; i++) {
        const struct segment_tally *tally = &segments->list[i].all[metric];

        if (tally->n < FLOOR_LEAST || segments->list[i].is_internal)
            continue;
        if (found == segments->count ||
            sign * segment_share(tally) > sign * segment_share(&segments->list[found].all[metric]))
            found = i;
    }
    return found;
}

size_t segments_worst(const struct segments *segments, enum segment_metric metric)
{
    return extreme(segments, metric, -1);
}

size_t segments_best(const struct segments *segments, enum segment_metric metric)
{
    return extreme(segments, metric, 1);
}

static int sign_of(double change)
{
    return (change > 0) - (change < 0);
}

static double change_of(const struct segment_tally *halves)
{
    return segment_share(&halves[SEGMENT_LATER]) - segment_share(&halves[SEGMENT_EARLIER]);
}

bool segments_reverse(const struct segments *segments, enum segment_metric metric)
{
    struct segment_tally pooled[SEGMENT_HALVES] = {{0, 0}, {0, 0}};
    size_t seen = 0;
    size_t i;
    size_t h;
    int sign;

    for (i = 0; i < segments->count; i++)
        for (h = 0; h < SEGMENT_HALVES; h++) {
            pooled[h].n += segments->list[i].half[metric][h].n;
            pooled[h].k += segments->list[i].half[metric][h].k;
        }
    sign = sign_of(change_of(pooled));
    for (i = 0; i < segments->count; i++) {
        double change = change_of(segments->list[i].half[metric]);

        if (isnan(change))
            continue;
        seen++;
        if (sign == 0 || sign_of(change) != -sign)
            return false;
    }
    return seen > 1;
}
