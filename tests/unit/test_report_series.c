/*
 * What reports say by period: service levels, control charts with their signals, the table of
 * trends behind them, and the list of signals on the cover.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/series.h"
#include "report_cells.h"

/* --- service levels --- */

static void a_level_is_a_block_with_its_months_below(void **state)
{
    const struct book *book = build(*state, LANG_EN);
    const struct sheet *sheet = book_find_sheet(book, STR("sla"));
    size_t row;

    assert_true(book_find_row(book, STR("sla"), STR("P1-resolve"), &row));
    assert_int_equal(row, 0); /* in the order of the agreement */
    assert_text(cell_of(book, "sla", 0, "title"), "Priority 1, resolution");
    assert_text(cell_of(book, "sla", 0, "period"), "whole");
    assert_number(cell_of(book, "sla", 0, "time"), CELL_DURATION, 4 * 3600);
    assert_number(cell_of(book, "sla", 0, "wanted"), CELL_SHARE, 0.95);
    assert_number(cell_of(book, "sla", 0, "n"), CELL_INTEGER, 61);
    assert_number(cell_of(book, "sla", 0, "met"), CELL_INTEGER, 50);
    assert_number(cell_of(book, "sla", 0, "breached"), CELL_INTEGER, 11);
    assert_number(cell_of(book, "sla", 0, "open"), CELL_INTEGER, 3);
    assert_number(cell_of(book, "sla", 0, "attainment"), CELL_SHARE, 50.0 / 61);
    assert_text(cell_of(book, "sla", 0, "verdict"), "breached");
    assert_int_equal(cell_of(book, "sla", 0, "verdict")->level, LEVEL_BAD);
    assert_number(cell_of(book, "sla", 0, "periods-met"), CELL_INTEGER, 4);
    assert_number(cell_of(book, "sla", 0, "periods"), CELL_INTEGER, 11);
    assert_text(cell_of(book, "sla", 0, "metric"), "resolution");
    assert_text(cell_of(book, "sla", 0, "type"), "customer");
    assert_text(cell_of(book, "sla", 0, "kind"), "general");
    assert_text(cell_of(book, "sla", 0, "calendar"), "italy-office");
    assert_text(cell_of(book, "sla", 0, "source"), "contract: Contract C-17, annex SLA, par. 4");
    assert_text(cell_of(book, "sla", 1, "level"), "P1-resolve");
    assert_text(cell_of(book, "sla", 1, "period"), "2025-01");
    assert_number(cell_of(book, "sla", 1, "attainment"), CELL_SHARE, 70.0 / 80);
    assert_int_equal(cell_of(book, "sla", 8, "attainment")->type, CELL_BLANK); /* no case */
    assert_int_equal(cell_of(book, "sla", 8, "verdict")->type, CELL_BLANK);
    assert_text(cell_of(book, "sla", 13, "level"), "other-resolve");
    assert_text(cell_of(book, "sla", 13, "verdict"), "met");
    assert_int_equal(cell_of(book, "sla", 13, "verdict")->level, LEVEL_GOOD);
    assert_int_equal(sheet->row_count, 3 * 13);
}

static void computed_and_reported_stand_beside_each_other(void **state)
{
    const struct book *book = build(*state, LANG_IT);
    size_t all = 2 * 13;
    size_t row;

    assert_text(cell_of(book, "sla", all, "level"), "tutti i casi");
    assert_number(cell_of(book, "sla", all, "attainment"), CELL_SHARE, 960.0 / 1075);
    assert_number(cell_of(book, "sla", all, "reported"), CELL_SHARE, 1003.0 / 1075);
    assert_number(cell_of(book, "sla", all, "reported-n"), CELL_INTEGER, 1075);
    assert_number(cell_of(book, "sla", all, "differences"), CELL_INTEGER, 39);
    assert_text(cell_of(book, "sla", all, "reasons"),
                "indicato rispettato, ma concluso in ritardo: 39");
    assert_number(cell_of(book, "sla", all + 3, "reported"), CELL_SHARE, 72.0 / 82);
    assert_number(cell_of(book, "sla", all, "severity-p50"), CELL_NUMBER, 1.42);
    assert_number(cell_of(book, "sla", all, "severity-p90"), CELL_NUMBER, 3.75);
    assert_number(cell_of(book, "sla", all, "over-twice"), CELL_SHARE, 0.2);
    assert_int_equal(cell_of(book, "sla", all, "over-thrice")->type, CELL_BLANK);
    assert_number(cell_of(book, "sla", all, "longest-run"), CELL_INTEGER, 6);
    /* the link leads to the first case that the two see differently */
    assert_true(str_is(cell_of(book, "sla", all, "evidence")->extra->link_key,
                       "EV-002/differences"));
    assert_true(book_find_row(book, STR("evidence"), STR("EV-002/differences"), &row));
    assert_text(cell_of(book, "evidence", row, "case"), "D-0100");
    assert_true(str_is(cell_of(book, "sla", 0, "evidence")->extra->link_sheet, "metrics"));
}

