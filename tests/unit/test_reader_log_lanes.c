/*
 * A log read by several threads, in blocks of any size: always what one reads, which is what a
 * reading that knows nothing of pieces finds.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "reader_log.h"
#include "text/regex.h"

static const unsigned threads[] = {1, 2, 3, 5};
static const size_t blocks[] = {0, 4099, 70001, 200000};

static struct log_value author[] = {{STR_INIT("author"), STR_INIT("agent")}};
static struct log_rule few[] = {
    {STR_INIT("bad"), STR_INIT("^(?:a|aa)+$"), NULL, 0, true},
    {STR_INIT("ask"), STR_INIT("^(?<time>\\d+) ask (?<id>\\w+)(?: (?<word>\\S+))?"), NULL, 0, true},
    {STR_INIT("chat"), STR_INIT(" debug "), NULL, 0, false},
    {STR_INIT("tell"), STR_INIT("^(?<time>\\d+) (?:tell|ask) (?<id>\\w+)"), author, 1, true},
    {STR_INIT("evil"), STR_INIT("^(?<id>aaaa+)"), NULL, 0, true},
};
static const struct log_rules plain = {few, ARRAY_LEN(few), {NULL, 0}, {NULL, 0}};
static const struct log_rules by_start = {few, ARRAY_LEN(few), STR_INIT("^[\\da]"), {NULL, 0}};
static const struct log_rules by_continuation = {
    few, ARRAY_LEN(few), {NULL, 0}, STR_INIT("^[ \\t]")};
static const struct log_rules *const kinds[] = {&plain, &by_start, &by_continuation};

/* --- the oracle --- */

struct naive {
    struct regex *rules[ARRAY_LEN(few)];
    struct regex *boundary;
    bool match_begins;
    struct regex_run *run;
    unsigned limits[ARRAY_LEN(few)];
    uint64_t counts[ARRAY_LEN(few)];
    uint64_t none;
    uint64_t rejected;
    struct buf *out;
};

static struct regex *compiled(struct str pattern)
{
    struct regex_error error;
    struct regex *regex = NULL;

    assert_int_equal(regex_new(pattern, 0, &regex, &error), STATUS_OK);
    return regex;
}

static void naive_open(const struct log_rules *log, struct buf *out, struct naive *naive)
{
    size_t r;

    memset(naive, 0, sizeof *naive);
    for (r = 0; r < ARRAY_LEN(few); r++)
        naive->rules[r] = compiled(few[r].pattern);
    if (log->start.ptr || log->continues.ptr)
        naive->boundary = compiled(log->start.ptr ? log->start : log->continues);
    naive->match_begins = log->start.ptr != NULL;
    naive->run = regex_run_new(8);
    naive->out = out;
}

static void naive_close(struct naive *naive)
{
    size_t r;

    for (r = 0; r < ARRAY_LEN(few); r++)
        regex_free(naive->rules[r]);
    regex_free(naive->boundary);
    regex_run_free(naive->run);
}

