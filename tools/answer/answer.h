/*
 * Answers: what people wrote, what figures say, and how the two become one assessment a question.
 *
 * Call: answers_load (none without a document); assess. actions_load for what follows from them.
 * Owns: everything lives in the arena given; assessments borrow checklists, evidence and answers.
 * Errors: STATUS_INVALID with located diagnostics (unknown question, points without status scored,
 *         not-applicable without a reason, evidence id that does not exist ...).
 * Units: points 0 4 6 8 10.
 * A figure scores by itself only where somebody with the right to do so has set the limits; else
 * it proposes and the question stays not checked. The proposal for an end of the interval takes
 * that end for every step that looks at the value; a step that names an end keeps to it.
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
/* What a reference of an answer is; an interview alone never supports conformity. */
enum proof_kind {
    PROOF_UNSTATED,
    PROOF_RECORD,
    PROOF_DOCUMENT,
    PROOF_OBSERVATION,
    PROOF_INTERVIEW,
    PROOF_KIND_COUNT
};

enum proof_source {
    PROOF_INTERNAL,
    PROOF_CONTROLLED, /* internal, under a control that holds: changes leave a trace */
    PROOF_EXTERNAL,
    PROOF_SOURCE_COUNT
};

/* What the strength of a reference is made of; nothing unstated is left. */
struct proof {
    enum proof_kind kind;
    enum proof_source source; /* 0, 1, 2 */
    bool is_direct;           /* the auditor got it with nobody between: 1 */
    bool is_documentary;      /* a record or a document, not the spoken word: 1 */
    bool is_original;         /* no copy, or its digest was taken: 1 */
    bool is_cited;            /* the person named it; else it is bound to the question */
    int strength;             /* the sum, 0 to PROOF_STRONGEST */
};

enum { PROOF_STRONGEST = 5, PROOF_NEEDED = 2 };

/* Whether what was found has reached a customer, as the person says. */
enum effect { EFFECT_UNSTATED, EFFECT_NONE, EFFECT_SEEN, EFFECT_COUNT };

/* Cases that a person looked at, and what came of them. */
struct sampled {
    uint64_t n;       /* 0: not stated */
    uint64_t failed;  /* of these; has_failed false: not stated */
    bool has_failed;
    double tolerance; /* share of failures still tolerable; NAN: not stated */
    enum effect effect;
};

/* By what a grade is proposed: one row each in grading.def. */
enum criterion {
#define CRITERION(name, id, grade, agrees, en, it) CRITERION_##name,
#include "answer/grading.def"
#undef CRITERION
    CRITERION_COUNT
};

/* The grade that the facts propose. The person decides. */
struct grading {
    bool is_there;
    enum grade proposed;
    enum criterion criterion;
    bool differs;       /* the person decided on a grade that does not go with the criterion */
    struct str clause;  /* of CRITERION_THREE_MINORS */
    /* the rate of failures that was looked at; n 0: none is known */
    struct str figure;  /* missing: the person's sample */
    uint64_t n;
    uint64_t failed;
    double low;         /* 95 % */
    double high;
    double tolerance;
    bool above_target;  /* the whole interval of the figure lies on the good side of its target */
};

/* A person decided otherwise than a figure: reason, by and on are those of the assessment. */
struct override {
    bool is_there;
    enum answer_status old_status; /* scored: the figure scored by itself; notchecked: proposed */
    int old_points;
    enum answer_status new_status; /* of the assessment, too */
    int new_points;                /* -1: none */
    bool is_outside; /* of proposed_low .. proposed_high */
};

/*
 * Why a question has the status it has: the word, for a report in any language. Which facts a word
 * comes with is said beside it; every word comes with all that is known of the deciding figure.
 */
