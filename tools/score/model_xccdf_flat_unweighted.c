/* XCCDF flat without weights: how many passed, of how many that counted. */
#include "score/model_parts.h"

static enum status compute(const struct score_task *task, struct model_score *score)
{
    return flat_score(task, /* with_weights= */ false, score);
}

const struct score_model model_xccdf_flat_unweighted = {
    .name = "xccdf-flat-unweighted",
    .system = "urn:xccdf:scoring:flat-unweighted",
    .is_sum = true,
    .words = {
        .title = {{STR_INIT("XCCDF flat, unweighted: questions passed of questions counted"),
                   STR_INIT("XCCDF flat senza pesi: domande superate sulle domande considerate")}},
        .range = {{STR_INIT("0 to the number of questions that counted; different audits have "
                            "different maxima and are not compared by it"),
                   STR_INIT("da 0 al numero delle domande considerate; audit diversi hanno "
                            "massimi diversi e non si confrontano con questo numero")}},
        .na = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .open = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .unknown = {{STR_INIT("counted as not passed"), STR_INIT("contate come non superate")}},
        .rounding = {{STR_INIT("none; a count"), STR_INIT("nessuno; un conteggio")}},
        .gates = {{STR_INIT("none, no band"), STR_INIT("nessuno, nessuna fascia")}},
    },
    .compute = compute,
};
