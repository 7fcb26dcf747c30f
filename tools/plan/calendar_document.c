/* Working calendars: from the document to the spec that is prepared. */
#include <string.h>

#include "base/mem.h"
#include "plan/holidays.h"

static const struct day_windows *first_windows(const struct calendar_version *version)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(version->week); i++)
        if (version->week[i].count > 0)
            return &version->week[i];
    for (i = 0; i < version->rule_count; i++)
        if (version->rules[i].windows.count > 0)
            return &version->rules[i].windows;
    return NULL;
}

/* The week, and behind the rules of the calendar those of the version. */
static void read_version(struct calendar_reading *reading, const struct xml_node *node,
                         const struct rule_list *common, struct calendar_version *version)
{
    struct plan_load *load = &reading->load;
    struct rule_list rules = {NULL, 0, 0};
    size_t i;

    calendar_read_week(load, xml_child(node, "week"), version->week);
    for (i = 0; common && i < common->count; i++)
        rule_list_add(load, &rules, &common->list[i]);
    calendar_read_rules(reading, node, &rules);
    version->rules = rules.list;
    version->rule_count = rules.count;
    if (load->fields.status == STATUS_OK && load->errors == 0 && !first_windows(version)) {
        plan_error(load, RULE_CALENDAR_EMPTY, xml_child(node, "week"), NULL,
                   "no day has a window of work");
        diag_hint(load->fields.diag, "no time would ever pass by it; add <day name=\"monday\">"
                                     "<window from=\"09:00\" to=\"18:00\"/></day>");
    }
}

static void read_versions(struct calendar_reading *reading, struct calendar_spec *spec)
{
    struct plan_load *load = &reading->load;
    size_t count = xml_field_count(load->root, "version") + 1;
    struct calendar_version *versions =
        xml_field_array(&load->fields, count, sizeof *versions);
    const struct xml_node *node = xml_child(load->root, "version");
    struct rule_list common = {NULL, 0, 0};
    size_t i;

    if (!versions)
        return;
    versions[0].from = INT64_MIN;
    read_version(reading, load->root, NULL, &versions[0]);
    for (i = 0; i < versions[0].rule_count; i++)
        rule_list_add(load, &common, &versions[0].rules[i]);
    for (i = 1; i < count && load->fields.status == STATUS_OK; i++, node = xml_next(node, "version")) {
        plan_day(load, node, "from", &versions[i].from);
        if (versions[i].from <= versions[i - 1].from) {
            plan_error(load, RULE_CALENDAR_VERSION, node, "from",
                       "it does not begin after the one before it");
            diag_hint(load->fields.diag, "put the versions in the order of their days");
        }
        read_version(reading, node, &common, &versions[i]);
    }
    spec->versions = versions;
    spec->version_count = count;
}

/* What is open around the clock every day is the same length of time in every zone. */
static bool is_round_the_clock(const struct calendar_spec *spec)
{
    size_t v;
    size_t d;

    for (v = 0; v < spec->version_count; v++) {
        const struct calendar_version *version = &spec->versions[v];

        if (version->rule_count > 0)
            return false;
        for (d = 0; d < ARRAY_LEN(version->week); d++)
            if (version->week[d].count != 1 || version->week[d].list[0].from != 0 ||
                version->week[d].list[0].to != 86400)
                return false;
    }
    return true;
}

static void read_zone(struct calendar_reading *reading, struct calendar_document *document,
                      const struct calendar_spec *spec, struct str zone)
{
    struct plan_load *load = &reading->load;

    plan_zone(load, load->root, &document->zone);
    document->has_zone = xml_attr(load->root, "zone").ptr != NULL;
    if (document->has_zone || load->fields.status != STATUS_OK || load->errors > 0)
        return;
    if (!is_round_the_clock(spec)) {
        plan_error(load, RULE_CALENDAR_ZONE, load->root, NULL, "hours of work are those of a place");
        diag_hint(load->fields.diag, "add zone=\"Europe/Rome\", or the one that is meant");
    } else if (zone.ptr && !str_is(zone, "UTC")) {
        load->fields.status = zone_load(zone, load->fields.diag, &document->zone);
    }
}

