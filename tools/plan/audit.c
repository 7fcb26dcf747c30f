#include <string.h>

#include "base/mem.h"
#include "plan/plan_private.h"

/* --- times --- */

/* "2026-01-31", the first instant of that day in the zone. */
static bool day_start(struct str text, const struct zone *zone, struct instant *ret_instant)
{
    struct time_format format;
    struct time_text time;
    struct instant later;
    size_t bad;

    if (!time_format_compile(STR("%Y-%m-%d"), &format, &bad) ||
        !time_format_read(&format, DATE_ORDER_UNKNOWN, text, &time))
        return false;
    zone_to_instant(zone, time.local, ret_instant, &later);
    return true;
}

bool moment_parse(struct str text, const struct zone *zone, struct instant *ret_instant)
{
    unsigned digits_dropped;

    return instant_parse(text, ret_instant, &digits_dropped) || day_start(text, zone, ret_instant);
}

static struct instant read_moment(struct plan_load *load, const struct xml_node *node,
                                  const char *name, const struct zone *zone)
{
    struct str text = xml_attr(node, name);
    struct instant instant = INSTANT_MISSING;

    if (!text.ptr)
        return INSTANT_MISSING;
    if (moment_parse(text, zone, &instant))
        return instant;
    plan_error(load, RULE_PLAN_MOMENT, node, name, "'%.*s'", STR_ARG(text));
    diag_hint(load->fields.diag, "the calendar has no such day or hour; write 2026-01-31, or an "
                                 "instant with its offset, 2026-01-31T17:00:00+01:00");
    return INSTANT_MISSING;
}

static void read_times(struct plan_load *load, struct audit *audit, const struct zone *zone)
{
    const struct xml_node *period = xml_child(load->root, "period");

    audit->period_start = read_moment(load, period, "start", zone);
    audit->period_end = read_moment(load, period, "end", zone);
    audit->as_of = read_moment(load, load->root, "as-of", zone);
    if (!instant_is_missing(audit->period_end) && audit->period_end.us <= audit->period_start.us) {
        plan_error(load, RULE_PLAN_PERIOD, period, "end", "it ends before it starts");
        diag_hint(load->fields.diag,
                  "the end is not included: a year ends on the first of January of the next");
    }
    if (!instant_is_missing(audit->as_of) && audit->as_of.us <= audit->period_start.us) {
        plan_error(load, RULE_PLAN_PERIOD, load->root, "as-of", "it is seen before it starts");
        diag_hint(load->fields.diag, "as-of is the instant the audit looks back from");
    }
}

/* --- parts --- */

static void read_breakdowns(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "by");

    audit->by =
        xml_field_array(&load->fields, xml_field_count(load->root, "by"), sizeof *audit->by);
    for (; node && audit->by; node = xml_next(node, "by"))
        audit->by[audit->by_count++] = xml_field_str(&load->fields, node, "field");
}

/* A number in the unit of the measure, or a length of time in seconds. */
static double read_amount(struct plan_load *load, const struct xml_node *node)
{
    struct str text = xml_attr(node, "value");
    struct span span;
    double value = 0;

    if (str_starts(text, "P") && span_parse(text, &span))
        return (double)span.us / (double)SECOND_US;
    if (!str_to_double(text, &value))
        xml_field_bad(&load->fields, node, "value", "is neither a number nor a length of time");
    return value;
}

