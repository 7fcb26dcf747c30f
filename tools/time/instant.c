#include "time/instant.h"

#include <string.h>

#include "base/buf.h"
#include "time/civil_read.h"

const struct month_place month_places[100] = {
    [1] = {-59, 31, true},  [2] = {-28, 29, true},   [3] = {0, 31, false},
    [4] = {31, 30, false},  [5] = {61, 31, false},   [6] = {92, 30, false},
    [7] = {122, 31, false}, [8] = {153, 31, false},  [9] = {184, 30, false},
    [10] = {214, 31, false}, [11] = {245, 30, false}, [12] = {275, 31, false},
};

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

int64_t civil_days(int year, unsigned month, unsigned day)
{
    return days_of((unsigned)year, month, day);
}

bool civil_is_valid(const struct civil *civil)
{
    return civil->year >= 1 && date_is_real((unsigned)civil->year, civil->month, civil->day) &&
           civil->hour <= 23 && civil->minute <= 59 && civil->second <= 59 &&
           civil->microsecond <= 999999;
}

struct local local_from_civil(const struct civil *civil)
{
    int64_t days = civil_days(civil->year, civil->month, civil->day);
    int64_t seconds = civil->hour * 3600 + civil->minute * 60 + civil->second;

    return (struct local){(days * 86400 + seconds) * SECOND_US + civil->microsecond};
}

struct civil civil_from_local(struct local local)
{
    int64_t days = floor_divide(local.us, DAY_US);
    int64_t rest = local.us - days * DAY_US;
    unsigned seconds = (unsigned)(rest / SECOND_US);
    int64_t shifted = days + 719468; /* since 0000-03-01 */
    int64_t era = floor_divide(shifted, 146097);
    unsigned of_era = (unsigned)(shifted - era * 146097);
    unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
    unsigned from_march = (5 * of_year + 2) / 153;
    struct civil civil;

    civil.month = from_march < 10 ? from_march + 3 : from_march - 9;
    civil.year = (int)(era * 400 + year) + (civil.month <= 2);
    civil.day = of_year - (153 * from_march + 2) / 5 + 1;
    civil.hour = seconds / 3600;
    civil.minute = seconds / 60 % 60;
    civil.second = seconds % 60;
    civil.microsecond = (unsigned)(rest % SECOND_US);
    return civil;
}

unsigned civil_weekday(int64_t days)
{
    int64_t since_monday = (days % 7 + 7 + 3) % 7; /* 1970-01-01 was a Thursday */

    return (unsigned)since_monday + 1;
}

/* "2016-03-05 12:00" takes the same path as with seconds. */
static bool read_without_seconds(const char *text, int64_t *ret_us)
{
    char whole[20];

    memcpy(whole, text, 16);
    memcpy(whole + 16, ":00", 4);
    return read_date_time(whole, ret_us);
}

bool iso_text_read(struct str text, struct iso_text *ret_text)
{
    const char *end;
    const char *at;
    struct fraction fraction = {0, 0};
    int64_t local;
    int64_t instant = INSTANT_MISSING.us;
    int32_t offset;

    if (text.len < 16 || (text.ptr[10] != 'T' && text.ptr[10] != ' ' && text.ptr[10] != 't'))
        return false;
    end = text.ptr + text.len;
    if (text.len >= 19 && text.ptr[16] == ':') {
        if (!read_date_time(text.ptr, &local))
            return false;
        at = text.ptr + 19;
        if (at < end && (*at == '.' || *at == ',')) {
            at++;
            if (!read_fraction(&at, end, SIZE_MAX, &fraction))
                return false;
        }
        local += fraction.us;
    } else {
        if (!read_without_seconds(text.ptr, &local))
            return false;
        at = text.ptr + 16;
    }
    if (at < end) {
        if (*at == ' ' && text.ptr[10] == ' ')
            at++; /* "2016-03-05 12:00:00 +0100" */
        if (!read_offset(&at, end, &offset) || at != end)
            return false;
        instant = local - offset * SECOND_US;
        if (instant < CIVIL_FIRST_US || instant > CIVIL_LAST_US)
            return false;
    }
    ret_text->local.us = local;
    ret_text->instant.us = instant;
    ret_text->has_offset = instant != INSTANT_MISSING.us;
    ret_text->digits_dropped = fraction.dropped;
    return true;
}

bool instant_parse(struct str text, struct instant *ret_instant, unsigned *ret_digits_dropped)
{
    struct iso_text read;

    if (!iso_text_read(text, &read) || !read.has_offset)
        return false;
    *ret_instant = read.instant;
    *ret_digits_dropped = read.digits_dropped;
    return true;
}

void instant_format(struct instant instant, struct buf *out)
{
    struct civil civil;
    unsigned fraction;
    int digits = 6;

    if (instant_is_missing(instant))
        return;
    civil = civil_from_local((struct local){instant.us});
    buf_printf(out, "%04d-%02u-%02uT%02u:%02u:%02u", civil.year, civil.month, civil.day, civil.hour,
               civil.minute, civil.second);
    fraction = civil.microsecond;
    if (fraction != 0) {
        while (fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        buf_printf(out, ".%0*u", digits, fraction);
    }
    buf_add_char(out, 'Z');
}
