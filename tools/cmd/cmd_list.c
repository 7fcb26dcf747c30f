/* list: what there is: measures, maps, checklists, calendars, agreements, clauses, ... */
#include "base/buf.h"
#include "cmd/command_table.h"
#include "cmd/forms.h"
#include "cmd/list_supply.h"
#include "cmd/stages.h"
#include "lint/lint.h"
#include "measure/measure.h"
#include "score/score_model.h"
#include "reader/reader.h"
#include "source/shipped.h"
#include "text/log_pattern.h"
#include "xml/fields.h"

enum { TEXT_BYTES = 16 << 20 };

static const struct option_row options[] = {
    {"audit", 0, "AUDIT", false, "of questions: what its sources give each, and what they lack"},
    {NULL, 0, NULL, false, NULL},
};

static enum status list_measures(struct run *run, struct buf *out)
{
    size_t i;

    for (i = 0; measures[i]; i++)
        buf_printf(out, "%-5s %-19s %.*s\n", measures[i]->id, measures[i]->name,
                   STR_ARG(words_in(&measures[i]->title, run->lang)));
    return STATUS_OK;
}

/* Shipped documents below a folder of the source tree. */
static enum status list_shipped(const char *folder, struct buf *out)
{
    const struct shipped *document;

    for (document = shipped_documents; document->name; document++)
        if (str_starts(str_of(document->path), folder))
            buf_printf(out, "%s\n", document->name);
    return STATUS_OK;
}

static enum status list_maps(struct run *run, struct buf *out)
{
    (void)run;
    return list_shipped("schemas/sources/", out);
}

/* With their titles; a calendar without its title would be a name to guess at. */
static enum status list_titled(struct run *run, const char *folder, const char *root,
                               struct buf *out)
{
    const struct shipped *document;
    enum status status = run_library(run);

    for (document = shipped_documents; document->name && status == STATUS_OK; document++) {
        struct xml_document *xml = NULL;
        struct xml_fields fields = {NULL, &run->arena, &run->diag, STATUS_OK};
        struct words title;

        if (!str_starts(str_of(document->path), folder))
            continue;
        status = library_load(&run->library, str_of(document->name), (struct str){NULL, 0}, root,
                              &run->diag, &xml);
        if (status != STATUS_OK)
            continue;
        fields.document = xml;
        title = xml_field_words(&fields, xml_root(xml), "title");
        status = fields.status;
        buf_printf(out, "%-16s %.*s\n", document->name, STR_ARG(words_in(&title, run->lang)));
        xml_free(xml);
    }
    return status;
}

static enum status list_calendars(struct run *run, struct buf *out)
{
    return list_titled(run, "schemas/calendars/", "calendar", out);
}

static enum status list_clauses(struct run *run, struct buf *out)
{
    return list_titled(run, "schemas/clauses/", "clause-table", out);
}

static enum status list_models(struct run *run, struct buf *out)
{
    size_t i;

    for (i = 0; score_models[i]; i++)
        buf_printf(out, "%-21s %.*s\n", score_models[i]->name,
                   STR_ARG(words_in(&score_models[i]->words.title, run->lang)));
    return STATUS_OK;
}

static enum status list_profiles(struct run *run, struct buf *out)
{
    return list_titled(run, "schemas/profiles/", "profile", out);
}

static enum status list_lexicons(struct run *run, struct buf *out)
{
    return list_titled(run, "schemas/lexicons/", "lexicon", out);
}

static enum status list_detectors(struct run *run, struct buf *out)
{
    int i;

    for (i = 0; i < DETECTOR_COUNT; i++)
        buf_printf(out, "%-15s %.*s\n", detector_name((enum detector)i),
                   STR_ARG(words_in(detector_title((enum detector)i), run->lang)));
    return STATUS_OK;
}

static enum status list_slas(struct run *run, struct buf *out)
{
    return list_titled(run, "schemas/slas/", "sla", out);
}

static enum status list_processes(struct run *run, struct buf *out)
{
    return list_titled(run, "schemas/processes/", "process", out);
}

/* Each shipped checklist, in the order of their names. */
static enum status each_checklist(struct run *run, struct buf *out,
                                  void (*tell)(const struct run *run,
                                               const struct checklist *checklist, struct buf *out))
{
    const struct shipped *document;
    enum status status = run_library(run);

    for (document = shipped_documents; document->name && status == STATUS_OK; document++) {
        struct checklist *checklist = NULL;

        if (!str_starts(str_of(document->path), "checklists/"))
            continue;
        status = checklist_load(&run->arena, &run->library, str_of(document->name),
                                (struct str){NULL, 0}, &run->diag, &checklist);
        if (status == STATUS_OK)
            tell(run, checklist, out);
    }
    return status;
}

static void tell_checklist(const struct run *run, const struct checklist *checklist,
                           struct buf *out)
{
    buf_printf(out, "%-17.*s %2zu  %.*s\n", STR_ARG(checklist->id), checklist->question_count,
               STR_ARG(words_in(&checklist->title, run->lang)));
}

static enum status list_checklists(struct run *run, struct buf *out)
{
    return each_checklist(run, out, tell_checklist);
}

static void tell_questions(const struct run *run, const struct checklist *checklist,
                           struct buf *out)
{
    size_t i;

