/*
 * Patterns of the schema as tables: one look a byte.
 *
 * Call: shape_pattern_new; shape_pattern_matches.
 * Owns: the pattern lives in the arena.
 * Errors: NULL for a pattern that is not of the part below, or where memory is out, which sets
 *         *ret_is_out_of_memory (nothing clears it); false for any text
 *         outside ASCII.
 * Units: bytes.
 * Source: XML Schema 1.0 part 2, appendix F: characters, classes in brackets, ".", groups,
 *         alternatives, ? * + {n} {n,m}. By positions (Glushkov) to a deterministic automaton.
 * Threads: constant.
 */
#ifndef CFAUDIT_XML_SHAPE_PATTERN_H
#define CFAUDIT_XML_SHAPE_PATTERN_H

#include "base/arena.h"

struct shape_pattern;

struct shape_pattern *shape_pattern_new(struct arena *arena, struct str pattern,
                                        bool *ret_is_out_of_memory);
bool shape_pattern_matches(const struct shape_pattern *pattern, struct str text);

#endif
