#include "cmd/explain_audit.h"

#include <inttypes.h>

#include "checklist/checklist.h"
#include "cmd/stages.h"
#include "measure/measure.h"

/* What a question has to go by, from the least. */
enum supply { SUPPLY_NONE, SUPPLY_PERSON, SUPPLY_DATA, SUPPLY_LEFT_OUT, SUPPLY_COUNT };

struct supplies {
    size_t counts[SUPPLY_COUNT];
    struct buf lacking; /* ids */
};

/* The figure of the binding that has something to say, else any, else NULL. */
static const struct figure *figure_for(const struct evidence *evidence,
                                       const struct binding *binding)
{
    const struct figure *found = NULL;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *figure = &evidence->figures[i];

        if (!str_equal(binding->measure, figure->measure) ||
            (binding->variant.len && !str_equal(binding->variant, figure->variant)))
            continue;
        if (figure->n > 0)
            return figure;
        found = figure;
    }
    return found;
}

static bool explain_binding(const struct binding *binding, const struct evidence *evidence,
                            struct buf *out)
{
    const struct figure *figure = figure_for(evidence, binding);
    const struct measure *measure = measure_find(binding->measure);

    buf_printf(out, "    %.*s%s%.*s: ", STR_ARG(binding->measure),
               binding->variant.len && !figure ? " " : "",
               figure ? 0 : (int)binding->variant.len, binding->variant.ptr);
    if (figure && figure->n > 0)
        buf_printf(out, "%.*s, n %" PRIu64 "\n", STR_ARG(figure->variant), figure->n);
    else if (figure)
        buf_printf(out, "no case that counts (%.*s)\n", STR_ARG(figure->population));
    else if (measure)
        buf_printf(out, "the sources do not have what it needs: %s\n", measure->fields);
    else
        buf_add_text(out, "not computed by this version\n");
    return figure && figure->n > 0;
}

/* What the audit changed about it, who, when and why. */
static void explain_tailored(const struct question *question, struct buf *out)
{
    const struct tailored *tailored = question->tailored;

    if (!tailored)
        return;
    buf_add_text(out, "    ");
    if (tailored->change == TAILORED_WEIGHED) {
        buf_add_text(out, "weight ");
        weight_format(question->weight, out);
        buf_add_text(out, " instead of ");
        weight_format(tailored->weight, out);
        buf_add_text(out, ", ");
    }
    buf_printf(out, "by %.*s on %.*s: ", STR_ARG(tailored->by), STR_ARG(tailored->on));
    buf_add_visible(out, tailored->reason, 500);
    buf_add_char(out, '\n');
}

static void explain_supply(const struct question *question, const struct evidence *evidence,
                           struct supplies *supplies, struct buf *out)
{
    static const char *const words[] = {[SUPPLY_NONE] = "lacks data",
                                        [SUPPLY_PERSON] = "a person answers",
                                        [SUPPLY_DATA] = "has data",
                                        [SUPPLY_LEFT_OUT] = "left out"};
    enum supply supply = question->binding_count ? SUPPLY_NONE : SUPPLY_PERSON;
    struct buf bindings;
    size_t i;

    buf_init(&bindings, 1 << 20);
    if (question_is_left_out(question))
        supply = SUPPLY_LEFT_OUT;
    for (i = 0; i < question->binding_count && supply != SUPPLY_LEFT_OUT; i++)
        if (explain_binding(&question->bindings[i], evidence, &bindings))
            supply = SUPPLY_DATA;
    buf_printf(out, "  %-12.*s %-6s %s\n", STR_ARG(question->id), mode_name(question->mode),
               words[supply]);
    explain_tailored(question, out);
    buf_add(out, buf_str(&bindings));
    buf_done(&bindings);
    supplies->counts[supply]++;
    if (supply == SUPPLY_NONE)
        buf_printf(&supplies->lacking, "%s%.*s", supplies->lacking.len ? ", " : "",
                   STR_ARG(question->id));
}

static void explain_checklists(struct run *run, struct checklist *const *checklists, size_t count,
                               const struct evidence *evidence, struct buf *out)
{
    struct supplies supplies = {.counts = {0}};
    size_t i;
    size_t q;

    buf_init(&supplies.lacking, 1 << 20);
    for (i = 0; i < count; i++) {
        buf_printf(out, "\n%.*s: %.*s\n", STR_ARG(checklists[i]->id),
                   STR_ARG(words_in(&checklists[i]->title, run->lang)));
        for (q = 0; q < checklists[i]->question_count; q++)
            explain_supply(&checklists[i]->questions[q], evidence, &supplies, out);
    }
    buf_printf(out, "\n%zu questions: %zu have data, %zu a person answers, %zu lack data",
               supplies.counts[SUPPLY_DATA] + supplies.counts[SUPPLY_PERSON] +
                   supplies.counts[SUPPLY_NONE],
               supplies.counts[SUPPLY_DATA], supplies.counts[SUPPLY_PERSON],
               supplies.counts[SUPPLY_NONE]);
    if (supplies.lacking.len)
        buf_printf(out, ": %.*s", STR_ARG(buf_str(&supplies.lacking)));
    if (supplies.counts[SUPPLY_LEFT_OUT])
        buf_printf(out, "; %zu left out", supplies.counts[SUPPLY_LEFT_OUT]);
    buf_add_char(out, '\n');
    buf_done(&supplies.lacking);
}

enum status explain_audit(struct run *run, const char *path, struct buf *out)
{
    struct checklist **checklists = NULL;
    struct evidence *evidence = NULL;
    struct audit *audit = NULL;
    enum status status = stage_audit(run, path, &audit);

    if (status == STATUS_OK)
        status = stage_checklists(run, audit, &checklists);
    if (status == STATUS_OK)
        status = stage_gather(run, audit, NULL, 0, &evidence);
    if (status != STATUS_OK)
        return status;
    buf_printf(out, "%.*s: %.*s\n", STR_ARG(audit->id),
               STR_ARG(words_in(&audit->title, run->lang)));
    explain_checklists(run, checklists, audit->checklist_count, evidence, out);
    return STATUS_OK;
}
