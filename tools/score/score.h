/*
 * Marks, coverage, bounds, gates and bands: exact arithmetic over assessments, and its document.
 *
 * Call: score_compute; result_write; result_load (report needs only this and the ledger).
 * Owns: everything lives in the arena given.
 * Errors: STATUS_LIMIT when a sum does not fit an exact fraction; on loading STATUS_INVALID, and
 *         STATUS_INTEGRITY for a result whose marks do not follow from its own questions.
 * Units: shares are exact ratios 0..1; points 0..10.
 * Source: weighted mean with coverage and bounds; gates and bands as in the manual, section SCORING.
 *         Two indexes that never mix: conformity (requirement, policy) and practice (good practice).
 * Threads: constant once made.
 */
#ifndef CFAUDIT_SCORE_SCORE_H
#define CFAUDIT_SCORE_SCORE_H

#include "answer/answer.h"

/* Sums over one set of questions. */
struct tally {
    struct ratio points;      /* sum of w * s over scored */
    struct ratio scored;      /* sum of w over scored */
    struct ratio applicable;  /* sum of w over scored and not checked */
    struct ratio set_aside;   /* sum of w over not applicable */
    unsigned count_scored;
    unsigned count_open;      /* not checked */
    unsigned count_na;
    /* valid when has_score (scored > 0) */
    bool has_score;
    struct ratio score;
    /* valid when has_coverage (applicable > 0) */
    bool has_coverage;
    struct ratio coverage;
    struct ratio low;
    struct ratio high;
};

enum band { BAND_NONE, BAND_A, BAND_B, BAND_C, BAND_COUNT };
enum index_kind { INDEX_CONFORMITY, INDEX_PRACTICE, INDEX_COUNT };

struct score_rules; /* of a points model; score/score_model.h */

/* What one model makes of one index; score/score_model.h. */
struct model_score {
    bool is_there;   /* a points model without rules says nothing */
    bool has_score;  /* something counted, and the model makes a number of it */
    bool is_rounded; /* the exact fraction would not fit: nine decimals */
    struct ratio score;
    struct ratio maximum;
    unsigned counted;
    unsigned passed;
    unsigned grades[GRADE_COUNT]; /* graded questions; GRADE_NONE: scored without a grade */
    enum band band;               /* BAND_NONE: the model has none, or nothing to judge */
    struct str cause;             /* rule that limited the band or refused the score */
};

/* Gates look at the conformity index only. A repeated nonconformity (G7) limits no band. */
struct gate_result {
    struct str id;     /* "G1" */
    bool is_triggered;
    /* facts of G1, for a report in any language */
    bool nothing_scored;
    bool overall_short;    /* coverage of everything is below two thirds */
    unsigned letters_short;
    unsigned letters_void; /* no question applies: said, not failed */
    /* facts of G3 */
    unsigned letters_low;  /* score below 70 % */
    unsigned letters_weak; /* below 80 % */
    bool is_too_much;      /* fact of G6: more than a fifth is set aside */
    enum band at_most;     /* the best band left when triggered; BAND_NONE: it limits none */
    struct str detail; /* English: "coverage 12.5 % in letter b is below two thirds" */
    struct str *questions; /* that caused it */
    size_t question_count;
};

struct score_index {
    struct tally all;
    struct tally letters[LETTER_COUNT]; /* a question with k letters gives w/k to each */
    struct tally *sections;             /* in the order of result.sections */
    enum band unrestricted; /* by the score alone; BAND_NONE when nothing is scored */
    enum band restricted;  /* BAND_NONE when incomplete or nothing scored */
    bool is_incomplete;    /* G1; practice: something applies and coverage is below two thirds */
    struct str cause;      /* id of the gate that restricted it; missing: none */
    struct model_score *scores; /* of every model, in the order of score_models */
};

