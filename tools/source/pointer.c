#include "source/pointer.h"

#include <string.h>
#include <unistd.h>

/* Longer than any pointer; git-annex itself reads no more than 32 KiB. */
enum { POINTER_MAX = 32768 };

static bool has_annex_path(struct str line)
{
    static const char folder[] = ".git/annex/objects/";
    size_t i;

    if (str_starts(line, "/annex/objects/"))
        return true;
    for (i = 0; i + sizeof folder - 1 <= line.len; i++)
        if (memcmp(line.ptr + i, folder, sizeof folder - 1) == 0)
            return true;
    return false;
}

enum pointer pointer_find(struct str head)
{
    struct str line = head;
    const char *end;

    if (str_starts(head, "version https://git-lfs.github.com/spec/") ||
        str_starts(head, "version https://hawser.github.com/spec/"))
        return POINTER_LFS;
    if (head.len == 0 || head.len > POINTER_MAX)
        return POINTER_NONE;
    end = memchr(head.ptr, '\n', head.len);
    if (end)
        line.len = (size_t)(end - head.ptr);
    /* a link that was checked out as a file holds the target and nothing else */
    if (str_starts(line, "/annex/objects/") ||
        (line.len + 1 >= head.len && line.len < 1024 && !memchr(line.ptr, ' ', line.len) &&
         has_annex_path(line)))
        return POINTER_ANNEX;
    return POINTER_NONE;
}

bool pointer_is_link(const char *path)
{
    char target[4096];
    ssize_t len = readlink(path, target, sizeof target);

    return len > 0 && has_annex_path((struct str){target, (size_t)len});
}

enum status pointer_report(struct str name, enum pointer pointer, struct diag *diag)
{
    struct where where = {name, 1, 1, 0};

    if (pointer == POINTER_LFS) {
        diag_report(diag, RULE_SOURCE_POINTER, where, "Git LFS keeps the content elsewhere");
        diag_hint(diag, "fetch it with: git lfs pull");
    } else {
        diag_report(diag, RULE_SOURCE_POINTER, where, "git-annex keeps the content elsewhere");
        diag_hint(diag, "fetch it with: git annex get '%.*s'", STR_ARG(name));
    }
    return STATUS_INVALID;
}
