#include "reader/csv_dialect.h"

#include <string.h>

#include "base/mem.h"

/* Records that are enough to judge by, and cells of a header that are looked at by name. */
enum { RECORDS = 500, HEADER_CELLS = 1000 };
/* Of 100 records, how many more must agree with the header to prefer one delimiter. */
enum { CLEAR_LEAD = 25 };

struct score {
    char delimiter;
    size_t columns;
    size_t records;
    size_t agreeing; /* records with as many cells as the header */
    size_t named;    /* wanted columns found in the header */
};

static const struct {
    char delimiter;
    const char *name;
} delimiters[] = {{';', "semicolon"}, {',', "comma"}, {'\t', "tab"}, {'|', "bar"}};

const char *delimiter_name(char delimiter)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(delimiters); i++)
        if (delimiters[i].delimiter == delimiter)
            return delimiters[i].name;
    return NULL;
}

/* --- line ends --- */

static void find_line_ends(struct str sample, struct delimited_dialect *dialect)
{
    size_t lf = 0;
    size_t crlf = 0;
    size_t cr = 0;
    bool quoted = false;
    size_t i;

    for (i = 0; i < sample.len; i++) {
        char c = sample.ptr[i];

        quoted ^= c == '"';
        if (quoted)
            continue;
        if (c == '\n') {
            lf++;
            crlf += i > 0 && sample.ptr[i - 1] == '\r';
        } else if (c == '\r' && i + 1 < sample.len && sample.ptr[i + 1] != '\n') {
            cr++;
        }
    }
    dialect->syntax.newline = lf == 0 && cr > 0 ? '\r' : '\n';
    dialect->line_ends = dialect->syntax.newline == '\r' ? "CR" : crlf * 2 > lf ? "CRLF" : "LF";
}

/* --- the sep= line --- */

static bool has_sep_line(struct str sample, struct delimited_dialect *dialect)
{
    size_t end;

    if (sample.len < 6 || !str_equal_nocase((struct str){sample.ptr, 4}, STR("sep=")))
        return false;
    end = fields_line_end(&dialect->syntax, sample, 4);
    if (end == 0 || end > 7 || (end == 7 && sample.ptr[5] != '\r'))
        return false;
    dialect->syntax.delimiter = sample.ptr[4];
    dialect->skip = end;
    return sample.ptr[4] != '"' && sample.ptr[4] != '\r' && sample.ptr[4] != '\n';
}

/* --- delimiters --- */

static bool is_wanted(const struct column_want *want, struct str name)
{
    size_t i;

    for (i = 0; i < want->name_count; i++)
        if (column_name_equal(want->names[i], name))
            return true;
    return false;
}

static size_t count_named(struct str sample, const struct delimited_cell *cells, size_t cell_count,
                          const struct column_want *wants, size_t want_count)
{
    size_t found = 0;
    size_t w;

    for (w = 0; w < want_count; w++) {
        size_t c;

        for (c = 0; c < cell_count; c++) {
            bool doubled;
            struct str cell = {sample.ptr + cells[c].start, cells[c].len};
            struct str name = field_value(cell, &doubled);

            if (name.len && is_wanted(&wants[w], name))
                break;
        }
        found += c < cell_count;
    }
    return found;
}

/* Reads the sample as if the delimiter were the one of the score. */
static void rate(struct str sample, bool is_last, char newline, struct delimited_cell *cells,
                 const struct column_want *wants, size_t want_count, struct score *score)
{
    struct delimited_syntax syntax = {score->delimiter, newline};

    while (sample.len && score->records < RECORDS) {
        bool is_header = score->columns == 0;
        struct record record;
        enum record_state state =
            fields_read(&syntax, sample, is_last, cells, is_header ? HEADER_CELLS : 0, &record);
        size_t end = record.end;

        if (state == RECORD_MORE)
            break;
        if (state != RECORD_OK) {
            end = fields_line_end(&syntax, sample, record.opening);
            score->records++;
            if (is_header || end == 0)
                break;
        } else if (is_header && record.text_end) {
            size_t known = record.cell_count < HEADER_CELLS ? record.cell_count : HEADER_CELLS;

            score->columns = record.cell_count;
            score->named = count_named(sample, cells, known, wants, want_count);
        } else if (record.text_end) {
            score->records++;
            score->agreeing += record.cell_count == score->columns;
        }
        sample.ptr += end;
        sample.len -= end;
    }
}

static size_t percent(const struct score *score)
{
    return score->records ? 100 * score->agreeing / score->records : 100;
}

/* Does a fit clearly better than b? */
static bool is_clear(const struct score *a, const struct score *b)
{
    if (b->columns < 2)
        return a->columns >= 2;
    if (a->columns < 2)
        return false;
    if (a->named != b->named)
        return a->named > b->named;
    return percent(a) >= percent(b) + CLEAR_LEAD;
}

static enum status refuse(const struct score *a, const struct score *b, struct str source_name,
                          struct diag *diag)
{
    const char *first = delimiter_name(a->delimiter);
    const char *second = delimiter_name(b->delimiter);

    diag_report(diag, RULE_CSV_DIALECT, (struct where){source_name, 1, 1, 0},
                "%s gives %zu columns in %zu of %zu rows, %s gives %zu in %zu of %zu", first,
                a->columns, a->agreeing, a->records, second, b->columns, b->agreeing, b->records);
    diag_hint(diag, "say which it is: --delimiter %s or --delimiter %s", first, second);
    return STATUS_INVALID;
}

static enum status choose(const struct score *scores, size_t count, struct str source_name,
                          struct diag *diag, char *ret_delimiter)
{
    const struct score *best = &scores[0];
    size_t i;

    for (i = 1; i < count; i++)
        if (is_clear(&scores[i], best) ||
            (!is_clear(best, &scores[i]) && percent(&scores[i]) > percent(best)))
            best = &scores[i];
    if (best->columns < 2) {
        /* one column: no delimiter at all, and none is invented */
        *ret_delimiter = ',';
        return STATUS_OK;
    }
    for (i = 0; i < count; i++)
        if (&scores[i] != best && !is_clear(best, &scores[i]))
            return refuse(best, &scores[i], source_name, diag);
    *ret_delimiter = best->delimiter;
    return STATUS_OK;
}

enum status dialect_find(struct str sample, bool is_last, char asked,
                         const struct column_want *wants, size_t want_count, struct str source_name,
                         struct diag *diag, struct delimited_dialect *ret_dialect)
{
    struct score scores[ARRAY_LEN(delimiters)];
    struct delimited_dialect dialect = {{asked, '\n'}, 0, "LF"};
    struct delimited_cell *cells;
    enum status status;
    size_t i;

    find_line_ends(sample, &dialect);
    if (has_sep_line(sample, &dialect) || asked) {
        if (asked)
            dialect.syntax.delimiter = asked;
        *ret_dialect = dialect;
        return STATUS_OK;
    }
    dialect.skip = 0;
    cells = mem_alloc(HEADER_CELLS, sizeof *cells);
    if (!cells)
        return diag_no_memory(diag);
    memset(scores, 0, sizeof scores);
    for (i = 0; i < ARRAY_LEN(scores); i++) {
        scores[i].delimiter = delimiters[i].delimiter;
        rate(sample, is_last, dialect.syntax.newline, cells, wants, want_count, &scores[i]);
    }
    mem_free(cells);
    status = choose(scores, ARRAY_LEN(scores), source_name, diag, &dialect.syntax.delimiter);
    if (status == STATUS_OK)
        *ret_dialect = dialect;
    return status;
}
