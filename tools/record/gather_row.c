/* The way of one row, cell by cell: values, class, case. */
#include <string.h>

#include "base/buf.h"
#include "record/gatherer.h"

static struct where place_of(const struct gatherer *g, const struct row_batch *batch, size_t r)
{
    return (struct where){source_name(g->source), batch->lines[r], 0, batch->offsets[r]};
}

static struct str column_of(const struct gatherer *g, size_t field)
{
    return g->bound->wants[field].names[0];
}

static void put_cell(struct buf *text, struct str column, struct str cell)
{
    if (!column.ptr)
        return;
    buf_add_visible(text, column, 100);
    if (cell.ptr) {
        buf_add_text(text, " '");
        buf_add_visible(text, cell, 80);
        buf_add_char(text, '\'');
    }
}

enum status gather_say(struct gatherer *g, const struct row_batch *batch, size_t r, enum rule rule,
                       struct str column, struct str cell)
{
    struct buf text;

    buf_init(&text, 1024);
    put_cell(&text, column, cell);
    diag_report(g->diag, rule, place_of(g, batch, r), text.len ? "%s" : NULL, text.bytes);
    buf_done(&text);
    return STATUS_OK;
}

enum status gather_reject(struct gatherer *g, const struct row_batch *batch, size_t r,
                          enum rule rule, struct str column, struct str cell)
{
    struct buf text;
    bool kept;

    if (g->row_is_used)
        return gather_say(g, batch, r, rule, column, cell);
    buf_init(&text, 1024);
    put_cell(&text, column, cell);
    diag_report(g->diag, rule, place_of(g, batch, r), text.len ? "%s" : NULL, text.bytes);
    kept = !text.failed && row_tally_add(&g->tally, str_of(rule_info(rule)->name), true,
                                         batch->lines[r], batch->offsets[r], buf_str(&text));
    buf_done(&text);
    g->rejected++;
    return kept ? STATUS_OK : diag_no_memory(g->diag);
}

/* Counts the row as rejected by the rule; STATUS_USAGE when the whole source cannot be read so. */
static enum status reject(struct gatherer *g, const struct row_batch *batch, size_t r,
                          enum rule rule, size_t field, struct str cell)
{
    struct str column = field == SIZE_MAX ? (struct str){NULL, 0} : column_of(g, field);

    return gather_reject(g, batch, r, rule, column, cell);
}

static enum status no_zone(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct str cell)
{
    diag_report(g->diag, RULE_ZONE_NEEDED, place_of(g, batch, r), "'%.*s'", STR_ARG(cell));
    diag_hint(g->diag, "say in which zone they are written: --zone Europe/Rome, or "
                       "zone=\"Europe/Rome\" at the <source> of the audit");
    return STATUS_USAGE;
}

static enum status no_year(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct str cell, enum bind_result result)
{
    if (result == BIND_NO_YEAR) {
        diag_report(g->diag, RULE_YEAR_NEEDED, place_of(g, batch, r), "'%.*s'", STR_ARG(cell));
        diag_hint(g->diag, "say when the log ends at the latest, for example --as-of "
                           "2026-01-31T00:00:00Z");
    } else {
        diag_report(g->diag, RULE_YEAR_LATE, place_of(g, batch, r), "'%.*s'", STR_ARG(cell));
        diag_hint(g->diag, "cut the file into parts of less than a year, or state a later --as-of");
    }
    return STATUS_USAGE;
}

enum status gather_no_time(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct str cell, enum bind_result result)
{
    return result == BIND_NO_ZONE ? no_zone(g, batch, r, cell) : no_year(g, batch, r, cell, result);
}

/* --- status classes --- */

static uint8_t look_up_class(const struct source_map *map, struct str status)
{
    size_t i;

    for (i = 0; i < map->status_count; i++)
        if (str_equal_nocase(map->statuses[i].value, status))
            return (uint8_t)map->statuses[i].class;
    return CLASS_UNKNOWN;
}

