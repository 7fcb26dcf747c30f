#define _XOPEN_SOURCE 700 /* realpath */

#include "cmd/partial_files.h"

#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A file, and how it can be called. */
struct file {
    struct str path;
    struct str as_given;  /* without "./" in front */
    struct str in_folder; /* its path from the folder of the audit; missing: it is elsewhere */
};

/* What stands behind the folder in the path, both without links; missing: it is not in there. */
static struct str inside(struct arena *arena, const char *folder, const char *path)
{
    struct str result = {NULL, 0};
    char outer[PATH_MAX];
    char inner[PATH_MAX];

    if (realpath(folder, outer) && realpath(path, inner)) {
        size_t len = strlen(outer);

        if (len > 1 && strncmp(outer, inner, len) == 0 && inner[len] == '/')
            result = arena_str(arena, str_of(inner + len + 1));
    }
    return result;
}

static struct file describe(struct arena *arena, struct str folder, const char *path)
{
    struct file file = {str_of(path), str_of(path), {NULL, 0}};

    if (str_is(file.path, "-"))
        return file;
    while (str_starts(file.as_given, "./"))
        file.as_given = (struct str){file.as_given.ptr + 2, file.as_given.len - 2};
    file.in_folder = inside(arena, folder.len ? folder.ptr : ".", path);
    return file;
}

/* The name itself, a glob for it, or a folder that it is in. */
static bool names_it(struct str pattern, struct str name)
{
    while (str_starts(pattern, "./"))
        pattern = (struct str){pattern.ptr + 2, pattern.len - 2};
    if (!name.ptr)
        return false;
    if (str_equal(pattern, name) ||
        fnmatch(pattern.ptr, name.ptr, FNM_PATHNAME | FNM_PERIOD) == 0)
        return true;
    while (pattern.len > 1 && pattern.ptr[pattern.len - 1] == '/')
        pattern.len--;
    return name.len > pattern.len && name.ptr[pattern.len] == '/' &&
           memcmp(name.ptr, pattern.ptr, pattern.len) == 0;
}

/* How the source calls the file; missing: it does not. */
static struct str called(const struct gathering_source *source, const struct file *file)
{
    size_t i;

    for (i = 0; i < source->path_count; i++) {
        if (names_it(source->paths[i], file->in_folder))
            return file->in_folder;
        if (names_it(source->paths[i], file->as_given))
            return file->as_given;
    }
    return (struct str){NULL, 0};
}

static enum status add(struct gathering *g, size_t s, const struct file *file, struct str shown,
                       struct str **shown_names)
{
    struct gathering_source *source = &g->sources[s];
    size_t i;

    for (i = 0; i < source->name_count; i++)
        if (str_equal(shown_names[s][i], shown))
            return run_usage(g->run, "'%.*s' is named twice", STR_ARG(file->path));
    /* in the order of the names that the ledger shows */
    for (i = source->name_count;
         i > 0 && source_compare_names(shown_names[s][i - 1], shown) > 0; i--) {
        shown_names[s][i] = shown_names[s][i - 1];
        source->names[i] = source->names[i - 1];
    }
    shown_names[s][i] = shown;
    source->names[i] = file->path;
    source->name_count++;
    return STATUS_OK;
}

static enum status find_source(struct gathering *g, struct str id, size_t *ret_number)
{
    const char *names[32] = {NULL};
    const char *nearest;
    size_t s;

    for (s = 0; s < g->source_count; s++) {
        if (str_equal(g->sources[s].id, id)) {
            *ret_number = s;
            return STATUS_OK;
        }
        if (s + 1 < ARRAY_LEN(names))
            names[s] = g->sources[s].id.ptr;
    }
    nearest = str_nearest(id, names);
    diag_report(&g->run->diag, RULE_USAGE, WHERE_NONE, "the audit has no source '%.*s'",
                STR_ARG(id));
    if (nearest)
        diag_hint(&g->run->diag, "did you mean '%s'?", nearest);
    return STATUS_USAGE;
}

/* A file that several sources name is read for each of them. */
static enum status give(struct gathering *g, const struct file *file, struct str **shown_names)
{
    struct str name = args_str(&g->run->args, "name");
    struct str source = args_str(&g->run->args, "source");
    enum status status = STATUS_OK;
    bool is_given = false;
    size_t s = 0;

    if (source.ptr || g->source_count == 1) {
        if (source.ptr)
            status = find_source(g, source, &s);
        if (status != STATUS_OK)
            return status;
        if (!name.ptr)
            name = called(&g->sources[s], file);
        if (!name.ptr)
            name = file->in_folder.ptr ? file->in_folder : file->as_given;
        return add(g, s, file, name, shown_names);
    }
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        struct str own = called(&g->sources[s], file);

        if (!own.ptr)
            continue;
        status = add(g, s, file, name.ptr ? name : own, shown_names);
        is_given = true;
    }
    if (is_given || status != STATUS_OK)
        return status;
    diag_report(&g->run->diag, RULE_USAGE, WHERE_NONE, "no source of the audit names '%.*s'",
                STR_ARG(file->path));
    diag_hint(&g->run->diag, "say which one it belongs to: --source ID");
    return STATUS_USAGE;
}

enum status partial_files(struct gathering *g, const char *const *files, size_t count,
                          struct str ***ret_shown)
{
    struct arena *arena = &g->run->arena;
    struct str **shown = arena_alloc(arena, g->source_count, sizeof(struct str *));
    enum status status = STATUS_OK;
    size_t i;
    size_t s;

    if (args_has(&g->run->args, "name") && count != 1)
        return run_usage(g->run, "'--name' is for one file");
    if (!shown)
        return diag_no_memory(&g->run->diag);
    for (s = 0; s < g->source_count; s++) {
        struct gathering_source *source = &g->sources[s];

        source->are_given = true;
        source->names = arena_alloc(arena, count, sizeof *source->names);
        shown[s] = arena_alloc(arena, count, sizeof *shown[s]);
        if (!source->names || !shown[s])
            return diag_no_memory(&g->run->diag);
    }
    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct file file = describe(arena, g->sources[0].folder, files[i]);

        status = give(g, &file, shown);
    }
    if (status == STATUS_OK)
        *ret_shown = shown;
    return status;
}
