/* What was charged, and what was announced before. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_minimum = true,
     .is_key = true, .key_of = RECORD_CUSTOMER},
    {.name = "at", .type = FIELD_INSTANT, .slot = INVOICE_AT, .is_minimum = true},
    {.name = "amount", .type = FIELD_NUMBER, .slot = INVOICE_AMOUNT, .is_minimum = true},
    {.name = "estimate", .type = FIELD_NUMBER, .slot = INVOICE_ESTIMATE},
    {.name = "consent-at", .type = FIELD_INSTANT, .slot = INVOICE_CONSENT},
    {.name = "currency", .type = FIELD_TEXT, .slot = INVOICE_CURRENCY},
    {.name = "contract", .type = FIELD_TEXT, .slot = SLOT_CONTRACT},
    {.name = "order", .type = FIELD_TEXT, .slot = SLOT_ORDER, .is_key = true,
     .key_of = RECORD_ORDER_REVIEW},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
};

const struct record_model record_kind_invoice = {
    .name = "invoice",
    .kind = RECORD_INVOICE,
    .title = {{STR_INIT("Invoices"), STR_INIT("Fatture")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
