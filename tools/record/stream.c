#include "record/stream.h"

#include "base/bug.h"
#include "base/mem.h"

/* Rows that tell the facts; marks at which to look for repeats first, and how often then. */
enum { STREAM_AFTER = 1024, CHECK_FIRST = 1 << 13, CHECK_GROWTH = 4 };

enum status record_set_stream(struct record_set *set, const struct record_sink *sink,
                              struct diag *diag)
{
    BUG_IF(set->stream || set->cases.count);
    set->stream = mem_alloc(1, sizeof *set->stream);
    if (!set->stream)
        return diag_no_memory(diag);
    set->stream->sink = *sink;
    set->stream->next_check = CHECK_FIRST;
    return STATUS_OK;
}

void stream_free(struct record_stream *stream)
{
    if (stream)
        id_marks_done(&stream->marks);
    mem_free(stream);
}

static struct stream_facts facts_of(const struct record_set *set)
{
    return (struct stream_facts){
        .given = {set->given[0], set->given[1]},
        .has_classes = set->has_classes,
        .has_groups = set->has_groups,
        .has_messages = set->has_messages,
        .first_to_last = set->first_to_last,
        .is_snapshot = set->has_rows_without_at,
    };
}

static bool same_facts(const struct stream_facts *a, const struct stream_facts *b)
{
    return a->given[0] == b->given[0] && a->given[1] == b->given[1] &&
           a->has_classes == b->has_classes && a->has_groups == b->has_groups &&
           a->has_messages == b->has_messages && a->first_to_last == b->first_to_last &&
           a->is_snapshot == b->is_snapshot;
}

/* A log of several rows a case shows itself at once. */
static bool has_updates(const struct record_set *set)
{
    size_t i;

    for (i = 0; i < set->cases.count; i++)
        if (case_table_row(&set->cases, i)->rows > 1)
            return true;
    return false;
}

static void note_kept(struct record_stream *stream, uint64_t hash)
{
    uint64_t bit = hash >> (64 - KEPT_BITS);

    stream->kept[bit / 64] |= 1ull << (bit % 64);
}

static bool is_kept(const struct record_set *set, const struct stream_row *row)
{
    uint64_t bit = row->hash >> (64 - KEPT_BITS);

    return (set->stream->kept[bit / 64] >> (bit % 64) & 1) != 0 &&
           case_table_has(&set->cases, row->id, row->hash);
}

void stream_prefetch(const struct record_stream *stream, uint64_t hash)
{
    __builtin_prefetch(&stream->kept[(hash >> (64 - KEPT_BITS)) / 64]);
}

/* Every case so far. */
static void note_all_kept(struct record_set *set)
{
    size_t i;

    for (i = 0; i < set->cases.count; i++)
        note_kept(set->stream, case_table_hash(case_row_id(case_table_row(&set->cases, i))));
}

bool stream_is_on(struct record_set *set)
{
    struct record_stream *stream = set->stream;

    if (!stream)
        return false;
    if (stream->phase == STREAM_WAITING && set->cases.count >= STREAM_AFTER) {
        stream->facts = facts_of(set);
        stream->phase = !has_updates(set) && stream->sink.begin(stream->sink.context, set)
                            ? STREAM_ON
                            : STREAM_REFUSED;
        note_all_kept(set);
    }
    return stream->phase == STREAM_ON;
}

bool stream_mark(struct record_set *set, uint64_t hash)
{
    if (!set->stream || set->stream->phase != STREAM_ON)
        return true;
    note_kept(set->stream, hash);
    return id_marks_add(&set->stream->marks, hash);
}

/* --- cases --- */

/* What record.h promises to the sink. */
static bool is_settled(const struct record_stream *stream, const struct plain_table *table,
                       size_t k)
{
    int64_t class = table->by_slot[SLOT_CLASS][k];
    bool has_events = (stream->facts.given[0] >> SLOT_FIRST_EVENT & 1) != 0;

    return class == CLASS_SOLVED || class == CLASS_CLOSED || class == CLASS_CANCELLED ||
           table->by_slot[SLOT_CLOSED][k] != VALUE_MISSING ||
           (!has_events && table->by_slot[SLOT_RESOLVED][k] != VALUE_MISSING);
}

static uint32_t text_of(int64_t value)
{
    return value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
}

static void add_event(const struct record_set *set, const struct plain_table *table, size_t k,
                      struct record_case *item)
{
    int64_t at = table->at[k];
    int64_t sequence = table->sequence[k];
    const struct record_needs *needs = &set->needs;

    set->stream->event = (struct record_event){
        .at = at,
        .until = at,
        .position = (uint64_t)item->source << 44 | item->offset,
        .line = item->line > UINT32_MAX ? UINT32_MAX : (uint32_t)item->line,
        .sequence = sequence == VALUE_MISSING ? INT32_MIN : (int32_t)sequence,
        .group = needs->groups ? text_of(table->group[k]) : INTERN_NONE,
        .status = needs->statuses ? text_of(table->status[k]) : INTERN_NONE,
        .fields = INTERN_NONE,
        .class = needs->classes ? (uint8_t)table->class[k] : (uint8_t)CLASS_UNKNOWN,
        .has_status = needs->classes && table->status[k] != VALUE_MISSING,
    };
    item->events = &set->stream->event;
    item->event_count = 1;
}

bool stream_take(struct record_set *set, const struct plain_table *table, size_t k,
                 const struct stream_row *row, bool *reterr_no_memory)
{
    struct record_stream *stream = set->stream;
    struct record_case *item = &stream->item;

    if (!is_settled(stream, table, k) || is_kept(set, row))
        return false;
    if (!id_marks_add(&stream->marks, row->hash)) {
        *reterr_no_memory = true;
        return false;
    }
    *item = (struct record_case){
        .set = set,
        .id = row->id,
        .columns = table->by_slot,
        .place = k,
        .last_event = table->at[k],
        .source = row->source,
        .line = row->line > UINT32_MAX ? UINT32_MAX : row->line,
        .offset = row->offset,
        .rows = 1,
    };
    if (set->history_offset && table->at[k] != VALUE_MISSING)
        add_event(set, table, k, item);
    stream->sink.take(stream->sink.context, item);
    return true;
}

/* --- was it right --- */

bool stream_check(struct record_set *set, bool is_end)
{
    struct record_stream *stream = set->stream;
    struct stream_facts facts = facts_of(set);
    bool repeat = false;

    if (!stream || stream->phase != STREAM_ON)
        return true;
    if (is_end || stream->marks.count >= stream->next_check) {
        stream->next_check = stream->marks.count * CHECK_GROWTH;
        if (!id_marks_repeat(&stream->marks, &repeat))
            return false;
    }
    if (repeat || !same_facts(&facts, &stream->facts))
        stream->phase = STREAM_BROKEN;
    return true;
}

bool record_set_needs_table(const struct record_set *set)
{
    return set->stream && set->stream->phase == STREAM_BROKEN;
}
