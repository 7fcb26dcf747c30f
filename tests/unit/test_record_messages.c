/*
 * Conversations in the record model: which rows are messages, whose, and that neither the number
 * of sources nor the order in which they are joined can be seen afterwards.
 */
#include "map_file.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "measure/measure.h"
#include "set_join.h"

enum { BYTES = 1 << 20 };

static const char map_text[] =
    "<source-map xmlns=\"urn:cfaudit:1\" id=\"talk\" reader=\"delimited\" zone=\"UTC\">"
    "<title lang=\"en\">Talk</title><time><format>iso</format></time>"
    "<record kind=\"ticket\"><field name=\"id\" required=\"true\"><column>id</column></field>"
    "<field name=\"opened\"><column>opened</column></field>"
    "<field name=\"priority\"><column>priority</column></field>"
    "<field name=\"status\"><column>status</column></field>"
    "<field name=\"group\"><column>group</column></field></record>"
    "<record kind=\"event\"><field name=\"at\"><column>at</column></field>"
    "<field name=\"sequence\"><column>seq</column></field>"
    "<field name=\"status\"><column>status</column></field>"
    "<field name=\"group\"><column>group</column></field>"
    "<field name=\"type\"><column>type</column><value from=\"mail\" to=\"message\"/>"
    "<value from=\"memo\" to=\"note\"/></field>"
    "<field name=\"actor-class\"><column>author</column><value from=\"staff\" to=\"agent\"/></field>"
    "<field name=\"visibility\"><column>seen by</column><value from=\"all\" to=\"public\"/></field>"
    "</record>"
    "<status><value class=\"open\">new</value><value class=\"open\">work</value>"
    "<value class=\"pending\">ask</value><value class=\"hold\">hold</value>"
    "<value class=\"solved\">solved</value></status>"
    "</source-map>";

struct fixture {
    struct map_file file;
    struct source_map *map;
    struct calendar *calendar;
    struct record_needs needs;
};

static void must(struct fixture *f, enum status status)
{
    map_file_must(&f->file, status);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    map_file_init(&f->file);
    f->map = map_file_load(&f->file, STR(map_text));
    must(f, calendar_always(zone_utc(), &f->file.diag, &f->calendar));
    f->needs = (struct record_needs){.slots = 1ull << SLOT_PRIORITY,
                                     .classes = true,
                                     .groups = true,
                                     .messages = true,
                                     .statuses = true,
                                     .tracked = {SLOT_PRIORITY},
                                     .tracked_count = 1,
                                     .keep_all = true};
    for (i = 0; measures[i]; i++)
        measure_add_needs(measures[i], &f->needs);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    calendar_free(f->calendar);
    map_file_done(&f->file);
    free(f);
    return 0;
}

static unsigned draw(struct fixture *f, unsigned below)
{
    return map_file_draw(&f->file, below);
}

static void read_into(struct fixture *f, struct record_set *set, uint32_t number, struct str text)
{
    struct record_options options = {.map = f->map, .zone = zone_utc()};
    struct accounting accounting;

    map_file_put(f->file.path, text);
    must(f, record_read(set, str_of(f->file.path), number, &options, &f->file.arena, &f->file.diag, &accounting));
    assert_int_equal(accounting.rows_rejected, 0);
    assert_int_equal(accounting.rows_used, accounting.rows_read);
}

static struct record_set *new_set(struct fixture *f)
{
    struct record_set *set = NULL;

    must(f, record_set_new(&f->needs, &f->file.diag, &set));
    return set;
}

/* With every event, as sets are that are joined. */
static struct record_set *keeping_set(struct fixture *f)
{
    struct record_needs needs = f->needs;
    struct record_set *set = NULL;

    needs.keep_all = true;
    must(f, record_set_new(&needs, &f->file.diag, &set));
    return set;
}

static struct record_set *read_text(struct fixture *f, const char *text)
{
    struct record_set *set = new_set(f);

    read_into(f, set, 0, str_of(text));
    must(f, record_set_settle(set, &f->file.diag));
    return set;
}

static struct record_case find(const struct record_set *set, const char *id)
{
    size_t number;

    if (!record_case_find(set, str_of(id), &number))
        fail_msg("no case '%s'", id);
    return record_case_at(set, number);
}

