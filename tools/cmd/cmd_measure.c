/* measure: figures straight from source files, without an audit. */
#include <string.h>

#include "base/buf.h"
#include "base/output.h"
#include "cmd/book_save.h"
#include "cmd/command_table.h"
#include "cmd/gathering.h"
#include "cmd/measure_clock.h"
#include "cmd/reading_options.h"
#include "report/report.h"

enum { OUT_BYTES = 1 << 30 };

static const struct option_row options[] = {
    {"map", 'm', "NAME", false, "source map: a shipped name or a file (cfaudit list maps)"},
    {"by", 0, "FIELD", true, "break figures down by a field or column; may repeat"},
    {"where", 0, "FIELD=VALUE", true, "only cases that match; also != < <= > >=; may repeat"},
    {"format", 'f', "text|json|csv|xlsx", false, "form of the output (default: text)"},
    {"output", 'o', "FILE", false, "write to FILE; its ending decides the form"},
    {"zone", 0, "ZONE", false, "zone of times without offset, such as Europe/Rome"},
    {"date-order", 0, "dmy|mdy", false, "order of day and month, where the data leave it open"},
    {"delimiter", 0, "C", false, "field separator: , ; | or tab (default: found out)"},
    {"encoding", 0, "NAME", false, "utf-8, utf-16, windows-1252, latin-1, latin-9 (default: found out)"},
    {"solved-when", 0, "KEY=VALUE", false, "the event that ends a case"},
    {"as-of", 0, "INSTANT", false, "look at the cases as they stood then (default: latest instant)"},
    {"calendar", 0, "NAME", false, "working hours: a shipped name or a file (default: 24x7)"},
    {"patron", 0, "MM-DD", false, "holiday of the town, where the calendar leaves it open"},
    {"sla", 0, "NAME", false, "service levels: a shipped name or a file"},
    {"trust", 0, "NAME", false, "trust policy of the accounts of customers (M-44)"},
    {"statement", 0, "CUSTOMER", false, "statement of account of a customer, or of all (M-44)"},
    {"what-if", 0, "CLASS[:SEVERITY]", false,
     "accounts with one more act of that class, as in W2:3 (M-44)"},
    {"process", 0, "NAME", true, "a declared process: a shipped name or a file; may repeat"},
    {"lexicon", 0, "NAME", true,
     "lexicon: a shipped name or a file; may repeat (default: messages-en and messages-it)"},
    {"calibration", 0, "FILE", false, "what cfaudit calibrate has recorded of the detectors"},
    {"target", 0, "VALUE", true, "what figures must reach: 0.95; what a case must keep: PT8H, 8h"},
    {"grid", 0, "month|week|quarter", false, "periods of series (default: month)"},
    {"baseline", 0, "FROM..UNTIL", true, "periods that control limits are taken from; may repeat"},
    {"seed", 0, "TEXT", false, "name worst cases and a sample drawn with this seed"},
    {"memory", 0, "SIZE", false, "most memory for cases (default: 2G)"},
    {"threads", 'j', "N", false, "threads that read (default: one a processor)"},
    {"with-text", 0, NULL, false, "show what entries of text logs held, not only their figures"},
    {"no-jit", 0, NULL, false, "interpret the patterns of text logs: slower, the same answers"},
    {"self-check", 0, NULL, false, "match text logs twice, in two ways, and stop where they differ"},
    {NULL, 0, NULL, false, NULL},
};

struct plan {
    struct gathering gathering;
    struct gathering_source source;
    struct evidence evidence;
    struct str format;
    const char *output; /* NULL: standard output */
};

/* Operands: measures first, then files. */
static enum status take_operands(struct run *run, struct plan *plan)
{
    struct gathering *g = &plan->gathering;
    size_t count = run->args.operand_count;
    struct str *paths = arena_alloc(&run->arena, count + 1, sizeof *paths);
    size_t i = 0;

