/* Texts that were to be written later. */
#include <string.h>

#include "base/mem.h"
#include "lint/lint_help.h"

static const char *const words[] = {"tbd",           "tba",          "fixme",       "xxx",
                                    "xxxx",          "lorem ipsum",  "to be defined", "to be completed",
                                    "to be written", "insert text",  "da definire", "da completare",
                                    "da scrivere",   "testo di prova", "your text here"};

/* What stands there comes from a source: values, columns, rows of samples. */
static bool is_of_source(const struct xml_node *node)
{
    static const char *const names[] = {"sample", "null", "column", "value", "format", "file"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(xml_name(node), names[i]) == 0)
            return true;
    return false;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct phrases *phrases = lint->state;
    struct str found;

    if (!lint_is_written(lint) || xml_text(node).len == 0 || is_of_source(node))
        return;
    if (!phrases->list)
        phrases_init(phrases, words, ARRAY_LEN(words));
    found = phrases_find(phrases, xml_text(node), 0);
    if (!found.ptr)
        return;
    lint_say(lint, node, NULL, "'%.*s' in '%s'", STR_ARG(found), xml_name(node));
    lint_hint(lint, "write what is meant, or take the element away");
}

const struct lint_rule lint_text_placeholder = {
    .element = "*", .state_size = sizeof(struct phrases), .look = look};
