#include "report/four_lists.h"

#include <math.h>

#include "base/mem.h"
#include "page/number.h"
#include "report/series.h"

enum word four_list_name(enum four_list list)
{
    static const enum word names[FOUR_LISTS] = {
        [LIST_COMMITMENTS] = WORD_LIST_COMMITMENTS,
        [LIST_RISKS] = WORD_LIST_RISKS,
        [LIST_SIGNALS] = WORD_LIST_SIGNALS,
        [LIST_VOICE] = WORD_LIST_VOICE,
    };

    return names[list];
}

const char *four_list_id(enum four_list list)
{
    static const char *const ids[FOUR_LISTS] = {
        [LIST_COMMITMENTS] = "commitments",
        [LIST_RISKS] = "risks",
        [LIST_SIGNALS] = "signals",
        [LIST_VOICE] = "voice",
    };

    return ids[list];
}

const char *kind_standing_name(enum kind_standing standing)
{
    static const char *const names[KIND_STANDING_COUNT] = {
        [KIND_UNTOLD] = "untold",
        [KIND_NONE] = "none",
        [KIND_FOUND] = "found",
    };

    return names[standing];
}

/* --- entries --- */

bool list_kind_room(struct report *report, struct list_kind *kind, size_t count)
{
    kind->items = arena_alloc(report->arena, count ? count : 1, sizeof *kind->items);
    report->book->failed |= !kind->items;
    return kind->items != NULL;
}

/* A text alone, a number behind the title of its column. */
static void add_cell(struct report *report, const struct table_column *column,
                     const struct figure_cell *cell)
{
    struct buf *out = &report->scratch;
    size_t start = out->len;
    unsigned decimals = column->decimals;

    if (start)
        buf_add_text(out, ", ");
    if (column->type == TABLE_TEXT || column->type == TABLE_WORD) {
        buf_add(out, cell->words                 ? words_in(cell->words, report->lang)
                     : column->type == TABLE_WORD ? say_raw(cell->text, report->lang)
                                                  : cell->text);
        return;
    }
    buf_add(out, words_in(&column->title, report->lang));
    buf_add_text(out, ": ");
    if (column->type == TABLE_INSTANT)
        number_add_instant(out, report_local(report, cell->at), report->lang);
    else if (column->type == TABLE_SHARE)
        number_add_share(out, cell->number, decimals ? decimals : 1, report->lang);
    else if (column->type == TABLE_DURATION)
        number_add_value(out, STR("s"), cell->number, report->lang);
    else
        number_add(out, cell->number,
                   column->type == TABLE_INTEGER ? 0
                   : decimals                    ? decimals
                                                 : 2,
                   report->lang);
}

static bool cell_is_blank(enum table_type type, const struct figure_cell *cell)
{
    if (type == TABLE_TEXT || type == TABLE_WORD)
        return !cell->text.len;
    return type == TABLE_INSTANT ? cell->at.us == INSTANT_MISSING.us : !isfinite(cell->number);
}

static struct str row_details(struct report *report, const struct list_source *source,
                              const struct figure_table *table, const struct figure_row *row)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(source->details) && source->details[i]; i++) {
        size_t number = table_find_column(table->form, str_of(source->details[i]));

        if (number < table->form->column_count &&
            !cell_is_blank(table->form->columns[number].type, &row->cells[number]))
            add_cell(report, &table->form->columns[number], &row->cells[number]);
    }
    return report_keep(report);
}

/* The row is one of those that the kind is about. */
static bool row_belongs(const struct list_source *source, const struct figure_table *table,
                        const struct figure_row *row)
{
    size_t number;
    size_t i;

    if (!source->column)
        return true;
    number = table_find_column(table->form, str_of(source->column));
    if (number == table->form->column_count)
        return false;
    for (i = 0; i < ARRAY_LEN(source->words) && source->words[i]; i++)
        if (str_is(row->cells[number].text, source->words[i]))
            return true;
    return false;
}

static void take_row(struct report *report, struct list_kind *kind, const struct figure *figure,
                     const struct figure_table *table, size_t number, size_t what)
{
    const struct figure_row *row = &table->rows[number];
    const struct figure_cell *cell = &row->cells[what];
    struct list_item item = {.what = cell->words ? words_in(cell->words, report->lang) : cell->text,
                             .details = row_details(report, kind->source, table, row),
                             .sheet = table_sheet_id(report, table).ptr,
                             .key = table_row_key(report, figure, table, number),
                             .place = row->place};

    kind->items[kind->item_count++] = item;
}

