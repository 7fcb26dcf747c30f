#include "xml/shape_value.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "xml/xml_document.h"

static const struct built_in {
    const char *name;
    enum shape_kind kind;
    int64_t least;
} built_ins[] = {
    {"string", SHAPE_STRING, 0},
    {"token", SHAPE_TOKEN, 0},
    {"integer", SHAPE_INTEGER, INT64_MIN},
    {"positiveInteger", SHAPE_INTEGER, 1},
    {"nonNegativeInteger", SHAPE_INTEGER, 0},
    {"decimal", SHAPE_DECIMAL, 0},
    {"double", SHAPE_DOUBLE, 0},
    {"date", SHAPE_DATE, 0},
    {"dateTime", SHAPE_INSTANT, 0},
    {"anyURI", SHAPE_URI, 0},
};

static const struct shape_value no_limits = {.max_length = UINT64_MAX,
                                             .low = -INFINITY,
                                             .high = INFINITY,
                                             .least = INT64_MIN,
                                             .most = INT64_MAX,
                                             .digits = UINT64_MAX,
                                             .fraction_digits = UINT64_MAX};

struct shape_value *shape_value_built_in(struct arena *arena, struct str name)
{
    struct shape_value *value = arena_alloc(arena, 1, sizeof *value);
    size_t i;

    if (!value)
        return NULL;
    *value = no_limits;
    for (i = 0; i < ARRAY_LEN(built_ins); i++) {
        if (str_is(name, built_ins[i].name)) {
            value->kind = built_ins[i].kind;
            if (value->kind == SHAPE_INTEGER)
                value->least = built_ins[i].least;
        }
    }
    return value;
}

/* --- facets --- */

static bool read_count(struct str text, uint64_t *ret_count)
{
    int64_t value;

    if (!str_to_int64(text, &value) || value < 0)
        return false;
    *ret_count = (uint64_t)value;
    return true;
}

static bool read_limit(struct shape_value *value, const char *name, struct str text)
{
    bool is_low = strncmp(name, "min", 3) == 0;
    bool excludes = strcmp(name + 3, "Exclusive") == 0;
    double number;

    if (value->kind == SHAPE_INTEGER)
        return !excludes && str_to_int64(text, is_low ? &value->least : &value->most);
    if ((value->kind != SHAPE_DECIMAL && value->kind != SHAPE_DOUBLE) ||
        !str_to_double(text, &number))
        return false;
    *(is_low ? &value->low : &value->high) = number;
    *(is_low ? &value->excludes_low : &value->excludes_high) = excludes;
    return true;
}

static bool read_length(struct shape_value *value, const char *name, struct str text)
{
    uint64_t length;

    if ((value->kind != SHAPE_STRING && value->kind != SHAPE_TOKEN) || !read_count(text, &length))
        return false;
    if (strcmp(name, "maxLength") != 0)
        value->min_length = length;
    if (strcmp(name, "minLength") != 0)
        value->max_length = length;
    return true;
}

/* false: a facet that we do not know, or memory is out. */
static bool read_facet(struct arena *arena, struct shape_value *value, const struct xml_node *facet,
                       bool *ret_is_out_of_memory)
{
    const char *name = xml_name(facet);
    struct str text = xml_attr(facet, "value");

    if (strcmp(name, "annotation") == 0)
        return true;
    if (strcmp(name, "enumeration") == 0) {
        value->words[value->word_count++] = text;
        return value->kind == SHAPE_STRING || value->kind == SHAPE_TOKEN;
    }
    if (strcmp(name, "pattern") == 0) {
        if (value->pattern_count == SHAPE_PATTERNS)
            return false;
        value->patterns[value->pattern_count] = shape_pattern_new(arena, text, ret_is_out_of_memory);
        return value->patterns[value->pattern_count++] != NULL;
    }
    if (strcmp(name, "length") == 0 || strcmp(name, "minLength") == 0 ||
        strcmp(name, "maxLength") == 0)
        return read_length(value, name, text);
    if (strcmp(name, "totalDigits") == 0)
        return read_count(text, &value->digits);
    if (strcmp(name, "fractionDigits") == 0)
        return read_count(text, &value->fraction_digits);
    if (strcmp(name, "minInclusive") == 0 || strcmp(name, "maxInclusive") == 0 ||
        strcmp(name, "minExclusive") == 0 || strcmp(name, "maxExclusive") == 0)
        return read_limit(value, name, text);
    return false;
}

