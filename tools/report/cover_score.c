#include <math.h>

#include "base/mem.h"
#include "report/cover.h"
#include "report/earlier_text.h"
#include "report/live.h"
#include "report/models.h"

struct strip *pane_add(struct pane *pane)
{
    struct strip *strip =
        &pane->strips[pane->count < PANE_STRIPS ? pane->count++ : PANE_STRIPS - 1];
    size_t i;

    *strip = (struct strip){.time = {INSTANT_MISSING.us}};
    for (i = 0; i < PANE_NUMBERS; i++)
        strip->numbers[i] = NAN;
    return strip;
}

void count_answered(const struct result *result, size_t *ret_answered, size_t *ret_all)
{
    size_t answered = 0;
    size_t open = 0;
    size_t i;

    for (i = 0; i < INDEX_COUNT; i++) {
        answered += result->index[i].all.count_scored + result->index[i].all.count_na;
        open += result->index[i].all.count_open;
    }
    *ret_answered = answered;
    *ret_all = answered + open;
}

struct str band_text(struct report *report, const struct score_index *index)
{
    struct str restricted = say_band(index->restricted, report->lang);
    struct str alone = (struct str){NULL, 0};
    struct str limited = (struct str){NULL, 0};

    if (index->is_incomplete)
        restricted = report_say(report, WORD_BAND_INCOMPLETE);
    if (index->restricted != index->unrestricted && index->unrestricted != BAND_NONE)
        alone =
            report_fill(report, WORD_BAND_BY_SCORE, 1, say_band(index->unrestricted, report->lang));
    if (index->cause.len)
        limited = report_fill(report, WORD_BAND_LIMITED, 1, index->cause);
    buf_add(&report->scratch, restricted);
    if (alone.len) {
        buf_add_text(&report->scratch, "; ");
        buf_add(&report->scratch, alone);
    }
    if (limited.len) {
        buf_add_text(&report->scratch, "; ");
        buf_add(&report->scratch, limited);
    }
    return report_keep(report);
}

struct str headline_text(struct report *report, enum level *ret_level)
{
    static const enum word ready[BAND_COUNT] = {WORD_BAND_NONE, WORD_READY_A, WORD_READY_B,
                                                WORD_READY_C};
    const struct score_index *index = &report->result->index[INDEX_CONFORMITY];
    size_t answered;
    size_t all;

    *ret_level = level_of_band(index->restricted);
    if (index->restricted == BAND_NONE || !index->all.has_score || !index->all.has_coverage) {
        count_answered(report->result, &answered, &all);
        *ret_level = LEVEL_WATCH;
        return report_fill(report, WORD_HEADLINE_INCOMPLETE, 2, report_count(report, answered),
                           report_count(report, all));
    }
    return report_fill(report, WORD_HEADLINE_READY, 3, report_say(report, ready[index->restricted]),
                       report_percent(report, index->all.score),
                       report_percent(report, index->all.coverage));
}

/* --- formulas that follow the checklist, by way of the sheet "scoring" --- */

enum number { NUMBER_SCORE, NUMBER_LOW, NUMBER_HIGH, NUMBER_COVERAGE };

static struct str number_formula(struct report *report, struct str key, enum number number)
{
    static const char *const columns[] = {"score", "low", "high", "coverage"};

    buf_printf(&report->scratch, "={scoring.%s@%.*s}", columns[number], STR_ARG(key));
    return report_keep(report);
}

static struct str counts_formula(struct report *report, struct str key)
{
    buf_printf(&report->scratch,
               "={scoring.scored@%.*s}&\" / \"&{scoring.open@%.*s}&\" / \"&{scoring.na@%.*s}",
               STR_ARG(key), STR_ARG(key), STR_ARG(key));
    return report_keep(report);
}

struct str headline_formula(struct report *report)
{
    struct buf *out = &report->scratch;
    struct str answered = live_count(report, "({scoring.scored@conformity}+{scoring.na@conformity}"
                                             "+{scoring.scored@practice}+{scoring.na@practice})");
    struct str all = live_count(report, "({scoring.scored@conformity}+{scoring.na@conformity}"
                                        "+{scoring.open@conformity}+{scoring.scored@practice}"
                                        "+{scoring.na@practice}+{scoring.open@practice})");
    struct str ready;

