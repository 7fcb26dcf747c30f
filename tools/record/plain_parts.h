/*
 * What the ways of filling a plain table share. Private to the room.
 *
 * Owns: see record/plain_table.h.
 * Units: rows of the table from 0.
 * Threads: one table, one thread.
 */
#ifndef CFAUDIT_RECORD_PLAIN_PARTS_H
#define CFAUDIT_RECORD_PLAIN_PARTS_H

#include "record/plain_table.h"

void plain_begin(struct plain_table *table, size_t count);
void plain_set_odd(struct plain_table *table, size_t row);
/* Any cell but a text, as the ordinary way reads it; nothing is counted or reported. */
int64_t plain_read_cell(struct plain_table *table, const struct plain_column *column,
                        struct str cell, size_t row);
/* The number of a text; VALUE_MISSING also when memory is out, which is odd. */
int64_t plain_read_text(struct plain_table *table, const struct plain_column *column,
                        struct str cell, size_t row);
/* Class of each row's status; one that was not met before is odd. */
void plain_find_classes(struct plain_table *table, size_t count);

/* Local times become instants. */
void plain_to_instants(struct plain_table *table, int64_t *values, size_t count);

#endif
