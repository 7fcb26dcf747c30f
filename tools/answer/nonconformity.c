/* The statement of a nonconformity, read and written: the same in answers and in a result. */
#include "answer/answer.h"

struct nonconformity *nonconformity_read(struct xml_fields *fields, const struct xml_node *parent)
{
    const struct xml_node *node = xml_child(parent, "nonconformity");
    const struct xml_node *requirement = xml_child(node, "requirement");
    struct nonconformity *statement;

    if (!node)
        return NULL;
    statement = xml_field_array(fields, 1, sizeof *statement);
    if (!statement)
        return NULL;
    statement->id = xml_field_str(fields, node, "id");
    statement->requirement = xml_field_text(fields, node, "requirement");
    statement->document = xml_field_str(fields, requirement, "document");
    statement->edition = xml_field_str(fields, requirement, "edition");
    statement->part = xml_field_str(fields, requirement, "part");
    statement->facts = xml_field_text(fields, node, "facts");
    statement->nature = xml_field_text(fields, node, "nature");
    statement->effect = xml_field_text(fields, node, "effect");
    statement->containment = xml_field_text(fields, node, "containment");
    statement->acknowledged_by = xml_field_str(fields, node, "acknowledged-by");
    statement->acknowledged_on = xml_field_str(fields, node, "acknowledged-on");
    return statement;
}

void nonconformity_write(struct xml_writer *writer, const struct nonconformity *statement)
{
    if (!statement)
        return;
    xml_write_open(writer, "nonconformity");
    xml_write_attr(writer, "id", statement->id);
    xml_write_attr(writer, "acknowledged-by", statement->acknowledged_by);
    xml_write_attr(writer, "acknowledged-on", statement->acknowledged_on);
    xml_write_open(writer, "requirement");
    xml_write_attr(writer, "document", statement->document);
    xml_write_attr(writer, "edition", statement->edition);
    xml_write_attr(writer, "part", statement->part);
    xml_write_collapsed(writer, statement->requirement);
    xml_write_close(writer);
    xml_write_element(writer, "facts", statement->facts);
    xml_write_element(writer, "nature", statement->nature);
    xml_write_element(writer, "effect", statement->effect);
    xml_write_element(writer, "containment", statement->containment);
    xml_write_close(writer);
}
