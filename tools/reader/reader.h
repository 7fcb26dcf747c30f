/*
 * Bytes -> rows of named fields with positions.
 *
 * Call: reader_find a kind; open it with the columns wanted; rowset_next until STATUS_END, with
 *       rowset_view or rowset_pieces before it where speed matters; rowset_close.
 * Owns: the rowset borrows the source; cells of a batch or view live until the next call.
 * Errors: STATUS_IO, STATUS_MEMORY, STATUS_LIMIT, STATUS_INVALID end reading, reported. A bad row
 *         is a diagnostic of its own rule, counted as read and rejected, and skipped.
 * Units: lines from 1 (physical), offsets in bytes from 0, both of the decompressed stream.
 * Threads: one rowset, one thread; but pieces may be looked at by several, each with a reader of
 *          its own.
 */
#ifndef CFAUDIT_READER_READER_H
#define CFAUDIT_READER_READER_H

#include "base/diag.h"
#include "base/pool.h"
#include "source/source.h"

enum encoding {
    ENCODING_DETECT,
    ENCODING_UTF8,
    ENCODING_UTF16,
    ENCODING_WINDOWS_1252,
    ENCODING_LATIN1,
    ENCODING_LATIN9
};

struct log_rules;

struct reader_options {
    char delimiter; /* 0: find out */
    enum encoding encoding;
    const struct log_rules *log; /* text logs: what an entry looks like; else NULL */
    /* of JSON: where the rows are, the first that is there; none: at the top */
    const struct str *rows;
    size_t row_count;
    bool has_byte_arrays; /* an array of numbers up to 255 is text in bytes */
    struct pool *pool;    /* whose threads may work on the rows; NULL: none */
    /* of text logs */
    struct str name; /* in places of entries; missing: the source's */
    bool no_jit;     /* patterns are interpreted */
    bool self_check; /* matched once more by the plainest way; a difference ends reading */
};

/* A column that is wanted, by any of its names. */
struct column_want {
    /* The first that matches wins; compared without case, accents, blanks, _ and BOM. */
    const struct str *names;
    size_t name_count;
    bool required; /* absent from a file with a header: STATUS_INVALID, located */
};

enum { ROW_BATCH = 1024 };

/*
 * Row r, wanted column c: cells[r * width + c]; a cell that the row does not have is missing (without
 * a pointer), which is not the same as empty: a table has every cell of its columns, other rows have
 * those that are in them, even if only to say that there is nothing (null in JSON).
 * A batch may be empty before the end.
 */
struct row_batch {
    size_t count;
    size_t width;
    struct str *cells;
    uint64_t *lines;
    uint64_t *offsets;
    bool *is_case_only; /* no row: a case without events (an empty trace); not counted in rows */
};

/* A column that the table does not have. */
static const size_t COLUMN_NONE = (size_t)-1;

/* Cells whose doubled quotes were made single. */
struct view_room;
struct transcoder;

/*
 * Rows of a table as places in its text: the quickest to make and to read. All of them have every
 * column of the table and are valid text.
 */
struct row_view {
    size_t count;
    const char *text;
    /* cell c of row r begins at starts[r * stride + c], a byte behind the end of the one before */
    const uint32_t *starts;
    size_t stride;                   /* columns of the table */
    const size_t *columns;           /* by want, or COLUMN_NONE */
    size_t width;                    /* wants */
    size_t line_end;                 /* its bytes; 0: some of one, some of two */
    uint64_t line;                   /* of row 0 */
    uint64_t offset;                 /* of text[0] */
    const struct transcoder *stored; /* NULL: the text is as it is stored */
    const uint32_t *inner;           /* line ends inside quotes */
    size_t inner_count;
    struct view_room *room;
};

/* Whole records of a table, to be looked at by any thread. */
struct row_piece {
    struct str text;
    uint64_t line; /* of its first byte */
    uint64_t offset;
    uint64_t lines; /* line ends in it */
};

/* What one thread needs to look at pieces. */
struct piece_reader;

struct row_counts {
    uint64_t read;     /* rejected and left out ones included, header excluded */
    uint64_t rejected; /* by the reader itself */
    uint64_t left_out; /* for one of the reasons of the rowset */
};

/* Rows that the reader left out because they are not meant, with the places of the first. */
enum { LEFT_OUT_FIRST = 10, LEFT_OUT_TEXT = 80 };

struct row_left_out {
    const char *reason;
    uint64_t n;
    size_t first_count;
    uint64_t lines[LEFT_OUT_FIRST];
    uint64_t offsets[LEFT_OUT_FIRST];
    struct str texts[LEFT_OUT_FIRST]; /* how they begin */
};

/* Entries of a text log that a rule took, with what the first of them held. */
enum { RULE_HITS = 3, RULE_CAPTURE_BYTES = 1024 };

struct row_capture {
    struct str column; /* name of the group */
    struct str value;  /* its first RULE_CAPTURE_BYTES, not within a character */
};

struct row_hit {
    uint64_t line;
    uint64_t offset;
    struct row_capture *captures; /* of the groups that took part, in their order */
    size_t capture_count;
};

struct row_rule {
    struct str name; /* of the options, which outlive the rowset */
    bool is_used;    /* false: what it takes is left out */
    bool is_filtered; /* bytes that it must have are looked for first; else it is asked each time */
    uint64_t n;
    uint64_t first_line;
    uint64_t first_offset;
    uint64_t last_line;
    uint64_t last_offset;
    uint64_t limits; /* entries on which it met a limit */
    uint64_t spent;  /* nanoseconds of processor time, as far as matching was slow */
    struct row_hit hits[RULE_HITS]; /* the first */
    size_t hit_count;
};

