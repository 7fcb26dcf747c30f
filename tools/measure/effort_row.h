/*
 * A row of a time sheet, and what it means for the account with the customer.
 *
 * Call: effort_row_of.
 * Owns: nothing.
 * Errors: none; a row without hours or date is not usable.
 * Units: hours in millionths; as working time in microseconds.
 * Source: work outside the contract is settled by a change order, an invoice or an approved gift.
 * Threads: values only.
 */
#ifndef CFAUDIT_MEASURE_EFFORT_ROW_H
#define CFAUDIT_MEASURE_EFFORT_ROW_H

#include "measure/case_words.h"

struct effort_row {
    const char *refusal; /* why the row cannot be used; NULL: it can */
    int64_t date;
    int64_t time; /* worked, in microseconds */
    bool has_scope;
    bool is_out;
    bool is_settled; /* by a change order, an invoice or a gift */
};

static inline struct effort_row effort_row_of(const struct record_case *item, int64_t as_of)
{
    int64_t hours = record_value(item, EFFORT_HOURS);
    struct effort_row row = {.date = record_value(item, EFFORT_DATE)};

    if (row.date == VALUE_MISSING || hours == VALUE_MISSING)
        row.refusal = "no-date-or-hours";
    else if (row.date > as_of)
        row.refusal = "worked-later";
    else if (hours < 0 || hours > INT64_MAX / 3600)
        row.refusal = "hours-impossible";
    if (row.refusal)
        return row;
    row.time = hours * 3600; /* millionths of an hour to microseconds */
    row.is_out = case_says(item, EFFORT_SCOPE, "out");
    row.has_scope = row.is_out || case_says(item, EFFORT_SCOPE, "in");
    row.is_settled = case_has(item, EFFORT_CHANGE_ORDER) || case_has(item, EFFORT_GOODWILL) ||
                     record_value(item, EFFORT_BILLED) == 1;
    return row;
}

#endif
