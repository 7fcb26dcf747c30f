/*
 * The clauses that one edition of a standard has: numbers and titles in own words.
 *
 * Call: clause_table_load with an edition, or clause_table_read with a name; clause_table_find and
 *       the rest of them about one table.
 * Owns: everything lives in the arena given.
 * Errors: as library_load; a table whose numbers do not run in order, or that leaves out the clause
 *         another one is part of, is STATUS_INVALID with located diagnostics.
 * Units: a key holds the groups of a number, eight bits each from the top; 0: no number of a clause.
 * Source: schemas/clauses; the numbering of ISO 9001, no text of it.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_CLAUSE_TABLE_H
#define CFAUDIT_PLAN_CLAUSE_TABLE_H

#include "base/arena.h"
#include "base/words.h"
#include "xml/library.h"

struct clause {
    struct str number;
    uint64_t key;
    struct words title;
    bool has_requirements;
};

struct clause_table {
    struct str id;
    struct str standard;
    struct str edition;
    bool is_draft;
    struct words title;
    struct clause *clauses; /* in the order of their numbers */
    size_t count;
};

/* "8.2.3" as a key; keys are in the order of the numbers. */
uint64_t clause_key(struct str number);
/* The key of the clause it is part of; 0: of none. */
uint64_t clause_parent(uint64_t key);
/* Whether `part` is a part of `whole`, at any depth; no clause is a part of itself. */
bool clause_is_part(uint64_t part, uint64_t whole);

enum status clause_table_read(struct arena *arena, const struct library *library, struct str name,
                              struct str folder, struct diag *diag, struct clause_table **ret_table);
/* "2015+A1" is the document clauses-2015-a1, as every document by its bare name. */
enum status clause_table_load(struct arena *arena, const struct library *library,
                              struct str edition, struct diag *diag,
                              struct clause_table **ret_table);
/* NULL: the edition has no such clause. */
const struct clause *clause_table_find(const struct clause_table *table, uint64_t key);

#endif
