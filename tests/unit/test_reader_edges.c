/* Delimited text cut at every place: by blocks, by the end of the file, by the fast scan. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/byte_count.h"
#include "reader/row_scan.h"
#include "reader_text.h"

/* Reproducible: the same numbers in each run and on each machine. */
static uint32_t next_number(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static const char *const bodies[] = {
    "1,2\n3,4\n",
    "1,2\r\n3,4\r\n\r\n5,6",
    "\"a\",\"b\"\r\n\"c\r\nd\",\"e\"\"f\"\r\n",
    "\"\",\"\"\n\"\"\"\",\"\"\"\"\"\"\n,\n",
    "a\"b,c\"\"d\n x,\"y\"\n",
    "1\n1,2,3\n,,\n4,5\n",
    "\"x\"y,2\n3,4\n\"5\"\r,6\n7,8\n",
    "1,\"open\n2,3\n4,5\n",
    "1,\"open\n2,\"x\"\n4,\"5\"\"\n\n6,7\n",
    "\xc3\xa8,\xe2\x82\xac\n\xf0\x9f\x98\x80,\"\xc3\xa8\xc3\xa8\"\n",
    "\xc3,1\n2,\xa8\n\xe2\x82,3\n4,5\n",
    "\"\n\n\n\",\"\n\"\n1,2\n",
    "\r1,2\r\r\n3,\r4\n",
};

/* Enough rows in front that the body lies behind the sample that the dialect is told by. */
static void put_front(struct buf *text)
{
    size_t i;

    buf_add_text(text, "a,b\n");
    for (i = 0; i < 80; i++)
        buf_printf(text, "row %zu,%zu\n", i, i * i);
}

static void read_as(struct str bytes, size_t block, enum reader_text_way way, struct buf *out)
{
    buf_init(out, 1u << 24);
    reader_text_by(&(struct reader_text_job){"delimited", bytes, "b,none,a,b", ',', ENCODING_UTF8,
                                             block, false},
                   way, out);
    assert_false(out->failed);
}

static void check_blocks(struct str bytes, const size_t *sizes, size_t count)
{
    struct buf whole;
    size_t i;

    read_as(bytes, 0, BY_BATCH, &whole);
    for (i = 0; i < READER_TEXT_WAYS * count; i++) {
        struct buf parts;

        read_as(bytes, sizes[i / READER_TEXT_WAYS], (enum reader_text_way)(i % READER_TEXT_WAYS),
                &parts);
        assert_string_equal(parts.bytes, whole.bytes);
        buf_done(&parts);
    }
    buf_done(&whole);
}

static void any_block_size_gives_the_same(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 31, 63, 64, 65, 71};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(bodies); i++) {
        struct buf text;

        buf_init(&text, 1u << 20);
        put_front(&text);
        buf_add_text(&text, bodies[i]);
        check_blocks(buf_str(&text), sizes, ARRAY_LEN(sizes));
        buf_done(&text);
    }
}

/* Cut behind any byte, the rows in front are the same, and nothing is lost or invented. */
static void every_prefix(void **state)
{
    static const size_t sizes[] = {0, 5};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(bodies); i++) {
        struct buf text;
        size_t front;
        size_t len;

        buf_init(&text, 1u << 20);
        put_front(&text);
        front = text.len;
        buf_add_text(&text, bodies[i]);
        for (len = front; len < text.len; len++)
            check_blocks((struct str){text.bytes, len}, sizes, ARRAY_LEN(sizes));
        for (len = 0; len < 12; len++)
            check_blocks((struct str){text.bytes, len}, sizes, ARRAY_LEN(sizes));
        buf_done(&text);
    }
}

static size_t random_text(uint64_t *seed, char *to, size_t len)
{
    static const char letters[] = "abc,,,\"\"\"\n\n\r;\xc3\xa8 x\"\",\"\n";
    unsigned quotes = next_number(seed) % 3;
    bool is_sparse = next_number(seed) % 3 == 0; /* cells longer than a block of the scan */
    size_t i;

    for (i = 0; i < len; i++) {
        char c = letters[next_number(seed) % (sizeof letters - 1)];

        if (is_sparse && next_number(seed) % 60)
            c = 'q';
        /* texts without, with few, and with many quotes */
        if (c == '"' && (quotes == 0 || (quotes == 1 && next_number(seed) % 8)))
            c = 'q';
        to[i] = c;
    }
    return len;
}

static void random_texts_in_random_blocks(void **state)
{
    uint64_t seed = 1;
    unsigned round;

    (void)state;
    for (round = 0; round < 150; round++) {
        char body[600];
        size_t sizes[4] = {0};
        struct buf text;

        buf_init(&text, 1u << 20);
        put_front(&text);
        buf_add(&text, (struct str){body, random_text(&seed, body, next_number(&seed) % 600)});
        sizes[1] = 1 + next_number(&seed) % 7;
        sizes[2] = 1 + next_number(&seed) % 100;
        sizes[3] = 1 + next_number(&seed) % 700;
        check_blocks(buf_str(&text), sizes, 4);
        buf_done(&text);
    }
}

