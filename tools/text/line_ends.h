/*
 * Where lines end, and whether all is ASCII.
 *
 * Call: line_ends.
 * Owns: the caller's array is filled; it has room for one number a byte, and 8 more.
 * Units: bytes from the first one.
 * All paths find the same.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_LINE_ENDS_H
#define CFAUDIT_TEXT_LINE_ENDS_H

#include "text/rules.h"

/* Places behind each \n, less than 4 GiB of bytes; returns how many there are. */
size_t line_ends(enum rules_path path, struct str bytes, uint32_t *behind, bool *ret_is_ascii);

#endif