static struct str without_end(struct str text)
{
    if (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    if (text.len && text.ptr[text.len - 1] == '\r')
        text.len--;
    return text;
}

static void naive_entry(struct naive *naive, struct str entry, uint64_t line, size_t offset)
{
    size_t r;

    entry = without_end(entry);
    for (r = 0; r < ARRAY_LEN(few) && entry.len <= LIMIT_LOG_LINE; r++) {
        enum regex_answer answer = naive->limits[r] < LIMIT_RULE_STOPS
                                       ? regex_match(naive->rules[r], naive->run, entry, 0)
                                       : REGEX_NO;

        if (answer == REGEX_NO)
            continue;
        naive->limits[r] += answer == REGEX_LIMIT;
        naive->rejected += answer == REGEX_LIMIT;
        if (answer == REGEX_LIMIT)
            return;
        naive->counts[r]++;
        if (few[r].is_used)
            buf_printf(naive->out, "%llu@%zu|%.*s|%.*s\n", (unsigned long long)line, offset,
                       STR_ARG(few[r].name), STR_ARG(entry));
        return;
    }
    if (entry.len > LIMIT_LOG_LINE)
        naive->rejected++;
    else
        naive->none++;
}

static bool naive_begins(const struct naive *naive, struct str line)
{
    line = without_end(line);
    if (!naive->boundary)
        return true;
    if (line.len > LIMIT_LOG_LINE)
        return false;
    return (regex_match(naive->boundary, naive->run, line, 0) == REGEX_YES) == naive->match_begins;
}

static size_t line_len(struct str rest)
{
    const char *end = memchr(rest.ptr, '\n', rest.len);

    return end ? (size_t)(end + 1 - rest.ptr) : rest.len;
}

static void naive_read(struct naive *naive, struct str text)
{
    uint64_t line = 0;
    uint64_t first = 1;
    size_t start = 0;
    size_t at = 0;

    while (at < text.len) {
        struct str rest = {text.ptr + at, text.len - at};

        rest.len = line_len(rest);
        line++;
        if (at > start && naive_begins(naive, rest)) {
            naive_entry(naive, (struct str){text.ptr + start, at - start}, first, start);
            start = at;
            first = line;
        }
        at += rest.len;
    }
    if (text.len)
        naive_entry(naive, (struct str){text.ptr + start, text.len - start}, first, start);
}

/* --- readings --- */

static void read_by(const struct log_rules *log, struct str bytes, const char *names,
                    unsigned thread_count, size_t block, struct buf *out)
{
    struct pool *pool = pool_of(thread_count);
    struct source *source;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(source_open_memory(STR("t"), bytes, &diag, &source), STATUS_OK);
    if (block)
        source_set_block(source, block);
    assert_int_equal(
        read_log_by(log, source, names, pool, /* says_rules= */ true, &diag, out), STATUS_END);
    source_close(source);
    pool_free(pool);
    diag_done(&diag);
}

/* Of the ways to read it every `step`th. */
static void check_all_alike(const struct log_rules *log, struct str bytes, const char *names,
                            size_t step, const struct buf *wanted)
{
    size_t i;

    for (i = step; i < ARRAY_LEN(threads) * ARRAY_LEN(blocks); i += step) {
        struct buf out;

        buf_init(&out, 1u << 26);
        read_by(log, bytes, names, threads[i / ARRAY_LEN(blocks)], blocks[i % ARRAY_LEN(blocks)],
                &out);
        assert_int_equal(out.len, wanted->len);
        assert_memory_equal(out.bytes, wanted->bytes, out.len);
        buf_done(&out);
    }
}

static void check_oracle(const struct log_rules *log, struct str text, const struct buf *out)
{
    struct naive naive;
    struct buf rows;
    char line[80];
    size_t r;

    buf_init(&rows, 1u << 26);
    naive_open(log, &rows, &naive);
    naive_read(&naive, text);
    assert_true(out->len > rows.len);
    assert_memory_equal(out->bytes, rows.len ? rows.bytes : "", rows.len);
    assert_non_null(strchr("!~#=", out->bytes[rows.len]));
    for (r = 0; r < ARRAY_LEN(few); r++) {
        snprintf(line, sizeof line, "# %s %llu ", few[r].name.ptr,
                 (unsigned long long)naive.counts[r]);
        assert_non_null(strstr(out->bytes, line));
    }
    snprintf(line, sizeof line, "~ no-rule %llu ", (unsigned long long)naive.none);
    assert_true(naive.none == 0 || strstr(out->bytes, line));
    snprintf(line, sizeof line, " %llu UTF-8, ", (unsigned long long)naive.rejected);
    assert_non_null(strstr(out->bytes, line));
    naive_close(&naive);
    buf_done(&rows);
}

/* --- texts --- */

static unsigned seed = 1;

static unsigned drawn(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

static void add_line(struct buf *text, bool has_limits, const char *end)
{
    static const char *const lines[] = {
        "12 ask a please", "3 tell bob", " debug what", "\tgoes on", "  and on", "", "nothing",
        "7 ask caf\xc3\xa9 noir", "99 tell x1", "a a debug b", "0 asks", "5 ask b",
    };

    if (has_limits && drawn(40) == 0)
        buf_printf(text, "%s%u!", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", drawn(10));
    else
        buf_add_text(text, lines[drawn(ARRAY_LEN(lines))]);
    buf_add_text(text, end);
}

static void add_repeated(struct buf *text, char c, size_t count)
{
    while (count--)
        buf_add_char(text, c);
}

static void draw_text(struct buf *text, size_t size, bool has_limits, bool has_long,
                      const char *end)
{
    while (text->len < size) {
        add_line(text, has_limits, end);
        if (!has_long || drawn(700))
            continue;
        buf_add_text(text, drawn(2) ? "8 ask x" : " x");
        add_repeated(text, 'y', LIMIT_LOG_LINE - 20 + drawn(40));
        buf_add_text(text, end);
    }
    if (drawn(2))
        buf_add_text(text, "4 tell last");
}

static void check_text(const struct log_rules *log, struct str text, size_t step)
{
    struct buf out;

    buf_init(&out, 1u << 26);
    read_by(log, text, "log:rule,log:entry", 1, 0, &out);
    check_oracle(log, text, &out);
    check_all_alike(log, text, "log:rule,log:entry", step, &out);
    buf_done(&out);
}

static void lines_and_entries_are_those_of_the_whole_text(void **state)
{
    size_t round;

    (void)state;
    for (round = 0; round < 9; round++) {
        struct buf text;

        buf_init(&text, 1u << 22);
        draw_text(&text, round * 40000, false, round % 4 == 3, round % 2 ? "\r\n" : "\n");
        check_text(kinds[round % ARRAY_LEN(kinds)], text.len ? buf_str(&text) : STR(""), 1);
        buf_done(&text);
    }
}

/* A line that is a byte too long, or just not, with either line end, wherever a block ends. */
static void the_longest_entry_is_the_same_in_every_block(void **state)
{
    size_t kind;
    size_t over;

    (void)state;
    for (kind = 0; kind < ARRAY_LEN(kinds); kind++) {
        for (over = 0; over < 4; over++) {
            struct buf text;

            buf_init(&text, 1u << 20);
            draw_text(&text, 3000 + 17 * over, false, false, "\n");
            buf_add_text(&text, "\n8 ask x");
            add_repeated(&text, 'y', LIMIT_LOG_LINE - 7 + over / 2);
            buf_add_text(&text, over % 2 ? "\r\n" : "\n");
            buf_add_text(&text, "9 tell z\n");
            add_repeated(&text, ' ', LIMIT_LOG_LINE - 9 + over / 2);
            buf_add_text(&text, over % 2 ? "\r\n" : "\n");
            draw_text(&text, text.len + 3000, false, false, "\n");
            check_text(kinds[kind], buf_str(&text), 3);
            buf_done(&text);
        }
    }
}

/* The hundredth limit is met in a piece that was begun with before those in front of it were known. */
static void a_rule_stops_at_the_same_entry_for_any_number_of_threads(void **state)
{
    size_t kind;

    (void)state;
    for (kind = 0; kind < 2; kind++) {
        struct buf text;
        struct buf out;

        buf_init(&text, 1u << 22);
        buf_init(&out, 1u << 26);
        draw_text(&text, 100000, true, false, "\n");
        draw_text(&text, 500000, false, false, "\n");
        draw_text(&text, 520000, true, false, "\n");
        draw_text(&text, 900000, drawn(2), false, "\n");
        read_by(kinds[kind], buf_str(&text), "log:rule,log:entry", 1, 0, &out);
        assert_non_null(strstr(out.bytes, "! log-stopped"));
        assert_non_null(strstr(out.bytes, "|evil|"));
        check_oracle(kinds[kind], buf_str(&text), &out);
        check_all_alike(kinds[kind], buf_str(&text), "log:rule,log:entry", 7, &out);
        buf_done(&out);
        buf_done(&text);
    }
}

/* --- other encodings, places, bytes that are none --- */

static void add_utf16(struct buf *out, struct str text)
{
    size_t i;

    buf_add(out, STR("\xff\xfe"));
    for (i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        if (byte >= 0xC0) { /* of two bytes */
            byte = (unsigned char)((byte & 3) << 6 | (text.ptr[++i] & 0x3F));
        }
        buf_add_char(out, (char)byte);
        buf_add_char(out, '\0');
    }
}

static void add_latin1(struct buf *out, struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];

        if (byte >= 0xC0)
            byte = (unsigned char)((byte & 3) << 6 | (text.ptr[++i] & 0x3F));
        buf_add_char(out, (char)byte);
    }
}

static void add_broken(struct buf *out, struct str text)
{
    size_t i;

    buf_add(out, STR("\xef\xbb\xbf"));
    for (i = 0; i < text.len; i++)
        buf_add_char(out, text.ptr[i] == 'd' && drawn(3) == 0 ? '\xff' : text.ptr[i]);
    buf_add(out, STR("6 ask nul\0zero\n"));
}

static void encodings_and_places_are_alike(void **state)
{
    static void (*const encode[])(struct buf *out, struct str text) = {add_utf16, add_latin1,
                                                                       add_broken};
    static const char names[] = "time,id,word|author,log:rule,log:place,log:entry";
    size_t i;

    (void)state;
    for (i = 0; i < 2 * ARRAY_LEN(encode); i++) {
        const struct log_rules *log = kinds[i % ARRAY_LEN(kinds)];
        struct buf text;
        struct buf bytes;
        struct buf out;

        buf_init(&text, 1u << 22);
        buf_init(&bytes, 1u << 23);
        buf_init(&out, 1u << 26);
        draw_text(&text, 300000, false, false, i % 2 ? "\r\n" : "\n");
        encode[i / 2](&bytes, buf_str(&text));
        read_by(log, buf_str(&bytes), names, 1, 0, &out);
        assert_non_null(strstr(out.bytes, i / 2 == 0 ? "UTF-16" : i / 2 == 1 ? "1252" : "log-nul"));
        check_all_alike(log, buf_str(&bytes), names, 1, &out);
        buf_done(&text);
        buf_done(&bytes);
        buf_done(&out);
    }
}

/* --- failures --- */

/* Where entries begin cannot be found out: that is told, and nothing is guessed. */
static void a_boundary_that_meets_limits_ends_the_reading(void **state)
{
    static const struct log_rules hostile = {
        few, ARRAY_LEN(few), STR_INIT("^(?:a|aa)+$"), {NULL, 0}};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(threads); i += 2) {
        struct pool *pool = pool_of(threads[i]);
        struct source *source;
        struct diag diag;
        struct buf text;
        struct buf out;
        size_t k;

        buf_init(&text, 1u << 20);
        buf_init(&out, 1u << 20);
        for (k = 0; k < LIMIT_RULE_STOPS + 10; k++)
            buf_printf(&text, "%s%zu!\ngoes on\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                       k);
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), buf_str(&text), &diag, &source), STATUS_OK);
        source_set_block(source, 3000);
        assert_int_equal(read_log_by(&hostile, source, "id", pool, false, &diag, &out),
                         STATUS_LIMIT);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
        assert_int_equal(diag.list[diag.count - 1].where.line, 2 * LIMIT_RULE_STOPS - 1);
        source_close(source);
        pool_free(pool);
        diag_done(&diag);
        buf_done(&text);
        buf_done(&out);
    }
}

