#define _XOPEN_SOURCE 700 /* realpath */

#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/output_folder.h"

enum { BUFFER_SIZE = 64 * 1024, OPEN_MAX_AT_ONCE = 96, NAME_MAX_BYTES = 4096 };

struct output_piece {
    struct output_piece *next;
    char *path;
    int slot;
};

struct output {
    char *name;      /* as the user gave it */
    char *path;      /* final name, links followed; NULL when written straight through */
    char *temporary; /* name in the same folder; NULL when written straight through */
    int fd;
    int error; /* first errno, 0 while all is well */
    size_t used;
    int slot;
    bool is_folder;
    struct output_piece *pieces; /* files of a folder that is not in its place yet */
    char buffer[BUFFER_SIZE];
};

/*
 * Names of temporary files, for the signal handler only: the one piece of state in this file,
 * because a handler gets no pointer of ours.
 */
static char pending[OPEN_MAX_AT_ONCE][NAME_MAX_BYTES];
static volatile sig_atomic_t pending_used[OPEN_MAX_AT_ONCE];

void output_remove_temporary(void)
{
    int i;

    for (i = 0; i < OPEN_MAX_AT_ONCE; i++)
        if (pending_used[i])
            unlink(pending[i]);
    for (i = 0; i < OPEN_MAX_AT_ONCE; i++) /* folders, which are empty by now */
        if (pending_used[i])
            rmdir(pending[i]);
}

static int remember(const char *name)
{
    int i;

    for (i = 0; i < OPEN_MAX_AT_ONCE; i++) {
        if (!pending_used[i] && strlen(name) < NAME_MAX_BYTES) {
            memcpy(pending[i], name, strlen(name) + 1);
            atomic_signal_fence(memory_order_release); /* the name before the flag */
            pending_used[i] = 1;
            return i;
        }
    }
    return -1;
}

static char *join(const char *a, const char *b)
{
    size_t len;
    char *text;

    if (!size_add(strlen(a), strlen(b) + 1, &len))
        return NULL;
    text = mem_alloc(len, 1);
    if (text) {
        memcpy(text, a, strlen(a));
        memcpy(text + strlen(a), b, strlen(b) + 1);
    }
    return text;
}

static void release(struct output *output)
{
    while (output->pieces) {
        struct output_piece *piece = output->pieces;

        output->pieces = piece->next;
        if (piece->slot >= 0)
            pending_used[piece->slot] = 0;
        mem_free(piece->path);
        mem_free(piece);
    }
    if (output->slot >= 0)
        pending_used[output->slot] = 0;
    if (output->fd > STDERR_FILENO)
        close(output->fd);
    mem_free(output->name);
    mem_free(output->path);
    mem_free(output->temporary);
    mem_free(output);
}

static enum status cannot(struct diag *diag, enum rule rule, const char *path, int error)
{
    diag_report(diag, rule, WHERE_NONE, "'%s': %s", path, strerror(error));
    return STATUS_IO;
}

/* The file a path leads to through links, so that a link stays one; its name if there is none. */
static char *follow(const char *path)
{
    char *found = realpath(path, NULL);

    return found ? found : join(path, "");
}

/* A device, a pipe or standard output: there is nothing to put in place at the end. */
static enum status open_through(struct output *output, struct diag *diag)
{
    if (strcmp(output->name, "-") == 0)
        output->fd = STDOUT_FILENO;
    else
        output->fd = open(output->name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return output->fd < 0 ? cannot(diag, RULE_OUTPUT_OPEN, output->name, errno) : STATUS_OK;
}

static enum status open_temporary(struct output *output, mode_t mode, struct diag *diag)
{
    output->path = follow(output->name);
    if (output->path)
        output->temporary = join(output->path, ".XXXXXX");
    if (!output->temporary)
        return diag_no_memory(diag);
    output->fd = mkstemp(output->temporary);
    if (output->fd < 0)
        return cannot(diag, RULE_OUTPUT_OPEN, output->name, errno);
    output->slot = remember(output->temporary);
    if (fchmod(output->fd, mode) != 0)
        output->error = errno;
    return STATUS_OK;
}

enum status output_open(const char *path, struct diag *diag, struct output **ret_output)
{
    struct output *output = mem_alloc(1, sizeof *output);
    struct stat there;
    enum status status;
    mode_t mode;

    if (!output)
        return diag_no_memory(diag);
    output->fd = -1;
    output->slot = -1;
    output->name = join(path, "");
    mode = umask(0);
    umask(mode);
    mode = 0666 & ~mode;
    if (!output->name) {
        status = diag_no_memory(diag);
    } else if (strcmp(path, "-") == 0) {
        status = open_through(output, diag);
    } else if (stat(path, &there) != 0) {
        status = open_temporary(output, mode, diag);
    } else if (S_ISDIR(there.st_mode)) {
        status = cannot(diag, RULE_OUTPUT_OPEN, path, EISDIR);
    } else if (S_ISREG(there.st_mode)) {
        status = open_temporary(output, there.st_mode & 0777, diag);
    } else {
        status = open_through(output, diag);
    }
    if (status == STATUS_OK)
        *ret_output = output;
    else
        release(output);
    return status;
}

enum status output_open_folder(const char *path, struct diag *diag, struct output **ret_output)
{
    struct output *output = mem_alloc(1, sizeof *output);
    size_t len = strlen(path);
    mode_t mode;

