/* XCCDF absolute: 1 when everything that counted passed, else 0. Nothing counted is neither. */
#include "score/model_parts.h"

static enum status compute(const struct score_task *task, struct model_score *score)
{
    struct score_task without_parts = *task;
    enum status status;

    without_parts.parts = NULL;
    status = flat_score(&without_parts, /* with_weights= */ true, score);
    score->score = score->passed == score->counted && score->counted ? RATIO_ONE : RATIO_ZERO;
    score->maximum = RATIO_ONE;
    return status;
}

const struct score_model model_xccdf_absolute = {
    .name = "xccdf-absolute",
    .system = "urn:xccdf:scoring:absolute",
    .words = {
        .title = {{STR_INIT("XCCDF absolute: all or nothing"),
                   STR_INIT("XCCDF absolute: tutto o niente")}},
        .range = {{STR_INIT("1 when every question that counted passed, else 0"),
                   STR_INIT("1 se ogni domanda considerata è superata, altrimenti 0")}},
        .na = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .open = {{STR_INIT("left out"), STR_INIT("escluse")}},
        .unknown = {{STR_INIT("counted as not passed"), STR_INIT("contate come non superate")}},
        .rounding = {{STR_INIT("none"), STR_INIT("nessuno")}},
        .gates = {{STR_INIT("none, no band"), STR_INIT("nessuno, nessuna fascia")}},
    },
    .compute = compute,
};
