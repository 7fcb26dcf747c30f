/*
 * How a call ended.
 *
 * STATUS_OK and STATUS_END are no failures; the negative ones mean "we could not do the job", and
 * whoever returns one first has reported exactly one fatal diagnostic; callers pass it on unchanged.
 * Threads: values only.
 */
#ifndef CFAUDIT_BASE_STATUS_H
#define CFAUDIT_BASE_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_END = 1,         /* nothing more to read; not a failure */
    STATUS_USAGE = -1,      /* the caller of the program asked for something impossible */
    STATUS_IO = -2,         /* reading or writing failed */
    STATUS_MEMORY = -3,     /* out of memory */
    STATUS_LIMIT = -4,      /* a stated limit was met */
    STATUS_INVALID = -5,    /* an input was understood and is wrong */
    STATUS_INTEGRITY = -6,  /* a digest does not hold */
    STATUS_INTERRUPTED = -7 /* a signal asked us to stop */
};

#endif
