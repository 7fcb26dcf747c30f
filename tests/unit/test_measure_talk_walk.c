/*
 * Conversations by the thousand against their definitions taken word by word: pairs of messages,
 * sums over statuses, hours of the office by plain arithmetic. The office stands in UTC, where its
 * days are all alike, so that nothing of the clock is shared with what is tested.
 */
#include "unit.h"

#include "close.h"
#include "service_bench.h"

enum { CASES = 24, BATCHES = 160, WORDS = 9, ROWS = 6, VALUES = CASES * WORDS };

/* 2026-03-02, a Monday, 00:00 UTC. */
static const int64_t MONDAY = 1772409600000000;

enum { ASKED_LATE, GONE, UNCLEAR, OPEN_WAIT, OVER_WAIT, FEW, STILL_OPEN, UNCLASSED, MUTE, REASONS };

static const char *const reason_names[REASONS] = {
    "opened-later",     "cancelled",  "author-unknown",          "not-answered",
    "ended-unanswered", "fewer-than-two-messages", "still-open", "status-not-classed",
    "no-messages"};

struct word {
    int64_t at;
    int author; /* number in `authors` */
    bool is_public;
};

struct row {
    int64_t at;
    int status; /* number in `statuses` */
};

struct talk {
    int64_t opened;
    int64_t resolved; /* -1: none reported */
    struct word words[WORDS];
    int word_count;
    struct row rows[ROWS];
    int row_count;
};

static const char *const authors[] = {"agent", "customer", "bot", "boss", "partner", "martian"};
static const char *const statuses[] = {"work", "ask", "hold", "solved", "closed", "", "cancelled",
                                       "odd"};

/* What a variant should say of all cases. */
struct wanted {
    double values[VALUES];
    int n;
    int k;
    int out[REASONS];
};

/* --- the office, in UTC --- */

static int64_t overlap(int64_t a, int64_t b, int64_t from, int64_t until)
{
    int64_t low = a > from ? a : from;
    int64_t high = b < until ? b : until;

    return high > low ? high - low : 0;
}

static int64_t worked(int64_t a, int64_t b)
{
    int64_t sum = 0;
    int64_t day;

    for (day = 0; day < 60; day++) {
        int64_t base = MONDAY + day * DAY_US;

        if (day % 7 >= 5)
            continue;
        sum += overlap(a, b, base + 9 * HOUR_US, base + 13 * HOUR_US);
        sum += overlap(a, b, base + 14 * HOUR_US, base + 18 * HOUR_US);
    }
    return sum;
}

/* --- making --- */

static int64_t some_time(struct bench *b, int64_t after, unsigned hours)
{
    int64_t step = (int64_t)bench_random(b, hours * 3600) * SECOND_US;

    return after + step + 1 + (int64_t)bench_random(b, 1000000);
}

static void make_talk(struct bench *b, struct talk *talk)
{
    int64_t at;
    int i;

    talk->opened = some_time(b, MONDAY, 24 * 10);
    talk->resolved = bench_random(b, 4) ? -1 : some_time(b, talk->opened, 24 * 6);
    talk->word_count = (int)bench_random(b, WORDS + 1);
    at = bench_random(b, 3) ? talk->opened : some_time(b, talk->opened - 5 * HOUR_US, 6);
    for (i = 0; i < talk->word_count; i++) {
        int author = bench_random(b, 3) ? (int)bench_random(b, 2) : (int)bench_random(b, 5);

        if (bench_random(b, 40) == 0)
            author = 5;
        talk->words[i] = (struct word){at, author, bench_random(b, 4) > 0};
        at = some_time(b, at, 30);
    }
    talk->row_count = 1 + (int)bench_random(b, ROWS);
    at = bench_random(b, 2) ? talk->opened : some_time(b, talk->opened, 8);
    for (i = 0; i < talk->row_count; i++) {
        int status = (int)bench_random(b, 6);

        if (bench_random(b, 60) == 0)
            status = 6 + (int)bench_random(b, 2);
        if (i == 0 && status == 5)
            status = 0;
        talk->rows[i] = (struct row){at, status};
        at = some_time(b, at, 40);
    }
}

static void put_instant(struct buf *out, int64_t at)
{
    if (at >= 0)
        instant_format((struct instant){at}, out);
}

