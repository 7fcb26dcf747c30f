#include "record/stream.h"

#include "base/bug.h"
#include "base/mem.h"

/* Rows that tell the facts; marks at which to look for repeats first, and how often then. */
enum { STREAM_AFTER = 1024, CHECK_FIRST = 1 << 13, CHECK_GROWTH = 4 };

enum status record_set_stream(struct record_set *set, const struct record_sink *sink,
                              struct pool *pool, bool marks_ids, struct diag *diag)
{
    struct record_stream *stream = mem_alloc(1, sizeof *stream);

    BUG_IF(set->stream || set->cases.count);
    if (!stream)
        return diag_no_memory(diag);
    set->stream = stream;
    stream->sink = *sink;
    stream->pool = pool;
    stream->marks_ids = marks_ids;
    stream->next_check = CHECK_FIRST;
    stream->lane_count = pool ? pool_lanes(pool) : 1;
    stream->lanes = mem_alloc(stream->lane_count, sizeof *stream->lanes);
    return stream->lanes && (!pool || intern_share(&set->texts)) ? STATUS_OK : diag_no_memory(diag);
}

void stream_free(struct record_stream *stream)
{
    unsigned i;

    if (!stream)
        return;
    for (i = 0; stream->lanes && i < stream->lane_count; i++)
        id_marks_done(&stream->lanes[i].marks);
    id_marks_done(&stream->marks);
    mem_free(stream->lanes);
    mem_free(stream);
}

