#include "text/pattern_class.h"

#include <string.h>

#include "base/mem.h"

static const struct pattern_atom nothing = {.kind = PATTERN_NOTHING};
static const struct pattern_atom anything = {.kind = PATTERN_ANYTHING};
static const struct pattern_atom lost = {.kind = PATTERN_LOST};

int pattern_peek(const struct pattern_place *place, size_t ahead)
{
    if (place->pattern.len - place->at <= ahead)
        return -1;
    return (unsigned char)place->pattern.ptr[place->at + ahead];
}

bool pattern_take(struct pattern_place *place, const char *text)
{
    size_t len = strlen(text);

    if (place->pattern.len - place->at < len ||
        memcmp(place->pattern.ptr + place->at, text, len) != 0)
        return false;
    place->at += len;
    return true;
}

static void add(struct byte_set *set, unsigned byte)
{
    set->bits[byte >> 6] |= 1ull << (byte & 63);
}

static void add_range(struct byte_set *set, unsigned first, unsigned last)
{
    unsigned byte;

    for (byte = first; byte <= last; byte++)
        add(set, byte);
}

static bool is_letter(unsigned byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Letters whose other cases are not all ASCII: the Kelvin sign and the long s. */
static bool folds_far(unsigned byte)
{
    return (byte | 0x20) == 'k' || (byte | 0x20) == 's';
}

/* Both cases of every letter; false when one has a case beyond ASCII. */
static bool add_cases(struct byte_set *set)
{
    unsigned byte;

    for (byte = 'A'; byte <= 'Z'; byte++) {
        if (!byte_set_has(set, (unsigned char)byte) &&
            !byte_set_has(set, (unsigned char)(byte | 0x20)))
            continue;
        if (folds_far(byte))
            return false;
        add(set, byte);
        add(set, byte | 0x20);
    }
    return true;
}

/* A character by its number; what lies beyond ASCII only where case does not matter. */
static struct pattern_atom from_code(uint32_t code, bool is_caseless)
{
    struct pattern_atom atom = {.kind = PATTERN_BYTES};
    unsigned i;

    if (code < 0x80) {
        atom.len = 1;
        add(&atom.sets[0], code);
        return is_caseless && !add_cases(&atom.sets[0]) ? anything : atom;
    }
    if (is_caseless || code == 0xFFFD || code > 0x10FFFF)
        return anything;
    atom.len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (i = atom.len - 1; i > 0; i--, code >>= 6)
        add(&atom.sets[i], 0x80 | (code & 0x3F));
    add(&atom.sets[0], (0xF00u >> atom.len & 0xF0) | code);
    return atom;
}

static uint32_t decode(struct pattern_place *place)
{
    uint32_t code = (uint32_t)pattern_peek(place, 0);
    unsigned more = code < 0xC0 ? 0 : code < 0xE0 ? 1 : code < 0xF0 ? 2 : 3;

    place->at++;
    if (more)
        code &= 0x3Fu >> more;
    for (; more && pattern_peek(place, 0) >= 0; more--, place->at++)
        code = code << 6 | ((unsigned)pattern_peek(place, 0) & 0x3F);
    return code;
}

struct pattern_atom pattern_character(struct pattern_place *place)
{
    return from_code(decode(place), place->is_caseless);
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* Behind \x: up to two digits, or any number in braces. False: not understood. */
static bool read_hex(struct pattern_place *place, uint32_t *ret_code)
{
    bool has_brace = pattern_take(place, "{");
    uint32_t code = 0;
    unsigned digits = 0;
    int digit;

    for (; (has_brace || digits < 2) && (digit = hex_digit(pattern_peek(place, 0))) >= 0;
         digits++, place->at++) {
        if (code > 0x10FFFF)
            return false;
        code = code << 4 | (unsigned)digit;
    }
    *ret_code = code;
    return !has_brace || (digits > 0 && pattern_take(place, "}"));
}

/* Escapes of one control character. */
static bool control_code(int letter, uint32_t *ret_code)
{
    static const char letters[] = "nrtfea";
    static const char codes[] = "\n\r\t\f\x1B\a";
    const char *found = letter > 0 ? strchr(letters, letter) : NULL;

    if (!found)
        return false;
    *ret_code = (unsigned char)codes[found - letters];
    return true;
}

/* \d, \w and \s: of ASCII alone. */
static bool add_kind(int letter, struct byte_set *set)
{
    switch (letter) {
    case 'd':
        add_range(set, '0', '9');
        return true;
    case 'w':
        add_range(set, '0', '9');
        add_range(set, 'A', 'Z');
        add_range(set, 'a', 'z');
        add(set, '_');
        return true;
    case 's':
        add_range(set, '\t', '\r');
        add(set, ' ');
        return true;
    default:
        return false;
    }
}

/* Takes the rest of \g{1}, \k<n>, \p{L}, \o{17} and their kind. */
static struct pattern_atom skip_argument(struct pattern_place *place)
{
    static const char pairs[] = "{}<>''";
    int open = pattern_peek(place, 0);
    const char *pair = open > 0 ? strchr(pairs, open) : NULL;

    if (open <= 0 || open >= 0x80)
        return lost;
    place->at++;
    if (!pair || (pair - pairs) % 2 != 0)
        return anything;
    while (pattern_peek(place, 0) >= 0)
        if (place->pattern.ptr[place->at++] == pair[1])
            return anything;
    return lost;
}

/* Behind \p, \P, \o, \g, \k, \N and digits. */
static struct pattern_atom escape_with_argument(struct pattern_place *place, int letter)
{
    if (letter == 'N') {
        if (pattern_peek(place, 0) == '{' && pattern_peek(place, 1) == 'U')
            return skip_argument(place);
        return anything;
    }
    if (letter >= '0' && letter <= '9') {
        /* a group's number or an octal one: whatever it is, digits belong to it */
        while (pattern_peek(place, 0) >= '0' && pattern_peek(place, 0) <= '9')
            place->at++;
        return anything;
    }
    if (letter == 'g' && (pattern_peek(place, 0) == '-' || pattern_peek(place, 0) == '+'))
        place->at++;
    if (letter == 'g' && pattern_peek(place, 0) >= '0' && pattern_peek(place, 0) <= '9')
        return escape_with_argument(place, '0');
    return skip_argument(place);
}

struct pattern_atom pattern_escape(struct pattern_place *place)
{
    struct pattern_atom atom = {.kind = PATTERN_BYTES, .len = 1};
    int letter = pattern_peek(place, 0);
    uint32_t code;

    if (letter < 0)
        return lost;
    if (letter >= 0x80)
        return pattern_character(place);
    if (!is_letter((unsigned)letter) && !(letter >= '0' && letter <= '9'))
        return pattern_character(place);
    place->at++;
    if (control_code(letter, &code))
        return from_code(code, false);
    if (letter == 'x')
        return read_hex(place, &code) ? from_code(code, place->is_caseless) : lost;
    if (add_kind(letter, &atom.sets[0]))
        return place->is_ucp ? anything : atom;
    if (strchr("bBAZzGK", letter))
        return nothing;
    if (strchr("DWSRXhHvV", letter))
        return anything;
    if (strchr("0123456789pPogkN", letter))
        return escape_with_argument(place, letter);
    return lost;
}

/* --- bracketed classes --- */

/* One item of a class. */
struct item {
    enum { ITEM_CODE, ITEM_SET, ITEM_WIDE, ITEM_LOST } kind;
    uint32_t code;
    struct byte_set set;
};

static const struct item lost_item = {.kind = ITEM_LOST};

/* Names of POSIX: ranges of ASCII as pairs, both ends inside. */
static const struct {
    const char *name;
    const char *pairs;
} posix_names[] = {
    {"alpha", "AZaz"}, {"lower", "az"}, {"upper", "AZ"}, {"alnum", "09AZaz"}, {"digit", "09"},
    {"xdigit", "09AFaf"}, {"word", "09AZaz__"}, {"blank", "  \t\t"}, {"space", "  \t\r"},
    {"graph", "!~"}, {"print", " ~"}, {"punct", "!/:@[`{~"}, {"cntrl", "\x01\x1F\x7F\x7F"},
    {"ascii", "\x01\x7F"},
};

/* Behind "[:". */
static struct item posix_item(struct pattern_place *place)
{
    struct item item = {.kind = ITEM_SET};
    bool is_negated = pattern_take(place, "^");
    size_t i;

    for (i = 0; i < ARRAY_LEN(posix_names); i++) {
        const char *pair = posix_names[i].pairs;
        size_t before = place->at;

        if (!pattern_take(place, posix_names[i].name) || !pattern_take(place, ":]")) {
            place->at = before;
            continue;
        }
        if (is_negated || place->is_ucp)
            return (struct item){.kind = ITEM_WIDE};
        for (; *pair; pair += 2)
            add_range(&item.set, (unsigned char)pair[0], (unsigned char)pair[1]);
        if (item.set.bits[0] & 2) /* control characters: zero is one of them */
            add(&item.set, 0);
        return item;
    }
    return lost_item;
}

static struct item escaped_item(struct pattern_place *place)
{
    struct item item = {.kind = ITEM_CODE};
    int letter = pattern_peek(place, 0);

    if (letter < 0)
        return lost_item;
    if (!is_letter((unsigned)letter) && !(letter >= '0' && letter <= '9')) {
        item.code = decode(place);
        return item;
    }
    place->at++;
    if (letter == 'b') {
        item.code = '\b';
        return item;
    }
    if (control_code(letter, &item.code))
        return item;
    if (letter == 'x')
        return read_hex(place, &item.code) ? item : lost_item;
    if (add_kind(letter, &item.set)) {
        item.kind = place->is_ucp ? ITEM_WIDE : ITEM_SET;
        return item;
    }
    item.kind = ITEM_WIDE;
    if (strchr("DWShHvV", letter))
        return item;
    if (strchr("pP", letter))
        return skip_argument(place).kind == PATTERN_LOST ? lost_item : item;
    return lost_item;
}

static struct item read_item(struct pattern_place *place)
{
    struct item item = {.kind = ITEM_CODE};
    int next = pattern_peek(place, 1);

    if (pattern_take(place, "[:"))
        return posix_item(place);
    if (pattern_peek(place, 0) == '[' && (next == '.' || next == '='))
        return lost_item;
    if (pattern_take(place, "\\"))
        return escaped_item(place);
    item.code = decode(place);
    return item;
}

/* Adds an item; *is_wide is set when the class has characters beyond ASCII. */
static void add_item(struct byte_set *set, const struct item *item, bool *is_wide)
{
    unsigned i;

    if (item->kind == ITEM_CODE && item->code < 0x80)
        add(set, item->code);
    else if (item->kind == ITEM_SET)
        for (i = 0; i < ARRAY_LEN(set->bits); i++)
            set->bits[i] |= item->set.bits[i];
    else
        *is_wide = true;
}

/* An item and, when it is one, the range that it begins. False: not understood. */
static bool add_items(struct pattern_place *place, struct byte_set *set, bool *is_wide)
{
    struct item first = read_item(place);
    struct item last;

    if (first.kind == ITEM_LOST)
        return false;
    if (first.kind != ITEM_CODE || pattern_peek(place, 0) != '-' || pattern_peek(place, 1) == ']') {
        add_item(set, &first, is_wide);
        return true;
    }
    place->at++;
    if (first.code == '-' || pattern_peek(place, 0) < 0)
        return false;
    last = read_item(place);
    if (last.kind == ITEM_LOST)
        return false;
    if (last.kind == ITEM_CODE && first.code < 0x80 && last.code < 0x80) {
        add_range(set, first.code, last.code);
        return true;
    }
    add_item(set, &first, is_wide);
    add_item(set, &last, is_wide);
    add(set, '-');
    if (last.kind == ITEM_CODE)
        *is_wide = true;
    return true;
}

struct pattern_atom pattern_class(struct pattern_place *place)
{
    struct pattern_atom atom = {.kind = PATTERN_BYTES, .len = 1};
    bool is_wide = pattern_take(place, "^");
    bool is_first = true;

    while (is_first || pattern_peek(place, 0) != ']') {
        if (pattern_peek(place, 0) < 0 || !add_items(place, &atom.sets[0], &is_wide))
            return lost;
        is_first = false;
    }
    place->at++;
    if (place->is_caseless && !add_cases(&atom.sets[0]))
        is_wide = true;
    return is_wide ? anything : atom;
}
