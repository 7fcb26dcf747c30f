#include "reader/json_paths.h"

#include <string.h>

#include "base/mem.h"

struct path_name {
    struct str text; /* of a pointer: behind its first slash */
    bool is_pointer;
    struct path_end end;
};

struct paths {
    struct path_name *names;
    size_t count;
};

/* The rest of a name: what is behind `at`. */
struct path_item {
    uint32_t name;
    uint32_t at;
};

struct paths *paths_new(const struct column_want *wants, size_t want_count)
{
    struct paths *paths = mem_alloc(1, sizeof *paths);
    size_t names = 0;
    size_t w;
    size_t n;

    if (!paths)
        return NULL;
    for (w = 0; w < want_count; w++)
        names += wants[w].name_count;
    paths->names = mem_alloc(names ? names : 1, sizeof *paths->names);
    if (!paths->names) {
        mem_free(paths);
        return NULL;
    }
    for (w = 0; w < want_count; w++)
        for (n = 0; n < wants[w].name_count; n++) {
            struct path_name *name = &paths->names[paths->count++];

            name->text = wants[w].names[n];
            name->end = (struct path_end){(uint32_t)w, (uint32_t)n};
            name->is_pointer = name->text.len && name->text.ptr[0] == '/';
            if (name->is_pointer)
                name->text = (struct str){name->text.ptr + 1, name->text.len - 1};
        }
    return paths;
}

void paths_free(struct paths *paths)
{
    if (!paths)
        return;
    mem_free(paths->names);
    mem_free(paths);
}

static bool is_number(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0 && (text.len == 1 || text.ptr[0] != '0');
}

static struct str rest_of(const struct paths *paths, struct path_item item)
{
    struct str text = paths->names[item.name].text;

    return (struct str){text.ptr + item.at, text.len - item.at};
}

/* The next member of the name is a number. */
static bool goes_to_index(const struct paths *paths, struct path_item item)
{
    struct str rest = rest_of(paths, item);
    char separator = paths->names[item.name].is_pointer ? '/' : '.';
    const char *end = memchr(rest.ptr, separator, rest.len);

    if (end)
        rest.len = (size_t)(end - rest.ptr);
    return is_number(rest);
}

static void add_item(const struct paths *paths, struct path_place *place, struct path_item item)
{
    place->items[place->item_count++] = item;
    place->has_index |= goes_to_index(paths, item);
}

bool paths_start(const struct paths *paths, struct arena *arena, struct path_place *ret_place)
{
    uint32_t i;

    memset(ret_place, 0, sizeof *ret_place);
    ret_place->items = arena_alloc(arena, paths->count ? paths->count : 1,
                                   sizeof *ret_place->items);
    if (!ret_place->items)
        return false;
    for (i = 0; i < paths->count; i++)
        add_item(paths, ret_place, (struct path_item){i, 0});
    return true;
}

uint32_t paths_column(const struct paths *paths, const struct path_place *place, size_t i)
{
    return paths->names[place->items[i].name].end.column;
}

/* Whether the rest of a pointer begins with the key; *ret_len: its bytes there. */
static bool pointer_begins(struct str rest, struct str key, size_t *ret_len)
{
    size_t at = 0;
    size_t i;

    for (i = 0; i < key.len; i++) {
        bool is_escaped = key.ptr[i] == '~' || key.ptr[i] == '/';

        if (is_escaped && (rest.len - at < 2 || rest.ptr[at] != '~' ||
                           rest.ptr[at + 1] != (key.ptr[i] == '~' ? '0' : '1')))
            return false;
        if (!is_escaped && (at == rest.len || rest.ptr[at] != key.ptr[i]))
            return false;
        at += is_escaped ? 2 : 1;
    }
    *ret_len = at;
    return true;
}

/* Whether the key is the next part of the name; *ret_len as above. */
static bool begins(const struct path_name *name, struct str rest, struct str key, size_t *ret_len)
{
    if (name->is_pointer)
        return pointer_begins(rest, key, ret_len) &&
               (*ret_len == rest.len || rest.ptr[*ret_len] == '/');
    *ret_len = key.len;
    return key.len > 0 && key.len <= rest.len && memcmp(rest.ptr, key.ptr, key.len) == 0 &&
           (key.len == rest.len || rest.ptr[key.len] == '.');
}

static bool make_room(struct path_place *place, size_t items, size_t ends, struct arena *arena)
{
    place->items = arena_alloc(arena, items ? items : 1, sizeof *place->items);
    place->ends = arena_alloc(arena, ends ? ends : 1, sizeof *place->ends);
    return place->items && place->ends;
}

/* What is left of the name once the key was taken off. */
static void take(const struct paths *paths, struct path_item item, size_t len,
                 struct path_place *place)
{
    if (len == rest_of(paths, item).len)
        place->ends[place->end_count++] = paths->names[item.name].end;
    else
        add_item(paths, place, (struct path_item){item.name, item.at + (uint32_t)len + 1});
}

bool paths_step(const struct paths *paths, const struct path_place *from, struct str key,
                struct arena *arena, struct path_place *ret_place)
{
    size_t len;
    size_t i;

    memset(ret_place, 0, sizeof *ret_place);
    for (i = 0; i < from->item_count; i++) {
        struct path_item item = from->items[i];

        if (!begins(&paths->names[item.name], rest_of(paths, item), key, &len))
            continue;
        if (!ret_place->items && !make_room(ret_place, from->item_count, from->item_count, arena))
            return false;
        take(paths, item, len, ret_place);
    }
    return true;
}

bool paths_element(const struct paths *paths, const struct path_place *from, struct str index,
                   struct arena *arena, struct path_place *ret_place, bool *ret_is_named)
{
    size_t len;
    size_t i;

    memset(ret_place, 0, sizeof *ret_place);
    *ret_is_named = false;
    for (i = 0; index.ptr && i < from->item_count; i++)
        *ret_is_named |= begins(&paths->names[from->items[i].name],
                                rest_of(paths, from->items[i]), index, &len);
    if (index.ptr && !*ret_is_named)
        return true;
    if (!make_room(ret_place, from->item_count, from->item_count + from->end_count, arena))
        return false;
    for (i = 0; i < from->end_count; i++)
        ret_place->ends[ret_place->end_count++] = from->ends[i];
    for (i = 0; i < from->item_count; i++) {
        struct path_item item = from->items[i];

        if (!goes_to_index(paths, item))
            add_item(paths, ret_place, item);
        else if (index.ptr &&
                 begins(&paths->names[item.name], rest_of(paths, item), index, &len))
            take(paths, item, len, ret_place);
    }
    return true;
}
