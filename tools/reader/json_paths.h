/*
 * Where in a JSON value the wanted columns are.
 *
 * Call: paths_new; paths_start for the value itself; paths_step from a value into one of its
 *       members; paths_free.
 * Owns: the paths borrow the names of the wants; places live in the caller's arena.
 * Errors: NULL or false when memory is out.
 * Units: columns and names count from 0.
 * A name is either a pointer (RFC 6901), if it begins with a slash, or members joined by dots. A
 * name with dots is met however the members are nested: "log.level" is the member "level" of the
 * member "log" and also the member "log.level". Arrays are passed through, so that a name may have
 * several values, unless a number behind the name of the array says which element is meant.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_READER_JSON_PATHS_H
#define CFAUDIT_READER_JSON_PATHS_H

#include "base/arena.h"
#include "reader/reader.h"

struct paths;

/* A value of this place fills a column. */
struct path_end {
    uint32_t column; /* which want */
    uint32_t rank;   /* which of its names: the lowest one that has a value wins */
};

/* What is wanted of a value and of what is in it. */
struct path_place {
    struct path_item *items; /* names that go on from here */
    size_t item_count;
    struct path_end *ends;
    size_t end_count;
    bool has_index; /* elements of an array are told apart */
};

struct paths *paths_new(const struct column_want *wants, size_t want_count);
void paths_free(struct paths *paths); /* accepts NULL */
bool paths_start(const struct paths *paths, struct arena *arena, struct path_place *ret_place);
/* Column of the name that goes on from here as number i below item_count. */
uint32_t paths_column(const struct paths *paths, const struct path_place *place, size_t i);
/* key: the member's name. */
bool paths_step(const struct paths *paths, const struct path_place *from, struct str key,
                struct arena *arena, struct path_place *ret_place);
/*
 * Into an element of an array: all names go on but those that tell elements apart, of which those
 * that say `index` do (missing: none). *ret_is_named: there is such a one.
 */
bool paths_element(const struct paths *paths, const struct path_place *from, struct str index,
                   struct arena *arena, struct path_place *ret_place, bool *ret_is_named);

#endif
