/*
 * Reading instants that are written in a stated format.
 *
 * Call: time_format_compile once for each format; time_format_read for each text.
 * Owns: a compiled format is plain data.
 * Errors: compile says at which byte of the format it stopped; read is false when the text does
 *         not have exactly this form or names no real date.
 * Units: local times as struct local; with %z the result is already an instant.
 * Source: the letters of strftime: %Y %m %d %H %I %p %M %S %f (1 to 9 digits of a fraction) %b %z
 *         %y is refused. Day, month and hour may have one digit, unless digits stand next to them.
 *         %e is the day with a blank for a leading zero, or without.
 *         %D is day or month by `order`, as is %N: "%D/%N/%Y" stands for both 05/03/2016 readings.
 *         %b is Jan to Dec in any case, %p is AM or PM in any case, %% is a percent sign.
 *         A format names a whole date; %I and %p come together; minutes need hours, and so on.
 *         Only the year may be missing (time/year.h finds it), where there is no offset either.
 *         %s, %Q and %u stand for themselves: seconds (with .%f if wanted), milliseconds or
 *         microseconds since 1970-01-01T00:00:00Z. (%Q is Ruby's; C has none for the last two.)
 *         Without a time of day it is midnight. There is no second 60 and no hour 24.
 * Threads: constant after compiling.
 */
#ifndef CFAUDIT_TIME_FORMAT_H
#define CFAUDIT_TIME_FORMAT_H

#include "time/zone.h"

enum { TIME_FORMAT_PARTS = 24 };

/* How the two numbers of an ambiguous date are read. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_ORDER_DMY, DATE_ORDER_MDY };

/* A field and the byte that must stand behind it; either may be absent. */
struct time_part {
    unsigned char kind;    /* how it is read, private to the room */
    unsigned char slot;    /* which number it gives */
    unsigned char literal; /* 0: none */
};

struct time_format {
    unsigned count;
    struct time_part parts[TIME_FORMAT_PARTS];
    unsigned char iso_separator; /* "%Y-%m-%dT%H:%M:%S" or with a blank: takes the fast path */
    bool is_any_iso; /* "iso": every form of instant_parse, with or without an offset */
    bool has_offset; /* %z is in it, or it counts from 1970 */
    bool is_epoch;   /* %s, %Q or %u */
    bool lacks_year; /* what is read lies in the year 2000, which has every day of any */
    bool has_order;  /* %D and %N are in it */
};

struct time_text {
    struct local local;     /* the wall clock as written */
    struct instant instant; /* only when has_offset; otherwise the zone must be told */
    bool has_offset;        /* the text carried one */
    unsigned first;         /* %D and %N, for deciding the order of dates; 0 without them */
    unsigned second;
    unsigned digits_dropped; /* digits other than 0 beyond the microsecond, cut off */
};

/*
 * False: *ret_bad is the offset in `format` that is not understood, or its length when a part of
 * the date is missing. "iso" is ISO 8601 in all forms.
 */
bool time_format_compile(struct str format, struct time_format *ret_format, size_t *ret_bad);
/*
 * The whole text, nothing around it. With %D and %N and the order unknown: true when one of the two
 * readings is a real date; only first and second are then filled in, local and instant are missing.
 */
bool time_format_read(const struct time_format *format, enum date_order order, struct str text,
                      struct time_text *ret_time);
/*
 * The separators that texts of the form "2016-03-05 12:00:00" may have in this format, so that
 * time/date_times.h reads them just as time_format_read does; 0: none of that form.
 */
struct time_separators {
    char first;
    char second;
};
struct time_separators time_format_separators(const struct time_format *format);
/* "Z", "+01:00", "+0100", "+01" and nothing else: seconds east of Greenwich. */
bool time_offset_read(struct str text, int32_t *ret_offset);

#endif