    buf_add_text(out, "CHOOSE(cf_conformity_band,");
    live_say(report, WORD_READY_A);
    buf_add_char(out, ',');
    live_say(report, WORD_READY_B);
    buf_add_char(out, ',');
    live_say(report, WORD_READY_C);
    buf_add_char(out, ')');
    ready = report_keep(report);
    buf_add_text(out, "=IF(cf_conformity_band=0,");
    live_fill(report, WORD_HEADLINE_INCOMPLETE, 2, answered.ptr, all.ptr);
    buf_add_char(out, ',');
    live_fill(report, WORD_HEADLINE_READY, 3, ready.ptr, "cf_score_text", "cf_coverage_text");
    buf_add_char(out, ')');
    return report_keep(report);
}

static const struct look_rule headline_rules[] = {
    {WHEN_TRUE, {"=cf_conformity_band=1", 21}, LEVEL_GOOD},
    {WHEN_TRUE, {"=cf_conformity_band=2", 21}, LEVEL_WATCH},
    {WHEN_TRUE, {"=cf_conformity_band=3", 21}, LEVEL_BAD},
    {WHEN_TRUE, {"=cf_conformity_band=0", 21}, LEVEL_WATCH},
};

const struct look_rule *headline_look(size_t *ret_count)
{
    *ret_count = ARRAY_LEN(headline_rules);
    return headline_rules;
}

static const struct look_rule practice_rules[] = {
    {WHEN_TRUE, {"=cf_practice_band=1", 19}, LEVEL_GOOD},
    {WHEN_TRUE, {"=cf_practice_band=2", 19}, LEVEL_WATCH},
    {WHEN_TRUE, {"=cf_practice_band=3", 19}, LEVEL_BAD},
    {WHEN_TRUE, {"=cf_practice_band=0", 19}, LEVEL_WATCH},
};

static double number_of(const struct tally *tally, enum number number)
{
    if (number == NUMBER_SCORE)
        return tally->has_score ? ratio_to_double(tally->score) : NAN;
    if (!tally->has_coverage)
        return NAN;
    return ratio_to_double(number == NUMBER_LOW    ? tally->low
                           : number == NUMBER_HIGH ? tally->high
                                                   : tally->coverage);
}

static void add_tally(struct report *report, enum index_kind kind, int letter,
                      const struct tally *tally, struct pane *pane)
{
    static const char *const names[INDEX_COUNT][PANE_NUMBERS] = {
        {"conformity_score", "conformity_low", "conformity_high", "conformity_coverage"},
        {"practice_score", "practice_low", "practice_high", "practice_coverage"}};
    struct strip *strip = pane_add(pane);
    struct str key = live_key(report, kind, letter);
    int i;

    strip->label =
        letter < 0 ? report_say(report, WORD_OVERALL) : say_letter((unsigned)letter, report->lang);
    strip->label_style = letter < 0 ? STYLE_STRONG : STYLE_PLAIN;
    strip->has_numbers = true;
    for (i = 0; i < PANE_NUMBERS; i++) {
        strip->units[i] = STR("1");
        strip->numbers[i] = number_of(tally, (enum number)i);
        strip->formulas[i] = number_formula(report, key, (enum number)i);
        strip->names[i] = letter < 0 ? names[kind][i] : NULL;
    }
    buf_printf(&report->scratch, "%u / %u / %u", tally->count_scored, tally->count_open,
               tally->count_na);
    strip->text = report_keep(report);
    strip->text_formula = counts_formula(report, key);
}

static void add_headline(struct report *report, enum index_kind kind,
                         const struct score_index *index, struct pane *pane)
{
    struct strip *strip = pane_add(pane);
    struct str key = live_key(report, kind, -1);

    strip->label_style = STYLE_BIG;
    strip->label_level = index->is_incomplete ? LEVEL_MUTED : LEVEL_NONE;
    strip->label_type = CELL_SHARE;
    strip->label_number = index->all.has_score ? ratio_to_double(index->all.score) : (double)NAN;
    if (!index->all.has_score)
        strip->label = report_say(report, WORD_NOT_SCORED);
    buf_printf(&report->scratch, "=IF({scoring.score@%.*s}=\"\",", STR_ARG(key));
    live_say(report, WORD_NOT_SCORED);
    buf_printf(&report->scratch, ",{scoring.score@%.*s})", STR_ARG(key));
    strip->label_formula = report_keep(report);
    strip->text = band_text(report, index);
    buf_printf(&report->scratch, "={scoring.band@%.*s}", STR_ARG(key));
    strip->text_formula = report_keep(report);
    strip->text_rules = kind == INDEX_CONFORMITY ? headline_rules : practice_rules;
    strip->text_rule_count = ARRAY_LEN(headline_rules);
    strip->text_style = STYLE_BOX;
    strip->text_level = index->is_incomplete ? LEVEL_WATCH : level_of_band(index->restricted);
}

