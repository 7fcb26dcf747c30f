/* Zones against the C library, local times against brute force over minutes. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "time/zone_column.h"

static uint64_t random_state;

static uint64_t random_number(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return random_state >> 16;
}

static struct zone *loaded(const char *name)
{
    struct zone *zone = NULL;
    struct diag diag;

    diag_init(&diag);
    if (zone_load(str_of(name), &diag, &zone) != STATUS_OK)
        fail_msg("%s: %s", name, diag.count ? diag.list[0].text.ptr : "no diagnostic");
    assert_int_equal(diag.count, 0);
    diag_done(&diag);
    return zone;
}

/* The C library's wall clock, by its own reading of the files. */
static bool library_local(int64_t second, int64_t *ret_local)
{
    time_t when = (time_t)second;
    struct tm tm;
    struct civil civil;

    if (!localtime_r(&when, &tm))
        return false;
    civil = (struct civil){tm.tm_year + 1900,
                           (unsigned)tm.tm_mon + 1,
                           (unsigned)tm.tm_mday,
                           (unsigned)tm.tm_hour,
                           (unsigned)tm.tm_min,
                           (unsigned)tm.tm_sec,
                           0};
    *ret_local = local_from_civil(&civil).us;
    return true;
}

/* Half of the instants near our days, half anywhere up to the year 9998. */
static int64_t random_second(int64_t from)
{
    if (random_number() % 2)
        return from / 16 + (int64_t)(random_number() % 8000000000);
    return from + (int64_t)(random_number() % (uint64_t)(253370764800 - from));
}

/* A local time to its instants: the C library's wall shows it then, or jumps over it. */
static bool library_shows(const struct zone *zone, int64_t local_second)
{
    struct local local = {local_second * SECOND_US};
    struct instant first;
    struct instant later;
    int64_t at_first;
    int64_t at_later;
    int64_t before;
    enum zone_case how = zone_to_instant(zone, local, &first, &later);

    if (!library_local(first.us / SECOND_US, &at_first) ||
        !library_local(later.us / SECOND_US, &at_later) ||
        !library_local(first.us / SECOND_US - 1, &before))
        return false;
    switch (how) {
    case ZONE_ONCE:
        return first.us == later.us && at_first == local.us;
    case ZONE_TWICE:
        return first.us < later.us && at_first == local.us && at_later == local.us;
    case ZONE_GAP:
        return first.us == later.us && before < local.us && at_first > local.us;
    }
    return false;
}

/* Runs in a child, because the zone of the C library belongs to the process. */
static int count_differences(const struct zone *zone, const char *tz, int64_t from)
{
    unsigned i;

    setenv("TZ", tz, 1);
    tzset();
    for (i = 0; i < 2500; i++) {
        int64_t second = random_second(from);
        int64_t us = second * SECOND_US + (int64_t)(random_number() % 1000000);
        struct instant first;
        struct instant later;
        struct local local = zone_local(zone, (struct instant){us});
        int64_t theirs;

        if (!library_local(second, &theirs))
            return 1;
        if (local.us - us % SECOND_US - (us % SECOND_US < 0 ? SECOND_US : 0) != theirs) {
            fprintf(stderr, "%s at %lld: %lld, not %lld\n", tz, (long long)second,
                    (long long)(local.us / SECOND_US), (long long)(theirs / SECOND_US));
            return 1;
        }
        if (zone_offset(zone, (struct instant){us}) * SECOND_US != local.us - us)
            return 1;
        if (zone_to_instant(zone, local, &first, &later) == ZONE_GAP ||
            (first.us != us && later.us != us)) {
            fprintf(stderr, "%s at %lld: does not come back\n", tz, (long long)second);
            return 1;
        }
        second = random_second(from + 172800);
        if (!library_shows(zone, second)) {
            fprintf(stderr, "%s: local %lld is not shown\n", tz, (long long)second);
            return 1;
        }
    }
    return 0;
}

static void compare_with_library(const struct zone *zone, const char *tz, int64_t from)
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0)
        _exit(count_differences(zone, tz, from));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void zones_agree_with_the_c_library(void **state)
{
    static const char *const names[] = {
        "Africa/Abidjan",      "Africa/Cairo",        "Africa/Casablanca",
        "Africa/Johannesburg", "Africa/Monrovia",     "America/Argentina/Buenos_Aires",
        "America/Caracas",     "America/Chicago",     "America/Denver",
        "America/Halifax",     "America/Los_Angeles", "America/Mexico_City",
        "America/New_York",    "America/Nuuk",        "America/Santiago",
        "America/Sao_Paulo",   "America/St_Johns",    "Antarctica/Troll",
        "Asia/Dubai",          "Asia/Gaza",           "Asia/Jerusalem",
        "Asia/Kathmandu",      "Asia/Kolkata",        "Asia/Seoul",
        "Asia/Shanghai",       "Asia/Tehran",         "Asia/Tokyo",
        "Atlantic/Azores",     "Australia/Adelaide",  "Australia/Lord_Howe",
        "Australia/Sydney",    "Etc/GMT+12",          "Europe/Dublin",
        "Europe/Lisbon",       "Europe/London",       "Europe/Moscow",
        "Europe/Rome",         "Pacific/Apia",        "Pacific/Auckland",
        "Pacific/Chatham",     "Pacific/Kiritimati",  "UTC",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct zone *zone = loaded(names[i]);

        random_state = i;
        assert_true(str_is(zone_name(zone), names[i]));
        compare_with_library(zone, names[i], -62104060800); /* the year 2 */
        zone_free(zone);
    }
}

