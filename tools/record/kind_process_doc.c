/* Versions of process documents. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const customers[] = {"internal", "external", "both", "none", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID, .is_minimum = true},
    {.name = "version", .type = FIELD_TEXT, .slot = PROCESS_VERSION, .is_minimum = true},
    {.name = "in-force-from", .type = FIELD_INSTANT, .slot = PROCESS_FROM, .is_minimum = true,
     .is_planned = true},
    {.name = "in-force-until", .type = FIELD_INSTANT, .slot = PROCESS_UNTIL, .is_planned = true},
    {.name = "steps", .type = FIELD_TEXT, .slot = PROCESS_STEPS},
    {.name = "owner", .type = FIELD_PERSON, .slot = PROCESS_OWNER},
    {.name = "reviewed-at", .type = FIELD_INSTANT, .slot = PROCESS_REVIEWED},
    {.name = "customers", .type = FIELD_TEXT, .slot = PROCESS_CUSTOMERS, .words = customers},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
};

const struct record_model record_kind_process_doc = {
    .name = "process-doc",
    .kind = RECORD_PROCESS_DOC,
    .title = {{STR_INIT("Process documents"), STR_INIT("Documenti di processo")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .second = "version",
};
