/*
 * Results for people: pages of a workbook and a summary for the screen, in English or Italian.
 *
 * Call: report_build with a ledger and a result; or report_figures with a ledger alone; then a
 *       writer (writer/writer.h). report_summary for the screen. result_forms for what is made
 *       without pages.
 * Owns: books live in the arena and borrow the ledger's and result's texts.
 * Errors: STATUS_MEMORY; an unknown time zone as zone_load reports it.
 * Units: as in evidence/evidence.h and score/score.h.
 * Source: nothing but these two documents: a report can be made again years later.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_REPORT_REPORT_H
#define CFAUDIT_REPORT_REPORT_H

#include "lint/lint.h"
#include "page/page.h"
#include "score/score.h"

enum status report_build(struct arena *arena, const struct evidence *evidence,
                         const struct result *result, enum lang lang, struct diag *diag,
                         struct book **ret_book);
/* Only what needs no answers: metrics (main sheet), series, evidence, sources, data quality, log. */
enum status report_figures(struct arena *arena, const struct evidence *evidence, enum lang lang,
                           struct diag *diag, struct book **ret_book);
/* Figures of a ledger for the terminal, each with its breakdowns and months as small tables. */
enum status report_figures_text(struct arena *arena, const struct evidence *evidence,
                                enum lang lang, struct diag *diag, struct buf *out);
/* What became of the rows of each source, and what the rules of text logs took, for the terminal. */
enum status report_sources_text(struct arena *arena, const struct evidence *evidence,
                                enum lang lang, struct diag *diag, struct buf *out);
struct score_model;
struct score_rules;

/* What a model is, and what it does with what is missing; rules (may be NULL) of a points model. */
enum status report_model(const struct score_model *model, const struct score_rules *rules,
                         enum lang lang, struct diag *diag, struct buf *out);
/* How the score comes about, question by question, and what would lift the band; as text. */
enum status report_derivation(const struct result *result, enum lang lang, struct diag *diag,
                              struct buf *out);
/* The same for programs: {"schema": "urn:cfaudit:explain:1", "derivations": [...] ...}. */
enum status report_derivation_json(const struct result *result, struct diag *diag,
                                   struct buf *out);
/*
 * Plain text of at most 80 columns. Output paths are the command's business. Running out of memory
 * shows in out->failed.
 */
void report_summary(const struct evidence *evidence, const struct result *result, enum lang lang,
                    struct buf *out);

/*
 * Copies of ledger and result without what is internal: notes and reasons, names of persons and of
 * files, messages of the run (the manual has the list). All that is made from them is a client copy
 * and says so. They live in the arena and borrow from the originals.
 */
enum status client_copy(struct arena *arena, const struct evidence *evidence,
                        const struct result *result, enum lang lang, struct diag *diag,
                        const struct evidence **ret_evidence, const struct result **ret_result);

/* What forms that are not made of pages are made from. */
struct form_input {
    const struct evidence *evidence;
    const struct result *result;
    enum lang lang;
    int exit_code;           /* how the command will end */
    const char *exit_reason; /* the same as a word: "done", "gate", "coverage" ... */
};

/* What was found in documents that were checked, in the order in which they were. */
struct check_input {
    const struct lint_set *set;
    enum severity lowest; /* that is shown; the others are counted */
    bool mends;           /* what could be mended was */
    const char *tool;     /* with its version */
    int exit_code;
    const char *exit_reason;
};

/* A form made without pages, of a result, of checked documents, or of both. */
struct result_form {
    const char *name;   /* "json" */
    const char *ending; /* ".json" */
    const char *about;  /* one line, for lists */
    bool is_sealed;     /* may end with a comment of XML that holds its digest */
    enum status (*write)(const struct form_input *input, struct buf *out, struct diag *diag);
    enum status (*write_check)(const struct check_input *input, struct buf *out,
                               struct diag *diag);
};

extern const struct result_form *const result_forms[]; /* ends with NULL */

#endif