/* "customer+ agent- ..." : authors in order, + public, - private. */
static void assert_talk(const struct record_set *set, const char *id, const char *expected)
{
    static const char *const letters = "?acbsxp"; /* unknown agent customer bot system boss partner */
    struct record_case item = find(set, id);
    char text[64];
    size_t i;

    assert_true(item.message_count * 2 < sizeof text);
    for (i = 0; i < item.message_count; i++) {
        text[2 * i] = letters[item.messages[i].actor];
        text[2 * i + 1] = item.messages[i].is_public ? '+' : '-';
    }
    text[2 * i] = '\0';
    assert_string_equal(text, expected);
}

/* --- which rows are messages --- */

static void a_row_with_a_type_is_what_its_type_says(void **state)
{
    struct fixture *f = *state;
    struct record_set *set = read_text(
        f, "id,at,type,author,seen by,status\n"
           "A,2026-01-01T01:00Z,mail,customer,,new\n"    /* public, as messages are */
           "A,2026-01-01T02:00Z,memo,staff,,new\n"       /* private, as notes are */
           "A,2026-01-01T03:00Z,memo,STAFF,all,new\n"    /* its visibility wins */
           "A,2026-01-01T04:00Z,message,agent,private,new\n"
           "A,2026-01-01T05:00Z,moved,agent,public,work\n" /* no message */
           "A,2026-01-01T06:00Z,mail,,public,work\n"      /* of nobody knows whom */
           "A,2026-01-01T07:00Z,,bot,public,work\n"       /* no type: author and visibility */
           "A,2026-01-01T08:00Z,,system,,work\n"          /* no message */
           "A,2026-01-01T09:00Z,,,public,work\n"          /* no message */
           "A,,mail,agent,public,work\n"                  /* never said */
           "A,2026-01-01T10:00Z,mail,Boss,PUBLIC,work\n"
           "A,2026-01-01T11:00Z,mail,partner,public,work\n");

    assert_talk(set, "A", "c+a-a+a-?+b+x+p+");
    assert_true(record_has_messages(set));
    record_set_free(set);
    assert_int_equal(f->file.diag.count, 0);
}

static void an_unknown_word_is_located_and_counted(void **state)
{
    struct fixture *f = *state;
    struct record_set *set = read_text(f, "id,at,author,seen by,status\n"
                                          "A,2026-01-01T01:00Z,trainee,all,new\n"
                                          "A,2026-01-01T02:00Z,staff,some,new\n"
                                          "A,2026-01-01T03:00Z,trainee,some,new\n");

    assert_talk(set, "A", "?+a-?-");
    assert_int_equal(f->file.diag.by_rule[RULE_RECORD_ACTOR], 2);
    assert_int_equal(f->file.diag.by_rule[RULE_RECORD_VISIBILITY], 2);
    assert_int_equal(f->file.diag.list[0].where.line, 2);
    assert_true(str_is(f->file.diag.list[0].text, "kind of author that is not known: 'trainee'"));
    assert_int_equal(f->file.diag.list[1].where.line, 3);
    record_set_free(set);
}

static void whether_messages_are_measured_does_not_change_what_is_said(void **state)
{
    struct fixture *f = *state;
    struct record_needs none = {.slots = 1ull << SLOT_OPENED};
    struct record_set *set = NULL;

    must(f, record_set_new(&none, &f->file.diag, &set));
    read_into(f, set, 0, STR("id,at,type,author,seen by\nA,2026-01-01T01:00Z,mail,trainee,some\n"));
    assert_int_equal(f->file.diag.by_rule[RULE_RECORD_ACTOR], 1);
    assert_int_equal(f->file.diag.by_rule[RULE_RECORD_VISIBILITY], 1);
    record_set_free(set);
}

static void every_message_is_kept_in_order(void **state)
{
    struct fixture *f = *state;
    struct record_set *set = read_text(f, "id,at,author,seen by,status\n"
                                          "A,2026-01-01T03:00Z,bot,all,new\n"
                                          "A,2026-01-01T01:00Z,customer,all,new\n"
                                          "A,2026-01-01T01:00Z,staff,all,new\n"
                                          "A,2026-01-01T01:00Z,staff,all,new\n"
                                          "A,2026-01-01T02:00Z,customer,all,new\n");
    struct record_case item = find(set, "A");

    assert_talk(set, "A", "c+a+a+c+b+");
    assert_int_equal(item.messages[0].line, 3);
    assert_int_equal(item.messages[1].line, 4);
    assert_int_equal(item.messages[4].line, 2);
    record_set_free(set);
}

