/*
 * Digits of dates and times, read by arithmetic on words of eight bytes. Private to the room.
 *
 * Owns: nothing.
 * Errors: false for text that is not of the stated form or names no real date or time.
 * Units: microseconds of the wall clock; offsets in seconds east of Greenwich.
 * Source: days by the era method (400 years have 146,097 days).
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_CIVIL_READ_H
#define CFAUDIT_TIME_CIVIL_READ_H

#include "time/instant.h"

/* 0001-01-01T00:00:00 and the last microsecond of 9999. */
static const int64_t CIVIL_FIRST_US = -62135596800000000;
static const int64_t CIVIL_LAST_US = 253402300799999999;

/* Byte 0 of the text is the lowest byte of the word on every machine. */
static inline uint64_t load_word(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

static inline unsigned digit_of(char c)
{
    return (unsigned)(unsigned char)c - '0';
}

static inline bool year_is_leap(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static inline unsigned days_in_month(unsigned year, unsigned month)
{
    if (month == 2)
        return 28 + year_is_leap(year);
    return 30 + ((month + (month >> 3)) & 1);
}

/* Days since 1970-01-01; year at least 1, the date must exist. */
static inline int64_t days_of(unsigned year, unsigned month, unsigned day)
{
    unsigned y = year - (month <= 2);
    unsigned from_march = month > 2 ? month - 3 : month + 9;

    return (int64_t)(365 * y + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + day - 1) -
           719468;
}

static inline bool date_is_real(unsigned year, unsigned month, unsigned day)
{
    return year - 1 < 9999 && month - 1 < 12 && day - 1 < 31 &&
           (day <= 28 || day <= days_in_month(year, month));
}

/* Days from 1 March to the first of the month in the same year, and the month's days. */
struct month_place {
    int16_t days;
    uint8_t length;
    bool is_early; /* January and February: a leap day still lies ahead */
};

extern const struct month_place month_places[100]; /* by two digits; length 0: no such month */

/* Days since 1970-01-01 of a date by its two pairs of year digits, each number below 100. */
static inline bool find_days(unsigned century, unsigned year, unsigned month, unsigned day,
                             int64_t *ret_days)
{
    const struct month_place *place = &month_places[month];
    bool leap = ((year ? year : century) & 3) == 0;

    if (day - 1 >= place->length || (day == 29 && place->length == 29 && !leap) ||
        century + year == 0)
        return false;
    /* whole years up to 1 March, the month from there, and 719,469 days from year 0 to 1970 */
    *ret_days = (int64_t)(century * 36524 + century / 4 + year * 365 + year / 4 + day) +
                place->days - (place->is_early & leap) - 719469;
    return true;
}

/*
 * "2016-03-05?12:00:00", exactly 19 bytes; the byte at ? is not looked at. Each byte xor its
 * pattern must be 0 to 9 for a digit and 0 for a sign: adding 0x76 or 0x7F then sets no top bit.
 * 16-03-05 and 12:00:00 have the same shape, so both words take the same steps.
 */
static inline bool read_date_time(const char *text, int64_t *ret_us)
{
    const uint64_t top_bits = 0x8080808080808080;
    const uint64_t shape = 0x76767F76767F7676;
    uint64_t date = load_word(text + 2) ^ 0x30302D30302D3030;   /* "00-00-00" */
    uint64_t clock = load_word(text + 11) ^ 0x30303A30303A3030; /* "00:00:00" */
    uint64_t wrong = date | (date + shape) | clock | (clock + shape);
    unsigned high = digit_of(text[0]);
    unsigned low = digit_of(text[1]);
    int64_t days;

    date = date * 10 + (date >> 8); /* byte i: the number made of digits i and i + 1 */
    clock = (clock * 10 + (clock >> 8)) & 0x00FF0000FF0000FF;
    /* hour to 23, minute and second to 59: more sets the top bit of its byte */
    if (((wrong | (clock + 0x0044000044000068)) & top_bits) != 0 || high > 9 || low > 9 ||
        !find_days(high * 10 + low, (unsigned)(date & 0xFF), (unsigned)(date >> 24 & 0xFF),
                   (unsigned)(date >> 48 & 0xFF), &days))
        return false;
    *ret_us = days * DAY_US + (int64_t)((unsigned)(clock & 0xFF) * 3600 +
                                        (unsigned)(clock >> 24 & 0xFF) * 60 +
                                        (unsigned)(clock >> 48)) * SECOND_US;
    return true;
}

struct fraction {
    unsigned us;
    unsigned dropped; /* digits other than 0 beyond the microsecond */
};

/* One digit at least and `most` at most; *at moves behind them. */
static inline bool read_fraction(const char **at, const char *end, size_t most,
                                 struct fraction *ret_fraction)
{
    static const unsigned scales[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
    const char *start = *at;
    const char *p = start;
    unsigned us = 0;
    unsigned dropped = 0;
    size_t count;

    for (; p < end && (size_t)(p - start) < most && digit_of(*p) <= 9; p++) {
        if (p - start < 6)
            us = us * 10 + digit_of(*p);
        else
            dropped += *p != '0';
    }
    count = (size_t)(p - start);
    if (count == 0)
        return false;
    *ret_fraction = (struct fraction){us * scales[count < 6 ? count : 6], dropped};
    *at = p;
    return true;
}

/* "Z", "+01:00", "+0100", "+01"; *at moves behind it. */
static inline bool read_offset(const char **at, const char *end, int32_t *ret_offset)
{
    const char *p = *at;
    unsigned hours;
    unsigned minutes = 0;
    bool west;

    if (p < end && (*p == 'Z' || *p == 'z')) {
        *at = p + 1;
        *ret_offset = 0;
        return true;
    }
    if (end - p < 3 || (*p != '+' && *p != '-') || digit_of(p[1]) > 9 || digit_of(p[2]) > 9)
        return false;
    west = *p == '-';
    hours = digit_of(p[1]) * 10 + digit_of(p[2]);
    p += 3;
    if (p < end && (*p == ':' || digit_of(*p) <= 9)) {
        p += *p == ':';
        if (end - p < 2 || digit_of(p[0]) > 9 || digit_of(p[1]) > 9)
            return false;
        minutes = digit_of(p[0]) * 10 + digit_of(p[1]);
        p += 2;
    }
    if (hours > 23 || minutes > 59)
        return false;
    *ret_offset = (int32_t)(hours * 3600 + minutes * 60) * (west ? -1 : 1);
    *at = p;
    return true;
}

struct iso_text {
    struct local local;     /* as written */
    struct instant instant; /* missing without an offset */
    bool has_offset;
    unsigned digits_dropped;
};

/* Every form of instant_parse, with or without an offset. */
bool iso_text_read(struct str text, struct iso_text *ret_text);

#endif
