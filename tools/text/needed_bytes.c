#include "text/needed_bytes.h"

#include <string.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/mem.h"
#include "text/pattern_cursor.h"
#include "text/regex.h"

/* Needs of one pattern that are kept. */
enum { NEEDS_MOST = 64 };

struct needed_bytes {
    struct arena arena;
    struct byte_need needs[NEEDS_MOST];
    size_t count;
};

struct reader {
    struct pattern_cursor cursor;
    bool failed; /* memory is out */
    unsigned depth;
    struct byte_run open; /* what is being put together */
    struct needed_bytes *out;
};

/* Where a reader was: what came since may turn out not to be needed. */
struct mark {
    struct byte_run open;
    size_t count;
};

/* --- what is needed --- */

static void add_need(struct reader *reader, const struct byte_run *runs, size_t count)
{
    struct needed_bytes *out = reader->out;
    struct byte_need need = {.count = count};

    if (out->count == NEEDS_MOST)
        return;
    need.runs = arena_alloc(&out->arena, count, sizeof *need.runs);
    if (!need.runs) {
        reader->failed = true;
        return;
    }
    memcpy(need.runs, runs, count * sizeof *need.runs);
    out->needs[out->count++] = need;
}

/* What comes next does not follow at once. */
static void flush(struct reader *reader)
{
    if (reader->open.len)
        add_need(reader, &reader->open, 1);
    reader->open.len = 0;
}

static void append(struct reader *reader, const struct pattern_atom *atom)
{
    unsigned i;

    if (reader->open.len + atom->len > NEEDED_RUN)
        flush(reader);
    for (i = 0; i < atom->len; i++)
        reader->open.sets[reader->open.len++] = atom->sets[i];
}

static struct mark mark_here(const struct reader *reader)
{
    return (struct mark){.open = reader->open, .count = reader->out->count};
}

/* Only what was there at the mark is needed. */
static void return_to(struct reader *reader, const struct mark *mark)
{
    reader->out->count = mark->count;
    reader->open = mark->open;
}

static void forget_since(struct reader *reader, const struct mark *mark)
{
    return_to(reader, mark);
    flush(reader);
}

static uint64_t need_weight(const struct byte_need *need)
{
    uint64_t weight = 0;
    size_t i;

    for (i = 0; i < need->count; i++)
        weight += byte_run_weight(&need->runs[i]);
    return weight;
}

/* --- the pattern --- */

static int peek(const struct reader *reader, size_t ahead)
{
    return pattern_peek(&reader->cursor.place, ahead);
}

static bool take(struct reader *reader, const char *text)
{
    return pattern_take(&reader->cursor.place, text);
}

/* One character, as often as it is there. */
static void append_repeated(struct reader *reader, const struct pattern_atom *atom,
                            struct pattern_repeat repeat)
{
    uint32_t i;

    if (repeat.least == 0) {
        flush(reader);
        return;
    }
    for (i = 0; i < repeat.least && i < NEEDED_RUN / 4; i++)
        append(reader, atom);
    if (repeat.least == repeat.most && repeat.least <= NEEDED_RUN / 4)
        return;
    flush(reader);
    /* the last ones stand in front of what follows */
    for (i = 0; i < repeat.least && i < NEEDED_RUN / 4; i++)
        append(reader, atom);
}

static void put_atom(struct reader *reader, const struct pattern_atom *atom)
{
    struct pattern_repeat repeat = {1, 1};

    if (atom->kind == PATTERN_LOST)
        pattern_lose(&reader->cursor);
    if (!reader->cursor.is_lost)
        repeat = pattern_read_repeat(&reader->cursor);
    if (atom->kind == PATTERN_BYTES)
        append_repeated(reader, atom, repeat);
    else if (atom->kind == PATTERN_ANYTHING)
        flush(reader);
}

static void read_alternatives(struct reader *reader);

/* Behind (? and what makes it a group: to the bracket that closes it. */
static void read_inside(struct reader *reader)
{
    struct pattern_flags before = reader->cursor.flags;

    if (++reader->depth > LIMIT_PATTERN_PARENS)
        pattern_lose(&reader->cursor);
    else
        read_alternatives(reader);
    reader->depth--;
    reader->cursor.flags = before;
    reader->cursor.place.is_caseless = before.is_caseless;
    if (!take(reader, ")"))
        pattern_lose(&reader->cursor);
}

