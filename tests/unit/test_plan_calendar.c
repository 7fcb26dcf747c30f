/* Calendar documents: shipped ones with known days, rules beyond the schema, holiday lists. */
#include "plan_fixture.h"

#include "base/buf.h"

static const struct str NONE = {NULL, 0};

static int close_calendar(struct calendar_document *document)
{
    calendar_document_free(document);
    return 0;
}

/* --- shipped calendars --- */

static void add_date(struct buf *out, int64_t day)
{
    struct civil civil = civil_from_local((struct local){day * DAY_US});

    buf_printf(out, "%s%02u-%02u", out->len ? " " : "", civil.month, civil.day);
}

/* The days of a year that the calendar sets apart, as "MM-DD MM-DD ...". */
static void assert_year(struct fixture *f, const struct calendar_document *document, int year,
                        const char *expected)
{
    struct calendar_day *days = NULL;
    size_t count = 0;
    struct buf out;
    size_t i;

    assert_int_equal(calendar_year(document->calendar, year, &f->arena, &f->diag, &days, &count),
                     STATUS_OK);
    buf_init(&out, 4096);
    for (i = 0; i < count; i++)
        add_date(&out, days[i].date);
    if (!str_is(buf_str(&out), expected))
        fail_msg("%.*s %d: %.*s\n   instead of %s", STR_ARG(document->id), year,
                 STR_ARG(buf_str(&out)), expected);
    buf_done(&out);
}

static struct calendar_document *load_shipped(struct fixture *f, const char *name,
                                              const char *patron)
{
    struct calendar_document *document = NULL;

    assert_int_equal(calendar_load(&f->arena, &f->library, str_of(name), str_of(patron), NONE, NONE,
                                   &f->diag, &document),
                     STATUS_OK);
    assert_str(document->id, name);
    assert_true(words_in(&document->title, LANG_EN).len > 0);
    assert_true(words_in(&document->title, LANG_IT).len > 0);
    assert_false(str_equal(words_in(&document->title, LANG_EN), words_in(&document->title, LANG_IT)));
    assert_true(words_in(&document->note, LANG_EN).len > 0);
    assert_true(words_in(&document->note, LANG_IT).len > 0);
    return document;
}

