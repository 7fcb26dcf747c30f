#include "lint/lint_kind.h"

#include "answer/answer.h"
#include "checklist/checklist.h"
#include "detect/lexicon_samples.h"
#include "evidence/evidence.h"
#include "lint/lint_dossier.h"
#include "lint/map_samples.h"
#include "plan/calibration.h"
#include "lint/process_samples.h"
#include "plan/clause_table.h"
#include "plan/plan.h"
#include "score/score_model.h"

static const struct str none = {NULL, 0};

/* A calendar may leave its zone to whoever uses it: any will do to read it. */
static const struct str any_zone = STR_INIT("UTC");

static enum status read_checklist(const struct lint_reading *reading, void **ret_model)
{
    struct checklist *checklist;

    (void)ret_model;
    return checklist_load(reading->arena, reading->library, reading->name, none, reading->diag,
                          &checklist);
}

static enum status read_source_map(const struct lint_reading *reading, void **ret_model)
{
    struct source_map *map = NULL;
    enum status status = source_map_load(reading->arena, reading->library, reading->name, none,
                                         reading->diag, &map);

    (void)ret_model;
    return status == STATUS_OK ? map_samples_check(map, reading->diag) : status;
}

static enum status read_calendar(const struct lint_reading *reading, void **ret_model)
{
    struct calendar_document *calendar = NULL;
    enum status status = calendar_load(reading->arena, reading->library, reading->name, none,
                                       any_zone, none, reading->diag, &calendar);

    (void)ret_model;
    calendar_document_free(calendar);
    return status;
}

static enum status read_sla(const struct lint_reading *reading, void **ret_model)
{
    struct sla_document *sla = NULL;
    struct diag own;
    enum status status;

    (void)ret_model;
    diag_init(&own);
    status = sla_load(reading->arena, reading->library, reading->name, none, any_zone, none, &own,
                      &sla);
    sla_document_free(sla);
    /* what is said of its calendars is told where they are named */
    diag_drop(&own, RULE_DOCUMENT_UNKNOWN);
    diag_merge_of(reading->diag, &own, reading->name);
    diag_done(&own);
    /* one that is not there is wrong with the agreement, which was looked at to its end */
    return status == STATUS_USAGE || status == STATUS_IO ? STATUS_INVALID : status;
}

static enum status read_profile(const struct lint_reading *reading, void **ret_model)
{
    struct profile *profile = NULL;

    (void)ret_model;
    return profile_load(reading->arena, reading->library, reading->name, none, reading->diag,
                        &profile);
}

static enum status read_process(const struct lint_reading *reading, void **ret_model)
{
    struct process_document *process = NULL;
    enum status status = process_load(reading->arena, reading->library, reading->name, none,
                                      reading->diag, &process);

    (void)ret_model;
    return status == STATUS_OK ? process_samples_check(process, reading->diag) : status;
}

static enum status read_score_model(const struct lint_reading *reading, void **ret_model)
{
    struct score_rules *rules = NULL;

    (void)ret_model;
    return score_rules_load(reading->arena, reading->library, reading->name, none, reading->diag,
                            &rules);
}

static enum status read_trust_policy(const struct lint_reading *reading, void **ret_model)
{
    struct trust_policy *policy = NULL;

    (void)ret_model;
    return trust_policy_load(reading->arena, reading->library, reading->name, none, reading->diag,
                             &policy);
}

static enum status read_clause_table(const struct lint_reading *reading, void **ret_model)
{
    struct clause_table *table = NULL;

    (void)ret_model;
    return clause_table_read(reading->arena, reading->library, reading->name, none, reading->diag,
                             &table);
}

static enum status read_lexicon(const struct lint_reading *reading, void **ret_model)
{
    struct lexicon *lexicon = NULL;
    enum status status = lexicon_load(reading->arena, reading->library, reading->name, none,
                                      reading->diag, &lexicon);

    (void)ret_model;
    return status == STATUS_OK ? lexicon_check(lexicon, reading->diag) : status;
}

