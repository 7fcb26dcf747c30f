/*
 * What differs between two documents of one kind, by what their elements are called, not by lines.
 *
 * Call: difference_find; the list.
 * Owns: what differs lives in the arena and borrows strings of both documents.
 * Errors: STATUS_MEMORY, reported.
 * Units: none.
 * Elements are the same when they have the same identity (the table in difference_key.c); others
 * when they say the same, or, where they have elements in them, when they have the same number
 * among their likes. Order says nothing.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_CMD_DIFFERENCE_H
#define CFAUDIT_CMD_DIFFERENCE_H

#include "base/buf.h"
#include "xml/xml.h"

enum differing_kind {
    DIFFERS_WORSE,
    DIFFERS_BETTER,
    DIFFERS_ADDED,
    DIFFERS_REMOVED,
    DIFFERS_WORDING, /* of a text */
    DIFFERS_VALUE,
    DIFFERS_COUNT
};

struct differing {
    enum differing_kind kind;
    struct str place; /* "question COR-03 / assessment" */
    struct str what;  /* name of an attribute; missing: the text or the element itself */
    struct str before;
    struct str after;
    struct differing *next;
};

struct difference {
    struct differing *first;
    uint64_t counts[DIFFERS_COUNT];
    uint64_t same; /* elements with an identity of which nothing changed */
};

const char *differing_name(enum differing_kind kind);

enum status difference_find(const struct xml_document *before, const struct xml_document *after,
                            struct arena *arena, struct diag *diag,
                            struct difference *ret_difference);

/* --- for its files --- */

/* How an element is found again: its name and, behind a separator, its identity. False: it has
   none of its own. */
bool difference_key(const struct xml_node *node, struct buf *key);
bool difference_has_identity(const struct xml_node *node);
/* The same for people: "figure M-07 computed"; of one without identity that stands alone, with its
   text. */
void difference_label(const struct xml_node *node, bool is_alone, struct buf *label);
/* Changes in it or in them are of no interest. */
bool difference_skips(const char *element);
bool difference_skips_attribute(const char *element, struct str name);
/* Whether another value is for the better or for the worse; DIFFERS_VALUE: nobody can say. */
enum differing_kind difference_direction(const char *element, struct str attribute,
                                         struct str before, struct str after);

#endif
