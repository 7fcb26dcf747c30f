/*
 * Sources that do not tell the same: each attribute of a case is that of the last row that fills it,
 * in whatever order the files are read and however they are joined. Of a table a row fills what the
 * file has columns for, any other what is in it: a member of an object, an attribute of an event or
 * its trace, a group of a pattern.
 */
#include "map_file.h"

#include "base/buf.h"
#include "base/mem.h"
#include "set_join.h"

/* As many columns as make more sets of slots than are told apart. */
enum { BYTES = 1 << 20, FILES = 5, ROWS = 12, CASES = 5, COLUMNS = 9, ROUNDS = 80 };

enum form { FORM_TABLE, FORM_OBJECTS, FORM_EVENTS, FORM_LOG, FORMS };

/* What the rows may have beside id and at. */
static const struct {
    const char *name;
    int slot;
} columns[COLUMNS] = {{"priority", SLOT_PRIORITY}, {"customer", SLOT_CUSTOMER},
                      {"opened", SLOT_OPENED},     {"status", SLOT_STATUS},
                      {"shift", SLOT_OWN},         {"floor", SLOT_OWN + 1},
                      {"desk", SLOT_OWN + 2},      {"unit", SLOT_OWN + 3},
                      {"wing", SLOT_OWN + 4}};

static const struct str own[] = {STR_INIT("shift"), STR_INIT("floor"), STR_INIT("desk"),
                                 STR_INIT("unit"), STR_INIT("wing")};

static const char *const readers[FORMS] = {"delimited", "json-lines", "xes", "text"};


/* The last value that was told of each column of each case, and where the order says that was. */
struct expected {
    int64_t at;
    uint64_t position;
    bool is_told;
    char text[24];
};

struct fixture {
    struct map_file file;
    struct source_map *maps[FORMS];
    struct buf texts[FILES];
    enum form forms[FILES];
    struct expected expected[CASES][COLUMNS];
};

static void must(struct fixture *f, enum status status)
{
    map_file_must(&f->file, status);
}

static unsigned draw(struct fixture *f, unsigned below)
{
    return map_file_draw(&f->file, below);
}

/* --- maps --- */

/* An attribute of an event may be one of its trace. */
static void put_field(struct buf *map, const char *name, enum form form)
{
    buf_printf(map, "<field name=\"%s\"><column>%s</column>", name, name);
    if (form == FORM_EVENTS)
        buf_printf(map, "<column>case:%s</column>", name);
    buf_add_text(map, "</field>");
}

/* A group that takes no part is not in the entry; one without a letter is, and empty. */
static void put_rule(struct buf *map)
{
    unsigned c;

    buf_add_text(map, "<log><rule name=\"entry\"><match>^(?&lt;id&gt;T[0-9])"
                      "(?: at=(?&lt;at&gt;[^ ]+))?");
    for (c = 0; c < COLUMNS; c++)
        buf_printf(map, "(?: %s=(?&lt;%s&gt;[^ ]*))?", columns[c].name, columns[c].name);
    buf_add_text(map, "$</match><sample match=\"true\">T1 priority=p1</sample></rule></log>");
}

static struct source_map *load_map(struct fixture *f, enum form form)
{
    struct source_map *map;
    struct buf text;
    unsigned c;

