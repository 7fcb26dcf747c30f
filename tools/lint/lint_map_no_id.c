/* Maps without the id of what they read: rows could not be told apart. */
#include "lint/lint_map.h"

static bool has_record(const struct xml_node *map, const char *kind)
{
    const struct xml_node *record = xml_child(map, "record");

    while (record && !str_is(xml_attr(record, "kind"), kind))
        record = xml_next(record, "record");
    return record != NULL;
}

static const char *id_name(const struct record_model *model)
{
    size_t i;

    for (i = 0; i < model->field_count; i++)
        if (model->fields[i].slot == PART_ID)
            return model->fields[i].name;
    return "id";
}

/* In any of the records of that kind. */
static bool has_id(const struct xml_node *map, const struct record_model *model)
{
    const struct xml_node *record = xml_child(map, "record");
    const struct xml_node *field;

    for (; record; record = xml_next(record, "record")) {
        if (!str_is(xml_attr(record, "kind"), model->name))
            continue;
        for (field = xml_child(record, "field"); field; field = xml_next(field, "field"))
            if (str_is(xml_attr(field, "name"), id_name(model)))
                return true;
    }
    return false;
}

/* Rows of tickets may say something of a service level or a promise. */
static bool is_carried(const struct xml_node *map, const struct record_model *model)
{
    size_t i;

    for (i = 0; i < model->field_count; i++)
        if (model->fields[i].is_carried)
            return has_record(map, "ticket") || has_record(map, "event");
    return false;
}

static void say_none(struct lint *lint, const struct xml_node *record,
                     const struct record_model *model)
{
    lint_say(lint, record, NULL, "no field of the %s is its '%s'", model->name, id_name(model));
    lint_hint(lint, "add <field name=\"%s\" required=\"true\"><column>Number</column></field>",
              id_name(model));
}

static void look(struct lint *lint, const struct xml_node *node)
{
    const struct xml_node *record = xml_child(node, "record");
    bool is_any = false;

    for (; record; record = xml_next(record, "record")) {
        const struct record_model *model = record_model_find(xml_attr(record, "kind"));

        if (!model || model == record_models[RECORD_KIND_COUNT])
            continue;
        if (model->may_lack_id || has_id(node, model)) {
            is_any = true;
        } else if (!is_carried(node, model)) {
            say_none(lint, record, model);
            return;
        }
    }
    if (is_any)
        return;
    lint_say(lint, node, NULL, "it has no record of kind 'ticket'");
    lint_hint(lint, "add <record kind=\"ticket\"><field name=\"id\" required=\"true\"><column>"
                    "Number</column></field></record>");
}

const struct lint_rule lint_map_no_id = {.kind = "source-map", .look = look};
