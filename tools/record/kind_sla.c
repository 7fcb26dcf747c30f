/* What was agreed about times of service. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const metrics[] = {"first-response", "next-response", "resolution", NULL};
static const char *const agreement_kinds[] = {"specific", "general", NULL};
static const char *const types[] = {"SLA", "OLA", "UC", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "customer-or-class", .type = FIELD_TEXT, .slot = AGREED_FOR, .is_minimum = true},
    {.name = "metric", .type = FIELD_TEXT, .slot = AGREED_METRIC, .is_minimum = true,
     .words = metrics},
    {.name = "target-seconds", .type = FIELD_INTEGER, .slot = AGREED_TARGET, .is_minimum = true},
    {.name = "calendar", .type = FIELD_TEXT, .slot = AGREED_CALENDAR, .is_minimum = true},
    {.name = "valid-from", .type = FIELD_INSTANT, .slot = AGREED_FROM, .is_minimum = true,
     .is_planned = true},
    {.name = "valid-to", .type = FIELD_INSTANT, .slot = AGREED_UNTIL, .is_planned = true},
    {.name = "percentile-target", .type = FIELD_NUMBER, .slot = AGREED_PERCENTILE},
    {.name = "pause-statuses", .type = FIELD_TEXT, .slot = AGREED_PAUSES},
    {.name = "kind", .type = FIELD_TEXT, .slot = AGREED_KIND, .words = agreement_kinds},
    {.name = "type", .type = FIELD_TEXT, .slot = AGREED_TYPE, .words = types},
    {.name = "parent", .type = FIELD_TEXT, .slot = AGREED_PARENT, .is_key = true,
     .key_of = RECORD_SLA},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
    {.name = "agreed-at", .type = FIELD_INSTANT, .slot = AGREED_ON},
    {.name = "due", .type = FIELD_INSTANT, .slot = SLOT_DUE, .is_planned = true,
     .is_carried = true},
    {.name = "met", .type = FIELD_BOOLEAN, .slot = SLOT_MET, .is_carried = true},
};

const struct record_model record_kind_sla = {
    .name = "sla",
    .kind = RECORD_SLA,
    .title = {{STR_INIT("Service levels agreed"), STR_INIT("Livelli di servizio concordati")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
};
