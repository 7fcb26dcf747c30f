/*
 * JSON lines read by several threads, in blocks of any size: always what one reads, which is what a
 * reading line by line finds.
 */
#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/pool.h"
#include "reader_text.h"

static const unsigned threads[] = {1, 2, 3, 5};
static const size_t blocks[] = {0, 4099, 70001, 200000};
static const char names[] = "a,b.c|d,list.x,first.0,late";

/* NULL for one thread. */
static struct pool *pool_of(unsigned count)
{
    struct pool *pool = count > 1 ? pool_new(count) : NULL;

    assert_true(count < 2 || pool);
    return pool;
}

/* --- readings --- */

static void say_found(const struct rowset *rowset, size_t count, struct buf *out)
{
    size_t i;

    buf_add_text(out, "found");
    for (i = 0; i < count; i++)
        buf_printf(out, " %d", rowset->found[i]);
    buf_add_char(out, '\n');
}

/* Rows; where each was refused; diagnostics; counts and columns. */
static enum status read_rows(struct source *source, struct pool *pool, struct diag *diag,
                             struct buf *out)
{
    const struct reader_options options = {
        .encoding = ENCODING_DETECT, .has_byte_arrays = true, .pool = pool};
    struct reader_text_wants wants;
    struct rowset *rowset = NULL;
    struct row_batch batch;
    struct buf rejects;
    uint64_t rows = 0;
    enum status status;
    size_t i;

    buf_init(&rejects, 1u << 26);
    reader_text_parse(str_of(names), &wants);
    status = reader_find(STR("json-lines"))
                 ->open(source, &options, wants.wants, wants.count, diag, &rowset);
    while (status == STATUS_OK) {
        status = rowset_next(rowset, &batch);
        for (i = 0; status >= 0 && i < rowset->reject_count; i++)
            buf_printf(&rejects, "x %s %llu@%llu\n", rule_info(rowset->rejects[i].rule)->name,
                       (unsigned long long)rowset->rejects[i].line,
                       (unsigned long long)rowset->rejects[i].offset);
        if (status != STATUS_OK)
            break;
        reader_text_batch(&batch, /* cells_only= */ false, out);
        rows += batch.count;
    }
    if (rejects.len)
        buf_add(out, buf_str(&rejects));
    reader_text_diag(diag, out);
    for (i = 0; i < diag->count; i++)
        buf_printf(out, "@%llu", (unsigned long long)diag->list[i].where.offset);
    if (rowset && status == STATUS_END) {
        assert_int_equal(rowset->counts.read, rows + rowset->counts.rejected);
        buf_printf(out, "\n= %llu %llu %.*s\n", (unsigned long long)rowset->counts.read,
                   (unsigned long long)rowset->counts.rejected, STR_ARG(rowset->dialect));
        say_found(rowset, wants.count, out);
    }
    rowset_close(rowset);
    if (rejects.failed)
        out->failed = true;
    buf_done(&rejects);
    return status;
}

static void read_by(struct str bytes, unsigned thread_count, size_t block, struct buf *out)
{
    struct pool *pool = pool_of(thread_count);
    struct source *source;
    struct diag diag;

    diag_init(&diag);
    diag.kept_most = 1000;
    assert_int_equal(source_open_memory(STR("t"), bytes, &diag, &source), STATUS_OK);
    if (block)
        source_set_block(source, block);
    assert_int_equal(read_rows(source, pool, &diag, out), STATUS_END);
    assert_false(out->failed);
    source_close(source);
    pool_free(pool);
    diag_done(&diag);
}

/* *wanted: what one thread reads, of the usual blocks. */
static void check_all_alike(struct str bytes, struct buf *wanted)
{
    size_t i;

    buf_init(wanted, 1u << 27);
    read_by(bytes, 1, 0, wanted);
    for (i = 1; i < ARRAY_LEN(threads) * ARRAY_LEN(blocks); i++) {
        struct buf out;

        buf_init(&out, 1u << 27);
        read_by(bytes, threads[i / ARRAY_LEN(blocks)], blocks[i % ARRAY_LEN(blocks)], &out);
        assert_int_equal(out.len, wanted->len);
        assert_memory_equal(out.bytes, wanted->bytes, out.len);
        buf_done(&out);
    }
}

