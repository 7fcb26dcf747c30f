/*
 * Figures against brute force, and the contract of parts: however the rows are split over sources,
 * in whatever order, and however the cases are split over states, the figures are the same.
 */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "evidence/evidence.h"
#include "measure/measure.h"
#include "record/record.h"
#include "set_join.h"

enum { ROWS_MAX = 400, CASES = 12, PARTS = 3, ROUNDS = 60 };

static const char map_text[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"test-log\" revision=\"1\" reader=\"delimited\" zone=\"UTC\">\n"
    " <title lang=\"en\">Log of the test</title><title lang=\"it\">Registro della prova</title>\n"
    " <time><format>iso</format></time>\n"
    " <record kind=\"ticket\">\n"
    "  <field name=\"id\" required=\"true\"><column>id</column></field>\n"
    "  <field name=\"opened\"><column>opened</column></field>\n"
    "  <field name=\"resolved\"><column>resolved</column></field>\n"
    "  <field name=\"priority\"><column>priority</column></field>\n"
    "  <field name=\"status\"><column>status</column></field>\n"
    " </record>\n"
    " <record kind=\"event\">\n"
    "  <field name=\"at\"><column>at</column></field>\n"
    "  <field name=\"sequence\"><column>seq</column></field>\n"
    "  <field name=\"status\"><column>status</column></field>\n"
    "  <field name=\"group\"><column>group</column></field>\n"
    " </record>\n"
    " <record kind=\"sla\">\n"
    "  <field name=\"due\"><column>due</column></field>\n"
    "  <field name=\"met\"><column>met</column></field>\n"
    " </record>\n"
    " <status><value class=\"open\">work</value><value class=\"pending\">wait</value>"
    "<value class=\"solved\">solved</value><value class=\"closed\">closed</value></status>\n"
    "</source-map>\n";

struct row {
    int id;
    int at; /* hours after the start */
    int seq;
    int status; /* 0 work, 1 wait, 2 solved, 3 closed */
    int group;  /* 0: none */
    int opened;
    int resolved; /* -1: none */
    int due;      /* -1: none */
    int met;      /* -1: none */
    int priority;
    int part;
    int position; /* in its part */
};

struct fixture {
    char folder[64];
    char map[96];
    struct arena arena;
    struct diag diag;
    struct library library;
    struct source_map *source_map;
    struct row rows[ROWS_MAX];
    size_t row_count;
    uint64_t random;
};

static unsigned next_random(struct fixture *f, unsigned below)
{
    f->random = f->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(f->random >> 33) % below;
}

static const char *const statuses[] = {"work", "wait", "solved", "closed"};

/* Hour h of 2026 as an instant in text. */
static void put_time(FILE *file, int hour)
{
    struct buf text;

    if (hour < 0)
        return;
    buf_init(&text, 64);
    instant_format((struct instant){1767225600ll * SECOND_US + hour * HOUR_US}, &text);
    fputs(text.bytes, file);
    buf_done(&text);
}

static void write_part(struct fixture *f, int part, char *path, size_t size)
{
    FILE *file;
    size_t i;
    int position = 0;

    snprintf(path, size, "%s/part%d.csv", f->folder, part);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("id,at,seq,status,group,opened,resolved,due,met,priority\n", file);
    for (i = 0; i < f->row_count; i++) {
        struct row *row = &f->rows[i];

        if (part >= 0 && row->part != part)
            continue;
        row->position = position++;
        fprintf(file, "C%d,", row->id);
        put_time(file, row->at);
        fprintf(file, ",%d,%s,", row->seq, statuses[row->status]);
        if (row->group)
            fprintf(file, "G%d", row->group);
        fputc(',', file);
        put_time(file, row->opened);
        fputc(',', file);
        put_time(file, row->resolved);
        fputc(',', file);
        put_time(file, row->due);
        fprintf(file, ",%s,P%d\n", row->met < 0 ? "" : row->met ? "true" : "false", row->priority);
    }
    fclose(file);
}

static void make_rows(struct fixture *f)
{
    size_t i;

    f->row_count = 20 + next_random(f, ROWS_MAX - 20);
    for (i = 0; i < f->row_count; i++) {
        struct row *row = &f->rows[i];

        row->id = (int)next_random(f, CASES);
        row->at = 10 + (int)next_random(f, 2000);
        row->seq = (int)i;
        row->status = (int)next_random(f, 4);
        row->group = (int)next_random(f, 4);
        row->opened = row->id;
        row->resolved = row->id % 3 ? 100 + (int)next_random(f, 300) : -1;
        row->due = row->id % 4 ? 150 + row->id : -1;
        row->met = (int)next_random(f, 3) - 1;
        row->priority = row->id % 2;
        row->part = (int)next_random(f, PARTS);
    }
}

static struct record_needs needs_of_all(void)
{
    struct record_needs needs = {.slots = 1ull << SLOT_PRIORITY};
    size_t i;

    for (i = 0; measures[i]; i++)
        measure_add_needs(measures[i], &needs);
    return needs;
}

static struct record_set *read_part(struct fixture *f, int part, uint32_t number, bool keep_all)
{
    struct record_options options = {.map = f->source_map, .zone = zone_utc()};
    struct record_needs needs = needs_of_all();
    struct record_set *set = NULL;
    struct accounting accounting;
    char path[128];

    needs.keep_all = keep_all;
    write_part(f, part, path, sizeof path);
    assert_int_equal(record_set_new(&needs, &f->diag, &set), STATUS_OK);
    assert_int_equal(
        record_read(set, str_of(path), number, &options, &f->arena, &f->diag, &accounting),
        STATUS_OK);
    assert_true(accounting_holds(&accounting));
    assert_int_equal(accounting.rows_rejected, 0);
    return set;
}

/* Every figure of every measure as text: the machine form says all there is. */
static struct str figures_text(struct fixture *f, const struct record_set *set, size_t parts)
{
    static const struct str by[] = {{"priority", 8}};
    static const int by_slots[] = {SLOT_PRIORITY};
    struct measure_context context = {.set = set,
                                      .zone = zone_utc(),
                                      .as_of = record_latest(set),
                                      .period_start = INSTANT_MISSING,
                                      .period_end = INSTANT_MISSING,
                                      .by = by,
                                      .by_slots = by_slots,
                                      .by_count = 1};
    struct figure *all = arena_alloc(&f->arena, 64, sizeof *all);
    struct evidence evidence = {.figures = all};
    struct str text;
    struct buf out;
    size_t m;

    for (m = 0; measures[m]; m++) {
        struct measure_state *states[PARTS] = {NULL};
        struct figure *figures = NULL;
        size_t count = 0;
        size_t i;

        for (i = 0; i < parts; i++)
            assert_int_equal(measure_init(measures[m], &context, &f->diag, &states[i]), STATUS_OK);
        for (i = 0; i < record_case_count(set); i++) {
            struct record_case item = record_case_at(set, i);

            measure_add(states[next_random(f, (unsigned)parts)], &item);
        }
        for (i = 1; i < parts; i++)
            measure_merge(states[0], states[i]);
        assert_int_equal(measure_finish(states[0], &f->arena, &f->diag, &figures, &count),
                         STATUS_OK);
        memcpy(all + evidence.figure_count, figures, count * sizeof *figures);
        evidence.figure_count += count;
        for (i = 0; i < parts; i++)
            measure_free(states[i]);
    }
    buf_init(&out, 1 << 26);
    evidence_json(&evidence, &out);
    text = arena_str(&f->arena, buf_str(&out));
    buf_done(&out);
    assert_non_null(text.ptr);
    return text;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    FILE *file;

    strcpy(f->folder, "/tmp/cfaudit-measure-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->map, sizeof f->map, "%s/map.xml", f->folder);
    file = fopen(f->map, "w");
    fputs(map_text, file);
    fclose(file);
    xml_init();
    arena_init(&f->arena);
    diag_init(&f->diag);
    f->random = 20260131;
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    assert_int_equal(source_map_load(&f->arena, &f->library, str_of(f->map), (struct str){NULL, 0},
                                     &f->diag, &f->source_map),
                     STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[128];
    int part;

    for (part = -1; part < PARTS; part++) {
        snprintf(command, sizeof command, "%s/part%d.csv", f->folder, part);
        unlink(command);
    }
    unlink(f->map);
    rmdir(f->folder);
    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    free(f);
    return 0;
}

static struct record_set *join_parts(struct fixture *f, struct record_set *const *parts)
{
    struct record_needs needs = needs_of_all();
    struct record_set *joined = NULL;

    needs.keep_all = true;
    assert_int_equal(record_set_new(&needs, &f->diag, &joined), STATUS_OK);
    assert_int_equal(set_join(joined, parts, PARTS, &f->diag), STATUS_OK);
    assert_int_equal(record_set_settle(joined, &f->diag), STATUS_OK);
    return joined;
}

static void parts_in_any_order_give_the_same_figures(void **state)
{
    struct fixture *f = *state;
    int round;

    for (round = 0; round < ROUNDS; round++) {
        struct record_set *parts[PARTS];
        struct record_set *other[] = {NULL, NULL, NULL};
        struct record_set *joined;
        struct str whole;
        int i;

        make_rows(f);
        for (i = 0; i < PARTS; i++)
            parts[i] = read_part(f, i, (uint32_t)i, true);
        joined = join_parts(f, parts);
        whole = figures_text(f, joined, 1);
        assert_true(str_equal(whole, figures_text(f, joined, PARTS)));
        record_set_free(joined);

        for (i = 0; i < PARTS; i++)
            other[i] = parts[(i + 2) % PARTS];
        joined = join_parts(f, other);
        assert_true(str_equal(whole, figures_text(f, joined, 2)));
        record_set_free(joined);
        for (i = 0; i < PARTS; i++)
            record_set_free(parts[i]);
        arena_clear(&f->arena);
        assert_int_equal(source_map_load(&f->arena, &f->library, str_of(f->map),
                                         (struct str){NULL, 0}, &f->diag, &f->source_map),
                         STATUS_OK);
    }
}

/* Leaving out the rows that change nothing must not be seen, or must be owned up to. */
static void forgetting_rows_changes_nothing_or_is_told(void **state)
{
    struct fixture *f = *state;
    int told = 0;
    int kept = 0;
    int round;

    for (round = 0; round < ROUNDS; round++) {
        struct record_set *all;
        struct record_set *few;

        make_rows(f);
        if (round % 2) { /* sometimes in order, as most logs are */
            size_t i;

            for (i = 0; i < f->row_count; i++)
                f->rows[i].at = 10 + (int)i;
        }
        all = read_part(f, -1, 0, true);
        few = read_part(f, -1, 0, false);
        record_set_settle(all, &f->diag);
        record_set_settle(few, &f->diag);
        if (record_set_needs_all(few)) {
            told++;
        } else {
            kept++;
            assert_true(str_equal(figures_text(f, all, 1), figures_text(f, few, 1)));
        }
        record_set_free(all);
        record_set_free(few);
    }
    assert_true(told > 0);
    assert_true(kept >= ROUNDS / 2);
}

/* --- brute force --- */

static int by_order(const void *a, const void *b)
{
    const struct row *left = *(const struct row *const *)a;
    const struct row *right = *(const struct row *const *)b;

    if (left->at != right->at)
        return left->at - right->at;
    if (left->seq != right->seq)
        return left->seq - right->seq;
    return left->position - right->position;
}

static size_t rows_of(struct fixture *f, int id, const struct row **list)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < f->row_count; i++)
        if (f->rows[i].id == id)
            list[count++] = &f->rows[i];
    qsort(list, count, sizeof *list, by_order);
    return count;
}

static const struct figure *one_figure(struct fixture *f, const struct record_set *set,
                                       const char *id, size_t variant)
{
    struct measure_context context = {.set = set,
                                      .zone = zone_utc(),
                                      .as_of = record_latest(set),
                                      .period_start = INSTANT_MISSING,
                                      .period_end = INSTANT_MISSING};
    struct figure *figures = NULL;
    size_t count = 0;

    assert_int_equal(measure_all(measure_find(str_of(id)), &context, &f->arena, &f->diag, &figures,
                                 &count),
                     STATUS_OK);
    assert_true(variant < count);
    return &figures[variant];
}

static void reopening_agrees_with_brute_force(void **state)
{
    struct fixture *f = *state;
    int round;

    for (round = 0; round < ROUNDS; round++) {
        const struct row *list[ROWS_MAX];
        const struct figure *figure;
        struct record_set *set;
        uint64_t n = 0;
        uint64_t k = 0;
        int as_of = 0;
        size_t i;
        int id;

        make_rows(f);
        for (i = 0; i < f->row_count; i++) {
            if (f->rows[i].at > as_of)
                as_of = f->rows[i].at;
            if (f->rows[i].resolved > as_of)
                as_of = f->rows[i].resolved;
        }
        set = read_part(f, -1, 0, true);
        record_set_settle(set, &f->diag);
        for (id = 0; id < CASES; id++) {
            size_t count = rows_of(f, id, list);
            int first = -1;
            int since = -1;
            bool reopened = false;

            for (i = 0; i < count; i++) {
                if (list[i]->status >= 2) {
                    if (first < 0)
                        first = list[i]->at;
                    if (since < 0)
                        since = list[i]->at;
                } else {
                    reopened |= since >= 0 && list[i]->at - since <= 14 * 24;
                    since = -1;
                }
            }
            if (first >= 0 && as_of - first >= 14 * 24) {
                n++;
                k += reopened;
            }
        }
        figure = one_figure(f, set, "M-11", 0);
        assert_int_equal(figure->n, n);
        assert_int_equal(figure->k, k);
        record_set_free(set);
    }
}

static void reassignment_agrees_with_brute_force(void **state)
{
    struct fixture *f = *state;
    int round;

    for (round = 0; round < ROUNDS; round++) {
        const struct row *list[ROWS_MAX];
        struct record_set *set;
        uint64_t n = 0;
        uint64_t ping_pong = 0;
        uint64_t three = 0;
        uint64_t changes = 0;
        int id;

        make_rows(f);
        set = read_part(f, -1, 0, true);
        record_set_settle(set, &f->diag);
        for (id = 0; id < CASES; id++) {
            size_t count = rows_of(f, id, list);
            int seen[4] = {0, 0, 0, 0};
            int last = 0;
            uint64_t here = 0;
            bool again = false;
            size_t i;

            for (i = 0; i < count; i++) {
                int group = list[i]->group;

                if (group == 0 || group == last)
                    continue;
                here += last != 0;
                again |= seen[group] != 0;
                seen[group] = 1;
                last = group;
            }
            if (last == 0)
                continue;
            n++;
            changes += here;
            ping_pong += again;
            three += here >= 3;
        }
        assert_int_equal(one_figure(f, set, "M-12", 0)->n, n);
        assert_true(fabs(one_figure(f, set, "M-12", 0)->value - (double)changes / (double)n) < 1e-12);
        assert_int_equal(one_figure(f, set, "M-12", 1)->k, ping_pong);
        assert_int_equal(one_figure(f, set, "M-12", 2)->k, three);
        record_set_free(set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(parts_in_any_order_give_the_same_figures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forgetting_rows_changes_nothing_or_is_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(reopening_agrees_with_brute_force, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reassignment_agrees_with_brute_force, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
