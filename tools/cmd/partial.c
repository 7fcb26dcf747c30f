#include "cmd/partial.h"

#include <string.h>

#include "base/limits.h"
#include "cmd/model_choice.h"
#include "cmd/owner_sets.h"
#include "cmd/part_output.h"
#include "cmd/partial_files.h"
#include "cmd/rule_budget.h"
#include "cmd/stages.h"

struct partial {
    struct run *run;
    struct audit *audit;
    struct gathering gathering;
    struct library_store store;
    struct str **shown; /* NULL: as gathering_shown says */
    struct owner_sets sets;
    struct part_head head;
};

/* --- head --- */

static enum status fill_sources(struct partial *p)
{
    struct gathering *g = &p->gathering;
    struct part_notes notes = {.diag = &p->run->diag, .owner = UINT32_MAX};
    enum status status = owner_sets_sources(&p->sets, p->head.sources);
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        for (i = 0; i < g->sources[s].name_count && status == STATUS_OK; i++, number++) {
            struct str path = g->sources[s].names[i];

            p->head.sources[number].accounting.identity.name =
                gathering_name(g, s, i);
            status = part_notes_tell(&notes, &p->head.sources[number], path);
        }
    }
    return status;
}

static void fill_identity(struct partial *p)
{
    struct part_head *head = &p->head;
    const struct audit *audit = p->audit;
    struct str path = str_of(p->run->args.operands[0]);

    head->tool = STR(CFAUDIT_VERSION);
    head->audit = library_store_name(&p->store, path);
    head->audit_id = audit->id;
    head->zone = audit->zone;
    head->period_start = audit->period_start;
    head->period_end = audit->period_end;
    head->as_of_is_stated = args_has(&p->run->args, "as-of");
    head->as_of = p->gathering.context.as_of;
    head->seed = args_str(&p->run->args, "seed");
    library_store_order(&p->store);
    head->documents = p->store.items;
    head->document_count = p->store.count;
    head->needs = p->gathering.needs;
    head->owners = p->sets.owners;
    head->owner_count = p->gathering.source_count;
    head->facts = p->sets.facts;
    head->kinds = p->gathering.kinds_read;
    memcpy(head->kind, p->sets.kinds, sizeof head->kind);
}

static enum status make_room(struct partial *p)
{
    size_t s;

    p->head.source_count = 0;
    for (s = 0; s < p->gathering.source_count; s++)
        p->head.source_count += p->gathering.sources[s].name_count;
    if (p->head.source_count > LIMIT_SOURCES)
        return diag_limit(&p->run->diag, WHERE_NONE, "the number of source files", LIMIT_SOURCES);
    p->head.sources =
        arena_alloc(&p->run->arena, p->head.source_count, sizeof *p->head.sources);
    return p->head.sources ? STATUS_OK : diag_no_memory(&p->run->diag);
}

static enum status write_part(struct partial *p)
{
    struct part_output output;
    struct part_writer *writer = NULL;
    enum status status = part_output_open(p->run, &p->head, &output);

    if (status == STATUS_OK)
        status = part_writer_new(&p->head, part_output_write, &output, &p->run->diag, &writer);
    if (status == STATUS_OK)
        status = owner_sets_write(&p->sets, writer);
    if (status == STATUS_OK)
        status = part_writer_finish(writer, &p->run->diag, &output.sha256);
    part_writer_free(writer);
    return part_output_end(&output, status);
}

/* --- the whole --- */

/* A part has nothing of it. */
static void look_at_times(const struct partial *p)
{
    const struct gathering *g = &p->gathering;
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++)
        for (i = 0; i < g->sources[s].name_count; i++)
            rule_budget_look(p->run, g->sources[s].names[i],
                             &p->head.sources[number++].accounting);
}

/* Nothing of them goes into figures; but a merged ledger is scored by the same ones. */
static enum status load_scoring(struct partial *p)
{
    struct checklist **checklists = NULL;
    const struct score_rules *rules = NULL;
    struct str model = {NULL, 0};
    enum status status = stage_checklists(p->run, p->audit, &checklists);

    return status == STATUS_OK ? model_choose(p->run, p->audit, &model, &rules) : status;
}

static enum status gather(struct partial *p)
{
    struct run *run = p->run;
    struct gathering *g = &p->gathering;
    enum status status = stage_audit(run, run->args.operands[0], &p->audit);
    size_t s;

    if (status == STATUS_OK)
        status = load_scoring(p);
    if (status == STATUS_OK)
        status = stage_plan(run, p->audit, g);
    if (status == STATUS_OK && run->args.operand_count > 1)
        status = partial_files(g, run->args.operands + 1, run->args.operand_count - 1, &p->shown);
    for (s = 0; status == STATUS_OK && p->shown && s < g->source_count; s++)
        g->sources[s].shown = p->shown[s];
    if (status == STATUS_OK)
        status = gathering_prepare(g);
    if (status == STATUS_OK)
        status = gathering_check_outputs(g);
    if (status == STATUS_OK)
        status = make_room(p);
    if (status == STATUS_OK)
        status = owner_sets_read(&p->sets, g);
    if (status == STATUS_OK)
        status = fill_sources(p);
    if (status != STATUS_OK)
        return status;
    fill_identity(p);
    status = write_part(p);
    if (status == STATUS_OK)
        look_at_times(p);
    return status;
}

enum status partial_gather(struct run *run)
{
    const char *output = args_value(&run->args, "output");
    struct partial p = {.run = run};
    enum status status = part_output_check(run);

    if (status == STATUS_OK)
        status = run_library(run);
    if (status != STATUS_OK)
        return status;
    p.gathering.outputs = &output;
    p.gathering.output_count = 1;
    library_store_init(&p.store);
    p.store.folder = library_store_folder(str_of(run->args.operands[0]));
    p.store.data_folder = run->library.data_folder;
    run->library.store = &p.store;
    status = gather(&p);
    run->library.store = NULL;
    owner_sets_done(&p.sets);
    gathering_done(&p.gathering);
    library_store_done(&p.store);
    return status;
}
