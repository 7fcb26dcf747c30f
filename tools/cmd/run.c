#include "cmd/command.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

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
    diag_hint(&run->diag, "try: cfaudit %s%s--help", run->command ? run->command->name : "",
              run->command ? " " : "");
    return STATUS_USAGE;
}

/* Diagnostics that say "there is less than you think" make the result incomplete, not bad. */
static uint64_t findings(const struct run *run, int severity)
{
    static const enum rule less[] = {RULE_SOURCE_TRUNCATED, RULE_SOURCE_NONE, RULE_PART_ABSENT,
                                     RULE_LOG_BUDGET, RULE_NOTHING_CHECKED};
    uint64_t count = run->diag.by_severity[severity] + run->checked[severity];
    size_t i;

    for (i = 0; i < ARRAY_LEN(less); i++)
        if ((int)rule_info(less[i])->severity == severity)
            count -= run->diag.by_rule[less[i]];
    return count;
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
    if (run->action_overdue && run->fail_words & FAIL_ON_OVERDUE) {
        *ret_reason = "overdue";
        return true;
    }
    for (severity = (int)run->fail_severity; severity < SEVERITY_COUNT; severity++) {
        if (findings(run, severity)) {
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

enum status run_together(struct run *run, enum status (*work)(struct run *run))
{
    struct output_group group;
    enum status status;

    output_group_init(&group);
    run->group = &group;
    status = work(run);
    output_group_discard(&group);
    run->group = NULL;
    return status;
}
