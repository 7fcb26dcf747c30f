/* Changes of what a customer uses, whoever made them. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const parties[] = {"us", "customer", "third", "unknown", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "at", .type = FIELD_INSTANT, .slot = CHANGE_AT, .is_minimum = true},
    {.name = "ci", .type = FIELD_TEXT, .slot = SLOT_CI, .is_minimum = true},
    {.name = "party", .type = FIELD_TEXT, .slot = CHANGE_PARTY, .words = parties},
    {.name = "authorised", .type = FIELD_BOOLEAN, .slot = CHANGE_AUTHORISED},
    {.name = "detected-by", .type = FIELD_TEXT, .slot = CHANGE_DETECTED_BY},
    {.name = "detected-at", .type = FIELD_INSTANT, .slot = CHANGE_DETECTED},
    {.name = "notice-at", .type = FIELD_INSTANT, .slot = CHANGE_NOTICE},
    {.name = "effective-at", .type = FIELD_INSTANT, .slot = CHANGE_EFFECTIVE, .is_planned = true},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
};

const struct record_model record_kind_change = {
    .name = "change",
    .kind = RECORD_CHANGE,
    .title = {{STR_INIT("Changes"), STR_INIT("Modifiche")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
