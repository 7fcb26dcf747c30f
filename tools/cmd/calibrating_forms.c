/* How well detectors did, as text, CSV and JSON. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "cmd/calibrating.h"
#include "evidence/json_tree.h"

static enum trust trust(const struct calibrating *c, const struct calibrated_detector *item)
{
    enum detector detector = DETECT_REFUSAL;

    detector_find(item->name, &detector);
    return trust_of(&c->calibration, c->detectors, detector);
}

static void put_share(struct buf *out, const char *name, double value, struct interval limits,
                      uint64_t k, uint64_t n)
{
    if (isnan(value))
        buf_printf(out, "  %-12s none of 0\n", name);
    else
        buf_printf(out, "  %-12s %.3f (95 %%: %.3f to %.3f), %" PRIu64 " of %" PRIu64 "\n", name,
                   value, limits.low, limits.high, k, n);
}

static void put_kappa(struct buf *out, const char *name, const struct kappa *kappa, uint64_t n)
{
    buf_printf(out, "  %-12s kappa %.4f (95 %%: %.4f to %.4f), of %" PRIu64 "\n", name,
               kappa->value, kappa->limits.low, kappa->limits.high, n);
}

void calibrating_text(const struct calibrating *c, struct buf *out)
{
    const struct calibration *calibration = &c->calibration;
    size_t i;

    buf_printf(out, "%" PRIu64 " labelled messages", calibration->messages);
    if (c->unlabelled)
        buf_printf(out, ", %" PRIu64 " rows without a text or a label left out", c->unlabelled);
    buf_add_char(out, '\n');
    for (i = 0; i < calibration->detector_count; i++) {
        const struct calibrated_detector *item = &calibration->detectors[i];
        struct detector_quality quality = trust_quality(item);

        buf_printf(out, "%.*s\n", STR_ARG(item->name));
        put_share(out, "precision", quality.precision, quality.precision_limits, item->true_hits,
                  quality.hits);
        put_share(out, "recall", quality.recall, quality.recall_limits, item->true_hits,
                  quality.there);
        put_share(out, "specificity", quality.specificity, quality.specificity_limits,
                  item->true_silences, quality.absent);
        if (quality.has_kappa)
            put_kappa(out, "with labels", &quality.kappa, quality.there + quality.absent);
        if (quality.has_agreement)
            put_kappa(out, "labellers", &quality.agreement,
                      item->both + item->first + item->second + item->neither);
        buf_printf(out, "  %s\n", trust(c, item) == TRUST_FULL
                                      ? "may give points while its lexicons stay as they are"
                                      : "gives no points: the lower limit of its precision is "
                                        "below 0.70");
    }
}

/* --- CSV --- */

static void put_number(struct buf *out, double value)
{
    buf_add_char(out, ',');
    if (isfinite(value))
        buf_add_double(out, value);
}

void calibrating_csv(const struct calibrating *c, struct buf *out)
{
    size_t i;

    buf_add_text(out, "detector,messages,true_hits,false_hits,missed,true_silences,precision,"
                      "precision_low,precision_high,recall,recall_low,recall_high,specificity,"
                      "kappa,labellers_kappa,labellers_low,labellers_high,trust\r\n");
    for (i = 0; i < c->calibration.detector_count; i++) {
        const struct calibrated_detector *item = &c->calibration.detectors[i];
        struct detector_quality q = trust_quality(item);

        buf_printf(out, "%.*s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64,
                   STR_ARG(item->name), c->calibration.messages, item->true_hits,
                   item->false_hits, item->missed, item->true_silences);
        put_number(out, q.precision);
        put_number(out, q.precision_limits.low);
        put_number(out, q.precision_limits.high);
        put_number(out, q.recall);
        put_number(out, q.recall_limits.low);
        put_number(out, q.recall_limits.high);
        put_number(out, q.specificity);
        put_number(out, q.has_kappa ? q.kappa.value : NAN);
        put_number(out, q.has_agreement ? q.agreement.value : NAN);
        put_number(out, q.has_agreement ? q.agreement.limits.low : NAN);
        put_number(out, q.has_agreement ? q.agreement.limits.high : NAN);
        buf_printf(out, ",%s\r\n", trust_name(trust(c, item)));
    }
}

/* --- JSON --- */

static void tree_share(struct tree *tree, const char *key, double value, struct interval limits)
{
    tree_key(tree, key);
    tree_open(tree, '{');
    tree_number(tree, "value", value);
    tree_number(tree, "low", limits.low);
    tree_number(tree, "high", limits.high);
    tree_close(tree, '}');
}

static void tree_kappa(struct tree *tree, const char *key, bool is_there, const struct kappa *kappa)
{
    const struct interval none = {NAN, NAN};

    tree_share(tree, key, is_there ? kappa->value : NAN, is_there ? kappa->limits : none);
}

static void put_detector(struct tree *tree, const struct calibrating *c,
                         const struct calibrated_detector *item)
{
    struct detector_quality q = trust_quality(item);

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "detector", item->name);
    tree_sha256(tree, "version", &item->version);
    tree_uint(tree, "true_hits", item->true_hits);
    tree_uint(tree, "false_hits", item->false_hits);
    tree_uint(tree, "missed", item->missed);
    tree_uint(tree, "true_silences", item->true_silences);
    tree_share(tree, "precision", q.precision, q.precision_limits);
    tree_share(tree, "recall", q.recall, q.recall_limits);
    tree_share(tree, "specificity", q.specificity, q.specificity_limits);
    tree_kappa(tree, "kappa", q.has_kappa, &q.kappa);
    tree_kappa(tree, "labellers_kappa", q.has_agreement, &q.agreement);
    tree_str(tree, "trust", str_of(trust_name(trust(c, item))));
    tree_close(tree, '}');
}

void calibrating_json(const struct calibrating *c, struct buf *out)
{
    struct tree tree = {.out = out};
    const char *reason;
    int code = run_exit(c->run, STATUS_OK, &reason);
    size_t i;

    tree_open(&tree, '{');
    tree_str(&tree, "schema", STR("urn:cfaudit:calibrate:1"));
    tree_str(&tree, "sample", c->calibration.sample);
    tree_sha256(&tree, "sha256", &c->calibration.sample_sha256);
    tree_uint(&tree, "messages", c->calibration.messages);
    tree_uint(&tree, "unlabelled", c->unlabelled);
    tree_key(&tree, "detectors");
    tree_open(&tree, '[');
    for (i = 0; i < c->calibration.detector_count; i++)
        put_detector(&tree, c, &c->calibration.detectors[i]);
    tree_close(&tree, ']');
    tree_key(&tree, "exit");
    tree_open(&tree, '{');
    tree_int(&tree, "code", code);
    tree_str(&tree, "reason", str_of(reason));
    tree_close(&tree, '}');
    tree_close(&tree, '}');
    buf_add_char(out, '\n');
}
