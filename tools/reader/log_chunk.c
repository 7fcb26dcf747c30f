#include "reader/log_chunk.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

/* What one thread scans with. */
struct log_lane {
    struct rules_scan *scan;
    struct rules_check *check; /* NULL: nothing is held against the scan */
    struct entry_list entries;
};

/* --- lanes --- */

/* What is there when it is false is freed with the work. */
static bool lane_init(struct log_lane *lane, const struct log_work *work)
{
    enum rules_path path = rules_path_best();

    lane->scan = rules_scan_new(work->rules, RULES_FIRST, path);
    if (!lane->scan || !rules_scan_take_time(lane->scan, NULL))
        return false;
    if (work->checked &&
        !(lane->check = rules_check_new(work->rules, work->checked, work->log->count, path)))
        return false;
    return !work->boundary->rules || (entry_list_init(&lane->entries, work->boundary) &&
                                      rules_scan_take_time(lane->entries.scan, NULL));
}

bool log_work_lanes(struct log_work *work, unsigned count)
{
    work->lanes = mem_alloc(count, sizeof *work->lanes);
    if (!work->lanes)
        return false;
    while (work->lane_count < count)
        if (!lane_init(&work->lanes[work->lane_count++], work))
            return false;
    return true;
}

void log_work_done(struct log_work *work)
{
    while (work->lane_count) {
        struct log_lane *lane = &work->lanes[--work->lane_count];

        rules_scan_free(lane->scan);
        rules_check_free(lane->check);
        entry_list_done(&lane->entries);
    }
    mem_free(work->lanes);
}

uint64_t log_work_spent(const struct log_work *work, size_t rule)
{
    uint64_t spent = 0;
    unsigned i;

    for (i = 0; i < work->lane_count; i++)
        spent += rules_scan_spent(work->lanes[i].scan, rule);
    return spent;
}

uint64_t log_work_boundary_spent(const struct log_work *work)
{
    uint64_t spent = 0;
    unsigned i;

    for (i = 0; i < work->lane_count && work->boundary->rules; i++)
        spent += rules_scan_spent(work->lanes[i].entries.scan, 0);
    return spent;
}

/* --- chunks --- */

struct log_chunk *log_chunk_new(const struct log_work *work)
{
    struct log_chunk *chunk = mem_alloc(1, sizeof *chunk);
    size_t rules = work->log->count;

    if (!chunk)
        return NULL;
    chunk->work = work;
    chunk->limits = mem_alloc(rules, sizeof *chunk->limits);
    if (chunk->limits && log_counts_init(&chunk->counts, work->log, work->rules))
        return chunk;
    log_chunk_free(chunk);
    return NULL;
}

void log_chunk_free(struct log_chunk *chunk)
{
    if (!chunk)
        return;
    mem_free(chunk->limits);
    log_counts_done(&chunk->counts);
    chunk_rows_done(&chunk->rows);
    mem_free(chunk->events);
    pile_done(&chunk->pile);
    mem_free(chunk);
}

void log_chunk_begin(struct log_chunk *chunk, const struct log_counts *known)
{
    size_t i;

    log_counts_begin(&chunk->counts, known);
    for (i = 0; i < known->count; i++)
        chunk->limits[i] = (uint32_t)known->list[i].limits;
    chunk->no_memory = chunk->differs = false;
    chunk->lines = chunk->stored = chunk->read = 0;
    chunk->event_count = 0;
    chunk_rows_clear(&chunk->rows, chunk->work->width);
    memset(chunk->left, 0, sizeof chunk->left);
    pile_clear(&chunk->pile);
}

/* --- places --- */

/* One scan of a chunk. */
struct scanning {
    struct log_chunk *chunk;
    const struct rules_entry *entries; /* NULL: lines */
    const struct entry_place *entry_places;
    size_t placed; /* byte whose offset is known */
    uint64_t placed_offset;
};

/* The offset of a byte of the piece, which are asked for in order. */
static uint64_t offset_of(struct scanning *s, size_t at)
{
    if (at > s->placed) {
        struct str text = {s->chunk->base.text.ptr + s->placed, at - s->placed};

        s->placed_offset += encoding_stored_len(s->chunk->encoding, text);
        s->placed = at;
    }
    return s->placed_offset;
}

