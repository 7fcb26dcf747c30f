#include "cmd/owner_sets.h"

#include <string.h>

#include "base/mem.h"
#include "cmd/owner_spill.h"
#include "source/source.h"

static struct diag *diag_of(const struct owner_sets *sets)
{
    return &sets->gathering->run->diag;
}

/* --- reading --- */

static void step(void *context, uint64_t bytes)
{
    progress_step(context, bytes);
}

/* The limit is for all of them together: one set may take what the others leave. */
static enum status new_set(struct owner_sets *sets, size_t s)
{
    struct record_needs needs = sets->gathering->needs;
    size_t limit = needs.memory_limit;
    size_t held = owner_spill_memory(sets);
    enum status status = STATUS_OK;
    int kind;

    if (limit && held > limit / 2) {
        status = owner_spill(sets);
        held = owner_spill_memory(sets);
    }
    needs.keep_all = true;
    needs.memory_elsewhere = held;
    if (status == STATUS_OK)
        status = record_set_new(&needs, diag_of(sets), &sets->list[s].set);
    for (kind = 0; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++)
        if (sets->gathering->kinds_read >> kind & 1)
            status = record_set_new(&sets->gathering->kinds[kind].needs, diag_of(sets),
                                    &sets->list[s].kinds[kind]);
    return status;
}

static void free_sets(struct owner *owner)
{
    int kind;

    record_set_free(owner->set);
    owner->set = NULL;
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        record_set_free(owner->kinds[kind]);
        owner->kinds[kind] = NULL;
    }
}

/* Of what the set was told by the files of its source, as if they had not been read. */
static void forget(struct owner_sets *sets, size_t s, uint32_t first, uint32_t end)
{
    free_sets(&sets->list[s]);
    for (; first < end; first++)
        diag_done(&sets->notes[first]);
}

static enum status decide_order(struct owner_sets *sets, size_t s)
{
    struct gathering_source *source = &sets->gathering->sources[s];

    if (sets->list[s].order_is_decided)
        return STATUS_OK;
    sets->list[s].order_is_decided = true;
    return record_decide_order(source->names, source->name_count, &source->options,
                               diag_of(sets), &source->options.date_order);
}

/*
 * Before the first spill of a source the order of its dates is decided: what is in a run cannot be
 * read anew. STATUS_END ends the reading of the file.
 */
static enum status relieve(void *relief, struct diag *diag)
{
    struct owner_sets *sets = relief;
    struct gathering_source *source = &sets->gathering->sources[sets->reading];
    bool is_known = source->options.date_order != DATE_ORDER_UNKNOWN;
    enum status status = decide_order(sets, sets->reading);

    (void)diag;
    if (status != STATUS_OK)
        return status;
    sets->begins_anew = !is_known && source->options.date_order != DATE_ORDER_UNKNOWN;
    return sets->begins_anew ? STATUS_END : owner_spill(sets);
}

static enum status read_file(struct owner_sets *sets, size_t s, size_t i)
{
    struct gathering_source *source = &sets->gathering->sources[s];
    struct str name = source->names[i];
    struct record_set *set = sets->list[s].set;
    struct diag *notes = &sets->notes[sets->file];
    enum status status;

    diag_init(notes);
    record_set_forget(set);
    progress_start(&sets->progress, name);
    sets->is_in_file = true;
    source->options.shown = gathering_name(sets->gathering, s, i);
    status = record_read(set, name, sets->file, &source->options, &sets->gathering->run->arena,
                         notes, &sets->accounting[sets->file]);
    if (status != STATUS_OK)
        diag_merge(diag_of(sets), notes);
    else if (sets->begins_anew || record_set_needs_order(set))
        status = STATUS_END;
    else if (owner_spill_has_cut(sets))
        status = owner_spill(sets); /* its last run has no row of another file */
    sets->is_in_file = false;
    return status;
}

/* STATUS_END: the order of day and month has been decided, or has to be, first. */
static enum status read_files(struct owner_sets *sets, size_t s, uint32_t first)
{
    struct gathering_source *source = &sets->gathering->sources[s];
    enum status status = new_set(sets, s);
    size_t i;

