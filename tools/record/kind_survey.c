/* What customers said when they were asked. */
#include <stddef.h>

#include "base/mem.h"
#include "record/kind_table.h"

static const char *const scales[] = {"csat", "nps", "ces", "ces-5", NULL};

static const struct record_field fields[] = {
    {.name = "id", .type = FIELD_TEXT, .slot = PART_ID},
    {.name = "at", .type = FIELD_INSTANT, .slot = SURVEY_AT, .is_minimum = true},
    {.name = "scale", .type = FIELD_TEXT, .slot = SURVEY_SCALE, .is_minimum = true,
     .words = scales},
    {.name = "score", .type = FIELD_NUMBER, .slot = SURVEY_SCORE, .is_minimum = true},
    {.name = "customer", .type = FIELD_TEXT, .slot = SLOT_CUSTOMER, .is_key = true,
     .key_of = RECORD_CUSTOMER},
    {.name = "ticket", .type = FIELD_TEXT, .slot = KIND_TICKET, .is_key = true,
     .key_of = RECORD_TICKET},
    {.name = "question", .type = FIELD_TEXT, .slot = SURVEY_QUESTION},
    {.name = "invited", .type = FIELD_BOOLEAN, .slot = SURVEY_INVITED},
    {.name = "channel", .type = FIELD_TEXT, .slot = SLOT_CHANNEL},
    {.name = "service", .type = FIELD_TEXT, .slot = SLOT_SERVICE},
    {.name = "category", .type = FIELD_TEXT, .slot = SLOT_CATEGORY},
    {.name = "priority", .type = FIELD_TEXT, .slot = SLOT_PRIORITY},
    {.name = "group", .type = FIELD_TEXT, .slot = SLOT_GROUP},
};

const struct record_model record_kind_survey = {
    .name = "survey",
    .kind = RECORD_SURVEY,
    .title = {{STR_INIT("Survey answers"), STR_INIT("Risposte ai sondaggi")}},
    .fields = fields,
    .field_count = ARRAY_LEN(fields),
    .may_lack_id = true,
};
