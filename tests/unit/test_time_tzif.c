/* Zone names and zone files that must be refused, each with its words; hostile bytes. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "time/zone.h"

/* One file of version 2: two blocks, the first of them empty. */
struct made {
    struct buf bytes;
    size_t header; /* of the second block */
    size_t times;
    size_t type_of;
    size_t types;
};

static void add_u32(struct buf *buf, uint32_t value)
{
    char bytes[4] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};

    buf_add(buf, (struct str){bytes, 4});
}

static void set_u32(struct made *made, size_t at, uint32_t value)
{
    char bytes[4] = {(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value};

    memcpy(made->bytes.bytes + at, bytes, 4);
}

static void add_header(struct buf *buf, char version, uint32_t times, uint32_t types)
{
    static const char reserved[15];

    buf_add(buf, STR("TZif"));
    buf_add_char(buf, version);
    buf_add(buf, (struct str){reserved, sizeof reserved});
    add_u32(buf, 0);
    add_u32(buf, 0);
    add_u32(buf, 0);
    add_u32(buf, times);
    add_u32(buf, types);
    add_u32(buf, 4);
}

static void add_type(struct buf *buf, int32_t offset)
{
    add_u32(buf, (uint32_t)offset);
    buf_add_char(buf, 0);
    buf_add_char(buf, 0);
}

/* +1 h, from 1000 s on +2 h, from 2000 s on +1 h again. */
static void make(struct made *made, const char *footer)
{
    struct buf *buf = &made->bytes;

    buf_init(buf, 4096);
    add_header(buf, '2', 0, 1);
    add_type(buf, 0);
    buf_add(buf, (struct str){"XXX", 4});
    made->header = buf->len;
    add_header(buf, '2', 2, 2);
    made->times = buf->len;
    add_u32(buf, 0);
    add_u32(buf, 1000);
    add_u32(buf, 0);
    add_u32(buf, 2000);
    made->type_of = buf->len;
    buf_add_char(buf, 1);
    buf_add_char(buf, 0);
    made->types = buf->len;
    add_type(buf, 3600);
    add_type(buf, 7200);
    buf_add(buf, (struct str){"XXX", 4});
    buf_add_text(buf, footer);
    assert_false(buf->failed);
}

static enum status open_bytes(struct str bytes, struct diag *diag, struct zone **ret_zone)
{
    return zone_from_bytes(STR("Test/Zone"), bytes, diag, ret_zone);
}

static void expect_refused(struct str bytes, const char *words)
{
    struct zone *zone = NULL;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(open_bytes(bytes, &diag, &zone), STATUS_INVALID);
    assert_null(zone);
    assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
    assert_int_equal(diag.by_rule[RULE_ZONE_FILE], 1);
    if (words && !str_ends(diag.list[0].text, words))
        fail_msg("'%s' does not end in '%s'", diag.list[0].text.ptr, words);
    diag_done(&diag);
}

static void a_good_file_is_read(void **state)
{
    struct made made;
    struct zone *zone = NULL;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    make(&made, "\nXXX-1\n");
    assert_int_equal(open_bytes(buf_str(&made.bytes), &diag, &zone), STATUS_OK);
    assert_int_equal(zone_offset(zone, (struct instant){999999999}), 3600);
    assert_int_equal(zone_offset(zone, (struct instant){1000000000}), 7200);
    assert_int_equal(zone_offset(zone, (struct instant){1999999999}), 7200);
    assert_int_equal(zone_offset(zone, (struct instant){2000000000}), 3600);
    zone_free(zone);
    diag_done(&diag);
    buf_done(&made.bytes);
}

/* Version 1 has 32-bit times, one block and no last line. */
static void version_1_is_read(void **state)
{
    struct buf buf;
    struct zone *zone = NULL;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    buf_init(&buf, 4096);
    add_header(&buf, '\0', 2, 2);
    add_u32(&buf, (uint32_t)-1000);
    add_u32(&buf, 2000);
    buf_add_char(&buf, 1);
    buf_add_char(&buf, 0);
    add_type(&buf, -3600);
    add_type(&buf, 7200);
    buf_add(&buf, (struct str){"XXX", 4});
    assert_int_equal(open_bytes(buf_str(&buf), &diag, &zone), STATUS_OK);
    assert_int_equal(zone_offset(zone, (struct instant){-1000000001}), -3600);
    assert_int_equal(zone_offset(zone, (struct instant){-1000000000}), 7200);
    assert_int_equal(zone_offset(zone, (struct instant){2000000000}), -3600);
    assert_int_equal(zone_offset(zone, (struct instant){253402300799 * SECOND_US}), -3600);
    zone_free(zone);
    diag_done(&diag);
    buf_done(&buf);
}

/* Stored until 2000 s: standard time; the rule alone would say daylight time, until 1 March. */
static void what_is_stored_holds_until_the_rule_changes(void **state)
{
    struct made made;
    struct zone *zone = NULL;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    make(&made, "\nXXX-1YYY,M10.1.0,M3.1.0\n");
    assert_int_equal(open_bytes(buf_str(&made.bytes), &diag, &zone), STATUS_OK);
    assert_int_equal(zone_offset(zone, (struct instant){31 * DAY_US}), 3600);
    assert_int_equal(zone_offset(zone, (struct instant){90 * DAY_US}), 3600);
    assert_int_equal(zone_offset(zone, (struct instant){300 * DAY_US}), 7200);
    assert_int_equal(zone_offset(zone, (struct instant){400 * DAY_US}), 7200);
    assert_int_equal(zone_offset(zone, (struct instant){450 * DAY_US}), 3600);
    zone_free(zone);
    diag_done(&diag);
    buf_done(&made.bytes);
}

/* Changes outside the years 1 to 9999 keep their effect on what lies inside. */
static void changes_far_away_are_folded_in(void **state)
{
    struct made made;
    struct zone *zone = NULL;
    struct diag diag;

    (void)state;
    diag_init(&diag);
    make(&made, "\n\n");
    set_u32(&made, made.times, 0x80000000);
    set_u32(&made, made.times + 8, 0x7FFFFFFF);
    assert_int_equal(open_bytes(buf_str(&made.bytes), &diag, &zone), STATUS_OK);
    assert_int_equal(zone_offset(zone, (struct instant){-62135596800 * SECOND_US}), 7200);
    assert_int_equal(zone_offset(zone, (struct instant){253402300799 * SECOND_US}), 7200);
    zone_free(zone);
    diag_done(&diag);
    buf_done(&made.bytes);
}

static void damaged_counts_and_types_are_refused(void **state)
{
    static const struct {
        unsigned at; /* in the second header */
        uint32_t value;
        const char *words;
    } counts[] = {
        {20, 1, "its counts do not agree"},
        {24, 3, "its counts do not agree"},
        {28, 1, "it counts leap seconds"},
        {32, 3, "it ends early"},
        {32, 0xFFFFFFFF, "it ends early"},
        {36, 0, "it has no types of local time"},
        {36, 257, "it has too many types of local time"},
        {40, 0, "it has no types of local time"},
        {40, 0xFFFFFFFF, "it ends early"},
        {40, 3, "its last line is damaged"},
        {0, 0, "its second header is missing"},
    };
    struct made made;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        make(&made, "\nXXX-1\n");
        set_u32(&made, made.header + counts[i].at, counts[i].value);
        expect_refused(buf_str(&made.bytes), counts[i].words);
        buf_done(&made.bytes);
    }
    make(&made, "\nXXX-1\n");
    made.bytes.bytes[made.type_of] = 2;
    expect_refused(buf_str(&made.bytes), "a change names a type that does not exist");
    made.bytes.bytes[made.type_of] = 1;
    set_u32(&made, made.times + 12, 1000);
    expect_refused(buf_str(&made.bytes), "its changes are out of order");
    set_u32(&made, made.times + 12, 2000);
    set_u32(&made, made.types, 93600);
    expect_refused(buf_str(&made.bytes), "an offset is out of range");
    set_u32(&made, made.types, 0x80000000);
    expect_refused(buf_str(&made.bytes), "an offset is out of range");
    set_u32(&made, made.types, 3600);
    made.bytes.bytes[made.types + 4] = 2;
    expect_refused(buf_str(&made.bytes), "a type of local time is malformed");
    made.bytes.bytes[made.types + 4] = 0;
    made.bytes.bytes[made.types + 5] = 4;
    expect_refused(buf_str(&made.bytes), "a type of local time is malformed");
    made.bytes.bytes[made.types + 5] = 0;
    made.bytes.bytes[4] = '5';
    expect_refused(buf_str(&made.bytes), "its version is not known");
    made.bytes.bytes[0] = 't';
    expect_refused(buf_str(&made.bytes), "it is not of the kind TZif");
    expect_refused(STR(""), "it is not of the kind TZif");
    buf_done(&made.bytes);
}

