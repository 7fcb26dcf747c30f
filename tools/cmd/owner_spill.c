#include "cmd/owner_spill.h"

#include "base/mem.h"
#include "base/stop.h"

/* Cases between two looks at signals. */
enum { CASES_BETWEEN_LOOKS = 1 << 14 };

static struct diag *diag_of(const struct owner_sets *sets)
{
    return &sets->gathering->run->diag;
}

static size_t owner_memory(const struct owner *owner)
{
    size_t bytes = owner->set ? record_memory(owner->set) : 0;
    int kind;

    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        if (owner->kinds[kind])
            bytes += record_memory(owner->kinds[kind]);
    return bytes;
}

size_t owner_spill_memory(const struct owner_sets *sets)
{
    size_t bytes = 0;
    size_t s;

    for (s = 0; s < sets->gathering->source_count; s++)
        bytes += owner_memory(&sets->list[s]);
    return bytes;
}

bool owner_spill_has_cut(const struct owner_sets *sets)
{
    return sets->cut_count && sets->cut[sets->cut_count - 1] == sets->file;
}

/* --- heads --- */

static enum status list_files(struct owner_sets *sets, struct part_source *files)
{
    const struct gathering *g = sets->gathering;
    size_t number = 0;
    size_t s;
    size_t i;

    for (s = 0; s < g->source_count; s++) {
        for (i = 0; i < g->sources[s].name_count; i++, number++) {
            struct accounting *accounting = &files[number].accounting;

            files[number].owner = (uint32_t)s;
            accounting->map = STR("");
            accounting->identity.name = arena_format(&sets->arena, "%08zu", number);
            if (!accounting->identity.name.ptr)
                return STATUS_MEMORY;
        }
    }
    return STATUS_OK;
}

static void tell_filled(const struct owner *owner, struct part_owner *into)
{
    int kind;

    if (owner->set)
        into->filled = record_set_filled(owner->set);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        if (owner->kinds[kind])
            into->filled_of[kind] = record_set_filled(owner->kinds[kind]);
}

/* What cases refer to, with so many files mentioned as sources of the audit. */
static enum status make_head(struct owner_sets *sets, size_t cut_count)
{
    const struct gathering *g = sets->gathering;
    size_t count = g->source_count + cut_count;
    struct part_head head = {
        .tool = STR(""),
        .audit = STR(""),
        .audit_id = STR(""),
        .period_start = INSTANT_MISSING,
        .period_end = INSTANT_MISSING,
        .needs = g->needs,
        .owner_count = count,
        .source_count = sets->file_count,
        .facts = {.latest = VALUE_MISSING},
        .kinds = g->kinds_read,
    };
    size_t s;
    int kind;

    arena_clear(&sets->arena);
    head.owners = arena_alloc(&sets->arena, count, sizeof *head.owners);
    head.sources = arena_alloc(&sets->arena, sets->file_count, sizeof *head.sources);
    if (!head.owners || !head.sources || list_files(sets, head.sources) != STATUS_OK)
        return diag_no_memory(diag_of(sets));
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        head.kind[kind] = (struct part_kind){.needs = g->kinds[kind].needs,
                                             .facts = {.latest = VALUE_MISSING}};
    for (s = 0; s < count; s++) {
        head.owners[s].id = STR("");
        if (s < g->source_count)
            tell_filled(&sets->list[s], &head.owners[s]);
    }
    sets->head = head;
    return STATUS_OK;
}

/* --- spilling --- */

struct spilling {
    struct owner_sets *sets;
    struct part_writer *writer;
    enum record_kind kind;
    struct buf id;
};

static struct record_set *set_of(const struct owner *owner, enum record_kind kind)
{
    return kind == RECORD_TICKET ? owner->set : owner->kinds[kind];
}

/* The file that is cut, as one more source of the audit that says nothing of the case. */
static void mention(const struct owner_sets *sets, struct part_case *item)
{
    struct part_share *share = &item->shares[item->count++];

    share->owner = (uint32_t)(sets->gathering->source_count + sets->cut_count - 1);
    share->share.rows = 0;
    share->share.has_reject = false;
}

static enum status spill_case(void *taker, const struct owner_case *listed)
{
    struct spilling *spilling = taker;
    const struct owner_sets *sets = spilling->sets;
    struct part_case item = listed->item;
    size_t count = item.count;
    size_t i;

    for (i = 0; i < count && sets->is_in_file; i++)
        if (item.shares[i].owner == sets->reading &&
            record_case_is_of(set_of(&sets->list[sets->reading], spilling->kind),
                              listed->numbers[i], sets->file))
            mention(sets, &item);
    item.id = part_kind_id(&spilling->id, spilling->kind, item.id);
    return part_writer_add(spilling->writer, &item, diag_of(sets));
}

static enum status write_kind(struct spilling *spilling, struct record_set **list)
{
    struct owner_sets *sets = spilling->sets;
    size_t count = sets->gathering->source_count;
    size_t s;

    for (s = 0; s < count; s++)
        list[s] = set_of(&sets->list[s], spilling->kind);
    return owner_list_go(list, count, diag_of(sets), spill_case, spilling);
}

/* Tickets come last, as their ids do. */
static enum status write_run(struct owner_sets *sets, struct record_set **list)
{
    struct spilling spilling = {.sets = sets};
    enum status status =
        part_runs_begin(sets->runs, &sets->head, diag_of(sets), &spilling.writer);
    int kind;

