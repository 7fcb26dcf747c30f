/*
 * Everything that a command was asked to write about a result: -o and each -f.
 *
 * Call: deliveries_plan before the work; deliveries_check, too, so that a long run does not end at
 *       a file that must not be touched; deliveries_make when there is a result; the command then
 *       commits its group.
 *       With --client-copy every form is made from copies without what is internal.
 * Owns: everything lives in the run's arena.
 * Errors: STATUS_USAGE for forms and paths that cannot be meant; as the writers.
 * What goes to standard output is written when all files are ready to be put in place, and before
 * they are: with a full disk there, nothing appears.
 * Units: none.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_DELIVERY_H
#define CFAUDIT_CMD_DELIVERY_H

#include "cmd/command.h"
#include "cmd/forms.h"
#include "score/score.h"

struct delivery {
    struct form form;
    const char *path; /* NULL: standard output */
    bool is_folder;   /* the path ends with a slash */
};

struct deliveries {
    struct delivery *list; /* with room for one more */
    size_t count;
    bool takes_stdout;
};

/* `output` is the value of -o, or the path it would have; NULL: none. */
enum status deliveries_plan(struct run *run, enum form_use use, const char *output,
                            struct deliveries *ret_deliveries);
/* No path may be an input, or a file that is not ours. */
enum status deliveries_check(struct run *run, const struct deliveries *deliveries,
                             const struct str *inputs, size_t input_count);
/* The run has a group. */
enum status deliveries_make(struct run *run, const struct deliveries *deliveries,
                            const struct evidence *evidence, const struct result *result);
/* The same of documents that were checked, without a group. */
enum status deliveries_tell(struct run *run, const struct deliveries *deliveries,
                            const struct check_input *input);

#endif
