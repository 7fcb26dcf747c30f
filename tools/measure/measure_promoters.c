/* M-23, net promoter score. */
#include <math.h>

#include "base/mem.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/survey_scale.h"

enum { NET, PROMOTERS, PASSIVES, DETRACTORS, VARIANT_END };

static const int64_t ONE = 100 * (int64_t)FIELD_NUMBER_ONE;

static const struct measure_variant variants[] = {
    [NET] = {"net", VARIANT_NET, "answers on the scale 0 to 10", true, false, NULL, false},
    [PROMOTERS] = {"promoters", VARIANT_SHARE, "answers on the scale 0 to 10", true, false, "count",
                   false},
    [PASSIVES] = {"passives", VARIANT_SHARE, "answers on the scale 0 to 10", false, false, "count",
                  false},
    [DETRACTORS] = {"detractors", VARIANT_SHARE, "answers on the scale 0 to 10", true, true,
                    "count", false},
};

static unsigned applies(const struct measure_context *context)
{
    return record_has(context->set, SURVEY_SCORE) && survey_scale_is_told(context->set, SCALE_NPS) &&
                   !instant_is_missing(context->as_of)
               ? (1u << VARIANT_END) - 1
               : 0u;
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    struct survey_answer answer = survey_answer_of(item);
    const char *refusal = survey_refusal(&answer, SCALE_NPS, observe_context(state)->as_of.us);
    size_t which = answer.score >= 9 ? PROMOTERS : answer.score >= 7 ? PASSIVES : DETRACTORS;
    struct observation observation = {.rank = answer.score + 1, .period = answer.at};
    size_t v;

    for (v = 0; v < VARIANT_END; v++) {
        observation.counts = v == which;
        observation.value = answer.score;
        if (v == NET)
            observation.value = which == PROMOTERS ? ONE : which == PASSIVES ? 0 : -ONE;
        if (refusal)
            observe_excluded(state, v, item, refusal);
        else
            observe_value(state, v, item, &observation);
    }
}

/* --- from one period to the next --- */

enum { PERIOD, ANSWERS, SCORE, LOW, HIGH, CHANGE, NEEDED, REAL };

static const struct table_column columns[] = {
    [PERIOD] = {STR_INIT("period"), {{STR_INIT("Period"), STR_INIT("Periodo")}}, {{{0}}},
                TABLE_TEXT, 0},
    [ANSWERS] = {STR_INIT("answers"), {{STR_INIT("Answers"), STR_INIT("Risposte")}}, {{{0}}},
                 TABLE_INTEGER, 0},
    [SCORE] = {STR_INIT("score"), {{STR_INIT("Score"), STR_INIT("Punteggio")}}, {{{0}}},
               TABLE_NUMBER, 1},
    [LOW] = {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Da")}}, {{{0}}}, TABLE_NUMBER, 1},
    [HIGH] = {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("A")}}, {{{0}}}, TABLE_NUMBER, 1},
    [CHANGE] = {STR_INIT("change"), {{STR_INIT("Change"), STR_INIT("Variazione")}},
                {{STR_INIT("From the period with answers before it"),
                  STR_INIT("Rispetto al periodo precedente con risposte")}},
                TABLE_NUMBER, 1},
    [NEEDED] = {STR_INIT("needed"), {{STR_INIT("Real above"), STR_INIT("Reale oltre")}},
                {{STR_INIT("A change below this may be chance"),
                  STR_INIT("Sotto questo valore può essere un caso")}},
                TABLE_NUMBER, 1},
    [REAL] = {STR_INIT("real"), {{STR_INIT("Reading"), STR_INIT("Lettura")}}, {{{0}}}, TABLE_WORD,
              0},
};

static const struct table_form changes = {
    .id = STR_INIT("promoters"),
    .name = {{STR_INIT("Net promoter score"), STR_INIT("Net promoter score")}},
    .title = {{STR_INIT("Net promoter score by period, and which changes are more than chance"),
               STR_INIT("Net promoter score per periodo, e quali variazioni superano il caso")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
    .chart = {.kind = TABLE_CHART_LINE,
              .title = {{STR_INIT("Net promoter score"), STR_INIT("Net promoter score")}},
              .category = PERIOD,
              .series = {SCORE, LOW, HIGH},
              .series_count = 3},
};

/* Half of the interval, of the side that was not cut off at the end of the scale. */
static double half_of(const struct figure *figure)
{
    double below = figure->value - figure->low;
    double above = figure->high - figure->value;

    return below > above ? below : above;
}

static void fill_row(struct figure_row *row, const struct figure *period,
                     const struct figure *before)
{
    double change = before ? period->value - before->value : NAN;
    double needed = before ? hypot(half_of(period), half_of(before)) : NAN;

    table_text(row, PERIOD, period->key);
    table_number(row, ANSWERS, (double)period->n);
    table_number(row, SCORE, period->value);
    table_number(row, LOW, period->low);
    table_number(row, HIGH, period->high);
    table_number(row, CHANGE, change);
    table_number(row, NEEDED, needed);
    if (!before)
        return;
    table_text(row, REAL, fabs(change) > needed ? STR("real-change") : STR("may-be-chance"));
    if (fabs(change) > needed)
        table_level(row, REAL, change < 0 ? TABLE_BAD : TABLE_GOOD);
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct figure *before = NULL;
    struct figure_table *table;
    size_t i;

    (void)context;
    (void)own;
    if (variant != NET || figure->series_count == 0)
        return true;
    table = figure_table_new(arena, figure, &changes);
    if (!table)
        return false;
    for (i = 0; i < figure->series_count; i++) {
        struct figure_row *row;

        if (figure->series[i].n == 0)
            continue;
        row = table_row(arena, table);
        if (!row)
            return false;
        fill_row(row, &figure->series[i], before);
        before = &figure->series[i];
    }
    return true;
}

const struct measure measure_promoters = {
    .id = "M-23",
    .name = "net-promoter-score",
    .title = {{STR_INIT("net promoter score"), STR_INIT("net promoter score")}},
    .definition = {{STR_INIT("Promoters minus detractors, in points from -100 to 100."),
                    STR_INIT("Promotori meno detrattori, in punti da -100 a 100.")}},
    .formula = "net: 100 * (share of 9 and 10 - share of 0 to 6), variance P + D - (P - D)^2 of a "
               "single answer, normal interval; a change between periods is real above the root of "
               "the sum of the squares of their half intervals; shares with Wilson interval",
    .fields = "survey.at survey.scale survey.score",
    .source = "Reichheld 2003; variance of a multinomial; Wilson 1927",
    .kind = RECORD_SURVEY,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .conclude = conclude,
};
