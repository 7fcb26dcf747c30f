/* The way of one source into a set: open, rows, values, cases, accounting. */
#include <string.h>

#include "base/bug.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/stop.h"
#include "record/date_order.h"
#include "record/lanes.h"
#include "record/rule_account.h"

/* --- the whole source --- */

static enum status read_rows(struct gatherer *g)
{
    enum status status = STATUS_OK;
    bool is_last = false;

    while (status == STATUS_OK && !is_last) {
        uint64_t offset = 0;

        status = stop_check(g->diag);
        if (status == STATUS_OK && g->lanes && stream_is_on(g->set))
            status = lanes_read(g, &offset);
        if (status == STATUS_OK && offset)
            gather_tell(g, offset);
        else if (status == STATUS_OK)
            status = gather_next(g, &is_last);
    }
    return status;
}

static enum status open_rows(struct gatherer *g)
{
    const struct reader_kind *kind = reader_find(g->options->map->reader);
    struct reader_options options = bind_reading(g->options);

    BUG_IF(!kind); /* the plan has checked it */
    return kind->open(g->source, &options, g->kinds.wants, g->kinds.want_count, g->diag,
                      &g->rows);
}

/* What comes only once cannot be looked at beforehand: its order is decided from a copy. */
static enum status decide_order(struct gatherer *g)
{
    enum status status;

    g->order = g->options->date_order;
    if (g->order != DATE_ORDER_UNKNOWN ||
        !source_reads_once(source_name(g->source)))
        return STATUS_OK;
    status = source_spool(g->source, g->diag);
    if (status == STATUS_OK)
        status = order_look(g->source, g->options, g->diag, &g->order);
    if (status == STATUS_OK)
        status = source_rewind(g->source, g->diag);
    return status;
}

/* Whether the source fills the slot. */
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

/* What a row of the source may fill; of a table each does, and a number stands for it. False: memory
   is out. */
static bool list_slots(struct gatherer *g, bool is_table, struct arena *arena)
{
    struct slot_set *filled = &g->values.filled;
    size_t i;

    g->slots = arena_alloc(arena, g->bound->count, sizeof *g->slots);
    if (!g->slots)
        return false;
    for (i = 0; i < g->bound->count; i++) {
        int slot = g->bound->fields[i].slot;

        if (is_table && !g->rows->found[i])
            continue;
        if ((slot < SLOT_COUNT || slot >= SLOT_OWN) && g->set->slot_width[slot]) {
            g->slots[g->slot_count++] = slot;
            slot_set_add(filled, slot);
        }
        if (slot == PART_STATUS || slot == SLOT_STATUS || i == g->bound->solved_field)
            slot_set_add(filled, SLOT_CLASS);
    }
    if (!g->makes_tickets || g->tells_some || g->is_message_list)
        return true; /* none of its rows tells attributes, or each what is in it */
    return set_number_fill(g->set, &g->values);
}

/* A table tells its columns at once; in an event log each event brings its own. */
static enum status list_active(struct gatherer *g, struct arena *arena)
{
    bool is_table = g->rows->column_count > 0;
    size_t i;

    g->active = arena_alloc(arena, g->bound->count, sizeof *g->active);
    g->shorts = mem_alloc(g->bound->count, sizeof *g->shorts);
    if (!g->active || !g->shorts)
        return diag_no_memory(g->diag);
    g->tells_some = !is_table || g->rows->rule_count > 0;
    g->is_message_list = is_table && is_message_list(g);
    if (!list_slots(g, is_table, arena))
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
    if (is_table && has_found(g, PART_ACTOR_CLASS) && !has_found(g, PART_AT))
        diag_report(g->diag, RULE_RECORD_NO_MOMENT, (struct where){source_name(g->source), 0, 0, 0},
                    NULL);
    return g->set->stream && is_table && !g->is_message_list && g->kinds.count == 0 &&
                   g->makes_tickets
               ? lanes_new(g, &g->lanes)
               : STATUS_OK;
}

