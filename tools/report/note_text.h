/*
 * The note of a figure in the language of the report: the ledger has it in English, with numbers
 * that differ from figure to figure.
 *
 * Owns: texts live in the report's arena or are constant; the scratch of the report must be empty.
 * Errors: a note without words is shown as it stands; the rest as the report.
 * Units: UTF-8.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_NOTE_TEXT_H
#define CFAUDIT_REPORT_NOTE_TEXT_H

#include "base/str.h"

struct report;

/* "10 complaints, 189 contacts": "10 reclami, 189 contatti" */
struct str note_text(struct report *report, struct str note);

#endif
