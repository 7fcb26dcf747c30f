#include "source/shipped.h"

#include <stddef.h>

const struct shipped *shipped_find(struct str name)
{
    const struct shipped *document;

    for (document = shipped_documents; document->name; document++)
        if (str_is(name, document->name))
            return document;
    return NULL;
}

struct str shipped_bytes(const struct shipped *shipped)
{
    return (struct str){(const char *)shipped->start, (size_t)(shipped->end - shipped->start)};
}
