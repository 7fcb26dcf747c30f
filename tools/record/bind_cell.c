/* What a cell says, by the field it stands in. */
#include "record/bind.h"

#include "base/mem.h"
#include "record/decimal.h"

static bool is_null(const struct bound_map *bound, struct str cell)
{
    const struct source_map *map = bound->map;
    size_t i;

    for (i = 0; i < map->null_count; i++)
        if (str_equal(cell, map->nulls[i]))
            return true;
    return false;
}

struct str bind_trim(const struct bound_map *bound, struct str cell)
{
    if (cell.len == 0)
        return (struct str){NULL, 0};
    if ((unsigned char)cell.ptr[0] <= ' ' || (unsigned char)cell.ptr[cell.len - 1] <= ' ') {
        cell = str_trim(cell);
        if (cell.len == 0)
            return (struct str){NULL, 0};
    }
    if (cell.len <= bound->null_longest && bound->null_first[(unsigned char)cell.ptr[0]] &&
        is_null(bound, cell))
        return (struct str){NULL, 0};
    return cell;
}

bool bind_is_plain(const struct bind_field *field)
{
    return !field->field || field->field->value_count == 0;
}

struct str bind_text(const struct bind_field *field, struct str cell)
{
    size_t i;

    if (!bind_is_plain(field))
        for (i = 0; i < field->field->value_count; i++)
            if (str_equal_nocase(cell, field->field->values[i].from))
                return field->field->values[i].to;
    return cell;
}

static enum bind_result read_boolean(struct str text, int64_t *ret_value)
{
    static const char *const yes[] = {"true", "1", "yes"};
    static const char *const no[] = {"false", "0", "no"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(yes); i++) {
        if (str_equal_nocase(text, str_of(yes[i]))) {
            *ret_value = 1;
            return BIND_VALUE;
        }
        if (str_equal_nocase(text, str_of(no[i]))) {
            *ret_value = 0;
            return BIND_VALUE;
        }
    }
    return BIND_BAD;
}

static enum bind_result find_year(struct time_text *time, struct bind_counts *counts)
{
    switch (year_find(&counts->years, time->local, &time->local)) {
    case YEAR_UNKNOWN:
        return BIND_NO_YEAR;
    case YEAR_LATE:
        return BIND_LATE_YEAR;
    case YEAR_FOUND:
        break;
    }
    return BIND_VALUE;
}

/* A local time becomes an instant: in a gap the first after it, twice the earlier; both counted. */
static enum bind_result to_instant(const struct zone *zone, const struct time_text *time,
                                   struct bind_counts *counts, int64_t *ret_value)
{
    struct instant first;
    struct instant later;

    counts->digits_dropped += time->digits_dropped != 0;
    if (time->has_offset) {
        *ret_value = time->instant.us;
        return BIND_VALUE;
    }
    if (!zone)
        return BIND_NO_ZONE;
    if (zone == zone_utc()) {
        *ret_value = time->local.us;
        return BIND_VALUE;
    }
    switch (zone_to_instant(zone, time->local, &first, &later)) {
    case ZONE_GAP:
        counts->gap++;
        break;
    case ZONE_TWICE:
        counts->twice++;
        break;
    case ZONE_ONCE:
        break;
    }
    *ret_value = first.us;
    return BIND_VALUE;
}

enum bind_result bind_cell(const struct bind_field *field, const struct zone *zone,
                           enum date_order order, struct str cell, struct bind_counts *counts,
                           int64_t *ret_value)
{
    struct time_text time;
    bool is_cut;
    size_t i;

    if (!cell.ptr)
        return BIND_MISSING;
    if (field->type != FIELD_INSTANT)
        cell = bind_text(field, cell);
    switch (field->type) {
    case FIELD_INSTANT:
        for (i = 0; i < field->format_count; i++) {
            if (!time_format_read(&field->formats[i], order, cell, &time))
                continue;
            if (field->formats[i].has_order && order == DATE_ORDER_UNKNOWN)
                return BIND_NO_ORDER;
            if (field->formats[i].lacks_year && zone) {
                enum bind_result result = find_year(&time, counts);

                if (result != BIND_VALUE)
                    return result;
            }
            return to_instant(zone, &time, counts, ret_value);
        }
        return BIND_BAD;
    case FIELD_INTEGER:
        if (str_to_int64(cell, ret_value) && *ret_value != VALUE_MISSING)
            return BIND_VALUE;
        return BIND_BAD;
    case FIELD_BOOLEAN:
        return read_boolean(cell, ret_value);
    case FIELD_NUMBER:
        if (!decimal_read(cell, field->mark, ret_value, &is_cut))
            return BIND_BAD;
        counts->digits_dropped += is_cut;
        return BIND_VALUE;
    case FIELD_TEXT:
    case FIELD_PERSON:
        break;
    }
    return BIND_VALUE;
}
