#include "base/bug.h"
#include "page/house.h"
#include "report/cover.h"
#include "report/live.h"
#include "report/scoring.h"

/* Sums, shares and bands: of each index, its letters, and the sections. */

/* Which questions a row is about. */
struct group {
    enum index_kind kind;
    int letter;                    /* -1: all */
    const struct section *section; /* NULL: all */
    size_t number;                 /* of the section, from 1; 0: all */
};

static struct str section_text(struct report *report, const struct section *section)
{
    struct str title = words_in(&section->title, report->lang);

    return title.len ? title : section->id;
}

/* --- formulas --- */

/* "SUMPRODUCT((the questions)*(weights of the group)" without its end. */
static void add_selection(struct report *report, const struct group *group)
{
    struct buf *out = &report->scratch;

    buf_printf(out, "SUMPRODUCT(({calculation.index}=%d)", (int)group->kind + 1);
    if (group->section)
        buf_add_text(out, "*({checklist.section_number}={scoring.section!})");
    if (group->letter >= 0)
        buf_printf(out, "*{calculation.%c}", 'a' + group->letter);
    else
        buf_add_text(out, "*{calculation.units}");
}

static struct str sum_formula(struct report *report, const struct group *group, const char *factor)
{
    buf_add_char(&report->scratch, '=');
    add_selection(report, group);
    buf_printf(&report->scratch, "*%s)", factor);
    return report_keep(report);
}

static struct str count_formula(struct report *report, const struct group *group,
                                enum live_state state)
{
    buf_add_char(&report->scratch, '=');
    buf_printf(&report->scratch, "SUMPRODUCT(({calculation.index}=%d)*({calculation.state}=%d)",
               (int)group->kind + 1, (int)state);
    if (group->section)
        buf_add_text(&report->scratch, "*({checklist.section_number}={scoring.section!})");
    if (group->letter >= 0)
        buf_printf(&report->scratch, "*({calculation.%c}>0)", 'a' + group->letter);
    buf_add_text(&report->scratch, ")");
    return report_keep(report);
}

static struct str percent_formula(struct report *report, int scale, const char *num,
                                  const char *den)
{
    struct str percent = live_percent(report, scale, num, den);

    buf_printf(&report->scratch, "=IF(%s=0,\"\",%.*s)", den, STR_ARG(percent));
    return report_keep(report);
}

static struct str alone_formula(void)
{
    return STR("=IF({scoring.scored_weight!}=0,0,IF({scoring.won!}>=9*{scoring.scored_weight!},1,"
               "IF({scoring.won!}>=8*{scoring.scored_weight!},2,3)))");
}

static struct str limited_formula(enum index_kind kind)
{
    return kind == INDEX_CONFORMITY
               ? STR("=IF(MAX({gates.limit})=9,0,MAX({scoring.alone!},MAX({gates.limit})))")
               : STR("=IF({gates.limit@G0}=9,0,IF(3*{scoring.scored_weight!}<"
                     "2*{scoring.applicable!},0,{scoring.alone!}))");
}

static struct str cause_formula(enum index_kind kind)
{
    return kind == INDEX_CONFORMITY
               ? STR("=IF(MAX({gates.limit})=9,INDEX({gates.id},MATCH(9,{gates.limit},0)),"
                     "IF({scoring.limited!}>{scoring.alone!},"
                     "INDEX({gates.id},MATCH({scoring.limited!},{gates.limit},0)),\"\"))")
               : STR("=IF({gates.limit@G0}=9,{gates.id@G0},\"\")");
}

static void add_band_names(struct report *report)
{
    int band;

    for (band = BAND_A; band < BAND_COUNT; band++) {
        buf_add_char(&report->scratch, ',');
        live_literal(&report->scratch, say_band((enum band)band, report->lang));
    }
    buf_add_char(&report->scratch, ')');
}

/* As band_text says it. */
static struct str band_formula(struct report *report, enum index_kind kind)
{
    struct buf *out = &report->scratch;
    struct str alone;

    buf_add_text(out, "CHOOSE({scoring.alone!}");
    add_band_names(report);
    alone = report_keep(report);
    buf_add_text(out, "=IF({gates.limit@G0}=9,");
    live_say(report, WORD_BAND_INVALID);
    buf_add_text(out, kind == INDEX_CONFORMITY
                          ? ",IF({gates.limit@G1}=9,"
                          : ",IF(3*{scoring.scored_weight!}<2*{scoring.applicable!},");
    live_say(report, WORD_BAND_INCOMPLETE);
    buf_add_text(out, ",CHOOSE({scoring.limited!}+1,");
    live_say(report, WORD_BAND_NONE);
    add_band_names(report);
    buf_add_text(out, "))&IF(AND({scoring.limited!}<>{scoring.alone!},{scoring.alone!}>0),\"; \"&");
    live_fill(report, WORD_BAND_BY_SCORE, 1, alone.ptr);
    buf_add_text(out, ",\"\")&IF({scoring.cause!}<>\"\",\"; \"&");
    live_fill(report, WORD_BAND_LIMITED, 1, "{scoring.cause!}");
    buf_add_text(out, ",\"\")");
    return report_keep(report);
}