/* --- messages in a file of their own --- */

static const char tickets[] = "id,opened,status,priority,at\n"
                              "A,2026-01-01T00:00Z,new,high,2026-01-01T00:00Z\n"
                              "A,2026-01-01T00:00Z,ask,low,2026-01-01T01:00Z\n";
static const char talk[] = "id,at,author,seen by,priority\n"
                           "A,2026-01-01T00:30Z,staff,all,none\n"
                           "A,2026-01-01T09:00Z,customer,all,none\n"
                           "B,2026-01-01T09:00Z,customer,all,none\n";

static void check_joined(const struct record_set *set)
{
    struct record_case item = find(set, "A");

    assert_talk(set, "A", "a+c+");
    assert_int_equal(item.event_count, 2); /* messages are no change of status */
    assert_true(str_is(record_text(set, record_value(&item, SLOT_PRIORITY)), "low"));
    assert_int_equal(record_value(&item, SLOT_CLASS), CLASS_PENDING);
    assert_int_equal(item.line, 3);
    assert_int_equal(item.rows, 4);
    assert_int_equal(record_latest(set).us, 1767258000000000); /* 09:00 */
    item = find(set, "B");
    assert_false(item.is_empty);
    assert_talk(set, "B", "c+");
    assert_int_equal(record_value(&item, SLOT_PRIORITY), VALUE_MISSING);
    assert_int_equal(item.line, 4);
}

static void a_list_of_messages_leaves_the_attributes_to_the_tickets(void **state)
{
    struct fixture *f = *state;
    int order;

    for (order = 0; order < 2; order++) {
        struct record_set *set = new_set(f);

        read_into(f, set, 0, order ? STR(talk) : STR(tickets));
        read_into(f, set, 1, order ? STR(tickets) : STR(talk));
        must(f, record_set_settle(set, &f->file.diag));
        check_joined(set);
        record_set_free(set);
    }
    for (order = 0; order < 2; order++) {
        struct record_set *sets[] = {keeping_set(f), keeping_set(f)};
        struct record_set *joined = keeping_set(f);

        read_into(f, sets[0], 0, order ? STR(talk) : STR(tickets));
        read_into(f, sets[1], 1, order ? STR(tickets) : STR(talk));
        must(f, set_join(joined, sets, 2, &f->file.diag));
        must(f, record_set_settle(joined, &f->file.diag));
        check_joined(joined);
        record_set_free(joined);
        record_set_free(sets[0]);
        record_set_free(sets[1]);
    }
}

/* --- statuses by name --- */

static void runs_are_split_by_status_only_when_asked(void **state)
{
    static const char rows[] = "id,at,status\n"
                               "A,2026-01-01T01:00Z,new\n"
                               "A,2026-01-01T02:00Z,work\n"
                               "A,2026-01-01T03:00Z,\n"
                               "A,2026-01-01T04:00Z,odd\n"
                               "A,2026-01-01T05:00Z,ask\n";
    struct fixture *f = *state;
    struct record_set *set = read_text(f, rows);
    struct record_case item = find(set, "A");

    assert_int_equal(item.event_count, 5);
    assert_true(str_is(record_text(set, item.events[1].status), "work"));
    assert_true(item.events[1].has_status);
    assert_false(item.events[2].has_status);
    assert_int_equal(item.events[2].status, INTERN_NONE);
    assert_true(item.events[3].has_status); /* it has one, of no class */
    assert_int_equal(item.events[3].class, CLASS_UNKNOWN);
    record_set_free(set);

    f->needs.statuses = false;
    set = read_text(f, rows);
    item = find(set, "A");
    assert_int_equal(item.event_count, 4); /* new and work are one run */
    assert_int_equal(item.events[0].status, INTERN_NONE);
    record_set_free(set);
}

/* --- sources --- */

enum { TICKETS = 12, ROWS = 240, PARTS = 5 };

