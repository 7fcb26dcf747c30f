#include "writer/write_xlsx.h"

#include <math.h>

#include "base/mem.h"
#include "page/house.h"
#include "page/lines.h"

/* So far below its row a chart begins: its edge else is printed on the page before, too. */
enum { EDGE_PIXELS = 2 };
/* More labels than this stand slanting. */
static const size_t CATEGORIES_LEVEL = 8;
/* More than this would run into each other: only every n-th is written. */
static const size_t CATEGORIES_MOST = 18;
/* Of the words for who cannot see a chart. */
static const size_t DESCRIPTION_UNITS = 1000;

static const uint8_t kinds[] = {
    [CHART_LINE] = LXW_CHART_LINE,
    [CHART_BAR] = LXW_CHART_COLUMN,
    [CHART_STACK] = LXW_CHART_BAR_STACKED,
    [CHART_RADAR] = LXW_CHART_RADAR_WITH_MARKERS,
};
static const uint8_t dashes[] = {
    [DASH_SOLID] = LXW_CHART_LINE_DASH_SOLID,
    [DASH_LONG] = LXW_CHART_LINE_DASH_LONG_DASH,
    [DASH_DOTS] = LXW_CHART_LINE_DASH_SQUARE_DOT,
};
static const uint8_t markers[] = {
    [MARKER_NONE] = LXW_CHART_MARKER_NONE,       [MARKER_CIRCLE] = LXW_CHART_MARKER_CIRCLE,
    [MARKER_SQUARE] = LXW_CHART_MARKER_SQUARE,   [MARKER_DIAMOND] = LXW_CHART_MARKER_DIAMOND,
    [MARKER_TRIANGLE] = LXW_CHART_MARKER_TRIANGLE,
};
static const uint8_t patterns[] = {
    [PATTERN_SOLID] = LXW_CHART_PATTERN_NONE,
    [PATTERN_STRIPES] = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL,
};

/* The library calls the axis of lying bars that stands upright y, and theirs are the categories. */
static lxw_chart_axis *category_axis(lxw_chart *native, const struct chart *chart)
{
    return chart->kind == CHART_STACK ? native->y_axis : native->x_axis;
}

static lxw_chart_axis *value_axis(lxw_chart *native, const struct chart *chart)
{
    return chart->kind == CHART_STACK ? native->x_axis : native->y_axis;
}

static void set_fonts(lxw_chart *native, const struct chart *chart, bool turned)
{
    lxw_chart_font title = {
        .size = house.chart_title_points, .bold = LXW_TRUE, .color = house.ink};
    lxw_chart_font axis = {.size = house.chart_text_points, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_font categories = axis;

    chart_title_set_name_font(native, &title);
    chart_axis_set_name_font(native->x_axis, &axis);
    chart_axis_set_name_font(native->y_axis, &axis);
    chart_legend_set_font(native, &axis);
    categories.rotation = turned ? -45 : 0;
    chart_axis_set_num_font(category_axis(native, chart), &categories);
    chart_axis_set_num_font(value_axis(native, chart), &axis);
}

static void set_filling(lxw_chart_series *series, bool has_edge, const struct series_look *look)
{
    lxw_chart_fill fill = {.color = look->ink};
    lxw_chart_line edge = {.color = house.chart_edge, .width = 0.5F};
    lxw_chart_pattern pattern = {
        .fg_color = look->ink, .bg_color = house.paper, .type = patterns[look->pattern]};

    if (look->pattern == PATTERN_SOLID)
        chart_series_set_fill(series, &fill);
    else
        chart_series_set_pattern(series, &pattern);
    if (has_edge)
        chart_series_set_line(series, &edge);
}

/* How much it is stands on each part of a bar; nothing on none. */
static void set_number(lxw_chart_series *series, const struct series_look *look)
{
    lxw_chart_font font = {
        .size = house.chart_text_points - 1, .bold = LXW_EXPLICIT_FALSE, .color = look->label};

    chart_series_set_labels(series);
    chart_series_set_labels_num_format(series, "#,##0;;");
    chart_series_set_labels_font(series, &font);
}

static void set_look(lxw_chart_series *series, enum chart_kind kind, const struct series_look *look)
{
    lxw_chart_line line = {
        .color = look->ink, .width = (float)look->line, .dash_type = dashes[look->dash]};
    lxw_chart_fill fill = {.color = look->ink};

    if (kind == CHART_BAR || kind == CHART_STACK) {
        set_filling(series, kind == CHART_STACK, look);
        if (kind == CHART_STACK)
            set_number(series, look);
        return;
    }
    if (look->line <= 0)
        line = (lxw_chart_line){.none = LXW_TRUE};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, markers[look->marker]);
    if (look->marker == MARKER_NONE)
        return;
    chart_series_set_marker_size(series, (uint8_t)look->marker_size);
    chart_series_set_marker_fill(series, &fill);
}