static void write_talk(struct bench *b, const struct talk *talk, int id)
{
    int i;

    for (i = 0; i < talk->row_count; i++) {
        buf_printf(&b->lines[0], "T%d,", id);
        put_instant(&b->lines[0], talk->rows[i].at);
        buf_printf(&b->lines[0], ",%s,,", statuses[talk->rows[i].status]);
        put_instant(&b->lines[0], talk->opened);
        buf_add_char(&b->lines[0], ',');
        put_instant(&b->lines[0], talk->resolved);
        buf_add_text(&b->lines[0], ",,,,,,\n");
    }
    for (i = 0; i < talk->word_count; i++) {
        buf_printf(&b->lines[1], "T%d,", id);
        put_instant(&b->lines[1], talk->words[i].at);
        buf_printf(&b->lines[1], ",%s,%s\n", authors[talk->words[i].author],
                   talk->words[i].is_public ? "public" : "private");
    }
}

/* --- the definitions --- */

static bool answers(const struct word *word)
{
    return word->is_public && (word->author == 0 || word->author == 3);
}

static bool doubtful(const struct word *word)
{
    return word->is_public && word->author == 5;
}

/* Status in force just after the instant; work before the first row. */
static int status_at(const struct talk *talk, int64_t at)
{
    int status = 0;
    int i;

    for (i = 0; i < talk->row_count; i++)
        if (talk->rows[i].at <= at && talk->rows[i].status != 5)
            status = talk->rows[i].status;
    return status;
}

static bool over(int status)
{
    return status == 3 || status == 4 || status == 6;
}

/* The end, or -1: the last row that made an open case an ended one, unless it was reopened. */
static int64_t end_of(const struct talk *talk, int64_t as_of)
{
    int64_t end = -1;
    int64_t reopened = -1;
    bool was_over = false;
    int i;

    for (i = 0; i < talk->row_count; i++) {
        int64_t at = talk->rows[i].at;

        if (at > as_of)
            break;
        if (over(status_at(talk, at)) && !was_over)
            end = at;
        if (!over(status_at(talk, at)) && was_over)
            reopened = at;
        was_over = over(status_at(talk, at));
    }
    if (was_over)
        return end;
    return talk->resolved >= 0 && talk->resolved <= as_of && talk->resolved > reopened
               ? talk->resolved
               : -1;
}

/* Working time of [a, b) in which the case was in one of the statuses of the mask. */
static int64_t worked_in(const struct talk *talk, unsigned mask, int64_t a, int64_t b)
{
    int64_t sum = 0;
    int i;

    for (i = -1; i < talk->row_count; i++) {
        int64_t from = i < 0 ? a : talk->rows[i].at;
        int64_t until = i + 1 < talk->row_count ? talk->rows[i + 1].at : b;
        int status = i < 0 ? 0 : status_at(talk, from);

        if (from < a)
            from = a;
        if (until > b)
            until = b;
        if (until > from && (mask >> status & 1))
            sum += worked(from, until);
    }
    return sum;
}

static void add(struct wanted *wanted, int64_t value)
{
    wanted->values[wanted->n++] = (double)value / (double)SECOND_US;
}

/* Number of words up to the instant. */
static int spoken(const struct talk *talk, int64_t as_of)
{
    int count = 0;

    while (count < talk->word_count && talk->words[count].at <= as_of)
        count++;
    return count;
}

static void want_first(struct wanted *wanted, const struct talk *talk, int64_t as_of)
{
    int count = spoken(talk, as_of);
    bool unclear = false;
    int i;

    for (i = 0; i < count; i++) {
        const struct word *word = &talk->words[i];

        if (word->at < talk->opened)
            continue;
        unclear |= doubtful(word);
        if (!answers(word) || (i == 0 && word->at == talk->opened))
            continue;
        if (unclear)
            wanted->out[UNCLEAR]++;
        else
            add(wanted, worked(talk->opened, word->at));
        return;
    }
    wanted->out[unclear                         ? UNCLEAR
                : end_of(talk, as_of) >= 0 ? OVER_WAIT
                                           : OPEN_WAIT]++;
}

