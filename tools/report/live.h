/*
 * Live formulas: what a workbook calculates by itself when an answer changes, the way the score is
 * calculated, and with the same outcome.
 *
 * Three sheets depend on each other: "calculation" has a row for each row of the checklist and says
 * how it counts; "scoring" has the sums, shares and bands of both indexes; "gates" judges. The cover
 * shows what they say. Every cell carries the value that the tool has computed.
 *
 * Exact: weights have at most four decimals, so that each is a whole number of units, and so are
 * the parts of a weight that go to one, two or three letters. Sums of whole numbers below 2^53 are
 * exact in any order, and shares are compared by multiplying: 3 * scored < 2 * applicable. Should
 * weights ever have more decimals than that, or sums be larger, units are the closest whole numbers
 * and shares are right to about twelve digits.
 *
 * Owns: texts live in the report's arena; formulas are added to a buffer.
 * Errors: sticky in book->failed.
 * Units: weights in units, of which live_scale make a weight of 1.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_LIVE_H
#define CFAUDIT_REPORT_LIVE_H

#include "report/report_parts.h"

/* How a question counts. */
enum live_state { LIVE_OUT, LIVE_SCORED, LIVE_OPEN, LIVE_SET_ASIDE };

/*
 * What is wrong with an answer on the checklist, as reading answers would refuse it. With any but the
 * last there is no score (G0), and the question counts as open; the last is for gate G6.
 */
enum live_problem {
    PROBLEM_NONE,
    PROBLEM_STATUS,        /* no status of the list */
    PROBLEM_NO_POINTS,     /* scored without points 0 4 6 8 10 */
    PROBLEM_POINTS,        /* points, not scored */
    PROBLEM_GATE,          /* a gate question that is set aside */
    PROBLEM_GRADE,         /* no grade of the list */
    PROBLEM_GRADE_BASIS,   /* nonconformity with good practice */
    PROBLEM_GRADE_STATUS,  /* grade of what was not scored */
    PROBLEM_REASON,        /* set aside without a reason */
    PROBLEM_NOT_APPLICABLE /* not applicable without a reason */
};

enum live_problem live_problem_of(const struct result_question *item);
enum live_state live_state_of(const struct result_question *item);
/* Units of a weight of 1. */
int64_t live_scale(const struct report *report);
/* A sum of weights, in units. */
double live_units(int64_t scale, struct ratio weight);

/* Key of the row of a sum in the sheet "scoring": "conformity", "conformity-a" ...; letter -1: all. */
struct str live_key(struct report *report, enum index_kind kind, int letter);
/* The same of a section. */
struct str live_section_key(struct report *report, enum index_kind kind, struct str section);

/* --- findings and changes; how the formulas have it stands in live_findings.c --- */
/* What figures alone say of a question: 0 nothing low; 1 low points proposed; 2 scored low. */
unsigned live_low_of(const struct result_question *item);
/* The answer in short, to be compared with. */
struct str live_written(struct report *report, const struct result_question *item);
/* Orders findings: by rank, then importance; 0: none. */
uint64_t live_key_of(const struct report *report, const struct result_question *item);
struct str live_changed_formula(void);
struct str live_finding_formula(struct report *report);
struct str live_key_formula(struct report *report);
struct str live_new_formula(void);
struct str live_open_formula(struct report *report);
/* How many findings, or new findings, come before those of the rank. */
struct str live_before(struct report *report, enum finding_rank rank);
struct str live_new_before(struct report *report, enum finding_rank rank);
/* "A, B ..." of the `count` questions behind the first `before` in that order. */
struct str live_nth_ids(struct report *report, const char *column, const char *before,
                        const char *count, unsigned most);
/* The cell of a column for that question, wherever its row has gone. */
struct str live_lookup(struct report *report, const char *column, struct str question);
/* The text, and that it is as it was written as soon as an answer has changed; missing: too long. */
struct str live_marked(struct report *report, struct str text);
/* The same while that formula is not 0. */
struct str live_marked_if(struct report *report, struct str text, struct str changed);

/* --- parts of formulas, for the row of the checklist that the formula stands in --- */
struct str live_problem_formula(struct report *report);
struct str live_state_formula(struct report *report);
void live_status_is(struct report *report, enum answer_status status);
void live_grade_is(struct report *report, const enum grade *grades, size_t count);

/* --- parts of formulas --- */
bool live_is_blank(struct str text);

/* --- colours that follow the content of a column --- */
void status_rules(struct report *report, struct column *column);
void grade_rules(struct report *report, struct column *column);
void points_rules(struct report *report, const char *sheet, struct column *column);
/* Bad as soon as there is anything. */
void filled_rule(struct report *report, const char *sheet, struct column *column);

/* --- gates, for the cover --- */
/* "passed", "at most B: requirement with 0 points: CF-COR-01" */
struct str gate_line(struct report *report, const struct gate_result *gate);
struct str gate_line_formula(struct report *report, const struct gate_result *gate);
/* What has to hold: "no open major nonconformity". */
struct str gate_rule(const struct report *report, const struct gate_result *gate);
enum level gate_level(const struct report *report, const struct gate_result *gate);
/* Colours of such a line. */
const struct look_rule *gate_rules(struct report *report, size_t *ret_count);

/* A text in quotes. */
void live_literal(struct buf *out, struct str text);
void live_say(struct report *report, enum word word);
/* The word with the formulas given in place of its %s, all joined: "a"&X&"b". */
void live_fill(struct report *report, enum word word, unsigned count, ...);
/* As report_percent writes it, "82.9 %": num/den times `scale`, whole numbers, den above 0. */
struct str live_percent(struct report *report, int scale, const char *num, const char *den);
/* A count as report_count writes it. */
struct str live_count(struct report *report, const char *number);

#endif
