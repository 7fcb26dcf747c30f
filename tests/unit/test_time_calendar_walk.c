/*
 * Working time against a clock that walks: every minute of some days is looked at on the wall, and
 * either worked or not. It knows nothing of calendars but what their header says, and reads the
 * zone through zone_local alone.
 */
#include "calendar_fixture.h"

#include <string.h>

enum {
    DAY_MINUTES = 1440,
    MARGIN = 4 * DAY_MINUTES, /* zones have skipped whole days */
    WALK = 7 * DAY_MINUTES,   /* what is asked lies here, between two margins */
    MINUTES = WALK + 2 * MARGIN,
    RULES_MOST = 8,
    WINDOWS_MOST = 4,
    PAUSES_MOST = 6,
    CALENDARS = 500,
    WALKS = 4,     /* of each calendar */
    QUESTIONS = 5, /* of each walk: 10,000 in all */
};

static uint64_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % limit);
}

/* Zones whose clocks do all that clocks have done in our days. */
static const char *const zone_names[] = {
    "Europe/Rome",        "America/New_York",  "Australia/Lord_Howe",
    "Asia/Kathmandu",     "Pacific/Apia",      "Europe/London",
    "America/St_Johns",   "Africa/Casablanca", "Pacific/Kwajalein",
    "Antarctica/Troll",   "America/Sao_Paulo", "Europe/Dublin",
    "Pacific/Kiritimati", "Asia/Tehran",       "Asia/Pyongyang",
    "America/Caracas",    "Antarctica/Casey",  "UTC",
};

enum { ZONES = ARRAY_LEN(zone_names), CHANGES_MOST = 400 };

struct clock {
    struct zone *zone;
    int64_t from; /* minutes that are asked for */
    int64_t until;
    int64_t changes[CHANGES_MOST]; /* minutes */
    unsigned change_count;
};

static int64_t wall(const struct zone *zone, int64_t minute)
{
    return zone_local(zone, (struct instant){minute * MINUTE_US}).us / MINUTE_US;
}

static void find_changes(struct clock *clock)
{
    int64_t minute;

    for (minute = clock->from; minute < clock->until; minute += DAY_MINUTES) {
        int64_t offset = wall(clock->zone, minute) - minute;
        int64_t low = minute;
        int64_t high = minute + DAY_MINUTES;

        if (wall(clock->zone, high) - high == offset || clock->change_count == CHANGES_MOST)
            continue;
        while (high - low > 1) {
            int64_t middle = low + (high - low) / 2;

            if (wall(clock->zone, middle) - middle == offset)
                low = middle;
            else
                high = middle;
        }
        clock->changes[clock->change_count++] = high;
    }
}

/* --- random calendars --- */

struct random_calendar {
    struct calendar_version versions[2];
    struct day_rule rules[2][RULES_MOST];
    struct day_window windows[2 * (7 + RULES_MOST)][WINDOWS_MOST];
    unsigned lists; /* in use */
    struct calendar_spec spec;
};

static struct day_windows random_windows(struct random_calendar *made)
{
    struct day_window *list = made->windows[made->lists++];
    struct day_windows windows = {list, random_below(WINDOWS_MOST + 1)};
    size_t i;

    for (i = 0; i < windows.count; i++) {
        /* half begin and end at full hours, so that they meet the changes of the clock */
        uint32_t unit = random_below(2) ? 3600 : 60;
        uint32_t most = random_below(3) ? 86400 : 172800;

        list[i].from = (int32_t)(random_below(86400 / unit) * unit);
        list[i].to = list[i].from +
                     (int32_t)((1 + random_below((most - (uint32_t)list[i].from) / unit)) * unit);
        if (list[i].to > (int32_t)most)
            list[i].to = (int32_t)most;
    }
    return windows;
}

static struct day_rule random_rule(struct random_calendar *made, int64_t near)
{
    struct day_rule rule;

