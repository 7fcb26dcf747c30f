/*
 * Books as XLSX through libxlsxwriter. Everything the library would only warn about on stderr, or
 * accept and let Excel "repair", is checked before it is called. Strings are always written as
 * strings; the only formulas are those of the page. Same book, same bytes.
 */
#include "writer/write_xlsx.h"

#include <string.h>

#include "base/mem.h"
#include "writer/clean_text.h"
#include "writer/writer.h"

enum { XLSX_CELL_UNITS = 32767 };
static const size_t XLSX_ROWS = 1048576;
/* Above this many cells the rows go to disk as they are written; below, strings are shared. */
static const uint64_t XLSX_CELLS_IN_MEMORY = 50000;
/* 2000-01-01: when a book has no instant of its own; 0 would be the clock. */
static const time_t XLSX_CREATED = 946684800;

void xlsx_keep(struct xlsx *xlsx, lxw_error error)
{
    if (error != LXW_NO_ERROR && xlsx->error == LXW_NO_ERROR)
        xlsx->error = error;
}

struct buf *xlsx_clear(struct xlsx *xlsx, struct buf *buf)
{
    xlsx->failed |= buf->failed;
    buf_clear(buf);
    return buf;
}

static char *cleaned(struct xlsx *xlsx, struct buf *buf, struct str text, bool escape, size_t limit)
{
    xlsx_clear(xlsx, buf);
    clean_text(buf, text, escape, limit, xlsx->book->lang);
    buf_add_text(buf, "");
    if (!buf->failed && buf->bytes)
        return buf->bytes;
    xlsx->none[0] = '\0';
    return xlsx->none;
}

char *xlsx_text(struct xlsx *xlsx, struct buf *buf, struct str text)
{
    return cleaned(xlsx, buf, text, /* escape= */ true, XLSX_CELL_UNITS);
}

char *xlsx_title(struct xlsx *xlsx, struct buf *buf, struct str text, size_t limit)
{
    return cleaned(xlsx, buf, text, /* escape= */ false, limit);
}

static void set_properties(struct xlsx *xlsx)
{
    const struct book *book = xlsx->book;
    const struct str texts[] = {book->title, book->tool, book->subject, book->organization,
                                book->keywords};
    struct buf bufs[ARRAY_LEN(texts)];
    lxw_doc_properties properties;
    size_t i;

    memset(&properties, 0, sizeof properties);
    for (i = 0; i < ARRAY_LEN(texts); i++)
        buf_init(&bufs[i], SIZE_MAX / 2);
    properties.title = xlsx_title(xlsx, &bufs[0], texts[0], XLSX_NAME_UNITS);
    properties.author = xlsx_title(xlsx, &bufs[1], texts[1], XLSX_NAME_UNITS);
    properties.subject = xlsx_title(xlsx, &bufs[2], texts[2], XLSX_NAME_UNITS);
    properties.company = xlsx_title(xlsx, &bufs[3], texts[3], XLSX_NAME_UNITS);
    properties.keywords = xlsx_title(xlsx, &bufs[4], texts[4], XLSX_NAME_UNITS);
    properties.created =
        instant_is_missing(book->created) ? XLSX_CREATED : (time_t)(book->created.us / SECOND_US);
    if (properties.created == 0)
        properties.created = XLSX_CREATED;
    xlsx_keep(xlsx, workbook_set_properties(xlsx->workbook, &properties));
    for (i = 0; i < ARRAY_LEN(texts); i++) {
        xlsx->failed |= bufs[i].failed;
        buf_done(&bufs[i]);
    }
}

