#include "reader/json_object.h"

#include "base/buf.h"
#include "base/mem.h"
#include "text/utf8_repair.h"

/* Different members of all rows that are remembered; more than any system writes. */
enum { MEMBERS_KEPT = 20000 };
/* Of one row, before it is given up. */
enum { MEMBERS_MOST = 100000 };

static const uint32_t RANK_NONE = UINT32_MAX;

/* What comes next. */
enum step { STEP_VALUE, STEP_NEXT, STEP_END, STEP_MORE, STEP_BAD, STEP_NO_MEMORY };

bool object_init(struct object_reader *reader, const struct paths *paths, size_t width,
                 bool *found)
{
    reader->found = found;
    reader->width = width;
    reader->ranks = mem_alloc(width, sizeof *reader->ranks);
    reader->rooms = mem_alloc(width, sizeof *reader->rooms);
    return member_tree_init(&reader->tree, paths) && reader->ranks && reader->rooms;
}

void object_done(struct object_reader *reader)
{
    member_tree_done(&reader->tree);
    mem_free(reader->ranks);
    mem_free(reader->rooms);
}

static enum step step_of(enum token token)
{
    return token == TOKEN_MORE ? STEP_MORE : STEP_BAD;
}

static enum step fault(struct object_reader *reader, const char *text)
{
    struct tokens *tokens = &reader->tokens;

    return step_of(token_fault(tokens, tokens->at < tokens->end ? TOKEN_BAD : TOKEN_MORE,
                               tokens->at, text));
}

/* --- cells --- */

/* Several values of one name: in a room that doubles. */
static bool join(struct object_reader *reader, size_t column, struct str value)
{
    static const struct str comma = STR_INIT(", ");
    struct str *cell = &reader->cells[column];
    size_t len = cell->len + comma.len + value.len;
    char *room = (char *)(uintptr_t)cell->ptr;

    if (reader->rooms[column] < len) {
        room = pile_take(reader->pile, len * 2);
        if (!room)
            return false;
        memcpy(room, cell->ptr, cell->len);
        reader->rooms[column] = len * 2;
    }
    memcpy(room + cell->len, comma.ptr, comma.len);
    memcpy(room + cell->len + comma.len, value.ptr, value.len);
    *cell = (struct str){room, len};
    return true;
}

/* The row has the column, but no value of it so far. */
static void tell_empty(struct object_reader *reader, uint32_t column)
{
    static const struct str empty = STR_INIT("");

    if (!reader->cells[column].ptr)
        reader->cells[column] = empty;
}

/* What is wanted of the member, and if `is_all` of what could be in it, is there and empty. */
static void tell_nothing(struct object_reader *reader, const struct member *member, bool is_all)
{
    const struct path_place *place = &member->place;
    size_t i;

    for (i = 0; i < place->end_count; i++)
        tell_empty(reader, place->ends[i].column);
    for (i = 0; i < place->item_count && is_all; i++)
        tell_empty(reader, paths_column(reader->tree.paths, place, i));
}

static bool fill(struct object_reader *reader, const struct member *member, struct str value,
                 const char *at)
{
    size_t i;

    for (i = 0; i < member->place.end_count; i++) {
        const struct path_end *end = &member->place.ends[i];

        if (end->rank < reader->ranks[end->column]) {
            reader->ranks[end->column] = end->rank;
            reader->cells[end->column] = value;
            reader->rooms[end->column] = 0;
        } else if (end->rank == reader->ranks[end->column] && reader->arrays) {
            if (!join(reader, end->column, value))
                return false;
        } else if (end->rank == reader->ranks[end->column]) {
            token_flaw(&reader->tokens, RULE_JSON_KEY_TWICE, at, "one column, in two ways");
        }
    }
    return true;
}

static enum step take_string(struct object_reader *reader, struct member *member)
{
    const char *at = reader->tokens.at++;
    struct str value;
    bool has_escape;
    enum token token = token_string(&reader->tokens, &value, &has_escape);