    if (!output)
        return diag_no_memory(diag);
    output->fd = -1;
    output->slot = -1;
    output->is_folder = true;
    output->name = join(path, "");
    while (output->name && len > 1 && output->name[len - 1] == '/')
        output->name[--len] = '\0';
    output->path = output->name ? follow(output->name) : NULL;
    output->temporary = output->path ? join(output->path, ".XXXXXX") : NULL;
    if (!output->temporary) {
        release(output);
        return diag_no_memory(diag);
    }
    if (!mkdtemp(output->temporary)) {
        enum status status = cannot(diag, RULE_OUTPUT_OPEN, path, errno);

        release(output);
        return status;
    }
    output->slot = remember(output->temporary);
    mode = umask(0);
    umask(mode);
    if (chmod(output->temporary, 0777 & ~mode) != 0)
        output->error = errno;
    *ret_output = output;
    return STATUS_OK;
}

static void write_all(struct output *output, const char *bytes, size_t len)
{
    while (len > 0 && output->error == 0) {
        ssize_t done = write(output->fd, bytes, len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            output->error = errno;
            return;
        }
        bytes += done;
        len -= (size_t)done;
    }
}

/* The piece first, so that a file that was begun is always known. */
static struct output_piece *add_piece(struct output *folder, const char *name)
{
    struct output_piece *piece = mem_alloc(1, sizeof *piece);
    char *start = join(folder->temporary, "/");

    if (piece && start)
        piece->path = join(start, name);
    mem_free(start);
    if (!piece || !piece->path) {
        mem_free(piece);
        return NULL;
    }
    piece->slot = remember(piece->path);
    piece->next = folder->pieces;
    folder->pieces = piece;
    return piece;
}

enum status output_add_file(struct output *folder, const char *name, struct str bytes,
                            struct diag *diag)
{
    struct output_piece *piece = add_piece(folder, name);

    if (!piece)
        return diag_no_memory(diag);
    folder->fd = open(piece->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (folder->fd < 0)
        return cannot(diag, RULE_OUTPUT_WRITE, folder->name, errno);
    write_all(folder, bytes.ptr, bytes.len);
    if (folder->error == 0 && fsync(folder->fd) != 0)
        folder->error = errno;
    if (close(folder->fd) != 0 && folder->error == 0)
        folder->error = errno;
    folder->fd = -1;
    return folder->error ? cannot(diag, RULE_OUTPUT_WRITE, folder->name, folder->error) : STATUS_OK;
}

void output_write(struct output *output, struct str bytes)
{
    if (bytes.len > BUFFER_SIZE - output->used) {
        write_all(output, output->buffer, output->used);
        output->used = 0;
    }
    if (bytes.len >= BUFFER_SIZE) {
        write_all(output, bytes.ptr, bytes.len);
        return;
    }
    if (bytes.len)
        memcpy(output->buffer + output->used, bytes.ptr, bytes.len);
    output->used += bytes.len;
}

const char *output_path(const struct output *output)
{
    return output->temporary;
}

/* A rename is on disk only when the folder is; folders that cannot be synced are left alone. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? join(path, "") : join(".", "");
    int fd;

    if (!folder)
        return;
    if (slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
    mem_free(folder);
}

static void check(struct output *output, int result)
{
    if (result != 0 && output->error == 0)
        output->error = errno;
}

/* Everything on disk, under the temporary name. */
static void close_temporary(struct output *output)
{
    if (output->is_folder && output->error == 0)
        output->fd = open(output->temporary, O_RDONLY | O_CLOEXEC);
    if (output->fd < 0)
        return; /* prepared before */
    write_all(output, output->buffer, output->used);
    output->used = 0;
    if (output->error == 0)
        check(output, fsync(output->fd));
    check(output, close(output->fd));
    output->fd = -1;
}

/* What stands under the temporary name. */
static void remove_temporary(struct output *output)
{
    struct output_piece *piece;

    for (piece = output->pieces; piece; piece = piece->next)
        unlink(piece->path);
    if (output->is_folder)
        rmdir(output->temporary);
    else
        unlink(output->temporary);
}

static enum status fail(struct output *output, struct diag *diag)
{
    enum status status;

    remove_temporary(output);
    status = cannot(diag, RULE_OUTPUT_WRITE, output->name, output->error);
    release(output);
    return status;
}

enum status output_prepare(struct output *output, struct diag *diag)
{
    if (!output->path)
        return STATUS_OK;
    close_temporary(output);
    return output->error ? fail(output, diag) : STATUS_OK;
}

const char *output_target(const struct output *output)
{
    return output->path;
}

enum status output_commit(struct output *output, struct diag *diag)
{
    enum status status = STATUS_OK;

    if (!output->path) {
        bool is_standard = output->fd == STDOUT_FILENO;

        write_all(output, output->buffer, output->used);
        output->used = 0;
        if (!is_standard) {
            check(output, close(output->fd));
            output->fd = -1;
        }
        if (output->error == EPIPE)
            status = STATUS_INTERRUPTED; /* the reader left: no message */
        else if (output->error)
            status = cannot(diag, RULE_OUTPUT_WRITE, is_standard ? "standard output" : output->name,
                            output->error);
        release(output);
        return status;
    }
    close_temporary(output);
    if (output->error == 0 && output->is_folder)
        check(output, output_replace_folder(output->temporary, output->path));
    else if (output->error == 0)
        check(output, rename(output->temporary, output->path));
    if (output->error)
        return fail(output, diag);
    sync_folder(output->path);
    release(output);
    return STATUS_OK;
}

void output_discard(struct output *output)
{
    if (!output)
        return;
    if (output->temporary)
        remove_temporary(output);
    release(output);
}
