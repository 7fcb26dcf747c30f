#include "page/number.h"

#include <math.h>

static const double SECONDS_AN_HOUR = 3600;

/* Beyond this a double holds no tenths, and grouping its digits would feign a precision. */
static const double NUMBER_GROUPED_BELOW = 1e15;

/* Digits of a whole number, at least so many, from the end of `digits`; how many. */
static int put_digits(char *end, uint64_t number, int least)
{
    int count = 0;

    for (; number > 0 || count < least; number /= 10)
        end[-++count] = (char)('0' + number % 10);
    return count;
}

static void add_grouped(struct buf *out, const char *digits, int count, char separator)
{
    int i;

    for (i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            buf_add_char(out, separator);
        buf_add_char(out, digits[i]);
    }
}

void number_add(struct buf *out, double value, unsigned decimals, enum lang lang)
{
    char separator = lang == LANG_IT ? '.' : ',';
    char point = lang == LANG_IT ? ',' : '.';
    char room[64];
    const char *digits;
    double scale = 1;
    double scaled;
    unsigned i;
    int len;

    if (!isfinite(value)) {
        buf_add_text(out, "\xE2\x80\x93");
        return;
    }
    for (i = 0; i < decimals; i++)
        scale *= 10;
    /* the factor lifts 0.285 * 100 = 28.499999999999996 to the half it stands for */
    scaled = floor(fabs(value) * scale * (1 + 4e-16) + 0.5);
    if (fabs(value) >= NUMBER_GROUPED_BELOW || scaled >= NUMBER_GROUPED_BELOW) {
        buf_add_double(out, value);
        return;
    }
    len = put_digits(room + sizeof room, (uint64_t)scaled, (int)decimals + 1);
    digits = room + sizeof room - len;
    if (value < 0 && scaled > 0)
        buf_add_char(out, '-');
    add_grouped(out, digits, len - (int)decimals, separator);
    if (decimals) {
        buf_add_char(out, point);
        buf_add(out, (struct str){digits + len - (int)decimals, decimals});
    }
}

void number_add_share(struct buf *out, double share, unsigned decimals, enum lang lang)
{
    number_add(out, share * 100, decimals, lang);
    if (isfinite(share))
        buf_add_text(out, " %");
}

unsigned duration_decimals(double seconds, unsigned decimals)
{
    double hours = fabs(seconds) / SECONDS_AN_HOUR;

    return hours > 0 && hours < 0.1 && decimals < 4 ? 4 : decimals;
}

void number_add_duration(struct buf *out, double seconds, unsigned decimals, enum lang lang)
{
    number_add(out, seconds / SECONDS_AN_HOUR, duration_decimals(seconds, decimals), lang);
    if (isfinite(seconds))
        buf_add_text(out, " h");
}

static void add_year(struct buf *out, int year)
{
    if (year < 0)
        buf_add_char(out, '-');
    buf_add_digits(out, (uint64_t)(year < 0 ? -(int64_t)year : year), year < 0 ? 3 : 4);
}

void number_add_day(struct buf *out, struct civil civil)
{
    add_year(out, civil.year);
    buf_add_char(out, '-');
    buf_add_digits(out, civil.month, 2);
    buf_add_char(out, '-');
    buf_add_digits(out, civil.day, 2);
}

void number_add_date(struct buf *out, struct local day, enum lang lang)
{
    struct civil civil = civil_from_local(day);

    if (lang == LANG_IT) {
        buf_add_digits(out, civil.day, 2);
        buf_add_char(out, '/');
        buf_add_digits(out, civil.month, 2);
        buf_add_char(out, '/');
        add_year(out, civil.year);
    } else {
        number_add_day(out, civil);
    }
}

void number_add_instant(struct buf *out, struct local time, enum lang lang)
{
    struct civil civil = civil_from_local(time);

    number_add_date(out, time, lang);
    buf_printf(out, " %02u:%02u", civil.hour, civil.minute);
    if (civil.second)
        buf_printf(out, ":%02u", civil.second);
}

void number_add_value(struct buf *out, struct str unit, double value, enum lang lang)
{
    if (str_is(unit, "s"))
        number_add_duration(out, value, 2, lang);
    else if (str_is(unit, "1"))
        number_add_share(out, value, 1, lang);
    else
        number_add(out, value, value == floor(value) ? 0 : 2, lang);
}

struct str unit_word(struct str unit)
{
    if (str_is(unit, "s"))
        return STR("h");
    if (str_is(unit, "1"))
        return STR("%");
    if (str_is(unit, "count"))
        return STR("n");
    if (str_is(unit, "ratio"))
        return STR("\xC3\x97");
    if (str_is(unit, "points"))
        return STR("pt");
    return unit;
}
