/*
 * This result beside the earlier one, in words.
 *
 * Owns: texts live in the report's arena.
 * Errors: as the report.
 * Units: shares are exact ratios 0..1.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_EARLIER_TEXT_H
#define CFAUDIT_REPORT_EARLIER_TEXT_H

#include "report/report_parts.h"

/* An index over the questions that can be compared: same revision, scored both times. */
struct alike {
    size_t count;
    struct ratio then; /* by the weights of now */
    struct ratio now;
};

/* False when there are none, or when the sums do not fit. */
bool earlier_alike(const struct report *report, enum index_kind kind, struct alike *ret_alike);
/* "helpdesk-2025-h1, 2025-07-15" */
struct str earlier_title(struct report *report);
struct str change_text(const struct report *report, enum change change);
enum level change_level(enum change change);
/* "8 points, conform"; missing where the earlier result had no such question. */
struct str earlier_answer_text(struct report *report, const struct earlier_answer *answer);
/* "75.2 %, C: not ready" */
struct str earlier_index_text(struct report *report, const struct earlier_index *index);
/* "up by 5.3 points", from two shares. */
struct str difference_text(struct report *report, struct ratio then, struct ratio now,
                           enum level *ret_level);
/* The difference, and in words where it comes from: "up by 5.3 points; before 75.2 %, C: not ready
   (helpdesk-2025-h1, 2025-07-15)"; says when the checklist changed. */
struct str trend_since_text(struct report *report, struct str difference,
                            const struct earlier_index *then);
/* That text for an index of this result; missing: there is nothing to compare. NULL: no level. */
struct str cover_trend_text(struct report *report, enum index_kind kind, enum level *ret_level);
/* Checklists of which the two results do not have the same; missing: none. */
struct str checklists_differ_text(struct report *report);
bool models_differ(const struct report *report);
size_t count_changes(const struct report *report, enum change change);

#endif
