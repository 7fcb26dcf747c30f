/*
 * The cover: two panes side by side, made of strips; each strip is one row of one pane.
 *
 * Owns: texts live in the report's arena.
 * Errors: as the report.
 * Units: as in page/page.h.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_COVER_H
#define CFAUDIT_REPORT_COVER_H

#include "report/report_parts.h"

/* Columns of a pane: a label, four numbers, a text; or a label and one text across the rest. */
enum { PANE_NUMBERS = 4, PANE_COLUMNS = 6, PANE_STRIPS = 32 };

struct strip {
    struct str label;
    enum style label_style;
    enum level label_level;
    const char *link_sheet; /* of the label; NULL: none */
    struct str link_key;
    enum cell_type label_type; /* CELL_SHARE: the label is label_number */
    double label_number;
    struct str label_formula;
    const struct look_rule *label_rules;
    size_t label_rule_count;
    bool has_numbers;
    struct str units[PANE_NUMBERS];
    double numbers[PANE_NUMBERS];
    struct str formulas[PANE_NUMBERS];
    const char *names[PANE_NUMBERS];
    struct str heads[PANE_NUMBERS]; /* texts instead of numbers */
    struct str text;
    struct str text_formula;
    const struct look_rule *text_rules;
    size_t text_rule_count;
    enum style text_style;
    enum level text_level;
    struct local time; /* instead of the text, when not missing */
    const char *time_name;
    double height; /* points; 0: as the texts need */
};

struct pane {
    struct strip strips[PANE_STRIPS];
    size_t count;
};

/* A new strip at the end, all fields empty; with the pane full the last one again. */
struct strip *pane_add(struct pane *pane);
/* A strip that only says something. */
void pane_note(struct pane *pane, struct str text);
/* "and 5 more, see sheet Findings" */
void cover_more(struct report *report, struct pane *pane, enum word word, size_t more,
                enum word sheet);
/* Characters of a text that has room on the cover, and of one that is to stay on one line. */
enum { COVER_TEXT = 110, COVER_LINE = 66 };
/* Cut at a word's end; the whole stands in its sheet. */
struct str cover_brief(struct report *report, struct str text, size_t most);

/* A question counts for the index. */
bool cover_asks(const struct result *result, enum index_kind kind);
void cover_scores(struct report *report, enum index_kind kind, struct pane *pane);
void cover_gates(struct report *report, struct pane *pane);
/* What waits for top management, the most pressing first; each leads to what it speaks of. */
void cover_decisions(struct report *report, struct pane *pane);
/* Over two rows, the lower of which is higher, in both panes; the second begins with that column. */
void cover_charts(struct report *report, struct sheet *sheet, size_t row, size_t column);
/* A strip: how many findings there are of each grade; how many answers of each status. */
void cover_finding_counts(struct report *report, struct pane *pane);
void cover_answer_counts(struct report *report, struct pane *pane);
void cover_findings(struct report *report, struct pane *pane);
void cover_figures(struct report *report, struct pane *pane);
void cover_open(struct report *report, struct pane *pane);
/* The first two in the left pane, the others in the right one. */
void cover_lists(struct report *report, struct pane *left, struct pane *right);
void cover_about(struct report *report, struct pane *pane);
void cover_inputs(struct report *report, struct pane *pane);

/* "The organization is ready ...", or what keeps us from saying so. */
struct str headline_text(struct report *report, enum level *ret_level);
struct str headline_formula(struct report *report);
const struct look_rule *headline_look(size_t *ret_count);
/* Questions with an answer, and questions that ask for one. */
void count_answered(const struct result *result, size_t *ret_answered, size_t *ret_all);
/* Gravest first: "B: ready with actions; by score alone: A: ready; limited by gate G2". */
struct str band_text(struct report *report, const struct score_index *index);

#endif
