/* The same auditor in two rows of the agenda at the same time: one of the two will not be held. */
#include "lint/lint_agenda.h"

static bool overlap(const struct xml_node *a, const struct xml_node *b)
{
    return str_equal(xml_attr(a, "date"), xml_attr(b, "date")) &&
           str_compare(xml_attr(a, "from"), xml_attr(b, "to")) < 0 &&
           str_compare(xml_attr(b, "from"), xml_attr(a, "to")) < 0;
}

static void compare(struct lint *lint, const struct xml_node *earlier, const struct xml_node *later)
{
    struct str rest = xml_attr(later, "by");
    struct str name;

    while (rest.ptr && agenda_next(&rest, &name)) {
        if (!agenda_has(xml_attr(earlier, "by"), agenda_short(name)))
            continue;
        lint_say(lint, later, "by", "'%.*s' has a session from %.*s to %.*s already", STR_ARG(name),
                 STR_ARG(xml_attr(earlier, "from")), STR_ARG(xml_attr(earlier, "to")));
        lint_hint(lint, "move one of the two, or give it to somebody else");
    }
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *earlier = xml_child(lint_parent(lint), "session");

    if (!xml_attr(node, "by").ptr || !xml_attr(node, "from").ptr || !xml_attr(node, "to").ptr)
        return;
    for (; earlier && earlier != node; earlier = xml_next(earlier, "session"))
        if (xml_attr(earlier, "by").ptr && overlap(earlier, node))
            compare(lint, earlier, node);
}

const struct lint_rule lint_audit_clash = {.kind = "audit", .element = "session", .look = look};