/* A group that takes part in the match, maybe repeatedly. */
static void read_group(struct reader *reader)
{
    struct mark mark = mark_here(reader);
    struct pattern_repeat repeat;

    read_inside(reader);
    if (reader->cursor.is_lost)
        return;
    repeat = pattern_read_repeat(&reader->cursor);
    if (repeat.least == 0)
        forget_since(reader, &mark);
    else if (repeat.least != 1 || repeat.most != 1)
        flush(reader);
}

/* One of which nothing is needed: it looks around, or belongs to a condition. */
static void read_other_group(struct reader *reader)
{
    struct mark mark = mark_here(reader);

    reader->open.len = 0;
    read_inside(reader);
    if (!reader->cursor.is_lost)
        (void)pattern_read_repeat(&reader->cursor);
    forget_since(reader, &mark);
}

/* Behind "(?(": a condition, then what depends on it. */
static void read_conditional(struct reader *reader)
{
    struct mark mark = mark_here(reader);

    if (take(reader, "?=") || take(reader, "?!") || take(reader, "?<=") || take(reader, "?<!"))
        read_inside(reader);
    else if (peek(reader, 0) == '?' || peek(reader, 0) == '*')
        pattern_lose(&reader->cursor);
    else
        pattern_skip_past(&reader->cursor, ')');
    if (!reader->cursor.is_lost)
        read_other_group(reader);
    forget_since(reader, &mark);
}

static void read_option_group(struct reader *reader)
{
    struct pattern_flags before = reader->cursor.flags;

    pattern_read_options(&reader->cursor);
    if (take(reader, ")"))
        return;
    if (!take(reader, ":")) {
        pattern_lose(&reader->cursor);
        return;
    }
    /* the options end with the group */
    read_group(reader);
    reader->cursor.flags = before;
    reader->cursor.place.is_caseless = before.is_caseless;
}

/* Behind the bracket. */
static void read_bracket(struct reader *reader)
{
    static const struct pattern_atom anything = {.kind = PATTERN_ANYTHING};

    if (peek(reader, 0) == '*') {
        pattern_lose(&reader->cursor);
    } else if (!take(reader, "?")) {
        read_group(reader);
    } else if (take(reader, "(")) {
        read_conditional(reader);
    } else if (take(reader, "=") || take(reader, "!") || take(reader, "<=") || take(reader, "<!")) {
        read_other_group(reader);
    } else if (take(reader, ":") || take(reader, "|") || take(reader, ">")) {
        read_group(reader);
    } else if (pattern_begins_call(&reader->cursor)) {
        pattern_skip_past(&reader->cursor, ')');
        put_atom(reader, &anything);
    } else if (peek(reader, 0) == '<' && peek(reader, 1) == '*') {
        pattern_lose(&reader->cursor); /* looks around, too, and may end up elsewhere */
    } else if (take(reader, "P<") || take(reader, "<")) {
        pattern_skip_past(&reader->cursor, '>');
        read_group(reader);
    } else if (take(reader, "'")) {
        pattern_skip_past(&reader->cursor, '\'');
        read_group(reader);
    } else {
        read_option_group(reader);
    }
}

static void read_atom(struct reader *reader)
{
    struct pattern_atom atom = {.kind = PATTERN_ANYTHING};

    if (reader->cursor.is_quoted) {
        atom = pattern_character(&reader->cursor.place);
    } else if (take(reader, "(")) {
        read_bracket(reader);
        return;
    } else if (take(reader, "[")) {
        atom = pattern_class(&reader->cursor.place);
    } else if (take(reader, "\\")) {
        atom = pattern_escape(&reader->cursor.place);
    } else if (take(reader, "^") || take(reader, "$")) {
        atom.kind = PATTERN_NOTHING;
    } else if (!take(reader, ".")) {
        if (strchr("*+?", peek(reader, 0)) || pattern_begins_bounds(&reader->cursor)) {
            pattern_lose(&reader->cursor);
            return;
        }
        atom = pattern_character(&reader->cursor.place);
    }
    put_atom(reader, &atom);
}

