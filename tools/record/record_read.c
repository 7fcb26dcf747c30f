/* The way of one source into a set: open, rows, values, cases, accounting. */
#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/stop.h"
#include "record/date_order.h"
#include "record/row_tally.h"
#include "record/stream.h"

/* What a row tells about the whole set, which only a row that is used may do. */
struct row_facts {
    int64_t latest;
    uint64_t given[2];
    bool has_group;
};

/* Everything one reading needs. */
struct gatherer {
    struct record_set *set;
    const struct record_options *options;
    struct bound_map *bound;
    struct source *source;
    struct rowset *rows;
    struct diag *diag;
    struct row_tally tally;
    struct accounting *accounting;
    struct bind_counts counts;
    enum date_order order;
    uint32_t number;
    int *slots; /* case slots that the map fills */
    size_t slot_count;
    size_t *active; /* fields whose column the source has, or may yet have */
    size_t active_count;
    uint64_t hashes[ROW_BATCH];
    struct str ids[ROW_BATCH];
    struct str *row_cells; /* of one row, by want */
    struct row_values values;
    struct row_facts facts;
    bool is_message_list;       /* the table tells nothing of its cases beside their messages */
    uint64_t rejected;          /* by this room */
    struct short_texts *shorts; /* one for each field */
    struct plain_table *plain;  /* NULL: every row goes cell by cell */
};

static struct where place_of(const struct gatherer *g, const struct row_batch *batch, size_t r)
{
    return (struct where){source_name(g->source), batch->lines[r], 0, batch->offsets[r]};
}

static struct str column_of(const struct gatherer *g, size_t field)
{
    return g->bound->wants[field].names[0];
}

/* Counts the row as rejected by the rule; STATUS_USAGE when the whole source cannot be read so. */
static enum status reject(struct gatherer *g, const struct row_batch *batch, size_t r,
                          enum rule rule, size_t field, struct str cell)
{
    struct buf text;
    bool kept;

    buf_init(&text, 1024);
    if (field != SIZE_MAX) {
        buf_add_visible(&text, column_of(g, field), 100);
        if (cell.ptr) {
            buf_add_text(&text, " '");
            buf_add_visible(&text, cell, 80);
            buf_add_char(&text, '\'');
        }
    }
    diag_report(g->diag, rule, place_of(g, batch, r), text.len ? "%s" : NULL, text.bytes);
    kept = !text.failed && row_tally_add(&g->tally, str_of(rule_info(rule)->name), true,
                                         batch->lines[r], batch->offsets[r], buf_str(&text));
    buf_done(&text);
    g->rejected++;
    return kept ? STATUS_OK : diag_no_memory(g->diag);
}

