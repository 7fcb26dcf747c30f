/* Models that an audit takes its headline from, and that are not there. */
#include "lint/lint_reference.h"
#include "score/score_model.h"

enum { MODELS_MAX = 32 };

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str name = xml_attr(node, "model");
    const char *names[MODELS_MAX + 1];
    const char *nearest;
    size_t i;

    for (i = 0; score_models[i] && i < MODELS_MAX; i++) {
        names[i] = score_models[i]->name;
        if (str_is(name, names[i]))
            return;
    }
    names[i] = NULL;
    if (!name.len)
        return;
    if (library_name_is_path(name) || lint->library->data_folder.ptr) {
        lint_reference(lint, node, "model", "score-model");
        return;
    }
    nearest = str_nearest(name, names);
    lint_say(lint, node, "model", "'%.*s'", STR_ARG(name));
    if (nearest)
        lint_hint(lint, "did you mean '%s'?", nearest);
    else
        lint_hint(lint, "'cfaudit list models' prints them; rules of your own are a path");
    lint_word(lint, str_of(str_meant(name, names)));
}

const struct lint_rule lint_audit_model = {.kind = "audit", .look = look};
