#include "cmd/partial.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/output.h"
#include "cmd/gathering.h"
#include "cmd/model_choice.h"
#include "cmd/ownership.h"
#include "cmd/part_output.h"
#include "cmd/partial_files.h"
#include "cmd/progress.h"
#include "cmd/stages.h"
#include "source/source.h"

/* What one source of the audit says, in a set of its own. */
struct owner {
    struct record_set *set; /* NULL: it has no file */
    struct diag *notes;     /* of each file */
    size_t note_count;
};

struct partial {
    struct run *run;
    struct audit *audit;
    struct gathering gathering;
    struct library_store store;
    struct str **shown; /* NULL: as gathering_shown says */
    struct owner *owners;
    struct part_head head;
    struct progress progress;
};

/* --- reading --- */

static void step(void *context, uint64_t bytes)
{
    progress_step(context, bytes);
}

static void drop(struct owner *owner)
{
    size_t i;

    for (i = 0; i < owner->note_count; i++)
        diag_done(&owner->notes[i]);
    owner->note_count = 0;
    record_set_free(owner->set);
    owner->set = NULL;
}

static size_t memory_so_far(const struct partial *p)
{
    size_t bytes = 0;
    size_t s;

    for (s = 0; s < p->gathering.source_count; s++)
        if (p->owners[s].set)
            bytes += record_memory(p->owners[s].set);
    return bytes;
}

static enum status new_set(struct partial *p, struct owner *owner)
{
    struct record_needs needs = p->gathering.needs;
    size_t held = memory_so_far(p);

    needs.keep_all = true;
    needs.memory_limit = needs.memory_limit > held ? needs.memory_limit - held : 1;
    return record_set_new(&needs, &p->run->diag, &owner->set);
}

/* STATUS_END: the order of day and month has to be decided first. */
static enum status read_files(struct partial *p, size_t s, uint32_t first)
{
    struct gathering_source *source = &p->gathering.sources[s];
    struct owner *owner = &p->owners[s];
    enum status status = new_set(p, owner);
    size_t i;

    for (i = 0; i < source->name_count && status == STATUS_OK; i++) {
        struct diag *notes = &owner->notes[owner->note_count++];

        diag_init(notes);
        record_set_forget(owner->set);
        progress_start(&p->progress, source->names[i]);
        status = record_read(owner->set, source->names[i], first + (uint32_t)i, &source->options,
                             &p->run->arena, notes,
                             &p->head.sources[first + i].accounting);
        if (status != STATUS_OK)
            diag_merge(&p->run->diag, notes);
        else if (record_set_needs_order(owner->set))
            return STATUS_END;
    }
    return status;
}

static bool reads_once(const struct gathering_source *source)
{
    size_t i;

    for (i = 0; i < source->name_count; i++)
        if (source_reads_once(source->names[i]))
            return true;
    return false;
}

static enum status decide_order(struct partial *p, struct gathering_source *source)
{
    return record_decide_order(source->names, source->name_count, &source->options, &p->run->diag,
                               &source->options.date_order);
}

static enum status read_owner(struct partial *p, size_t s, uint32_t first)
{
    struct gathering_source *source = &p->gathering.sources[s];
    enum status status = STATUS_OK;

    source->options.as_of = p->gathering.context.as_of;
    source->options.has_as_of = p->gathering.context.as_of_is_given;
    source->options.progress = step;
    source->options.context = &p->progress;
    p->owners[s].notes = arena_alloc(&p->run->arena, source->name_count, sizeof(struct diag));
    if (!p->owners[s].notes)
        return diag_no_memory(&p->run->diag);
    if (reads_once(source))
        status = decide_order(p, source);
    if (status == STATUS_OK)
        status = read_files(p, s, first);
    if (status == STATUS_END) {
        drop(&p->owners[s]);
        status = decide_order(p, source);
        if (status == STATUS_OK)
            status = read_files(p, s, first);
    }
    if (status == STATUS_OK)
        record_set_order(p->owners[s].set);
    return status;
}

static enum status read_all(struct partial *p)
{
    struct gathering *g = &p->gathering;
    enum status status = STATUS_OK;
    uint32_t number = 0;
    size_t s;

    progress_init(&p->progress, !p->run->is_quiet);
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        if (g->sources[s].name_count)
            status = read_owner(p, s, number);
        number += (uint32_t)g->sources[s].name_count;
    }
    progress_end(&p->progress);
    return status;
}