/* Class of a status text; the first time a text is met it is looked up, and reported if unknown. */
static bool class_of(struct gatherer *g, uint32_t text, struct where where, uint8_t *ret_class)
{
    struct record_set *set = g->set;

    while (text >= set->class_capacity) {
        size_t before = set->class_capacity;

        if (!mem_grow(&set->class_of_text, before, &set->class_capacity, 1))
            return false;
        memset(set->class_of_text + before, 0, set->class_capacity - before);
    }
    if (set->class_of_text[text] == 0) {
        struct str status = intern_text(&set->texts, text);
        uint8_t class = look_up_class(g->options->map, status);

        set->class_of_text[text] = (uint8_t)(class + 1);
        if (class == CLASS_UNKNOWN && g->options->map->status_count)
            diag_report(g->diag, RULE_RECORD_STATUS, where, "'%.*s'", STR_ARG(status));
    }
    *ret_class = (uint8_t)(set->class_of_text[text] - 1);
    return true;
}

/* --- one row --- */

static bool is_log(const struct gatherer *g)
{
    return g->rows->rule_count > 0;
}

/* Number of the text that the field makes of a cell; INTERN_NONE when memory is out. */
static uint32_t text_of(struct gatherer *g, const struct bind_field *field, struct str cell)
{
    struct short_texts *shorts = &g->shorts[field - g->bound->fields];
    uint32_t text = short_text_find(shorts, cell);

    if (text != INTERN_NONE)
        return text;
    text = intern_id(&g->set->texts, bind_text(field, cell));
    if (text != INTERN_NONE)
        short_text_keep(shorts, cell, text);
    return text;
}

/* Words for authors and their audience; one that is not understood stands for nobody. */
static void store_word(struct gatherer *g, const struct bind_field *field, struct str text,
                       struct where where)
{
    struct row_message *message = &g->values.message;
    enum rule rule = RULE_RECORD_ACTOR;

    if (field->slot == PART_LANGUAGE) {
        message->has_language = true;
        message->language = detect_language(text);
        return;
    }
    if (field->slot == PART_TYPE) {
        message->type = message_type_find(text);
        return;
    }
    if (field->slot == PART_ACTOR_CLASS) {
        message->has_actor = true;
        if (actor_class_find(text, &message->actor))
            return;
    } else {
        if (message_visibility_find(text, &message->visibility))
            return;
        message->visibility = VISIBILITY_UNKNOWN;
        rule = RULE_RECORD_VISIBILITY;
    }
    diag_report(g->diag, rule, where, "'%.*s'", STR_ARG(text));
}

static enum status store(struct gatherer *g, const struct bind_field *field, struct str cell,
                         enum bind_result result, int64_t value, struct where where)
{
    struct row_values *values = &g->values;

    if (field->slot == PART_TEXT) { /* looked at while the row is there, and never kept */
        if (result == BIND_VALUE)
            values->message.text = cell;
        return STATUS_OK;
    }
    if (result == BIND_MISSING)
        value = VALUE_MISSING;
    else if (field->type == FIELD_TEXT || field->type == FIELD_PERSON) {
        uint32_t text = text_of(g, field, cell);

        if (text == INTERN_NONE)
            return diag_no_memory(g->diag);
        value = (int64_t)text;
    }
    switch (field->slot) {
    case PART_AT:
        values->at = value;
        break;
    case PART_SEQUENCE:
        values->sequence = value == VALUE_MISSING ? INT32_MIN : (int32_t)value;
        break;
    case PART_STATUS:
        /* the class of an event's own status wins over the ticket's */
        values->slots[SLOT_CLASS] = value;
        break;
    case PART_TYPE:
    case PART_ACTOR_CLASS:
    case PART_VISIBILITY:
    case PART_LANGUAGE:
        if (value != VALUE_MISSING)
            store_word(g, field, record_text(g->set, value), where);
        break;
    case PART_GROUP:
        values->group = value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
        g->facts.has_group |= value != VALUE_MISSING;
        break;
    case SLOT_NONE:
        break;
    default:
        values->slots[field->slot] = value;
        break;
    }
    if (value != VALUE_MISSING && (field->slot < SLOT_COUNT || field->slot >= SLOT_OWN)) {
        g->facts.given[field->slot >> 6] |= 1ull << (field->slot & 63);
        if (field->type == FIELD_INSTANT && field->slot != SLOT_DUE &&
            field->slot != SLOT_PROMISED && value > g->facts.latest)
            g->facts.latest = value;
    }
    if (field->slot == PART_AT && value != VALUE_MISSING) {
        /* a message alone makes no history */
        if (!g->is_message_list)
            g->facts.given[0] |= 1ull << SLOT_FIRST_EVENT;
        if (value > g->facts.latest)
            g->facts.latest = value;
    }
    return STATUS_OK;
}

