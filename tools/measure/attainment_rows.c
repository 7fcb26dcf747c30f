/* Attainment of cases of one row, by column. */
#include "measure/attainment_judge.h"
#include "measure/service_ending.h"

/* Of all the cases of a batch, by place. */
struct columns {
    const struct measure_context *context;
    const int64_t *opened;
    const int64_t *first;
    const int64_t *resolved;
    const int64_t *closed;
    const int64_t *solved;
    const int64_t *due;
    const int64_t *class;
    const int64_t *at; /* of the event; NULL: the set has none */
    const int64_t *event_status;
    /* of the service levels */
    bool has_levels;
    bool is_only; /* one level governs all */
    int32_t only;
    struct record_case item; /* that conditions of levels look at */
    /* working time of this calendar */
    const struct calendar *calendar;
    const int64_t *opened_worked;
    const int64_t *resolved_worked;
    const int64_t *solved_worked;
};

/* Levels mostly share one calendar: working time of the first one's is looked up by column. */
static void add_worked(struct columns *c, struct case_rows *rows)
{
    const struct sla_document *sla = c->context->sla;
    size_t l = 0;

    while (sla->levels[l].metric != SLA_RESOLUTION || sla->levels[l].type != SLA_CUSTOMER)
        l++;
    c->calendar = sla->levels[l].calendar->calendar;
    c->opened_worked = case_rows_worked(rows, c->calendar, c->opened);
    c->resolved_worked = case_rows_worked(rows, c->calendar, c->resolved);
    c->solved_worked = case_rows_worked(rows, c->calendar, c->solved);
}

static struct columns columns_of(const struct measure_context *context, struct case_rows *rows)
{
    struct columns c = {.context = context,
                        .opened = case_rows_column(rows, SLOT_OPENED),
                        .first = case_rows_column(rows, SLOT_FIRST_EVENT),
                        .resolved = case_rows_column(rows, SLOT_RESOLVED),
                        .closed = case_rows_column(rows, SLOT_CLOSED),
                        .solved = case_rows_column(rows, SLOT_FIRST_SOLVED),
                        .due = case_rows_column(rows, SLOT_DUE),
                        .class = case_rows_column(rows, SLOT_CLASS),
                        .at = rows->rows->has_events ? rows->rows->at : NULL,
                        .event_status = rows->rows->status,
                        .has_levels = service_levels_promise(context, SLA_RESOLUTION),
                        .item = {.set = rows->rows->set, .columns = rows->rows->columns}};

    c.is_only = service_levels_only(context, SLA_RESOLUTION, &c.only);
    if (c.has_levels)
        add_worked(&c, rows);
    return c;
}

static inline int64_t worked_until(const struct columns *c, const struct calendar *calendar,
                                   size_t k, int64_t us)
{
    if (calendar == c->calendar && us == c->resolved[k])
        return c->resolved_worked[k];
    if (calendar == c->calendar && us == c->solved[k])
        return c->solved_worked[k];
    if (calendar == c->calendar && us == c->opened[k])
        return c->opened_worked[k];
    return calendar_worked(calendar_table(calendar), us);
}

static uint32_t status_of(const struct columns *c, size_t k)
{
    return c->event_status[k] == VALUE_MISSING ? INTERN_NONE : (uint32_t)c->event_status[k];
}

static int32_t level_of(struct columns *c, size_t k, int64_t opened)
{
    if (c->is_only)
        return c->only;
    c->item.place = k;
    return service_level_at(c->context, &c->item, SLA_RESOLUTION, (struct instant){opened}, 0);
}

/* The clock of a case of at most one event. False: it is still running. */
static inline bool by_level(struct columns *c, size_t k, struct attainment *a)
{
    int64_t as_of = c->context->as_of.us;
    bool has_event = c->at && c->at[k] != VALUE_MISSING && c->at[k] <= as_of;
    int64_t class = has_event ? c->class[k] : CLASS_UNKNOWN;
    struct case_fields fields = {
        .opened = c->opened[k] != VALUE_MISSING ? c->opened[k] : c->first[k],
        .resolved = c->resolved[k],
        .closed = c->closed[k],
        .class = c->class[k]};
    const struct service_level *level;
    struct ending ending;
    int64_t elapsed = 0;
    int64_t until;

    if (fields.opened == VALUE_MISSING)
        return true;
    a->level = level_of(c, k, fields.opened);
    if (a->level == NO_LEVEL)
        return true;
    level = &c->context->sla->levels[a->level];
    ending = ending_of(&fields, class_is_over(class) ? c->at[k] : VALUE_MISSING,
                       VALUE_MISSING, as_of);
    if (ending.at == VALUE_MISSING && !ending.is_unknown)
        return false;
    a->period = until = ending_until(&ending, fields.opened, as_of);
    if (has_event && c->at[k] < until &&
        service_level_pauses(level, c->item.set, (uint8_t)class, status_of(c, k)))
        until = later_of(c->at[k], fields.opened);
    if (until > fields.opened)
        elapsed = worked_until(c, level->calendar->calendar, k, until) -
                  worked_until(c, level->calendar->calendar, k, fields.opened);
    a->lateness = elapsed - level->target.us;
    a->standing = resolution_standing_of(
        &ending, clock_standing_of(ending.at != VALUE_MISSING, elapsed, level->target.us));
    a->excluded = attainment_exclusion(a->standing, SLA_RESOLUTION);
    return true;
}

static inline bool judge(struct columns *c, size_t k, struct attainment *a)
{
    *a = attainment_unknown;
    if (c->has_levels && !by_level(c, k, a))
        return false;
    if (a->level == NO_LEVEL)
        attainment_by_deadline(
            c->context,
            &(struct deadline_case){c->opened[k], c->due[k],
                                    case_end_of(c->resolved[k], c->closed[k], c->solved[k]),
                                    c->class[k]},
            a);
    return true;
}

void attainment_observe_rows(struct measure_state *state, size_t variant, struct case_rows *rows,
                             void (*told)(struct measure_state *state,
                                          const struct record_case *item, int64_t flag,
                                          const struct attainment *attainment))
{
    struct columns c = columns_of(state->context, rows);
    const int64_t *met = case_rows_column(rows, SLOT_MET);
    struct record_row_case room;
    struct attainment attainment;
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];

        observing_row(state, rows, k);
        if (judge(&c, k, &attainment))
            attainment_emit(state, variant, NULL, &attainment);
        else
            attainment_observe(state, variant, record_row_case(rows->rows, k, &room),
                               SLA_RESOLUTION, &attainment);
        if (told)
            told(state, NULL, met[k], &attainment);
    }
}

void attainment_observe_flag_rows(struct measure_state *state, size_t variant,
                                  struct case_rows *rows)
{
    const int64_t *resolved = case_rows_column(rows, SLOT_RESOLVED);
    const int64_t *closed = case_rows_column(rows, SLOT_CLOSED);
    const int64_t *solved = case_rows_column(rows, SLOT_FIRST_SOLVED);
    const int64_t *met = case_rows_column(rows, SLOT_MET);
    size_t i;

    for (i = 0; i < rows->count; i++) {
        size_t k = rows->places[i];

        observing_row(state, rows, k);
        attainment_emit_flag(state, variant, NULL, met[k],
                             case_end_of(resolved[k], closed[k], solved[k]));
    }
}
