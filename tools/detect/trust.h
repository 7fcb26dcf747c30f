/*
 * Which detectors may speak for themselves: those that were right often enough on a sample of the
 * user's own messages.
 *
 * Call: trust_find with the calibration that the audit names.
 * Errors: none; a detector that nobody calibrated is TRUST_NONE.
 * Units: shares 0..1.
 * Source: intervals of Wilson (1927) of precision and recall; kappa of Cohen (1960); prevalence of
 *         what is detected by W. J. Rogan and B. Gladen, "Estimating prevalence from the results of a
 *         screening test", American Journal of Epidemiology 107 (1978).
 * Threads: values only.
 */
#ifndef CFAUDIT_DETECT_TRUST_H
#define CFAUDIT_DETECT_TRUST_H

#include "detect/detect.h"
#include "plan/calibration.h"
#include "stat/agree.h"

enum trust {
    TRUST_NONE,    /* nobody has calibrated it */
    TRUST_OTHER,   /* somebody has, with another lexicon */
    TRUST_LOW,     /* its precision may be below TRUST_LEAST */
    TRUST_FULL,
    TRUST_COUNT
};

/* What the low end of the interval of the precision must reach. */
static const double TRUST_LEAST = 0.70;

const char *trust_name(enum trust trust);
bool trust_find_name(struct str word, enum trust *ret_trust);

struct detector_quality {
    uint64_t hits;   /* true and false */
    uint64_t there;  /* messages of the sample in which it is, as the labels say */
    uint64_t absent;
    double precision; /* NAN: nothing was hit */
    struct interval precision_limits;
    double recall; /* NAN: it is in no message */
    struct interval recall_limits;
    double specificity; /* NAN: it is in every message */
    struct interval specificity_limits;
    bool has_kappa; /* of the detector and the labels */
    struct kappa kappa;
    bool has_agreement; /* of the two labellers */
    struct kappa agreement;
};

struct detector_quality trust_quality(const struct calibrated_detector *detector);
/*
 * The share of messages in which something is, when the detector hits so large a share of them: cut
 * to 0..1. False: the detector tells nothing, its recall and specificity add up to 1 or less.
 */
bool trust_prevalence(const struct detector_quality *quality, double observed, double *ret_share);

/* The low end of the interval of its precision; 0: it may not speak for itself. */
double trust_weight(const struct calibration *calibration, const struct detectors *detectors,
                    enum detector detector);
/* calibration NULL: none. */
enum trust trust_of(const struct calibration *calibration, const struct detectors *detectors,
                    enum detector detector);
/* The least of those of a set of detectors, a bit each. */
enum trust trust_of_all(const struct calibration *calibration, const struct detectors *detectors,
                        uint32_t set);

#endif
