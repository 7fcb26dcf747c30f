/* The ground floor: memory, strings, numbers as text, exact fractions, digests, files, bugs. */
#include "unit.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bug.h"
#include "base/digest.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/ratio.h"
#include "base/words.h"

static uint64_t random_state = 20;

/* SplitMix64: Steele, Lea and Flood 2014. */
static uint64_t next(uint64_t below)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (z ^ z >> 31) % below;
}

static void assert_text(struct buf *buf, const char *expected)
{
    assert_false(buf->failed);
    assert_string_equal(buf->bytes ? buf->bytes : "", expected);
    buf_clear(buf);
}

/* --- memory --- */

static void sizes_are_checked(void **state)
{
    size_t size;

    (void)state;
    assert_null(mem_alloc(SIZE_MAX, 2));
    assert_null(mem_alloc(SIZE_MAX / 2 + 1, 2));
    assert_false(size_add(SIZE_MAX, 1, &size));
    assert_false(size_multiply(SIZE_MAX / 3, 4, &size));
    assert_true(size_add(SIZE_MAX - 1, 1, &size));
    assert_true(size == SIZE_MAX);
    assert_true(size_multiply(1u << 16, 1u << 15, &size));
    assert_true(size == (size_t)1 << 31);
}

static void the_nth_allocation_fails(void **state)
{
    void *first, *second, *third;

    (void)state;
    mem_fail_at(2);
    first = mem_alloc(1, 1);
    second = mem_alloc(1, 1);
    third = mem_alloc(1, 1);
    assert_int_equal(mem_count(), 3);
    mem_fail_at(0);
    assert_non_null(first);
    assert_null(second);
    assert_non_null(third);
    mem_free(first);
    mem_free(second);
    mem_free(third);
}

static void growing_keeps_what_is_there(void **state)
{
    uint32_t *list = NULL;
    size_t capacity = 0;

    (void)state;
    for (uint32_t i = 0; i < 10000; i++) {
        assert_true(mem_grow(&list, i, &capacity, sizeof *list));
        list[i] = i;
    }
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(list[i], i);
    mem_fail_at(1);
    capacity = 10000; /* pretend that it is full */
    assert_false(mem_grow(&list, capacity, &capacity, sizeof *list));
    mem_fail_at(0);
    assert_int_equal(list[9999], 9999);
    mem_free(list);
}

static bool is_zero(const unsigned char *bytes, size_t count)
{
    return count == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, count - 1) == 0);
}

/* Sizes on both sides of each step, many at once, filled from one end to the other. */
static void large_blocks_are_zero_and_apart(void **state)
{
    static const size_t sizes[] = {0,
                                   1,
                                   MEM_LARGE_PAGE - 1,
                                   MEM_LARGE_PAGE,
                                   MEM_LARGE_PAGE + 1,
                                   2 * MEM_LARGE_PAGE,
                                   5 * MEM_LARGE_PAGE - 7};
    unsigned char *blocks[3 * ARRAY_LEN(sizes)];
    size_t round;
    size_t i;

    (void)state;
    for (round = 0; round < 3; round++) {
        for (i = 0; i < ARRAY_LEN(blocks); i++) {
            size_t size = sizes[i % ARRAY_LEN(sizes)];

            blocks[i] = mem_alloc_pages(1, size);
            assert_non_null(blocks[i]);
            assert_true(is_zero(blocks[i], size));
            memset(blocks[i], (int)i + 1, size);
        }
        for (i = 0; i < ARRAY_LEN(blocks); i++) {
            size_t size = sizes[i % ARRAY_LEN(sizes)];

            assert_true(size == 0 || (blocks[i][0] == i + 1 && blocks[i][size - 1] == i + 1));
            mem_free_pages(blocks[i], 1, size);
        }
    }
    mem_free_pages(NULL, 1, 4 * MEM_LARGE_PAGE);
    assert_null(mem_alloc_pages(SIZE_MAX, 2));
    mem_fail_at(1);
    assert_null(mem_alloc_pages(1, MEM_LARGE_PAGE));
    mem_fail_at(0);
}

