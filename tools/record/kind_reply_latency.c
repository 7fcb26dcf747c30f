/* How long a group let whom wait. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const counterparts[] = {"boss", "customer", "colleague", "partner", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID},
    {.name = "group", .type = FIELD_TEXT, .slot = SLOT_GROUP, .is_minimum = true},
    {.name = "counterpart", .type = FIELD_TEXT, .slot = LATENCY_COUNTERPART, .is_minimum = true,
     .words = counterparts},
    {.name = "received", .type = FIELD_INSTANT, .slot = LATENCY_RECEIVED, .is_minimum = true},
    {.name = "replied", .type = FIELD_INSTANT, .slot = LATENCY_REPLIED, .is_minimum = true},
    {.name = "channel", .type = FIELD_TEXT, .slot = SLOT_CHANNEL},
    {.name = "priority", .type = FIELD_TEXT, .slot = SLOT_PRIORITY},
    {.name = "category", .type = FIELD_TEXT, .slot = SLOT_CATEGORY},
    {.name = "people", .type = FIELD_INTEGER, .slot = LATENCY_PEOPLE},
};

const struct record_model record_kind_reply_latency = {
    .name = "reply-latency",
    .kind = RECORD_REPLY_LATENCY,
    .title = {{STR_INIT("Reply times by counterpart"),
    STR_INIT("Tempi di risposta per interlocutore")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