    buf_init(&text, BYTES);
    buf_printf(&text,
               "<source-map xmlns=\"urn:cfaudit:1\" id=\"fills-%s\" reader=\"%s\" zone=\"UTC\">"
               "<title lang=\"en\">Fills</title><time><format>iso</format></time>",
               readers[form], readers[form]);
    if (form == FORM_LOG)
        put_rule(&text);
    buf_printf(&text,
               "<record kind=\"ticket\"><field name=\"id\" required=\"true\"><column>%s</column>"
               "</field>",
               form == FORM_EVENTS ? "case:concept:name" : "id");
    for (c = 0; c < COLUMNS; c++)
        put_field(&text, columns[c].name, form);
    buf_add_text(&text, "</record><record kind=\"event\"><field name=\"at\"><column>at</column>"
                        "</field></record><status><value class=\"open\">s1</value>"
                        "<value class=\"solved\">s2</value></status></source-map>");
    map = map_file_load(&f->file, buf_str(&text));
    buf_done(&text);
    return map;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    map_file_init(&f->file);
    for (i = 0; i < FILES; i++)
        buf_init(&f->texts[i], BYTES);
    for (i = 0; i < FORMS; i++)
        f->maps[i] = load_map(f, (enum form)i);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < FILES; i++)
        buf_done(&f->texts[i]);
    map_file_done(&f->file);
    free(f);
    return 0;
}

/* --- rows, and what is expected of them --- */

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

/* One row as drawn: the columns of `has`. */
struct drawn {
    unsigned item;
    unsigned hour; /* 24: it has no time */
    unsigned has;
    char cells[COLUMNS][24];
};

static void put_table_row(struct buf *text, const struct drawn *row)
{
    unsigned c;

    buf_printf(text, "T%u,", row->item);
    if (row->hour < 24)
        buf_printf(text, "2025-03-01T%02u:00Z", row->hour);
    for (c = 0; c < COLUMNS; c++)
        if (row->has >> c & 1)
            buf_printf(text, ",%s", row->cells[c]);
    buf_add_char(text, '\n');
}

/* What is empty is null, a text of nothing, or a list of nothing. */
static void put_object(struct fixture *f, struct buf *text, const struct drawn *row)
{
    enum { EMPTY = 4 };
    static const char *const empty[EMPTY] = {"null", "\"\"", "[]", "[null]"};
    unsigned c;

    buf_printf(text, "{\"id\":\"T%u\"", row->item);
    if (row->hour < 24)
        buf_printf(text, ",\"at\":\"2025-03-01T%02u:00Z\"", row->hour);
    for (c = 0; c < COLUMNS; c++)
        if (row->has >> c & 1 && row->cells[c][0])
            buf_printf(text, ",\"%s\":\"%s\"", columns[c].name, row->cells[c]);
        else if (row->has >> c & 1)
            buf_printf(text, ",\"%s\":%s", columns[c].name, empty[draw(f, EMPTY)]);
    buf_add_text(text, "}\n");
}

static void put_attributes(struct buf *text, const struct drawn *row, unsigned which)
{
    unsigned c;

    for (c = 0; c < COLUMNS; c++)
        if (which >> c & 1)
            buf_printf(text, "<string key=\"%s\" value=\"%s\"/>", columns[c].name, row->cells[c]);
}

/* Some of what is told stands in the trace. */
static void put_trace(struct fixture *f, struct buf *text, const struct drawn *row)
{
    unsigned in_trace = row->has & draw(f, 1u << COLUMNS);

    buf_printf(text, "<trace><string key=\"concept:name\" value=\"T%u\"/>", row->item);
    put_attributes(text, row, in_trace);
    buf_add_text(text, "<event>");
    if (row->hour < 24)
        buf_printf(text, "<date key=\"at\" value=\"2025-03-01T%02u:00:00Z\"/>", row->hour);
    put_attributes(text, row, row->has & ~in_trace);
    buf_add_text(text, "</event></trace>\n");
}

static void put_entry(struct buf *text, const struct drawn *row)
{
    unsigned c;

    buf_printf(text, "T%u", row->item);
    if (row->hour < 24)
        buf_printf(text, " at=2025-03-01T%02u:00Z", row->hour);
    for (c = 0; c < COLUMNS; c++)
        if (row->has >> c & 1)
            buf_printf(text, " %s=%s", columns[c].name, row->cells[c]);
    buf_add_char(text, '\n');
}