static void arenas_give_zeroed_aligned_memory(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 1; i < 3000; i++) {
        unsigned char *bytes = arena_alloc(&arena, i, 1 + next(40));
        char *text = arena_bytes(&arena, i);

        assert_non_null(bytes);
        assert_non_null(text);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(bytes[k], 0);
        memset(bytes, 0xff, i);
        memset(text, 0xee, i);
    }
    assert_null(arena_alloc(&arena, SIZE_MAX, 2));
    assert_true(str_is(arena_format(&arena, "%d %s", 7, "x"), "7 x"));
    assert_true(arena_str(&arena, (struct str){NULL, 0}).ptr == NULL);
    assert_true(arena_str(&arena, STR("")).ptr != NULL);
    arena_clear(&arena);
    assert_non_null(arena_alloc(&arena, 1, 1));
    arena_done(&arena);
}

static void an_arena_takes_what_another_owns(void **state)
{
    struct arena arena;
    struct arena other;
    struct str early;
    struct str late;
    size_t held;
    size_t i;

    (void)state;
    arena_init(&arena);
    arena_init(&other);
    arena_join(&arena, &other); /* nothing to nothing */
    assert_int_equal(arena.total, 0);
    late = arena_str(&other, STR("of the other"));
    arena_join(&arena, &other);
    assert_null(other.blocks);
    early = arena_str(&arena, STR("behind it in the same block"));
    for (i = 0; i < 3000; i++)
        assert_non_null(arena_alloc(&other, 1 + i % 50, 7));
    held = arena.total + other.total;
    arena_join(&arena, &other);
    assert_int_equal(arena.total, held);
    assert_int_equal(other.total, 0);
    for (i = 0; i < 3000; i++)
        memset(arena_alloc(&arena, 1, 64), 0xff, 64);
    assert_true(str_is(early, "behind it in the same block"));
    assert_true(str_is(late, "of the other"));
    arena_done(&arena);
    arena_done(&other);
}

/* --- strings --- */

static void missing_and_empty_are_two_things(void **state)
{
    struct str missing = {NULL, 0};

    (void)state;
    assert_false(str_equal(missing, STR("")));
    assert_true(str_equal(missing, missing));
    assert_true(str_compare(missing, STR("")) < 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("a\xff"), STR("ab")) > 0); /* bytes, not signed characters */
    assert_int_equal(str_compare(STR("ab"), STR("ab")), 0);
    assert_true(str_of(NULL).ptr == NULL);
}

static void splitting_gives_every_part(void **state)
{
    struct str rest = STR("a,,b,");
    const char *const parts[] = {"a", "", "b", ""};
    struct str part;
    size_t count = 0;

    (void)state;
    while (str_split(&rest, ',', &part)) {
        assert_true(count < 4);
        assert_true(str_is(part, parts[count++]));
    }
    assert_int_equal(count, 4);
    assert_true(str_is(str_trim(STR(" \t a b\r\n ")), "a b"));
    assert_true(str_starts(STR("abc"), "ab"));
    assert_false(str_starts(STR("a"), "ab"));
    assert_true(str_ends(STR("abc"), "bc"));
    assert_false(str_ends(STR("c"), "bc"));
    assert_true(str_equal_nocase(STR("AbZ"), STR("aBz")));
    assert_false(str_equal_nocase(STR("["), STR("{"))); /* 32 apart, and no letters */
}

