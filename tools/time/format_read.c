#include "time/civil_read.h"
#include "time/format.h"
#include "time/format_parts.h"

/* Kept out of the fast path, which needs few registers. */
#define NOINLINE __attribute__((noinline))

struct reading {
    unsigned slots[SLOT_COUNT];
    int64_t epoch; /* microseconds */
    struct fraction fraction;
    int32_t offset;
};

static bool read_month_name(const char **at, const char *end, unsigned *ret_month)
{
    static const char names[12][4] = {"jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    struct str word = {*at, 3};
    unsigned i;

    if (end - *at < 3)
        return false;
    for (i = 0; i < 12; i++) {
        if (str_equal_nocase(word, (struct str){names[i], 3})) {
            *ret_month = i + 1;
            *at += 3;
            return true;
        }
    }
    return false;
}

static bool read_half_day(const char **at, const char *end, unsigned *ret_half)
{
    char half;

    if (end - *at < 2 || ((*at)[1] | 0x20) != 'm')
        return false;
    half = (char)((*at)[0] | 0x20);
    if (half != 'a' && half != 'p')
        return false;
    *ret_half = half == 'p' ? HALF_DAY_PM : HALF_DAY_AM;
    *at += 2;
    return true;
}

/* Up to 9999-12-31 in any unit. */
static bool read_epoch(unsigned char slot, const char **at, const char *end, int64_t *ret_us)
{
    int64_t unit = slot == SLOT_EPOCH_S ? SECOND_US : slot == SLOT_EPOCH_MS ? 1000 : 1;
    const char *p = *at;
    int64_t number = 0;

    for (; p < end && digit_of(*p) <= 9; p++) {
        number = number * 10 + digit_of(*p);
        if (number > CIVIL_LAST_US / unit)
            return false;
    }
    if (p == *at)
        return false;
    *at = p;
    *ret_us = number * unit;
    return true;
}

static bool read_padded(const char **at, const char *end, unsigned *ret_number)
{
    const char *p = *at;
    bool is_padded = p < end && *p == ' ';
    unsigned number;

    p += is_padded;
    if (p == end || (number = digit_of(*p++)) > 9)
        return false;
    if (!is_padded && p < end && digit_of(*p) <= 9)
        number = number * 10 + digit_of(*p++);
    *at = p;
    *ret_number = number;
    return true;
}

/* The rarer fields. */
static bool read_other(const struct time_part *part, const char **at, const char *end,
                       struct reading *reading)
{
    switch (part->kind) {
    case PART_LITERAL:
        return true;
    case PART_PADDED:
        return read_padded(at, end, &reading->slots[SLOT_DAY]);
    case PART_EPOCH:
        return read_epoch(part->slot, at, end, &reading->epoch);
    case PART_FRACTION:
        return read_fraction(at, end, 9, &reading->fraction);
    case PART_MONTH_NAME:
        return read_month_name(at, end, &reading->slots[SLOT_MONTH]);
    case PART_HALF_DAY:
        return read_half_day(at, end, &reading->slots[SLOT_HALF_DAY]);
    default:
        return read_offset(at, end, &reading->offset);
    }
}

static inline bool read_two(const char *at, const char *end, unsigned *ret_number)
{
    unsigned high;
    unsigned low;

    if (end - at < 2)
        return false;
    high = digit_of(at[0]);
    low = digit_of(at[1]);
    *ret_number = high * 10 + low;
    return high <= 9 && low <= 9;
}

static bool read_parts(const struct time_format *format, struct str text, struct reading *reading)
{
    const char *at = text.ptr;
    const char *end = text.ptr + text.len;
    const struct time_part *part = format->parts;
    const struct time_part *last = part + format->count;

    for (; part < last; part++) {
        unsigned *number = &reading->slots[part->slot];
        unsigned digit;

        if (part->kind == PART_ONE_OR_TWO) {
            if (at == end || (digit = digit_of(*at++)) > 9)
                return false;
            *number = digit;
            if (at < end && (digit = digit_of(*at)) <= 9) {
                *number = *number * 10 + digit;
                at++;
            }
        } else if (part->kind == PART_TWO) {
            if (!read_two(at, end, number))
                return false;
            at += 2;
        } else if (part->kind == PART_YEAR) {
            if (!read_two(at, end, &reading->slots[SLOT_CENTURY]) ||
                !read_two(at + 2, end, number))
                return false;
            at += 4;
        } else {
            const char *from = at;

            if (!read_other(part, &from, end, reading))
                return false;
            at = from;
        }
        if (part->literal != '\0' && (at == end || (unsigned char)*at++ != part->literal))
            return false;
    }
    return at == end;
}

/* The hour on a 24-hour clock: 12 AM is midnight, 12 PM is noon. */
static bool settle_clock(unsigned *slots)
{
    if (slots[SLOT_HALF_DAY] != HALF_DAY_NONE) {
        if (slots[SLOT_HOUR] < 1 || slots[SLOT_HOUR] > 12)
            return false;
        slots[SLOT_HOUR] =
            slots[SLOT_HOUR] % 12 + (slots[SLOT_HALF_DAY] == HALF_DAY_PM ? 12 : 0);
    }
    return slots[SLOT_HOUR] <= 23 && slots[SLOT_MINUTE] <= 59 && slots[SLOT_SECOND] <= 59;
}

static bool find_date(const unsigned *slots, unsigned month, unsigned day, int64_t *ret_days)
{
    return find_days(slots[SLOT_CENTURY], slots[SLOT_YEAR], month, day, ret_days);
}

/* Both readings of a date whose order is not known: is one of them real? */
static bool read_undecided(const struct reading *reading, struct time_text *ret_time)
{
    unsigned first = reading->slots[SLOT_FIRST];
    unsigned second = reading->slots[SLOT_SECOND_NUMBER];
    int64_t days;

    if (!find_date(reading->slots, second, first, &days) &&
        !find_date(reading->slots, first, second, &days))
        return false;
    *ret_time = (struct time_text){{INSTANT_MISSING.us}, INSTANT_MISSING, false,
                                   first, second, reading->fraction.dropped};
    return true;
}

static bool from_epoch(const struct reading *reading, struct time_text *ret_time)
{
    int64_t us = reading->epoch + reading->fraction.us;

    *ret_time = (struct time_text){{us}, {us}, true, 0, 0, reading->fraction.dropped};
    return us <= CIVIL_LAST_US;
}

static NOINLINE bool read_by_parts(const struct time_format *format, enum date_order order,
                                   struct str text, struct time_text *ret_time)
{
    struct reading reading = {{0}, 0, {0, 0}, 0};
    unsigned *slots = reading.slots;
    unsigned seconds;
    int64_t days;
    int64_t local;
    int64_t instant = INSTANT_MISSING.us;

    if (!text.ptr || !read_parts(format, text, &reading) || !settle_clock(slots))
        return false;
    if (format->has_order) {
        if (order == DATE_ORDER_UNKNOWN)
            return read_undecided(&reading, ret_time);
        slots[SLOT_DAY] = slots[order == DATE_ORDER_DMY ? SLOT_FIRST : SLOT_SECOND_NUMBER];
        slots[SLOT_MONTH] = slots[order == DATE_ORDER_DMY ? SLOT_SECOND_NUMBER : SLOT_FIRST];
    }
    if (format->is_epoch)
        return from_epoch(&reading, ret_time);
    if (format->lacks_year)
        slots[SLOT_CENTURY] = 20;
    if (!find_date(slots, slots[SLOT_MONTH], slots[SLOT_DAY], &days))
        return false;
    seconds = slots[SLOT_HOUR] * 3600 + slots[SLOT_MINUTE] * 60 + slots[SLOT_SECOND];
    local = days * DAY_US + seconds * SECOND_US + reading.fraction.us;
    if (format->has_offset) {
        instant = local - reading.offset * SECOND_US;
        if (instant < CIVIL_FIRST_US || instant > CIVIL_LAST_US)
            return false;
    }
    *ret_time = (struct time_text){{local}, {instant}, format->has_offset, slots[SLOT_FIRST],
                                   slots[SLOT_SECOND_NUMBER], reading.fraction.dropped};
    return true;
}

static NOINLINE bool read_any_iso(struct str text, struct time_text *ret_time)
{
    struct iso_text read;

    if (!iso_text_read(text, &read))
        return false;
    *ret_time = (struct time_text){read.local, read.instant, read.has_offset,
                                   0,          0,            read.digits_dropped};
    return true;
}

bool time_format_read(const struct time_format *format, enum date_order order, struct str text,
                      struct time_text *ret_time)
{
    int64_t us;

    if (text.len == 19 && (unsigned char)text.ptr[10] == format->iso_separator &&
        read_date_time(text.ptr, &us)) {
        *ret_time = (struct time_text){{us}, INSTANT_MISSING, false, 0, 0, 0};
        return true;
    }
    if (format->is_any_iso)
        return read_any_iso(text, ret_time);
    return read_by_parts(format, order, text, ret_time); /* also "2016-3-5 9:00:00" */
}

struct time_separators time_format_separators(const struct time_format *format)
{
    if (format->is_any_iso)
        return (struct time_separators){' ', 'T'};
    return (struct time_separators){(char)format->iso_separator, '\0'};
}

bool time_offset_read(struct str text, int32_t *ret_offset)
{
    const char *at = text.ptr;

    return read_offset(&at, text.ptr + text.len, ret_offset) && at == text.ptr + text.len;
}