static void what_the_source_says_stands_alone_without_the_other(void **state)
{
    struct report_fixture *f = *state;
    struct figure *computed = &f->evidence.figures[1];
    const struct book *book;

    computed->n = computed->k = 0;
    book = build(f, LANG_EN);
    assert_text(cell_of(book, "sla", 0, "title"), "SLA attainment (reported)");
    assert_number(cell_of(book, "sla", 0, "attainment"), CELL_SHARE, 1003.0 / 1075);
    assert_number(cell_of(book, "sla", 0, "reported"), CELL_SHARE, 1003.0 / 1075);
    assert_int_equal(book_find_sheet(book, STR("sla"))->row_count, 13);
}

static void one_level_for_every_case_is_said_once(void **state)
{
    struct report_fixture *f = *state;
    struct figure *computed = &f->evidence.figures[1];
    const struct book *book;

    computed->breakdown_count--;
    computed->breakdown[computed->breakdown_count - 1].n = computed->n;
    book = build(f, LANG_EN);
    assert_int_equal(book_find_sheet(book, STR("sla"))->row_count, 13);
    computed->breakdown[computed->breakdown_count - 1].key = STR("unknown"); /* to the agreement */
    book = build(f, LANG_EN);
    assert_text(cell_of(book, "sla", 0, "level"), "unknown");
    assert_int_equal(cell_of(book, "sla", 0, "time")->type, CELL_BLANK);
}

/* --- signals --- */

static void signals_are_named_with_what_was_done(void **state)
{
    const struct book *en = build(*state, LANG_EN);
    const struct book *it = build(*state, LANG_IT);
    size_t first;
    size_t second;

    assert_true(book_find_row(en, STR("series"), STR("EV-002/2025-03"), &first));
    assert_true(book_find_row(en, STR("series"), STR("EV-002/2025-10"), &second));
    assert_int_equal(second, first + 1);
    assert_text(cell_of(en, "series", first, "series"), "SLA attainment (computed)");
    assert_text(cell_of(en, "series", first, "periods"), "2025-03");
    assert_number(cell_of(en, "series", first, "value"), CELL_SHARE, 53.0 / 83);
    assert_text(cell_of(en, "series", first, "signals"), "below the lower limit");
    assert_text(cell_of(en, "series", first, "text"),
                "2025-04-02, head of support: two more people on the evening shift (minutes 12/25)");
    assert_text(cell_of(en, "series", second, "text"), "no reaction recorded");
    assert_int_equal(cell_of(en, "series", second, "text")->level, LEVEL_BAD);
    assert_text(cell_of(it, "series", second, "signals"), "sotto il limite inferiore");
    assert_text(cell_of(it, "series", second, "text"), "nessuna reazione registrata");
    assert_false(book_find_row(en, STR("series"), STR("EV-002/2025-04"), &first));
}

static void other_signals_are_named_by_their_rule(void **state)
{
    struct report_fixture *f = *state;
    struct figure *resolution = &f->evidence.figures[0];
    const struct book *book;
    size_t row;

    resolution->series[11].signal = STR("run-of-eight");
    resolution->series[0].signal = STR("beyond-limits");
    resolution->series[0].value = 40 * 3600.0;
    resolution->chart.signals = resolution->chart.unanswered = 2;
    book = build(f, LANG_EN);
    assert_true(book_find_row(book, STR("series"), STR("EV-001/2025-12"), &row));
    assert_text(cell_of(book, "series", row, "signals"), "eight in a row on one side of the centre");
    assert_true(book_find_row(book, STR("series"), STR("EV-001/2025-01"), &row));
    assert_text(cell_of(book, "series", row, "signals"), "above the upper limit");
}