enum why_code {
    WHY_PERSON,         /* a person answered: by, on of the assessment */
    WHY_EDITION,        /* the audit's edition does not have the question yet: since, edition */
    WHY_TAILORED,       /* the audit does not ask it: by, on, reason of the assessment */
    WHY_FIGURE,         /* a figure scored: measure, value, limits_by */
    WHY_UNCONFIRMED,    /* a figure proposes, by limits nobody has agreed: measure, value */
    WHY_JUDGEMENT,      /* a figure proposes, the question also needs judgement: measure, value */
    WHY_NO_FIGURE,      /* the ledger has no such figure: measure */
    WHY_NO_VALUE,       /* the figure has no value: measure, n */
    WHY_FEW_CASES,      /* too few cases: measure, n, needed */
    WHY_NO_TARGET,      /* the ladder compares with a target and none is stated: measure */
    WHY_POOR_DATA,      /* too few records pass the data checks (M-49): value of M-49 */
    WHY_EVIDENCE_ONLY,  /* figures are shown as evidence and give no points: measure */
    WHY_NO_MEASURE,     /* nothing measures it: a person has to answer */
    WHY_PARTIAL,        /* a limit of matching was met in a source of the figure: measure */
    WHY_UNTRUSTED,      /* the figure rests on a detector that is not calibrated: measure, trust */
    WHY_CODE_COUNT
};

struct why_facts {
    struct str figure; /* id of the deciding figure, "EV-003" */
    struct str measure;
    struct str variant;
    struct str unit;
    double value;  /* NAN: none */
    double target; /* NAN: none */
    uint64_t n;
    uint64_t needed;
    struct str limits_by; /* who set the limits: "law" "contract" "policy" "default" */
    struct str since;
    struct str edition;
};

/* The statement of a nonconformity; every text but requirement and nature may be missing. */
struct nonconformity {
    struct str id;
    struct str requirement; /* in own words */
    struct str document;    /* where it is written */
    struct str edition;
    struct str part;
    struct str facts; /* missing: the text of the finding */
    struct str nature;
    struct str effect; /* on customers */
    struct str containment;
    struct str acknowledged_by;
    struct str acknowledged_on; /* "YYYY-MM-DD" */
};

struct answer {
    struct str question;
    enum answer_status status;
    int points; /* -1: none */
    enum grade grade;
    struct str reason;
    struct str finding; /* text of the finding, when there is a grade; may be missing */
    struct str *evidence; /* ids or references to documents */
    struct proof *proofs; /* one for each; of figures only in an assessment */
    size_t evidence_count;
    struct str by;
    struct str on; /* a date, as written: YYYY-MM-DD */
    struct str repeats; /* nonconformity of an earlier audit; may be missing */
    struct nonconformity *nonconformity; /* NULL: none is stated */
    struct sampled sampled;
    struct where where;
    /* of attributes, in what was loaded */
    struct where question_place;
    struct where status_place;
    struct where points_place;
    struct where grade_place;
    struct where *evidence_places;
};

struct answers {
    struct str audit; /* id of the audit they answer */
    struct where where;
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
    bool is_imprecise; /* the two ends differ by more than one step, or the data are doubtful */
    struct str why;    /* English, one sentence: where the status comes from or what is missing */
    enum why_code why_code; /* the same for other languages */
    struct why_facts why_facts;
    struct str reason; /* the person's */
    struct str finding;
    struct str *evidence; /* ids of figures and references */
    struct proof *proofs; /* one for each */
    size_t evidence_count;
    int strength; /* of the strongest that the person cited, of a figure's own; -1: none */
    bool is_weak; /* conformity or nonconformity is stated on evidence below PROOF_NEEDED */
    struct sampled sampled;
    struct override override;
    struct grading grading; /* is_there with status scored */
    struct str by;
    struct str on;
    struct str repeats; /* nonconformity of an earlier audit; may be missing */
    const struct nonconformity *nonconformity; /* NULL: none is stated */
};

/* --- corrective actions --- */
enum action_status {
    ACTION_OPEN,
    ACTION_IN_PROGRESS,
    ACTION_IMPLEMENTED,
    ACTION_VERIFIED,
    ACTION_CLOSED,
    ACTION_STATUS_COUNT
};

/* One row of the corrective-action plan. Days are as written, "YYYY-MM-DD"; most may be missing. */
struct action {
    struct str id;
    struct str question;      /* what it answers: at least one of the three is there */
    struct str nonconformity; /* id of its statement */
    struct str origin;        /* in words */
    struct str owner;
    struct str raised; /* always there */
    struct str due;    /* always there */
    enum action_status status;
    struct str implemented;
    struct str closed;
    struct str correction; /* of the case itself */
    struct str corrected;
    struct str cause;
    struct str cause_method; /* "five-whys" ... */
    struct str what;         /* always there */
    struct str *evidence;
    enum proof_kind *evidence_kinds; /* one for each */
    size_t evidence_count;
    struct str check; /* of effectiveness: how it will be shown */
    struct str check_due;
    struct str checked;
    struct str checked_by;
    struct str check_result; /* "effective" "not-effective" */
    struct str check_found;
    struct str risk_update;
    struct where where;
    /* of attributes, in what was loaded */
    struct where question_place;
    struct where nonconformity_place;
    struct where *evidence_places;
};

