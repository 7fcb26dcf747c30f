/*
 * Files of one map that do not have the same columns: each attribute of a case is that of the last row
 * whose file has the column, in whatever order the files are read and however they are joined.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "set_join.h"
#include "xml/xml.h"

enum { BYTES = 1 << 20, FILES = 4, ROWS = 12, CASES = 5, COLUMNS = 5, ROUNDS = 200 };

/* What the tables may have beside id and at. */
static const struct {
    const char *name;
    int slot;
} columns[COLUMNS] = {{"priority", SLOT_PRIORITY},
                      {"customer", SLOT_CUSTOMER},
                      {"opened", SLOT_OPENED},
                      {"status", SLOT_STATUS},
                      {"shift", SLOT_OWN}};

static const char map_text[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"fills\" reader=\"delimited\" zone=\"UTC\">"
    "<title lang=\"en\">Fills</title><time><format>iso</format></time>"
    "<record kind=\"ticket\"><field name=\"id\" required=\"true\"><column>id</column></field>"
    "<field name=\"opened\"><column>opened</column></field>"
    "<field name=\"priority\"><column>priority</column></field>"
    "<field name=\"customer\"><column>customer</column></field>"
    "<field name=\"status\"><column>status</column></field></record>"
    "<record kind=\"event\"><field name=\"at\"><column>at</column></field></record>"
    "<status><value class=\"open\">s1</value><value class=\"solved\">s2</value></status>"
    "</source-map>";

/* The last value that was told of each column of each case, and where the order says that was. */
struct expected {
    int64_t at;
    uint64_t position;
    bool is_told;
    char text[24];
};

struct fixture {
    char folder[64];
    char path[96];
    struct arena arena;
    struct diag diag;
    struct library library;
    struct source_map *map;
    uint64_t random;
    struct buf tables[FILES];
    struct expected expected[CASES][COLUMNS];
};

static void must(struct fixture *f, enum status status)
{
    size_t i;

    for (i = 0; status != STATUS_OK && i < f->diag.count; i++)
        print_message("%.*s\n", STR_ARG(f->diag.list[i].text));
    assert_int_equal(status, STATUS_OK);
}

static void put(struct fixture *f, struct str text)
{
    FILE *file = fopen(f->path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-fills-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/map.xml", f->folder);
    xml_init();
    arena_init(&f->arena);
    diag_init(&f->diag);
    for (i = 0; i < FILES; i++)
        buf_init(&f->tables[i], BYTES);
    must(f, library_init(&f->library, (struct str){NULL, 0}, &f->diag));
    put(f, STR(map_text));
    must(f, source_map_load(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0},
                            &f->diag, &f->map));
    unlink(f->path);
    snprintf(f->path, sizeof f->path, "%s/rows.csv", f->folder);
    f->random = 5;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    size_t i;

    unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0);
    for (i = 0; i < FILES; i++)
        buf_done(&f->tables[i]);
    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    free(f);
    return 0;
}

/* SplitMix64: Steele, Lea and Flood 2014. */
static unsigned draw(struct fixture *f, unsigned below)
{
    uint64_t z = f->random += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return (unsigned)((z ^ z >> 31) % below);
}

/* --- tables, and what is expected of them --- */

static void note(struct expected *expected, int64_t at, uint64_t position, const char *text)
{
    if (expected->is_told &&
        (at < expected->at || (at == expected->at && position < expected->position)))
        return;
    *expected = (struct expected){.at = at, .position = position, .is_told = true};
    snprintf(expected->text, sizeof expected->text, "%s", text);
}

/* A cell of the column; empty at times, which is told, too. */
static void make_cell(struct fixture *f, unsigned column, char *text, size_t size)
{
    text[0] = '\0';
    if (draw(f, 6) == 0)
        return;
    if (columns[column].slot == SLOT_OPENED)
        snprintf(text, size, "2025-01-%02uT00:00Z", 1 + draw(f, 28));
    else
        snprintf(text, size, "%c%u", columns[column].name[0], 1 + draw(f, 2));
}

static void make_table(struct fixture *f, unsigned number)
{
    unsigned has = draw(f, 1u << COLUMNS);
    struct buf *table = &f->tables[number];
    unsigned r;
    unsigned c;

    buf_clear(table);
    buf_add_text(table, "id,at");
    for (c = 0; c < COLUMNS; c++)
        if (has >> c & 1)
            buf_printf(table, ",%s", columns[c].name);
    buf_add_char(table, '\n');
    for (r = 0; r < ROWS; r++) {
        unsigned item = draw(f, CASES);
        unsigned hour = draw(f, 25); /* 24: the row has no time */
        int64_t at = hour == 24 ? VALUE_MISSING : (int64_t)hour;

        buf_printf(table, "T%u,", item);
        if (hour < 24)
            buf_printf(table, "2025-03-01T%02u:00Z", hour);
        for (c = 0; c < COLUMNS; c++) {
            char text[24];

            if (!(has >> c & 1))
                continue;
            make_cell(f, c, text, sizeof text);
            buf_printf(table, ",%s", text);
            note(&f->expected[item][c], at, (uint64_t)number << 44 | r, text);
        }
        buf_add_char(table, '\n');
    }
}

/* --- reading --- */

