/*
 * Names of files that are one log, because a program gives its log another name now and then:
 * "mail.log", "mail.log.1", "mail.log.2.gz", "mail.log-20260101.gz", "mail-2026-01-01.log".
 *
 * Source: logrotate(8), with rotate, compress, dateext, dateformat and extension.
 */
#include <string.h>

#include "base/mem.h"
#include "source/source.h"

/* In the order of time: each number is a rotation ago, the name without any is written to. */
enum turn { TURN_NUMBER, TURN_DATE, TURN_NOW };

struct rotated {
    struct str stem;
    struct str extension; /* behind what tells the turn, or behind the stem */
    enum turn turn;
    uint64_t number; /* the higher, the later */
    uint64_t more;   /* of a date: hour, or whatever stands behind it */
};

static const char *const packings[] = {".gz", ".zst", ".xz", ".bz2"};
static const char *const extensions[] = {".log", ".json", ".jsonl", ".txt"};

static struct str cut_ending(struct str *name, const char *const *endings, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        size_t len = strlen(endings[i]);

        if (name->len > len && str_ends(*name, endings[i])) {
            name->len -= len;
            return (struct str){name->ptr + name->len, len};
        }
    }
    return (struct str){name->ptr + name->len, 0};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_behind(struct str name, size_t from)
{
    size_t at = from;

    while (at < name.len && is_digit(name.ptr[at]))
        at++;
    return at - from;
}

static uint64_t number_of(const char *digits, size_t count)
{
    uint64_t number = 0;

    while (count--)
        number = number * 10 + (uint64_t)(*digits++ - '0');
    return number;
}

/* YYYYMMDD or YYYY-MM-DD, its bytes; 0: there is none. */
static size_t read_date(struct str name, size_t from, uint64_t *ret_date)
{
    size_t gap = from + 4 < name.len && name.ptr[from + 4] == '-';
    size_t len = 8 + 2 * gap;
    const char *p = name.ptr + from;
    uint64_t month;
    uint64_t day;

    if (name.len - from < len || digits_behind(name, from) < 4 ||
        digits_behind(name, from + 4 + gap) < 2 || (gap && p[7] != '-') ||
        digits_behind(name, from + 6 + 2 * gap) < 2)
        return 0;
    month = number_of(p + 4 + gap, 2);
    day = number_of(p + 6 + 2 * gap, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    *ret_date = (number_of(p, 4) * 100 + month) * 100 + day;
    return len;
}

/* A date up to the end of the name, perhaps with digits behind it that go on with it. */
static bool ends_in_date(struct str name, size_t from, struct rotated *rotated)
{
    size_t len = read_date(name, from, &rotated->number);
    size_t at = from + len;
    size_t count;

    if (len == 0)
        return false;
    if (at < name.len && strchr("-_T", name.ptr[at]))
        at++;
    count = digits_behind(name, at);
    if (at + count != name.len || count > 12 || (count == 0 && at != from + len))
        return false;
    rotated->turn = TURN_DATE;
    rotated->more = number_of(name.ptr + at, count);
    return true;
}

/* What the end of the name tells, cut off. */
static bool cut_turn(struct str *name, struct rotated *rotated)
{
    size_t at = name->len;
    size_t least = name->len > 32 ? name->len - 32 : 1;

    while (at > least) {
        at--;
        if (strchr("-._", name->ptr[at]) && ends_in_date(*name, at + 1, rotated)) {
            name->len = at;
            return true;
        }
    }
    for (at = name->len; at > 1 && is_digit(name->ptr[at - 1]);)
        at--;
    if (at == name->len || name->len - at > 5 || at < 2 || name->ptr[at - 1] != '.')
        return false;
    rotated->turn = TURN_NUMBER;
    rotated->number = UINT64_MAX - number_of(name->ptr + at, name->len - at);
    name->len = at - 1;
    return true;
}

static struct rotated rotated_of(struct str name)
{
    struct rotated rotated = {.turn = TURN_NOW};
    bool is_cut;

    cut_ending(&name, packings, ARRAY_LEN(packings));
    is_cut = cut_turn(&name, &rotated);
    rotated.extension = cut_ending(&name, extensions, ARRAY_LEN(extensions));
    if (!is_cut && rotated.extension.len)
        cut_turn(&name, &rotated);
    rotated.stem = name;
    return rotated;
}

static char byte_at(const struct rotated *rotated, size_t i)
{
    return i < rotated->stem.len ? rotated->stem.ptr[i]
                                 : rotated->extension.ptr[i - rotated->stem.len];
}

/* By the name that the log has while it is written to. */
static int compare_logs(const struct rotated *a, const struct rotated *b)
{
    size_t a_len = a->stem.len + a->extension.len;
    size_t b_len = b->stem.len + b->extension.len;
    size_t i;

    for (i = 0; i < a_len && i < b_len; i++) {
        unsigned char left = (unsigned char)byte_at(a, i);
        unsigned char right = (unsigned char)byte_at(b, i);

        if (left != right)
            return left < right ? -1 : 1;
    }
    return (a_len > b_len) - (a_len < b_len);
}

int source_compare_names(struct str a, struct str b)
{
    struct rotated left = rotated_of(a);
    struct rotated right = rotated_of(b);
    int order = compare_logs(&left, &right);

    if (order)
        return order;
    if (left.turn != right.turn)
        return left.turn < right.turn ? -1 : 1;
    if (left.number != right.number)
        return left.number < right.number ? -1 : 1;
    if (left.more != right.more)
        return left.more < right.more ? -1 : 1;
    return str_compare(a, b);
}

bool source_goes_on(struct str before, struct str name)
{
    struct rotated left = rotated_of(before);
    struct rotated right = rotated_of(name);

    return compare_logs(&left, &right) == 0 && source_compare_names(before, name) < 0;
}
