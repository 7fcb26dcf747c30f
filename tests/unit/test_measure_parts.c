/*
 * The measures through their door: figures do not depend on how cases are parted, in which order
 * parts are merged, or over how many files rows are spread; and they are what paper says.
 */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "set_join.h"
#include "xml/xml.h"

enum { CASES = 400, MANY_CASES = 9000, FILES = 3, PARTS = 5, MEASURES = 16, OUT_BYTES = 8 << 20 };

struct fixture {
    struct arena arena;
    struct diag diag;
    struct library library;
    struct source_map *map;
    struct record_needs needs;
    struct measure_context context;
    uint64_t random;
};

static void must(struct fixture *f, enum status status)
{
    if (status == STATUS_OK)
        return;
    for (size_t i = 0; i < f->diag.count; i++)
        print_message("%.*s\n", (int)f->diag.list[i].text.len, f->diag.list[i].text.ptr);
    fail_msg("status %d", status);
}

/* SplitMix64: Steele, Lea and Flood 2014. */
static uint64_t next(struct fixture *f, uint64_t below)
{
    uint64_t z = f->random += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (z ^ z >> 31) % below;
}

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    f->random = 512;
    arena_init(&f->arena);
    diag_init(&f->diag);
    must(f, library_init(&f->library, (struct str){NULL, 0}, &f->diag));
    must(f, source_map_load(&f->arena, &f->library, STR("generic-ticket"), (struct str){NULL, 0},
                            &f->diag, &f->map));
    for (i = 0; measures[i]; i++)
        measure_add_needs(measures[i], &f->needs);
    f->needs.slots |= 1ull << SLOT_PRIORITY | 1ull << SLOT_GROUP;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

/* --- making data --- */

static void add_instant(struct buf *out, int64_t seconds)
{
    instant_format((struct instant){seconds * SECOND_US}, out);
}

static const char HEADER[] = "id,updated at,sequence,status,group,priority,opened,resolved,due,sla met\n";

static void add_row(struct fixture *f, struct buf *out, unsigned id, int64_t opened, unsigned step,
                    int64_t at, const char *status)
{
    static const char *const groups[] = {"", "first", "second", "third"};
    static const char *const priorities[] = {"high", "low", ""};
    static const char *const flags[] = {"yes", "no", ""};
    bool is_over = strcmp(status, "Closed") == 0 || strcmp(status, "Resolved") == 0;

    buf_printf(out, "N-%u,", id);
    add_instant(out, at);
    buf_printf(out, ",%u,%s,%s,%s,", step, status, groups[next(f, 4)], priorities[id % 3]);
    if (id % 17)
        add_instant(out, opened);
    buf_add_char(out, ',');
    if (is_over && id % 7)
        add_instant(out, id % 29 ? at : opened - 60);
    buf_add_char(out, ',');
    if (id % 5)
        add_instant(out, opened + (int64_t)next(f, 10) * 86400);
    buf_printf(out, ",%s\n", flags[next(f, 3)]);
}

/* Rows of one case, each thrown into a random file. */
static void add_case(struct fixture *f, struct buf *files, unsigned id)
{
    static const char *const statuses[] = {"New",    "Assigned", "Pending",  "Resolved",
                                           "Closed", "Reopened", "Cancelled"};
    int64_t opened = 1735689600 + (int64_t)next(f, 120) * 86400 + (int64_t)next(f, 24) * 3600;
    int64_t at = opened;
    unsigned rows = 1 + (unsigned)next(f, 7);

    for (unsigned step = 0; step < rows; step++) {
        /* equal instants are frequent: then the sequence decides */
        add_row(f, &files[next(f, FILES)], id, opened, step, at, statuses[next(f, 7)]);
        at += (int64_t)next(f, 3) * 86400;
    }
}