static void put_u32(char *at, uint32_t value)
{
    at[0] = (char)(value >> 24);
    at[1] = (char)(value >> 16);
    at[2] = (char)(value >> 8);
    at[3] = (char)value;
}

/* A file without changes: the rule holds from the beginning of time. */
static struct zone *ruled_by(const char *rule)
{
    enum { HEADER = 44, BLOCK = 6 + 4 };
    char bytes[2 * (HEADER + BLOCK) + 128] = {0};
    struct zone *zone = NULL;
    struct diag diag;
    size_t at;
    size_t len;

    for (at = 0; at <= HEADER + BLOCK; at += HEADER + BLOCK) {
        memcpy(bytes + at, "TZif2", 5);
        put_u32(bytes + at + 36, 1);
        put_u32(bytes + at + 40, 4);
        memcpy(bytes + at + HEADER + 6, "XXX", 4);
    }
    len = 2 * (HEADER + BLOCK);
    len += (size_t)snprintf(bytes + len, sizeof bytes - len, "\n%s\n", rule);
    diag_init(&diag);
    if (zone_from_bytes(STR("Test/Rule"), (struct str){bytes, len}, &diag, &zone) != STATUS_OK)
        fail_msg("%s: %s", rule, diag.list[0].text.ptr);
    diag_done(&diag);
    return zone;
}

static void rules_agree_with_the_c_library(void **state)
{
    static const char *const rules[] = {
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "EST5EDT,M3.2.0,M11.1.0",
        "IST-1GMT0,M10.5.0,M3.5.0/1",
        "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "IST-2IDT,M3.4.4/26,M10.5.0",
        "AAA3BBB,J60/1,J300/1",
        "AAA-5:45:30BBB-6,J59/23:59:59,J60/4",
        "AAA3BBB,59/1,299/1",
        "AAA-3BBB,0/2,364/2",
        "<+00>0<+02>-2,M3.5.0/1,M10.5.0/3",
        "AAA0BBB,M1.1.1/0,M12.5.6/0",
        "CET-1",
        "<-1130>11:30",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct zone *zone = ruled_by(rules[i]);

        random_state = i;
        compare_with_library(zone, rules[i], 31536000); /* glibc has no rules before 1971 */
        zone_free(zone);
    }
}

/* RFC 8536, section 3.3.1, gives this rule for daylight time all year. */
static void daylight_time_all_year_has_no_seams(void **state)
{
    struct zone *zone = ruled_by("XXX3EDT4,0/0,J365/23");
    struct zone *other = ruled_by("EST5EDT,0/0,J365/25");
    int64_t second;

    (void)state;
    for (second = 0; second < 5 * 366 * 86400; second += 1800) {
        assert_int_equal(zone_offset(zone, (struct instant){second * SECOND_US}), -4 * 3600);
        assert_int_equal(zone_offset(other, (struct instant){second * SECOND_US}), -4 * 3600);
    }
    zone_free(zone);
    zone_free(other);
}

enum { WINDOW_MINUTES = 60 * 60 }; /* 30 hours to each side: zones have skipped whole days */

struct minute {
    unsigned count;
    int64_t first;
    int64_t later;
};