static struct record_set *new_set(struct fixture *f)
{
    static const struct str own[] = {STR_INIT("shift")};
    struct record_needs needs = {.slots = 1ull << SLOT_PRIORITY | 1ull << SLOT_CUSTOMER |
                                          1ull << SLOT_OPENED | 1ull << SLOT_STATUS |
                                          1ull << SLOT_CLASS | 1ull << SLOT_FIRST_EVENT,
                                 .own = own,
                                 .own_count = 1,
                                 .classes = true,
                                 .keep_all = true};
    struct record_set *set = NULL;

    must(f, record_set_new(&needs, &f->diag, &set));
    return set;
}

static void read_table(struct fixture *f, struct record_set *set, unsigned number)
{
    struct record_options options = {.map = f->map, .zone = zone_utc()};
    struct accounting accounting;

    put(f, buf_str(&f->tables[number]));
    must(f, record_read(set, str_of(f->path), number, &options, &f->arena, &f->diag, &accounting));
    assert_int_equal(accounting.rows_used, ROWS);
}

static struct str value_text(const struct record_case *item, int slot, char *room, size_t size)
{
    int64_t value = record_value(item, slot);

    if (value == VALUE_MISSING)
        return STR("");
    if (slot != SLOT_OPENED)
        return record_text(item->set, value);
    snprintf(room, size, "2025-01-%02uT00:00Z", (unsigned)((value - 1735689600000000) / 86400000000) + 1);
    return str_of(room);
}

static void assert_expected(const struct fixture *f, const struct record_set *set)
{
    size_t i;
    unsigned c;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        const struct expected *expected = f->expected[item.id.ptr[1] - '0'];
        uint8_t class = CLASS_UNKNOWN;

        for (c = 0; c < COLUMNS; c++) {
            char room[32];
            struct str text = value_text(&item, columns[c].slot, room, sizeof room);

            if (!str_is(text, expected[c].is_told ? expected[c].text : ""))
                fail_msg("%.*s %s: '%.*s', not '%s'", STR_ARG(item.id), columns[c].name,
                         STR_ARG(text), expected[c].text);
            if (columns[c].slot == SLOT_STATUS && expected[c].text[0])
                class = expected[c].text[1] == '1' ? CLASS_OPEN : CLASS_SOLVED;
        }
        assert_int_equal(record_value(&item, SLOT_CLASS), class);
    }
}

/* --- tests --- */

static void each_attribute_is_of_the_last_row_that_fills_it(void **state)
{
    struct fixture *f = *state;
    unsigned round;
    unsigned i;

    for (round = 0; round < ROUNDS; round++) {
        struct record_set *set = new_set(f);
        struct record_set *apart[2] = {new_set(f), new_set(f)};
        struct record_set *joined = new_set(f);
        unsigned first = draw(f, FILES);

        memset(f->expected, 0, sizeof f->expected);
        for (i = 0; i < FILES; i++)
            make_table(f, i);
        for (i = 0; i < FILES; i++)
            read_table(f, set, (first + i) % FILES);
        must(f, record_set_settle(set, &f->diag));
        assert_expected(f, set);
        for (i = 0; i < FILES; i++)
            read_table(f, apart[draw(f, 2)], (first + i) % FILES);
        must(f, set_join(joined, apart, 2, &f->diag));
        must(f, record_set_settle(joined, &f->diag));
        assert_expected(f, joined);
        for (i = 0; i < record_case_count(set); i++) {
            struct record_case one = record_case_at(set, i);
            size_t number = 0;
            struct record_case other;

            assert_true(record_case_find(joined, one.id, &number));
            other = record_case_at(joined, number);
            assert_int_equal(one.source, other.source);
            assert_int_equal(one.line, other.line);
            assert_int_equal(one.rows, other.rows);
            assert_int_equal(record_value(&one, SLOT_FIRST_EVENT),
                             record_value(&other, SLOT_FIRST_EVENT));
        }
        record_set_free(joined);
        record_set_free(apart[0]);
        record_set_free(apart[1]);
        record_set_free(set);
    }
}

/* The next case of a set that tells of two files has nothing of the one before. */
static void a_share_tells_what_each_row_fills(void **state)
{
    struct fixture *f = *state;
    struct record_set *set = new_set(f);
    struct record_share share;
    size_t number;

    buf_clear(&f->tables[0]);
    buf_add_text(&f->tables[0], "id,at,priority,customer\n");
    buf_clear(&f->tables[1]);
    buf_add_text(&f->tables[1], "id,at,status\n");
    for (number = 0; number < ROWS; number++) {
        buf_printf(&f->tables[0], "T%zu,2025-03-01T00:00Z,p%zu,c\n", number % 3, number);
        buf_printf(&f->tables[1], "T%zu,2025-03-02T00:00Z,s1\n", number % 2);
    }
    read_table(f, set, 0);
    read_table(f, set, 1);
    assert_true(record_case_find(set, STR("T0"), &number));
    record_share_at(set, number, &share);
    assert_int_equal(share.told_count, 2);
    assert_true(record_told_compare(&share.told[0], &share.told[1]) < 0);
    assert_int_equal(share.rows, 4 + 6);
    assert_true(record_case_find(set, STR("T2"), &number));
    record_share_at(set, number, &share);
    assert_int_equal(share.told_count, 1);
    assert_true(slot_set_has(&share.told[0].filled, SLOT_CUSTOMER));
    assert_false(slot_set_has(&share.told[0].filled, SLOT_STATUS));
    assert_false(slot_set_has(&share.told[0].filled, SLOT_CLASS));
    record_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_attribute_is_of_the_last_row_that_fills_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_share_tells_what_each_row_fills, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("record_fills", tests, NULL, NULL);
}