    for (i = 0; i < checklist->question_count; i++)
        buf_printf(out, "%-10.*s %.*s\n", STR_ARG(checklist->questions[i].id),
                   STR_ARG(words_in(&checklist->questions[i].text, run->lang)));
}

static enum status list_questions(struct run *run, struct buf *out)
{
    if (args_has(&run->args, "audit"))
        return list_supply(run, args_str(&run->args, "audit").ptr, out);
    return each_checklist(run, out, tell_questions);
}

static enum status list_fields(struct run *run, struct buf *out)
{
    static const char *const types[] = {"text", "person", "instant", "integer", "boolean",
                                        "number"};
    size_t k;
    size_t i;

    (void)run;
    for (k = 0; k < record_model_count; k++)
        for (i = 0; i < record_models[k]->field_count; i++)
            buf_printf(out, "%s.%-16s %s\n", record_models[k]->name, record_models[k]->fields[i].name,
                       types[record_models[k]->fields[i].type]);
    return STATUS_OK;
}

static enum status list_rules(struct run *run, struct buf *out)
{
    int rule;

    (void)run;
    for (rule = 0; rule < RULE_COUNT; rule++)
        buf_printf(out, "%-24s %-8s %s%s\n", rule_info((enum rule)rule)->name,
                   severity_name(rule_info((enum rule)rule)->severity),
                   rule_info((enum rule)rule)->message,
                   lint_rule_fix((enum rule)rule) ? " (--fix)" : "");
    return STATUS_OK;
}

static enum status list_readers(struct run *run, struct buf *out)
{
    size_t i;

    (void)run;
    for (i = 0; reader_kinds[i]; i++)
        buf_printf(out, "%s\n", reader_kinds[i]->name);
    return STATUS_OK;
}

static enum status list_patterns(struct run *run, struct buf *out)
{
    size_t i;

    (void)run;
    for (i = 0; i < log_pattern_count; i++)
        buf_printf(out, "%-18s %s\n", log_patterns[i].name, log_patterns[i].meaning);
    return STATUS_OK;
}

static enum status list_formats(struct run *run, struct buf *out)
{
    struct form form;
    size_t i;

    (void)run;
    for (i = 0; form_at(FORM_OF_RESULT, i, &form); i++)
        buf_printf(out, "%-10s %-12s %s\n", form.name, form.ending, form.about);
    return STATUS_OK;
}

/* Of what validate finds; what these forms say of a result is another matter. */
static enum status list_forms(struct run *run, struct buf *out)
{
    struct form form;
    size_t i;

    (void)run;
    for (i = 0; form_at(FORM_OF_CHECK, i, &form); i++)
        buf_printf(out, "%-10s %s\n", form.name, form.ending);
    buf_printf(out, "%-10s github in its jobs, else text\n", "auto");
    return STATUS_OK;
}

static enum status list_commands(struct run *run, struct buf *out)
{
    size_t i;

    (void)run;
    for (i = 0; commands[i]; i++)
        buf_printf(out, "%-10s %s\n", commands[i]->name, commands[i]->summary);
    return STATUS_OK;
}

static const struct {
    const char *name;
    enum status (*list)(struct run *run, struct buf *out);
} lists[] = {
    {"measures", list_measures}, {"maps", list_maps},     {"checklists", list_checklists},
    {"profiles", list_profiles}, {"calendars", list_calendars}, {"slas", list_slas},
    {"processes", list_processes}, {"models", list_models},
    {"lexicons", list_lexicons}, {"detectors", list_detectors},
    {"clauses", list_clauses},   {"questions", list_questions}, {"fields", list_fields},
    {"rules", list_rules},       {"readers", list_readers}, {"patterns", list_patterns},
    {"formats", list_formats},   {"forms", list_forms},   {"commands", list_commands},
};

static enum status run_list(struct run *run)
{
    const char *names[sizeof lists / sizeof lists[0] + 1] = {NULL};
    struct str wanted = run->args.operand_count ? str_of(run->args.operands[0]) : STR("");
    enum status status = STATUS_OK;
    const char *nearest;
    struct buf out;
    size_t i;

    if (run->args.operand_count > 1)
        return run_usage(run, "one list at a time");
    if (args_has(&run->args, "audit") && !str_is(wanted, "questions"))
        return run_usage(run, "'--audit' goes with 'list questions'");
    buf_init(&out, TEXT_BYTES);
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        names[i] = lists[i].name;
        if (wanted.len == 0)
            buf_printf(&out, "%s\n", lists[i].name);
        else if (str_is(wanted, lists[i].name))
            break;
    }
    if (i < sizeof lists / sizeof lists[0]) {
        status = lists[i].list(run, &out);
    } else if (wanted.len) {
        nearest = str_nearest(wanted, names);
        diag_report(&run->diag, RULE_NOT_KNOWN, WHERE_NONE, "no list '%.*s'", STR_ARG(wanted));
        diag_hint(&run->diag, nearest ? "did you mean '%s'?" : "cfaudit list%s",
                  nearest ? nearest : "");
        status = STATUS_USAGE;
    }
    if (status == STATUS_OK)
        status = stage_print(run, &out);
    buf_done(&out);
    return status;
}

const struct command command_list = {
    .name = "list",
    .operands = "[measures|maps|checklists|profiles|calendars|slas|processes|models|lexicons|detectors|clauses|questions|fields|rules|readers|patterns|formats|forms|commands]",
    .summary = "what there is, one line each",
    .options = options,
    .run = run_list,
};
