/* Names in the agenda that the team or the auditees do not have: nobody knows whom to expect. */
#include <stdio.h>

#include "lint/lint_agenda.h"

enum { NAMES_MAX = 320, TEXT_MAX = 100 };

/* Names that suggestions are taken from, as they have to be for str_nearest. */
struct names {
    char texts[NAMES_MAX][TEXT_MAX + 1];
    const char *list[NAMES_MAX + 1];
    size_t count;
};

static void keep(struct names *names, struct str text)
{
    if (!text.len || text.len > TEXT_MAX || names->count == NAMES_MAX)
        return;
    snprintf(names->texts[names->count], sizeof names->texts[0], "%.*s", STR_ARG(text));
    names->list[names->count] = names->texts[names->count];
    names->count++;
}

/* Whether the person is known as `text`; it is kept for suggestions if not. */
static bool is_called(struct names *names, struct str text, struct str name)
{
    if (str_equal(text, name) || str_equal(agenda_short(text), name))
        return true;
    keep(names, agenda_short(text));
    return false;
}

static bool is_in_team(const struct lint *lint, struct str name, struct names *names)
{
    const struct xml_node *member = xml_child(xml_child(lint->root, "team"), "member");

    for (; member; member = xml_next(member, "member"))
        if (is_called(names, xml_text(member), name))
            return true;
    return false;
}

static bool is_auditee(const struct xml_node *plan, struct str name, struct names *names)
{
    const struct xml_node *auditee = xml_child(plan, "auditee");

    for (; auditee; auditee = xml_next(auditee, "auditee"))
        if (is_called(names, xml_attr(auditee, "name"), name) ||
            is_called(names, xml_attr(auditee, "function"), name))
            return true;
    return false;
}

static void say(struct lint *lint, const struct xml_node *node, const char *attribute,
                struct str name, struct names *names)
{
    const char *nearest;

    names->list[names->count] = NULL;
    nearest = str_nearest(name, names->list);
    lint_say(lint, node, attribute, "'%.*s' is not %s", STR_ARG(name),
             attribute[0] == 'b' ? "in the team" : "an auditee");
    if (nearest)
        lint_hint(lint, "did you mean '%s'?", nearest);
    else
        lint_hint(lint, "names stand between commas, as they do in %s",
                  attribute[0] == 'b' ? "<team>" : "<auditee name=\"...\">");
}

static void check(struct lint *lint, const struct xml_node *node, const char *attribute,
                  const struct xml_node *plan)
{
    struct str rest = xml_attr(node, attribute);
    bool is_by = attribute[0] == 'b';
    struct str name;

    while (rest.ptr && agenda_next(&rest, &name)) {
        struct names *names = lint->state;

        names->count = 0;
        if (!(is_by ? is_in_team(lint, agenda_short(name), names)
                    : is_auditee(plan, agenda_short(name), names)))
            say(lint, node, attribute, name, names);
    }
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *plan = lint_parent(lint);

    /* who has no list of names has nothing to compare with */
    if (xml_child(xml_child(lint->root, "team"), "member"))
        check(lint, node, "by", plan);
    if (xml_child(plan, "auditee"))
        check(lint, node, "with", plan);
}

const struct lint_rule lint_audit_agenda = {.kind = "audit",
                                            .element = "session",
                                            .state_size = sizeof(struct names),
                                            .look = look};
