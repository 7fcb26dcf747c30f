/*
 * What is told of one file after another, line by line, for people or for programs.
 *
 * Call: facts_begin; for each file facts_file, then facts_text, facts_number, facts_table ... in any
 *       order; facts_end.
 * Owns: the caller owns buffer and arena; strings need to live until the next call only, cells of a
 *       table until facts_table_end.
 * Errors: the buffer's; facts_row: false when memory is out.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_FACTS_H
#define CFAUDIT_CMD_FACTS_H

#include "base/arena.h"
#include "base/buf.h"

enum { FACT_COLUMNS = 8 };

struct fact_row {
    struct str cells[FACT_COLUMNS];
    struct fact_row *next;
};

struct facts {
    struct buf *out;
    struct arena *arena;
    bool is_json;
    size_t files;
    /* of the table at hand */
    const char *key;
    const char *const *columns; /* names, "#" in front of those that hold numbers */
    size_t width;
    struct fact_row *first;
    struct fact_row **end;
};

void facts_begin(struct facts *facts, struct buf *out, struct arena *arena, bool is_json);
void facts_end(struct facts *facts);
void facts_file(struct facts *facts, struct str name);
/* Missing values say nothing, as an empty text does. */
void facts_text(struct facts *facts, const char *key, struct str value);
void facts_number(struct facts *facts, const char *key, uint64_t value);
/* `columns` is constant and ends with NULL. A table without rows says nothing. */
void facts_table(struct facts *facts, const char *key, const char *const *columns);
bool facts_row(struct facts *facts, const struct str *cells);
void facts_table_end(struct facts *facts);
/* "12345" in the arena; missing when memory is out. */
struct str facts_count(struct arena *arena, uint64_t value);

#endif
