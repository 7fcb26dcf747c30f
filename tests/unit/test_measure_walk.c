/*
 * The clock of a case under a service level, for thousands of random cases against a reference that
 * walks through time in steps of ten minutes.
 */
#include "unit.h"

#include "service_bench.h"

enum { STEP = 10 * 60, BATCH = 8, BATCHES = 500, ROWS = 7, TALK = 6, DAYS = 9 };
enum { STEPS = DAYS * 86400 / STEP };

/* Monday before the clocks go forward, in a week with Easter Monday two weeks on. */
static const int64_t ORIGIN = 1774220400; /* 2026-03-23T00:00 in Rome */

struct walk_row {
    int at; /* step */
    int status;
    int priority;
};

struct walk_word {
    int at;
    int author; /* 0 agent, 1 customer, 2 bot */
    bool is_public;
};

struct walk {
    int opened;
    int resolved; /* -1: none */
    struct walk_row rows[ROWS];
    int row_count;
    struct walk_word words[TALK];
    int word_count;
};

static const char *const walk_statuses[] = {"work", "ask", "hold", "parts", "solved", "closed"};
static const char *const walk_priorities[] = {"P1", "P2", "P3"};
static const char *const walk_authors[] = {"agent", "customer", "bot"};

static void put_step(struct buf *out, int step)
{
    if (step >= 0)
        instant_format((struct instant){(ORIGIN + (int64_t)step * STEP) * SECOND_US}, out);
}

static void make_walk(struct bench *b, struct walk *walk, int as_of)
{
    int at = (int)bench_random(b, (unsigned)as_of / 2);
    int i;

    walk->opened = at + (bench_random(b, 4) == 0 ? (int)bench_random(b, 5) - 2 : 0);
    if (walk->opened < 0)
        walk->opened = 0;
    walk->resolved = bench_random(b, 5) == 0 ? walk->opened + (int)bench_random(b, 300) : -1;
    walk->row_count = 1 + (int)bench_random(b, ROWS);
    for (i = 0; i < walk->row_count; i++) {
        walk->rows[i] = (struct walk_row){at, (int)bench_random(b, 6), (int)bench_random(b, 3)};
        if (i && bench_random(b, 3))
            walk->rows[i].priority = walk->rows[i - 1].priority;
        at += 1 + (int)bench_random(b, 200);
    }
    walk->word_count = (int)bench_random(b, TALK + 1);
    at = walk->opened + (int)bench_random(b, 3);
    for (i = 0; i < walk->word_count; i++) {
        walk->words[i] = (struct walk_word){at, (int)bench_random(b, 3), bench_random(b, 4) > 0};
        at += 1 + (int)bench_random(b, 120);
    }
}

static void write_walk(struct bench *b, const struct walk *walk, int id)
{
    int i;

    for (i = 0; i < walk->row_count; i++) {
        struct buf *out = &b->lines[0];

        buf_printf(out, "W%d,", id);
        put_step(out, walk->rows[i].at);
        buf_printf(out, ",%s,%s,", walk_statuses[walk->rows[i].status],
                   walk_priorities[walk->rows[i].priority]);
        put_step(out, walk->opened);
        buf_add_char(out, ',');
        put_step(out, walk->resolved);
        buf_add_text(out, ",,,,,,\n");
    }
    for (i = 0; i < walk->word_count; i++) {
        buf_printf(&b->lines[1], "W%d,", id);
        put_step(&b->lines[1], walk->words[i].at);
        buf_printf(&b->lines[1], ",%s,%s\n", walk_authors[walk->words[i].author],
                   walk->words[i].is_public ? "public" : "private");
    }
}

static bool is_worked(const struct bench *b, const struct calendar_document *calendar, int step)
{
    struct local local;
    struct civil civil;
    int64_t day;
    unsigned weekday;

    if (calendar == &b->always)
        return true;
    local = zone_local(b->rome, (struct instant){(ORIGIN + (int64_t)step * STEP) * SECOND_US});
    civil = civil_from_local(local);
    day = civil_days(civil.year, civil.month, civil.day);
    if (calendar == &b->night && civil.hour < 6)
        day--; /* of the evening before */
    weekday = civil_weekday(day);
    if (weekday > 5 || day == civil_days(2026, 4, 6))
        return false;
    if (calendar == &b->night)
        return civil.hour >= 22 || civil.hour < 6;
    return (civil.hour >= 9 && civil.hour < 13) || (civil.hour >= 14 && civil.hour < 18);
}

