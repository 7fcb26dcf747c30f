/* Whom the organization serves, outside and inside. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const types[] = {"internal", "external", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "type", .type = FIELD_TEXT, .slot = CUSTOMER_TYPE, .words = types},
    {.name = "segment", .type = FIELD_TEXT, .slot = CUSTOMER_SEGMENT},
    {.name = "purpose", .type = FIELD_TEXT, .slot = CUSTOMER_PURPOSE},
    {.name = "purpose-at", .type = FIELD_INSTANT, .slot = CUSTOMER_PURPOSE_AT},
    {.name = "size", .type = FIELD_TEXT, .slot = CUSTOMER_SIZE},
    {.name = "contract", .type = FIELD_TEXT, .slot = SLOT_CONTRACT},
    {.name = "since", .type = FIELD_INSTANT, .slot = CUSTOMER_SINCE},
    {.name = "until", .type = FIELD_INSTANT, .slot = CUSTOMER_UNTIL, .is_planned = true},
    {.name = "revenue", .type = FIELD_NUMBER, .slot = CUSTOMER_REVENUE},
    {.name = "cost", .type = FIELD_NUMBER, .slot = CUSTOMER_COST},
    {.name = "language", .type = FIELD_TEXT, .slot = CUSTOMER_LANGUAGE},
    {.name = "timezone", .type = FIELD_TEXT, .slot = CUSTOMER_TIMEZONE},
};

const struct record_model record_kind_customer = {
    .name = "customer",
    .kind = RECORD_CUSTOMER,
    .title = {{STR_INIT("Customers"), STR_INIT("Clienti")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