/* Between two answers (or before the first, or after the last) at most one customer waits. */
static void want_next(struct wanted *wanted, const struct talk *talk, int64_t as_of)
{
    int count = spoken(talk, as_of);
    int before = -1;
    int j;
    int i;

    if (count == 0)
        wanted->out[MUTE]++;
    for (j = 0; j <= count && count; j++) {
        int64_t since = -1;
        bool unclear = false;

        if (j < count && !answers(&talk->words[j]))
            continue;
        for (i = j - 1; i > before; i--) {
            if (talk->words[i].author == 1)
                since = talk->words[i].at;
            unclear |= doubtful(&talk->words[i]);
        }
        before = j;
        if (since < 0)
            continue;
        if (unclear)
            wanted->out[UNCLEAR]++;
        else if (j == count)
            wanted->out[end_of(talk, as_of) >= 0 ? OVER_WAIT : OPEN_WAIT]++;
        else
            add(wanted, worked(since, talk->words[j].at));
    }
}

static void want_waiting(struct wanted *wanted, const struct talk *talk, int64_t as_of,
                         unsigned mask)
{
    int64_t end = end_of(talk, as_of);
    int64_t until = end >= 0 ? end : as_of;

    if (worked_in(talk, 1u << 7, talk->opened, until) > 0)
        wanted->out[UNCLASSED]++;
    else if (end < 0)
        wanted->out[STILL_OPEN]++;
    else
        add(wanted, worked_in(talk, mask, talk->opened, until));
}

static void want_silence(struct wanted *between, struct wanted *longest, const struct talk *talk,
                         int64_t as_of)
{
    static const unsigned unsolved = 1u << 0 | 1u << 1 | 1u << 2 | 1u << 7;
    int64_t end = end_of(talk, as_of);
    int64_t until = end >= 0 ? end : as_of;
    int64_t most = -1;
    int64_t all = 0;
    int64_t last = talk->opened;
    bool unclear = false;
    int said = 0;
    int i;

    for (i = 0; i < spoken(talk, as_of); i++) {
        const struct word *word = &talk->words[i];
        int64_t at = word->at < talk->opened ? talk->opened : word->at;
        int64_t silence = worked_in(talk, unsolved, last, at);

        unclear |= doubtful(word);
        if (!answers(word) || at > until)
            continue;
        if (said++ && silence > most)
            most = silence;
        if (silence > all)
            all = silence;
        last = at;
    }
    if (worked_in(talk, unsolved, last, until) > all)
        all = worked_in(talk, unsolved, last, until);
    if (unclear) {
        between->out[UNCLEAR]++;
        longest->out[UNCLEAR]++;
        return;
    }
    add(longest, all);
    if (said < 2)
        between->out[FEW]++;
    else
        add(between, most);
}

/* Updates since the opening, each with what was said since the one before. */
static void want_proactive(struct wanted *wanted, const struct talk *talk, int64_t as_of)
{
    int before = -1;
    int j;
    int i;

    for (j = 0; j < spoken(talk, as_of); j++) {
        bool asked = before < 0;
        bool unclear = false;

        if (!answers(&talk->words[j]) || talk->words[j].at < talk->opened)
            continue;
        for (i = j - 1; i > before; i--) {
            asked |= talk->words[i].author == 1;
            unclear |= talk->words[i].at >= talk->opened && doubtful(&talk->words[i]);
        }
        before = j;
        if (unclear) {
            wanted->out[UNCLEAR]++;
        } else if (j > 0 || talk->words[j].at != talk->opened) {
            wanted->n++;
            wanted->k += !asked;
        }
    }
}

/* --- comparing --- */

