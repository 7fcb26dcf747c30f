#include "time/posix_tz.h"

#include "time/civil_read.h"

struct scan {
    const char *at;
    const char *end;
};

static bool take(struct scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

/* A number of at most three digits, from least to most. */
static bool take_number(struct scan *scan, unsigned least, unsigned most, unsigned *ret_number)
{
    const char *start = scan->at;
    unsigned number = 0;

    for (; scan->at < scan->end && scan->at - start < 3 && digit_of(*scan->at) <= 9; scan->at++)
        number = number * 10 + digit_of(*scan->at);
    if (scan->at == start || number < least || number > most)
        return false;
    *ret_number = number;
    return true;
}

/* "CET", or "<+03>": three bytes at least. */
static bool skip_name(struct scan *scan)
{
    bool quoted = take(scan, '<');
    size_t len = 0;

    for (; scan->at < scan->end; scan->at++, len++) {
        char c = *scan->at;
        bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        if (!is_letter && !(quoted && (digit_of(c) <= 9 || c == '+' || c == '-')))
            break;
    }
    return len >= 3 && (!quoted || take(scan, '>'));
}

/* "[+-]h[:mm[:ss]]" in seconds. */
static bool take_time(struct scan *scan, unsigned most_hours, int32_t *ret_seconds)
{
    bool negative = take(scan, '-');
    unsigned hours;
    unsigned minutes = 0;
    unsigned seconds = 0;

    if (!negative)
        (void)take(scan, '+');
    if (!take_number(scan, 0, most_hours, &hours))
        return false;
    if (take(scan, ':')) {
        if (!take_number(scan, 0, 59, &minutes))
            return false;
        if (take(scan, ':') && !take_number(scan, 0, 59, &seconds))
            return false;
    }
    *ret_seconds = (int32_t)(hours * 3600 + minutes * 60 + seconds) * (negative ? -1 : 1);
    return true;
}

static bool take_offset(struct scan *scan, int32_t *ret_offset)
{
    int32_t west;

    if (!skip_name(scan) || !take_time(scan, 24, &west))
        return false;
    *ret_offset = -west;
    return true;
}

static bool take_date(struct scan *scan, struct posix_date *ret_date)
{
    struct posix_date date = {POSIX_DAY_WITH_LEAP, 0, 0, 0, 7200};

    if (!take(scan, ','))
        return false;
    if (take(scan, 'M')) {
        date.kind = POSIX_DAY_MONTH_WEEK;
        if (!take_number(scan, 1, 12, &date.month) || !take(scan, '.') ||
            !take_number(scan, 1, 5, &date.week) || !take(scan, '.') ||
            !take_number(scan, 0, 6, &date.day))
            return false;
    } else if (take(scan, 'J')) {
        date.kind = POSIX_DAY_WITHOUT_LEAP;
        if (!take_number(scan, 1, 365, &date.day))
            return false;
    } else if (!take_number(scan, 0, 365, &date.day)) {
        return false;
    }
    if (take(scan, '/') && !take_time(scan, 167, &date.time))
        return false;
    *ret_date = date;
    return true;
}

bool posix_tz_parse(struct str text, struct posix_tz *ret_rule)
{
    struct posix_tz rule = {0, 0, false, {0}, {0}};
    struct scan scan = {text.ptr, text.ptr + text.len};

    if (text.len == 0 || !take_offset(&scan, &rule.standard))
        return false;
    if (scan.at < scan.end) {
        rule.has_daylight = true;
        if (!skip_name(&scan))
            return false;
        rule.daylight = rule.standard + 3600;
        if (scan.at < scan.end && *scan.at != ',') {
            if (!take_time(&scan, 24, &rule.daylight))
                return false;
            rule.daylight = -rule.daylight;
        }
        if (!take_date(&scan, &rule.start) || !take_date(&scan, &rule.end) || scan.at != scan.end)
            return false;
    }
    *ret_rule = rule;
    return true;
}

/* The nth of a weekday in a month; the fifth is the last. */
static int64_t day_of_month_week(const struct posix_date *date, unsigned year)
{
    int64_t first = days_of(year, date->month, 1);
    unsigned weekday = civil_weekday(first) % 7; /* 0 Sunday */
    unsigned day = (date->day + 7 - weekday) % 7 + 7 * (date->week - 1);

    if (day >= days_in_month(year, date->month))
        day -= 7;
    return first + day;
}

int64_t posix_date_at(const struct posix_date *date, unsigned year, int32_t offset)
{
    int64_t new_year = days_of(year, 1, 1);
    int64_t day;

    if (date->kind == POSIX_DAY_MONTH_WEEK)
        day = day_of_month_week(date, year);
    else if (date->kind == POSIX_DAY_WITHOUT_LEAP)
        day = new_year + date->day - 1 + (year_is_leap(year) && date->day >= 60);
    else
        day = new_year + date->day;
    return day * 86400 + date->time - offset;
}
