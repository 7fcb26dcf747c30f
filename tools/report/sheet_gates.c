#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "page/house.h"
#include "report/live.h"

/* What each gate looks at, what it found, and to what it limits the band. */

/* Outcome in the column "limit": 0 limits nothing, else the band that is left; this: none at all. */
static const int LIMIT_NO_BAND = 9;

/* One gate: formulas for the number of what it found, for the limit when that is not 0, and for the
   sentence that goes with it. */
struct gate_row {
    const char *id;
    enum word rule;
    const char *found;
    const char *limit;
    struct str (*text)(struct report *report);
};

/* "A, B and 3 more" of the questions that a column of the calculation numbers. */
static struct str questions(struct report *report, const char *column)
{
    struct buf *out = &report->scratch;
    struct str more;
    unsigned i;

    buf_printf(out, "(MAX({calculation.%s})-%d)", column, GATE_QUESTIONS);
    more = report_keep(report);
    for (i = 1; i <= GATE_QUESTIONS; i++)
        buf_printf(out, "%sINDEX({calculation.id},MATCH(%u,{calculation.%s},0)),\"\")",
                   i > 1 ? "&IFERROR(\", \"&" : "IFERROR(", i, column);
    buf_printf(out, "&IF(MAX({calculation.%s})>%d,\" \"&", column, GATE_QUESTIONS);
    live_fill(report, WORD_GATE_MORE, 1, more.ptr);
    buf_add_text(out, ",\"\")");
    return report_keep(report);
}

static struct str with_questions(struct report *report, enum word word, const char *column)
{
    struct str list = questions(report, column);

    live_fill(report, word, 1, list.ptr);
    return report_keep(report);
}

static struct str problem_text(struct report *report)
{
    return with_questions(report, WORD_GATE_0_ANSWERS, "g0");
}

/* "; letter b 50.0 %" where that is so. */
static void add_part(struct report *report, const char *condition, struct str part)
{
    buf_printf(&report->scratch, "IF(%s,\"; \"&%.*s,\"\")", condition, STR_ARG(part));
}

static struct str filled(struct report *report, enum word word, const char *first,
                         const char *second, const char *third)
{
    live_fill(report, word, 3, first, second, third);
    return report_keep(report);
}

/* The formula with the letter in the place of each "@". */
static const char *of_letter(struct report *report, const char *formula, unsigned letter)
{
    struct str text;

    for (; *formula; formula++)
        buf_add_char(&report->scratch, *formula == '@' ? (char)('a' + letter) : *formula);
    text = report_keep(report);
    return text.ptr ? text.ptr : ""; /* memory is out: the book has failed */
}

static struct str coverage_text(struct report *report)
{
    struct buf *out = &report->scratch;
    struct str all = filled(report, WORD_GATE_1_OVERALL, "cf_coverage_text", "", "");
    struct str texts[LETTER_COUNT];
    const char *is_short[LETTER_COUNT];
    unsigned i;

    for (i = 0; i < LETTER_COUNT; i++) {
        is_short[i] = of_letter(report, "(3*cf_scored_@<2*cf_applicable_@)", i);
        texts[i] = filled(report, WORD_GATE_1_LETTER, of_letter(report, "\"@\"", i),
                          of_letter(report, "cf_coverage_text_@", i), "");
    }
    buf_add_text(out, "IF(cf_scored=0,");
    live_say(report, WORD_GATE_1_NOTHING);
    buf_add_char(out, ',');
    live_say(report, WORD_GATE_1_FAILED);
    buf_add_text(out, "&\" \"&MID(");
    add_part(report, "(3*cf_scored<2*cf_applicable)", all);
    for (i = 0; i < LETTER_COUNT; i++) {
        buf_add_char(out, '&');
        add_part(report, is_short[i], texts[i]);
    }
    buf_add_text(out, ",3,999))");
    return report_keep(report);
}

static struct str major_text(struct report *report)
{
    return with_questions(report, WORD_GATE_2_FAILED, "g2");
}

static struct str weak_letters_text(struct report *report)
{
    struct buf *out = &report->scratch;
    struct str texts[LETTER_COUNT];
    const char *is_weak[LETTER_COUNT];
    unsigned i;