    if (token != TOKEN_OK)
        return step_of(token);
    member->kinds |= VALUE_TEXT;
    if (member->place.end_count == 0)
        return STEP_NEXT;
    if (has_escape) {
        char *room = pile_take(reader->pile, value.len);

        if (!room)
            return STEP_NO_MEMORY;
        if (reader->tokens.flaw.rule == RULE_COUNT)
            value = (struct str){room, token_decode(value, room)};
    }
    return fill(reader, member, value, at) ? STEP_NEXT : STEP_NO_MEMORY;
}

static enum step take_scalar(struct object_reader *reader, struct member *member)
{
    struct tokens *tokens = &reader->tokens;
    const char *at = tokens->at;
    bool is_number = *at == '-' || (*at >= '0' && *at <= '9');
    struct str value;
    enum token token = is_number ? token_number(tokens, &value) : token_literal(tokens, &value);

    if (token != TOKEN_OK)
        return step_of(token);
    member->kinds |= is_number ? VALUE_NUMBER : *at == 'n' ? VALUE_NULL : VALUE_WORD;
    member->n -= *at == 'n';
    if (*at == 'n')
        tell_nothing(reader, member, /* is_all= */ true);
    if (*at == 'n' || member->place.end_count == 0)
        return STEP_NEXT;
    return fill(reader, member, value, at) ? STEP_NEXT : STEP_NO_MEMORY;
}

/* *ret_step is STEP_VALUE where the array is no text. */
static enum step take_byte_array(struct object_reader *reader, struct member *member)
{
    struct tokens *tokens = &reader->tokens;
    const char *at = tokens->at;
    struct buf repaired;
    struct str value;
    size_t count;
    size_t bad = 0;
    char *room;
    bool is_kept;

    count = token_byte_array(tokens, NULL, &at);
    if (count == 0)
        return STEP_VALUE;
    room = pile_take(reader->pile, count);
    if (!room)
        return STEP_NO_MEMORY;
    token_byte_array(tokens, room, &at);
    buf_init(&repaired, count * 3 + 1);
    value = utf8_repair((struct str){room, count}, &repaired, &bad);
    if (bad)
        value = pile_str(reader->pile, value);
    reader->repaired += bad > 0;
    is_kept = value.ptr && fill(reader, member, value, tokens->at);
    buf_done(&repaired);
    tokens->at = at;
    member->kinds |= VALUE_TEXT;
    return is_kept ? STEP_NEXT : STEP_NO_MEMORY;
}

/* --- objects and arrays --- */

static enum step open(struct object_reader *reader, struct member *member, bool is_array)
{
    struct object_frame *frame;

    if (reader->depth == LIMIT_JSON_DEPTH) {
        reader->tokens.fault = (struct flaw){RULE_JSON_DEPTH, reader->tokens.at, NULL};
        return STEP_BAD;
    }
    reader->tokens.at++;
    member->kinds |= is_array ? VALUE_ARRAY : VALUE_OBJECT;
    frame = &reader->frames[reader->depth++];
    frame->from = member;
    frame->instance = ++reader->instances;
    frame->index = frame->next = 0;
    frame->is_array = is_array;
    frame->is_first = true;
    reader->arrays += is_array;
    tell_nothing(reader, member, /* is_all= */ false);
    if (!is_array && !member_inside(&reader->tree, member))
        return STEP_NO_MEMORY;
    return STEP_NEXT;
}

static enum step close(struct object_reader *reader)
{
    const struct object_frame *frame = &reader->frames[reader->depth - 1];

    reader->tokens.at++;
    reader->depth--;
    if (frame->is_array && frame->is_first)
        tell_nothing(reader, frame->from, /* is_all= */ true);
    reader->arrays -= reader->frames[reader->depth].is_array;
    return reader->depth ? STEP_NEXT : STEP_END;
}

static enum step take_value(struct object_reader *reader)
{
    struct member *member = reader->member;
    enum step step;

