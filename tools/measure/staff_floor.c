#include "measure/staff_floor.h"

#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "measure/case_walk.h"

/* Each pair of group and person once; a group has one without a person, too, where there is none. */
struct people {
    struct intern pairs;
    struct diag *diag;
};

static enum status note_people(void *taker, const struct record_set *set)
{
    struct people *people = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        int64_t pair[2] = {record_value(&item, SLOT_GROUP), record_value(&item, SLOT_ASSIGNEE)};
        struct str key = {(const char *)pair, sizeof pair};

        if (pair[0] != VALUE_MISSING && intern_id(&people->pairs, key) == INTERN_NONE)
            return diag_no_memory(people->diag);
    }
    return STATUS_OK;
}

static void read_pair(const struct people *people, size_t number, int64_t ret_pair[2])
{
    memcpy(ret_pair, intern_text(&people->pairs, (uint32_t)number).ptr, 2 * sizeof *ret_pair);
}

static bool find_small(const struct people *people, size_t text_count, struct staff_floor *floor)
{
    uint32_t *counts = mem_alloc(text_count, sizeof *counts);
    int64_t pair[2];
    size_t i;

    floor->is_merged = mem_alloc(text_count, sizeof *floor->is_merged);
    if (!counts || !floor->is_merged) {
        mem_free(counts);
        staff_floor_done(floor);
        return false;
    }
    floor->count = text_count;
    for (i = 0; i < intern_count(&people->pairs); i++) {
        read_pair(people, i, pair);
        counts[pair[0]] += pair[1] != VALUE_MISSING;
    }
    for (i = 0; i < intern_count(&people->pairs); i++) {
        read_pair(people, i, pair);
        if (counts[pair[0]] >= STAFF_FLOOR || floor->is_merged[pair[0]])
            continue;
        floor->is_merged[pair[0]] = true;
        floor->groups++;
    }
    mem_free(counts);
    return true;
}

enum status staff_floor_find(const struct measure_context *context, struct diag *diag,
                             struct staff_floor *ret_floor)
{
    const struct record_set *set = context->set;
    struct people people = {.diag = diag};
    enum status status;

    *ret_floor = (struct staff_floor){NULL, 0, 0};
    if (!record_has(set, SLOT_GROUP) || !record_has(set, SLOT_ASSIGNEE))
        return STATUS_OK;
    intern_init(&people.pairs);
    status = case_walk(context, note_people, &people);
    if (status == STATUS_OK && !find_small(&people, record_text_count(set), ret_floor))
        status = diag_no_memory(diag);
    intern_done(&people.pairs);
    return status;
}

void staff_floor_done(struct staff_floor *floor)
{
    mem_free(floor->is_merged);
    *floor = (struct staff_floor){NULL, 0, 0};
}
