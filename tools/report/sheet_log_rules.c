/* What the rules of text logs took: each with its first entries, and what no rule knows. */
#include "page/house.h"
#include "report/report_parts.h"

/* Bytes of what one entry held. */
enum { SHEET_TEXT_BYTES = 1 << 16 };

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "rule", report_say(report, WORD_COL_LOG_RULE), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "row", report_say(report, WORD_COL_LOG_ROW), CELL_TEXT, WIDTH_WORD)->help =
        report_say(report, WORD_HELP_LOG_ROW);
    sheet_column(sheet, "n", report_say(report, WORD_COL_LOG_ENTRIES), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "share", report_say(report, WORD_COL_SHARE),
                 CELL_SHARE, WIDTH_COUNT)->decimals = 2;
    sheet_column(sheet, "line", report_say(report, WORD_COL_LOG_LINE), CELL_INTEGER, WIDTH_NUMBER);
    sheet_column(sheet, "byte", report_say(report, WORD_COL_LOG_BYTE), CELL_INTEGER, WIDTH_NUMBER);
    sheet_column(sheet, "last-line", report_say(report, WORD_COL_LOG_LAST_LINE), CELL_INTEGER,
                 WIDTH_NUMBER);
    sheet_column(sheet, "last-byte", report_say(report, WORD_COL_LOG_LAST_BYTE), CELL_INTEGER,
                 WIDTH_NUMBER);
    sheet_column(sheet, "limits", report_say(report, WORD_COL_LOG_LIMITS),
                 CELL_INTEGER, WIDTH_COUNT)->help = report_say(report, WORD_HELP_LOG_LIMITS);
    sheet_column(sheet, "state", report_say(report, WORD_COL_STATE), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "held", report_say(report, WORD_COL_LOG_HELD), CELL_TEXT, WIDTH_TEXT)->help =
        report_say(report, WORD_HELP_LOG_HELD);
}

static void begin_row(struct sheet *sheet, const struct accounting *source, struct str rule)
{
    sheet_row(sheet);
    sheet_text(sheet, source->identity.name);
    sheet_link(sheet, "sources", source->identity.name);
    sheet_text(sheet, rule);
}

static void add_count(struct sheet *sheet, uint64_t n, uint64_t of)
{
    sheet_integer(sheet, n);
    if (of)
        sheet_share(sheet, (double)n / (double)of);
    else
        sheet_blank(sheet);
}

static void add_blanks(struct sheet *sheet, size_t count)
{
    for (; count > 0; count--)
        sheet_blank(sheet);
}

static void add_place(struct sheet *sheet, uint64_t line, uint64_t offset)
{
    sheet_integer(sheet, line);
    sheet_integer(sheet, offset);
}

static void add_state(struct report *report, struct sheet *sheet, enum word word, enum level level)
{
    sheet_text(sheet, report_say(report, word));
    sheet_level(sheet, level);
}

/* --- rules --- */

/* "time: 09:40; ticket: 17; text: (34 characters)" */
static struct str held_text(struct report *report, const struct accounting_hit *hit)
{
    struct str kept;
    struct buf out;
    size_t i;

    buf_init(&out, SHEET_TEXT_BYTES);
    for (i = 0; i < hit->capture_count; i++) {
        const struct accounting_capture *capture = &hit->captures[i];

        buf_add_text(&out, i ? "; " : "");
        buf_add(&out, capture->column);
        buf_add_text(&out, ": ");
        if (capture->kind == CAPTURE_KEPT_OUT)
            buf_add(&out, report_fill(report, WORD_LOG_KEPT_OUT, 1,
                                      report_count(report, capture->length)));
        else
            buf_add(&out, capture->value);
    }
    kept = arena_str(report->arena, buf_str(&out));
    report->book->failed |= out.failed;
    buf_done(&out);
    return kept;
}

