/*
 * The fast way through delimited text: positions of delimiters and line ends, 64 bytes at a time.
 *
 * Call: row_scan_new; row_scan_run from the start of a record; read starts, and rows behind
 *       row_scan_find_rows; row_scan_free.
 * Owns: the caller owns the scan; its arrays hold until the next run.
 * Errors: NULL when memory is out. What is not regular stops a run: it finds the complete rows in
 *         front of that place, and fields_read has to explain the next one.
 * Units: positions from the first byte given.
 * A run knows the same language as fields_read: whatever rows it gives, fields_read gives too.
 * The paths for AVX-512, AVX2, SSE2 and any other machine give the same rows and cells.
 * Source: bit masks of 64 bytes and quotes by prefix exclusive-or as in G. Langdale and D. Lemire,
 *         "Parsing gigabytes of JSON per second", VLDB Journal 28 (2019).
 * Threads: one scan, one thread.
 */
#ifndef CFAUDIT_READER_ROW_SCAN_H
#define CFAUDIT_READER_ROW_SCAN_H

#include "reader/csv_record.h"
#include "source/source.h"

enum {
    /* of one run: it stays in the fastest caches, with the start of a row in front of a part */
    ROW_SCAN_BYTES = SOURCE_PART + (1 << 11)
};

/* Each faster than the one before it. */
enum row_scan_path {
    ROW_SCAN_PORTABLE,
    ROW_SCAN_SSE2,
    ROW_SCAN_AVX2,
    ROW_SCAN_AVX512,
    ROW_SCAN_PATHS
};

struct row_scan {
    struct delimited_syntax syntax;
    void (*run)(struct row_scan *scan, const char *bytes, size_t len);
    /* Where cells begin: at the start, and behind each delimiter or line end outside quotes. */
    uint32_t *starts;
    size_t end_count; /* delimiters and line ends: end k is in front of starts[k + 1] */
    size_t row_count;
    uint32_t *rows; /* which of the ends is the line end of row r; only when they have been found */
    /* line ends inside quotes */
    uint32_t *inner;
    size_t inner_count;
    bool has_odd; /* a zero byte or one beyond ASCII somewhere */
};

/* The machine has what the path needs. */
bool row_scan_has(enum row_scan_path path);
struct row_scan *row_scan_new(const struct delimited_syntax *syntax, enum row_scan_path path);
/* The fastest path there is. */
enum row_scan_path row_scan_best(void);
void row_scan_free(struct row_scan *scan); /* accepts NULL */
/* Looks at no more than ROW_SCAN_BYTES; up to 64 bytes behind them must be readable. */
void row_scan_run(struct row_scan *scan, struct str bytes);
/* Of the same bytes. */
void row_scan_find_rows(struct row_scan *scan, const char *bytes);
/*
 * Whether every row has that many cells, at least two, so that row r begins at starts[r * cells]: a
 * quick answer for which the rows need not be found. *ret_line_end: bytes of all the line ends, or 0
 * when only some have a CR.
 */
bool row_scan_is_even(const struct row_scan *scan, const char *bytes, size_t cells,
                      size_t *ret_line_end);

#endif
