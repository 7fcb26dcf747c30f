/*
 * The whole program under clocks that go on by themselves: each look at one finds it that much
 * later, in every thread apart.
 *
 * usage: clocked MICROSECONDS ARGUMENT ...
 * Errors: the status is that of the program.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int cfaudit_main(int argc, char **argv);

static uint64_t step;
static _Thread_local uint64_t now;

int clock_gettime(clockid_t id, struct timespec *ret_time)
{
    (void)id;
    now += step;
    ret_time->tv_sec = (time_t)(now / 1000000);
    ret_time->tv_nsec = (long)(now % 1000000) * 1000;
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: clocked MICROSECONDS ARGUMENT ...\n");
        return 2;
    }
    step = strtoull(argv[1], NULL, 10);
    argv[1] = argv[0];
    return cfaudit_main(argc - 1, argv + 1);
}
