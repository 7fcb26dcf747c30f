#include "cmd/merging.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/stop.h"
#include "cmd/part_output.h"
#include "source/shipped.h"

/* Cases between two looks at memory and at signals. */
enum { CASES_BETWEEN_LOOKS = 1 << 14 };

/* --- heads --- */

static enum status load_heads(struct merging *m, const struct str *names, const struct str *paths,
                              size_t count, struct arena *arena,
                              const struct part_head ***ret_heads)
{
    const struct part_head **heads = arena_alloc(arena, count, sizeof(struct part_head *));
    enum status status = heads ? STATUS_OK : diag_no_memory(&m->run->diag);
    size_t i;

    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct part_head *head = arena_alloc(arena, 1, sizeof *head);

        if (!head)
            return diag_no_memory(&m->run->diag);
        status = part_head_load(paths[i], names[i], arena, &m->run->diag, head);
        heads[i] = head;
    }
    if (status == STATUS_OK)
        *ret_heads = heads;
    return status;
}

/* What is shipped with this program must be what was shipped with the one that made the parts. */
static enum status check_version(const struct part_head *head, struct str name, struct diag *diag)
{
    size_t i;

    if (!str_is(head->tool, CFAUDIT_VERSION)) {
        diag_report(diag, RULE_PART_VERSION, (struct where){name, 0, 0, 0},
                    "made by %.*s, this is " CFAUDIT_VERSION, STR_ARG(head->tool));
        return STATUS_USAGE;
    }
    for (i = 0; i < head->document_count; i++) {
        const struct library_item *item = &head->documents[i];
        const struct shipped *shipped = item->is_shipped ? shipped_find(item->name) : NULL;
        struct sha256 sum = {{0}};

        if (!item->is_shipped)
            continue;
        if (shipped && !digest_bytes(shipped_bytes(shipped), &sum))
            return diag_no_memory(diag);
        if (shipped && memcmp(sum.bytes, item->sha256.bytes, sizeof sum.bytes) == 0)
            continue;
        diag_report(diag, RULE_PART_VERSION, (struct where){name, 0, 0, 0},
                    "%.*s '%.*s' is another one here", STR_ARG(item->root), STR_ARG(item->name));
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

/* Times that were written without a year have got it from the as-of of the parts. */
static enum status check_years(const struct merging *m)
{
    size_t i;

    for (i = 0; i < m->head.source_count; i++) {
        const struct part_source *source = &m->head.sources[i];

        if (!source->accounting.years_found)
            continue;
        return run_usage(m->run, "'--as-of' comes too late: years of '%.*s' rest on that of '%.*s'",
                         STR_ARG(source->accounting.identity.name), STR_ARG(source->part));
    }
    return STATUS_OK;
}

static enum status read_inputs(struct merging *m)
{
    struct run *run = m->run;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < run->args.operand_count && status == STATUS_OK; i++)
        status = part_inputs_add(&m->inputs, str_of(run->args.operands[i]), &run->diag);
    if (status == STATUS_OK && m->inputs.count == 0)
        return run_usage(run, "no part is there");
    m->names = m->inputs.names;
    m->paths = m->inputs.paths;
    m->count = m->inputs.count;
    return status;
}

enum status merging_open(struct merging *m, struct run *run)
{
    const struct part_head **heads = NULL;
    uint32_t **numbers = NULL;
    enum status status;