/* --- the fast scan against the reference --- */

/* Long enough for more line ends than a byte can count. */
enum { SCAN_TEXT = 30000 };

static void check_row(const struct row_scan *scan, size_t r, const char *text, size_t len,
                      size_t start, size_t *inner)
{
    static struct delimited_cell cells[SCAN_TEXT];
    struct record record;
    size_t first = r ? scan->rows[r - 1] + 1u : 0;
    size_t count = scan->rows[r] - first + 1;
    size_t c;

    assert_int_equal(fields_read(&scan->syntax, (struct str){text + start, len - start}, false,
                                 cells, ARRAY_LEN(cells), &record),
                     RECORD_OK);
    assert_int_equal(record.cell_count, count);
    assert_int_equal(start + record.end, scan->starts[1 + scan->rows[r]]);
    for (c = 0; c < count; c++) {
        assert_int_equal(start + cells[c].start, scan->starts[first + c]);
        if (c + 1 < count)
            assert_int_equal(start + cells[c].start + cells[c].len,
                             scan->starts[first + c + 1] - 1);
    }
    for (c = 1; *inner < scan->inner_count && scan->inner[*inner] < start + record.end; (*inner)++)
        c++;
    assert_int_equal(record.lines, c);
}

/* A record that the scan leaves out must be unfinished, wrong, or have a quote. */
static void check_rest(const struct row_scan *scan, const char *text, size_t len, size_t start)
{
    struct record record;

    if (fields_read(&scan->syntax, (struct str){text + start, len - start}, false, NULL, 0,
                    &record) == RECORD_OK)
        assert_non_null(memchr(text + start, '"', record.end));
}

static void scan_agrees_with_reading_byte_by_byte(void **state)
{
    struct row_scan *scans[ROW_SCAN_PATHS][2] = {{NULL, NULL}};
    uint64_t seed = 7;
    unsigned round;
    int path;
    int kind;

    (void)state;
    for (path = 0; path < ROW_SCAN_PATHS; path++)
        for (kind = 0; kind < 2 && row_scan_has((enum row_scan_path)path); kind++) {
            struct delimited_syntax syntax = {kind ? ';' : ',', kind ? '\r' : '\n'};

            scans[path][kind] = row_scan_new(&syntax, (enum row_scan_path)path);
            assert_non_null(scans[path][kind]);
        }
    for (round = 0; round < 12000; round++) {
        char text[SCAN_TEXT + SOURCE_PAD] = {0};
        size_t len = random_text(&seed, text, next_number(&seed) % (round % 50 ? 700 : SCAN_TEXT));

        kind = round & 1;
        for (path = 0; path < ROW_SCAN_PATHS; path++) {
            const struct row_scan *first = scans[ROW_SCAN_PORTABLE][kind];
            struct row_scan *scan = scans[path][kind];
            size_t start = 0;
            size_t inner = 0;
            size_t r;

            if (!scan)
                continue;
            row_scan_run(scan, (struct str){text, len});
            row_scan_find_rows(scan, text);
            assert_int_equal(scan->row_count, first->row_count);
            assert_int_equal(scan->end_count, first->end_count);
            assert_memory_equal(scan->starts, first->starts,
                                (1 + scan->end_count) * sizeof(uint32_t));
            assert_int_equal(scan->has_odd, first->has_odd);
            for (r = 0; r < scan->row_count; r++) {
                check_row(scan, r, text, len, start, &inner);
                start = scan->starts[1 + scan->rows[r]];
            }
            check_rest(scan, text, len, start);
        }
    }
    for (path = 0; path < ROW_SCAN_PATHS; path++)
        for (kind = 0; kind < 2; kind++)
            row_scan_free(scans[path][kind]);
}

static void quotes_and_line_ends_are_counted(void **state)
{
    static char text[SCAN_TEXT];
    uint64_t seed = 5;
    unsigned round;
    int path;

    (void)state;
    for (round = 0; round < 300; round++) {
        size_t len = random_text(&seed, text, next_number(&seed) % (round % 9 ? 900 : SCAN_TEXT));
        char newline = round & 1 ? '\n' : '\r';
        struct byte_counts wanted = {0, 0, false};
        size_t i;

        if (round % 10 == 0) /* as many as there can be */
            memset(text, round % 20 ? '"' : newline, len);
        if (round % 20 == 10 && len) /* one among many */
            text[next_number(&seed) % len] = (char)0x80;
        for (i = 0; i < len; i++) {
            wanted.quotes += text[i] == '"';
            wanted.newlines += text[i] == newline;
            wanted.has_beyond_ascii |= (text[i] & 0x80) != 0;
        }
        for (path = 0; path < BYTE_COUNT_PATHS; path++) {
            struct byte_counts counts;

            if (!byte_count_has((enum byte_count_path)path))
                continue;
            counts = byte_count_by((enum byte_count_path)path, (struct str){text, len}, newline);
            assert_int_equal(counts.quotes, wanted.quotes);
            assert_int_equal(counts.newlines, wanted.newlines);
            assert_int_equal(counts.has_beyond_ascii, wanted.has_beyond_ascii);
        }
    }
}

