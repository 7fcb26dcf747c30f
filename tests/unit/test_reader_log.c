/* Text logs: which lines are an entry, which rule takes it, and what becomes of the others. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "reader_log.h"
#include "text/log_pattern.h"
#include "text/log_rules.h"
#include "text/regex.h"

static const size_t blocks[] = {0, 1, 2, 7, 64, 100, 4099};

static struct log_value author[] = {{STR_INIT("author"), STR_INIT("agent")}};
static struct log_rule few[] = {
    {STR_INIT("ask"), STR_INIT("^(?<time>\\d+) ask (?<id>\\w+)(?: (?<word>\\S+))?"), NULL, 0, true},
    {STR_INIT("chat"), STR_INIT(" debug "), NULL, 0, false},
    {STR_INIT("tell"), STR_INIT("^(?<time>\\d+) (?:tell|ask) (?<id>\\w+)"), author, 1, true},
};
static const struct log_rules plain = {few, ARRAY_LEN(few), {NULL, 0}, {NULL, 0}};
static const struct log_rules by_start = {
    few, ARRAY_LEN(few), STR_INIT("^\\d"), {NULL, 0}};
static const struct log_rules by_continuation = {
    few, ARRAY_LEN(few), {NULL, 0}, STR_INIT("^[ \\t]")};

static void check_bytes(const struct log_rules *log, struct str bytes, const char *names,
                        const char *wanted)
{
    size_t i;

    for (i = 0; i < 2 * ARRAY_LEN(blocks); i++) {
        size_t block = blocks[i / 2];
        struct pool *pool = pool_of(i & 1 ? 3 : 1);
        struct source *source;
        struct diag diag;
        struct buf out;

        if (bytes.len > LIMIT_LOG_LINE && block && block < 4096) {
            pool_free(pool);
            continue; /* takes long, and shows nothing more */
        }
        buf_init(&out, 1u << 24);
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), bytes, &diag, &source), STATUS_OK);
        if (block)
            source_set_block(source, block);
        read_log_by(log, source, names, pool, /* says_rules= */ false, &diag, &out);
        assert_string_equal(out.bytes, wanted);
        source_close(source);
        pool_free(pool);
        diag_done(&diag);
        buf_done(&out);
    }
}

static void check(const struct log_rules *log, const char *text, const char *wanted)
{
    check_bytes(log, str_of(text), "time,id,word|author,log:rule,log:place", wanted);
}

static void the_first_rule_that_matches_takes_the_entry(void **state)
{
    (void)state;
    check(&plain, "1 ask a please\n2 tell a\n3 ask b\n4 debug \n",
          "1@0|1|a|please|ask|t:1\n2@15|2|a|agent|tell|t:2\n3@24|3|b|-|ask|t:3\n"
          "~ by-rule 1 4@32'4 debug '\n"
          "= 1 4 0 UTF-8, LF\n");
}

static void what_no_rule_matches_is_counted_with_its_places(void **state)
{
    (void)state;
    check(&plain, "x\n\n1 ask a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n2 ask b",
          "3@3|1|a|-|ask|t:3\n14@32|2|b|-|ask|t:14\n"
          "! log-no-rule 1:0 entries that no rule matches: 12 of 14, this one first: 'x'\n"
          "~ no-rule 12 1@0'x' 2@2'' 4@11'1' 5@13'2' 6@15'3' 7@17'4' 8@19'5' 9@21'6' 10@23'7' "
          "11@25'8'\n"
          "= 1 14 0 UTF-8, LF\n");
    check(&plain, "nothing\nof this\n",
          "! log-no-match 1:0 no rule matches any entry: 2 of 2, this one first: 'nothing'\n"
          "~ no-rule 2 1@0'nothing' 2@8'of this'\n"
          "= 1 2 0 UTF-8, LF\n");
}

static void line_ends_and_a_byte_order_mark_are_no_part_of_an_entry(void **state)
{
    (void)state;
    check(&plain, "\xef\xbb\xbf" "1 ask a b\r\n2 tell c\r\n",
          "1@3|1|a|b|ask|t:1\n2@14|2|c|agent|tell|t:2\n= 1 2 0 UTF-8, CRLF\n");
    check(&plain, "", "! source-empty 0:0 file is empty\n= 1 0 0 UTF-8, LF\n");
    check(&plain, "\n", "! log-no-match 1:0 no rule matches any entry: 1 of 1, this one first: ''\n"
                        "~ no-rule 1 1@0''\n= 1 1 0 UTF-8, LF\n");
    check(&plain, "1 ask a b", "1@0|1|a|b|ask|t:1\n= 1 1 0 UTF-8, LF\n");
}

