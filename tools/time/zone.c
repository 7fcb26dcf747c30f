#include "time/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "time/civil_read.h"
#include "time/zone_folder.h"
#include "time/zone_table.h"

struct zone {
    struct zone_name_text name;
    struct zone_table table;
};

static const int64_t utc_starts[2] = {INT64_MIN, INT64_MAX};
static const int32_t utc_offsets[1] = {0};
static const struct zone utc = {
    .name = {"UTC"},
    .table = {.count = 1, .starts = utc_starts, .offsets = utc_offsets, .last = INT64_MAX},
};

const struct zone *zone_utc(void)
{
    return &utc;
}

struct str zone_name(const struct zone *zone)
{
    return str_of(zone->name.bytes);
}

void zone_free(struct zone *zone)
{
    if (!zone)
        return;
    zone_table_done(&zone->table);
    mem_free(zone);
}

/* Parts of letters, digits and _+- between slashes: no dots, so no way out of the folder. */
static bool name_is_safe(struct str name)
{
    char before = '/';
    size_t i;

    for (i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || digit_of(c) <= 9 ||
                        c == '_' || c == '+' || c == '-';

        if (!is_plain && (c != '/' || before == '/'))
            return false;
        before = c;
    }
    return before != '/' && name.len <= ZONE_NAME_MAX && !str_is(name, "localtime") &&
           !str_is(name, "posixrules");
}

static enum status refuse(struct diag *diag, enum rule rule, struct str name)
{
    struct zone_name_text nearest;

    diag_report(diag, rule, WHERE_NONE, "'%.*s'", STR_ARG(name));
    if (zone_folder_nearest(name, &nearest))
        diag_hint(diag, "did you mean '%s'?", nearest.bytes);
    else
        diag_hint(diag, "zones have names like 'Europe/Rome' and lie in '%s' (package tzdata)",
                  zone_folder());
    return STATUS_INVALID;
}

static enum status refuse_file(struct diag *diag, struct str name, const char *trouble)
{
    diag_report(diag, RULE_ZONE_FILE, WHERE_NONE, "'%.*s': %s", STR_ARG(name), trouble);
    return STATUS_INVALID;
}

static enum status refuse_read(struct diag *diag, struct str name)
{
    (void)refuse_file(diag, name, strerror(errno));
    return STATUS_IO;
}

enum status zone_from_bytes(struct str name, struct str bytes, struct diag *diag,
                            struct zone **ret_zone)
{
    const char *trouble;
    struct tzif file;
    struct zone *zone;
    enum status status;

    if (!name_is_safe(name))
        return refuse(diag, RULE_ZONE_NAME, name);
    trouble = tzif_open(bytes, &file);
    if (trouble)
        return refuse_file(diag, name, trouble);
    zone = mem_alloc(1, sizeof *zone);
    if (!zone)
        return diag_no_memory(diag);
    memcpy(zone->name.bytes, name.ptr, name.len);
    status = zone_table_build(&file, &zone->table, &trouble);
    if (status == STATUS_OK) {
        *ret_zone = zone;
        return STATUS_OK;
    }
    zone_free(zone);
    return status == STATUS_MEMORY ? diag_no_memory(diag) : refuse_file(diag, name, trouble);
}

/* "UTC" by hand: no other zone can be known without its file. */
static enum status load_utc(struct diag *diag, struct zone **ret_zone)
{
    struct zone *zone = mem_alloc(1, sizeof *zone);

    if (!zone)
        return diag_no_memory(diag);
    *zone = utc;
    *ret_zone = zone;
    return STATUS_OK;
}

static enum status read_file(struct str name, int fd, struct diag *diag, struct buf *bytes)
{
    struct stat about;
    char piece[4096];
    ssize_t got;

    if (fstat(fd, &about) != 0)
        return refuse_read(diag, name);
    if (S_ISDIR(about.st_mode))
        return refuse(diag, RULE_ZONE_UNKNOWN, name);
    if (!S_ISREG(about.st_mode))
        return refuse_file(diag, name, "it is no regular file");
    while ((got = read(fd, piece, sizeof piece)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse_read(diag, name);
        if (bytes->len + (size_t)got > LIMIT_ZONE_BYTES)
            return diag_limit(diag, WHERE_NONE, "bytes of a time zone file", LIMIT_ZONE_BYTES);
        buf_add(bytes, (struct str){piece, (size_t)got});
    }
    return bytes->failed ? diag_no_memory(diag) : STATUS_OK;
}

static enum status load_file(struct str name, struct diag *diag, struct buf *path,
                             struct buf *bytes, struct zone **ret_zone)
{
    enum status status;
    int fd;

