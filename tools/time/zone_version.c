#include "time/zone.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "time/civil_read.h"
#include "time/zone_folder.h"

enum { VERSION_MOST = 32 };

/*
 * The version is asked once and kept for the life of the process: the only state of this room,
 * behind a once, because a database that is exchanged meanwhile would not change loaded zones.
 */
static pthread_once_t version_once = PTHREAD_ONCE_INIT;
static char version_text[VERSION_MOST] = "unknown";

/* "2025b" out of the first line of a file of the folder; false when it is not there. */
static bool read_version(const char *file, const char *before)
{
    char line[128];
    char path[8192]; /* no heap: "unknown" must not mean that memory was short */
    struct str rest;
    ssize_t got = -1;
    size_t len = 0;
    int path_len = snprintf(path, sizeof path, "%s/%s", zone_folder(), file);
    int fd = -1;

    if (path_len > 0 && (size_t)path_len < sizeof path)
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0) {
        got = read(fd, line, sizeof line);
        close(fd);
    }
    if (got <= 0)
        return false;
    rest = (struct str){line, (size_t)got};
    if (!str_starts(rest, before))
        return false;
    rest.ptr += strlen(before);
    rest.len -= strlen(before);
    while (len < rest.len && len < VERSION_MOST - 1 &&
           (digit_of(rest.ptr[len]) <= 9 || (rest.ptr[len] >= 'a' && rest.ptr[len] <= 'z') ||
            rest.ptr[len] == '-'))
        len++;
    if (len < 5)
        return false;
    memcpy(version_text, rest.ptr, len);
    version_text[len] = '\0';
    return true;
}

static void find_version(void)
{
    if (!read_version("+VERSION", ""))
        (void)read_version("tzdata.zi", "# version ");
}

struct str zone_database_version(void)
{
    (void)pthread_once(&version_once, find_version);
    return str_of(version_text);
}
