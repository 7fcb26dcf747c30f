/*
 * Cases that pass by while their sources are read give the figures of cases that are kept: on
 * tables of all kinds, with everything in them that must break the stream, and also without.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "evidence/evidence.h"
#include "measure/measure.h"
#include "measure/service_level.h"
#include "record/record.h"

enum { ROUNDS = 48, PARTS = 2, ROWS = 2600, DAY_HOURS = 24, MEASURED_BY = 3 };
/* Rounds with tables for which threads come back several times, most of them in order. */
enum { LONG_ROUNDS = 6, LONG_ROWS = 12000 };
/* A piece that a thread gets ends among the hidden rows. */
/* The id from which on others of the same range come. */
enum { RISING_AGAIN = 2000 };
enum { TIDY_ROWS = 800, CUSTOMERS = 40 };
enum { STRAY_ROW = 1400, HIDING_ROW = 1700, HIDDEN_ROWS = 1000 };

static const char map_text[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"test-table\" revision=\"1\" reader=\"delimited\">\n"
    " <title lang=\"en\">Table</title><title lang=\"it\">Tabella</title>\n"
    " <time><format>iso</format><format>%%d.%%m.%%Y %%H:%%M</format></time>\n"
    " <null>n/a</null>\n"
    " <record kind=\"ticket\">\n"
    "  <field name=\"id\" required=\"true\"><column>id</column></field>\n"
    "  <field name=\"opened\"><column>opened</column></field>\n"
    "  <field name=\"resolved\"><column>resolved</column></field>\n"
    "  <field name=\"closed\"><column>closed</column></field>\n"
    "  <field name=\"priority\"><column>priority</column>"
    "<value from=\"urgent\" to=\"P1\"/></field>\n"
    "  <field name=\"status\"><column>status</column></field>\n"
    "  <field name=\"reopens\"><column>reopens</column></field>\n"
    "  <field name=\"customer\"><column>customer</column></field>\n"
    " </record>\n"
    "%s"
    " <record kind=\"sla\">\n"
    "  <field name=\"due\"><column>due</column></field>\n"
    "  <field name=\"met\"><column>met</column></field>\n"
    " </record>\n"
    " <status><value class=\"open\">work</value><value class=\"pending\">wait</value>"
    "<value class=\"solved\">solved</value><value class=\"closed\">closed</value>"
    "<value class=\"cancelled\">withdrawn by the customer</value></status>\n"
    "</source-map>\n";

static const char events_text[] = " <record kind=\"event\">\n"
                                  "  <field name=\"at\"><column>at</column></field>\n"
                                  "  <field name=\"sequence\"><column>seq</column></field>\n"
                                  "  <field name=\"status\"><column>status</column></field>\n"
                                  "  <field name=\"group\"><column>group</column></field>\n"
                                  " </record>\n";

/* What the tables of a round have in them. */
struct kind {
    bool has_events; /* the map reads them */
    int rows;        /* of a table */
    int order;       /* of the ids: 0 rising, 1 falling, 2 none, 3 rising twice */
    int repeats;     /* one row in that many repeats an id of before; 0: none */
    int faults;      /* one cell in that many is not understood */
    int oddities;    /* one cell in that many is written in another way */
    int tears;       /* one row in that many is not regular text */
    bool has_offsets;
    bool hides_rows; /* what looks like rows stands in a cell, behind a quote that opens none */
    bool is_late;    /* a column has its first value far into the second table */
    bool ends_twice; /* long runs of rows are of the update that solved the case */
    bool has_level;  /* a time to keep, in office hours, pauses left out */
    bool has_levels; /* three, by priority and date, with calendars of their own */
    size_t by_count; /* breakdowns */
    bool has_condition;
    bool has_period;
    bool has_as_of; /* before the end of the tables */
    bool in_rome;   /* local times, some of which do not exist or exist twice */
};

struct fixture {
    char folder[64];
    struct arena arena; /* of a round */
    struct arena keep;
    struct diag diag;
    struct library library;
    struct source_map *map;
    struct zone *rome;
    struct calendar_document *office;
    uint64_t random;
    int next_id;
    int row; /* of the part being written */
};

struct reading {
    struct str figures;
    struct str accounts;
    struct str diagnostics;
    bool broke; /* the stream */
    bool tore;  /* pieces that were cut in the wrong places */
    bool mixed; /* ids that began in order */
    size_t kept;
};

static unsigned next_random(struct fixture *f, unsigned below)
{
    f->random = f->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(f->random >> 33) % below;
}

static bool happens(struct fixture *f, int one_in)
{
    return one_in && next_random(f, (unsigned)one_in) == 0;
}

/* --- tables --- */

/* Hours after the start of October 2026, when the clocks of Rome are put back. */
static void put_time(struct fixture *f, const struct kind *kind, FILE *file, int hour)
{
    static const struct {
        const char *before;
        const char *between;
        const char *behind;
    } forms[] = {
        {"", "T", ""}, {" ", " ", " "}, {"", " ", ".1234567"}, {"\"", " ", "\""}, {"", "T", "Z"}};
    /* with how far they are from UTC; the same length in most rows */
    static const char *const offsets[] = {"+01:00", "-11:30", "+01:00", "+14:00", "+0230",
                                          "+01:00", "+02:00", "+02:00", "+01:00"};
    size_t form;
    const char *behind;
    int day = hour / DAY_HOURS;

    if (happens(f, kind->faults)) {
        fputs("2026-02-30 10:00:00", file);
        return;
    }
    form = next_random(f, ARRAY_LEN(forms));
    if (!happens(f, kind->oddities))
        form = 0;
    behind = forms[form].behind;
    if (kind->has_offsets && form == 0)
        behind = kind->has_events ? "Z" : offsets[(size_t)(f->next_id + hour) % ARRAY_LEN(offsets)];
    fprintf(file, "%s2026-%02d-%02d%s%02d:%02u:%02u%s", forms[form].before, 10 + day / 31,
            day % 31 + 1, forms[form].between, hour % DAY_HOURS, next_random(f, 60),
            next_random(f, 60), behind);
}

static void put_row(struct fixture *f, const struct kind *kind, FILE *file, bool is_late);

static void put_hidden_rows(struct fixture *f, const struct kind *kind, FILE *file)
{
    const struct kind plain = {.has_events = kind->has_events};
    int i;

    f->row = -1;
    fputs("\"G\n", file);
    for (i = 0; i < HIDDEN_ROWS; i++)
        put_row(f, &plain, file, true);
    fputs("\",", file);
}

/* Some lie over two lines, some have a quote that makes a line end look as if it were inside. */
static void put_group(struct fixture *f, const struct kind *kind, FILE *file)
{
    static const char *const odd[] = {"\"G\n1\"", "\"G \"\"1\"\"\"", "\"G, 1\"", "G\xc3\xa9"};
    static const char *const torn[] = {"5\" drive", "G\xff", "G,1", "\"G\" 1"};

    if (f->row == STRAY_ROW && kind->hides_rows)
        fputs("5\" drive,", file);
    else if (f->row == HIDING_ROW && kind->hides_rows)
        put_hidden_rows(f, kind, file);
    else if (happens(f, kind->tears))
        fprintf(file, "%s,", torn[next_random(f, ARRAY_LEN(torn))]);
    else if (happens(f, kind->oddities))
        fprintf(file, "%s,", odd[next_random(f, ARRAY_LEN(odd))]);
    else
        fprintf(file, "G%u,", next_random(f, 6));
}

/* The number that an id is written with. */
static int number_of(const struct kind *kind, int id)
{
    if (kind->order == 1)
        return 100000 - id;
    if (kind->order == 3)
        return id < RISING_AGAIN ? 10000 + 2 * id : 10001 + 2 * (id - RISING_AGAIN);
    return id;
}

static void put_row(struct fixture *f, const struct kind *kind, FILE *file, bool is_late)
{
    static const char *const statuses[] = {
        "closed", "solved", "closed", "solved", "work", "wait", "withdrawn by the customer",
        "",       "closed"};
    bool is_tidy = kind->ends_twice && f->row / TIDY_ROWS % 2;
    uint64_t at_end;
    int opened = (int)next_random(f, 40 * DAY_HOURS);
    int ended = opened + (int)next_random(f, 5 * DAY_HOURS) - 4;
    int id = happens(f, kind->repeats) && f->next_id > 10
                 ? f->next_id - 1 - (int)next_random(f, (unsigned)f->next_id - 1)
                 : f->next_id++;

    if (ended < 0)
        ended = 0;
    fprintf(file, "%s%s%d", happens(f, kind->oddities) ? " " : "",
            kind->order == 2 && id % 3 == 0 ? "M" : "N", number_of(kind, id));
    fputc(',', file);
    put_time(f, kind, file, opened);
    fputc(',', file);
    at_end = f->random;
    if (is_tidy || next_random(f, 8))
        put_time(f, kind, file, ended);
    else if (happens(f, kind->oddities))
        fputs("n/a", file);
    fputc(',', file);
    if (next_random(f, 2))
        put_time(f, kind, file, ended);
    fprintf(file, ",%s", happens(f, kind->oddities) ? "Urgent" : next_random(f, 2) ? "P1" : "P2");
    fprintf(file, ",%s",
            is_tidy                      ? "solved"
            : happens(f, kind->oddities) ? "unheard of"
                                         : statuses[next_random(f, ARRAY_LEN(statuses))]);
    fputs(happens(f, kind->faults) ? ",many" : ",3", file);
    fputc(',', file);
    if (is_tidy) { /* the same seconds */
        f->random = at_end;
        put_time(f, kind, file, ended);
    } else {
        put_time(f, kind, file, next_random(f, 4) ? ended + 2 : opened + 3);
    }
    fprintf(file, ",%d,", (int)next_random(f, 5));
    put_group(f, kind, file);
    if (is_late)
        put_time(f, kind, file, opened + 20);
    fprintf(file, ",%s", next_random(f, 3) ? "true" : happens(f, kind->faults) ? "nearly" : "no");
    fprintf(file, ",K%u\n", next_random(f, CUSTOMERS));
}

static void write_part(struct fixture *f, const struct kind *kind, int part, char *path,
                       size_t size)
{
    FILE *file;
    int i;

    snprintf(path, size, "%s/part%d.csv", f->folder, part);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("id,opened,resolved,closed,priority,status,reopens,at,seq,group,due,met,customer\n", file);
    for (i = 0; i < kind->rows; i++) {
        f->row = i;
        put_row(f, kind, file, !kind->is_late || (part == 1 && i > ROWS / 2));
    }
    fclose(file);
}

static void load_map(struct fixture *f, bool has_events)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/map.xml", f->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, map_text, has_events ? events_text : "");
    fclose(file);
    assert_int_equal(source_map_load(&f->arena, &f->library, str_of(path), (struct str){NULL, 0},
                                     &f->diag, &f->map),
                     STATUS_OK);
}

