/*
 * Parts of a run: what is written comes back, whatever is changed or cut off is refused, and the
 * order of joining leaves no trace.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "part/part.h"

enum { OWNERS = 2, SOURCES = 3, CASES = 40, BYTES = 1 << 22, ROWS_MOST = 4, TOLD_MOST = 2 };

static const int64_t day = 86400000000;

/* A part of invented cases, with all that they refer to. */
struct invented {
    struct part_head head;
    struct part_owner owners[OWNERS];
    struct part_source sources[SOURCES];
    struct accounting_reason reason;
    struct part_note note;
    struct part_count count;
    struct library_item document;
    struct intern texts;
    struct intern fields;
};

struct fixture {
    struct diag diag;
    struct arena arena;
    char folder[64];
    char paths[4][96];
    struct buf bytes;
};

static void must(struct fixture *f, enum status status)
{
    size_t i;

    for (i = 0; status != STATUS_OK && i < f->diag.count; i++)
        print_message("%.*s\n", STR_ARG(f->diag.list[i].text));
    assert_int_equal(status, STATUS_OK);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    size_t i;

    assert_non_null(f);
    strcpy(f->folder, "/tmp/cfaudit-part-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    for (i = 0; i < ARRAY_LEN(f->paths); i++)
        snprintf(f->paths[i], sizeof f->paths[i], "%s/%zu.cfap", f->folder, i);
    diag_init(&f->diag);
    arena_init(&f->arena);
    buf_init(&f->bytes, BYTES);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(f->paths); i++)
        unlink(f->paths[i]);
    rmdir(f->folder);
    buf_done(&f->bytes);
    arena_done(&f->arena);
    diag_done(&f->diag);
    free(f);
    return 0;
}

/* --- inventing --- */

static void invent(struct invented *part, unsigned number)
{
    static const struct str own[] = {STR_INIT("shift")};
    struct str document = STR("<audit/>");
    size_t i;

    memset(part, 0, sizeof *part);
    intern_init(&part->texts);
    intern_init(&part->fields);
    part->document = (struct library_item){.name = STR("audit.xml"),
                                           .root = STR("audit"),
                                           .bytes = document};
    assert_true(digest_bytes(document, &part->document.sha256));
    part->reason = (struct accounting_reason){
        .reason = STR("record-instant"), .is_reject = true, .n = 1, .first = {{7, 99, STR("x")}},
        .first_count = 1};
    part->note = (struct part_note){.rule = RULE_RECORD_INSTANT, .is_about_source = true,
                                    .line = 7, .text = STR("not a date")};
    part->count = (struct part_count){RULE_RECORD_INSTANT, 1};
    for (i = 0; i < OWNERS; i++) {
        part->owners[i].id = i ? STR("two") : STR("one");
        slot_set_add(&part->owners[i].filled, i ? SLOT_DUE : SLOT_PRIORITY);
        slot_set_add(&part->owners[i].filled, SLOT_CLASS);
        slot_set_add(&part->owners[i].filled, SLOT_OWN);
    }
    for (i = 0; i < SOURCES; i++) {
        struct part_source *source = &part->sources[i];

        source->owner = i > 0;
        source->accounting = (struct accounting){
            .identity = {.name = i == 0 ? STR("a.csv") : i == 1 ? STR("b.csv") : STR("c.csv"),
                         .bytes = 100, .stream = 100},
            .map = STR("m"), .rows_read = 3, .rows_used = 2, .rows_rejected = 1,
            .reasons = &part->reason, .reason_count = 1};
        source->accounting.identity.sha256.bytes[0] = (uint8_t)(number * 16 + i);
        source->notes = &part->note;
        source->note_count = 1;
        source->counts = &part->count;
        source->count_count = 1;
    }
    part->head = (struct part_head){
        .tool = STR(CFAUDIT_VERSION), .audit = STR("audit.xml"), .audit_id = STR("a"),
        .period_start = {0}, .period_end = INSTANT_MISSING, .as_of = INSTANT_MISSING,
        .documents = &part->document, .document_count = 1,
        .needs = {.slots = 1ull << SLOT_PRIORITY | 1ull << SLOT_DUE | 1ull << SLOT_CLASS |
                           1ull << SLOT_FIRST_EVENT | 1ull << SLOT_MET | 1ull << SLOT_REOPENS,
                  .classes = true, .groups = true, .statuses = true, .messages = true,
                  .own = own, .own_count = 1, .keep_all = true,
                  .tracked = {SLOT_PRIORITY, SLOT_DUE}, .tracked_count = 2},
        .owners = part->owners, .owner_count = OWNERS,
        .sources = part->sources, .source_count = SOURCES,
        .facts = {.latest = 5 * day, .has_classes = true}};
    slot_set_add(&part->head.facts.given, SLOT_PRIORITY);
}