static void trends_are_told_in_words(void **state)
{
    struct report_fixture *f = *state;
    struct figure *attainment = &f->evidence.figures[1];
    struct figure *resolution = &f->evidence.figures[0];
    const struct book *book;
    size_t row;

    resolution->trend = (struct figure_trend){.n = 11, .s = 41, .p = 0.00001, .slope = 5400};
    book = build(f, LANG_EN);
    row = row_with(book, "series", "series", "SLA attainment (computed)");
    assert_text(cell_of(book, "series", row, "text"),
                "worse: falling by 0.89 percentage points per month (Sen; Mann-Kendall p = 0.0040, "
                "11 periods)");
    row = row_with(book, "series", "series", "Time to resolve (reported)");
    assert_text(cell_of(book, "series", row, "text"),
                "worse: rising by 1.50 h per month (Sen; Mann-Kendall p < 0.0001, 11 periods)");

    attainment->trend.slope = 0.0089;
    resolution->trend.p = 0.051;
    book = build(f, LANG_IT);
    row = row_with(book, "series", "series", "Rispetto dello SLA (calcolato)");
    assert_text(cell_of(book, "series", row, "text"),
                "in miglioramento: in aumento di 0,89 punti percentuali per mese (Sen; Mann-Kendall "
                "p = 0,0040, 11 periodi)");
    row = row_with(book, "series", "series", "Tempo di risoluzione (dichiarato)");
    assert_text(cell_of(book, "series", row, "text"),
                "nessuna evidente (Mann-Kendall p = 0,0510, 11 periodi)");
    resolution->trend = (struct figure_trend){.n = 11, .s = -30, .p = 0.02, .slope = 0};
    book = build(f, LANG_EN);
    row = row_with(book, "series", "series", "Time to resolve (reported)");
    assert_text(cell_of(book, "series", row, "text"),
                "falling, with a median change of nought (Mann-Kendall p = 0.0200, 11 periods)");
    resolution->trend.n = 0;
    book = build(f, LANG_EN);
    row = row_with(book, "series", "series", "Time to resolve (reported)");
    assert_text(cell_of(book, "series", row, "text"), "too few periods to speak of a trend");
}

/* --- the table behind the charts --- */

static void trend_data_are_the_same_in_every_language(void **state)
{
    struct report_fixture *f = *state;
    const struct sheet *en = book_find_sheet(build(f, LANG_EN), STR("trend-data"));
    const struct sheet *it = book_find_sheet(build(f, LANG_IT), STR("trend-data"));
    const struct row *left;
    const struct row *right;
    size_t i;

    assert_int_equal(en->row_count, it->row_count);
    for (left = en->rows, right = it->rows; left; left = left->next, right = right->next) {
        assert_int_equal(left->cell_count, TREND_COLUMNS);
        for (i = 0; i < TREND_COLUMNS; i++) {
            assert_int_equal(left->cells[i].type, right->cells[i].type);
            if (left->cells[i].type == CELL_TEXT)
                assert_true(str_equal(cell_text(&left->cells[i]), cell_text(&right->cells[i])));
        }
    }
}

static void trend_data_have_a_row_for_everything(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book = build(f, LANG_EN);
    const struct sheet *sheet = book_find_sheet(book, STR("trend-data"));
    size_t wanted = 0;
    size_t i;
    size_t k;

    for (i = 0; i < f->evidence.figure_count; i++) {
        const struct figure *top = &f->evidence.figures[i];

        wanted += 1 + top->series_count + top->bin_count;
        for (k = 0; k < top->breakdown_count; k++)
            wanted += 1 + top->breakdown[k].series_count + top->breakdown[k].bin_count;
    }
    assert_int_equal(sheet->row_count, wanted);
    for (i = 0; i < TREND_COLUMNS; i++) /* the enum and the columns go together */
        assert_true(sheet->columns[i].id.len > 0);
    assert_int_equal(sheet_find_column(sheet, STR("period")), TREND_PERIOD);
    assert_int_equal(sheet_find_column(sheet, STR("upper")), TREND_UPPER);
    assert_int_equal(sheet_find_column(sheet, STR("unanswered")), TREND_UNANSWERED);
    assert_int_equal(sheet_find_column(sheet, STR("evidence")), TREND_EVIDENCE);

    assert_text(cell_of(book, "trend-data", 0, "measure"), "M-03");
    assert_int_equal(cell_of(book, "trend-data", 0, "period")->type, CELL_BLANK);
    assert_int_equal(cell_of(book, "trend-data", 0, "lower")->type, CELL_BLANK);
    assert_text(cell_of(book, "trend-data", 1, "period"), "2025-01");
    assert_number(cell_of(book, "trend-data", 1, "lower"), CELL_DURATION, 15 * 3600);
    assert_text(cell_of(book, "trend-data", 13, "by"), "bin");
    assert_text(cell_of(book, "trend-data", 13, "key"), "0\xE2\x80\x93"
                                                        "15 min");
    assert_text(cell_of(book, "trend-data", 14, "key"), "15 min\xE2\x80\x93"
                                                        "1 h");
    assert_text(cell_of(book, "trend-data", 21, "key"), "\xE2\x89\xA5 160 h");
    assert_number(cell_of(book, "trend-data", 21, "n"), CELL_INTEGER, 28);
}

