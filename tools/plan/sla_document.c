/* Service level agreements: from the document to levels with their calendars. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "plan/sla_check.h"

struct sla_reading {
    struct plan_load load;
    const struct library *library;
    struct str zone;
    struct str folder; /* of the document, for its calendars */
    struct str patron; /* of calendars that leave one open */
    struct sla_document *document;
    struct str *patrons; /* as the agreement states them, beside its calendars */
};

/* --- names --- */

static int find_word(struct plan_load *load, const struct xml_node *node, const char *name,
                     const char *(*name_of)(int), int count)
{
    struct str text = xml_attr(node, name);
    int i;

    for (i = 0; text.ptr && i < count; i++)
        if (str_is(text, name_of(i)))
            return i;
    if (text.ptr)
        xml_field_bad(&load->fields, node, name, "is none of the words allowed there");
    return 0;
}

static const char *metric_word(int value)
{
    return sla_metric_name((enum sla_metric)value);
}

static const char *type_word(int value)
{
    return sla_type_name((enum sla_type)value);
}

static const char *kind_word(int value)
{
    return sla_kind_name((enum sla_kind)value);
}

static const char *change_word(int value)
{
    return sla_change_name((enum sla_change)value);
}

static const char *reopen_word(int value)
{
    return sla_reopen_name((enum sla_reopen)value);
}

/* --- calendars --- */

/* What the level says, else the agreement. */
static const struct xml_node *stating(const struct sla_reading *reading,
                                      const struct xml_node *node, const char *name)
{
    return xml_attr(node, name).ptr ? node : reading->load.root;
}

/* Each calendar once; a patron day belongs to the calendar it is stated with. */
static const struct calendar_document *load_calendar(struct sla_reading *reading,
                                                     const struct xml_node *node)
{
    struct xml_fields *fields = &reading->load.fields;
    struct sla_document *sla = reading->document;
    const struct xml_node *stated = stating(reading, node, "calendar");
    struct str name = xml_attr(stated, "calendar");
    struct str patron =
        plan_month_day(&reading->load, xml_attr(node, "patron").ptr ? node : stated, "patron");
    struct calendar_document *document = NULL;
    size_t i;

    for (i = 0; i < sla->calendar_count; i++)
        if (str_equal(sla->calendars[i]->name, name) && str_equal(reading->patrons[i], patron))
            return sla->calendars[i];
    if (fields->status != STATUS_OK || reading->load.errors > 0)
        return NULL;
    fields->status = plan_calendar(fields->arena, reading->library, name,
                                   patron.ptr ? patron : reading->patron,
                                   /* patron_is_optional= */ !patron.ptr, reading->zone,
                                   reading->folder, fields->diag, &document);
    if (document) {
        reading->patrons[sla->calendar_count] = patron;
        sla->calendars[sla->calendar_count++] = document;
    }
    return document;
}

/* --- time --- */

/* Working time of one day, when every day of work has the same; 0: they differ. */
static int64_t day_seconds(const struct calendar_spec *spec)
{
    int64_t seconds = 0;
    size_t v;
    size_t d;
    size_t w;

    for (v = 0; v < spec->version_count; v++) {
        for (d = 0; d < ARRAY_LEN(spec->versions[v].week); d++) {
            const struct day_windows *windows = &spec->versions[v].week[d];
            int64_t sum = 0;

            for (w = 0; w < windows->count; w++)
                sum += windows->list[w].to - windows->list[w].from;
            if (sum > 0 && seconds > 0 && sum != seconds)
                return 0;
            if (sum > 0)
                seconds = sum;
        }
    }
    return seconds;
}

static struct span days_span(struct sla_reading *reading, const struct xml_node *node,
                             const struct calendar_document *calendar)
{
    struct plan_load *load = &reading->load;
    int64_t days = (int64_t)xml_field_uint(&load->fields, node, "working-days");
    int64_t seconds = calendar ? day_seconds(calendar->spec) : 1;

    if (seconds == 0) {
        plan_error(load, RULE_SLA_TARGET, node, "working-days",
                   "days of calendar '%.*s' differ in length", STR_ARG(calendar->id));
        diag_hint(load->fields.diag, "state the target in hours, as target=\"PT16H\"");
    }
    return (struct span){days * seconds * SECOND_US};
}

