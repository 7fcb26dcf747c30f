#include "record/rule_account.h"

#include "base/buf.h"
#include "base/limits.h"

/* Bytes of a capture that are shown. */
enum { CAPTURE_TEXT = 120 };

/* The field of the model that takes the column; NULL: none does. */
static const struct record_field *model_field(const struct source_map *map, struct str column)
{
    size_t i;
    size_t k;

    for (i = 0; i < map->field_count; i++) {
        const struct map_field *field = &map->fields[i];
        const struct record_model *kind = record_model_find(field->record);
        const struct record_field *found = kind ? record_field_find(kind, field->field) : NULL;

        for (k = 0; found && k < field->column_count; k++)
            if (str_equal(field->columns[k], column))
                return found;
    }
    return NULL;
}

static uint64_t characters(struct str text)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static struct str shown(struct arena *arena, struct str text)
{
    struct str kept = {NULL, 0};
    struct buf out;

    buf_init(&out, 16 * CAPTURE_TEXT);
    buf_add_visible(&out, text, CAPTURE_TEXT);
    if (!out.failed)
        kept = arena_str(arena, out.len ? buf_str(&out) : STR(""));
    buf_done(&out);
    return kept;
}

/* Names of one audit are told from those of another: its id goes in front. */
static struct str digest_of(struct arena *arena, struct str salt, struct str name)
{
    struct str kept = {NULL, 0};
    struct sha256 sum;
    struct buf out;

    buf_init(&out, salt.len + name.len + 2);
    buf_add(&out, salt);
    buf_add_char(&out, '\n');
    buf_add(&out, name);
    if (!out.failed && digest_bytes(buf_str(&out), &sum))
        kept = arena_str(arena, str_of(digest_text(&sum).hex));
    buf_done(&out);
    return kept;
}

static bool take_capture(const struct row_capture *from, const struct record_options *options,
                         struct arena *arena, struct accounting_capture *into)
{
    const struct record_field *field = model_field(options->map, from->column);

    *into = (struct accounting_capture){.column = arena_str(arena, from->column)};
    if (field && field->type == FIELD_PERSON) {
        into->kind = CAPTURE_PERSON;
        into->value = digest_of(arena, options->salt, str_trim(from->value));
    } else if ((field && !field->is_prose) || options->with_text) {
        into->kind = CAPTURE_SHOWN;
        into->value = shown(arena, from->value);
    } else {
        into->kind = CAPTURE_KEPT_OUT;
        into->length = characters(from->value);
        return into->column.ptr != NULL;
    }
    return into->column.ptr && into->value.ptr;
}

static bool take_hit(const struct row_hit *from, const struct record_options *options,
                     struct arena *arena, struct accounting_hit *into)
{
    size_t i;

    into->line = from->line;
    into->offset = from->offset;
    into->captures = arena_alloc(arena, from->capture_count, sizeof *into->captures);
    if (!into->captures)
        return false;
    for (i = 0; i < from->capture_count; i++)
        if (!take_capture(&from->captures[i], options, arena, &into->captures[i]))
            return false;
    into->capture_count = from->capture_count;
    return true;
}

static bool take_rule(const struct row_rule *from, const struct record_options *options,
                      struct arena *arena, struct accounting_rule *into)
{
    size_t i;

    into->name = arena_str(arena, from->name);
    into->is_used = from->is_used;
    into->is_filtered = from->is_filtered;
    into->has_stopped = from->limits >= LIMIT_RULE_STOPS;
    into->n = from->n;
    into->limits = from->limits;
    into->spent = from->spent;
    into->first = (struct accounting_place){from->first_line, from->first_offset, {NULL, 0}};
    into->last = (struct accounting_place){from->last_line, from->last_offset, {NULL, 0}};
    for (i = 0; i < from->hit_count; i++)
        if (!take_hit(&from->hits[i], options, arena, &into->hits[into->hit_count++]))
            return false;
    return into->name.ptr != NULL;
}

bool rule_account(const struct rowset *rows, const struct record_options *options,
                  struct arena *arena, struct accounting *accounting)
{
    size_t i;

    if (rows->rule_count == 0)
        return true;
    accounting->rules = arena_alloc(arena, rows->rule_count, sizeof *accounting->rules);
    if (!accounting->rules)
        return false;
    for (i = 0; i < rows->rule_count; i++)
        if (!take_rule(&rows->rules[i], options, arena, &accounting->rules[i]))
            return false;
    accounting->rule_count = rows->rule_count;
    return true;
}