/* --- charts --- */

static const struct chart *chart_named(const struct sheet *sheet, const char *title)
{
    const struct chart *chart;

    for (chart = sheet->charts; chart; chart = chart->next)
        if (str_is(chart->title, title))
            return chart;
    return NULL;
}

static bool has_look(const struct chart *chart, enum chart_look look)
{
    size_t i;

    for (i = 0; i < chart->series_count; i++)
        if (chart->series[i].look == look)
            return true;
    return false;
}

static void a_control_chart_shows_limits_target_and_signals(void **state)
{
    const struct book *book = build(*state, LANG_EN);
    const struct sheet *sheet = book_find_sheet(book, STR("series"));
    const struct chart *chart = chart_named(sheet, "SLA attainment (computed) by month");
    const struct row *row;
    size_t i;

    assert_non_null(chart);
    assert_int_equal(chart->kind, CHART_LINE);
    assert_int_equal(chart->type, CELL_SHARE);
    assert_true(str_is(chart->data, "trend-data"));
    assert_true(str_is(chart->x_title, "month"));
    for (i = 0; i < LOOK_COUNT; i++)
        assert_int_equal(has_look(chart, (enum chart_look)i),
                         i != LOOK_SECOND && i <= LOOK_ANSWERED);
    assert_true(chart->minimum <= 0.6 && chart->maximum == 1);
    assert_true(strstr(chart->description.ptr, "of which without a recorded reaction: 1") != NULL);
    assert_text(cell_of(book, "trend-data", chart->first_row, "period"), "2025-01");
    assert_text(cell_of(book, "trend-data", chart->last_row, "period"), "2025-12");
    assert_text(cell_of(book, "trend-data", chart->first_row, "measure"), "M-07");
    row = row_at(book_find_sheet(book, STR("trend-data")), chart->first_row + 2);
    assert_number(&row->cells[TREND_ANSWERED], CELL_SHARE, 53.0 / 83);
    assert_int_equal(row->cells[TREND_UNANSWERED].type, CELL_BLANK);
    row = row_at(book_find_sheet(book, STR("trend-data")), chart->first_row + 9);
    assert_number(&row->cells[TREND_UNANSWERED], CELL_SHARE, 58.0 / 89);
}

static void a_spread_is_marked_at_its_percentiles(void **state)
{
    const struct book *book = build(*state, LANG_IT);
    const struct sheet *sheet = book_find_sheet(book, STR("series"));
    const struct chart *chart =
        chart_named(sheet, "Tempo di risoluzione (dichiarato): distribuzione dei valori");

    assert_non_null(chart);
    assert_int_equal(chart->kind, CHART_BAR);
    assert_int_equal(chart->last_row - chart->first_row + 1, 9);
    assert_text(cell_of(book, "trend-data", chart->first_row, "by"), "bin");
    assert_int_equal(chart->series[0].column, TREND_N);
    assert_int_equal(chart->mark_count, 2);
    assert_int_equal(chart->marks[0].number, 5); /* 16 to 40 h holds 22.5 h */
    assert_true(str_is(chart->marks[0].text, "p50"));
    assert_int_equal(chart->marks[1].number, 7);
    assert_true(str_is(chart->marks[1].text, "p90, p95"));
    assert_non_null(chart_named(sheet, "Arretrato (anzianit\xC3\xA0): distribuzione dei valori"));
}

