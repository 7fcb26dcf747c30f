/*
 * A document while quick_read goes through it, for the files that do.
 *
 * Call: quick_read (quick_read.h) makes one; quick_attributes for each start tag.
 * Owns: borrows the document, whose arena takes what is kept, and the shape.
 * Errors: false leaves the document to libxml2; what memory is out for is false as well, and `text`
 *         knows why.
 * Units: lines and columns count from 1, columns in characters.
 * Threads: one reading, one thread.
 */
#ifndef CFAUDIT_XML_QUICK_READING_H
#define CFAUDIT_XML_QUICK_READING_H

#include <string.h>

#include "xml/quick_read.h"
#include "xml/quick_text.h"

enum { QUICK_DEPTH = 200, QUICK_PREFIXES = 8 };

/* An element that is open. */
struct quick_frame {
    size_t node;
    size_t last_child;                   /* 0: none yet */
    const struct shape_element *element; /* NULL without a shape */
    const struct shape_type *type;
    size_t particle;
    uint64_t count;  /* of it so far */
    struct str name; /* as written */
};

struct quick_reading {
    struct xml_document *document;
    const struct shape *shape;
    struct quick_text text;
    const char *counted; /* line and column are those of this byte */
    uint32_t line;
    uint32_t column;
    struct quick_frame frames[QUICK_DEPTH];
    size_t depth;
    struct str prefixes[QUICK_PREFIXES]; /* declared on the root */
    size_t prefix_count;
    bool has_namespace; /* the root declares ours */
    struct xml_pair attributes[SHAPE_ATTRIBUTES];
};

static inline bool quick_starts_with(const struct quick_reading *quick, struct str text)
{
    return (size_t)(quick->text.end - quick->text.at) >= text.len &&
           memcmp(quick->text.at, text.ptr, text.len) == 0;
}

/* A copy in the document, terminated. */
static inline struct str quick_keep(struct quick_reading *quick, struct str text)
{
    struct str copy = arena_str(&quick->document->arena, text);

    quick->text.no_memory |= !copy.ptr;
    return copy;
}

/* From behind the name of the element to ">" or "/>", into `attributes`. */
bool quick_attributes(struct quick_reading *quick, const struct shape_type *type,
                      size_t *ret_count);

#endif