static void put_row(struct fixture *f, struct buf *out)
{
    static const char *const status_words[] = {"new", "work", "ask", "hold", "solved", "", "odd"};
    static const char *const author_words[] = {"staff", "customer", "bot", "boss", "", "odd"};
    static const char *const seen_words[] = {"all", "public", "private", "", "odd"};
    static const char *const type_words[] = {"", "mail", "memo", "moved"};
    unsigned ticket = draw(f, TICKETS);
    /* some instants are the same, the sequence or the position then decides */
    unsigned minute = draw(f, 3) ? draw(f, 60 * 24 * 20) : draw(f, 4);

    buf_printf(out, "T%u,2026-01-%02uT%02u:%02u:00Z,%u,%s,%s,%s,%s,P%u,G%u,2026-01-01T00:%02u:00Z\n",
               ticket, 1 + minute / 1440, minute / 60 % 24, minute % 60, draw(f, 2),
               status_words[draw(f, 7)], type_words[draw(f, 4)], author_words[draw(f, 6)],
               seen_words[draw(f, 5)], draw(f, 3), draw(f, 3), ticket);
}

static const char rows_header[] = "id,at,seq,status,type,author,seen by,priority,group,opened\n";

static void dump_figure(const struct figure *figure, struct buf *out)
{
    size_t i;

    buf_printf(out, "%.*s %.*s n %llu k %llu value %.17g p90 %.17g km %.17g\n",
               STR_ARG(figure->measure), STR_ARG(figure->variant), (unsigned long long)figure->n,
               (unsigned long long)figure->k, figure->value, figure->quantiles[QUANTILE_P90],
               figure->km_median);
    for (i = 0; i < figure->excluded_count; i++)
        buf_printf(out, " - %.*s %llu\n", STR_ARG(figure->excluded[i].reason),
                   (unsigned long long)figure->excluded[i].n);
    for (i = 0; i < figure->sample.count; i++)
        buf_printf(out, " %.*s %.17g", STR_ARG(figure->sample.list[i].case_id),
                   figure->sample.list[i].value);
    for (i = 0; i < figure->breakdown_count; i++) {
        buf_printf(out, " %.*s=", STR_ARG(figure->breakdown[i].key));
        dump_figure(&figure->breakdown[i], out);
    }
    for (i = 0; i < figure->series_count; i++) {
        buf_printf(out, " %.*s:", STR_ARG(figure->series[i].key));
        dump_figure(&figure->series[i], out);
    }
    buf_add_char(out, '\n');
}

/* Everything but the places, which are those of the sources. */
static void dump_case(const struct record_set *set, const struct record_case *item,
                      struct buf *out)
{
    int slot;
    size_t i;

    buf_printf(out, "%.*s rows %u\n", STR_ARG(item->id), item->rows);
    for (slot = 0; slot < SLOT_COUNT; slot++) {
        int64_t value = record_value(item, slot);
        bool is_text = slot != SLOT_CLASS && value != VALUE_MISSING &&
                       (slot_type(RECORD_TICKET, slot) == FIELD_TEXT || slot_type(RECORD_TICKET, slot) == FIELD_PERSON);

        if (is_text)
            buf_printf(out, " %.*s", STR_ARG(record_text(set, value)));
        else
            buf_printf(out, " %lld", (long long)value);
    }
    for (i = 0; i < item->event_count; i++) {
        const struct record_event *event = &item->events[i];
        struct str none = STR("-");
        int64_t priority = record_event_value(set, event, SLOT_PRIORITY);

        buf_printf(out, "\n @%lld-%lld %d %d %d %.*s %.*s %.*s", (long long)event->at,
                   (long long)event->until, event->class, event->has_status, event->has_more,
                   STR_ARG(event->group == INTERN_NONE ? none : record_text(set, event->group)),
                   STR_ARG(event->status == INTERN_NONE ? none : record_text(set, event->status)),
                   STR_ARG(priority < 0 ? none : record_text(set, priority)));
    }
    for (i = 0; i < item->message_count; i++)
        buf_printf(out, "\n #%lld %d %d", (long long)item->messages[i].at, item->messages[i].actor,
                   item->messages[i].is_public);
    buf_add_char(out, '\n');
}

