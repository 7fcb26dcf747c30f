#include "base/stop.h"

#include <signal.h>

static volatile sig_atomic_t requested;

void stop_request(int signal_number)
{
    requested = signal_number;
}

int stop_requested(void)
{
    return (int)requested;
}

enum status stop_check(struct diag *diag)
{
    if (!requested)
        return STATUS_OK;
    diag_report(diag, RULE_INTERRUPTED, WHERE_NONE, NULL);
    return STATUS_INTERRUPTED;
}
