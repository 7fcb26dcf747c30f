#include "evidence/ledger_terms.h"

static void put_document(struct xml_writer *writer, const struct evidence_document *document)
{
    xml_write_open(writer, "document");
    xml_write_attr(writer, "kind", document->kind);
    xml_write_attr(writer, "id", document->id);
    xml_write_attr_uint(writer, "revision", document->revision);
    xml_write_attr(writer, "name", document->name);
    xml_write_attr(writer, "zone", document->zone);
    xml_write_attr(writer, "patron", document->patron);
    xml_write_attr_sha256(writer, "sha256", &document->sha256);
    xml_write_words(writer, "title", &document->title);
    xml_write_close(writer);
}

static void put_level(struct xml_writer *writer, const struct evidence_level *level)
{
    xml_write_open(writer, "level");
    xml_write_attr(writer, "id", level->id);
    xml_write_attr(writer, "sla", level->sla);
    xml_write_attr(writer, "metric", level->metric);
    xml_write_attr(writer, "type", level->type);
    xml_write_attr(writer, "kind", level->kind);
    xml_write_attr_number(writer, "target", level->target);
    xml_write_attr_number(writer, "share", level->share);
    xml_write_attr(writer, "calendar", level->calendar);
    xml_write_attr(writer, "source", level->source);
    xml_write_attr(writer, "document", level->document);
    xml_write_attr(writer, "from", level->from);
    xml_write_attr(writer, "until", level->until);
    xml_write_attr(writer, "parent", level->parent);
    xml_write_words(writer, "title", &level->title);
    xml_write_close(writer);
}

void terms_write(struct xml_writer *writer, const struct evidence *evidence)
{
    size_t i;

    for (i = 0; i < evidence->document_count; i++)
        put_document(writer, &evidence->documents[i]);
    for (i = 0; i < evidence->level_count; i++)
        put_level(writer, &evidence->levels[i]);
}

static void get_document(struct xml_fields *fields, const struct xml_node *node,
                         struct evidence_document *document)
{
    document->kind = xml_field_str(fields, node, "kind");
    document->id = xml_field_str(fields, node, "id");
    document->revision = xml_field_uint(fields, node, "revision");
    document->name = xml_field_str(fields, node, "name");
    document->zone = xml_field_str(fields, node, "zone");
    document->patron = xml_field_str(fields, node, "patron");
    document->sha256 = xml_field_sha256(fields, node, "sha256");
    document->title = xml_field_words(fields, node, "title");
}

static void get_level(struct xml_fields *fields, const struct xml_node *node,
                      struct evidence_level *level)
{
    level->id = xml_field_str(fields, node, "id");
    level->sla = xml_field_str(fields, node, "sla");
    level->metric = xml_field_str(fields, node, "metric");
    level->type = xml_field_str(fields, node, "type");
    level->kind = xml_field_str(fields, node, "kind");
    level->target = xml_field_double(fields, node, "target");
    level->share = xml_field_double(fields, node, "share");
    level->calendar = xml_field_str(fields, node, "calendar");
    level->source = xml_field_str(fields, node, "source");
    level->document = xml_field_str(fields, node, "document");
    level->from = xml_field_str(fields, node, "from");
    level->until = xml_field_str(fields, node, "until");
    level->parent = xml_field_str(fields, node, "parent");
    level->title = xml_field_words(fields, node, "title");
}

void terms_read(struct xml_fields *fields, const struct xml_node *root, struct evidence *evidence)
{
    const struct xml_node *node;

    evidence->documents = xml_field_array(fields, xml_field_count(root, "document"),
                                          sizeof *evidence->documents);
    for (node = xml_child(root, "document"); node && evidence->documents;
         node = xml_next(node, "document"))
        get_document(fields, node, &evidence->documents[evidence->document_count++]);
    evidence->levels = xml_field_array(fields, xml_field_count(root, "level"),
                                       sizeof *evidence->levels);
    for (node = xml_child(root, "level"); node && evidence->levels; node = xml_next(node, "level"))
        get_level(fields, node, &evidence->levels[evidence->level_count++]);
}
