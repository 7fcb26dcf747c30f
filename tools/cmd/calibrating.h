/*
 * How well detectors do on messages that people have labelled.
 *
 * Call: calibrating_read; calibrating_text, _csv or _json; calibrating_done.
 * Owns: the calibration lives in the run's arena.
 * Errors: as the rooms report them.
 * Units: messages.
 * A labelled file has a column of texts and, for each detector, one named after it with the label of
 * a first person, and if there is a second one a column with -2 behind the name. Where the two differ
 * the column with -agreed behind the name decides; without it the detector is in the message only if
 * both say so.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_CALIBRATING_H
#define CFAUDIT_CMD_CALIBRATING_H

#include "cmd/gathering_texts.h"

struct calibrating {
    struct run *run;
    struct str path;
    struct reader_options reading;
    struct str *lexicon_names;
    size_t lexicon_name_count;
    uint32_t asked; /* detectors, a bit each; 0: all that have a column */
    /* results */
    const struct lexicon *lexicons[LEXICONS_MOST];
    size_t lexicon_count;
    struct detectors *detectors;
    struct calibration calibration;
    uint64_t unlabelled; /* rows without a text or with a label missing */
};

enum status calibrating_read(struct calibrating *calibrating);
void calibrating_text(const struct calibrating *calibrating, struct buf *out);
void calibrating_csv(const struct calibrating *calibrating, struct buf *out);
void calibrating_json(const struct calibrating *calibrating, struct buf *out);
void calibrating_done(struct calibrating *calibrating);

#endif
