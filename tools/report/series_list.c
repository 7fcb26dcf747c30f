#include <math.h>

#include "report/series.h"

static size_t rows_of(const struct figure *figure)
{
    return 1 + figure->series_count + figure->bin_count;
}

void series_collect(struct report *report)
{
    const struct evidence *evidence = report->evidence;
    size_t count = evidence->figure_count;
    size_t row = 0;
    size_t i;
    size_t k;

    for (i = 0; i < evidence->figure_count; i++)
        count += evidence->figures[i].breakdown_count;
    report->entries = arena_alloc(report->arena, count, sizeof *report->entries);
    if (!report->entries) {
        report->book->failed = true;
        return;
    }
    for (i = 0; i < evidence->figure_count; i++) {
        const struct figure *top = &evidence->figures[i];

        report->entries[report->entry_count++] = (struct series_entry){top, top, row};
        row += rows_of(top);
        for (k = 0; k < top->breakdown_count; k++) {
            report->entries[report->entry_count++] =
                (struct series_entry){top, &top->breakdown[k], row};
            row += rows_of(&top->breakdown[k]);
        }
    }
}

bool series_is_there(const struct report *report)
{
    size_t i;

    for (i = 0; i < report->entry_count; i++)
        if (rows_of(report->entries[i].figure) > 1)
            return true;
    return false;
}

bool series_can_be_drawn(const struct figure *figure)
{
    size_t periods = 0;
    size_t i;

    for (i = 0; i < figure->series_count; i++)
        periods += isnan(figure->series[i].value) ? 0u : 1u;
    return periods >= 2;
}

bool series_has_chart(const struct figure *figure)
{
    return figure->chart.kind.len > 0;
}

uint64_t series_signals(const struct report *report, uint64_t *ret_unanswered)
{
    uint64_t signals = 0;
    size_t i;

    *ret_unanswered = 0;
    for (i = 0; i < report->entry_count; i++) {
        signals += report->entries[i].figure->chart.signals;
        *ret_unanswered += report->entries[i].figure->chart.unanswered;
    }
    return signals;
}

/* Keys are "2025-03", "2025-W09", "2025-Q1". */
enum word series_grid(const struct figure *figure)
{
    struct str key = figure->series_count ? figure->series[0].key : STR("");

    if (key.len > 5 && key.ptr[5] == 'W')
        return WORD_CHART_WEEK;
    if (key.len > 5 && key.ptr[5] == 'Q')
        return WORD_CHART_QUARTER;
    return WORD_CHART_MONTH;
}

struct str series_title(struct report *report, const struct series_entry *entry)
{
    struct str title = figure_title(report, entry->top);

    if (entry->figure == entry->top)
        return title;
    buf_add(&report->scratch, title);
    buf_add_text(&report->scratch, ", ");
    buf_add(&report->scratch,
            entry->figure->key.len ? entry->figure->key : report_say(report, WORD_TERM_NO_KEY));
    return report_keep(report);
}

struct str series_anchor(struct report *report, const struct series_entry *entry,
                         const struct figure *period)
{
    buf_add(&report->scratch, entry->top->id);
    if (entry->figure != entry->top) {
        buf_add_char(&report->scratch, '/');
        buf_add(&report->scratch, entry->figure->by);
        buf_add_char(&report->scratch, '/');
        buf_add(&report->scratch, entry->figure->key);
    }
    buf_add_char(&report->scratch, '/');
    buf_add(&report->scratch, period->key);
    return report_keep(report);
}