/* All local minutes near a change, each with the instants that show it. */
static void check_change(const struct zone *zone, int64_t change)
{
    struct minute *minutes = mem_alloc(3 * WINDOW_MINUTES, sizeof *minutes);
    int64_t start = change - WINDOW_MINUTES / 2 * MINUTE_US;
    int64_t end = start + WINDOW_MINUTES * MINUTE_US;
    int64_t local_start = zone_local(zone, (struct instant){start}).us - WINDOW_MINUTES * MINUTE_US;
    int64_t offset_before = zone_offset(zone, (struct instant){start}) * SECOND_US;
    int64_t offset_after = zone_offset(zone, (struct instant){end - MINUTE_US}) * SECOND_US;
    int64_t i;

    for (i = 0; i < WINDOW_MINUTES; i++) {
        int64_t us = start + i * MINUTE_US;
        struct minute *minute =
            &minutes[(zone_local(zone, (struct instant){us}).us - local_start) / MINUTE_US];

        if (minute->count++ == 0)
            minute->first = us;
        minute->later = us;
    }
    for (i = 0; i < 3 * WINDOW_MINUTES; i++) {
        struct local local = {local_start + i * MINUTE_US};
        int64_t before = local.us - offset_before;
        int64_t after = local.us - offset_after;
        struct instant first;
        struct instant later;
        enum zone_case how;

        if (before < start || before >= end || after < start || after >= end)
            continue; /* an instant with this wall clock may lie outside the window */
        how = zone_to_instant(zone, local, &first, &later);
        assert_int_equal(how, minutes[i].count == 0   ? ZONE_GAP
                              : minutes[i].count == 1 ? ZONE_ONCE
                                                      : ZONE_TWICE);
        if (minutes[i].count == 0) {
            assert_int_equal(first.us, change);
            assert_int_equal(later.us, change);
        } else {
            assert_int_equal(first.us, minutes[i].first);
            assert_int_equal(later.us, minutes[i].later);
        }
    }
    mem_free(minutes);
}

/* Finds the changes by looking at every hour, then at halves; returns how many there were. */
static unsigned check_changes(const struct zone *zone, int64_t from, int64_t to)
{
    unsigned found = 0;
    int64_t us;

    for (us = from; us < to; us += HOUR_US) {
        int64_t low = us;
        int64_t high = us + HOUR_US;
        int32_t before = zone_offset(zone, (struct instant){low});

        if (before == zone_offset(zone, (struct instant){high}))
            continue;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;

            if (zone_offset(zone, (struct instant){middle}) == before)
                low = middle;
            else
                high = middle;
        }
        check_change(zone, high);
        found++;
    }
    return found;
}

static void gaps_and_folds_are_as_on_the_wall(void **state)
{
    static const struct {
        const char *name;
        unsigned changes; /* of 1996 to 2015, by utcoffset() of Python's zoneinfo hour by hour */
    } zones[] = {
        {"Europe/Rome", 40},       {"America/New_York", 40}, {"Australia/Lord_Howe", 40},
        {"America/St_Johns", 40},  {"Antarctica/Troll", 22}, {"Pacific/Apia", 12},
        {"Europe/Dublin", 40},     {"Asia/Kolkata", 0},      {"Pacific/Kwajalein", 0},
        {"Africa/Casablanca", 24},
    };
    static const int64_t start = 820454400000000; /* 1996-01-01 */
    static const int64_t end = 1451606400000000;  /* 2016-01-01 */
    static const int64_t far = 79304140800000000; /* 4483-01-01, beyond one period of rules */
    size_t i;

    (void)state;
    for (i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        struct zone *zone = loaded(zones[i].name);
        unsigned found = check_changes(zone, start, end);

        assert_int_equal(found, zones[i].changes);
        (void)check_changes(zone, far, far + 3 * 366 * DAY_US);
        zone_free(zone);
    }
}

static void one_gap_and_one_fold_word_for_word(void **state)
{
    struct zone *rome = loaded("Europe/Rome");
    struct zone *apia = loaded("Pacific/Apia");
    struct civil civil = {2026, 3, 29, 2, 30, 0, 0};
    struct instant first;
    struct instant later;

    (void)state;
    assert_int_equal(zone_to_instant(rome, local_from_civil(&civil), &first, &later), ZONE_GAP);
    assert_int_equal(first.us, 1774746000 * SECOND_US); /* 2026-03-29T01:00:00Z */
    assert_int_equal(later.us, first.us);
    civil = (struct civil){2026, 10, 25, 2, 30, 0, 0};
    assert_int_equal(zone_to_instant(rome, local_from_civil(&civil), &first, &later), ZONE_TWICE);
    assert_int_equal(first.us, 1792888200 * SECOND_US); /* 00:30Z */
    assert_int_equal(later.us, 1792891800 * SECOND_US); /* 01:30Z */
    civil = (struct civil){2026, 10, 25, 3, 0, 0, 0};
    assert_int_equal(zone_to_instant(rome, local_from_civil(&civil), &first, &later), ZONE_ONCE);
    assert_int_equal(first.us, 1792893600 * SECOND_US);
    /* Samoa had no 30 December 2011 */
    civil = (struct civil){2011, 12, 30, 12, 0, 0, 0};
    assert_int_equal(zone_to_instant(apia, local_from_civil(&civil), &first, &later), ZONE_GAP);
    assert_int_equal(first.us, 1325239200 * SECOND_US); /* 2011-12-30T10:00:00Z */
    zone_free(rome);
    zone_free(apia);
}