/* --- the sheet --- */

static struct column *add_hidden(struct report *report, struct sheet *sheet, const char *id,
                                 enum word title, enum cell_type type)
{
    struct column *column =
        sheet_column(sheet, id, report_say(report, title), type, WIDTH_COUNT);

    column->is_hidden = true;
    return column;
}

static void add_weight_column(struct report *report, struct sheet *sheet, const char *id,
                              enum word title)
{
    sheet_column(sheet, id, report_say(report, title), CELL_INTEGER, WIDTH_COUNT)->help =
        report_say(report, WORD_HELP_CALC_UNITS);
}

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "index", report_say(report, WORD_CALC_INDEX), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "group", report_say(report, WORD_CALC_GROUP), CELL_TEXT, WIDTH_PHRASE);
    add_hidden(report, sheet, "section", WORD_CALC_SECTION, CELL_INTEGER);
    sheet_column(sheet, "scored", report_say(report, WORD_CALC_SCORED), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "open", report_say(report, WORD_CALC_OPEN), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "na", report_say(report, WORD_CALC_NA), CELL_INTEGER, WIDTH_COUNT);
    add_weight_column(report, sheet, "won", WORD_CALC_WON);
    add_weight_column(report, sheet, "scored_weight", WORD_CALC_SCORED_WEIGHT);
    add_weight_column(report, sheet, "applicable", WORD_CALC_APPLICABLE);
    add_weight_column(report, sheet, "set_aside", WORD_CALC_SET_ASIDE);
    sheet_column(sheet, "score", report_say(report, WORD_SCORE), CELL_SHARE, WIDTH_COUNT);
    sheet_column(sheet, "low", report_say(report, WORD_LOW), CELL_SHARE, WIDTH_COUNT);
    sheet_column(sheet, "high", report_say(report, WORD_HIGH), CELL_SHARE, WIDTH_COUNT);
    sheet_column(sheet, "coverage", report_say(report, WORD_COVERAGE), CELL_SHARE, WIDTH_COUNT);
    BUG_IF(sheet_find_column(sheet, STR("score")) != SCORING_SCORE);
    add_hidden(report, sheet, "score_text", WORD_SCORE, CELL_TEXT);
    add_hidden(report, sheet, "coverage_text", WORD_COVERAGE, CELL_TEXT);
    add_hidden(report, sheet, "alone", WORD_CALC_ALONE, CELL_INTEGER);
    add_hidden(report, sheet, "limited", WORD_CALC_LIMITED, CELL_INTEGER);
    add_hidden(report, sheet, "cause", WORD_COL_GATE, CELL_TEXT);
    sheet_column(sheet, "band", report_say(report, WORD_CALC_BAND), CELL_TEXT, WIDTH_PHRASE);
}

/* Sums of the conformity index have names, so that the formulas of gates can be read: "won_a". */
static void add_name(struct report *report, struct sheet *sheet, const struct group *group,
                     const char *name)
{
    if (group->kind != INDEX_CONFORMITY || group->section)
        return;
    buf_add_text(&report->scratch, name);
    if (group->letter >= 0)
        buf_printf(&report->scratch, "_%c", 'a' + group->letter);
    sheet_name(sheet, report_keep(report).ptr);
}

static void add_units(struct sheet *sheet, int64_t scale, struct ratio weight, struct str formula)
{
    sheet_integer(sheet, (uint64_t)live_units(scale, weight));
    sheet_formula(sheet, formula);
}

static void add_share(struct sheet *sheet, bool is_there, struct ratio share, const char *formula)
{
    if (is_there)
        sheet_share(sheet, ratio_to_double(share));
    else
        sheet_text(sheet, STR(""));
    sheet_formula(sheet, str_of(formula));
}

static void add_shares(struct report *report, struct sheet *sheet, const struct group *group,
                       const struct tally *tally)
{
    struct str none = {NULL, 0};
    struct str formula;

    add_share(sheet, tally->has_score, tally->score,
              "=IF({scoring.scored_weight!}=0,\"\",{scoring.won!}/(10*{scoring.scored_weight!}))");
    add_share(sheet, tally->has_coverage, tally->low,
              "=IF({scoring.applicable!}=0,\"\",{scoring.won!}/(10*{scoring.applicable!}))");
    add_share(sheet, tally->has_coverage, tally->high,
              "=IF({scoring.applicable!}=0,\"\",({scoring.won!}+10*({scoring.applicable!}-"
              "{scoring.scored_weight!}))/(10*{scoring.applicable!}))");
    add_share(sheet, tally->has_coverage, tally->coverage,
              "=IF({scoring.applicable!}=0,\"\",{scoring.scored_weight!}/{scoring.applicable!})");
    formula = percent_formula(report, 10, "{scoring.won!}", "{scoring.scored_weight!}");
    sheet_text(sheet, tally->has_score ? report_percent(report, tally->score) : none);
    sheet_formula(sheet, formula);
    add_name(report, sheet, group, "score_text");
    formula =
        percent_formula(report, 100, "{scoring.scored_weight!}", "{scoring.applicable!}");
    sheet_text(sheet, tally->has_coverage ? report_percent(report, tally->coverage) : none);
    sheet_formula(sheet, formula);
    add_name(report, sheet, group, "coverage_text");
}