/* What became of a question since the earlier result. */
enum change {
    CHANGE_BETTER,
    CHANGE_SAME,
    CHANGE_WORSE,
    CHANGE_NEW,          /* the earlier result did not have it */
    CHANGE_REVISED,      /* it had another revision of it: points of the two mean different things */
    CHANGE_NOT_COMPARED, /* it was scored in one of the two only */
    CHANGE_COUNT
};

/* What the earlier result says of a question. */
struct earlier_answer {
    enum change change; /* without meaning for a question that was dropped */
    unsigned revision;  /* 0 with CHANGE_NEW, when nothing below holds either */
    enum answer_status status;
    int points; /* -1: none */
    enum grade grade;
    struct str nonconformity; /* id of its statement; may be missing */
    struct str finding;
};

struct dropped_question { /* only the earlier result had it */
    struct str id;
    struct words text;
    struct earlier_answer answer;
};

struct earlier_index {
    enum band unrestricted;
    enum band restricted;
    bool is_incomplete;
    struct str cause;
    bool has_score;
    struct ratio score;
    bool has_coverage;
    struct ratio coverage;
    struct ratio low;
    struct ratio high;
};

/* The earlier result that this one is held against. */
struct used_checklist {
    struct str id;
    unsigned revision;
    struct sha256 sha256; /* of its document */
    size_t asked;         /* questions that the audit's profile takes of it */
    size_t whole;         /* that it has; the same where no profile chooses */
};

struct used_profile {
    struct str id; /* missing: the audit names none */
    unsigned revision;
    struct sha256 sha256;
};

struct earlier_result {
    struct sha256 sha256; /* of its document */
    struct str tool_version;
    struct str model;
    struct str audit; /* id; may be missing */
    struct instant as_of;
    struct used_checklist *checklists;
    size_t checklist_count;
    struct earlier_index index[INDEX_COUNT];
    struct dropped_question *dropped;
    size_t dropped_count;
    struct action *actions; /* that were not closed */
    size_t action_count;
};

/* A question as the result keeps it: wording included, so that a report needs nothing else. */
struct result_question {
    struct question question;
    struct assessment assessment;    /* its question pointer is &question */
    size_t section;                  /* number in result.sections */
    const struct earlier_answer *earlier; /* NULL: there is no earlier result */
};

struct result {
    struct str tool_version;
    struct str model; /* whose number is the headline: "cfaudit" */
    const struct score_rules *rules; /* of the points model; NULL: it was not asked */
    struct used_profile profile;
    struct used_checklist *checklists;
    size_t checklist_count;
    struct section *sections;
    size_t section_count;
    struct result_question *questions;
    size_t question_count;
    /* Not checked, what to answer next first: conformity before practice, then by weight, gates
       first, then in order. Derived, not written. */
    const struct result_question **open;
    size_t open_count;
    struct score_index index[INDEX_COUNT];
    struct gate_result *gates; /* in the order of gate_table, triggered or not */
    size_t gate_count;
    struct str audit;     /* id; missing in results of old */
    struct instant as_of; /* of the audit */
    struct action *actions;
    size_t action_count;
    struct earlier_result *earlier; /* NULL: none was given */
    bool has_answers;
    struct sha256 answers_sha256;
    bool has_actions;
    struct sha256 actions_sha256;
    struct sha256 evidence_sha256;
    struct sha256 sha256; /* of the document it was loaded from; not written */
};

/* rules of the points model (NULL: it says nothing) are borrowed; result.model is ours. */
enum status score_compute(struct arena *arena, struct checklist *const *checklists,
                          size_t checklist_count, struct assessment *assessments, size_t count,
                          const struct score_rules *rules, struct diag *diag,
                          struct result **ret_result);
/* STATUS_INTEGRITY when sums, gates or bands do not follow from the result's own questions, as in
   a document changed by hand. Details in words are not compared. result_load has done this. */
enum status result_verify(struct arena *arena, const struct result *result, struct where where,
                          struct diag *diag);
