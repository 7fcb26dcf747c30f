#include "measure/measure_table.h"

#include <stddef.h>

const struct measure *const measures[] = {
    &measure_first_response,
    &measure_next_reply,
    &measure_resolution,
    &measure_waiting,
    &measure_hold,
    &measure_hold_abuse,
    &measure_attainment,
    &measure_consistency,
    &measure_severity,
    &measure_backlog,
    &measure_reopen,
    &measure_reassignment,
    &measure_first_contact,
    &measure_repeat,
    &measure_recurrence,
    &measure_same_no,
    &measure_refusals,
    &measure_escalation,
    &measure_promises,
    &measure_promised,
    &measure_complaints,
    &measure_satisfaction,
    &measure_promoters,
    &measure_effort_score,
    &measure_response_rate,
    &measure_relation_gap,
    &measure_roles,
    &measure_options,
    &measure_readability,
    &measure_next_step,
    &measure_premature,
    &measure_silence,
    &measure_traceability,
    &measure_conformance,
    &measure_agreed,
    &measure_expectation,
    &measure_changes,
    &measure_presumption,
    &measure_effort,
    &measure_quadrant,
    &measure_follow_up,
    &measure_parity,
    &measure_empowerment,
    &measure_account,
    &measure_segments,
    &measure_labels,
    &measure_requirements,
    &measure_actions,
    &measure_quality,
    &measure_cost_surprise,
    &measure_feasibility,
    &measure_signals,
    &measure_nonconforming,
    &measure_management_complaints,
    &measure_meetings,
    &measure_disputes,
    &measure_goodwill,
    &measure_referrals,
    &measure_churn,
    &measure_out_of_hours,
    &measure_gaming,
    &measure_known_errors,
    &measure_management,
    &measure_knowledge,
    &measure_documents,
    &measure_authority,
    &measure_long_work,
    &measure_upkeep,
    &measure_listening,
    &measure_source_clocks,
    NULL,
};

const struct measure *measure_find(struct str id)
{
    size_t i;

    for (i = 0; measures[i]; i++)
        if (str_equal_nocase(id, str_of(measures[i]->id)) || str_is(id, measures[i]->name))
            return measures[i];
    return NULL;
}

/* Where there is no room left, the last row tells what was before, too. */
static void follow(struct record_needs *needs, int slot)
{
    size_t i;

    for (i = 0; i < needs->tracked_count; i++)
        if (needs->tracked[i] == slot)
            return;
    if (needs->tracked_count < RECORD_TRACKED)
        needs->tracked[needs->tracked_count++] = slot;
}

void measure_add_needs(const struct measure *measure, struct record_needs *needs)
{
    int slot;

    if (measure->kind != RECORD_TICKET && !(measure->also_kinds >> RECORD_TICKET & 1))
        return;
    needs->slots |= measure->kind == RECORD_TICKET ? measure->slots : measure->ticket_slots;
    for (slot = 0; slot < 64; slot++)
        if (measure->follows >> slot & 1)
            follow(needs, slot);
    needs->classes |= measure->needs_classes;
    needs->groups |= measure->needs_groups;
    needs->messages |= measure->needs_messages || measure->needs_marks;
    needs->marks |= measure->needs_marks;
    needs->statuses |= measure->needs_statuses;
}

int measure_slot(const struct record_needs *needs, struct str field)
{
    const struct record_field *model = record_case_field(needs->kind, field);
    size_t i;

    if (model)
        return model->slot;
    for (i = 0; i < needs->own_count; i++)
        if (str_equal(needs->own[i], field))
            return SLOT_OWN + (int)i;
    return -1;
}