static const struct known_year {
    const char *calendar;
    int year;
    const char *days;
} known_years[] = {
    /* a Sunday in 2026 */
    {"it-office", 2025, "01-01 01-06 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26"},
    {"it-office", 2026, "01-01 01-06 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"},
    {"it-office", 2027, "01-01 01-06 03-29 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26"},
    /* no 2 June before the law of 2000; Easter Monday on Liberation Day in 2011 */
    {"it-office", 2000, "01-01 01-06 04-24 04-25 05-01 08-15 11-01 12-08 12-25 12-26"},
    {"it-office", 2011, "01-01 01-06 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26"},
    {"de-office", 2017, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26"},
    {"de-office", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 10-03 12-25 12-26"},
    {"de-office", 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26"},
    /* Ascension on 1 May in 2008 */
    {"fr-office", 2008, "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25"},
    {"fr-office", 2024, "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25"},
    {"fr-office", 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25"},
    {"gb-england", 2011, "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27"},
    {"gb-england", 2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26"},
    {"gb-england", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"},
    {"gb-england", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"},
    {"gb-england", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"},
    {"gb-england", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"},
    /* Queen's Day on Saturday 29 April 2006, King's Day on Saturday 26 April 2014 and 2025 */
    {"nl-office", 2006, "01-01 04-17 04-29 05-25 06-05 12-25 12-26"},
    {"nl-office", 2011, "01-01 04-25 04-30 06-02 06-13 12-25 12-26"},
    {"nl-office", 2014, "01-01 04-21 04-26 05-29 06-09 12-25 12-26"},
    {"nl-office", 2024, "01-01 04-01 04-27 05-09 05-20 12-25 12-26"},
    {"nl-office", 2025, "01-01 04-21 04-26 05-05 05-29 06-09 12-25 12-26"},
    {"us-federal", 2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25"},
    /* New Year 2022 falls into 2021 */
    {"us-federal", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"},
    {"us-federal", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"},
    {"us-federal", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"},
    {"us-boston", 2015, "01-01 01-19 02-16 04-20 05-25 07-04 09-07 10-12 11-11 11-26 12-25"},
    {"us-boston", 2022, "01-01 01-17 02-21 04-18 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"},
    {"24x7", 2026, ""},
};

static void shipped_calendars_have_the_known_days(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(known_years); i++) {
        struct calendar_document *document = load_shipped(f, known_years[i].calendar, NULL);

        assert_year(f, document, known_years[i].year, known_years[i].days);
        close_calendar(document);
    }
}

/* Every shipped calendar is among the known years. */
static void every_shipped_calendar_is_known(void **state)
{
    const struct shipped *shipped;
    size_t i;

    (void)state;
    for (shipped = shipped_documents; shipped->name; shipped++) {
        if (!str_starts(str_of(shipped->path), "schemas/calendars/"))
            continue;
        for (i = 0; i < ARRAY_LEN(known_years); i++)
            if (strcmp(known_years[i].calendar, shipped->name) == 0)
                break;
        if (i == ARRAY_LEN(known_years))
            fail_msg("no known year of calendar %s", shipped->name);
    }
}

static struct instant at(const char *text)
{
    struct instant instant;
    unsigned dropped;

    if (!instant_parse(str_of(text), &instant, &dropped))
        fail_msg("'%s'", text);
    return instant;
}

static void the_italian_office_counts_hours(void **state)
{
    static const struct {
        const char *from;
        const char *until;
        int64_t minutes;
    } cases[] = {
        {"2026-11-20T16:30:00+01:00", "2026-11-23T10:00:00+01:00", 150},
        {"2026-12-24T17:00:00+01:00", "2027-01-07T09:30:00+01:00", 2970},
        {"2026-04-03T17:00:00+02:00", "2026-04-07T09:30:00+02:00", 90},
        {"2026-03-27T17:00:00+01:00", "2026-03-30T10:00:00+02:00", 120},
        {"2026-10-23T17:00:00+02:00", "2026-10-26T10:00:00+01:00", 120},
        {"2027-10-01T17:00:00+02:00", "2027-10-05T10:00:00+02:00", 120},
        {"2026-11-18T12:30:00+01:00", "2026-11-18T14:30:00+01:00", 60},
        {"2026-11-18T20:00:00+01:00", "2026-11-19T07:00:00+01:00", 0},
    };
    struct fixture *f = *state;
    struct calendar_document *document = load_shipped(f, "it-office", NULL);
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++)
        assert_int_equal(
            calendar_between(document->calendar, at(cases[i].from), at(cases[i].until)).us,
            cases[i].minutes * MINUTE_US);
    close_calendar(document);
}

static void the_holiday_of_the_town_is_stated_by_the_user(void **state)
{
    struct fixture *f = *state;
    struct calendar_document *document = load_shipped(f, "it-office", NULL);

    assert_int_equal(f->diag.count, 1);
    assert_int_equal(f->diag.list[0].rule, RULE_CALENDAR_PATRON);
    assert_int_equal(f->diag.list[0].severity, SEVERITY_NOTE);
    close_calendar(document);
    diag_done(&f->diag);
    document = load_shipped(f, "it-office", "12-07");
    assert_int_equal(f->diag.count, 0);
    assert_str(document->patron, "12-07");
    assert_year(f, document, 2026,
                "01-01 01-06 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-07 12-08 12-25 12-26");
    close_calendar(document);
    assert_int_equal(calendar_load(&f->arena, &f->library, STR("de-office"), STR("12-07"), NONE,
                                   NONE, &f->diag, &document),
                     STATUS_INVALID);
    assert_int_equal(f->diag.list[0].rule, RULE_CALENDAR_NO_PATRON);
}

static void around_the_clock_takes_the_zone_of_its_user(void **state)
{
    struct fixture *f = *state;
    struct calendar_document *document = NULL;

    assert_int_equal(calendar_load(&f->arena, &f->library, STR("24x7"), NONE, STR("Asia/Tokyo"),
                                   NONE, &f->diag, &document),
                     STATUS_OK);
    assert_true(calendar_is_always(document->calendar));
    assert_false(document->has_zone);
    assert_str(zone_name(calendar_zone(document->calendar)), "Asia/Tokyo");
    close_calendar(document);
    document = load_shipped(f, "24x7", NULL);
    assert_str(zone_name(calendar_zone(document->calendar)), "UTC");
    close_calendar(document);
}

/* --- documents of one's own --- */

#define HEAD "<calendar xmlns='urn:cfaudit:1' id='own' zone='Europe/Rome'><title lang='en'>T</title>\n"
#define WEEK "<week><day name='monday'><window from='09:00' to='17:00'/></day></week>\n"

static enum status load_own(struct fixture *f, const char *text, const char *patron,
                            struct calendar_document **ret_document)
{
    put(f, text);
    *ret_document = NULL;
    return calendar_load(&f->arena, &f->library, str_of(f->path), str_of(patron), NONE, NONE,
                         &f->diag, ret_document);
}

static void every_kind_of_rule_is_read(void **state)
{
    struct fixture *f = *state;
    struct calendar_document *document;
    const struct calendar_version *versions;
    const struct day_rule *rules;

    assert_int_equal(
        load_own(f,
                 "<calendar xmlns='urn:cfaudit:1' id='own' revision='4' zone='Europe/Rome'>"
                 "<title lang='en'>Own</title><note lang='it'>Nota</note>"
                 "<week><day name='friday'><window from='22:00' to='30:00'/></day>"
                 "<day name='monday'><window from='09:00' to='13:00'/>"
                 "<window from='13:00' to='17:30'/></day></week>"
                 "<fixed date='02-29' name='Leap' shift='nearest' first-year='2000'"
                 " last-year='2024'/>"
                 "<easter offset='-48'/>"
                 "<weekday nth='-1' day='sunday' month='10' name='Last'/>"
                 "<single date='2026-12-24'><window from='09:00' to='12:00'/></single>"
                 "<patron name='Saint'/>"
                 "<version from='2026-01-01'><week><day name='tuesday'>"
                 "<window from='00:00' to='24:00'/></day></week><fixed date='07-01'/></version>"
                 "</calendar>",
                 "12-07", &document),
        STATUS_OK);
    assert_int_equal(document->revision, 4);
    assert_true(document->has_zone);
    assert_int_equal(document->spec->version_count, 2);
    versions = document->spec->versions;
    assert_true(versions[0].from == INT64_MIN);
    assert_int_equal(versions[0].week[0].count, 2);
    assert_int_equal(versions[0].week[0].list[1].to, 17 * 3600 + 1800);
    assert_int_equal(versions[0].week[4].list[0].from, 22 * 3600);
    assert_int_equal(versions[0].week[4].list[0].to, 30 * 3600);
    assert_int_equal(versions[0].week[5].count, 0);
    assert_int_equal(versions[0].rule_count, 5);
    rules = versions[0].rules;
    assert_int_equal(rules[0].kind, DAY_FIXED);
    assert_int_equal(rules[0].shift, SHIFT_NEAREST);
    assert_int_equal(rules[0].month, 2);
    assert_int_equal(rules[0].day, 29);
    assert_int_equal(rules[0].first_year, 2000);
    assert_int_equal(rules[0].last_year, 2024);
    assert_str(rules[0].name, "Leap");
    assert_int_equal(rules[1].kind, DAY_EASTER);
    assert_int_equal(rules[1].offset, -48);
    assert_int_equal(rules[2].kind, DAY_WEEKDAY);
    assert_int_equal(rules[2].nth, -1);
    assert_int_equal(rules[2].weekday, 7);
    assert_int_equal(rules[2].month, 10);
    assert_int_equal(rules[3].kind, DAY_SINGLE);
    assert_int_equal(rules[3].date, civil_days(2026, 12, 24));
    assert_int_equal(rules[3].windows.count, 1);
    assert_int_equal(rules[4].kind, DAY_FIXED);
    assert_int_equal(rules[4].month, 12);
    assert_int_equal(rules[4].day, 7);
    assert_int_equal(versions[1].from, civil_days(2026, 1, 1));
    assert_int_equal(versions[1].week[1].list[0].to, 86400);
    assert_int_equal(versions[1].rule_count, 6); /* those of the calendar, then its own */
    assert_int_equal(versions[1].rules[5].month, 7);
    close_calendar(document);
}

static void a_bad_calendar_is_refused_at_its_place(void **state)
{
    static const struct {
        const char *text;
        enum rule rule;
        uint64_t line;
        uint64_t column;
        const char *message;
    } cases[] = {
        {HEAD "<week><day name='monday'>\n<window from='14:00' to='09:00'/></day></week></calendar>",
         RULE_CALENDAR_WINDOW, 3, 22, "window of work cannot be: it ends before it begins"},
        {HEAD "<week><day name='monday'>\n<window from='09:00' to='09:00'/></day></week></calendar>",
         RULE_CALENDAR_WINDOW, 3, 22, "window of work cannot be: it has no length"},
        {HEAD "<week><day name='monday'><window from='09:00' to='13:00'/>\n"
              "<window from='12:59' to='14:00'/></day></week></calendar>",
         RULE_CALENDAR_WINDOW, 3, 9,
         "window of work cannot be: it begins before the end of the one before it"},
        {HEAD "<week><day name='monday'>\n<window from='09:00' to='34:00'/></day></week></calendar>",
         RULE_CALENDAR_WINDOW, 3, 22, "window of work cannot be: it is longer than a day"},
        {HEAD WEEK "<fixed date='02-30'/></calendar>", RULE_PLAN_DAY, 3, 8,
         "no year has this day: '02-30'"},
        {HEAD WEEK "<fixed date='04-31'/></calendar>", RULE_PLAN_DAY, 3, 8,
         "no year has this day: '04-31'"},
        {HEAD WEEK "<fixed date='04-30' first-year='2020' last-year='2019'/></calendar>",
         RULE_CALENDAR_YEARS, 3, 39,
         "years of a holiday do not run forward: it ends before it begins"},
        {HEAD "<week/></calendar>", RULE_CALENDAR_EMPTY, 2, 1,
         "calendar without working time: no day has a window of work"},
        {HEAD WEEK "<version from='2026-01-01'>\n<week/></version></calendar>",
         RULE_CALENDAR_EMPTY, 4, 1, "calendar without working time: no day has a window of work"},
        {HEAD WEEK "<version from='2026-01-01'>" WEEK "</version>\n<version from='2026-01-01'>" WEEK
                   "</version></calendar>",
         RULE_CALENDAR_VERSION, 5, 10,
         "version of a calendar out of order: it does not begin after the one before it"},
        {"<calendar xmlns='urn:cfaudit:1' id='own'><title lang='en'>T</title>" WEEK "</calendar>",
         RULE_CALENDAR_ZONE, 1, 1,
         "calendar without a zone: hours of work are those of a place"},
        {"<calendar xmlns='urn:cfaudit:1' id='own' zone='Europe/Rom'><title lang='en'>T</title>" WEEK
         "</calendar>",
         RULE_PLAN_ZONE, 1, 42, "time zone cannot be used: 'Europe/Rom'"},
        {HEAD WEEK "<icalendar file='x.ics'><keep/></icalendar></calendar>", RULE_ICAL_PATTERN, 3,
         25, "pattern without a condition: it says nothing"},
    };
    struct fixture *f = *state;
    struct calendar_document *document;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        enum status status = load_own(f, cases[i].text, NULL, &document);

        assert_refused(f, status, cases[i].rule, cases[i].line, cases[i].column, cases[i].message);
        assert_null(document);
    }
}

static void an_unknown_zone_has_a_suggestion(void **state)
{
    struct fixture *f = *state;
    struct calendar_document *document;

    assert_int_equal(load_own(f,
                              "<calendar xmlns='urn:cfaudit:1' id='own' zone='Europe/Rom'>"
                              "<title lang='en'>T</title>" WEEK "</calendar>",
                              NULL, &document),
                     STATUS_INVALID);
    assert_non_null(strstr(f->diag.list[0].hint.ptr, "Europe/Rome"));
}

/* --- holiday lists --- */

static void put_list(struct fixture *f, const char *text)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/days.ics", f->folder);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void remove_list(struct fixture *f)
{
    char path[200];

    snprintf(path, sizeof path, "%s/days.ics", f->folder);
    unlink(path);
}

#define LIST(patterns) HEAD WEEK "<icalendar file='days.ics'>" patterns "</icalendar></calendar>"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define FEED(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"

static void a_list_gives_the_days_that_are_kept(void **state)
{
    struct fixture *f = *state;
    struct calendar_document *document;
    const struct unused_event *unused;

    put_list(f, FEED(EVENT("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\n"
                           "EXDATE;VALUE=DATE:20260101\r\nSUMMARY:New\r\n  Year\r\n"
                           "CATEGORIES:Holiday,Public\r\n")
                     EVENT("DTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20270101\r\n"
                           "SUMMARY:Closed\\, all of us\r\nCATEGORIES:holiday\r\n")
                     EVENT("DTSTART;VALUE=DATE:20261111\r\nSUMMARY:St. Martin\r\n"
                           "CATEGORIES:Observance\r\n")
                     EVENT("SUMMARY:Volkstrauertag\r\nCATEGORIES:HOLIDAY\r\n"
                           "DTSTART;VALUE=DATE:20261115\r\n")
                     EVENT("DTSTART;VALUE=DATE:20260817\r\nDURATION:P2D\r\nCATEGORIES:Holiday\r\n"
                           "RDATE;VALUE=DATE:20260901,20260903\r\n")
                     EVENT("DTSTART;VALUE=DATE:20260401\r\nSTATUS:CANCELLED\r\n"
                           "CATEGORIES:Holiday\r\nSUMMARY:Off\r\n")));
    assert_int_equal(load_own(f,
                              LIST("<drop summary='*trauer*'/><keep category='holiday'/>"
                                   "<drop summary='*'/>"),
                              NULL, &document),
                     STATUS_OK);
    assert_year(f, document, 2025, "01-01");
    assert_year(f, document, 2026, "08-17 08-18 09-01 09-02 09-03 09-04 12-28 12-29 12-30 12-31");
    assert_year(f, document, 2027, "01-01");
    assert_year(f, document, 2100, "01-01");
    assert_int_equal(document->list_count, 1);
    assert_int_equal(document->lists[0].events, 6);
    assert_int_equal(document->lists[0].used, 3);
    assert_str(document->lists[0].name, "days.ics");
    assert_int_equal(document->lists[0].first_day, civil_days(2020, 1, 1));
    assert_str(document->spec->versions[0].rules[0].name, "New Year");
    unused = document->lists[0].unused;
    assert_str(unused->name, "St. Martin");
    assert_string_equal(unused->why, "a pattern drops it");
    unused = unused->next;
    assert_str(unused->name, "Volkstrauertag");
    assert_int_equal(unused->date, civil_days(2026, 11, 15));
    unused = unused->next;
    assert_str(unused->name, "Off");
    assert_string_equal(unused->why, "it is cancelled");
    assert_null(unused->next);
    assert_int_equal(f->diag.by_rule[RULE_ICAL_NOT_USED], 3);
    assert_int_equal(f->diag.by_rule[RULE_ICAL_COUNT], 1);
    assert_str(f->diag.list[3].text, "events used of a holiday list: 3 of 6 in 'days.ics'");
    assert_int_equal(f->diag.list[0].where.line, 17);
    close_calendar(document);
    remove_list(f);
}

static void a_bad_list_is_refused_at_its_line(void **state)
{
    static const struct {
        const char *text;
        enum rule rule;
        uint64_t line;
    } cases[] = {
        {FEED(EVENT("DTSTART;VALUE=DATE:20260230\r\nSUMMARY:x\r\n")), RULE_ICAL_LINE, 4},
        {FEED(EVENT("SUMMARY:x\r\nDTSTART;VALUE=DATE:soon\r\n")), RULE_ICAL_LINE, 5},
        {FEED(EVENT("no colon here\r\n")), RULE_ICAL_LINE, 4},
        {FEED(EVENT("SUMMARY:\xff\r\nDTSTART;VALUE=DATE:20260101\r\n")), RULE_ICAL_LINE, 4},
        {FEED(EVENT("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=SOMETIMES\r\n")), RULE_ICAL_LINE, 5},
        {FEED("END:VEVENT\r\n"), RULE_ICAL_LINE, 3},
        {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", RULE_ICAL_LINE, 3},
        {"", RULE_ICAL_LINE, 1},
        {"SUMMARY:x\r\n", RULE_ICAL_LINE, 1},
        {FEED(EVENT("DTSTART:20260101T090000\r\nSUMMARY:x\r\n")), RULE_ICAL_EVENT, 3},
        {FEED(EVENT("SUMMARY:x\r\n")), RULE_ICAL_EVENT, 3},
        {FEED(EVENT("DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20260101\r\n")),
         RULE_ICAL_EVENT, 3},
        {FEED(EVENT("DTSTART;VALUE=DATE:20260102\r\nDURATION:P400D\r\n")), RULE_ICAL_EVENT, 3},
        {FEED(EVENT("DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=WEEKLY\r\n")), RULE_ICAL_EVENT, 3},
        {FEED(EVENT("DTSTART;VALUE=DATE:20260102\r\n")
                  EVENT("DTSTART;VALUE=DATE:20260103\r\nRECURRENCE-ID;VALUE=DATE:20260102\r\n")),
         RULE_ICAL_EVENT, 6},
    };
    struct fixture *f = *state;
    struct calendar_document *document;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        enum status status;

        put_list(f, cases[i].text);
        status = load_own(f, LIST("<keep summary='*'/>"), NULL, &document);
        assert_int_equal(status, STATUS_INVALID);
        if (f->diag.list[0].rule != cases[i].rule || f->diag.list[0].where.line != cases[i].line)
            fail_msg("list %zu: %s at line %d, %.*s", i, rule_info(f->diag.list[0].rule)->name,
                     (int)f->diag.list[0].where.line, STR_ARG(f->diag.list[0].text));
        assert_true(str_ends(f->diag.list[0].where.source, "/days.ics"));
        assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
        assert_null(document);
    }
    remove_list(f);
}

static void a_list_that_gives_no_day_is_refused(void **state)
{
    struct fixture *f = *state;
    struct calendar_document *document;
    enum status status;

    put_list(f, FEED(EVENT("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:New Year\r\n")));
    status = load_own(f, LIST("<keep summary='New Yaer'/>"), NULL, &document);
    assert_int_equal(status, STATUS_INVALID);
    assert_int_equal(f->diag.by_rule[RULE_ICAL_EMPTY], 1);
    remove_list(f);
    status = load_own(f, LIST("<keep summary='*'/>"), NULL, &document);
    assert_int_equal(status, STATUS_IO); /* the file is not there */
    assert_null(document);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shipped_calendars_have_the_known_days, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_shipped_calendar_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_italian_office_counts_hours, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_holiday_of_the_town_is_stated_by_the_user, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(around_the_clock_takes_the_zone_of_its_user, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_kind_of_rule_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_calendar_is_refused_at_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_zone_has_a_suggestion, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_gives_the_days_that_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_list_is_refused_at_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_that_gives_no_day_is_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
