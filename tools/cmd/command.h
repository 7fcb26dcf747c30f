/*
 * Commands: one constant each, complete in its own file, listed once in command_table.c.
 *
 * Call: main makes a struct run and calls the command's run function; run_exit turns what happened
 *       into an exit status.
 * Owns: the run owns arena, diagnostics and library.
 * Errors: a command returns STATUS_OK when it could do its work, whatever it found; a negative
 *         status when it could not.
 * Units: exit statuses: 0 done; 1 something at or above --fail-on; 2 not done; 3 incomplete;
 *        4 integrity; 70 a bug of ours. When several hold: 70, 2, 4, 1, 3, 0.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_COMMAND_H
#define CFAUDIT_CMD_COMMAND_H

#include "base/output_group.h"
#include "base/words.h"
#include "cmd/args.h"
#include "evidence/evidence.h"
#include "xml/library.h"

enum { FAIL_ON_GATE = 1, FAIL_ON_BREACH = 2, FAIL_ON_OVERDUE = 4 };

struct command;

struct run {
    const struct command *command;
    struct arena arena;
    struct diag diag;
    struct args args;
    struct library library;
    bool has_library;
    enum lang lang;
    bool is_quiet;
    bool is_verbose;
    enum severity fail_severity; /* SEVERITY_COUNT: none */
    unsigned fail_words;
    bool allow_incomplete;
    /* what the command found out */
    const char *incomplete;      /* reason word, NULL: complete */
    bool gate_failed;
    bool target_breached;
    bool action_overdue;
    uint64_t checked[SEVERITY_COUNT]; /* findings about documents, which it tells itself */
    void *progress;              /* of a long reading; see progress.h */
    struct output_group *group;  /* files that shall appear together; NULL: each at once */
};

struct command {
    const char *name;
    const char *operands; /* for the help */
    const char *summary;  /* one line */
    const struct option_row *options;
    enum status (*run)(struct run *run);
};

extern const struct command *const commands[]; /* ends with NULL */

const struct command *command_find(struct str name);
/* Before a command. */
extern const struct option_row program_options[];
void option_rows_help(const struct option_row *rows, struct buf *out);
void command_help(const struct command *command, struct buf *out);

/* The schema and documents; made when first needed. */
enum status run_library(struct run *run);
/* Exit status and its reason as a word, by the precedence above. */
int run_exit(const struct run *run, enum status status, const char **ret_reason);
/* The work with a group for its files: if it does not commit them itself, none appears. */
enum status run_together(struct run *run, enum status (*work)(struct run *run));
/* Usage error in one line, with a hint for the way out; returns STATUS_USAGE. */
enum status run_usage(struct run *run, const char *detail, ...)
    __attribute__((format(printf, 2, 3)));

#endif