/* --- Python's csv module as the judge --- */

static void put_random_cell(uint64_t *seed, struct buf *text)
{
    static const char *const pieces[] = {"a",  "bc", "5\"", "\xc3\xa8", "12:30", " ",
                                         "x.", "''", "\t",  ";",        "0",     "long text"};
    static const char *const quoted[] = {"\n", ",", "\"\"", "\r\n", "\"\"\"\"", ",,", "\n\n"};
    bool has_quotes = next_number(seed) % 3 == 0;
    unsigned count = next_number(seed) % 4;

    if (has_quotes)
        buf_add_char(text, '"');
    while (count--) {
        const char *piece = pieces[next_number(seed) % ARRAY_LEN(pieces)];

        if (has_quotes && next_number(seed) % 2)
            buf_add_text(text, quoted[next_number(seed) % ARRAY_LEN(quoted)]);
        /* a lone quote would be text behind a closing one */
        buf_add_text(text, has_quotes && strchr(piece, '"') ? "-" : piece);
    }
    if (has_quotes)
        buf_add_char(text, '"');
}

static void put_random_table(uint64_t *seed, struct buf *text)
{
    const char *line_end = next_number(seed) % 2 ? "\r\n" : "\n";
    unsigned rows = 20 + next_number(seed) % 1500;

    buf_printf(text, "a,b,c,d%s", line_end);
    while (rows--) {
        unsigned c;

        for (c = 0; c < 4; c++) {
            buf_add_text(text, c ? "," : "");
            put_random_cell(seed, text);
        }
        buf_add_text(text, line_end);
    }
}

static const char script[] = "import csv, sys\n"
                             "rows = csv.reader(open(sys.argv[1], newline='', encoding='utf-8'))\n"
                             "next(rows)\n"
                             "for row in rows:\n"
                             "    if row:\n"
                             "        sys.stdout.write(''.join('|' + c for c in row) + '\\n')\n";

static void run_python(const char *path, struct buf *out)
{
    char command[1000];
    char piece[4096];
    FILE *pipe;
    size_t len;

    snprintf(command, sizeof command, "PYTHONIOENCODING=utf-8 python3 -c \"%s\" %s", script, path);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((len = fread(piece, 1, sizeof piece, pipe)) > 0)
        buf_add(out, (struct str){piece, len});
    assert_int_equal(pclose(pipe), 0);
}

static void same_cells_as_python(void **state)
{
    static const size_t blocks[] = {0, 13, 1000};
    uint64_t seed = 42;
    unsigned round;

    (void)state;
    for (round = 0; round < 6; round++) {
        char path[] = "/tmp/cfaudit-csv-XXXXXX";
        struct buf text;
        struct buf judged;
        size_t i;
        int fd;

        buf_init(&text, 1u << 24);
        buf_init(&judged, 1u << 24);
        put_random_table(&seed, &text);
        fd = mkstemp(path);
        assert_true(fd >= 0 && write(fd, text.bytes, text.len) == (ssize_t)text.len);
        close(fd);
        run_python(path, &judged);
        unlink(path);
        for (i = 0; i < READER_TEXT_WAYS * ARRAY_LEN(blocks); i++) {
            struct reader_text_job job = {"delimited", buf_str(&text), "a,b,c,d",
                                          ',',         ENCODING_UTF8,  blocks[i / READER_TEXT_WAYS],
                                          true};
            struct buf ours;

            buf_init(&ours, 1u << 24);
            reader_text_by(&job, (enum reader_text_way)(i % READER_TEXT_WAYS), &ours);
            assert_string_equal(ours.bytes, judged.bytes);
            buf_done(&ours);
        }
        buf_done(&text);
        buf_done(&judged);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_block_size_gives_the_same),
        cmocka_unit_test(every_prefix),
        cmocka_unit_test(random_texts_in_random_blocks),
        cmocka_unit_test(scan_agrees_with_reading_byte_by_byte),
        cmocka_unit_test(quotes_and_line_ends_are_counted),
        cmocka_unit_test(same_cells_as_python),
    };

    return cmocka_run_group_tests_name("reader edges", tests, NULL, NULL);
}
