#include "cmd/list_supply.h"

#include <inttypes.h>

#include "answer/answer.h"
#include "cmd/lacking.h"
#include "cmd/stages.h"

/* What a question has without people, from the most. */
enum supply {
    SUPPLY_ANSWERED, /* a figure scores */
    SUPPLY_PROPOSED, /* a figure proposes points */
    SUPPLY_SHOWN,    /* figures, and no points */
    SUPPLY_LACKING,
    SUPPLY_PERSON, /* nothing is measured */
    SUPPLY_ASIDE,  /* left out, or of a later edition */
    SUPPLY_COUNT
};

static const char *const words[] = {
    [SUPPLY_ANSWERED] = "answered",        [SUPPLY_PROPOSED] = "proposed",
    [SUPPLY_SHOWN] = "figures, no points", [SUPPLY_LACKING] = "lacks records",
    [SUPPLY_PERSON] = "people only",       [SUPPLY_ASIDE] = "not asked",
};

struct supplies {
    const struct evidence *evidence;
    const struct lacking *lacking;
    size_t counts[SUPPLY_COUNT];
};

static const struct figure *figure_of(const struct supplies *supplies,
                                      const struct binding *binding)
{
    const struct figure *figure =
        evidence_figure(supplies->evidence, binding->measure, binding->variant);

    return figure && figure->n ? figure : NULL;
}

static bool has_figure(const struct supplies *supplies, const struct question *question)
{
    size_t i;

    for (i = 0; i < question->binding_count; i++)
        if (figure_of(supplies, &question->bindings[i]))
            return true;
    return false;
}

static enum supply supply_of(const struct supplies *supplies, const struct assessment *assessment)
{
    const struct question *question = assessment->question;

    if (assessment->status == ANSWER_NOTSELECTED || assessment->status == ANSWER_INFORMATIONAL)
        return SUPPLY_ASIDE;
    if (assessment->status == ANSWER_SCORED)
        return SUPPLY_ANSWERED;
    if (assessment->proposed >= 0)
        return SUPPLY_PROPOSED;
    if (has_figure(supplies, question))
        return SUPPLY_SHOWN;
    return question->binding_count ? SUPPLY_LACKING : SUPPLY_PERSON;
}

static void tell_binding(const struct supplies *supplies, const struct binding *binding,
                         struct buf *out)
{
    const struct measure *measure = measure_find(binding->measure);
    const struct figure *figure = figure_of(supplies, binding);

    buf_printf(out, "    %.*s", STR_ARG(binding->measure));
    if (binding->variant.len)
        buf_printf(out, " %.*s", STR_ARG(binding->variant));
    buf_add_text(out, ": ");
    if (figure)
        buf_printf(out, "n %" PRIu64 " (%.*s)", figure->n, STR_ARG(figure->id));
    else if (measure)
        lacking_tell(supplies->lacking, measure, out);
    else
        buf_add_text(out, "not computed by this version");
    buf_add_char(out, '\n');
}

/* Nothing is missing of a question that has what it needs from its other figures. */
static bool is_told(const struct supplies *supplies, const struct binding *binding,
                    enum supply supply)
{
    bool is_supplied = supply == SUPPLY_ANSWERED || supply == SUPPLY_PROPOSED;

    return supply != SUPPLY_ASIDE && (!is_supplied || figure_of(supplies, binding));
}

/* There are figures, and still something is missing: cases, a calibration, somebody's target. */
static bool is_held_up(const struct assessment *assessment, enum supply supply)
{
    return supply == SUPPLY_SHOWN ||
           (supply == SUPPLY_PROPOSED && assessment->question->mode == MODE_AUTO);
}

static void tell_question(struct supplies *supplies, const struct assessment *assessment,
                          struct buf *out)
{
    const struct question *question = assessment->question;
    enum supply supply = supply_of(supplies, assessment);
    size_t i;

    supplies->counts[supply]++;
    buf_printf(out, "%-10.*s %-5s %s", STR_ARG(question->id), mode_name(question->mode),
               words[supply]);
    if (supply == SUPPLY_ANSWERED)
        buf_printf(out, ": %d", assessment->points);
    else if (supply == SUPPLY_PROPOSED)
        buf_printf(out, ": %d", assessment->proposed);
    buf_add_char(out, '\n');
    for (i = 0; i < question->binding_count; i++)
        if (is_told(supplies, &question->bindings[i], supply))
            tell_binding(supplies, &question->bindings[i], out);
    if (is_held_up(assessment, supply))
        buf_printf(out, "    %.*s\n", STR_ARG(assessment->why));
}

static void tell_counts(const struct supplies *supplies, size_t questions, struct buf *out)
{
    size_t i;

    buf_printf(out, "\n%zu questions:", questions);
    for (i = 0; i < SUPPLY_COUNT; i++)
        if (supplies->counts[i])
            buf_printf(out, " %zu %s;", supplies->counts[i], words[i]);
    out->len--; /* the last semicolon */
    buf_add_char(out, '\n');
}

enum status list_supply(struct run *run, const char *path, struct buf *out)
{
    struct checklist **checklists = NULL;
    struct evidence *evidence = NULL;
    struct assessment *assessments = NULL;
    struct supplies supplies = {.counts = {0}};
    struct audit *audit = NULL;
    struct lacking lacking;
    size_t count = 0;
    size_t i;
    enum status status = stage_audit(run, path, &audit);

    if (status == STATUS_OK)
        status = stage_checklists(run, audit, &checklists);
    if (status == STATUS_OK)
        status = lacking_init(run, audit, &lacking);
    if (status == STATUS_OK)
        status = stage_gather(run, audit, NULL, 0, &evidence);
    if (status == STATUS_OK)
        status = assess(&run->arena, checklists, audit->checklist_count, evidence, NULL,
                        &run->diag, &assessments, &count);
    if (status != STATUS_OK)
        return status;
    supplies.evidence = evidence;
    supplies.lacking = &lacking;
    for (i = 0; i < count; i++)
        tell_question(&supplies, &assessments[i], out);
    tell_counts(&supplies, count, out);
    return STATUS_OK;
}
