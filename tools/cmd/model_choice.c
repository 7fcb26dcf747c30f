#include "cmd/model_choice.h"

enum { MODELS_MAX = 32 };

const struct score_model *model_known(struct str name)
{
    size_t i;

    for (i = 0; score_models[i]; i++)
        if (str_is(name, score_models[i]->name))
            return score_models[i];
    return NULL;
}

enum status model_rules(struct run *run, struct str name, struct str folder,
                        const struct score_rules **ret_rules)
{
    struct score_rules *rules = NULL;
    enum status status = score_rules_load(&run->arena, &run->library, name, folder, &run->diag,
                                          &rules);

    if (status == STATUS_OK)
        *ret_rules = rules;
    return status;
}

static enum status not_known(struct run *run, struct str name)
{
    const char *names[MODELS_MAX + 1];
    const char *nearest;
    size_t i;

    for (i = 0; score_models[i] && i < MODELS_MAX; i++)
        names[i] = score_models[i]->name;
    names[i] = NULL;
    nearest = str_nearest(name, names);
    diag_report(&run->diag, RULE_NOT_KNOWN, WHERE_NONE, "no model '%.*s'", STR_ARG(name));
    diag_hint(&run->diag, nearest ? "did you mean '%s'?" : "cfaudit list models%s",
              nearest ? nearest : "");
    return STATUS_USAGE;
}

/* The shipped rules: their points model says its number beside every other. */
static struct str shipped_rules(void)
{
    size_t i = 0;

    while (!score_models[i]->by_rules)
        i++;
    return str_of(score_models[i]->name);
}

enum status model_choose(struct run *run, const struct audit *audit, struct str *ret_model,
                         const struct score_rules **ret_rules)
{
    struct str name = args_str(&run->args, "model");
    struct str folder = {NULL, 0};
    const struct score_model *model;
    enum status status;

    if (!name.ptr && audit->model.ptr) {
        name = audit->model;
        folder = audit->folder;
    }
    if (!name.ptr)
        name = str_of(score_models[0]->name);
    model = model_known(name);
    if (!model && !library_name_is_path(name) && !run->library.data_folder.ptr)
        return not_known(run, name);
    status = model_rules(run, model ? shipped_rules() : name, folder, ret_rules);
    if (status == STATUS_OK)
        *ret_model = model && !model->by_rules ? str_of(model->name) : (*ret_rules)->id;
    return status;
}