static void invent_done(struct invented *part)
{
    intern_done(&part->texts);
    intern_done(&part->fields);
}

static uint32_t word(struct invented *part, const char *kind, unsigned number)
{
    char text[32];

    snprintf(text, sizeof text, "%s %u", kind, number);
    return intern_id(&part->texts, str_of(text));
}

static struct record_event invent_event(struct invented *part, unsigned seed, uint32_t source)
{
    int64_t values[2] = {seed % 3 ? (int64_t)word(part, "priority", seed % 4) : VALUE_MISSING,
                         seed % 5 ? VALUE_UNSAID : (int64_t)seed * day};

    return (struct record_event){
        .at = (int64_t)seed * 777 * 1000000 + seed % 2 * 13,
        .until = (int64_t)seed * 777 * 1000000 + seed % 2 * 13,
        .position = (uint64_t)source << 44 | seed * 31,
        .line = seed,
        .sequence = seed % 7 ? (int32_t)seed - 20 : INT32_MIN,
        .group = seed % 4 ? word(part, "group", seed % 6) : INTERN_NONE,
        .status = word(part, "status", seed % 5),
        .fields = intern_id(&part->fields, (struct str){(const char *)values, sizeof values}),
        .class = (uint8_t)(seed % CLASS_COUNT),
        .has_status = seed % 3 != 0,
    };
}

static void invent_values(struct invented *part, unsigned seed, struct record_told *told)
{
    int slot;

    for (slot = 0; slot < SLOT_END; slot++)
        told->values[slot] = VALUE_MISSING;
    told->values[SLOT_PRIORITY] = word(part, "priority", seed % 4);
    told->values[SLOT_CLASS] = seed % CLASS_COUNT;
    told->values[SLOT_MET] = seed % 2;
    told->values[SLOT_REOPENS] = -(int64_t)seed;
    if (seed % 4)
        told->values[SLOT_OWN] = word(part, "shift", seed % 9);
}

/* The last row that fills what its owner's rows fill, or less, or nothing; one in front of it that
   fills less. */
static size_t invent_told(struct invented *part, unsigned seed, uint32_t owner,
                          const struct record_event *last, struct record_told *told)
{
    struct record_told *first = &told[seed % 7 == 3];

    *first = (struct record_told){.is_attributed = seed % 11 != 0,
                                  .at = last->at,
                                  .position = last->position,
                                  .line = last->line,
                                  .sequence = last->sequence};
    invent_values(part, seed, first);
    if (first->is_attributed)
        first->filled = part->owners[owner].filled;
    if (seed % 5 == 0) { /* the row that decides has no time */
        first->at = VALUE_MISSING;
        first->position++;
        first->sequence = INT32_MIN;
    }
    if (first == told)
        return 1;
    first->is_attributed = true;
    first->filled = part->owners[owner].filled;
    told[0] = *first;
    told[0].filled = (struct slot_set){{0, 0}};
    slot_set_add(&told[0].filled, SLOT_CLASS);
    told[0].position += 2;
    invent_values(part, seed + 1, &told[0]);
    return 2;
}

static void invent_share(struct invented *part, unsigned seed, uint32_t owner, uint32_t source,
                         struct record_event *events, struct record_told *told,
                         struct record_message *message, struct part_share *into)
{
    struct record_share *share = &into->share;
    size_t count = seed % (ROWS_MOST + 1);
    size_t i;

    memset(into, 0, sizeof *into);
    into->owner = owner;
    share->texts = &part->texts;
    share->fields = &part->fields;
    share->has_reject = seed % 3 == 0;
    if (count == 0)
        return;
    for (i = 0; i < count; i++)
        events[i] = invent_event(part, seed + (unsigned)i * 9, source);
    share->told = told;
    share->told_count = invent_told(part, seed, owner, &events[count - 1], told);
    told[0].values[SLOT_FIRST_EVENT] = events[0].at;
    share->rows = (uint32_t)count + seed % 2;
    share->events = events;
    share->event_count = count;
    if (seed % 6 == 0) {
        *message = (struct record_message){.at = day, .position = (uint64_t)source << 44 | 5,
                                           .line = 3, .actor = ACTOR_AGENT, .is_public = true};
        share->messages = message;
        share->message_count = 1;
    }
}

