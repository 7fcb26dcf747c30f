#include "writer/write_xlsx.h"

#include <math.h>

#include "base/mem.h"

/* More labels than this stand slanting. */
static const size_t CATEGORIES_LEVEL = 8;
/* More than this would run into each other: only every n-th is written. */
static const size_t CATEGORIES_MOST = 18;
/* Of the words for who cannot see a chart. */
static const size_t DESCRIPTION_UNITS = 1000;
static const lxw_color_t GRID_INK = 0xD9DEE4;
static const lxw_color_t TEXT_INK = 0x1F2933;
static const lxw_color_t MARK_INK = 0xB45309;

/* Told apart in grey print, too: by lightness, dashes and the shapes of marks. */
struct look {
    lxw_color_t ink;
    float width; /* of the line; 0: none */
    uint8_t dash;
    uint8_t marker;
    uint8_t marker_size;
};

static const struct look looks[LOOK_COUNT] = {
    [LOOK_VALUE] = {0x1F5FA8, 2.25F, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_CIRCLE, 5},
    [LOOK_SECOND] = {0xB45309, 2.25F, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_SQUARE, 5},
    [LOOK_TARGET] = {0x2E7D32, 1.75F, LXW_CHART_LINE_DASH_LONG_DASH, LXW_CHART_MARKER_NONE, 0},
    [LOOK_CENTRE] = {0x6B7280, 1.0F, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_NONE, 0},
    [LOOK_LIMIT] = {0x4B5563, 1.5F, LXW_CHART_LINE_DASH_SQUARE_DOT, LXW_CHART_MARKER_NONE, 0},
    [LOOK_SIGNAL] = {0xB91C1C, 0, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_DIAMOND, 12},
    [LOOK_ANSWERED] = {0x6B7280, 0, LXW_CHART_LINE_DASH_SOLID, LXW_CHART_MARKER_TRIANGLE, 11},
};

static void set_fonts(lxw_chart *chart, bool turned)
{
    lxw_chart_font title = {.size = 11, .bold = LXW_TRUE, .color = TEXT_INK};
    lxw_chart_font axis = {.size = 9, .bold = LXW_EXPLICIT_FALSE};
    lxw_chart_font categories = axis;

    chart_title_set_name_font(chart, &title);
    chart_axis_set_name_font(chart->x_axis, &axis);
    chart_axis_set_name_font(chart->y_axis, &axis);
    chart_legend_set_font(chart, &axis);
    categories.rotation = turned ? -45 : 0;
    chart_axis_set_num_font(chart->x_axis, &categories);
    chart_axis_set_num_font(chart->y_axis, &axis);
}

static void set_look(lxw_chart_series *series, enum chart_kind kind, const struct look *look)
{
    lxw_chart_line line = {.color = look->ink, .width = look->width, .dash_type = look->dash};
    lxw_chart_fill fill = {.color = look->ink};

    if (kind == CHART_BAR) {
        chart_series_set_fill(series, &fill);
        return;
    }
    if (look->width <= 0)
        line = (lxw_chart_line){.none = LXW_TRUE};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, look->marker);
    if (look->marker == LXW_CHART_MARKER_NONE)
        return;
    chart_series_set_marker_size(series, look->marker_size);
    chart_series_set_marker_fill(series, &fill);
}

/* Marked values of the first series: another colour, and words over them. */
static void add_marks(struct xlsx *xlsx, lxw_chart_series *series, const struct chart *chart)
{
    size_t count = chart->last_row - chart->first_row + 1;
    lxw_chart_fill fill = {.color = MARK_INK};
    lxw_chart_font font = {.size = 9, .bold = LXW_TRUE, .color = MARK_INK};
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
    set_look(native_series, chart->kind, &looks[series->look]);
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

static void set_axes(struct xlsx *xlsx, lxw_chart *native, const struct chart *chart)
{
    size_t count = chart->last_row - chart->first_row + 1;
    lxw_chart_line grid = {.color = GRID_INK, .width = 0.75F};

    chart_axis_set_name(native->x_axis,
                        xlsx_title(xlsx, &xlsx->text, chart->x_title, XLSX_NAME_UNITS));
    chart_axis_set_name(native->y_axis,
                        xlsx_title(xlsx, &xlsx->text, chart->y_title, XLSX_NAME_UNITS));
    chart_axis_set_num_format(native->y_axis, axis_format(chart->type));
    if (isfinite(chart->minimum))
        chart_axis_set_min(native->y_axis, chart->minimum);
    if (isfinite(chart->maximum))
        chart_axis_set_max(native->y_axis, chart->maximum);
    chart_axis_major_gridlines_set_line(native->y_axis, &grid);
    if (count > CATEGORIES_MOST)
        chart_axis_set_interval_unit(native->x_axis,
                                     (uint16_t)((count + CATEGORIES_MOST - 1) / CATEGORIES_MOST));
    set_fonts(native, count > CATEGORIES_LEVEL);
}

static void add_chart(struct xlsx *xlsx, lxw_worksheet *worksheet, const struct sheet *sheet,
                      const struct chart *chart)
{
    const struct sheet *data =
        chart->data.ptr ? book_find_sheet(xlsx->book, chart->data) : sheet;
    uint8_t kind = chart->kind == CHART_BAR ? LXW_CHART_COLUMN : LXW_CHART_LINE;
    lxw_chart *native = data ? workbook_add_chart(xlsx->workbook, kind) : NULL;
    /* the library's default size is 480 by 288 pixels */
    lxw_chart_options options = {.x_scale = chart->width / 480.0,
                                 .y_scale = chart->height / 288.0,
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
    chart_show_blanks_as(native, LXW_CHART_BLANKS_AS_GAP);
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