static void a_formula_stays_the_text_it_is(void **state)
{
    (void)state;
    check(&plain, "1 ask a =1+1\n2 ask a +cmd|'/C'!A0\n",
          "1@0|1|a|=1+1|ask|t:1\n2@13|2|a|+cmd|'/C'!A0|ask|t:2\n= 1 2 0 UTF-8, LF\n");
}

/* Enough of them that the encoding is not in doubt. */
#define ACCENTS_8 "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
#define ACCENTS ACCENTS_8 ACCENTS_8 ACCENTS_8 ACCENTS_8

static void bytes_that_are_no_text(void **state)
{
    static const char zero[] = "1 ask a b\0c\n\0\0\0002 tell b\n3 ask c\n";

    (void)state;
    check_bytes(&plain, (struct str){zero, sizeof zero - 1}, "time,id,word",
                "3@24|3|c|-\n"
                "! log-nul 1:0 zero byte in an entry\n"
                "! log-no-rule 2:0 entries that no rule matches: 1 of 3, this one first: "
                "'<U+0000><U+0000><U+0000>2 tell b'\n"
                "~ no-rule 1 2@12'<U+0000><U+0000><U+0000>2 tell b'\n"
                "= 1 3 1 UTF-8, LF\n");
    check_bytes(&plain, STR(ACCENTS "\n1 ask a a\xff\xfe" "b\n2 tell b\n"),
                "time,id,word",
                "2@65|1|a|a\xef\xbf\xbd\xef\xbf\xbd" "b\n3@78|2|b|-\n"
                "! log-encoding 2:0 bytes that the encoding of the file does not have: 2\n"
                "! log-no-rule 1:0 entries that no rule matches: 1 of 3, this one first: '" ACCENTS
                "'\n"
                "~ no-rule 1 1@0'" ACCENTS "'\n"
                "= 1 3 0 UTF-8, LF\n");
}

static void entries_of_several_lines_by_their_beginning(void **state)
{
    (void)state;
    check_bytes(&by_start, STR("tail of\nan older one\n1 ask a b\n  more\n\nof it\r\n2 tell c\r\nend"),
                "time,id,word,log:entry",
                "3@21|1|a|b|1 ask a b\n  more\n\nof it\n7@46|2|c|-|2 tell c\r\nend\n"
                "! log-inside 1:0 file begins inside an entry\n"
                "! log-no-rule 1:0 entries that no rule matches: 1 of 3, this one first: "
                "'tail of<U+000A>an older one'\n"
                "~ no-rule 1 1@0'tail of<U+000A>an older one'\n"
                "= 1 3 0 UTF-8, LF, entries of several lines\n");
}

static void entries_of_several_lines_by_what_goes_on(void **state)
{
    (void)state;
    check_bytes(&by_continuation, STR(" first\n1 ask a b\n\tmore\n of it\n2 tell c\n3 tell d\n end\n"),
                "time,id,log:entry",
                "2@7|1|a|1 ask a b\n\tmore\n of it\n5@30|2|c|2 tell c\n6@39|3|d|3 tell d\n end\n"
                "! log-inside 1:0 file begins inside an entry\n"
                "! log-no-rule 1:0 entries that no rule matches: 1 of 4, this one first: ' first'\n"
                "~ no-rule 1 1@0' first'\n"
                "= 1 4 0 UTF-8, LF, entries of several lines\n");
}

static void add_line(struct buf *text, const char *begin, size_t len)
{
    buf_add_text(text, begin);
    while (len--)
        buf_add_char(text, 'x');
    buf_add_char(text, '\n');
}

