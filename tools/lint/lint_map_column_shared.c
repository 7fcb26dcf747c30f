/* One column for two fields of a record: meant, or copied and not changed. A field of the user's own
   may repeat one of the model. */
#include "lint/lint_help.h"
#include "lint/lint_map.h"
#include "reader/column_name.h"

struct state {
    struct lint_seen seen; /* columns as they are compared, behind the kind of their record */
};

/* Kind and name; missing: too long to be a column, or memory is out. */
static struct str key_of(struct lint *lint, const struct record_model *kind, struct str column)
{
    char room[512];
    struct str folded = {room, 0};

    if (column.len > sizeof room)
        return (struct str){NULL, 0};
    folded.len = column_name_fold(column, room);
    folded = arena_format(lint->arena, "%s/%.*s", kind->name, STR_ARG(folded));
    if (!folded.ptr)
        lint_no_memory(lint);
    return folded;
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct state *state = lint->state;
    const struct record_model *kind = lint_map_kind(lint);
    const struct xml_node *column = xml_child(node, "column");
    struct str name = xml_attr(node, "name");

    if (!lint_map_field(lint, node))
        return;
    for (; column; column = xml_next(column, "column")) {
        struct str key = key_of(lint, kind, xml_text(column));
        const struct xml_node *first;

        if (!key.ptr)
            continue;
        first = lint_seen_add(lint, &state->seen, key, node);
        if (!first || str_equal(xml_attr(first, "name"), name) || xml_child(first, "value") ||
            xml_child(node, "value")) /* a table makes them differ */
            continue;
        lint_say(lint, column, NULL, "'%.*s' is '%.*s' and '%.*s'", STR_ARG(xml_text(column)),
                 STR_ARG(xml_attr(first, "name")), STR_ARG(name));
        lint_hint(lint, "name in each field the column that it is read from; the other one stands "
                        "in line %llu",
                  (unsigned long long)xml_where(lint->document, first).line);
    }
}

const struct lint_rule lint_map_column_shared = {
    .kind = "source-map", .element = "field", .state_size = sizeof(struct state), .look = look};