enum status result_write(const struct result *result, struct buf *out, struct diag *diag);
/* From a document of root `result` that is there already; nothing borrows it afterwards. */
enum status result_read(struct arena *arena, const struct xml_document *document,
                        struct diag *diag, struct result **ret_result);
enum status result_load(struct arena *arena, const struct library *library, struct str path,
                        struct diag *diag, struct result **ret_result);

/*
 * Holds the result against an earlier one, whose strings it borrows: what became of each question,
 * what was dropped, which actions were still open. What keeps the two from being compared is a
 * warning at `name`, the earlier one's path. The result's audit, as_of and model are set before.
 */
enum status result_hold_against(struct arena *arena, struct result *result,
                                const struct result *earlier, struct str name, struct diag *diag);
/*
 * Checks the plan against questions, statements and figures, those of the earlier result included,
 * and takes it into the result. STATUS_INVALID after located diagnostics.
 */
enum status result_take_actions(struct result *result, const struct actions *actions,
                                const struct evidence *evidence, struct diag *diag);
/* Whether the action is about this question or the nonconformity stated there. */
bool action_answers(const struct action *action, const struct result_question *item);
/* Whether it is a nonconformity that no action answers. */
bool result_lacks_action(const struct result *result, const struct result_question *item);
/* The more important first: by index, weight, gate, then document order. Both of one result. */
int question_compare(const struct result_question *a, const struct result_question *b);
const char *change_name(enum change change);
bool change_find(struct str name, enum change *ret_change);

/* An answer that would have to become better. */
struct better_answer {
    const struct result_question *question;
    int points; /* at least these */
};

/* Answers that lift the limited band together. */
struct improvement {
    struct better_answer *answers; /* in the order of the result */
    size_t count;
    struct ratio cost;  /* sum of weight times points gained; an open question gains all of them */
    struct ratio score; /* of the conformity index afterwards */
};

enum { IMPROVEMENTS = 3 };

/*
 * What would lift the conformity index to the next better band, gates included: the sets of fewest
 * answers, cheapest first, at most IMPROVEMENTS of them; where more than three answers are needed,
 * one set, with full points and not always the shortest. None when the band is A, when the result is
 * incomplete, or when no answer helps (too much set aside). Answers that are raised have no
 * nonconformity left. *ret_band is the band reached.
 */
enum status result_improve(struct arena *arena, const struct result *result, struct diag *diag,
                           enum band *ret_band, struct improvement *ret_list, size_t *ret_count);

/* --- maturity --- */
enum maturity_fact {
#define FACT(name, id, level, en, it) MATURITY_##name,
#include "score/maturity.def"
#undef FACT
    MATURITY_FACT_COUNT
};

enum { MATURITY_LEVELS = 5 };

/*
 * How mature a section is, both indexes together: 1 ad hoc, 2 reactive, 3 defined, 4 measured,
 * 5 improving. A level counts only where all facts of it and of those below hold.
 */
struct maturity {
    const struct section *section;
    unsigned level; /* 0: nothing in it applies */
    bool holds[MATURITY_FACT_COUNT];
};

/* One for each section of the result, from nothing but the result and the ledger. */
enum status result_maturity(struct arena *arena, const struct result *result,
                            const struct evidence *evidence, struct diag *diag,
                            struct maturity **ret_list);
const char *maturity_fact_name(enum maturity_fact fact);
unsigned maturity_fact_level(enum maturity_fact fact);
const char *maturity_fact_words(enum maturity_fact fact, enum lang lang);

/* Which of the two indexes a question of this basis belongs to. */
enum index_kind index_of(enum basis basis);
const char *index_name(enum index_kind kind); /* "conformity" "practice" */
bool index_find(struct str name, enum index_kind *ret_kind);
/* "82.9 % [64.4-86.7], coverage 77.8 %"; "not scored" or "nothing applies" where that is so. */
void tally_format(const struct tally *tally, struct buf *out);
const char *band_name(enum band band); /* "A" "B" "C", "-" for none */
bool band_find(struct str name, enum band *ret_band);

#endif
