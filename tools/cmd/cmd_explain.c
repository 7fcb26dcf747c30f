/* explain: the whole of one thing: measure, model, question, diagnostic, shipped document, result. */
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/command_table.h"
#include "cmd/explain_audit.h"
#include "cmd/explain_checklist.h"
#include "cmd/explain_lexicon.h"
#include "cmd/explain_names.h"
#include "cmd/explain_plan.h"
#include "cmd/explain_process.h"
#include "cmd/model_choice.h"
#include "cmd/stages.h"
#include "lint/lint.h"
#include "measure/measure.h"
#include "report/report.h"
#include "source/shipped.h"

enum { TEXT_BYTES = 1 << 30, NAMES_MAX = 512 };

static const struct option_row options[] = {
    {"format", 'f', "text|json", false, "of a result: for people (default) or for programs"},
    {"source", 0, NULL, false, "print a shipped document as it is"},
    {"year", 0, "YEAR", false, "of a calendar: days from this year on (default: the present one)"},
    {"patron", 0, "MM-DD", false, "of calendars: holiday of the town"},
    {NULL, 0, NULL, false, NULL},
};

static void explain_measure(struct run *run, const struct measure *measure, struct buf *out)
{
    static const char *const kinds[] = {
        [VARIANT_DURATION] = "duration in seconds, p50",
        [VARIANT_SHARE] = "share, k/n",
        [VARIANT_QUANTITY] = "number per case, mean",
        [VARIANT_COUNT] = "number of cases",
        [VARIANT_RATIO] = "ratio",
        [VARIANT_FACTOR] = "quotient, p50",
        [VARIANT_MEAN] = "share of each case, mean",
        [VARIANT_SCORE] = "points, p50",
        [VARIANT_NET] = "points, 100 * mean",
        [VARIANT_PART] = "part of the time",
        [VARIANT_P85] = "duration in seconds, p85",
        [VARIANT_P95] = "duration in seconds, p95",
        [VARIANT_SAFE_85] = "duration in seconds that 85 % keep, chance included",
        [VARIANT_SAFE_95] = "duration in seconds that 95 % keep, chance included",
        [VARIANT_INDEX] = "index of all together",
    };
    size_t v;

    buf_printf(out, "%s %s: %.*s\n\n%.*s\n\n", measure->id, measure->name,
               STR_ARG(words_in(&measure->title, run->lang)),
               STR_ARG(words_in(&measure->definition, run->lang)));
    buf_printf(out, "formula  %s\nfields   %s\nsource   %s\nvariants\n", measure->formula,
               measure->fields, measure->source);
    for (v = 0; v < measure->variant_count; v++)
        buf_printf(out, "  %-24s %s; over %s\n", measure->variants[v].name,
                   kinds[measure->variants[v].kind], measure->variants[v].population);
}

static void explain_rule(enum rule rule, struct buf *out)
{
    const struct rule_info *info = rule_info(rule);

    const char *fix = lint_rule_fix(rule);

    buf_printf(out, "%s (%s): %s\n\n%s\n", info->name, severity_name(info->severity),
               info->message, info->explanation);
    if (fix)
        buf_printf(out, "\nWhere only one thing can be meant, 'cfaudit validate --fix' %s.\n", fix);
}

static void explain_ladder(const struct binding *binding, struct buf *out)
{
    static const char *const numbers[] = {"value", "lower limit", "upper limit"};
    const struct ladder *ladder = &binding->ladder;
    size_t s;

    buf_printf(out, "measure   %.*s%s%.*s\n", STR_ARG(binding->measure),
               binding->variant.len ? " " : "", STR_ARG(binding->variant));
    if (!binding->has_ladder)
        return;
    if (binding->cases)
        buf_printf(out, "  from %" PRIu64 " case%s on\n", binding->cases,
                   binding->cases == 1 ? "" : "s");
    buf_printf(out, "  limits by %s, %s is better%s\n", ladder_source_name(ladder->source),
               ladder->higher_is_better ? "higher" : "lower",
               ladder->minus_target ? ", difference from the target" : "");
    if (ladder->has_usual_target) {
        buf_add_text(out, "  they move with the target of the audit, which is usually ");
        buf_add_double(out, ladder->usual_target);
        buf_add_char(out, '\n');
    }
    for (s = 0; s < ladder->step_count; s++) {
        buf_printf(out, "  %2d points: %s %s ", ladder->steps[s].points,
                   numbers[ladder->steps[s].on], ladder->higher_is_better ? ">=" : "<=");
        buf_add_double(out, ladder->steps[s].at);
        buf_add_char(out, '\n');
    }
}

