/* detect: what one detector finds in the messages of source files. */
#include <string.h>

#include "base/buf.h"
#include "base/output.h"
#include "cmd/command_table.h"
#include "cmd/detecting.h"
#include "cmd/reading_options.h"

enum { OUT_BYTES = 1 << 30 };

static const struct option_row options[] = {
    {"map", 'm', "NAME", false, "source map: a shipped name or a file (cfaudit list maps)"},
    {"lexicon", 0, "NAME", true,
     "lexicon: a shipped name or a file; may repeat (default: messages-en and messages-it)"},
    {"calibration", 0, "FILE", false, "what cfaudit calibrate has recorded of the detector"},
    {"actor", 0, "CLASS", true, "only messages of agent, customer, bot, boss ...; may repeat"},
    {"with-text", 0, NULL, false, "show what was hit, not only its digest"},
    {"format", 'f', "text|json|csv", false, "form of the output (default: text)"},
    {"output", 'o', "FILE", false, "write to FILE; its ending decides the form"},
    {"zone", 0, "ZONE", false, "zone of times without offset, such as Europe/Rome"},
    {"date-order", 0, "dmy|mdy", false, "order of day and month, where the data leave it open"},
    {"delimiter", 0, "C", false, "field separator: , ; | or tab (default: found out)"},
    {"encoding", 0, "NAME", false, "utf-8, utf-16, windows-1252, latin-1, latin-9 (default: found out)"},
    {"no-jit", 0, NULL, false, "interpret the patterns of text logs: slower, the same answers"},
    {"self-check", 0, NULL, false, "match text logs twice, in two ways, and stop where they differ"},
    {NULL, 0, NULL, false, NULL},
};

/* Operands: the detector first, then files. */
static enum status take_operands(struct detecting *d)
{
    struct run *run = d->run;
    size_t count = run->args.operand_count;
    struct str *paths = arena_alloc(&run->arena, count + 1, sizeof *paths);
    const char *names[DETECTOR_COUNT + 1] = {NULL};
    const char *nearest;
    size_t i;

    if (!paths)
        return diag_no_memory(&run->diag);
    if (count == 0)
        return run_usage(run, "which detector? (cfaudit list detectors)");
    if (!detector_find(str_of(run->args.operands[0]), &d->detector)) {
        for (i = 0; i < DETECTOR_COUNT; i++)
            names[i] = detector_name((enum detector)i);
        nearest = str_nearest(str_of(run->args.operands[0]), names);
        diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "no detector '%s'", run->args.operands[0]);
        diag_hint(&run->diag, nearest ? "did you mean '%s'?" : "cfaudit list detectors", nearest);
        return STATUS_USAGE;
    }
    for (i = 1; i < count; i++)
        paths[i - 1] = str_of(run->args.operands[i]);
    d->source.paths = paths;
    d->source.path_count = count - 1;
    return count > 1 ? STATUS_OK : run_usage(run, "which files? ('-' is standard input)");
}

static enum status take_actors(struct detecting *d)
{
    struct str *names = NULL;
    size_t count = 0;
    enum status status =
        args_values(&d->run->args, "actor", &d->run->arena, &d->run->diag, &names, &count);
    enum actor_class actor;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++) {
        if (actor_class_find(names[i], &actor))
            d->actors |= 1u << actor;
        else
            status = run_usage(d->run, "'--actor' takes agent, customer, bot, system, boss or "
                                       "partner, not '%.*s'", STR_ARG(names[i]));
    }
    return status;
}

static enum status take_format(struct run *run, const char **output, struct str *ret_format)
{
    struct str path = args_str(&run->args, "output");
    struct str format = args_str(&run->args, "format");

    *output = args_value(&run->args, "output");
    if (!format.ptr)
        format = str_ends(path, ".json")  ? STR("json")
                 : str_ends(path, ".csv") ? STR("csv")
                                          : STR("text");
    *ret_format = format;
    if (str_is(format, "text") || str_is(format, "json") || str_is(format, "csv"))
        return STATUS_OK;
    return run_usage(run, "'--format' takes text, json or csv, not '%.*s'", STR_ARG(format));
}

static enum status take_options(struct detecting *d)
{
    struct run *run = d->run;
    struct gathering *g = &d->gathering;
    struct str *lexicons = NULL;
    enum status status = take_operands(d);

    g->run = run;
    g->sources = &d->source;
    g->source_count = 1;
    d->source.map = args_str(&run->args, "map");
    d->source.zone_name = args_str(&run->args, "zone");
    d->shows_spans = args_has(&run->args, "with-text");
    g->calibration_name = args_str(&run->args, "calibration");
    gathering_take_log_options(g, &d->source.options);
    if (status == STATUS_OK && !d->source.map.ptr)
        status = run_usage(run, "which source map? (--map NAME; cfaudit list maps)");
    if (status == STATUS_OK)
        status = reading_options_take(run, &d->source.options);
    if (status == STATUS_OK)
        status = take_actors(d);
    if (status == STATUS_OK)
        status = args_values(&run->args, "lexicon", &run->arena, &run->diag, &lexicons,
                             &g->lexicon_name_count);
    g->lexicon_names = lexicons;
    return status;
}

static enum status print_hits(struct detecting *d, struct str format, const char *path)
{
    struct output *output = NULL;
    enum status status = STATUS_OK;
    struct buf out;

    buf_init(&out, OUT_BYTES);
    if (str_is(format, "json"))
        detecting_json(d, &out);
    else if (str_is(format, "csv"))
        detecting_csv(d, &out);
    else
        detecting_text(d, &out);
    if (out.failed)
        status = diag_no_memory(&d->run->diag);
    if (status == STATUS_OK)
        status = output_open(path ? path : "-", &d->run->diag, &output);
    if (status == STATUS_OK) {
        output_write(output, buf_str(&out));
        status = output_commit(output, &d->run->diag);
    }
    buf_done(&out);
    return status;
}

static enum status run_detect(struct run *run)
{
    struct detecting d;
    struct str format;
    const char *output = NULL;
    enum status status;

    memset(&d, 0, sizeof d);
    d.run = run;
    d.gathering.outputs = &output;
    d.gathering.output_count = 1;
    status = take_options(&d);
    if (status == STATUS_OK)
        status = take_format(run, &output, &format);
    if (status == STATUS_OK)
        status = run_library(run);
    if (status == STATUS_OK)
        status = gathering_plan(&d.gathering);
    if (status == STATUS_OK)
        status = detecting_read(&d);
    if (status == STATUS_OK)
        status = print_hits(&d, format, output);
    detecting_done(&d);
    return status;
}

const struct command command_detect = {
    .name = "detect",
    .operands = "DETECTOR FILE...",
    .summary = "what one detector of texts finds in messages, and where",
    .options = options,
    .run = run_detect,
};
