#include "report/report_parts.h"

#include <stdarg.h>
#include <string.h>

#include "page/number.h"

enum status report_open(struct report *report, struct arena *arena, const struct evidence *evidence,
                        const struct result *result, enum lang lang, struct diag *diag)
{
    struct str zone = evidence->audit.zone;

    memset(report, 0, sizeof *report);
    report->arena = arena;
    report->evidence = evidence;
    report->result = result;
    report->lang = lang;
    buf_init(&report->scratch, SIZE_MAX / 2);
    report->book = book_new(arena, lang);
    if (!report->book)
        return diag_no_memory(diag);
    return zone.len ? zone_load(zone, diag, &report->zone) : STATUS_OK;
}

void report_close(struct report *report)
{
    zone_free(report->zone);
    buf_done(&report->scratch);
}

struct str report_say(const struct report *report, enum word word)
{
    return say(word, report->lang);
}

struct str report_calendar(struct report *report)
{
    const struct evidence_document *calendar = evidence_calendar(report->evidence);

    if (!calendar)
        return STR("24x7");
    buf_add(&report->scratch, calendar->id);
    if (calendar->patron.len)
        buf_printf(&report->scratch, " (%.*s)", STR_ARG(calendar->patron));
    return report_keep(report);
}

struct str report_keep(struct report *report)
{
    struct str text = {NULL, 0};

    if (!report->scratch.failed)
        text = arena_str(report->arena, report->scratch.len ? buf_str(&report->scratch) : STR(""));
    if (!text.ptr)
        report->book->failed = true;
    buf_clear(&report->scratch);
    return text;
}

struct str report_fill(struct report *report, enum word word, unsigned count, ...)
{
    struct str template = report_say(report, word);
    struct buf *out = &report->scratch;
    va_list list;
    size_t i;

    va_start(list, count);
    for (i = 0; i < template.len; i++) {
        if (template.ptr[i] == '%' && i + 1 < template.len && template.ptr[i + 1] == 's') {
            if (count > 0) {
                buf_add(out, va_arg(list, struct str));
                count--;
            }
            i++;
        } else {
            buf_add_char(out, template.ptr[i]);
        }
    }
    va_end(list);
    return report_keep(report);
}

struct str report_count(struct report *report, uint64_t n)
{
    number_add(&report->scratch, (double)n, 0, report->lang);
    return report_keep(report);
}

struct str join_name(struct report *report, const struct ledger_join *join)
{
    buf_add(&report->scratch, join->kind);
    buf_add_char(&report->scratch, '.');
    buf_add(&report->scratch, join->field);
    return report_keep(report);
}

struct str report_share(struct report *report, double share)
{
    number_add_share(&report->scratch, share, 1, report->lang);
    return report_keep(report);
}

struct str report_percent(struct report *report, struct ratio share)
{
    struct buf *out = &report->scratch;
    size_t i;

    ratio_format_decimal(share, 100, 1, out);
    for (i = 0; i < out->len && report->lang == LANG_IT; i++)
        if (out->bytes[i] == '.')
            out->bytes[i] = ',';
    buf_add_text(out, " %");
    return report_keep(report);
}

struct str report_value(struct report *report, struct str unit, double value)
{
    number_add_value(&report->scratch, unit, value, report->lang);
    return report_keep(report);
}

struct str report_sha256(struct report *report, const struct sha256 *sum)
{
    struct sha256_text text = digest_text(sum);

    buf_add_text(&report->scratch, text.hex);
    return report_keep(report);
}

struct str report_letters(struct report *report, unsigned letters)
{
    unsigned i;

    for (i = 0; i < LETTER_COUNT; i++) {
        if ((letters >> i & 1) == 0)
            continue;
        if (report->scratch.len)
            buf_add_text(&report->scratch, ", ");
        buf_add_char(&report->scratch, (char)('a' + i));
    }
    return report_keep(report);
}

struct local report_local(const struct report *report, struct instant instant)
{
    if (instant_is_missing(instant))
        return (struct local){INSTANT_MISSING.us};
    return zone_local(report->zone ? report->zone : zone_utc(), instant);
}

struct str report_date(struct report *report, struct instant instant)
{
    number_add_date(&report->scratch, report_local(report, instant), report->lang);
    return report_keep(report);
}

struct str report_instant(struct report *report, struct instant instant)
{
    number_add_instant(&report->scratch, report_local(report, instant), report->lang);
    return report_keep(report);
}

struct str report_period(struct report *report)
{
    const struct evidence_audit *audit = &report->evidence->audit;
    bool has_start = !instant_is_missing(audit->period_start);
    bool has_end = !instant_is_missing(audit->period_end);
    struct str start = has_start ? report_date(report, audit->period_start) : STR("");
    /* the end is exclusive; people write the last day */
    struct instant last = {has_end ? audit->period_end.us - 1 : 0};
    struct str end = has_end ? report_date(report, last) : STR("");

    if (has_start && has_end)
        return report_fill(report, WORD_PERIOD_BOTH, 2, start, end);
    if (has_start)
        return report_fill(report, WORD_PERIOD_FROM, 1, start);
    if (has_end)
        return report_fill(report, WORD_PERIOD_TO, 1, end);
    return report_say(report, WORD_PERIOD_ALL);
}

struct local report_day(struct str text)
{
    struct civil civil = {.hour = 0};
    struct local none = {INSTANT_MISSING.us};
    int64_t parts[3];
    struct str rest = text;
    struct str part;
    size_t i;

    for (i = 0; i < 3; i++)
        if (!str_split(&rest, '-', &part) || !str_to_int64(part, &parts[i]) || parts[i] < 1 ||
            parts[i] > 9999)
            return none;
    civil.year = (int)parts[0];
    civil.month = (unsigned)parts[1];
    civil.day = (unsigned)parts[2];
    return !rest.ptr && civil_is_valid(&civil) ? local_from_civil(&civil) : none;
}

struct str document_text(struct report *report, const struct evidence_document *document)
{
    struct str title = words_in(&document->title, report->lang);

    return title.len ? title : document->name.len ? document->name : document->id;
}