static void explain_question(struct run *run, const struct question *question, struct buf *out)
{
    size_t i;

    buf_printf(out, "%.*s (revision %u)\n\n%.*s\n\n", STR_ARG(question->id), question->revision,
               STR_ARG(words_in(&question->text, run->lang)));
    buf_printf(out, "basis     %s\nmode      %s\nweight    ", basis_name(question->basis),
               mode_name(question->mode));
    ratio_format(question->weight, out);
    buf_printf(out, "%s\nletters   %.*s\nclauses  ", question->is_gate ? ", gate" : "",
               STR_ARG(letters_text(question->letters)));
    for (i = 0; i < question->clause_count; i++)
        buf_printf(out, " %.*s", STR_ARG(question->clauses[i]));
    if (question->since.len)
        buf_printf(out, "\nsince     edition %.*s", STR_ARG(question->since));
    buf_printf(out, "\nevidence  %.*s\n", STR_ARG(words_in(&question->evidence, run->lang)));
    if (words_in(&question->help, run->lang).len)
        buf_printf(out, "help      %.*s\n", STR_ARG(words_in(&question->help, run->lang)));
    for (i = 0; i < question->binding_count; i++)
        explain_ladder(&question->bindings[i], out);
}

/* Looks through the shipped checklists; *ret_found tells. */
static enum status find_question(struct run *run, struct str name, struct buf *out, bool *ret_found)
{
    const struct shipped *document;
    enum status status = run_library(run);
    size_t i;

    for (document = shipped_documents; document->name && status == STATUS_OK; document++) {
        struct checklist *checklist = NULL;

        if (!str_starts(str_of(document->path), "checklists/"))
            continue;
        status = checklist_load(&run->arena, &run->library, str_of(document->name),
                                (struct str){NULL, 0}, &run->diag, &checklist);
        for (i = 0; status == STATUS_OK && i < checklist->question_count; i++) {
            if (!str_equal_nocase(checklist->questions[i].id, name))
                continue;
            explain_question(run, &checklist->questions[i], out);
            *ret_found = true;
        }
    }
    return status;
}

static enum status not_known(struct run *run, struct str name)
{
    const char *names[NAMES_MAX + 1];
    const char *nearest;
    size_t count = 0;
    size_t i;

    for (i = 0; measures[i] && count < NAMES_MAX; i++)
        names[count++] = measures[i]->name;
    for (i = 0; score_models[i] && count < NAMES_MAX; i++)
        names[count++] = score_models[i]->name;
    for (i = 0; shipped_documents[i].name && count < NAMES_MAX; i++)
        names[count++] = shipped_documents[i].name;
    for (i = 0; i < RULE_COUNT && count < NAMES_MAX; i++)
        names[count++] = rule_info((enum rule)i)->name;
    names[count] = NULL;
    nearest = str_nearest(name, names);
    diag_report(&run->diag, RULE_NOT_KNOWN, WHERE_NONE, "'%.*s'", STR_ARG(name));
    diag_hint(&run->diag, nearest ? "did you mean '%s'?" : "cfaudit list%s", nearest ? nearest : "");
    return STATUS_USAGE;
}

static enum status explain_result(struct run *run, const struct xml_document *document,
                                  struct buf *out)
{
    struct result *result = NULL;
    enum status status = result_read(&run->arena, document, &run->diag, &result);

    if (status != STATUS_OK)
        return status;
    if (str_is(args_str(&run->args, "format"), "json"))
        return report_derivation_json(result, &run->diag, out);
    return report_derivation(result, run->lang, &run->diag, out);
}

static enum status explain_model(struct run *run, struct str name,
                                 const struct score_model *model, struct buf *out)
{
    const struct score_rules *rules = NULL;
    enum status status = STATUS_OK;

    if (model->by_rules) {
        status = run_library(run);
        if (status == STATUS_OK)
            status = model_rules(run, name, (struct str){NULL, 0}, &rules);
    }
    return status == STATUS_OK ? report_model(model, rules, run->lang, &run->diag, out) : status;
}

/* The one whose rules are documents. */
static const struct score_model *rules_model(void)
{
    size_t i = 0;

    while (!score_models[i]->by_rules)
        i++;
    return score_models[i];
}

