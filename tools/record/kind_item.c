/* What a conversation consists of: questions, hypotheses, options, decisions. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const item_kinds[] = {"question", "hypothesis", "option", "decision", NULL};
static const char *const actors[] = {"agent", "customer", "bot", "system", "boss", "partner", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_minimum = true,
     .is_key = true, .key_of = RECORD_TICKET},
    {.name = "at", .type = FIELD_INSTANT, .slot = ITEM_AT, .is_minimum = true},
    {.name = "kind", .type = FIELD_TEXT, .slot = ITEM_KIND, .is_minimum = true,
     .words = item_kinds},
    {.name = "time", .type = FIELD_TEXT, .slot = ITEM_TIME},
    {.name = "cost", .type = FIELD_TEXT, .slot = ITEM_COST},
    {.name = "outcome", .type = FIELD_TEXT, .slot = ITEM_OUTCOME},
    {.name = "likelihood", .type = FIELD_NUMBER, .slot = ITEM_LIKELIHOOD},
    {.name = "chosen", .type = FIELD_BOOLEAN, .slot = ITEM_CHOSEN},
    {.name = "actor-class", .type = FIELD_TEXT, .slot = ITEM_ACTOR_CLASS, .words = actors},
    {.name = "due", .type = FIELD_INSTANT, .slot = ITEM_DUE, .is_planned = true},
};

const struct record_model record_kind_item = {
    .name = "item",
    .kind = RECORD_ITEM,
    .title = {{STR_INIT("Items of conversations"), STR_INIT("Elementi delle conversazioni")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