/* Marked values of the first series: another colour, and words over them. */
static void add_marks(struct xlsx *xlsx, lxw_chart_series *series, const struct chart *chart)
{
    size_t count = chart->last_row - chart->first_row + 1;
    lxw_chart_fill fill = {.color = house.chart_mark};
    lxw_chart_font font = {
        .size = house.chart_text_points, .bold = LXW_TRUE, .color = house.chart_mark};
    lxw_chart_point plain = {NULL, NULL, NULL};
    lxw_chart_point marked = {NULL, &fill, NULL};
    lxw_chart_data_label hidden = {.hide = LXW_TRUE};
    lxw_chart_data_label labels[CHART_MARKS] = {{.value = NULL}};
    lxw_chart_point **points = mem_alloc(count + 1, sizeof(lxw_chart_point *));
    lxw_chart_data_label **custom = mem_alloc(count + 1, sizeof(lxw_chart_data_label *));
    struct buf texts[CHART_MARKS];
    size_t i;

    for (i = 0; i < CHART_MARKS; i++)
        buf_init(&texts[i], SIZE_MAX / 2);
    for (i = 0; points && custom && i < count; i++) {
        points[i] = &plain;
        custom[i] = &hidden;
    }
    for (i = 0; points && custom && i < chart->mark_count; i++) {
        labels[i].value = xlsx_title(xlsx, &texts[i], chart->marks[i].text, XLSX_NAME_UNITS);
        labels[i].font = &font;
        if (chart->marks[i].number < count) {
            points[chart->marks[i].number] = &marked;
            custom[chart->marks[i].number] = &labels[i];
        }
    }
    if (points && custom) {
        chart_series_set_labels(series);
        xlsx_keep(xlsx, chart_series_set_points(series, points));
        xlsx_keep(xlsx, chart_series_set_labels_custom(series, custom));
    } else {
        xlsx->failed = true;
    }
    for (i = 0; i < CHART_MARKS; i++) {
        xlsx->failed |= texts[i].failed;
        buf_done(&texts[i]);
    }
    mem_free(points);
    mem_free(custom);
}

