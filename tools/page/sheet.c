#include <math.h>
#include <string.h>

#include "base/bug.h"
#include "page/number.h"
#include "page/page.h"

struct column *sheet_column(struct sheet *sheet, const char *id, struct str title,
                            enum cell_type type, double width)
{
    struct column *column;

    if (sheet->book->failed)
        return &sheet->book->spare->columns[0];
    BUG_IF(sheet->column_count == SHEET_COLUMNS || sheet->rows);
    column = &sheet->columns[sheet->column_count++];
    column->id = str_of(id);
    column->title = title;
    column->type = type;
    column->width = width;
    column->decimals = type == CELL_SHARE ? 1 : 2;
    return column;
}

bool cell_type_is_number(enum cell_type type)
{
    return type == CELL_INTEGER || type == CELL_NUMBER || type == CELL_SHARE ||
           type == CELL_POINTS || type == CELL_DURATION;
}

size_t sheet_find_column(const struct sheet *sheet, struct str id)
{
    size_t i;

    for (i = 0; i < sheet->column_count; i++)
        if (str_equal(sheet->columns[i].id, id))
            break;
    return i;
}

void sheet_row(struct sheet *sheet)
{
    struct book *book = sheet->book;
    struct row *row;

    if (book->failed)
        return;
    row = arena_alloc(book->arena, 1, sizeof *row);
    if (row)
        row->cells = arena_alloc(book->arena, sheet->column_count, sizeof *row->cells);
    if (!row || !row->cells) {
        book->failed = true;
        return;
    }
    if (sheet->last)
        sheet->last->next = row;
    else
        sheet->rows = row;
    sheet->last = row;
    sheet->row_count++;
}

/* Doubles the list inside the arena; the old one stays behind in it. */
static bool anchor_room(struct book *book)
{
    size_t capacity = book->anchor_capacity ? book->anchor_capacity * 2 : 64;
    struct anchor *list;

    if (book->anchor_count < book->anchor_capacity)
        return true;
    list = arena_alloc(book->arena, capacity, sizeof *list);
    if (!list)
        return false;
    if (book->anchor_count)
        memcpy(list, book->anchors, book->anchor_count * sizeof *list);
    book->anchors = list;
    book->anchor_capacity = capacity;
    return true;
}

void sheet_anchor(struct sheet *sheet, struct str key)
{
    struct book *book = sheet->book;

    if (book->failed || !key.ptr)
        return;
    BUG_IF(!sheet->last);
    if (!anchor_room(book)) {
        book->failed = true;
        return;
    }
    book->anchors[book->anchor_count++] = (struct anchor){sheet->id, key, sheet->row_count - 1};
}

void sheet_height(struct sheet *sheet, double points)
{
    if (!sheet->book->failed)
        sheet->last->height = (float)points;
}

void sheet_page(struct sheet *sheet)
{
    if (sheet->book->failed)
        return;
    sheet->last->starts_page = true;
    sheet->has_pages = true;
}

void sheet_detail(struct sheet *sheet)
{
    if (sheet->book->failed)
        return;
    BUG_IF(sheet->row_count == 1); /* nothing above it */
    sheet->last->is_detail = true;
    sheet->has_details = true;
}

void sheet_live(struct sheet *sheet)
{
    if (!sheet->book->failed)
        sheet->last->is_live = true;
}

/* The next cell of the row, to be filled in; NULL after a failure. */
static struct cell *next_cell(struct sheet *sheet, enum cell_type type)
{
    struct row *row = sheet->last;
    const struct column *column;
    struct cell *cell;

    if (sheet->book->failed)
        return NULL;
    BUG_IF(!row || row->cell_count == sheet->column_count);
    column = &sheet->columns[row->cell_count];
    cell = &row->cells[row->cell_count++];
    cell->type = (unsigned)type & 15;
    cell->decimals = (type == column->type ? column->decimals : type == CELL_SHARE ? 1 : 2) & 15;
    cell->span = 1;
    return cell;
}

static void add_number(struct sheet *sheet, enum cell_type type, double value)
{
    struct cell *cell = next_cell(sheet, type);

    if (!cell)
        return;
    cell->becomes = (unsigned)type & 15;
    if (!isfinite(value)) {
        cell->type = CELL_BLANK;
        return;
    }
    cell->is.number = value;
    if (type == CELL_DURATION)
        cell->decimals = duration_decimals(value, cell->decimals) & 15;
}

static void add_time(struct sheet *sheet, enum cell_type type, struct local time)
{
    struct cell *cell = next_cell(sheet, time.us == INSTANT_MISSING.us ? CELL_BLANK : type);

    if (!cell)
        return;
    cell->becomes = (unsigned)type & 15;
    cell->is.time = time;
}

static void add_text(struct sheet *sheet, enum cell_type type, struct str text)
{
    struct cell *cell = next_cell(sheet, text.ptr && text.len ? type : CELL_BLANK);

    if (cell)
        cell_set_text(cell, text);
}

void sheet_blank(struct sheet *sheet)
{
    next_cell(sheet, CELL_BLANK);
}