static void whole_numbers_are_read_whole(void **state)
{
    static const char *const bad[] = {"",
                                      "+",
                                      "-",
                                      "1 ",
                                      " 1",
                                      "0x1",
                                      "1.0",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "1e3",
                                      "--1",
                                      "99999999999999999999"};
    int64_t value;

    (void)state;
    assert_true(str_to_int64(STR("-9223372036854775808"), &value));
    assert_true(value == INT64_MIN);
    assert_true(str_to_int64(STR("9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    assert_true(str_to_int64(STR("+07"), &value));
    assert_int_equal(value, 7);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (str_to_int64(str_of(bad[i]), &value))
            fail_msg("'%s' was read as a number", bad[i]);
}

static void numbers_are_read_with_a_point(void **state)
{
    static const char *const bad[] = {"", "1,5", "nan", "inf", "1e999", "0x1p3", "1.5 ", ".", "e3"};
    double value;

    (void)state;
    assert_true(str_to_double(STR("-1.5e3"), &value));
    assert_true(value == -1500);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (str_to_double(str_of(bad[i]), &value))
            fail_msg("'%s' was read as a number", bad[i]);
}

/* Whatever the bits, the text reads back equal, and no shorter text does. */
static void doubles_are_written_shortest(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 1000);
    buf_add_double(&buf, 0.1);
    assert_text(&buf, "0.1");
    buf_add_double(&buf, 205440);
    assert_text(&buf, "205440");
    buf_add_double(&buf, 4662.0 / 10384);
    assert_text(&buf, "0.44895993836671805");
    buf_add_double(&buf, 1.0 / 3);
    assert_text(&buf, "0.3333333333333333");
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next(UINT64_MAX);
        char shorter[40];
        double value, again;

        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        buf_clear(&buf);
        buf_add_double(&buf, value);
        assert_true(str_to_double(buf_str(&buf), &again));
        assert_memory_equal(&again, &value, sizeof value);
        for (int digits = 1; digits < 17; digits++) {
            snprintf(shorter, sizeof shorter, "%.*g", digits, value);
            if (strtod(shorter, NULL) == value) {
                size_t wanted = (size_t)digits;
                size_t used = 0;

                for (size_t k = 0; k < buf.len && buf.bytes[k] != 'e'; k++)
                    used += buf.bytes[k] >= '0' && buf.bytes[k] <= '9';
                if (strchr(buf.bytes, 'e'))
                    assert_true(used <= wanted + 1);
                break;
            }
        }
    }
    buf_done(&buf);
}

static void json_strings_are_safe(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 1000);
    buf_add_doubled(&buf, STR("'it''s'"), '\'');
    buf_add_doubled(&buf, STR("plain"), '"');
    buf_add_doubled(&buf, (struct str){NULL, 0}, '"');
    assert_true(str_is(buf_str(&buf), "''it''''s''plain"));
    buf_clear(&buf);
    buf_add_json(&buf, STR("a\"b\\c\n\t\x01\x7f é"));
    assert_text(&buf, "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f é\"");
    buf_add_json(&buf, (struct str){NULL, 0});
    assert_text(&buf, "null");
    buf_add_json(&buf, STR("\xff\xc3"));
    assert_text(&buf, "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    buf_add_visible(&buf,
                    STR("a\x1b[31m\xe2\x80\xae"
                        "b\x80"),
                    100);
    assert_text(&buf, "a<U+001B>[31m<U+202E>b\xef\xbf\xbd");
    buf_done(&buf);
}

static void buffers_keep_their_cap(void **state)
{
    struct buf buf;

    (void)state;
    buf_init(&buf, 10);
    buf_add_text(&buf, "1234567890");
    assert_false(buf.failed);
    buf_add_char(&buf, 'x');
    assert_true(buf.failed);
    assert_int_equal(buf.len, 10);
    buf_add_text(&buf, "");
    assert_int_equal(buf.len, 10);
    buf_done(&buf);
}