static void the_grid_names_the_axis(void **state)
{
    static const struct {
        const char *key;
        const char *en;
        const char *it;
    } grids[] = {{"2025-04", "month", "mese"},
                 {"2025-W14", "week", "settimana"},
                 {"2025-Q2", "quarter", "trimestre"}};
    struct figure period = {.key = {NULL, 0}};
    struct figure figure = {.series = &period, .series_count = 1};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(grids); i++) {
        period.key = str_of(grids[i].key);
        assert_true(str_is(say(series_grid(&figure), LANG_EN), grids[i].en));
        assert_true(str_is(say(series_grid(&figure), LANG_IT), grids[i].it));
    }
}

static void charts_stay_on_their_pages(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book;
    const struct chart *chart;
    const struct sheet *sheet;
    struct figure *many = arena_alloc(&f->arena, 40, sizeof *many);
    size_t count = 0;
    size_t i;

    for (i = 0; i < 40; i++) { /* as many measures as nobody has */
        many[i] = f->evidence.figures[i % 2];
        many[i].measure = arena_format(&f->arena, "M-%02zu", 51 + i);
        many[i].id = arena_format(&f->arena, "EV-%03zu", 1 + i);
    }
    f->evidence.figures = many;
    f->evidence.figure_count = 40;
    book = build(f, LANG_EN);
    sheet = book_find_sheet(book, STR("series"));
    for (chart = sheet->charts; chart; chart = chart->next, count++) {
        assert_true(chart->at_row < sheet->row_count);
        assert_true(chart->at_column == 0 || chart->at_column == 5);
    }
    assert_int_equal(count, 8);
}

/* --- the cover --- */

static void signals_without_a_reaction_are_on_the_cover(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book = build(f, LANG_EN);
    size_t row = row_with(book, "cover", "r1", "Signals without reaction");
    const struct cell *label;
    size_t target;

    assert_text(cell_of(book, "cover", row, "r2"),
                "11 checks: 1 found something, 0 nothing, 10 no data");
    assert_int_equal(cell_of(book, "cover", row, "r2")->level, LEVEL_BAD);
    label = cell_of(book, "cover", row + 1, "r1");
    assert_text(label, "Signals in control charts");
    assert_text(
        cell_of(book, "cover", row + 1, "r2"),
        "1 of 2: 2025-10, SLA attainment (computed): 65.2 %, below the lower limit 74.0 %");
    assert_true(book_find_row(book, label->extra->link_sheet, label->extra->link_key, &target));
    assert_text(cell_of(book, "four-lists", target, "what"), "1 of 2");
    label = cell_of(book, "four-lists", target + 1, "what");
    assert_text(label, "2025-10");
    assert_true(book_find_row(book, label->extra->link_sheet, label->extra->link_key, &target));
    assert_text(cell_of(book, "series", target, "periods"), "2025-10");
    assert_text(cell_of(book, "cover", row + 2, "r1"), "Customers without a voice");
}

static void many_signals_are_named_latest_first(void **state)
{
    struct report_fixture *f = *state;
    struct figure *attainment = &f->evidence.figures[1];
    const struct book *book;
    size_t row;
    size_t i;

    for (i = 0; i < attainment->series_count; i++) {
        attainment->series[i].signal = STR("run-of-eight");
        attainment->series[i].reaction = (struct str){NULL, 0};
    }
    attainment->chart.signals = attainment->chart.unanswered = 12;
    book = build(f, LANG_IT);
    row = row_with(book, "cover", "r1", "Segnali nelle carte di controllo");
    assert_text(cell_of(book, "cover", row, "r2"), "12 su 12: 2025-12, 2025-11, 2025-10 \xE2\x80\xA6");
    assert_text(cell_of(book, "cover", row + 1, "r1"), "Clienti senza voce");
    assert_true(str_is(cell_of(book, "cover", row, "r1")->extra->link_sheet, "four-lists"));
    assert_true(book_find_row(book, STR("four-lists"), STR("chart-signals"), &row));
    for (i = 0; i < 12; i++) {
        char period[8];

        snprintf(period, sizeof period, "2025-%02zu", 12 - i);
        assert_text(cell_of(book, "four-lists", row + 1 + i, "what"), period);
    }
}

static void what_somebody_asked_for_is_named_first(void **state)
{
    struct report_fixture *f = *state;
    struct figure *resolution = &f->evidence.figures[0]; /* has no target */
    const struct book *book;
    size_t row;

    resolution->series[11].signal = STR("run-of-eight");
    resolution->chart.signals = resolution->chart.unanswered = 1;
    book = build(f, LANG_EN);
    row = row_with(book, "cover", "r1", "Signals in control charts");
    assert_text(cell_of(book, "cover", row, "r2"), "2 of 3: 2025-10, 2025-12");
}