static void read_targets(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "target");
    size_t i;

    audit->targets = xml_field_array(&load->fields, xml_field_count(load->root, "target"),
                                     sizeof *audit->targets);
    for (; node && audit->targets; node = xml_next(node, "target")) {
        struct audit_target *target = &audit->targets[audit->target_count++];

        target->measure = xml_field_str(&load->fields, node, "measure");
        target->variant = xml_field_str(&load->fields, node, "variant");
        target->value = read_amount(load, node);
        target->document = xml_field_str(&load->fields, node, "document");
        target->place = xml_where(load->fields.document, node);
        target->place.source = arena_str(load->fields.arena, target->place.source);
        if (!target_source_find(xml_attr(node, "source"), &target->source))
            xml_field_bad(&load->fields, node, "source", "is not default, policy, contract or law");
        for (i = 0; &audit->targets[i] < target; i++) {
            if (str_equal(audit->targets[i].measure, target->measure) &&
                str_equal(audit->targets[i].variant, target->variant)) {
                plan_error(load, RULE_PLAN_TARGET, node, "measure", "'%.*s'%s%.*s",
                           STR_ARG(target->measure), target->variant.ptr ? " " : "",
                           STR_ARG(target->variant));
                diag_hint(load->fields.diag, "keep the one that binds, or name its variant");
                break;
            }
        }
    }
}

/* --- sources --- */

static void read_source(struct plan_load *load, const struct xml_node *node,
                        struct audit_source *source)
{
    struct str order = xml_attr(node, "date-order");

    source->id = xml_field_str(&load->fields, node, "id");
    source->map = xml_field_str(&load->fields, node, "map");
    source->files = plan_texts(load, node, "file", &source->file_count);
    source->zone = plan_zone(load, node, NULL);
    source->date_order = str_is(order, "dmy")   ? DATE_ORDER_DMY
                         : str_is(order, "mdy") ? DATE_ORDER_MDY
                                                : DATE_ORDER_UNKNOWN;
    source->solved_when = xml_field_str(&load->fields, node, "solved-when");
    source->says_audit_trail = xml_attr(node, "audit-trail").ptr != NULL;
    source->has_audit_trail = xml_field_bool(&load->fields, node, "audit-trail");
    source->place = xml_where(load->fields.document, node);
    source->place.source = arena_str(load->fields.arena, source->place.source);
}

/* A file that two sources name would be counted twice. */
static void check_file(struct plan_load *load, const struct audit *audit, size_t index, size_t file,
                       const struct xml_node *node)
{
    struct str name = audit->sources[index].files[file];
    size_t i;
    size_t j;

    for (i = 0; i <= index; i++) {
        size_t count = i < index ? audit->sources[i].file_count : file;

        for (j = 0; j < count; j++) {
            if (!str_equal(audit->sources[i].files[j], name))
                continue;
            plan_error(load, RULE_PLAN_FILE, node, NULL, "'%.*s'", STR_ARG(name));
            diag_hint(load->fields.diag, "source '%.*s' has it already; its rows would count twice",
                      STR_ARG(audit->sources[i].id));
            return;
        }
    }
}

static void read_sources(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "source");
    size_t i;

    audit->sources = xml_field_array(&load->fields, xml_field_count(load->root, "source"),
                                     sizeof *audit->sources);
    for (; node && audit->sources; node = xml_next(node, "source")) {
        const struct xml_node *file = xml_child(node, "file");
        struct audit_source *source = &audit->sources[audit->source_count];

        read_source(load, node, source);
        for (i = 0; i < source->file_count; i++, file = xml_next(file, "file"))
            check_file(load, audit, audit->source_count, i, file);
        audit->source_count++;
    }
}

/* --- detectors --- */

static void read_processes(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "process");

    audit->processes = xml_field_array(&load->fields, xml_field_count(load->root, "process"),
                                       sizeof *audit->processes);
    for (; node && audit->processes; node = xml_next(node, "process"))
        audit->processes[audit->process_count++] = xml_field_str(&load->fields, node, "name");
}

static void read_lexicons(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "lexicon");

    audit->calibration = xml_field_str(&load->fields, load->root, "calibration");
    audit->lexicons = xml_field_array(&load->fields, xml_field_count(load->root, "lexicon"),
                                      sizeof *audit->lexicons);
    for (; node && audit->lexicons; node = xml_next(node, "lexicon"))
        audit->lexicons[audit->lexicon_count++] = xml_field_str(&load->fields, node, "name");
}

/* --- the audit --- */

