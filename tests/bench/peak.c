/*
 * Runs a command and writes to a file descriptor how much memory it had at most, in KiB. Of a child
 * the kernel tells no less than its parent had when it was made: this parent has next to nothing.
 *
 * usage: peak FD COMMAND [ARGUMENT...]
 */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int out = argc > 2 ? atoi(argv[1]) : -1;
    struct rusage usage;
    int status = 0;
    pid_t child;

    if (out < 3) {
        fprintf(stderr, "usage: peak FD COMMAND [ARGUMENT...]\n");
        return 2;
    }
    child = fork();
    if (child == 0) {
        close(out);
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return 126;
    getrusage(RUSAGE_CHILDREN, &usage);
    return dprintf(out, "%ld\n", usage.ru_maxrss) < 0 ? 126 : WEXITSTATUS(status);
}
