#include "cmd/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { STEP_US = 200000, SHOW_AFTER_US = 500000 };

static int64_t now(void)
{
    struct timespec time;

    if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
        return 0;
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

void progress_init(struct progress *progress, bool is_wanted)
{
    memset(progress, 0, sizeof *progress);
    progress->is_shown = is_wanted && isatty(STDERR_FILENO);
}

static bool is_packed(struct str name)
{
    return str_ends(name, ".gz") || str_ends(name, ".zst") || str_ends(name, ".xz") ||
           str_ends(name, ".bz2");
}

void progress_start(struct progress *progress, struct str name)
{
    struct stat info;
    char path[4096];

    if (!progress->is_shown)
        return;
    progress->name = name;
    progress->size = 0;
    progress->started = progress->last = now();
    if (name.len >= sizeof path || is_packed(name))
        return;
    memcpy(path, name.ptr, name.len);
    path[name.len] = '\0';
    if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
        progress->size = (uint64_t)info.st_size;
}

void progress_step(struct progress *progress, uint64_t bytes)
{
    int64_t time;
    double seconds;
    struct buf line;

    if (!progress->is_shown)
        return;
    time = now();
    if (time - progress->last < STEP_US || time - progress->started < SHOW_AFTER_US)
        return;
    progress->last = time;
    seconds = (double)(time - progress->started) / 1e6;
    buf_init(&line, 4096);
    buf_add_text(&line, "\r\033[K");
    buf_add_visible(&line, progress->name, 40);
    buf_printf(&line, "  %.0f MB, %.0f MB/s", (double)bytes / 1e6, (double)bytes / 1e6 / seconds);
    if (progress->size > bytes && bytes > 0)
        buf_printf(&line, ", %.0f s left",
                   seconds * (double)(progress->size - bytes) / (double)bytes);
    fwrite(line.bytes, 1, line.len, stderr);
    fflush(stderr);
    buf_done(&line);
    progress->has_printed = true;
}

void progress_end(struct progress *progress)
{
    if (progress->has_printed)
        fputs("\r\033[K", stderr);
    progress->has_printed = false;
}