static void write_file(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

struct data {
    char folder[64];
    char paths[FILES][80];
    struct buf files[FILES];
};

static void data_make(struct fixture *f, struct data *data, unsigned cases)
{
    snprintf(data->folder, sizeof data->folder, "/tmp/cfaudit-measure-XXXXXX");
    assert_non_null(mkdtemp(data->folder));
    for (size_t i = 0; i < FILES; i++) {
        snprintf(data->paths[i], sizeof data->paths[i], "%s/%zu.csv", data->folder, i);
        buf_init(&data->files[i], OUT_BYTES);
        buf_add_text(&data->files[i], HEADER);
    }
    for (unsigned id = 0; id < cases; id++)
        add_case(f, data->files, id);
    for (size_t i = 0; i < FILES; i++)
        write_file(data->paths[i], buf_str(&data->files[i]));
}

static void data_done(struct data *data)
{
    for (size_t i = 0; i < FILES; i++) {
        unlink(data->paths[i]);
        buf_done(&data->files[i]);
    }
    assert_int_equal(rmdir(data->folder), 0);
}

static struct record_set *new_set(struct fixture *f)
{
    struct record_set *set = NULL;

    must(f, record_set_new(&f->needs, &f->diag, &set));
    return set;
}

static void read_into(struct fixture *f, struct record_set *set, const char *path, uint32_t number)
{
    struct record_options options = {.map = f->map, .zone = zone_utc()};
    struct accounting accounting;

    must(f, record_read(set, str_of(path), number, &options, &f->arena, &f->diag, &accounting));
    assert_true(accounting_holds(&accounting));
}

static void settle(struct fixture *f, struct record_set *set)
{
    static const struct str by[] = {{"priority", 8}, {"group", 5}};
    static const int slots[] = {SLOT_PRIORITY, SLOT_GROUP};

    must(f, record_set_settle(set, &f->diag));
    f->context = (struct measure_context){.set = set,
                                          .zone = zone_utc(),
                                          .as_of = record_latest(set),
                                          .period_start = INSTANT_MISSING,
                                          .period_end = INSTANT_MISSING,
                                          .by = by,
                                          .by_slots = slots,
                                          .by_count = 2,
                                          .seed = STR("seed")};
}

/* --- figures as text, so that they can be compared whole --- */

static void show_citations(struct buf *out, const char *name, const struct citations *list)
{
    buf_printf(out, " %s", name);
    for (size_t i = 0; i < list->count; i++)
        buf_printf(out, " %.*s@%u:%llu=%.17g", (int)list->list[i].case_id.len,
                   list->list[i].case_id.ptr, list->list[i].source,
                   (unsigned long long)list->list[i].line, list->list[i].value);
}

static void show_one(struct buf *out, const struct figure *figure)
{
    buf_printf(out, "%.*s %.*s [%.*s] n=%llu k=%llu value=%.17g [%.17g,%.17g] km=%.17g",
               (int)figure->measure.len, figure->measure.ptr, (int)figure->variant.len,
               figure->variant.ptr, (int)figure->key.len, figure->key.ptr ? figure->key.ptr : "",
               (unsigned long long)figure->n, (unsigned long long)figure->k, figure->value,
               figure->low, figure->high, figure->km_median);
    for (size_t q = 0; q < QUANTILE_COUNT; q++)
        buf_printf(out, " %.17g", figure->quantiles[q]);
    for (size_t i = 0; i < figure->excluded_count; i++) {
        buf_printf(out, " -%.*s:%llu", (int)figure->excluded[i].reason.len,
                   figure->excluded[i].reason.ptr, (unsigned long long)figure->excluded[i].n);
        show_citations(out, "first", &figure->excluded[i].first);
    }
    show_citations(out, "worst", &figure->worst);
    show_citations(out, "sample", &figure->sample);
    buf_add_char(out, '\n');
}

static void show(struct buf *out, const struct figure *figures, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        show_one(out, &figures[i]);
        for (size_t r = 0; r < figures[i].breakdown_count; r++)
            show_one(out, &figures[i].breakdown[r]);
        for (size_t r = 0; r < figures[i].series_count; r++)
            show_one(out, &figures[i].series[r]);
    }
}

static void show_all(struct fixture *f, struct buf *out)
{
    for (size_t m = 0; measures[m]; m++) {
        struct figure *figures = NULL;
        size_t count = 0;

        must(f, measure_all(measures[m], &f->context, &f->arena, &f->diag, &figures, &count));
        show(out, figures, count);
    }
    assert_false(out->failed);
}

/* Cases dealt out at random to several states, which are merged in random order. */
static void show_parted(struct fixture *f, const struct measure *measure, struct buf *out)
{
    struct measure_state *parts[PARTS] = {NULL};
    size_t cases = record_case_count(f->context.set);
    struct figure *figures = NULL;
    size_t count = 0;
    size_t left = PARTS;

    for (size_t i = 0; i < PARTS; i++)
        must(f, measure_init(measure, &f->context, &f->diag, &parts[i]));
    for (size_t i = 0; i < cases; i++) {
        struct record_case item = record_case_at(f->context.set, (i * 7919) % cases);

        measure_add(parts[next(f, PARTS)], &item);
    }
    while (left > 1) {
        size_t from = next(f, left);
        size_t into = (from + 1 + next(f, left - 1)) % left;

        measure_merge(parts[into], parts[from]);
        measure_free(parts[from]);
        parts[from] = parts[--left];
        parts[left] = NULL;
    }
    must(f, measure_finish(parts[0], &f->arena, &f->diag, &figures, &count));
    show(out, figures, count);
    measure_free(parts[0]);
}