/* A row that the reader itself refused; it has been reported. */
struct row_reject {
    enum rule rule;
    uint64_t line;
    uint64_t offset;
};

struct rowset;

struct reader_kind {
    const char *name; /* "delimited", "xes", "text" */
    /* Bits of the first bytes verified as this format; 0: not mine. */
    unsigned (*bid)(struct str head);
    enum status (*open)(struct source *source, const struct reader_options *options,
                        const struct column_want *wants, size_t want_count, struct diag *diag,
                        struct rowset **ret_rowset);
    enum status (*next)(struct rowset *rowset, struct row_batch *ret_batch);
    /* NULL where rows only come as batches */
    enum status (*view)(struct rowset *rowset, struct row_view *ret_view);
    enum status (*pieces)(struct rowset *rowset, size_t size, struct row_piece *pieces, size_t most,
                          size_t *ret_count);
    void (*took)(struct rowset *rowset, uint64_t rows);
    void (*hold)(struct rowset *rowset, const struct row_piece *piece);
    bool (*release)(struct rowset *rowset);
    struct piece_reader *(*new_piece_reader)(const struct rowset *rowset);
    void (*close)(struct rowset *rowset);
};

extern const struct reader_kind *const reader_kinds[]; /* NULL at the end */

/* Every kind's rowset begins with this. */
struct rowset {
    const struct reader_kind *kind;
    struct row_counts counts;
    struct row_reject *rejects; /* refused during the last rowset_next, STATUS_END included */
    size_t reject_count;
    size_t reject_capacity;
    struct str dialect;  /* "comma, UTF-8, CRLF": one phrase for people; owned by the rowset */
    const struct row_left_out *left_out; /* complete at the end */
    size_t left_out_count;
    const struct row_rule *rules; /* of a text log; complete at the end */
    size_t rule_count;
    uint64_t boundary_spent; /* by the pattern that tells entries apart, as row_rule.spent */
    bool is_partial; /* a limit was met: some rows might have been others */
    bool tells_places; /* cells are places of entries, by name and line */
    bool *found;         /* per want: the source has (or, XES, has had) that column */
    struct str *columns; /* header names as written, for "did you mean" and unknown columns */
    size_t column_count;
};

const struct reader_kind *reader_find(struct str name); /* NULL: none of that name */
enum status rowset_next(struct rowset *rowset, struct row_batch *ret_batch);
/*
 * The next rows as a view. None: either the end, or what comes next has to be taken by rowset_next,
 * behind which a view may be asked for again.
 */
enum status rowset_view(struct rowset *rowset, struct row_view *ret_view);
/*
 * The next text as `most` pieces of about `size` bytes at most; none: as rowset_view. The rowset
 * goes on behind them; their text lives until the pieces after the next are asked for, or a batch
 * or view that stands behind them. How many rows were taken of them is told by rowset_took. Where
 * one was not regular, those behind it may begin inside of a record and are void.
 */
enum status rowset_pieces(struct rowset *rowset, size_t size, struct row_piece *pieces, size_t most,
                          size_t *ret_count);
void rowset_took(struct rowset *rowset, uint64_t rows);
/*
 * From rowset_hold on, rowset_next gives the rows of what was not taken of a piece, and then
 * STATUS_END. rowset_release tells whether the piece ended where a row did: then what is behind it is
 * no more in doubt, and the rowset goes on behind the last piece. If it did not, what is left of a
 * piece of the last rowset_pieces comes again; of any other, the source has to be read again.
 */
void rowset_hold(struct rowset *rowset, const struct row_piece *piece);
bool rowset_release(struct rowset *rowset);
void rowset_close(struct rowset *rowset); /* accepts NULL */

/* NULL: memory is out, or the rowset has no pieces. It may outlive neither rowset nor a piece. */
struct piece_reader *piece_reader_new(const struct rowset *rowset);
void piece_reader_free(struct piece_reader *reader); /* accepts NULL */
/*
 * The next rows of the piece, which begins behind them afterwards. False: none are left, or if the
 * piece is not empty, its next row has to be taken by rowset_next.
 */
bool piece_reader_view(struct piece_reader *reader, struct row_piece *piece,
                       struct row_view *ret_view);

/* A cell in quotes, without them; missing when memory is out, which the room then knows. */
struct str row_view_unquoted(const struct row_view *view, struct str cell);
bool row_view_no_memory(const struct row_view *view);
/* Of `count` rows from row `first` on. */
void row_view_places(const struct row_view *view, size_t first, size_t count, uint64_t *ret_lines,
                     uint64_t *ret_offsets);
/* The row as rowset_next would give it: view->width cells. */
void row_view_row(const struct row_view *view, size_t r, struct str *ret_cells);

/* Cell of a column of the table. */
static inline struct str row_view_cell(const struct row_view *view, size_t r, size_t column)
{
    const uint32_t *starts = view->starts + r * view->stride + column;
    size_t start = starts[0];
    size_t end = starts[1] - 1;
    struct str cell;

    if (column + 1 == view->stride && view->line_end != 1 && end > start &&
        view->text[end - 1] == '\r')
        end--;
    cell = (struct str){view->text + start, end - start};
    return cell.len && cell.ptr[0] == '"' ? row_view_unquoted(view, cell) : cell;
}

/* Header names compared as described at struct column_want. */
bool column_name_equal(struct str a, struct str b);

#endif
