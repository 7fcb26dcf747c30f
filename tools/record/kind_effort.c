/* Hours worked for a customer. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const scopes[] = {"in", "out", "unknown", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID},
    {.name = "date", .type = FIELD_INSTANT, .slot = EFFORT_DATE, .is_minimum = true},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_minimum = true,
     .is_key = true, .key_of = RECORD_CUSTOMER},
    {.name = "hours", .type = FIELD_NUMBER, .slot = EFFORT_HOURS, .is_minimum = true},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "group", .type = FIELD_TEXT, .slot = SLOT_GROUP},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
    {.name = "contract", .type = FIELD_TEXT, .slot = SLOT_CONTRACT},
    {.name = "scope", .type = FIELD_TEXT, .slot = EFFORT_SCOPE, .words = scopes},
    {.name = "billable", .type = FIELD_BOOLEAN, .slot = EFFORT_BILLABLE},
    {.name = "billed", .type = FIELD_BOOLEAN, .slot = EFFORT_BILLED},
    {.name = "change-order", .type = FIELD_TEXT, .slot = EFFORT_CHANGE_ORDER},
    {.name = "goodwill", .type = FIELD_TEXT, .slot = EFFORT_GOODWILL},
    {.name = "rate", .type = FIELD_NUMBER, .slot = EFFORT_RATE},
    {.name = "report", .type = FIELD_TEXT, .slot = EFFORT_REPORT},
};

const struct record_model record_kind_effort = {
    .name = "effort",
    .kind = RECORD_EFFORT,
    .title = {{STR_INIT("Effort"), STR_INIT("Impegno")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
