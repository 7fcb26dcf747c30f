/* Files of sources that are not there: their figures are missing, and the audit is incomplete. */
#include "lint/lint_rule.h"

static struct str path_of(struct lint *lint, struct str name)
{
    struct str path = name;

    if (lint->folder.len && !str_starts(name, "/"))
        path = arena_format(lint->arena, "%.*s/%.*s", STR_ARG(lint->folder), STR_ARG(name));
    if (!path.ptr)
        lint_no_memory(lint);
    return path;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct str name = str_trim(xml_text_raw(node));
    struct str path;
    struct str *names = NULL;
    size_t count = 0;
    struct diag inner;
    enum status status;

    if (!name.len || str_is(name, "-"))
        return;
    path = path_of(lint, name);
    if (!path.ptr)
        return;
    diag_init(&inner);
    status = source_expand(lint->arena, &path, 1, &inner, &names, &count);
    diag_done(&inner);
    if (status == STATUS_MEMORY) {
        lint_no_memory(lint);
    } else if (status != STATUS_OK || count == 0) {
        lint_say(lint, node, NULL, "'%.*s' of source %.*s", STR_ARG(name),
                 STR_ARG(xml_attr(lint_parent(lint), "id")));
        lint_hint(lint, "paths in an audit start from its own folder%s%.*s",
                  lint->folder.len ? ": " : "", STR_ARG(lint->folder));
    }
}

const struct lint_rule lint_audit_file = {.kind = "audit", .element = "file", .look = look};
