/*
 * The command line of one command, after rows of options.
 *
 * Call: args_parse; args_value, args_has, args_values; args_done.
 * Owns: values are borrowed from argv.
 * Errors: STATUS_USAGE and one diagnostic with the nearest option.
 * Options may stand before or after operands; "--" ends them. Names are never abbreviated.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_ARGS_H
#define CFAUDIT_CMD_ARGS_H

#include "base/arena.h"
#include "base/diag.h"

struct option_row {
    const char *name;  /* long */
    char letter;       /* short, or 0 */
    const char *value; /* name of its value in the help, NULL: a switch */
    bool may_repeat;
    const char *help;
};

struct arg {
    const struct option_row *option;
    const char *value;
};

struct args {
    struct arg *list;
    size_t count;
    const char **operands;
    size_t operand_count;
};

/* options ends with a row without a name; common options are known everywhere. */
enum status args_parse(struct args *args, const struct option_row *options, int argc, char **argv,
                       struct arena *arena, struct diag *diag);
bool args_has(const struct args *args, const char *name);
/* The last value given, or NULL. */
const char *args_value(const struct args *args, const char *name);
struct str args_str(const struct args *args, const char *name);
/* Every value given, in order. */
enum status args_values(const struct args *args, const char *name, struct arena *arena,
                        struct diag *diag, struct str **ret_values, size_t *ret_count);

extern const struct option_row common_options[];

#endif
