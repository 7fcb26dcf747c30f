#include "record/kind_table.h"

#include <stddef.h>

#include "base/bug.h"
#include "base/mem.h"

const struct record_model *const record_models[] = {
    [RECORD_TICKET] = &record_kind_ticket,
    [RECORD_CUSTOMER] = &record_kind_customer,
    [RECORD_SLA] = &record_kind_sla,
    [RECORD_SLA_CLOCK] = &record_kind_sla_clock,
    [RECORD_PROMISE] = &record_kind_promise,
    [RECORD_EFFORT] = &record_kind_effort,
    [RECORD_CHANGE] = &record_kind_change,
    [RECORD_SURVEY] = &record_kind_survey,
    [RECORD_COMPLAINT] = &record_kind_complaint,
    [RECORD_ORDER_REVIEW] = &record_kind_order_review,
    [RECORD_PROCESS_DOC] = &record_kind_process_doc,
    [RECORD_REPLY_LATENCY] = &record_kind_reply_latency,
    [RECORD_AUTHORITY] = &record_kind_authority,
    [RECORD_MGMT] = &record_kind_mgmt,
    [RECORD_INVOICE] = &record_kind_invoice,
    [RECORD_REGISTER] = &record_kind_register,
    [RECORD_ITEM] = &record_kind_item,
    [RECORD_KIND_COUNT] = &record_kind_event,
};
const size_t record_model_count = ARRAY_LEN(record_models);

const struct record_model *record_model_find(struct str name)
{
    size_t i;

    for (i = 0; i < record_model_count; i++)
        if (str_is(name, record_models[i]->name))
            return record_models[i];
    return NULL;
}

const struct record_field *record_field_find(const struct record_model *model, struct str name)
{
    size_t i;

    for (i = 0; i < model->field_count; i++)
        if (str_is(name, model->fields[i].name))
            return &model->fields[i];
    return NULL;
}

/* What the rows of a ticket may say of its service levels and promises. */
static const struct record_field *carried_field(struct str name)
{
    size_t k;

    for (k = 0; k < record_model_count; k++) {
        const struct record_field *field = record_field_find(record_models[k], name);

        if (field && field->is_carried)
            return field;
    }
    return NULL;
}

const struct record_field *record_case_field(enum record_kind kind, struct str name)
{
    const struct record_field *field = record_field_find(record_models[kind], name);

    if (!field && kind == RECORD_TICKET)
        field = carried_field(name);
    return field && field->slot < SLOT_COUNT ? field : NULL;
}

static const struct record_field *field_of_slot(const struct record_model *model, int slot)
{
    size_t i;

    for (i = 0; i < model->field_count; i++)
        if (model->fields[i].slot == slot)
            return &model->fields[i];
    return NULL;
}

const struct record_field *slot_field(enum record_kind kind, int slot)
{
    const struct record_field *field = field_of_slot(record_models[kind], slot);
    size_t k;

    for (k = 0; !field && kind == RECORD_TICKET && k < record_model_count; k++) {
        field = field_of_slot(record_models[k], slot);
        if (field && !field->is_carried)
            field = NULL;
    }
    return field;
}

enum field_type slot_type(enum record_kind kind, int slot)
{
    const struct record_field *field = slot_field(kind, slot);

    BUG_IF(slot < 0 || slot >= SLOT_COUNT);
    if (field)
        return field->type;
    /* derived slots */
    return slot == SLOT_CLASS                                  ? FIELD_INTEGER
           : slot == SLOT_ACTOR                                ? FIELD_PERSON
           : slot == SLOT_ACTIVITY || slot == SLOT_TRANSITION ? FIELD_TEXT
                                                               : FIELD_INSTANT;
}

bool slot_is_planned(enum record_kind kind, int slot)
{
    const struct record_field *field = slot_field(kind, slot);

    return field && field->is_planned;
}

uint64_t record_kind_slots(enum record_kind kind)
{
    const struct record_model *model = record_models[kind];
    uint64_t slots = 0;
    size_t i;

    for (i = 0; i < model->field_count; i++)
        if (model->fields[i].slot < SLOT_COUNT)
            slots |= 1ull << model->fields[i].slot;
    return slots;
}