/* --- reading --- */

static struct str diagnostics_text(struct fixture *f)
{
    struct buf out;
    struct str text;
    size_t i;

    buf_init(&out, 1 << 24);
    for (i = 0; i < f->diag.count; i++)
        buf_printf(&out, "%d %llu %.*s\n", (int)f->diag.list[i].rule,
                   (unsigned long long)f->diag.list[i].where.line, STR_ARG(f->diag.list[i].text));
    text = arena_str(&f->arena, buf_str(&out));
    buf_done(&out);
    return text;
}

static void add_account(struct buf *out, const struct accounting *accounting)
{
    size_t i;

    assert_true(accounting_holds(accounting));
    buf_printf(
        out, "%llu %llu %llu %llu, %llu %llu %llu:", (unsigned long long)accounting->rows_read,
        (unsigned long long)accounting->rows_used, (unsigned long long)accounting->rows_rejected,
        (unsigned long long)accounting->cases, (unsigned long long)accounting->times_gap,
        (unsigned long long)accounting->times_twice,
        (unsigned long long)accounting->digits_dropped);
    for (i = 0; i < accounting->reason_count; i++)
        buf_printf(out, " %.*s %llu from %llu", STR_ARG(accounting->reasons[i].reason),
                   (unsigned long long)accounting->reasons[i].n,
                   (unsigned long long)accounting->reasons[i].first[0].line);
}