    sets->begins_anew = false;
    for (i = 0; i < source->name_count && status == STATUS_OK; i++) {
        sets->file = first + (uint32_t)i;
        status = read_file(sets, s, i);
    }
    if (status == STATUS_END)
        forget(sets, s, first, sets->file + 1);
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

static enum status read_owner(struct owner_sets *sets, size_t s, uint32_t first)
{
    struct gathering *g = sets->gathering;
    struct gathering_source *source = &g->sources[s];
    enum status status = STATUS_OK;

    sets->reading = s;
    source->options.as_of = g->context.as_of;
    source->options.has_as_of = g->context.as_of_is_given;
    source->options.progress = step;
    source->options.context = &sets->progress;
    source->options.pool = g->pool;
    source->options.relieve = relieve;
    source->options.relief = sets;
    source->options.kinds = g->kinds_read ? sets->list[s].kinds : NULL;
    if (reads_once(source))
        status = decide_order(sets, s);
    if (status == STATUS_OK)
        status = read_files(sets, s, first);
    if (status == STATUS_END) {
        status = decide_order(sets, s);
        if (status == STATUS_OK)
            status = read_files(sets, s, first);
    }
    if (status == STATUS_OK)
        record_set_order(sets->list[s].set);
    return status;
}

static enum status read_all(struct owner_sets *sets)
{
    struct gathering *g = sets->gathering;
    enum status status = STATUS_OK;
    uint32_t number = 0;
    size_t s;

    progress_init(&sets->progress, !g->run->is_quiet);
    for (s = 0; s < g->source_count && status == STATUS_OK; s++) {
        if (g->sources[s].name_count)
            status = read_owner(sets, s, number);
        number += (uint32_t)g->sources[s].name_count;
    }
    progress_end(&sets->progress);
    return status;
}

static void learn_kinds(struct owner_sets *sets, size_t s)
{
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        const struct record_set *set = sets->list[s].kinds[kind];
        struct record_facts own;

        if (!set)
            continue;
        sets->owners[s].filled_of[kind] = record_set_filled(set);
        own = record_set_facts(set);
        part_facts_join(&sets->kinds[kind].facts, &own);
    }
}

static void learn(struct owner_sets *sets)
{
    struct gathering *g = sets->gathering;
    size_t s;

    sets->facts = (struct record_facts){.latest = VALUE_MISSING};
    for (s = 0; s < RECORD_KIND_COUNT; s++)
        sets->kinds[s] = (struct part_kind){.needs = g->kinds[s].needs,
                                            .facts = {.latest = VALUE_MISSING}};
    for (s = 0; s < g->source_count; s++) {
        struct record_facts own;

        if (!sets->list[s].set)
            continue;
        sets->owners[s].filled = record_set_filled(sets->list[s].set);
        own = record_set_facts(sets->list[s].set);
        part_facts_join(&sets->facts, &own);
        learn_kinds(sets, s);
    }
}

static enum status make_room(struct owner_sets *sets)
{
    struct gathering *g = sets->gathering;
    struct arena *arena = &g->run->arena;
    size_t s;

    for (s = 0; s < g->source_count; s++)
        sets->file_count += g->sources[s].name_count;
    sets->list = arena_alloc(arena, g->source_count, sizeof *sets->list);
    sets->owners = arena_alloc(arena, g->source_count, sizeof *sets->owners);
    sets->accounting = arena_alloc(arena, sets->file_count, sizeof *sets->accounting);
    sets->notes = arena_alloc(arena, sets->file_count, sizeof *sets->notes);
    if (!sets->list || !sets->owners || !sets->accounting || !sets->notes)
        return diag_no_memory(diag_of(sets));
    for (s = 0; s < g->source_count; s++)
        sets->owners[s].id = g->sources[s].id;
    return STATUS_OK;
}

enum status owner_sets_read(struct owner_sets *sets, struct gathering *gathering)
{
    enum status status;

