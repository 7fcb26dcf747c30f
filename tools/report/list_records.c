/* Kinds of the four lists that look at more than one figure, or at the result. */
#include <math.h>

#include "report/action_text.h"
#include "report/four_lists.h"
#include "report/series.h"

/* --- signals of control charts --- */

static bool waits(const struct figure *figure, const struct figure *period)
{
    return series_has_chart(figure) && period->signal.len && !period->reaction.len;
}

static void add_signal(struct report *report, struct list_kind *kind,
                       const struct series_entry *entry, const struct figure *period)
{
    struct str title = series_title(report, entry);
    struct str value = report_value(report, entry->top->unit, period->value);
    struct str signal = signal_text(report, entry, period, /* with_limit= */ true);

    kind->items[kind->item_count++] = (struct list_item){
        .what = period->key,
        .details = report_fill(report, WORD_LIST_SIGNALS_LINE, 3, title, value, signal),
        .sheet = "series",
        .key = series_anchor(report, entry, period)};
}

/* What somebody asked for before the rest, what happened last first, then as in the ledger. */
static bool is_before(const struct series_entry *a, const struct figure *a_period,
                      const struct series_entry *b, const struct figure *b_period)
{
    bool a_has_target = !isnan(a->figure->target);
    bool b_has_target = !isnan(b->figure->target);

    if (a_has_target != b_has_target)
        return a_has_target;
    return str_compare(a_period->key, b_period->key) > 0;
}

struct waiting {
    const struct series_entry *entry;
    const struct figure *period;
};

static size_t find_waiting(const struct report *report, struct waiting *list)
{
    size_t count = 0;
    size_t i;
    size_t k;

    for (i = 0; i < report->entry_count; i++) {
        const struct series_entry *entry = &report->entries[i];

        for (k = 0; k < entry->figure->series_count; k++) {
            const struct figure *period = &entry->figure->series[k];
            size_t at = count;

            if (!waits(entry->figure, period))
                continue;
            for (; list && at > 0 &&
                   is_before(entry, period, list[at - 1].entry, list[at - 1].period);
                 at--)
                list[at] = list[at - 1];
            if (list)
                list[at] = (struct waiting){entry, period};
            count++;
        }
    }
    return count;
}

static size_t count_charts(const struct report *report)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < report->entry_count; i++)
        count += series_has_chart(report->entries[i].figure);
    return count;
}

void collect_chart_signals(struct report *report, struct list_kind *kind)
{
    size_t charts = count_charts(report);
    size_t count = find_waiting(report, NULL);
    struct waiting *list = arena_alloc(report->arena, count ? count : 1, sizeof *list);
    uint64_t unanswered;
    size_t i;

    kind->of = series_signals(report, &unanswered);
    kind->nothing =
        charts == 0 ? report_say(report, WORD_LIST_SIGNALS_NO_CHART)
        : kind->of  ? report_fill(report, WORD_LIST_SIGNALS_ANSWERED, 1,
                                  report_count(report, kind->of))
                    : report_fill(report, WORD_LIST_SIGNALS_NONE, 1, report_count(report, charts));
    if (charts == 0)
        return;
    kind->count = unanswered;
    kind->standing = unanswered ? KIND_FOUND : KIND_NONE;
    if (!list || !list_kind_room(report, kind, count)) {
        report->book->failed = true;
        return;
    }
    find_waiting(report, list);
    for (i = 0; i < count; i++)
        add_signal(report, kind, list[i].entry, list[i].period);
}

/* --- actions --- */

static void add_overdue(struct report *report, struct list_kind *kind, const struct action *action)
{
    int64_t days = action_days_overdue(report, action);

    if (days <= 0)
        return;
    kind->items[kind->item_count++] = (struct list_item){
        .what = action->id,
        .details =
            report_fill(report, WORD_LISTED_DAYS, 1, report_count(report, (uint64_t)days)),
        .sheet = "capa",
        .key = action->id};
}

