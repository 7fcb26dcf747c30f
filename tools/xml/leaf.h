/*
 * The tag that event logs consist of: <string key="..." value="..."/>.
 *
 * Call: leaf_match at each "<" that may open one.
 * Owns: views into the bytes given.
 * Errors: what is not exactly such a tag is no match, and is left to the parser.
 * Units: bytes.
 * A match is a well-formed empty element of XML 1.0 with two different attributes, whose names are
 * lower-case letters, whose values are plain text in double quotes: no "&", no "<", no control
 * character, valid UTF-8. So nothing has to be decoded, and nothing is left to check.
 * Source: XML 1.0, productions 2, 10, 40, 44.
 * Threads: values only.
 */
#ifndef CFAUDIT_XML_LEAF_H
#define CFAUDIT_XML_LEAF_H

#include "base/str.h"

enum { LEAF_ATTRIBUTES = 2 };

struct leaf {
    struct str name;
    struct str names[LEAF_ATTRIBUTES];
    struct str values[LEAF_ATTRIBUTES];
    size_t len;
};

/* bytes begins with "<". */
bool leaf_match(struct str bytes, struct leaf *ret_leaf);

#endif
