/*
 * The elements of an event log made into rows, one for each event inside a trace.
 *
 * Call: xes_log_init; an xml_stream with xes_log_handler and the log as its context; rows are taken
 *       from `rows` between its pieces; xes_log_cut where the file ends too early; xes_log_done.
 * Owns: the rows; borrows the rowset, in which it counts, and the keys.
 * Errors: the handler's false ends the stream; why is in `status`, and reported.
 * Attributes of a trace may stand before or after its events, so a trace is held until its end.
 * Values that the log declares as <global> are not filled in: they are what an attribute would be,
 * and a value that an event does not carry was not recorded. Attributes inside attributes, lists
 * and containers are passed over.
 * An event or trace whose own attribute is wrong is rejected. An event outside traces belongs to
 * no case and is no row; it is said. An event or trace anywhere else ends the reading, because
 * what belongs to what is then unknown.
 * Source: IEEE 1849-2016, as in xes_kind.h.
 * Threads: one log, one thread.
 */
#ifndef CFAUDIT_READER_XES_LOG_H
#define CFAUDIT_READER_XES_LOG_H

#include "reader/xes_header.h"
#include "reader/xes_keys.h"
#include "reader/xes_rows.h"

enum xes_level { XES_LEVEL_DOCUMENT, XES_LEVEL_LOG, XES_LEVEL_TRACE, XES_LEVEL_EVENT };

struct xes_log {
    struct rowset *rowset;
    struct diag *diag;
    const struct xes_keys *keys;
    struct xes_header header;
    struct xes_rows rows;
    enum xes_level level;
    unsigned skipping;    /* elements open below the level, which are passed over */
    struct str namespace; /* of the root */
    uint64_t trace_events;
    enum rule trace_fault; /* RULE_COUNT: none */
    enum rule event_fault;
    enum status status; /* of the handler: its first failure */
};

extern const struct xml_handler xes_log_handler;

void xes_log_init(struct xes_log *log, struct rowset *rowset, const struct xes_keys *keys,
                  size_t width, struct str source_name, struct diag *diag);
void xes_log_done(struct xes_log *log);
/* Ends the open trace of a file that was cut off: the events that were read are there. */
enum status xes_log_cut(struct xes_log *log);

#endif