void sheet_text(struct sheet *sheet, struct str text)
{
    add_text(sheet, CELL_TEXT, text);
}

void sheet_unit(struct sheet *sheet, struct str unit)
{
    add_text(sheet, CELL_UNIT, unit);
}

void sheet_integer(struct sheet *sheet, uint64_t value)
{
    add_number(sheet, CELL_INTEGER, (double)value);
}

void sheet_number(struct sheet *sheet, double value)
{
    add_number(sheet, CELL_NUMBER, value);
}

void sheet_share(struct sheet *sheet, double share)
{
    add_number(sheet, CELL_SHARE, share);
}

void sheet_points(struct sheet *sheet, int points)
{
    add_number(sheet, CELL_POINTS, points < 0 ? (double)NAN : points);
}

void sheet_duration(struct sheet *sheet, double seconds)
{
    add_number(sheet, CELL_DURATION, seconds);
}

void sheet_date(struct sheet *sheet, struct local day)
{
    add_time(sheet, CELL_DATE, day);
}

void sheet_instant(struct sheet *sheet, struct local time)
{
    add_time(sheet, CELL_INSTANT, time);
}

void sheet_value(struct sheet *sheet, struct str unit, double value)
{
    if (str_is(unit, "s"))
        sheet_duration(sheet, value);
    else if (str_is(unit, "1"))
        sheet_share(sheet, value);
    else if (str_is(unit, "count"))
        add_number(sheet, value == floor(value) ? CELL_INTEGER : CELL_NUMBER, value);
    else
        sheet_number(sheet, value);
}

static struct cell *last_cell(struct sheet *sheet)
{
    struct row *row = sheet->last;
    size_t i;

    if (sheet->book->failed)
        return NULL;
    BUG_IF(!row || row->cell_count == 0);
    for (i = row->cell_count - 1; row->cells[i].span == 0; i--)
        BUG_IF(i == 0);
    return &row->cells[i];
}

static struct cell_extra *last_extra(struct sheet *sheet)
{
    struct cell *cell = last_cell(sheet);

    if (!cell)
        return NULL;
    if (!cell->extra) {
        cell->extra = arena_alloc(sheet->book->arena, 1, sizeof *cell->extra);
        if (!cell->extra)
            sheet->book->failed = true;
    }
    return cell->extra;
}

void sheet_level(struct sheet *sheet, enum level level)
{
    struct cell *cell = last_cell(sheet);

    if (cell)
        cell->level = (unsigned)level & 15;
}

void sheet_style(struct sheet *sheet, enum style style)
{
    struct cell *cell = last_cell(sheet);

    if (cell)
        cell->style = (unsigned)style & 15;
}

void sheet_decimals(struct sheet *sheet, unsigned decimals)
{
    struct cell *cell = last_cell(sheet);

    if (cell)
        cell->decimals = decimals & 15;
}

void sheet_span(struct sheet *sheet, unsigned columns)
{
    struct cell *cell = last_cell(sheet);

    if (!cell || columns < 2)
        return;
    BUG_IF(cell->span != 1 || sheet->last->cell_count + columns - 1 > sheet->column_count);
    cell->span = columns & 255;
    sheet->last->cell_count += columns - 1;
}

void sheet_link(struct sheet *sheet, const char *to, struct str key)
{
    struct cell_extra *extra = key.ptr ? last_extra(sheet) : NULL;

    if (extra) {
        extra->link_sheet = str_of(to);
        extra->link_key = key;
    }
}

void sheet_help(struct sheet *sheet, struct str help)
{
    struct cell_extra *extra = help.ptr && help.len ? last_extra(sheet) : NULL;

    if (extra)
        extra->help = help;
}

void sheet_formula(struct sheet *sheet, struct str formula)
{
    struct cell_extra *extra = formula.ptr ? last_extra(sheet) : NULL;

    if (extra)
        extra->formula = formula;
}

void sheet_rules(struct sheet *sheet, const struct look_rule *rules, size_t count)
{
    struct cell_extra *extra = count ? last_extra(sheet) : NULL;

    if (extra) {
        extra->rules = rules;
        extra->rule_count = count;
    }
}

void sheet_becomes(struct sheet *sheet, enum cell_type type)
{
    struct cell *cell = last_cell(sheet);

    if (!cell)
        return;
    cell->becomes = (unsigned)type & 15;
    cell->decimals = type == CELL_SHARE ? 1 : 2;
}

void sheet_input(struct sheet *sheet)
{
    struct cell *cell = last_cell(sheet);

    if (cell)
        cell->is_input = true;
}

void sheet_choice(struct sheet *sheet, const struct choice *choice)
{
    struct cell_extra *extra = choice ? last_extra(sheet) : NULL;

    if (!extra)
        return;
    extra->choice = choice;
    sheet_input(sheet);
}

void sheet_name(struct sheet *sheet, const char *name)
{
    struct cell_extra *extra = last_extra(sheet);

    if (extra)
        extra->name = str_of(name);
}
