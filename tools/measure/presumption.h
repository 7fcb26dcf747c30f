/*
 * Whose fault was presumed, and whose it was.
 *
 * Call: presumption_of; presumptions_new for all together; presumptions_sheets and the comparison
 *       of delays for the figures; presumptions_free.
 * Owns: the caller owns the table.
 * Errors: STATUS_MEMORY, reported; false when memory is out.
 * Units: certainty in whole per cent; delays in working time, microseconds.
 * Source: confusion matrix; Brier 1950; Cliff 1993 for the delay that a wrong presumption costs.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_MEASURE_PRESUMPTION_H
#define CFAUDIT_MEASURE_PRESUMPTION_H

#include "measure/measure.h"

enum fault { FAULT_US, FAULT_CUSTOMER, FAULT_THIRD, FAULT_COUNT };

struct presumption {
    const char *refusal; /* why it cannot be judged; NULL: it can */
    bool is_made;        /* somebody presumed something */
    enum fault presumed; /* of one that is made */
    enum fault found;
    int64_t surely; /* per cent; VALUE_MISSING: not said, or impossible */
    int64_t end;
};

struct presumptions;

struct presumption presumption_of(const struct measure_context *context,
                                  const struct record_case *item);
enum status presumptions_new(const struct measure_context *context, struct diag *diag,
                             struct presumptions **ret_presumptions);
void presumptions_free(struct presumptions *presumptions); /* accepts NULL */
/* The tables "presumptions" and "presumption-calibration". */
bool presumptions_sheets(const struct presumptions *presumptions, struct arena *arena,
                         struct figure *figure);
/* What is said of the delay of wrong presumptions of the customer beside right ones. */
bool presumptions_delay(const struct presumptions *presumptions, struct arena *arena,
                        struct figure *figure);

#endif
