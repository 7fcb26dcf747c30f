/*
 * Bytes that are taken for a calendar: what is accepted never works more than the wall clock runs,
 * adds up, and its deadlines are where the time is over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "time/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { VERSIONS = 3, RULES = 12, WINDOWS = 4, PAUSES = 4, QUESTIONS = 6 };

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/* Numbers out of the bytes; zeros behind their end. */
struct bytes {
    const uint8_t *at;
    const uint8_t *end;
};

static unsigned take(struct bytes *bytes)
{
    return bytes->at < bytes->end ? *bytes->at++ : 0;
}

static int64_t take_wide(struct bytes *bytes)
{
    int64_t number = 0;
    unsigned i;

    for (i = 0; i < 4; i++)
        number = number << 8 | take(bytes);
    return number;
}

/* 1 to most, or 0. */
static unsigned take_one(struct bytes *bytes, unsigned most)
{
    unsigned number = take(bytes);

    return number % 64 == 63 ? 0 : 1 + number % most;
}

struct made {
    struct calendar_version versions[VERSIONS];
    struct day_rule rules[VERSIONS][RULES];
    struct day_window windows[VERSIONS * (7 + RULES)][WINDOWS];
    unsigned lists;
};

static struct day_windows take_windows(struct bytes *bytes, struct made *made)
{
    struct day_window *list = made->windows[made->lists++];
    struct day_windows windows = {list, take(bytes) % (WINDOWS + 1)};
    size_t i;

    for (i = 0; i < windows.count; i++) {
        unsigned length = take(bytes);

        list[i].from = (int32_t)(take(bytes) * 337);
        list[i].to = list[i].from + (length == 255 ? 0 : (int32_t)((1 + length) * 337));
    }
    return windows;
}

static struct day_rule take_rule(struct bytes *bytes, struct made *made)
{
    struct day_rule rule;

    memset(&rule, 0, sizeof rule);
    rule.kind = take(bytes) % 4;
    rule.shift = take(bytes) % 5;
    /* one value in 64 is none */
    rule.month = take_one(bytes, 12);
    rule.day = take_one(bytes, 29);
    rule.weekday = take_one(bytes, 7);
    rule.nth = (int)take_one(bytes, 5) * (take(bytes) % 2 ? 1 : -1);
    rule.offset = (int)take(bytes) - 128;
    rule.date = take_wide(bytes) / 50000 - 20000;
    rule.first_year = take(bytes) % 4 ? 0 : 1900 + (int)take(bytes);
    rule.last_year = take(bytes) % 4 ? 0 : rule.first_year + (int)take(bytes);
    rule.windows = take_windows(bytes, made);
    return rule;
}

static void take_spec(struct bytes *bytes, struct made *made, struct calendar_spec *spec)
{
    size_t i;
    size_t j;

    memset(made, 0, sizeof *made);
    spec->version_count = 1 + take(bytes) % VERSIONS;
    for (i = 0; i < spec->version_count; i++) {
        struct calendar_version *version = &made->versions[i];

        version->from = i == 0 && take(bytes) % 2 ? INT64_MIN : take_wide(bytes) / 100000;
        for (j = 0; j < 7; j++)
            version->week[j] = take_windows(bytes, made);
        version->rule_count = take(bytes) % (RULES + 1);
        for (j = 0; j < version->rule_count; j++)
            made->rules[i][j] = take_rule(bytes, made);
        version->rules = made->rules[i];
    }
    spec->versions = made->versions;
}

/* Mostly our days, sometimes the ends of time. */
static struct instant take_instant(struct bytes *bytes)
{
    static const int64_t far[] = {INT64_MIN,          INT64_MAX,         -62135596800000000,
                                  253402300799999999, -5000000000000000, 9000000000000000};
    unsigned which = take(bytes);

    if (which > 255 - ARRAY_LEN(far))
        return (struct instant){far[255 - which]};
    return (struct instant){take_wide(bytes) * SECOND_US + (int64_t)which};
}

static int64_t within_years(int64_t us)
{
    const int64_t first = -62135596800000000;
    const int64_t last = 253402300800000000;

    return us < first ? first : us > last ? last : us;
}

static void ask(const struct calendar *calendar, struct bytes *bytes)
{
    struct instant a = take_instant(bytes);
    struct instant b = take_instant(bytes);
    struct instant c = take_instant(bytes);
    struct span span = {take_wide(bytes) * 2000};
    int64_t whole = calendar_between(calendar, a, b).us;
    struct pause pauses[PAUSES];
    struct instant deadline;
    size_t i;

    must(whole == -calendar_between(calendar, b, a).us, "backwards is the same, negative");
    must(whole == calendar_between(calendar, a, c).us + calendar_between(calendar, c, b).us,
         "parts add up");
    must(b.us < a.us || (whole >= 0 && whole <= within_years(b.us) - within_years(a.us)),
         "no more work than time");
    deadline = calendar_after(calendar, a, span);
    if (!instant_is_missing(deadline)) {
        must(deadline.us >= a.us && calendar_between(calendar, a, deadline).us == span.us,
             "the span is over at the deadline");
        must(span.us == 0 ||
                 calendar_between(calendar, a, (struct instant){deadline.us - 1}).us == span.us - 1,
             "and not before");
    }
    for (i = 0; i < PAUSES; i++)
        pauses[i] = (struct pause){take_instant(bytes), take_instant(bytes)};
    deadline = calendar_after_without(calendar, a, span, pauses, PAUSES);
    must(instant_is_missing(deadline) ||
             calendar_between_without(calendar, a, deadline, pauses, PAUSES).us == span.us,
         "pauses move the deadline by what they take");
    must(b.us < a.us || calendar_between_without(calendar, a, b, pauses, PAUSES).us <= whole,
         "pauses take away");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"UTC", "Europe/Rome", "Australia/Lord_Howe",
                                        "Pacific/Apia"};
    static struct made made;
    struct bytes bytes = {data, data + size};
    struct calendar_spec spec = {.name = STR("fuzz")};
    struct calendar *calendar = NULL;
    struct zone *zone = NULL;
    struct diag diag;
    unsigned i;

    diag_init(&diag);
    must(zone_load(str_of(names[take(&bytes) % ARRAY_LEN(names)]), &diag, &zone) == STATUS_OK,
         "the zones are there");
    spec.zone = zone;
    take_spec(&bytes, &made, &spec);
    if (calendar_prepare(&spec, &diag, &calendar) == STATUS_OK) {
        must(diag.count == 0, "nothing is said about a good calendar");
        for (i = 0; i < QUESTIONS && bytes.at < bytes.end; i++)
            ask(calendar, &bytes);
    } else {
        must(diag.count == 1 && diag.by_rule[RULE_CALENDAR] == 1, "one fatal diagnostic");
    }
    calendar_free(calendar);
    zone_free(zone);
    diag_done(&diag);
    return 0;
}
