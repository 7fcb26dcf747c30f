#include "base/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { BUFFER_SIZE = 64 * 1024, PATH_BYTES = 4096 };

struct scratch {
    int fd;
    int error; /* first errno, 0 while all is well */
    size_t used;
    char path[32];
    char buffer[BUFFER_SIZE];
};

int scratch_open(void)
{
    const char *folder = getenv("TMPDIR");
    char path[PATH_BYTES];
    int len;
    int fd;

    if (!folder || folder[0] != '/')
        folder = "/tmp";
    len = snprintf(path, sizeof path, "%s/cfaudit-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkstemp(path);
    if (fd >= 0) {
        unlink(path);
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    return fd;
}

static enum status failed(int error, struct diag *diag)
{
    diag_report(diag, RULE_OUTPUT_WRITE, WHERE_NONE, "a temporary file: %s", strerror(error));
    return STATUS_IO;
}

enum status scratch_new(struct diag *diag, struct scratch **ret_scratch)
{
    struct scratch *scratch = mem_alloc(1, sizeof *scratch);

    if (!scratch)
        return diag_no_memory(diag);
    scratch->fd = scratch_open();
    if (scratch->fd < 0) {
        int error = errno;

        mem_free(scratch);
        return failed(error, diag);
    }
    snprintf(scratch->path, sizeof scratch->path, "/dev/fd/%d", scratch->fd);
    *ret_scratch = scratch;
    return STATUS_OK;
}

void scratch_free(struct scratch *scratch)
{
    if (!scratch)
        return;
    close(scratch->fd);
    mem_free(scratch);
}

static void flush(struct scratch *scratch)
{
    size_t done = 0;

    while (done < scratch->used && !scratch->error) {
        ssize_t some = write(scratch->fd, scratch->buffer + done, scratch->used - done);

        if (some < 0 && errno != EINTR)
            scratch->error = errno;
        if (some > 0)
            done += (size_t)some;
    }
    scratch->used = 0;
}

void scratch_write(struct scratch *scratch, struct str bytes)
{
    while (bytes.len && !scratch->error) {
        size_t room = BUFFER_SIZE - scratch->used;
        size_t some = bytes.len < room ? bytes.len : room;

        memcpy(scratch->buffer + scratch->used, bytes.ptr, some);
        scratch->used += some;
        bytes.ptr += some;
        bytes.len -= some;
        if (scratch->used == BUFFER_SIZE)
            flush(scratch);
    }
}

enum status scratch_path(struct scratch *scratch, struct diag *diag, struct str *ret_path)
{
    flush(scratch);
    if (scratch->error)
        return failed(scratch->error, diag);
    *ret_path = str_of(scratch->path);
    return STATUS_OK;
}
