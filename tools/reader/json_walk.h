/*
 * The way to the rows of JSON documents: objects at the top, elements of an array at the top, or
 * what stands at a path in each of several documents, which are never held as a whole.
 *
 * Call: walk_init; walk_next until WALK_MORE at the end of the text, walk_passed behind each row;
 *       walk_done.
 * Owns: the walk borrows its paths.
 * Errors: WALK_BAD with tokens.fault; WALK_NO_MEMORY.
 * Units: bytes.
 * A page is a document, or an element of an array that is one: each has to have what the path asks.
 * tokens.at moves only behind whole tokens, so that the text may end anywhere.
 * Threads: one walk, one thread.
 */
#ifndef CFAUDIT_READER_JSON_WALK_H
#define CFAUDIT_READER_JSON_WALK_H

#include "base/limits.h"
#include "reader/json_paths.h"
#include "reader/json_token.h"

enum walk_event {
    WALK_ROW,     /* an object that is a row begins: read it, then walk_passed or walk_skip */
    WALK_NOT_ROW, /* something else stands where a row should; it is passed over */
    WALK_PAGE,    /* a page begins */
    WALK_NO_ROWS, /* it ended without anything at the path */
    WALK_MORE,    /* the text ends */
    WALK_BAD,
    WALK_NO_MEMORY
};

enum walk_expect { EXPECT_VALUE, EXPECT_FIRST, EXPECT_NAME, EXPECT_FIRST_NAME, EXPECT_COLON, EXPECT_COMMA };

struct walk_frame {
    struct path_place place;
    uint64_t index; /* of the next element */
    bool is_array;
    bool is_rows; /* its elements are rows */
    bool is_root; /* its elements are pages */
    bool is_page;
};

struct walk {
    const struct paths *paths; /* NULL: each value is a row, or an array of rows */
    struct arena arena;
    struct path_place start;
    struct path_place next; /* of the value that comes */
    bool next_is_root;
    bool is_told;  /* that a page begins */
    bool is_over;  /* the value that comes is passed over */
    bool has_rows; /* the page has what the path asks */
    enum walk_expect expect;
    unsigned depth;
    struct walk_frame frames[LIMIT_JSON_DEPTH];
};

bool walk_init(struct walk *walk, const struct paths *paths);
void walk_done(struct walk *walk);
enum walk_event walk_next(struct walk *walk, struct tokens *tokens);
/* tokens.at is behind the row. */
void walk_passed(struct walk *walk);
/* The page that was told begins is to be told once more, or read as a row. */
void walk_again(struct walk *walk);
/* The row is passed over token by token. */
void walk_skip(struct walk *walk);
/* No document is open. */
bool walk_is_between(const struct walk *walk);

#endif
