/*
 * How well detectors did on a sample of messages that people labelled.
 *
 * Call: calibration_load; calibration_write for one that was made.
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics.
 * Units: messages.
 * Source: schemas/cfaudit.xsd, root calibration.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_PLAN_CALIBRATION_H
#define CFAUDIT_PLAN_CALIBRATION_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "xml/library.h"

struct calibrated_lexicon {
    struct str id;
    unsigned revision;
    struct sha256 sha256;
};

/* Of one detector. Two labellers give both, first, second, neither; one gives nothing there. */
struct calibrated_detector {
    struct str name;
    struct sha256 version; /* detectors_version */
    uint64_t true_hits;
    uint64_t false_hits;
    uint64_t missed;
    uint64_t true_silences;
    bool has_second;
    uint64_t both; /* labellers say that it is there */
    uint64_t first;
    uint64_t second;
    uint64_t neither;
};

struct calibration {
    struct str id;
    struct str sample; /* name of the labelled file */
    struct sha256 sample_sha256;
    uint64_t sample_bytes;
    uint64_t messages;
    struct calibrated_lexicon *lexicons;
    size_t lexicon_count;
    struct calibrated_detector *detectors;
    size_t detector_count;
    struct sha256 sha256; /* of the document */
    struct str name;      /* as asked for */
};

/* `folder` as in library_load. */
enum status calibration_load(struct arena *arena, const struct library *library, struct str name,
                             struct str folder, struct diag *diag,
                             struct calibration **ret_calibration);
enum status calibration_write(const struct calibration *calibration, struct buf *out,
                              struct diag *diag);

#endif
