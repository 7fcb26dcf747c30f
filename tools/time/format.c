#include "time/format.h"

#include <string.h>

#include "base/mem.h"
#include "time/civil_read.h"
#include "time/format_parts.h"

/* What each letter means. */
static const struct field_kind {
    char letter;
    unsigned char kind;
    unsigned char slot;
} field_kinds[] = {
    {'Y', PART_YEAR, SLOT_YEAR},
    {'m', PART_ONE_OR_TWO, SLOT_MONTH},
    {'b', PART_MONTH_NAME, SLOT_MONTH},
    {'d', PART_ONE_OR_TWO, SLOT_DAY},
    {'e', PART_PADDED, SLOT_DAY},
    {'D', PART_ONE_OR_TWO, SLOT_FIRST},
    {'N', PART_ONE_OR_TWO, SLOT_SECOND_NUMBER},
    {'H', PART_ONE_OR_TWO, SLOT_HOUR},
    {'I', PART_ONE_OR_TWO, SLOT_HOUR},
    {'p', PART_HALF_DAY, SLOT_HALF_DAY},
    {'M', PART_TWO, SLOT_MINUTE},
    {'S', PART_TWO, SLOT_SECOND},
    {'f', PART_FRACTION, SLOT_COUNT},
    {'z', PART_OFFSET, SLOT_COUNT},
    {'s', PART_EPOCH, SLOT_EPOCH_S},
    {'Q', PART_EPOCH, SLOT_EPOCH_MS},
    {'u', PART_EPOCH, SLOT_EPOCH_US},
};

/* Which letters go together: a field that needs one of `needs` and none of `without`. */
static const struct field_rule {
    char letter;
    const char *needs;
    const char *without;
} field_rules[] = {
    {'I', "p", "H"},      {'p', "I", ""},         {'M', "HI", ""},
    {'S', "M", ""},       {'f', "Ss", ""},        {'D', "N", ""},
    {'N', "D", ""},       {'d', "mb", "eDN"},     {'e', "mb", "dDN"},
    {'m', "de", "bDN"},   {'b', "de", "DN"},      {'s', "s", "YmbdeDNHIMSpzQu"},
    {'Q', "Q", "YmbdeDNHIMSpzsuf"}, {'u', "u", "YmbdeDNHIMSpzsQf"},
};

/* Where each letter stands in the format, SIZE_MAX when it does not. */
struct places {
    size_t of[128];
};

static bool has(const struct places *places, char letter)
{
    return places->of[(unsigned char)letter] != SIZE_MAX;
}

static bool has_any(const struct places *places, const char *letters)
{
    for (; *letters; letters++)
        if (has(places, *letters))
            return true;
    return false;
}

/* A whole date, and nothing without what it needs. False: *ret_bad says where. */
static bool check_fields(const struct places *places, size_t len, size_t *ret_bad)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(field_rules); i++) {
        const struct field_rule *rule = &field_rules[i];

        if (has(places, rule->letter) &&
            (!has_any(places, rule->needs) || has_any(places, rule->without))) {
            *ret_bad = places->of[(unsigned char)rule->letter];
            return false;
        }
    }
    *ret_bad = len;
    if (has_any(places, "sQu"))
        return true;
    /* without a year there is no instant that an offset could belong to */
    return has(places, 'Y') ? has_any(places, "dDe") : has_any(places, "de") && !has(places, 'z');
}

static const struct field_kind *find_field(char letter)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(field_kinds); i++)
        if (field_kinds[i].letter == letter)
            return &field_kinds[i];
    return NULL;
}

static bool add_literal(struct time_format *format, char literal)
{
    struct time_part *last = format->count ? &format->parts[format->count - 1] : NULL;

    if (literal == '\0')
        return false;
    if (last && last->literal == '\0') {
        last->literal = (unsigned char)literal;
        return true;
    }
    if (format->count == TIME_FORMAT_PARTS)
        return false;
    format->parts[format->count++] =
        (struct time_part){PART_LITERAL, SLOT_COUNT, (unsigned char)literal};
    return true;
}