/* False: the stream broke. */
static bool read_all(struct fixture *f, const struct record_options *options,
                     struct record_set *set, struct buf *accounts)
{
    struct accounting accounting;
    char path[128];
    uint32_t part;

    for (part = 0; part < PARTS; part++) {
        snprintf(path, sizeof path, "%s/part%u.csv", f->folder, part);
        assert_int_equal(
            record_read(set, str_of(path), part, options, &f->arena, &f->diag, &accounting),
            STATUS_OK);
        if (record_set_is_void(set))
            return false;
        add_account(accounts, &accounting);
    }
    assert_int_equal(record_set_settle(set, &f->diag), STATUS_OK);
    return !record_set_is_void(set);
}

/* The measures that may be fed early; any other keeps every case. */
static size_t list_measures(const struct measure **list)
{
    size_t count = 0;
    size_t i;

    for (i = 0; measures[i]; i++)
        if (measures[i]->streams)
            list[count++] = measures[i];
    return count;
}

static struct str figures_text(struct fixture *f, struct measuring *measuring, size_t count)
{
    struct figure *all = arena_alloc(&f->arena, 64, sizeof *all);
    struct evidence evidence = {.figures = all};
    struct str text;
    struct buf out;
    size_t m;

    for (m = 0; m < count; m++) {
        struct figure *figures = NULL;
        size_t figure_count = 0;

        assert_int_equal(
            measuring_finish(measuring, m, &f->arena, &f->diag, &figures, &figure_count),
            STATUS_OK);
        memcpy(all + evidence.figure_count, figures, figure_count * sizeof *figures);
        evidence.figure_count += figure_count;
    }
    assert_true(evidence.figure_count > 0);
    buf_init(&out, 1 << 26);
    evidence_json(&evidence, &out);
    text = arena_str(&f->arena, buf_str(&out));
    buf_done(&out);
    return text;
}