    buf_add_text(path, zone_folder());
    buf_add_char(path, '/');
    buf_add(path, name);
    if (path->failed)
        return diag_no_memory(diag);
    /* a pipe in the folder must not hold us up */
    fd = open(path->bytes, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return refuse(diag, RULE_ZONE_UNKNOWN, name);
    if (fd < 0)
        return refuse_read(diag, name);
    status = read_file(name, fd, diag, bytes);
    close(fd);
    return status == STATUS_OK ? zone_from_bytes(name, buf_str(bytes), diag, ret_zone) : status;
}

enum status zone_load(struct str name, struct diag *diag, struct zone **ret_zone)
{
    enum { PATH_MOST = 8192 };
    struct buf path;
    struct buf bytes;
    enum status status;

    if (!name_is_safe(name))
        return refuse(diag, RULE_ZONE_NAME, name);
    if (str_is(name, "UTC"))
        return load_utc(diag, ret_zone);
    buf_init(&path, PATH_MOST);
    buf_init(&bytes, (size_t)LIMIT_ZONE_BYTES);
    status = load_file(name, diag, &path, &bytes, ret_zone);
    buf_done(&bytes);
    buf_done(&path);
    return status;
}

/* Outside the years of the calendar, as a missing instant is. */
static bool is_beyond(int64_t us)
{
    return us < CIVIL_FIRST_US - DAY_US || us > CIVIL_LAST_US + DAY_US;
}

/* Whole periods to go back, so that the table holds the time. */
static int64_t periods_beyond(const struct zone_table *table, int64_t us)
{
    if (us <= table->last)
        return 0;
    return ((us - table->last) / ZONE_PERIOD_US + 1) * ZONE_PERIOD_US;
}

static int32_t offset_at(const struct zone_table *table, int64_t us)
{
    return table->offsets[zone_table_find(table, us - periods_beyond(table, us))];
}

int32_t zone_offset(const struct zone *zone, struct instant instant)
{
    return is_beyond(instant.us) ? 0 : offset_at(&zone->table, instant.us);
}

struct local zone_local(const struct zone *zone, struct instant instant)
{
    if (is_beyond(instant.us))
        return (struct local){INSTANT_MISSING.us};
    return (struct local){instant.us + offset_at(&zone->table, instant.us) * SECOND_US};
}

struct zone_stretch zone_stretch(const struct zone *zone, struct instant instant)
{
    const struct zone_table *table = &zone->table;
    int64_t back = periods_beyond(table, instant.us);
    size_t span = zone_table_find(table, instant.us - back);
    struct zone_stretch stretch = {table->starts[span], table->starts[span + 1],
                                   table->offsets[span]};

    if (stretch.from != INT64_MIN)
        stretch.from += back;
    if (stretch.until != INT64_MAX)
        stretch.until += back;
    return stretch;
}

/*
 * Tries each span that an instant with this local time can lie in; nearly always that is one, as
 * the offsets of a zone are hours apart and its changes months.
 */
static enum zone_case find_instants(const struct zone_table *table, int64_t local,
                                    int64_t *ret_first, int64_t *ret_later)
{
    int64_t latest = local - table->least * SECOND_US;
    int64_t gap_end = 0;
    unsigned found = 0;
    bool has_gap = false;
    size_t span = zone_table_find(table, local - table->most * SECOND_US);

    do {
        int64_t us = local - table->offsets[span] * SECOND_US;

        if (us >= table->starts[span] && us < table->starts[span + 1]) {
            if (found++ == 0)
                *ret_first = us;
            *ret_later = us;
        } else if (us < table->starts[span] && !has_gap) {
            has_gap = true;
            gap_end = table->starts[span];
        }
        span++;
    } while (span < table->count && table->starts[span] <= latest);
    if (found > 0)
        return found > 1 ? ZONE_TWICE : ZONE_ONCE;
    *ret_first = *ret_later = gap_end;
    return ZONE_GAP;
}

enum zone_case zone_to_instant(const struct zone *zone, struct local local,
                               struct instant *ret_instant, struct instant *ret_later)
{
    const struct zone_table *table = &zone->table;
    enum zone_case how;
    int64_t back;
    int64_t first = 0;
    int64_t later = 0;

    if (is_beyond(local.us)) {
        *ret_instant = *ret_later = INSTANT_MISSING;
        return ZONE_ONCE;
    }
    back = periods_beyond(table, local.us);
    how = find_instants(table, local.us - back, &first, &later);
    ret_instant->us = first + back;
    ret_later->us = later + back;
    return how;
}