/* Optimal string alignment by brute recursion: insert, delete, change, swap of neighbours. */
static unsigned distance(const char *a, size_t n, const char *b, size_t m)
{
    unsigned best, other;

    if (n == 0 || m == 0)
        return (unsigned)(n + m);
    best = distance(a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1]);
    other = distance(a, n - 1, b, m) + 1;
    best = other < best ? other : best;
    other = distance(a, n, b, m - 1) + 1;
    best = other < best ? other : best;
    if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1]) {
        other = distance(a, n - 2, b, m - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

static void edit_distances_are_right(void **state)
{
    (void)state;
    for (int i = 0; i < 2000; i++) {
        char a[6], b[6];
        size_t n = next(6), m = next(6);
        unsigned limit = (unsigned)next(5);
        unsigned expected;

        for (size_t k = 0; k < n; k++)
            a[k] = (char)('a' + next(3));
        for (size_t k = 0; k < m; k++)
            b[k] = (char)('a' + next(3));
        expected = distance(a, n, b, m);
        if (expected > limit)
            expected = limit + 1;
        assert_int_equal(str_distance((struct str){a, n}, (struct str){b, m}, limit), expected);
    }
}

static void suggestions_are_near(void **state)
{
    static const char *const names[] = {"measure", "merge", "report", "run", NULL};

    (void)state;
    assert_string_equal(str_nearest(STR("meassure"), names), "measure");
    assert_string_equal(str_nearest(STR("reprot"), names), "report");
    assert_null(str_nearest(STR("completely-else"), names));
}

/* Every sequence of up to four bytes against the definition of RFC 3629, by decoding. */
static bool is_one_character(const unsigned char *s, size_t len)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t need = s[0] < 0x80       ? 1
                  : s[0] >> 5 == 6  ? 2
                  : s[0] >> 4 == 14 ? 3
                  : s[0] >> 3 == 30 ? 4
                                    : 0;
    uint32_t point;

    if (need == 0 || need != len)
        return false;
    point = need == 1 ? s[0] : s[0] & (0xffu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (s[i] >> 6 != 2)
            return false;
        point = point << 6 | (s[i] & 0x3fu);
    }
    return point >= least[need] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

static void utf8_is_checked_to_the_letter(void **state)
{
    static const unsigned char edges[] = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf,
                                          0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
                                          0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    enum { N = sizeof edges };

    (void)state;
    for (size_t i = 0; i < N * N * N * N; i++) {
        unsigned char s[4] = {edges[i % N], edges[i / N % N], edges[i / N / N % N],
                              edges[i / N / N / N]};
        size_t valid = 0;

        while (valid < 4) {
            size_t len = 1;

            while (len <= 4 - valid && !is_one_character(s + valid, len))
                len++;
            if (len > 4 - valid)
                break;
            valid += len;
        }
        assert_int_equal(utf8_valid_prefix((struct str){(const char *)s, 4}), valid);
    }
}

static void strings_are_interned_once(void **state)
{
    struct intern table;
    char text[16];

    (void)state;
    intern_init(&table);
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 5000; i++) {
            snprintf(text, sizeof text, "text %u", i);
            assert_int_equal(intern_id(&table, str_of(text)), i);
            assert_true(str_is(intern_text(&table, i), text));
        }
    }
    assert_int_equal(intern_find(&table, STR("text 17")), 17);
    assert_int_equal(intern_find(&table, STR("never")), INTERN_NONE);
    assert_int_equal(intern_id(&table, STR("")), 5000);
    intern_done(&table);
}

/* --- fractions --- */

static void fractions_are_exact(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t a = (int64_t)next(2001) - 1000, b = 1 + (int64_t)next(1000);
        int64_t c = (int64_t)next(2001) - 1000, d = 1 + (int64_t)next(1000);
        struct ratio x = ratio_make(a, b), y = ratio_make(c, -d);
        struct ratio sum = ratio_add(x, y), product = ratio_multiply(x, y);

        assert_true(ratio_is_ok(sum) && sum.den > 0 && product.den > 0);
        assert_true(sum.num * b * d == (a * d - c * b) * sum.den);
        assert_true(product.num * b * d == -a * c * product.den);
        assert_int_equal(ratio_compare(x, ratio_make(c, d)), (a * d > c * b) - (a * d < c * b));
        if (c != 0)
            assert_int_equal(ratio_compare(ratio_multiply(ratio_divide(x, y), y), x), 0);
    }
}

static void broken_fractions_stay_broken(void **state)
{
    struct ratio large = ratio_make(INT64_MAX, 1);
    struct ratio broken = ratio_add(large, RATIO_ONE);

    (void)state;
    assert_true(ratio_is_ok(large));
    assert_false(ratio_is_ok(broken));
    assert_false(ratio_is_ok(ratio_subtract(broken, RATIO_ONE)));
    assert_false(ratio_is_ok(ratio_multiply(broken, RATIO_ZERO)));
    assert_false(ratio_is_ok(ratio_divide(RATIO_ONE, RATIO_ZERO)));
    /* no overflow on the way to a result that fits */
    assert_int_equal(ratio_compare(ratio_make(INT64_MAX, INT64_MAX - 1),
                                   ratio_make(INT64_MAX - 1, INT64_MAX - 2)),
                     -1);
}

