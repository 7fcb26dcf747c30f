#include "cmd/owner_spill.h"

#include "base/mem.h"
#include "base/stop.h"

/* Cases between two looks at signals. */
enum { CASES_BETWEEN_LOOKS = 1 << 14 };

static struct diag *diag_of(const struct owner_sets *sets)
{
    return &sets->gathering->run->diag;
}

size_t owner_spill_memory(const struct owner_sets *sets)
{
    size_t bytes = 0;
    size_t s;

    for (s = 0; s < sets->gathering->source_count; s++)
        if (sets->list[s].set)
            bytes += record_memory(sets->list[s].set);
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
    };
    size_t s;

    arena_clear(&sets->arena);
    head.owners = arena_alloc(&sets->arena, count, sizeof *head.owners);
    head.sources = arena_alloc(&sets->arena, sets->file_count, sizeof *head.sources);
    if (!head.owners || !head.sources || list_files(sets, head.sources) != STATUS_OK)
        return diag_no_memory(diag_of(sets));
    for (s = 0; s < count; s++) {
        head.owners[s].id = STR("");
        if (s < g->source_count && sets->list[s].set)
            head.owners[s].filled = record_set_filled(sets->list[s].set);
    }
    sets->head = head;
    return STATUS_OK;
}

/* --- spilling --- */

struct spilling {
    struct owner_sets *sets;
    struct part_writer *writer;
};

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
    const struct spilling *spilling = taker;
    const struct owner_sets *sets = spilling->sets;
    struct part_case item = listed->item;
    size_t count = item.count;
    size_t i;

    for (i = 0; i < count && sets->is_in_file; i++)
        if (item.shares[i].owner == sets->reading &&
            record_case_is_of(sets->list[sets->reading].set, listed->numbers[i], sets->file))
            mention(sets, &item);
    return part_writer_add(spilling->writer, &item, diag_of(sets));
}

static enum status write_run(struct owner_sets *sets, struct record_set *const *list)
{
    struct spilling spilling = {sets, NULL};
    enum status status =
        part_runs_begin(sets->runs, &sets->head, diag_of(sets), &spilling.writer);

    if (status == STATUS_OK)
        status = owner_list_go(list, sets->gathering->source_count, diag_of(sets), spill_case,
                               &spilling);
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
    for (s = 0; s < count && status == STATUS_OK; s++) {
        list[s] = sets->list[s].set;
        if (list[s])
            record_set_order(list[s]);
    }
    if (status == STATUS_OK)
        status = write_run(sets, list);
    for (s = 0; s < count && status == STATUS_OK; s++)
        if (list[s])
            record_set_empty(list[s]);
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
