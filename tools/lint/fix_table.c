#include "lint/fix.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

extern const struct fix fix_attribute_name;
extern const struct fix fix_element_name;
extern const struct fix fix_garbled;
extern const struct fix fix_invisible;
extern const struct fix fix_limit;
extern const struct fix fix_namespace;
extern const struct fix fix_repeated;
extern const struct fix fix_repeated_day;
extern const struct fix fix_revision;
extern const struct fix fix_swapped;
extern const struct fix fix_word;

static const struct {
    enum rule rule;
    const struct fix *fix;
} fixes[] = {
    {RULE_XML_ROOT, &fix_namespace},
    {RULE_XML_ATTRIBUTE, &fix_attribute_name},
    {RULE_XML_ELEMENT, &fix_element_name},
    {RULE_XML_TYPE, &fix_word},
    {RULE_XML_DUPLICATE, &fix_repeated},
    {RULE_XML_REFERENCE, &fix_word},
    {RULE_MEASURE_VARIANT, &fix_word},
    {RULE_LADDER_UNIT, &fix_limit},
    {RULE_AUDIT_CHECKLIST, &fix_word},
    {RULE_PROFILE_CHECKLIST, &fix_word},
    {RULE_AUDIT_MAP, &fix_word},
    {RULE_AUDIT_CALENDAR, &fix_word},
    {RULE_AUDIT_AGREEMENT, &fix_word},
    {RULE_AUDIT_MODEL, &fix_word},
    {RULE_SLA_CALENDAR, &fix_word},
    {RULE_MAP_FIELD_UNKNOWN, &fix_word},
    {RULE_CALENDAR_HOLIDAY_TWICE, &fix_repeated_day},
    {RULE_QUESTION_REVISION, &fix_revision},
    {RULE_CHECKLIST_REVISION, &fix_revision},
    {RULE_TRANSLATION_SWAPPED, &fix_swapped},
    {RULE_TEXT_INVISIBLE, &fix_invisible},
    {RULE_TEXT_GARBLED, &fix_garbled},
};

const struct fix *fix_find(enum rule rule)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(fixes); i++)
        if (fixes[i].rule == rule)
            return fixes[i].fix;
    return NULL;
}

/* --- what fixes call --- */

static bool make_room(struct fixing *fixing)
{
    size_t capacity = fixing->capacity ? 2 * fixing->capacity : 4;
    struct xml_edit *larger;

    if (fixing->count < fixing->capacity)
        return true;
    larger = arena_alloc(fixing->arena, capacity, sizeof *larger);
    if (!larger) {
        fixing->is_out_of_memory = true;
        return false;
    }
    if (fixing->count)
        memcpy(larger, fixing->edits, fixing->count * sizeof *larger);
    fixing->edits = larger;
    fixing->capacity = capacity;
    return true;
}

void fix_edit(struct fixing *fixing, struct xml_range range, struct str text)
{
    struct str copy = arena_str(fixing->arena, text);

    if (!copy.ptr) {
        fixing->is_out_of_memory = true;
        return;
    }
    if (make_room(fixing))
        fixing->edits[fixing->count++] = (struct xml_edit){range, copy};
}

void fix_write(struct fixing *fixing, struct xml_range range, struct str value)
{
    struct buf text;

    buf_init(&text, SIZE_MAX / 2);
    xml_source_escape(&text, value);
    if (text.failed)
        fixing->is_out_of_memory = true;
    else
        fix_edit(fixing, range, value.len ? buf_str(&text) : STR(""));
    buf_done(&text);
}