    memset(m, 0, sizeof *m);
    m->run = run;
    arena_init(&m->arenas[0]);
    arena_init(&m->arenas[1]);
    m->inputs.arena = m->levels.arena = &m->arenas[0];
    status = read_inputs(m);
    if (status == STATUS_OK)
        status = load_heads(m, m->names, m->paths, m->count, &m->arenas[0], &heads);
    if (status == STATUS_OK)
        status = check_version(heads[0], m->names[0], &run->diag);
    if (status == STATUS_OK)
        status = parts_check(heads, m->names, m->count, args_has(&run->args, "as-of"),
                             args_has(&run->args, "seed"), &run->diag);
    if (status == STATUS_OK)
        status = parts_sources(heads, m->names, m->count, &m->arenas[0], &run->diag, &m->head,
                               &numbers);
    if (status == STATUS_OK && args_has(&run->args, "as-of"))
        status = check_years(m);
    if (status == STATUS_OK && m->head.source_count > LIMIT_SOURCES)
        status = diag_limit(&run->diag, WHERE_NONE, "the number of source files", LIMIT_SOURCES);
    if (status == STATUS_OK && m->count > 1 && !(m->pool = pool_new(2)))
        status = diag_no_memory(&run->diag);
    return status;
}

void merging_done(struct merging *m)
{
    part_inputs_done(&m->inputs);
    part_inputs_done(&m->levels);
    pool_free(m->pool);
    arena_done(&m->arenas[0]);
    arena_done(&m->arenas[1]);
}

/* --- joining --- */

/* The cases of some parts, one after the other. */
static enum status join_cases(struct merging *m, struct part_reader **readers, size_t count,
                              const struct part_head *head, part_take *take, void *taker)
{
    struct part_join *join = NULL;
    struct part_case item;
    enum status status = part_join_new(readers, count, head, &m->run->diag, &join);
    uint64_t number = 0;

    while (status == STATUS_OK) {
        if (++number % CASES_BETWEEN_LOOKS == 0)
            status = stop_check(&m->run->diag);
        if (status == STATUS_OK)
            status = part_join_next(join, &m->run->diag, &item);
        if (status == STATUS_OK)
            status = take(taker, &item);
    }
    part_join_free(join);
    return status == STATUS_END ? STATUS_OK : status;
}

/* Opens them, gives their sources the numbers that they have together, and joins. */
struct group {
    struct part_reader *readers[MERGING_AT_ONCE];
    size_t count;
    struct part_head head;
};

static void group_close(struct group *group)
{
    size_t i;

    for (i = 0; i < group->count; i++)
        part_close(group->readers[i]);
}

static enum status group_open(struct merging *m, const struct str *names, const struct str *paths,
                              size_t count, struct group *group)
{
    const struct part_head *heads[MERGING_AT_ONCE];
    uint32_t **numbers = NULL;
    enum status status = STATUS_OK;
    size_t i;

    arena_clear(&m->arenas[1]);
    group->count = 0;
    for (i = 0; i < count && status == STATUS_OK; i++) {
        status = part_open(paths[i], names[i], m->pool, &m->run->diag, &group->readers[i]);
        if (status != STATUS_OK)
            return status;
        heads[i] = part_reader_head(group->readers[i]);
        group->count++;
    }
    status = parts_check(heads, names, count, true, true, &m->run->diag);
    if (status == STATUS_OK)
        status = parts_sources(heads, names, count, &m->arenas[1], &m->run->diag, &group->head,
                               &numbers);
    for (i = 0; i < count && status == STATUS_OK; i++)
        status = part_reader_number(group->readers[i], numbers[i], &m->run->diag);
    return status;
}

/* --- to one part --- */

struct writing {
    struct part_writer *writer;
    struct diag *diag;
};

static enum status write_case(void *context, const struct part_case *item)
{
    const struct writing *writing = context;

    return part_writer_add(writing->writer, item, writing->diag);
}

static enum status write_group(struct merging *m, struct group *group,
                               void (*write)(void *context, struct str bytes), void *context,
                               struct sha256 *ret_sum)
{
    struct writing writing = {NULL, &m->run->diag};
    enum status status =
        part_writer_new(&group->head, write, context, &m->run->diag, &writing.writer);

    if (status == STATUS_OK)
        status = join_cases(m, group->readers, group->count, &group->head, write_case, &writing);
    if (status == STATUS_OK)
        status = part_writer_finish(writing.writer, &m->run->diag, ret_sum);
    part_writer_free(writing.writer);
    return status;
}

static void write_scratch(void *context, struct str bytes)
{
    scratch_write(context, bytes);
}

/* Some of them become a temporary part. */
static enum status make_level(struct merging *m, size_t first, size_t count,
                              struct part_inputs *level)
{
    struct scratch *scratch = NULL;
    struct group group;
    struct sha256 sum;
    enum status status = group_open(m, m->names + first, m->paths + first, count, &group);

    if (status == STATUS_OK)
        status = scratch_new(&m->run->diag, &scratch);
    if (status == STATUS_OK)
        status = write_group(m, &group, write_scratch, scratch, &sum);
    group_close(&group);
    if (status == STATUS_OK)
        return part_inputs_add_scratch(level, m->names[first], scratch, &m->run->diag);
    scratch_free(scratch);
    return status;
}

/* Until so few are left that they can be open at once. */
static enum status reduce(struct merging *m)
{
    enum status status = STATUS_OK;
    size_t i;