struct shape_value *shape_value_restrict(struct arena *arena, const struct xml_node *restriction,
                                         const struct shape_value *base)
{
    struct shape_value *value = arena_alloc(arena, 1, sizeof *value);
    const struct xml_node *node;
    size_t words = 0;
    bool is_out_of_memory = false;

    if (!value)
        return NULL;
    *value = no_limits;
    value->kind = base->kind;
    value->base = base;
    for (node = xml_child(restriction, "enumeration"); node; node = xml_next(node, "enumeration"))
        words++;
    value->words = arena_alloc(arena, words, sizeof *value->words);
    if (!value->words)
        return NULL;
    for (node = xml_child(restriction, NULL); node; node = xml_next(node, NULL))
        if (!read_facet(arena, value, node, &is_out_of_memory))
            value->kind = SHAPE_OTHER;
    return is_out_of_memory ? NULL : value;
}

/* --- values --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from *at on; how many. */
static size_t skip_digits(struct str text, size_t *at)
{
    size_t start = *at;

    while (*at < text.len && is_digit(text.ptr[*at]))
        (*at)++;
    return *at - start;
}

static bool accepts_integer(const struct shape_value *value, struct str text)
{
    size_t at = text.len > 0 && text.ptr[0] == '-';
    size_t digits = skip_digits(text, &at);
    int64_t number;

    return digits > 0 && at == text.len && digits <= value->digits && str_to_int64(text, &number) &&
           number >= value->least && number <= value->most;
}

static bool is_between(const struct shape_value *value, double number)
{
    return (value->excludes_low ? number > value->low : number >= value->low) &&
           (value->excludes_high ? number < value->high : number <= value->high);
}

/* Few enough digits that the comparison with a limit is exact. */
static bool accepts_decimal(const struct shape_value *value, struct str text)
{
    size_t at = text.len > 0 && text.ptr[0] == '-';
    size_t whole = skip_digits(text, &at);
    size_t fraction = 0;
    double number;

    if (at < text.len && text.ptr[at] == '.') {
        at++;
        fraction = skip_digits(text, &at);
        if (fraction == 0)
            return false;
    }
    return whole > 0 && at == text.len && whole + fraction <= 15 &&
           whole + fraction <= value->digits && fraction <= value->fraction_digits &&
           str_to_double(text, &number) && is_between(value, number);
}

static bool accepts_double(const struct shape_value *value, struct str text)
{
    size_t at = text.len > 0 && text.ptr[0] == '-';
    double number;

    if (skip_digits(text, &at) == 0)
        return false;
    if (at < text.len && text.ptr[at] == '.') {
        at++;
        if (skip_digits(text, &at) == 0)
            return false;
    }
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        at += at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+');
        if (skip_digits(text, &at) == 0)
            return false;
    }
    if (at != text.len || text.len > 60)
        return false;
    /* nothing to compare with: the form is all */
    if (isinf(value->low) && isinf(value->high))
        return true;
    return str_to_double(text, &number) && is_between(value, number);
}

/* Two digits at `at`; 100 for anything else. */
static unsigned two_digits(struct str text, size_t at)
{
    if (!is_digit(text.ptr[at]) || !is_digit(text.ptr[at + 1]))
        return 100;
    return (unsigned)(text.ptr[at] - '0') * 10 + (unsigned)(text.ptr[at + 1] - '0');
}