static void days_of_change_have_23_and_25_hours(void **state)
{
    static const struct {
        struct civil from;
        struct civil to;
        int64_t hours;
    } days[] = {
        {{2026, 3, 29, 0, 0, 0, 0}, {2026, 3, 30, 0, 0, 0, 0}, 23},
        {{2026, 10, 25, 0, 0, 0, 0}, {2026, 10, 26, 0, 0, 0, 0}, 25},
        {{2026, 10, 24, 0, 0, 0, 0}, {2026, 10, 25, 0, 0, 0, 0}, 24},
    };
    struct zone *rome = loaded("Europe/Rome");
    size_t i;

    (void)state;
    for (i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct instant from;
        struct instant to;
        struct instant later;

        zone_to_instant(rome, local_from_civil(&days[i].from), &from, &later);
        zone_to_instant(rome, local_from_civil(&days[i].to), &to, &later);
        assert_int_equal(to.us - from.us, days[i].hours * HOUR_US);
    }
    zone_free(rome);
}

/* Any local time, or one near a change of the clock. */
static int64_t random_local(const struct zone *zone)
{
    int64_t second = random_second(-60000000000);
    struct zone_stretch stretch;

    if (random_number() % 2)
        return second * SECOND_US + (int64_t)(random_number() % 1000000);
    stretch = zone_stretch(zone, (struct instant){second * SECOND_US});
    if (stretch.from == INT64_MIN)
        return second * SECOND_US;
    return stretch.from + (int64_t)(random_number() % (uint64_t)(8 * DAY_US)) - 4 * DAY_US;
}

static void columns_read_the_same_as_single_times(void **state)
{
    static const char *const names[] = {
        "Europe/Rome",         "America/New_York", "Pacific/Apia", "Africa/Casablanca",
        "Australia/Lord_Howe", "Asia/Kathmandu",   "UTC",          "Africa/Monrovia"};
    size_t i;

    (void)state;
    random_state = 77;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct zone *zone = loaded(names[i]);
        struct zone_column column;
        int round;

        zone_column_init(&column, zone);
        for (round = 0; round < 60000; round++) {
            struct local local = {random_local(zone)};
            struct instant first;
            struct instant later;
            int64_t instant;
            enum zone_case how = zone_to_instant(zone, local, &first, &later);

            if (zone_column_to_instant(&column, local.us, &instant) != how || instant != first.us)
                fail_msg("%s: %lld is not %lld but %lld", names[i], (long long)local.us,
                         (long long)first.us, (long long)instant);
        }
        zone_free(zone);
    }
}

static void what_is_missing_stays_missing(void **state)
{
    struct zone *rome = loaded("Europe/Rome");
    struct instant first = {7};
    struct instant later = {7};

    (void)state;
    assert_int_equal(zone_offset(rome, INSTANT_MISSING), 0);
    assert_int_equal(zone_local(rome, INSTANT_MISSING).us, INT64_MIN);
    assert_int_equal(zone_local(rome, (struct instant){INT64_MAX}).us, INT64_MIN);
    assert_int_equal(zone_to_instant(rome, (struct local){INT64_MIN}, &first, &later), ZONE_ONCE);
    assert_true(instant_is_missing(first));
    assert_true(instant_is_missing(later));
    zone_free(rome);
}

static void utc_is_there_without_a_file(void **state)
{
    struct zone *zone;
    struct instant first;
    struct instant later;

    (void)state;
    setenv("TZDIR", "/nonexistent", 1);
    zone = loaded("UTC");
    unsetenv("TZDIR");
    assert_true(str_is(zone_name(zone), "UTC"));
    assert_true(str_is(zone_name(zone_utc()), "UTC"));
    assert_int_equal(zone_offset(zone_utc(), (struct instant){1}), 0);
    assert_int_equal(zone_local(zone, (struct instant){-5}).us, -5);
    assert_int_equal(zone_to_instant(zone, (struct local){-5}, &first, &later), ZONE_ONCE);
    assert_int_equal(first.us, -5);
    zone_free(zone);
    zone_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones_agree_with_the_c_library),
        cmocka_unit_test(rules_agree_with_the_c_library),
        cmocka_unit_test(daylight_time_all_year_has_no_seams),
        cmocka_unit_test(gaps_and_folds_are_as_on_the_wall),
        cmocka_unit_test(one_gap_and_one_fold_word_for_word),
        cmocka_unit_test(days_of_change_have_23_and_25_hours),
        cmocka_unit_test(columns_read_the_same_as_single_times),
        cmocka_unit_test(what_is_missing_stays_missing),
        cmocka_unit_test(utc_is_there_without_a_file),
    };

    return cmocka_run_group_tests_name("time zone", tests, NULL, NULL);
}
