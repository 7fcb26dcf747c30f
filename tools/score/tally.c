#include "score/tally.h"

#include "base/buf.h"
#include "base/bug.h"

static const struct ratio FULL = {10, 1}; /* points of a question that is fully met */

void tally_init(struct tally *tally)
{
    *tally = (struct tally){.points = RATIO_ZERO,
                            .scored = RATIO_ZERO,
                            .applicable = RATIO_ZERO,
                            .set_aside = RATIO_ZERO,
                            .score = RATIO_ZERO,
                            .coverage = RATIO_ZERO,
                            .low = RATIO_ZERO,
                            .high = RATIO_ZERO};
}

void tally_add(struct tally *tally, const struct assessment *assessment, struct ratio weight)
{
    switch (assessment->status) {
    case ANSWER_SCORED:
        BUG_IF(assessment->points < 0);
        tally->points = ratio_add(
            tally->points, ratio_multiply(weight, ratio_make(assessment->points, 1)));
        tally->scored = ratio_add(tally->scored, weight);
        tally->applicable = ratio_add(tally->applicable, weight);
        tally->count_scored++;
        break;
    case ANSWER_NOTCHECKED:
        tally->applicable = ratio_add(tally->applicable, weight);
        tally->count_open++;
        break;
    case ANSWER_NOTAPPLICABLE:
        tally->set_aside = ratio_add(tally->set_aside, weight);
        tally->count_na++;
        break;
    case ANSWER_NOTSELECTED:
    case ANSWER_INFORMATIONAL:
    case ANSWER_STATUS_COUNT:
        break;
    }
}

bool tally_finish(struct tally *tally)
{
    struct ratio open = ratio_subtract(tally->applicable, tally->scored);
    struct ratio most = ratio_multiply(FULL, tally->applicable);

    tally->has_score = tally->count_scored > 0;
    tally->has_coverage = tally->count_scored + tally->count_open > 0;
    if (tally->has_score)
        tally->score = ratio_divide(tally->points, ratio_multiply(FULL, tally->scored));
    if (tally->has_coverage) {
        tally->coverage = ratio_divide(tally->scored, tally->applicable);
        tally->low = ratio_divide(tally->points, most);
        tally->high =
            ratio_divide(ratio_add(tally->points, ratio_multiply(FULL, open)), most);
    }
    return ratio_is_ok(tally->points) && ratio_is_ok(tally->scored) &&
           ratio_is_ok(tally->applicable) && ratio_is_ok(tally->set_aside) && ratio_is_ok(tally->score) &&
           ratio_is_ok(tally->coverage) && ratio_is_ok(tally->low) && ratio_is_ok(tally->high);
}

void tally_format(const struct tally *tally, struct buf *out)
{
    if (!tally->has_coverage) {
        buf_add_text(out, "nothing applies");
        return;
    }
    if (tally->has_score) {
        ratio_format_decimal(tally->score, 100, 1, out);
        buf_add_text(out, " %");
    } else {
        buf_add_text(out, "not scored");
    }
    buf_add_text(out, " [");
    ratio_format_decimal(tally->low, 100, 1, out);
    buf_add_char(out, '-');
    ratio_format_decimal(tally->high, 100, 1, out);
    buf_add_text(out, "], coverage ");
    ratio_format_decimal(tally->coverage, 100, 1, out);
    buf_add_text(out, " %");
}
