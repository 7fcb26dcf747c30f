/* Rows of registers: requirements, risks, actions and their like. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const register_kinds[] = {"requirement", "legal", "risk", "opportunity",
    "objective", "action", "nonconforming-output", "goodwill", "dispute", "referral", "meeting",
    "feedback", "limits-of-use", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "kind", .type = FIELD_TEXT, .slot = REGISTER_KIND, .is_minimum = true,
     .words = register_kinds},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "owner", .type = FIELD_PERSON, .slot = REGISTER_OWNER},
    {.name = "due", .type = FIELD_INSTANT, .slot = SLOT_DUE, .is_planned = true},
    {.name = "done", .type = FIELD_INSTANT, .slot = REGISTER_DONE},
    {.name = "amount", .type = FIELD_NUMBER, .slot = REGISTER_AMOUNT},
    {.name = "at", .type = FIELD_INSTANT, .slot = REGISTER_AT},
    {.name = "reviewed-at", .type = FIELD_INSTANT, .slot = REGISTER_REVIEWED},
    {.name = "verified-at", .type = FIELD_INSTANT, .slot = REGISTER_VERIFIED},
    {.name = "informed-at", .type = FIELD_INSTANT, .slot = REGISTER_INFORMED},
    {.name = "status", .type = FIELD_TEXT, .slot = SLOT_STATUS},
    {.name = "decision", .type = FIELD_TEXT, .slot = REGISTER_DECISION},
    {.name = "rating", .type = FIELD_TEXT, .slot = REGISTER_RATING},
    {.name = "reason", .type = FIELD_TEXT, .slot = REGISTER_REASON},
    {.name = "approver", .type = FIELD_PERSON, .slot = REGISTER_APPROVER},
    {.name = "outcome", .type = FIELD_TEXT, .slot = REGISTER_OUTCOME},
    {.name = "party", .type = FIELD_TEXT, .slot = REGISTER_PARTY},
    {.name = "reference", .type = FIELD_TEXT, .slot = REGISTER_REFERENCE},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "contract", .type = FIELD_TEXT, .slot = SLOT_CONTRACT},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
};

const struct record_model record_kind_register = {
    .name = "register",
    .kind = RECORD_REGISTER,
    .title = {{STR_INIT("Registers"), STR_INIT("Registri")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .second = "kind",
};
