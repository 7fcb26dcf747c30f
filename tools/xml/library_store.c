#include "xml/library_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

void library_store_init(struct library_store *store)
{
    memset(store, 0, sizeof *store);
    arena_init(&store->arena);
}

void library_store_done(struct library_store *store)
{
    mem_free(store->items);
    arena_done(&store->arena);
    library_store_init(store);
}

const struct library_item *library_store_find(const struct library_store *store, struct str name)
{
    size_t i;

    for (i = 0; i < store->count; i++)
        if (str_equal(store->items[i].name, name))
            return &store->items[i];
    return NULL;
}

enum status library_store_put(struct library_store *store, const struct library_item *item,
                              struct diag *diag)
{
    struct library_item copy = *item;

    copy.name = arena_str(&store->arena, item->name);
    copy.root = arena_str(&store->arena, item->root);
    copy.bytes = arena_str(&store->arena, item->bytes);
    if (!copy.name.ptr || !copy.root.ptr || (item->bytes.ptr && !copy.bytes.ptr) ||
        !mem_grow(&store->items, store->count, &store->capacity, sizeof *store->items))
        return diag_no_memory(diag);
    store->items[store->count++] = copy;
    return STATUS_OK;
}

static int by_name(const void *a, const void *b)
{
    const struct library_item *left = a;
    const struct library_item *right = b;

    return str_compare(left->name, right->name);
}

void library_store_order(struct library_store *store)
{
    if (store->count)
        qsort(store->items, store->count, sizeof *store->items, by_name);
}

struct str library_store_folder(struct str path)
{
    size_t len = path.len;

    while (len > 0 && path.ptr[len - 1] != '/')
        len--;
    if (len == 0)
        return (struct str){NULL, 0};
    return (struct str){path.ptr, len > 1 ? len - 1 : len};
}

/* The rest of the path below the folder; missing: it is not there. */
static struct str below(struct str path, struct str folder)
{
    if (folder.len == 0 || path.len <= folder.len + 1 ||
        memcmp(path.ptr, folder.ptr, folder.len) != 0 || path.ptr[folder.len] != '/')
        return (struct str){NULL, 0};
    return (struct str){path.ptr + folder.len + 1, path.len - folder.len - 1};
}

/* The nearer of the two folders counts. */
struct str library_store_name(struct library_store *store, struct str path)
{
    struct str own = below(path, store->folder);
    struct str data = below(path, store->data_folder);

    if (data.ptr && (!own.ptr || data.len < own.len))
        return arena_format(&store->arena, "%.*s/%.*s", STR_ARG(LIBRARY_STORE_DATA), STR_ARG(data));
    return own.ptr ? own : path;
}

static enum status keep(struct library_store *store, struct str path, struct str name,
                        const char *root, struct diag *diag)
{
    struct library_item item = {.name = name, .root = str_of(root)};
    struct source_identity identity;
    struct source *source = NULL;
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = source_open(path, diag, &source);
    if (status == STATUS_OK)
        status = source_read_all(source, LIMIT_DOCUMENT_BYTES, &arena, diag, &item.bytes,
                                 &identity);
    if (status == STATUS_OK && identity.bytes != identity.stream) {
        diag_report(diag, RULE_PART_DOCUMENT, (struct where){path, 0, 0, 0}, NULL);
        status = STATUS_INVALID;
    }
    if (status == STATUS_OK) {
        item.sha256 = identity.sha256;
        status = library_store_put(store, &item, diag);
    }
    source_close(source);
    arena_done(&arena);
    return status;
}

enum status library_store_open(struct library_store *store, struct str path, const char *root,
                               struct diag *diag, struct source **ret_source)
{
    struct str name = store->replays ? path : library_store_name(store, path);
    const struct library_item *item;
    enum status status;

    if (!name.ptr)
        return diag_no_memory(diag);
    item = library_store_find(store, name);
    if (!item && store->replays) {
        diag_report(diag, RULE_SOURCE_OPEN, (struct where){path, 0, 0, 0},
                    "no part brings the document '%.*s'", STR_ARG(path));
        return STATUS_INVALID;
    }
    if (!item) {
        status = keep(store, path, name, root ? root : "", diag);
        if (status != STATUS_OK)
            return status;
        item = &store->items[store->count - 1];
    }
    return source_open_memory(path, item->bytes, diag, ret_source);
}

enum status library_store_note(struct library_store *store, struct str name, const char *root,
                               struct str bytes, struct diag *diag)
{
    struct library_item item = {.name = name, .root = str_of(root ? root : ""), .is_shipped = true};

    if (store->replays || library_store_find(store, name))
        return STATUS_OK;
    if (!digest_bytes(bytes, &item.sha256))
        return diag_no_memory(diag);
    return library_store_put(store, &item, diag);
}