static bool add_field(struct time_format *format, char letter, size_t at, struct places *places)
{
    const struct field_kind *field = find_field(letter);

    if (!field || has(places, letter) || format->count == TIME_FORMAT_PARTS)
        return false;
    places->of[(unsigned char)letter] = at;
    format->parts[format->count++] = (struct time_part){field->kind, field->slot, '\0'};
    return true;
}

/* Splits the format into parts; false at *ret_bad. */
static bool read_parts(struct str text, struct time_format *format, struct places *places,
                       size_t *ret_bad)
{
    size_t i = 0;

    while (i < text.len) {
        size_t at = i;
        char c = text.ptr[i++];
        bool is_field = c == '%';

        *ret_bad = at;
        if (is_field) {
            if (i == text.len)
                return false;
            c = text.ptr[i++];
            is_field = c != '%';
        }
        if (is_field ? !add_field(format, c, at, places) : !add_literal(format, c))
            return false;
    }
    return true;
}

static bool starts_with_digit(const struct time_part *part)
{
    return part->kind == PART_LITERAL ? digit_of((char)part->literal) <= 9
                                      : part->kind <= PART_FRACTION;
}

/* Does it end where only the next byte can tell? */
static bool ends_with_digit(const struct time_part *part)
{
    if (part->literal != '\0')
        return digit_of((char)part->literal) <= 9;
    return part->kind <= PART_FRACTION || part->kind == PART_OFFSET;
}

static bool has_no_length(unsigned char kind)
{
    return kind == PART_FRACTION || kind == PART_OFFSET || kind == PART_PADDED ||
           kind == PART_EPOCH;
}

/* Where the letter of the part stands. */
static size_t place_of(const struct places *places, const struct time_part *part)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(field_kinds); i++)
        if (field_kinds[i].kind == part->kind && field_kinds[i].slot == part->slot)
            return places->of[(unsigned char)field_kinds[i].letter];
    return 0;
}

/* Numbers that touch must have a known length; a fraction or an offset before digits has none. */
static bool fix_lengths(struct time_format *format, const struct places *places, size_t *ret_bad)
{
    bool fixed[TIME_FORMAT_PARTS] = {false};
    unsigned i;

    for (i = 0; i < format->count; i++) {
        const struct time_part *part = &format->parts[i];
        bool leads = part->literal != '\0' ? digit_of((char)part->literal) <= 9
                                           : i + 1 < format->count && starts_with_digit(part + 1);
        bool follows = i > 0 && ends_with_digit(part - 1);

        if (leads && has_no_length(part->kind)) {
            *ret_bad = place_of(places, part);
            return false;
        }
        fixed[i] = (leads || follows) && part->kind == PART_ONE_OR_TWO;
    }
    for (i = 0; i < format->count; i++)
        if (fixed[i])
            format->parts[i].kind = PART_TWO;
    return true;
}

bool time_format_compile(struct str format, struct time_format *ret_format, size_t *ret_bad)
{
    struct time_format made;
    struct places places;

    memset(&made, 0, sizeof made);
    memset(&places, 0xFF, sizeof places);
    made.is_any_iso = str_is(format, "iso");
    if (!made.is_any_iso) {
        if (!read_parts(format, &made, &places, ret_bad) ||
            !check_fields(&places, format.len, ret_bad) || !fix_lengths(&made, &places, ret_bad))
            return false;
        made.is_epoch = has_any(&places, "sQu");
        made.has_offset = has(&places, 'z') || made.is_epoch;
        made.lacks_year = !made.is_epoch && !has(&places, 'Y');
        made.has_order = has(&places, 'D');
        if (str_is(format, "%Y-%m-%d %H:%M:%S"))
            made.iso_separator = ' ';
        else if (str_is(format, "%Y-%m-%dT%H:%M:%S"))
            made.iso_separator = 'T';
    }
    *ret_format = made;
    return true;
}
