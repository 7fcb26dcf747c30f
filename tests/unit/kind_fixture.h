/*
 * Records of several kinds, read from a text by a map that is written in the test.
 *
 * Call: group of plan_fixture.h; reading_of, then reading_done.
 * Owns: the reading owns its sets; accounting lives in the fixture's arena.
 */
#ifndef CFAUDIT_TESTS_KIND_FIXTURE_H
#define CFAUDIT_TESTS_KIND_FIXTURE_H

#include "plan_fixture.h"

#include "record/record.h"

#define MAP(records)                                                                              \
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"document\" reader=\"delimited\" zone=\"UTC\">"         \
    "<title lang=\"en\">Test</title><time><format>%Y-%m-%d</format></time>" records                 \
    "</source-map>"
#define FIELD(name) "<field name=\"" name "\"><column>" name "</column></field>"
#define REQUIRED(name)                                                                            \
    "<field name=\"" name "\" required=\"true\"><column>" name "</column></field>"

struct reading {
    struct record_set *tickets;
    struct record_set *kinds[RECORD_KIND_COUNT];
    struct accounting accounting;
};

static inline void reading_of(struct fixture *f, const char *map, const char *text,
                              struct reading *r)
{
    const struct record_needs tickets = {.slots = record_kind_slots(RECORD_TICKET)};
    struct record_options options = {.zone = zone_utc(), .text = str_of(text), .kinds = r->kinds};
    struct source_map *loaded = NULL;
    int kind;

    put(f, map);
    assert_int_equal(source_map_load(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0},
                                     &f->diag, &loaded),
                     STATUS_OK);
    options.map = loaded;
    memset(r, 0, sizeof *r);
    assert_int_equal(record_set_new(&tickets, &f->diag, &r->tickets), STATUS_OK);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT; kind++) {
        const struct record_needs needs = {.kind = (enum record_kind)kind,
                                           .slots = record_kind_slots((enum record_kind)kind)};

        assert_int_equal(record_set_new(&needs, &f->diag, &r->kinds[kind]), STATUS_OK);
    }
    assert_int_equal(record_read(r->tickets, STR("export.csv"), 0, &options, &f->arena, &f->diag,
                                 &r->accounting),
                     STATUS_OK);
    assert_true(accounting_holds(&r->accounting));
}

static inline void reading_done(struct reading *r)
{
    int kind;

    record_set_free(r->tickets);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        record_set_free(r->kinds[kind]);
}

#endif
