#include <string.h>

#include "base/mem.h"
#include "plan/plan_private.h"

static const struct delimiter {
    const char *name;
    char character;
} delimiters[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};

static const char *const class_names[CLASS_COUNT] = {
    "unknown", "open", "pending", "hold", "solved", "closed", "cancelled"};

const char *status_class_name(enum status_class class)
{
    return class_names[class];
}

bool status_class_find(struct str name, enum status_class *ret_class)
{
    int i;

    for (i = 0; i < CLASS_COUNT; i++) {
        if (str_is(name, class_names[i])) {
            *ret_class = (enum status_class)i;
            return true;
        }
    }
    return false;
}

/* --- fields --- */

static void read_values(struct plan_load *load, const struct xml_node *node,
                        struct map_field *field)
{
    size_t count = xml_field_count(node, "value");
    const struct xml_node *element = xml_child(node, "value");

    field->values = xml_field_array(&load->fields, count, sizeof *field->values);
    for (; element && field->values; element = xml_next(element, "value")) {
        struct map_value *value = &field->values[field->value_count++];

        value->from = xml_field_str(&load->fields, element, "from");
        value->to = xml_field_str(&load->fields, element, "to");
    }
}

static void read_field(struct plan_load *load, const struct xml_node *node, struct str record,
                       struct map_field *field)
{
    field->record = record;
    field->field = xml_field_str(&load->fields, node, "name");
    field->required = xml_field_bool(&load->fields, node, "required");
    field->columns = plan_texts(load, node, "column", &field->column_count);
    field->formats = plan_formats(load, node, &field->format_count);
    read_values(load, node, field);
    field->where = plan_where(load, node);
}

static void read_fields(struct plan_load *load, struct source_map *map)
{
    const struct xml_node *record;
    const struct xml_node *node;
    size_t count = 0;

    for (record = xml_child(load->root, "record"); record; record = xml_next(record, "record"))
        count += xml_field_count(record, "field");
    map->fields = xml_field_array(&load->fields, count, sizeof *map->fields);
    for (record = xml_child(load->root, "record"); record && map->fields;
         record = xml_next(record, "record")) {
        struct str kind = xml_field_str(&load->fields, record, "kind");

        for (node = xml_child(record, "field"); node; node = xml_next(node, "field"))
            read_field(load, node, kind, &map->fields[map->field_count++]);
    }
}

/* --- statuses --- */

static bool has_field(const struct source_map *map, const char *name)
{
    size_t i;

    for (i = 0; i < map->field_count; i++)
        if (str_is(map->fields[i].field, name))
            return true;
    return false;
}

static void read_statuses(struct plan_load *load, struct source_map *map)
{
    const struct xml_node *table = xml_child(load->root, "status");
    const struct xml_node *node = xml_child(table, "value");

    map->statuses =
        xml_field_array(&load->fields, xml_field_count(table, "value"), sizeof *map->statuses);
    for (; node && map->statuses; node = xml_next(node, "value")) {
        struct map_status *status = &map->statuses[map->status_count++];

        status->value = arena_str(load->fields.arena, xml_text(node));
        if (!status_class_find(xml_attr(node, "class"), &status->class))
            xml_field_bad(&load->fields, node, "class", "is no class of statuses");
    }
    if (map->status_count > 0 && !has_field(map, "status")) {
        plan_error(load, RULE_PLAN_STATUS, table, NULL, "no field of the map is named 'status'");
        diag_hint(load->fields.diag, "add <field name=\"status\"> with the column that holds it");
    }
}

/* --- samples --- */

/* Without blanks behind it; tabs stay, they may be delimiters. */
static struct str cut_end(struct str line)
{
    while (line.len > 0 && (line.ptr[line.len - 1] == ' ' || line.ptr[line.len - 1] == '\r'))
        line.len--;
    return line;
}

static size_t indentation(struct str line)
{
    size_t blanks = 0;

    while (blanks < line.len && line.ptr[blanks] == ' ')
        blanks++;
    return blanks;
}

/* Blanks that all lines begin with. */
static size_t common_indentation(struct str text)
{
    size_t common = SIZE_MAX;
    struct str line;

    while (str_split(&text, '\n', &line))
        if (str_trim(line).len && indentation(line) < common)
            common = indentation(line);
    return common;
}

struct str plan_sample_lines(struct plan_load *load, const struct xml_node *node)
{
    struct str raw = xml_text_raw(node);
    size_t common = common_indentation(raw);
    bool is_log = xml_child(load->root, "log") != NULL;
    char *out = arena_bytes(load->fields.arena, raw.len + 1);
    struct str line;
    size_t len = 0;

    if (!out) {
        load->fields.status = diag_no_memory(load->fields.diag);
        return (struct str){NULL, 0};
    }
    while (str_split(&raw, '\n', &line)) {
        size_t blanks;

        line = cut_end(line);
        if (str_trim(line).len == 0)
            continue;
        blanks = is_log ? common : indentation(line);
        memcpy(out + len, line.ptr + blanks, line.len - blanks);
        len += line.len - blanks;
        out[len++] = '\n';
    }
    return (struct str){out, len};
}

struct where plan_where(struct plan_load *load, const struct xml_node *node)
{
    struct where where = xml_where(load->fields.document, node);

    where.source = arena_str(load->fields.arena, where.source);
    return where;
}

/* Why rows of a text log are left out without being wrong. */
static bool is_left_out(const struct source_map *map, struct str reason)
{
    return map->log.count > 0 &&
           (str_is(reason, LOG_REASON_NO_RULE) || str_is(reason, LOG_REASON_BY_RULE));
}