static void put_row(struct fixture *f, struct buf *text, enum form form, const struct drawn *row)
{
    switch (form) {
    case FORM_OBJECTS:
        put_object(f, text, row);
        break;
    case FORM_EVENTS:
        put_trace(f, text, row);
        break;
    case FORM_LOG:
        put_entry(text, row);
        break;
    default:
        put_table_row(text, row);
    }
}

static void put_header(struct buf *text, enum form form, unsigned has)
{
    unsigned c;

    buf_add_text(text, form == FORM_TABLE ? "id,at" : form == FORM_EVENTS ? "<log>\n" : "");
    for (c = 0; c < COLUMNS && form == FORM_TABLE; c++)
        if (has >> c & 1)
            buf_printf(text, ",%s", columns[c].name);
    if (form == FORM_TABLE)
        buf_add_char(text, '\n');
}

static void make_file(struct fixture *f, unsigned number, enum form form)
{
    struct drawn row = {.has = draw(f, 1u << COLUMNS)};
    struct buf *text = &f->texts[number];
    unsigned r;
    unsigned c;

    f->forms[number] = form;
    buf_clear(text);
    put_header(text, form, row.has);
    for (r = 0; r < ROWS; r++) {
        row.item = draw(f, CASES);
        row.hour = draw(f, 25);
        if (form != FORM_TABLE)
            row.has = draw(f, 1u << COLUMNS);
        for (c = 0; c < COLUMNS; c++) {
            make_cell(f, c, row.cells[c], sizeof row.cells[c]);
            if (row.has >> c & 1)
                note(&f->expected[row.item][c], row.hour == 24 ? VALUE_MISSING : (int64_t)row.hour,
                     (uint64_t)number << 44 | r, row.cells[c]);
        }
        put_row(f, text, form, &row);
    }
    if (form == FORM_EVENTS)
        buf_add_text(text, "</log>\n");
}

/* --- reading --- */

static struct record_set *new_set(struct fixture *f)
{
    struct record_needs needs = {.slots = 1ull << SLOT_PRIORITY | 1ull << SLOT_CUSTOMER |
                                          1ull << SLOT_OPENED | 1ull << SLOT_STATUS |
                                          1ull << SLOT_CLASS | 1ull << SLOT_FIRST_EVENT,
                                 .own = own,
                                 .own_count = ARRAY_LEN(own),
                                 .classes = true,
                                 .keep_all = true};
    struct record_set *set = NULL;

    must(f, record_set_new(&needs, &f->file.diag, &set));
    return set;
}

static void read_file(struct fixture *f, struct record_set *set, unsigned number)
{
    struct record_options options = {.map = f->maps[f->forms[number]], .zone = zone_utc()};
    struct accounting accounting;

    map_file_put(f->file.path, buf_str(&f->texts[number]));
    must(f, record_read(set, str_of(f->file.path), number, &options, &f->file.arena, &f->file.diag,
                        &accounting));
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
            make_file(f, i, (enum form)draw(f, FORMS));
        for (i = 0; i < FILES; i++)
            read_file(f, set, (first + i) % FILES);
        must(f, record_set_settle(set, &f->file.diag));
        assert_expected(f, set);
        for (i = 0; i < FILES; i++)
            read_file(f, apart[draw(f, 2)], (first + i) % FILES);
        must(f, set_join(joined, apart, 2, &f->file.diag));
        must(f, record_set_settle(joined, &f->file.diag));
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

    buf_clear(&f->texts[0]);
    buf_add_text(&f->texts[0], "id,at,priority,customer\n");
    buf_clear(&f->texts[1]);
    buf_add_text(&f->texts[1], "id,at,status\n");
    for (number = 0; number < ROWS; number++) {
        buf_printf(&f->texts[0], "T%zu,2025-03-01T00:00Z,p%zu,c\n", number % 3, number);
        buf_printf(&f->texts[1], "T%zu,2025-03-02T00:00Z,s1\n", number % 2);
    }
    f->forms[0] = f->forms[1] = FORM_TABLE;
    read_file(f, set, 0);
    read_file(f, set, 1);
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
