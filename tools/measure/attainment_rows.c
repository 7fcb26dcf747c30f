/*
 * Attainment of cases of one row, by column. What is not plain about a case (it was cancelled, or
 * waited before it ended, or has no level) is left to the way of one case.
 */
#include "measure/attainment_judge.h"
#include "measure/service_ending.h"

/* --- by a service level --- */

/* Which level governs each case. */
struct row_levels {
    const struct measure_context *context;
    struct record_case item; /* that conditions of levels look at */
};

static int32_t level_of(struct row_levels *levels, size_t k, int64_t opened)
{
    levels->item.place = k;
    return service_level_at(levels->context, &levels->item, SLA_RESOLUTION,
                            (struct instant){opened}, 0);
}

/* Levels mostly share one calendar, the first one's. */
static const struct calendar *first_calendar(const struct sla_document *sla)
{
    size_t l = 0;

    while (sla->levels[l].metric != SLA_RESOLUTION || sla->levels[l].type != SLA_CUSTOMER)
        l++;
    return sla->levels[l].calendar->calendar;
}

static void observe_case(struct measure_state *state, size_t variant, struct case_rows *rows,
                         size_t k, struct attainment *ret_attainment)
{
    struct record_row_case room;

    observing_row(state, rows, k);
    attainment_observe(state, variant, record_row_case(rows->rows, k, &room), SLA_RESOLUTION,
                       ret_attainment);
}

/* Most agreements promise the same to everybody. */
static void observe_by_only_level(struct measure_state *state, size_t variant,
                                  struct case_rows *rows, int32_t level)
{
    const struct service_level *only = &rows->context->sla->levels[level];
    const int64_t *ends = case_rows_ends(rows);
    const int64_t *worked = case_rows_elapsed(rows, only->calendar->calendar,
                                              case_rows_column(rows, SLOT_OPENED), ends);
    struct attainment attainment;
    uint16_t others[RECORD_ROWS];
    size_t count = observing_within(state, rows, variant, level, case_rows_numbers(rows, ends),
                                    worked, only->target.us, others);
    size_t i;

    for (i = 0; i < count; i++)
        observe_case(state, variant, rows, others[i], &attainment);
}

static void observe_by_level(struct measure_state *state, size_t variant, struct case_rows *rows,
                             attainment_told *told)
{
    struct row_levels levels = {.context = rows->context,
                                .item = {.set = rows->rows->set, .columns = rows->rows->columns}};
    const struct service_level *list = rows->context->sla->levels;
    const struct calendar *shared = first_calendar(rows->context->sla);
    const int64_t *opened = case_rows_column(rows, SLOT_OPENED);
    const int64_t *ends = case_rows_ends(rows);
    const int64_t *met = case_rows_column(rows, SLOT_MET);
    const int64_t *worked = case_rows_elapsed(rows, shared, opened, ends);
    const uint32_t *numbers = case_rows_numbers(rows, ends);
    const uint16_t *places = rows->places;
    size_t count = rows->count;
    size_t i;

    for (i = 0; i < count; i++) {
        size_t k = places[i];
        int32_t level = worked[k] != VALUE_MISSING ? level_of(&levels, k, opened[k]) : NO_LEVEL;
        struct attainment attainment = {.level = level, .period = ends[k]};

        if (level == NO_LEVEL) {
            observe_case(state, variant, rows, k, &attainment);
        } else {
            const struct calendar *calendar = list[level].calendar->calendar;
            int64_t elapsed = calendar == shared
                                  ? worked[k]
                                  : calendar_between(calendar, (struct instant){opened[k]},
                                                     (struct instant){ends[k]})
                                        .us;
            struct group *group = observing_numbered(state, rows, variant, numbers[k], level);

            attainment.standing =
                clock_standing_of(/* is_ended= */ true, elapsed, list[level].target.us);
            attainment.lateness = elapsed - list[level].target.us;
            attainment_count(state, group, &attainment);
        }
        if (told)
            told(state, NULL, met[k], &attainment);
    }
}

/* --- by the deadline of the source --- */

static void observe_by_deadline(struct measure_state *state, size_t variant, struct case_rows *rows,
                                attainment_told *told)
{
    const int64_t *opened = case_rows_column(rows, SLOT_OPENED);
    const int64_t *resolved = case_rows_column(rows, SLOT_RESOLVED);
    const int64_t *closed = case_rows_column(rows, SLOT_CLOSED);
    const int64_t *solved = case_rows_column(rows, SLOT_FIRST_SOLVED);
    const int64_t *due = case_rows_column(rows, SLOT_DUE);
    const int64_t *class = case_rows_column(rows, SLOT_CLASS);
    const int64_t *met = case_rows_column(rows, SLOT_MET);
    const uint32_t *numbers = case_rows_numbers(rows, resolved);
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];
        struct attainment attainment = attainment_unknown;

        attainment_by_deadline(
            rows->context,
            &(struct deadline_case){opened[k], due[k],
                                    case_end_of(resolved[k], closed[k], solved[k]), class[k]},
            &attainment);
        if (!attainment.excluded && attainment.period == resolved[k] &&
            !observe_is_outside(rows->context, resolved[k])) {
            attainment_count(state, observing_numbered(state, rows, variant, numbers[k], NO_LEVEL),
                             &attainment);
        } else {
            observing_row(state, rows, k);
            attainment_emit(state, variant, NULL, &attainment);
        }
        if (told)
            told(state, NULL, met[k], &attainment);
    }
}

/* --- what measures say --- */

void attainment_observe_rows(struct measure_state *state, size_t variant, struct case_rows *rows,
                             attainment_told *told)
{
    int32_t only = NO_LEVEL;

    if (!told && service_levels_only(rows->context, SLA_RESOLUTION, &only))
        observe_by_only_level(state, variant, rows, only);
    else if (service_levels_promise(rows->context, SLA_RESOLUTION))
        observe_by_level(state, variant, rows, told);
    else
        observe_by_deadline(state, variant, rows, told);
}

void attainment_observe_flag_rows(struct measure_state *state, size_t variant,
                                  struct case_rows *rows)
{
    const int64_t *resolved = case_rows_column(rows, SLOT_RESOLVED);
    const int64_t *closed = case_rows_column(rows, SLOT_CLOSED);
    const int64_t *solved = case_rows_column(rows, SLOT_FIRST_SOLVED);
    const int64_t *met = case_rows_column(rows, SLOT_MET);
    const uint32_t *numbers = case_rows_numbers(rows, resolved);
    struct group *group;
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];
        int64_t end = case_end_of(resolved[k], closed[k], solved[k]);
        struct observation observation = attainment_flag_observation(met[k], end);

        if (met[k] != VALUE_MISSING && end == resolved[k] &&
            !observe_is_outside(rows->context, end)) {
            group = observing_numbered(state, rows, variant, numbers[k], NO_LEVEL);
            if (group)
                observing_count(state, group, VARIANT_SHARE, &observation);
        } else {
            observing_row(state, rows, k);
            attainment_emit_flag(state, variant, NULL, met[k], end);
        }
    }
}
