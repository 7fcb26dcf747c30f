#include "lint/process_samples.h"

#include "base/mem.h"
#include "replay/deviation.h"

/* Where the sample first leaves the process. */
static void say_deviation(const struct process_document *process,
                          const struct process_sample *sample, const struct deviation *first,
                          struct diag *diag)
{
    struct str activity =
        first->event < sample->activity_count ? sample->activities[first->event] : STR("the end");

    switch (first->kind) {
    case DEVIATION_MISSING:
    case DEVIATION_APPROVAL:
        diag_report(diag, RULE_PROCESS_SAMPLE, sample->place, "step '%.*s' is missing before '%.*s'",
                    STR_ARG(process->steps[first->step].id), STR_ARG(activity));
        break;
    case DEVIATION_UNKNOWN:
        diag_report(diag, RULE_PROCESS_SAMPLE, sample->place, "no step has the activity '%.*s'",
                    STR_ARG(activity));
        break;
    case DEVIATION_ORDER:
    case DEVIATION_UNFORESEEN:
    default:
        diag_report(diag, RULE_PROCESS_SAMPLE, sample->place, "'%.*s' is not allowed there",
                    STR_ARG(activity));
        break;
    }
    diag_hint(diag, "mend the process or the sample, or write fits=\"false\"");
}

static enum status judge(const struct process_document *process,
                         const struct process_sample *sample, const struct replay_result *result,
                         struct diag *diag)
{
    struct deviation *list;

    if (!sample->fits && result->fits) {
        diag_report(diag, RULE_PROCESS_SAMPLE, sample->place, "it fits");
        diag_hint(diag, "write fits=\"true\", or activities that the process does not allow");
    }
    if (!sample->fits || result->fits)
        return STATUS_OK;
    if (!result->has_nearest) {
        diag_report(diag, RULE_PROCESS_SAMPLE, sample->place, "it does not fit");
        return STATUS_OK;
    }
    list = mem_alloc(result->move_count, sizeof *list);
    if (!list)
        return diag_no_memory(diag);
    if (deviations_of(process, result, list) > 0)
        say_deviation(process, sample, &list[0], diag);
    mem_free(list);
    return STATUS_OK;
}

/* Activities that are to be ignored are none of the process's business. */
static enum status check(const struct process_document *process,
                         const struct process_sample *sample, struct replay *replay,
                         struct diag *diag)
{
    size_t *steps = mem_alloc(sample->activity_count + 1, sizeof *steps);
    struct process_sample seen = *sample;
    const struct replay_result *result;
    enum status status = STATUS_MEMORY;
    size_t i;

    seen.activity_count = 0;
    seen.activities = mem_alloc(sample->activity_count + 1, sizeof *seen.activities);
    if (!steps || !seen.activities)
        diag_no_memory(diag);
    for (i = 0; steps && seen.activities && i < sample->activity_count; i++) {
        if (process_ignores(process, sample->activities[i]))
            continue;
        steps[seen.activity_count] = process_step_of(process, sample->activities[i]);
        seen.activities[seen.activity_count++] = sample->activities[i];
    }
    if (steps && seen.activities)
        status = replay_trace(replay, steps, seen.activity_count, diag, &result);
    if (status == STATUS_OK)
        status = judge(process, &seen, result, diag);
    mem_free(steps);
    mem_free(seen.activities);
    return status;
}

enum status process_samples_check(const struct process_document *process, struct diag *diag)
{
    struct replay *replay = NULL;
    enum status status = STATUS_OK;
    size_t i;

    if (process->sample_count > 0)
        status = replay_new(process, diag, &replay);
    for (i = 0; i < process->sample_count && status == STATUS_OK; i++)
        status = check(process, &process->samples[i], replay, diag);
    replay_free(replay);
    return status;
}
