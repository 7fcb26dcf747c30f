/* Times in stated formats: what is read, what is refused, and which formats make sense. */
#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "time/format.h"

static struct time_format compiled(const char *text)
{
    struct time_format format;
    size_t bad = 0;

    if (!time_format_compile(str_of(text), &format, &bad))
        fail_msg("'%s' refused at %zu", text, bad);
    return format;
}

static void formats_are_refused_where_they_go_wrong(void **state)
{
    static const struct {
        const char *format;
        size_t bad;
    } cases[] = {
        {"", 0},
        {"%Y-%m", 3},
        {"%Y", 2},
        {"%D/%N", 5},
        {"%b %e %z", 8},
        {"%s %H", 0},
        {"%Q.%f", 3},
        {"%e1%b", 0},
        {"%Y-%d", 3},
        {"%Y-%m-%y", 6},
        {"%Y-%m-%d %", 9},
        {"%Y-%m-%d %q", 9},
        {"%Y-%m-%d %d", 9},
        {"%Y-%m-%d %I:%M", 9},
        {"%Y-%m-%d %H:%M %p", 15},
        {"%Y-%m-%d %H:%I %p", 12},
        {"%Y-%m-%d %M", 9},
        {"%Y-%m-%d %H:%S", 12},
        {"%Y-%m-%d %H:%M.%f", 15},
        {"%Y-%D-%d", 3},
        {"%Y-%D-%m", 3},
        {"%Y-%D", 3},
        {"%Y-%N", 3},
        {"%b %m %d %Y", 3},
        {"%Y-%m-%dT%H:%M:%S%f%z1", 19},
        {"%H:%M:%S.%f%Y%m%d", 9},
        {"%Y-%m-%d %H:%M:%S%z%f", 17},
        {"%Y-%m-%d123456789012345678901234567890", 30},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct time_format format;
        size_t bad = 999;

        if (time_format_compile(str_of(cases[i].format), &format, &bad))
            fail_msg("'%s' compiled", cases[i].format);
        if (bad != cases[i].bad)
            fail_msg("'%s': %zu, not %zu", cases[i].format, bad, cases[i].bad);
    }
    assert_false(time_format_compile((struct str){"%Y-%m-%d\0%H", 11}, &(struct time_format){0},
                                     &(size_t){0}));
}

struct reading_case {
    const char *format;
    const char *text;
    int64_t local; /* seconds by `date -u -d ... +%s`; NONE when the text is refused */
};

static const int64_t NONE = INT64_MIN;

static const struct reading_case reading_cases[] = {
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 12:00:00", 1457179200},
    {"%Y-%m-%d %H:%M:%S", "2016-3-5 9:00:00", 1457168400},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05T12:00:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 12:00:60", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 24:00:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-02-30 12:00:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "2015-02-29 12:00:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "0000-02-29 12:00:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 12:00:00 ", NONE},
    {"%Y-%m-%d %H:%M:%S", " 2016-03-05 12:00:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 12:00:0", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 12:0:00", NONE},
    {"%Y-%m-%d %H:%M:%S", "", NONE},
    {"%Y-%m-%d %H:%M:%S", "2016-03-05 12:00:00Z", NONE},
    {"%Y-%m-%dT%H:%M:%S", "2016-03-05T12:00:00", 1457179200},
    {"%Y-%m-%dT%H:%M:%S", "2016-03-05 12:00:00", NONE},
    {"%Y-%m-%d", "2016-03-05", 1457136000},
    {"%Y-%m-%d", "2016-03-05 ", NONE},
    {"%Y%m%d", "20160305", 1457136000},
    {"%Y%m%d", "2016305", NONE},
    {"%Y%m%d", "2016111", NONE},
    {"%Y%m%d%H%M%S", "20160305120000", 1457179200},
    {"%Y%m%dT%H%M%S", "20160305T120000", 1457179200},
    {"%d/%m/%Y %H:%M", "29/2/2016 01:16", 1456708560},
    {"%d/%m/%Y %H:%M", "5/3/2016 12:00", 1457179200},
    {"%d/%m/%Y %H:%M", "05/03/2016 9:05", 1457168700},
    {"%d/%m/%Y %H:%M", "005/03/2016 9:05", NONE},
    {"%d/%m/%Y %H:%M", "29/2/2015 01:16", NONE},
    {"%d/%m/%Y %H:%M", "?", NONE},
    {"%d/%m/%Y %H:%M", "13/13/2016 01:16", NONE},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 12:00:00 AM", 1457136000},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 12:00:00 PM", 1457179200},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 01:00:00 pm", 1457182800},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 11:59:59 PM", 1457222399},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 12:30:00 am", 1457137800},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 00:30:00 AM", NONE},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 13:00:00 PM", NONE},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 11:00:00 XM", NONE},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 11:00:00 A", NONE},
    {"%m/%d/%Y %I:%M:%S %p", "03/05/2016 11:00:00", NONE},
    {"%p %I %d.%m.%Y", "PM 1 5.3.2016", 1457182800},
    {"%d %b %Y", "5 Mar 2016", 1457136000},
    {"%d %b %Y", "5 MAR 2016", 1457136000},
    {"%d %b %Y", "5 Mrz 2016", NONE},
    {"%d %b %Y", "5 March 2016", NONE},
    {"100%% %Y-%m-%d", "100% 2016-03-05", 1457136000},
    {"%Y\xE5\xB9\xB4%m\xE6\x9C\x88%d\xE6\x97\xA5",
     "2016\xE5\xB9\xB4" "3\xE6\x9C\x88" "5\xE6\x97\xA5", 1457136000},
    {"iso", "2016-03-05 12:00", 1457179200},
    {"iso", "2016-03-05T12:00:00", 1457179200},
    {"iso", "2016-03-05", NONE},
    {"iso", "5/3/2016 12:00", NONE},
    {"iso", "2016-03-05T12:00:00 ", NONE},
};

