#include "score/used_checklists.h"

struct used_checklist *used_checklists_read(struct xml_fields *fields,
                                            const struct xml_node *parent, size_t *ret_count)
{
    size_t room = xml_field_count(parent, "checklist");
    struct used_checklist *list = xml_field_array(fields, room, sizeof *list);
    const struct xml_node *node;
    size_t count = 0;

    for (node = xml_child(parent, "checklist"); node && fields->status == STATUS_OK;
         node = xml_next(node, "checklist"))
        list[count++] = (struct used_checklist){xml_field_str(fields, node, "id"),
                                                (unsigned)xml_field_uint(fields, node, "revision"),
                                                xml_field_sha256(fields, node, "sha256"),
                                                (size_t)xml_field_uint(fields, node, "asked"),
                                                (size_t)xml_field_uint(fields, node, "of")};
    *ret_count = count;
    return list;
}

void used_checklists_write(struct xml_writer *writer, const struct used_checklist *list,
                           size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        xml_write_open(writer, "checklist");
        xml_write_attr(writer, "id", list[i].id);
        xml_write_attr_uint(writer, "revision", list[i].revision);
        xml_write_attr_sha256(writer, "sha256", &list[i].sha256);
        if (list[i].asked != list[i].whole) {
            xml_write_attr_uint(writer, "asked", list[i].asked);
            xml_write_attr_uint(writer, "of", list[i].whole);
        }
        xml_write_close(writer);
    }
}

struct used_profile used_profile_read(struct xml_fields *fields, const struct xml_node *parent)
{
    const struct xml_node *node = xml_child(parent, "profile");

    if (!node)
        return (struct used_profile){.id = {NULL, 0}};
    return (struct used_profile){xml_field_str(fields, node, "id"),
                                 (unsigned)xml_field_uint(fields, node, "revision"),
                                 xml_field_sha256(fields, node, "sha256")};
}

void used_profile_write(struct xml_writer *writer, const struct used_profile *profile)
{
    if (!profile->id.ptr)
        return;
    xml_write_open(writer, "profile");
    xml_write_attr(writer, "id", profile->id);
    xml_write_attr_uint(writer, "revision", profile->revision);
    xml_write_attr_sha256(writer, "sha256", &profile->sha256);
    xml_write_close(writer);
}
