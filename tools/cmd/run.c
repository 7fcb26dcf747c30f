#include "cmd/command.h"

#include <stdarg.h>
#include <stdio.h>

enum status run_library(struct run *run)
{
    enum status status;

    if (run->has_library)
        return STATUS_OK;
    status = library_init(&run->library, args_str(&run->args, "data"), &run->diag);
    run->has_library = status == STATUS_OK;
    return status;
}

enum status run_usage(struct run *run, const char *detail, ...)
{
    char text[512];
    va_list list;

    va_start(list, detail);
    vsnprintf(text, sizeof text, detail, list);
    va_end(list);
    diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "%s", text);
    diag_hint(&run->diag, "try: cfaudit %s --help", run->command->name);
    return STATUS_USAGE;
}

static bool has_finding(const struct run *run, const char **ret_reason)
{
    int severity;

    if (run->gate_failed && run->fail_words & FAIL_ON_GATE) {
        *ret_reason = "gate";
        return true;
    }
    if (run->target_breached && run->fail_words & FAIL_ON_BREACH) {
        *ret_reason = "breach";
        return true;
    }
    for (severity = (int)run->fail_severity; severity < SEVERITY_COUNT; severity++) {
        if (run->diag.by_severity[severity]) {
            *ret_reason = "findings";
            return true;
        }
    }
    return false;
}

int run_exit(const struct run *run, enum status status, const char **ret_reason)
{
    if (status == STATUS_INTEGRITY) {
        *ret_reason = "integrity";
        return 4;
    }
    if (status < 0) {
        *ret_reason = "not-done";
        return 2;
    }
    if (has_finding(run, ret_reason))
        return 1;
    if (run->incomplete && !run->allow_incomplete) {
        *ret_reason = run->incomplete;
        return 3;
    }
    *ret_reason = "done";
    return 0;
}