    memset(sets, 0, sizeof *sets);
    sets->gathering = gathering;
    arena_init(&sets->arena);
    status = make_room(sets);
    if (status == STATUS_OK)
        status = gathering_pool(gathering);
    if (status == STATUS_OK)
        status = read_all(sets);
    if (status != STATUS_OK)
        return status;
    learn(sets);
    return sets->runs ? owner_spill_sort(sets) : STATUS_OK;
}

void owner_sets_done(struct owner_sets *sets)
{
    size_t s;
    size_t i;

    if (!sets->gathering)
        return;
    for (s = 0; sets->list && s < sets->gathering->source_count; s++)
        free_sets(&sets->list[s]);
    for (i = 0; sets->notes && i < sets->file_count; i++)
        diag_done(&sets->notes[i]);
    owner_spill_done(sets);
    arena_done(&sets->arena);
}

/* --- what it says of the files --- */

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

enum status owner_sets_sources(const struct owner_sets *sets, struct part_source *ret_sources)
{
    struct gathering *g = sets->gathering;
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        for (i = 0; i < g->sources[s].name_count; i++, number++) {
            ret_sources[number].owner = (uint32_t)s;
            ret_sources[number].accounting = sets->accounting[number];
            if (take_notes(&g->run->arena, &sets->notes[number], g->sources[s].names[i],
                           &ret_sources[number]) != STATUS_OK)
                return diag_no_memory(diag_of(sets));
        }
    }
    return STATUS_OK;
}

/* --- cases --- */

struct handing {
    part_take *take;
    void *taker;
    enum record_kind kind;
    struct buf *id;
};

static enum status hand_on(void *taker, const struct owner_case *item)
{
    const struct handing *handing = taker;
    struct part_case listed = item->item;

    listed.id = part_kind_id(handing->id, handing->kind, listed.id);
    return handing->take(handing->taker, &listed);
}

static enum status go_in_kind(struct owner_sets *sets, struct record_set **list,
                              struct handing *handing)
{
    struct gathering *g = sets->gathering;
    size_t s;

    for (s = 0; s < g->source_count; s++)
        list[s] = handing->kind == RECORD_TICKET ? sets->list[s].set
                                                 : sets->list[s].kinds[handing->kind];
    return owner_list_go(list, g->source_count, diag_of(sets), hand_on, handing);
}

static enum status go_in_sets(struct owner_sets *sets, part_take *take, void *taker)
{
    struct gathering *g = sets->gathering;
    struct record_set **list = mem_alloc(g->source_count, sizeof(struct record_set *));
    struct buf id;
    struct handing handing = {take, taker, RECORD_TICKET, &id};
    enum status status = STATUS_OK;
    int kind;

    if (!list)
        return diag_no_memory(diag_of(sets));
    buf_init(&id, SIZE_MAX);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++) {
        handing.kind = (enum record_kind)kind;
        if (g->kinds_read >> kind & 1)
            status = go_in_kind(sets, list, &handing);
    }
    handing.kind = RECORD_TICKET;
    if (status == STATUS_OK)
        status = go_in_kind(sets, list, &handing);
    if (status == STATUS_OK && id.failed)
        status = diag_no_memory(diag_of(sets));
    buf_done(&id);
    mem_free(list);
    return status;
}

enum status owner_sets_go(struct owner_sets *sets, part_take *take, void *taker)
{
    return sets->sorted ? owner_spill_go(sets, take, taker) : go_in_sets(sets, take, taker);
}

struct writing {
    struct part_writer *writer;
    struct diag *diag;
};

static enum status write_case(void *taker, const struct part_case *item)
{
    const struct writing *writing = taker;

    return part_writer_add(writing->writer, item, writing->diag);
}

enum status owner_sets_write(struct owner_sets *sets, struct part_writer *writer)
{
    struct writing writing = {writer, diag_of(sets)};

    return sets->sorted ? owner_spill_copy(sets, writer) : go_in_sets(sets, write_case, &writing);
}
