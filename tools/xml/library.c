#include "xml/library.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/mem.h"
#include "source/shipped.h"

/* More than are ever shipped; the rest would only be missing from suggestions. */
enum { NAME_MAX_COUNT = 256 };

enum status library_init(struct library *library, struct str data_folder, struct diag *diag)
{
    static const struct str name = {"cfaudit.xsd", 11};
    const struct shipped *shipped = shipped_find(name);

    BUG_IF(!shipped);
    library->data_folder = data_folder;
    library->schema = NULL;
    library->at_hand = NULL;
    library->store = NULL;
    return xml_schema_load(name, shipped_bytes(shipped), diag, &library->schema);
}

void library_done(struct library *library)
{
    xml_schema_free(library->schema);
    library->schema = NULL;
}

bool library_name_is_path(struct str name)
{
    return name.len > 0 && (memchr(name.ptr, '/', name.len) || str_ends(name, ".xml"));
}

static void hint_names(const char *const *names, struct diag *diag)
{
    struct buf list;
    size_t i;

    buf_init(&list, 4096);
    for (i = 0; names[i]; i++)
        buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
    if (!list.failed)
        diag_hint(diag,
                  "shipped are: %.*s; a file of your own is named with a slash or the ending "
                  ".xml",
                  STR_ARG(buf_str(&list)));
    buf_done(&list);
}

static enum status unknown(struct str name, struct diag *diag)
{
    const char *names[NAME_MAX_COUNT + 1];
    const struct shipped *document;
    const char *nearest;
    size_t count = 0;

    diag_report(diag, RULE_DOCUMENT_UNKNOWN, WHERE_NONE, "'%.*s'", STR_ARG(name));
    for (document = shipped_documents; document->name && count < NAME_MAX_COUNT; document++)
        if (!str_ends(str_of(document->name), ".xsd"))
            names[count++] = document->name;
    names[count] = NULL;
    nearest = str_nearest(name, names);
    if (nearest)
        diag_hint(diag, "did you mean '%s'?", nearest);
    else
        hint_names(names, diag);
    diag_word(diag, str_of(str_meant(name, names)));
    return STATUS_USAGE;
}

static bool replays(const struct library *library)
{
    return library->store && library->store->replays;
}

enum status library_open_path(const struct library *library, struct str path, const char *root,
                              struct diag *diag, struct source **ret_source)
{
    return library->store ? library_store_open(library->store, path, root, diag, ret_source)
                          : source_open(path, diag, ret_source);
}

/* The bare name in the data folder, or a missing str; the text lives in the arena. */
static struct str in_data_folder(const struct library *library, struct arena *arena,
                                 struct str name)
{
    struct str path;

    if (library->data_folder.len == 0)
        return (struct str){NULL, 0};
    path = arena_format(arena, "%.*s/%.*s.xml", STR_ARG(library->data_folder), STR_ARG(name));
    if (path.ptr && (replays(library) ? !library_store_find(library->store, path)
                                      : access(path.ptr, F_OK) != 0))
        path = (struct str){NULL, 0};
    return path;
}

static enum status open_shipped(const struct library *library, struct str name, const char *root,
                                struct diag *diag, struct source **ret_source)
{
    const struct shipped *shipped = shipped_find(name);
    enum status status = STATUS_OK;

    if (!shipped || str_ends(name, ".xsd"))
        return unknown(name, diag);
    if (library->store)
        status = library_store_note(library->store, name, root, shipped_bytes(shipped), diag);
    return status == STATUS_OK
               ? source_open_memory(name, shipped_bytes(shipped), diag, ret_source)
               : status;
}

static enum status open_named(const struct library *library, struct str name, struct str folder,
                              const char *root, struct arena *arena, struct diag *diag,
                              struct source **ret_source)
{
    struct str path = name;

    if (library_name_is_path(name)) {
        if (folder.len > 0 && name.ptr[0] != '/')
            path = arena_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
        return path.ptr ? library_open_path(library, path, root, diag, ret_source)
                        : diag_no_memory(diag);
    }
    path = in_data_folder(library, arena, name);
    if (path.ptr)
        return library_open_path(library, path, root, diag, ret_source);
    return open_shipped(library, name, root, diag, ret_source);
}

enum status library_open(const struct library *library, struct str name, struct diag *diag,
                         struct source **ret_source)
{
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = open_named(library, name, (struct str){NULL, 0}, NULL, &arena, diag, ret_source);
    arena_done(&arena);
    return status;
}

/* Named as it is at hand, not from a folder where the name means another file. */
static bool is_at_hand(const struct library *library, struct str name, struct str folder)
{
    return library->at_hand && folder.len == 0 && str_equal(name, library->at_hand_name);
}

enum status library_load(const struct library *library, struct str name, struct str folder,
                         const char *root, struct diag *diag, struct xml_document **ret_document)
{
    struct source *source = NULL;
    struct arena arena;
    enum status status;

    if (is_at_hand(library, name, folder)) {
        *ret_document = xml_keep(library->at_hand);
        return STATUS_OK;
    }
    arena_init(&arena);
    status = open_named(library, name, folder, root, &arena, diag, &source);
    if (status == STATUS_OK)
        status = xml_load(source, library->schema, root, diag, ret_document);
    source_close(source);
    arena_done(&arena);
    return status;
}

enum status library_load_path(const struct library *library, struct str path, const char *root,
                              struct diag *diag, struct xml_document **ret_document)
{
    struct source *source = NULL;
    enum status status;

    if (is_at_hand(library, path, (struct str){NULL, 0})) {
        *ret_document = xml_keep(library->at_hand);
        return STATUS_OK;
    }
    status = library_open_path(library, path, root, diag, &source);
    if (status == STATUS_OK)
        status = xml_load(source, library->schema, root, diag, ret_document);
    source_close(source);
    return status;
}