static void keep_facts(struct record_set *set, const struct row_facts *facts)
{
    set->given[0] |= facts->given[0];
    set->given[1] |= facts->given[1];
    set->has_groups |= facts->has_group;
    if (facts->latest > set->latest)
        set->latest = facts->latest;
}

static enum rule rule_of(enum field_type type)
{
    return type == FIELD_INSTANT   ? RULE_RECORD_INSTANT
           : type == FIELD_INTEGER ? RULE_RECORD_INTEGER
           : type == FIELD_NUMBER  ? RULE_RECORD_NUMBER
                                   : RULE_RECORD_BOOLEAN;
}

/* What the field fills of its case is in the row; that of an event's status is the case's class. */
static void note_filled(struct gatherer *g, const struct bind_field *field)
{
    struct row_values *values = &g->values;

    if (field->slot == PART_STATUS || field->slot == SLOT_STATUS)
        slot_set_add(&values->filled, SLOT_CLASS);
    if (field->slot < SLOT_COUNT || field->slot >= SLOT_OWN)
        slot_set_add(&values->filled, field->slot);
}

/* Cells into values. *ret_is_rejected: the row is counted as such and must not change its case. */
static enum status convert_row(struct gatherer *g, const struct row_batch *batch, size_t r,
                               bool *ret_is_rejected)
{
    const struct source_map *map = g->options->map;
    enum status status = STATUS_OK;
    size_t i;

    *ret_is_rejected = true;
    for (i = 0; i < g->active_count && status == STATUS_OK; i++) {
        size_t c = g->active[i];
        const struct bind_field *field = &g->bound->fields[c];
        struct str given = batch->cells[r * batch->width + c];
        struct str cell = bind_trim(g->bound, given);
        enum bind_result result;
        int64_t value = VALUE_MISSING;

        if (g->tells_some && given.ptr)
            note_filled(g, field);
        if (!cell.ptr && field->required)
            return reject(g, batch, r, RULE_RECORD_REQUIRED, c, cell);
        result = bind_cell(field, g->options->zone, g->order, cell, &g->counts, &value);
        if (result == BIND_BAD || (result == BIND_VALUE && field->slot == PART_SEQUENCE &&
                                   (value <= INT32_MIN || value > INT32_MAX)))
            return reject(g, batch, r, rule_of(field->type), c, cell);
        if (result == BIND_NO_ORDER) {
            g->set->needs_order = true;
            return STATUS_END;
        }
        if (result == BIND_NO_ZONE && str_is(map->reader, "xes"))
            return reject(g, batch, r, RULE_RECORD_NO_ZONE, c, cell);
        if (result != BIND_VALUE && result != BIND_MISSING)
            return gather_no_time(g, batch, r, cell, result);
        status = store(g, field, cell, result, value, place_of(g, batch, r));
    }
    *ret_is_rejected = false;
    return status;
}

/* The row has the column that says whether it solves its case. */
static bool tells_solved(const struct gatherer *g, const struct row_batch *batch, size_t r)
{
    size_t field = g->bound->solved_field;

    if (field == SIZE_MAX)
        return false;
    return g->tells_some ? batch->cells[r * batch->width + field].ptr != NULL
                         : g->rows->found[field];
}

static enum status find_class(struct gatherer *g, const struct row_batch *batch, size_t r)
{
    struct row_values *values = &g->values;
    int64_t status = values->slots[SLOT_CLASS];

    if (status == VALUE_MISSING)
        status = values->slots[SLOT_STATUS];
    values->class = CLASS_UNKNOWN;
    values->status = status == VALUE_MISSING ? INTERN_NONE : (uint32_t)status;
    values->has_status = status != VALUE_MISSING;
    if (status != VALUE_MISSING &&
        !class_of(g, (uint32_t)status, place_of(g, batch, r), &values->class))
        return diag_no_memory(g->diag);
    if (tells_solved(g, batch, r)) {
        struct str cell = batch->cells[r * batch->width + g->bound->solved_field];

        if (g->tells_some)
            slot_set_add(&values->filled, SLOT_CLASS);
        values->has_status = true;
        if (str_equal(str_trim(cell), g->bound->solved_value)) {
            values->class = CLASS_SOLVED;
            g->accounting->rows_solving++;
        } else if (values->class == CLASS_UNKNOWN) {
            values->class = CLASS_OPEN;
        }
    }
    return STATUS_OK;
}

