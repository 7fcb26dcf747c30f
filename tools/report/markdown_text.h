/*
 * Texts of others in Markdown: none becomes markup, a link or a mention.
 *
 * Call: for each text; a row of a table begins with "|".
 * Owns: nothing.
 * Errors: those of the buffer.
 * Units: texts are cut at 300 characters, with an ellipsis.
 * Source: GitHub Flavored Markdown.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_REPORT_MARKDOWN_TEXT_H
#define CFAUDIT_REPORT_MARKDOWN_TEXT_H

#include "base/buf.h"

/* In a paragraph or the cell of a table. */
void markdown_text(struct buf *out, struct str text);
/* With the bar behind it. */
void markdown_cell(struct buf *out, struct str text);

#endif
