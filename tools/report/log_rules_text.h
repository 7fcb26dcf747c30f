/*
 * What was read of the sources, and what the rules of text logs took, for the terminal.
 *
 * Call: source_text for a source and its account; rules_text for its rules; rules_line for all of
 *       them in one sentence.
 * Owns: nothing; errors stick in the buffer and the book.
 * Units: as in record/accounting.h.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_REPORT_LOG_RULES_TEXT_H
#define CFAUDIT_REPORT_LOG_RULES_TEXT_H

#include "report/report_parts.h"

void source_text(struct report *report, const struct accounting *source, struct buf *out);
/* A table of them, with what no rule took; nothing for a source that is no text log. */
void rules_text(struct report *report, const struct accounting *source, struct buf *out);
/* "connected 12, completed 9, 3 more; none: transferred"; missing: it is no text log. */
struct str rules_line(struct report *report, const struct accounting *source);

#endif
