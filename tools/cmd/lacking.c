#include "cmd/lacking.h"

#include <string.h>

#include "source/shipped.h"

enum { FIELDS_MAX = 64, MAPS_SHOWN = 3 };

static const char maps_folder[] = "schemas/sources/";

struct fields {
    struct str list[FIELDS_MAX]; /* "survey.score" */
    size_t count;
};

enum status lacking_init(struct run *run, const struct audit *audit, struct lacking *lacking)
{
    const struct shipped *document;
    enum status status = STATUS_OK;
    size_t count = 0;
    size_t i;

    for (document = shipped_documents; document->name; document++)
        count += str_starts(str_of(document->path), maps_folder);
    memset(lacking, 0, sizeof *lacking);
    lacking->maps = arena_alloc(&run->arena, audit->source_count, sizeof *lacking->maps);
    lacking->shipped = arena_alloc(&run->arena, count, sizeof *lacking->shipped);
    if (!lacking->maps || !lacking->shipped)
        return diag_no_memory(&run->diag);
    for (i = 0; i < audit->source_count && status == STATUS_OK; i++) {
        struct source_map *map = NULL;

        status = source_map_load(&run->arena, &run->library, audit->sources[i].map, audit->folder,
                                 &run->diag, &map);
        if (status == STATUS_OK)
            lacking->maps[lacking->map_count++] = map;
    }
    for (document = shipped_documents; document->name && status == STATUS_OK; document++) {
        struct source_map *map = NULL;

        if (!str_starts(str_of(document->path), maps_folder))
            continue;
        status = source_map_load(&run->arena, &run->library, str_of(document->name),
                                 (struct str){NULL, 0}, &run->diag, &map);
        if (status == STATUS_OK)
            lacking->shipped[lacking->shipped_count++] = map;
    }
    return status;
}

/* "survey" of "survey.score"; missing: it is no field, as "messages". */
static struct str kind_of(struct str field)
{
    const char *dot = field.len ? memchr(field.ptr, '.', field.len) : NULL;

    return dot ? (struct str){field.ptr, (size_t)(dot - field.ptr)} : (struct str){NULL, 0};
}

static bool gives(const struct source_map *map, struct str field)
{
    struct str kind = kind_of(field);
    struct str name = {field.ptr + kind.len + 1, field.len - kind.len - 1};
    size_t i;

    for (i = 0; i < map->field_count; i++)
        if (str_equal(map->fields[i].record, kind) && str_equal(map->fields[i].field, name))
            return true;
    return false;
}

static bool is_given(const struct lacking *lacking, struct str field)
{
    size_t i;

    for (i = 0; i < lacking->map_count; i++)
        if (gives(lacking->maps[i], field))
            return true;
    return false;
}

/* What is missing of one way to feed the measure. */
static void missing_of(const struct lacking *lacking, struct str fields, struct fields *missing)
{
    struct str field;

    missing->count = 0;
    while (str_split(&fields, ' ', &field))
        if (kind_of(field).len && !is_given(lacking, field) && missing->count < FIELDS_MAX)
            missing->list[missing->count++] = field;
}

/* Of the ways there are, the one that lacks least. */
static void least_missing(const struct lacking *lacking, const struct measure *measure,
                          struct fields *missing)
{
    struct str rest = str_of(measure->fields);
    struct str way;
    bool is_first = true;

    missing->count = 0;
    while (str_split(&rest, ';', &way)) {
        struct fields other;

        missing_of(lacking, way, &other);
        if (is_first || other.count < missing->count)
            *missing = other;
        is_first = false;
    }
}

/* Of the missing fields of a kind. */
static size_t given_by(const struct source_map *map, const struct fields *missing, struct str kind)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < missing->count; i++)
        count += str_equal(kind_of(missing->list[i]), kind) && gives(map, missing->list[i]);
    return count;
}

/* Maps that give most of them, those of whoever makes his own tables first. */
static void tell_maps(const struct lacking *lacking, const struct fields *missing, struct str kind,
                      struct buf *out)
{
    size_t most = 0;
    size_t shown = 0;
    size_t pass;
    size_t i;

    for (i = 0; i < lacking->shipped_count; i++) {
        size_t count = given_by(lacking->shipped[i], missing, kind);

        most = count > most ? count : most;
    }
    if (!most) {
        buf_printf(out, "; of %.*s: a source map of your own", STR_ARG(kind));
        return;
    }
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < lacking->shipped_count && shown < MAPS_SHOWN; i++) {
            const struct source_map *map = lacking->shipped[i];

            if (str_starts(map->id, "generic-") != (pass == 0) ||
                given_by(map, missing, kind) != most)
                continue;
            buf_printf(out, "%s%.*s", shown ? ", " : "; map ", STR_ARG(map->id));
            shown++;
        }
    }
}

void lacking_tell(const struct lacking *lacking, const struct measure *measure, struct buf *out)
{
    struct fields missing;
    struct str last = {NULL, 0};
    size_t i;

    least_missing(lacking, measure, &missing);
    if (!missing.count) {
        buf_printf(out, "no record that counts; it reads %s", measure->fields);
        return;
    }
    buf_add_text(out, "lacks");
    for (i = 0; i < missing.count; i++)
        buf_printf(out, " %.*s", STR_ARG(missing.list[i]));
    for (i = 0; i < missing.count; i++) {
        struct str kind = kind_of(missing.list[i]);

        if (!str_equal(kind, last))
            tell_maps(lacking, &missing, kind, out);
        last = kind;
    }
}