static void add_bands(struct report *report, struct sheet *sheet, enum index_kind kind)
{
    const struct score_index *index = &report->result->index[kind];

    sheet_integer(sheet, index->unrestricted);
    sheet_formula(sheet, alone_formula());
    sheet_integer(sheet, index->restricted);
    sheet_formula(sheet, limited_formula(kind));
    sheet_name(sheet, kind == INDEX_CONFORMITY ? "conformity_band" : "practice_band");
    sheet_text(sheet, index->cause);
    sheet_formula(sheet, cause_formula(kind));
    sheet_text(sheet, band_text(report, index));
    sheet_formula(sheet, band_formula(report, kind));
}

static void add_group(struct report *report, struct sheet *sheet, int64_t scale,
                      const struct group *group, const struct tally *tally)
{
    const enum live_state states[] = {LIVE_SCORED, LIVE_OPEN, LIVE_SET_ASIDE};
    const unsigned counts[] = {tally->count_scored, tally->count_open, tally->count_na};
    size_t i;

    sheet_row(sheet);
    sheet_anchor(sheet, group->section
                            ? live_section_key(report, group->kind, group->section->id)
                            : live_key(report, group->kind, group->letter));
    sheet_text(sheet, report_say(report, group->kind == INDEX_PRACTICE ? WORD_PRACTICE
                                                                      : WORD_CONFORMITY));
    sheet_text(sheet, group->section      ? section_text(report, group->section)
                      : group->letter < 0 ? report_say(report, WORD_OVERALL)
                                          : say_letter((unsigned)group->letter, report->lang));
    if (!group->section && group->letter < 0)
        sheet_style(sheet, STYLE_STRONG);
    if (group->section)
        sheet_integer(sheet, group->number);
    else
        sheet_blank(sheet);
    for (i = 0; i < 3; i++) {
        sheet_integer(sheet, counts[i]);
        sheet_formula(sheet, count_formula(report, group, states[i]));
    }
    add_units(sheet, scale, tally->points, sum_formula(report, group, "{calculation.points}"));
    add_name(report, sheet, group, "won");
    add_units(sheet, scale, tally->scored,
              sum_formula(report, group, "({calculation.state}=1)"));
    add_name(report, sheet, group, "scored");
    add_units(sheet, scale, tally->applicable,
              sum_formula(report, group, "(({calculation.state}=1)+({calculation.state}=2))"));
    add_name(report, sheet, group, "applicable");
    add_units(sheet, scale, tally->set_aside,
              sum_formula(report, group, "({calculation.state}=3)"));
    add_name(report, sheet, group, "set_aside");
    add_shares(report, sheet, group, tally);
    if (!group->section && group->letter < 0)
        add_bands(report, sheet, group->kind);
}

/* Whatever their status is: a change may let them count. */
static bool asks_anything(const struct result *result, enum index_kind kind, struct str section)
{
    size_t i;

    for (i = 0; i < result->question_count; i++)
        if (index_of(result->questions[i].question.basis) == kind &&
            str_equal(result->questions[i].question.section, section))
            return true;
    return false;
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct result *result = report->result;
    int64_t scale = live_scale(report);
    struct group group;
    int kind;
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 2;
    sheet->is_protected = true;
    for (kind = 0; kind < INDEX_COUNT; kind++) {
        group = (struct group){(enum index_kind)kind, -1, NULL, 0};
        add_group(report, sheet, scale, &group, &result->index[kind].all);
        for (group.letter = 0; group.letter < LETTER_COUNT; group.letter++)
            add_group(report, sheet, scale, &group, &result->index[kind].letters[group.letter]);
    }
    for (kind = 0; kind < INDEX_COUNT; kind++) {
        for (i = 0; i < result->section_count; i++) {
            group = (struct group){(enum index_kind)kind, -1, &result->sections[i], i + 1};
            if (asks_anything(result, group.kind, group.section->id))
                add_group(report, sheet, scale, &group, &result->index[kind].sections[i]);
        }
    }
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_scoring;
const struct sheet_kind sheet_scoring = {
    .id = "scoring", .name = WORD_SHEET_SCORING, .has_data = has_data, .build = build};
