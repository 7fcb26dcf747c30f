/*
 * Reading instants that are written in a stated format.
 *
 * Call: time_format_compile once for each format; time_format_read for each text.
 * Owns: a compiled format is plain data.
 * Errors: compile says at which byte of the format it stopped; read is false when the text does
 *         not have exactly this form or names no real date.
 * Units: local times as struct local; with %z the result is already an instant.
 * Source: the letters of strftime: %Y %m %d %H %I %p %M %S %f (1 to 9 digits of a fraction) %b %z
 *         %y is refused. Day, month and hour may have one digit. %D is day or month by
 *         `order`, as is %N: "%D/%N/%Y" stands for both 05/03/2016 readings.
 * Threads: constant after compiling.
 */
#ifndef CFAUDIT_TIME_FORMAT_H
#define CFAUDIT_TIME_FORMAT_H

#include "time/zone.h"

enum { TIME_FORMAT_PARTS = 24 };

/* How the two numbers of an ambiguous date are read. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_ORDER_DMY, DATE_ORDER_MDY };

struct time_format {
    unsigned count;
    unsigned char parts[TIME_FORMAT_PARTS]; /* a letter code, or a literal byte */
    bool is_field[TIME_FORMAT_PARTS];
    bool has_offset;    /* %z is in it */
    bool has_order;     /* %D and %N are in it */
    bool is_iso;        /* exactly the form of ISO 8601 with seconds: takes the fast path */
};

struct time_text {
    struct local local;
    bool has_offset;        /* this text had one: `instant` is valid, `local` is not */
    struct instant instant;
    unsigned first;         /* the first and second number of an ambiguous date, for deciding */
    unsigned second;
    unsigned digits_dropped;
};

/* False: *ret_bad is the offset in `format` that is not understood. "iso" is ISO 8601 in all forms. */
bool time_format_compile(struct str format, struct time_format *ret_format, size_t *ret_bad);
bool time_format_read(const struct time_format *format, enum date_order order, struct str text,
                      struct time_text *ret_time);

#endif