/* Every case but some, so that parts have cases in common and others alone. */
static bool has_case(unsigned number, unsigned item)
{
    return (item * 7 + number * 5) % 4 != 0;
}

static void collect(void *context, struct str bytes)
{
    buf_add(context, bytes);
}

static enum status write_invented(struct invented *part, unsigned number, struct buf *out,
                                  struct diag *diag)
{
    struct record_event events[2][ROWS_MOST];
    struct record_told told[2][TOLD_MOST];
    struct record_message messages[2];
    struct part_share shares[2];
    struct part_writer *writer = NULL;
    struct sha256 sum;
    enum status status = part_writer_new(&part->head, collect, out, diag, &writer);
    unsigned item;

    for (item = 0; item < CASES && status == STATUS_OK; item++) {
        char id[32];
        struct part_case next = {.shares = shares, .count = 1 + item % 2};

        if (!has_case(number, item))
            continue;
        snprintf(id, sizeof id, "INC-%05u", item * 37);
        next.id = str_of(id);
        invent_share(part, item + number * 100, 0, 0, events[0], told[0], &messages[0],
                     &shares[0]);
        invent_share(part, item + number * 101, 1, 1 + item % 2, events[1], told[1], &messages[1],
                     &shares[1]);
        status = part_writer_add(writer, &next, diag);
    }
    if (status == STATUS_OK)
        status = part_writer_finish(writer, diag, &sum);
    part_writer_free(writer);
    return status;
}

static void put_file(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static void make_part(struct fixture *f, unsigned number)
{
    struct invented part;

    invent(&part, number);
    buf_clear(&f->bytes);
    must(f, write_invented(&part, number, &f->bytes, &f->diag));
    put_file(f->paths[number], buf_str(&f->bytes));
    invent_done(&part);
}

/* --- reading --- */

static enum status read_through(const char *path, struct diag *diag, size_t *ret_cases)
{
    struct part_reader *reader = NULL;
    struct part_case item;
    enum status status = part_open(str_of(path), str_of(path), NULL, diag, &reader);
    size_t count = 0;

    while (status == STATUS_OK) {
        status = part_next(reader, diag, &item);
        count += status == STATUS_OK;
    }
    part_close(reader);
    *ret_cases = count;
    return status;
}

static enum status join_files(struct fixture *f, const unsigned *numbers, size_t count,
                              struct buf *out, struct diag *diag)
{
    struct part_reader *readers[4] = {NULL};
    const struct part_head *heads[4] = {NULL};
    struct str names[4] = {{NULL, 0}};
    struct part_join *join = NULL;
    struct part_writer *writer = NULL;
    struct part_head head;
    uint32_t **order = NULL;
    struct part_case item;
    struct sha256 sum;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++) {
        names[i] = str_of(f->paths[numbers[i]]);
        status = part_open(names[i], names[i], NULL, diag, &readers[i]);
        if (status == STATUS_OK)
            heads[i] = part_reader_head(readers[i]);
    }
    if (status == STATUS_OK)
        status = parts_check(heads, names, count, false, false, diag);
    if (status == STATUS_OK)
        status = parts_sources(heads, names, count, &f->arena, diag, &head, &order);
    for (i = 0; i < count && status == STATUS_OK; i++)
        status = part_reader_number(readers[i], order[i], diag);
    if (status == STATUS_OK)
        status = part_join_new(readers, count, &head, diag, &join);
    if (status == STATUS_OK)
        status = part_writer_new(&head, collect, out, diag, &writer);
    while (status == STATUS_OK) {
        status = part_join_next(join, diag, &item);
        if (status == STATUS_OK)
            status = part_writer_add(writer, &item, diag);
    }
    if (status == STATUS_END)
        status = part_writer_finish(writer, diag, &sum);
    part_writer_free(writer);
    part_join_free(join);
    for (i = 0; i < count; i++)
        part_close(readers[i]);
    return status;
}

/* --- tests --- */

static void what_is_written_comes_back(void **state)
{
    struct fixture *f = *state;
    static const unsigned alone[] = {0};
    struct buf again;

    make_part(f, 0);
    buf_init(&again, BYTES);
    must(f, join_files(f, alone, 1, &again, &f->diag));
    assert_int_equal(again.len, f->bytes.len);
    assert_memory_equal(again.bytes, f->bytes.bytes, again.len);
    assert_true(part_is_sound(str_of(f->paths[0])));
    buf_done(&again);
}