    g->measures = arena_alloc(&run->arena, count + 1, sizeof *g->measures);
    if (!paths || !g->measures)
        return diag_no_memory(&run->diag);
    for (; i < count; i++) {
        struct str word = str_of(run->args.operands[i]);
        const struct measure *measure = measure_find(word);

        if (!measure && (i == 0 || (word.len == 4 && str_starts(word, "M-")))) {
            diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "no measure '%.*s'", STR_ARG(word));
            diag_hint(&run->diag, "cfaudit list measures");
            return STATUS_USAGE;
        }
        if (!measure)
            break;
        g->measures[g->measure_count++] = measure;
    }
    for (; i < count; i++)
        paths[plan->source.path_count++] = str_of(run->args.operands[i]);
    plan->source.paths = paths;
    if (g->measure_count == 0)
        return run_usage(run, "which measure?");
    if (plan->source.path_count == 0)
        return run_usage(run, "which files? ('-' is standard input)");
    return STATUS_OK;
}

static enum status take_conditions(struct run *run, struct measure_context *context)
{
    static const struct {
        const char *sign;
        const char *name;
    } signs[] = {{"!=", "ne"}, {"<=", "le"}, {">=", "ge"}, {"=", "eq"}, {"<", "lt"}, {">", "gt"}};
    struct condition *conditions;
    struct str *texts = NULL;
    size_t count = 0;
    enum status status = args_values(&run->args, "where", &run->arena, &run->diag, &texts, &count);
    size_t i;
    size_t at;
    size_t s;

    conditions = arena_alloc(&run->arena, count, sizeof *conditions);
    if (status != STATUS_OK || !conditions)
        return diag_no_memory(&run->diag);
    for (i = 0; i < count; i++) {
        struct str text = texts[i];

        for (at = 0; at < text.len; at++) {
            struct str rest = {text.ptr + at, text.len - at};

            for (s = 0; s < sizeof signs / sizeof signs[0]; s++)
                if (str_starts(rest, signs[s].sign))
                    break;
            if (s == sizeof signs / sizeof signs[0])
                continue;
            conditions[i].field = str_trim((struct str){text.ptr, at});
            conditions[i].comparison = str_of(signs[s].name);
            at += strlen(signs[s].sign);
            conditions[i].value = str_trim((struct str){text.ptr + at, text.len - at});
            break;
        }
        if (conditions[i].field.len == 0)
            return run_usage(run, "'--where' takes FIELD=VALUE, not '%.*s'", STR_ARG(text));
    }
    context->where = conditions;
    context->where_count = count;
    return STATUS_OK;
}

static enum status take_as_of(struct run *run, struct measure_context *context)
{
    struct str text = args_str(&run->args, "as-of");
    unsigned dropped;

    context->as_of = INSTANT_MISSING;
    context->period_start = INSTANT_MISSING;
    context->period_end = INSTANT_MISSING;
    if (!text.ptr)
        return STATUS_OK;
    context->as_of_is_given = true;
    if (!instant_parse(text, &context->as_of, &dropped))
        return run_usage(run, "'--as-of' takes an instant such as 2026-01-31T12:00:00Z, not '%.*s'",
                         STR_ARG(text));
    return STATUS_OK;
}

static enum status take_format(struct run *run, struct plan *plan)
{
    const char *path = args_value(&run->args, "output");

    plan->output = path;
    plan->gathering.outputs = &plan->output;
    plan->gathering.output_count = 1;
    plan->format = args_str(&run->args, "format");
    if (!plan->format.ptr && path)
        plan->format = str_ends(str_of(path), ".json")  ? STR("json")
                       : str_ends(str_of(path), ".csv") ? STR("csv")
                       : str_ends(str_of(path), ".xlsx") ? STR("xlsx")
                                                         : STR("text");
    if (!plan->format.ptr)
        plan->format = STR("text");
    if (!str_is(plan->format, "text") && !str_is(plan->format, "json") &&
        !str_is(plan->format, "csv") && !str_is(plan->format, "xlsx"))
        return run_usage(run, "'--format' takes text, json, csv or xlsx, not '%.*s'",
                         STR_ARG(plan->format));
    return STATUS_OK;
}

static enum status take_options(struct run *run, struct plan *plan)
{
    struct gathering *g = &plan->gathering;
    struct str *by = NULL;
    struct str *lexicons = NULL;
    enum status status;

