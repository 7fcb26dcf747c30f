#include "measure/staff_floor.h"

#include "base/mem.h"

/* Each pair of group and person once; people are counted by group. */
static bool count_people(const struct record_set *set, uint32_t *people)
{
    struct intern pairs;
    bool done = true;
    size_t i;

    intern_init(&pairs);
    for (i = 0; done && i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        int64_t pair[2] = {record_value(&item, SLOT_GROUP), record_value(&item, SLOT_ASSIGNEE)};
        struct str key = {(const char *)pair, sizeof pair};
        size_t before = pairs.count;

        if (pair[0] == VALUE_MISSING || pair[1] == VALUE_MISSING)
            continue;
        done = intern_id(&pairs, key) != INTERN_NONE;
        people[pair[0]] += pairs.count > before;
    }
    intern_done(&pairs);
    return done;
}

enum status staff_floor_find(const struct record_set *set, struct diag *diag,
                             struct staff_floor *ret_floor)
{
    size_t count = record_text_count(set);
    uint32_t *people;
    size_t i;

    *ret_floor = (struct staff_floor){NULL, 0, 0};
    if (!record_has(set, SLOT_GROUP) || !record_has(set, SLOT_ASSIGNEE))
        return STATUS_OK;
    people = mem_alloc(count, sizeof *people);
    ret_floor->is_merged = mem_alloc(count, sizeof *ret_floor->is_merged);
    if (!people || !ret_floor->is_merged || !count_people(set, people)) {
        mem_free(people);
        staff_floor_done(ret_floor);
        return diag_no_memory(diag);
    }
    ret_floor->count = count;
    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);
        int64_t group = record_value(&item, SLOT_GROUP);

        if (group == VALUE_MISSING || people[group] >= STAFF_FLOOR || ret_floor->is_merged[group])
            continue;
        ret_floor->is_merged[group] = true;
        ret_floor->groups++;
    }
    mem_free(people);
    return STATUS_OK;
}

void staff_floor_done(struct staff_floor *floor)
{
    mem_free(floor->is_merged);
    *floor = (struct staff_floor){NULL, 0, 0};
}
