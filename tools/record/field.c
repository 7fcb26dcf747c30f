#include "record/field.h"

#include <stddef.h>

#include "base/bug.h"
#include "base/mem.h"

static const struct record_field ticket_fields[] = {
    {"id", FIELD_TEXT, PART_ID},
    {"opened", FIELD_INSTANT, SLOT_OPENED},
    {"resolved", FIELD_INSTANT, SLOT_RESOLVED},
    {"closed", FIELD_INSTANT, SLOT_CLOSED},
    {"first-response", FIELD_INSTANT, SLOT_FIRST_RESPONSE},
    {"status", FIELD_TEXT, SLOT_STATUS},
    {"group", FIELD_TEXT, SLOT_GROUP},
    {"customer", FIELD_TEXT, SLOT_CUSTOMER},
    {"channel", FIELD_TEXT, SLOT_CHANNEL},
    {"priority", FIELD_TEXT, SLOT_PRIORITY},
    {"service", FIELD_TEXT, SLOT_SERVICE},
    {"ci", FIELD_TEXT, SLOT_CI},
    {"category", FIELD_TEXT, SLOT_CATEGORY},
    {"symptom", FIELD_TEXT, SLOT_SYMPTOM},
    {"cause", FIELD_TEXT, SLOT_CAUSE},
    {"cause-party", FIELD_TEXT, SLOT_CAUSE_PARTY},
    {"resolution-code", FIELD_TEXT, SLOT_RESOLUTION_CODE},
    {"order", FIELD_TEXT, SLOT_ORDER},
    {"contract", FIELD_TEXT, SLOT_CONTRACT},
    {"assignee", FIELD_PERSON, SLOT_ASSIGNEE},
    {"reopens", FIELD_INTEGER, SLOT_REOPENS},
    {"reassignments", FIELD_INTEGER, SLOT_REASSIGNMENTS},
    {"first-contact", FIELD_BOOLEAN, SLOT_FIRST_CONTACT},
    {"confirmed", FIELD_BOOLEAN, SLOT_CONFIRMED},
    {"presumed-party", FIELD_TEXT, SLOT_PRESUMED_PARTY},
    {"presumed-surely", FIELD_INTEGER, SLOT_PRESUMED_SURELY},
    {"escalated", FIELD_INSTANT, SLOT_ESCALATED},
    {"escalation-reason", FIELD_TEXT, SLOT_ESCALATION_REASON},
    {"escalation-due", FIELD_INSTANT, SLOT_ESCALATION_DUE},
    {"escalation-answered", FIELD_INSTANT, SLOT_ESCALATION_ANSWERED},
};

static const struct record_field event_fields[] = {
    {"at", FIELD_INSTANT, PART_AT},
    {"sequence", FIELD_INTEGER, PART_SEQUENCE},
    {"status", FIELD_TEXT, PART_STATUS},
    {"group", FIELD_TEXT, PART_GROUP},
    {"type", FIELD_TEXT, PART_TYPE},
    {"actor", FIELD_PERSON, PART_ACTOR},
    {"lifecycle", FIELD_TEXT, PART_LIFECYCLE},
    {"actor-class", FIELD_TEXT, PART_ACTOR_CLASS},
    {"visibility", FIELD_TEXT, PART_VISIBILITY},
};

static const struct record_field sla_fields[] = {
    {"due", FIELD_INSTANT, SLOT_DUE},
    {"met", FIELD_BOOLEAN, SLOT_MET},
};

static const struct record_field promise_fields[] = {
    {"made-at", FIELD_INSTANT, SLOT_PROMISE_MADE},
    {"due-at", FIELD_INSTANT, SLOT_PROMISED},
    {"fulfilled-at", FIELD_INSTANT, SLOT_FULFILLED},
};

const struct record_kind record_kinds[] = {
    {"ticket", ticket_fields, ARRAY_LEN(ticket_fields)},
    {"event", event_fields, ARRAY_LEN(event_fields)},
    {"sla", sla_fields, ARRAY_LEN(sla_fields)},
    {"promise", promise_fields, ARRAY_LEN(promise_fields)},
};
const size_t record_kind_count = ARRAY_LEN(record_kinds);

const struct record_kind *record_kind_find(struct str name)
{
    size_t i;

    for (i = 0; i < record_kind_count; i++)
        if (str_is(name, record_kinds[i].name))
            return &record_kinds[i];
    return NULL;
}

const struct record_field *record_field_find(const struct record_kind *kind, struct str name)
{
    size_t i;

    for (i = 0; i < kind->field_count; i++)
        if (str_is(name, kind->fields[i].name))
            return &kind->fields[i];
    return NULL;
}

const struct record_field *record_case_field(struct str name)
{
    size_t k;

    for (k = 0; k < record_kind_count; k++) {
        const struct record_field *field = record_field_find(&record_kinds[k], name);

        if (field && field->slot < SLOT_COUNT)
            return field;
    }
    return NULL;
}

enum field_type slot_type(int slot)
{
    size_t k;
    size_t i;

    BUG_IF(slot < 0 || slot >= SLOT_COUNT);
    for (k = 0; k < record_kind_count; k++)
        for (i = 0; i < record_kinds[k].field_count; i++)
            if (record_kinds[k].fields[i].slot == slot)
                return record_kinds[k].fields[i].type;
    return slot == SLOT_CLASS ? FIELD_INTEGER : FIELD_INSTANT; /* derived slots */
}