static void same_text(const struct buf *a, const struct buf *b)
{
    size_t at = 0;
    size_t start = 0;

    assert_true(a->len > 100);
    while (at < a->len && at < b->len && a->bytes[at] == b->bytes[at]) {
        if (a->bytes[at] == '\n')
            start = at + 1;
        at++;
    }
    if (at == a->len && at == b->len)
        return;
    print_message("%.400s\n%.400s\n", a->bytes + start, b->bytes + start);
    fail_msg("the figures differ");
}

static void figures_do_not_depend_on_parts(void **state)
{
    struct fixture *f = *state;
    struct record_set *set = new_set(f);
    struct data data;
    struct buf whole;
    struct buf parted;

    data_make(f, &data, CASES);
    for (uint32_t i = 0; i < FILES; i++)
        read_into(f, set, data.paths[i], i);
    settle(f, set);
    assert_int_equal(record_case_count(set), CASES);
    buf_init(&whole, OUT_BYTES);
    show_all(f, &whole);
    for (int round = 0; round < 10; round++) {
        buf_init(&parted, OUT_BYTES);
        for (size_t m = 0; measures[m]; m++)
            show_parted(f, measures[m], &parted);
        same_text(&whole, &parted);
        buf_done(&parted);
    }
    buf_done(&whole);
    record_set_free(set);
    data_done(&data);
}

/* Enough cases for each thread to get some of them. */
static void figures_do_not_depend_on_threads(void **state)
{
    struct fixture *f = *state;
    struct record_set *set = new_set(f);
    struct data data;
    struct buf alone;
    struct buf shared;

    data_make(f, &data, MANY_CASES);
    for (uint32_t i = 0; i < FILES; i++)
        read_into(f, set, data.paths[i], i);
    settle(f, set);
    buf_init(&alone, OUT_BYTES);
    show_all(f, &alone);
    for (unsigned threads = 1; threads <= 3; threads++) {
        f->context.pool = pool_new(threads);
        assert_non_null(f->context.pool);
        buf_init(&shared, OUT_BYTES);
        show_all(f, &shared);
        same_text(&alone, &shared);
        buf_done(&shared);
        pool_free(f->context.pool);
    }
    f->context.pool = NULL;
    buf_done(&alone);
    record_set_free(set);
    data_done(&data);
}

/* The figures of one set that read every file. */
static void show_whole(struct fixture *f, struct data *data, bool keep_all, struct buf *out,
                       bool *ret_needs_all)
{
    struct record_set *set;

    f->needs.keep_all = keep_all;
    set = new_set(f);
    for (uint32_t i = 0; i < FILES; i++)
        read_into(f, set, data->paths[i], i);
    settle(f, set);
    *ret_needs_all = record_set_needs_all(set);
    show_all(f, out);
    record_set_free(set);
}

/* The figures of sets of one file each, joined in that order. */
static void show_joined(struct fixture *f, struct data *data, const uint32_t *order,
                        struct buf *out)
{
    struct record_set *sets[FILES];
    struct record_set *joined;

    f->needs.keep_all = true;
    joined = new_set(f);
    for (size_t i = 0; i < FILES; i++) {
        sets[i] = new_set(f);
        read_into(f, sets[i], data->paths[order[i]], order[i]);
    }
    must(f, set_join(joined, sets, FILES, &f->diag));
    settle(f, joined);
    show_all(f, out);
    record_set_free(joined);
    for (size_t i = 0; i < FILES; i++)
        record_set_free(sets[i]);
}

static const uint32_t orders[][FILES] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

static void figures_do_not_depend_on_sets(void **state)
{
    struct fixture *f = *state;
    struct data data;
    struct buf whole;
    struct buf merged;
    bool needs_all;

    data_make(f, &data, CASES);
    buf_init(&whole, OUT_BYTES);
    show_whole(f, &data, true, &whole, &needs_all);
    for (size_t o = 0; o < ARRAY_LEN(orders); o++) {
        buf_init(&merged, OUT_BYTES);
        show_joined(f, &data, orders[o], &merged);
        same_text(&whole, &merged);
        buf_done(&merged);
    }
    buf_done(&whole);
    data_done(&data);
}

