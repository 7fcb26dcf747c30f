/*
 * One object of JSON becomes the cells of a row.
 *
 * Call: object_init; object_read at the opening brace of each row; object_done.
 * Owns: cells are views into the text, or lie in the pile that the caller gives.
 * Errors: enum object_state; what is wrong stands in tokens.flaw or tokens.fault.
 * Units: bytes.
 * Numbers and words are given letter by letter as they are written, strings without their escapes.
 * null is an empty cell of all that is wanted of it and of what could be in it, and so is an array
 * of nothing; an object or array where a value is wanted is an empty cell, too. Where the row has none
 * of the names the cell is missing. Several values of one name, which only arrays make, are joined by
 * ", ". What a row becomes does not depend on the rows before it.
 * Threads: one reader, one thread.
 */
#ifndef CFAUDIT_READER_JSON_OBJECT_H
#define CFAUDIT_READER_JSON_OBJECT_H

#include "base/limits.h"
#include "reader/json_members.h"
#include "reader/json_token.h"
#include "reader/pile.h"

enum object_state {
    OBJECT_OK,
    OBJECT_FLAWED, /* read to its end, but no row: tokens.flaw */
    OBJECT_MORE,   /* the text ends in it: tokens.fault */
    OBJECT_BAD,    /* its end cannot be told: tokens.fault */
    OBJECT_NO_MEMORY
};

struct object_frame {
    struct member *from; /* the object or array */
    uint64_t instance;
    uint64_t index; /* of the next element */
    size_t next;    /* the member that may come */
    bool is_array;
    bool is_first;
};

struct object_reader {
    struct tokens tokens;
    struct member_tree tree;
    bool has_byte_arrays; /* arrays of small numbers are text */
    bool *found;          /* per want: some row had it; the caller's */
    size_t width;
    /* of the row at hand */
    struct str *cells;
    uint32_t *ranks;
    size_t *rooms; /* bytes of a joined cell; 0: it is a view */
    unsigned arrays;
    struct member *member; /* whose value comes */
    unsigned depth;
    struct object_frame frames[LIMIT_JSON_DEPTH];
    uint64_t instances;
    uint64_t repaired; /* byte arrays that were no UTF-8 */
    struct pile *pile;   /* the caller's, who clears it once the cells were used */
};

bool object_init(struct object_reader *reader, const struct paths *paths, size_t width,
                 bool *found);
void object_done(struct object_reader *reader);
/*
 * The text begins with the brace, and is_last if nothing follows it; cells: width of them, whatever
 * they hold. *ret_len: bytes of the object.
 */
enum object_state object_read(struct object_reader *reader, struct str text, bool is_last,
                              struct str *cells, size_t *ret_len);

#endif
