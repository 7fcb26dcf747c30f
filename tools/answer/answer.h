/*
 * Answers: what people wrote, what figures say, and how the two become one assessment a question.
 *
 * Call: answers_load (none without a document); assess.
 * Owns: everything lives in the arena given; assessments borrow checklists, evidence and answers.
 * Errors: STATUS_INVALID with located diagnostics (unknown question, points without status scored,
 *         not-applicable without a reason, evidence id that does not exist ...).
 * Units: points 0 4 6 8 10.
 * Source: schemas/cfaudit.xsd, root answers. Status words are those of XCCDF 1.2 where they fit.
 * Threads: constant once made.
 */
#ifndef CFAUDIT_ANSWER_ANSWER_H
#define CFAUDIT_ANSWER_ANSWER_H

#include "checklist/checklist.h"
#include "evidence/evidence.h"

enum answer_status {
    ANSWER_SCORED,
    ANSWER_NOTAPPLICABLE,
    ANSWER_NOTCHECKED,
    ANSWER_NOTSELECTED,
    ANSWER_INFORMATIONAL,
    ANSWER_STATUS_COUNT
};
enum grade {
    GRADE_NONE,
    GRADE_CONFORM,
    GRADE_MINOR,
    GRADE_MAJOR,
    GRADE_OBSERVATION,
    GRADE_OPPORTUNITY,
    GRADE_STRENGTH,
    GRADE_COUNT
};
/* Who gave the status and the points. */
enum answer_origin { ORIGIN_NONE, ORIGIN_PERSON, ORIGIN_FIGURE, ORIGIN_COUNT };

struct answer {
    struct str question;
    enum answer_status status;
    int points; /* -1: none */
    enum grade grade;
    struct str reason;
    struct str finding; /* text of the finding, when there is a grade; may be missing */
    struct str *evidence; /* ids or references to documents */
    size_t evidence_count;
    struct str by;
    struct str on; /* a date, as written: YYYY-MM-DD */
    struct where where;
};

struct answers {
    struct answer *list;
    size_t count;
    struct sha256 sha256;
};

/* One question, assessed. */
struct assessment {
    const struct question *question;
    enum answer_status status;
    int points;        /* -1: none */
    enum grade grade;
    enum answer_origin origin;
    int proposed;      /* points the figures propose; -1: none */
    int proposed_low;  /* by the unfavourable end of the interval */
    int proposed_high;
    bool is_imprecise; /* the two ends differ by more than one step */
    struct str why;    /* English, one sentence: where the status comes from or what is missing */
    struct str reason; /* the person's */
    struct str finding;
    struct str *evidence; /* ids of figures and references */
    size_t evidence_count;
    struct str by;
    struct str on;
};

enum status answers_load(struct arena *arena, const struct library *library, struct str path,
                         struct diag *diag, struct answers **ret_answers);
/*
 * One assessment for each question of the checklists, in order. A person's answer wins over a
 * figure's; answers may be NULL. Questions younger than the audit's edition are informational.
 */
enum status assess(struct arena *arena, struct checklist *const *checklists, size_t checklist_count,
                   const struct evidence *evidence, const struct answers *answers,
                   struct diag *diag, struct assessment **ret_assessments, size_t *ret_count);

const char *answer_status_name(enum answer_status status);
bool answer_status_find(struct str name, enum answer_status *ret_status);
const char *grade_name(enum grade grade); /* "" for GRADE_NONE */
bool grade_find(struct str name, enum grade *ret_grade);
const char *answer_origin_name(enum answer_origin origin);
bool answer_origin_find(struct str name, enum answer_origin *ret_origin);

#endif