    for (i = 0; i < LETTER_COUNT; i++) {
        is_weak[i] = of_letter(report, "(cf_won_@<8*cf_scored_@)", i);
        texts[i] = filled(report, WORD_GATE_3_LETTER, of_letter(report, "\"@\"", i),
                          of_letter(report, "cf_score_text_@", i),
                          of_letter(report, "IF((cf_won_@<7*cf_scored_@),\"70 %\",\"80 %\")", i));
    }
    live_say(report, WORD_GATE_3_FAILED);
    buf_add_text(out, "&\" \"&MID(");
    for (i = 0; i < LETTER_COUNT; i++) {
        if (i > 0)
            buf_add_char(out, '&');
        add_part(report, is_weak[i], texts[i]);
    }
    buf_add_text(out, ",3,999)");
    return report_keep(report);
}

static struct str gate_questions_text(struct report *report)
{
    struct str unmet = with_questions(report, WORD_GATE_4_FAILED, "g4");
    struct str weak = with_questions(report, WORD_GATE_4_FAILED, "g4w");

    buf_add_text(&report->scratch, "IF(MAX({calculation.g4})>0,");
    buf_add(&report->scratch, unmet);
    buf_add_char(&report->scratch, ',');
    buf_add(&report->scratch, weak);
    buf_add_char(&report->scratch, ')');
    return report_keep(report);
}

static struct str unmet_text(struct report *report)
{
    return with_questions(report, WORD_GATE_5_FAILED, "g5");
}

static struct str set_aside_text(struct report *report)
{
    struct str list = questions(report, "g6");
    struct str share = live_percent(report, 100, "cf_set_aside",
                                    "(cf_applicable+cf_set_aside)");
    struct str unjustified = with_questions(report, WORD_GATE_6_REASON, "g6r");

    buf_add_text(&report->scratch, "IF(5*cf_set_aside>cf_applicable+cf_set_aside,");
    live_fill(report, WORD_GATE_6_FAILED, 2, share.ptr, list.ptr);
    buf_add_char(&report->scratch, ',');
    buf_add(&report->scratch, unjustified);
    buf_add_char(&report->scratch, ')');
    return report_keep(report);
}

static struct str repeats_text(struct report *report)
{
    return with_questions(report, WORD_GATE_7_FAILED, "g7");
}

static const struct gate_row rows[] = {
    {"G0", WORD_GATE_0_RULE, "MAX({calculation.g0})", "9", problem_text},
    {"G1", WORD_GATE_1_RULE,
     "(cf_scored=0)+(3*cf_scored<2*cf_applicable)+(3*cf_scored_a<2*cf_applicable_a)"
     "+(3*cf_scored_b<2*cf_applicable_b)+(3*cf_scored_c<2*cf_applicable_c)",
     "9", coverage_text},
    {"G2", WORD_GATE_2_RULE, "MAX({calculation.g2})", "3", major_text},
    {"G3", WORD_GATE_3_RULE,
     "(cf_won_a<8*cf_scored_a)+(cf_won_b<8*cf_scored_b)+(cf_won_c<8*cf_scored_c)",
     "IF((cf_won_a<7*cf_scored_a)+(cf_won_b<7*cf_scored_b)+(cf_won_c<7*cf_scored_c)>0,3,2)",
     weak_letters_text},
    {"G4", WORD_GATE_4_RULE,
     "IF(MAX({calculation.g4})>0,MAX({calculation.g4}),MAX({calculation.g4w}))",
     "IF(MAX({calculation.g4})>0,3,2)", gate_questions_text},
    {"G5", WORD_GATE_5_RULE, "MAX({calculation.g5})", "2", unmet_text},
    {"G6", WORD_GATE_6_RULE,
     "IF(5*cf_set_aside>cf_applicable+cf_set_aside,MAX({calculation.g6}),MAX({calculation.g6r}))",
     "2", set_aside_text},
    {"G7", WORD_GATE_7_RULE, "MAX({calculation.g7})", "0", repeats_text},
};

static const struct gate_row *row_of(const struct gate_result *gate)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(rows); i++)
        if (str_is(gate->id, rows[i].id))
            return &rows[i];
    BUG_IF(i == ARRAY_LEN(rows)); /* every gate has a row */
    return NULL;
}

/* --- values --- */

static unsigned letters_in(unsigned letters)
{
    return (letters & 1u) + (letters >> 1 & 1u) + (letters >> 2 & 1u);
}