/* Agreements whose levels differ in all that the clock of a resolution looks at. */
static void fill_levels(struct fixture *f, struct calendar_document *always, struct condition *of,
                        struct str *paused, struct service_level *levels)
{
    struct service_level level = {.metric = SLA_RESOLUTION,
                                  .share = 0.9,
                                  .valid_from = INT64_MIN,
                                  .valid_until = INT64_MAX,
                                  .where = of};

    levels[0] = levels[1] = levels[2] = level;
    levels[0].id = STR("for-partners");
    levels[0].type = SLA_OPERATIONAL;
    levels[0].calendar = always;
    levels[1].id = STR("urgent");
    levels[1].target.us = 9 * HOUR_US;
    levels[1].calendar = f->office;
    levels[1].where_count = 1;
    levels[1].pause_statuses = paused;
    levels[1].pause_status_count = 1;
    levels[2].id = STR("until-november");
    levels[2].target.us = 60 * HOUR_US;
    levels[2].calendar = always;
    levels[2].valid_until = 20757; /* 2026-10-31 */
    levels[2].pauses_pending = true;
}

/* With so many threads; 0: every case is kept. */
static struct reading read_and_measure(struct fixture *f, const struct kind *kind, unsigned threads)
{
    static const struct str by[MEASURED_BY] = {{"priority", 8}, {"status", 6}, {"customer", 8}};
    static const int by_slots[] = {SLOT_PRIORITY, SLOT_STATUS, SLOT_CUSTOMER};
    const struct zone *zone = kind->in_rome ? f->rome : zone_utc();
    struct pool *pool = threads ? pool_new(threads) : NULL;
    struct record_options options = {.map = f->map, .zone = zone, .pool = pool};
    struct record_needs needs = {.slots = 1ull << SLOT_PRIORITY | 1ull << SLOT_CUSTOMER |
                                          1ull << SLOT_STATUS};
    const struct measure *list[64];
    size_t count = list_measures(list);
    struct measure_context context = {.zone = zone,
                                      .as_of = INSTANT_MISSING,
                                      .period_start = INSTANT_MISSING,
                                      .period_end = INSTANT_MISSING,
                                      .by = by,
                                      .by_slots = by_slots,
                                      .by_count = kind->by_count};
    struct service_level level = {.id = STR("in-a-day"),
                                  .metric = SLA_RESOLUTION,
                                  .target = {150 * HOUR_US}, /* some open cases still have time */
                                  .calendar = f->office,
                                  .share = 0.9,
                                  .valid_from = INT64_MIN,
                                  .valid_until = INT64_MAX,
                                  .pauses_pending = true};
    static const int level_slots[] = {SLOT_PRIORITY};
    static const int where_slots[] = {SLOT_REOPENS, SLOT_STATUS};
    struct condition where[] = {{STR("reopens"), STR("le"), STR("3")},
                                {STR("status"), STR("ne"), STR("solved")}};
    struct condition of_level = {STR("priority"), STR("eq"), STR("P1")};
    struct str paused = STR("wait");
    struct calendar_document always = {.id = STR("24x7")};
    struct service_level levels[3];
    struct sla_document sla = {.calendar = f->office, .levels = &level, .level_count = 1};
    struct calendar *calendar = NULL;
    struct measuring *measuring = NULL;
    struct record_set *set = NULL;
    struct reading reading = {.broke = false};
    struct record_sink sink;
    struct buf accounts;
    size_t i;

