/* M-34, how cases were handled against how the declared process has them handled. */
#include <math.h>

#include "base/mem.h"
#include "measure/conformance.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/process_case.h"

enum { FITNESS, NEAREST, FITTING, OMITTED, ORDER, UNKNOWN, APPROVALS, FOUR_EYES, VERSION };

static const struct measure_variant variants[] = {
    [FITNESS] = {"fitness", VARIANT_MEAN, "cases of a declared process", true, false, NULL, false},
    [NEAREST] = {"nearest", VARIANT_MEAN, "cases of a declared process", true, false, NULL, false},
    [FITTING] = {"fitting", VARIANT_SHARE, "cases of a declared process", true, false, NULL, false},
    [OMITTED] = {"omitted-steps", VARIANT_SHARE, "mandatory steps that the process asks for", true,
                 true, NULL, false},
    [ORDER] = {"out-of-order", VARIANT_SHARE, "cases of a declared process", true, true, NULL,
               false},
    [UNKNOWN] = {"unknown-activities", VARIANT_SHARE, "activities of the cases", true, true, NULL,
                 false},
    [APPROVALS] = {"skipped-approvals", VARIANT_SHARE, "approvals that the process asks for", true,
                   true, NULL, false},
    [FOUR_EYES] = {"four-eyes", VARIANT_SHARE, "pairs of steps for two people, both known", true,
                   true, NULL, false},
    [VERSION] = {"other-version", VARIANT_SHARE, "cases that say their version", true, true, NULL,
                 false},
};

static unsigned applies(const struct measure_context *context)
{
    unsigned mask = 0;
    size_t p;
    size_t s;

    if (context->process_count == 0 || !record_has(context->set, SLOT_ACTIVITY))
        return 0;
    mask = 1u << FITNESS | 1u << NEAREST | 1u << FITTING | 1u << OMITTED | 1u << ORDER |
           1u << UNKNOWN;
    for (p = 0; p < context->process_count; p++) {
        const struct process_document *process = context->processes[p];

        if (process->version_field.ptr)
            mask |= 1u << VERSION;
        for (s = 0; s < process->step_count; s++) {
            if (process->steps[s].is_approval)
                mask |= 1u << APPROVALS;
            if (process->steps[s].other_than != PROCESS_NO_STEP &&
                record_has(context->set, SLOT_ACTOR))
                mask |= 1u << FOUR_EYES;
        }
    }
    return mask;
}

static enum status prepare(const struct measure_context *context, struct diag *diag, void **ret_own)
{
    struct conformance *conformance = NULL;
    enum status status = STATUS_OK;

    if (applies(context))
        status = conformance_new(context, diag, &conformance);
    if (status == STATUS_OK)
        *ret_own = conformance;
    return status;
}

static void release(void *own)
{
    conformance_free(own);
}

/* --- one case --- */

static void say(struct measure_state *state, size_t variant, const struct record_case *item,
                const struct process_case *told, bool counts)
{
    const struct observation observation = {
        .value = VALUE_MISSING, .counts = counts, .period = told->first};

    observe_value(state, variant, item, &observation);
}

static void say_mean(struct measure_state *state, size_t variant, const struct record_case *item,
                     const struct process_case *told, double fitness)
{
    int64_t value = llround(fitness * FIELD_NUMBER_ONE);
    /* the worst are those that fit least; a rank of 0 would stand for the largest value */
    const struct observation observation = {
        .value = value, .rank = value - FIELD_NUMBER_ONE - 1, .period = told->first};

    observe_value(state, variant, item, &observation);
}

static bool has_deviation(const struct process_case *told, unsigned kinds)
{
    size_t i;

    for (i = 0; i < told->deviation_count; i++)
        if (kinds >> told->deviations[i].kind & 1)
            return true;
    return false;
}

/* What the nearest allowed sequence asks for: each step of it, done or not. */
static void observe_asked(struct measure_state *state, const struct record_case *item,
                          const struct process_case *told)
{
    const struct process_document *process = observe_context(state)->processes[told->process];
    unsigned mask = observe_applies(state);
    bool is_approved = false;
    bool is_asked = false;
    size_t i;

    for (i = 0; i < told->result.move_count; i++) {
        const struct replay_move *move = &told->result.moves[i];

        if (move->kind != MOVE_BOTH || !process->steps[move->step].is_mandatory)
            continue;
        say(state, OMITTED, item, told, false);
        is_asked = true;
        if (process->steps[move->step].is_approval && (mask >> APPROVALS & 1)) {
            say(state, APPROVALS, item, told, false);
            is_approved = true;
        }
    }
    for (i = 0; i < told->deviation_count; i++) {
        const struct deviation *deviation = &told->deviations[i];
        bool is_missing =
            deviation->kind == DEVIATION_MISSING || deviation->kind == DEVIATION_APPROVAL;

        /* out of order it was done */
        if (!is_missing && deviation->kind != DEVIATION_ORDER)
            continue;
        say(state, OMITTED, item, told, is_missing);
        is_asked = true;
        if (process->steps[deviation->step].is_approval && (mask >> APPROVALS & 1)) {
            say(state, APPROVALS, item, told, is_missing);
            is_approved = true;
        }
    }
    if (!is_asked)
        observe_excluded(state, OMITTED, item, "nothing-asked-for");
    if (!is_approved && (mask >> APPROVALS & 1))
        observe_excluded(state, APPROVALS, item, "nothing-asked-for");
}

