/* What was promised to a customer, and what became of it. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const states[] = {"open", "kept", "late", "broken", "renegotiated", "void",
    NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "made-at", .type = FIELD_INSTANT, .slot = SLOT_PROMISE_MADE, .is_minimum = true,
     .is_carried = true},
    {.name = "due-at", .type = FIELD_INSTANT, .slot = SLOT_PROMISED, .is_minimum = true,
     .is_planned = true, .is_carried = true},
    {.name = "fulfilled-at", .type = FIELD_INSTANT, .slot = SLOT_FULFILLED, .is_carried = true},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "order", .type = FIELD_TEXT, .slot = SLOT_ORDER, .is_key = true,
     .key_of = RECORD_ORDER_REVIEW},
    {.name = "department", .type = FIELD_TEXT, .slot = PROMISE_DEPARTMENT},
    {.name = "channel", .type = FIELD_TEXT, .slot = SLOT_CHANNEL},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
    {.name = "partner", .type = FIELD_TEXT, .slot = PROMISE_PARTNER},
    {.name = "text", .type = FIELD_TEXT, .slot = SLOT_NONE, .is_prose = true},
    {.name = "condition", .type = FIELD_TEXT, .slot = PROMISE_CONDITION},
    {.name = "state", .type = FIELD_TEXT, .slot = PROMISE_STATE, .words = states},
    {.name = "renegotiated-at", .type = FIELD_INSTANT, .slot = PROMISE_RENEGOTIATED},
    {.name = "new-due-at", .type = FIELD_INSTANT, .slot = PROMISE_NEW_DUE, .is_planned = true},
    {.name = "consent", .type = FIELD_BOOLEAN, .slot = PROMISE_CONSENT},
    {.name = "renegotiations", .type = FIELD_INTEGER, .slot = PROMISE_RENEGOTIATIONS},
};

const struct record_model record_kind_promise = {
    .name = "promise",
    .kind = RECORD_PROMISE,
    .title = {{STR_INIT("Promises"), STR_INIT("Promesse")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