static size_t found_of(const struct gate_result *gate)
{
    if (!gate->is_triggered)
        return 0;
    if (str_is(gate->id, "G1"))
        return (gate->nothing_scored ? 1u : 0u) + (gate->overall_short ? 1u : 0u) +
               letters_in(gate->letters_short);
    if (str_is(gate->id, "G3"))
        return letters_in(gate->letters_low | gate->letters_weak);
    return gate->question_count;
}

static int limit_of(const struct gate_result *gate)
{
    if (!gate->is_triggered)
        return 0;
    if (str_is(gate->id, "G0") || str_is(gate->id, "G1"))
        return LIMIT_NO_BAND;
    return (int)gate->at_most;
}

/* A gate that judges marks has nothing to pass before there is one. */
static enum word state_of(const struct report *report, const struct gate_result *gate)
{
    int limit = limit_of(gate);

    if (gate->is_triggered)
        return limit == LIMIT_NO_BAND ? WORD_GATE_NO_BAND
               : limit == BAND_C      ? WORD_GATE_AT_MOST_C
               : limit == BAND_B      ? WORD_GATE_AT_MOST_B
                                      : WORD_GATE_TO_DECIDE;
    if (!report->result->index[INDEX_CONFORMITY].all.has_score && !str_is(gate->id, "G0"))
        return WORD_GATE_NOT_YET;
    return WORD_GATE_PASSED;
}

enum level gate_level(const struct report *report, const struct gate_result *gate)
{
    switch (state_of(report, gate)) {
    case WORD_GATE_PASSED:
        return LEVEL_GOOD;
    case WORD_GATE_NOT_YET:
        return LEVEL_MUTED;
    case WORD_GATE_AT_MOST_B:
    case WORD_GATE_TO_DECIDE:
        return LEVEL_WATCH;
    default:
        return LEVEL_BAD;
    }
}

struct str gate_line(struct report *report, const struct gate_result *gate)
{
    struct str detail = gate_detail(report, gate);

    buf_add(&report->scratch, report_say(report, state_of(report, gate)));
    buf_add_text(&report->scratch, detail.len ? ": " : "");
    buf_add(&report->scratch, detail);
    return report_keep(report);
}

struct str gate_line_formula(struct report *report, const struct gate_result *gate)
{
    buf_printf(&report->scratch,
               "={gates.state@%.*s}&IF({gates.text@%.*s}=\"\",\"\",\": \"&{gates.text@%.*s})",
               STR_ARG(gate->id), STR_ARG(gate->id), STR_ARG(gate->id));
    return report_keep(report);
}

struct str gate_rule(const struct report *report, const struct gate_result *gate)
{
    return report_say(report, row_of(gate)->rule);
}

const struct look_rule *gate_rules(struct report *report, size_t *ret_count)
{
    static const struct {
        enum word word;
        enum level level;
    } kinds[] = {{WORD_GATE_PASSED, LEVEL_GOOD},      {WORD_GATE_NOT_YET, LEVEL_MUTED},
                 {WORD_GATE_AT_MOST_B, LEVEL_WATCH},  {WORD_GATE_TO_DECIDE, LEVEL_WATCH},
                 {WORD_GATE_AT_MOST_C, LEVEL_BAD},    {WORD_GATE_NO_BAND, LEVEL_BAD}};
    struct look_rule *list = arena_alloc(report->arena, ARRAY_LEN(kinds), sizeof *list);
    size_t i;

    *ret_count = 0;
    if (!list) {
        report->book->failed = true;
        return NULL;
    }
    for (i = 0; i < ARRAY_LEN(kinds); i++)
        list[i] = (struct look_rule){WHEN_BEGINS, report_say(report, kinds[i].word),
                                     kinds[i].level};
    *ret_count = ARRAY_LEN(kinds);
    return list;
}

/* --- formulas of a row --- */

static struct str limit_formula(struct report *report, const struct gate_row *row)
{
    buf_printf(&report->scratch, "=IF({gates.found!}=0,0,%s)", row->limit);
    return report_keep(report);
}

static struct str state_formula(struct report *report, const struct gate_row *row)
{
    struct buf *out = &report->scratch;