/* The first ten bytes are a day of the calendar. */
static bool is_day(struct str text)
{
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned year, month, day, length;

    if (text.len < 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
        return false;
    year = two_digits(text, 0) * 100 + two_digits(text, 2);
    month = two_digits(text, 5);
    day = two_digits(text, 8);
    if (two_digits(text, 0) > 99 || two_digits(text, 2) > 99 || year == 0 || month < 1 ||
        month > 12 || day < 1)
        return false;
    length = lengths[month - 1];
    if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
        length++;
    return day <= length;
}

/* "T17:00:00.5+01:00" behind the day. */
static bool is_instant(struct str text)
{
    size_t at = 19;

    if (text.len < 20 || !is_day(text) || text.ptr[10] != 'T' || text.ptr[13] != ':' ||
        text.ptr[16] != ':' || two_digits(text, 11) > 23 || two_digits(text, 14) > 59 ||
        two_digits(text, 17) > 59)
        return false;
    if (text.ptr[at] == '.') {
        at++;
        if (skip_digits(text, &at) == 0)
            return false;
    }
    if (text.len - at == 1)
        return text.ptr[at] == 'Z';
    return text.len - at == 6 && (text.ptr[at] == '+' || text.ptr[at] == '-') &&
           two_digits(text, at + 1) <= 13 && text.ptr[at + 3] == ':' &&
           two_digits(text, at + 4) <= 59;
}

/* "urn:" and letters: what cannot be anything but a name. */
static bool is_plain_uri(struct str text)
{
    size_t i;

    if (!str_starts(text, "urn:") || text.len == 4)
        return false;
    for (i = 4; i < text.len; i++)
        if (!is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'z') &&
            !(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') && text.ptr[i] != ':' &&
            text.ptr[i] != '-' && text.ptr[i] != '.')
            return false;
    return true;
}

/* As token demands it. Tabs and line ends have become blanks in attributes, not in elements. */
static bool is_collapsed(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (xml_is_blank(text.ptr[i]) && (text.ptr[i] != ' ' || i == 0 || i + 1 == text.len ||
                                          text.ptr[i + 1] == ' '))
            return false;
    return true;
}

static bool has_length(const struct shape_value *value, struct str text)
{
    uint64_t length = text.len;
    size_t i;

    /* a character is one to four bytes */
    if (length <= value->max_length && length / 4 >= value->min_length)
        return true;
    for (length = 0, i = 0; i < text.len; i++)
        length += (text.ptr[i] & 0xC0) != 0x80;
    return length >= value->min_length && length <= value->max_length;
}

static bool has_form(const struct shape_value *value, struct str text)
{
    size_t i;

    for (i = 0; i < value->pattern_count; i++)
        if (shape_pattern_matches(value->patterns[i], text))
            return true;
    return value->pattern_count == 0;
}

static bool is_word(const struct shape_value *value, struct str text)
{
    size_t i;

    for (i = 0; i < value->word_count; i++)
        if (value->words[i].len == text.len &&
            memcmp(value->words[i].ptr, text.ptr, text.len) == 0)
            return true;
    return value->word_count == 0;
}

static bool accepts_step(const struct shape_value *value, struct str text)
{
    switch (value->kind) {
    case SHAPE_STRING:
        break;
    case SHAPE_TOKEN:
        if (!value->base && !is_collapsed(text))
            return false;
        break;
    case SHAPE_INTEGER:
        return accepts_integer(value, text) && has_form(value, text);
    case SHAPE_DECIMAL:
        return accepts_decimal(value, text) && has_form(value, text);
    case SHAPE_DOUBLE:
        return accepts_double(value, text) && has_form(value, text);
    case SHAPE_DATE:
        return text.len == 10 && is_day(text) && has_form(value, text);
    case SHAPE_INSTANT:
        return is_instant(text) && has_form(value, text);
    case SHAPE_URI:
        return is_plain_uri(text) && has_form(value, text);
    case SHAPE_OTHER:
        return false;
    }
    return is_word(value, text) && has_form(value, text) && has_length(value, text);
}

bool shape_value_accepts(const struct shape_value *value, struct str text)
{
    for (; value; value = value->base)
        if (!accepts_step(value, text))
            return false;
    return true;
}

bool shape_value_is_plain(const struct shape_value *value)
{
    return value->kind == SHAPE_STRING || value->kind == SHAPE_TOKEN || value->kind == SHAPE_DATE;
}
