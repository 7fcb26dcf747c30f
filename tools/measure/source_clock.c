#include "measure/source_clock.h"

#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/record_links.h"

/* --- one row --- */

static bool says_one_of(struct str word, const char *const *words)
{
    size_t i;

    for (i = 0; words[i]; i++)
        if (str_equal_nocase(word, str_of(words[i])))
            return true;
    return false;
}

/* What the name of a state says of the clock; SOURCE_UNSAID: only that there is one. */
static enum source_verdict state_verdict(struct str state, bool *ret_ended)
{
    static const char *const missed[] = {"breached", "breach", "missed",
                                         "violated", "failed", NULL};
    static const char *const kept[] = {"achieved", "fulfilled", "fulfill", "met", "kept", NULL};
    static const char *const ended[] = {"completed", "complete", "stopped", "closed", NULL};
    static const char *const cancelled[] = {"cancelled", "canceled", NULL};

    *ret_ended = true;
    if (says_one_of(state, missed))
        return SOURCE_MISSED;
    if (says_one_of(state, kept))
        return SOURCE_KEPT;
    if (says_one_of(state, cancelled))
        return SOURCE_CANCELLED;
    *ret_ended = says_one_of(state, ended);
    return SOURCE_UNSAID;
}

/* By the times of the row alone. */
static enum source_verdict times_verdict(const struct record_case *row, int64_t stopped,
                                         bool is_ended, int64_t as_of)
{
    int64_t due = record_value(row, SLOT_DUE);
    int64_t target = record_value(row, CLOCK_TARGET);
    int64_t elapsed = record_value(row, CLOCK_ELAPSED);

    if (target != VALUE_MISSING && elapsed != VALUE_MISSING)
        return elapsed > target ? SOURCE_MISSED : is_ended ? SOURCE_KEPT : SOURCE_RUNNING;
    if (due == VALUE_MISSING)
        return is_ended ? SOURCE_UNSAID : SOURCE_RUNNING;
    if (stopped != VALUE_MISSING)
        return stopped > due ? SOURCE_MISSED : SOURCE_KEPT;
    return is_ended ? SOURCE_UNSAID : due < as_of ? SOURCE_MISSED : SOURCE_RUNNING;
}

enum source_verdict source_clock_verdict(const struct record_case *row, int64_t as_of)
{
    int64_t at = record_value(row, CLOCK_AT);
    int64_t stopped = record_value(row, CLOCK_STOPPED);
    int64_t met = record_value(row, SLOT_MET);
    bool has_state = case_has(row, CLOCK_STATE);
    bool is_ended;
    enum source_verdict verdict = state_verdict(case_word(row, CLOCK_STATE), &is_ended);

    if (verdict == SOURCE_CANCELLED)
        return verdict;
    if (at != VALUE_MISSING && at > as_of)
        return SOURCE_LATER;
    if (met == 0 || verdict == SOURCE_MISSED)
        return SOURCE_MISSED;
    if (stopped != VALUE_MISSING && stopped > as_of)
        return SOURCE_RUNNING;
    is_ended |= stopped != VALUE_MISSING;
    if (met == 1) /* a clock that runs on has not been kept yet; a flag by itself is final */
        return is_ended || !(has_state || record_has(row->set, CLOCK_STOPPED)) ? SOURCE_KEPT
                                                                               : SOURCE_RUNNING;
    return verdict == SOURCE_KEPT ? SOURCE_KEPT : times_verdict(row, stopped, is_ended, as_of);
}

enum source_metric source_clock_metric(const struct record_case *row)
{
    return case_says(row, CLOCK_METRIC, "first-response")  ? METRIC_FIRST_RESPONSE
           : case_says(row, CLOCK_METRIC, "next-response") ? METRIC_NEXT_RESPONSE
           : case_says(row, CLOCK_METRIC, "resolution")    ? METRIC_RESOLUTION
                                                           : METRIC_UNSAID;
}

/* --- all rows of a ticket --- */

/* The rows of the set that decide, for one ticket, from 1; 0: there is none. */
struct deciding {
    size_t rows[SOURCE_METRICS];
};

struct source_clocks {
    const struct record_set *set;
    struct record_links *links; /* by ticket */
    struct deciding *list;
    uint32_t *numbers; /* where the rows of a ticket begin: its place in the list, from 1 */
};

static size_t number_of(const struct source_clocks *clocks, const struct record_case *row)
{
    size_t number;

    return record_case_find(clocks->set, row->id, &number) ? number + 1 : 0;
}

/* The order of the set is none to go by: it depends on how its rows were brought together. */
static void decide(const struct source_clocks *clocks, struct record_link_run run, int64_t as_of,
                   struct deciding *deciding)
{
    enum source_verdict best[SOURCE_METRICS];
    struct str ids[SOURCE_METRICS];
    size_t i;

    for (i = 0; i < SOURCE_METRICS; i++)
        best[i] = SOURCE_VERDICTS;
    for (i = 0; i < run.count; i++) {
        struct record_case row = record_links_at(clocks->links, run.first + i);
        enum source_metric metric = source_clock_metric(&row);
        enum source_verdict verdict = source_clock_verdict(&row, as_of);

        if (verdict > best[metric] ||
            (verdict == best[metric] && str_compare(row.id, ids[metric]) > 0))
            continue;
        best[metric] = verdict;
        ids[metric] = row.id;
        deciding->rows[metric] = number_of(clocks, &row);
    }
}

static enum status fill(struct source_clocks *clocks, const struct measure_context *context,
                        struct diag *diag)
{
    size_t count = record_case_count(context->set);
    uint32_t tickets = 0;
    size_t i;

    clocks->list = mem_alloc(count + 1, sizeof *clocks->list);
    clocks->numbers = mem_alloc(count + 1, sizeof *clocks->numbers);
    if (!clocks->list || !clocks->numbers)
        return diag_no_memory(diag);
    for (i = 0; i < count; i++) {
        struct record_case row = record_case_at(context->set, i);
        struct record_link_run run = record_links_find(clocks->links, case_word(&row, KIND_TICKET));

        if (run.count == 0 || clocks->numbers[run.first])
            continue;
        clocks->numbers[run.first] = ++tickets;
        decide(clocks, run, context->as_of.us, &clocks->list[tickets - 1]);
    }
    return STATUS_OK;
}

enum status source_clocks_new(const struct measure_context *context, struct diag *diag,
                              struct source_clocks **ret_clocks)
{
    struct source_clocks *clocks = mem_alloc(1, sizeof *clocks);
    enum status status;

    if (!clocks)
        return diag_no_memory(diag);
    clocks->set = context->set;
    status = record_links_new(context->set, KIND_TICKET, diag, &clocks->links);
    if (status == STATUS_OK)
        status = fill(clocks, context, diag);
    if (status == STATUS_OK)
        *ret_clocks = clocks;
    else
        source_clocks_free(clocks);
    return status;
}

void source_clocks_free(struct source_clocks *clocks)
{
    if (!clocks)
        return;
    record_links_free(clocks->links);
    mem_free(clocks->list);
    mem_free(clocks->numbers);
    mem_free(clocks);
}

bool source_clocks_decides(const struct source_clocks *clocks, const struct record_case *row)
{
    struct record_link_run run = record_links_find(clocks->links, case_word(row, KIND_TICKET));

    return run.count > 0 &&
           clocks->list[clocks->numbers[run.first] - 1].rows[source_clock_metric(row)] ==
               number_of(clocks, row);
}