/* --- texts --- */

struct sample {
    const char *text;
    const char *cells; /* of the row; NULL: it is none */
    const char *rule;  /* that is told; NULL: none */
};

static const struct sample samples[] = {
    {"{\"a\":1,\"b\":{\"c\":\"x\"}}", "1|x|-|-|-", NULL},
    {"{\"a\":\"caf\\u00e9\",\"list\":[{\"x\":1},{\"x\":2}]}", "caf\xc3\xa9|-|1, 2|-|-", NULL},
    {"{ \"d\" : \"two words\" , \"a\" : null }", "|two words|-|-|-", NULL},
    {"{\"first\":[7,8],\"other\":{\"deep\":[[]]}}", "-|-|-|7|-", NULL},
    {" \t{\"a\":\"\xc3\xa8\"} ", "\xc3\xa8|-|-|-|-", NULL},
    {"\x1e{\"a\":2}", "2|-|-|-|-", NULL},
    {"{\"a\":[104,195,40]}", "h\xef\xbf\xbd(|-|-|-|-", "json-bytes"},
    {"", NULL, NULL},
    {"  ", NULL, NULL},
    {"[1]", NULL, "json-no-object"},
    {"{\"a\":1,}", NULL, "json-syntax"},
    {"{\"a\":1} {\"a\":2}", NULL, "json-syntax"},
    {"{\"a\":\"\xc3\xa8\",\"a\":2}", NULL, "json-key-twice"},
    {"{\"b\":{\"c\":1},\"b.c\":2}", NULL, "json-key-twice"},
    {"{\"a\":\"\\ud800\"}", NULL, "json-character"},
    {"{\"a\":\"half", NULL, "json-syntax"},
};

static unsigned seed = 1;