/* --- head --- */

static enum status take_notes(struct arena *arena, const struct diag *notes, struct str path,
                              struct part_source *source)
{
    size_t i;
    int rule;

    source->notes = arena_alloc(arena, notes->count, sizeof *source->notes);
    source->counts = arena_alloc(arena, RULE_COUNT, sizeof *source->counts);
    if (!source->notes || !source->counts)
        return STATUS_MEMORY;
    for (i = 0; i < notes->count; i++) {
        const struct diagnostic *item = &notes->list[i];
        bool is_own = str_equal(item->where.source, path);

        source->notes[i] = (struct part_note){
            .rule = item->rule,
            .is_about_source = is_own,
            .source = is_own ? (struct str){NULL, 0} : item->where.source,
            .line = item->where.line,
            .column = item->where.column,
            .offset = item->where.offset,
            .text = item->text,
            .hint = item->hint,
        };
    }
    source->note_count = notes->count;
    for (rule = 0; rule < RULE_COUNT; rule++)
        if (notes->by_rule[rule])
            source->counts[source->count_count++] =
                (struct part_count){(enum rule)rule, notes->by_rule[rule]};
    return STATUS_OK;
}

static enum status fill_sources(struct partial *p)
{
    struct gathering *g = &p->gathering;
    struct part_notes notes = {.diag = &p->run->diag, .owner = UINT32_MAX};
    uint32_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        for (i = 0; i < g->sources[s].name_count; i++, number++) {
            struct part_source *source = &p->head.sources[number];
            struct str path = g->sources[s].names[i];

            source->owner = (uint32_t)s;
            source->accounting.identity.name =
                p->shown ? p->shown[s][i] : gathering_shown(g, path);
            if (take_notes(&p->run->arena, &p->owners[s].notes[i], path, source) != STATUS_OK)
                return diag_no_memory(&p->run->diag);
            if (part_notes_tell(&notes, source, path) != STATUS_OK)
                return STATUS_MEMORY;
        }
    }
    return STATUS_OK;
}

static void fill_facts(struct partial *p)
{
    struct record_facts *facts = &p->head.facts;
    size_t s;

    *facts = (struct record_facts){.latest = VALUE_MISSING};
    for (s = 0; s < p->gathering.source_count; s++) {
        struct record_facts own;

        p->head.owners[s].id = p->gathering.sources[s].id;
        if (!p->owners[s].set)
            continue;
        p->head.owners[s].filled = record_set_filled(p->owners[s].set);
        own = record_set_facts(p->owners[s].set);
        part_facts_join(facts, &own);
    }
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
    head->owner_count = p->gathering.source_count;
}

static enum status make_room(struct partial *p)
{
    struct arena *arena = &p->run->arena;
    size_t s;

    p->head.source_count = 0;
    for (s = 0; s < p->gathering.source_count; s++)
        p->head.source_count += p->gathering.sources[s].name_count;
    if (p->head.source_count > LIMIT_SOURCES)
        return diag_limit(&p->run->diag, WHERE_NONE, "the number of source files", LIMIT_SOURCES);
    p->head.sources = arena_alloc(arena, p->head.source_count, sizeof *p->head.sources);
    p->head.owners = arena_alloc(arena, p->gathering.source_count, sizeof *p->head.owners);
    p->owners = arena_alloc(arena, p->gathering.source_count, sizeof *p->owners);
    return p->head.sources && p->head.owners && p->owners ? STATUS_OK
                                                          : diag_no_memory(&p->run->diag);
}

/* --- cases --- */

/* A case of one of the sets; the bytes of its id that are not the same in all come first. */
struct listed {
    uint64_t front;
    struct str id;
    uint32_t owner;
    uint32_t number;
};

static int by_id(const void *a, const void *b)
{
    const struct listed *left = a;
    const struct listed *right = b;
    int order;

    if (left->front != right->front)
        return left->front < right->front ? -1 : 1;
    order = str_compare(left->id, right->id);
    return order ? order : (left->owner > right->owner) - (left->owner < right->owner);
}

static size_t same_bytes(struct str a, struct str b, size_t most)
{
    size_t same = 0;

    while (same < most && same < a.len && same < b.len && a.ptr[same] == b.ptr[same])
        same++;
    return same;
}