static int by_size(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

static void check(struct bench *b, int batch, const char *measure, const char *variant,
                  struct wanted *wanted)
{
    static const unsigned percent[QUANTILE_COUNT] = {50, 85, 90, 95};
    const struct figure *figure = bench_figure(b, measure, variant);
    int r;
    size_t i;

    assert_non_null(figure);
    for (r = 0; r < REASONS; r++) {
        uint64_t n = 0;

        for (i = 0; i < figure->excluded_count; i++)
            if (str_is(figure->excluded[i].reason, reason_names[r]))
                n = figure->excluded[i].n;
        if (n != (uint64_t)wanted->out[r])
            fail_msg("batch %d, %s %s: %llu left out as %s instead of %d", batch, measure, variant,
                     (unsigned long long)n, reason_names[r], wanted->out[r]);
    }
    if (figure->n != (uint64_t)wanted->n || figure->k != (uint64_t)wanted->k)
        fail_msg("batch %d, %s %s: n %llu, k %llu instead of %d, %d", batch, measure, variant,
                 (unsigned long long)figure->n, (unsigned long long)figure->k, wanted->n,
                 wanted->k);
    if (str_is(figure->unit, "1") || wanted->n == 0)
        return;
    qsort(wanted->values, (size_t)wanted->n, sizeof wanted->values[0], by_size);
    assert_close(figure->minimum, wanted->values[0], 1e-12);
    assert_close(figure->maximum, wanted->values[wanted->n - 1], 1e-12);
    for (i = 0; i < QUANTILE_COUNT; i++) {
        int rank = (int)(((unsigned)wanted->n * percent[i] + 99) / 100);

        if (!is_close(figure->quantiles[i], wanted->values[rank - 1], 1e-12))
            fail_msg("batch %d, %s %s: p%u", batch, measure, variant, percent[i]);
    }
}

enum { FIRST, NEXT, REQUESTER, AGENT_WORK, AGENT_WAIT, BETWEEN, LONGEST, PROACTIVE, FIGURES };

static void want_case(struct wanted *wanted, const struct talk *talk, int64_t as_of)
{
    int f;

    if (talk->opened > as_of || status_at(talk, as_of) == 6) {
        for (f = 0; f < FIGURES; f++)
            if (f != NEXT)
                wanted[f].out[talk->opened > as_of ? ASKED_LATE : GONE]++;
        if (spoken(talk, as_of) && status_at(talk, as_of) == 6)
            wanted[NEXT].out[GONE]++;
        else
            want_next(&wanted[NEXT], talk, as_of);
        return;
    }
    want_first(&wanted[FIRST], talk, as_of);
    want_next(&wanted[NEXT], talk, as_of);
    want_waiting(&wanted[REQUESTER], talk, as_of, 1u << 0 | 1u << 2);
    want_waiting(&wanted[AGENT_WORK], talk, as_of, 1u << 0);
    want_waiting(&wanted[AGENT_WAIT], talk, as_of, 1u << 1);
    want_silence(&wanted[BETWEEN], &wanted[LONGEST], talk, as_of);
    want_proactive(&wanted[PROACTIVE], talk, as_of);
}

static struct calendar *office_in_utc(struct bench *b)
{
    struct calendar_version version = {.from = INT64_MIN};
    struct calendar_spec spec = {
        .name = STR("office"), .zone = zone_utc(), .versions = &version, .version_count = 1};
    struct calendar *calendar = NULL;
    size_t day;

    for (day = 0; day < 5; day++)
        version.week[day] =
            (struct day_windows){bench_office_hours, ARRAY_LEN(bench_office_hours)};
    bench_must(b, calendar_prepare(&spec, &b->diag, &calendar));
    return calendar;
}

static void random_conversations_agree_with_their_definitions(void **state)
{
    static const struct {
        const char *measure;
        const char *variant;
    } figures[FIGURES] = {{"M-01", "by-messages"},    {"M-02", "by-messages"},
                          {"M-04", "requester-wait"}, {"M-04", "agent-work"},
                          {"M-04", "agent-wait"},     {"M-32", "between-messages"},
                          {"M-32", "longest"},        {"M-32", "proactive"}};
    struct bench *b = *state;
    struct calendar *office = office_in_utc(b);
    struct wanted *wanted = mem_alloc(FIGURES, sizeof *wanted);
    int counted[FIGURES] = {0};
    int batch;
    int i;
    int f;

    assert_non_null(wanted);
    for (batch = 0; batch < BATCHES; batch++) {
        int64_t as_of = some_time(b, MONDAY + 6 * DAY_US, 24 * 10);
        struct buf text;

        memset(wanted, 0, FIGURES * sizeof *wanted);
        bench_clear(b);
        for (i = 0; i < CASES; i++) {
            struct talk talk;

            make_talk(b, &talk);
            write_talk(b, &talk, i);
            want_case(wanted, &talk, as_of);
        }
        buf_init(&text, 64);
        put_instant(&text, as_of);
        b->as_of = text.bytes;
        bench_read(b, office);
        for (f = 0; f < FIGURES; f++) {
            check(b, batch, figures[f].measure, figures[f].variant, &wanted[f]);
            counted[f] += wanted[f].n;
        }
        buf_done(&text);
        arena_clear(&b->arena);
        bench_load_maps(b);
    }
    for (f = 0; f < FIGURES; f++)
        assert_true(counted[f] > 500);
    mem_free(wanted);
    calendar_free(office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(random_conversations_agree_with_their_definitions,
                                        bench_set_up, bench_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