static enum status read_calibration(const struct lint_reading *reading, void **ret_model)
{
    struct calibration *calibration = NULL;

    (void)ret_model;
    return calibration_load(reading->arena, reading->library, reading->name, none, reading->diag,
                            &calibration);
}

static enum status read_audit(const struct lint_reading *reading, void **ret_model)
{
    struct audit *audit = NULL;
    enum status status =
        audit_load(reading->arena, reading->library, reading->name, reading->diag, &audit);

    *ret_model = audit;
    if (status == STATUS_OK)
        status = dossier_check_tailoring(reading->arena, reading->library, audit, reading->diag);
    return status;
}

static enum status read_evidence(const struct lint_reading *reading, void **ret_model)
{
    struct evidence *evidence = NULL;
    struct sha256 sum;
    enum status status = evidence_load(reading->arena, reading->library, reading->name,
                                       reading->diag, &evidence, &sum);

    *ret_model = evidence;
    return status;
}

static enum status read_answers(const struct lint_reading *reading, void **ret_model)
{
    struct answers *answers = NULL;
    enum status status =
        answers_load(reading->arena, reading->library, reading->name, reading->diag, &answers);

    *ret_model = answers;
    return status;
}

static enum status read_actions(const struct lint_reading *reading, void **ret_model)
{
    struct actions *actions = NULL;
    enum status status =
        actions_load(reading->arena, reading->library, reading->name, reading->diag, &actions);

    *ret_model = actions;
    return status;
}

static enum status read_result(const struct lint_reading *reading, void **ret_model)
{
    struct result *result = NULL;
    enum status status =
        result_load(reading->arena, reading->library, reading->name, reading->diag, &result);

    *ret_model = result;
    /* it was looked at to its end, and is wrong */
    return status == STATUS_INTEGRITY ? STATUS_INVALID : status;
}

static const struct lint_kind kind_checklist = {.root = "checklist", .read = read_checklist};
static const struct lint_kind kind_source_map = {.root = "source-map", .read = read_source_map};
static const struct lint_kind kind_calendar = {.root = "calendar", .read = read_calendar};
static const struct lint_kind kind_sla = {.root = "sla", .read = read_sla};
static const struct lint_kind kind_profile = {.root = "profile", .read = read_profile};
static const struct lint_kind kind_process = {.root = "process", .read = read_process};
static const struct lint_kind kind_score_model = {.root = "score-model", .read = read_score_model};
static const struct lint_kind kind_trust_policy = {.root = "trust-policy",
                                                   .read = read_trust_policy};
static const struct lint_kind kind_clause_table = {.root = "clause-table",
                                                   .read = read_clause_table};
static const struct lint_kind kind_calibration = {.root = "calibration",
                                                  .read = read_calibration};
static const struct lint_kind kind_lexicon = {.root = "lexicon", .read = read_lexicon};
static const struct lint_kind kind_audit = {
    .root = "audit", .read = read_audit, .keeps_model = true};
static const struct lint_kind kind_evidence = {
    .root = "evidence", .read = read_evidence, .keeps_model = true};
static const struct lint_kind kind_answers = {
    .root = "answers", .read = read_answers, .keeps_model = true, .meet = dossier_check_answers};
static const struct lint_kind kind_actions = {
    .root = "actions", .read = read_actions, .keeps_model = true, .meet = dossier_check_actions};
static const struct lint_kind kind_result = {
    .root = "result", .read = read_result, .keeps_model = true};

const struct lint_kind *const lint_kinds[] = {
    &kind_checklist,   &kind_audit,    &kind_answers,
    &kind_actions,     &kind_evidence, &kind_result,
    &kind_source_map,  &kind_calendar, &kind_sla,
    &kind_profile,     &kind_process, &kind_score_model, &kind_clause_table, &kind_lexicon, &kind_calibration,
    &kind_trust_policy, NULL,
};

const struct lint_kind *lint_kind_find(struct str root)
{
    size_t i;

    for (i = 0; lint_kinds[i]; i++)
        if (str_is(root, lint_kinds[i]->root))
            return lint_kinds[i];
    return NULL;
}