static void no_signal_is_good_news_and_no_chart_is_no_news(void **state)
{
    struct report_fixture *f = *state;
    struct figure *attainment = &f->evidence.figures[1];
    const struct book *book;
    size_t row;

    attainment->series[9].reaction = STR("done");
    attainment->chart.unanswered = 0;
    book = build(f, LANG_EN);
    row = row_with(book, "cover", "r1", "Signals without reaction");
    assert_text(cell_of(book, "cover", row, "r2"),
                "nothing found of: Signals in control charts (11 checks, 10 without records)");
    /* most of it was never looked at */
    assert_int_equal(cell_of(book, "cover", row, "r2")->level, LEVEL_MUTED);
    assert_text(cell_at(book, "four-lists", "chart-signals", "what"),
                "none: every signal has a recorded reaction (2)");
    assert_int_equal(cell_at(book, "four-lists", "chart-signals", "what")->level, LEVEL_GOOD);

    attainment->series[2].signal = attainment->series[9].signal = (struct str){NULL, 0};
    attainment->chart.signals = 0;
    book = build(f, LANG_EN);
    assert_text(cell_at(book, "four-lists", "chart-signals", "what"),
                "none: no signal in the control charts (2)");

    attainment->chart.kind = f->evidence.figures[0].chart.kind = (struct str){NULL, 0};
    attainment->chart.refusal = STR("too-few-periods");
    book = build(f, LANG_EN);
    row = row_with(book, "cover", "r1", "Signals without reaction");
    assert_text(cell_of(book, "cover", row, "r2"),
                "no data: needs a register of decisions and actions");
    assert_text(cell_at(book, "four-lists", "chart-signals", "what"),
                "no record tells: too few periods for a control chart");
    assert_int_equal(cell_at(book, "four-lists", "chart-signals", "what")->level, LEVEL_MUTED);
    row = row_with(book, "series", "series", "SLA attainment (computed)");
    assert_text(cell_of(book, "series", row, "centre"), "No control chart: too few periods");
}

/* --- what figures rest on --- */

static void calendars_and_agreements_are_named_with_their_digest(void **state)
{
    const struct book *en = build(*state, LANG_EN);
    const struct book *it = build(*state, LANG_IT);
    size_t row;

    assert_true(book_find_row(en, STR("sources"), STR("italy-office"), &row));
    assert_text(cell_of(en, "sources", row, "source"), "Offices in Italy, five days");
    assert_text(cell_of(en, "sources", row, "state"), "calendar");
    assert_text(cell_of(en, "sources", row, "dialect"), "revision 2");
    assert_text(cell_of(en, "sources", row, "sha256"),
                "1111111111111111111111111111111111111111111111111111111111111111");
    assert_text(cell_of(it, "sources", row + 1, "source"), "Contratto C-17");
    assert_text(cell_of(it, "sources", row + 1, "dialect"), "revisione 4");
    row = row_with(it, "log", "item", "calendario italy-office, revisione 2");
    assert_text(cell_of(it, "log", row, "message"),
                "1111111111111111111111111111111111111111111111111111111111111111");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_level_is_a_block_with_its_months_below, set_up, tear_down),
        cmocka_unit_test_setup_teardown(computed_and_reported_stand_beside_each_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_the_source_says_stands_alone_without_the_other, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_level_for_every_case_is_said_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(signals_are_named_with_what_was_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_signals_are_named_by_their_rule, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trends_are_told_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trend_data_are_the_same_in_every_language, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(trend_data_have_a_row_for_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_control_chart_shows_limits_target_and_signals, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_spread_is_marked_at_its_percentiles, set_up, tear_down),
        cmocka_unit_test(the_grid_names_the_axis),
        cmocka_unit_test_setup_teardown(charts_stay_on_their_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(signals_without_a_reaction_are_on_the_cover, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(many_signals_are_named_latest_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_somebody_asked_for_is_named_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_signal_is_good_news_and_no_chart_is_no_news, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(calendars_and_agreements_are_named_with_their_digest,
                                        set_up, tear_down),
    };

    return cmocka_run_group_tests_name("report-series", tests, NULL, NULL);
}
