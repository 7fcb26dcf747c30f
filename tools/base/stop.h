/*
 * A wish to stop, from a signal: asked wherever work or waiting can be long.
 *
 * Call: stop_request from the signal handler; stop_check between pieces of work, and after a
 *       system call that EINTR ended.
 * Owns: nothing. (The flag is the one thing a signal handler can reach.)
 * Errors: stop_check reports the one fatal diagnostic and returns STATUS_INTERRUPTED.
 * Units: none.
 * Threads: any may ask; one reports.
 */
#ifndef CFAUDIT_BASE_STOP_H
#define CFAUDIT_BASE_STOP_H

#include "base/diag.h"

/* Async-signal-safe. */
void stop_request(int signal_number);
/* The signal that asked, or 0. */
int stop_requested(void);
enum status stop_check(struct diag *diag);

#endif
