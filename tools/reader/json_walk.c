#include "reader/json_walk.h"

#include <stdio.h>

/* Goes on with the next token. */
enum { WALK_ON = -1 };

static bool start(struct walk *walk)
{
    memset(&walk->start, 0, sizeof walk->start);
    arena_clear(&walk->arena);
    if (walk->paths && !paths_start(walk->paths, &walk->arena, &walk->start))
        return false;
    walk->next = walk->start;
    walk->next_is_root = true;
    walk->expect = EXPECT_VALUE;
    return true;
}

bool walk_init(struct walk *walk, const struct paths *paths)
{
    memset(walk, 0, sizeof *walk);
    arena_init(&walk->arena);
    walk->paths = paths;
    return start(walk);
}

void walk_done(struct walk *walk)
{
    arena_done(&walk->arena);
}

bool walk_is_between(const struct walk *walk)
{
    return walk->depth == 0 && walk->expect == EXPECT_VALUE;
}

/* --- what comes next --- */

/* The place of the next element of the open array. */
static bool find_element(struct walk *walk, struct walk_frame *frame)
{
    char digits[24];
    bool is_named;
    int len;

    walk->next_is_root = frame->is_root;
    walk->next = frame->place;
    if (!frame->place.has_index)
        return true;
    len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)frame->index++);
    if (!paths_element(walk->paths, &frame->place, (struct str){digits, (size_t)len}, &walk->arena,
                       &walk->next, &is_named))
        return false;
    return is_named || paths_element(walk->paths, &frame->place, (struct str){NULL, 0},
                                     &walk->arena, &walk->next, &is_named);
}

/* A value has ended. */
static int end_value(struct walk *walk)
{
    walk->is_over = false;
    walk->expect = EXPECT_COMMA;
    return walk->depth > 0 || start(walk) ? WALK_ON : WALK_NO_MEMORY;
}

void walk_passed(struct walk *walk)
{
    if (walk->depth == 0) { /* the arena has given before what start takes: its blocks stay */
        walk->next = walk->start;
        walk->next_is_root = true;
        walk->expect = EXPECT_VALUE;
    } else {
        walk->expect = EXPECT_COMMA;
    }
}

void walk_again(struct walk *walk)
{
    walk->is_told = false;
}

void walk_skip(struct walk *walk)
{
    walk->is_over = true;
}

/* --- tokens --- */

static int bad(struct tokens *tokens, const char *text)
{
    token_fault(tokens, TOKEN_BAD, tokens->at, text);
    return WALK_BAD;
}

static int open(struct walk *walk, struct tokens *tokens, bool is_rows)
{
    struct walk_frame *frame;

    if (walk->depth == LIMIT_JSON_DEPTH) {
        tokens->fault = (struct flaw){RULE_JSON_DEPTH, tokens->at, NULL};
        return WALK_BAD;
    }
    frame = &walk->frames[walk->depth++];
    memset(frame, 0, sizeof *frame);
    frame->is_array = *tokens->at++ == '[';
    frame->is_rows = is_rows;
    if (!walk->is_over && !is_rows) {
        frame->place = walk->next;
        frame->is_root = frame->is_array && walk->next_is_root;
        frame->is_page = !frame->is_array && walk->next_is_root && walk->paths;
    }
    walk->is_over = walk->is_told = false;
    walk->has_rows |= is_rows;
    walk->expect = frame->is_array ? EXPECT_FIRST : EXPECT_FIRST_NAME;
    return !frame->is_array || find_element(walk, frame) ? WALK_ON : WALK_NO_MEMORY;
}

static int close(struct walk *walk, struct tokens *tokens)
{
    bool lacks_rows = walk->frames[--walk->depth].is_page && !walk->has_rows;
    int event = end_value(walk);

    tokens->at++;
    return lacks_rows && event == WALK_ON ? WALK_NO_ROWS : event;
}

/* A word, number or string; where it is none, nothing is passed. */
static enum token read_scalar(struct tokens *tokens)
{
    const char *at = tokens->at;
    struct str value;
    bool has_escape;
    enum token token;

    if (*at == '"') {
        tokens->at++;
        token = token_string(tokens, &value, &has_escape);
    } else if (*at == '-' || (*at >= '0' && *at <= '9')) {
        token = token_number(tokens, &value);
    } else {
        token = token_literal(tokens, &value);
    }
    if (token != TOKEN_OK)
        tokens->at = at;
    return token;
}

