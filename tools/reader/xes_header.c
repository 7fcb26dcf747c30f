#include "reader/xes_header.h"

#include <string.h>

#include "base/buf.h"

void xes_header_root(struct xes_header *header, const struct xml_event *event,
                     struct str *ret_dialect)
{
    size_t i;

    for (i = 0; i < event->attribute_count; i++) {
        struct str version = event->attributes[i].value;
        struct buf text;

        if (!str_is(event->attributes[i].name, "xes.version") || version.len > 16)
            continue;
        buf_init(&text, sizeof header->dialect - 1);
        buf_add_text(&text, "XES ");
        buf_add_visible(&text, version, 16);
        if (!text.failed && text.len < sizeof header->dialect) {
            memcpy(header->dialect, text.bytes, text.len);
            *ret_dialect = (struct str){header->dialect, text.len};
        }
        buf_done(&text);
    }
}

static bool has_attribute(const struct xml_event *event, const char *name)
{
    size_t i;

    for (i = 0; i < event->attribute_count; i++)
        if (str_is(event->attributes[i].name, name))
            return true;
    return false;
}

void xes_header_order(struct xes_header *header, const struct xml_event *event, enum xes_kind kind)
{
    static const unsigned char order[] = {
        [XES_EXTENSION] = 1, [XES_GLOBAL] = 2, [XES_CLASSIFIER] = 3,
        [XES_TRACE] = 5,     [XES_EVENT] = 6,
    };
    unsigned now = kind >= XES_STRING ? 4 : order[kind];
    unsigned last = header->last >= XES_STRING ? 4 : order[header->last];

    if (now < last)
        diag_report(header->diag, RULE_XES_HEADER, xes_header_where(header, event),
                    "<%.*s> comes too late", STR_ARG(event->name));
    else
        header->last = kind;
}

void xes_header_declaration(const struct xes_header *header, const struct xml_event *event,
                            enum xes_kind kind)
{
    const char *missing = NULL;

    if (!has_attribute(event, "name"))
        missing = "name";
    else if (kind == XES_EXTENSION && !has_attribute(event, "prefix"))
        missing = "prefix";
    else if (kind == XES_EXTENSION && !has_attribute(event, "uri"))
        missing = "uri";
    else if (kind == XES_CLASSIFIER && !has_attribute(event, "keys"))
        missing = "keys";
    if (missing)
        diag_report(header->diag, RULE_XES_HEADER, xes_header_where(header, event),
                    "<%.*s> without %s", STR_ARG(event->name), missing);
}
