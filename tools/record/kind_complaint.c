/* Complaints and what was done about them. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "received", .type = FIELD_INSTANT, .slot = COMPLAINT_RECEIVED, .is_minimum = true},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "acknowledged", .type = FIELD_INSTANT, .slot = COMPLAINT_ACKNOWLEDGED},
    {.name = "answered", .type = FIELD_INSTANT, .slot = COMPLAINT_ANSWERED},
    {.name = "closed", .type = FIELD_INSTANT, .slot = SLOT_CLOSED},
    {.name = "upheld", .type = FIELD_BOOLEAN, .slot = COMPLAINT_UPHELD},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "root-cause", .type = FIELD_TEXT, .slot = COMPLAINT_ROOT_CAUSE},
    {.name = "external-referral", .type = FIELD_BOOLEAN, .slot = COMPLAINT_EXTERNAL},
    {.name = "received-by", .type = FIELD_TEXT, .slot = COMPLAINT_RECEIVED_BY},
    {.name = "closed-with-customer", .type = FIELD_BOOLEAN, .slot = COMPLAINT_WITH_CUSTOMER},
    {.name = "reopened", .type = FIELD_BOOLEAN, .slot = COMPLAINT_REOPENED},
    {.name = "owner", .type = FIELD_PERSON, .slot = COMPLAINT_OWNER},
    {.name = "due", .type = FIELD_INSTANT, .slot = SLOT_DUE, .is_planned = true},
    {.name = "channel", .type = FIELD_TEXT, .slot = SLOT_CHANNEL},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
    {.name = "category", .type = FIELD_TEXT, .slot = SLOT_CATEGORY},
};

const struct record_model record_kind_complaint = {
    .name = "complaint",
    .kind = RECORD_COMPLAINT,
    .title = {{STR_INIT("Complaints"), STR_INIT("Reclami")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
