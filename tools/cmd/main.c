/* The program: finds the command, reads its options, says how it ended. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/stop.h"
#include "cmd/command.h"
#include "cmd/completion.h"
#include "xml/xml.h"

enum { HELP_BYTES = 1 << 20 };

static void on_signal(int number)
{
    if (stop_requested()) { /* asked twice: do not wait for the next safe place */
        output_remove_temporary();
        signal(number, SIG_DFL);
        raise(number);
    }
    stop_request(number);
}

static void set_signals(void)
{
    static const int stopping[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action;
    size_t i;

    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = on_signal;
    for (i = 0; i < ARRAY_LEN(stopping); i++)
        sigaction(stopping[i], &action, NULL);
    /* a full or closed output is an error to report, not a reason to die */
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
}

static void end_by(int number)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = SIG_DFL;
    sigaction(number, &action, NULL);
    raise(number);
}

/* --- messages --- */

static void print_diagnostics(const struct run *run)
{
    enum severity lowest = run->is_quiet     ? SEVERITY_ERROR
                           : run->is_verbose ? SEVERITY_NOTE
                                             : SEVERITY_WARNING;
    struct buf text;
    size_t i;
    int rule;

    buf_init(&text, HELP_BYTES);
    for (i = 0; i < run->diag.count; i++)
        if (run->diag.list[i].severity >= lowest)
            diag_format(&run->diag.list[i], &text);
    for (rule = 0; rule < RULE_COUNT; rule++) {
        uint64_t shown = 0;

        for (i = 0; i < run->diag.count; i++)
            shown += run->diag.list[i].rule == (enum rule)rule;
        if (run->diag.by_rule[rule] > shown && rule_info((enum rule)rule)->severity >= lowest)
            buf_printf(&text, "cfaudit: %llu more [%s]\n",
                       (unsigned long long)(run->diag.by_rule[rule] - shown),
                       rule_info((enum rule)rule)->name);
    }
    fwrite(text.bytes ? text.bytes : "", 1, text.len, stderr);
    buf_done(&text);
}

static enum status print(struct run *run, const struct buf *text)
{
    struct output *output = NULL;
    enum status status = output_open("-", &run->diag, &output);

    if (status != STATUS_OK)
        return status;
    output_write(output, buf_str(text));
    return output_commit(output, &run->diag);
}

const struct option_row program_options[] = {
    {"completion", 0, "bash|zsh|fish", false, "print what makes a shell complete command lines"},
    {"version", 0, NULL, false, "print the version"},
    {"help", 'h', NULL, false, "print this help"},
    {NULL, 0, NULL, false, NULL},
};

static void help(struct buf *out)
{
    size_t i;

    buf_add_text(out, "usage: cfaudit COMMAND [options] ...\n\n"
                      "Customer focus (ISO 9001, clause 5.1.2) measured from tickets and process "
                      "logs.\n\nCommands:\n");
    for (i = 0; commands[i]; i++)
        buf_printf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    buf_add_text(out, "\nOptions:\n");
    option_rows_help(program_options, out);
    buf_add_text(out, "\n'cfaudit COMMAND --help' lists the options of a command.\n"
                      "Exit status: 0 done, 1 findings, 2 not done, 3 incomplete, 4 integrity.\n"
                      "Manual: cfaudit(1)\n");
}

/* --- options every command has --- */

static enum status read_fail_on(struct run *run)
{
    struct str rest = args_str(&run->args, "fail-on");
    struct str word;
    bool has_severity = false;

    run->fail_severity = SEVERITY_ERROR;
    if (!rest.ptr)
        return STATUS_OK;
    while (str_split(&rest, ',', &word)) {
        int severity;

        for (severity = 0; severity < SEVERITY_FATAL; severity++)
            if (str_is(word, severity_name((enum severity)severity)))
                break;
        if (severity < SEVERITY_FATAL) {
            if (!has_severity || severity < (int)run->fail_severity)
                run->fail_severity = (enum severity)severity;
            has_severity = true;
        } else if (str_is(word, "gate")) {
            run->fail_words |= FAIL_ON_GATE;
        } else if (str_is(word, "breach")) {
            run->fail_words |= FAIL_ON_BREACH;
        } else if (str_is(word, "overdue")) {
            run->fail_words |= FAIL_ON_OVERDUE;
        } else {
            return run_usage(run, "'--fail-on' does not know '%.*s'", STR_ARG(word));
        }
    }
    return STATUS_OK;
}

