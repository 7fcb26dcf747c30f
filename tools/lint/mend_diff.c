/* A mended document beside the one before, for people and for patch. Source: POSIX, diff -u. */
#include <string.h>

#include "base/mem.h"
#include "lint/mend.h"

enum { CONTEXT = 3 };

/* Lines of one text, from one on; `at` is the offset of the next. */
struct lines {
    struct str text;
    size_t at;
    uint64_t number; /* of lines before `at` */
};

/* Lines from `first` up to `end`, counted from 0, that change into others. */
struct hunk {
    uint64_t first[2];
    uint64_t end[2];
};

static size_t line_end(struct str text, size_t at)
{
    const char *end = at < text.len ? memchr(text.ptr + at, '\n', text.len - at) : NULL;

    return end ? (size_t)(end + 1 - text.ptr) : text.len;
}

/* Forward to the line in which the offset is. */
static void go_to_offset(struct lines *lines, size_t offset)
{
    while (lines->at < lines->text.len) {
        size_t end = line_end(lines->text, lines->at);

        if (end > offset)
            break;
        lines->at = end;
        lines->number++;
    }
}

static bool is_line_start(struct str text, size_t at)
{
    return at == 0 || text.ptr[at - 1] == '\n';
}

/*
 * The whole lines that a change touches, behind those of the change before. What stands behind it is
 * the same in both texts, so that its last lines end together: where it ends, or with the line.
 */
static struct hunk hunk_of(struct lines lines[2], const struct lint_change *change)
{
    const struct xml_range *ranges[2] = {&change->before, &change->after};
    bool ends_lines = is_line_start(lines[0].text, change->before.end) &&
                      is_line_start(lines[1].text, change->after.end);
    struct hunk hunk;
    int i;

    for (i = 0; i < 2; i++) {
        size_t end =
            ends_lines ? ranges[i]->end : line_end(lines[i].text, ranges[i]->end);

        go_to_offset(&lines[i], ranges[i]->start);
        hunk.first[i] = lines[i].number;
        while (lines[i].at < end) {
            lines[i].at = line_end(lines[i].text, lines[i].at);
            lines[i].number++;
        }
        hunk.end[i] = lines[i].number;
    }
    return hunk;
}

/* Hunks in order; those that touch are one. NULL: memory is out. */
static struct hunk *make_hunks(const struct lint_mending *mending, size_t *ret_count)
{
    struct lines lines[2] = {{mending->text_before, 0, 0}, {mending->text_after, 0, 0}};
    struct hunk *hunks = mem_alloc(mending->change_count + 1, sizeof *hunks);
    size_t count = 0;
    size_t i;

    for (i = 0; hunks && i < mending->change_count; i++) {
        struct hunk hunk = hunk_of(lines, &mending->changes[i]);

        if (count > 0 && (hunk.first[0] == hunks[count - 1].end[0] ||
                          hunk.first[1] == hunks[count - 1].end[1])) {
            hunks[count - 1].end[0] = hunk.end[0];
            hunks[count - 1].end[1] = hunk.end[1];
        } else {
            hunks[count++] = hunk;
        }
    }
    *ret_count = count;
    return hunks;
}

static void add_line(struct buf *out, char sign, struct lines *lines)
{
    size_t end = line_end(lines->text, lines->at);
    struct str line = {lines->text.ptr + lines->at, end - lines->at};

    buf_add_char(out, sign);
    buf_add(out, line);
    if (!line.len || line.ptr[line.len - 1] != '\n')
        buf_add_text(out, "\n\\ No newline at end of file\n");
    lines->at = end;
    lines->number++;
}

static void add_range(struct buf *out, char sign, uint64_t first, uint64_t count)
{
    /* an empty range stands behind a line */
    buf_printf(out, "%c%llu", sign, (unsigned long long)(count ? first + 1 : first));
    if (count != 1)
        buf_printf(out, ",%llu", (unsigned long long)count);
}

static void skip_to(struct lines *lines, uint64_t number)
{
    while (lines->number < number && lines->at < lines->text.len) {
        lines->at = line_end(lines->text, lines->at);
        lines->number++;
    }
}

/* Hunks that are near each other, with what is around and between them. */
static void add_group(struct buf *out, struct lines lines[2], const struct hunk *hunks,
                      size_t count, uint64_t total)
{
    const struct hunk *last = &hunks[count - 1];
    uint64_t before = hunks[0].first[0] < CONTEXT ? hunks[0].first[0] : CONTEXT;
    uint64_t behind = total - last->end[0] < CONTEXT ? total - last->end[0] : CONTEXT;
    size_t i;
    int k;

    buf_add_text(out, "@@ ");
    for (k = 0; k < 2; k++) {
        add_range(out, k ? '+' : '-', hunks[0].first[k] - before,
                  last->end[k] + behind - (hunks[0].first[k] - before));
        buf_add_char(out, ' ');
    }
    buf_add_text(out, "@@\n");
    for (k = 0; k < 2; k++)
        skip_to(&lines[k], hunks[0].first[k] - before);
    for (i = 0; i < count; i++) {
        while (lines[0].number < hunks[i].first[0])
            add_line(out, ' ', &lines[0]);
        while (lines[0].number < hunks[i].end[0])
            add_line(out, '-', &lines[0]);
        skip_to(&lines[1], hunks[i].first[1]);
        while (lines[1].number < hunks[i].end[1])
            add_line(out, '+', &lines[1]);
    }
    while (lines[0].number < last->end[0] + behind)
        add_line(out, ' ', &lines[0]);
}

static uint64_t count_lines(struct str text)
{
    struct lines lines = {text, 0, 0};

    skip_to(&lines, UINT64_MAX);
    return lines.number;
}

void lint_mending_diff(const struct lint_mending *mending, struct str name, struct buf *out)
{
    struct lines lines[2] = {{mending->text_before, 0, 0}, {mending->text_after, 0, 0}};
    uint64_t total = count_lines(mending->text_before);
    size_t count = 0;
    struct hunk *hunks = make_hunks(mending, &count);
    size_t i;
    size_t k;

    if (!hunks) {
        out->failed = true;
        return;
    }
    if (count > 0)
        buf_printf(out, "--- %.*s\n+++ %.*s\n", STR_ARG(name), STR_ARG(name));
    for (i = 0; i < count; i = k) {
        for (k = i + 1; k < count && hunks[k].first[0] - hunks[k - 1].end[0] <= 2 * CONTEXT; k++)
            ;
        add_group(out, lines, &hunks[i], k - i, total);
    }
    mem_free(hunks);
}