static void texts_are_read_or_refused(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof reading_cases / sizeof reading_cases[0]; i++) {
        const struct reading_case *one = &reading_cases[i];
        struct time_format format = compiled(one->format);
        struct time_text read = {.local = {7}};
        bool done = time_format_read(&format, DATE_ORDER_UNKNOWN, str_of(one->text), &read);

        if (done != (one->local != NONE))
            fail_msg("'%s' by '%s': %s", one->text, one->format, done ? "read" : "refused");
        if (done && read.local.us != one->local * SECOND_US)
            fail_msg("'%s' by '%s': %lld", one->text, one->format, (long long)read.local.us);
        assert_int_equal(read.local.us == 7, !done);
        assert_false(read.has_offset);
    }
}

static bool read_by(const struct time_format *format, struct str text, struct time_text *ret_read)
{
    return time_format_read(format, DATE_ORDER_UNKNOWN, text, ret_read);
}

static void offsets_and_fractions_are_read(void **state)
{
    struct time_format with = compiled("%d/%b/%Y:%H:%M:%S.%f %z");
    struct time_format iso = compiled("iso");
    struct time_text read;

    (void)state;
    assert_true(with.has_offset);
    assert_true(read_by(&with, STR("05/Mar/2016:12:00:00.123456789 +0100"), &read));
    assert_true(read.has_offset);
    assert_int_equal(read.local.us, 1457179200123456);
    assert_int_equal(read.instant.us, 1457175600123456);
    assert_int_equal(read.digits_dropped, 3);
    assert_true(read_by(&with, STR("05/Mar/2016:12:00:00.5 Z"), &read));
    assert_int_equal(read.instant.us, 1457179200500000);
    assert_false(read_by(&with, STR("05/Mar/2016:12:00:00.5 "), &read));
    assert_false(read_by(&with, STR("05/Mar/2016:12:00:00. Z"), &read));
    assert_false(read_by(&with, STR("05/Mar/2016:12:00:00.1234567890 Z"), &read));
    assert_false(read_by(&with, STR("01/Jan/0001:00:00:00.0 +0100"), &read));

    assert_false(iso.has_offset);
    assert_true(read_by(&iso, STR("2016-03-05T12:00:00.5+01:00"), &read));
    assert_true(read.has_offset);
    assert_int_equal(read.local.us, 1457179200500000);
    assert_int_equal(read.instant.us, 1457175600500000);
    assert_true(read_by(&iso, STR("2016-03-05T12:00:00.5"), &read));
    assert_false(read.has_offset);
    assert_true(instant_is_missing(read.instant));
    assert_false(read_by(&iso, (struct str){NULL, 0}, &read));
    assert_false(read_by(&with, (struct str){NULL, 0}, &read));
}

