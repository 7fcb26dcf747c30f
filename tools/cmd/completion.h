/*
 * Scripts by which a shell completes the command line, made from the tables of options.
 *
 * Call: completion_shell_find, then its write. completion_of tells a shell's file what may stand
 *       where.
 * Owns: constants.
 * Errors: NULL for a shell that is not known; the buffer's for the rest.
 * Units: none.
 * Names that this build cannot know (of documents in --data) are asked of the program itself, when
 * the user asks: `cfaudit list maps`.
 * Threads: constant.
 */
#ifndef CFAUDIT_CMD_COMPLETION_H
#define CFAUDIT_CMD_COMPLETION_H

#include "cmd/command.h"

enum { COMPLETION_LISTS = 8 };

/* What may stand in one place. */
struct completion {
    struct str words; /* with | between them */
    struct str lists[COMPLETION_LISTS]; /* of `cfaudit list` */
    size_t list_count;
    bool has_files;
    bool has_folders;
};

struct completion_shell {
    const char *name;
    void (*write)(struct buf *out);
};

extern const struct completion_shell *const completion_shells[]; /* ends with NULL */
extern const struct completion_shell completion_bash;
extern const struct completion_shell completion_zsh;
extern const struct completion_shell completion_fish;

/* NULL: none of that name, and *ret_nearest may have one. */
const struct completion_shell *completion_shell_find(struct str name, const char **ret_nearest);

struct completion completion_of_option(const struct option_row *option);
struct completion completion_of_operands(const struct command *command);

/* The next of the words. */
bool completion_next_word(struct completion *completion, struct str *ret_word);
/* The text in single quotes, with those in it written as the shell wants them. */
void completion_quote(struct buf *out, struct str text, const char *quote);

#endif