static void head_comes_back(void **state)
{
    struct fixture *f = *state;
    struct part_head head;

    make_part(f, 0);
    must(f, part_head_load(str_of(f->paths[0]), str_of("p"), &f->arena, &f->diag, &head));
    assert_int_equal(head.source_count, SOURCES);
    assert_true(str_is(head.sources[2].accounting.identity.name, "c.csv"));
    assert_int_equal(head.sources[2].accounting.rows_rejected, 1);
    assert_true(str_is(head.sources[0].accounting.reasons[0].first[0].text, "x"));
    assert_int_equal(head.sources[0].notes[0].line, 7);
    assert_true(instant_is_missing(head.period_end));
    assert_int_equal(head.period_start.us, 0);
    assert_int_equal(head.facts.latest, 5 * day);
    assert_int_equal(head.needs.tracked_count, 2);
    assert_int_equal(head.needs.tracked[1], SLOT_DUE);
    assert_true(slot_set_has(&head.owners[1].filled, SLOT_DUE));
    assert_false(slot_set_has(&head.owners[0].filled, SLOT_DUE));
}

static void every_changed_byte_is_found(void **state)
{
    struct fixture *f = *state;
    size_t at;
    size_t cases;

    make_part(f, 0);
    for (at = 0; at < f->bytes.len; at++) {
        char before = f->bytes.bytes[at];
        enum status status;

        f->bytes.bytes[at] = (char)(before ^ (1 << at % 8));
        put_file(f->paths[1], buf_str(&f->bytes));
        status = read_through(f->paths[1], &f->diag, &cases);
        if (status >= 0)
            fail_msg("byte %zu of %zu was changed and nobody saw it", at, f->bytes.len);
        assert_false(part_is_sound(str_of(f->paths[1])));
        assert_true(f->diag.count > 0);
        diag_done(&f->diag);
        f->bytes.bytes[at] = before;
    }
}

/* What is told of other bytes by a SHA-256 that holds: an end, or one fatal diagnostic. */
static void every_lie_ends(void **state)
{
    struct fixture *f = *state;
    unsigned taken = 0;
    unsigned refused = 0;
    struct sha256 sum;
    size_t cases;
    size_t at;

    make_part(f, 0);
    for (at = 0; at + sizeof sum.bytes < f->bytes.len; at++) {
        char before = f->bytes.bytes[at];
        enum status status;

        f->bytes.bytes[at] = (char)(before ^ (1 << at % 8));
        assert_true(digest_bytes((struct str){f->bytes.bytes, f->bytes.len - sizeof sum.bytes},
                                 &sum));
        memcpy(f->bytes.bytes + f->bytes.len - sizeof sum.bytes, sum.bytes, sizeof sum.bytes);
        put_file(f->paths[1], buf_str(&f->bytes));
        status = read_through(f->paths[1], &f->diag, &cases);
        assert_true(status == STATUS_END || f->diag.by_severity[SEVERITY_FATAL] == 1);
        taken += status == STATUS_END;
        refused += status != STATUS_END;
        diag_done(&f->diag);
        f->bytes.bytes[at] = before;
    }
    assert_true(taken > 0 && refused > 0);
}

static void every_length_is_found(void **state)
{
    struct fixture *f = *state;
    size_t len;
    size_t cases;

    make_part(f, 0);
    for (len = 0; len < f->bytes.len; len++) {
        put_file(f->paths[1], (struct str){f->bytes.bytes, len});
        assert_int_equal(read_through(f->paths[1], &f->diag, &cases), STATUS_INVALID);
        assert_int_equal(f->diag.by_rule[RULE_PART_FORMAT], 1);
        diag_done(&f->diag);
    }
    buf_add_char(&f->bytes, 'x');
    put_file(f->paths[1], buf_str(&f->bytes));
    assert_int_equal(read_through(f->paths[1], &f->diag, &cases), STATUS_INVALID);
}