    while (m->count > MERGING_AT_ONCE && status == STATUS_OK) {
        struct part_inputs level = {.arena = &m->arenas[0]};

        for (i = 0; i < m->count && status == STATUS_OK; i += MERGING_AT_ONCE)
            status = make_level(m, i, m->count - i < MERGING_AT_ONCE ? m->count - i
                                                                     : MERGING_AT_ONCE,
                                &level);
        part_inputs_done(&m->levels);
        m->levels = level;
        m->names = level.names;
        m->paths = level.paths;
        m->count = level.count;
    }
    return status;
}

enum status merging_write(struct merging *m)
{
    struct part_output output;
    struct group group;
    enum status status = reduce(m);

    group.count = 0;
    if (status == STATUS_OK)
        status = group_open(m, m->names, m->paths, m->count, &group);
    if (status != STATUS_OK) {
        group_close(&group);
        return status;
    }
    status = part_output_open(m->run, &group.head, &output);
    if (status == STATUS_OK)
        status = write_group(m, &group, part_output_write, &output, &output.sha256);
    group_close(&group);
    return part_output_end(&output, status);
}

/* --- to figures --- */

/* Every case, once more. */
static enum status go(void *context, part_take *take, void *taker)
{
    struct merging *m = context;
    struct group group;
    enum status status = group_open(m, m->names, m->paths, m->count, &group);

    if (status == STATUS_OK)
        status = join_cases(m, group.readers, group.count, &group.head, take, taker);
    group_close(&group);
    return status;
}

/* The audit asks for the same records as when the parts were made, or the parts are not sound. */
static enum status check_needs(const struct merging *m, const struct gathering *g)
{
    struct part_head own = m->head;
    const struct part_head *const heads[] = {&m->head, &own};
    const struct str names[] = {m->names[0], STR("the audit")};
    int kind;

    own.needs = g->needs;
    own.kinds = g->kinds_read;
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        own.kind[kind].needs = g->kinds[kind].needs;
    return parts_check(heads, names, 2, true, true, &m->run->diag);
}

static enum status take_sources(struct merging *m, struct gathering *g)
{
    struct part_notes notes = {.diag = &m->run->diag, .owner = UINT32_MAX};
    const struct part_head *head = &m->head;
    enum status status = STATUS_OK;
    size_t i;

    g->accounting = arena_alloc(&m->run->arena, head->source_count, sizeof *g->accounting);
    if (!g->accounting)
        return diag_no_memory(&m->run->diag);
    for (i = 0; i < head->source_count && status == STATUS_OK; i++) {
        g->accounting[i] = head->sources[i].accounting;
        status = part_notes_tell(&notes, &head->sources[i],
                                 head->sources[i].accounting.identity.name);
    }
    g->accounting_count = head->source_count;
    return status;
}

/* Names of files to the sources of the audit, in their order. */
static enum status give_names(struct merging *m, struct gathering *g)
{
    const struct part_head *head = &m->head;
    size_t i;
    size_t s;

    if (g->source_count != head->owner_count)
        return run_usage(m->run, "the audit has other sources than the parts");
    for (s = 0, i = 0; s < g->source_count; s++) {
        struct gathering_source *source = &g->sources[s];

        source->are_given = source->are_read = true;
        source->names = arena_alloc(&m->run->arena, head->source_count, sizeof *source->names);
        if (!source->names)
            return diag_no_memory(&m->run->diag);
        for (; i < head->source_count && head->sources[i].owner == s; i++)
            source->names[source->name_count++] = head->sources[i].accounting.identity.name;
    }
    return STATUS_OK;
}

enum status merging_gather(struct merging *m, struct gathering *g)
{
    enum status status = give_names(m, g);

    if (status == STATUS_OK)
        status = gathering_prepare(g);
    if (status == STATUS_OK)
        status = check_needs(m, g);
    if (status == STATUS_OK)
        status = measuring_new(g->measures, g->measure_count, &g->context, &m->run->diag,
                               &g->measuring);
    if (status == STATUS_OK)
        status = take_sources(m, g);
    if (status == STATUS_OK)
        status = reduce(m);
    if (status == STATUS_OK)
        status = case_batches_init(&m->batches, g, &m->head.facts, m->head.kind, go, m);
    if (status == STATUS_OK)
        status = gathering_pool(g);
    return status == STATUS_OK ? gathering_look_back(g) : status;
}