    memset(&rule, 0, sizeof rule);
    rule.kind = random_below(4);
    rule.month = 1 + random_below(12);
    rule.day = 1 + random_below(28);
    rule.weekday = 1 + random_below(7);
    rule.nth = random_below(2) ? (int)random_below(5) + 1 : -(int)random_below(5) - 1;
    rule.offset = (int)random_below(120) - 60;
    rule.date = near + random_below(7);
    if (rule.kind == DAY_FIXED && random_below(2)) {
        struct civil civil = civil_from_local((struct local){rule.date * DAY_US});

        rule.month = civil.month;
        rule.day = civil.day;
    }
    if (random_below(4) == 0)
        rule.first_year = 1990 + (int)random_below(30);
    if (random_below(4) == 0)
        rule.last_year = 2019 + (int)random_below(10);
    if (random_below(3) == 0)
        rule.windows = random_windows(made);
    return rule;
}

/* `near` are the dates that will be asked for. */
static void make_calendar(struct random_calendar *made, const struct zone *zone,
                          const int64_t *near)
{
    size_t versions = random_below(3) == 0 ? 2 : 1;
    bool working = false;
    size_t i;
    size_t j;

    memset(made, 0, sizeof *made);
    for (i = 0; i < versions; i++) {
        struct calendar_version *version = &made->versions[i];

        version->from = i == 0 ? INT64_MIN : near[random_below(WALKS)] + random_below(7);
        for (j = 0; j < 7; j++) {
            if (random_below(3) == 0)
                continue;
            version->week[j] = random_windows(made);
            working |= version->week[j].count > 0;
        }
        version->rule_count = random_below(RULES_MOST + 1);
        for (j = 0; j < version->rule_count; j++)
            made->rules[i][j] = random_rule(made, near[random_below(WALKS)]);
        version->rules = made->rules[i];
    }
    if (!working) {
        made->windows[made->lists][0] = (struct day_window){32400, 64800};
        made->versions[0].week[1] = (struct day_windows){made->windows[made->lists], 1};
    }
    made->spec = (struct calendar_spec){STR("random"), zone, made->versions, versions};
}

/* --- what the header says, date by date --- */

/* Gauss's rule with the corrections of 1816. */
static int64_t easter_by_gauss(int year)
{
    int a = year % 19;
    int k = year / 100;
    int m = (15 + k - (13 + 8 * k) / 25 - k / 4) % 30;
    int d = (19 * a + m) % 30;
    int e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + (4 + k - k / 4) % 7) % 7;
    int march = 22 + d + e;

    if (d + e == 35 || (d == 28 && e == 6 && a > 10))
        march -= 7;
    return civil_days(year, 3, 1) + march - 1;
}

static bool names_date(const struct day_rule *rule, int64_t date)
{
    struct civil civil = civil_from_local((struct local){date * DAY_US});
    struct civil week_later = civil_from_local((struct local){(date + 7) * DAY_US});
    int year = civil.year;
    int n = 0;
    int64_t other;

    if (rule->kind == DAY_EASTER) /* of a year beside, too */
        for (year = civil.year + 1; easter_by_gauss(year) + rule->offset != date; year--)
            if (year < civil.year)
                return false;
    if ((rule->first_year && year < rule->first_year) ||
        (rule->last_year && year > rule->last_year))
        return false;
    switch (rule->kind) {
    case DAY_FIXED:
        return civil.month == rule->month && civil.day == rule->day;
    case DAY_EASTER:
        return true;
    case DAY_WEEKDAY:
        if (civil.month != rule->month || civil_weekday(date) != rule->weekday)
            return false;
        if (rule->nth == -1)
            return week_later.month != civil.month;
        for (other = date; civil_from_local((struct local){other * DAY_US}).month == civil.month;
             other += rule->nth > 0 ? -7 : 7)
            n++;
        return n == (rule->nth > 0 ? rule->nth : -rule->nth);
    case DAY_SINGLE:
        return rule->date == date;
    }
    return false;
}

static const struct calendar_version *version_on(const struct calendar_spec *spec, int64_t date)
{
    return spec->version_count == 2 && date >= spec->versions[1].from ? &spec->versions[1]
                                                                      : &spec->versions[0];
}