    buf_add_text(out, "=IF({gates.found!}=0,");
    if (strcmp(row->id, "G0") == 0) {
        live_say(report, WORD_GATE_PASSED);
    } else {
        buf_add_text(out, "IF(cf_scored=0,");
        live_say(report, WORD_GATE_NOT_YET);
        buf_add_char(out, ',');
        live_say(report, WORD_GATE_PASSED);
        buf_add_char(out, ')');
    }
    buf_printf(out, ",IF({gates.limit!}=%d,", LIMIT_NO_BAND);
    live_say(report, WORD_GATE_NO_BAND);
    buf_printf(out, ",IF({gates.limit!}=%d,", BAND_C);
    live_say(report, WORD_GATE_AT_MOST_C);
    buf_printf(out, ",IF({gates.limit!}=%d,", BAND_B);
    live_say(report, WORD_GATE_AT_MOST_B);
    buf_add_char(out, ',');
    live_say(report, WORD_GATE_TO_DECIDE);
    buf_add_text(out, "))))");
    return report_keep(report);
}

/* Letters without a question are told of with gate G1, triggered or not. */
static struct str text_formula(struct report *report, const struct gate_row *row)
{
    struct str text = row->text(report);
    struct str a = filled(report, WORD_GATE_1_VOID, "\"a\"", "", "");
    struct str b = filled(report, WORD_GATE_1_VOID, "\"b\"", "", "");
    struct str c = filled(report, WORD_GATE_1_VOID, "\"c\"", "", "");
    struct buf *out = &report->scratch;

    if (strcmp(row->id, "G1") != 0) {
        buf_printf(out, "=IF({gates.found!}=0,\"\",%.*s)", STR_ARG(text));
        return report_keep(report);
    }
    buf_printf(out, "=MID(IF({gates.found!}=0,\"\",\"; \"&%.*s)&", STR_ARG(text));
    add_part(report, "cf_applicable_a=0", a);
    buf_add_char(out, '&');
    add_part(report, "cf_applicable_b=0", b);
    buf_add_char(out, '&');
    add_part(report, "cf_applicable_c=0", c);
    buf_add_text(out, ",3,999)");
    return report_keep(report);
}

/* --- the sheet --- */

static void add_columns(struct report *report, struct sheet *sheet)
{
    struct column *column;

    sheet_column(sheet, "id", report_say(report, WORD_COL_GATE), CELL_TEXT, WIDTH_SHORT);
    sheet_column(sheet, "rule", report_say(report, WORD_GATE_RULE), CELL_TEXT, WIDTH_SENTENCE);
    column = sheet_column(sheet, "state", report_say(report, WORD_COL_STATE), CELL_TEXT,
                          WIDTH_NAME);
    column->rules = gate_rules(report, &column->rule_count);
    sheet_column(sheet, "found", report_say(report, WORD_GATE_FOUND), CELL_INTEGER, WIDTH_SHORT)
        ->help = report_say(report, WORD_HELP_GATE_FOUND);
    column = sheet_column(sheet, "limit", report_say(report, WORD_GATE_LIMIT), CELL_INTEGER,
                          WIDTH_SHORT);
    column->help = report_say(report, WORD_HELP_GATE_LIMIT);
    column->is_hidden = true;
    sheet_column(sheet, "text", report_say(report, WORD_COL_WHAT), CELL_TEXT, WIDTH_LONG);
}

static void add_gate(struct report *report, struct sheet *sheet, const struct gate_result *gate)
{
    const struct gate_row *row = row_of(gate);

    sheet_row(sheet);
    sheet_anchor(sheet, gate->id);
    sheet_height(sheet, 2 * house.line_points + house.edge_points);
    sheet_text(sheet, gate->id);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, gate_rule(report, gate));
    sheet_text(sheet, report_say(report, state_of(report, gate)));
    sheet_level(sheet, gate_level(report, gate));
    sheet_formula(sheet, state_formula(report, row));
    sheet_integer(sheet, found_of(gate));
    buf_add_char(&report->scratch, '=');
    buf_add_text(&report->scratch, row->found);
    sheet_formula(sheet, report_keep(report));
    sheet_integer(sheet, (uint64_t)limit_of(gate));
    sheet_formula(sheet, limit_formula(report, row));
    sheet_text(sheet, gate_detail(report, gate));
    sheet_formula(sheet, text_formula(report, row));
}

static void build(struct report *report, struct sheet *sheet)
{
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    sheet->is_protected = true;
    for (i = 0; i < report->result->gate_count; i++)
        add_gate(report, sheet, &report->result->gates[i]);
}

static bool has_data(const struct report *report)
{
    return report->result && report->result->question_count > 0;
}

extern const struct sheet_kind sheet_gates;
const struct sheet_kind sheet_gates = {
    .id = "gates", .name = WORD_SHEET_GATES, .has_data = has_data, .build = build};
