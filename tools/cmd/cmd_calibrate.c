/* calibrate: how well detectors do on labelled messages, and the record of it. */
#include <string.h>

#include "base/buf.h"
#include "base/output.h"
#include "cmd/calibrating.h"
#include "cmd/command_table.h"
#include "cmd/ownership.h"
#include "cmd/reading_options.h"
#include "cmd/stages.h"

enum { OUT_BYTES = 1 << 24 };

static const struct option_row options[] = {
    {"detector", 0, "NAME", true, "only this detector; may repeat (default: all that have a column)"},
    {"lexicon", 0, "NAME", true,
     "lexicon: a shipped name or a file; may repeat (default: messages-en and messages-it)"},
    {"output", 'o', "FILE", false, "record it in FILE, for the attribute 'calibration' of an audit"},
    {"format", 'f', "text|json|csv", false, "form of what is printed (default: text)"},
    {"delimiter", 0, "C", false, "field separator: , ; | or tab (default: found out)"},
    {"encoding", 0, "NAME", false, "utf-8, utf-16, windows-1252, latin-1, latin-9 (default: found out)"},
    {"force", 0, NULL, false, "write over a file that is not ours or changed since"},
    {NULL, 0, NULL, false, NULL},
};

static enum status take_detectors(struct calibrating *c)
{
    struct run *run = c->run;
    struct str *names = NULL;
    size_t count = 0;
    enum status status = args_values(&run->args, "detector", &run->arena, &run->diag, &names, &count);
    enum detector detector;
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++) {
        if (detector_find(names[i], &detector))
            c->asked |= 1u << detector;
        else
            status = run_usage(run, "no detector '%.*s'", STR_ARG(names[i]));
    }
    return status;
}

static enum status take_options(struct calibrating *c)
{
    struct run *run = c->run;
    struct record_options reading = {.delimiter = 0};
    struct str format = args_str(&run->args, "format");
    enum status status;

    if (run->args.operand_count != 1)
        return run_usage(run, "which file of labelled messages?");
    if (format.ptr && !str_is(format, "text") && !str_is(format, "json") && !str_is(format, "csv"))
        return run_usage(run, "'--format' takes text, json or csv, not '%.*s'", STR_ARG(format));
    c->path = str_of(run->args.operands[0]);
    status = reading_options_take(run, &reading);
    c->reading.delimiter = reading.delimiter;
    c->reading.encoding = reading.encoding;
    if (status == STATUS_OK)
        status = args_values(&run->args, "lexicon", &run->arena, &run->diag, &c->lexicon_names,
                             &c->lexicon_name_count);
    return status == STATUS_OK ? take_detectors(c) : status;
}

static enum status print_quality(struct calibrating *c)
{
    struct run *run = c->run;
    struct str format = args_str(&run->args, "format");
    enum status status;
    struct buf out;

    buf_init(&out, OUT_BYTES);
    if (str_is(format, "json"))
        calibrating_json(c, &out);
    else if (str_is(format, "csv"))
        calibrating_csv(c, &out);
    else
        calibrating_text(c, &out);
    status = out.failed ? diag_no_memory(&run->diag) : stage_print(run, &out);
    buf_done(&out);
    return status;
}

/* Without a labelled message there is nothing to record. */
static enum status save(struct calibrating *c)
{
    const char *path = args_value(&c->run->args, "output");
    enum status status;
    struct buf bytes;

    if (!path || c->calibration.messages == 0)
        return STATUS_OK;
    buf_init(&bytes, OUT_BYTES);
    status = ownership_not_input(path, &c->path, 1, &c->run->diag);
    if (status == STATUS_OK)
        status = calibration_write(&c->calibration, &bytes, &c->run->diag);
    if (status == STATUS_OK)
        status = ownership_seal(&bytes, &c->run->diag);
    if (status == STATUS_OK)
        status = stage_save(c->run, path, &bytes);
    buf_done(&bytes);
    return status;
}

static enum status run_calibrate(struct run *run)
{
    struct calibrating c;
    enum status status;

    memset(&c, 0, sizeof c);
    c.run = run;
    status = take_options(&c);
    if (status == STATUS_OK)
        status = run_library(run);
    if (status == STATUS_OK)
        status = calibrating_read(&c);
    if (status == STATUS_OK)
        status = save(&c);
    if (status == STATUS_OK)
        status = print_quality(&c);
    calibrating_done(&c);
    return status;
}

const struct command command_calibrate = {
    .name = "calibrate",
    .operands = "LABELLED.csv",
    .summary = "precision, recall and agreement of detectors on labelled messages",
    .options = options,
    .run = run_calibrate,
};
