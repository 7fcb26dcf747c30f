#include "writer/write_xlsx.h"

#include <math.h>

/* More labels than this stand slanting. */
static const size_t CATEGORIES_LEVEL = 8;
static const lxw_color_t GRID_INK = 0xD9DEE4;
/* Told apart in grey print too: by lightness, and the target by its dashes. */
static const lxw_color_t SERIES_INK[CHART_SERIES] = {0x1F5FA8, 0xB45309, 0x6B7280, 0x2E7D32};

static void set_fonts(lxw_chart *chart, bool turned)
{
    lxw_chart_font title = {.size = 12, .bold = LXW_TRUE};
    lxw_chart_font axis = {.size = 9, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_font categories = axis;

    chart_title_set_name_font(chart, &title);
    chart_axis_set_name_font(chart->x_axis, &axis);
    chart_axis_set_name_font(chart->y_axis, &axis);
    categories.rotation = turned ? -45 : 0;
    chart_axis_set_num_font(chart->x_axis, &categories);
    chart_axis_set_num_font(chart->y_axis, &axis);
}

static void add_series(struct xlsx *xlsx, lxw_chart *native, const struct sheet *sheet,
                       const struct chart *chart, size_t number)
{
    const struct chart_series *series = &chart->series[number];
    const char *name = xlsx_title(xlsx, &xlsx->other, sheet->name, 255);
    lxw_row_t first = (lxw_row_t)(chart->first_row + sheet->has_heading);
    lxw_row_t last = (lxw_row_t)(chart->last_row + sheet->has_heading);
    lxw_chart_line line = {.color = SERIES_INK[number], .width = 2.25};
    lxw_chart_fill fill = {.color = SERIES_INK[number]};
    lxw_chart_series *native_series = chart_add_series(native, NULL, NULL);

    if (!native_series) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_categories(native_series, name, first, (lxw_col_t)chart->category, last,
                                (lxw_col_t)chart->category);
    chart_series_set_values(native_series, name, first, (lxw_col_t)series->column, last,
                            (lxw_col_t)series->column);
    chart_series_set_name(native_series, xlsx_title(xlsx, &xlsx->text, series->name, 255));
    if (series->is_limit) {
        line.dash_type = LXW_CHART_LINE_DASH_DASH;
        line.width = 1.5;
        chart_series_set_marker_type(native_series, LXW_CHART_MARKER_NONE);
    } else if (chart->kind == CHART_LINE) {
        chart_series_set_marker_type(native_series, LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_size(native_series, 5);
        chart_series_set_marker_fill(native_series, &fill);
    }
    if (chart->kind == CHART_BAR)
        chart_series_set_fill(native_series, &fill);
    else
        chart_series_set_line(native_series, &line);
}

static const char *axis_format(enum cell_type type)
{
    if (type == CELL_SHARE)
        return "0%";
    if (type == CELL_DURATION)
        return "#,##0\" h\"";
    return "#,##0";
}

static void add_chart(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                      const struct chart *chart)
{
    uint8_t kind = chart->kind == CHART_BAR ? LXW_CHART_COLUMN : LXW_CHART_LINE;
    lxw_chart *native = workbook_add_chart(xlsx->workbook, kind);
    lxw_chart_line grid = {.color = GRID_INK, .width = 0.75};
    /* the library's default size is 480 by 288 pixels */
    lxw_chart_options options = {.x_scale = chart->width / 480.0,
                                 .y_scale = chart->height / 288.0,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
    size_t i;

    if (!native) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    for (i = 0; i < chart->series_count; i++)
        add_series(xlsx, native, sheet, chart, i);
    chart_title_set_name(native, xlsx_title(xlsx, &xlsx->text, chart->title, 255));
    chart_axis_set_name(native->x_axis, xlsx_title(xlsx, &xlsx->text, chart->x_title, 255));
    chart_axis_set_name(native->y_axis, xlsx_title(xlsx, &xlsx->text, chart->y_title, 255));
    chart_axis_set_num_format(native->y_axis, axis_format(chart->type));
    if (isfinite(chart->minimum))
        chart_axis_set_min(native->y_axis, chart->minimum);
    if (isfinite(chart->maximum))
        chart_axis_set_max(native->y_axis, chart->maximum);
    chart_axis_major_gridlines_set_line(native->y_axis, &grid);
    set_fonts(native, chart->last_row - chart->first_row + 1 > CATEGORIES_LEVEL);
    chart_legend_set_position(native, LXW_CHART_LEGEND_BOTTOM);
    chart_show_blanks_as(native, LXW_CHART_BLANKS_AS_GAP);
    options.description = xlsx_title(xlsx, &xlsx->text, chart->title, 255);
    xlsx_keep(xlsx, worksheet_insert_chart_opt(worksheet, (lxw_row_t)chart->at_row,
                                               (lxw_col_t)chart->at_column, native, &options));
}

void xlsx_add_charts(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    const struct chart *chart;

    for (chart = sheet->charts; chart; chart = chart->next)
        add_chart(xlsx, worksheet, sheet, chart);
}
