/* Instants, civil dates, spans and formats of times, each against a second source. */
#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "time/format.h"
#include "time/instant.h"

static const char *formatted(struct instant instant)
{
    static char text[64];
    struct buf buf;

    buf_init(&buf, 60);
    instant_format(instant, &buf);
    assert_false(buf.failed);
    memcpy(text, buf_str(&buf).ptr, buf.len + 1);
    buf_done(&buf);
    return text;
}

/* Counts every day from year 1 on, as a calendar on the wall would. */
static void civil_dates_agree_with_counting(void **state)
{
    static const unsigned lengths[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day_number = -719162; /* 0001-01-01, a Monday: date(1, 1, 1).toordinal() in Python */
    unsigned weekday = 1;
    int year;
    unsigned month;
    unsigned day;

    (void)state;
    for (year = 1; year <= 9999; year++) {
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

        for (month = 1; month <= 12; month++) {
            unsigned last = lengths[month] + (month == 2 && leap);

            for (day = 1; day <= last; day++, day_number++, weekday = weekday % 7 + 1) {
                struct civil civil;
                struct local local = {day_number * DAY_US + DAY_US - 1};

                if (year > 800 && day != 1 && day < 27)
                    continue; /* the middle of months was proven by two whole cycles */
                assert_int_equal(civil_days(year, month, day), day_number);
                assert_int_equal(civil_weekday(day_number), weekday);
                civil = civil_from_local(local);
                assert_int_equal(civil.year, year);
                assert_int_equal(civil.month, month);
                assert_int_equal(civil.day, day);
                assert_int_equal(civil.hour * 10000 + civil.minute * 100 + civil.second, 235959);
                assert_int_equal(civil.microsecond, 999999);
                assert_int_equal(local_from_civil(&civil).us, local.us);
                assert_true(civil_is_valid(&civil));
            }
            assert_false(civil_is_valid(&(struct civil){year, month, last + 1, 0, 0, 0, 0}));
        }
    }
    assert_int_equal(civil_days(1970, 1, 1), 0);
}

static void civil_values_out_of_range_are_invalid(void **state)
{
    static const struct civil wrong[] = {
        {0, 1, 1, 0, 0, 0, 0},      {10000, 1, 1, 0, 0, 0, 0},  {-5, 1, 1, 0, 0, 0, 0},
        {2016, 0, 1, 0, 0, 0, 0},   {2016, 13, 1, 0, 0, 0, 0},  {2016, 1, 0, 0, 0, 0, 0},
        {2016, 1, 1, 24, 0, 0, 0},  {2016, 1, 1, 0, 60, 0, 0},  {2016, 1, 1, 0, 0, 60, 0},
        {2016, 1, 1, 0, 0, 0, 1000000},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(civil_is_valid(&wrong[i]));
}

/* Seconds by `date -u -d TEXT +%s` (GNU coreutils). */
static void instants_are_read_and_written(void **state)
{
    static const struct {
        const char *text;
        int64_t us;
        unsigned dropped;
        const char *back;
    } cases[] = {
        {"1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"},
        {"2016-03-05T12:00:00.123+01:00", 1457175600123000, 0, "2016-03-05T11:00:00.123Z"},
        {"2016-03-05 12:00:00+0100", 1457175600000000, 0, "2016-03-05T11:00:00Z"},
        {"2016-03-05 12:00:00 +0100", 1457175600000000, 0, "2016-03-05T11:00:00Z"},
        {"2016-03-05T12:00+01", 1457175600000000, 0, "2016-03-05T11:00:00Z"},
        {"2016-03-05t12:00:00z", 1457179200000000, 0, "2016-03-05T12:00:00Z"},
        {"2016-03-05T12:00:00,5Z", 1457179200500000, 0, "2016-03-05T12:00:00.5Z"},
        {"2016-03-05T12:00:00.1234567000890Z", 1457179200123456, 3, "2016-03-05T12:00:00.123456Z"},
        {"2016-03-05T12:00:00.0000000Z", 1457179200000000, 0, "2016-03-05T12:00:00Z"},
        {"1969-12-31T23:59:59.75Z", -250000, 0, "1969-12-31T23:59:59.75Z"},
        {"1969-12-31T23:59:59.9999999-00:00", -1, 1, "1969-12-31T23:59:59.999999Z"},
        {"2016-02-29T23:59:59-03:30", 1456802999000000, 0, "2016-03-01T03:29:59Z"},
        {"2000-02-29T00:00:00Z", 951782400000000, 0, "2000-02-29T00:00:00Z"},
        {"0001-01-01T00:00:00Z", -62135596800000000, 0, "0001-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59.999999Z", 253402300799999999, 0, "9999-12-31T23:59:59.999999Z"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct instant instant;
        unsigned dropped = 99;

        assert_true(instant_parse(str_of(cases[i].text), &instant, &dropped));
        assert_int_equal(instant.us, cases[i].us);
        assert_int_equal(dropped, cases[i].dropped);
        assert_string_equal(formatted(instant), cases[i].back);
    }
    assert_string_equal(formatted(INSTANT_MISSING), "");
    assert_true(instant_is_missing(INSTANT_MISSING));
    assert_false(instant_is_missing((struct instant){0}));
}

static const char *const no_instants[] = {
    "",
    "2016-03-05",
    "2016-03-05T12:00:00",
    "2016-03-05T12:00",
    "2016-03-05T24:00:00Z",
    "2016-03-05T12:60:00Z",
    "2016-03-05T12:00:60Z",
    "2016-02-30T12:00:00Z",
    "2015-02-29T12:00:00Z",
    "1900-02-29T12:00:00Z",
    "2016-13-01T12:00:00Z",
    "2016-00-01T12:00:00Z",
    "2016-01-00T12:00:00Z",
    "0000-01-01T12:00:00Z",
    "2016-3-05T12:00:00Z",
    "2016/03/05T12:00:00Z",
    "2016-03-05_12:00:00Z",
    "2016-03-05T12:00:00.Z",
    "2016-03-05T12:00:00 Z",
    "2016-03-05 12:00:00  Z",
    "2016-03-05 12:00:00 ",
    " 2016-03-05T12:00:00Z",
    "2016-03-05T12:00:00Z ",
    "2016-03-05T12:00:00ZZ",
    "2016-03-05T12:00:00+1:00",
    "2016-03-05T12:00:00+01:0",
    "2016-03-05T12:00:00+010",
    "2016-03-05T12:00:00+01:60",
    "2016-03-05T12:00:00+24:00",
    "2016-03-05T12:00:00+01:00:00",
    "2016-03-05T12:00:0",
    "2016-03-05T12:0a:00Z",
    "2016-03-05T12.00.00Z",
    "201\xB6-03-05T12:00:00Z",
    "2016-03-05T12:00:0\xB0Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
};

static void what_is_no_instant_is_refused(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof no_instants / sizeof no_instants[0]; i++) {
        struct instant instant = {7};
        unsigned dropped = 7;

        if (instant_parse(str_of(no_instants[i]), &instant, &dropped))
            fail_msg("'%s' was read", no_instants[i]);
        assert_int_equal(instant.us, 7);
        assert_int_equal(dropped, 7);
    }
    assert_false(instant_parse((struct str){NULL, 0}, &(struct instant){0}, &(unsigned){0}));
}

/* One changed byte in a good text gives a refusal or another good text, never a wild value. */
static void every_changed_byte_is_noticed(void **state)
{
    static const char good[] = "2016-03-05T12:34:56Z";
    size_t i;
    unsigned c;

    (void)state;
    for (i = 0; i < sizeof good - 1; i++) {
        for (c = 0; c < 256; c++) {
            char text[sizeof good];
            struct instant instant;
            unsigned dropped;
            const char *back;

            memcpy(text, good, sizeof good);
            text[i] = (char)c;
            if (!instant_parse((struct str){text, sizeof good - 1}, &instant, &dropped))
                continue;
            back = formatted(instant);
            if (text[10] == 't' || text[10] == ' ')
                text[10] = 'T';
            if (text[19] == 'z')
                text[19] = 'Z';
            assert_string_equal(back, text);
        }
    }
}

static void spans_are_read(void **state)
{
    static const struct {
        const char *text;
        int64_t us;
    } good[] = {
        {"PT4H30M", 16200000000},   {"P1DT2H", 93600000000},    {"PT0.5S", 500000},
        {"PT0S", 0},                {"P2W", 1209600000000},     {"-PT5M", -300000000},
        {"PT100H", 360000000000},   {"PT1H1S", 3601000000},     {"P1D", 86400000000},
        {"PT1.000001S", 1000001},   {"PT1.5000000S", 1500000},  {"PT36H", 129600000000},
        {"PT9223372036854.775807S", INT64_MAX},
    };
    static const char *const bad[] = {
        "", "P", "PT", "P1DT", "T1H", "1H", "PT1", "P1Y", "P1M", "P1Y2M", "PT1H1H", "PT1M1H",
        "PT1S1M", "P1H", "PT1D", "PT1.5H", "PT.5S", "PT1.S", "PT 1H", "PT1H ", "+PT1H", "--PT1H",
        "pt1h", "PT-1H", "PTT1H", "PT0.0000001S", "PT9223372036854.775808S",
        "PT99999999999999999999S", "P200000000000D",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct span span = {-1};

        assert_true(span_parse(str_of(good[i].text), &span));
        assert_int_equal(span.us, good[i].us);
    }
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct span span = {-1};

        if (span_parse(str_of(bad[i]), &span))
            fail_msg("'%s' was read", bad[i]);
        assert_int_equal(span.us, -1);
    }
}

static void check_span(int64_t us, const char *iso, const char *english, const char *italian)
{
    struct buf buf;

    buf_init(&buf, 200);
    span_format((struct span){us}, &buf);
    assert_string_equal(buf.bytes, iso);
    buf_clear(&buf);
    span_format_people((struct span){us}, false, &buf);
    assert_string_equal(buf.bytes, english);
    buf_clear(&buf);
    span_format_people((struct span){us}, true, &buf);
    assert_string_equal(buf.bytes, italian);
    buf_done(&buf);
}

static void spans_are_written(void **state)
{
    (void)state;
    check_span(16200000000, "PT4H30M", "4 h 30 min", "4 h 30 min");
    check_span(0, "PT0S", "0 s", "0 s");
    check_span(45000000, "PT45S", "45 s", "45 s");
    check_span(500000, "PT0.5S", "500 ms", "500 ms");
    check_span(400, "PT0.0004S", "0 s", "0 s");
    check_span(500, "PT0.0005S", "1 ms", "1 ms");
    check_span(999600, "PT0.9996S", "1 s", "1 s");
    check_span(59600000, "PT59.6S", "1 min", "1 min");
    check_span(3599700000, "PT59M59.7S", "1 h", "1 h");
    check_span(205440000000, "PT57H4M", "57 h 4 min", "57 h 4 min");
    check_span(205469999999, "PT57H4M29.999999S", "57 h 4 min", "57 h 4 min");
    check_span(205470000000, "PT57H4M30S", "57 h 5 min", "57 h 5 min");
    check_span(258000000000, "PT71H40M", "71 h 40 min", "71 h 40 min");
    check_span(259199000000, "PT71H59M59S", "3 d", "3 g");
    check_span(1684800000000, "PT468H", "19 d 12 h", "19 g 12 h");
    check_span(-90000000, "-PT1M30S", "-1 min 30 s", "-1 min 30 s");
    check_span(INT64_MAX, "PT2562047788H54.775807S", "106751991 d 4 h", "106751991 g 4 h");
    check_span(INT64_MIN, "-PT2562047788H54.775808S", "-106751991 d 4 h", "-106751991 g 4 h");
}

static void spans_survive_a_round_trip(void **state)
{
    uint64_t random = 12345;
    int i;

    (void)state;
    for (i = 0; i < 20000; i++) {
        struct span span;
        struct span back;
        struct buf buf;

        random = random * 6364136223846793005u + 1442695040888963407u;
        span.us = (int64_t)(random >> 1 >> (i % 60)) * (i % 2 ? 1 : -1);
        buf_init(&buf, 100);
        span_format(span, &buf);
        assert_true(span_parse(buf_str(&buf), &back));
        assert_int_equal(back.us, span.us);
        buf_done(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(civil_dates_agree_with_counting),
        cmocka_unit_test(civil_values_out_of_range_are_invalid),
        cmocka_unit_test(instants_are_read_and_written),
        cmocka_unit_test(what_is_no_instant_is_refused),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(spans_are_read),
        cmocka_unit_test(spans_are_written),
        cmocka_unit_test(spans_survive_a_round_trip),
    };

    return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