static enum status no_zone(struct gatherer *g, const struct row_batch *batch, size_t r,
                           struct str cell)
{
    diag_report(g->diag, RULE_ZONE_NEEDED, place_of(g, batch, r), "'%.*s'", STR_ARG(cell));
    diag_hint(g->diag, "say in which zone the times are written, for example --zone Europe/Rome");
    return STATUS_USAGE;
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
                                   : RULE_RECORD_BOOLEAN;
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
        struct str cell = bind_trim(g->bound, batch->cells[r * batch->width + c]);
        enum bind_result result;
        int64_t value = VALUE_MISSING;

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
        if (result == BIND_NO_ZONE)
            return no_zone(g, batch, r, cell);
        status = store(g, field, cell, result, value, place_of(g, batch, r));
    }
    *ret_is_rejected = false;
    return status;
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
    if (g->bound->solved_field != SIZE_MAX) {
        struct str cell = batch->cells[r * batch->width + g->bound->solved_field];

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

static enum status add_row(struct gatherer *g, const struct row_batch *batch, size_t r)
{
    struct case_row *row;
    enum status status;
    bool is_case_only = batch->is_case_only && batch->is_case_only[r];
    bool is_rejected;
    bool is_new;

    if (!g->ids[r].ptr && is_case_only) { /* neither a row nor a case that could be named */
        diag_report(g->diag, RULE_RECORD_NO_ID, place_of(g, batch, r), "a case without events");
        return STATUS_OK;
    }
    if (!g->ids[r].ptr)
        return reject(g, batch, r, RULE_RECORD_NO_ID, SIZE_MAX, g->ids[r]);
    row = case_table_add(&g->set->cases, g->ids[r], g->hashes[r], &is_new);
    if (!row || (is_new && !stream_mark(g->set, g->hashes[r])))
        return diag_no_memory(g->diag);
    if (row->seen != g->number + 1) {
        row->seen = (g->number + 1) & 0x1FFFFF;
        g->accounting->cases++;
    }
    if (is_case_only)
        return STATUS_OK;
    g->facts = (struct row_facts){.latest = VALUE_MISSING};
    g->values.at = VALUE_MISSING;
    g->values.sequence = INT32_MIN;
    g->values.group = INTERN_NONE;
    g->values.message = (struct row_message){.has_actor = false};
    g->values.is_message_only = g->is_message_list;
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
    keep_facts(g->set, &g->facts);
    g->set->has_rows_without_at |= !g->bound->has_at;
    g->accounting->rows_used++;
    if (!set_apply(g->set, row, &g->values, g->slots, g->slot_count))
        return diag_no_memory(g->diag);
    return STATUS_OK;
}

/* Behind some rows: whether reading can go on. */
static enum status check_rows(struct gatherer *g)
{
    if (!stream_check(g->set, /* is_end= */ false))
        return diag_no_memory(g->diag);
    if (record_set_needs_table(g->set))
        return STATUS_END;
    if (g->set->needs.memory_limit && record_memory(g->set) > g->set->needs.memory_limit) {
        diag_report(g->diag, RULE_MEMORY_CAP, WHERE_NONE, "%zu cases need more than %zu MiB",
                    g->set->cases.count, g->set->needs.memory_limit >> 20);
        diag_hint(g->diag, "allow more with --memory, for example --memory 8G");
        return STATUS_LIMIT;
    }
    return STATUS_OK;
}

/* Hands out what can be of the rows that the table has just converted. */
static enum status hand_out(struct gatherer *g, size_t count, bool *ret_left)
{
    struct plain_table *plain = g->plain;
    const struct stream_rows rows = {plain,          plain->ids, plain->hashes, plain->lines,
                                     plain->offsets, g->number,  count};
    struct plain_facts facts = plain_facts_none();
    size_t taken = 0;

    plain_table_facts(plain, count, &facts);
    plain_facts_join(&facts, g->set);
    if (!stream_take(g->set, /* lane= */ 0, &rows, ret_left, &taken))
        return diag_no_memory(g->diag);
    g->accounting->cases += taken;
    g->accounting->rows_used += taken;
    g->set->has_rows_without_at |= taken && !g->bound->has_at;
    return STATUS_OK;
}

/* Rows that are handed out change nothing but the counts. */
static enum status add_streaming(struct gatherer *g, const struct row_batch *batch, size_t first,
                                 size_t count)
{
    bool left[PLAIN_ROWS];
    enum status status;
    size_t k;

    plain_table_convert(g->plain, batch, first, count);
    status = hand_out(g, count, left);
    for (k = 0; k < count && status == STATUS_OK; k++)
        if (left[k])
            status = add_row(g, batch, first + k);
    return status;
}

/* A row of a view goes the ordinary way as a batch of its own. */
static enum status add_left(struct gatherer *g, const struct row_view *view, size_t r, size_t k)
{
    const struct row_batch row = {
        1, view->width, g->row_cells, &g->plain->lines[k], &g->plain->offsets[k], NULL};

    row_view_row(view, r, g->row_cells);
    g->ids[0] = g->plain->ids[k];
    g->hashes[0] = g->plain->hashes[k];
    return row_view_no_memory(view) ? diag_no_memory(g->diag) : add_row(g, &row, 0);
}

static enum status add_view(struct gatherer *g, const struct row_view *view)
{
    enum status status = STATUS_OK;
    bool left[PLAIN_ROWS];
    size_t r;
    size_t k;

    for (r = 0; r < view->count && status == STATUS_OK; r += PLAIN_ROWS) {
        size_t count = view->count - r < PLAIN_ROWS ? view->count - r : PLAIN_ROWS;

        if (!plain_table_convert_view(g->plain, view, r, count))
            return diag_no_memory(g->diag);
        status = hand_out(g, count, left);
        for (k = 0; k < count && status == STATUS_OK; k++)
            if (left[k])
                status = add_left(g, view, r + k, k);
    }
    return status == STATUS_OK ? check_rows(g) : status;
}

/* Hashes first, so that the index of one row is on its way while others are worked on. */
static void find_ids(struct gatherer *g, const struct row_batch *batch)
{
    size_t r;

    for (r = 0; r < batch->count; r++) {
        g->ids[r] = bind_trim(g->bound, batch->cells[r * batch->width + g->bound->id_field]);
        g->hashes[r] = case_table_hash(g->ids[r]);
        if (!g->set->stream)
            case_table_prefetch(&g->set->cases, g->hashes[r]);
    }
}

static enum status add_batch(struct gatherer *g, const struct row_batch *batch)
{
    bool is_streaming = stream_is_on(g->set) && g->plain;
    enum status status = STATUS_OK;
    size_t r;

    find_ids(g, batch);
    for (r = 0; r < batch->count && status == STATUS_OK; r += is_streaming ? PLAIN_ROWS : 1)
        status = is_streaming
                     ? add_streaming(g, batch, r,
                                     batch->count - r < PLAIN_ROWS ? batch->count - r : PLAIN_ROWS)
                     : add_row(g, batch, r);
    return status == STATUS_OK ? check_rows(g) : status;
}

/* --- the whole source --- */

/* Rows that the reader refused by itself. */
static enum status take_rejects(struct gatherer *g)
{
    size_t i;

    for (i = 0; i < g->rows->reject_count; i++) {
        const struct row_reject *item = &g->rows->rejects[i];

        if (!row_tally_add(&g->tally, str_of(rule_info(item->rule)->name), true, item->line,
                           item->offset, (struct str){NULL, 0}))
            return diag_no_memory(g->diag);
    }
    return STATUS_OK;
}

/* Where the next rows are regular. */
static enum status read_view(struct gatherer *g, bool *ret_has_rows)
{
    struct row_view view;
    enum status status = rowset_view(g->rows, &view);

    *ret_has_rows = status == STATUS_OK && view.count;
    if (!*ret_has_rows)
        return status;
    status = add_view(g, &view);
    if (g->options->progress)
        g->options->progress(g->options->context, row_view_offset(&view, view.count - 1));
    return status;
}

static enum status read_rows(struct gatherer *g)
{
    struct row_batch batch;
    enum status status;
    enum status more;

    for (;;) {
        bool has_rows = false;

        status = stop_check(g->diag);
        if (status == STATUS_OK && g->plain && stream_is_on(g->set))
            status = read_view(g, &has_rows);
        if (status != STATUS_OK)
            return status;
        if (has_rows)
            continue;
        more = rowset_next(g->rows, &batch);
        if (more < 0)
            return more;
        status = take_rejects(g);
        if (status == STATUS_OK && more == STATUS_OK)
            status = add_batch(g, &batch);
        if (more == STATUS_OK && batch.count && g->options->progress)
            g->options->progress(g->options->context, batch.offsets[batch.count - 1]);
        if (status != STATUS_OK || more == STATUS_END)
            return status; /* STATUS_END: no rows left, or the order of dates is needed */
    }
}

static enum status open_rows(struct gatherer *g)
{
    const struct reader_kind *kind = reader_find(g->options->map->reader);
    struct reader_options options = {g->options->delimiter ? g->options->delimiter
                                                           : g->options->map->delimiter,
                                     g->options->encoding};

    BUG_IF(!kind); /* the plan has checked it */
    return kind->open(g->source, &options, g->bound->wants, g->bound->count, g->diag, &g->rows);
}

/* What comes only once cannot be looked at beforehand: its order is decided from a copy. */
static enum status decide_order(struct gatherer *g)
{
    enum status status;

    g->order = g->options->date_order;
    if (g->order != DATE_ORDER_UNKNOWN || !g->bound->has_order ||
        !source_reads_once(source_name(g->source)))
        return STATUS_OK;
    status = source_spool(g->source, g->diag);
    if (status == STATUS_OK)
        status = order_look(g->source, g->options, g->bound, g->diag, &g->order);
    if (status == STATUS_OK)
        status = source_rewind(g->source, g->diag);
    return status;
}

/* Whether the map fills the slot. */
static bool fills(const struct gatherer *g, int slot)
{
    size_t i;

    for (i = 0; i < g->slot_count; i++)
        if (g->slots[i] == slot)
            return true;
    return false;
}

static bool tells_attributes(const struct bind_field *field)
{
    switch (field->slot) {
    case PART_ID:
    case PART_AT:
    case PART_SEQUENCE:
        return false;
    case PART_STATUS:
    case SLOT_STATUS:
        return true;
    default:
        return field->type == FIELD_INSTANT || field->type == FIELD_INTEGER ||
               field->type == FIELD_BOOLEAN;
    }
}

static bool has_found(const struct gatherer *g, int slot)
{
    size_t i;

    for (i = 0; i < g->bound->count; i++)
        if (g->bound->fields[i].slot == slot && g->rows->found[i])
            return true;
    return false;
}

/*
 * A table with authors' classes and none of the dates, numbers, flags or status of its cases is a
 * list of messages. Only columns that are always read decide, so that it is one for every measure.
 */
static bool is_message_list(const struct gatherer *g)
{
    size_t i;

    for (i = 0; i < g->bound->count; i++)
        if (g->rows->found[i] && tells_attributes(&g->bound->fields[i]))
            return false;
    return has_found(g, PART_ACTOR_CLASS);
}

/* A table tells its columns at once; in an event log each event brings its own. */
static enum status list_active(struct gatherer *g, struct arena *arena)
{
    bool is_table = g->rows->column_count > 0;
    size_t i;

    g->active = arena_alloc(arena, g->bound->count, sizeof *g->active);
    g->row_cells = arena_alloc(arena, g->bound->count, sizeof *g->row_cells);
    g->shorts = mem_alloc(g->bound->count, sizeof *g->shorts);
    if (!g->active || !g->row_cells || !g->shorts)
        return diag_no_memory(g->diag);
    for (i = 0; i < SLOT_END; i++)
        g->values.slots[i] = VALUE_MISSING;
    for (i = 0; i < g->set->needs.tracked_count; i++)
        if (!fills(g, g->set->needs.tracked[i]))
            g->values.slots[g->set->needs.tracked[i]] = VALUE_UNSAID;
    for (i = 0; i < g->bound->count; i++) {
        const struct bind_field *field = &g->bound->fields[i];

        if (field->slot != PART_ID && (!is_table || g->rows->found[i] || field->required))
            g->active[g->active_count++] = i;
    }
    g->is_message_list = is_table && is_message_list(g);
    if (is_table && has_found(g, PART_ACTOR_CLASS) && !has_found(g, PART_AT))
        diag_report(g->diag, RULE_RECORD_NO_MOMENT, (struct where){source_name(g->source), 0, 0, 0},
                    NULL);
    if (g->set->stream && is_table && !g->is_message_list)
        plain_table_new(g->set, g->bound, g->options->zone, g->order, g->active, g->active_count,
                        g->shorts, &g->plain);
    return STATUS_OK;
}

static enum status list_slots(struct gatherer *g, struct arena *arena)
{
    size_t i;

    g->slots = arena_alloc(arena, g->bound->count, sizeof *g->slots);
    if (!g->slots)
        return diag_no_memory(g->diag);
    for (i = 0; i < g->bound->count; i++) {
        int slot = g->bound->fields[i].slot;

        if ((slot < SLOT_COUNT || slot >= SLOT_OWN) && g->set->slot_width[slot])
            g->slots[g->slot_count++] = slot;
    }
    return STATUS_OK;
}

static enum status finish(struct gatherer *g, struct arena *arena)
{
    struct accounting *accounting = g->accounting;
    enum status status = source_finish(g->source, g->diag, &accounting->identity);

    if (status != STATUS_OK)
        return status;
    accounting->identity.name = arena_str(arena, accounting->identity.name);
    accounting->dialect = arena_str(arena, g->rows->dialect);
    accounting->rows_read = g->rows->counts.read;
    accounting->rows_rejected = g->rows->counts.rejected + g->rejected;
    accounting->times_gap = g->counts.gap;
    accounting->times_twice = g->counts.twice;
    accounting->digits_dropped = g->counts.digits_dropped;
    accounting->reasons = g->tally.reasons;
    accounting->reason_count = g->tally.count;
    if (g->order != DATE_ORDER_UNKNOWN)
        accounting->date_order = str_of(g->order == DATE_ORDER_DMY ? "dmy" : "mdy");
    if (!accounting->identity.name.ptr)
        return diag_no_memory(g->diag);
    BUG_IF(!accounting_holds(accounting));
    return STATUS_OK;
}

enum status record_read(struct record_set *set, struct str name, uint32_t source_number,
                        const struct record_options *options, struct arena *arena,
                        struct diag *diag, struct accounting *ret_accounting)
{
    struct gatherer *g = mem_alloc(1, sizeof *g);
    enum status status = STATUS_MEMORY;

    if (!g || !row_tally_init(&g->tally, arena)) {
        mem_free(g);
        return diag_no_memory(diag);
    }
    g->set = set;
    g->options = options;
    g->diag = diag;
    g->number = source_number;
    g->accounting = ret_accounting;
    memset(ret_accounting, 0, sizeof *ret_accounting);
    ret_accounting->map = options->map->id;
    ret_accounting->map_sha256 = options->map->sha256;
    ret_accounting->has_audit_trail = options->has_audit_trail;
    if (options->zone) {
        ret_accounting->zone = arena_str(arena, zone_name(options->zone));
        if (!ret_accounting->zone.ptr) {
            mem_free(g);
            return diag_no_memory(diag);
        }
    }
    set->first_to_last |= options->map->measures_first_to_last;
    set->has_classes |= options->map->status_count > 0 || options->solved_when.ptr;

    status = bind_map(options, &set->needs, arena, diag, &g->bound);
    if (status == STATUS_OK && g->bound->needs_zone && !options->zone) {
        diag_report(diag, RULE_ZONE_NEEDED, (struct where){name, 0, 0, 0},
                    "source map '%.*s' reads local times", STR_ARG(options->map->id));
        diag_hint(diag, "say in which zone they are written, for example --zone Europe/Rome");
        status = STATUS_USAGE;
    }
    if (status == STATUS_OK)
        status = source_open(name, diag, &g->source);
    if (status == STATUS_OK)
        status = decide_order(g);
    if (status == STATUS_OK)
        status = list_slots(g, arena);
    if (status == STATUS_OK)
        status = open_rows(g);
    if (status == STATUS_OK)
        status = list_active(g, arena);
    if (status == STATUS_OK)
        status = read_rows(g);
    if (status == STATUS_OK && !set->needs_order)
        status = finish(g, arena);
    if (status == STATUS_END)
        status = STATUS_OK; /* stopped for the order of dates */
    rowset_close(g->rows);
    source_close(g->source);
    plain_table_free(g->plain);
    mem_free(g->shorts);
    mem_free(g);
    return status;
}