static const struct day_windows *week_on(const struct calendar_spec *spec, int64_t date)
{
    return &version_on(spec, date)->week[civil_weekday(date) - 1];
}

static const struct day_rule *rule_on(const struct calendar_spec *spec, int64_t date)
{
    const struct calendar_version *version = version_on(spec, date);
    const struct day_rule *last = NULL;
    size_t i;

    for (i = 0; i < version->rule_count; i++) {
        const struct day_rule *rule = &version->rules[i];

        if (names_date(rule, date) && !(rule->windows.count > 0 && rule->kind != DAY_SINGLE &&
                                        week_on(spec, date)->count == 0))
            last = rule;
    }
    return last;
}

/* --- the walk --- */

struct walk {
    int64_t first; /* minute */
    int64_t wall[MINUTES];
    int64_t latest[MINUTES];   /* the highest wall clock so far */
    int64_t earliest[MINUTES]; /* the lowest from here on */
    bool works[MINUTES];
    int64_t worked[MINUTES + 1]; /* minutes before */
};

/* The first minute of [0, MINUTES) that is not below the mark in an ascending list. */
static unsigned first_from(const int64_t *list, int64_t mark)
{
    unsigned low = 0;
    unsigned high = MINUTES;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (list[middle] < mark)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* From when the wall first shows the opening, or has passed it, to when it last shows the closing,
   or passes it. */
static void work(struct walk *walk, int64_t opening, int64_t closing)
{
    unsigned from = first_from(walk->latest, opening);
    unsigned until = first_from(walk->earliest, closing);

    while (until + 1 < MINUTES && walk->earliest[until + 1] == closing)
        until++;
    for (; from < until; from++)
        walk->works[from] = true;
}

static void work_date(struct walk *walk, const struct calendar_spec *spec, int64_t date)
{
    const struct day_rule *rule = rule_on(spec, date);
    const struct day_rule *eve = rule_on(spec, date - 1);
    const struct day_windows *day = rule ? &rule->windows : week_on(spec, date);
    const struct day_windows *night = rule ? NULL : week_on(spec, date - 1);
    int64_t midnight = date * DAY_MINUTES;
    size_t i;

    for (i = 0; i < day->count; i++) {
        int32_t to = day->list[i].to < 86400 ? day->list[i].to : 86400;

        work(walk, midnight + day->list[i].from / 60, midnight + to / 60);
    }
    for (i = 0; night && i < night->count; i++)
        if (night->list[i].to > 86400)
            work(walk, midnight, midnight + (night->list[i].to - 86400) / 60);
    if (eve && !(rule && rule->windows.count == 0))
        for (i = 0; i < eve->windows.count; i++)
            if (eve->windows.list[i].to > 86400)
                work(walk, midnight, midnight + (eve->windows.list[i].to - 86400) / 60);
}

static void look_at_clock(struct walk *walk, const struct zone *zone, int64_t middle)
{
    unsigned i;

    walk->first = middle - MINUTES / 2;
    for (i = 0; i < MINUTES; i++)
        walk->wall[i] = wall(zone, walk->first + i);
    for (i = 0; i < MINUTES; i++)
        walk->latest[i] =
            i && walk->latest[i - 1] > walk->wall[i] ? walk->latest[i - 1] : walk->wall[i];
    for (i = MINUTES; i-- > 0;)
        walk->earliest[i] = i + 1 < MINUTES && walk->earliest[i + 1] < walk->wall[i]
                                ? walk->earliest[i + 1]
                                : walk->wall[i];
}

static void work_days(struct walk *walk, const struct calendar_spec *spec)
{
    int64_t date;

    memset(walk->works, 0, sizeof walk->works);
    for (date = walk->earliest[0] / DAY_MINUTES; date <= walk->latest[MINUTES - 1] / DAY_MINUTES;
         date++)
        work_date(walk, spec, date);
}

static void count_work(struct walk *walk)
{
    unsigned i;

    walk->worked[0] = 0;
    for (i = 0; i < MINUTES; i++)
        walk->worked[i + 1] = walk->worked[i] + walk->works[i];
}

static int64_t worked_until(const struct walk *walk, int64_t us)
{
    int64_t minute = us / MINUTE_US - walk->first;

    return walk->worked[minute] * MINUTE_US + (walk->works[minute] ? us % MINUTE_US : 0);
}

/* The first microsecond at which so much was worked; of the walk's minutes none may be missing. */
static int64_t first_worked(const struct walk *walk, int64_t from, int64_t span)
{
    int64_t target = worked_until(walk, from) + span;
    int64_t i = from / MINUTE_US - walk->first;

    if (span == 0) {
        if (walk->works[i])
            return from;
        while (i < MINUTES && !walk->works[i])
            i++;
        return i < MINUTES ? (walk->first + i) * MINUTE_US : INT64_MIN;
    }
    while (i < MINUTES && walk->worked[i + 1] * MINUTE_US < target)
        i++;
    if (i == MINUTES)
        return INT64_MIN;
    return (walk->first + i) * MINUTE_US + target - walk->worked[i] * MINUTE_US;
}

/* --- questions --- */

static int64_t random_instant(const struct walk *walk)
{
    int64_t minute = walk->first + MARGIN + random_below(WALK);

    return minute * MINUTE_US + (random_below(2) ? 0 : (int64_t)random_below(60000000));
}

static unsigned asked;
static unsigned answered; /* deadlines within the walk */

static void check_deadline(const struct walk *walk, struct instant deadline, int64_t expected)
{
    /* a deadline later than the walk is none of ours */
    if (expected == INT64_MIN || expected > (walk->first + MINUTES - DAY_MINUTES) * MINUTE_US) {
        assert_true(instant_is_missing(deadline) ||
                    deadline.us > (walk->first + MARGIN + WALK) * MINUTE_US);
        return;
    }
    assert_int_equal(deadline.us, expected);
    answered++;
}

static void ask(const struct calendar *calendar, struct walk *walk)
{
    int64_t from = random_instant(walk);
    int64_t until = random_instant(walk);
    int64_t expected = worked_until(walk, until) - worked_until(walk, from);
    int64_t span =
        expected > 0 && random_below(2) ? expected : random_below(3 * DAY_MINUTES) * MINUTE_US;

    assert_int_equal(calendar_between(calendar, (struct instant){from}, (struct instant){until}).us,
                     expected);
    check_deadline(walk, calendar_after(calendar, (struct instant){from}, (struct span){span}),
                   first_worked(walk, from, span));
    check_deadline(walk, calendar_after(calendar, (struct instant){from}, (struct span){0}),
                   first_worked(walk, from, 0));
    asked++;
}

/* Pauses at full minutes, in any order, over each other, open at either end. */
static size_t random_pauses(struct walk *walk, struct pause *pauses)
{
    size_t count = random_below(PAUSES_MOST + 1);
    size_t i;

    for (i = 0; i < count; i++) {
        int64_t from = MARGIN / 2 + random_below(WALK + MARGIN);
        int64_t until = from - 60 + random_below(2 * DAY_MINUTES);
        int64_t j;

        pauses[i].from.us = (walk->first + from) * MINUTE_US;
        pauses[i].until.us = (walk->first + until) * MINUTE_US;
        if (random_below(20) == 0) {
            pauses[i].from = INSTANT_MISSING;
            from = 0;
            until = MARGIN + random_below(DAY_MINUTES);
            pauses[i].until.us = (walk->first + until) * MINUTE_US;
        }
        if (random_below(20) == 0) {
            pauses[i].until = INSTANT_MISSING;
            until = MINUTES;
        }
        for (j = from; j < until && j < MINUTES; j++)
            walk->works[j] = false;
    }
    return count;
}

static void ask_with_pauses(const struct calendar *calendar, struct walk *walk)
{
    struct pause pauses[PAUSES_MOST];
    size_t count = random_pauses(walk, pauses);
    int64_t from = random_instant(walk);
    int64_t until = random_instant(walk);
    int64_t span = random_below(2 * DAY_MINUTES) * MINUTE_US;
    int64_t expected;

    count_work(walk);
    expected = worked_until(walk, until) - worked_until(walk, from);
    assert_int_equal(calendar_between_without(calendar, (struct instant){from},
                                              (struct instant){until}, pauses, count)
                         .us,
                     expected);
    check_deadline(walk,
                   calendar_after_without(calendar, (struct instant){from}, (struct span){span},
                                          pauses, count),
                   first_worked(walk, from, span));
    check_deadline(
        walk,
        calendar_after_without(calendar, (struct instant){from}, (struct span){0}, pauses, count),
        first_worked(walk, from, 0));
}

static void walk_days(const struct calendar *calendar, const struct calendar_spec *spec,
                      struct walk *walk, int64_t middle)
{
    static bool works[MINUTES];
    unsigned i;

    look_at_clock(walk, spec->zone, middle);
    work_days(walk, spec);
    memcpy(works, walk->works, sizeof works);
    for (i = 0; i < QUESTIONS; i++) {
        memcpy(walk->works, works, sizeof works);
        count_work(walk);
        ask(calendar, walk);
        ask_with_pauses(calendar, walk);
    }
}

/* Three of four days are near a change of the clock. */
static int64_t random_middle(const struct clock *clock)
{
    uint32_t range = (uint32_t)(clock->until - clock->from - 4 * MINUTES);

    if (clock->change_count > 0 && random_below(4) != 0)
        return clock->changes[random_below(clock->change_count)] + random_below(4 * DAY_MINUTES) -
               2 * DAY_MINUTES;
    return clock->from + 2 * MINUTES + random_below(range);
}

static void walk_calendar(const struct clock *clock)
{
    static struct random_calendar made;
    static struct walk walk;
    struct calendar *calendar;
    int64_t middles[WALKS];
    int64_t dates[WALKS];
    unsigned i;

    for (i = 0; i < WALKS; i++) {
        middles[i] = random_middle(clock);
        dates[i] = wall(clock->zone, middles[i]) / DAY_MINUTES - 3;
    }
    make_calendar(&made, clock->zone, dates);
    calendar = prepared(&made.spec);
    for (i = 0; i < WALKS; i++)
        walk_days(calendar, &made.spec, &walk, middles[i]);
    calendar_free(calendar);
}

static void walk_calendars(unsigned calendars, int first_year, int end_year)
{
    static struct clock clocks[ZONES];
    unsigned i;

    memset(clocks, 0, sizeof clocks);
    asked = answered = 0;
    for (i = 0; i < ZONES; i++) {
        clocks[i].zone = zone_named(zone_names[i]);
        clocks[i].from = civil_days(first_year, 1, 1) * DAY_MINUTES;
        clocks[i].until = civil_days(end_year, 1, 1) * DAY_MINUTES;
        find_changes(&clocks[i]);
    }
    for (i = 0; i < calendars; i++)
        walk_calendar(&clocks[i % ZONES]);
    assert_int_equal(asked, calendars * WALKS * QUESTIONS);
    assert_true(answered > asked);
    for (i = 0; i < ZONES; i++)
        zone_free(clocks[i].zone);
}

static void a_clock_that_walks_minute_by_minute_agrees(void **state)
{
    (void)state;
    random_state = 20261122;
    walk_calendars(CALENDARS, 1974, 2036);
}

/* The years about the end of the quick table, and some that it does not have. */
static void it_agrees_in_far_years(void **state)
{
    (void)state;
    random_state = 2100;
    walk_calendars(ZONES, 2098, 2102);
    walk_calendars(6, 2392, 2400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_that_walks_minute_by_minute_agrees),
        cmocka_unit_test(it_agrees_in_far_years),
    };

    return cmocka_run_group_tests_name("calendar against a clock that walks", tests, NULL, NULL);
}
