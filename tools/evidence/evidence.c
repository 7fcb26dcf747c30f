#include "evidence/evidence.h"

#include <math.h>

enum status evidence_number(struct evidence *evidence, struct arena *arena, struct diag *diag)
{
    size_t i;

    for (i = 0; i < evidence->figure_count; i++) {
        struct str id = arena_format(arena, "EV-%03zu", i + 1);

        if (!id.ptr)
            return diag_no_memory(diag);
        evidence->figures[i].id = id;
    }
    return STATUS_OK;
}

const struct figure *evidence_figure(const struct evidence *evidence, struct str measure,
                                     struct str variant)
{
    const struct figure *first = NULL;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];

        if (!str_equal(figure->measure, measure))
            continue;
        if (variant.ptr ? str_equal(figure->variant, variant) : !isnan(figure->value))
            return figure;
        if (!first && !variant.ptr)
            first = figure;
    }
    return first;
}

const struct evidence_document *evidence_calendar(const struct evidence *evidence)
{
    size_t i;

    for (i = 0; i < evidence->document_count; i++)
        if (str_is(evidence->documents[i].kind, "calendar"))
            return &evidence->documents[i];
    return NULL;
}
