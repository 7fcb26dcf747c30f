#include "base/ratio.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/bug.h"

__extension__ typedef __int128 wide;

static const struct ratio broken = {0, 0};

static wide gcd(wide a, wide b)
{
    if (a < 0)
        a = -a;
    while (b != 0) {
        wide rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Nearly every sum fits a machine word, where a division costs a fraction. */
static struct ratio reduce_word(uint64_t size, uint64_t den, bool is_negative)
{
    uint64_t a = size;
    uint64_t b = den;

    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    size /= a;
    return (struct ratio){is_negative ? -(int64_t)size : (int64_t)size, (int64_t)(den / a)};
}

static struct ratio reduce(wide num, wide den)
{
    wide common;

    if (den == 0)
        return broken;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    if (num <= INT64_MAX && num >= -INT64_MAX && den <= INT64_MAX)
        return den == 1 ? (struct ratio){(int64_t)num, 1}
                        : reduce_word((uint64_t)(num < 0 ? -num : num), (uint64_t)den, num < 0);
    common = gcd(num, den);
    num /= common;
    den /= common;
    if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX)
        return broken;
    return (struct ratio){(int64_t)num, (int64_t)den};
}

struct ratio ratio_make(int64_t num, int64_t den)
{
    return reduce(num, den);
}

bool ratio_is_ok(struct ratio a)
{
    return a.den > 0;
}

struct ratio ratio_add(struct ratio a, struct ratio b)
{
    if (a.den == 0 || b.den == 0)
        return broken;
    return reduce((wide)a.num * b.den + (wide)b.num * a.den, (wide)a.den * b.den);
}

struct ratio ratio_subtract(struct ratio a, struct ratio b)
{
    b.num = -b.num;
    return ratio_add(a, b);
}

struct ratio ratio_multiply(struct ratio a, struct ratio b)
{
    if (a.den == 0 || b.den == 0)
        return broken;
    return reduce((wide)a.num * b.num, (wide)a.den * b.den);
}

struct ratio ratio_divide(struct ratio a, struct ratio b)
{
    if (a.den == 0 || b.den == 0 || b.num == 0)
        return broken;
    return reduce((wide)a.num * b.den, (wide)a.den * b.num);
}

struct ratio ratio_multiply_rounded(struct ratio a, struct ratio b, unsigned decimals)
{
    const wide room = (wide)1 << 120; /* what may be multiplied by ten */
    bool is_negative = (a.num < 0) != (b.num < 0);
    wide power = 1;
    wide value;
    wide rest;
    wide den;
    unsigned i;

    BUG_IF(decimals > 12);
    if (a.den == 0 || b.den == 0)
        return broken;
    rest = (wide)(a.num < 0 ? -a.num : a.num) * (b.num < 0 ? -b.num : b.num);
    den = (wide)a.den * b.den;
    value = rest / den;
    rest %= den;
    for (; den > room; den /= 2)
        rest /= 2;
    for (i = 0; i < decimals; i++, power *= 10) {
        if (value > room)
            return broken;
        value = value * 10 + rest * 10 / den;
        rest = rest * 10 % den;
    }
    value += 2 * rest >= den;
    return reduce(is_negative ? -value : value, power);
}

int ratio_compare(struct ratio a, struct ratio b)
{
    wide left = (wide)a.num * b.den;
    wide right = (wide)b.num * a.den;

    BUG_IF(a.den <= 0 || b.den <= 0);
    return (left > right) - (left < right);
}

double ratio_to_double(struct ratio a)
{
    return (double)a.num / (double)a.den;
}

static bool is_digit_at(struct str text, size_t i)
{
    return i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
}

bool ratio_parse(struct str text, struct ratio *ret_value)
{
    struct str rest = text;
    struct str first;
    int64_t num;
    int64_t den = 1;
    size_t i;

    if (!str_split(&rest, '/', &first))
        return false;
    if (rest.ptr) {
        if (!is_digit_at(first, first.len > 0 && first.ptr[0] == '-') || !is_digit_at(rest, 0) ||
            !str_to_int64(first, &num) || !str_to_int64(rest, &den) || den == 0)
            return false;
    } else {
        char digits[32];
        size_t count = 0;
        bool point = false;

        for (i = 0; i < text.len; i++) {
            char c = text.ptr[i];

            if (c == '.' && !point && i > 0 && is_digit_at(text, i - 1)) {
                point = true;
                continue;
            }
            if (count == sizeof digits || ((c < '0' || c > '9') && !(i == 0 && c == '-')))
                return false;
            if (point && den > INT64_MAX / 10)
                return false;
            if (point)
                den *= 10;
            digits[count++] = c;
        }
        if (text.len == 0 || text.ptr[text.len - 1] == '.' ||
            !str_to_int64((struct str){digits, count}, &num))
            return false;
    }
    *ret_value = ratio_make(num, den);
    return ratio_is_ok(*ret_value);
}

/* Beyond 64 bits printf has no form. */
static void add_wide(struct buf *out, wide value)
{
    static const int64_t billions = 1000000000000000000;

    if (value > INT64_MAX)
        buf_printf(out, "%" PRId64 "%018" PRId64, (int64_t)(value / billions),
                   (int64_t)(value % billions));
    else
        buf_printf(out, "%" PRId64, (int64_t)value);
}

void ratio_format_decimal(struct ratio a, int64_t scale, unsigned digits, struct buf *out)
{
    wide power = 1;
    wide value;
    unsigned i;

    BUG_IF(a.den <= 0 || digits > 9 || scale <= 0 || scale > 1000000000);
    for (i = 0; i < digits; i++)
        power *= 10;
    value = (wide)(a.num < 0 ? -a.num : a.num) * scale * power;
    value = (2 * value + a.den) / (2 * (wide)a.den);
    if (a.num < 0 && value != 0)
        buf_add_char(out, '-');
    add_wide(out, value / power);
    if (digits > 0)
        buf_printf(out, ".%0*" PRId64, (int)digits, (int64_t)(value % power));
}

void ratio_format(struct ratio a, struct buf *out)
{
    if (a.den == 1)
        buf_printf(out, "%" PRId64, a.num);
    else
        buf_printf(out, "%" PRId64 "/%" PRId64, a.num, a.den);
}
