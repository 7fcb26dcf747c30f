#include "base/output_group.h"

#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/output_folder.h"

void output_group_init(struct output_group *group)
{
    group->count = 0;
}

enum status output_group_add(struct output_group *group, struct output *output, struct diag *diag)
{
    enum status status;

    if (!output_path(output))
        return output_commit(output, diag);
    if (group->count == OUTPUT_GROUP_MAX) {
        output_discard(output);
        return diag_limit(diag, WHERE_NONE, "the number of outputs", OUTPUT_GROUP_MAX);
    }
    status = output_prepare(output, diag);
    if (status == STATUS_OK)
        group->list[group->count++] = output;
    return status;
}

/* Removes the files that were not there before; names and count are of those committed. */
static void take_back(char *const *names, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (names[i] && unlink(names[i]) != 0)
            (void)output_remove_folder(names[i]);
}

enum status output_group_commit(struct output_group *group, struct diag *diag)
{
    char *fresh[OUTPUT_GROUP_MAX] = {NULL}; /* names of files that are new */
    enum status status = STATUS_OK;
    size_t done;
    size_t i;

    for (i = 0; i < group->count && status == STATUS_OK; i++) {
        const char *target = output_target(group->list[i]);

        if (access(target, F_OK) == 0)
            continue;
        fresh[i] = mem_alloc(strlen(target) + 1, 1);
        if (fresh[i])
            memcpy(fresh[i], target, strlen(target) + 1);
        else
            status = diag_no_memory(diag);
    }
    for (done = 0; done < group->count && status == STATUS_OK; done++)
        status = output_commit(group->list[done], diag);
    if (status != STATUS_OK) {
        take_back(fresh, done ? done - 1 : 0);
        for (i = done; i < group->count; i++)
            output_discard(group->list[i]);
    }
    for (i = 0; i < group->count; i++)
        mem_free(fresh[i]);
    group->count = 0;
    return status;
}

void output_group_discard(struct output_group *group)
{
    size_t i;

    for (i = 0; i < group->count; i++)
        output_discard(group->list[i]);
    group->count = 0;
}
