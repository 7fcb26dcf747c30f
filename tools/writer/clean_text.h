/*
 * Text of unknown origin made safe to show, before any format's own escaping.
 *
 * Owns: the bytes go to the caller's buffer.
 * Errors: those of the buffer.
 * Units: bytes in; the limit counts UTF-16 code units, which spreadsheets count.
 * Source: XML 1.0 section 2.2 for the characters that may stand; ISO/IEC 29500-1 22.9.2.19 (ST_Xstring).
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_WRITER_CLEAN_TEXT_H
#define CFAUDIT_WRITER_CLEAN_TEXT_H

#include "base/buf.h"
#include "base/words.h"

/*
 * Adds the text: bytes that are not UTF-8 become U+FFFD; control characters other than line end and
 * tab are dropped; marks that turn the direction of writing show as <U+hhhh>; CR LF is LF. With
 * `escape`, "_x0041_" becomes "_x005F_x0041_", so that a spreadsheet shows it as it stands. More
 * than `limit` units (0: no limit) are cut, and the end says so.
 */
void clean_text(struct buf *out, struct str text, bool escape, size_t limit, enum lang lang);
/* A spreadsheet or a CSV reader could take it for a formula: it starts with = + - @ (also those of
   full width), tab or the end of a line. */
bool text_looks_like_formula(struct str text);

/* Length of the character at the start (1 to 4) and its code; 0 when the bytes are not UTF-8. */
size_t utf8_next(struct str text, uint32_t *ret_code);

#endif
