/*
 * Which cases one customer brought about one topic, in order of opening.
 *
 * Call: topic_cases_take; topic_of, topic_before and topic_after for each case; topic_cases_drop.
 * Owns: the list is shared by the measures of a run (measure/shared.h).
 * Errors: STATUS_MEMORY, reported.
 * Units: instants in microseconds UTC.
 * Source: repeat calls by customer and topic, ITIL service desk practice. The topic is what broke
 *         (configuration item, else service) and what was seen (symptom, else category); a source
 *         that tells only one of the two tells the topic by that.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_TOPIC_CASES_H
#define CFAUDIT_MEASURE_TOPIC_CASES_H

#include "measure/measure.h"

/* Slots that a measure of topics needs; it also needs classes. Who asks for causes needs theirs. */
static const uint64_t TOPIC_SLOTS = 1ull << SLOT_OPENED | 1ull << SLOT_CUSTOMER | 1ull << SLOT_CI |
                                    1ull << SLOT_SERVICE | 1ull << SLOT_SYMPTOM |
                                    1ull << SLOT_CATEGORY | 1ull << SLOT_CLASS;

struct topic {
    uint32_t customer; /* text ids */
    uint32_t thing;    /* INTERN_NONE: not told */
    uint32_t seen;     /* INTERN_NONE: not told */
};

struct topic_case {
    struct topic topic;
    uint32_t cause; /* text id; INTERN_NONE: none */
    uint64_t tie;   /* of the id: cases opened at the same instant keep one order */
    int64_t opened;
};

struct topic_cases;

/* The sources tell customer, opening and a topic. */
bool topics_are_told(const struct measure_context *context);
/* How finely: the category in the place of the symptom where no source has one, and so on. */
enum status topic_cases_take(const struct measure_context *context, struct diag *diag,
                             struct topic_cases **ret_cases);
void topic_cases_drop(struct topic_cases *cases); /* accepts NULL */
/* Why the case is none of a topic; NULL: it is one of *ret_topic. */
const char *topic_of(const struct topic_cases *cases, const struct record_case *item,
                     struct topic *ret_topic);
/* The last case of the topic opened before the instant, the first one opened after it; NULL: none. */
const struct topic_case *topic_before(const struct topic_cases *cases, const struct topic *topic,
                                      int64_t instant);
const struct topic_case *topic_after(const struct topic_cases *cases, const struct topic *topic,
                                     int64_t instant);

#endif
