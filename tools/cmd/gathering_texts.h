/*
 * Detectors of a run: lexicons, calibration, and which lines of all messages are boilerplate.
 *
 * Call: gathering_texts before the sources are read; gathering_boilerplate behind them;
 *       gathering_texts_ledger; gathering_texts_done.
 * Owns: as gathering.h.
 * Errors: as the rooms report them.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_GATHERING_TEXTS_H
#define CFAUDIT_CMD_GATHERING_TEXTS_H

#include "cmd/gathering.h"

/* Lexicons and the detectors of them, where a measure needs marks. */
enum status gathering_texts(struct gathering *gathering);
enum status gathering_boilerplate(struct gathering *gathering);
/* Documents that they add to a ledger. */
size_t gathering_texts_count(const struct gathering *gathering);
void gathering_texts_ledger(const struct gathering *gathering, struct evidence *evidence);
void gathering_texts_done(struct gathering *gathering);
/* The lexicons of those names, or those of messages, as detectors; `lexicons` has room for
   LEXICONS_MOST. */
enum { LEXICONS_MOST = 20 };
enum status load_detectors(struct run *run, const struct str *names, size_t count,
                           struct str folder, struct str salt, const struct lexicon **lexicons,
                           size_t *ret_count, struct detectors **ret_detectors);

#endif
