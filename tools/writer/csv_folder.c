#include "writer/csv_folder.h"

#include "base/digest.h"

struct folder {
    const struct book *book;
    writer_file *add;
    void *context;
    struct diag *diag;
    struct buf package; /* datapackage.json */
    struct buf sums;    /* SHA256SUMS */
    size_t tables;
};

/* What a cell is in a table schema; NULL: nothing, it is blank. */
static const char *type_of(enum cell_type type)
{
    switch (type) {
    case CELL_INTEGER:
    case CELL_POINTS:
        return "integer";
    case CELL_NUMBER:
    case CELL_SHARE:
    case CELL_DURATION:
        return "number";
    case CELL_DATE:
        return "date";
    case CELL_INSTANT:
        return "datetime";
    case CELL_TEXT:
    case CELL_UNIT:
        return "string";
    case CELL_BLANK:
    case CELL_TYPE_COUNT:
        break;
    }
    return NULL;
}

/* Types of all columns, as their cells have them: "any" where they differ. */
static void find_types(const struct sheet *sheet, const char **types)
{
    const struct row *row;
    size_t i;

    for (i = 0; i < sheet->column_count; i++)
        types[i] = NULL;
    for (row = sheet->rows; row; row = row->next) {
        for (i = 0; i < row->cell_count; i++) {
            const char *type = type_of((enum cell_type)row->cells[i].type);

            if (row->is_live || !type || types[i] == type)
                continue;
            if (!types[i])
                types[i] = type;
            else if (str_is(STR("number"), types[i]) && str_is(STR("integer"), type))
                continue;
            else if (str_is(STR("integer"), types[i]) && str_is(STR("number"), type))
                types[i] = type;
            else
                types[i] = "any";
        }
    }
    for (i = 0; i < sheet->column_count; i++)
        if (!types[i])
            types[i] = type_of(sheet->columns[i].type);
}

static void add_fields(struct folder *folder, const struct sheet *sheet)
{
    const char *types[SHEET_COLUMNS];
    struct buf *out = &folder->package;
    const char *before = "\n";
    size_t i;

    find_types(sheet, types);
    for (i = 0; i < sheet->column_count; i++) {
        const struct column *column = &sheet->columns[i];

        if (column->is_hidden)
            continue;
        buf_add_text(out, before);
        buf_add_text(out, "          {\"name\": ");
        buf_add_json(out, column->id);
        if (column->title.len) {
            buf_add_text(out, ", \"title\": ");
            buf_add_json(out, column->title);
        }
        buf_printf(out, ", \"type\": \"%s\"", types[i] ? types[i] : "string");
        if (types[i] && str_is(STR("datetime"), types[i]))
            buf_add_text(out, ", \"format\": \"%Y-%m-%dT%H:%M:%S\"");
        if (column->help.len) {
            buf_add_text(out, ", \"description\": ");
            buf_add_json(out, column->help);
        }
        buf_add_char(out, '}');
        before = ",\n";
    }
}

/* Hands the file over and notes its sum. */
static enum status add_file(struct folder *folder, struct str name, const struct buf *bytes,
                            struct sha256 *ret_sum)
{
    enum status status;
    struct buf path;

    if (bytes->failed || !digest_bytes(buf_str(bytes), ret_sum))
        return diag_no_memory(folder->diag);
    buf_init(&path, SIZE_MAX / 2);
    buf_add(&path, name);
    buf_printf(&folder->sums, "%s  %.*s\n", digest_text(ret_sum).hex, STR_ARG(name));
    status = path.failed ? diag_no_memory(folder->diag)
                         : folder->add(folder->context, path.bytes, buf_str(bytes));
    buf_done(&path);
    return status;
}

static enum status add_table(struct folder *folder, const struct sheet *sheet)
{
    struct buf *out = &folder->package;
    struct sha256 sum;
    enum status status;
    struct buf bytes;
    struct buf name;

    buf_init(&bytes, SIZE_MAX / 2);
    buf_init(&name, SIZE_MAX / 2);
    buf_printf(&name, "%.*s.csv", STR_ARG(sheet->id));
    csv_add_sheet(folder->book, sheet, &bytes);
    bytes.failed |= name.failed;
    status = add_file(folder, buf_str(&name), &bytes, &sum);
    if (status == STATUS_OK) {
        buf_add_text(out, folder->tables++ ? ",\n    {" : "\n    {");
        buf_printf(out, "\n      \"name\": \"%.*s\",\n      \"title\": ", STR_ARG(sheet->id));
        buf_add_json(out, sheet->name);
        buf_printf(out,
                   ",\n      \"path\": \"%.*s.csv\",\n      \"profile\": \"tabular-data-resource\","
                   "\n      \"format\": \"csv\",\n      \"mediatype\": \"text/csv\","
                   "\n      \"encoding\": \"utf-8\",\n      \"bytes\": %zu,"
                   "\n      \"hash\": \"sha256:%s\",\n      \"schema\": {\n        \"fields\": [",
                   STR_ARG(sheet->id), bytes.len, digest_text(&sum).hex);
        add_fields(folder, sheet);
        buf_add_text(out, "\n        ]\n      }\n    }");
    }
    buf_done(&bytes);
    buf_done(&name);
    return status;
}

static enum status add_all(struct folder *folder)
{
    const struct book *book = folder->book;
    struct buf *out = &folder->package;
    const struct sheet *sheet;
    enum status status = STATUS_OK;
    struct sha256 sum;

    buf_add_text(out, "{\n  \"profile\": \"tabular-data-package\",\n  \"name\": \"audit\",\n"
                      "  \"title\": ");
    buf_add_json(out, book->title);
    buf_add_text(out, ",\n  \"description\": ");
    buf_add_json(out, book->organization.ptr ? book->organization : STR(""));
    buf_add_text(out, ",\n  \"tool\": ");
    buf_add_json(out, book->tool);
    buf_add_text(out, ",\n  \"zone\": ");
    buf_add_json(out, book->zone);
    if (book->marking.len) {
        buf_add_text(out, ",\n  \"marking\": ");
        buf_add_json(out, book->marking);
    }
    buf_printf(out, ",\n  \"lang\": \"%s\",\n  \"resources\": [", lang_name(book->lang));
    for (sheet = book->sheets; sheet && status == STATUS_OK; sheet = sheet->next)
        if (!sheet->is_working)
            status = add_table(folder, sheet);
    buf_add_text(out, "\n  ]\n}\n");
    if (status == STATUS_OK)
        status = add_file(folder, STR("datapackage.json"), out, &sum);
    if (status == STATUS_OK && folder->sums.failed)
        status = diag_no_memory(folder->diag);
    return status == STATUS_OK
               ? folder->add(folder->context, "SHA256SUMS", buf_str(&folder->sums))
               : status;
}

enum status csv_write_folder(const struct book *book, writer_file *add, void *context,
                             struct diag *diag)
{
    struct folder folder = {.book = book, .add = add, .context = context, .diag = diag};
    enum status status;

    buf_init(&folder.package, SIZE_MAX / 2);
    buf_init(&folder.sums, SIZE_MAX / 2);
    status = add_all(&folder);
    buf_done(&folder.package);
    buf_done(&folder.sums);
    return status;
}
