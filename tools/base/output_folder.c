#define _XOPEN_SOURCE 700 /* mkdtemp */

#include "base/output_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int output_remove_folder(const char *path)
{
    DIR *stream = opendir(path);
    struct dirent *entry;

    if (!stream)
        return -1;
    while ((entry = readdir(stream)) != NULL)
        if (!is_dots(entry->d_name))
            (void)unlinkat(dirfd(stream), entry->d_name, 0);
    closedir(stream);
    return rmdir(path);
}

/* An empty folder beside it, whose name then takes what was there. */
static char *name_aside(const char *path)
{
    static const char ending[] = ".XXXXXX";
    size_t len = strlen(path);
    char *name = mem_alloc(len + sizeof ending, 1);

    if (!name) {
        errno = ENOMEM;
        return NULL;
    }
    memcpy(name, path, len);
    memcpy(name + len, ending, sizeof ending);
    if (mkdtemp(name))
        return name;
    mem_free(name);
    return NULL;
}

int output_replace_folder(const char *from, const char *to)
{
    char *aside;
    int error;

    if (rename(from, to) == 0) /* nothing was there, or an empty folder */
        return 0;
    if (errno != EEXIST && errno != ENOTEMPTY)
        return -1;
    aside = name_aside(to);
    if (!aside)
        return -1;
    if (rename(to, aside) != 0) {
        error = errno;
        rmdir(aside);
    } else if (rename(from, to) != 0) {
        error = errno;
        (void)rename(aside, to);
    } else {
        error = 0;
        (void)output_remove_folder(aside);
    }
    mem_free(aside);
    errno = error;
    return error ? -1 : 0;
}