struct actions {
    struct str audit; /* id of the audit whose plan it is */
    struct where where;
    struct action *list;
    size_t count;
    struct sha256 sha256;
};

/* Checks that need only the document itself. */
enum status actions_load(struct arena *arena, const struct library *library, struct str path,
                         struct diag *diag, struct actions **ret_actions);
/* An action that is neither implemented nor behind that, and due before that day. */
bool action_is_overdue(const struct action *action, struct str day);
const char *action_status_name(enum action_status status);
bool action_status_find(struct str name, enum action_status *ret_status);
/* The element `action`, the same in a plan and in a result; its place is not read. */
void action_read(struct xml_fields *fields, const struct xml_node *node, struct action *action);
void action_write(struct xml_writer *writer, const struct action *action);
/* The element `nonconformity` of a parent; NULL: it has none. */
struct nonconformity *nonconformity_read(struct xml_fields *fields, const struct xml_node *parent);
void nonconformity_write(struct xml_writer *writer, const struct nonconformity *statement);

/* Checks that need only the document itself. */
enum status answers_load(struct arena *arena, const struct library *library, struct str path,
                         struct diag *diag, struct answers **ret_answers);
/*
 * Checks against the questions and the figures: unknown question, gate set aside, grade that the
 * basis forbids, figure that does not exist, question that the audit leaves out. STATUS_INVALID after located diagnostics.
 */
/*
 * The checklists as the audit tailors them, in its order: questions left out, other weights. What cannot
 * be is STATUS_INVALID after located diagnostics; what is odd is said.
 */
enum status audit_tailor(struct arena *arena, const struct audit *audit,
                         struct checklist *const *checklists, struct diag *diag);
enum status answers_check(const struct answers *answers, struct checklist *const *checklists,
                          size_t checklist_count, const struct evidence *evidence,
                          struct diag *diag);
/*
 * One assessment for each question of the checklists, in order. A person's answer wins over a
 * figure's; answers may be NULL and are checked first. Questions younger than the audit's edition are informational.
 */
enum status assess(struct arena *arena, struct checklist *const *checklists, size_t checklist_count,
                   const struct evidence *evidence, const struct answers *answers,
                   struct diag *diag, struct assessment **ret_assessments, size_t *ret_count);

/*
 * Strength, weakness, override and grading of each, from its answer, its references, the proposal
 * and the rate of failures; assess has done it. Some gradings look at all of the list.
 */
enum status assessments_conclude(struct assessment *const *list, size_t count, struct diag *diag);

/* The attributes of struct sampled, of an answer or of a result's question. */
void sampled_read(struct xml_fields *fields, const struct xml_node *node, struct sampled *sampled);

const char *answer_status_name(enum answer_status status);
bool answer_status_find(struct str name, enum answer_status *ret_status);
const char *grade_name(enum grade grade); /* "" for GRADE_NONE */
bool grade_find(struct str name, enum grade *ret_grade);
const char *answer_origin_name(enum answer_origin origin);
bool answer_origin_find(struct str name, enum answer_origin *ret_origin);
const char *proof_kind_name(enum proof_kind kind); /* "" for PROOF_UNSTATED */
bool proof_kind_find(struct str name, enum proof_kind *ret_kind);
const char *proof_source_name(enum proof_source source);
bool proof_source_find(struct str name, enum proof_source *ret_source);
const char *effect_name(enum effect effect); /* "" for EFFECT_UNSTATED */
bool effect_find(struct str name, enum effect *ret_effect);
const char *criterion_name(enum criterion criterion);
bool criterion_find(struct str name, enum criterion *ret_criterion);
const char *criterion_words(enum criterion criterion, enum lang lang);
const char *why_code_name(enum why_code code);
bool why_code_find(struct str name, enum why_code *ret_code);

#endif