static void ambiguous_dates_wait_for_their_order(void **state)
{
    struct time_format format = compiled("%D/%N/%Y %H:%M");
    struct time_text read;

    (void)state;
    assert_true(format.has_order);
    assert_true(time_format_read(&format, DATE_ORDER_DMY, STR("05/03/2016 12:00"), &read));
    assert_int_equal(read.local.us, 1457179200 * SECOND_US);
    assert_true(time_format_read(&format, DATE_ORDER_MDY, STR("05/03/2016 12:00"), &read));
    assert_int_equal(read.local.us, 1462276800 * SECOND_US);
    assert_int_equal(read.first, 5);
    assert_int_equal(read.second, 3);
    assert_true(time_format_read(&format, DATE_ORDER_UNKNOWN, STR("29/2/2016 12:00"), &read));
    assert_int_equal(read.first, 29);
    assert_int_equal(read.second, 2);
    assert_int_equal(read.local.us, INT64_MIN);
    assert_true(time_format_read(&format, DATE_ORDER_UNKNOWN, STR("2/29/2016 12:00"), &read));
    assert_int_equal(read.first, 2);
    assert_false(time_format_read(&format, DATE_ORDER_MDY, STR("29/2/2016 12:00"), &read));
    assert_false(time_format_read(&format, DATE_ORDER_UNKNOWN, STR("29/2/2015 12:00"), &read));
    assert_false(time_format_read(&format, DATE_ORDER_UNKNOWN, STR("13/13/2016 12:00"), &read));
    assert_false(time_format_read(&format, DATE_ORDER_UNKNOWN, STR("0/1/2016 12:00"), &read));
}

/* The fast path and the path by parts read the same texts in the same way. */
static void both_paths_agree(void **state)
{
    static const char good[] = "2016-02-29 23:59:59";
    struct time_format fast = compiled("%Y-%m-%d %H:%M:%S");
    struct time_format slow = fast;
    size_t i;
    size_t j;
    int a;
    int b;

    (void)state;
    slow.iso_separator = '\0';
    for (i = 0; i < sizeof good - 1; i++) {
        for (j = i + 1; j < sizeof good - 1; j++) {
            for (a = '-'; a <= ':'; a++) {
                for (b = '-'; b <= ':'; b++) {
                    char text[sizeof good];
                    struct time_text one = {.local = {1}};
                    struct time_text two = {.local = {1}};
                    struct str s = {text, sizeof good - 1};

                    memcpy(text, good, sizeof good);
                    text[i] = (char)a;
                    text[j] = (char)b;
                    assert_int_equal(time_format_read(&fast, DATE_ORDER_UNKNOWN, s, &one),
                                     time_format_read(&slow, DATE_ORDER_UNKNOWN, s, &two));
                    assert_int_equal(one.local.us, two.local.us);
                }
            }
        }
    }
}

/* Every day of 400 years, written by civil_from_local and read back. */
static void every_day_is_read_back(void **state)
{
    struct time_format format = compiled("%Y-%m-%d %H:%M:%S");
    int64_t day;

    (void)state;
    for (day = -60000; day < 90000; day++) {
        struct local local = {day * DAY_US + day * 7919 % 86400 * SECOND_US};
        struct civil civil;
        struct time_text read;
        struct buf buf;

        if (local.us % DAY_US < 0)
            local.us += DAY_US;
        civil = civil_from_local(local);
        buf_init(&buf, 64);
        buf_printf(&buf, "%04d-%02u-%02u %02u:%02u:%02u", civil.year, civil.month, civil.day,
                   civil.hour, civil.minute, civil.second);
        assert_true(time_format_read(&format, DATE_ORDER_UNKNOWN, buf_str(&buf), &read));
        assert_int_equal(read.local.us, local.us);
        buf_done(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_refused_where_they_go_wrong),
        cmocka_unit_test(texts_are_read_or_refused),
        cmocka_unit_test(offsets_and_fractions_are_read),
        cmocka_unit_test(ambiguous_dates_wait_for_their_order),
        cmocka_unit_test(both_paths_agree),
        cmocka_unit_test(every_day_is_read_back),
    };

    return cmocka_run_group_tests_name("time format", tests, NULL, NULL);
}
