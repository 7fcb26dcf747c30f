/*
 * Rows that are read by a map which a test writes itself, from a file in a folder of its own.
 *
 * Call: map_file_init; map_file_load for each map; map_file_put, then read map_file.path;
 *       map_file_done.
 * Owns: maps live in the arena.
 * Errors: a test that cannot go on fails, with what was reported.
 * Units: none.
 * Threads: one fixture, one thread.
 */
#ifndef CFAUDIT_TESTS_MAP_FILE_H
#define CFAUDIT_TESTS_MAP_FILE_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "plan/plan.h"
#include "xml/xml.h"

struct map_file {
    char folder[64];
    char path[96]; /* of the rows */
    struct arena arena;
    struct diag diag;
    struct library library;
    uint64_t random;
};

static inline void map_file_must(struct map_file *f, enum status status)
{
    size_t i;

    for (i = 0; status != STATUS_OK && i < f->diag.count; i++)
        print_message("%.*s\n", STR_ARG(f->diag.list[i].text));
    assert_int_equal(status, STATUS_OK);
}

static inline void map_file_put(const char *path, struct str text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static inline void map_file_init(struct map_file *f)
{
    strcpy(f->folder, "/tmp/cfaudit-map-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/rows.csv", f->folder);
    xml_init();
    arena_init(&f->arena);
    diag_init(&f->diag);
    map_file_must(f, library_init(&f->library, (struct str){NULL, 0}, &f->diag));
    f->random = 5;
}

static inline struct source_map *map_file_load(struct map_file *f, struct str text)
{
    struct source_map *map = NULL;
    char path[96];

    snprintf(path, sizeof path, "%s/map.xml", f->folder);
    map_file_put(path, text);
    map_file_must(f, source_map_load(&f->arena, &f->library, str_of(path), (struct str){NULL, 0},
                                     &f->diag, &map));
    unlink(path);
    return map;
}

static inline void map_file_done(struct map_file *f)
{
    unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0);
    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
}

/* SplitMix64: Steele, Lea and Flood 2014. */
static inline unsigned map_file_draw(struct map_file *f, unsigned below)
{
    uint64_t z = f->random += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (unsigned)((z ^ z >> 31) % below);
}

#endif