static struct span read_target(struct sla_reading *reading, const struct xml_node *node,
                               const struct calendar_document *calendar)
{
    struct plan_load *load = &reading->load;
    struct str text = xml_attr(node, "target");
    bool has_days = xml_attr(node, "working-days").ptr != NULL;
    struct span span = {0};

    if ((text.ptr != NULL) == has_days) {
        plan_error(load, RULE_SLA_TARGET, node, has_days ? "working-days" : NULL,
                   has_days ? "it is stated twice" : "it is not stated");
        diag_hint(load->fields.diag, has_days ? "keep one of the two"
                                              : "add target=\"PT4H\" or working-days=\"2\"");
    } else if (has_days) {
        span = days_span(reading, node, calendar);
    } else if (!span_parse(text, &span)) {
        xml_field_bad(&load->fields, node, "target", "is no length of time");
    } else if (span.us == 0) {
        plan_error(load, RULE_SLA_TARGET, node, "target", "nothing is done in no time");
        diag_hint(load->fields.diag, "write a length of time, as target=\"PT4H30M\"");
    }
    return span;
}

/* --- levels --- */

static void pause_error(struct plan_load *load, const struct xml_node *pause, const char *attribute,
                        const char *what, const char *hint)
{
    plan_error(load, RULE_SLA_PAUSE, pause, attribute, "%s", what);
    diag_hint(load->fields.diag, "%s", hint);
}

static void read_pauses(struct plan_load *load, const struct xml_node *node,
                        struct service_level *level)
{
    const struct xml_node *pause = xml_child(node, "pause");
    size_t count = xml_field_count(node, "pause");
    size_t i;

    level->pause_statuses = xml_field_array(&load->fields, count, sizeof(struct str));
    for (; pause && level->pause_statuses; pause = xml_next(pause, "pause")) {
        struct str class = xml_attr(pause, "class");
        struct str status = xml_attr(pause, "status");
        bool *flag = str_is(class, "hold") ? &level->pauses_hold : &level->pauses_pending;
        bool is_twice = class.ptr && *flag;

        for (i = 0; i < level->pause_status_count; i++)
            is_twice |= status.ptr && str_equal(level->pause_statuses[i], status);
        if ((class.ptr != NULL) == (status.ptr != NULL))
            pause_error(load, pause, NULL,
                        class.ptr ? "it names a class and a status" : "it names nothing",
                        "write class=\"pending\", class=\"hold\" or status=\"...\", one for "
                        "each pause");
        else if (is_twice)
            pause_error(load, pause, class.ptr ? "class" : "status", "it is named twice",
                        "take one of the two away");
        else if (class.ptr)
            *flag = true;
        else
            level->pause_statuses[level->pause_status_count++] =
                xml_field_str(&load->fields, pause, "status");
    }
}

static void read_share(struct plan_load *load, const struct xml_node *node,
                       struct service_level *level)
{
    double share = xml_field_double(&load->fields, node, "share");

    level->share = isnan(share) ? 1 : share;
    if (level->kind == SLA_SPECIFIC && level->share < 1) {
        plan_error(load, RULE_SLA_SHARE, node, "share", "a specific level holds for every case");
        diag_hint(load->fields.diag, "take the share away, or write kind=\"general\"");
    } else if (level->kind == SLA_GENERAL && isnan(share)) {
        plan_error(load, RULE_SLA_SHARE, node, NULL, "a general level needs one");
        diag_hint(load->fields.diag, "add share=\"0.95\", or write kind=\"specific\"");
    }
}

static void read_validity(struct sla_reading *reading, const struct xml_node *node,
                          struct service_level *level)
{
    struct plan_load *load = &reading->load;

    level->valid_from = INT64_MIN;
    level->valid_until = INT64_MAX;
    plan_day(load, stating(reading, node, "from"), "from", &level->valid_from);
    plan_day(load, stating(reading, node, "until"), "until", &level->valid_until);
    if (level->valid_until < level->valid_from) {
        plan_error(load, RULE_SLA_VALIDITY, stating(reading, node, "until"), "until",
                   "it ends before it begins");
        diag_hint(load->fields.diag, "the last day is included");
    }
}

static void read_level(struct sla_reading *reading, const struct xml_node *node,
                       struct service_level *level)
{
    struct plan_load *load = &reading->load;
    struct xml_fields *fields = &load->fields;
    struct str source = xml_attr(stating(reading, node, "source"), "source");