static void add_heads(struct report *report, struct pane *pane)
{
    struct strip *strip = pane_add(pane);

    strip->has_numbers = true;
    strip->label = report_fill(report, WORD_MODEL_NAMED, 1, str_of(score_models[0]->name));
    strip->label_style = STYLE_HEAD;
    strip->text_style = STYLE_HEAD;
    strip->heads[0] = report_say(report, WORD_SCORE);
    strip->heads[1] = report_say(report, WORD_LOW);
    strip->heads[2] = report_say(report, WORD_HIGH);
    strip->heads[3] = report_say(report, WORD_COVERAGE);
    strip->text = report_say(report, WORD_SCORED_OPEN_NA);
}

/* Where an earlier result is known: which way the index went, from what. */
static void add_trend(struct report *report, enum index_kind kind, struct pane *pane)
{
    enum level level = LEVEL_MUTED;
    struct str text = cover_trend_text(report, kind, &level);
    struct strip *strip;

    if (!text.len)
        return;
    strip = pane_add(pane);
    strip->label = report_say(report, WORD_TREND_SINCE);
    strip->label_style = STYLE_LABEL;
    strip->link_sheet = "trend";
    strip->link_key = str_of(index_name(kind));
    strip->text = text;
    strip->text_formula = live_marked(report, text);
    strip->text_level = level;
}

bool cover_asks(const struct result *result, enum index_kind kind)
{
    size_t i;

    for (i = 0; i < result->question_count; i++)
        if (index_of(result->questions[i].question.basis) == kind)
            return true;
    return false;
}

/* The number of the model that was asked for, when it is another one than ours. */
static void add_model(struct report *report, enum index_kind kind, struct pane *pane)
{
    const struct score_model *model = result_model(report->result);
    struct strip *strip;

    if (model == score_models[0])
        return;
    strip = pane_add(pane);
    strip->label = report_fill(report, WORD_MODEL_NAMED, 1,
                               score_model_name(model, report->result));
    strip->label_style = STYLE_STRONG;
    strip->text = model_score_text(report, kind, model);
    strip->text_formula = live_marked(report, strip->text);
    strip->text_style = STYLE_STRONG;
}

void cover_scores(struct report *report, enum index_kind kind, struct pane *pane)
{
    const struct score_index *index = &report->result->index[kind];
    const struct tally *all = &index->all;
    int letter;

    if (!cover_asks(report->result, kind)) {
        struct strip *strip = pane_add(pane);

        strip->label = report_say(report, kind == INDEX_PRACTICE ? WORD_PRACTICE : WORD_NOT_SCORED);
        strip->label_style = STYLE_STRONG;
        strip->text = report_say(report, kind == INDEX_PRACTICE ? WORD_PRACTICE_NOTHING
                                                                : WORD_NOTHING_APPLIES);
        return;
    }
    add_headline(report, kind, index, pane);
    add_model(report, kind, pane);
    add_heads(report, pane);
    add_tally(report, kind, -1, all, pane);
    for (letter = 0; letter < LETTER_COUNT; letter++)
        add_tally(report, kind, letter, &index->letters[letter], pane);
    add_trend(report, kind, pane);
}

void cover_gates(struct report *report, struct pane *pane)
{
    const struct result *result = report->result;
    size_t rule_count;
    const struct look_rule *rules = gate_rules(report, &rule_count);
    size_t i;

    for (i = 0; i < result->gate_count; i++) {
        const struct gate_result *gate = &result->gates[i];
        struct strip *strip = pane_add(pane);

        buf_add(&report->scratch, gate->id);
        buf_add_text(&report->scratch, "  ");
        buf_add(&report->scratch, gate_rule(report, gate));
        strip->label = report_keep(report);
        strip->label_style = STYLE_LABEL;
        strip->text = gate_line(report, gate);
        strip->text_level = gate_level(report, gate);
        strip->text_formula = gate_line_formula(report, gate);
        strip->text_rules = rules;
        strip->text_rule_count = rule_count;
    }
}