/* Rows that seem to change nothing are dropped; when one of them mattered, the set says so. */
static void dropped_rows_are_missed_or_did_not_matter(void **state)
{
    struct fixture *f = *state;
    unsigned enough = 0;
    unsigned missed = 0;

    for (unsigned round = 0; round < 80; round++) {
        struct data data;
        struct buf truth, other;
        bool needs_all;

        data_make(f, &data, 1 + round % 4);
        buf_init(&truth, OUT_BYTES);
        buf_init(&other, OUT_BYTES);
        show_whole(f, &data, true, &truth, &needs_all);
        show_whole(f, &data, false, &other, &needs_all);
        if (!needs_all)
            same_text(&truth, &other);
        enough += !needs_all;
        missed += needs_all;
        buf_done(&truth);
        buf_done(&other);
        data_done(&data);
    }
    assert_true(enough > 5 && missed > 5);
}

/* --- figures worked out on paper --- */

static const struct figure *measure_text(struct fixture *f, const char *id, const char *variant,
                                         const char *text)
{
    static struct record_set *set;
    char path[] = "/tmp/cfaudit-paper-XXXXXX";
    int fd = mkstemp(path);
    struct figure *figures = NULL;
    size_t count = 0;

    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    write_file(path, str_of(text));
    record_set_free(set);
    set = NULL;
    if (!id) { /* the end: nothing is kept */
        unlink(path);
        return NULL;
    }
    set = new_set(f);
    read_into(f, set, path, 0);
    unlink(path);
    settle(f, set);
    must(f, measure_all(measure_find(str_of(id)), &f->context, &f->arena, &f->diag, &figures,
                        &count));
    for (size_t i = 0; i < count; i++)
        if (str_is(figures[i].variant, variant))
            return &figures[i];
    fail_msg("no figure %s %s", id, variant);
    return NULL;
}

static uint64_t excluded(const struct figure *figure, const char *reason)
{
    for (size_t i = 0; i < figure->excluded_count; i++)
        if (str_is(figure->excluded[i].reason, reason))
            return figure->excluded[i].n;
    return 0;
}

/* Left after 2 days; after 14 days to the second; a second later; never solved; solved too late. */
static const char REOPENED[] =
    "id,updated at,sequence,status,group,opened\n"
    "A,2025-03-03T09:00:00Z,1,New,,2025-03-03T09:00:00Z\n"
    "A,2025-03-03T12:00:00Z,5,Resolved,first,2025-03-03T09:00:00Z\n"
    "A,2025-03-05T12:00:00Z,6,In progress,second,2025-03-03T09:00:00Z\n"
    "A,2025-03-06T12:00:00Z,7,Closed,first,2025-03-03T09:00:00Z\n"
    "C,2025-03-10T09:00:00Z,2,Solved,first,2025-03-04T09:00:00Z\n"
    "C,2025-03-24T09:00:00Z,3,Reopened,,2025-03-04T09:00:00Z\n"
    "D,2025-03-04T09:00:00Z,1,Solved,,2025-03-04T09:00:00Z\n"
    "D,2025-03-18T09:00:01Z,2,Reopened,,2025-03-04T09:00:00Z\n"
    "E,2025-03-20T09:00:00Z,1,New,first,2025-03-20T09:00:00Z\n"
    "F,2025-03-20T09:00:00Z,1,Closed,first,2025-03-20T09:00:00Z\n";

static void reopenings_count_for_fourteen_days(void **state)
{
    struct fixture *f = *state;
    const struct figure *figure = measure_text(f, "M-11", "within-14-days", REOPENED);

    assert_int_equal(figure->n, 3);
    assert_int_equal(figure->k, 2);
    assert_int_equal(excluded(figure, "never-solved"), 1);
    assert_int_equal(excluded(figure, "window-not-observed"), 1);
    measure_text(f, NULL, NULL, "");
}

static void groups_are_counted_without_gaps(void **state)
{
    struct fixture *f = *state;
    const struct figure *figure = measure_text(f, "M-12", "changes", REOPENED);

    assert_int_equal(figure->n, 4);
    assert_float_equal(figure->value, 0.5, 0); /* A 2; C, E and F 0; D has no group */
    assert_int_equal(excluded(figure, "no-group"), 1);
    figure = measure_text(f, "M-12", "ping-pong", REOPENED);
    assert_int_equal(figure->k, 1);
    figure = measure_text(f, "M-12", "three-or-more", REOPENED);
    assert_int_equal(figure->k, 0);
    measure_text(f, NULL, NULL, "");
}

