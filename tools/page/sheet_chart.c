#include <math.h>

#include "base/bug.h"
#include "page/page.h"

struct chart *sheet_chart(struct sheet *sheet, enum chart_kind kind, struct str title)
{
    struct chart *chart = arena_alloc(sheet->book->arena, 1, sizeof *chart);

    if (!chart) {
        sheet->book->failed = true;
        return NULL;
    }
    chart->kind = kind;
    chart->title = title;
    chart->minimum = NAN;
    chart->maximum = NAN;
    chart->next = sheet->charts;
    sheet->charts = chart;
    return chart;
}

void sheet_chart_series(struct chart *chart, struct str name, size_t column, enum chart_look look)
{
    bool is_unnamed = false;
    size_t i;

    BUG_IF(chart->series_count == CHART_SERIES);
    for (i = 0; i < chart->series_count; i++)
        is_unnamed |= str_equal(chart->series[i].name, name);
    chart->series[chart->series_count++] = (struct chart_series){name, column, look, is_unnamed};
}

void sheet_chart_mark(struct chart *chart, size_t number, struct str text)
{
    if (chart->mark_count < CHART_MARKS)
        chart->marks[chart->mark_count++] = (struct chart_mark){number, text};
}