static void order_leaves_no_trace(void **state)
{
    static const unsigned orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct fixture *f = *state;
    struct buf first;
    struct buf next;
    size_t i;

    buf_init(&first, BYTES);
    buf_init(&next, BYTES);
    for (i = 0; i < 3; i++)
        make_part(f, (unsigned)i);
    must(f, join_files(f, orders[0], 3, &first, &f->diag));
    for (i = 1; i < ARRAY_LEN(orders); i++) {
        buf_clear(&next);
        must(f, join_files(f, orders[i], 3, &next, &f->diag));
        assert_int_equal(next.len, first.len);
        assert_memory_equal(next.bytes, first.bytes, first.len);
    }
    /* two first, then the third */
    for (i = 0; i < ARRAY_LEN(orders); i++) {
        const unsigned with[] = {3, orders[i][2]};

        buf_clear(&next);
        must(f, join_files(f, orders[i], 2, &next, &f->diag));
        put_file(f->paths[3], buf_str(&next));
        buf_clear(&next);
        must(f, join_files(f, with, 2, &next, &f->diag));
        assert_int_equal(next.len, first.len);
        assert_memory_equal(next.bytes, first.bytes, first.len);
    }
    buf_done(&first);
    buf_done(&next);
}

static void the_same_source_is_refused(void **state)
{
    static const unsigned twice[] = {0, 0};
    struct fixture *f = *state;
    struct buf out;

    buf_init(&out, BYTES);
    make_part(f, 0);
    assert_int_equal(join_files(f, twice, 2, &out, &f->diag), STATUS_USAGE);
    assert_int_equal(f->diag.by_rule[RULE_PART_TWICE], 1);
    buf_done(&out);
}

static void other_documents_are_refused(void **state)
{
    static const unsigned both[] = {0, 1};
    struct fixture *f = *state;
    struct invented part;
    struct buf out;

    buf_init(&out, BYTES);
    make_part(f, 0);
    invent(&part, 1);
    part.document.bytes = STR("<audit />");
    assert_true(digest_bytes(part.document.bytes, &part.document.sha256));
    part.head.period_start.us = 1000000;
    buf_clear(&f->bytes);
    must(f, write_invented(&part, 1, &f->bytes, &f->diag));
    put_file(f->paths[1], buf_str(&f->bytes));
    invent_done(&part);
    assert_int_equal(join_files(f, both, 2, &out, &f->diag), STATUS_USAGE);
    assert_int_equal(f->diag.by_rule[RULE_PART_DIFFERS], 1);
    assert_non_null(strstr(f->diag.list[0].text.ptr, "audit 'audit.xml': "));
    assert_non_null(strstr(f->diag.list[0].text.ptr, "period: "));
    buf_done(&out);
}

static void lines_come_back(void **state)
{
    struct fixture *f = *state;
    struct part_inputs inputs = {.arena = &f->arena};
    struct sha256 sum = {{1, 2, 3}};
    struct buf lines;
    size_t cases;

    make_part(f, 0);
    buf_init(&lines, BYTES);
    must(f, part_lines_write(str_of(f->paths[0]), &sum, &sum, collect, &lines, &f->diag));
    put_file(f->paths[1], buf_str(&lines));
    must(f, part_inputs_add(&inputs, str_of(f->paths[1]), &f->diag));
    assert_int_equal(inputs.count, 1);
    assert_int_equal(read_through(inputs.paths[0].ptr, &f->diag, &cases), STATUS_END);
    part_inputs_done(&inputs);
    /* half of a line is no line */
    put_file(f->paths[1], (struct str){lines.bytes, lines.len / 2});
    inputs.arena = &f->arena;
    assert_true(part_inputs_add(&inputs, str_of(f->paths[1]), &f->diag) < 0 ||
                read_through(inputs.paths[0].ptr, &f->diag, &cases) < 0);
    part_inputs_done(&inputs);
    buf_done(&lines);
}

static void memory_may_run_out_anywhere(void **state)
{
    static const unsigned both[] = {0, 1};
    struct fixture *f = *state;
    unsigned long nth;
    struct buf out;
    struct diag diag;
    enum status status = STATUS_MEMORY;

    make_part(f, 0);
    make_part(f, 1);
    for (nth = 1; status != STATUS_OK && nth < 20000; nth += 1 + nth / 50) {
        buf_init(&out, BYTES);
        diag_init(&diag);
        mem_fail_at(nth);
        status = join_files(f, both, 2, &out, &diag);
        mem_fail_at(0);
        if (out.failed) /* the sink of this test, which tells nobody */
            status = STATUS_MEMORY;
        assert_true(status == STATUS_OK || status == STATUS_MEMORY);
        buf_done(&out);
        diag_done(&diag);
    }
    assert_int_equal(status, STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(head_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_changed_byte_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_lie_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_length_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(order_leaves_no_trace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_source_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_documents_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lines_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_may_run_out_anywhere, set_up, tear_down),
    };

    return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