static enum status read_common(struct run *run)
{
    struct str lang = args_str(&run->args, "lang");

    run->is_quiet = args_has(&run->args, "quiet");
    run->is_verbose = args_has(&run->args, "verbose");
    run->allow_incomplete = args_has(&run->args, "allow-incomplete");
    if (lang.ptr && !lang_find(lang, &run->lang))
        return run_usage(run, "'--lang' takes en or it, not '%.*s'", STR_ARG(lang));
    return read_fail_on(run);
}

static enum status dispatch(struct run *run, int argc, char **argv)
{
    enum status status =
        args_parse(&run->args, run->command->options, argc, argv, &run->arena, &run->diag);
    struct buf text;

    if (status != STATUS_OK)
        return status;
    if (args_has(&run->args, "help")) {
        buf_init(&text, HELP_BYTES);
        command_help(run->command, &text);
        status = print(run, &text);
        buf_done(&text);
        return status;
    }
    status = read_common(run);
    return status == STATUS_OK ? run->command->run(run) : status;
}

static enum status completion(struct run *run, int argc, char **argv, struct buf *out)
{
    const struct completion_shell *shell;
    const char *nearest = NULL;

    if (argc < 3)
        return run_usage(run, "option '--completion' needs a value: bash, zsh or fish");
    if (argc > 3)
        return run_usage(run, "one shell at a time, not also '%s'", argv[3]);
    shell = completion_shell_find(str_of(argv[2]), &nearest);
    if (shell) {
        shell->write(out);
        return STATUS_OK;
    }
    diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "no completion for the shell '%s'", argv[2]);
    diag_hint(&run->diag, nearest ? "did you mean '%s'?" : "bash, zsh or fish%s",
              nearest ? nearest : "");
    return STATUS_USAGE;
}

static enum status top_level(struct run *run, int argc, char **argv)
{
    const char *names[32] = {NULL};
    struct str word = argc > 1 ? str_of(argv[1]) : STR("");
    enum status status = STATUS_OK;
    const char *nearest;
    struct buf text;
    size_t i;

    buf_init(&text, HELP_BYTES);
    if (str_is(word, "--version")) {
        buf_add_text(&text, "cfaudit " CFAUDIT_VERSION "\n");
    } else if (str_is(word, "--help") || str_is(word, "-h") || str_is(word, "help")) {
        help(&text);
    } else if (str_is(word, "--completion")) {
        status = completion(run, argc, argv, &text);
    } else {
        for (i = 0; commands[i] && i + 1 < ARRAY_LEN(names); i++)
            names[i] = commands[i]->name;
        nearest = str_nearest(word, names);
        diag_report(&run->diag, RULE_USAGE, WHERE_NONE, argc > 1 ? "no command '%.*s'"
                                                                 : "which command?%.*s",
                    STR_ARG(word));
        diag_hint(&run->diag, nearest ? "did you mean 'cfaudit %s'?" : "try: cfaudit --help%s",
                  nearest ? nearest : "");
        buf_done(&text);
        return STATUS_USAGE;
    }
    if (status == STATUS_OK)
        status = print(run, &text);
    buf_done(&text);
    return status;
}

int main(int argc, char **argv)
{
    struct run run;
    enum status status;
    const char *reason;
    int code;

    memset(&run, 0, sizeof run);
    run.fail_severity = SEVERITY_ERROR;
    arena_init(&run.arena);
    diag_init(&run.diag);
    set_signals();
    xml_init();
    run.command = argc > 1 ? command_find(str_of(argv[1])) : NULL;
    if (run.command)
        status = dispatch(&run, argc - 1, argv + 1);
    else
        status = top_level(&run, argc, argv);
    code = run_exit(&run, status, &reason);
    if (stop_requested() || status != STATUS_INTERRUPTED)
        print_diagnostics(&run);
    if (run.has_library)
        library_done(&run.library);
    xml_done();
    diag_done(&run.diag);
    arena_done(&run.arena);
    output_remove_temporary();
    if (stop_requested())
        end_by(stop_requested());
    else if (status == STATUS_INTERRUPTED)
        end_by(SIGPIPE);
    return code;
}