/* The row in force at a step; before the first, -1. */
static int row_at(const struct walk *walk, int step)
{
    int i = walk->row_count;

    while (i-- > 0)
        if (walk->rows[i].at <= step)
            return i;
    return -1;
}

static bool is_over(const struct walk *walk, int step)
{
    int row = row_at(walk, step);

    return row >= 0 && walk->rows[row].status >= 4;
}

static int level_of(const struct bench *b, enum sla_metric metric, const struct walk *walk,
                    int step)
{
    int row = row_at(walk, step);
    size_t i;

    for (i = 0; i < b->sla.level_count; i++)
        if (b->levels[i].metric == metric &&
            (b->levels[i].where_count == 0 ||
             str_is(b->conditions[i].value,
                    walk_priorities[walk->rows[row < 0 ? 0 : row].priority])))
            return (int)i;
    return -1;
}

static bool stands_still(const struct bench *b, const struct walk *walk, int level, int step)
{
    int row = row_at(walk, step);
    int status = row < 0 ? 0 : walk->rows[row].status;

    if (b->levels[level].metric != SLA_RESOLUTION)
        return false;
    return (status >= 4 && b->levels[level].reopen != SLA_RUN_ON) ||
           (status == 1 && b->levels[level].pauses_pending) ||
           ((status == 2 || status == 3) && b->levels[level].pauses_hold) ||
           (status == 3 && b->levels[level].pause_status_count);
}

struct walked {
    int level; /* -1: none */
    int64_t seconds;
};

/* The clock from `from` to `until`; who governs is followed from the opening on. */
static struct walked walk_through(const struct bench *b, enum sla_metric metric,
                                  const struct walk *walk, int from, int until)
{
    static int governs[STEPS * 2];
    struct walked walked = {-1, 0};
    int level = level_of(b, metric, walk, walk->opened);
    int since = from;
    int next = -1;
    int step;

    for (step = walk->opened; step < until || step <= walk->opened; step++) {
        int found = level_of(b, metric, walk, step);

        if (found != level && (level < 0 || b->levels[level].change != SLA_AS_OF_OPEN)) {
            if (level >= 0 && b->levels[level].change == SLA_RESTART && step > from)
                since = step;
            level = found;
        }
        governs[step] = level;
    }
    walked.level = from > walk->opened && until <= from ? governs[from - 1] : level;
    for (step = until - 1; step >= since; step--) {
        if (governs[step] >= 0)
            next = governs[step];
        if (next >= 0 && is_worked(b, b->levels[next].calendar, step) &&
            !stands_still(b, walk, next, step))
            walked.seconds += STEP;
    }
    return walked;
}

struct verdict {
    const char *out; /* why it is left out; NULL: it is not */
    double late;
    bool is_open;
};

static struct verdict judge(const struct bench *b, struct walked walked, bool is_ended)
{
    struct verdict verdict = {NULL, 0, !is_ended};

    if (walked.level < 0) {
        verdict.out = "no-service-level";
        return verdict;
    }
    verdict.late = (double)(walked.seconds - b->levels[walked.level].target.us / SECOND_US);
    if (!is_ended && verdict.late <= 0)
        verdict.out = b->levels[walked.level].metric == SLA_RESOLUTION
                          ? "open-before-deadline"
                          : "unanswered-before-deadline";
    return verdict;
}

/* Step at which the case was ended; -1: it is open. */
static int walk_end(const struct walk *walk, int as_of, int *ret_reopened)
{
    int end = -1;
    int reopened = -1;
    int step;

    for (step = walk->rows[0].at; step <= as_of; step++) {
        bool over = is_over(walk, step);
        bool was = step > walk->rows[0].at && is_over(walk, step - 1);

        if (over && !was)
            end = step;
        if (!over && was)
            reopened = step;
        if (!over)
            end = -1;
    }
    if (walk->resolved >= 0 && walk->resolved <= as_of && walk->resolved > reopened &&
        (end < 0 || walk->resolved < end))
        end = walk->resolved;
    *ret_reopened = reopened;
    return end;
}

