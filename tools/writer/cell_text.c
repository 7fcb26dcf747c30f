#include "writer/cell_text.h"

#include "page/number.h"

void cell_add_value(struct buf *out, const struct cell *cell, enum lang lang)
{
    switch ((enum cell_type)cell->type) {
    case CELL_UNIT:
        buf_add(out, unit_word(cell_text(cell)));
        break;
    case CELL_INTEGER:
    case CELL_POINTS:
        number_add(out, cell->is.number, 0, lang);
        break;
    case CELL_NUMBER:
        number_add(out, cell->is.number, cell->decimals, lang);
        break;
    case CELL_SHARE:
        number_add_share(out, cell->is.number, cell->decimals, lang);
        break;
    case CELL_DURATION:
        number_add_duration(out, cell->is.number, cell->decimals, lang);
        break;
    case CELL_DATE:
        number_add_date(out, cell->is.time, lang);
        break;
    case CELL_INSTANT:
        number_add_instant(out, cell->is.time, lang);
        break;
    case CELL_TEXT:
    case CELL_BLANK:
    case CELL_TYPE_COUNT:
        break;
    }
}

void cell_add_iso(struct buf *out, struct local time, bool with_clock)
{
    struct civil civil = civil_from_local(time);

    number_add_day(out, civil);
    if (with_clock)
        buf_printf(out, "T%02u:%02u:%02u", civil.hour, civil.minute, civil.second);
}