static void add_series(struct xlsx *xlsx, lxw_chart *native, const struct sheet *data,
                       const struct chart *chart, size_t number)
{
    const struct chart_series *series = &chart->series[number];
    const char *name = xlsx_title(xlsx, &xlsx->other, data->name, XLSX_NAME_UNITS);
    lxw_row_t first = (lxw_row_t)(chart->first_row + data->has_heading);
    lxw_row_t last = (lxw_row_t)(chart->last_row + data->has_heading);
    lxw_chart_series *native_series = chart_add_series(native, NULL, NULL);

    if (!native_series) {
        xlsx_keep(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    chart_series_set_categories(native_series, name, first, (lxw_col_t)chart->category, last,
                                (lxw_col_t)chart->category);
    chart_series_set_values(native_series, name, first, (lxw_col_t)series->column, last,
                            (lxw_col_t)series->column);
    chart_series_set_name(native_series,
                          xlsx_title(xlsx, &xlsx->text, series->name, XLSX_NAME_UNITS));
    set_look(native_series, chart->kind, &house.looks[series->look]);
    if (number == 0 && chart->mark_count > 0)
        add_marks(xlsx, native_series, chart);
}

static void set_legend(lxw_chart *native, const struct chart *chart)
{
    int16_t hidden[CHART_SERIES + 1];
    size_t count = 0;
    size_t i;

    if (chart->series_count < 2) { /* the axis says what it is */
        chart_legend_set_position(native, LXW_CHART_LEGEND_NONE);
        return;
    }
    chart_legend_set_position(native, LXW_CHART_LEGEND_BOTTOM);
    for (i = 0; i < chart->series_count; i++)
        if (chart->series[i].is_unnamed)
            hidden[count++] = (int16_t)i;
    hidden[count] = -1;
    if (count > 0)
        chart_legend_delete_series(native, hidden);
}

static const char *axis_format(enum cell_type type)
{
    if (type == CELL_SHARE)
        return "0%";
    if (type == CELL_DURATION)
        return "#,##0\" h\"";
    return "#,##0";
}

static void set_values(lxw_chart_axis *axis, const struct chart *chart)
{
    lxw_chart_line grid = {.color = house.chart_grid, .width = 0.75F};

    chart_axis_set_num_format(axis, axis_format(chart->type));
    if (isfinite(chart->minimum))
        chart_axis_set_min(axis, chart->minimum);
    if (isfinite(chart->maximum))
        chart_axis_set_max(axis, chart->maximum);
    chart_axis_major_gridlines_set_visible(axis, LXW_TRUE);
    chart_axis_major_gridlines_set_line(axis, &grid);
}

static void set_axes(struct xlsx *xlsx, lxw_chart *native, const struct chart *chart)
{
    lxw_chart_axis *categories = category_axis(native, chart);
    lxw_chart_axis *values = value_axis(native, chart);
    size_t count = chart->last_row - chart->first_row + 1;
    bool is_upright = chart->kind == CHART_LINE || chart->kind == CHART_BAR;

    if (chart->x_title.len)
        chart_axis_set_name(categories,
                            xlsx_title(xlsx, &xlsx->text, chart->x_title, XLSX_NAME_UNITS));
    if (chart->y_title.len)
        chart_axis_set_name(values,
                            xlsx_title(xlsx, &xlsx->text, chart->y_title, XLSX_NAME_UNITS));
    set_values(values, chart);
    if (chart->kind == CHART_STACK) { /* the first on top, the values below */
        chart_axis_set_reverse(categories);
        chart_axis_set_crossing_max(categories);
        chart_axis_major_gridlines_set_visible(categories, LXW_FALSE);
        /* each part says how much it is */
        chart_axis_set_label_position(values, LXW_CHART_AXIS_LABEL_POSITION_NONE);
    }
    if (is_upright) /* clear of bars that hang down */
        chart_axis_set_label_position(categories, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (is_upright && count > CATEGORIES_MOST)
        chart_axis_set_interval_unit(categories,
                                     (uint16_t)((count + CATEGORIES_MOST - 1) / CATEGORIES_MOST));
    set_fonts(native, chart, is_upright && count > CATEGORIES_LEVEL);
}

/* Rows as the library will count them when it places the chart: without their heights when they
   went to disk already. */
static double rows_pixels(const struct xlsx *xlsx, const struct sheet *sheet,
                          const struct chart *chart)
{
    static const double default_pixels = 20;
    static const double pixels_a_point = 96.0 / 72;
    size_t skip = chart->at_row > sheet->has_heading ? chart->at_row - sheet->has_heading : 0;
    const struct row *row = sheet->rows;
    double pixels = 0;
    size_t i;

    for (i = 0; row && i < skip; i++)
        row = row->next;
    for (i = 0; row && i < chart->rows; i++, row = row->next) {
        double points = xlsx_row_height(sheet, row);

        pixels += xlsx->is_streamed || points <= 0 ? default_pixels
                                                   : floor(points * pixels_a_point);
    }
    return pixels;
}

static double columns_pixels(const struct sheet *sheet, const struct chart *chart)
{
    double pixels = 0;
    size_t i;

    for (i = chart->at_column; i < chart->at_column + chart->columns; i++)
        if (i < sheet->column_count)
            pixels += width_pixels(sheet->columns[i].width);
    return pixels;
}

static void add_chart(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                      const struct chart *chart)
{
    const struct sheet *data =
        chart->data.ptr ? book_find_sheet(xlsx->book, chart->data) : sheet;
    lxw_chart *native = data ? workbook_add_chart(xlsx->workbook, kinds[chart->kind]) : NULL;
    /* the library's default size is 480 by 288 pixels */
    double width = chart->columns ? columns_pixels(sheet, chart) : chart->width;
    double height = chart->rows ? rows_pixels(xlsx, sheet, chart) : chart->height;
    lxw_chart_options options = {.x_scale = width / 480.0,
                                 .y_scale = height / 288.0,
                                 .y_offset = EDGE_PIXELS,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE};
    size_t i;

    if (!native) {
        xlsx_keep(xlsx, data ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_ERROR_PARAMETER_VALIDATION);
        return;
    }
    for (i = 0; i < chart->series_count; i++)
        add_series(xlsx, native, data, chart, i);
    chart_title_set_name(native, xlsx_title(xlsx, &xlsx->text, chart->title, XLSX_NAME_UNITS));
    set_axes(xlsx, native, chart);
    set_legend(native, chart);
    if (chart->kind == CHART_BAR) /* neighbouring classes of values, not things apart */
        chart_set_series_gap(native, 20);
    if (chart->kind == CHART_STACK)
        chart_set_series_gap(native, 45);
    chart_show_blanks_as(native, LXW_CHART_BLANKS_AS_GAP);
    chart_show_hidden_data(native); /* rows that are folded away count */
    options.description =
        xlsx_title(xlsx, &xlsx->text, chart->description.len ? chart->description : chart->title,
                   DESCRIPTION_UNITS);
    xlsx_keep(xlsx, worksheet_insert_chart_opt(worksheet, (lxw_row_t)chart->at_row,
                                               (lxw_col_t)chart->at_column, native, &options));
}

void xlsx_add_charts(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet)
{
    const struct chart *chart;

    for (chart = sheet->charts; chart; chart = chart->next)
        add_chart(xlsx, worksheet, sheet, chart);
}