static struct log_place place_of(struct scanning *s, size_t entry, size_t start)
{
    uint64_t line = s->entries ? s->entry_places[entry].line : entry;

    return (struct log_place){line, offset_of(s, start)};
}

/* --- what is told --- */

static struct log_event *add_event(struct log_chunk *chunk, enum rule rule, struct log_place place)
{
    struct log_event *event;

    if (!mem_grow(&chunk->events, chunk->event_count, &chunk->event_capacity,
                  sizeof *chunk->events)) {
        chunk->no_memory = true;
        return NULL;
    }
    event = &chunk->events[chunk->event_count++];
    *event = (struct log_event){rule, 0, 0, place};
    return event;
}

/* --- entries that become no row --- */

/* An entry of a run of them: its end in the piece. */
static size_t end_of_entry(const struct scanning *s, const struct rules_hit *hit, size_t entry,
                           size_t start)
{
    const char *text = s->chunk->base.text.ptr;
    const char *end;

    if (s->entries)
        return s->entries[entry].end;
    end = memchr(text + start, '\n', hit->end - start);
    return end ? (size_t)(end - text) : hit->end;
}

static void leave_out(struct scanning *s, const struct rules_hit *hit, struct log_left *left)
{
    size_t start = hit->start;
    size_t i;

    for (i = 0; i < hit->count && left->first_count < LEFT_OUT_FIRST; i++) {
        size_t end = end_of_entry(s, hit, hit->entry + i, start);

        left->texts[left->first_count] =
            (struct str){s->chunk->base.text.ptr + start, end - start};
        left->places[left->first_count++] = place_of(s, hit->entry + i, start);
        if (s->entries && i + 1 < hit->count)
            start = s->entries[hit->entry + i + 1].start;
        else
            start = end + 1;
    }
    left->n += hit->count;
}

/* --- entries that become rows --- */

static struct str text_of_place(struct log_chunk *chunk, struct log_place place)
{
    struct str name = chunk->work->place_name;
    char digits[24];
    int len = snprintf(digits, sizeof digits, ":%llu",
                       (unsigned long long)(chunk->first_line + place.line));
    struct str text = {NULL, name.len + (size_t)len};
    char *room = pile_take(&chunk->pile, text.len);

    if (!room) {
        chunk->no_memory = true;
        return text;
    }
    memcpy(room, name.ptr, name.len);
    memcpy(room + name.len, digits, (size_t)len);
    text.ptr = room;
    return text;
}

static void add_row(struct log_chunk *chunk, const struct rules_hit *hit, struct log_place place)
{
    struct str *cells = chunk_rows_room(&chunk->rows);
    struct str text = {NULL, 0};

    if (log_columns_want_place(chunk->work->columns))
        text = text_of_place(chunk, place);
    if (!cells) {
        chunk->no_memory = true;
        return;
    }
    log_columns_fill(chunk->work->columns, hit, text, cells);
    chunk_rows_add(&chunk->rows, place.line, place.offset);
}

static void take_match(struct scanning *s, struct rules_hit *hit, struct log_place place)
{
    struct log_chunk *chunk = s->chunk;

    if (memchr(hit->text.ptr, '\0', hit->text.len)) {
        add_event(chunk, RULE_LOG_NUL, place);
        return;
    }
    if (hit->bad_bytes) { /* the scan's own copy */
        struct log_event *event = add_event(chunk, RULE_LOG_ENCODING, place);

        if (event)
            event->n = hit->bad_bytes;
        hit->text = pile_str(&chunk->pile, hit->text);
        chunk->no_memory |= !hit->text.ptr;
    }
    if (!chunk->no_memory)
        add_row(chunk, hit, place);
}

static void tell_of_rule(struct log_chunk *chunk, enum rule what, size_t rule,
                         struct log_place place)
{
    struct log_event *event = add_event(chunk, what, place);

    if (event)
        event->by = rule;
}

static void meet_limit(struct log_chunk *chunk, size_t rule, struct log_place place)
{
    tell_of_rule(chunk, RULE_LOG_LIMIT, rule, place);
    log_counts_limit(&chunk->counts, rule);
    if (chunk->limits[rule] + chunk->counts.list[rule].limits == LIMIT_RULE_STOPS)
        tell_of_rule(chunk, RULE_LOG_STOPPED, rule, place);
}

