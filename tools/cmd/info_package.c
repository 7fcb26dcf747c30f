/* Packages: workbooks with their sheets, and other documents of office programs. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cmd/info.h"
#include "source/package.h"
#include "xml/xml.h"

enum { SHEETS_MAX = 256 };

/* --- parts --- */

static bool has_part(const struct package *package, const char *name)
{
    return package_find(package, str_of(name)) < package_count(package);
}

/* NULL: there is no such part. */
static enum status load_part(struct info *info, struct package *package, struct str name,
                             struct xml_document **ret_document)
{
    struct diag *diag = &info->run->diag;
    size_t number = package_find(package, name);
    struct source *source = NULL;
    struct str bytes;
    enum status status;

    *ret_document = NULL;
    if (number == package_count(package))
        return STATUS_OK;
    status = package_read(package, number, &info->run->arena, diag, &bytes);
    if (status == STATUS_OK)
        status = source_open_memory(
            arena_format(&info->run->arena, "%.*s:%.*s", STR_ARG(info->name), STR_ARG(name)),
            bytes, diag, &source);
    if (status == STATUS_OK)
        status = xml_load(source, NULL, NULL, diag, ret_document);
    source_close(source);
    return status;
}

/* --- sheets --- */

struct sheet {
    uint64_t rows;
    uint64_t cells;
    uint64_t formulas;
};

static bool start(void *context, const struct xml_event *event)
{
    struct sheet *sheet = context;

    sheet->rows += str_is(event->name, "row");
    sheet->cells += str_is(event->name, "c");
    sheet->formulas += str_is(event->name, "f");
    return true;
}

static bool end(void *context, struct str name)
{
    (void)context;
    (void)name;
    return true;
}

static enum status feed(void *context, struct str bytes)
{
    return xml_stream_feed(context, bytes);
}

/* The elements of a part, one after another; none where there is no such part. */
static enum status walk_part(struct info *info, struct package *package, struct str part,
                             const struct xml_handler *handler, void *context)
{
    struct diag *diag = &info->run->diag;
    size_t number = package_find(package, part);
    struct xml_stream *stream = NULL;
    enum status status;

    if (number == package_count(package))
        return STATUS_OK;
    status = xml_stream_new(
        arena_format(&info->run->arena, "%.*s:%.*s", STR_ARG(info->name), STR_ARG(part)), handler,
        context, diag, &stream);
    if (status == STATUS_OK)
        status = package_stream(package, number, feed, stream, diag);
    if (status == STATUS_OK)
        status = xml_stream_end(stream);
    xml_stream_free(stream);
    return status;
}

/* --- the list of sheets --- */

struct sheet_list {
    struct arena *arena;
    struct str names[SHEETS_MAX];
    struct str states[SHEETS_MAX];
    struct str ids[SHEETS_MAX];
    struct str targets[SHEETS_MAX]; /* parts */
    size_t count;
};

static struct str attribute(struct sheet_list *list, const struct xml_event *event,
                            const char *name)
{
    size_t i;

    for (i = 0; i < event->attribute_count; i++)
        if (str_is(event->attributes[i].name, name))
            return arena_str(list->arena, event->attributes[i].value);
    return (struct str){NULL, 0};
}

static bool start_book(void *context, const struct xml_event *event)
{
    struct sheet_list *list = context;

    if (str_is(event->name, "sheet") && list->count < SHEETS_MAX) {
        list->names[list->count] = attribute(list, event, "name");
        list->states[list->count] = attribute(list, event, "state");
        list->ids[list->count++] = attribute(list, event, "id");
    }
    return true;
}

/* Where the sheet of an id is. */
static bool start_relation(void *context, const struct xml_event *event)
{
    struct sheet_list *list = context;
    struct str id = attribute(list, event, "Id");
    struct str target = attribute(list, event, "Target");
    size_t i;

    for (i = 0; i < list->count && target.len; i++)
        if (str_equal(list->ids[i], id))
            list->targets[i] = target.ptr[0] == '/'
                                   ? (struct str){target.ptr + 1, target.len - 1}
                                   : arena_format(list->arena, "xl/%.*s", STR_ARG(target));
    return true;
}

static enum status tell_sheets(struct info *info, struct package *package,
                               const struct sheet_list *list)
{
    static const char *const heads[] = {"sheet", "state", "#rows", "#cells", "#formulas", NULL};
    static const struct xml_handler handler = {start, end};
    struct arena *arena = &info->run->arena;
    enum status status = STATUS_OK;
    size_t i;

    facts_table(info->facts, "sheets", heads);
    for (i = 0; i < list->count && status == STATUS_OK; i++) {
        struct sheet sheet = {.rows = 0};

        status = walk_part(info, package, list->targets[i], &handler, &sheet);
        if (status == STATUS_OK) {
            struct str cells[] = {list->names[i],
                                  list->states[i].len ? list->states[i] : STR("visible"),
                                  facts_count(arena, sheet.rows), facts_count(arena, sheet.cells),
                                  facts_count(arena, sheet.formulas)};

            if (!facts_row(info->facts, cells))
                status = diag_no_memory(&info->run->diag);
        }
    }
    if (status == STATUS_OK)
        facts_table_end(info->facts);
    return status;
}