size_t stream_memory(const struct record_stream *stream)
{
    size_t bytes = id_marks_memory(&stream->marks);
    unsigned i;

    for (i = 0; i < stream->lane_count; i++)
        bytes += id_marks_memory(&stream->lanes[i].marks);
    return bytes;
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

/* Bits that are set in the word of a kept id. */
static uint64_t kept_bits(uint64_t hash)
{
    return 1ull << (hash >> 6 & 63) | 1ull << (hash >> 12 & 63);
}

static void note_kept(struct record_stream *stream, uint64_t hash)
{
    stream->kept[hash >> (64 - KEPT_WORD_BITS)] |= kept_bits(hash);
}

static bool is_kept(const struct record_set *set, struct str id, uint64_t hash)
{
    uint64_t word = set->stream->kept[hash >> (64 - KEPT_WORD_BITS)];

    return (kept_bits(hash) & ~word) == 0 && case_table_has(&set->cases, id, hash);
}

/* Every case so far. */
static void note_all_kept(struct record_set *set)
{
    size_t i;

    for (i = 0; i < set->cases.count; i++)
        note_kept(set->stream, case_table_hash(case_row_id(case_table_row(&set->cases, i))));
}

static bool open_parts(struct record_stream *stream)
{
    unsigned i;

    for (i = 0; i < stream->lane_count; i++) {
        stream->lanes[i].part = stream->sink.open(stream->sink.context);
        if (!stream->lanes[i].part)
            return false;
    }
    return true;
}

bool stream_is_on(struct record_set *set)
{
    struct record_stream *stream = set->stream;

    if (!stream)
        return false;
    if (stream->phase == STREAM_WAITING && set->cases.count >= STREAM_AFTER) {
        stream->facts = facts_of(set);
        stream->marks_ids |= stream->runs.is_broken || stream->runs.count != 1;
        stream->phase =
            !has_updates(set) && stream->sink.begin(stream->sink.context, set) && open_parts(stream)
                ? STREAM_ON
                : STREAM_REFUSED;
        note_all_kept(set);
    }
    return stream->phase == STREAM_ON;
}

void stream_prefetch(const struct record_set *set, uint64_t hash)
{
    case_table_prefetch(&set->cases, hash);
    __builtin_prefetch(&set->stream->kept[hash >> (64 - KEPT_WORD_BITS)], 1);
}

bool stream_mark(struct record_set *set, uint64_t hash)
{
    if (!set->stream || set->stream->phase != STREAM_ON)
        return true;
    note_kept(set->stream, hash);
    return !set->stream->marks_ids || id_marks_add(&set->stream->marks, hash);
}

/* --- cases --- */

/* The rows that are what record.h promises to the sink; their number. */
static size_t list_settled(const struct record_stream *stream, const struct stream_rows *rows,
                           uint16_t *ret_places, bool *ret_left)
{
    /* a class that is missing has no bit in its low ones, and counts as unknown */
    const unsigned settled = 1u << CLASS_SOLVED | 1u << CLASS_CLOSED | 1u << CLASS_CANCELLED;
    const struct plain_table *table = rows->table;
    bool has_events = (stream->facts.given[0] >> SLOT_FIRST_EVENT & 1) != 0;
    const int64_t *closed = table->by_slot[SLOT_CLOSED];
    const int64_t *resolved = has_events ? table->missing : table->by_slot[SLOT_RESOLVED];
    const int64_t *class = table->by_slot[SLOT_CLASS];
    const bool *odd = table->odd;
    size_t count = 0;
    size_t k;

    /* without a branch: which row is settled cannot be foreseen */
    for (k = 0; k < rows->count; k++) {
        unsigned is_settled = (settled >> (class[k] & 31) & 1) |
                              (unsigned)(closed[k] != VALUE_MISSING) |
                              (unsigned)(resolved[k] != VALUE_MISSING);

        is_settled &= odd[k] ^ 1u;
        ret_left[k] = (is_settled ^ 1) != 0;
        ret_places[count] = (uint16_t)k;
        count += is_settled;
    }
    return count;
}

/* Leaves out rows of kept cases, and marks the others. False: memory is out. */
static bool look_up(struct record_set *set, const struct stream_rows *rows,
                    struct stream_lane *lane, bool *ret_left, size_t *ret_count)
{
    struct record_stream *stream = set->stream;
    size_t count = 0;
    size_t i;

    for (i = 0; i < *ret_count; i++) {
        uint16_t k = lane->places[i];
        uint64_t hash = case_table_hash(rows->ids[k]);

        ret_left[k] = !rows->are_new && is_kept(set, rows->ids[k], hash);
        if (ret_left[k])
            continue;
        lane->places[count++] = k;
        if (stream->marks_ids && !id_marks_add(&lane->marks, hash))
            return false;
    }
    *ret_count = count;
    return true;
}

bool stream_take(struct record_set *set, unsigned lane_number, const struct stream_rows *rows,
                 bool *ret_left, size_t *ret_taken)
{
    struct record_stream *stream = set->stream;
    struct stream_lane *lane = &stream->lanes[lane_number];
    const struct plain_table *table = rows->table;
    size_t count = list_settled(stream, rows, lane->places, ret_left);

    if ((stream->marks_ids || !rows->are_new) && !look_up(set, rows, lane, ret_left, &count))
        return false;
    if (count)
        stream->sink.take(lane->part, &(struct record_rows){
                                          .set = set,
                                          .count = count,
                                          .places = lane->places,
                                          .columns = table->by_slot,
                                          .at = table->at,
                                          .group = table->group,
                                          .status = table->status,
                                          .class = table->class,
                                          .sequence = table->sequence,
                                          .ids = rows->ids,
                                          .lines = rows->lines,
                                          .offsets = rows->offsets,
                                          .source = rows->source,
                                          .has_events = set->history_offset != 0,
                                      });
    *ret_taken = count;
    return true;
}

/* --- rows as cases --- */

static uint32_t text_of(int64_t value)
{
    return value == VALUE_MISSING ? INTERN_NONE : (uint32_t)value;
}

static struct record_event event_of(const struct record_rows *rows, size_t k)
{
    const struct record_needs *needs = &rows->set->needs;
    int64_t sequence = rows->sequence[k];

    return (struct record_event){
        .at = rows->at[k],
        .until = rows->at[k],
        .position = (uint64_t)rows->source << 44 | rows->offsets[k],
        .line = rows->lines[k] > UINT32_MAX ? UINT32_MAX : (uint32_t)rows->lines[k],
        .sequence = sequence == VALUE_MISSING ? INT32_MIN : (int32_t)sequence,
        .group = needs->groups ? text_of(rows->group[k]) : INTERN_NONE,
        .status = needs->statuses ? text_of(rows->status[k]) : INTERN_NONE,
        .fields = INTERN_NONE,
        .class = needs->classes ? (uint8_t)rows->class[k] : (uint8_t)CLASS_UNKNOWN,
        .has_status = needs->classes && rows->status[k] != VALUE_MISSING,
    };
}

const struct record_case *record_row_case(const struct record_rows *rows, size_t k,
                                          struct record_row_case *room)
{
    room->item = (struct record_case){
        .set = rows->set,
        .id = rows->ids[k],
        .columns = rows->columns,
        .place = k,
        .last_event = rows->at[k],
        .source = rows->source,
        .line = rows->lines[k] > UINT32_MAX ? UINT32_MAX : rows->lines[k],
        .offset = rows->offsets[k],
        .rows = 1,
    };
    if (rows->has_events && rows->at[k] != VALUE_MISSING) {
        room->event = event_of(rows, k);
        room->item.events = &room->event;
        room->item.event_count = 1;
    }
    return &room->item;
}

/* --- was it right --- */

static size_t mark_count(const struct record_stream *stream)
{
    size_t count = stream->marks.count;
    unsigned i;

    for (i = 0; i < stream->lane_count; i++)
        count += stream->lanes[i].marks.count;
    return count;
}

static bool find_repeat(const struct record_stream *stream, bool *ret_repeat)
{
    const struct id_marks **lists = mem_alloc(stream->lane_count + 1, sizeof *lists);
    bool done;
    unsigned i;

    if (!lists)
        return false;
    for (i = 0; i < stream->lane_count; i++)
        lists[i] = &stream->lanes[i].marks;
    lists[i] = &stream->marks;
    done = id_marks_repeat(lists, stream->lane_count + 1, stream->pool, ret_repeat);
    mem_free(lists);
    return done;
}

/* Looks now and then, and at the end. False when memory is out. */
static bool has_repeat(struct record_stream *stream, bool is_end, bool *ret_repeat)
{
    size_t count = mark_count(stream);

    *ret_repeat = false;
    if (!is_end && count < stream->next_check)
        return true;
    stream->next_check = count * CHECK_GROWTH;
    return find_repeat(stream, ret_repeat);
}

bool stream_check(struct record_set *set, bool is_end)
{
    struct record_stream *stream = set->stream;
    struct stream_facts facts = facts_of(set);
    bool repeat = false;

    if (!stream || stream->phase != STREAM_ON)
        return true;
    if (!stream->marks_ids)
        stream->is_mixed = !id_runs_are_apart(&stream->runs);
    else if (!has_repeat(stream, is_end, &repeat))
        return false;
    if (repeat || stream->is_mixed || !same_facts(&facts, &stream->facts))
        stream->phase = STREAM_BROKEN;
    return true;
}

void stream_tear(struct record_set *set)
{
    set->stream->phase = STREAM_BROKEN;
    set->stream->is_torn = true;
}

bool record_set_is_void(const struct record_set *set)
{
    return set->stream && set->stream->phase == STREAM_BROKEN;
}

bool record_set_needs_one_lane(const struct record_set *set)
{
    return record_set_is_void(set) && set->stream->is_torn;
}

bool record_set_needs_marks(const struct record_set *set)
{
    return record_set_is_void(set) && !set->stream->is_torn && set->stream->is_mixed;
}

bool record_set_needs_table(const struct record_set *set)
{
    return record_set_is_void(set) && !set->stream->is_torn && !set->stream->is_mixed;
}
