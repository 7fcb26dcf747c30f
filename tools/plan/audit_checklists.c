/* The checklists of an audit, and what it changes about their questions. */
#include <string.h>

#include "plan/plan_private.h"

static const struct {
    const char *element;
    const char *id; /* its attribute */
} kinds[] = {
    [TAILORING_LEAVE_OUT] = {"leave-out", "question"},
    [TAILORING_LEAVE_OUT_SECTION] = {"leave-out-section", "section"},
    [TAILORING_WEIGH] = {"weigh", "question"},
};

static struct where place_of(struct plan_load *load, const struct xml_node *node, const char *name)
{
    struct where place = xml_where_attr(load->fields.document, node, str_of(name));

    place.source = arena_str(load->fields.arena, place.source);
    return place;
}

static enum tailoring_kind kind_of(const struct xml_node *node)
{
    int kind = TAILORING_WEIGH;

    while (kind > 0 && strcmp(xml_name(node), kinds[kind].element) != 0)
        kind--;
    return (enum tailoring_kind)kind;
}

static void read_tailoring(struct plan_load *load, const struct xml_node *node,
                           struct tailoring *tailoring)
{
    struct xml_fields *fields = &load->fields;

    tailoring->kind = kind_of(node);
    tailoring->id = xml_field_str(fields, node, kinds[tailoring->kind].id);
    tailoring->by = xml_field_str(fields, node, "by");
    tailoring->on = xml_field_str(fields, node, "on");
    tailoring->reason = arena_str(fields->arena, xml_text(node));
    if (!tailoring->reason.ptr && fields->status == STATUS_OK)
        fields->status = diag_no_memory(fields->diag);
    tailoring->place = place_of(load, node, kinds[tailoring->kind].id);
    if (tailoring->kind != TAILORING_WEIGH)
        return;
    tailoring->weight = xml_field_ratio(fields, node, "weight");
    tailoring->weight_place = place_of(load, node, "weight");
    if (ratio_compare(tailoring->weight, RATIO_ZERO) <= 0)
        xml_field_bad(fields, node, "weight", "is not above zero");
}

static void read_checklist(struct plan_load *load, const struct xml_node *node, struct str folder,
                           struct audit_checklist *checklist)
{
    const struct xml_node *element;

    checklist->name = xml_field_str(&load->fields, node, "name");
    checklist->folder = folder;
    checklist->revision = (unsigned)xml_field_uint(&load->fields, node, "revision");
    checklist->place = place_of(load, node, "name");
    checklist->revision_place = place_of(load, node, "revision");
    checklist->tailorings = xml_field_array(&load->fields, xml_field_count(node, NULL),
                                            sizeof *checklist->tailorings);
    for (element = xml_child(node, NULL); element && checklist->tailorings;
         element = xml_next(element, NULL))
        read_tailoring(load, element, &checklist->tailorings[checklist->tailoring_count++]);
}

void plan_checklists(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "checklist");

    audit->checklists = xml_field_array(&load->fields, xml_field_count(load->root, "checklist"),
                                        sizeof *audit->checklists);
    for (; node && audit->checklists; node = xml_next(node, "checklist"))
        read_checklist(load, node, audit->folder, &audit->checklists[audit->checklist_count++]);
    if (audit->checklist_count || xml_attr(load->root, "profile").ptr)
        return;
    plan_error(load, RULE_PLAN_CHECKLIST, load->root, NULL, "'%.*s'", STR_ARG(audit->id));
    diag_hint(load->fields.diag, "add <checklist name=\"iso9001-5.1.2\"/>, or "
                                 "profile=\"internal\" to the audit");
}