static int pass_scalar(struct walk *walk, struct tokens *tokens)
{
    enum token token = read_scalar(tokens);

    if (token == TOKEN_OK)
        return end_value(walk);
    return token == TOKEN_MORE ? WALK_MORE : WALK_BAD;
}

/* Something that is no row stands where one should: told once it is known to be a value. */
static int refuse_value(struct walk *walk, struct tokens *tokens)
{
    const char *at = tokens->at;
    enum token token = *at == '[' ? TOKEN_OK : read_scalar(tokens);

    tokens->at = at;
    if (token != TOKEN_OK)
        return token == TOKEN_MORE ? WALK_MORE : WALK_BAD;
    walk->is_over = true;
    return WALK_NOT_ROW;
}

static bool is_at_rows(const struct walk *walk)
{
    return walk->paths ? walk->next.end_count > 0 : walk->depth == 0;
}

static int take_value(struct walk *walk, struct tokens *tokens)
{
    bool in_rows = walk->depth > 0 && walk->frames[walk->depth - 1].is_rows;
    char c = *tokens->at;

    if (!walk->is_over && (in_rows || is_at_rows(walk))) {
        if (c == '{') {
            walk->has_rows = true;
            return WALK_ROW;
        }
        if (c == '[' && !in_rows)
            return open(walk, tokens, /* is_rows= */ true);
    }
    if (!walk->is_over && (in_rows || walk->next_is_root) && c != '{' && (in_rows || c != '['))
        return refuse_value(walk, tokens);
    if (!walk->is_over && c == '{' && walk->next_is_root && !walk->is_told) {
        walk->is_told = true;
        walk->has_rows = false;
        return WALK_PAGE;
    }
    if (c == '{' || c == '[')
        return open(walk, tokens, /* is_rows= */ false);
    return pass_scalar(walk, tokens);
}

static int take_name(struct walk *walk, struct tokens *tokens)
{
    const struct walk_frame *frame = &walk->frames[walk->depth - 1];
    const char *at = tokens->at++;
    struct str name;
    bool has_escape;
    enum token token = token_string(tokens, &name, &has_escape);

    if (token != TOKEN_OK) {
        tokens->at = at;
        return token == TOKEN_MORE ? WALK_MORE : WALK_BAD;
    }
    memset(&walk->next, 0, sizeof walk->next);
    walk->next_is_root = false;
    walk->expect = EXPECT_COLON;
    /* a name that is written with escapes is none of ours */
    if (frame->place.item_count &&
        !paths_step(walk->paths, &frame->place, name, &walk->arena, &walk->next))
        return WALK_NO_MEMORY;
    return WALK_ON;
}

static int take_comma(struct walk *walk, struct tokens *tokens)
{
    struct walk_frame *frame = &walk->frames[walk->depth - 1];

    if (*tokens->at == (frame->is_array ? ']' : '}'))
        return close(walk, tokens);
    if (*tokens->at != ',')
        return bad(tokens, frame->is_array ? "a comma or ']' was expected"
                                           : "a comma or '}' was expected");
    tokens->at++;
    walk->expect = frame->is_array ? EXPECT_VALUE : EXPECT_NAME;
    return !frame->is_array || find_element(walk, frame) ? WALK_ON : WALK_NO_MEMORY;
}

static int take_token(struct walk *walk, struct tokens *tokens)
{
    char c = *tokens->at;

    switch (walk->expect) {
    case EXPECT_FIRST:
        if (c == ']')
            return close(walk, tokens);
        return take_value(walk, tokens);
    case EXPECT_VALUE:
        return take_value(walk, tokens);
    case EXPECT_FIRST_NAME:
    case EXPECT_NAME:
        if (c == '}' && walk->expect == EXPECT_FIRST_NAME)
            return close(walk, tokens);
        return c == '"' ? take_name(walk, tokens) : bad(tokens, "a name in quotes was expected");
    case EXPECT_COLON:
        if (c != ':')
            return bad(tokens, "a colon was expected");
        tokens->at++;
        walk->expect = EXPECT_VALUE;
        return WALK_ON;
    default:
        return take_comma(walk, tokens);
    }
}

enum walk_event walk_next(struct walk *walk, struct tokens *tokens)
{
    int event = WALK_ON;

    while (event == WALK_ON)
        event = token_blanks(tokens) ? take_token(walk, tokens) : (int)WALK_MORE;
    return (enum walk_event)event;
}
