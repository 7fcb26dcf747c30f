/* Tickets: cases of whatever customers ask for. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "opened", .type = FIELD_INSTANT, .slot = SLOT_OPENED, .is_minimum = true},
    {.name = "resolved", .type = FIELD_INSTANT, .slot = SLOT_RESOLVED},
    {.name = "closed", .type = FIELD_INSTANT, .slot = SLOT_CLOSED},
    {.name = "first-response", .type = FIELD_INSTANT, .slot = SLOT_FIRST_RESPONSE},
    {.name = "status", .type = FIELD_TEXT, .slot = SLOT_STATUS},
    {.name = "group", .type = FIELD_TEXT, .slot = SLOT_GROUP},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "channel", .type = FIELD_TEXT, .slot = SLOT_CHANNEL},
    {.name = "priority", .type = FIELD_TEXT, .slot = SLOT_PRIORITY},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
    {.name = "ci", .type = FIELD_TEXT, .slot = SLOT_CI},
    {.name = "category", .type = FIELD_TEXT, .slot = SLOT_CATEGORY},
    {.name = "ticket-class", .type = FIELD_TEXT, .slot = SLOT_TICKET_CLASS},
    {.name = "symptom", .type = FIELD_TEXT, .slot = SLOT_SYMPTOM},
    {.name = "cause", .type = FIELD_TEXT, .slot = SLOT_CAUSE},
    {.name = "cause-party", .type = FIELD_TEXT, .slot = SLOT_CAUSE_PARTY},
    {.name = "resolution-code", .type = FIELD_TEXT, .slot = SLOT_RESOLUTION_CODE},
    {.name = "order", .type = FIELD_TEXT, .slot = SLOT_ORDER, .is_key = true,
     .key_of = RECORD_ORDER_REVIEW},
    {.name = "contract", .type = FIELD_TEXT, .slot = SLOT_CONTRACT},
    {.name = "assignee", .type = FIELD_PERSON, .slot = SLOT_ASSIGNEE},
    {.name = "reopens", .type = FIELD_INTEGER, .slot = SLOT_REOPENS},
    {.name = "reassignments", .type = FIELD_INTEGER, .slot = SLOT_REASSIGNMENTS},
    {.name = "first-contact", .type = FIELD_BOOLEAN, .slot = SLOT_FIRST_CONTACT},
    {.name = "confirmed", .type = FIELD_BOOLEAN, .slot = SLOT_CONFIRMED},
    {.name = "presumed-party", .type = FIELD_TEXT, .slot = SLOT_PRESUMED_PARTY},
    {.name = "presumed-surely", .type = FIELD_INTEGER, .slot = SLOT_PRESUMED_SURELY},
    {.name = "escalated", .type = FIELD_INSTANT, .slot = SLOT_ESCALATED},
    {.name = "escalation-reason", .type = FIELD_TEXT, .slot = SLOT_ESCALATION_REASON},
    {.name = "escalation-due", .type = FIELD_INSTANT, .slot = SLOT_ESCALATION_DUE,
     .is_planned = true},
    {.name = "escalation-answered", .type = FIELD_INSTANT, .slot = SLOT_ESCALATION_ANSWERED},
    {.name = "escalation-outcome", .type = FIELD_TEXT, .slot = SLOT_ESCALATION_OUTCOME},
};

const struct record_model record_kind_ticket = {
    .name = "ticket",
    .kind = RECORD_TICKET,
    .title = {{STR_INIT("Tickets"), STR_INIT("Ticket")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