    level->id = xml_field_str(fields, node, "id");
    level->title = plan_words(load, node, "title");
    level->metric = (enum sla_metric)find_word(load, node, "metric", metric_word, SLA_METRIC_COUNT);
    level->type = (enum sla_type)find_word(load, node, "type", type_word, SLA_TYPE_COUNT);
    level->kind = (enum sla_kind)find_word(load, node, "kind", kind_word, SLA_KIND_COUNT);
    level->change = (enum sla_change)find_word(load, node, "change", change_word, SLA_CHANGE_COUNT);
    level->reopen = (enum sla_reopen)find_word(load, node, "reopen", reopen_word, SLA_REOPEN_COUNT);
    level->calendar = load_calendar(reading, node);
    level->target = read_target(reading, node, level->calendar);
    read_share(load, node, level);
    if (!target_source_find(source, &level->source))
        xml_field_bad(fields, node, "source", "is not default, policy, contract or law");
    level->document = xml_field_str(fields, stating(reading, node, "document"), "document");
    read_validity(reading, node, level);
    level->where = plan_conditions(load, node, &level->where_count);
    read_pauses(load, node, level);
    level->parent = xml_field_str(fields, node, "parent");
    level->is_parallel = xml_field_bool(fields, node, "parallel");
    level->place = xml_where(fields->document, node);
    level->place.source = arena_str(fields->arena, level->place.source);
}

static enum status read_sla(struct sla_reading *reading)
{
    struct plan_load *load = &reading->load;
    struct xml_fields *fields = &load->fields;
    struct sla_document *sla = reading->document;
    const struct xml_node *node = xml_child(load->root, "service-level");
    size_t count = xml_field_count(load->root, "service-level");

    sla->id = xml_field_str(fields, load->root, "id");
    sla->revision = (unsigned)xml_field_uint(fields, load->root, "revision");
    sla->title = plan_words(load, load->root, "title");
    sla->note = plan_words(load, load->root, "note");
    sla->party = xml_field_text(fields, load->root, "party");
    sla->sha256 = xml_identity(fields->document)->sha256;
    if (!library_name_is_path(sla->name) && !str_equal(sla->name, sla->id))
        plan_wrong_id(load, sla->name, sla->id);
    sla->levels = xml_field_array(fields, count, sizeof *sla->levels);
    sla->calendars = xml_field_array(fields, count + 1, sizeof(struct calendar_document *));
    reading->patrons = xml_field_array(fields, count + 1, sizeof *reading->patrons);
    if (fields->status == STATUS_OK)
        sla->calendar = load_calendar(reading, load->root);
    for (; node && fields->status == STATUS_OK;
         node = xml_next(node, "service-level"))
        read_level(reading, node, &sla->levels[sla->level_count++]);
    if (fields->status == STATUS_OK && load->errors == 0)
        sla_check(load, sla);
    return plan_end(load);
}

enum status sla_load(struct arena *arena, const struct library *library, struct str name,
                     struct str patron, struct str zone, struct str folder, struct diag *diag,
                     struct sla_document **ret_document)
{
    struct sla_reading reading = {.load = {.fields = {NULL, arena, diag, STATUS_OK}},
                                  .library = library,
                                  .patron = patron,
                                  .zone = zone};
    struct sla_document *sla = arena_alloc(arena, 1, sizeof *sla);
    struct xml_document *xml = NULL;
    enum status status;

    if (!sla)
        return diag_no_memory(diag);
    sla->name = arena_str(arena, name);
    if (!sla->name.ptr)
        return diag_no_memory(diag);
    reading.document = sla;
    reading.folder = plan_folder_of_document(&reading.load, library, sla->name, folder);
    status = library_load(library, name, folder, "sla", diag, &xml);
    if (status == STATUS_OK) {
        reading.load.fields.document = xml;
        reading.load.root = xml_root(xml);
        status = read_sla(&reading);
    }
    if (status == STATUS_OK)
        *ret_document = sla;
    else
        sla_document_free(sla);
    xml_free(xml);
    return status;
}

void sla_document_free(struct sla_document *document)
{
    size_t i;

    if (!document)
        return;
    for (i = 0; i < document->calendar_count; i++)
        calendar_document_free(document->calendars[i]);
    document->calendar_count = 0;
}