static void observe_nearest(struct measure_state *state, const struct record_case *item,
                            const struct process_case *told)
{
    static const size_t concerned[] = {NEAREST, FITTING, OMITTED, ORDER, APPROVALS};
    unsigned mask = observe_applies(state);
    size_t i;

    for (i = 0; i < ARRAY_LEN(concerned) && !told->result.has_nearest; i++)
        if (mask >> concerned[i] & 1)
            observe_excluded(state, concerned[i], item, "too-long-to-align");
    if (!told->result.has_nearest)
        return;
    say_mean(state, NEAREST, item, told,
             replay_nearest_fitness(told->result.cost, told->count, told->result.shortest));
    say(state, FITTING, item, told, told->result.fits);
    say(state, ORDER, item, told,
        has_deviation(told, 1u << DEVIATION_ORDER | 1u << DEVIATION_UNFORESEEN));
    observe_asked(state, item, told);
}

static void observe_activities(struct measure_state *state, const struct record_case *item,
                               const struct process_case *told)
{
    size_t i;

    for (i = 0; i < told->count; i++)
        say(state, UNKNOWN, item, told, told->steps[i] == PROCESS_NO_STEP);
    if (told->count == 0)
        observe_excluded(state, UNKNOWN, item, "no-activity");
}

static void observe_people(struct measure_state *state, const struct record_case *item,
                           const struct process_case *told)
{
    bool is_known = false;
    size_t i;

    for (i = 0; i < told->eye_count; i++) {
        if (!told->eyes[i].is_known)
            continue;
        say(state, FOUR_EYES, item, told, !told->eyes[i].is_kept);
        is_known = true;
    }
    if (!is_known)
        observe_excluded(state, FOUR_EYES, item, "no-pair-of-people");
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    const struct process_case *told;
    unsigned mask = observe_applies(state);
    size_t v;

    if (!mask)
        return; /* no process is declared */
    if (!process_case_look(conformance_cases(observe_own(state)), item, &told)) {
        observe_failed(state);
        return;
    }
    for (v = 0; v < ARRAY_LEN(variants) && told->excluded; v++)
        if (mask >> v & 1)
            observe_excluded(state, v, item, told->excluded);
    if (told->excluded)
        return;
    say_mean(state, FITNESS, item, told,
             replay_token_fitness(told->result.missing, told->result.consumed,
                                  told->result.remaining, told->result.produced));
    observe_nearest(state, item, told);
    observe_activities(state, item, told);
    if (mask >> FOUR_EYES & 1)
        observe_people(state, item, told);
    if (!(mask >> VERSION & 1))
        return;
    if (told->says_version)
        say(state, VERSION, item, told, !told->is_version);
    else
        observe_excluded(state, VERSION, item, "no-version");
}

static bool conclude(const struct measure_context *context, void *own, size_t variant,
                     struct arena *arena, struct figure *figure)
{
    (void)context;
    return variant != FITNESS || !own || conformance_tables(own, arena, figure);
}

const struct measure measure_conformance = {
    .id = "M-34",
    .name = "conformance",
    .title = {{STR_INIT("practice against the declared process"),
               STR_INIT("prassi rispetto al processo dichiarato")}},
    .definition =
        {{STR_INIT("How far cases were handled as the declared process says, and where they were "
                   "not."),
          STR_INIT("Quanto i casi sono stati gestiti come dice il processo dichiarato, e dove "
                   "no.")}},
    .formula =
        "fitness: mean of 0.5 (1 - missing / consumed) + 0.5 (1 - remaining / produced) tokens of "
        "each case; nearest: mean of 1 - moves / (activities + steps of the shortest allowed "
        "sequence); fitting: cases that are an allowed sequence / cases; omitted-steps: mandatory "
        "steps not done / asked for; out-of-order: cases with a step in the wrong place / cases; "
        "unknown-activities: activities of no step / activities; skipped-approvals: approvals not "
        "given / asked for; four-eyes: pairs done by one person / pairs; other-version: cases "
        "handled by a version that was not in force / cases that say theirs",
    .fields = "event.at event.type event.actor event.lifecycle",
    .source = "Rozinat and van der Aalst 2008, token replay; Adriansyah 2014, alignments; Wilson "
              "1927",
    .slots = 1ull << SLOT_FIRST_EVENT | 1ull << SLOT_CLASS,
    .needs_classes = true,
    .variants = variants,
    .variant_count = ARRAY_LEN(variants),
    .applies = applies,
    .observe = observe,
    .prepare = prepare,
    .release = release,
    .prepares_long = true,
    .conclude = conclude,
};
