#include "report/check_forms.h"

/* Of one severity, or all of them that are shown (SEVERITY_COUNT), in order; without a list they
   are only counted. */
static size_t collect(const struct check_input *input, enum severity severity, size_t most,
                      struct check_finding *list)
{
    const struct lint_set *set = input->set;
    size_t count = 0;
    size_t i;
    size_t j;

    for (i = 0; i < set->count; i++) {
        const struct diag *diag = &set->documents[i]->diag;

        for (j = 0; j < diag->count && count < most; j++) {
            const struct diagnostic *item = &diag->list[j];

            if (severity == SEVERITY_COUNT ? item->severity < input->lowest
                                           : item->severity != severity)
                continue;
            if (list)
                list[count] = (struct check_finding){set->documents[i], item};
            count++;
        }
    }
    return count;
}

enum status check_findings(const struct check_input *input, size_t most, struct arena *arena,
                           struct diag *diag, struct check_finding **ret_list, size_t *ret_count,
                           size_t *ret_left_out)
{
    size_t all = collect(input, SEVERITY_COUNT, SIZE_MAX, NULL);
    size_t count = all < most ? all : most;
    struct check_finding *list = arena_alloc(arena, count + 1, sizeof *list);
    size_t used = 0;
    int severity;

    if (!list)
        return diag_no_memory(diag);
    if (all <= most) {
        used = collect(input, SEVERITY_COUNT, most, list);
    } else {
        for (severity = SEVERITY_COUNT - 1; severity >= (int)input->lowest; severity--)
            used += collect(input, (enum severity)severity, count - used, list + used);
    }
    *ret_list = list;
    *ret_count = used;
    *ret_left_out = all - used;
    return STATUS_OK;
}

static void add_count(struct buf *out, const char *before, uint64_t count, const char *word)
{
    buf_printf(out, "%s%llu %s%s", before, (unsigned long long)count, word, count == 1 ? "" : "s");
}

void check_totals(const struct lint_set *set, struct buf *out)
{
    static const char *const words[LINT_OUTCOME_COUNT] = {"valid", "invalid", "not checked",
                                                          "not ours"};
    const char *before = ": ";
    int outcome;

    add_count(out, "", set->count, "document");
    for (outcome = 0; outcome < LINT_OUTCOME_COUNT; outcome++) {
        size_t count = lint_set_outcomes(set, (enum lint_outcome)outcome);

        if (count) {
            buf_printf(out, "%s%zu %s", before, count, words[outcome]);
            before = ", ";
        }
    }
    add_count(out, "; ", lint_set_severities(set, SEVERITY_ERROR) +
                             lint_set_severities(set, SEVERITY_FATAL), "error");
    add_count(out, ", ", lint_set_severities(set, SEVERITY_WARNING), "warning");
    add_count(out, ", ", lint_set_severities(set, SEVERITY_NOTE), "note");
    if (lint_set_mended(set))
        buf_printf(out, ", %llu mended", (unsigned long long)lint_set_mended(set));
}
