/*
 * What was found in checked documents, form by form; and what these forms share.
 *
 * Call: each is the member write_check of its form.
 * Owns: nothing.
 * Errors: STATUS_MEMORY, reported.
 * Units: as base/diag.h.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_REPORT_CHECK_FORMS_H
#define CFAUDIT_REPORT_CHECK_FORMS_H

#include "report/report.h"

enum status check_json(const struct check_input *input, struct buf *out, struct diag *diag);
enum status check_junit(const struct check_input *input, struct buf *out, struct diag *diag);
enum status check_markdown(const struct check_input *input, struct buf *out, struct diag *diag);
enum status check_sarif(const struct check_input *input, struct buf *out, struct diag *diag);

/* One that is shown. */
struct check_finding {
    const struct lint_document *document;
    const struct diagnostic *item;
};

/* Those that are shown, in order; of more than `most` the most severe. Memory of the arena. */
enum status check_findings(const struct check_input *input, size_t most, struct arena *arena,
                           struct diag *diag, struct check_finding **ret_list, size_t *ret_count,
                           size_t *ret_left_out);
/* "3 documents: 2 valid, 1 invalid; 4 errors, 1 warning, 2 notes" */
void check_totals(const struct lint_set *set, struct buf *out);

#endif