static void take_rows(struct report *report, struct list_kind *kind, const struct figure *figure,
                      const struct figure_table *table)
{
    size_t what = table_find_column(table->form, str_of(kind->source->what));
    size_t i;

    if (what == table->form->column_count || !list_kind_room(report, kind, table->row_count))
        return;
    for (i = 0; i < table->row_count; i++)
        if (row_belongs(kind->source, table, &table->rows[i]))
            take_row(report, kind, figure, table, i, what);
}

/* The figure's worst records, of which so many are those that were found. */
static void take_worst(struct report *report, struct list_kind *kind)
{
    const struct citations *worst = &kind->figure->worst;
    size_t count = worst->count < kind->count ? worst->count : (size_t)kind->count;
    size_t i;

    if (!list_kind_room(report, kind, count))
        return;
    for (i = 0; i < count; i++) {
        const struct citation *citation = &worst->list[i];

        kind->items[kind->item_count++] =
            (struct list_item){.what = citation->case_id,
                               .details = say_raw(citation->note, report->lang),
                               .sheet = "evidence",
                               .key = evidence_row_key(report, kind->figure, i),
                               .place = {citation->case_id, citation->source, citation->line,
                                         citation->offset}};
    }
}

/* --- kinds --- */

/* Of several bindings the one that looked at most. */
static const struct figure *find_figure(const struct report *report,
                                        const struct list_source *source)
{
    const struct evidence *evidence = report->evidence;
    const struct figure *best = NULL;
    size_t v;
    size_t i;

    for (v = 0; v < ARRAY_LEN(source->variants) && source->variants[v] && (!best || !best->n);
         v++) {
        for (i = 0; i < evidence->figure_count; i++) {
            const struct figure *figure = &evidence->figures[i];

            if (str_is(figure->measure, source->measure) &&
                str_is(figure->variant, source->variants[v]) && (!best || figure->n > best->n))
                best = figure;
        }
    }
    return best;
}

/* A measure's tables stand beside one of its variants: the one next to the figure. */
static const struct figure_table *find_table(const struct report *report,
                                             const struct list_kind *kind,
                                             const struct figure **ret_figure)
{
    const struct evidence *evidence = report->evidence;
    const struct figure_table *found = NULL;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];
        const struct figure_table *table;

        if (!str_equal(figure->measure, kind->figure->measure))
            continue;
        table = figure_table_find(figure, kind->source->table);
        if (table) {
            found = table;
            *ret_figure = figure;
        }
        if (found && figure >= kind->figure)
            break;
    }
    return found;
}

static void collect_kind(struct report *report, struct list_kind *kind)
{
    const struct list_source *source = kind->source;
    const struct figure_table *table = NULL;
    const struct figure *beside = NULL;

    kind->figure = find_figure(report, source);
    if (!kind->figure || kind->figure->n == 0)
        return;
    kind->of = kind->figure->n;
    if (source->table)
        table = find_table(report, kind, &beside);
    if (table)
        take_rows(report, kind, beside, table);
    if (source->counts == COUNT_ROWS)
        kind->count = kind->item_count + (table ? table->rows_left_out : 0);
    else
        kind->count = source->counts == COUNT_REST ? kind->of - kind->figure->k : kind->figure->k;
    if (!table && source->counts != COUNT_ROWS)
        take_worst(report, kind);
    kind->standing = kind->count ? KIND_FOUND : KIND_NONE;
}

void four_lists_collect(struct report *report, struct four_lists *lists)
{
    size_t count = 0;
    size_t i;

    while (list_sources[count].id)
        count++;
    *lists = (struct four_lists){arena_alloc(report->arena, count, sizeof *lists->kinds), 0};
    if (!lists->kinds) {
        report->book->failed = true;
        return;
    }
    for (i = 0; i < count; i++) {
        struct list_kind *kind = &lists->kinds[lists->count++];

        kind->source = &list_sources[i];
        if (kind->source->collect)
            kind->source->collect(report, kind);
        else
            collect_kind(report, kind);
    }
}

size_t four_lists_standing(const struct four_lists *lists, enum four_list list,
                           enum kind_standing standing)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < lists->count; i++)
        count += lists->kinds[i].source->list == list &&
                 (standing == KIND_STANDING_COUNT || lists->kinds[i].standing == standing);
    return count;
}
