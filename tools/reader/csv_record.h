/*
 * One record of delimited text, byte by byte: the reference for the fast scan, and the one that
 * explains what is wrong.
 *
 * Call: fields_read at the start of a record.
 * Owns: nothing; offsets are into the bytes given.
 * Errors: values of enum record_state.
 * Units: bytes from the start of the bytes given.
 * Source: RFC 4180. Deviations: a lone LF, or in files without LF a lone CR, ends a record; a
 *         quote is special only as the first byte of a cell, elsewhere it is a letter like any
 *         other; delimiter and text encoding are the file's.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_CSV_RECORD_H
#define CFAUDIT_READER_CSV_RECORD_H

#include "base/str.h"

struct delimited_syntax {
    char delimiter;
    char newline; /* '\n' (a CR before it is dropped) or '\r' */
};

struct delimited_cell {
    size_t start; /* with its quotes, if any */
    size_t len;
};

enum record_state {
    RECORD_OK,
    RECORD_MORE,     /* the record goes on behind the bytes */
    RECORD_STRAY,    /* text behind a closing quote */
    RECORD_UNCLOSED, /* the data end inside quotes */
    RECORD_LARGE     /* a cell is larger than allowed */
};

struct record {
    size_t end;        /* behind the line end */
    size_t text_end;   /* before it */
    size_t cell_count; /* all, also those beyond cell_max */
    size_t lines;      /* line ends inside the record, its own included */
    bool has_line_end; /* false: the data end here */
    /* not RECORD_OK: */
    size_t opening; /* where the faulty cell begins */
    size_t fault;   /* the byte that is wrong */
};

/* is_last: no bytes follow. Fills at most cell_max cells. */
enum record_state fields_read(const struct delimited_syntax *syntax, struct str bytes, bool is_last,
                              struct delimited_cell *cells, size_t cell_max,
                              struct record *ret_record);
/* Behind the line end at or after `from`; 0 when there is none. */
size_t fields_line_end(const struct delimited_syntax *syntax, struct str bytes, size_t from);
/* The value of a cell: without its quotes; has_doubled tells whether `""` is to become `"`. */
struct str field_value(struct str cell, bool *ret_has_doubled);
/* Writes the value with doubled quotes made single; returns its length. */
size_t field_undouble(struct str value, char *room);

#endif