/* Without a plan of actions nobody can say which is missing. */
void collect_open_actions(struct report *report, struct list_kind *kind)
{
    const struct result *result = report->result;
    size_t i;

    kind->nothing = report_say(report, result && result->action_count ? WORD_LIST_RISKS_NONE
                                                                      : WORD_LIST_RISKS_NO_PLAN);
    if (!result || result->action_count == 0 ||
        !list_kind_room(report, kind, result->action_count + result->question_count))
        return;
    for (i = 0; i < result->action_count; i++)
        add_overdue(report, kind, &result->actions[i]);
    for (i = 0; i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        if (result_lacks_action(result, item))
            kind->items[kind->item_count++] =
                (struct list_item){.what = item->question.id,
                                   .details = say_grade(item->assessment.grade, report->lang),
                                   .sheet = "checklist",
                                   .key = item->question.id};
    }
    kind->count = kind->item_count;
    kind->standing = kind->count ? KIND_FOUND : KIND_NONE;
}

/* --- segments --- */

/* The difference between best and worst segment, of the metric of a row: "on-time-equity". */
static const struct figure *equity_of(struct report *report, struct str measure, struct str metric)
{
    const struct evidence *evidence = report->evidence;
    struct str variant;
    size_t i;

    buf_printf(&report->scratch, "%.*s-equity", STR_ARG(metric));
    variant = report_keep(report);
    for (i = 0; i < evidence->figure_count; i++)
        if (str_equal(evidence->figures[i].measure, measure) &&
            str_equal(evidence->figures[i].variant, variant))
            return &evidence->figures[i];
    return NULL;
}

static void add_segment(struct report *report, struct list_kind *kind,
                        const struct figure_table *table, size_t number)
{
    const struct figure_cell *cells = table->rows[number].cells;
    size_t segment = table_find_column(table->form, STR("segment"));
    size_t metric = table_find_column(table->form, STR("metric"));
    size_t value = table_find_column(table->form, STR("value"));
    size_t floor = table_find_column(table->form, STR("floor"));
    const struct figure *equity;
    struct str difference;
    struct str share;

    if (segment == table->form->column_count || metric == table->form->column_count ||
        value == table->form->column_count || floor == table->form->column_count ||
        !cells[floor].text.len)
        return;
    equity = equity_of(report, kind->figure->measure, cells[metric].text);
    if (!equity || !(equity->low > 0))
        return;
    difference = report_share(report, equity->value);
    share = report_share(report, cells[value].number);
    kind->items[kind->item_count++] = (struct list_item){
        .what = cells[segment].words ? words_in(cells[segment].words, report->lang)
                                     : cells[segment].text,
        .details = report_fill(report, WORD_LISTED_SEGMENT, 3,
                               say_raw(cells[metric].text, report->lang), share, difference),
        .sheet = table_sheet_id(report, table).ptr,
        .key = table_row_key(report, kind->figure, table, number)};
}

void collect_segments_behind(struct report *report, struct list_kind *kind)
{
    const struct evidence *evidence = report->evidence;
    const struct figure_table *table = NULL;
    size_t i;

    for (i = 0; i < evidence->figure_count && !table; i++) {
        if (!str_is(evidence->figures[i].measure, kind->source->measure))
            continue;
        kind->figure = &evidence->figures[i];
        table = figure_table_find(kind->figure, "segments");
    }
    if (kind->figure)
        kind->nothing = report_say(report, table && table->row_count ? WORD_LIST_SEGMENTS_NONE
                                                                     : WORD_LIST_SEGMENTS_NO_DATA);
    if (!table || table->row_count == 0 || !list_kind_room(report, kind, table->row_count))
        return;
    for (i = 0; i < table->row_count; i++)
        add_segment(report, kind, table, i);
    kind->of = kind->figure->n;
    kind->count = kind->item_count;
    kind->standing = kind->count ? KIND_FOUND : KIND_NONE;
}
