/* A profile that takes nothing of a checklist: no question of it has that basis and mode. */
#include "checklist/checklist.h"
#include "lint/lint_reference.h"

static bool is_or_any(struct str wanted, struct str found)
{
    return !wanted.ptr || str_equal(wanted, found);
}

static void count(struct lint *lint, const struct xml_node *take, const struct xml_node *checklist)
{
    const struct xml_node *question = xml_child(checklist, "question");
    struct str basis = xml_attr(take, "basis");
    struct str mode = xml_attr(take, "mode");

    for (; question; question = xml_next(question, "question"))
        if (is_or_any(basis, xml_attr(question, "basis")) &&
            is_or_any(mode, xml_attr(question, "mode")))
            return;
    lint_say(lint, take, basis.ptr ? "basis" : "mode", "no question of '%.*s' is '%.*s'%s%.*s",
             STR_ARG(xml_attr(take, "checklist")), STR_ARG(basis.ptr ? basis : mode),
             basis.ptr && mode.ptr ? " and " : "", STR_ARG(basis.ptr && mode.ptr ? mode : STR("")));
    lint_hint(lint, "take the element away, or ask for another basis or mode");
}

static void look(struct lint *lint, const struct xml_node *node)
{
    lint_with_checklist(lint, node, "checklist", count);
}

const struct lint_rule lint_profile_nothing = {
    .kind = "profile", .element = "take", .look = look};
