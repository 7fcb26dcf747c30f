/* Profiles: which questions of which checklists audits of one sort ask. */
#include "plan/plan_private.h"

static void read_take(struct plan_load *load, const struct xml_node *node,
                      struct profile_take *take)
{
    take->checklist = xml_field_str(&load->fields, node, "checklist");
    take->basis = xml_field_str(&load->fields, node, "basis");
    take->mode = xml_field_str(&load->fields, node, "mode");
    take->place = plan_where(load, node);
}

static enum status read_profile(struct plan_load *load, const struct library *library,
                                struct str name, struct str folder, struct profile *profile)
{
    const struct xml_node *node = xml_child(load->root, "take");

    profile->id = xml_field_str(&load->fields, load->root, "id");
    profile->revision = (unsigned)xml_field_uint(&load->fields, load->root, "revision");
    profile->title = plan_words(load, load->root, "title");
    profile->note = plan_words(load, load->root, "note");
    profile->folder = plan_folder_of_document(load, library, name, folder);
    profile->takes = xml_field_array(&load->fields, xml_field_count(load->root, "take"),
                                     sizeof *profile->takes);
    for (; node && profile->takes; node = xml_next(node, "take"))
        read_take(load, node, &profile->takes[profile->take_count++]);
    profile->sha256 = xml_identity(load->fields.document)->sha256;
    if (!library_name_is_path(name) && !str_equal(name, profile->id))
        plan_wrong_id(load, name, profile->id);
    return plan_end(load);
}

enum status profile_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag, struct profile **ret_profile)
{
    struct plan_load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct profile *profile = arena_alloc(arena, 1, sizeof *profile);
    struct xml_document *document = NULL;
    enum status status;

    if (!profile)
        return diag_no_memory(diag);
    status = library_load(library, name, folder, "profile", diag, &document);
    if (status == STATUS_OK) {
        load.fields.document = document;
        load.root = xml_root(document);
        status = read_profile(&load, library, name, folder, profile);
    }
    if (status == STATUS_OK)
        *ret_profile = profile;
    xml_free(document);
    return status;
}

/* --- of an audit --- */

static bool is_named(const struct audit *audit, struct str checklist)
{
    size_t i;

    for (i = 0; i < audit->checklist_count; i++)
        if (str_equal(audit->checklists[i].name, checklist))
            return true;
    return false;
}

/* What loading it said, told where the audit names it. */
static void refuse(struct plan_load *load, struct str name, const struct diag *inner)
{
    const struct diagnostic *first = inner->count ? &inner->list[0] : NULL;

    plan_error(load, RULE_PLAN_PROFILE, load->root, "profile", "'%.*s'%s%.*s", STR_ARG(name),
               first ? ": " : "", STR_ARG(first ? first->text : STR("")));
    if (first && first->hint.ptr)
        diag_hint(load->fields.diag, "%.*s", STR_ARG(first->hint));
    else
        diag_hint(load->fields.diag, "'cfaudit list profiles' prints those that are shipped");
}

/* Those of the profile come first; one that the audit names itself is asked whole, where it is. */
static void join(struct plan_load *load, const struct profile *profile, struct audit *audit)
{
    struct audit_checklist *list =
        xml_field_array(&load->fields, profile->take_count + audit->checklist_count, sizeof *list);
    struct where place = xml_where_attr(load->fields.document, load->root, STR("profile"));
    size_t count = 0;
    size_t i;

    if (!list)
        return;
    place.source = arena_str(load->fields.arena, place.source);
    for (i = 0; i < profile->take_count; i++)
        if (!is_named(audit, profile->takes[i].checklist))
            list[count++] = (struct audit_checklist){.name = profile->takes[i].checklist,
                                                     .folder = profile->folder,
                                                     .basis = profile->takes[i].basis,
                                                     .mode = profile->takes[i].mode,
                                                     .place = place};
    for (i = 0; i < audit->checklist_count; i++)
        list[count++] = audit->checklists[i];
    audit->checklists = list;
    audit->checklist_count = count;
    audit->profile = profile;
}

void plan_profile(struct plan_load *load, const struct library *library, struct audit *audit)
{
    struct str name = xml_field_str(&load->fields, load->root, "profile");
    struct profile *profile = NULL;
    enum status status;
    struct diag inner;

    if (!name.ptr)
        return;
    diag_init(&inner);
    status = profile_load(load->fields.arena, library, name, audit->folder, &inner, &profile);
    if (status == STATUS_OK)
        join(load, profile, audit);
    else if (status == STATUS_MEMORY && load->fields.status == STATUS_OK)
        load->fields.status = diag_no_memory(load->fields.diag);
    else
        refuse(load, name, &inner);
    diag_done(&inner);
}