static void read_clock(struct plan_load *load, struct audit *audit)
{
    audit->calendar = xml_field_str(&load->fields, load->root, "calendar");
    audit->patron = plan_month_day(load, load->root, "patron");
    audit->sla = xml_field_str(&load->fields, load->root, "sla");
    audit->trust = xml_field_str(&load->fields, load->root, "trust");
    audit->model = xml_field_str(&load->fields, load->root, "model");
    if (audit->patron.ptr && !audit->calendar.ptr && !audit->sla.ptr) {
        plan_error(load, RULE_CALENDAR_NO_PATRON, load->root, "patron",
                   "the audit names no calendar");
        diag_hint(load->fields.diag, "add calendar=\"it-office\", or take the day away");
    }
}

static void agenda_error(struct plan_load *load, const struct xml_node *row, const char *attribute,
                         const char *what, const char *hint)
{
    plan_error(load, RULE_PLAN_AGENDA, row, attribute, "%s", what);
    diag_hint(load->fields.diag, "%s", hint);
}

/* Rows of the agenda stand in the order of their beginnings, and each ends behind its own. */
static void read_plan(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "plan");
    const struct audit_plan *plan = audit_plan_read(&load->fields, node);
    const struct xml_node *row = xml_child(node, "session");
    size_t i;

    audit->plan = plan;
    for (i = 0; plan && i < plan->session_count; i++, row = xml_next(row, "session")) {
        const struct plan_session *session = &plan->sessions[i];
        const struct plan_session *before = i ? &plan->sessions[i - 1] : session;
        int day = str_compare(before->date, session->date);

        if (str_compare(session->to, session->from) <= 0)
            agenda_error(load, row, "to", "it ends before it begins",
                         "a session ends on the day on which it begins, at a later hour");
        else if (day > 0 || (day == 0 && str_compare(before->from, session->from) > 0))
            agenda_error(load, row, day ? "date" : "from", "it begins before the row above it",
                         "put the rows in the order in which they begin");
    }
}

static enum status read_audit(struct plan_load *load, const struct library *library,
                              struct audit *audit)
{
    const struct xml_node *root = load->root;
    struct zone *zone = NULL;

    audit->id = xml_field_str(&load->fields, root, "id");
    audit->title = plan_words(load, root, "title");
    audit->organization = xml_field_text(&load->fields, root, "organization");
    audit->scope = plan_words(load, root, "scope");
    audit->edition = xml_field_str(&load->fields, root, "edition");
    audit->zone = plan_zone(load, root, &zone);
    read_times(load, audit, zone ? zone : zone_utc());
    audit->team = team_read(&load->fields, xml_child(root, "team"), &audit->team_count);
    read_plan(load, audit);
    read_processes(load, audit);
    read_lexicons(load, audit);
    audit->previous = xml_field_str(&load->fields, xml_child(root, "previous"), "href");
    plan_checklists(load, audit);
    plan_profile(load, library, audit);
    audit->where = plan_conditions(load, root, &audit->where_count);
    read_breakdowns(load, audit);
    read_targets(load, audit);
    read_clock(load, audit);
    plan_charts(load, audit);
    read_sources(load, audit);
    audit->sha256 = xml_identity(load->fields.document)->sha256;
    zone_free(zone);
    return plan_end(load);
}

enum status audit_load(struct arena *arena, const struct library *library, struct str path,
                       struct diag *diag, struct audit **ret_audit)
{
    struct plan_load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct xml_document *document = NULL;
    struct audit *audit = arena_alloc(arena, 1, sizeof *audit);
    struct str folder = plan_folder(path);
    enum status status;

    if (!audit)
        return diag_no_memory(diag);
    audit->folder = arena_str(arena, folder);
    if (folder.ptr && !audit->folder.ptr)
        return diag_no_memory(diag);
    status = library_load_path(library, path, "audit", diag, &document);
    if (status == STATUS_OK) {
        load.fields.document = document;
        load.root = xml_root(document);
        status = read_audit(&load, library, audit);
    }
    if (status == STATUS_OK)
        *ret_audit = audit;
    xml_free(document);
    return status;
}
