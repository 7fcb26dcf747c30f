/*
 * Who gave the first response that a source reports: a person, or a program that acknowledges.
 *
 * Call: first_reply_of for each case.
 * Owns: nothing.
 * Errors: none.
 * Units: instants in microseconds UTC; VALUE_MISSING: none.
 * A moment reported in whole minutes stands for all of that minute, one in whole seconds for all of
 * that second: messages often have finer times than the fields of their case.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_GAMING_REPLY_H
#define CFAUDIT_MEASURE_GAMING_REPLY_H

#include "record/record.h"

enum first_reply_author {
    REPLY_NOT_REPORTED,
    REPLY_NOT_SEEN, /* no message of the organization until then */
    REPLY_DOUBTFUL, /* nobody knows who wrote */
    REPLY_BY_PERSON,
    REPLY_BY_PROGRAM
};

struct first_reply {
    enum first_reply_author author;
    int64_t reported;
    int64_t answered; /* by a person, after what a program wrote; VALUE_MISSING: not so far */
};

struct first_reply first_reply_of(const struct record_case *item, int64_t as_of);

#endif
