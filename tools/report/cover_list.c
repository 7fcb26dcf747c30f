#include <string.h>

#include "base/mem.h"
#include "page/house.h"
#include "report/cover.h"
#include "report/live.h"

enum { COVER_FINDINGS = 5, COVER_OPEN = 6 };
/* Cut at a word's end. */
struct str cover_brief(struct report *report, struct str text, size_t most)
{
    size_t characters = 0;
    size_t end = 0;
    size_t i;

    for (i = 0; i < text.len && characters < most; i++) {
        characters += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
        if (text.ptr[i] == ' ' || text.ptr[i] == '\n')
            end = i;
    }
    if (i == text.len || end == 0)
        return text;
    buf_add(&report->scratch, (struct str){text.ptr, end});
    buf_add_text(&report->scratch, " \xE2\x80\xA6");
    return report_keep(report);
}

void pane_note(struct pane *pane, struct str text)
{
    struct strip *strip = pane_add(pane);

    strip->text = text;
    strip->text_level = LEVEL_MUTED;
}

void cover_more(struct report *report, struct pane *pane, enum word word, size_t more,
                enum word sheet)
{
    pane_note(pane,
              report_fill(report, word, 2, report_count(report, more), report_say(report, sheet)));
}

/* --- findings --- */

/* Colours of what the label says that the finding is now. */
static void add_look(struct report *report, struct strip *strip, const struct finding *finding)
{
    const struct look_rule kinds[] = {
        {WHEN_IS, say_grade(GRADE_MAJOR, report->lang), LEVEL_BAD},
        {WHEN_IS, say_grade(GRADE_MINOR, report->lang), LEVEL_WATCH},
        {WHEN_IS, say_grade(GRADE_OBSERVATION, report->lang), LEVEL_WATCH},
        {WHEN_IS, say_grade(GRADE_STRENGTH, report->lang), LEVEL_GOOD},
        {WHEN_IS, report_say(report, WORD_FINDING_NO_MORE), LEVEL_MUTED},
        {WHEN_IS, report_say(report, WORD_FINDING_TOLD), LEVEL_MUTED},
        {WHEN_IS, report_say(report, WORD_TO_GRADE), finding->level},
    };
    struct look_rule *list = arena_alloc(report->arena, ARRAY_LEN(kinds), sizeof *list);

    if (!list) {
        report->book->failed = true;
        return;
    }
    memcpy(list, kinds, sizeof kinds);
    strip->label_rules = list;
    strip->label_rule_count = ARRAY_LEN(kinds);
}

/* The label follows the finding, the text stays as the auditor wrote it. */
static void add_finding(struct report *report, struct pane *pane, const struct finding *finding)
{
    struct strip *strip = pane_add(pane);

    strip->label = finding->grade == GRADE_NONE || finding->grade == GRADE_CONFORM
                       ? report_say(report, WORD_TO_GRADE)
                       : say_grade(finding->grade, report->lang);
    strip->label_level = finding->level;
    strip->label_style = STYLE_STRONG;
    buf_printf(&report->scratch, "=INDEX({findings.type},MATCH(\"%.*s\",{findings.id},0))",
               STR_ARG(finding->id));
    strip->label_formula = report_keep(report);
    add_look(report, strip, finding);
    strip->link_sheet = "findings";
    strip->link_key = finding->id;
    if (finding->question) {
        buf_add(&report->scratch, finding->question->question.id);
        buf_add_text(&report->scratch, ": ");
    }
    buf_add(&report->scratch, finding->text);
    strip->text = cover_brief(report, report_keep(report), COVER_TEXT);
}

/* --- the line below a list --- */

