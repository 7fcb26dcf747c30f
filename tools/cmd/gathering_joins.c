#include "cmd/gathering_joins.h"

#include <math.h>

#include "base/mem.h"

/* Fields that name records, of all kinds together at most. */
enum { JOINS_MOST = 64 };

/* A field whose values are ids of other records. */
struct join {
    enum record_kind kind;
    const struct record_field *field;
    bool *is_found; /* by number of the text that names a ticket; NULL: looked up */
    uint64_t records;
    uint64_t named;
    uint64_t orphans;
    struct record_case first[FIGURE_CITATIONS]; /* orphans, in the order of the sources */
    struct str ids[FIGURE_CITATIONS];
    size_t first_count;
};

struct joins {
    struct gathering *gathering;
    struct join list[JOINS_MOST];
    size_t count;
};

static const struct record_set *set_of(const struct gathering *g, enum record_kind kind)
{
    const struct record_set *set = kind == RECORD_TICKET ? g->set : g->kind_sets[kind];

    return set && record_has_cases(set) ? set : NULL;
}

/* --- which --- */

static enum status add_kind(struct joins *joins, enum record_kind kind)
{
    struct gathering *g = joins->gathering;
    const struct record_model *model = record_models[kind];
    const struct record_set *set = set_of(g, kind);
    size_t i;

    for (i = 0; set && i < model->field_count && joins->count < JOINS_MOST; i++) {
        const struct record_field *field = &model->fields[i];
        struct join *join = &joins->list[joins->count];

        if (!field->is_key || !set_of(g, field->key_of) || !record_has(set, field->slot))
            continue;
        *join = (struct join){.kind = kind, .field = field};
        if (kind != RECORD_TICKET && field->key_of == RECORD_TICKET) {
            join->is_found =
                arena_alloc(&g->run->arena, record_text_count(set), sizeof *join->is_found);
            if (!join->is_found)
                return diag_no_memory(&g->run->diag);
        }
        joins->count++;
    }
    return STATUS_OK;
}

/* --- orphans --- */

static int compare_places(const struct record_case *a, const struct record_case *b)
{
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    return (a->offset > b->offset) - (a->offset < b->offset);
}

/* The first in the order of the sources, whatever the order they come in. */
static bool note_orphan(struct joins *joins, struct join *join, const struct record_case *item)
{
    size_t at = join->first_count;
    struct str id;

    join->orphans++;
    while (at > 0 && compare_places(item, &join->first[at - 1]) < 0)
        at--;
    if (at == FIGURE_CITATIONS)
        return true;
    id = arena_str(&joins->gathering->run->arena, item->id);
    if (!id.ptr)
        return false;
    if (join->first_count < FIGURE_CITATIONS)
        join->first_count++;
    for (size_t i = join->first_count - 1; i > at; i--) {
        join->first[i] = join->first[i - 1];
        join->ids[i] = join->ids[i - 1];
    }
    join->first[at] = *item;
    join->ids[at] = id;
    return true;
}

static bool look(struct joins *joins, struct join *join, const struct record_set *set,
                 const struct record_case *item)
{
    int64_t name = item->is_empty ? VALUE_MISSING : record_value(item, join->field->slot);
    size_t number;
    bool is_found;

    join->records += !item->is_empty;
    if (name == VALUE_MISSING)
        return true;
    join->named++;
    is_found = join->is_found
                   ? join->is_found[name]
                   : record_case_find(set_of(joins->gathering, join->field->key_of),
                                      record_text(set, name), &number);
    return is_found || note_orphan(joins, join, item);
}

static enum status look_at_set(struct joins *joins, enum record_kind kind,
                               const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;
    size_t k;

    for (k = 0; k < joins->count; k++) {
        if (joins->list[k].kind != kind)
            continue;
        for (i = 0; i < count; i++) {
            struct record_case item = record_case_at(set, i);

            if (!look(joins, &joins->list[k], set, &item))
                return diag_no_memory(&joins->gathering->run->diag);
        }
    }
    return STATUS_OK;
}

/* --- tickets, which may be passing by --- */

static void find_names(struct joins *joins, struct str id)
{
    size_t k;

    for (k = 0; k < joins->count; k++) {
        struct join *join = &joins->list[k];
        int64_t name;

        if (join->is_found &&
            record_text_find(joins->gathering->kind_sets[join->kind], id, &name))
            join->is_found[name] = true;
    }
}

static enum status take_tickets(void *taker, const struct record_set *set)
{
    struct joins *joins = taker;
    size_t count = record_case_count(set);
    size_t i;

    for (i = 0; i < count; i++)
        find_names(joins, record_case_at(set, i).id);
    return look_at_set(joins, RECORD_TICKET, set);
}

static enum status go_through(struct joins *joins)
{
    struct gathering *g = joins->gathering;
    const struct record_walk *walk = g->context.walk;
    enum status status = walk ? walk->go(walk->context, take_tickets, joins)
                              : take_tickets(joins, g->set);
    int kind;

    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++)
        if (g->kind_sets[kind])
            status = look_at_set(joins, (enum record_kind)kind, g->kind_sets[kind]);
    return status;
}

/* --- the ledger --- */

static enum status put_join(const struct joins *joins, const struct join *join,
                            struct ledger_join *into)
{
    struct arena *arena = &joins->gathering->run->arena;
    size_t i;

    *into = (struct ledger_join){.kind = str_of(record_models[join->kind]->name),
                                 .field = str_of(join->field->name),
                                 .to = str_of(record_models[join->field->key_of]->name),
                                 .records = join->records,
                                 .named = join->named,
                                 .orphans = join->orphans};
    into->first.list = arena_alloc(arena, join->first_count, sizeof *into->first.list);
    if (!into->first.list)
        return diag_no_memory(&joins->gathering->run->diag);
    for (i = 0; i < join->first_count; i++)
        into->first.list[into->first.count++] = (struct citation){.case_id = join->ids[i],
                                                                  .source = join->first[i].source,
                                                                  .line = join->first[i].line,
                                                                  .offset = join->first[i].offset,
                                                                  .value = NAN};
    return STATUS_OK;
}

enum status gathering_joins(struct gathering *g, struct evidence *evidence)
{
    struct joins *joins = mem_alloc(1, sizeof *joins);
    enum status status = joins ? STATUS_OK : diag_no_memory(&g->run->diag);
    size_t i;
    int kind;

    if (!joins || !g->kinds_read)
        goto out;
    joins->gathering = g;
    for (kind = 0; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++)
        status = add_kind(joins, (enum record_kind)kind);
    if (status == STATUS_OK && joins->count)
        status = go_through(joins);
    evidence->joins = arena_alloc(&g->run->arena, joins->count, sizeof *evidence->joins);
    if (status == STATUS_OK && !evidence->joins)
        status = diag_no_memory(&g->run->diag);
    for (i = 0; i < joins->count && status == STATUS_OK; i++)
        status = put_join(joins, &joins->list[i], &evidence->joins[evidence->join_count++]);
out:
    mem_free(joins);
    return status;
}