/* Some allocation fails, in whatever thread: one fatal diagnostic, or the rows as ever. */
static void every_allocation_may_fail_in_a_lane(void **state)
{
    struct pool *pool = pool_of(3);
    struct buf text;
    struct buf whole;
    unsigned long nth;
    bool is_done = false;

    (void)state;
    buf_init(&text, 1u << 20);
    buf_init(&whole, 1u << 22);
    draw_text(&text, 20000, false, false, "\n");
    for (nth = 0; !is_done; nth += nth < 400 ? 1 : 37) {
        struct source *source = NULL;
        struct diag diag;
        struct buf out;
        enum status status;

        buf_init(&out, 1u << 22);
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), buf_str(&text), &diag, &source), STATUS_OK);
        source_set_block(source, 3000);
        mem_fail_at(nth);
        status = read_log_by(&by_start, source, "time,id,log:place,log:entry", pool, true, &diag,
                             &out);
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
    buf_done(&text);
    buf_done(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_entries_are_those_of_the_whole_text),
        cmocka_unit_test(the_longest_entry_is_the_same_in_every_block),
        cmocka_unit_test(a_rule_stops_at_the_same_entry_for_any_number_of_threads),
        cmocka_unit_test(encodings_and_places_are_alike),
        cmocka_unit_test(a_boundary_that_meets_limits_ends_the_reading),
        cmocka_unit_test(every_allocation_may_fail_in_a_lane),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
