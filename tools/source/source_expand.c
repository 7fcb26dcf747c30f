#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/mem.h"
#include "source/pointer.h"
#include "source/source.h"

/* Folders inside folders; more is a loop made by mounts. */
enum { FOLDER_DEPTH = 64 };

struct expansion {
    struct arena *arena;
    struct diag *diag;
    struct str *names;
    size_t count;
    size_t capacity;
};

static struct where at(const char *path)
{
    return (struct where){str_of(path), 0, 0, 0};
}

static enum status cannot_open(struct expansion *found, const char *path, enum status status)
{
    diag_report(found->diag, RULE_SOURCE_OPEN, at(path), "'%s': %s", path, strerror(errno));
    return status;
}

static enum status add_name(struct expansion *found, const char *path)
{
    struct str name = arena_str(found->arena, str_of(path));

    if (found->count >= LIMIT_SOURCES)
        return diag_limit(found->diag, at(path), "the number of files", LIMIT_SOURCES);
    if (!name.ptr || !mem_grow(&found->names, found->count, &found->capacity, sizeof *found->names))
        return diag_no_memory(found->diag);
    found->names[found->count++] = name;
    return STATUS_OK;
}

static enum status add_folder(struct expansion *found, const char *folder, unsigned depth);

/* What a folder or a glob brought up: only files and, below folders, folders count. */
static enum status add_found(struct expansion *found, const char *path, unsigned depth)
{
    struct stat info;

    if (stat(path, &info) != 0)
        /* refused with a good message when it is opened */
        return pointer_is_link(path) ? add_name(found, path) : STATUS_OK;
    if (S_ISREG(info.st_mode))
        return add_name(found, path);
    if (!S_ISDIR(info.st_mode))
        return STATUS_OK;
    if (depth > 0 && (lstat(path, &info) != 0 || S_ISLNK(info.st_mode)))
        return STATUS_OK;
    return add_folder(found, path, depth);
}

static enum status add_entry(struct expansion *found, const char *folder, const char *entry,
                             unsigned depth)
{
    size_t len = strlen(folder);
    struct str path;

    if (entry[0] == '.')
        return STATUS_OK;
    while (len > 1 && folder[len - 1] == '/')
        len--;
    path = arena_format(found->arena, "%.*s%s%s", (int)len, folder,
                        len && folder[len - 1] == '/' ? "" : "/", entry);
    if (!path.ptr)
        return diag_no_memory(found->diag);
    return add_found(found, path.ptr, depth);
}

static enum status add_folder(struct expansion *found, const char *folder, unsigned depth)
{
    enum status status = STATUS_OK;
    DIR *stream;

    if (depth > FOLDER_DEPTH)
        return diag_limit(found->diag, at(folder), "the depth of folders", FOLDER_DEPTH);
    stream = opendir(folder);
    if (!stream)
        return cannot_open(found, folder, STATUS_IO);
    while (status == STATUS_OK) {
        const struct dirent *entry;

        errno = 0;
        entry = readdir(stream);
        if (!entry) {
            if (errno)
                status = cannot_open(found, folder, STATUS_IO);
            break;
        }
        status = add_entry(found, folder, entry->d_name, depth + 1);
    }
    closedir(stream);
    return status;
}

static enum status add_glob(struct expansion *found, const char *pattern)
{
    enum status status = STATUS_OK;
    glob_t matches;
    size_t i;
    int result;

    memset(&matches, 0, sizeof matches);
    result = glob(pattern, GLOB_NOSORT, NULL, &matches);
    if (result == GLOB_NOSPACE)
        status = diag_no_memory(found->diag);
    for (i = 0; result == 0 && status == STATUS_OK && i < matches.gl_pathc; i++)
        status = add_found(found, matches.gl_pathv[i], 0);
    globfree(&matches);
    return status;
}

static enum status add_path(struct expansion *found, const char *path)
{
    size_t before = found->count;
    struct stat info;
    enum status status;
    bool is_glob = strpbrk(path, "*?[") != NULL;

    if (strcmp(path, "-") == 0)
        return add_name(found, path);
    if (stat(path, &info) == 0) {
        if (!S_ISDIR(info.st_mode))
            return add_name(found, path);
        status = add_folder(found, path, 0);
    } else if (pointer_is_link(path)) {
        return add_name(found, path);
    } else if (is_glob) {
        status = add_glob(found, path);
    } else {
        return cannot_open(found, path, STATUS_USAGE);
    }
    if (status == STATUS_OK && found->count == before)
        diag_report(found->diag, RULE_SOURCE_NONE, at(path), "'%s'", path);
    return status;
}

static int by_name(const void *a, const void *b)
{
    const struct str *left = a;
    const struct str *right = b;

    return source_compare_names(*left, *right);
}

static size_t drop_doubles(struct str *names, size_t count)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < count; i++)
        if (kept == 0 || !str_equal(names[kept - 1], names[i]))
            names[kept++] = names[i];
    return kept;
}

enum status source_expand(struct arena *arena, const struct str *paths, size_t count,
                          struct diag *diag, struct str **ret_names, size_t *ret_count)
{
    struct expansion found = {arena, diag, NULL, 0, 0};
    enum status status = STATUS_OK;
    struct str *names;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct str path = arena_str(arena, paths[i]);

        status = path.ptr ? add_path(&found, path.ptr) : diag_no_memory(diag);
    }
    if (status != STATUS_OK)
        goto out;
    if (found.count)
        qsort(found.names, found.count, sizeof *found.names, by_name);
    found.count = drop_doubles(found.names, found.count);
    names = arena_alloc(arena, found.count, sizeof *names);
    if (!names) {
        status = diag_no_memory(diag);
        goto out;
    }
    if (found.count)
        memcpy(names, found.names, found.count * sizeof *names);
    *ret_names = names;
    *ret_count = found.count;
out:
    mem_free(found.names);
    return status;
}
