#include "reader/json_chunk.h"

#include <string.h>

#include "base/mem.h"

static const char RECORD_SEPARATOR = '\x1e';
static const char LONG_LINE[] = "a line of more than 16 MiB";

/* What one thread reads with. */
struct lines_lane {
    struct object_reader reader;
    bool *found;
};

/* --- lanes --- */

bool lines_work_lanes(struct lines_work *work, unsigned count)
{
    work->lanes = mem_alloc(count, sizeof *work->lanes);
    if (!work->lanes)
        return false;
    while (work->lane_count < count) {
        struct lines_lane *lane = &work->lanes[work->lane_count++];

        lane->found = mem_alloc(work->width, sizeof *lane->found);
        if (!object_init(&lane->reader, work->paths, work->width, lane->found) || !lane->found)
            return false;
        lane->reader.has_byte_arrays = work->has_byte_arrays;
    }
    return true;
}

void lines_work_done(struct lines_work *work)
{
    while (work->lane_count) {
        struct lines_lane *lane = &work->lanes[--work->lane_count];

        object_done(&lane->reader);
        mem_free(lane->found);
    }
    mem_free(work->lanes);
}

const struct member_tree *lines_work_tree(const struct lines_work *work, unsigned lane)
{
    return &work->lanes[lane].reader.tree;
}

/* --- chunks --- */

struct lines_chunk *lines_chunk_new(const struct lines_work *work)
{
    struct lines_chunk *chunk = mem_alloc(1, sizeof *chunk);

    if (!chunk)
        return NULL;
    chunk->work = work;
    chunk->found = mem_alloc(work->width, sizeof *chunk->found);
    if (chunk->found)
        return chunk;
    lines_chunk_free(chunk);
    return NULL;
}

void lines_chunk_free(struct lines_chunk *chunk)
{
    if (!chunk)
        return;
    mem_free(chunk->found);
    chunk_rows_done(&chunk->rows);
    mem_free(chunk->events);
    pile_done(&chunk->pile);
    mem_free(chunk);
}

void lines_chunk_begin(struct lines_chunk *chunk)
{
    chunk->no_memory = false;
    chunk->lines = chunk->stored = 0;
    chunk->event_count = 0;
    chunk_rows_clear(&chunk->rows, chunk->work->width);
    pile_clear(&chunk->pile);
}

/* --- what is told --- */

/* Of the line that comes next. */
static void tell(struct lines_chunk *chunk, const char *start, const struct flaw *flaw)
{
    if (!mem_grow(&chunk->events, chunk->event_count, &chunk->event_capacity,
                  sizeof *chunk->events)) {
        chunk->no_memory = true;
        return;
    }
    chunk->events[chunk->event_count++] =
        (struct lines_event){*flaw, start, chunk->lines, chunk->stored};
}

/* --- rows --- */

/* The object that the line is; it begins with the text. */
static void take_object(struct lines_chunk *chunk, struct object_reader *reader, const char *start,
                        struct str text)
{
    static const struct flaw repaired = {RULE_JSON_BYTES, NULL, NULL};
    struct tokens *tokens = &reader->tokens;
    uint64_t before = reader->repaired;
    enum object_state state;
    struct str *cells = chunk_rows_room(&chunk->rows);
    size_t len;

    if (!cells) {
        chunk->no_memory = true;
        return;
    }
    state = object_read(reader, text, /* is_last= */ true, cells, &len);
    if (state == OBJECT_OK && token_blanks(tokens)) {
        tell(chunk, start,
             &(const struct flaw){RULE_JSON_SYNTAX, tokens->at, "the object has ended"});
    } else if (state == OBJECT_OK) {
        chunk_rows_add(&chunk->rows, chunk->lines, chunk->stored);
        if (reader->repaired > before)
            tell(chunk, start, &repaired);
    } else if (state == OBJECT_NO_MEMORY) {
        chunk->no_memory = true;
    } else {
        tell(chunk, start, state == OBJECT_FLAWED ? &tokens->flaw : &tokens->fault);
    }
}

static void take_line(struct lines_chunk *chunk, struct object_reader *reader, struct str line,
                      bool is_cut)
{
    struct str text = line;
    struct flaw flaw = {RULE_COUNT, NULL, NULL};

    if (text.len && text.ptr[0] == RECORD_SEPARATOR)
        text = (struct str){text.ptr + 1, text.len - 1};
    while (text.len && token_is_blank(text.ptr[0]))
        text = (struct str){text.ptr + 1, text.len - 1};
    flaw.at = text.ptr;
    if (line.len > JSON_ROW_BYTES)
        flaw = (struct flaw){RULE_JSON_TOO_LARGE, line.ptr, LONG_LINE};
    else if (text.len == 0)
        return;
    else if (is_cut)
        flaw.rule = RULE_JSON_CUT;
    else if (text.ptr[0] != '{')
        flaw.rule = RULE_JSON_NO_OBJECT;
    if (flaw.rule == RULE_COUNT)
        take_object(chunk, reader, line.ptr, text);
    else
        tell(chunk, line.ptr, &flaw);
}

/* --- pieces --- */

static void pass(struct lines_chunk *chunk, struct str text, uint64_t lines)
{
    chunk->stored += encoding_stored_len(chunk->encoding, text);
    chunk->lines += lines;
}

static void take_lines(struct lines_chunk *chunk, struct object_reader *reader)
{
    struct str rest = chunk->base.text;

    while (rest.len && !chunk->no_memory) {
        const char *newline = memchr(rest.ptr, '\n', rest.len);
        struct str line = {rest.ptr, newline ? (size_t)(newline - rest.ptr) : rest.len};
        size_t len = line.len + (newline != NULL);

        take_line(chunk, reader, line, !newline && chunk->is_cut);
        pass(chunk, (struct str){rest.ptr, len}, newline != NULL);
        rest = (struct str){rest.ptr + len, rest.len - len};
    }
}

void lines_chunk_scan(struct lines_chunk *chunk, unsigned lane)
{
    struct lines_lane *mine = &chunk->work->lanes[lane];
    struct str text = chunk->base.text;

    mine->reader.pile = &chunk->pile;
    if (chunk->form == LINES_WHOLE)
        take_lines(chunk, &mine->reader);
    else {
        if (chunk->form == LINES_LONG)
            tell(chunk, text.ptr, &(const struct flaw){RULE_JSON_TOO_LARGE, text.ptr, LONG_LINE});
        pass(chunk, text, text.ptr[text.len - 1] == '\n');
    }
    if (chunk->work->width)
        memcpy(chunk->found, mine->found, chunk->work->width * sizeof *chunk->found);
}
