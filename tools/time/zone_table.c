#include "time/zone_table.h"

#include <string.h>

#include "base/mem.h"
#include "time/civil_read.h"
#include "time/posix_tz.h"

/* 2^44 microseconds are 203 days: mostly one change or none in a bucket. */
enum { BUCKET_SHIFT = 44, BUCKETS_MOST = 4096 };

/* Years written out of a rule: 400, and margins so that no neighbour is missing at the seams. */
enum { YEARS_AHEAD = 403, YEARS_BEFORE_PERIOD = 402 };

static const int64_t FIRST_SECOND = -62135596800; /* years 1 to 9999 */
static const int64_t LAST_SECOND = 253402300799;

struct change {
    int64_t at; /* seconds */
    int32_t offset;
};

struct changes {
    struct change *list; /* [0] holds from the beginning */
    size_t count;
    size_t capacity;
};

static bool push(struct changes *changes, int64_t at, int32_t offset)
{
    if (!mem_grow(&changes->list, changes->count, &changes->capacity, sizeof *changes->list))
        return false;
    changes->list[changes->count++] = (struct change){at, offset};
    return true;
}

/* A change at the time of the one before takes its place; one that changes nothing is dropped. */
static bool add_change(struct changes *changes, int64_t at, int32_t offset)
{
    if (changes->count > 1 && changes->list[changes->count - 1].at == at)
        changes->count--;
    if (changes->list[changes->count - 1].offset == offset)
        return true;
    return push(changes, at, offset);
}

/* The stored changes within the years we know; false when memory is out. */
static bool add_stored(struct changes *changes, const struct tzif *file)
{
    size_t i;

    if (!push(changes, INT64_MIN, tzif_first_offset(file)))
        return false;
    for (i = 0; i < file->time_count; i++) {
        int64_t at = tzif_time(file, i);

        if (at > LAST_SECOND)
            break;
        if (at < FIRST_SECOND)
            changes->list[0].offset = tzif_offset(file, i);
        else if (!add_change(changes, at, tzif_offset(file, i)))
            return false;
    }
    return true;
}

/* Keeps the order of time; of two at the same time the one added later stays behind. */
static void insert(struct change *list, size_t count, struct change change)
{
    for (; count > 0 && list[count - 1].at > change.at; count--)
        list[count] = list[count - 1];
    list[count] = change;
}

struct rule_years {
    struct change list[2 * (YEARS_AHEAD + 2)];
    size_t count;
};

static void write_out(const struct posix_tz *rule, unsigned from, unsigned to,
                      struct rule_years *years)
{
    unsigned year;

    years->count = 0;
    for (year = from; year <= to; year++) {
        struct change start = {posix_date_at(&rule->start, year, rule->standard), rule->daylight};
        struct change end = {posix_date_at(&rule->end, year, rule->daylight), rule->standard};

        insert(years->list, years->count++, start);
        insert(years->list, years->count++, end);
    }
}

/* What the rule says at a time: the last change before it, or the opposite of the first one. */
static int32_t offset_at(const struct posix_tz *rule, const struct rule_years *years, int64_t at)
{
    int32_t offset =
        years->list[0].offset == rule->daylight ? rule->standard : rule->daylight;
    size_t i;

    for (i = 0; i < years->count && years->list[i].at <= at; i++)
        offset = years->list[i].offset;
    return offset;
}

static unsigned year_of(int64_t second)
{
    return (unsigned)civil_from_local((struct local){second * SECOND_US}).year;
}

/*
 * Slim files of older zic compilers leave out a last change that alters no offset, so that the rule
 * seems to begin too early: what is stored then holds until the rule's next change.
 */
static bool may_hold(const struct posix_tz *rule, int32_t stored)
{
    return stored == rule->standard || stored == rule->daylight;
}