/* Documents that are better told than shown; *ret_found tells. */
static enum status explain_shipped(struct run *run, struct str name,
                                   const struct shipped *document, struct buf *out,
                                   bool *ret_found)
{
    struct str path = str_of(document->path);

    *ret_found = true;
    if (str_starts(path, "checklists/"))
        return explain_checklist(run, name, out);
    if (str_starts(path, "schemas/profiles/"))
        return explain_profile(run, name, out);
    if (str_starts(path, "schemas/calendars/"))
        return explain_calendar(run, name, out);
    if (str_starts(path, "schemas/lexicons/"))
        return explain_lexicon(run, name, out);
    if (str_starts(path, "schemas/slas/"))
        return explain_sla(run, name, out);
    if (str_starts(path, "schemas/processes/"))
        return explain_process(run, name, out);
    if (str_starts(path, "schemas/models/"))
        return explain_model(run, name, rules_model(), out);
    *ret_found = false;
    return STATUS_OK;
}

/* What it is, its root says; anything that is nothing else has to be a result. */
static enum status explain_path(struct run *run, struct str path, struct buf *out)
{
    struct xml_document *xml = NULL;
    struct result *none = NULL;
    enum status status = run_library(run);
    struct str root;

    if (status == STATUS_OK)
        status = library_load_path(&run->library, path, NULL, &run->diag, &xml);
    if (status != STATUS_OK)
        return status;
    root = str_of(xml_name(xml_root(xml)));
    if (str_is(args_str(&run->args, "format"), "json") && !str_is(root, "result"))
        status = run_usage(run, "'--format json' tells results only");
    else if (str_is(root, "calendar"))
        status = explain_calendar(run, path, out);
    else if (str_is(root, "sla"))
        status = explain_sla(run, path, out);
    else if (str_is(root, "lexicon"))
        status = explain_lexicon(run, path, out);
    else if (str_is(root, "checklist"))
        status = explain_checklist(run, path, out);
    else if (str_is(root, "profile"))
        status = explain_profile(run, path, out);
    else if (str_is(root, "process"))
        status = explain_process(run, path, out);
    else if (str_is(root, "score-model"))
        status = explain_model(run, path, rules_model(), out);
    else if (str_is(root, "audit"))
        status = explain_audit(run, run->args.operands[0], out);
    else if (str_is(root, "result"))
        status = explain_result(run, xml, out);
    else
        status = result_load(&run->arena, &run->library, path, &run->diag, &none);
    xml_free(xml);
    return status;
}

static enum status explain(struct run *run, struct str name, struct buf *out)
{
    const struct measure *measure = measure_find(name);
    const struct shipped *document = shipped_find(name);
    enum rule rule = rule_find(name);
    enum status status;
    bool found = false;

    if (library_name_is_path(name))
        return explain_path(run, name, out);
    if (document && !args_has(&run->args, "source")) {
        status = run_library(run);
        if (status == STATUS_OK)
            status = explain_shipped(run, name, document, out, &found);
        if (status != STATUS_OK || found)
            return status;
    }
    if (document && (args_has(&run->args, "source") || (!measure && rule == RULE_COUNT))) {
        buf_add(out, shipped_bytes(document));
        return STATUS_OK;
    }
    if (model_known(name))
        return explain_model(run, name, model_known(name), out);
    if (measure) {
        explain_measure(run, measure, out);
        return STATUS_OK;
    }
    if (rule != RULE_COUNT) {
        explain_rule(rule, out);
        return STATUS_OK;
    }
    if (explain_field(name, out) || explain_form(name, out) || explain_detector(run, name, out))
        return STATUS_OK;
    status = find_question(run, name, out, &found);
    if (status != STATUS_OK || found)
        return status;
    return not_known(run, name);
}

static enum status run_explain(struct run *run)
{
    struct str format = args_str(&run->args, "format");
    enum status status;
    struct buf out;

    if (run->args.operand_count != 1)
        return run_usage(run, "what should be explained?");
    if (format.ptr && !str_is(format, "text") && !str_is(format, "json"))
        return run_usage(run, "'--format' is text or json, not '%.*s'", STR_ARG(format));
    if (str_is(format, "json") && !library_name_is_path(str_of(run->args.operands[0])))
        return run_usage(run, "'--format json' tells results only");
    buf_init(&out, TEXT_BYTES);
    status = explain(run, str_of(run->args.operands[0]), &out);
    if (status == STATUS_OK)
        status = stage_print(run, &out);
    buf_done(&out);
    return status;
}

const struct command command_explain = {
    .name = "explain",
    .operands = "NAME",
    .summary = "one measure, model, question, field, diagnostic, document, audit or result",
    .options = options,
    .run = run_explain,
};
