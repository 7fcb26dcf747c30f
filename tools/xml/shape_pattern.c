#include "xml/shape_pattern.h"

#include <string.h>

#include "base/mem.h"

/* Positions of characters after repeats are written out; and states. More: libxml2 does it. */
enum { POSITIONS = 256, WORDS = POSITIONS / 64, STATES = 255, CLASSES = 64, ASCII = 128 };
enum { DEPTH = 16 };

struct set {
    uint64_t words[WORDS];
};

struct shape_pattern {
    uint8_t class_of[256];
    uint8_t class_count;
    uint8_t *next;  /* [state * class_count + class]; state 0 is the dead end, 1 the start */
    bool *is_final; /* by state */
};

/* Characters of a position: one bit for each of ASCII. */
struct characters {
    uint64_t bits[ASCII / 64];
};

struct build {
    const char *at;
    const char *end;
    bool failed;
    size_t count;
    struct characters characters[POSITIONS];
    struct set follow[POSITIONS];
};

/* Part of the pattern: how it may begin and end. */
struct part {
    struct set first;
    struct set last;
    bool is_nullable;
};

static void set_add(struct set *set, const struct set *more)
{
    size_t i;

    for (i = 0; i < WORDS; i++)
        set->words[i] |= more->words[i];
}

static bool set_has(const struct set *set, size_t position)
{
    return set->words[position / 64] >> (position % 64) & 1;
}

