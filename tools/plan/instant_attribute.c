/* Instants in attributes of our own documents, both ways. */
#include "base/buf.h"
#include "plan/plan.h"

struct instant instant_attr(struct xml_fields *fields, const struct xml_node *node,
                            const char *name)
{
    struct str text = xml_attr(node, name);
    struct instant instant = INSTANT_MISSING;
    unsigned dropped;

    if (text.ptr && !instant_parse(text, &instant, &dropped))
        xml_field_bad(fields, node, name, "is no instant");
    return instant;
}

void instant_write_attr(struct xml_writer *writer, const char *name, struct instant instant)
{
    struct buf text;

    if (instant_is_missing(instant))
        return;
    buf_init(&text, 64);
    instant_format(instant, &text);
    if (text.failed)
        writer->out->failed = true;
    xml_write_attr(writer, name, buf_str(&text));
    buf_done(&text);
}
