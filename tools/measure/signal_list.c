#include "measure/signal_list.h"

#include <string.h>

#include "base/mem.h"
#include "measure/case_words.h"
#include "measure/passing_cases.h"
#include "measure/work_days.h"
#include "time/civil_read.h"

/* What customers feel and say: these are watched. */
static const char *const watched[] = {"M-03", "M-07", "M-11", "M-19", "M-21", "M-22", "M-23"};

/* --- reactions --- */

static int64_t day_at(const struct measure_context *context, struct str day)
{
    char text[17] = "0000-00-00T00:00";
    struct iso_text read;
    struct instant at;
    struct instant later;

    if (day.len != 10)
        return VALUE_MISSING;
    memcpy(text, day.ptr, day.len);
    if (!iso_text_read(str_of(text), &read))
        return VALUE_MISSING;
    zone_to_instant(context->zone, read.local, &at, &later);
    return at.us;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Part of a longer word or number, or of a day: "M-07" in "M-071", "2025-01" in "2025-01-15". */
static bool goes_on(struct str rest)
{
    return rest.len && (is_digit(rest.ptr[0]) ||
                        (rest.ptr[0] == '-' && rest.len > 1 && is_digit(rest.ptr[1])));
}

static bool names(struct str text, struct str word)
{
    size_t i;

    for (i = 0; i + word.len <= text.len; i++)
        if (str_equal((struct str){text.ptr + i, word.len}, word) &&
            !goes_on((struct str){text.ptr + i + word.len, text.len - i - word.len}))
            return true;
    return false;
}

/* The first one that counts: on the day the period began, or later. */
static void offer(struct signal_seen *signal, int64_t at, const char *in,
                  const struct record_case *record)
{
    if (at == VALUE_MISSING || at < signal->begin ||
        (signal->reacted != VALUE_MISSING && at >= signal->reacted))
        return;
    signal->reacted = at;
    signal->reacted_in = str_of(in);
    signal->place = record ? (struct table_place){record->id, record->source, record->line,
                                                  record->offset}
                           : (struct table_place){.case_id = {NULL, 0}};
}

static void look_in_audit(const struct measure_context *context, struct signal_seen *signal)
{
    size_t i;

    for (i = 0; i < context->reaction_count; i++) {
        const struct audit_reaction *reaction = &context->reactions[i];

        if (str_equal(reaction->measure, signal->measure) &&
            str_equal(reaction->period, signal->period) &&
            (!reaction->variant.ptr || str_equal(reaction->variant, signal->variant)))
            offer(signal, day_at(context, reaction->on), "audit-plan", NULL);
    }
}

static void look_in_register(const struct measure_context *context, struct signal_seen *signal)
{
    const struct record_set *registers = measure_set(context, RECORD_REGISTER);
    size_t i;

    for (i = 0; registers && i < record_case_count(registers); i++) {
        struct record_case row = record_case_at(registers, i);
        struct str reference = row.is_empty ? STR("") : case_word(&row, REGISTER_REFERENCE);

        if (names(reference, signal->measure) && names(reference, signal->period) &&
            case_says(&row, REGISTER_KIND, "action"))
            offer(signal,
                  case_instant_by(&row, case_either(&row, REGISTER_AT, REGISTER_DONE),
                                  context->as_of.us),
                  "register", &row);
    }
}

static void look_in_management(const struct measure_context *context, struct signal_seen *signal)
{
    static const int slots[] = {MGMT_TOPIC, MGMT_DECISION, MGMT_ACTION};
    const struct record_set *acts = measure_set(context, RECORD_MGMT);
    size_t i;
    size_t s;

    for (i = 0; acts && i < record_case_count(acts); i++) {
        struct record_case row = record_case_at(acts, i);

        for (s = 0; !row.is_empty && s < ARRAY_LEN(slots); s++) {
            struct str text = case_word(&row, slots[s]);

            if (names(text, signal->measure) && names(text, signal->period))
                offer(signal, case_instant_by(&row, MGMT_DATE, context->as_of.us), "management",
                      &row);
        }
    }
}

/* --- signals --- */

static bool is_missed(const struct figure *period)
{
    return str_is(period->verdict, "breached") || str_is(period->verdict, "proven-incapable");
}

static bool add_signal(const struct measure_context *context, struct signal_list *list,
                       const struct figure *figure, const struct figure *period)
{
    struct signal_seen signal = {.measure = figure->measure,
                                 .variant = figure->variant,
                                 .period = period->key,
                                 .what = period->signal.ptr ? period->signal : STR("target-missed"),
                                 .reacted = VALUE_MISSING};
    int32_t number;

    if (!period_parse(context->grid, period->key, &number) ||
        !mem_grow(&list->list, list->count, &list->capacity, sizeof *list->list))
        return false;
    signal.begin = period_start(context->grid, number, context->zone).us;
    signal.limit = work_days_after(
        context->calendar, period_start(context->grid, number + 1, context->zone).us - 1,
        REACTION_WORK_DAYS);
    look_in_audit(context, &signal);
    look_in_register(context, &signal);
    look_in_management(context, &signal);
    signal.is_in_time = signal.reacted != VALUE_MISSING && signal.reacted < signal.limit;
    signal.is_open = signal.reacted == VALUE_MISSING &&
                     (signal.limit == VALUE_MISSING || context->as_of.us < signal.limit);
    list->list[list->count++] = signal;
    return true;
}

static bool add_figure(const struct measure_context *context, struct signal_list *list,
                       const struct figure *figure)
{
    size_t i;

    for (i = 0; i < figure->series_count; i++) {
        const struct figure *period = &figure->series[i];

        if (!period->is_partial && (period->signal.ptr || is_missed(period)) &&
            !add_signal(context, list, figure, period))
            return false;
    }
    return true;
}

static enum status watch(const struct measure_context *context, const struct measure *measure,
                         struct signal_list *list, struct diag *diag)
{
    struct passing *passing = NULL;
    struct figure *figures = NULL;
    size_t count = 0;
    enum status status = passing_new(measure->kind, &measure, 1, context, diag, &passing);
    size_t i;

    if (status == STATUS_OK)
        status = passing_finish(passing, 0, &list->arena, diag, &figures, &count);
    for (i = 0; status == STATUS_OK && i < count; i++)
        if (!add_figure(context, list, &figures[i]))
            status = diag_no_memory(diag);
    passing_free(passing);
    return status;
}

enum status signal_list_new(const struct measure_context *context, struct diag *diag,
                            struct signal_list **ret_list)
{
    struct signal_list *list = mem_alloc(1, sizeof *list);
    enum status status = STATUS_OK;
    size_t i;

    if (!list)
        return diag_no_memory(diag);
    arena_init(&list->arena);
    for (i = 0; i < ARRAY_LEN(watched) && status == STATUS_OK; i++) {
        const struct measure *measure = measure_find(str_of(watched[i]));

        if (measure && measure_set(context, measure->kind))
            status = watch(measure_context_of(context, measure->kind), measure, list, diag);
    }
    if (status == STATUS_OK)
        *ret_list = list;
    else
        signal_list_free(list);
    return status;
}

void signal_list_free(struct signal_list *list)
{
    if (!list)
        return;
    arena_done(&list->arena);
    mem_free(list->list);
    mem_free(list);
}
