/*
 * The program many times out of one process: each run is a fork that calls the program's own main.
 * What is spared is the start, in which the loader binds two dozen libraries, and which takes longer
 * than most of what a test asks for. In the process that forks nothing of the program has run but one
 * digest, with which libcrypto makes its tables.
 *
 * usage: serve
 * Standard input: for each run the number of its texts, then each with its length before it: the
 * folder to run in, then the arguments. Standard output: for each run the status as a shell gives
 * it, then what went to standard output and to standard error, each with its length before it.
 * Numbers are 32 bits in the byte order of the machine. Ends with its standard input.
 * A run has no standard input, and files instead of pipes for what it prints.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/digest.h"

enum { TEXTS = 64, TEXT_BYTES = 1 << 16 };

int cfaudit_main(int argc, char **argv);

static void give_up(const char *what)
{
    perror(what);
    _exit(2);
}

/* False: there is nothing more. */
static int read_all(void *bytes, size_t len)
{
    if (fread(bytes, 1, len, stdin) == len)
        return 1;
    if (!feof(stdin))
        give_up("standard input");
    return 0;
}

static void write_all(const void *bytes, size_t len)
{
    if (fwrite(bytes, 1, len, stdout) != len)
        give_up("standard output");
}

static char *read_text(void)
{
    uint32_t len;
    char *text;

    if (!read_all(&len, sizeof len) || len > TEXT_BYTES || !(text = calloc(len + 1, 1)) ||
        !read_all(text, len))
        give_up("request");
    return text;
}

/* A file without a name that keeps what a run prints. */
static int open_catch(void)
{
    FILE *file = tmpfile();
    int fd = file ? dup(fileno(file)) : -1;

    if (fd < 0 || fcntl(fd, F_SETFL, O_APPEND) < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
        give_up("temporary file");
    fclose(file);
    return fd;
}

/* Sends what the file holds, and empties it. */
static void hand_over(int fd)
{
    char block[TEXT_BYTES];
    struct stat state;
    off_t at = 0;
    uint32_t len;
    ssize_t got;

    if (fstat(fd, &state) != 0 || state.st_size > INT32_MAX)
        give_up("output");
    len = (uint32_t)state.st_size;
    write_all(&len, sizeof len);
    while (at < state.st_size) {
        got = pread(fd, block, sizeof block, at);
        if (got <= 0)
            give_up("output");
        write_all(block, (size_t)got);
        at += got;
    }
    if (ftruncate(fd, 0) != 0)
        give_up("output");
}

static void run(char **texts, uint32_t count, const int catches[2])
{
    static char name[] = "cfaudit";
    char *argv[TEXTS + 1] = {name};
    int nothing = open("/dev/null", O_RDONLY);
    uint32_t i;

    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(catches[0], STDOUT_FILENO) < 0 ||
        dup2(catches[1], STDERR_FILENO) < 0 || chdir(texts[0]) != 0)
        give_up("run");
    close(nothing);
    close(catches[0]);
    close(catches[1]);
    for (i = 1; i < count; i++)
        argv[i] = texts[i];
    exit(cfaudit_main((int)count, argv));
}

static uint32_t status_of(pid_t child)
{
    int status;

    if (child < 0 || waitpid(child, &status, 0) != child)
        give_up("fork");
    return (uint32_t)(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

int main(void)
{
    const int catches[2] = {open_catch(), open_catch()};
    struct sha256 sum;
    char *texts[TEXTS];
    uint32_t status;
    uint32_t count;
    uint32_t i;
    pid_t child;

    if (!digest_bytes((struct str){"", 0}, &sum))
        give_up("digest");
    while (read_all(&count, sizeof count)) {
        if (count == 0 || count > TEXTS)
            give_up("request");
        for (i = 0; i < count; i++)
            texts[i] = read_text();
        fflush(stdout);
        child = fork();
        if (child == 0)
            run(texts, count, catches);
        status = status_of(child);
        write_all(&status, sizeof status);
        hand_over(catches[0]);
        hand_over(catches[1]);
        fflush(stdout);
        for (i = 0; i < count; i++)
            free(texts[i]);
    }
    return 0;
}