    g->run = run;
    g->sources = &plan->source;
    g->source_count = 1;
    plan->source.map = args_str(&run->args, "map");
    plan->source.zone_name = args_str(&run->args, "zone");
    plan->source.options.solved_when = args_str(&run->args, "solved-when");
    g->context.seed = args_str(&run->args, "seed");
    gathering_take_log_options(g, &plan->source.options);
    status = take_operands(run, plan);
    if (status == STATUS_OK && !plan->source.map.ptr)
        status = run_usage(run, "which source map? (--map NAME; cfaudit list maps)");
    if (status == STATUS_OK)
        status = gathering_take_limits(g);
    if (status == STATUS_OK)
        status = args_values(&run->args, "by", &run->arena, &run->diag, &by, &g->context.by_count);
    g->context.by = by;
    if (status == STATUS_OK)
        status = args_values(&run->args, "lexicon", &run->arena, &run->diag, &lexicons,
                             &g->lexicon_name_count);
    g->lexicon_names = lexicons;
    g->calibration_name = args_str(&run->args, "calibration");
    if (status == STATUS_OK)
        status = take_conditions(run, &g->context);
    if (status == STATUS_OK)
        status = reading_options_take(run, &plan->source.options);
    if (status == STATUS_OK)
        status = take_as_of(run, &g->context);
    if (status == STATUS_OK)
        status = measure_take_clock(g);
    return status == STATUS_OK ? take_format(run, plan) : status;
}

static enum status render(struct run *run, struct plan *plan, struct buf *out)
{
    const char *reason;
    int code;

    if (str_is(plan->format, "json")) {
        evidence_json(&plan->evidence, out);
        code = run_exit(run, STATUS_OK, &reason);
        buf_printf(out, ",\n  \"exit\": {\"code\": %d, \"reason\": \"%s\"}\n}\n", code, reason);
        return STATUS_OK;
    }
    if (str_is(plan->format, "csv")) {
        evidence_csv(&plan->evidence, out);
        return STATUS_OK;
    }
    return report_figures_text(&run->arena, &plan->evidence, run->lang, &run->diag, out);
}

static enum status save_workbook(struct run *run, struct plan *plan)
{
    const char *path = args_value(&run->args, "output");
    struct book *book = NULL;
    enum status status;

    status = report_figures(&run->arena, &plan->evidence, run->lang, &run->diag, &book);
    if (status != STATUS_OK)
        return status;
    return book_save(book, writer_find(STR("xlsx")), path ? path : "-", &run->diag);
}

static enum status print_figures(struct run *run, struct plan *plan)
{
    const char *path = args_value(&run->args, "output");
    struct output *output = NULL;
    enum status status;
    struct buf out;

    buf_init(&out, OUT_BYTES);
    status = render(run, plan, &out);
    if (status == STATUS_OK && out.failed)
        status = diag_no_memory(&run->diag);
    if (status == STATUS_OK)
        status = output_open(path ? path : "-", &run->diag, &output);
    if (status == STATUS_OK) {
        output_write(output, buf_str(&out));
        status = output_commit(output, &run->diag);
    }
    buf_done(&out);
    return status;
}

static enum status run_measure(struct run *run)
{
    struct plan plan;
    struct gathering *g = &plan.gathering;
    enum status status;

    memset(&plan, 0, sizeof plan);
    status = take_options(run, &plan);
    if (status == STATUS_OK)
        status = run_library(run);
    if (status == STATUS_OK)
        status = gathering_plan(g);
    if (status == STATUS_OK)
        status = gathering_read(g);
    if (status == STATUS_OK)
        status = gathering_measure(g);
    if (status == STATUS_OK)
        status = gathering_ledger(g, &plan.evidence);
    if (status == STATUS_OK) {
        plan.evidence.audit.zone = zone_name(g->context.zone);
        plan.evidence.audit.period_start = INSTANT_MISSING;
        plan.evidence.audit.period_end = INSTANT_MISSING;
        status = str_is(plan.format, "xlsx") ? save_workbook(run, &plan)
                                             : print_figures(run, &plan);
    }
    gathering_done(g);
    return status;
}

const struct command command_measure = {
    .name = "measure",
    .operands = "MEASURE... FILE...",
    .summary = "figures straight from ticket exports and process logs",
    .options = options,
    .run = run_measure,
};
