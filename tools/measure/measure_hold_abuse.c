/* M-06, hold-clock abuse: pauses that stop the clock without a visible reason. */
#include <math.h>

#include "base/mem.h"
#include "measure/attainment.h"
#include "measure/case_list.h"
#include "measure/measure_table.h"
#include "measure/pause_signs.h"

enum { NO_QUESTION, LATE_UNANSWERED, LATE, LEFT_SOLVED, REPEATED, NO_REASON };

static const struct measure_variant variants[] = {
    [NO_QUESTION] = {"without-question", VARIANT_SHARE, "pauses that wait for the customer", true,
                     true, "s", false},
    [LATE_UNANSWERED] = {"in-last-tenth-unanswered", VARIANT_SHARE,
                         "pauses of cases with a deadline", true, true, "s", false},
    [LATE] = {"in-last-tenth", VARIANT_SHARE, "pauses of cases with a deadline", true, true, "s",
              false},
    [LEFT_SOLVED] = {"ended-by-solution", VARIANT_SHARE, "pauses that have ended", true, true, "s",
                     false},
    [REPEATED] = {"three-or-more-pauses", VARIANT_SHARE, "cases with a pause", true, true, "count",
                  false},
    [NO_REASON] = {"without-reason", VARIANT_SHARE, "pauses that wait for the customer", true, true,
                   "s", false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;

    if (!record_has_met(context->set, EVERY_PAUSE))
        return 0;
    mask = 1u << LEFT_SOLVED | 1u << REPEATED;
    if (pause_shows_questions(context))
        mask |= 1u << NO_QUESTION;
    if (pause_shows_targets(context))
        mask |= 1u << LATE | (record_has_messages(context->set) ? 1u << LATE_UNANSWERED : 0);
    if (pause_shows_questions(context) && pause_shows_targets(context))
        mask |= 1u << NO_REASON;
    return mask;
}

/* What is known of all cases together. */
struct abuse {
    struct service_clocks *clocks; /* NULL: no agreement */
    struct case_list *list;        /* NULL: nothing is cited */
};

static void say(struct measure_state *state, size_t variant, const struct record_case *item,
                const struct case_pause *pause, bool counts)
{
    struct observation observation = {.value = observe_time(state, pause->from, pause->until),
                                      .counts = counts,
                                      .period = pause->from,
                                      .note = pause->is_running ? "still waiting" : NULL};

    observe_value(state, variant, item, &observation);
}

/* What the target of a case is, where these sources show one; false: out of memory. */
static bool target_of(struct measure_state *state, const struct record_case *item, unsigned mask,
                      struct pause_target *ret_target)
{
    const struct abuse *abuse = observe_own(state);

    *ret_target = (struct pause_target){.is_known = false};
    return !(mask & (1u << LATE)) ||
           pause_target_of(observe_context(state), abuse->clocks, item, ret_target);
}

/* --- pauses for the customer --- */

static bool observe_questions(struct measure_state *state, const struct record_case *item,
                              unsigned mask, const struct pause_target *target)
{
    const struct measure_context *context = observe_context(state);
    const struct abuse *abuse = observe_own(state);
    struct pause_walk walk = pause_walk_begin(context, item, PAUSE_PENDING);
    struct case_pause pause;
    bool is_any = false;

    while (pause_walk_next(&walk, &pause)) {
        struct pause_signs signs;

        if (!pause_signs_of(context, abuse->clocks, item, target, &pause, &signs))
            return false;
        say(state, NO_QUESTION, item, &pause, signs.is_unasked);
        if (mask >> NO_REASON & 1)
            say(state, NO_REASON, item, &pause, pause_is_doubtful(&signs));
        is_any = true;
    }
    if (!is_any)
        observe_excluded_of(state, 1u << NO_QUESTION | 1u << NO_REASON, item, "no-pause");
    return true;
}

/* --- pauses of any kind --- */

static bool observe_late(struct measure_state *state, const struct record_case *item, unsigned mask,
                         const struct pause_target *target)
{
    const struct measure_context *context = observe_context(state);
    const struct abuse *abuse = observe_own(state);
    struct pause_walk walk = pause_walk_begin(context, item, EVERY_PAUSE);
    struct case_pause pause;
    bool is_any = false;

    if (!target->is_known) {
        const char *reason = target->attainment.excluded;

        observe_excluded_of(state, 1u << LATE | 1u << LATE_UNANSWERED, item,
                            reason ? reason : "no-opening-time");
        return true;
    }
    observe_level(state, target->attainment.level);
    while (pause_walk_next(&walk, &pause)) {
        struct pause_signs signs;

        if (!pause_signs_of(context, abuse->clocks, item, target, &pause, &signs))
            return false;
        say(state, LATE, item, &pause, signs.is_late);
        if (mask >> LATE_UNANSWERED & 1)
            say(state, LATE_UNANSWERED, item, &pause, signs.is_late && signs.is_unanswered);
        is_any = true;
    }
    if (!is_any)
        observe_excluded_of(state, 1u << LATE | 1u << LATE_UNANSWERED, item, "no-pause");
    observe_level(state, NO_LEVEL);
    return true;
}

/* What the statuses alone say. */
static void observe_ends(struct measure_state *state, const struct record_case *item)
{
    struct pause_walk walk = pause_walk_begin(observe_context(state), item, EVERY_PAUSE);
    struct observation count = {.period = VALUE_MISSING};
    struct case_pause pause;
    bool is_ended = false;

    while (pause_walk_next(&walk, &pause)) {
        if (count.value++ == 0)
            count.period = pause.from;
        if (pause.is_running)
            continue;
        say(state, LEFT_SOLVED, item, &pause, pause.is_solved);
        is_ended = true;
    }
    if (!is_ended)
        observe_excluded(state, LEFT_SOLVED, item, count.value ? "still-waiting" : "no-pause");
    if (count.value == 0) {
        observe_excluded(state, REPEATED, item, "no-pause");
        return;
    }
    count.counts = count.value >= 3;
    observe_value(state, REPEATED, item, &count);
}

/* Which variants these sources feed was asked of them all when the state was made. */
static void observe(struct measure_state *state, const struct record_case *item)
{
    unsigned mask = observe_applies(state);
    struct pause_target target;

    if (!target_of(state, item, mask, &target) ||
        (mask >> NO_QUESTION & 1 && !observe_questions(state, item, mask, &target)) ||
        (mask >> LATE & 1 && !observe_late(state, item, mask, &target)))
        observe_failed(state);
    observe_ends(state, item);
}

/* --- the list --- */

enum { SIGNS, PAUSES, UNASKED, LATE_ONES, TO_SOLUTION, WAITED };

static const struct table_column columns[] = {
    {STR_INIT("case"), {{STR_INIT("Case"), STR_INIT("Caso")}}, {{{NULL, 0}}}, TABLE_TEXT, 0},
    {STR_INIT("by"), {{STR_INIT("Of"), STR_INIT("Di")}}, {{{NULL, 0}}}, TABLE_TEXT, 0},
    {STR_INIT("signs"), {{STR_INIT("Signs"), STR_INIT("Indizi")}},
     {{STR_INIT("What is said of the pauses to the right, added up; none of it is proven"),
       STR_INIT("La somma di quanto risulta delle sospensioni, a destra; nulla è provato")}},
     TABLE_INTEGER, 0},
    {STR_INIT("pauses"), {{STR_INIT("Pauses"), STR_INIT("Sospensioni")}}, {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("without-question"), {{STR_INIT("Nothing was asked"), STR_INIT("Nulla fu chiesto")}},
     {{STR_INIT("Pauses for the customer in which no public message of an agent awaits an answer; "
                "blank without messages"),
       STR_INIT("Sospensioni per il cliente in cui nessun messaggio pubblico di un operatore "
                "attende risposta; vuoto senza messaggi")}},
     TABLE_INTEGER, 0},
    {STR_INIT("in-last-tenth"), {{STR_INIT("In the last tenth"), STR_INIT("Nell'ultimo decimo")}},
     {{STR_INIT("Begun when 90 to 100 % of the target was used up, and where there are messages "
                "left without a word of the customer; blank without a target"),
       STR_INIT("Iniziate con il 90-100 % del tempo consumato e, se ci sono i messaggi, finite "
                "senza una parola del cliente; vuoto senza un termine")}},
     TABLE_INTEGER, 0},
    {STR_INIT("ended-by-solution"), {{STR_INIT("Left for a solution"),
                                      STR_INIT("Finite con la soluzione")}},
     {{STR_INIT("Left straight for a solved or closed status"),
       STR_INIT("Lasciate direttamente per uno stato risolto o chiuso")}},
     TABLE_INTEGER, 0},
    {STR_INIT("waited"), {{STR_INIT("Time in pauses"), STR_INIT("Tempo sospeso")}}, {{{NULL, 0}}},
     TABLE_DURATION, 0},
};

static const struct table_form form = {
    .id = STR_INIT("pauses"),
    .name = {{STR_INIT("Pauses"), STR_INIT("Sospensioni")}},
    .title = {{STR_INIT("Cases whose pauses are to be looked at"),
               STR_INIT("Casi le cui sospensioni sono da esaminare")}},
    .columns = columns,
    .column_count = ARRAY_LEN(columns),
};

/* What is counted of the pauses of a case. */
struct counting {
    const struct measure_context *context;
    struct service_clocks *clocks;
    const struct record_case *item;
    const struct pause_target *target;
    bool has_messages;
};

static bool count_pauses(const struct counting *c, unsigned classes, double *numbers)
{
    struct pause_walk walk = pause_walk_begin(c->context, c->item, classes);
    struct case_pause pause;

    while (pause_walk_next(&walk, &pause)) {
        struct pause_signs signs;

        if (!pause_signs_of(c->context, c->clocks, c->item, c->target, &pause, &signs))
            return false;
        if (classes == PAUSE_PENDING) {
            numbers[UNASKED] += signs.is_unasked;
            continue;
        }
        numbers[PAUSES]++;
        numbers[LATE_ONES] += signs.is_late && (signs.is_unanswered || !c->has_messages);
        numbers[TO_SOLUTION] += signs.is_to_solution;
        numbers[WAITED] +=
            (double)context_time(c->context, pause.from, pause.until) / (double)SECOND_US;
    }
    return true;
}

static enum case_listing look(void *looker, const struct measure_context *context,
                              const struct record_case *item, double ret_numbers[CASE_LIST_NUMBERS])
{
    struct pause_target target = {.is_known = false};
    struct counting counting = {.context = context,
                                .clocks = looker,
                                .item = item,
                                .target = &target,
                                .has_messages = record_has_messages(context->set)};
    bool has_targets = pause_shows_targets(context);

    if ((has_targets && !pause_target_of(context, looker, item, &target)) ||
        !count_pauses(&counting, EVERY_PAUSE, ret_numbers) ||
        !count_pauses(&counting, PAUSE_PENDING, ret_numbers))
        return CASE_LIST_FAILED;
    ret_numbers[SIGNS] = ret_numbers[UNASKED] + ret_numbers[LATE_ONES] + ret_numbers[TO_SOLUTION];
    if (ret_numbers[SIGNS] == 0 && ret_numbers[PAUSES] < 3)
        return CASE_NOT_LISTED;
    if (!counting.has_messages)
        ret_numbers[UNASKED] = NAN;
    if (!has_targets)
        ret_numbers[LATE_ONES] = NAN;
    return CASE_LISTED;
}

static void release(void *own)
{
    struct abuse *abuse = own;

    if (!abuse)
        return;
    service_clocks_free(abuse->clocks);
    case_list_free(abuse->list);
    mem_free(abuse);
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct abuse *abuse = mem_alloc(1, sizeof *abuse);
    enum status status = STATUS_OK;

    if (!abuse)
        return diag_no_memory(diag);
    if (context->sla)
        status = service_clocks_new(context, diag, &abuse->clocks);
    if (status == STATUS_OK && applies(context))
        status = case_list_new(context, look, abuse->clocks, diag, &abuse->list);
    if (status == STATUS_OK)
        *ret_own = abuse;
    else
        release(abuse);
    return status;
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    const struct abuse *abuse = own;

    (void)context;
    return variant != LEFT_SOLVED || case_list_table(abuse->list, &form, arena, figure);
}

const struct measure measure_hold_abuse = {
    .id = "M-06",
    .name = "hold-clock-abuse",
    .title = {{STR_INIT("pauses to be looked at"), STR_INIT("sospensioni da esaminare")}},
    .definition = {{STR_INIT("Share of pauses that stopped the clock without a reason that the "
                             "records show; each is to be looked at, none is proven."),
                    STR_INIT("Quota di sospensioni che hanno fermato il tempo senza un motivo "
                             "visibile nelle registrazioni; ciascuna è da esaminare, nessuna è "
                             "provata.")}},
    .formula =
        "without-question: pauses for the customer in which no public message of an agent "
        "awaits an answer / such pauses; in-last-tenth: pauses begun when 90 to 100 % of the "
        "target was used up / pauses; ended-by-solution: pauses left straight for a solved "
        "status / pauses that ended; three-or-more-pauses: cases with three pauses / cases "
        "with one; without-reason: pauses for the customer without a question, or begun in the "
        "last tenth and left without a word of the customer / such pauses",
    .fields = "event.at event.status; messages; sla.due or service levels",
    .source = "BPI Challenge 2013, question on the misuse of waiting; Wilson 1927",
    .slots = ATTAINMENT_SLOTS,
    .needs_classes = true,
    .needs_messages = true,
    .needs_levels = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepares_long = true,
    .prepare = prepare,
    .release = release,
    .conclude = conclude,
};