static void write_book(struct xlsx *xlsx)
{
    lxw_worksheet **worksheets = mem_alloc(xlsx->book->sheet_count + 1, sizeof *worksheets);
    const struct sheet *sheet;
    size_t count = 0;

    if (!worksheets) {
        xlsx->failed = true;
        return;
    }
    set_properties(xlsx);
    for (sheet = xlsx->book->sheets; sheet; sheet = sheet->next) {
        char *name = xlsx_title(xlsx, &xlsx->text, sheet->name, XLSX_NAME_UNITS);
        lxw_worksheet *worksheet = workbook_add_worksheet(xlsx->workbook, name);

        if (!worksheet) {
            xlsx_keep(xlsx, LXW_ERROR_PARAMETER_VALIDATION);
            break;
        }
        worksheets[count++] = worksheet;
        xlsx_write_sheet(xlsx, worksheet, sheet);
    }
    if (count == xlsx->book->sheet_count)
        xlsx_add_lists(xlsx, worksheets);
    mem_free(worksheets);
}

static uint64_t count_cells(const struct book *book)
{
    const struct sheet *sheet;
    uint64_t count = 0;

    for (sheet = book->sheets; sheet; sheet = sheet->next)
        count += (uint64_t)sheet->row_count * sheet->column_count;
    return count;
}

static enum status check_size(const struct book *book, struct diag *diag)
{
    const struct sheet *sheet;

    for (sheet = book->sheets; sheet; sheet = sheet->next) {
        if (sheet->row_count + 1 > XLSX_ROWS) {
            diag_report(diag, RULE_OUTPUT_LIMIT, WHERE_NONE, "'%.*s' has %zu rows",
                        STR_ARG(sheet->name), sheet->row_count);
            return STATUS_LIMIT;
        }
    }
    return STATUS_OK;
}

/* The folder of the path: temporary files stay on the disk the workbook goes to. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (slash == path ? 1 : (size_t)(slash - path)) : 1;
    char *folder = mem_alloc(len + 1, 1);

    if (folder)
        memcpy(folder, slash ? path : ".", len);
    return folder;
}

static enum status outcome(struct xlsx *xlsx, const char *path, struct diag *diag)
{
    if (xlsx->failed || xlsx->text.failed || xlsx->other.failed || xlsx->third.failed ||
        xlsx->error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return diag_no_memory(diag);
    if (xlsx->error != LXW_NO_ERROR) {
        diag_report(diag, RULE_OUTPUT_WRITE, WHERE_NONE, "'%s': %s", path,
                    lxw_strerror(xlsx->error));
        return STATUS_IO;
    }
    return STATUS_OK;
}

static enum status write_xlsx(const struct book *book, const char *path, struct diag *diag)
{
    lxw_workbook_options options;
    enum status status = check_size(book, diag);
    struct xlsx *xlsx = NULL;
    char *folder = NULL;

    if (status != STATUS_OK)
        return status;
    xlsx = mem_alloc(1, sizeof *xlsx);
    folder = folder_of(path);
    if (!xlsx || !folder) {
        status = diag_no_memory(diag);
        goto out;
    }
    memset(&options, 0, sizeof options);
    options.constant_memory = count_cells(book) > XLSX_CELLS_IN_MEMORY;
    options.tmpdir = folder;
    options.use_zip64 = LXW_FALSE;
    xlsx->book = book;
    xlsx->is_streamed = options.constant_memory;
    buf_init(&xlsx->text, SIZE_MAX / 2);
    buf_init(&xlsx->other, SIZE_MAX / 2);
    buf_init(&xlsx->third, SIZE_MAX / 2);
    xlsx->workbook = workbook_new_opt(path, &options);
    if (!xlsx->workbook) {
        status = diag_no_memory(diag);
        goto out;
    }
    write_book(xlsx);
    xlsx_keep(xlsx, workbook_close(xlsx->workbook));
    status = outcome(xlsx, path, diag);
out:
    if (xlsx) {
        buf_done(&xlsx->text);
        buf_done(&xlsx->other);
        buf_done(&xlsx->third);
    }
    mem_free(xlsx);
    mem_free(folder);
    return status;
}

extern const struct writer writer_xlsx;
const struct writer writer_xlsx = {.name = "xlsx",
                                   .ending = ".xlsx",
                                   .about = "a workbook of all sheets",
                                   .write = write_xlsx};
