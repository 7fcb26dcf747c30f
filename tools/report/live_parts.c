#include <stdarg.h>

#include "report/live.h"

/* Parts of a weight for one, two and three letters are whole numbers of units. */
static const int64_t LETTER_PARTS = 6;
/* Weights have at most four decimals. */
static const int64_t WEIGHT_PARTS = 10000;
/* 200 * 10 * sum + sum is the largest number there is; it must stay below 2^53. */
static const double LARGEST_SUM = 4e12;

/* A text in a formula has at most 255 characters; some of these are shown with eight for three. */
enum { LITERAL_BYTES = 90 };

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

int64_t live_scale(const struct report *report)
{
    int64_t scale = 1;
    double sum = 0;
    size_t i;

    for (i = 0; i < report->result->question_count; i++) {
        struct ratio weight = report->result->questions[i].question.weight;
        int64_t factor = weight.den / common_divisor(scale, weight.den);

        if (factor > WEIGHT_PARTS / scale)
            scale = WEIGHT_PARTS;
        else
            scale *= factor;
        sum += ratio_to_double(weight);
    }
    while (scale > 1 && sum * (double)(scale * LETTER_PARTS) > LARGEST_SUM)
        scale /= 10;
    return (scale > 1 ? scale : 1) * LETTER_PARTS;
}

double live_units(int64_t scale, struct ratio weight)
{
    struct ratio units = ratio_multiply(weight, ratio_make(scale, 1));

    return ratio_is_ok(units) ? ratio_to_double(units) : ratio_to_double(weight) * (double)scale;
}

struct str live_key(struct report *report, enum index_kind kind, int letter)
{
    buf_add_text(&report->scratch, index_name(kind));
    if (letter >= 0)
        buf_printf(&report->scratch, "-%c", 'a' + letter);
    return report_keep(report);
}

struct str live_section_key(struct report *report, enum index_kind kind, struct str section)
{
    buf_printf(&report->scratch, "%s/%.*s", index_name(kind), STR_ARG(section));
    return report_keep(report);
}

/* Not between the bytes of a character, but within what a workbook would take for an escape. */
static size_t literal_part(struct str text)
{
    size_t len = text.len < LITERAL_BYTES ? text.len : LITERAL_BYTES;
    size_t i;

    for (i = 0; i + 1 < len; i++)
        if (text.ptr[i] == '_' && (text.ptr[i + 1] == 'x' || text.ptr[i + 1] == 'X'))
            return i + 1;
    while (len > 1 && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    return len;
}

void live_literal(struct buf *out, struct str text)
{
    do {
        struct str part = {text.ptr, literal_part(text)};

        buf_add_char(out, '"');
        buf_add_doubled(out, part, '"');
        buf_add_char(out, '"');
        text.ptr += part.len;
        text.len -= part.len;
        if (text.len)
            buf_add_char(out, '&');
    } while (text.len);
}

void live_say(struct report *report, enum word word)
{
    live_literal(&report->scratch, report_say(report, word));
}

void live_fill(struct report *report, enum word word, unsigned count, ...)
{
    struct str rest = report_say(report, word);
    struct buf *out = &report->scratch;
    bool first = true;
    va_list list;
    size_t i;

    va_start(list, count);
    while (rest.len > 0) {
        for (i = 0; i + 1 < rest.len && !(rest.ptr[i] == '%' && rest.ptr[i + 1] == 's'); i++)
            ;
        if (i + 1 >= rest.len)
            i = rest.len;
        if (i > 0) {
            buf_add_text(out, first ? "" : "&");
            live_literal(out, (struct str){rest.ptr, i});
            first = false;
        }
        if (i == rest.len)
            break;
        if (count > 0) {
            buf_add_text(out, first ? "" : "&");
            buf_add_text(out, va_arg(list, const char *));
            first = false;
            count--;
        }
        rest.ptr += i + 2;
        rest.len -= i + 2;
    }
    va_end(list);
}

/* Tenths of a per cent, half away from zero: whole numbers only, so that no program's way of
   writing decimals, which follows the reader's country, has a say. */
struct str live_percent(struct report *report, int scale, const char *num, const char *den)
{
    struct buf *out = &report->scratch;
    struct str tenths;

    buf_printf(out, "INT((%d*%s+%s)/(2*%s))", 20 * scale, num, den, den);
    tenths = report_keep(report);
    buf_printf(out, "INT(%.*s/10)&\"%c\"&MOD(%.*s,10)&\" %%\"", STR_ARG(tenths),
               report->lang == LANG_IT ? ',' : '.', STR_ARG(tenths));
    return report_keep(report);
}

/* Below a million, as no checklist has more questions. */
struct str live_count(struct report *report, const char *number)
{
    buf_printf(&report->scratch, "IF(%s<1000,\"\"&%s,INT(%s/1000)&\"%c\"&RIGHT(\"00\"&MOD(%s,1000),3))",
               number, number, number, report->lang == LANG_IT ? '.' : ',', number);
    return report_keep(report);
}