static void add_hit(struct report *report, struct sheet *sheet, const struct accounting *source,
                    const struct accounting_rule *rule, size_t number)
{
    const struct accounting_hit *hit = &rule->hits[number];

    begin_row(sheet, source, rule->name);
    sheet_text(sheet, report_fill(report, WORD_LOG_ROW_HIT, 1, report_count(report, number + 1)));
    add_blanks(sheet, 2);
    add_place(sheet, hit->line, hit->offset);
    add_blanks(sheet, 4);
    sheet_text(sheet, held_text(report, hit));
}

static void add_rule_state(struct report *report, struct sheet *sheet,
                           const struct accounting_rule *rule)
{
    if (rule->has_stopped)
        add_state(report, sheet, WORD_LOG_STOPPED, LEVEL_BAD);
    else if (rule->limits)
        add_state(report, sheet, WORD_LOG_PARTIAL, LEVEL_BAD);
    else if (rule->n == 0)
        add_state(report, sheet, WORD_LOG_NEVER, LEVEL_NONE);
    else
        add_state(report, sheet, WORD_LOG_RULE_WHOLE, LEVEL_GOOD);
}

static void add_rule(struct report *report, struct sheet *sheet, const struct accounting *source,
                     size_t number)
{
    const struct accounting_rule *rule = &source->rules[number];
    size_t i;

    begin_row(sheet, source, rule->name);
    if (number == 0)
        sheet_anchor(sheet, source->identity.name);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, report_say(report, rule->is_used ? WORD_LOG_ROW_USED : WORD_LOG_ROW_LEFT));
    add_count(sheet, rule->n, source->rows_read);
    if (rule->n) {
        add_place(sheet, rule->first.line, rule->first.offset);
        add_place(sheet, rule->last.line, rule->last.offset);
    } else {
        add_blanks(sheet, 4);
    }
    sheet_integer(sheet, rule->limits);
    add_rule_state(report, sheet, rule);
    sheet_text(sheet, rule->is_filtered ? (struct str){NULL, 0}
                                        : report_say(report, WORD_LOG_UNFILTERED));
    for (i = 0; i < rule->hit_count; i++)
        add_hit(report, sheet, source, rule, i);
}

/* --- entries that no rule took --- */

static void add_unknown(struct report *report, struct sheet *sheet, const struct accounting *source,
                        const struct accounting_reason *reason)
{
    struct str name = say_raw(reason->reason, report->lang);
    size_t i;

    begin_row(sheet, source, name);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, report_say(report, WORD_LOG_ROW_LEFT));
    add_count(sheet, reason->n, source->rows_read);
    add_blanks(sheet, 5);
    add_state(report, sheet, WORD_LOG_UNKNOWN, LEVEL_WATCH);
    sheet_blank(sheet);
    for (i = 0; i < reason->first_count; i++) {
        begin_row(sheet, source, name);
        sheet_text(sheet, report_fill(report, WORD_LOG_ROW_HIT, 1, report_count(report, i + 1)));
        add_blanks(sheet, 2);
        add_place(sheet, reason->first[i].line, reason->first[i].offset);
        add_blanks(sheet, 4);
        sheet_text(sheet, reason->first[i].text);
    }
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;
    size_t k;

    add_columns(report, sheet);
    sheet->frozen_columns = 2;
    sheet->is_one_wide = true;
    for (i = 0; i < evidence->source_count; i++) {
        const struct accounting *source = &evidence->sources[i];

        for (k = 0; k < source->rule_count; k++)
            add_rule(report, sheet, source, k);
        for (k = 0; k < source->reason_count && source->rule_count; k++)
            if (str_is(source->reasons[k].reason, "no-rule"))
                add_unknown(report, sheet, source, &source->reasons[k]);
    }
}

static bool has_data(const struct report *report)
{
    size_t i;

    for (i = 0; i < report->evidence->source_count; i++)
        if (report->evidence->sources[i].rule_count)
            return true;
    return false;
}

extern const struct sheet_kind sheet_log_rules;
const struct sheet_kind sheet_log_rules = {
    .id = "log-rules", .name = WORD_SHEET_LOG_RULES, .has_data = has_data, .build = build};