static void dump(struct fixture *f, const struct record_set *set, struct buf *out)
{
    static const struct str by = {"priority", 8};
    static const int by_slot = SLOT_PRIORITY;
    struct measure_context context = {.set = set,
                                      .calendar = f->calendar,
                                      .zone = zone_utc(),
                                      .as_of = record_latest(set),
                                      .period_start = INSTANT_MISSING,
                                      .period_end = INSTANT_MISSING,
                                      .by = &by,
                                      .by_slots = &by_slot,
                                      .by_count = 1,
                                      .seed = STR("seed")};
    size_t m;
    size_t i;

    for (i = 0; i < TICKETS; i++) {
        char id[8];
        size_t number;

        snprintf(id, sizeof id, "T%zu", i);
        if (record_case_find(set, str_of(id), &number)) {
            struct record_case item = record_case_at(set, number);

            dump_case(set, &item, out);
        }
    }
    for (m = 0; measures[m]; m++) {
        struct figure *figures = NULL;
        size_t count = 0;

        must(f, measure_all(measures[m], &context, &f->file.arena, &f->file.diag, &figures, &count));
        for (i = 0; i < count; i++)
            dump_figure(&figures[i], out);
    }
    assert_false(out->failed);
}

/* In an order of chance, so that no order is preferred. */
static struct record_set *join_all(struct fixture *f, struct record_set **sets, size_t count)
{
    struct record_set *joined = keeping_set(f);
    size_t i;

    for (i = count; i > 1; i--) {
        size_t other = draw(f, (unsigned)i);
        struct record_set *set = sets[other];

        sets[other] = sets[i - 1];
        sets[i - 1] = set;
    }
    must(f, set_join(joined, sets, count, &f->file.diag));
    must(f, record_set_settle(joined, &f->file.diag));
    for (i = 0; i < count; i++)
        record_set_free(sets[i]);
    return joined;
}

static void split_and_joined_rows_give_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    int round;

    for (round = 0; round < 60; round++) {
        struct buf whole;
        struct buf parts[PARTS];
        struct record_set *sets[PARTS];
        struct buf expected;
        struct buf got;
        struct record_set *set;
        int i;

        buf_init(&whole, BYTES);
        buf_init(&expected, BYTES);
        buf_init(&got, BYTES);
        buf_add_text(&whole, rows_header);
        for (i = 0; i < PARTS; i++) {
            buf_init(&parts[i], BYTES);
            buf_add_text(&parts[i], rows_header);
        }
        /* parts follow each other as their rows do in the whole: equal instants keep their order */
        for (i = 0; i < ROWS; i++) {
            size_t before = whole.len;

            put_row(f, &whole);
            buf_add(&parts[i * PARTS / ROWS],
                    (struct str){whole.bytes + before, whole.len - before});
        }
        set = new_set(f);
        read_into(f, set, 0, buf_str(&whole));
        must(f, record_set_settle(set, &f->file.diag));
        dump(f, set, &expected);
        record_set_free(set);

        set = new_set(f); /* several sources, one set, the last one first */
        for (i = PARTS - 1; i >= 0; i--)
            read_into(f, set, (uint32_t)i, buf_str(&parts[i]));
        must(f, record_set_settle(set, &f->file.diag));
        dump(f, set, &got);
        record_set_free(set);
        assert_true(expected.len > 10000);
        assert_int_equal(got.len, expected.len);
        assert_memory_equal(got.bytes, expected.bytes, got.len);

        for (i = 0; i < PARTS; i++) {
            sets[i] = keeping_set(f);
            read_into(f, sets[i], (uint32_t)i, buf_str(&parts[i]));
        }
        set = join_all(f, sets, PARTS);
        buf_clear(&got);
        dump(f, set, &got);
        record_set_free(set);
        assert_int_equal(got.len, expected.len);
        assert_memory_equal(got.bytes, expected.bytes, got.len);

        for (i = 0; i < PARTS; i++)
            buf_done(&parts[i]);
        buf_done(&whole);
        buf_done(&expected);
        buf_done(&got);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_with_a_type_is_what_its_type_says),
        TEST(an_unknown_word_is_located_and_counted),
        TEST(whether_messages_are_measured_does_not_change_what_is_said),
        TEST(every_message_is_kept_in_order),
        TEST(a_list_of_messages_leaves_the_attributes_to_the_tickets),
        TEST(runs_are_split_by_status_only_when_asked),
        TEST(split_and_joined_rows_give_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
