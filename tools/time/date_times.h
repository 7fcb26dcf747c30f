/*
 * Local times of many texts at once that are written as most exports do: "2016-03-05 12:00:00".
 *
 * Call: date_times_read with the fastest path there is.
 * Owns: nothing.
 * Errors: INT64_MIN for a text that is not of this form or names no real date or time; it may still
 *         be of another form.
 * Units: microseconds of the wall clock since 1970-01-01T00:00:00.
 * The paths give the same numbers.
 * Source: eight dates side by side, each number of two digits as one product; the days before a
 *         month by a line with integer slope as in C. Neri and L. Schneider, "Euclidean affine
 *         functions and their application to calendar algorithms", Software: Practice and
 *         Experience 53 (2023).
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_DATE_TIMES_H
#define CFAUDIT_TIME_DATE_TIMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum date_times_path { DATE_TIMES_PORTABLE, DATE_TIMES_AVX2, DATE_TIMES_PATHS };

enum { DATE_TIME_LEN = 19 };

/* The machine has what the path needs. */
bool date_times_has(enum date_times_path path);
enum date_times_path date_times_best(void);
/*
 * Text i is the DATE_TIME_LEN bytes at base + places[i * stride], of which the one between date and
 * time is the separator. Returns how many are not of this form.
 */
struct date_texts {
    const char *base;
    const uint32_t *places;
    size_t stride;
    size_t count;
    char separator;
};
size_t date_times_read(enum date_times_path path, const struct date_texts *texts,
                       int64_t *ret_local);

#endif