    for (i = 0; i < count; i++)
        measure_add_needs(list[i], &needs);
    diag_done(&f->diag);
    diag_init(&f->diag);
    assert_int_equal(calendar_always(zone, &f->diag, &calendar), STATUS_OK);
    context.calendar = calendar;
    if (kind->has_level) {
        context.calendar = f->office->calendar;
        context.sla = &sla;
        needs.classes = true;
    }
    if (kind->has_levels) {
        always.calendar = calendar;
        fill_levels(f, &always, &of_level, &paused, levels);
        sla.levels = levels;
        sla.level_count = ARRAY_LEN(levels);
        context.sla = &sla;
        context.sla_slots = level_slots;
        context.grid = GRID_WEEK;
        needs.keep_all = true; /* a level may go by any row */
        assert_true(service_levels_need(&sla, level_slots, &needs));
    }
    if (kind->has_condition) {
        needs.slots |= 1ull << SLOT_REOPENS;
        context.where = where;
        context.where_slots = where_slots;
        context.where_count = ARRAY_LEN(where);
    }
    if (kind->has_period) {
        context.period_start.us = 1791590400000000; /* 2026-10-10 */
        context.period_end.us = 1793145600000000;   /* 2026-10-28 */
    }
    if (kind->has_as_of)
        context.as_of.us = 1793145600000000;
    buf_init(&accounts, 1 << 20);
    assert_int_equal(measuring_new(list, count, &context, &f->diag, &measuring), STATUS_OK);
    assert_int_equal(record_set_new(&needs, &f->diag, &set), STATUS_OK);
    assert_true(measuring_wants_cases(measuring));
    sink = measuring_sink(measuring);
    if (threads)
        assert_int_equal(record_set_stream(set, &sink, pool, false, &f->diag), STATUS_OK);
    while (!read_all(f, &options, set, &accounts)) {
        bool again = record_set_needs_one_lane(set);
        bool is_mixed = record_set_needs_marks(set);

        assert_int_equal(again + is_mixed + record_set_needs_table(set), 1);
        assert_false(again && (threads < 2 || reading.tore));
        assert_false(is_mixed && reading.mixed);
        reading.broke |= !again && !is_mixed;
        reading.tore |= again;
        reading.mixed |= is_mixed;
        record_set_free(set);
        measuring_restart(measuring);
        diag_done(&f->diag);
        diag_init(&f->diag);
        buf_clear(&accounts);
        assert_int_equal(record_set_new(&needs, &f->diag, &set), STATUS_OK);
        options.pool = reading.tore ? NULL : pool;
        if (!reading.broke)
            assert_int_equal(
                record_set_stream(set, &sink, options.pool, reading.mixed, &f->diag), STATUS_OK);
    }
    if (record_set_needs_all(set))
        skip(); /* no history is forgotten in these tables */
    context.set = set;
    context.pool = pool;
    if (!kind->has_as_of)
        context.as_of = record_latest(set);
    reading.kept = record_case_count(set);
    reading.figures = figures_text(f, measuring, count);
    reading.accounts = arena_str(&f->arena, buf_str(&accounts));
    reading.diagnostics = diagnostics_text(f);
    buf_done(&accounts);
    measuring_free(measuring);
    record_set_free(set);
    pool_free(pool);
    calendar_free(calendar);
    return reading;
}

static void assert_same(struct str a, struct str b)
{
    assert_true(str_equal(a, b));
}