    member->n++;
    switch (*reader->tokens.at) {
    case '"':
        return take_string(reader, member);
    case '{':
        return open(reader, member, /* is_array= */ false);
    case '[':
        if (reader->has_byte_arrays && member->place.end_count) {
            step = take_byte_array(reader, member);
            if (step != STEP_VALUE)
                return step;
        }
        return open(reader, member, /* is_array= */ true);
    default:
        return take_scalar(reader, member);
    }
}

/* The value of this member comes; its name is at `at` or behind a comma there. */
static void go_to(struct object_reader *reader, struct object_frame *frame, struct member *member,
                  const char *at)
{
    if (member->instance == frame->instance) {
        while (*at != '"')
            at++;
        token_flaw(&reader->tokens, RULE_JSON_KEY_TWICE, at, NULL);
    }
    member->instance = frame->instance;
    frame->is_first = false;
    reader->member = member;
}

/* A name that no object at this place had. */
static struct member *meet(struct object_reader *reader, struct object_frame *frame,
                           struct str key, struct str lead)
{
    struct member *member = members_add(&reader->tree, frame->from, key, lead);
    size_t i;

    if (member)
        member->is_first = frame->is_first;
    for (i = 0; member && i < member->place.end_count; i++)
        reader->found[member->place.ends[i].column] = true;
    return member;
}

/* Behind its opening quote: without escapes. Missing: memory is out. */
static enum step read_name(struct object_reader *reader, struct str *ret_key)
{
    bool has_escape;
    enum token token = token_string(&reader->tokens, ret_key, &has_escape);
    char *room;

    if (token != TOKEN_OK)
        return step_of(token);
    if (!has_escape)
        return STEP_VALUE;
    room = pile_take(reader->pile, ret_key->len);
    if (!room)
        return STEP_NO_MEMORY;
    if (reader->tokens.flaw.rule == RULE_COUNT)
        *ret_key = (struct str){room, token_decode(*ret_key, room)};
    return STEP_VALUE;
}

static enum step read_member(struct object_reader *reader, struct object_frame *frame)
{
    struct tokens *tokens = &reader->tokens;
    struct members *members = frame->from->inside;
    const char *start = tokens->at;
    struct member *member;
    struct str key;
    enum step step;
    const char *at;

    if (!token_blanks(tokens))
        return fault(reader, "the object is not closed");
    if (*tokens->at == '}')
        return close(reader);
    if (!frame->is_first) {
        if (*tokens->at != ',')
            return fault(reader, "a comma or '}' was expected");
        tokens->at++;
    }
    if (!token_blanks(tokens) || *tokens->at != '"')
        return fault(reader, "a name in quotes was expected");
    at = tokens->at++;
    step = read_name(reader, &key);
    if (step != STEP_VALUE)
        return step;
    if (!token_blanks(tokens) || *tokens->at != ':')
        return fault(reader, "a colon was expected");
    tokens->at++;
    if (!token_blanks(tokens))
        return fault(reader, "a value was expected");
    member = members_find(members, key);
    if (!member && reader->tree.count >= MEMBERS_MOST) {
        tokens->fault = (struct flaw){RULE_JSON_TOO_LARGE, at, "more than 100,000 names in a row"};
        return STEP_BAD;
    }
    if (!member)
        /* a name with a flaw is to be looked at each time */
        member = meet(reader, frame, key,
                      tokens->flaw.rule == RULE_COUNT
                          ? (struct str){start, (size_t)(tokens->at - start)}
                          : (struct str){NULL, 0});
    if (!member)
        return STEP_NO_MEMORY;
    go_to(reader, frame, member, at);
    frame->next = member->number + 1;
    return STEP_VALUE;
}

