/* Event logs in XES. */
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "cmd/info.h"
#include "xml/xml.h"

enum { KEYS_MAX = 1000 };

/* An attribute of traces or of events. */
struct key {
    bool of_trace;
    const char *type; /* constant */
    uint64_t n;
};

struct event_log {
    struct info *info;
    struct intern names; /* "case:concept:name", "time:timestamp" */
    struct key keys[KEYS_MAX];
    struct str version;
    uint64_t traces;
    uint64_t events;
    unsigned depth; /* of elements */
    unsigned trace; /* depth of the open trace, 0: none */
    unsigned event;
    bool failed;
};

static struct str attribute(const struct xml_event *event, const char *name)
{
    size_t i;

    for (i = 0; i < event->attribute_count; i++)
        if (str_is(event->attributes[i].name, name))
            return event->attributes[i].value;
    return (struct str){NULL, 0};
}

/* NULL: no attribute of a log. */
static const char *type_of(struct str element)
{
    static const char *const types[] = {"string", "date", "int",  "float",
                                        "boolean", "id",  "list", "container"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(types); i++)
        if (str_is(element, types[i]))
            return types[i];
    return NULL;
}

static void count_key(struct event_log *log, struct str key, const char *type, bool of_trace)
{
    struct buf name;
    uint32_t number;

    if (intern_count(&log->names) >= KEYS_MAX)
        return;
    buf_init(&name, 1 << 20);
    if (of_trace)
        buf_add_text(&name, "case:");
    buf_add(&name, key);
    number = intern_id(&log->names, buf_str(&name));
    if (name.failed || number == INTERN_NONE) {
        log->failed = true;
    } else {
        log->keys[number].of_trace = of_trace;
        log->keys[number].type = type;
        log->keys[number].n++;
    }
    buf_done(&name);
}

static bool start(void *context, const struct xml_event *event)
{
    struct event_log *log = context;
    const char *type = type_of(event->name);

    log->depth++;
    if (log->depth == 1) {
        log->version =
            arena_str(&log->info->run->arena, attribute(event, "xes.version"));
    } else if (str_is(event->name, "trace") && log->depth == 2) {
        log->trace = log->depth;
        log->traces++;
    } else if (str_is(event->name, "event") && log->trace && log->depth == log->trace + 1) {
        log->event = log->depth;
        log->events++;
    } else if (type && log->event && log->depth == log->event + 1) {
        count_key(log, attribute(event, "key"), type, false);
    } else if (type && log->trace && !log->event && log->depth == log->trace + 1) {
        count_key(log, attribute(event, "key"), type, true);
    }
    return !log->failed;
}

static bool end(void *context, struct str name)
{
    struct event_log *log = context;

    (void)name;
    if (log->depth == log->event)
        log->event = 0;
    if (log->depth == log->trace)
        log->trace = 0;
    log->depth--;
    return true;
}

static enum status read(struct event_log *log)
{
    static const struct xml_handler handler = {start, end};
    struct info *info = log->info;
    struct diag *diag = &info->run->diag;
    struct xml_stream *stream = NULL;
    char *block;
    size_t len;
    enum status status = xml_stream_new(info->name, &handler, log, diag, &stream);

    while (status == STATUS_OK) {
        status = source_next(info->source, diag, &block, &len);
        if (status == STATUS_OK)
            status = xml_stream_feed(stream, (struct str){block, len});
    }
    if (status == STATUS_END)
        status = source_is_truncated(info->source) ? xml_stream_cut(stream)
                                                   : xml_stream_end(stream);
    xml_stream_free(stream);
    return log->failed ? diag_no_memory(diag) : status;
}

static enum status tell_keys(struct event_log *log, const struct info_column *columns)
{
    static const char *const heads[] = {"attribute", "type", "#n", "field", NULL};
    struct facts *facts = log->info->facts;
    size_t i;

    facts_table(facts, "attributes", heads);
    for (i = 0; i < intern_count(&log->names); i++) {
        struct str cells[] = {intern_text(&log->names, (uint32_t)i), str_of(log->keys[i].type),
                              facts_count(facts->arena, log->keys[i].n), columns[i].field};

        if (!facts_row(facts, cells))
            return diag_no_memory(&log->info->run->diag);
    }
    facts_table_end(facts);
    return STATUS_OK;
}

static enum status tell_log(struct event_log *log)
{
    struct info *info = log->info;
    size_t count = intern_count(&log->names);
    struct info_column *columns = arena_alloc(&info->run->arena, count + 1, sizeof *columns);
    enum status status;
    size_t i;

    if (!columns)
        return diag_no_memory(&info->run->diag);
    for (i = 0; i < count; i++)
        columns[i] = (struct info_column){intern_text(&log->names, (uint32_t)i), {NULL, 0}};
    facts_text(info->facts, "version", log->version);
    facts_number(info->facts, "traces", log->traces);
    facts_number(info->facts, "events", log->events);
    status = info_maps(info, "xes", columns, count);
    return status == STATUS_OK ? tell_keys(log, columns) : status;
}

static enum status tell(struct info *info)
{
    struct event_log *log = mem_alloc(1, sizeof *log);
    enum status status;

    if (!log)
        return diag_no_memory(&info->run->diag);
    log->info = info;
    intern_init(&log->names);
    facts_text(info->facts, "kind", STR("event log, XES"));
    status = read(log);
    if (status == STATUS_OK)
        status = tell_log(log);
    intern_done(&log->names);
    mem_free(log);
    return status;
}

static bool fits(const struct info *info)
{
    return str_is(info_root(info->text), "log") && info->text.len &&
           !memchr(info->head.ptr, '\0', info->head.len);
}

const struct info_kind info_event_log = {.fits = fits, .tell = tell};