static void fractions_are_rounded_half_away_from_zero(void **state)
{
    struct ratio value;
    struct buf buf;

    (void)state;
    buf_init(&buf, 100);
    ratio_format_decimal(ratio_make(58, 70), 100, 1, &buf);
    assert_text(&buf, "82.9");
    ratio_format_decimal(ratio_make(1, 8), 100, 0, &buf);
    assert_text(&buf, "13");
    ratio_format_decimal(ratio_make(-1, 8), 100, 0, &buf);
    assert_text(&buf, "-13");
    ratio_format_decimal(ratio_make(1, 3), 1, 3, &buf);
    assert_text(&buf, "0.333");
    ratio_format_decimal(ratio_make(-1, 1000), 1, 1, &buf);
    assert_text(&buf, "0.0");
    ratio_format(ratio_make(6, 4), &buf);
    assert_text(&buf, "3/2");
    ratio_format(ratio_make(6, 3), &buf);
    assert_text(&buf, "2");
    assert_true(ratio_parse(STR("2.50"), &value));
    assert_int_equal(ratio_compare(value, ratio_make(5, 2)), 0);
    assert_true(ratio_parse(STR("10/4"), &value));
    assert_int_equal(ratio_compare(value, ratio_make(5, 2)), 0);
    assert_false(ratio_parse(STR("1/0"), &value));
    assert_false(ratio_parse(STR("2,5"), &value));
    assert_false(ratio_parse(STR(""), &value));
    assert_false(ratio_parse(STR("99999999999999999999"), &value));
    buf_done(&buf);
}

/* --- digests: FIPS 180-4, examples of NIST --- */

