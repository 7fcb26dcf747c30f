/*
 * What an event log says of itself beside its traces: its version, extensions, globals and
 * classifiers, and whether they stand where they may. Nothing wrong here costs a row.
 *
 * Call: xes_header_root for the root; xes_header_order for each child of it, traces too, and
 *       xes_header_declaration for an extension or classifier.
 * Owns: the text of the dialect; borrows the rest.
 * Errors: none; what is wrong is a diagnostic xes-header.
 * Source: IEEE 1849-2016.
 * Threads: one header, one thread.
 */
#ifndef CFAUDIT_READER_XES_HEADER_H
#define CFAUDIT_READER_XES_HEADER_H

#include "base/diag.h"
#include "reader/xes_kind.h"
#include "xml/xml.h"

struct xes_header {
    struct str source_name;
    struct diag *diag;
    enum xes_kind last; /* the latest child of the log */
    char dialect[32];
};

static inline struct where xes_header_where(const struct xes_header *header,
                                            const struct xml_event *event)
{
    return (struct where){header->source_name, event->line, event->column, event->offset};
}

/* "XES " and the version that the root names; *ret_dialect stays where it names none. */
void xes_header_root(struct xes_header *header, const struct xml_event *event,
                     struct str *ret_dialect);
/* Children of the log come in the order of their kinds; attributes of any type are one kind. */
void xes_header_order(struct xes_header *header, const struct xml_event *event, enum xes_kind kind);
/* The attributes that the declaration must have. */
void xes_header_declaration(const struct xes_header *header, const struct xml_event *event,
                            enum xes_kind kind);

#endif
