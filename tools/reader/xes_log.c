#include "reader/xes_log.h"

#include <string.h>

#include "base/limits.h"
#include "reader/reader_table.h"

static struct where where_of(const struct xes_log *log, const struct xml_event *event)
{
    return xes_header_where(&log->header, event);
}

static bool fail(struct xes_log *log, enum status status)
{
    if (log->status == STATUS_OK)
        log->status = status;
    return false;
}

static bool no_memory(struct xes_log *log)
{
    return fail(log, diag_no_memory(log->diag));
}

static bool refuse(struct xes_log *log, const struct xml_event *event, const char *why)
{
    diag_report(log->diag, RULE_XES_STRUCTURE, where_of(log, event), "<%.*s> %s",
                STR_ARG(event->name), why);
    return fail(log, STATUS_INVALID);
}

/* --- attributes --- */

struct pair {
    struct str key;
    struct str value;
};

static struct pair pair_of(const struct xml_event *event)
{
    struct pair pair = {{NULL, 0}, {NULL, 0}};
    size_t i;

    for (i = 0; i < event->attribute_count; i++) {
        const struct xml_attribute *attribute = &event->attributes[i];

        if (attribute->name.len == 3 && memcmp(attribute->name.ptr, "key", 3) == 0)
            pair.key = attribute->value;
        else if (attribute->name.len == 5 && memcmp(attribute->name.ptr, "value", 5) == 0)
            pair.value = attribute->value;
    }
    return pair;
}

/* Reports what is wrong with an attribute as that rule; false when something is. */
static bool check_pair(struct xes_log *log, const struct xml_event *event, enum xes_kind kind,
                       enum rule rule, struct pair *pair)
{
    if (!pair->key.ptr || (kind < XES_LIST && !pair->value.ptr)) {
        diag_report(log->diag, rule, where_of(log, event), "<%.*s> without %s",
                    STR_ARG(event->name), pair->key.ptr ? "value" : "key");
        return false;
    }
    if (kind == XES_STRING || kind >= XES_LIST)
        return true;
    pair->value = str_trim(pair->value);
    if (xes_value_fits(kind, pair->value))
        return true;
    diag_report(log->diag, rule, where_of(log, event), "'%.*s' of '%.*s' is no %.*s",
                STR_ARG(pair->value), STR_ARG(pair->key), STR_ARG(event->name));
    return false;
}

/* An attribute of the open event or trace. */
static bool take_attribute(struct xes_log *log, const struct xml_event *event, enum xes_kind kind)
{
    bool of_trace = log->level == XES_LEVEL_TRACE;
    enum rule *fault = of_trace ? &log->trace_fault : &log->event_fault;
    struct xes_row *row = of_trace ? &log->rows.trace : xes_rows_event(&log->rows);
    struct pair pair = pair_of(event);
    const struct xes_key *key;

    if (!check_pair(log, event, kind, RULE_XES_VALUE, &pair)) {
        *fault = *fault == RULE_COUNT ? RULE_XES_VALUE : *fault;
        return true;
    }
    if (kind >= XES_LIST)
        return true;
    for (key = xes_keys_find(log->keys, pair.key, of_trace); key; key = key->next) {
        if (row->ranks[key->column] == key->rank) {
            diag_report(log->diag, RULE_XES_KEY_TWICE, where_of(log, event), "'%.*s'",
                        STR_ARG(pair.key));
            *fault = *fault == RULE_COUNT ? RULE_XES_KEY_TWICE : *fault;
            return true;
        }
        if (!xes_rows_fill(&log->rows, row, key->column, key->rank, pair.value))
            return no_memory(log);
        log->rowset->found[key->column] = true;
    }
    return true;
}

/* --- rows --- */

static bool begin_event(struct xes_log *log, const struct xml_event *event)
{
    log->level = XES_LEVEL_EVENT;
    log->event_fault = RULE_COUNT;
    log->rowset->counts.read++;
    if (++log->trace_events > LIMIT_TRACE_EVENTS)
        return fail(log, diag_limit(log->diag, where_of(log, event),
                                    "the number of events of a trace", LIMIT_TRACE_EVENTS));
    return xes_rows_begin_event(&log->rows, event->line, event->offset) || no_memory(log);
}

static bool reject_row(struct xes_log *log, const struct xes_row *row, enum rule rule)
{
    return rowset_reject(log->rowset, rule, row->line, row->offset) || no_memory(log);
}

static bool end_event(struct xes_log *log)
{
    log->level = XES_LEVEL_TRACE;
    if (log->event_fault == RULE_COUNT)
        return true;
    if (!reject_row(log, xes_rows_event(&log->rows), log->event_fault))
        return false;
    xes_rows_drop_event(&log->rows);
    return true;
}

static bool begin_trace(struct xes_log *log, const struct xml_event *event)
{
    log->level = XES_LEVEL_TRACE;
    log->trace_fault = RULE_COUNT;
    log->trace_events = 0;
    return xes_rows_begin_trace(&log->rows, event->line, event->offset) || no_memory(log);
}

static bool end_trace(struct xes_log *log)
{
    size_t i;

    log->level = XES_LEVEL_LOG;
    if (log->trace_fault == RULE_COUNT)
        return xes_rows_end_trace(&log->rows) || no_memory(log);
    for (i = log->rows.trace_first; i < log->rows.count; i++)
        if (!reject_row(log, &log->rows.list[i], log->trace_fault))
            return false;
    xes_rows_drop_trace(&log->rows);
    return true;
}