/* Goes on after the stored changes. */
static enum status add_rule(struct changes *changes, const struct tzif *file,
                            const struct posix_tz *rule, struct zone_table *table,
                            const char **reterr_trouble)
{
    bool has_stored = file->time_count > 0;
    int64_t last = has_stored ? tzif_time(file, file->time_count - 1) : FIRST_SECOND;
    struct rule_years *years;
    enum status status = STATUS_OK;
    unsigned from;
    int32_t stored;
    int32_t now;
    size_t i;

    if (last > LAST_SECOND)
        return STATUS_OK;
    if (last < FIRST_SECOND)
        last = FIRST_SECOND;
    from = year_of(last);
    years = mem_alloc(1, sizeof *years);
    if (!years)
        return STATUS_MEMORY;
    if (rule->has_daylight && rule->daylight != rule->standard)
        write_out(rule, from > 1 ? from - 1 : 1, from + YEARS_AHEAD, years);
    now = years->count ? offset_at(rule, years, last) : rule->standard;
    stored = changes->list[changes->count - 1].offset;
    if (!has_stored) {
        changes->list[0].offset = now;
    } else if (stored != now && !(years->count && may_hold(rule, stored))) {
        *reterr_trouble = "its rule contradicts its last change";
        status = STATUS_INVALID;
    }
    for (i = 0; status == STATUS_OK && i < years->count; i++)
        if (years->list[i].at > last &&
            !add_change(changes, years->list[i].at, years->list[i].offset))
            status = STATUS_MEMORY;
    if (years->count)
        table->last = days_of(from + YEARS_BEFORE_PERIOD, 1, 1) * DAY_US;
    mem_free(years);
    return status;
}

static void size_buckets(struct zone_table *table, const struct changes *changes)
{
    uint64_t range;

    if (table->count == 1)
        return;
    table->base = changes->list[1].at * SECOND_US;
    range = (uint64_t)(changes->list[table->count - 1].at * SECOND_US - table->base);
    for (table->shift = BUCKET_SHIFT; range >> table->shift >= BUCKETS_MOST;)
        table->shift++;
    table->bucket_count = (size_t)(range >> table->shift) + 1;
}

static bool fill_table(struct zone_table *table, const struct changes *changes)
{
    size_t count = changes->count;
    size_t span = 0;
    int64_t *starts;
    int32_t *offsets;
    uint32_t *buckets;
    size_t i;

    table->count = count;
    size_buckets(table, changes);
    /* a file of at most a megabyte has few changes: no overflow */
    table->memory = mem_alloc((count + 1) * sizeof *starts + count * sizeof *offsets +
                                  (table->bucket_count + 1) * sizeof *buckets,
                              1);
    if (!table->memory)
        return false;
    starts = table->memory;
    offsets = (int32_t *)(void *)(starts + count + 1);
    buckets = (uint32_t *)(void *)(offsets + count);
    table->starts = starts;
    table->offsets = offsets;
    table->buckets = buckets;
    table->least = table->most = changes->list[0].offset;
    for (i = 0; i < count; i++) {
        int32_t offset = changes->list[i].offset;

        starts[i] = i ? changes->list[i].at * SECOND_US : INT64_MIN;
        offsets[i] = offset;
        table->least = offset < table->least ? offset : table->least;
        table->most = offset > table->most ? offset : table->most;
    }
    starts[count] = INT64_MAX;
    for (i = 0; i <= table->bucket_count; i++) {
        int64_t at = table->base + (int64_t)((uint64_t)i << table->shift);

        while (starts[span + 1] <= at)
            span++;
        buckets[i] = (uint32_t)span;
    }
    return true;
}

enum status zone_table_build(const struct tzif *file, struct zone_table *ret_table,
                             const char **reterr_trouble)
{
    struct changes changes = {NULL, 0, 0};
    struct zone_table table;
    struct posix_tz rule;
    enum status status = STATUS_OK;

    memset(&table, 0, sizeof table);
    table.last = INT64_MAX;
    if (!add_stored(&changes, file)) {
        status = STATUS_MEMORY;
    } else if (file->footer.len > 0) {
        if (posix_tz_parse(file->footer, &rule)) {
            status = add_rule(&changes, file, &rule, &table, reterr_trouble);
        } else {
            *reterr_trouble = "the rule in its last line is not understood";
            status = STATUS_INVALID;
        }
    }
    if (status == STATUS_OK && !fill_table(&table, &changes))
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        *ret_table = table;
    else
        zone_table_done(&table);
    mem_free(changes.list);
    return status;
}

void zone_table_done(struct zone_table *table)
{
    mem_free(table->memory);
    memset(table, 0, sizeof *table);
}
