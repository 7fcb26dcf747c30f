/*
 * What a file is: recognized by what it begins with, and told by whoever knows the kind.
 *
 * Call: the first of info_kinds whose fits holds; its tell.
 * Owns: an info borrows everything; strings live in the run's arena.
 * Errors: as the rooms report them.
 * Units: bytes as stored.
 * No value out of a source is shown, only names of columns, counts and forms.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_INFO_H
#define CFAUDIT_CMD_INFO_H

#include "cmd/command.h"
#include "cmd/facts.h"
#include "plan/plan.h"
#include "reader/reader.h"
#include "record/record.h"
#include "source/source.h"

struct info {
    struct run *run;
    struct facts *facts;
    struct str name;
    struct source *source; /* at its start; read to its end by tell, or not */
    struct str head;       /* its first bytes, decompressed */
    struct str text;       /* the same as UTF-8, with the marks and halves of UTF-16 left out */
};

struct info_kind {
    bool (*fits)(const struct info *info);
    enum status (*tell)(struct info *info);
};

extern const struct info_kind *const info_kinds[]; /* the last one fits all; ends with NULL */
extern const struct info_kind info_document;
extern const struct info_kind info_event_log;
extern const struct info_kind info_json;
extern const struct info_kind info_package;
extern const struct info_kind info_other;
extern const struct info_kind info_part;
extern const struct info_kind info_text_log;
extern const struct info_kind info_table;

/* Lines, and the shape that most begin with, if that is known. */
enum status info_text_lines(struct info *info);

/* The local name of the first element in the text, missing: none. */
struct str info_root(struct str text);

/* --- which source map reads it --- */

/* A name that a source gives to a column, or to an attribute of an event log. */
struct info_column {
    struct str name;
    struct str field; /* that the map makes of it, "ticket.opened"; missing: none */
};

/* Every field of the maps of that reader, as columns that are wanted. */
enum status info_map_wants(struct info *info, const char *reader, struct column_want **ret_wants,
                           size_t *ret_count);
/* Every map of that reader, at most `most` of them. */
enum status info_map_list(struct info *info, const char *reader, struct source_map **maps,
                          size_t most, size_t *ret_count);
/* Tells the maps whose log rules match what a text begins with, the best with its proof. */
enum status info_log_maps(struct info *info);
/* Tells the maps that could read it, the best with its proof: what they make of the whole source.
   Says into the columns what the best makes of them. */
enum status info_maps(struct info *info, const char *reader, struct info_column *columns,
                      size_t count);

/* What a map makes of the whole source. */
struct info_proof {
    bool is_sound; /* it can be read with it */
    struct accounting accounting;
    uint64_t unknown; /* statuses that the map does not class */
    bool needs_zone;
    bool needs_order;
    bool needs_year;
};

enum status info_prove(struct info *info, const struct source_map *map,
                       struct info_proof *ret_proof);
enum status info_tell_proof(struct info *info, const struct source_map *map,
                            const struct info_proof *proof);

#endif