static unsigned drawn(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

struct oracle {
    struct buf text;
    struct buf rows; /* as they should be given, in UTF-8 */
    uint64_t line;
    uint64_t read;
    uint64_t rejected;
    uint64_t repaired;
};

static void oracle_init(struct oracle *oracle)
{
    memset(oracle, 0, sizeof *oracle);
    buf_init(&oracle->text, 1u << 25);
    buf_init(&oracle->rows, 1u << 25);
}

static void oracle_done(struct oracle *oracle)
{
    buf_done(&oracle->text);
    buf_done(&oracle->rows);
}

static void add_line(struct oracle *oracle, struct sample sample, const char *end)
{
    oracle->line++;
    oracle->read += sample.cells || sample.rule;
    oracle->rejected += !sample.cells && sample.rule;
    oracle->repaired += sample.cells && sample.rule;
    if (sample.cells)
        buf_printf(&oracle->rows, "%llu@%zu|%s\n", (unsigned long long)oracle->line,
                   oracle->text.len, sample.cells);
    buf_add_text(&oracle->text, sample.text);
    buf_add_text(&oracle->text, end);
}

/* bad_in: of so many lines one may be bad; 0: none. */
static void draw_lines(struct oracle *oracle, size_t size, unsigned bad_in, const char *end)
{
    while (oracle->text.len < size) {
        unsigned which = drawn(ARRAY_LEN(samples));

        if (samples[which].rule && (bad_in == 0 || drawn(bad_in)))
            which = drawn(6);
        add_line(oracle, samples[which], end);
    }
}

/* A row whose text is of so many bytes. */
static void add_long_line(struct oracle *oracle, size_t bytes, const char *end)
{
    struct buf value;
    struct buf cells;
    struct buf text;

    buf_init(&value, bytes + 1);
    buf_init(&cells, bytes + 100);
    buf_init(&text, bytes + 100);
    while (value.len < bytes)
        buf_add_char(&value, 'y');
    buf_printf(&cells, "%s|-|-|-|-", value.bytes);
    buf_printf(&text, "{\"a\":\"%s\"}", value.bytes);
    add_line(oracle, (struct sample){text.bytes, cells.bytes, NULL}, end);
    buf_done(&value);
    buf_done(&cells);
    buf_done(&text);
}

static void check_oracle(const struct oracle *oracle, const struct buf *out)
{
    char line[80];

    assert_true(out->len > oracle->rows.len);
    assert_memory_equal(out->bytes, oracle->rows.bytes, oracle->rows.len);
    assert_non_null(strchr("x!\n", out->bytes[oracle->rows.len]));
    snprintf(line, sizeof line, "\n= %llu %llu JSON lines, UTF-8\n",
             (unsigned long long)oracle->read, (unsigned long long)oracle->rejected);
    assert_non_null(strstr(out->bytes, line));
}

static void rows_and_refusals_are_those_of_single_lines(void **state)
{
    size_t round;

    (void)state;
    for (round = 1; round < 8; round++) {
        const char *end = round % 2 ? "\r\n" : "\n";
        struct oracle oracle;
        struct buf out;

        oracle_init(&oracle);
        draw_lines(&oracle, round * 30000, (unsigned)(round % 4) * 8, end);
        if (round % 3 == 0) /* longer than a piece, and than most blocks */
            add_long_line(&oracle, 100000 + round, end);
        draw_lines(&oracle, oracle.text.len + round * 30000, 1, end);
        add_line(&oracle, (struct sample){"{\"late\":9}", "-|-|-|-|9", NULL}, round % 3 ? end : "");
        check_all_alike(buf_str(&oracle.text), &out);
        check_oracle(&oracle, &out);
        assert_true(oracle.rejected > 100 && oracle.repaired > 10);
        assert_non_null(strstr(out.bytes, "\nfound 1 1 1 0 1\n"));
        buf_done(&out);
        oracle_done(&oracle);
    }
}

/* Each line alone says what is told of it. */
static void places_of_what_is_told_are_those_of_the_line(void **state)
{
    struct oracle oracle;
    struct buf wanted;
    struct buf text;
    struct buf out;
    size_t i;

    (void)state;
    oracle_init(&oracle);
    buf_init(&wanted, 1u << 20);
    buf_init(&text, 1u << 20);
    draw_lines(&oracle, 150000, 0, "\n");
    buf_add(&text, buf_str(&oracle.text));
    for (i = 0; i < ARRAY_LEN(samples); i++) {
        struct str alone = str_of(samples[i].text);
        struct source *source;
        struct diag diag;
        struct buf one;

        if (!samples[i].rule)
            continue;
        buf_init(&one, 1u << 20);
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), alone, &diag, &source), STATUS_OK);
        assert_int_equal(read_rows(source, NULL, &diag, &one), STATUS_END);
        assert_int_equal(diag.count, 1);
        assert_string_equal(rule_info(diag.list[0].rule)->name, samples[i].rule);
        buf_printf(&wanted, "! %s %llu:%llu %.*s\n", samples[i].rule,
                   (unsigned long long)(oracle.line + i + 1),
                   (unsigned long long)diag.list[0].where.column, STR_ARG(diag.list[0].text));
        source_close(source);
        diag_done(&diag);
        buf_done(&one);
    }
    for (i = 0; i < ARRAY_LEN(samples); i++)
        buf_printf(&text, "%s\n", samples[i].text);
    draw_lines(&oracle, 300000, 0, "\n");
    check_all_alike(buf_str(&text), &out);
    assert_non_null(strstr(out.bytes, wanted.bytes));
    buf_done(&out);
    buf_done(&text);
    buf_done(&wanted);
    oracle_done(&oracle);
}

static void add_utf16(struct buf *out, struct str text)
{
    size_t i;

    buf_add(out, STR("\xff\xfe"));
    for (i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        if (byte >= 0xC0) /* of two bytes */
            byte = (unsigned char)((byte & 3) << 6 | (text.ptr[++i] & 0x3F));
        buf_add_char(out, (char)byte);
        buf_add_char(out, '\0');
    }
}

static void encodings_and_marks_are_alike(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < 3; i++) {
        struct oracle oracle;
        struct buf bytes;
        struct buf out;

        oracle_init(&oracle);
        buf_init(&bytes, 1u << 24);
        draw_lines(&oracle, 400000, 3, i % 2 ? "\r\n" : "\n");
        if (i < 2)
            add_utf16(&bytes, buf_str(&oracle.text));
        else
            buf_printf(&bytes, "\xef\xbb\xbf%s", oracle.text.bytes);
        check_all_alike(buf_str(&bytes), &out);
        assert_non_null(strstr(out.bytes, i < 2 ? "UTF-16" : "with byte order mark"));
        assert_non_null(strstr(out.bytes, "caf\xc3\xa9|-|1, 2"));
        buf_done(&bytes);
        buf_done(&out);
        oracle_done(&oracle);
    }
}