    buf_init(&spilling.id, SIZE_MAX);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++) {
        spilling.kind = (enum record_kind)kind;
        if (sets->gathering->kinds_read >> kind & 1)
            status = write_kind(&spilling, list);
    }
    spilling.kind = RECORD_TICKET;
    if (status == STATUS_OK)
        status = write_kind(&spilling, list);
    if (status == STATUS_OK && spilling.id.failed)
        status = diag_no_memory(diag_of(sets));
    buf_done(&spilling.id);
    return status == STATUS_OK ? part_runs_end(sets->runs, diag_of(sets)) : status;
}

static enum status note_cut(struct owner_sets *sets)
{
    if (!sets->is_in_file || owner_spill_has_cut(sets))
        return STATUS_OK;
    if (!mem_grow(&sets->cut, sets->cut_count, &sets->cut_capacity, sizeof *sets->cut))
        return diag_no_memory(diag_of(sets));
    sets->cut[sets->cut_count++] = sets->file;
    return STATUS_OK;
}

static void empty_sets(struct owner *owner)
{
    int kind;

    if (owner->set)
        record_set_empty(owner->set);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        if (owner->kinds[kind])
            record_set_empty(owner->kinds[kind]);
}

enum status owner_spill(struct owner_sets *sets)
{
    size_t count = sets->gathering->source_count;
    struct record_set **list = mem_alloc(count, sizeof(struct record_set *));
    enum status status = list ? stop_check(diag_of(sets)) : diag_no_memory(diag_of(sets));
    size_t s;

    if (status == STATUS_OK && !sets->runs)
        status = part_runs_new(diag_of(sets), &sets->runs);
    if (status == STATUS_OK)
        status = note_cut(sets);
    if (status == STATUS_OK)
        status = make_head(sets, sets->cut_count);
    for (s = 0; s < count && status == STATUS_OK; s++)
        if (sets->list[s].set)
            record_set_order(sets->list[s].set);
    if (status == STATUS_OK)
        status = write_run(sets, list);
    for (s = 0; s < count && status == STATUS_OK; s++)
        empty_sets(&sets->list[s]);
    mem_free(list);
    mem_trim();
    return status;
}

/* --- sorting --- */

static void write_scratch(void *context, struct str bytes)
{
    scratch_write(context, bytes);
}

/* Counts the mentions of files, and takes them away. */
static void count_mentions(struct owner_sets *sets, struct part_case *item)
{
    size_t count = sets->gathering->source_count;

    while (item->count && item->shares[item->count - 1].owner >= count)
        sets->accounting[sets->cut[item->shares[--item->count].owner - count]].cases++;
}

static enum status join_runs(struct owner_sets *sets, struct part_join *join,
                             struct part_writer *writer)
{
    enum status status = STATUS_OK;
    struct part_case item;
    uint64_t number = 0;

    while (status == STATUS_OK) {
        if (++number % CASES_BETWEEN_LOOKS == 0)
            status = stop_check(diag_of(sets));
        if (status == STATUS_OK)
            status = part_join_next(join, diag_of(sets), &item);
        if (status != STATUS_OK)
            break;
        count_mentions(sets, &item);
        status = part_writer_add(writer, &item, diag_of(sets));
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status write_sorted(struct owner_sets *sets, struct part_join *join)
{
    struct part_writer *writer = NULL;
    struct sha256 sum;
    enum status status = scratch_new(diag_of(sets), &sets->sorted);
    size_t i;

    for (i = 0; i < sets->cut_count; i++)
        sets->accounting[sets->cut[i]].cases = 0;
    if (status == STATUS_OK)
        status = make_head(sets, 0);
    if (status == STATUS_OK)
        status = part_writer_new(&sets->head, write_scratch, sets->sorted, diag_of(sets), &writer);
    if (status == STATUS_OK)
        status = join_runs(sets, join, writer);
    if (status == STATUS_OK)
        status = part_writer_finish(writer, diag_of(sets), &sum);
    part_writer_free(writer);
    return status;
}

enum status owner_spill_sort(struct owner_sets *sets)
{
    struct part_join *join = NULL;
    enum status status = owner_spill(sets);

    if (status == STATUS_OK)
        status = part_runs_open(sets->runs, NULL, diag_of(sets), &join);
    if (status == STATUS_OK)
        status = write_sorted(sets, join);
    part_runs_free(sets->runs);
    sets->runs = NULL;
    return status;
}

void owner_spill_done(struct owner_sets *sets)
{
    part_runs_free(sets->runs);
    scratch_free(sets->sorted);
    mem_free(sets->cut);
}

/* --- what was sorted --- */

static enum status open_sorted(struct owner_sets *sets, struct part_reader **ret_reader)
{
    struct str path = {NULL, 0};
    enum status status = scratch_path(sets->sorted, diag_of(sets), &path);

    return status == STATUS_OK ? part_open(path, STR("a temporary file"), NULL, diag_of(sets),
                                           ret_reader)
                               : status;
}

enum status owner_spill_go(struct owner_sets *sets, part_take *take, void *taker)
{
    struct part_reader *reader = NULL;
    enum status status = open_sorted(sets, &reader);
    struct part_case item;
    uint64_t number = 0;

    while (status == STATUS_OK) {
        if (++number % CASES_BETWEEN_LOOKS == 0)
            status = stop_check(diag_of(sets));
        if (status == STATUS_OK)
            status = part_next(reader, diag_of(sets), &item);
        if (status == STATUS_OK)
            status = take(taker, &item);
    }
    part_close(reader);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status owner_spill_copy(struct owner_sets *sets, struct part_writer *writer)
{
    struct part_reader *reader = NULL;
    enum status status = open_sorted(sets, &reader);

    if (status == STATUS_OK)
        status = part_writer_copy(writer, reader, diag_of(sets));
    part_close(reader);
    return status;
}