static void assert_same_reading(const struct reading *a, const struct reading *b)
{
    assert_same(a->figures, b->figures);
    assert_same(a->accounts, b->accounts);
    assert_same(a->diagnostics, b->diagnostics);
}

static struct kind kind_of(int round)
{
    bool is_long = round >= ROUNDS;

    return (struct kind){.has_events = round % 2,
                         .rows = is_long ? LONG_ROWS : ROWS,
                         .order = is_long ? round % 5 == 0 : round % 9 % 4,
                         .repeats = round % 4 == 2    ? 900
                                    : round % 12 == 3 ? 6
                                                      : 0,
                         .faults = round % 5 == 1 ? 60 : 0,
                         .oddities = round % 3 == 1 ? 15 : 0,
                         .tears = round % 6 == 5 ? 500 : 0,
                         .hides_rows = round % 12 == 11,
                         .has_offsets = round % 8 >= 6,
                         .is_late = round % 7 == 4,
                         .ends_twice = round % 3 == 0,
                         .has_level = round % 4 == 1 || round % 8 == 2,
                         .has_levels = round % 4 == 3,
                         .by_count = round % 8 == 7 ? MEASURED_BY : (size_t)round % MEASURED_BY,
                         .has_condition = round % 3 == 2,
                         .has_period = round % 5 == 4,
                         .has_as_of = round % 6 >= 4,
                         .in_rome = round % 5 == 3};
}

static void cases_that_pass_by_give_the_same_figures(void **state)
{
    struct fixture *f = *state;
    int streamed = 0;
    int broke = 0;
    int tore = 0;
    int mixed = 0;
    int mixed_and_broke = 0;
    int round;

    for (round = 0; round < ROUNDS + LONG_ROUNDS; round++) {
        const struct kind kind = kind_of(round);
        struct reading kept;
        struct reading passed;
        struct reading shared;
        char path[128];
        int part;

        f->next_id = 1;
        load_map(f, kind.has_events);
        for (part = 0; part < PARTS; part++)
            write_part(f, &kind, part, path, sizeof path);
        kept = read_and_measure(f, &kind, 0);
        passed = read_and_measure(f, &kind, 1);
        shared = read_and_measure(f, &kind, 2 + (unsigned)round % 3);
        assert_same_reading(&kept, &passed);
        assert_same_reading(&kept, &shared);
        assert_false(kept.broke || passed.tore);
        broke += passed.broke;
        tore += shared.tore;
        streamed += !passed.broke && passed.kept * 4 < kept.kept * 3;
        /* whatever was added late, and an id that comes again, must have broken the stream */
        if (kind.is_late)
            assert_true(passed.broke || passed.kept == kept.kept);
        if (!kind.is_late && !kind.repeats)
            assert_false(passed.broke || shared.broke);
        if (!kind.repeats && !kind.tears && kind.order != 3)
            assert_false(passed.mixed || shared.mixed);
        mixed += passed.mixed && !passed.broke;
        mixed_and_broke += passed.mixed && passed.broke;
        if (!kind.tears)
            assert_false(shared.tore);
        arena_clear(&f->arena);
    }
    assert_true(streamed >= ROUNDS / 4);
    assert_true(broke >= ROUNDS / 8);
    assert_true(mixed > 2 && mixed_and_broke > 0);
    assert_true(tore >= 1);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    strcpy(f->folder, "/tmp/cfaudit-stream-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    xml_init();
    arena_init(&f->arena);
    arena_init(&f->keep);
    diag_init(&f->diag);
    f->random = 20261031;
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    assert_int_equal(zone_load(STR("Europe/Rome"), &f->diag, &f->rome), STATUS_OK);
    assert_int_equal(calendar_load(&f->keep, &f->library, STR("de-office"), (struct str){NULL, 0},
                                   (struct str){NULL, 0}, (struct str){NULL, 0}, &f->diag,
                                   &f->office),
                     STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"part0.csv", "part1.csv", "map.xml"};
    struct fixture *f = *state;
    char path[128];
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++) {
        snprintf(path, sizeof path, "%s/%s", f->folder, names[i]);
        unlink(path);
    }
    rmdir(f->folder);
    zone_free(f->rome);
    calendar_document_free(f->office);
    arena_done(&f->keep);
    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    free(f);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_that_pass_by_give_the_same_figures),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
