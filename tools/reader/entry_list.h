/*
 * Which lines of a log belong together.
 *
 * Call: log_boundary_new; for each thread entry_list_init; entry_list_find for each text of whole
 *       entries; entry_list_done; log_boundary_free.
 * Owns: the caller's storage; a list holds until the next entry_list_find.
 * Errors: false or NULL when memory is out.
 * Units: bytes of the text; lines from 0.
 * A line on which the boundary meets a limit of matching begins an entry; one that is too long for
 * patterns goes on with the one before. What stands in front of the first line that begins one is
 * an entry of its own.
 * Threads: a boundary is constant; one list, one thread.
 */
#ifndef CFAUDIT_READER_ENTRY_LIST_H
#define CFAUDIT_READER_ENTRY_LIST_H

#include "text/log_rules.h"
#include "text/rules.h"

/* What tells one line from another. */
struct log_boundary {
    struct rules *rules; /* NULL: each line is an entry */
    bool match_begins;   /* a line that matches begins an entry; else it goes on with one */
};

struct entry_place {
    uint64_t line;
    bool met_limit; /* nobody knows whether the line begins an entry */
};

struct entry_list {
    const struct log_boundary *boundary;
    struct rules_scan *scan;
    struct rules_entry *list;
    struct entry_place *places; /* of each */
    size_t count;
    bool begins; /* the first line of all is known to begin an entry */
    size_t list_capacity;
    size_t place_capacity;
};

/* Flags of enum regex_option for its pattern. */
bool log_boundary_new(const struct log_rules *log, unsigned flags,
                      struct log_boundary *ret_boundary);
void log_boundary_free(struct log_boundary *boundary);

/* The boundary has rules. */
bool entry_list_init(struct entry_list *list, const struct log_boundary *boundary);
void entry_list_done(struct entry_list *list);
/* The entries of a text that begins where one begins and ends where one ends. */
bool entry_list_find(struct entry_list *list, struct str text);
/* Whether that line, with its end, begins an entry. *reterr_no_memory is set when memory is out. */
bool entry_list_begins(struct entry_list *list, struct str line, bool *reterr_no_memory);

#endif
