#include "report/log_rules_text.h"

#include "base/mem.h"
#include "report/text_table.h"

/* Rules that a sentence names. */
enum { LINE_RULES = 6, LINE_BYTES = 1 << 16 };
/* Columns of the table: names of rules, places. */
enum { RULE_LEAST = 12, RULE_MOST = 40, PLACE = 14 };

/* --- a table --- */

static struct str rule_label(struct report *report, const struct accounting_rule *rule)
{
    return rule->is_used ? rule->name
                         : report_fill(report, WORD_LOG_LABEL_LEFT, 1, rule->name);
}

static size_t label_columns(struct report *report, const struct accounting *source)
{
    size_t columns = text_columns(report_say(report, WORD_LOG_TERM_RULE));
    size_t i;

    columns = columns < RULE_LEAST ? RULE_LEAST : columns;
    i = text_columns(say_raw(STR("no-rule"), report->lang));
    columns = i > columns ? i : columns;
    for (i = 0; i < source->rule_count; i++) {
        size_t width = text_columns(rule_label(report, &source->rules[i]));

        columns = width > columns ? width : columns;
    }
    return columns > RULE_MOST ? RULE_MOST : columns;
}

static void add_label(struct buf *out, struct str label, size_t columns)
{
    buf_add_text(out, "  ");
    buf_add(out, label);
    text_pad(out, text_columns(label), columns);
}

static void add_lines(struct report *report, struct buf *out, uint64_t n, uint64_t first,
                      uint64_t last)
{
    static const struct str dash = STR_INIT("\xE2\x80\x93");

    text_right(out, report_count(report, n), TEXT_COUNT);
    text_right(out, n ? report_count(report, first) : dash, PLACE);
    text_right(out, n && last ? report_count(report, last) : dash, PLACE);
}

static void add_rule(struct report *report, const struct accounting_rule *rule, size_t columns,
                     struct buf *out)
{
    add_label(out, rule_label(report, rule), columns);
    add_lines(report, out, rule->n, rule->first.line, rule->last.line);
    if (rule->limits) {
        buf_add_text(out, "  ");
        buf_add(out, report_fill(report,
                                 rule->has_stopped ? WORD_LOG_TERM_STOPPED : WORD_LOG_TERM_LIMITS,
                                 1, report_count(report, rule->limits)));
    }
    buf_add_char(out, '\n');
}

static const struct accounting_reason *unknown_entries(const struct accounting *source)
{
    size_t i;

    for (i = 0; i < source->reason_count; i++)
        if (str_is(source->reasons[i].reason, "no-rule"))
            return &source->reasons[i];
    return NULL;
}

void rules_text(struct report *report, const struct accounting *source, struct buf *out)
{
    const struct accounting_reason *unknown = unknown_entries(source);
    size_t columns;
    size_t i;

    if (source->rule_count == 0)
        return;
    columns = label_columns(report, source);
    add_label(out, report_say(report, WORD_LOG_TERM_RULE), columns);
    text_right(out, report_say(report, WORD_LOG_TERM_ENTRIES), TEXT_COUNT);
    text_right(out, report_say(report, WORD_LOG_TERM_FIRST), PLACE);
    text_right(out, report_say(report, WORD_LOG_TERM_LAST), PLACE);
    buf_add_char(out, '\n');
    for (i = 0; i < source->rule_count; i++)
        add_rule(report, &source->rules[i], columns, out);
    add_label(out, say_raw(STR("no-rule"), report->lang), columns);
    add_lines(report, out, unknown ? unknown->n : 0, unknown ? unknown->first[0].line : 0, 0);
    buf_add_char(out, '\n');
}

/* --- a source --- */

/* Times that were read otherwise than written. */
static void add_times(struct report *report, const struct accounting *source, struct buf *out)
{
    const struct {
        uint64_t n;
        enum word what;
    } times[] = {{source->years_found, WORD_TIME_NO_YEAR},
                 {source->year_turns, WORD_TIME_YEAR_TURNS},
                 {source->times_gap, WORD_TIME_GAP},
                 {source->times_twice, WORD_TIME_TWICE},
                 {source->digits_dropped, WORD_TIME_DIGITS}};
    size_t i;

    for (i = 0; i < ARRAY_LEN(times); i++) {
        if (times[i].n == 0)
            continue;
        buf_add_text(out, "  ");
        buf_add(out, report_say(report, times[i].what));
        buf_add_text(out, ": ");
        buf_add(out, report_count(report, times[i].n));
        buf_add_char(out, '\n');
    }
}

void source_text(struct report *report, const struct accounting *source, struct buf *out)
{
    buf_add_visible(out, source->identity.name, 200);
    buf_add_text(out, "\n  ");
    buf_add(out, report_fill(report, WORD_SUM_ACCOUNT, 5, report_count(report, source->rows_read),
                             report_count(report, source->rows_used),
                             report_count(report, source->rows_filtered),
                             report_count(report, source->rows_rejected),
                             report_count(report, source->cases)));
    buf_add_text(out, "\n  ");
    buf_add_visible(out, source->dialect, 100);
    buf_printf(out, "; sha256 %s\n", digest_text(&source->identity.sha256).hex);
    if (source->is_partial)
        text_line(out, report_say(report, WORD_PARTIAL));
    add_times(report, source, out);
    rules_text(report, source, out);
}

/* --- a sentence --- */

/* The number of a rule by how much it took, those with as much in the order of the map. */
static size_t rule_of_rank(const struct accounting *source, size_t rank)
{
    size_t i;
    size_t k;

    for (i = 0; i < source->rule_count; i++) {
        size_t before = 0;

        for (k = 0; k < source->rule_count; k++)
            before += source->rules[k].n > source->rules[i].n ||
                      (source->rules[k].n == source->rules[i].n && k < i);
        if (before == rank)
            break;
    }
    return i;
}

struct str rules_line(struct report *report, const struct accounting *source)
{
    const struct accounting_reason *unknown = unknown_entries(source);
    struct str kept = {NULL, 0};
    struct buf out;
    size_t met = 0;
    size_t i;

    if (source->rule_count == 0)
        return kept;
    buf_init(&out, LINE_BYTES);
    for (i = 0; i < source->rule_count; i++)
        met += source->rules[i].n > 0;
    for (i = 0; i < met && i < LINE_RULES; i++) {
        const struct accounting_rule *rule = &source->rules[rule_of_rank(source, i)];

        buf_add_text(&out, i ? ", " : "");
        buf_add(&out, rule->name);
        buf_add_char(&out, ' ');
        buf_add(&out, report_count(report, rule->n));
    }
    if (met > LINE_RULES) {
        buf_add_text(&out, ", ");
        buf_add(&out, report_fill(report, WORD_LOG_MORE, 1, report_count(report, met - LINE_RULES)));
    }
    if (met < source->rule_count) {
        buf_add_text(&out, met ? "; " : "");
        buf_add(&out, report_fill(report, WORD_LOG_MET_NONE, 2,
                                  report_count(report, source->rule_count - met),
                                  report_count(report, source->rule_count)));
    }
    if (unknown) {
        buf_add_text(&out, "; ");
        buf_add(&out, say_raw(unknown->reason, report->lang));
        buf_add_text(&out, ": ");
        buf_add(&out, report_count(report, unknown->n));
    }
    kept = arena_str(report->arena, buf_str(&out));
    report->book->failed |= out.failed || !kept.ptr;
    buf_done(&out);
    return kept;
}