static void damaged_rules_are_refused(void **state)
{
    static const struct {
        const char *footer;
        const char *words;
    } cases[] = {
        {"", "its last line is damaged"},
        {"\n", "its last line is damaged"},
        {"XXX-1\n", "its last line is damaged"},
        {"\nXXX-1", "its last line is damaged"},
        {"\nXXX-1\n\n", "its last line is damaged"},
        {"\nXXX-1\nX", "its last line is damaged"},
        {"\nXX-1\n", "the rule in its last line is not understood"},
        {"\nXXX\n", "the rule in its last line is not understood"},
        {"\nXXX-25\n", "the rule in its last line is not understood"},
        {"\nXXX-1:60\n", "the rule in its last line is not understood"},
        {"\n<XXX-1\n", "the rule in its last line is not understood"},
        {"\n<+1>-1\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.5.0\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.5.0,M13.5.0\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.0.0,M10.5.0\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.6.0,M10.5.0\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.5.7,M10.5.0\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,J0,J100\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,J1,J366\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,1,366\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.5.0/168,M10.5.0\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.5.0,M10.5.0/\n", "the rule in its last line is not understood"},
        {"\nXXX-1YYY,M3.5.0,M10.5.0 \n", "the rule in its last line is not understood"},
        {"\nXXX-2\n", "its rule contradicts its last change"},
        {"\nXXX-4YYY,M3.5.0,M10.5.0\n", "its rule contradicts its last change"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct made made;

        make(&made, cases[i].footer);
        expect_refused(buf_str(&made.bytes), cases[i].words);
        buf_done(&made.bytes);
    }
}

static bool read_zone_file(const char *name, struct buf *ret_bytes)
{
    char path[128];
    char piece[4096];
    FILE *file;
    size_t got;

    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    file = fopen(path, "rb");
    buf_init(ret_bytes, 1 << 20);
    if (!file)
        return false;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(ret_bytes, (struct str){piece, got});
    fclose(file);
    return true;
}

static void every_beginning_of_a_file_is_refused(void **state)
{
    struct buf bytes;
    size_t len;

    (void)state;
    assert_true(read_zone_file("Europe/Rome", &bytes));
    for (len = 0; len < bytes.len; len++) {
        char *copy = mem_alloc(len, 1); /* of its exact size, so that reading past it shows */

        memcpy(copy, bytes.bytes, len);
        expect_refused((struct str){copy, len}, NULL);
        mem_free(copy);
    }
    buf_done(&bytes);
}

/* Whatever is accepted after damage still answers within the range of real offsets. */
static void damaged_bytes_do_no_harm(void **state)
{
    struct buf bytes;
    size_t at;
    unsigned value;

    (void)state;
    assert_true(read_zone_file("Europe/Rome", &bytes));
    for (at = 0; at < bytes.len; at++) {
        for (value = 0; value < 256; value += 51) {
            char kept = bytes.bytes[at];
            struct zone *zone = NULL;
            struct diag diag;
            enum status status;

            bytes.bytes[at] = (char)value;
            diag_init(&diag);
            status = open_bytes(buf_str(&bytes), &diag, &zone);
            if (status == STATUS_OK) {
                struct instant first;
                struct instant later;
                int32_t offset = zone_offset(zone, (struct instant){1457179200000000});

                assert_in_range(offset + 90000, 1, 183599);
                zone_to_instant(zone, (struct local){1457179200000000}, &first, &later);
                assert_true(first.us <= later.us);
                assert_int_equal(diag.count, 0);
            } else {
                assert_int_equal(status, STATUS_INVALID);
                assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
            }
            zone_free(zone);
            diag_done(&diag);
            bytes.bytes[at] = kept;
        }
    }
    buf_done(&bytes);
}

static void names_are_refused_with_a_suggestion(void **state)
{
    static const struct {
        struct str name;
        enum rule rule;
        const char *hint;
    } cases[] = {
        {{"", 0}, RULE_ZONE_NAME, NULL},
        {{NULL, 0}, RULE_ZONE_NAME, NULL},
        {{"/etc/localtime", 14}, RULE_ZONE_NAME, NULL},
        {{"../zoneinfo/UTC", 15}, RULE_ZONE_NAME, NULL},
        {{"Europe/../UTC", 13}, RULE_ZONE_NAME, NULL},
        {{"Europe/./Rome", 13}, RULE_ZONE_NAME, NULL},
        {{"Europe/", 7}, RULE_ZONE_NAME, NULL},
        {{"Europe//Rome", 12}, RULE_ZONE_NAME, "did you mean 'Europe/Rome'?"},
        {{"Europe/Rome\0x", 13}, RULE_ZONE_NAME, NULL},
        {{"localtime", 9}, RULE_ZONE_NAME, NULL},
        {{"posixrules", 10}, RULE_ZONE_NAME, NULL},
        {{"tzdata.zi", 9}, RULE_ZONE_NAME, NULL},
        {{"New York", 8}, RULE_ZONE_NAME, "did you mean 'America/New_York'?"},
        {{"Rome", 4}, RULE_ZONE_UNKNOWN, "did you mean 'Europe/Rome'?"},
        {{"europe/rome", 11}, RULE_ZONE_UNKNOWN, "did you mean 'Europe/Rome'?"},
        {{"Europe/Roma", 11}, RULE_ZONE_UNKNOWN, "did you mean 'Europe/Rome'?"},
        {{"Asia/Kolkatta", 13}, RULE_ZONE_UNKNOWN, "did you mean 'Asia/Kolkata'?"},
        {{"Buenos_Aires", 12}, RULE_ZONE_UNKNOWN, "did you mean 'America/Argentina/Buenos_Aires'?"},
        {{"CEST", 4}, RULE_ZONE_UNKNOWN, NULL},
        {{"Europe", 6}, RULE_ZONE_UNKNOWN, NULL},
        {{"Europe/Rome/Trastevere", 22}, RULE_ZONE_UNKNOWN, NULL},
        {{"leapseconds", 11}, RULE_ZONE_FILE, NULL},
        {{"right/UTC", 9}, RULE_ZONE_FILE, NULL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct zone *zone = NULL;
        struct diag diag;

        diag_init(&diag);
        assert_int_equal(zone_load(cases[i].name, &diag, &zone), STATUS_INVALID);
        assert_null(zone);
        assert_int_equal(diag.count, 1);
        assert_int_equal(diag.list[0].rule, cases[i].rule);
        if (cases[i].hint)
            assert_string_equal(diag.list[0].hint.ptr, cases[i].hint);
        diag_done(&diag);
    }
}

static void expect_load(const char *name, enum status expected, const char *words)
{
    struct zone *zone = NULL;
    struct diag diag;

    diag_init(&diag);
    assert_int_equal(zone_load(str_of(name), &diag, &zone), expected);
    if (expected != STATUS_OK) {
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
        if (words && !str_ends(diag.list[0].text, words))
            fail_msg("'%s' does not end in '%s'", diag.list[0].text.ptr, words);
    }
    zone_free(zone);
    diag_done(&diag);
}

static void write_file(const char *folder, const char *name, struct str bytes, size_t padding)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    while (padding-- > 0)
        assert_int_not_equal(fputc('x', file), EOF);
    assert_int_equal(fclose(file), 0);
}

static void remove_file(const char *folder, const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(remove(path), 0);
}

static void another_folder_is_used_when_told(void **state)
{
    char folder[] = "/tmp/cfaudit-zones-XXXXXX";
    char path[256];
    struct made made;

    (void)state;
    assert_non_null(mkdtemp(folder));
    make(&made, "\nXXX-1\n");
    write_file(folder, "Home", buf_str(&made.bytes), 0);
    write_file(folder, "Huge", buf_str(&made.bytes), (size_t)LIMIT_ZONE_BYTES);
    snprintf(path, sizeof path, "%s/Pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    setenv("TZDIR", folder, 1);
    expect_load("Home", STATUS_OK, NULL);
    expect_load("Huge", STATUS_LIMIT, "bytes of a time zone file is more than 1048576");
    expect_load("Pipe", STATUS_INVALID, "it is no regular file");
    expect_load("Europe/Rome", STATUS_INVALID, "'Europe/Rome'");
    setenv("TZDIR", "/nonexistent", 1);
    expect_load("Europe/Rome", STATUS_INVALID, "'Europe/Rome'");
    unsetenv("TZDIR");
    expect_load("Europe/Rome", STATUS_OK, NULL);
    remove_file(folder, "Home");
    remove_file(folder, "Huge");
    remove_file(folder, "Pipe");
    assert_int_equal(rmdir(folder), 0);
    buf_done(&made.bytes);
}

static void every_failed_allocation_is_told(void **state)
{
    unsigned long nth = 1;

    (void)state;
    for (;; nth++) {
        struct zone *zone = NULL;
        struct diag diag;
        enum status status;

        diag_init(&diag);
        mem_fail_at(nth);
        status = zone_load(STR("Europe/Rome"), &diag, &zone);
        mem_fail_at(0);
        if (status == STATUS_OK) {
            zone_free(zone);
            diag_done(&diag);
            break;
        }
        assert_int_equal(status, STATUS_MEMORY);
        assert_null(zone);
        assert_int_equal(diag.by_rule[RULE_NO_MEMORY], 1);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], 1);
        diag_done(&diag);
    }
    assert_true(nth > 4);
}

/* The first line of the database's source tells its version. */
static void the_version_of_the_database_is_told(void **state)
{
    FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
    char version[32] = "unknown";

    (void)state;
    if (file) {
        assert_int_equal(fscanf(file, "# version %31s", version), 1);
        fclose(file);
    }
    assert_true(str_is(zone_database_version(), version));
    assert_true(str_is(zone_database_version(), version));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_file_is_read),
        cmocka_unit_test(version_1_is_read),
        cmocka_unit_test(what_is_stored_holds_until_the_rule_changes),
        cmocka_unit_test(changes_far_away_are_folded_in),
        cmocka_unit_test(damaged_counts_and_types_are_refused),
        cmocka_unit_test(damaged_rules_are_refused),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
        cmocka_unit_test(damaged_bytes_do_no_harm),
        cmocka_unit_test(names_are_refused_with_a_suggestion),
        cmocka_unit_test(another_folder_is_used_when_told),
        cmocka_unit_test(every_failed_allocation_is_told),
        cmocka_unit_test(the_version_of_the_database_is_told),
    };

    return cmocka_run_group_tests_name("time zone files", tests, NULL, NULL);
}
