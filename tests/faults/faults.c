/*
 * The whole program with one thing going wrong: the nth allocation, or the nth call that writes.
 *
 * usage: faults alloc|write N REPORT ARGUMENT ...
 * Runs the program's own main with the arguments. REPORT gets one line when it ends: how many
 * allocations or calls there were. N = 0: nothing fails.
 * Errors: the status is that of the program.
 * A failing call sets errno to ENOSPC, as a full disk does. What goes to standard error is let
 * through, so that the program can say what happened. Calls made inside shared libraries count too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

int cfaudit_main(int argc, char **argv);

static struct {
    unsigned long fail_at; /* 0: never */
    unsigned long count;
    int counts_allocations;
    const char *report;
} fault;

static int now(void)
{
    return ++fault.count == fault.fail_at;
}

/* The C library's own function behind ours. */
static void *real(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);

    if (!found)
        abort();
    return found;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    ssize_t (*call)(int, const void *, size_t);

    *(void **)&call = real("write");
    if (fd != STDERR_FILENO && now()) {
        errno = ENOSPC;
        return -1;
    }
    return call(fd, bytes, len);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
    size_t (*call)(const void *, size_t, size_t, FILE *);

    *(void **)&call = real("fwrite");
    if (file != stderr && now()) {
        errno = ENOSPC;
        return 0;
    }
    return call(bytes, size, count, file);
}

int fsync(int fd)
{
    int (*call)(int);

    *(void **)&call = real("fsync");
    if (now()) {
        errno = ENOSPC;
        return -1;
    }
    return call(fd);
}

int rename(const char *from, const char *to)
{
    int (*call)(const char *, const char *);

    *(void **)&call = real("rename");
    if (now()) {
        errno = ENOSPC;
        return -1;
    }
    return call(from, to);
}

int mkstemp(char *name)
{
    int (*call)(char *);

    *(void **)&call = real("mkstemp");
    if (now()) {
        errno = ENOSPC;
        return -1;
    }
    return call(name);
}

static void tell(void)
{
    FILE *file = fopen(fault.report, "w");

    fault.fail_at = 0;
    if (!file)
        abort();
    fprintf(file, "%lu\n", fault.counts_allocations ? mem_count() : fault.count);
    fclose(file);
}

int main(int argc, char **argv)
{
    unsigned long nth;

    if (argc < 5 || (strcmp(argv[1], "alloc") != 0 && strcmp(argv[1], "write") != 0)) {
        fprintf(stderr, "usage: faults alloc|write N REPORT ARGUMENT ...\n");
        return 2;
    }
    nth = strtoul(argv[2], NULL, 10);
    fault.report = argv[3];
    fault.counts_allocations = argv[1][0] == 'a';
    if (atexit(tell) != 0)
        return 2;
    if (fault.counts_allocations)
        mem_fail_at(nth);
    else
        fault.fail_at = nth;
    argv[3] = argv[0];
    return cfaudit_main(argc - 3, argv + 3);
}