struct case_row *gather_case(struct gatherer *g, struct str id, uint64_t hash)
{
    struct case_row *row;
    bool is_new;

    row = case_table_add(&g->set->cases, id, hash, &is_new);
    if (!row || (is_new && !stream_mark(g->set, hash)))
        return NULL;
    if (row->seen != g->number + 1) {
        row->seen = (g->number + 1) & 0x1FFFFF;
        g->accounting->cases++;
    }
    return row;
}

/* Among the entries of a log that are messages some say what the case is, as the first one does. */
static bool has_attribute(const struct gatherer *g)
{
    size_t i;

    for (i = 0; i < g->slot_count; i++)
        if (g->values.slots[g->slots[i]] != VALUE_MISSING)
            return true;
    return false;
}

/* What the detectors find in the text of a message; false: memory is out. */
static bool mark_message(struct gatherer *g, uint64_t line, uint64_t offset, struct str id)
{
    const struct record_options *options = g->options;
    struct row_message *message = &g->values.message;
    struct record_heard heard = {.ticket = id, .line = line, .offset = offset,
                                 .at = g->values.at, .actor = message->actor,
                                 .text = message->text};
    uint32_t marks;

    if (!message->text.ptr || !message_of_row(message, &heard.is_public))
        return true;
    heard.marks = detect_text(g->detecting, message->text,
                              message->has_language ? message->language : LANG_COUNT);
    if (!heard.marks.ptr)
        return false;
    if (options->heard)
        return options->heard(options->hearing, &heard);
    marks = intern_id(&g->set->marks, heard.marks);
    message->marks = marks + 1;
    return marks != INTERN_NONE;
}

enum status gather_row(struct gatherer *g, const struct row_batch *batch, size_t r, struct str id,
                       uint64_t hash)
{
    struct case_row *row;
    enum status status;
    bool is_case_only = batch->is_case_only && batch->is_case_only[r];
    bool is_rejected;

    if (!id.ptr && is_case_only) { /* neither a row nor a case that could be named */
        diag_report(g->diag, RULE_RECORD_NO_ID, place_of(g, batch, r), "a case without events");
        return STATUS_OK;
    }
    if (!id.ptr)
        return reject(g, batch, r, RULE_RECORD_NO_ID, SIZE_MAX, id);
    row = gather_case(g, id, hash);
    if (!row)
        return diag_no_memory(g->diag);
    if (is_case_only)
        return STATUS_OK;
    g->facts = (struct row_facts){.latest = VALUE_MISSING};
    g->values.at = VALUE_MISSING;
    g->values.sequence = INT32_MIN;
    g->values.group = INTERN_NONE;
    g->values.message = (struct row_message){.has_actor = false};
    if (g->tells_some)
        g->values.filled = (struct slot_set){{0, 0}};
    g->values.is_message_only = g->is_message_list;
    g->values.tells_attributes = !g->is_message_list;
    g->values.slots[SLOT_CLASS] = VALUE_MISSING;
    g->values.slots[SLOT_STATUS] = VALUE_MISSING;
    g->values.position = (uint64_t)g->number << 44 | batch->offsets[r];
    g->values.line = batch->lines[r] > UINT32_MAX ? UINT32_MAX : (uint32_t)batch->lines[r];
    status = convert_row(g, batch, r, &is_rejected);
    if (status == STATUS_OK && is_rejected)
        row->rejected = 1;
    if (status != STATUS_OK || is_rejected)
        return status;
    status = find_class(g, batch, r);
    if (status != STATUS_OK)
        return status;
    g->values.tells_attributes |= is_log(g) && has_attribute(g);
    if (g->tells_some && !set_number_fill(g->set, &g->values))
        return diag_no_memory(g->diag);
    keep_facts(g->set, &g->facts);
    g->set->has_rows_without_at |= !g->bound->has_at;
    if (g->detecting && !mark_message(g, batch->lines[r], batch->offsets[r], id))
        return diag_no_memory(g->diag);
    g->accounting->rows_used += !g->row_is_used;
    if (!set_apply(g->set, row, &g->values, g->slots, g->slot_count))
        return diag_no_memory(g->diag);
    return STATUS_OK;
}