/* Of two, the one that is farther beyond its target; else the later one. */
static void take_worse(struct verdict *worst, bool *known, struct verdict other)
{
    if (!*known || (!(other.out && strcmp(other.out, "no-service-level") == 0) &&
                    ((worst->out && strcmp(worst->out, "no-service-level") == 0) ||
                     worst->late <= 0 || other.late > worst->late)))
        *worst = other;
    *known = true;
}

static struct verdict walk_cycles(const struct bench *b, const struct walk *walk, int end,
                                  int reopened, int as_of)
{
    int until = end >= 0 ? end : as_of;
    struct walked whole = walk_through(b, SLA_RESOLUTION, walk, walk->opened, until);
    struct verdict worst = judge(b, whole, end >= 0);
    bool known = false;
    int from = walk->opened;
    int step;

    if (reopened < 0 || whole.level < 0 || b->levels[whole.level].reopen != SLA_NEW_CYCLE)
        return worst;
    for (step = walk->rows[0].at; step <= as_of; step++) {
        bool over = is_over(walk, step);
        bool was = step > walk->rows[0].at && is_over(walk, step - 1);
        int at = step > walk->opened ? step : walk->opened;

        if (over && !was && step < reopened)
            take_worse(&worst, &known,
                       judge(b, walk_through(b, SLA_RESOLUTION, walk, from, at), true));
        if (!over && was)
            from = at;
    }
    take_worse(&worst, &known,
               judge(b, walk_through(b, SLA_RESOLUTION, walk, from, until), end >= 0));
    return worst;
}

static struct verdict walk_resolution(const struct bench *b, const struct walk *walk, int as_of)
{
    int reopened;
    int end = walk_end(walk, as_of, &reopened);
    bool is_first = end >= 0 && end < walk->opened;
    struct verdict verdict =
        walk_cycles(b, walk, is_first ? walk->opened : end, reopened, as_of);

    if (is_first && !(verdict.out && strcmp(verdict.out, "no-service-level") == 0))
        verdict.out = "end-before-start";
    return verdict;
}

static bool is_answer(const struct walk *walk, int i)
{
    return walk->words[i].author == 0 && walk->words[i].is_public;
}

/* A question that stands at the end of the case, or of the observation. */
static struct verdict walk_silence(const struct bench *b, enum sla_metric metric,
                                   const struct walk *walk, int from, int as_of)
{
    int reopened;
    int end = walk_end(walk, as_of, &reopened);
    int until = end < 0 ? as_of : end > from ? end : from;
    struct verdict verdict = judge(b, walk_through(b, metric, walk, from, until), end >= 0);

    if (end >= 0 && !verdict.out && verdict.late <= 0)
        verdict.out = "no-answer-due";
    return verdict;
}

static int walk_first_answer(const struct walk *walk, int as_of)
{
    int i;

    for (i = 0; i < walk->word_count && walk->words[i].at <= as_of; i++)
        if (is_answer(walk, i) && walk->words[i].at >= walk->opened &&
            (i > 0 || walk->words[i].at > walk->opened))
            return i;
    return -1;
}

static struct verdict walk_first(const struct bench *b, const struct walk *walk, int as_of)
{
    int answer = walk_first_answer(walk, as_of);

    if (answer < 0)
        return walk_silence(b, SLA_FIRST_RESPONSE, walk, walk->opened, as_of);
    return judge(b, walk_through(b, SLA_FIRST_RESPONSE, walk, walk->opened, walk->words[answer].at),
                 true);
}

static struct verdict walk_next(const struct bench *b, const struct walk *walk, int as_of)
{
    struct verdict worst = {"no-answer-due", 0, false};
    struct verdict last;
    bool known = false;
    int answer = walk_first_answer(walk, as_of);
    int since = -1;
    int i;

    for (i = answer + 1; answer >= 0 && i < walk->word_count && walk->words[i].at <= as_of; i++) {
        if (walk->words[i].author == 1 && since < 0)
            since = walk->words[i].at;
        if (is_answer(walk, i) && since >= 0) {
            take_worse(
                &worst, &known,
                judge(b, walk_through(b, SLA_NEXT_RESPONSE, walk, since, walk->words[i].at), true));
            since = -1;
        }
    }
    if (since < 0)
        return worst;
    last = walk_silence(b, SLA_NEXT_RESPONSE, walk, since, as_of);
    if (!known || !last.out || strcmp(last.out, "no-answer-due") != 0)
        take_worse(&worst, &known, last);
    return worst;
}

