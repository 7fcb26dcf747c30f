#include "time/zone_folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* America/Argentina/Buenos_Aires */
enum { LEVELS_MOST = 3, PATH_MOST = 4096 };

/* How unlike a name is what was wanted; short names get no slips, they would fit anything. */
enum { RANK_SAME, RANK_SAME_CITY, RANK_NONE = 50, SLIPS_FROM_BYTES = 5 };

struct search {
    struct str wanted;
    struct str wanted_city;
    unsigned rank; /* of the best so far; less is better */
    struct zone_name_text best;
};

const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");

    return folder && *folder ? folder : "/usr/share/zoneinfo";
}

static struct str city_of(struct str name)
{
    size_t i;

    for (i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == '/')
            return (struct str){name.ptr + i, name.len - i};
    return name;
}

static unsigned rank_of(const struct search *search, struct str name)
{
    unsigned most = search->wanted.len < 8 ? 1 : 3;
    unsigned slips;

    if (str_equal_nocase(name, search->wanted))
        return RANK_SAME;
    if (str_equal_nocase(city_of(name), search->wanted_city))
        return RANK_SAME_CITY;
    if (search->wanted.len < SLIPS_FROM_BYTES)
        return RANK_NONE;
    slips = str_distance(name, search->wanted, most);
    return slips > most ? RANK_NONE : RANK_SAME_CITY + slips;
}

static void consider(struct search *search, struct str name)
{
    unsigned rank = rank_of(search, name);

    if (rank == RANK_NONE || rank > search->rank || name.len > ZONE_NAME_MAX)
        return;
    /* the order of a folder's entries must not show */
    if (rank == search->rank && str_compare(str_of(search->best.bytes), name) <= 0)
        return;
    search->rank = rank;
    memcpy(search->best.bytes, name.ptr, name.len);
    search->best.bytes[name.len] = '\0';
}

static void look_into(struct search *search, struct buf *path, size_t name_at, unsigned levels)
{
    DIR *folder = opendir(path->bytes);
    const struct dirent *entry;
    size_t len = path->len;

    if (!folder) {
        if (len > name_at)
            consider(search, (struct str){path->bytes + name_at, len - name_at});
        return;
    }
    while (levels > 0 && (entry = readdir(folder)) != NULL) {
        /* zones begin with a capital; "posix", "right" and tables do not */
        if (entry->d_name[0] < 'A' || entry->d_name[0] > 'Z' || strchr(entry->d_name, '.'))
            continue;
        buf_add_char(path, '/');
        buf_add_text(path, entry->d_name);
        if (!path->failed)
            look_into(search, path, name_at, levels - 1);
        path->failed = false;
        path->len = len;
        path->bytes[len] = '\0';
    }
    closedir(folder);
}

bool zone_folder_nearest(struct str name, struct zone_name_text *ret_name)
{
    struct search search = {.wanted = name, .wanted_city = city_of(name), .rank = RANK_NONE};
    char spaceless[ZONE_NAME_MAX + 1];
    struct buf path;
    size_t i;

    if (name.len == 0 || name.len > ZONE_NAME_MAX)
        return false;
    for (i = 0; i < name.len; i++)
        spaceless[i] = name.ptr[i] == ' ' ? '_' : name.ptr[i];
    search.wanted.ptr = spaceless;
    search.wanted_city = city_of(search.wanted);
    buf_init(&path, PATH_MOST);
    buf_add_text(&path, zone_folder());
    if (!path.failed)
        look_into(&search, &path, path.len + 1, LEVELS_MOST);
    buf_done(&path);
    if (search.rank == RANK_NONE)
        return false;
    *ret_name = search.best;
    return true;
}
