/*
 * The stages of an audit, each from documents to a document: gather, score.
 *
 * Call: stage_audit; stage_gather; stage_assess, as far as needed; reports: cmd/delivery.h.
 * Owns: everything lives in the run's arena.
 * Errors: as the rooms report them; what makes the run incomplete is noted in the run.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_STAGES_H
#define CFAUDIT_CMD_STAGES_H

#include "cmd/command.h"
#include "plan/plan.h"
#include "score/score.h"

enum status stage_audit(struct run *run, const char *path, struct audit **ret_audit);
/* What gathering is to do for the audit, by the options of the command, before anything is read. */
struct gathering;
enum status stage_plan(struct run *run, const struct audit *audit, struct gathering *gathering);
/* What was gathered, as a ledger. */
enum status stage_ledger(struct gathering *gathering, const struct audit *audit,
                         struct evidence **ret_evidence);
/* Reads every source of the audit and computes every measure. None of the outputs (NULL: none) may
   be one of the sources. */
enum status stage_gather(struct run *run, const struct audit *audit, const char *const *outputs,
                         size_t output_count, struct evidence **ret_evidence);
enum status stage_checklists(struct run *run, const struct audit *audit,
                             struct checklist ***ret_checklists);
/* answers_path may be NULL. */
enum status stage_assess(struct run *run, const struct audit *audit, const char *answers_path,
                         const struct evidence *evidence, const struct sha256 *evidence_sha256,
                         struct result **ret_result);
/* Notes gates and incompleteness of a result in the run. */
void stage_judge(struct run *run, const struct result *result);

/* Document bytes, sealed; also gives their digest. The buffer is the caller's. */
enum status stage_evidence_bytes(struct run *run, const struct evidence *evidence, struct buf *out,
                                 struct sha256 *ret_sha256);
enum status stage_result_bytes(struct run *run, const struct result *result, struct buf *out);
/* Writes bytes to a path; a file there must be ours. */
enum status stage_save(struct run *run, const char *path, const struct buf *bytes);
enum status stage_print(struct run *run, const struct buf *text);
/* What became of the rows of the sources, on standard output, unless that is taken or quiet. */
enum status stage_tell_sources(struct run *run, const struct evidence *evidence, const char *path);

#endif
