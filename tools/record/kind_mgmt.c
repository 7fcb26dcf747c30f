/* Reviews, decisions and visits of top management. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const mgmt_kinds[] = {"review", "decision", "visit", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID},
    {.name = "date", .type = FIELD_INSTANT, .slot = MGMT_DATE, .is_minimum = true},
    {.name = "kind", .type = FIELD_TEXT, .slot = MGMT_KIND, .is_minimum = true,
     .words = mgmt_kinds},
    {.name = "topic", .type = FIELD_TEXT, .slot = MGMT_TOPIC},
    {.name = "decision", .type = FIELD_TEXT, .slot = MGMT_DECISION},
    {.name = "action", .type = FIELD_TEXT, .slot = MGMT_ACTION},
    {.name = "owner", .type = FIELD_PERSON, .slot = MGMT_OWNER},
    {.name = "due", .type = FIELD_INSTANT, .slot = SLOT_DUE, .is_planned = true},
    {.name = "done", .type = FIELD_INSTANT, .slot = MGMT_DONE},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
};

const struct record_model record_kind_mgmt = {
    .name = "mgmt",
    .kind = RECORD_MGMT,
    .title = {{STR_INIT("Acts of management"), STR_INIT("Atti della direzione")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