static void take_hit(struct scanning *s, struct rules_hit *hit)
{
    struct log_chunk *chunk = s->chunk;
    struct log_place place;

    chunk->read += hit->count;
    if (hit->outcome == RULES_NONE) {
        leave_out(s, hit, &chunk->left[LEFT_BY_NOBODY]);
        return;
    }
    place = place_of(s, hit->entry, hit->start);
    switch (hit->outcome) {
    case RULES_MATCH:
        chunk->no_memory |= !log_counts_take(&chunk->counts, hit, place.line, place.offset);
        if (chunk->work->log->list[hit->rule].is_used)
            take_match(s, hit, place);
        else
            leave_out(s, hit, &chunk->left[LEFT_BY_RULE]);
        break;
    case RULES_LIMIT:
        meet_limit(chunk, hit->rule, place);
        break;
    case RULES_LONG:
    case RULES_NONE:
        add_event(chunk, RULE_LOG_LONG, place);
        break;
    }
}

/* --- pieces --- */

static uint64_t lines_of(struct str text)
{
    return text.len ? byte_count(text, '\n').newlines : 0;
}

/* What is known of the boundary, in front of all else. */
static void tell_boundary(struct scanning *s, const struct entry_list *entries)
{
    size_t i;

    if (s->chunk->is_first && !entries->begins)
        add_event(s->chunk, RULE_LOG_INSIDE, place_of(s, 0, 0));
    for (i = 0; i < entries->count; i++)
        if (s->entry_places[i].met_limit)
            add_event(s->chunk, RULE_COUNT, place_of(s, i, s->entries[i].start));
    s->placed = s->placed_offset = 0;
}

/* Held against the plainest way, before anything of the piece is taken. */
static void hold(struct scanning *s, struct log_lane *lane)
{
    struct log_chunk *chunk = s->chunk;
    struct rules_difference difference;

    if (rules_check_block(lane->check, chunk->limits, chunk->base.text, s->entries,
                          s->entries ? lane->entries.count : 0, &difference)) {
        chunk->differs = true;
        chunk->difference = place_of(s, difference.entry, difference.start);
    }
    chunk->no_memory |= rules_check_failed(lane->check);
    s->placed = s->placed_offset = 0;
}

static void scan_entries(struct log_chunk *chunk, struct log_lane *lane)
{
    struct scanning s = {.chunk = chunk};
    struct rules_hit hit;

    rules_scan_set_limits(lane->scan, chunk->limits);
    if (chunk->work->boundary->rules) {
        if (!entry_list_find(&lane->entries, chunk->base.text)) {
            chunk->no_memory = true;
            return;
        }
        s.entries = lane->entries.list;
        s.entry_places = lane->entries.places;
        tell_boundary(&s, &lane->entries);
        rules_scan_entries(lane->scan, chunk->base.text, s.entries, lane->entries.count);
    } else {
        rules_scan_lines(lane->scan, chunk->base.text);
    }
    if (lane->check)
        hold(&s, lane);
    while (!chunk->no_memory && rules_scan_next(lane->scan, &hit))
        take_hit(&s, &hit);
    chunk->no_memory |= rules_scan_failed(lane->scan);
    chunk->stored = offset_of(&s, chunk->base.text.len);
}

void log_chunk_scan(struct log_chunk *chunk, unsigned lane)
{
    struct str text = chunk->base.text;
    const struct log_place begin = {0, 0};

    if (chunk->piece == LOG_PIECE_ENTRIES) {
        scan_entries(chunk, &chunk->work->lanes[lane]);
    } else {
        chunk->stored = encoding_stored_len(chunk->encoding, text);
        chunk->read = chunk->piece != LOG_PIECE_LOST;
    }
    if (chunk->piece == LOG_PIECE_LONG)
        add_event(chunk, RULE_LOG_LONG, begin);
    if (chunk->piece == LOG_PIECE_CUT)
        add_event(chunk, RULE_LOG_CUT, begin);
    if (chunk->piece == LOG_PIECE_ENTRIES && !chunk->work->boundary->rules)
        chunk->lines = chunk->read - (text.ptr[text.len - 1] != '\n');
    else
        chunk->lines = lines_of(text);
}