/* Where a row of too many names begins to be one does not depend on the names of rows before it. */
static void add_names(struct buf *text, const char *prefix, unsigned count)
{
    unsigned i;

    buf_add_char(text, '{');
    for (i = 0; i < count; i++)
        buf_printf(text, "%s\"%s%u\":0", i ? "," : "", prefix, i);
    buf_add_text(text, "}\n");
}

static void names_of_other_rows_do_not_count(void **state)
{
    struct buf text;
    struct buf out;

    (void)state;
    buf_init(&text, 1u << 24);
    add_names(&text, "p", 15000);
    add_names(&text, "q", 99999);
    add_names(&text, "r", 15000);
    add_names(&text, "s", 100001);
    add_names(&text, "t", 15000);
    check_all_alike(buf_str(&text), &out);
    assert_non_null(strstr(out.bytes, "\n= 5 1 JSON lines, UTF-8\n"));
    assert_non_null(strstr(out.bytes, "! json-too-large 4:"));
    buf_done(&text);
    buf_done(&out);
}

/* Lines of more than 16 MiB, within the text and at its end, with a bad one between. */
static void lines_that_are_too_long_are_passed_over(void **state)
{
    struct buf text;
    struct buf wanted;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 26);
    buf_init(&wanted, 1u << 20);
    buf_add_text(&text, "{\"a\":1}\n{\"a\":\"");
    for (i = 0; i < (size_t)17 << 20; i++)
        buf_add_char(&text, 'z');
    buf_add_text(&text, "\"}\n{\"a\":2}\n{\"a\":}\n{\"a\":\"");
    for (i = 0; i < (size_t)17 << 20; i++)
        buf_add_char(&text, 'z');
    read_by(buf_str(&text), 1, 0, &wanted);
    assert_non_null(strstr(wanted.bytes, "1@0|1|-|-|-|-\n3@17825809|2|-|-|-|-\n"
                                         "x json-too-large 2@8\nx json-syntax 4@17825817\n"
                                         "x json-too-large 5@17825824\n"));
    for (i = 1; i < 4; i++) {
        struct buf out;

        buf_init(&out, 1u << 20);
        read_by(buf_str(&text), threads[i], i == 2 ? 700001 : 0, &out);
        assert_string_equal(out.bytes, wanted.bytes);
        buf_done(&out);
    }
    buf_done(&text);
    buf_done(&wanted);
}

/* Some allocation fails, in whatever thread: one fatal diagnostic, or the rows as ever. */
static void every_allocation_may_fail_in_a_lane(void **state)
{
    struct pool *pool = pool_of(3);
    struct oracle oracle;
    struct buf whole;
    unsigned long nth;
    bool is_done = false;

    (void)state;
    oracle_init(&oracle);
    buf_init(&whole, 1u << 22);
    draw_lines(&oracle, 40000, 2, "\n");
    for (nth = 0; !is_done; nth += nth < 400 ? 1 : 37) {
        struct source *source = NULL;
        struct diag diag;
        struct buf out;
        enum status status;

        buf_init(&out, 1u << 22);
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), buf_str(&oracle.text), &diag, &source),
                         STATUS_OK);
        source_set_block(source, 3000);
        mem_fail_at(nth);
        status = read_rows(source, pool, &diag, &out);
        is_done = nth > 0 && mem_count() < nth;
        mem_fail_at(0);
        if (nth == 0)
            buf_add(&whole, buf_str(&out));
        assert_whole_or_refused(status, &out, &diag, &whole);
        source_close(source);
        diag_done(&diag);
        buf_done(&out);
        assert_true(nth < 20000);
    }
    assert_true(nth > 100);
    pool_free(pool);
    oracle_done(&oracle);
    buf_done(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_refusals_are_those_of_single_lines),
        cmocka_unit_test(places_of_what_is_told_are_those_of_the_line),
        cmocka_unit_test(encodings_and_marks_are_alike),
        cmocka_unit_test(names_of_other_rows_do_not_count),
        cmocka_unit_test(lines_that_are_too_long_are_passed_over),
        cmocka_unit_test(every_allocation_may_fail_in_a_lane),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
