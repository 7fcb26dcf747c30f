#include "lint/lint_texts.h"

#include <string.h>

struct lint_text lint_text_next(const struct xml_node *child, const struct xml_node **ret_behind)
{
    struct lint_text text = {NULL, {false}};
    enum lang lang;

    while (child && !lang_find(xml_attr(child, "lang"), &lang))
        child = xml_next(child, NULL);
    text.first = child;
    for (; child && strcmp(xml_name(child), xml_name(text.first)) == 0 &&
           lang_find(xml_attr(child, "lang"), &lang);
         child = xml_next(child, NULL))
        text.is_in[lang] = true;
    *ret_behind = child;
    return text;
}
