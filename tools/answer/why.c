#include "answer/why.h"

#include <inttypes.h>
#include <math.h>

#include "base/buf.h"

/* Longest sentence: measure names and ids are short. */
enum { SENTENCE_BYTES = 4096 };

/* "M-07 reported" */
static void put_measure(struct buf *out, const struct why_facts *facts)
{
    buf_add(out, facts->measure);
    if (facts->variant.len) {
        buf_add_char(out, ' ');
        buf_add(out, facts->variant);
    }
}

static void put_percent(struct buf *out, double share)
{
    buf_printf(out, "%.1f %%", round(share * 1000) / 10);
}

/* "M-07 reported is 44.9 % of 10384 (EV-003)" */
static void put_figure(struct buf *out, const struct why_facts *facts)
{
    put_measure(out, facts);
    buf_add_text(out, " is ");
    if (str_is(facts->unit, "1")) {
        put_percent(out, facts->value);
        buf_printf(out, " of %" PRIu64, facts->n);
    } else if (str_is(facts->unit, "s") && fabs(facts->value) < 9e12) {
        span_format_people((struct span){llround(facts->value * 1e6)}, /* italian= */ false, out);
        buf_printf(out, " over %" PRIu64, facts->n);
    } else {
        buf_add_double(out, facts->value);
    }
    if (facts->figure.len)
        buf_printf(out, " (%.*s)", STR_ARG(facts->figure));
}

static void put_person(struct buf *out, const struct assessment *assessment)
{
    buf_printf(out, "answered by %.*s",
               STR_ARG(assessment->by.len ? assessment->by : STR("a person")));
    if (assessment->on.len)
        buf_printf(out, " on %.*s", STR_ARG(assessment->on));
    if (assessment->proposed < 0)
        return;
    buf_add_text(out, "; ");
    put_figure(out, &assessment->why_facts);
    buf_printf(out, ", which %s %d points",
               assessment->proposed == assessment->points ? "also gives" : "proposes",
               assessment->proposed);
}

/* There is a figure that could score, or propose. */
static void put_points(struct buf *out, const struct assessment *assessment)
{
    const struct why_facts *facts = &assessment->why_facts;

    put_figure(out, facts);
    if (assessment->why_code == WHY_NO_TARGET) {
        buf_add_text(out, "; no target is stated to compare it with");
        return;
    }
    if (assessment->why_code == WHY_FIGURE)
        buf_printf(out, ", which gives %d points", assessment->points);
    else
        buf_printf(out, ", which proposes %d points", assessment->proposed);
    if (assessment->why_code == WHY_UNCONFIRMED)
        buf_add_text(out, " by limits that nobody has agreed; a person has to confirm them");
    else if (assessment->why_code == WHY_JUDGEMENT)
        buf_add_text(out, "; the question also needs a person's judgement");
    else if (str_is(facts->limits_by, "default"))
        buf_add_text(out, " by default limits");
    else
        buf_printf(out, " by limits set by %.*s", STR_ARG(facts->limits_by));
}

static void put_sentence(struct buf *out, const struct assessment *assessment)
{
    const struct why_facts *facts = &assessment->why_facts;

    switch (assessment->why_code) {
    case WHY_PERSON:
        put_person(out, assessment);
        return;
    case WHY_EDITION:
        buf_printf(out, "asked from edition %.*s on; the audit uses %.*s", STR_ARG(facts->since),
                   STR_ARG(facts->edition));
        return;
    case WHY_TAILORED:
        buf_printf(out, "left out of this audit by %.*s on %.*s", STR_ARG(assessment->by),
                   STR_ARG(assessment->on));
        return;
    case WHY_FIGURE:
    case WHY_UNCONFIRMED:
    case WHY_JUDGEMENT:
    case WHY_NO_TARGET:
        put_points(out, assessment);
        return;
    case WHY_NO_FIGURE:
        buf_add_text(out, "no source of the audit gives ");
        put_measure(out, facts);
        buf_add_text(out, "; a person has to answer");
        return;
    case WHY_NO_VALUE:
        put_measure(out, facts);
        buf_printf(out, " has no value over %" PRIu64 " cases", facts->n);
        return;
    case WHY_FEW_CASES:
        put_measure(out, facts);
        buf_printf(out, " has %" PRIu64 " cases; %" PRIu64 " are needed to score", facts->n,
                   facts->needed);
        return;
    case WHY_POOR_DATA:
        buf_add_text(out, "only ");
        put_percent(out, facts->value);
        buf_add_text(out, " of the records pass the data checks (M-49), too few to score ");
        put_measure(out, facts);
        return;
    case WHY_EVIDENCE_ONLY:
        put_measure(out, facts);
        buf_printf(out, " (%.*s) is evidence; a person has to answer", STR_ARG(facts->figure));
        return;
    case WHY_PARTIAL:
        put_figure(out, facts);
        buf_add_text(out, ", but a limit of matching was met in its sources: rows may be missing");
        return;
    case WHY_UNTRUSTED:
        put_figure(out, facts);
        buf_add_text(out, ", by detectors that are not calibrated on messages of your own: its list "
                          "is for a person to review");
        return;
    case WHY_NO_MEASURE:
    case WHY_CODE_COUNT:
        break;
    }
    buf_add_text(out, "nothing measures it; a person has to answer");
}

struct str why_sentence(struct arena *arena, const struct assessment *assessment)
{
    struct str sentence = {NULL, 0};
    struct buf out;

    buf_init(&out, SENTENCE_BYTES);
    put_sentence(&out, assessment);
    if (!out.failed)
        sentence = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return sentence;
}
