#include <stdlib.h>

#include "base/mem.h"
#include "writer/write_html.h"

static int compare_rows(const void *left, const void *right)
{
    const struct anchor *a = *(const struct anchor *const *)left;
    const struct anchor *b = *(const struct anchor *const *)right;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Those of one sheet stand together, and the first of equal keys is the one that links find. */
void html_anchors_open(struct html *html, const struct sheet *sheet,
                       struct html_anchors *ret_anchors)
{
    const struct book *book = html->book;
    const struct anchor **list = NULL;
    size_t count = 0;
    size_t i;

    for (i = 0; i < book->anchor_count; i++)
        count += str_equal(book->anchors[i].sheet, sheet->id);
    if (count) {
        list = mem_alloc(count, sizeof *list);
        html->out->failed |= !list;
    }
    count = 0;
    for (i = 0; list && i < book->anchor_count; i++) {
        const struct anchor *anchor = &book->anchors[i];

        if (str_equal(anchor->sheet, sheet->id) &&
            (i == 0 || !str_equal(anchor[-1].sheet, sheet->id) ||
             !str_equal(anchor[-1].key, anchor->key)))
            list[count++] = anchor;
    }
    if (count)
        qsort(list, count, sizeof *list, compare_rows);
    *ret_anchors = (struct html_anchors){list, count, 0};
}

const struct anchor *html_anchors_next(struct html_anchors *anchors, size_t row)
{
    while (anchors->at < anchors->count && anchors->list[anchors->at]->row < row)
        anchors->at++;
    if (anchors->at < anchors->count && anchors->list[anchors->at]->row == row)
        return anchors->list[anchors->at++];
    return NULL;
}

void html_anchors_close(struct html_anchors *anchors)
{
    mem_free(anchors->list);
}
