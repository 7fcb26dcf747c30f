#include "detect/trust.h"

#include <math.h>

static const char *const names[TRUST_COUNT] = {"uncalibrated", "outdated", "imprecise",
                                               "calibrated"};

const char *trust_name(enum trust trust)
{
    return names[trust];
}

bool trust_find_name(struct str word, enum trust *ret_trust)
{
    int i;

    for (i = 0; i < TRUST_COUNT; i++) {
        if (str_is(word, names[i])) {
            *ret_trust = (enum trust)i;
            return true;
        }
    }
    return false;
}

static double share_of(uint64_t k, uint64_t n, struct interval *ret_limits)
{
    *ret_limits = (struct interval){NAN, NAN};
    return stat_wilson(k, n, ret_limits) ? (double)k / (double)n : NAN;
}

struct detector_quality trust_quality(const struct calibrated_detector *detector)
{
    struct detector_quality quality = {
        .hits = detector->true_hits + detector->false_hits,
        .there = detector->true_hits + detector->missed,
        .absent = detector->false_hits + detector->true_silences,
    };
    const uint64_t judged[] = {detector->true_hits, detector->false_hits, detector->missed,
                               detector->true_silences};
    const uint64_t labelled[] = {detector->both, detector->first, detector->second,
                                 detector->neither};

    quality.precision = share_of(detector->true_hits, quality.hits, &quality.precision_limits);
    quality.recall = share_of(detector->true_hits, quality.there, &quality.recall_limits);
    quality.specificity =
        share_of(detector->true_silences, quality.absent, &quality.specificity_limits);
    quality.has_kappa = stat_kappa(judged, 2, &quality.kappa);
    quality.has_agreement = detector->has_second && stat_kappa(labelled, 2, &quality.agreement);
    return quality;
}

bool trust_prevalence(const struct detector_quality *quality, double observed, double *ret_share)
{
    double beyond_chance = quality->recall + quality->specificity - 1;
    double share;

    if (!(beyond_chance > 0)) /* or one of them is not known */
        return false;
    share = (observed - (1 - quality->specificity)) / beyond_chance;
    *ret_share = share < 0 ? 0 : share > 1 ? 1 : share;
    return true;
}

/* *ret_least: the low end of the interval of its precision, of a calibrated one. */
static enum trust judge(const struct calibration *calibration, const struct detectors *detectors,
                        enum detector detector, double *ret_least)
{
    struct sha256 version = detectors_version(detectors, detector);
    size_t i;

    for (i = 0; calibration && i < calibration->detector_count; i++) {
        const struct calibrated_detector *item = &calibration->detectors[i];
        struct interval limits;

        if (!str_is(item->name, detector_name(detector)))
            continue;
        if (!sha256_equal(&item->version, &version))
            return TRUST_OTHER;
        if (!stat_wilson(item->true_hits, item->true_hits + item->false_hits, &limits) ||
            limits.low < TRUST_LEAST)
            return TRUST_LOW;
        *ret_least = limits.low;
        return TRUST_FULL;
    }
    return TRUST_NONE;
}

enum trust trust_of(const struct calibration *calibration, const struct detectors *detectors,
                    enum detector detector)
{
    double least;

    return judge(calibration, detectors, detector, &least);
}

double trust_weight(const struct calibration *calibration, const struct detectors *detectors,
                    enum detector detector)
{
    double least = 0;

    return judge(calibration, detectors, detector, &least) == TRUST_FULL ? least : 0;
}

enum trust trust_of_all(const struct calibration *calibration, const struct detectors *detectors,
                        uint32_t set)
{
    enum trust least = TRUST_FULL;

    for (; set; set &= set - 1) {
        enum trust trust = trust_of(calibration, detectors, (enum detector)__builtin_ctz(set));

        if (trust < least)
            least = trust;
    }
    return least;
}