static void long_entries_are_rejected_once(void **state)
{
    static const char lines[] = "1@0|1|a\n4@%zu|3|c\n"
                                "! log-long 2:0 entry is too long\n"
                                "! log-long 3:0 entry is too long\n= 1 4 2 UTF-8, LF\n";
    static const char entries[] = "1@0|1|a\n5@%zu|3|c\n"
                                  "! log-long 2:0 entry is too long\n"
                                  "= 1 3 1 UTF-8, LF, entries of several lines\n";
    struct buf text;
    struct buf wanted;

    (void)state;
    buf_init(&text, 1u << 25);
    buf_init(&wanted, 1000);
    buf_add_text(&text, "1 ask a\n");
    add_line(&text, "2 ask b", LIMIT_LOG_LINE);
    add_line(&text, "3 ask b", 2u << 20);
    buf_printf(&wanted, lines, text.len);
    buf_add_text(&text, "3 ask c");
    check_bytes(&plain, buf_str(&text), "time,id", wanted.bytes);
    buf_clear(&text);
    buf_clear(&wanted);
    buf_add_text(&text, "1 ask a\n2 ask b\n");
    add_line(&text, " ", LIMIT_LOG_LINE / 2);
    add_line(&text, " ", 1u << 20);
    buf_printf(&wanted, entries, text.len);
    buf_add_text(&text, "3 ask c\n");
    check_bytes(&by_start, buf_str(&text), "time,id", wanted.bytes);
    buf_done(&text);
    buf_done(&wanted);
}

static struct str gzip_of(struct str text, char *room, size_t size)
{
    z_stream z = {0};

    assert_int_equal(deflateInit2(&z, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.ptr;
    z.avail_in = (uInt)text.len;
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)size;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size -= z.avail_out;
    deflateEnd(&z);
    return (struct str){room, size};
}

static uint64_t lines_of(const char *text, const char *what)
{
    uint64_t n = 0;

    for (text = strstr(text, what); text; text = strstr(text + 1, what))
        n++;
    return n;
}

/* Whatever could be unpacked is read; the entry that breaks off is said. */
static void compressed_data_that_break_off(void **state)
{
    static char room[1 << 20];
    struct source *source;
    struct diag diag;
    struct str packed;
    struct buf text;
    struct buf out;
    unsigned seed = 7;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 24);
    buf_init(&out, 1u << 24);
    for (i = 0; i < 20000; i++) {
        seed = seed * 1103515245u + 12345u;
        buf_printf(&text, "%zu ask id%u\n", i, seed >> 8);
    }
    packed = gzip_of(buf_str(&text), room, sizeof room);
    packed.len /= 2;
    diag_init(&diag);
    assert_int_equal(source_open_memory(STR("t"), packed, &diag, &source), STATUS_OK);
    assert_int_equal(read_log(&plain, source, "time,id", &diag, &out), STATUS_END);
    assert_int_equal(diag.by_rule[RULE_LOG_CUT], 1);
    assert_int_equal(diag.by_rule[RULE_SOURCE_TRUNCATED], 1);
    assert_true(lines_of(out.bytes, "|id") > 1000);
    source_close(source);
    diag_done(&diag);
    buf_done(&text);
    buf_done(&out);
}

static struct log_rule hostile_rules[] = {
    {STR_INIT("bad"), STR_INIT("^(?:a|aa)+$"), NULL, 0, true},
    {STR_INIT("good"), STR_INIT("^(?<id>[a-z]+)"), NULL, 0, true},
};
static const struct log_rules hostile = {
    hostile_rules, ARRAY_LEN(hostile_rules), {NULL, 0}, {NULL, 0}};

/* Nobody knows whether the rule matches, so the entry goes to no other. */
static void a_limit_is_neither_a_match_nor_none(void **state)
{
    static const char text[] =
        "aaaa!\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\nb\n";

    (void)state;
    check_bytes(&hostile, STR(text), "id,log:rule",
                "1@0|aaaa|good\n3@76|b|good\n"
                "! log-limit 2:0 rule met a limit of matching: 'bad'\n"
                "= 1 3 1 UTF-8, LF, partial\n");
}