static void digests_are_sha256(void **state)
{
    static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    struct digest *digest = digest_new();
    struct sha256 sum;

    (void)state;
    assert_true(digest_bytes(STR("abc"), &sum));
    assert_string_equal(digest_text(&sum).hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_non_null(digest);
    for (int round = 0; round < 2; round++) { /* ready again after the end */
        for (size_t i = 0; i < sizeof two_blocks - 1; i++)
            assert_true(digest_add(digest, two_blocks + i, 1));
        assert_true(digest_finish(digest, &sum));
        assert_string_equal(digest_text(&sum).hex,
                            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
    digest_free(digest);
}

/* --- files --- */

struct folder {
    char path[64];
    char file[80];
};

static void folder_make(struct folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/cfaudit-base-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    snprintf(folder->file, sizeof folder->file, "%s/out", folder->path);
}

static void folder_done(struct folder *folder)
{
    unlink(folder->file);
    assert_int_equal(rmdir(folder->path), 0); /* fails when anything else is left */
}

static void assert_content(const char *path, const char *expected)
{
    char bytes[64] = "";
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(bytes, expected);
}

static void outputs_appear_whole_or_not_at_all(void **state)
{
    struct output *output = NULL;
    struct folder folder;
    struct stat info;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    folder_make(&folder);
    assert_int_equal(output_open(folder.file, &diag, &output), STATUS_OK);
    output_write(output, STR("one"));
    assert_int_not_equal(stat(folder.file, &info), 0);
    assert_int_equal(output_commit(output, &diag), STATUS_OK);
    assert_content(folder.file, "one");

    assert_int_equal(output_open(folder.file, &diag, &output), STATUS_OK);
    output_write(output, STR("two"));
    output_discard(output);
    assert_content(folder.file, "one");

    assert_int_equal(output_open(folder.file, &diag, &output), STATUS_OK);
    output_write(output, STR("three"));
    output_remove_temporary(); /* what a signal handler does */
    assert_int_equal(output_commit(output, &diag), STATUS_IO);
    assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
    assert_content(folder.file, "one");
    diag_done(&diag);
    folder_done(&folder);
}

static void outputs_need_their_folder(void **state)
{
    struct output *output = NULL;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    assert_int_equal(output_open("/nowhere/at/all", &diag, &output), STATUS_IO);
    assert_null(output);
    assert_int_equal(diag.count, 1);
    assert_int_equal(diag.list[0].rule, RULE_OUTPUT_OPEN);
    diag_done(&diag);
}

/* --- diagnostics --- */

static void diagnostics_are_counted_and_kept_to_a_limit(void **state)
{
    struct where where = {STR("file.csv"), 12, 3, 99};
    struct diag diag;
    struct buf text;

    (void)state;
    diag_init(&diag);
    diag_report(&diag, RULE_SOURCE_TRUNCATED, where, "after line %d", 12);
    diag_hint(&diag, "fetch it again");
    buf_init(&text, 1000);
    diag_format(&diag.list[0], &text);
    assert_true(str_starts(buf_str(&text), "file.csv:12:3: "));
    assert_non_null(strstr(text.bytes, "after line 12 [source-truncated]"));
    assert_non_null(strstr(text.bytes, "fetch it again"));
    for (int i = 0; i < 1000; i++)
        diag_report(&diag, RULE_SOURCE_EMPTY, where, NULL);
    assert_int_equal(diag.by_rule[RULE_SOURCE_EMPTY], 1000);
    assert_true(diag.count < 100);
    buf_done(&text);
    diag_done(&diag);
}

static void rules_are_found_by_their_names(void **state)
{
    (void)state;
    for (int rule = 0; rule < RULE_COUNT; rule++)
        assert_int_equal(rule_find(str_of(rule_info((enum rule)rule)->name)), rule);
    assert_int_equal(rule_find(STR("no-such-rule")), RULE_COUNT);
    for (int severity = 0; severity < SEVERITY_COUNT; severity++)
        assert_non_null(severity_name((enum severity)severity));
}

static void languages_have_names(void **state)
{
    struct words words = {{STR("one"), {NULL, 0}}};
    enum lang lang;

    (void)state;
    for (int i = 0; i < LANG_COUNT; i++) {
        assert_true(lang_find(str_of(lang_name((enum lang)i)), &lang));
        assert_int_equal(lang, i);
    }
    assert_false(lang_find(STR("xx"), &lang));
    assert_true(str_is(words_in(&words, LANG_IT), "one")); /* English for what is missing */
}

static void a_bug_ends_with_seventy(void **state)
{
    int status;
    pid_t child = fork();

    (void)state;
    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(1);
        BUG_IF(1 + 1 == 2);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_checked),
        cmocka_unit_test(the_nth_allocation_fails),
        cmocka_unit_test(growing_keeps_what_is_there),
        cmocka_unit_test(large_blocks_are_zero_and_apart),
        cmocka_unit_test(arenas_give_zeroed_aligned_memory),
        cmocka_unit_test(an_arena_takes_what_another_owns),
        cmocka_unit_test(missing_and_empty_are_two_things),
        cmocka_unit_test(splitting_gives_every_part),
        cmocka_unit_test(whole_numbers_are_read_whole),
        cmocka_unit_test(numbers_are_read_with_a_point),
        cmocka_unit_test(doubles_are_written_shortest),
        cmocka_unit_test(json_strings_are_safe),
        cmocka_unit_test(buffers_keep_their_cap),
        cmocka_unit_test(edit_distances_are_right),
        cmocka_unit_test(suggestions_are_near),
        cmocka_unit_test(utf8_is_checked_to_the_letter),
        cmocka_unit_test(strings_are_interned_once),
        cmocka_unit_test(fractions_are_exact),
        cmocka_unit_test(broken_fractions_stay_broken),
        cmocka_unit_test(fractions_are_rounded_half_away_from_zero),
        cmocka_unit_test(digests_are_sha256),
        cmocka_unit_test(outputs_appear_whole_or_not_at_all),
        cmocka_unit_test(outputs_need_their_folder),
        cmocka_unit_test(diagnostics_are_counted_and_kept_to_a_limit),
        cmocka_unit_test(rules_are_found_by_their_names),
        cmocka_unit_test(languages_have_names),
        cmocka_unit_test(a_bug_ends_with_seventy),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
