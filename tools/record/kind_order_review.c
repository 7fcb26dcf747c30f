/* What was checked before a commitment was given. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const struct record_field fields[] = {
    {.name = "order", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "reviewed-at", .type = FIELD_INSTANT, .slot = REVIEW_REVIEWED, .is_minimum = true},
    {.name = "committed-at", .type = FIELD_INSTANT, .slot = REVIEW_COMMITTED, .is_minimum = true},
    {.name = "differences", .type = FIELD_TEXT, .slot = REVIEW_DIFFERENCES},
    {.name = "resolved-at", .type = FIELD_INSTANT, .slot = REVIEW_RESOLVED},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "contract", .type = FIELD_TEXT, .slot = SLOT_CONTRACT},
    {.name = "department", .type = FIELD_TEXT, .slot = REVIEW_DEPARTMENT},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
};

const struct record_model record_kind_order_review = {
    .name = "order-review",
    .kind = RECORD_ORDER_REVIEW,
    .title = {{STR_INIT("Order reviews"), STR_INIT("Riesami degli ordini")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