static bool set_equal(const struct set *a, const struct set *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static void add_character(struct characters *characters, unsigned c)
{
    if (c < ASCII)
        characters->bits[c / 64] |= (uint64_t)1 << (c % 64);
}

static bool has_character(const struct characters *characters, unsigned c)
{
    return characters->bits[c / 64] >> (c % 64) & 1;
}

static void link_parts(struct build *build, const struct set *last, const struct set *first)
{
    size_t i;

    for (i = 0; i < build->count; i++)
        if (set_has(last, i))
            set_add(&build->follow[i], first);
}

static struct part concatenate(struct build *build, struct part a, struct part b)
{
    link_parts(build, &a.last, &b.first);
    if (a.is_nullable)
        set_add(&a.first, &b.first);
    if (b.is_nullable)
        set_add(&b.last, &a.last);
    a.last = b.last;
    a.is_nullable = a.is_nullable && b.is_nullable;
    return a;
}

static bool is_at_end(const struct build *build)
{
    return build->at == build->end || build->failed;
}

/* A character that stands for itself, or behind a backslash. */
static unsigned take_character(struct build *build)
{
    if (*build->at == '\\') {
        /* of the escapes only those of signs: letters behind a backslash are classes */
        if (++build->at == build->end || !strchr("\\|.?*+(){}-[]^", *build->at)) {
            build->failed = true;
            return 0;
        }
    } else if ((unsigned char)*build->at >= ASCII || *build->at == '\0') {
        build->failed = true;
        return 0;
    }
    return (unsigned char)*build->at++;
}

static void take_range(struct build *build, struct characters *characters)
{
    unsigned low = take_character(build);
    unsigned high = low;

    if (build->failed)
        return;
    if (build->end - build->at >= 2 && build->at[0] == '-' && build->at[1] != ']') {
        build->at++;
        high = take_character(build);
    }
    build->failed |= high < low;
    for (; low <= high && !build->failed; low++)
        add_character(characters, low);
}

static struct characters take_class(struct build *build)
{
    struct characters characters = {{0}};
    bool is_negated = false;

    build->at++;
    if (!is_at_end(build) && *build->at == '^') {
        is_negated = true;
        build->at++;
    }
    if (is_at_end(build) || *build->at == ']')
        build->failed = true;
    while (!is_at_end(build) && *build->at != ']') {
        /* no subtraction, and no bracket without a backslash */
        build->failed |= *build->at == '[';
        if (!build->failed)
            take_range(build, &characters);
    }
    if (is_at_end(build)) {
        build->failed = true;
        return characters;
    }
    build->at++;
    if (is_negated) {
        characters.bits[0] = ~characters.bits[0];
        characters.bits[1] = ~characters.bits[1];
    }
    return characters;
}

static struct part take_position(struct build *build)
{
    struct part part = {.is_nullable = false};
    struct characters characters = {{0}};
    size_t position = build->count;

    if (*build->at == '[') {
        characters = take_class(build);
    } else if (*build->at == '.') {
        characters = (struct characters){{UINT64_MAX, UINT64_MAX}};
        characters.bits[0] &= ~((uint64_t)1 << '\n' | (uint64_t)1 << '\r');
        build->at++;
    } else if (strchr("^$?*+{}]", *build->at)) {
        build->failed = true;
    } else {
        add_character(&characters, take_character(build));
    }
    if (build->failed || position == POSITIONS) {
        build->failed = true;
        return part;
    }
    build->characters[position] = characters;
    memset(&build->follow[position], 0, sizeof build->follow[position]);
    part.first.words[position / 64] = part.last.words[position / 64] = (uint64_t)1
                                                                       << (position % 64);
    build->count++;
    return part;
}

static struct part take_alternatives(struct build *build, unsigned depth);

static struct part take_atom(struct build *build, unsigned depth)
{
    struct part part;

    if (*build->at != '(')
        return take_position(build);
    build->at++;
    part = take_alternatives(build, depth + 1);
    if (is_at_end(build) || *build->at != ')')
        build->failed = true;
    else
        build->at++;
    return part;
}

static unsigned take_number(struct build *build)
{
    unsigned number = 0;
    const char *start = build->at;

    while (!is_at_end(build) && *build->at >= '0' && *build->at <= '9' && number < POSITIONS)
        number = number * 10 + (unsigned)(*build->at++ - '0');
    build->failed |= build->at == start;
    return number;
}

struct repeat {
    unsigned min;
    unsigned max;
    bool is_open; /* more than max too */
};

static struct repeat take_repeat(struct build *build)
{
    struct repeat repeat = {1, 1, false};

    if (is_at_end(build))
        return repeat;
    switch (*build->at) {
    case '?':
        repeat.min = 0;
        break;
    case '*':
        repeat = (struct repeat){0, 1, true};
        break;
    case '+':
        repeat.is_open = true;
        break;
    case '{':
        build->at++;
        repeat.min = repeat.max = take_number(build);
        if (!is_at_end(build) && *build->at == ',') {
            build->at++;
            repeat.max = take_number(build);
        }
        if (is_at_end(build) || *build->at != '}' || repeat.max < repeat.min || repeat.max == 0)
            build->failed = true;
        break;
    default:
        return repeat;
    }
    build->at += !build->failed;
    return repeat;
}

/* An atom is read again for every time that it may stand. */
static struct part take_piece(struct build *build, unsigned depth)
{
    const char *start = build->at;
    struct part whole = take_atom(build, depth);
    const char *behind_atom = build->at;
    struct repeat repeat = take_repeat(build);
    const char *behind = build->at;
    unsigned i;

    if (build->failed)
        return whole;
    whole.is_nullable |= repeat.min == 0;
    if (repeat.is_open)
        link_parts(build, &whole.last, &whole.first);
    for (i = 1; i < repeat.max && !build->failed; i++) {
        struct part again;

        build->at = start;
        again = take_atom(build, depth);
        build->failed |= build->at != behind_atom;
        again.is_nullable |= i >= repeat.min;
        whole = concatenate(build, whole, again);
    }
    build->at = behind;
    return whole;
}

static struct part take_sequence(struct build *build, unsigned depth)
{
    struct part whole = {.is_nullable = true};

    while (!is_at_end(build) && *build->at != '|' && *build->at != ')')
        whole = concatenate(build, whole, take_piece(build, depth));
    return whole;
}

static struct part take_alternatives(struct build *build, unsigned depth)
{
    struct part whole;

    build->failed |= depth > DEPTH;
    whole = take_sequence(build, depth);
    while (!is_at_end(build) && *build->at == '|') {
        struct part other;

        build->at++;
        other = take_sequence(build, depth);
        set_add(&whole.first, &other.first);
        set_add(&whole.last, &other.last);
        whole.is_nullable |= other.is_nullable;
    }
    return whole;
}

/* --- states --- */

/* Characters that stand in the same positions are one class; 0 is what stands nowhere. */
static bool classify(const struct build *build, struct shape_pattern *pattern,
                     struct set *class_positions)
{
    unsigned c;

    memset(&class_positions[0], 0, sizeof class_positions[0]);
    pattern->class_count = 1;
    for (c = 1; c < ASCII; c++) {
        struct set in = {{0}};
        uint8_t class;
        size_t i;

        for (i = 0; i < build->count; i++)
            if (has_character(&build->characters[i], c))
                in.words[i / 64] |= (uint64_t)1 << (i % 64);
        for (class = 0; class < pattern->class_count && !set_equal(&class_positions[class], &in);
             class ++)
            ;
        if (class == CLASSES)
            return false;
        if (class == pattern->class_count)
            class_positions[pattern->class_count++] = in;
        pattern->class_of[c] = class;
    }
    return true;
}

struct states {
    struct set sets[STATES + 1];
    size_t count;
};

static size_t state_of(struct states *states, const struct set *set)
{
    size_t i;

    for (i = 0; i < states->count && (i == 1 || !set_equal(&states->sets[i], set)); i++)
        ;
    if (i == states->count && i < STATES)
        states->sets[states->count++] = *set;
    return i;
}

static bool determine(const struct build *build, const struct part *whole, struct states *states,
                      struct arena *arena, struct shape_pattern *pattern,
                      bool *ret_is_out_of_memory)
{
    struct set class_positions[CLASSES];
    size_t state;
    size_t i;

    if (!classify(build, pattern, class_positions))
        return false;
    pattern->next = arena_alloc(arena, STATES, pattern->class_count);
    pattern->is_final = arena_alloc(arena, STATES, sizeof *pattern->is_final);
    if (!pattern->next || !pattern->is_final) {
        *ret_is_out_of_memory = true;
        return false;
    }
    memset(states->sets, 0, 2 * sizeof states->sets[0]);
    states->count = 2; /* the dead end and the start */
    pattern->is_final[1] = whole->is_nullable;
    for (state = 1; state < states->count; state++) {
        struct set reached = {{0}};
        unsigned class;

        if (state == 1)
            reached = whole->first;
        for (i = 0; i < build->count && state > 1; i++) {
            if (!set_has(&states->sets[state], i))
                continue;
            set_add(&reached, &build->follow[i]);
            pattern->is_final[state] |= set_has(&whole->last, i);
        }
        for (class = 1; class < pattern->class_count; class ++) {
            struct set to = reached;
            size_t number;

            for (i = 0; i < WORDS; i++)
                to.words[i] &= class_positions[class].words[i];
            number = state_of(states, &to);
            if (number == STATES)
                return false;
            pattern->next[state * pattern->class_count + class] = (uint8_t)number;
        }
    }
    return true;
}

struct shape_pattern *shape_pattern_new(struct arena *arena, struct str text,
                                        bool *ret_is_out_of_memory)
{
    struct shape_pattern *pattern = arena_alloc(arena, 1, sizeof *pattern);
    struct build *build = mem_alloc(1, sizeof *build);
    struct states *states = mem_alloc(1, sizeof *states);
    bool is_whole = false;

    if (!pattern || !build || !states) {
        *ret_is_out_of_memory = true;
    } else {
        struct part whole;

        build->at = text.ptr;
        build->end = text.ptr + text.len;
        whole = take_alternatives(build, 0);
        is_whole = !build->failed && build->at == build->end &&
                   determine(build, &whole, states, arena, pattern, ret_is_out_of_memory);
    }
    mem_free(build);
    mem_free(states);
    return is_whole ? pattern : NULL;
}

bool shape_pattern_matches(const struct shape_pattern *pattern, struct str text)
{
    size_t state = 1;
    size_t i;

    for (i = 0; i < text.len; i++)
        state = pattern->next[state * pattern->class_count +
                              pattern->class_of[(unsigned char)text.ptr[i]]];
    return pattern->is_final[state];
}
