/* Who may decide what, up to which amount. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID},
    {.name = "role", .type = FIELD_TEXT, .slot = AUTHORITY_ROLE, .is_minimum = true},
    {.name = "decision-type", .type = FIELD_TEXT, .slot = AUTHORITY_DECISION, .is_minimum = true},
    {.name = "limit", .type = FIELD_NUMBER, .slot = AUTHORITY_LIMIT, .is_minimum = true},
    {.name = "valid-from", .type = FIELD_INSTANT, .slot = AUTHORITY_VALID_FROM, .is_planned = true},
};

const struct record_model record_kind_authority = {
    .name = "authority",
    .kind = RECORD_AUTHORITY,
    .title = {{STR_INIT("Authority to decide"), STR_INIT("Poteri di decisione")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
