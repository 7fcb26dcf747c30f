/* What happens to a ticket: its history and its messages. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const struct record_field fields[] = {
    {.name = "at", .type = FIELD_INSTANT, .slot = PART_AT},
    {.name = "sequence", .type = FIELD_INTEGER, .slot = PART_SEQUENCE},
    {.name = "status", .type = FIELD_TEXT, .slot = PART_STATUS},
    {.name = "group", .type = FIELD_TEXT, .slot = PART_GROUP},
    {.name = "type", .type = FIELD_TEXT, .slot = PART_TYPE},
    {.name = "actor", .type = FIELD_PERSON, .slot = PART_ACTOR},
    {.name = "lifecycle", .type = FIELD_TEXT, .slot = PART_LIFECYCLE},
    {.name = "actor-class", .type = FIELD_TEXT, .slot = PART_ACTOR_CLASS},
    {.name = "visibility", .type = FIELD_TEXT, .slot = PART_VISIBILITY},
    {.name = "text", .type = FIELD_TEXT, .slot = PART_TEXT, .is_prose = true},
    {.name = "language", .type = FIELD_TEXT, .slot = PART_LANGUAGE},
};

const struct record_model record_kind_event = {
    .name = "event",
    .kind = RECORD_TICKET,
    .title = {{STR_INIT("Events of tickets"), STR_INIT("Eventi dei ticket")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
