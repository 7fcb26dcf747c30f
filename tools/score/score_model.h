/*
 * Models: ways to make one number, or none, out of the same answers.
 *
 * Call: score_model_find by name; a result carries what every model makes of it (result.scores).
 * Owns: rows are constant; rules live in the arena they were loaded into.
 * Errors: STATUS_MEMORY; a sum that does not fit an exact fraction is rounded and says so.
 * Units: score and maximum as the model counts; weights and points as in score/score.h.
 * Source: NIST IR 7275 revision 4 for the models of XCCDF 1.2; rules of a points model are data,
 *         schemas/models. Nothing that counts gives no score: neither 0 nor a pass.
 * Threads: constant; scoring touches its task alone.
 */
#ifndef CFAUDIT_SCORE_SCORE_MODEL_H
#define CFAUDIT_SCORE_SCORE_MODEL_H

#include "score/score.h"

/* --- states --- */

/*
 * How an answer counts where only met and not met are known: the words of XCCDF 1.2. A grade
 * decides (a minor or major nonconformity fails, every other grade passes); without one the points
 * do: 8 ("met in the main") and 10 pass. A figure that has too few cases or poor data, where
 * nothing but the figure is asked, is unknown.
 */
enum question_state {
    STATE_PASS,
    STATE_FAIL,
    STATE_UNKNOWN,
    STATE_NOTAPPLICABLE,
    STATE_NOTCHECKED,
    STATE_NOTSELECTED,
    STATE_INFORMATIONAL,
    STATE_COUNT
};

enum question_state question_state(const struct result_question *item);
const char *question_state_name(enum question_state state);
/* XCCDF: pass, fail and unknown stand in the denominator. */
bool question_state_counts(enum question_state state);

/* --- rules of a points model --- */

enum rule_part { PART_SECTION, PART_LETTER, PART_GATE, PART_QUESTION, PART_COUNT };

/* "A section below 80 % leaves at most B"; "a gate question with 4 points leaves at most B". */
struct score_downgrade {
    struct str id;
    enum rule_part part;
    struct ratio below; /* sections and letters: per cent */
    int points;         /* questions: exactly these */
    enum band at_most;
};

struct score_rules {
    struct str id;
    unsigned revision;
    struct words title;
    struct words note;      /* may be missing */
    struct ratio evaluated; /* least share of the questions of a section that has any answer */
    unsigned decimals;      /* of per cent, before a section or letter is compared */
    struct ratio band_a;    /* per cent, from which */
    struct ratio band_b;
    struct score_downgrade *downgrades; /* in order; the first that decides is named */
    size_t downgrade_count;
};

/* Rules are a document of root `score-model`, by name or path. */
enum status score_rules_load(struct arena *arena, const struct library *library, struct str name,
                             struct str folder, struct diag *diag, struct score_rules **ret_rules);
/* The element, in its own document or in a result. */
void score_rules_read(struct xml_fields *fields, const struct xml_node *node,
                      struct score_rules *rules);
void score_rules_write(struct xml_writer *writer, const struct score_rules *rules);
const char *rule_part_name(enum rule_part part);

/* --- models --- */

struct score_task {
    struct arena *arena; /* scratch */
    const struct result *result;
    enum index_kind kind;
    /* One for each question of the result, zeroes; filled where the model is a sum. NULL: none. */
    struct ratio *parts;
};

/* What is said of a model, each in one sentence. */
struct model_words {
    struct words title;
    struct words range;
    struct words na;
    struct words open;
    struct words unknown;
    struct words rounding;
    struct words gates;
};

struct score_model {
    const char *name;   /* by rules: that of the shipped ones */
    const char *system; /* as XCCDF names scoring systems; rules add their own name */
    bool by_rules;      /* result.rules, else no score */
    bool is_sum;        /* the parts of the questions add up to the score */
    bool is_share;      /* the maximum is always 100: shown as per cent */
    struct model_words words;
    /* *score is zeroed; STATUS_OK or STATUS_MEMORY, reported by the caller. */
    enum status (*compute)(const struct score_task *task, struct model_score *score);
};

extern const struct score_model *const score_models[]; /* ours first; ends with NULL */

/* NULL when there is none; a points model also answers to the name of `rules` (may be NULL). */
const struct score_model *score_model_find(struct str name, const struct score_rules *rules);
size_t score_model_count(void);
/* Number of a row in score_models. */
size_t score_model_number(const struct score_model *model);
/* Name under which a result shows the model: that of its rules where it goes by some. */
struct str score_model_name(const struct score_model *model, const struct result *result);
/* The system likewise. */
void score_model_system(const struct score_model *model, const struct score_rules *rules,
                        struct buf *out);
/*
 * What each question of the result contributes to the score of a model that is a sum: they add up
 * to it exactly. *ret_parts has one for each question of the result, zero for the others; a part
 * that does not fit an exact fraction is broken.
 */
enum status score_parts(struct arena *arena, const struct result *result, enum index_kind kind,
                        const struct score_model *model, struct diag *diag,
                        struct ratio **ret_parts);
/* What the model says of one index; NULL where it was not asked (no rules). */
const struct model_score *result_score(const struct result *result, enum index_kind kind,
                                       const struct score_model *model);
/* The model that result.model names; every loaded or computed result has one. */
const struct score_model *result_model(const struct result *result);

#endif
