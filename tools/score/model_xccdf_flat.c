/* XCCDF flat: the weight of what passed, of the weight of what counted; sections do not matter. */
#include "score/model_parts.h"

static enum status compute(const struct score_task *task, struct model_score *score)
{
    return flat_score(task, /* with_weights= */ true, score);
}

const struct score_model model_xccdf_flat = {
    .name = "xccdf-flat",
    .system = "urn:xccdf:scoring:flat",
    .is_sum = true,
    .words = {
        .title = {{STR_INIT("XCCDF flat: weight passed of weight counted"),
                   STR_INIT("XCCDF flat: peso superato sul peso considerato")}},
        .range = {{STR_INIT("0 to the weight of the questions that counted; different audits have "
                            "different maxima and are not compared by it"),
                   STR_INIT("da 0 al peso delle domande considerate; audit diversi hanno massimi "
                            "diversi e non si confrontano con questo numero")}},
        .na = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .open = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .unknown = {{STR_INIT("counted as not passed"), STR_INIT("contate come non superate")}},
        .rounding = {{STR_INIT("none; an exact sum of weights"),
                      STR_INIT("nessuno; una somma esatta di pesi")}},
        .gates = {{STR_INIT("none, no band"), STR_INIT("nessuno, nessuna fascia")}},
    },
    .compute = compute,
};