/* --- elements --- */

static bool begin_root(struct xes_log *log, const struct xml_event *event, enum xes_kind kind)
{
    if (kind != XES_LOG)
        return refuse(log, event, "is not the root of an event log, <log>");
    log->level = XES_LEVEL_LOG;
    log->namespace = event->namespace;
    xes_header_root(&log->header, event, &log->rowset->dialect);
    return true;
}

static bool start_in_log(struct xes_log *log, const struct xml_event *event, enum xes_kind kind)
{
    struct pair pair;

    if (kind != XES_OTHER && kind != XES_VALUES && kind != XES_LOG)
        xes_header_order(&log->header, event, kind);
    if (kind == XES_TRACE)
        return begin_trace(log, event);
    log->skipping = 1;
    switch (kind) {
    case XES_LOG:
        return refuse(log, event, "may not stand in a log");
    case XES_EVENT:
        diag_report(log->diag, RULE_XES_NO_TRACE, where_of(log, event), NULL);
        return true;
    case XES_EXTENSION:
    case XES_CLASSIFIER:
        xes_header_declaration(&log->header, event, kind);
        return true;
    case XES_GLOBAL:
        return true;
    case XES_OTHER:
    case XES_VALUES:
        diag_report(log->diag, RULE_XES_HEADER, where_of(log, event), "<%.*s> is unknown",
                    STR_ARG(event->name));
        return true;
    default:
        pair = pair_of(event);
        check_pair(log, event, kind, RULE_XES_HEADER, &pair);
        return true;
    }
}

/* Something that is no attribute in a trace or event: what it means there is unknown. */
static bool strange(struct xes_log *log, const struct xml_event *event, enum rule *fault)
{
    diag_report(log->diag, RULE_XES_ELEMENT, where_of(log, event), "<%.*s>", STR_ARG(event->name));
    if (*fault == RULE_COUNT)
        *fault = RULE_XES_ELEMENT;
    log->skipping = 1;
    return true;
}

static bool start_in_trace(struct xes_log *log, const struct xml_event *event, enum xes_kind kind)
{
    if (kind == XES_EVENT)
        return begin_event(log, event);
    if (kind < XES_STRING)
        return strange(log, event, &log->trace_fault);
    log->skipping = 1;
    return take_attribute(log, event, kind);
}

static bool start_in_event(struct xes_log *log, const struct xml_event *event, enum xes_kind kind)
{
    if (kind < XES_STRING)
        return strange(log, event, &log->event_fault);
    log->skipping = 1;
    return take_attribute(log, event, kind);
}

static bool is_foreign(const struct xes_log *log, struct str namespace)
{
    return namespace.ptr != log->namespace.ptr && !str_equal(namespace, log->namespace) &&
           !str_starts(namespace, "http://www.xes-standard.org");
}

static bool on_start(void *context, const struct xml_event *event)
{
    struct xes_log *log = context;
    enum xes_kind kind = xes_kind_of(event->name);

    if (log->level != XES_LEVEL_DOCUMENT && is_foreign(log, event->namespace))
        kind = XES_OTHER;
    /* never passed over, however deep: an event would be lost without a word */
    if ((kind == XES_EVENT && (log->skipping || log->level == XES_LEVEL_EVENT)) ||
        (kind == XES_TRACE && (log->skipping || log->level > XES_LEVEL_LOG)) ||
        (kind == XES_LOG && log->level != XES_LEVEL_DOCUMENT))
        return refuse(log, event, "may not stand here");
    if (log->skipping) {
        log->skipping++;
        return true;
    }
    switch (log->level) {
    case XES_LEVEL_EVENT:
        return start_in_event(log, event, kind);
    case XES_LEVEL_TRACE:
        return start_in_trace(log, event, kind);
    case XES_LEVEL_LOG:
        return start_in_log(log, event, kind);
    default:
        return begin_root(log, event, kind);
    }
}

static bool on_end(void *context, struct str name)
{
    struct xes_log *log = context;

    (void)name;
    if (log->skipping) {
        log->skipping--;
        return true;
    }
    switch (log->level) {
    case XES_LEVEL_EVENT:
        return end_event(log);
    case XES_LEVEL_TRACE:
        return end_trace(log);
    default:
        log->level = XES_LEVEL_DOCUMENT;
        return true;
    }
}

const struct xml_handler xes_log_handler = {on_start, on_end};

/* --- the log --- */

void xes_log_init(struct xes_log *log, struct rowset *rowset, const struct xes_keys *keys,
                  size_t width, struct str source_name, struct diag *diag)
{
    *log = (struct xes_log){.rowset = rowset,
                            .diag = diag,
                            .keys = keys,
                            .header = {.source_name = source_name, .diag = diag}};
    xes_rows_init(&log->rows, width);
}

void xes_log_done(struct xes_log *log)
{
    xes_rows_done(&log->rows);
}

enum status xes_log_cut(struct xes_log *log)
{
    if (log->level == XES_LEVEL_EVENT) {
        const struct xes_row *row = xes_rows_event(&log->rows);

        diag_report(log->diag, RULE_XES_CUT,
                    (struct where){log->header.source_name, row->line, 0, row->offset}, NULL);
        log->event_fault = RULE_XES_CUT;
        if (!end_event(log))
            return log->status;
    }
    if (log->level == XES_LEVEL_TRACE && !end_trace(log))
        return log->status;
    return STATUS_OK;
}