/* What the reader left out by itself, with the places of the first. */
static enum status take_left_out(struct gatherer *g)
{
    size_t i;
    size_t k;

    for (i = 0; i < g->rows->left_out_count; i++) {
        const struct row_left_out *left = &g->rows->left_out[i];
        struct str reason = str_of(left->reason);
        /* what a rule knows need not be shown to be known */
        bool is_shown = g->options->with_text || !str_is(reason, LOG_REASON_BY_RULE);

        for (k = 0; k < left->first_count; k++)
            if (!row_tally_add(&g->tally, reason, false, left->lines[k], left->offsets[k],
                               is_shown ? left->texts[k] : (struct str){NULL, 0}))
                return diag_no_memory(g->diag);
        if (left->n > k && !row_tally_add_many(&g->tally, reason, false, left->n - k))
            return diag_no_memory(g->diag);
    }
    return STATUS_OK;
}

static enum status finish(struct gatherer *g, struct arena *arena)
{
    struct accounting *accounting = g->accounting;
    enum status status = source_finish(g->source, g->diag, &accounting->identity);

    if (status == STATUS_OK)
        status = take_left_out(g);
    if (status != STATUS_OK)
        return status;
    accounting->identity.name = arena_str(arena, accounting->identity.name);
    accounting->dialect = arena_str(arena, g->rows->dialect);
    accounting->rows_read = g->rows->counts.read;
    accounting->rows_rejected = g->rows->counts.rejected + g->rejected;
    accounting->rows_filtered = g->rows->counts.left_out;
    accounting->is_partial = g->rows->is_partial;
    accounting->boundary_spent = g->rows->boundary_spent;
    accounting->tells_places |= g->rows->tells_places;
    accounting->times_gap = g->counts.gap;
    accounting->times_twice = g->counts.twice;
    accounting->digits_dropped = g->counts.digits_dropped;
    accounting->years_found = g->counts.years.found;
    accounting->year_turns = g->counts.years.turns;
    row_tally_order(&g->tally);
    accounting->reasons = g->tally.reasons;
    accounting->reason_count = g->tally.count;
    if (g->order != DATE_ORDER_UNKNOWN)
        accounting->date_order = str_of(g->order == DATE_ORDER_DMY ? "dmy" : "mdy");
    if (!accounting->identity.name.ptr || !rule_account(g->rows, g->options, arena, accounting))
        return diag_no_memory(g->diag);
    BUG_IF(!accounting_holds(accounting));
    return STATUS_OK;
}

/* Local, for times without a year; missing: unknown. */
static struct local latest_time(const struct record_options *options)
{
    if (!options->has_as_of)
        return (struct local){INT64_MIN};
    return zone_local(options->zone ? options->zone : zone_utc(), options->as_of);
}

/* What is known of the source before it is read; false: memory is out. */
static bool begin_accounting(struct gatherer *g, struct arena *arena)
{
    struct accounting *accounting = g->accounting;
    const struct record_options *options = g->options;

    memset(accounting, 0, sizeof *accounting);
    accounting->map = options->map->id;
    accounting->map_sha256 = options->map->sha256;
    accounting->has_audit_trail = options->has_audit_trail;
    if (!options->zone)
        return true;
    accounting->zone = arena_str(arena, zone_name(options->zone));
    return accounting->zone.ptr != NULL;
}

static void begin_set(struct record_set *set, const struct record_options *options)
{
    if (!record_map_feeds(options->map, RECORD_TICKET))
        return;
    set->first_to_last |= options->map->measures_first_to_last;
    if (set->class_map != options->map && set->class_capacity)
        memset(set->class_of_text, 0, set->class_capacity); /* another map has other classes */
    set->class_map = options->map;
    set->has_classes |= options->map->status_count > 0 || options->solved_when.ptr;
}

