/*
 * Documents compiled into the program: the schema, checklists, source maps.
 *
 * Owns: constant bytes of the program.
 * Errors: NULL when there is none of that name.
 * Units: bytes.
 * Threads: constant.
 */
#ifndef CFAUDIT_SOURCE_SHIPPED_H
#define CFAUDIT_SOURCE_SHIPPED_H

#include "base/str.h"

struct shipped {
    const char *name; /* bare name: "iso9001-5.1.2", "servicenow-incident", "cfaudit.xsd" */
    const char *path; /* in the source tree */
    const unsigned char *start;
    const unsigned char *end;
};

extern const struct shipped shipped_documents[]; /* ends with name NULL; written by the build */

const struct shipped *shipped_find(struct str name);
struct str shipped_bytes(const struct shipped *shipped);

#endif