/* "and 3 more, see sheet Findings", or that there is nothing; `all` and `shown` count, now. */
static void add_rest(struct report *report, struct pane *pane, enum word nothing, enum word sheet,
                     size_t count, size_t shown_count, const char *all, struct str shown)
{
    struct strip *strip = pane_add(pane);
    struct buf *out = &report->scratch;
    struct str name;
    struct str rest;

    strip->text_level = LEVEL_MUTED;
    strip->text_style = STYLE_NOTE;
    strip->height = house.line_points;
    if (count == 0)
        strip->text = report_say(report, nothing);
    else if (count > shown_count)
        strip->text = report_fill(report, WORD_NEXT_MORE, 2,
                                  report_count(report, count - shown_count),
                                  report_say(report, sheet));
    buf_printf(out, "(%s-(%.*s))", all, STR_ARG(shown));
    rest = report_keep(report);
    rest = live_count(report, rest.ptr);
    live_say(report, sheet);
    name = report_keep(report);
    buf_printf(out, "=IF(%s=0,", all);
    live_say(report, nothing);
    buf_printf(out, ",IF(%s<=(%.*s),\"\",", all, STR_ARG(shown));
    live_fill(report, WORD_NEXT_MORE, 2, rest.ptr, name.ptr);
    buf_add_text(out, "))");
    strip->text_formula = report_keep(report);
}

/* How many of those shown are still findings. */
static struct str findings_shown(struct report *report, size_t shown)
{
    struct buf *out = &report->scratch;
    size_t i;

    buf_add_char(out, '0');
    for (i = 0; i < shown; i++)
        buf_printf(out, "+(INDEX({findings.now},MATCH(\"%.*s\",{findings.id},0))>0)",
                   STR_ARG(report->findings[i].id));
    return report_keep(report);
}

void cover_findings(struct report *report, struct pane *pane)
{
    static const char all[] = "(COUNTIF({calculation.finding},\">0\")+COUNTIF({findings.now},4))";
    size_t shown = report->finding_count < COVER_FINDINGS ? report->finding_count : COVER_FINDINGS;
    size_t i;

    cover_finding_counts(report, pane);
    for (i = 0; i < shown; i++)
        add_finding(report, pane, &report->findings[i]);
    add_rest(report, pane, WORD_TOP_NONE, WORD_SHEET_FINDINGS, report->finding_count, shown, all,
             findings_shown(report, shown));
}

/* --- open questions --- */

/* The question, or how it was answered since. */
static struct str still_open_formula(struct report *report, struct str id, struct str text)
{
    struct buf *out = &report->scratch;
    struct str state = live_lookup(report, "calculation.state", id);
    struct str status = live_lookup(report, "checklist.status", id);
    struct str points = live_lookup(report, "checklist.points", id);

    buf_printf(out, "=IF(%.*s=%d,", STR_ARG(state), LIVE_OPEN);
    live_literal(out, text);
    buf_printf(out, ",%.*s&IF(%.*s=%d,\" \"&%.*s,\"\"))", STR_ARG(status), STR_ARG(state), LIVE_SCORED,
               STR_ARG(points));
    return report_keep(report);
}

static struct str open_shown(struct report *report, size_t shown)
{
    struct str sum = STR("0");
    size_t i;

    for (i = 0; i < shown; i++) {
        struct str state =
            live_lookup(report, "calculation.state", report->result->open[i]->question.id);

        buf_printf(&report->scratch, "%.*s+(%.*s=%d)", STR_ARG(sum), STR_ARG(state), LIVE_OPEN);
        sum = report_keep(report);
    }
    return sum;
}

void cover_open(struct report *report, struct pane *pane)
{
    const struct result *result = report->result;
    size_t shown = result->open_count < COVER_OPEN ? result->open_count : COVER_OPEN;
    struct str all;
    size_t i;

    for (i = 0; i < shown; i++) {
        const struct question *question = &result->open[i]->question;
        struct strip *strip = pane_add(pane);

        strip->label = question->id;
        strip->link_sheet = "checklist";
        strip->link_key = question->id;
        strip->text = cover_brief(report, words_in(&question->text, report->lang), COVER_TEXT);
        strip->text_formula = still_open_formula(report, question->id, strip->text);
    }
    buf_printf(&report->scratch, "COUNTIF({calculation.state},%d)", LIVE_OPEN);
    all = report_keep(report);
    add_rest(report, pane, WORD_NEXT_NONE, WORD_SHEET_CHECKLIST, result->open_count, shown, all.ptr,
             open_shown(report, shown));
}