static enum status open_source(struct gatherer *g, struct str name, struct arena *arena)
{
    const struct record_options *options = g->options;
    enum status status = bind_map(options, &g->set->needs, arena, g->diag, &g->bound);

    g->makes_tickets = record_map_feeds(options->map, RECORD_TICKET);
    if (status == STATUS_OK)
        status = kind_rows_new(g, arena);
    if (status == STATUS_OK && (g->bound->needs_zone || kind_rows_need_zone(&g->kinds)) && !options->zone) {
        diag_report(g->diag, RULE_ZONE_NEEDED, (struct where){name, 0, 0, 0},
                    "source map '%.*s' reads local times", STR_ARG(options->map->id));
        diag_hint(g->diag, "say in which zone they are written: --zone Europe/Rome, or "
                           "zone=\"Europe/Rome\" at the <source> of the audit");
        status = STATUS_USAGE;
    }
    if (status == STATUS_OK)
        status = options->text.ptr ? source_open_memory(name, options->text, g->diag, &g->source)
                                   : source_open(name, g->diag, &g->source);
    if (status == STATUS_OK && options->pool)
        source_share(g->source, options->pool);
    return status;
}

/* False: memory is out. */
static bool begin_detecting(struct gatherer *g)
{
    if (!g->options->detectors || !g->set->needs.marks)
        return true;
    g->detecting = detect_run_new(g->options->detectors, /* hits_only= */ g->options->heard != NULL);
    return g->detecting != NULL;
}

static void gatherer_free(struct gatherer *g)
{
    if (!g)
        return;
    lanes_free(g->lanes); /* first: they may be at work on the rows */
    kind_rows_done(&g->kinds);
    rowset_close(g->rows);
    source_close(g->source);
    detect_run_free(g->detecting);
    mem_free(g->shorts);
    mem_free(g);
}

/* Years that are not written carry over the files of one log. */
static void go_on(struct gatherer *g, struct str name)
{
    const struct record_set *set = g->set;

    if (set->log_map == g->options->map && source_goes_on(buf_str(&set->log_name), name))
        year_go_on(&g->counts.years, set->log_before);
}

static bool keep_log(struct gatherer *g)
{
    struct record_set *set = g->set;

    set->log_map = g->options->map;
    set->log_before = g->counts.years.before;
    buf_clear(&set->log_name);
    buf_add(&set->log_name, source_name(g->source));
    return !set->log_name.failed;
}

enum status record_read(struct record_set *set, struct str name, uint32_t source_number,
                        const struct record_options *options, struct arena *arena,
                        struct diag *diag, struct accounting *ret_accounting)
{
    struct gatherer *g = mem_alloc(1, sizeof *g);
    size_t reported = diag->count;
    enum status status;

    if (!g || !row_tally_init(&g->tally, arena)) {
        gatherer_free(g);
        return diag_no_memory(diag);
    }
    g->set = set;
    g->options = options;
    g->diag = diag;
    g->number = source_number;
    g->accounting = ret_accounting;
    year_start(&g->counts.years, latest_time(options));
    go_on(g, name);
    if (!begin_accounting(g, arena) || !begin_detecting(g)) {
        gatherer_free(g);
        return diag_no_memory(diag);
    }
    begin_set(set, options);
    status = open_source(g, name, arena);
    if (status == STATUS_OK)
        status = decide_order(g);
    if (status == STATUS_OK)
        status = open_rows(g);
    if (status == STATUS_OK)
        status = list_active(g, arena);
    if (status == STATUS_OK)
        status = kind_rows_start(g, arena);
    if (status == STATUS_OK)
        status = read_rows(g);
    if (status == STATUS_OK && !set->needs_order)
        status = finish(g, arena);
    if (status == STATUS_OK && !keep_log(g))
        status = diag_no_memory(diag);
    if (status == STATUS_END)
        status = STATUS_OK; /* stopped for the order of dates */
    diag_order(diag, reported); /* of a batch the reader speaks first */
    gatherer_free(g);
    return status;
}
