#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "cmd/book_save.h"
#include "source/package.h"
#include "xml/xml.h"

/*
 * Own output may be larger than what is taken from strangers, but has an end too. The number of
 * parts of a book is small: sheets, their relations, drawings, charts.
 */
static struct package_limits own_limits(void)
{
    return (struct package_limits){LIMIT_PACKAGE_ENTRIES, LIMIT_SOURCE_BYTES, LIMIT_SOURCE_BYTES};
}

struct part_count {
    uint64_t rows;
    uint64_t cells;
    uint64_t elements;
    struct xml_stream *stream;
    char start[5]; /* of the part's bytes */
    size_t start_len;
};

static bool count_start(void *context, const struct xml_event *event)
{
    struct part_count *count = context;

    count->elements++;
    if (str_is(event->name, "c"))
        count->cells++;
    else if (str_is(event->name, "row"))
        count->rows++;
    return true;
}

static bool ignore_end(void *context, struct str name)
{
    (void)context;
    (void)name;
    return true;
}

static enum status feed(void *context, struct str bytes)
{
    struct part_count *count = context;
    size_t i;

    for (i = 0; i < bytes.len && count->start_len < sizeof count->start; i++)
        count->start[count->start_len++] = bytes.ptr[i];
    return xml_stream_feed(count->stream, bytes);
}

static enum status parse_part(struct package *package, size_t number, struct diag *diag,
                              struct part_count *ret_count)
{
    static const struct xml_handler handler = {.start = count_start, .end = ignore_end};
    struct part_count count = {.rows = 0};
    enum status status;

    status = xml_stream_new(package_name(package, number), &handler, &count, diag, &count.stream);
    if (status != STATUS_OK)
        return status;
    status = package_stream(package, number, feed, &count, diag);
    if (status == STATUS_OK)
        status = xml_stream_end(count.stream);
    xml_stream_free(count.stream);
    if (status == STATUS_OK)
        *ret_count = count;
    return status;
}

/* Number of the sheet from 1 that the part holds; 0: another part. */
static uint64_t sheet_of_part(struct str name)
{
    static const char prefix[] = "xl/worksheets/sheet";
    int64_t number = 0;

    if (!str_starts(name, prefix) || !str_ends(name, ".xml"))
        return 0;
    name.ptr += sizeof prefix - 1;
    name.len -= sizeof prefix - 1 + 4;
    return str_to_int64(name, &number) && number > 0 ? (uint64_t)number : 0;
}

static const struct sheet *sheet_by_number(const struct book *book, uint64_t number)
{
    const struct sheet *sheet = number ? book->sheets : NULL;

    while (sheet && --number > 0)
        sheet = sheet->next;
    return sheet;
}

/* Drawings of the old kind begin without a declaration. */
static bool begins_well(const struct part_count *part, struct str name)
{
    const char *start = str_ends(name, ".vml") ? "<xml " : "<?xml";

    return part->start_len == sizeof part->start &&
           memcmp(part->start, start, sizeof part->start) == 0;
}

static uint64_t count_blanks(const struct sheet *sheet)
{
    const struct row *row;
    uint64_t count = 0;
    size_t i;

    for (row = sheet->rows; row; row = row->next) {
        count += sheet->column_count - row->cell_count;
        for (i = 0; i < row->cell_count; i++)
            count += row->cells[i].type == CELL_BLANK;
    }
    return count;
}

/* Every row is written with all its columns, so that none may be missing here but the gaps. */
static bool is_whole(const struct part_count *part, const struct sheet *sheet)
{
    uint64_t rows = sheet->row_count + (sheet->has_heading ? 1u : 0u);
    uint64_t gaps = sheet->has_gaps ? count_blanks(sheet) : 0;

    return part->rows == rows && part->cells == rows * sheet->column_count - gaps;
}

static enum status check_parts(const struct book *book, struct package *package, struct diag *diag)
{
    size_t count = package_count(package);
    size_t sheets = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct str name = package_name(package, i);
        const struct sheet *sheet = sheet_by_number(book, sheet_of_part(name));
        struct part_count part;
        enum status status = parse_part(package, i, diag, &part);

        if (status != STATUS_OK)
            return status;
        if (part.elements == 0 || !begins_well(&part, name)) {
            diag_report(diag, RULE_OUTPUT_CHECK, WHERE_NONE, "%.*s lacks its beginning",
                        STR_ARG(name));
            return STATUS_IO;
        }
        if (sheet && !is_whole(&part, sheet)) {
            diag_report(diag, RULE_OUTPUT_CHECK, WHERE_NONE,
                        "%.*s has %" PRIu64 " rows with %" PRIu64 " cells", STR_ARG(name),
                        part.rows, part.cells);
            return STATUS_IO;
        }
        sheets += sheet != NULL;
    }
    if (sheets != book->sheet_count) {
        diag_report(diag, RULE_OUTPUT_CHECK, WHERE_NONE, "%zu sheets of %zu", sheets,
                    book->sheet_count);
        return STATUS_IO;
    }
    return STATUS_OK;
}

enum status book_check(const struct book *book, const char *path, struct diag *diag)
{
    struct package *package = NULL;
    enum status status;
    struct diag own; /* what is wrong with our file is no finding about an input */

    diag_init(&own);
    status = package_open(path, own_limits(), &own, &package);
    if (status == STATUS_OK)
        status = check_parts(book, package, &own);
    package_close(package);
    if (status == STATUS_MEMORY) {
        diag_no_memory(diag);
    } else if (own.by_rule[RULE_OUTPUT_CHECK]) {
        diag_merge(diag, &own);
    } else if (status != STATUS_OK) {
        struct str text = own.count ? own.list[own.count - 1].text : STR("no reason known");

        diag_report(diag, RULE_OUTPUT_CHECK, WHERE_NONE, "%.*s", STR_ARG(text));
        status = STATUS_IO;
    }
    diag_done(&own);
    return status;
}
