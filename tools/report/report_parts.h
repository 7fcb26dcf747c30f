/*
 * What the sheets and the summary of a report are made with.
 *
 * Call: report_open; the helpers; report_close.
 * Owns: texts live in the report's arena; the zone is released by report_close.
 * Errors: sticky in book->failed; a text that could not be made is missing.
 * Units: as in evidence/evidence.h.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_REPORT_PARTS_H
#define CFAUDIT_REPORT_REPORT_PARTS_H

#include "base/buf.h"
#include "report/say.h"
#include "time/zone.h"

/*
 * What comes first: what an auditor has decided, by gravity; then what figures say against a
 * requirement; then what they propose; what is good comes last.
 */
enum finding_rank {
    RANK_NONE, /* no finding */
    RANK_MAJOR,
    RANK_MINOR,
    RANK_SCORED_LOW,
    RANK_BREACHED, /* a figure alone */
    RANK_PROPOSED_LOW,
    RANK_OBSERVATION,
    RANK_OPPORTUNITY,
    RANK_STRENGTH,
    RANK_COUNT
};

/* Highest points that still call for a finding. */
enum { POINTS_LOW = 4 };

/* One row of the findings, from an answer, from what figures propose, or from a figure alone. */
struct finding {
    struct str id; /* "FND-001" */
    enum word standing;
    enum grade grade;
    enum level level;
    const struct result_question *question; /* NULL: from a figure alone */
    const struct figure *figure;            /* may be NULL */
    struct str text;
    enum finding_rank rank; /* the lower the more important */
    size_t order; /* in the result */
};

struct series_entry; /* report/series.h */

/* Lists to choose from: a row in choices.c each. */
enum choice_id {
    CHOICE_STATUS,
    CHOICE_POINTS,
    CHOICE_GRADE,
    CHOICE_YES_NO,
    CHOICE_ACTION_STATUS,
    CHOICE_CAUSE_METHOD,
    CHOICE_CHECK_RESULT,
    CHOICE_COUNT
};

/* So many links in one sheet are safe; in a longer one the first row of each list has them. */
enum { REPORT_SHEET_LINKS = 60000 };

struct report {
    struct arena *arena;
    const struct evidence *evidence;
    const struct result *result; /* NULL: figures only */
    enum lang lang;
    struct zone *zone; /* NULL: UTC */
    struct book *book;
    struct finding *findings; /* the most important first */
    size_t finding_count;
    const struct finding **finding_by_question; /* in the order of the result; NULL: none */
    const struct result_question **by_importance; /* the most important first */
    size_t *importance; /* from 1, of each question in the order of the result */
    struct series_entry *entries; /* in the order of the ledger */
    size_t entry_count;
    const struct choice *choices[CHOICE_COUNT]; /* made when first asked for */
    struct buf scratch;
};

enum status report_open(struct report *report, struct arena *arena, const struct evidence *evidence,
                        const struct result *result, enum lang lang, struct diag *diag);
void report_close(struct report *report);

/* --- texts --- */
struct str report_say(const struct report *report, enum word word);
/* The word with its %s replaced in order by `count` arguments of type struct str. */
struct str report_fill(struct report *report, enum word word, unsigned count, ...);
/* What was added to report->scratch, kept; the scratch is empty again. */
struct str report_keep(struct report *report);
struct str report_count(struct report *report, uint64_t n);
/* "survey.ticket" */
struct str join_name(struct report *report, const struct ledger_join *join);
struct str report_share(struct report *report, double share);
/* Exact to the decimal: "82.9 %". */
struct str report_percent(struct report *report, struct ratio share);
struct str report_value(struct report *report, struct str unit, double value);
struct str report_sha256(struct report *report, const struct sha256 *sum);
struct str report_letters(struct report *report, unsigned letters);
struct local report_local(const struct report *report, struct instant instant);
struct str report_date(struct report *report, struct instant instant);
struct str report_instant(struct report *report, struct instant instant);
/* "it-office (06-24)": by which time was counted, with the holiday of the town; "24x7". */
struct str report_calendar(struct report *report);
/* "from 2025-01-01 to 2025-12-31": the last day is included. */
struct str report_period(struct report *report);
/* "YYYY-MM-DD" as a day; INSTANT_MISSING for anything else. */
struct local report_day(struct str text);