static void a_rule_that_meets_limits_again_and_again_stops(void **state)
{
    struct source *source;
    struct diag diag;
    struct buf text;
    struct buf out;
    size_t i;

    (void)state;
    buf_init(&text, 1u << 20);
    buf_init(&out, 1u << 20);
    for (i = 0; i < LIMIT_RULE_STOPS + 20; i++)
        buf_printf(&text, "%s%zu!\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", i);
    diag_init(&diag);
    assert_int_equal(source_open_memory(STR("t"), buf_str(&text), &diag, &source), STATUS_OK);
    assert_int_equal(read_log(&hostile, source, "id", &diag, &out), STATUS_END);
    assert_int_equal(diag.by_rule[RULE_LOG_LIMIT], LIMIT_RULE_STOPS);
    assert_int_equal(diag.by_rule[RULE_LOG_STOPPED], 1);
    assert_int_equal(lines_of(out.bytes, "|aaaa"), 20);
    assert_non_null(strstr(out.bytes, ", partial"));
    source_close(source);
    diag_done(&diag);
    buf_done(&text);
    buf_done(&out);
}

static void a_column_that_no_rule_gives(void **state)
{
    (void)state;
    check_bytes(&plain, STR("1 ask a\n"), "time,!nothing",
                "! log-column-missing 0:0 no log rule gives the column: 'nothing'\n= -5\n");
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    check_bytes(&plain, STR("%PDF-1.4\n1 ask a\n"), "time",
                "! source-kind 1:1 file is not of the expected kind: a log of text lines was "
                "expected, and this looks like a PDF document\n"
                "+ export the data as CSV\n= -5\n");
}

/* --- against a reading that knows nothing of blocks and filters --- */

static void naive(struct str text, struct buf *out)
{
    struct regex *list[ARRAY_LEN(few)];
    struct regex_run *run = regex_run_new(8);
    struct regex_error error;
    struct str line;
    struct str rest = text;
    uint64_t number = 0;
    size_t r;

    for (r = 0; r < ARRAY_LEN(few); r++)
        assert_int_equal(regex_new(few[r].pattern, 0, &list[r], &error), STATUS_OK);
    while (rest.len && str_split(&rest, '\n', &line)) {
        number++;
        for (r = 0; r < ARRAY_LEN(few); r++)
            if (regex_match(list[r], run, line, 0) == REGEX_YES)
                break;
        if (r < ARRAY_LEN(few) && few[r].is_used)
            buf_printf(out, "%llu@%zu|%.*s\n", (unsigned long long)number,
                       (size_t)(line.ptr - text.ptr), STR_ARG(few[r].name));
    }
    for (r = 0; r < ARRAY_LEN(few); r++)
        regex_free(list[r]);
    regex_run_free(run);
}

static void random_logs_are_read_as_line_by_line(void **state)
{
    static const char *const pieces[] = {"1 ask a", "2 tell b", " debug ", "\n", "x", "ask ", "9",
                                         "\xc3\xa9", " ", "3 ask c d\n", "tell "};
    unsigned seed = 1;
    size_t round;
    size_t i;

    (void)state;
    for (round = 0; round < 60; round++) {
        struct source *source;
        struct diag diag;
        struct buf text;
        struct buf wanted;
        struct buf out;

        buf_init(&text, 1u << 20);
        buf_init(&wanted, 1u << 22);
        buf_init(&out, 1u << 22);
        for (i = 0; i < 40 * round; i++) {
            seed = seed * 1103515245u + 12345u;
            buf_add_text(&text, pieces[(seed >> 16) % ARRAY_LEN(pieces)]);
        }
        buf_add_text(&text, "\n");
        naive(buf_str(&text), &wanted);
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), buf_str(&text), &diag, &source), STATUS_OK);
        source_set_block(source, blocks[1 + round % (ARRAY_LEN(blocks) - 1)]);
        read_log(&plain, source, "log:rule", &diag, &out);
        assert_memory_equal(out.bytes, wanted.len ? wanted.bytes : "", wanted.len);
        assert_true(out.len > wanted.len && strchr("!~=", out.bytes[wanted.len]));
        source_close(source);
        diag_done(&diag);
        buf_done(&text);
        buf_done(&wanted);
        buf_done(&out);
    }
}

/* --- memory --- */