static const char TIMES[] =
    "id,opened,resolved,status,due,sla met\n"
    "1,2025-03-03T09:00:00Z,2025-03-03T12:00:00Z,Closed,2025-03-03T12:00:00Z,yes\n"
    "2,2025-03-03T09:00:00Z,2025-03-03T16:00:00Z,Closed,2025-03-03T15:59:59Z,yes\n"
    "3,2025-03-03T09:00:00Z,2025-03-03T17:00:00Z,Closed,2025-03-04T00:00:00Z,no\n"
    "4,2025-03-03T09:00:00Z,2025-03-03T21:00:00Z,Closed,,no\n"
    "5,2025-03-03T09:00:00Z,,Open,2025-03-03T10:00:00Z,\n"
    "6,2025-03-03T20:00:00Z,,Open,2025-03-09T10:00:00Z,yes\n"
    "7,2025-03-03T09:00:00Z,2025-03-03T08:00:00Z,Closed,2025-03-03T10:00:00Z,yes\n"
    "8,2025-03-03T09:00:00Z,,Cancelled,2025-03-03T10:00:00Z,\n";

static void durations_are_of_the_ended_and_the_median_of_all(void **state)
{
    struct fixture *f = *state;
    const struct figure *figure = measure_text(f, "M-03", "reported", TIMES);

    /* 3, 7, 8 and 12 hours; 5 has run 12 hours and 6 one hour at 21:00 */
    assert_int_equal(figure->n, 4);
    assert_float_equal(figure->value, 7 * 3600, 0);
    assert_float_equal(figure->quantiles[QUANTILE_P85], 12 * 3600, 0);
    assert_true(isnan(figure->low) && isnan(figure->high));
    /* at risk 5 after the loss at 1 h: 4/5, 3/5, 2/5 at 8 h */
    assert_float_equal(figure->km_median, 8 * 3600, 0);
    assert_int_equal(excluded(figure, "no-resolution-time"), 3);
    assert_int_equal(excluded(figure, "end-before-start"), 1);
    measure_text(f, NULL, NULL, "");
}

static void attainment_is_reported_and_computed(void **state)
{
    struct fixture *f = *state;
    const struct figure *figure = measure_text(f, "M-07", "reported", TIMES);

    assert_int_equal(figure->n, 6);
    assert_int_equal(figure->k, 4);
    assert_int_equal(excluded(figure, "no-flag"), 2);
    figure = measure_text(f, "M-07", "computed", TIMES);
    /* met 1 (to the second) and 3; breached 2 and the overdue 5; 7 ended before it began */
    assert_int_equal(figure->n, 4);
    assert_int_equal(figure->k, 2);
    assert_int_equal(excluded(figure, "end-before-start"), 1);
    assert_int_equal(excluded(figure, "no-deadline"), 1);
    assert_int_equal(excluded(figure, "open-before-deadline"), 1);
    assert_int_equal(excluded(figure, "cancelled"), 1);
    /* 2 met though late, 3 missed though in time, 4 missed without a deadline, 5 late without a
       flag, 6 met before it is due, 7 met without a time; each reason once */
    assert_int_equal(figure->difference_count, 6);
    measure_text(f, NULL, NULL, "");
}

static void backlog_is_what_is_open(void **state)
{
    struct fixture *f = *state;
    const struct figure *figure = measure_text(f, "M-10", "open", TIMES);

    assert_float_equal(figure->value, 2, 0);
    assert_int_equal(figure->n, 8);
    figure = measure_text(f, "M-10", "age", TIMES);
    assert_int_equal(figure->n, 2);
    assert_float_equal(figure->maximum, 12 * 3600, 0);
    figure = measure_text(f, "M-10", "overdue", TIMES);
    assert_int_equal(figure->n, 2);
    assert_int_equal(figure->k, 1);
    measure_text(f, NULL, NULL, "");
}

static void quality_names_each_check(void **state)
{
    struct fixture *f = *state;
    const struct figure *figure = measure_text(f, "M-49", "times-in-order", TIMES);

    assert_int_equal(figure->n, 8);
    assert_int_equal(figure->k, 7);
    figure = measure_text(f, "M-49", "end-known", TIMES);
    assert_int_equal(figure->k, 8); /* the cancelled one needs no end */
    figure = measure_text(f, "M-49", "records", TIMES);
    assert_int_equal(figure->k, 7);
    measure_text(f, NULL, NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_do_not_depend_on_threads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_do_not_depend_on_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_do_not_depend_on_sets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dropped_rows_are_missed_or_did_not_matter, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(reopenings_count_for_fourteen_days, set_up, tear_down),
        cmocka_unit_test_setup_teardown(groups_are_counted_without_gaps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(durations_are_of_the_ended_and_the_median_of_all, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(attainment_is_reported_and_computed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(backlog_is_what_is_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quality_names_each_check, set_up, tear_down),
    };

    xml_init();
    return cmocka_run_group_tests_name("measure_parts", tests, NULL, NULL);
}
