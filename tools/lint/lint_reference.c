#include "lint/lint_reference.h"

/* The first thing that was said of it; what has to be mended there is told there. */
void lint_reference_say(struct lint *lint, const struct xml_node *node, const char *attribute,
                        struct str name, const struct diag *inner)
{
    const struct diagnostic *first = inner->count ? &inner->list[0] : NULL;
    uint64_t errors = inner->by_severity[SEVERITY_ERROR];

    if (errors) {
        lint_say(lint, node, attribute, "'%.*s' has %llu error%s", STR_ARG(name),
                 (unsigned long long)errors, errors == 1 ? "" : "s");
        lint_hint(lint, "cfaudit validate %s%s%.*s prints them",
                  library_name_is_path(name) && lint->folder.len ? lint->folder.ptr : "",
                  library_name_is_path(name) && lint->folder.len ? "/" : "", STR_ARG(name));
        return;
    }
    lint_say(lint, node, attribute, "'%.*s'%s%.*s", STR_ARG(name), first ? ": " : "",
             STR_ARG(first ? first->text : STR("")));
    if (first && first->hint.ptr)
        lint_hint(lint, "%.*s", STR_ARG(first->hint));
    else if (first && first->rule == RULE_XML_ROOT)
        lint_hint(lint, "name a document of the right kind, or take this one away");
    else if (library_name_is_path(name))
        lint_hint(lint, "paths are relative to the folder of this document");
    if (first)
        lint_word(lint, first->word);
}

void lint_reference(struct lint *lint, const struct xml_node *node, const char *attribute,
                    const char *root)
{
    struct str name = xml_attr(node, attribute);
    struct xml_document *document = NULL;
    struct diag inner;
    enum status status;

    if (name.len == 0)
        return;
    diag_init(&inner);
    status = library_load(lint->library, name, lint->folder, root, &inner, &document);
    if (status == STATUS_MEMORY || inner.lost)
        lint_no_memory(lint);
    else if (status != STATUS_OK)
        lint_reference_say(lint, node, attribute, name, &inner);
    xml_free(document);
    diag_done(&inner);
}

void lint_with_checklist(struct lint *lint, const struct xml_node *use, const char *attribute,
                         void (*look_at)(struct lint *lint, const struct xml_node *use,
                                         const struct xml_node *root))
{
    struct xml_document *document = NULL;
    struct str name = xml_attr(use, attribute);
    struct diag inner;
    enum status status;

    if (!name.len)
        return;
    diag_init(&inner);
    status = library_load(lint->library, name, lint->folder, "checklist", &inner, &document);
    diag_done(&inner);
    if (status == STATUS_MEMORY)
        lint_no_memory(lint);
    else if (status == STATUS_OK)
        look_at(lint, use, xml_root(document));
    xml_free(document);
}