/* The nth allocation fails: one fatal diagnostic, or the same rows as ever. */
static void every_allocation_may_fail(void **state)
{
    static const char text[] = "x\n1 ask a b\n  more\n2 tell a\xff\n\n3 debug \n4 ask q\n";
    struct buf whole;
    unsigned long nth;
    bool is_done = false;

    (void)state;
    buf_init(&whole, 1u << 16);
    for (nth = 0; !is_done; nth++) {
        struct source *source = NULL;
        struct diag diag;
        struct buf out;
        enum status status;

        buf_init(&out, 1u << 16);
        buf_add_char(&out, '\n');
        diag_init(&diag);
        assert_int_equal(source_open_memory(STR("t"), STR(text), &diag, &source), STATUS_OK);
        mem_fail_at(nth);
        status = read_log(&by_start, source, "time,id,word,log:place,log:entry", &diag, &out);
        is_done = nth > 0 && mem_count() < nth;
        mem_fail_at(0);
        if (nth == 0)
            buf_add(&whole, buf_str(&out));
        assert_whole_or_refused(status, &out, &diag, &whole);
        source_close(source);
        diag_done(&diag);
        buf_done(&out);
        assert_true(nth < 5000);
    }
    assert_true(nth > 20);
    buf_done(&whole);
}

/* --- named patterns --- */

static void named_patterns_are_put_in(void **state)
{
    static const struct log_pattern own[] = {{STR_INIT("INT"), STR_INIT("[0-9]")},
                                             {STR_INIT("PAIR"), STR_INIT("%{INT:a}-%{INT}")},
                                             {STR_INIT("ROUND"), STR_INIT("x%{ROUND}")}};
    static const struct {
        const char *pattern;
        const char *wanted; /* NULL: refused */
        enum log_pattern_fault_kind kind;
        size_t offset;
    } cases[] = {
        {"^%{PAIR}$", "^(?:(?<a>[0-9])-(?:[0-9]))$", LOG_PATTERN_MEMORY, 0},
        {"no names", "no names", LOG_PATTERN_MEMORY, 0},
        {"", "", LOG_PATTERN_MEMORY, 0},
        {"%{YEAR:y}\\%{INT}", "(?<y>[0-9]{4})\\%{INT}", LOG_PATTERN_MEMORY, 0},
        {"x%{NONE}", NULL, LOG_PATTERN_UNKNOWN, 1},
        {"%{INT}%{ROUND}", NULL, LOG_PATTERN_CIRCLE, 6},
        {"%{INT:n:int}", NULL, LOG_PATTERN_COLUMN, 0},
        {"%{INT:1a}", NULL, LOG_PATTERN_COLUMN, 0},
        {"%{INT:}", NULL, LOG_PATTERN_COLUMN, 0},
        {"ab%{INT", NULL, LOG_PATTERN_OPEN, 2},
    };
    struct arena arena;
    size_t i;

    (void)state;
    arena_init(&arena);
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct log_pattern_fault fault;
        struct str made = {NULL, 0};
        bool done = log_pattern_expand(&arena, own, ARRAY_LEN(own), str_of(cases[i].pattern), &made,
                                       &fault);

        assert_int_equal(done, cases[i].wanted != NULL);
        if (done)
            assert_string_equal(made.ptr, cases[i].wanted);
        else
            assert_true(fault.kind == cases[i].kind && fault.offset == cases[i].offset);
    }
    assert_true(str_is(log_pattern_nearest(own, ARRAY_LEN(own), STR("INTT")), "INT"));
    assert_null(log_pattern_nearest(own, ARRAY_LEN(own), STR("QQQQQQQQQ")).ptr);
    arena_done(&arena);
}

