/*
 * A checklist: reusable audit criteria with wording in every language.
 *
 * Call: checklist_load with a document of root `checklist`.
 * Owns: everything lives in the arena given.
 * Errors: STATUS_INVALID with located diagnostics checklist-*.
 * Units: weights are exact ratios above zero; points 0 4 6 8 10; ladder limits in the unit of the
 *        measure.
 * Source: schemas/cfaudit.xsd, root checklist.
 * Threads: constant after loading.
 */
#ifndef CFAUDIT_CHECKLIST_CHECKLIST_H
#define CFAUDIT_CHECKLIST_CHECKLIST_H

#include "base/arena.h"
#include "base/ratio.h"
#include "base/words.h"
#include "xml/fields.h"
#include "xml/library.h"

/* Letters of clause 5.1.2, as a mask. */
enum { LETTER_A = 1, LETTER_B = 2, LETTER_C = 4, LETTER_COUNT = 3 };

enum basis { BASIS_REQUIREMENT, BASIS_POLICY, BASIS_GOOD_PRACTICE, BASIS_COUNT };
enum mode { MODE_AUTO, MODE_SEMI, MODE_HUMAN, MODE_COUNT };
/* Who set the limits of a ladder; by default nobody but us. */
enum ladder_source {
    LADDER_DEFAULT,
    LADDER_POLICY,
    LADDER_CONTRACT,
    LADDER_LAW,
    LADDER_SOURCE_COUNT
};
/* Which number of the figure a step looks at. */
enum ladder_on { LADDER_ON_VALUE, LADDER_ON_LOW, LADDER_ON_HIGH, LADDER_ON_COUNT };

enum { LADDER_STEPS = 4 };

struct ladder_step {
    int points; /* 10, 8, 6, 4 in this order */
    enum ladder_on on;
    double at;
};

struct ladder {
    bool higher_is_better;
    bool minus_target; /* compares the number minus the figure's target; no target, no points */
    bool has_usual_target;
    double usual_target; /* that the limits belong to: a target of the figure moves them along */
    enum ladder_source source;
    struct ladder_step steps[LADDER_STEPS];
    size_t step_count;
};

struct binding {
    struct str measure; /* "M-07" */
    struct str variant; /* missing: the first variant that has a value */
    uint64_t cases;     /* that the figure needs before it earns points; 0: as a sample does */
    bool has_ladder;    /* without: the figure is shown as evidence and gives no points */
    struct ladder ladder;
};

/* What an audit changed about a question; nothing of it is missing. */
enum tailored_change { TAILORED_LEFT_OUT, TAILORED_WEIGHED, TAILORED_COUNT };
struct tailored {
    enum tailored_change change;
    struct ratio weight; /* of TAILORED_WEIGHED: that of the checklist */
    struct str by;
    struct str on; /* "YYYY-MM-DD" */
    struct str reason;
};

struct question {
    struct str id; /* "CF-COR-05" */
    unsigned revision;
    struct str section; /* id of its section */
    struct str *clauses;
    size_t clause_count;
    unsigned letters;
    enum basis basis;
    enum mode mode;
    struct ratio weight;
    bool is_gate;
    struct str since; /* first edition that has it; missing: all */
    struct words text;
    struct words evidence;    /* what an auditor would accept */
    struct words help;        /* may be missing */
    struct binding *bindings; /* points: the lowest of those that give any */
    size_t binding_count;
    const struct tailored *tailored; /* NULL: asked as the checklist has it */
    struct where where;
};

struct section {
    struct str id;
    struct words title;
    bool has_weight; /* else 1; only models that weigh sections look at it */
    struct ratio weight;
};

struct checklist {
    struct str id;
    unsigned revision;
    struct words title;
    struct section *sections;
    size_t section_count;
    struct question *questions; /* in document order */
    size_t question_count;
    size_t whole_count; /* of the document; more than question_count where only some are asked */
    struct sha256 sha256;
};

enum status checklist_load(struct arena *arena, const struct library *library, struct str name,
                           struct str folder, struct diag *diag, struct checklist **ret_checklist);

/* Only the questions of that basis and mode stay, and sections that have one; missing: any. */
void checklist_take(struct checklist *checklist, struct str basis, struct str mode);
/* The element `question`, in a checklist or in a result; errors in fields->status. */
void question_read(struct xml_fields *fields, const struct xml_node *node,
                   struct question *question);
/* In this order, between opening and closing the element. */
void question_write_attributes(struct xml_writer *writer, const struct question *question);
void question_write_content(struct xml_writer *writer, const struct question *question);
/* Whether the audit that the question is of does not ask it. */
bool question_is_left_out(const struct question *question);
/* The element `tailored` of a result's question; NULL: it has none, and writes none. */
struct tailored *tailored_read(struct xml_fields *fields, const struct xml_node *question);
void tailored_write(struct xml_writer *writer, const struct tailored *tailored);
/* As documents write it: "2.5", no noughts at the end. */
void weight_format(struct ratio weight, struct buf *out);
/* The element `section`. */
void section_read(struct xml_fields *fields, const struct xml_node *node, struct section *section);
void section_write(struct xml_writer *writer, const struct section *section);
struct ratio section_weight(const struct section *section);

/* Names as written in documents; -1 / NULL never happens for a valid enum. */
const char *basis_name(enum basis basis);
bool basis_find(struct str name, enum basis *ret_basis);
const char *mode_name(enum mode mode);
bool mode_find(struct str name, enum mode *ret_mode);
const char *ladder_source_name(enum ladder_source source);
bool ladder_source_find(struct str name, enum ladder_source *ret_source);
const char *tailored_name(enum tailored_change change);
bool tailored_find(struct str name, enum tailored_change *ret_change);
const char *ladder_on_name(enum ladder_on on);
bool ladder_on_find(struct str name, enum ladder_on *ret_on);

/* Editions in order: "2015" < "2015+A1" < "2026". Whether a question of `since` is in `edition`. */
bool edition_has(struct str edition, struct str since);
/* The i-th of them; NULL behind the last. */
const char *edition_at(size_t i);
/* What an audit and a question that name none are about: "2015+A1". */
struct str edition_default(void);
/* "ac" for LETTER_A | LETTER_C */
struct str letters_text(unsigned letters);
bool letters_find(struct str text, unsigned *ret_letters);

#endif
