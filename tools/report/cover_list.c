#include "report/cover.h"

enum { COVER_FINDINGS = 5, COVER_OPEN = 6 };
/* Characters of a text on the cover; the whole stands in its sheet. */
static const size_t COVER_CHARACTERS = 140;

/* Cut at a word's end. */
struct str cover_brief(struct report *report, struct str text)
{
    size_t characters = 0;
    size_t end = 0;
    size_t i;

    for (i = 0; i < text.len && characters < COVER_CHARACTERS; i++) {
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

void cover_findings(struct report *report, struct pane *pane)
{
    size_t i;

    for (i = 0; i < report->finding_count && i < COVER_FINDINGS; i++) {
        const struct finding *finding = &report->findings[i];
        struct strip *strip = pane_add(pane);

        strip->label = finding->grade == GRADE_NONE || finding->grade == GRADE_CONFORM
                           ? report_say(report, WORD_TO_GRADE)
                           : say_grade(finding->grade, report->lang);
        strip->label_level = finding->level;
        strip->label_style = STYLE_STRONG;
        strip->link_sheet = "findings";
        strip->link_key = finding->id;
        if (finding->question) {
            buf_add(&report->scratch, finding->question->question.id);
            buf_add_text(&report->scratch, ": ");
        }
        buf_add(&report->scratch, finding->text);
        strip->text = cover_brief(report, report_keep(report));
    }
    if (report->finding_count == 0)
        pane_note(pane, report_say(report, WORD_TOP_NONE));
    if (report->finding_count > COVER_FINDINGS)
        cover_more(report, pane, WORD_NEXT_MORE, report->finding_count - COVER_FINDINGS,
                   WORD_SHEET_FINDINGS);
}

void cover_open(struct report *report, struct pane *pane)
{
    const struct result *result = report->result;
    size_t i;

    for (i = 0; i < result->open_count && i < COVER_OPEN; i++) {
        const struct question *question = &result->open[i]->question;
        struct strip *strip = pane_add(pane);

        strip->label = question->id;
        strip->link_sheet = "checklist";
        strip->link_key = question->id;
        strip->text = cover_brief(report, words_in(&question->text, report->lang));
    }
    if (result->open_count == 0)
        pane_note(pane, report_say(report, WORD_NEXT_NONE));
    if (result->open_count > COVER_OPEN)
        cover_more(report, pane, WORD_NEXT_MORE, result->open_count - COVER_OPEN,
                   WORD_SHEET_CHECKLIST);
}