/* Texts that each of the program's names takes whole, and texts that it does not. */
static void the_program_s_own_patterns(void **state)
{
    static const struct {
        const char *name;
        const char *yes[4];
        const char *no[4];
    } cases[] = {
        {"IPV4", {"192.0.2.255", "0.0.0.0"}, {"192.0.2.256", "1.2.3", "01.2.3.4"}},
        {"IPV6", {"2001:db8::7", "::1", "fe80::1%eth0", "::ffff:192.0.2.1"}, {"12:34", "abc"}},
        {"IPORHOST", {"mail.example.com", "192.0.2.1", "a_b"}, {"-", "a b"}},
        {"SYSLOGTIMESTAMP", {"Oct 11 22:14:15", "Oct  1 02:14:15"}, {"Oct 32 22:14:15", "Oct 11"}},
        {"HTTPDATE", {"17/May/2015:10:05:03 +0000"}, {"17/Mai/2015:10:05:03 +0000", "17/May/2015"}},
        {"TIMESTAMP_ISO8601",
         {"2025-03-10T09:12:03.5Z", "2025-03-10 09:12:03,123", "2025-03-10T0912+01:00"},
         {"2025-13-10T09:12:03Z", "10-03-2025 09:12:03"}},
        {"NUMBER", {"1", "-1.5", ".5"}, {"", "x"}},
        {"UUID", {"123e4567-e89b-12d3-a456-426614174000"}, {"123e4567-e89b-12d3-a456"}},
        {"QUOTEDSTRING", {"\"a \\\" b\"", "'x'", "\"\""}, {"\"a", "a"}},
        {"EMAILADDRESS", {"anna.b+c@shop.example"}, {"anna", "@shop"}},
        {"URI", {"https://shop.example:8443/a/b?x=1", "ftp://user:pw@192.0.2.1/"}, {"shop.example"}},
        {"LOGLEVEL", {"WARN", "error", "Information"}, {"loud"}},
        {"MAC", {"00:1b:21:0a:0b:0c", "001b.210a.0b0c"}, {"00:1b:21"}},
        {"DAY", {"Mon", "Monday", "thu"}, {"Mo"}},
        {"MONTH", {"Sept", "september", "May"}, {"Mai", "Marc"}},
    };
    struct arena arena;
    size_t i;
    size_t k;

    (void)state;
    arena_init(&arena);
    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct regex_run *run = regex_run_new(100);
        struct log_pattern_fault fault;
        struct regex_error error;
        struct regex *regex;
        struct str pattern;

        assert_true(log_pattern_expand(
            &arena, NULL, 0, arena_format(&arena, "^(?:%%{%s})$", cases[i].name), &pattern, &fault));
        assert_int_equal(regex_new(pattern, 0, &regex, &error), STATUS_OK);
        for (k = 0; k < 4 && cases[i].yes[k]; k++)
            if (regex_match(regex, run, str_of(cases[i].yes[k]), 0) != REGEX_YES)
                fail_msg("%s does not take '%s'", cases[i].name, cases[i].yes[k]);
        for (k = 0; k < 4 && cases[i].no[k]; k++)
            if (regex_match(regex, run, str_of(cases[i].no[k]), 0) != REGEX_NO)
                fail_msg("%s takes '%s'", cases[i].name, cases[i].no[k]);
        regex_free(regex);
        regex_run_free(run);
    }
    arena_done(&arena);
}

/* In order, each but once, each a pattern of PCRE2 that takes at most what is in a line. */
static void every_named_pattern_is_sound(void **state)
{
    struct arena arena;
    size_t i;

    (void)state;
    arena_init(&arena);
    for (i = 0; i < log_pattern_count; i++) {
        struct log_pattern_fault fault;
        struct regex_error error;
        struct regex *regex = NULL;
        struct str pattern;

        if (i)
            assert_true(strcmp(log_patterns[i - 1].name, log_patterns[i].name) < 0);
        assert_true(log_patterns[i].meaning[0]);
        assert_true(log_pattern_expand(&arena, NULL, 0,
                                       arena_format(&arena, "%%{%s:x}", log_patterns[i].name),
                                       &pattern, &fault));
        assert_int_equal(regex_new(pattern, 0, &regex, &error), STATUS_OK);
        assert_int_equal(regex_group(regex, STR("x")), 1);
        regex_free(regex);
    }
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_rule_that_matches_takes_the_entry),
        cmocka_unit_test(what_no_rule_matches_is_counted_with_its_places),
        cmocka_unit_test(line_ends_and_a_byte_order_mark_are_no_part_of_an_entry),
        cmocka_unit_test(a_formula_stays_the_text_it_is),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(entries_of_several_lines_by_their_beginning),
        cmocka_unit_test(entries_of_several_lines_by_what_goes_on),
        cmocka_unit_test(long_entries_are_rejected_once),
        cmocka_unit_test(compressed_data_that_break_off),
        cmocka_unit_test(a_limit_is_neither_a_match_nor_none),
        cmocka_unit_test(a_rule_that_meets_limits_again_and_again_stops),
        cmocka_unit_test(a_column_that_no_rule_gives),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(random_logs_are_read_as_line_by_line),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(named_patterns_are_put_in),
        cmocka_unit_test(the_program_s_own_patterns),
        cmocka_unit_test(every_named_pattern_is_sound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
