#include "page/house.h"

#define INK 0x1F2933
#define INK_SOFT 0x52606D
#define INK_RULE 0x1F4E79

const struct house house = {
    .font = "Calibri",
    .font_stack = "Calibri, Carlito, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",

    .paper = 0xFFFFFF,
    .ink = INK,
    .ink_soft = INK_SOFT,
    .ink_link = 0x1F5FA8,
    .line = 0xCBD2D9,
    .band = 0xF5F7FA,

    .styles =
        {
            [STYLE_PLAIN] = {10, false, false, false, INK, HOUSE_NO_FILL, EDGE_TOP},
            [STYLE_TITLE] = {18, true, false, false, INK_RULE, HOUSE_NO_FILL, EDGE_TOP},
            [STYLE_SECTION] = {11, true, false, true, INK_RULE, HOUSE_NO_FILL, EDGE_BOTTOM},
            [STYLE_HEAD] = {10, true, false, false, INK, 0xDDE5EE, EDGE_MIDDLE},
            [STYLE_HEAD_NUMBER] = {10, true, false, false, INK, 0xDDE5EE, EDGE_MIDDLE},
            [STYLE_LABEL] = {10, false, false, false, INK_SOFT, HOUSE_NO_FILL, EDGE_TOP},
            [STYLE_BIG] = {22, true, true, false, INK, HOUSE_NO_FILL, EDGE_MIDDLE},
            [STYLE_BOX] = {12, true, false, false, INK, HOUSE_NO_FILL, EDGE_MIDDLE},
            [STYLE_STRONG] = {10, true, false, false, INK, HOUSE_NO_FILL, EDGE_TOP},
            [STYLE_NOTE] = {9, false, false, false, INK_SOFT, HOUSE_NO_FILL, EDGE_TOP},
        },
    .levels =
        {
            [LEVEL_NONE] = {INK, HOUSE_NO_FILL},
            [LEVEL_GOOD] = {0x1B5E34, 0xE3F1E7},
            [LEVEL_WATCH] = {0x7A4B00, 0xFFF1CC},
            [LEVEL_BAD] = {0x8E1B1B, 0xFBE3E1},
            [LEVEL_MUTED] = {INK_SOFT, HOUSE_NO_FILL},
        },

    .looks =
        {
            [LOOK_VALUE] = {0x1F5FA8, 0xFFFFFF, 2.25, DASH_SOLID, MARKER_CIRCLE, 5, PATTERN_SOLID},
            [LOOK_SECOND] = {0xB45309, 0xFFFFFF, 2.25, DASH_SOLID, MARKER_SQUARE, 5, PATTERN_SOLID},
            [LOOK_TARGET] = {0x2E7D32, 0xFFFFFF, 1.75, DASH_LONG, MARKER_NONE, 0, PATTERN_SOLID},
            [LOOK_CENTRE] = {0x6B7280, 0xFFFFFF, 1, DASH_SOLID, MARKER_NONE, 0, PATTERN_SOLID},
            [LOOK_LIMIT] = {0x4B5563, 0xFFFFFF, 1.5, DASH_DOTS, MARKER_NONE, 0, PATTERN_SOLID},
            [LOOK_SIGNAL] = {0xB91C1C, 0xFFFFFF, 0, DASH_SOLID, MARKER_DIAMOND, 12, PATTERN_SOLID},
            [LOOK_ANSWERED] = {0x6B7280, 0xFFFFFF, 0, DASH_SOLID, MARKER_TRIANGLE, 11,
                               PATTERN_SOLID},
            [LOOK_MET] = {0x5AA469, INK, 0, DASH_SOLID, MARKER_NONE, 0, PATTERN_SOLID},
            [LOOK_PARTLY] = {0xF2C14E, INK, 0, DASH_SOLID, MARKER_NONE, 0, PATTERN_SOLID},
            [LOOK_UNMET] = {0x8E1B1B, 0xFFFFFF, 0, DASH_SOLID, MARKER_NONE, 0, PATTERN_SOLID},
            [LOOK_OPEN] = {0x9AA5B1, INK, 0, DASH_SOLID, MARKER_NONE, 0, PATTERN_STRIPES},
            [LOOK_ABSENT] = {0xE9EDF1, INK, 0, DASH_SOLID, MARKER_NONE, 0, PATTERN_SOLID},
        },
    .chart_grid = 0xD9DEE4,
    .chart_mark = 0xB45309,
    .chart_edge = INK_SOFT,
    .chart_title_points = 11,
    .chart_text_points = 9,

    .line_points = 13,
    .edge_points = 2,
    .title_points = 26,
    .section_points = 22,
    .gap_points = 4,
    .big_points = 34,
    .box_points = 26,

    .page_width = 11.69,
    .page_height = 8.27,
    .margin_side = 0.4,
    .margin_end = 0.5,
    /* text of ten points stays above seven: letters 1.2 mm high, as labels of food must have */
    .print_least = 0.72,
};