/* Up to a bar, a bracket that closes, or the end. */
static void read_branch(struct reader *reader)
{
    for (;;) {
        pattern_skip_ignored(&reader->cursor);
        if (reader->cursor.is_lost || reader->failed || peek(reader, 0) < 0)
            return;
        if (!reader->cursor.is_quoted && (peek(reader, 0) == '|' || peek(reader, 0) == ')'))
            return;
        read_atom(reader);
    }
}

/* Alternatives so far: one of these runs is there in any of them. */
struct choice {
    struct byte_run runs[NEEDED_RUNS];
    size_t count;
    bool is_open; /* one of them needs nothing, or there are too many */
};

/* The rarest thing that the branch needs, whose needs began at `first`. */
static void take_best(struct reader *reader, size_t first, struct choice *choice)
{
    const struct needed_bytes *out = reader->out;
    const struct byte_need *best = NULL;
    uint64_t best_weight = UINT64_MAX;
    size_t i;

    for (i = first; i < out->count; i++) {
        uint64_t weight = need_weight(&out->needs[i]);

        if (weight < best_weight) {
            best_weight = weight;
            best = &out->needs[i];
        }
    }
    if (!best || choice->count + best->count > NEEDED_RUNS) {
        choice->is_open = true;
        return;
    }
    memcpy(choice->runs + choice->count, best->runs, best->count * sizeof *best->runs);
    choice->count += best->count;
}

/* The branch that was just read is the first of several: reads the others. */
static void read_choice(struct reader *reader, const struct mark *mark, struct choice *choice)
{
    for (;;) {
        flush(reader);
        take_best(reader, mark->count, choice);
        return_to(reader, mark);
        if (reader->cursor.is_lost || reader->failed || !take(reader, "|"))
            return;
        read_branch(reader);
    }
}

static void read_alternatives(struct reader *reader)
{
    struct mark mark = mark_here(reader);
    struct choice *choice;

    read_branch(reader);
    if (reader->cursor.is_lost || reader->failed || reader->cursor.is_quoted ||
        peek(reader, 0) != '|')
        return;
    choice = mem_alloc(1, sizeof *choice);
    if (!choice) {
        reader->failed = true;
        return;
    }
    read_choice(reader, &mark, choice);
    flush(reader);
    if (!choice->is_open)
        add_need(reader, choice->runs, choice->count);
    mem_free(choice);
}

enum status needed_bytes_read(struct str pattern, unsigned options,
                              struct needed_bytes **ret_needed)
{
    struct needed_bytes *needed = mem_alloc(1, sizeof *needed);
    struct reader reader = {
        .cursor.place = {.pattern = pattern,
                         .is_caseless = options & REGEX_CASELESS,
                         .is_ucp = options & REGEX_UCP},
        .cursor.flags = {.is_caseless = options & REGEX_CASELESS,
                         .is_extended = options & REGEX_EXTENDED},
        .out = needed,
    };

    if (!needed)
        return STATUS_MEMORY;
    arena_init(&needed->arena);
    read_alternatives(&reader);
    flush(&reader);
    if (reader.failed) {
        needed_bytes_free(needed);
        return STATUS_MEMORY;
    }
    if (reader.cursor.is_lost || reader.cursor.place.at != pattern.len)
        needed->count = 0;
    *ret_needed = needed;
    return STATUS_OK;
}

void needed_bytes_free(struct needed_bytes *needed)
{
    if (!needed)
        return;
    arena_done(&needed->arena);
    mem_free(needed);
}

size_t needed_bytes_count(const struct needed_bytes *needed)
{
    return needed->count;
}

const struct byte_need *needed_bytes_get(const struct needed_bytes *needed, size_t i)
{
    return &needed->needs[i];
}

static bool has_run(struct str text, const struct byte_run *run)
{
    size_t at;

    for (at = 0; at + run->len <= text.len; at++)
        if (byte_run_is(run, text.ptr + at))
            return true;
    return false;
}

static bool need_holds(const struct byte_need *need, struct str text)
{
    size_t i;

    for (i = 0; i < need->count; i++)
        if (has_run(text, &need->runs[i]))
            return true;
    return false;
}

bool needed_bytes_hold(const struct needed_bytes *needed, struct str text)
{
    size_t i;

    for (i = 0; i < needed->count; i++)
        if (!need_holds(&needed->needs[i], text))
            return false;
    return true;
}