/* Title of a calendar or agreement, its name without one. */
struct str document_text(struct report *report, const struct evidence_document *document);

/* --- figures --- */
/* First letter large, where it is ASCII: titles of measures begin small. */
void figure_add_title(struct buf *out, struct str title);
/* "SLA attainment (reported)" */
struct str figure_title(struct report *report, const struct figure *figure);
struct str figure_name(struct report *report, const struct figure *figure);
const struct figure *figure_by_id(const struct report *report, struct str id);
/* The answer rests on the figure. */
bool figure_is_evidence(const struct figure *figure, const struct assessment *assessment);
/* Ids of the questions that the figure is evidence for, with commas; missing: none. */
struct str figure_questions(struct report *report, const struct figure *figure,
                            struct str *ret_first);
struct str reasons_text(struct report *report, const struct figure *figure);
/* Key of the first row, in the sheet "evidence", of the cases where two variants disagree. */
struct str differences_anchor(struct report *report, const struct figure *figure);
/* So many cases allow to state p90 and p95; the lower ones are stated always. */
bool quantile_stands(const struct figure *figure, int quantile);
bool unit_is_duration(const struct figure *figure);
bool unit_is_share(const struct figure *figure);

/* --- answers --- */
struct str why_text(struct report *report, const struct assessment *assessment);
/* "Left out of this audit, RGA, 12/01/2026"; missing: it is as the checklist has it. */
struct str tailored_text(struct report *report, const struct question *question);
/* The same without who and when; with the reason behind it. */
struct str tailored_change_text(struct report *report, const struct question *question);
struct str tailored_reason_text(struct report *report, const struct question *question);
/* "1 left out, 2 with another weight"; missing: every question is as its checklist has it. */
struct str tailored_total_text(struct report *report);
bool report_is_tailored(const struct report *report);
/* Questions that a gate names; more are counted. */
enum { GATE_QUESTIONS = 10 };
/* What it found; empty when it has passed and there is nothing to say. */
struct str gate_detail(struct report *report, const struct gate_result *gate);
/* The same behind its id: "G2: open major nonconformity: CF-COR-01". */
struct str gate_text(struct report *report, const struct gate_result *gate);
/* "G0, G2 passed", and letters without a question; missing when none passed. */
struct str gates_passed_text(struct report *report);
/* References joined with "; "; the first that is a figure goes to *ret_figure. */
struct str proofs_text(struct report *report, const struct assessment *assessment,
                       struct str *ret_figure);
/* "3"; "1, too weak"; missing: nothing to say. */
struct str strength_text(struct report *report, const struct assessment *assessment);
/* "1 of 30"; missing: no sample is stated. */
struct str sampled_text(struct report *report, const struct assessment *assessment);
/* Proposed grade, its criterion, the rate it looked at, and whether it was decided otherwise. */
struct str grading_text(struct report *report, const struct assessment *assessment);
/* "figure 8, decided 4 (outside its range 6 to 8)"; missing: the figure was not overruled. */
struct str override_text(struct report *report, const struct assessment *assessment);
void findings_collect(struct report *report);
void importance_collect(struct report *report);
/* The figure that a finding of this question rests on; NULL: none. */
const struct figure *finding_figure(const struct report *report,
                                    const struct assessment *assessment);
/* Whether a finding of a question rests on it. */
bool finding_tells(const struct report *report, const struct figure *figure);
/* "SLA attainment is 93.1 % [91.5 % to 94.5 %] ..." */
struct str breach_text(struct report *report, const struct figure *figure);
const struct finding *finding_of(const struct report *report,
                                 const struct result_question *question);

/* NULL when memory is out: free. */
const struct choice *report_choice(struct report *report, enum choice_id id);

/* --- sheets --- */
struct sheet_kind {
    const char *id;
    enum word name;
    bool (*has_data)(const struct report *report);
    void (*build)(struct report *report, struct sheet *sheet);
    /* Instead of one sheet as many as the ledger asks for, each under an id of its own; the rest of
       the row is empty. */
    void (*build_all)(struct report *report);
};

extern const struct sheet_kind *const sheet_kinds[]; /* in order, ends with NULL */

#endif
