/* Shipped source maps: each reads the samples it carries, and refuses those it must refuse. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "record/record.h"
#include "source/shipped.h"

struct fixture {
    char path[64];
    struct library library;
    struct diag diag;
    struct arena arena;
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);
    int file;

    assert_non_null(f);
    snprintf(f->path, sizeof f->path, "/tmp/cfaudit-sample-XXXXXX");
    file = mkstemp(f->path);
    assert_true(file >= 0);
    close(file);
    xml_init();
    diag_init(&f->diag);
    arena_init(&f->arena);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    unlink(f->path);
    mem_free(f);
    return 0;
}

static void put(struct fixture *f, struct str text)
{
    FILE *file = fopen(f->path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

/* Reads the sample as a source of its own, every field of the map kept. */
static void read_sample(struct fixture *f, const struct source_map *map,
                        struct accounting *ret_accounting)
{
    struct record_needs needs = {
        .slots = ((uint64_t)1 << SLOT_COUNT) - 1, .classes = true, .groups = true};
    /* 2025-07-01, for times without a year */
    struct record_options options = {
        .map = map, .as_of = {1751328000000000}, .has_as_of = true};
    struct record_set *kinds[RECORD_KIND_COUNT] = {NULL};
    struct record_set *set = NULL;
    struct zone *zone = NULL;
    int kind;
    struct str name = str_of(f->path);
    enum status status;

    /* a map without a zone is for times whose zone the user must tell */
    assert_int_equal(zone_load(map->zone.ptr ? map->zone : STR("Europe/Rome"), &f->diag, &zone),
                     STATUS_OK);
    options.zone = zone;
    diag_done(&f->diag);
    status = record_decide_order(&name, 1, &options, &f->diag, &options.date_order);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(record_set_new(&needs, &f->diag, &set), STATUS_OK);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT; kind++) {
        const struct record_needs own = {.kind = (enum record_kind)kind,
                                         .slots = record_kind_slots((enum record_kind)kind)};

        assert_int_equal(record_set_new(&own, &f->diag, &kinds[kind]), STATUS_OK);
    }
    options.kinds = kinds;
    status = record_read(set, name, 0, &options, &f->arena, &f->diag, ret_accounting);
    if (status == STATUS_OK)
        status = record_set_settle(set, &f->diag);
    if (status != STATUS_OK)
        fail_msg("%.*s: %.*s", STR_ARG(map->id), STR_ARG(f->diag.list[0].text));
    assert_true(accounting_holds(ret_accounting));
    record_set_free(set);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        record_set_free(kinds[kind]);
    zone_free(zone);
}

static void check_read(const struct source_map *map, const struct map_sample *sample,
                       const struct accounting *accounting)
{
    if (accounting->rows_read == 0 || accounting->rows_used != accounting->rows_read)
        fail_msg("%.*s, sample in line %llu: %llu rows, %llu used; first reason %.*s",
                 STR_ARG(map->id), (unsigned long long)sample->where.line,
                 (unsigned long long)accounting->rows_read,
                 (unsigned long long)accounting->rows_used,
                 STR_ARG(accounting->reason_count ? accounting->reasons[0].reason : STR("none")));
}

static void check_refused(const struct source_map *map, const struct map_sample *sample,
                          const struct accounting *accounting)
{
    bool found = false;
    size_t i;

    for (i = 0; i < accounting->reason_count; i++)
        found |= sample->rule.ptr ? str_equal(accounting->reasons[i].reason, sample->rule)
                                  : accounting->reasons[i].is_reject;
    if (!found)
        fail_msg("%.*s, sample in line %llu: not refused by '%.*s'", STR_ARG(map->id),
                 (unsigned long long)sample->where.line, STR_ARG(sample->rule));
}

static void every_map_keeps_the_word_of_its_samples(void **state)
{
    struct fixture *f = *state;
    const struct shipped *shipped;
    unsigned count = 0;
    size_t i;

    for (shipped = shipped_documents; shipped->name; shipped++) {
        struct source_map *map = NULL;
        unsigned read = 0;

        if (!strstr(shipped->path, "/sources/"))
            continue;
        assert_int_equal(source_map_load(&f->arena, &f->library, str_of(shipped->name),
                                         (struct str){NULL, 0}, &f->diag, &map),
                         STATUS_OK);
        for (i = 0; i < map->sample_count; i++) {
            const struct map_sample *sample = &map->samples[i];
            struct accounting accounting = {.rows_read = 0};

            put(f, sample->text);
            read_sample(f, map, &accounting);
            if (sample->is_read)
                check_read(map, sample, &accounting);
            else
                check_refused(map, sample, &accounting);
            read += sample->is_read;
            count++;
        }
        /* both kinds, or the map proves nothing */
        assert_true(read > 0 && read < map->sample_count);
    }
    assert_true(count >= 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_map_keeps_the_word_of_its_samples),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