static void unknown_rule(struct plan_load *load, const struct xml_node *node, struct str name)
{
    const char *names[RULE_COUNT + 1];
    const char *nearest;
    int i;

    for (i = 0; i < RULE_COUNT; i++)
        names[i] = rule_info((enum rule)i)->name;
    names[RULE_COUNT] = NULL;
    nearest = str_nearest(name, names);
    plan_error(load, RULE_PLAN_SAMPLE, node, "rule", "there is no rule '%.*s'", STR_ARG(name));
    if (nearest)
        diag_hint(load->fields.diag, "did you mean '%s'?", nearest);
    else
        diag_hint(load->fields.diag, "see cfaudit list rules, or take the rule away");
}

static void read_samples(struct plan_load *load, struct source_map *map)
{
    const struct xml_node *node = xml_child(load->root, "sample");

    map->samples =
        xml_field_array(&load->fields, xml_field_count(load->root, "sample"), sizeof *map->samples);
    for (; node && map->samples; node = xml_next(node, "sample")) {
        struct map_sample *sample = &map->samples[map->sample_count++];

        sample->is_read = xml_field_bool(&load->fields, node, "read");
        sample->rule = xml_field_str(&load->fields, node, "rule");
        sample->text = plan_sample_lines(load, node);
        sample->where = plan_where(load, node);
        if (sample->is_read && sample->rule.ptr) {
            plan_error(load, RULE_PLAN_SAMPLE, node, "rule", "'%.*s'", STR_ARG(sample->rule));
            diag_hint(load->fields.diag, "write read=\"false\", or take the rule away");
        }
        if (!sample->is_read && sample->rule.ptr && rule_find(sample->rule) == RULE_COUNT &&
            !is_left_out(map, sample->rule))
            unknown_rule(load, node, sample->rule);
    }
}

/* --- the map --- */

static void read_delimiter(struct plan_load *load, struct source_map *map)
{
    struct str name = xml_attr(load->root, "delimiter");
    size_t i;

    for (i = 0; name.ptr && i < ARRAY_LEN(delimiters); i++)
        if (str_is(name, delimiters[i].name))
            map->delimiter = delimiters[i].character;
    if (name.ptr && !str_is(map->reader, "delimited")) {
        plan_error(load, RULE_PLAN_DELIMITER, load->root, "delimiter", "reader '%.*s' has none",
                   STR_ARG(map->reader));
        diag_hint(load->fields.diag, "take the delimiter away");
    }
}

static void read_sources(struct plan_load *load, struct source_map *map)
{
    const struct xml_node *node = xml_child(load->root, "source");

    map->sources =
        xml_field_array(&load->fields, xml_field_count(load->root, "source"), sizeof *map->sources);
    for (; node && map->sources; node = xml_next(node, "source")) {
        struct map_source *source = &map->sources[map->source_count++];

        source->document = xml_field_str(&load->fields, node, "document");
        source->part = xml_field_str(&load->fields, node, "part");
    }
}

static void read_rows(struct plan_load *load, struct source_map *map)
{
    map->rows = plan_texts(load, load->root, "rows", &map->row_count);
    map->has_byte_arrays = xml_field_bool(&load->fields, load->root, "byte-arrays");
    if (map->row_count && !str_is(map->reader, "json")) {
        plan_error(load, RULE_PLAN_ROWS, xml_child(load->root, "rows"), NULL,
                   "rows of reader '%.*s' are at the top", STR_ARG(map->reader));
        diag_hint(load->fields.diag, "take the rows away, or write reader=\"json\"");
    }
    if (map->has_byte_arrays && !str_starts(map->reader, "json")) {
        plan_error(load, RULE_PLAN_ROWS, load->root, "byte-arrays", "reader '%.*s' has no arrays",
                   STR_ARG(map->reader));
        diag_hint(load->fields.diag, "take byte-arrays away");
    }
}

static enum status read_map(struct plan_load *load, struct source_map *map)
{
    const struct xml_node *root = load->root;

    map->id = xml_field_str(&load->fields, root, "id");
    map->revision = (unsigned)xml_field_uint(&load->fields, root, "revision");
    map->title = plan_words(load, root, "title");
    map->note = plan_words(load, root, "note");
    read_sources(load, map);
    map->reader = xml_field_str(&load->fields, root, "reader");
    map->zone = plan_zone(load, root, NULL);
    map->has_audit_trail = xml_field_bool(&load->fields, root, "audit-trail");
    map->measures_first_to_last = str_is(xml_attr(root, "measures"), "first-to-last");
    read_delimiter(load, map);
    read_rows(load, map);
    map->mark = str_is(xml_attr(root, "decimal"), "comma") ? ',' : '.';
    map->formats = plan_formats(load, xml_child(root, "time"), &map->format_count);
    map->nulls = plan_raw_texts(load, root, "null", &map->null_count);
    read_fields(load, map);
    read_statuses(load, map);
    plan_log(load, map);
    read_samples(load, map);
    map->sha256 = xml_identity(load->fields.document)->sha256;
    if (!library_name_is_path(map->name) && !str_equal(map->name, map->id))
        plan_wrong_id(load, map->name, map->id);
    return plan_end(load);
}

enum status source_map_load(struct arena *arena, const struct library *library, struct str name,
                            struct str folder, struct diag *diag, struct source_map **ret_map)
{
    struct plan_load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct xml_document *document = NULL;
    struct source_map *map = arena_alloc(arena, 1, sizeof *map);
    enum status status;

    if (!map)
        return diag_no_memory(diag);
    map->name = arena_str(arena, name);
    if (!map->name.ptr)
        return diag_no_memory(diag);
    status = library_load(library, name, folder, "source-map", diag, &document);
    if (status == STATUS_OK) {
        load.fields.document = document;
        load.root = xml_root(document);
        status = read_map(&load, map);
    }
    if (status == STATUS_OK)
        *ret_map = map;
    xml_free(document);
    return status;
}
