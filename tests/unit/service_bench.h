/*
 * A small agreement, its calendars and a log written line by line: what the tests of measures
 * about time and service levels stand on.
 */
#ifndef CFAUDIT_TESTS_SERVICE_BENCH_H
#define CFAUDIT_TESTS_SERVICE_BENCH_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "xml/xml.h"

enum { BENCH_LEVELS = 6, BENCH_BYTES = 1 << 22, BENCH_SOURCES = 3 };

static const char bench_tickets[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"bench\" revision=\"1\" reader=\"delimited\" "
    "zone=\"UTC\">\n"
    " <title lang=\"en\">Log of the bench</title><title lang=\"it\">Registro della prova</title>\n"
    " <time><format>iso</format></time>\n"
    " <record kind=\"ticket\">\n"
    "  <field name=\"id\" required=\"true\"><column>id</column></field>\n"
    "  <field name=\"opened\"><column>opened</column></field>\n"
    "  <field name=\"resolved\"><column>resolved</column></field>\n"
    "  <field name=\"closed\"><column>closed</column></field>\n"
    "  <field name=\"first-response\"><column>answered</column></field>\n"
    "  <field name=\"priority\"><column>priority</column></field>\n"
    "  <field name=\"customer\"><column>customer</column></field>\n"
    "  <field name=\"status\"><column>status</column></field>\n"
    " </record>\n"
    " <record kind=\"event\">\n"
    "  <field name=\"at\"><column>at</column></field>\n"
    "  <field name=\"status\"><column>status</column></field>\n"
    " </record>\n"
    " <record kind=\"sla\">\n"
    "  <field name=\"due\"><column>due</column></field>\n"
    "  <field name=\"met\"><column>met</column></field>\n"
    " </record>\n"
    " <record kind=\"promise\">\n"
    "  <field name=\"due-at\"><column>promised</column></field>\n"
    "  <field name=\"fulfilled-at\"><column>fulfilled</column></field>\n"
    " </record>\n"
    " <status><value class=\"open\">work</value><value class=\"pending\">ask</value>"
    "<value class=\"hold\">hold</value><value class=\"hold\">parts</value>"
    "<value class=\"solved\">solved</value><value class=\"closed\">closed</value>"
    "<value class=\"cancelled\">cancelled</value></status>\n"
    "</source-map>\n";

static const char bench_thread[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"thread\" revision=\"1\" reader=\"delimited\" "
    "zone=\"UTC\">\n"
    " <title lang=\"en\">Messages of the bench</title><title lang=\"it\">Messaggi della "
    "prova</title>\n"
    " <time><format>iso</format></time>\n"
    " <record kind=\"ticket\">\n"
    "  <field name=\"id\" required=\"true\"><column>id</column></field>\n"
    " </record>\n"
    " <record kind=\"event\">\n"
    "  <field name=\"at\"><column>at</column></field>\n"
    "  <field name=\"actor-class\"><column>author</column></field>\n"
    "  <field name=\"visibility\"><column>seen by</column></field>\n"
    " </record>\n"
    "</source-map>\n";

static const char bench_promises[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"promises\" revision=\"1\" reader=\"delimited\" "
    "zone=\"UTC\">\n"
    " <title lang=\"en\">Promises of the bench</title><title lang=\"it\">Promesse della "
    "prova</title>\n"
    " <time><format>iso</format></time>\n"
    " <record kind=\"ticket\">\n"
    "  <field name=\"id\" required=\"true\"><column>id</column></field>\n"
    " </record>\n"
    " <record kind=\"promise\">\n"
    "  <field name=\"made-at\"><column>made</column></field>\n"
    "  <field name=\"due-at\"><column>promised</column></field>\n"
    "  <field name=\"fulfilled-at\"><column>fulfilled</column></field>\n"
    " </record>\n"
    "</source-map>\n";

struct bench {
    char folder[64];
    char paths[2 * BENCH_SOURCES][96]; /* maps, then tickets, messages, promises */
    struct arena arena;
    struct diag diag;
    struct library library;
    struct source_map *maps[BENCH_SOURCES];
    struct buf lines[BENCH_SOURCES];
    struct record_set *set;
    struct zone *rome;
    struct calendar_document
        office;                     /* Rome, Monday to Friday 9 to 13 and 14 to 18, some holidays */
    struct calendar_document night; /* Rome, Monday to Friday 22 to 6 */
    struct calendar_document always; /* UTC */
    struct service_level levels[BENCH_LEVELS];
    struct condition conditions[BENCH_LEVELS];
    int slots[BENCH_LEVELS];
    struct sla_document sla;
    struct record_needs needs;
    struct measure_context context;
    const char *as_of; /* NULL: the latest instant */
    uint64_t random;
};

static inline void bench_must(struct bench *b, enum status status)
{
    size_t i;

    for (i = 0; status != STATUS_OK && i < b->diag.count; i++)
        print_message("%.*s\n", (int)b->diag.list[i].text.len, b->diag.list[i].text.ptr);
    assert_int_equal(status, STATUS_OK);
}

/* SplitMix64: Steele, Lea and Flood 2014. */
static inline unsigned bench_random(struct bench *b, unsigned below)
{
    uint64_t z = b->random += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (unsigned)((z ^ z >> 31) % below);
}

static inline void bench_write(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static const char *const bench_headers[BENCH_SOURCES] = {
    "id,at,status,priority,opened,resolved,closed,due,met,customer,promised,fulfilled\n",
    "id,at,author,seen by\n", "id,made,promised,fulfilled\n"};

/* Forgets the log and the agreement. */
static inline void bench_clear(struct bench *b)
{
    size_t i;

    for (i = 0; i < BENCH_SOURCES; i++) {
        buf_clear(&b->lines[i]);
        buf_add_text(&b->lines[i], bench_headers[i]);
    }
    record_set_free(b->set);
    b->set = NULL;
    b->sla = (struct sla_document){.id = STR("bench"), .levels = b->levels};
    b->as_of = NULL;
}

static const struct day_window bench_office_hours[] = {{9 * 3600, 13 * 3600},
                                                       {14 * 3600, 18 * 3600}};
static const struct day_window bench_night_hours[] = {{22 * 3600, 30 * 3600}};
static const struct day_rule bench_holidays[] = {
    {.kind = DAY_EASTER, .offset = 1, .name = {"Easter Monday", 13}},
    {.kind = DAY_FIXED, .month = 12, .day = 25, .name = {"Christmas", 9}},
    {.kind = DAY_FIXED, .month = 12, .day = 26, .name = {"St Stephen", 10}},
};

static inline void bench_calendar(struct bench *b, struct calendar_document *document,
                                  const char *name, const struct day_window *hours, size_t count)
{
    struct calendar_version version = {
        .from = INT64_MIN, .rules = bench_holidays, .rule_count = ARRAY_LEN(bench_holidays)};
    struct calendar_spec spec = {
        .name = str_of(name), .zone = b->rome, .versions = &version, .version_count = 1};
    size_t day;

    for (day = 0; day < 5; day++)
        version.week[day] = (struct day_windows){hours, count};
    document->id = str_of(name);
    bench_must(b, calendar_prepare(&spec, &b->diag, &document->calendar));
}

/* Into the arena, which may have been cleared. */
static inline void bench_load_maps(struct bench *b)
{
    size_t i;

    for (i = 0; i < BENCH_SOURCES; i++)
        bench_must(b, source_map_load(&b->arena, &b->library, str_of(b->paths[i]),
                                      (struct str){NULL, 0}, &b->diag, &b->maps[i]));
}

static inline int bench_set_up(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    size_t i;

    assert_non_null(b);
    strcpy(b->folder, "/tmp/cfaudit-bench-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    xml_init();
    arena_init(&b->arena);
    diag_init(&b->diag);
    bench_must(b, library_init(&b->library, (struct str){NULL, 0}, &b->diag));
    for (i = 0; i < 2 * BENCH_SOURCES; i++)
        snprintf(b->paths[i], sizeof b->paths[i], "%s/%zu%s", b->folder, i,
                 i < BENCH_SOURCES ? ".xml" : ".csv");
    bench_write(b->paths[0], STR(bench_tickets));
    bench_write(b->paths[1], STR(bench_thread));
    bench_write(b->paths[2], STR(bench_promises));
    for (i = 0; i < BENCH_SOURCES; i++)
        buf_init(&b->lines[i], BENCH_BYTES);
    bench_load_maps(b);
    bench_must(b, zone_load(STR("Europe/Rome"), &b->diag, &b->rome));
    bench_calendar(b, &b->office, "office", bench_office_hours, ARRAY_LEN(bench_office_hours));
    bench_calendar(b, &b->night, "night", bench_night_hours, ARRAY_LEN(bench_night_hours));
    bench_must(b, calendar_always(zone_utc(), &b->diag, &b->always.calendar));
    b->random = 20261122;
    bench_clear(b);
    *state = b;
    return 0;
}

static inline int bench_tear_down(void **state)
{
    struct bench *b = *state;
    size_t i;

    bench_clear(b);
    for (i = 0; i < 2 * BENCH_SOURCES; i++)
        unlink(b->paths[i]);
    assert_int_equal(rmdir(b->folder), 0);
    calendar_free(b->office.calendar);
    calendar_free(b->night.calendar);
    calendar_free(b->always.calendar);
    zone_free(b->rome);
    for (i = 0; i < BENCH_SOURCES; i++)
        buf_done(&b->lines[i]);
    library_done(&b->library);
    diag_done(&b->diag);
    arena_done(&b->arena);
    free(b);
    return 0;
}

/* A level of the agreement for the tickets of a priority (NULL: all); changed by the test at will. */
static inline struct service_level *bench_level(struct bench *b, const char *id,
                                                enum sla_metric metric, const char *priority,
                                                int64_t target,
                                                const struct calendar_document *calendar)
{
    size_t i = b->sla.level_count++;

    b->conditions[i] = (struct condition){STR("priority"), STR("eq"), str_of(priority)};
    b->levels[i] = (struct service_level){.id = str_of(id),
                                          .metric = metric,
                                          .target = {target},
                                          .share = 0.9,
                                          .source = TARGET_CONTRACT,
                                          .calendar = calendar,
                                          .valid_from = INT64_MIN,
                                          .valid_until = INT64_MAX,
                                          .where = &b->conditions[i],
                                          .where_count = priority ? 1 : 0};
    return &b->levels[i];
}

/* Rows of tickets, of messages and of promises, in the order of their headers. */
static inline void bench_ticket(struct bench *b, const char *line)
{
    buf_printf(&b->lines[0], "%s\n", line);
}

static inline void bench_message(struct bench *b, const char *line)
{
    buf_printf(&b->lines[1], "%s\n", line);
}

static inline void bench_promise(struct bench *b, const char *line)
{
    buf_printf(&b->lines[2], "%s\n", line);
}

/* Working time of the organization, for measures beside the agreement. */
static inline void bench_read(struct bench *b, const struct calendar *calendar)
{
    struct accounting accounting;
    unsigned dropped;
    size_t count = 0;
    size_t i;

    record_set_free(b->set);
    b->set = NULL;
    b->needs = (struct record_needs){
        .slots = 1ull << SLOT_PRIORITY | 1ull << SLOT_CUSTOMER, .messages = true, .keep_all = true};
    for (i = 0; measures[i]; i++)
        measure_add_needs(measures[i], &b->needs);
    for (i = 0; i < b->sla.level_count; i++)
        if (b->levels[i].where_count) {
            b->slots[count++] = SLOT_PRIORITY;
            b->needs.tracked[0] = SLOT_PRIORITY;
            b->needs.tracked_count = 1;
        }
    b->needs.statuses = true;
    bench_must(b, record_set_new(&b->needs, &b->diag, &b->set));
    for (i = 0; i < BENCH_SOURCES; i++) {
        struct record_options options = {.map = b->maps[i], .zone = zone_utc()};
        const char *path = b->paths[BENCH_SOURCES + i];

        bench_write(path, buf_str(&b->lines[i]));
        bench_must(b, record_read(b->set, str_of(path), (uint32_t)i, &options, &b->arena, &b->diag,
                                  &accounting));
        assert_int_equal(accounting.rows_rejected, 0);
    }
    bench_must(b, record_set_settle(b->set, &b->diag));
    b->context = (struct measure_context){.set = b->set,
                                          .calendar = calendar,
                                          .sla = b->sla.level_count ? &b->sla : NULL,
                                          .sla_slots = b->slots,
                                          .zone = calendar_zone(calendar),
                                          .as_of = record_latest(b->set),
                                          .period_start = INSTANT_MISSING,
                                          .period_end = INSTANT_MISSING,
                                          .seed = STR("seed")};
    if (b->as_of)
        assert_true(instant_parse(str_of(b->as_of), &b->context.as_of, &dropped));
}

/* The figure of a variant; NULL: these sources cannot feed it. */
static inline const struct figure *bench_figure(struct bench *b, const char *measure,
                                                const char *variant)
{
    struct figure *figures = NULL;
    size_t count = 0;
    size_t i;

    assert_non_null(measure_find(str_of(measure)));
    bench_must(b, measure_all(measure_find(str_of(measure)), &b->context, &b->arena, &b->diag,
                              &figures, &count));
    for (i = 0; i < count; i++)
        if (str_is(figures[i].variant, variant))
            return &figures[i];
    return NULL;
}

static inline const struct citation *bench_cited(const struct citations *list, const char *id)
{
    size_t i;

    for (i = 0; i < list->count; i++)
        if (str_is(list->list[i].case_id, id))
            return &list->list[i];
    return NULL;
}

/* Why the case is not in the figure; missing: it is, or is not among the first. */
static inline struct str bench_excluded(const struct figure *figure, const char *id)
{
    size_t i;

    for (i = 0; i < figure->excluded_count; i++)
        if (bench_cited(&figure->excluded[i].first, id))
            return figure->excluded[i].reason;
    return (struct str){NULL, 0};
}

static inline const struct figure *bench_row_of(const struct figure *figure, const char *by,
                                                const char *key)
{
    size_t i;

    for (i = 0; i < figure->breakdown_count; i++)
        if (str_is(figure->breakdown[i].by, by) && str_is(figure->breakdown[i].key, key))
            return &figure->breakdown[i];
    return NULL;
}

#endif
