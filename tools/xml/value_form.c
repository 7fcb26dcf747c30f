#include "xml/value_form.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take(const struct shape_value *type, const char *text, struct value_form *form)
{
    if (!shape_value_accepts(type, str_of(text)))
        return false;
    snprintf(form->text, sizeof form->text, "%s", text);
    return true;
}

/* --- words --- */

/* Types whose values are the same in capitals and small letters, because only one of them exists.
   Ids of documents, questions and sections are not: another one may differ by nothing else. */
static bool ignores_case(struct str name)
{
    static const char *const types[] = {"measure-id", "evidence-id", "gate-id",
                                        "word",       "amount",      "sha256"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(types); i++)
        if (str_is(name, types[i]))
            return true;
    return false;
}

static bool in_case(const struct shape_value *type, struct str value, bool is_upper,
                    struct value_form *form)
{
    char text[sizeof form->text];
    size_t i;

    for (i = 0; i < value.len; i++) {
        char c = value.ptr[i];

        if (is_upper && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        else if (!is_upper && c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        text[i] = c;
    }
    text[i] = '\0';
    return take(type, text, form);
}

/* Yes and no in the words of other programs. */
static bool from_answer(const struct shape_value *type, struct str value, struct value_form *form)
{
    static const char *const yes[] = {"yes", "true", "1", "y", "on", "si", "s\xC3\xAC", "vero"};
    static const char *const no[] = {"no", "false", "0", "n", "off", "falso"};
    bool is_yes = false;
    bool is_no = false;
    size_t i;

    for (i = 0; i < ARRAY_LEN(yes); i++)
        is_yes |= str_equal_nocase(value, str_of(yes[i]));
    for (i = 0; i < ARRAY_LEN(no); i++)
        is_no |= str_equal_nocase(value, str_of(no[i]));
    /* both words of a type, and no others, are what it takes */
    if (type->word_count != 2 || (!is_yes && !is_no))
        return false;
    if (shape_value_accepts(type, STR("yes")) && shape_value_accepts(type, STR("no")))
        return take(type, is_yes ? "yes" : "no", form);
    return shape_value_accepts(type, STR("true")) && shape_value_accepts(type, STR("false")) &&
           take(type, is_yes ? "true" : "false", form);
}

/* --- numbers --- */

/* "2,5": one comma, and what stands behind it cannot be thousands. */
static bool from_comma(const struct shape_value *type, struct str value, struct value_form *form)
{
    const char *comma = memchr(value.ptr, ',', value.len);
    char text[sizeof form->text];
    size_t whole;
    size_t rest;
    size_t i;

    if (!comma)
        return false;
    whole = (size_t)(comma - value.ptr);
    rest = value.len - whole - 1;
    for (i = 0; i < value.len; i++)
        if (i != whole && !is_digit(value.ptr[i]) && !(i == 0 && value.ptr[i] == '-'))
            return false;
    if (!whole || !rest || (rest == 3 && (whole > 1 || value.ptr[0] != '0')))
        return false;
    snprintf(text, sizeof text, "%.*s.%.*s", (int)whole, value.ptr, (int)rest, comma + 1);
    return take(type, text, form);
}

/* --- dates and times --- */

struct scan {
    struct str rest;
    bool failed;
};

/* `least` to `most` digits, as a number; the next of them may be no digit. */
static unsigned number(struct scan *scan, size_t least, size_t most)
{
    unsigned value = 0;
    size_t i;

    for (i = 0; i < scan->rest.len && is_digit(scan->rest.ptr[i]); i++)
        value = i < most ? value * 10 + (unsigned)(scan->rest.ptr[i] - '0') : value;
    scan->failed |= i < least || i > most;
    scan->rest = (struct str){scan->rest.ptr + i, scan->rest.len - i};
    return value;
}

/* One of these characters; false: another one, or none, and it stays. */
static bool mark(struct scan *scan, const char *marks)
{
    if (!scan->rest.len || !strchr(marks, scan->rest.ptr[0]) || !scan->rest.ptr[0])
        return false;
    scan->rest = (struct str){scan->rest.ptr + 1, scan->rest.len - 1};
    return true;
}

/* The year first: then the month is the next. */
static void day(struct scan *scan, char out[16])
{
    unsigned year = number(scan, 4, 4);
    unsigned month;

    scan->failed |= !mark(scan, "-/.");
    month = number(scan, 1, 2);
    scan->failed |= !mark(scan, "-/.");
    snprintf(out, 16, "%04u-%02u-%02u", year % 10000, month % 100, number(scan, 1, 2) % 100);
}

static void clock(struct scan *scan, char out[8])
{
    unsigned hour = number(scan, 1, 2);

    scan->failed |= !mark(scan, ":");
    snprintf(out, 8, "%02u:%02u", hour % 100, number(scan, 2, 2) % 100);
}

/* Z, +01:00, +0100 or +01, to the end. */
static void offset(struct scan *scan, char out[8])
{
    bool is_minus = scan->rest.len && scan->rest.ptr[0] == '-';
    unsigned hours;
    unsigned minutes = 0;

    if (mark(scan, "Zz")) {
        snprintf(out, 8, "Z");
        scan->failed |= scan->rest.len > 0;
        return;
    }
    scan->failed |= !mark(scan, "+-");
    hours = number(scan, scan->rest.len == 4 ? 4 : 2, scan->rest.len == 4 ? 4 : 2);
    if (hours >= 100 || scan->rest.len == 0) {
        minutes = hours >= 100 ? hours % 100 : 0;
        hours = hours >= 100 ? hours / 100 : hours;
    } else {
        scan->failed |= !mark(scan, ":");
        minutes = number(scan, 2, 2);
    }
    scan->failed |= scan->rest.len > 0;
    snprintf(out, 8, "%c%02u:%02u", is_minus ? '-' : '+', hours % 100, minutes % 100);
}

static bool from_day(const struct shape_value *type, struct str value, struct value_form *form)
{
    struct scan scan = {value, false};
    char text[16];

    day(&scan, text);
    return !scan.failed && scan.rest.len == 0 && take(type, text, form);
}

static bool from_clock(const struct shape_value *type, struct str value, struct value_form *form)
{
    struct scan scan = {value, false};
    char text[8];

    clock(&scan, text);
    return !scan.failed && scan.rest.len == 0 && take(type, text, form);
}

static bool from_instant(const struct shape_value *type, struct str value, struct value_form *form)
{
    struct scan scan = {value, false};
    char text[sizeof form->text];
    char seconds[16] = ":00";
    char date[16];
    char time[8];
    char zone[8];

    day(&scan, date);
    scan.failed |= !mark(&scan, "Tt ");
    clock(&scan, time);
    if (mark(&scan, ":")) {
        const char *start = scan.rest.ptr;

        number(&scan, 2, 2);
        if (mark(&scan, "."))
            number(&scan, 1, 6);
        snprintf(seconds, sizeof seconds, ":%.*s", (int)(scan.rest.ptr - start), start);
    }
    mark(&scan, " ");
    if (scan.failed)
        return false;
    offset(&scan, zone);
    snprintf(text, sizeof text, "%s%s%s%s%s", date, "T", time, seconds, zone);
    return !scan.failed && take(type, text, form);
}

bool value_form_mend(const struct shape_value *type, struct str name, struct str value,
                     struct value_form *ret_form)
{
    static bool (*const ways[])(const struct shape_value *, struct str, struct value_form *) = {
        from_answer, from_comma, from_day, from_clock, from_instant};
    struct str bare = str_trim(value);
    char text[sizeof ret_form->text];
    size_t i;

    if (!type || bare.len == 0 || bare.len >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s", STR_ARG(bare));
    if (bare.len < value.len && take(type, text, ret_form))
        return true;
    for (i = 0; i < ARRAY_LEN(ways); i++)
        if (ways[i](type, bare, ret_form))
            return true;
    return ignores_case(name) && (in_case(type, bare, /* is_upper= */ false, ret_form) ||
                                  in_case(type, bare, /* is_upper= */ true, ret_form));
}