/* --- the workbook --- */

static enum status tell_properties(struct info *info, struct package *package)
{
    struct xml_document *core = NULL;
    enum status status = load_part(info, package, STR("docProps/core.xml"), &core);

    if (status == STATUS_OK && core) {
        const struct xml_node *root = xml_root(core);

        facts_text(info->facts, "title", xml_text(xml_child(root, "title")));
        facts_text(info->facts, "author", xml_text(xml_child(root, "creator")));
        facts_text(info->facts, "created", xml_text(xml_child(root, "created")));
        facts_text(info->facts, "modified", xml_text(xml_child(root, "modified")));
    }
    xml_free(core);
    return status;
}

static enum status tell_workbook(struct info *info, struct package *package)
{
    static const struct xml_handler book = {start_book, end};
    static const struct xml_handler relations = {start_relation, end};
    struct sheet_list *list = arena_alloc(&info->run->arena, 1, sizeof *list);
    enum status status;

    if (!list)
        return diag_no_memory(&info->run->diag);
    list->arena = &info->run->arena;
    list->count = 0;
    status = tell_properties(info, package);
    if (status == STATUS_OK)
        status = walk_part(info, package, STR("xl/workbook.xml"), &book, list);
    if (status == STATUS_OK)
        status = walk_part(info, package, STR("xl/_rels/workbook.xml.rels"), &relations, list);
    return status == STATUS_OK ? tell_sheets(info, package, list) : status;
}

/* --- what kind of package --- */

static const struct {
    const char *part;
    const char *kind;
    enum status (*tell)(struct info *info, struct package *package);
} packages[] = {
    {"xl/workbook.xml", "workbook, XLSX", tell_workbook},
    {"word/document.xml", "text document, DOCX", tell_properties},
    {"ppt/presentation.xml", "presentation, PPTX", tell_properties},
};

/* OpenDocument says its kind in a part of its own. */
static enum status tell_by_type(struct info *info, struct package *package)
{
    static const struct {
        const char *type;
        const char *kind;
    } types[] = {{"application/vnd.oasis.opendocument.spreadsheet", "workbook, ODS"},
                 {"application/vnd.oasis.opendocument.text", "text document, ODT"}};
    size_t number = package_find(package, STR("mimetype"));
    const char *kind = "ZIP package";
    struct str bytes = {NULL, 0};
    enum status status = STATUS_OK;
    size_t i;

    if (number < package_count(package))
        status = package_read(package, number, &info->run->arena, &info->run->diag, &bytes);
    for (i = 0; i < ARRAY_LEN(types); i++)
        if (str_is(str_trim(bytes), types[i].type))
            kind = types[i].kind;
    facts_text(info->facts, "kind", str_of(kind));
    return status;
}

static enum status tell_package(struct info *info, struct package *package)
{
    enum status status;
    size_t i;

    for (i = 0; i < ARRAY_LEN(packages) && !has_part(package, packages[i].part); i++)
        continue;
    if (i < ARRAY_LEN(packages)) {
        facts_text(info->facts, "kind", str_of(packages[i].kind));
        status = packages[i].tell(info, package);
    } else {
        status = tell_by_type(info, package);
    }
    facts_number(info->facts, "parts", package_count(package));
    facts_text(info->facts, "maps",
               STR("none: no reader takes packages; save the sheet as CSV (UTF-8)"));
    return status;
}

static enum status tell(struct info *info)
{
    struct package *package = NULL;
    char *path;
    enum status status;

    /* a package is read from its end: that takes a file */
    if (source_reads_once(info->name)) {
        facts_text(info->facts, "kind", STR("ZIP package; its parts are told of a file only"));
        return STATUS_OK;
    }
    path = arena_bytes(&info->run->arena, info->name.len + 1);
    if (!path)
        return diag_no_memory(&info->run->diag);
    memcpy(path, info->name.ptr, info->name.len);
    path[info->name.len] = '\0';
    status = package_open(path, package_default_limits(), &info->run->diag, &package);
    if (status == STATUS_OK)
        status = tell_package(info, package);
    else
        facts_text(info->facts, "kind", STR("ZIP package that cannot be read"));
    package_close(package);
    return status;
}

static bool fits(const struct info *info)
{
    return str_starts(info->head, "PK\x03\x04");
}

const struct info_kind info_package = {.fits = fits, .tell = tell};