static void check_patron(struct calendar_reading *reading, struct calendar_document *document)
{
    struct plan_load *load = &reading->load;
    struct str patron = document->patron;

    if (patron.ptr && !reading->has_patron && reading->patron_is_optional) {
        document->patron = (struct str){NULL, 0};
    } else if (patron.ptr && !reading->has_patron) {
        plan_error(load, RULE_CALENDAR_NO_PATRON, load->root, NULL, "'%.*s' was asked for",
                   STR_ARG(patron));
        diag_hint(load->fields.diag, "take the day away, or add <patron name=\"...\"/> to a "
                                     "calendar of your own");
    } else if (!patron.ptr && reading->has_patron) {
        diag_report(load->fields.diag, RULE_CALENDAR_PATRON,
                    xml_where(load->fields.document, load->root), NULL);
        diag_hint(load->fields.diag, "say it as patron=\"MM-DD\" in the audit or the SLA, or "
                                     "--patron MM-DD");
    }
}

static enum status read_calendar(struct calendar_reading *reading, struct str zone,
                                 struct calendar_document *document)
{
    struct plan_load *load = &reading->load;
    struct calendar_spec *spec = xml_field_array(&load->fields, 1, sizeof *spec);
    enum status status;

    document->id = xml_field_str(&load->fields, load->root, "id");
    document->revision = (unsigned)xml_field_uint(&load->fields, load->root, "revision");
    document->title = plan_words(load, load->root, "title");
    document->note = plan_words(load, load->root, "note");
    document->sha256 = xml_identity(load->fields.document)->sha256;
    if (!library_name_is_path(document->name) && !str_equal(document->name, document->id))
        plan_wrong_id(load, document->name, document->id);
    if (spec)
        read_versions(reading, spec);
    if (spec && load->fields.status == STATUS_OK) {
        read_zone(reading, document, spec, zone);
        check_patron(reading, document);
    }
    status = plan_end(load);
    if (status != STATUS_OK)
        return status;
    spec->name = document->id;
    spec->zone = document->zone ? document->zone : zone_utc();
    document->spec = spec;
    document->lists = reading->lists;
    document->list_count = reading->list_count;
    return calendar_prepare(spec, load->fields.diag, &document->calendar);
}

enum status calendar_load(struct arena *arena, const struct library *library, struct str name,
                          struct str patron, struct str zone, struct str folder, struct diag *diag,
                          struct calendar_document **ret_document)
{
    return plan_calendar(arena, library, name, patron, /* patron_is_optional= */ false, zone, folder,
                         diag, ret_document);
}

enum status plan_calendar(struct arena *arena, const struct library *library, struct str name,
                          struct str patron, bool patron_is_optional, struct str zone,
                          struct str folder, struct diag *diag,
                          struct calendar_document **ret_document)
{
    struct calendar_reading reading = {.load = {.fields = {NULL, arena, diag, STATUS_OK}}};
    struct calendar_document *document = arena_alloc(arena, 1, sizeof *document);
    struct xml_document *xml = NULL;
    enum status status;

    if (!document)
        return diag_no_memory(diag);
    document->name = arena_str(arena, name);
    document->patron = arena_str(arena, patron);
    if (!document->name.ptr || (patron.ptr && !document->patron.ptr))
        return diag_no_memory(diag);
    reading.library = library;
    reading.patron = document->patron;
    reading.patron_is_optional = patron_is_optional;
    reading.folder = plan_folder_of_document(&reading.load, library, document->name, folder);
    status = library_load(library, name, folder, "calendar", diag, &xml);
    if (status == STATUS_OK) {
        reading.load.fields.document = xml;
        reading.load.root = xml_root(xml);
        status = read_calendar(&reading, zone, document);
    }
    if (status == STATUS_OK)
        *ret_document = document;
    else
        calendar_document_free(document);
    xml_free(xml);
    return status;
}

void calendar_document_free(struct calendar_document *document)
{
    if (!document)
        return;
    calendar_free(document->calendar);
    zone_free(document->zone);
    document->calendar = NULL;
    document->zone = NULL;
}
