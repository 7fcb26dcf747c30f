/* What a service system measured of one ticket against one agreement. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const metrics[] = {"first-response", "next-response", "resolution", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_minimum = true,
     .is_key = true, .key_of = RECORD_TICKET},
    {.name = "sla", .type = FIELD_TEXT, .slot = CLOCK_SLA},
    {.name = "metric", .type = FIELD_TEXT, .slot = CLOCK_METRIC, .words = metrics},
    {.name = "state", .type = FIELD_TEXT, .slot = CLOCK_STATE},
    {.name = "at", .type = FIELD_INSTANT, .slot = CLOCK_AT},
    {.name = "started", .type = FIELD_INSTANT, .slot = CLOCK_STARTED},
    {.name = "stopped", .type = FIELD_INSTANT, .slot = CLOCK_STOPPED},
    {.name = "due", .type = FIELD_INSTANT, .slot = SLOT_DUE, .is_planned = true},
    {.name = "met", .type = FIELD_BOOLEAN, .slot = SLOT_MET},
    {.name = "target-seconds", .type = FIELD_INTEGER, .slot = CLOCK_TARGET},
    {.name = "elapsed-seconds", .type = FIELD_INTEGER, .slot = CLOCK_ELAPSED},
    {.name = "paused-seconds", .type = FIELD_INTEGER, .slot = CLOCK_PAUSED},
};

const struct record_model record_kind_sla_clock = {
    .name = "sla-clock",
    .kind = RECORD_SLA_CLOCK,
    .title = {{STR_INIT("Service level clocks of tickets"),
    STR_INIT("Orologi dei livelli di servizio dei ticket")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
