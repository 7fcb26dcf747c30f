#include "record/date_order.h"

#include "base/bug.h"

/* What the dates seen so far prove. */
struct proof {
    struct where day_first;   /* a date whose first number cannot be a month */
    struct where month_first; /* a date whose second number cannot be a month */
    struct where either;      /* a date that is another day in the other order */
    bool has_day_first;
    bool has_month_first;
    bool has_either;
    char either_text[40];
};

static void note(struct proof *proof, const struct time_text *time, struct str cell,
                 struct where where)
{
    if (time->first > 12 && !proof->has_day_first) {
        proof->has_day_first = true;
        proof->day_first = where;
    } else if (time->second > 12 && !proof->has_month_first) {
        proof->has_month_first = true;
        proof->month_first = where;
    } else if (time->first <= 12 && time->second <= 12 && time->first != time->second &&
               !proof->has_either) {
        size_t i;

        proof->has_either = true;
        proof->either = where;
        for (i = 0; i + 1 < sizeof proof->either_text && i < cell.len; i++)
            proof->either_text[i] = cell.ptr[i];
        proof->either_text[i] = '\0';
    }
}

/* The fields of every kind of records that a map makes, side by side. */
struct bounds {
    struct bound_map *list[RECORD_KIND_COUNT];
    size_t first[RECORD_KIND_COUNT]; /* of its fields, in the cells of a row */
    size_t count;
    struct column_want *wants;
    size_t want_count;
    bool has_order;
};

static enum status bind_all(const struct record_options *options, struct arena *arena,
                            struct diag *diag, struct bounds *bounds)
{
    enum status status = STATUS_OK;
    size_t k;
    size_t i;

    *bounds = (struct bounds){.count = 0};
    for (k = 0; k < RECORD_KIND_COUNT && status == STATUS_OK; k++) {
        const struct record_needs needs = {.kind = (enum record_kind)k};

        if (!record_map_feeds(options->map, needs.kind))
            continue;
        status = bind_map(options, &needs, arena, diag, &bounds->list[bounds->count]);
        if (status != STATUS_OK)
            return status;
        bounds->first[bounds->count] = bounds->want_count;
        bounds->want_count += bounds->list[bounds->count]->count;
        bounds->has_order |= bounds->list[bounds->count]->has_order;
        bounds->count++;
    }
    bounds->wants = arena_alloc(arena, bounds->want_count, sizeof *bounds->wants);
    if (!bounds->wants)
        return diag_no_memory(diag);
    for (k = 0; k < bounds->count; k++)
        for (i = 0; i < bounds->list[k]->count; i++) {
            bounds->wants[bounds->first[k] + i] = bounds->list[k]->wants[i];
            bounds->wants[bounds->first[k] + i].required = false; /* told when it is read */
        }
    return STATUS_OK;
}

static void look_at_fields(struct proof *proof, const struct bound_map *bound, size_t first,
                           const struct row_batch *batch, size_t r, struct str name)
{
    struct time_text time;
    size_t c;
    size_t f;

    for (c = 0; c < bound->count; c++) {
        const struct bind_field *field = &bound->fields[c];
        struct str cell = bind_trim(bound, batch->cells[r * batch->width + first + c]);

        for (f = 0; cell.ptr && f < field->format_count; f++) {
            if (!time_format_read(&field->formats[f], DATE_ORDER_UNKNOWN, cell, &time))
                continue;
            if (field->formats[f].has_order)
                note(proof, &time, cell,
                     (struct where){name, batch->lines[r], 0, batch->offsets[r]});
            break;
        }
    }
}

static void look_at_row(struct proof *proof, const struct bounds *bounds,
                        const struct row_batch *batch, size_t r, struct str name)
{
    size_t k;

    for (k = 0; k < bounds->count; k++)
        look_at_fields(proof, bounds->list[k], bounds->first[k], batch, r, name);
}

static enum status conclude(const struct proof *proof, struct diag *diag,
                            enum date_order *ret_order)
{
    if (proof->has_day_first && proof->has_month_first) {
        diag_report(diag, RULE_DATE_ORDER, proof->month_first,
                    "month before day here, but day before month in line %llu of '%.*s'",
                    (unsigned long long)proof->day_first.line,
                    STR_ARG(proof->day_first.source));
        diag_hint(diag, "say which one holds with --date-order dmy or --date-order mdy; dates "
                        "that do not fit are then rejected");
        return STATUS_USAGE;
    }
    if (proof->has_day_first || proof->has_month_first) {
        *ret_order = proof->has_day_first ? DATE_ORDER_DMY : DATE_ORDER_MDY;
        return STATUS_OK;
    }
    if (proof->has_either) {
        diag_report(diag, RULE_DATE_ORDER, proof->either,
                    "'%s' and every other date can be read both ways", proof->either_text);
        diag_hint(diag, "say which one holds with --date-order dmy or --date-order mdy");
        return STATUS_USAGE;
    }
    *ret_order = DATE_ORDER_UNKNOWN;
    return STATUS_OK;
}

/* `name` is kept in the proof, so it must outlive the source. */
static enum status look_at_source(struct proof *proof, struct source *source, struct str name,
                                  const struct record_options *options,
                                  const struct bounds *bounds, struct diag *diag)
{
    const struct reader_kind *kind = reader_find(options->map->reader);
    struct reader_options reading = bind_reading(options);
    struct rowset *rows = NULL;
    struct row_batch batch;
    enum status status;
    struct diag quiet; /* rows are reported once, when they are read for good */
    size_t r;

    BUG_IF(!kind);
    diag_init(&quiet);
    status = kind->open(source, &reading, bounds->wants, bounds->want_count, &quiet, &rows);
    while (status == STATUS_OK) {
        status = rowset_next(rows, &batch);
        for (r = 0; status == STATUS_OK && r < batch.count; r++)
            look_at_row(proof, bounds, &batch, r, name);
    }
    if (status < 0)
        diag_merge(diag, &quiet);
    rowset_close(rows);
    diag_done(&quiet);
    return status < 0 ? status : STATUS_OK;
}

enum status order_look(struct source *source, const struct record_options *options,
                       struct diag *diag, enum date_order *ret_order)
{
    struct proof proof = {.has_either = false};
    struct bounds bounds;
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = bind_all(options, &arena, diag, &bounds);
    if (status == STATUS_OK && bounds.has_order)
        status = look_at_source(&proof, source, source_name(source), options, &bounds, diag);
    if (status == STATUS_OK && bounds.has_order)
        status = conclude(&proof, diag, ret_order);
    arena_done(&arena);
    return status;
}

enum status record_decide_order(const struct str *names, size_t count,
                                const struct record_options *options, struct diag *diag,
                                enum date_order *ret_order)
{
    struct proof proof = {.has_either = false};
    struct bounds bounds;
    struct arena arena;
    enum status status;
    size_t i;

    arena_init(&arena);
    *ret_order = options->date_order;
    status = bind_all(options, &arena, diag, &bounds);
    if (status != STATUS_OK || !bounds.has_order || *ret_order != DATE_ORDER_UNKNOWN)
        goto out;
    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct source *source = NULL;

        if (!options->text.ptr && source_reads_once(names[i]))
            continue;
        status = options->text.ptr ? source_open_memory(names[i], options->text, diag, &source)
                                   : source_open(names[i], diag, &source);
        if (status == STATUS_OK)
            status = look_at_source(&proof, source, names[i], options, &bounds, diag);
        source_close(source);
    }
    if (status == STATUS_OK)
        status = conclude(&proof, diag, ret_order);
out:
    arena_done(&arena);
    return status;
}
