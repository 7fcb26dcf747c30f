#include "page/page.h"

#include <stdlib.h>
#include <string.h>

struct book *book_new(struct arena *arena, enum lang lang)
{
    struct book *book = arena_alloc(arena, 1, sizeof *book);
    struct sheet *spare = arena_alloc(arena, 1, sizeof *spare);

    if (!book || !spare)
        return NULL;
    spare->book = book;
    book->arena = arena;
    book->lang = lang;
    book->created = INSTANT_MISSING;
    book->spare = spare;
    return book;
}

struct sheet *book_sheet(struct book *book, const char *id, struct str name)
{
    struct sheet *sheet = book->failed ? NULL : arena_alloc(book->arena, 1, sizeof *sheet);

    if (!sheet) {
        book->failed = true;
        return book->spare;
    }
    sheet->book = book;
    sheet->id = str_of(id);
    sheet->name = name;
    sheet->has_heading = true;
    if (book->last)
        book->last->next = sheet;
    else
        book->sheets = sheet;
    book->last = sheet;
    book->sheet_count++;
    return sheet;
}

const struct sheet *book_find_sheet(const struct book *book, struct str id)
{
    const struct sheet *sheet;

    for (sheet = book->sheets; sheet; sheet = sheet->next)
        if (str_equal(sheet->id, id))
            return sheet;
    return NULL;
}

const struct sheet *book_main_sheet(const struct book *book)
{
    const struct sheet *sheet =
        book->main_sheet.ptr ? book_find_sheet(book, book->main_sheet) : NULL;

    return sheet ? sheet : book->sheets;
}

static size_t utf8_characters(struct str s)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

bool sheet_name_is_valid(struct str name)
{
    size_t i;

    if (!name.ptr || name.len == 0 || utf8_valid_prefix(name) != name.len ||
        utf8_characters(name) > SHEET_NAME_CHARACTERS || name.ptr[0] == '\'' ||
        name.ptr[name.len - 1] == '\'' || str_equal_nocase(name, STR("History")))
        return false;
    for (i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] < 0x20 || strchr("[]:*?/\\", name.ptr[i]))
            return false;
    return true;
}

static enum status check_names(const struct book *book, struct diag *diag)
{
    const struct sheet *sheet;
    const struct sheet *other;

    for (sheet = book->sheets; sheet; sheet = sheet->next) {
        if (!sheet_name_is_valid(sheet->name)) {
            diag_report(diag, RULE_PAGE_NAME, WHERE_NONE, "'%.*s'", STR_ARG(sheet->name));
            return STATUS_INVALID;
        }
        for (other = book->sheets; other != sheet; other = other->next) {
            if (str_equal_nocase(sheet->name, other->name) || str_equal(sheet->id, other->id)) {
                diag_report(diag, RULE_PAGE_NAME, WHERE_NONE, "'%.*s' twice", STR_ARG(sheet->name));
                return STATUS_INVALID;
            }
        }
    }
    return STATUS_OK;
}

static int compare_key(const struct anchor *a, struct str sheet, struct str key)
{
    int order = str_compare(a->sheet, sheet);

    return order ? order : str_compare(a->key, key);
}

static int compare_anchors(const void *left, const void *right)
{
    const struct anchor *a = left;
    const struct anchor *b = right;
    int order = compare_key(a, b->sheet, b->key);

    if (order)
        return order;
    return a->row < b->row ? -1 : a->row > b->row;
}

enum status book_finish(struct book *book, struct diag *diag)
{
    if (book->failed)
        return diag_no_memory(diag);
    if (book->anchor_count)
        qsort(book->anchors, book->anchor_count, sizeof *book->anchors, compare_anchors);
    return check_names(book, diag);
}

bool book_find_row(const struct book *book, struct str sheet, struct str key, size_t *ret_row)
{
    size_t low = 0;
    size_t high = book->anchor_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_key(&book->anchors[middle], sheet, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == book->anchor_count || compare_key(&book->anchors[low], sheet, key) != 0)
        return false;
    *ret_row = book->anchors[low].row;
    return true;
}
