#include "lint/lint_binding.h"

bool lint_has_ladder(const struct xml_node *question)
{
    const struct xml_node *binding = xml_child(question, "binding");

    for (; binding; binding = xml_next(binding, "binding"))
        if (xml_child(binding, "ladder"))
            return true;
    return false;
}

const struct measure_variant *lint_binding_variant(const struct xml_node *binding)
{
    const struct measure *measure = measure_find(xml_attr(binding, "measure"));
    struct str name = xml_attr(binding, "variant");
    size_t i;

    if (!measure)
        return NULL;
    for (i = 0; i < measure->variant_count; i++)
        if (!name.ptr || str_is(name, measure->variants[i].name))
            return &measure->variants[i];
    return NULL;
}