/* The text goes on with the lead, and has something behind it. */
static inline bool goes_on_with(const struct tokens *tokens, struct str lead)
{
    size_t left = (size_t)(tokens->end - tokens->at);

    if (left <= lead.len)
        return false;
#if defined(__x86_64__)
    if (lead.len <= LEAD_ROOM && left >= LEAD_ROOM) {
        const __m128i *text = (const __m128i *)(const void *)tokens->at;
        const __m128i *kept = (const __m128i *)(const void *)lead.ptr;
        __m128i low = _mm_cmpeq_epi8(_mm_loadu_si128(text), _mm_loadu_si128(kept));
        __m128i high = _mm_cmpeq_epi8(_mm_loadu_si128(text + 1), _mm_loadu_si128(kept + 1));
        uint64_t equal = (uint32_t)_mm_movemask_epi8(low) |
                         (uint64_t)(uint32_t)_mm_movemask_epi8(high) << 16;

        return (~equal & ((UINT64_C(1) << lead.len) - 1)) == 0;
    }
#endif
    return memcmp(tokens->at, lead.ptr, lead.len) == 0;
}

static inline enum step next_member(struct object_reader *reader, struct object_frame *frame)
{
    struct tokens *tokens = &reader->tokens;
    const struct members *members = frame->from->inside;

    if (frame->next < members->count) {
        struct member *member = members->list[frame->next];
        struct str lead = member->lead;

        if (lead.len && member->is_first == frame->is_first && goes_on_with(tokens, lead)) {
            go_to(reader, frame, member, tokens->at);
            tokens->at += lead.len;
            frame->next++;
            return token_blanks(tokens) ? STEP_VALUE : fault(reader, "a value was expected");
        }
    }
    return read_member(reader, frame);
}

static enum step next_element(struct object_reader *reader, struct object_frame *frame)
{
    struct tokens *tokens = &reader->tokens;

    if (!token_blanks(tokens))
        return fault(reader, "the array is not closed");
    if (*tokens->at == ']')
        return close(reader);
    if (!frame->is_first) {
        if (*tokens->at != ',')
            return fault(reader, "a comma or ']' was expected");
        tokens->at++;
        if (!token_blanks(tokens))
            return fault(reader, "a value was expected");
    }
    frame->is_first = false;
    reader->member = member_element(&reader->tree, frame->from, frame->index++);
    return reader->member ? STEP_VALUE : STEP_NO_MEMORY;
}

static void begin(struct object_reader *reader, struct str text, bool is_last, struct str *cells)
{
    size_t i;

    tokens_begin(&reader->tokens, text, is_last);
    reader->cells = cells;
    for (i = 0; i < reader->width; i++) {
        cells[i] = (struct str){NULL, 0};
        reader->ranks[i] = RANK_NONE;
    }
    reader->depth = reader->arrays = 0;
}

static enum step read_all(struct object_reader *reader)
{
    enum step step = open(reader, &reader->tree.root, /* is_array= */ false);

    while (step == STEP_VALUE || step == STEP_NEXT) {
        struct object_frame *frame = &reader->frames[reader->depth - 1];

        if (step == STEP_VALUE)
            step = take_value(reader);
        else
            step = frame->is_array ? next_element(reader, frame) : next_member(reader, frame);
    }
    return step;
}

enum object_state object_read(struct object_reader *reader, struct str text, bool is_last,
                              struct str *cells, size_t *ret_len)
{
    enum step step;
    size_t known;

    if (reader->tree.count >= MEMBERS_KEPT && !member_tree_clear(&reader->tree))
        return OBJECT_NO_MEMORY;
    known = reader->tree.count;
    begin(reader, text, is_last, cells);
    step = read_all(reader);
    if (reader->tree.count >= MEMBERS_MOST && known) { /* how many names are its own? */
        if (!member_tree_clear(&reader->tree))
            return OBJECT_NO_MEMORY;
        begin(reader, text, is_last, cells);
        step = read_all(reader);
    }
    *ret_len = (size_t)(reader->tokens.at - text.ptr);
    switch (step) {
    case STEP_END:
        return reader->tokens.flaw.rule == RULE_COUNT ? OBJECT_OK : OBJECT_FLAWED;
    case STEP_MORE:
        return OBJECT_MORE;
    case STEP_NO_MEMORY:
        return OBJECT_NO_MEMORY;
    default:
        return OBJECT_BAD;
    }
}