static uint64_t front_of(struct str id, size_t from)
{
    uint64_t front = 0;
    size_t i;

    for (i = 0; i < 8; i++)
        front = front << 8 | (from + i < id.len ? (unsigned char)id.ptr[from + i] : 0);
    return front;
}

/* Ids mostly begin alike: INC0000001, INC0000002. */
static void put_in_order(struct listed *list, size_t count)
{
    size_t same = count ? list[0].id.len : 0;
    bool is_ordered = true;
    size_t i;

    for (i = 1; i < count; i++)
        same = same_bytes(list[0].id, list[i].id, same);
    for (i = 0; i < count; i++)
        list[i].front = front_of(list[i].id, same);
    for (i = 1; i < count && is_ordered; i++)
        is_ordered = by_id(&list[i - 1], &list[i]) < 0;
    if (!is_ordered)
        qsort(list, count, sizeof *list, by_id);
}

static enum status list_cases(struct partial *p, struct listed **ret_list, size_t *ret_count)
{
    struct record_share share;
    struct listed *list;
    size_t count = 0;
    size_t s;
    size_t i;

    for (s = 0; s < p->gathering.source_count; s++)
        if (p->owners[s].set)
            count += record_case_count(p->owners[s].set);
    list = mem_alloc(count, sizeof *list);
    if (!list)
        return diag_no_memory(&p->run->diag);
    count = 0;
    for (s = 0; s < p->gathering.source_count; s++)
        for (i = 0; p->owners[s].set && i < record_case_count(p->owners[s].set); i++)
            list[count++] = (struct listed){0, record_share_at(p->owners[s].set, i, &share),
                                            (uint32_t)s, (uint32_t)i};
    put_in_order(list, count);
    *ret_list = list;
    *ret_count = count;
    return STATUS_OK;
}

static enum status write_cases(struct partial *p, struct part_writer *writer)
{
    struct part_share *shares =
        arena_alloc(&p->run->arena, p->gathering.source_count, sizeof *shares);
    struct listed *list = NULL;
    size_t count = 0;
    enum status status =
        shares ? list_cases(p, &list, &count) : diag_no_memory(&p->run->diag);
    size_t i = 0;

    while (status == STATUS_OK && i < count) {
        struct part_case item = {.id = list[i].id, .shares = shares};

        for (; i < count && str_equal(list[i].id, item.id); i++) {
            shares[item.count].owner = list[i].owner;
            record_share_at(p->owners[list[i].owner].set, list[i].number,
                            &shares[item.count++].share);
        }
        status = part_writer_add(writer, &item, &p->run->diag);
    }
    mem_free(list);
    return status;
}

static enum status write_part(struct partial *p)
{
    struct part_output output;
    struct part_writer *writer = NULL;
    enum status status = part_output_open(p->run, &p->head, &output);

    if (status == STATUS_OK)
        status = part_writer_new(&p->head, part_output_write, &output, &p->run->diag, &writer);
    if (status == STATUS_OK)
        status = write_cases(p, writer);
    if (status == STATUS_OK)
        status = part_writer_finish(writer, &p->run->diag, &output.sha256);
    part_writer_free(writer);
    return part_output_end(&output, status);
}

/* --- the whole --- */

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

    if (status == STATUS_OK)
        status = load_scoring(p);
    if (status == STATUS_OK)
        status = stage_plan(run, p->audit, g);
    if (status == STATUS_OK && run->args.operand_count > 1)
        status = partial_files(g, run->args.operands + 1, run->args.operand_count - 1, &p->shown);
    if (status == STATUS_OK)
        status = gathering_prepare(g);
    if (status == STATUS_OK)
        status = gathering_check_outputs(g);
    if (status == STATUS_OK)
        status = make_room(p);
    if (status == STATUS_OK)
        status = read_all(p);
    if (status == STATUS_OK)
        status = fill_sources(p);
    if (status != STATUS_OK)
        return status;
    fill_identity(p);
    fill_facts(p);
    return write_part(p);
}

enum status partial_gather(struct run *run)
{
    const char *output = args_value(&run->args, "output");
    struct partial p = {.run = run};
    enum status status = part_output_check(run);
    size_t s;

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
    for (s = 0; p.owners && s < p.gathering.source_count; s++)
        drop(&p.owners[s]);
    gathering_done(&p.gathering);
    library_store_done(&p.store);
    return status;
}