static void random_levels(struct bench *b)
{
    static struct str parts[] = {STR_INIT("parts")};
    static const enum sla_metric metrics[] = {SLA_RESOLUTION, SLA_RESOLUTION, SLA_FIRST_RESPONSE,
                                              SLA_FIRST_RESPONSE, SLA_NEXT_RESPONSE};
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    const struct calendar_document *calendars[] = {&b->office, &b->night, &b->always};
    size_t i;

    for (i = 0; i < ARRAY_LEN(metrics); i++) {
        struct service_level *level = bench_level(
            b, ids[i], metrics[i], walk_priorities[i % 2],
            (int64_t)(1 + bench_random(b, 60)) * STEP * SECOND_US, calendars[bench_random(b, 3)]);

        level->change = (enum sla_change)bench_random(b, SLA_CHANGE_COUNT);
        level->reopen = (enum sla_reopen)bench_random(b, SLA_REOPEN_COUNT);
        level->pauses_pending = bench_random(b, 2);
        level->pauses_hold = bench_random(b, 3) == 0;
        level->pause_statuses = parts;
        level->pause_status_count = bench_random(b, 2);
        if (i == 4 && bench_random(b, 2))
            level->where_count = 0;
    }
}

static bool agrees(const struct figure *figure, int id, struct verdict wanted)
{
    const struct citation *cited;
    struct str reason;
    char name[16];

    snprintf(name, sizeof name, "W%d", id);
    reason = bench_excluded(figure, name);
    cited = bench_cited(&figure->sample, name);
    if (wanted.out)
        return str_is(reason, wanted.out);
    return !reason.ptr && cited && cited->value == wanted.late &&
           (bench_cited(&figure->worst, name) != NULL) == (wanted.late > 0) &&
           str_is(cited->note, "still open") == wanted.is_open;
}

static void random_cases_agree_with_a_walk_through_time(void **state)
{
    static const char *const variants[] = {"computed", "computed-first-response",
                                           "computed-next-response"};
    struct bench *b = *state;
    int counted[3] = {0, 0, 0};
    int batch;
    int i;
    int v;

    for (batch = 0; batch < BATCHES; batch++) {
        struct walk walks[BATCH];
        const struct figure *figures[3];
        int as_of = STEPS / 2 + (int)bench_random(b, STEPS / 2);
        struct buf text;

        bench_clear(b);
        random_levels(b);
        for (i = 0; i < BATCH; i++) {
            make_walk(b, &walks[i], as_of);
            write_walk(b, &walks[i], i);
        }
        buf_init(&text, 64);
        put_step(&text, as_of);
        b->as_of = text.bytes;
        bench_message(b, "X,2026-03-01T00:00:00Z,bot,private"); /* there are messages */
        bench_read(b, b->office.calendar);
        for (v = 0; v < 3; v++) {
            figures[v] = bench_figure(b, "M-07", variants[v]);
            assert_non_null(figures[v]);
        }
        for (i = 0; i < BATCH; i++) {
            struct verdict verdicts[3] = {walk_resolution(b, &walks[i], as_of),
                                          walk_first(b, &walks[i], as_of),
                                          walk_next(b, &walks[i], as_of)};

            for (v = 0; v < 3; v++) {
                counted[v] += !verdicts[v].out;
                if (!agrees(figures[v], i, verdicts[v]))
                    fail_msg("batch %d, case %d, %s: the walk says %s, %.0f s, open %d", batch, i,
                             variants[v], verdicts[v].out ? verdicts[v].out : "counted",
                             verdicts[v].late, verdicts[v].is_open);
            }
        }
        buf_done(&text);
        arena_clear(&b->arena);
        bench_load_maps(b);
    }
    assert_true(counted[0] > 1000 && counted[1] > 1000 && counted[2] > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(random_cases_agree_with_a_walk_through_time, bench_set_up,
                                        bench_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
