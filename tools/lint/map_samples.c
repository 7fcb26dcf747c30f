#include "lint/map_samples.h"

#include "lint/log_fields.h"
#include "lint/log_filters.h"
#include "lint/log_samples.h"
#include "lint/log_steps.h"
#include "record/record.h"

/* What became of one sample. */
struct outcome {
    struct accounting accounting;
    struct diag diag;
    enum status status;
};

/* A sample may have times without a year, and go over New Year: it begins in 2024 or 2025, the
   first of which has every day. */
static const struct instant sample_as_of = {1751328000000000};

static bool is_end(enum status status)
{
    return status == STATUS_MEMORY || status == STATUS_INTERRUPTED;
}

static enum status read_rows(const struct map_sample *sample, struct record_options *options,
                             struct arena *arena, struct outcome *outcome)
{
    static const struct str name = STR_INIT("sample");
    const struct record_needs needs = {
        .slots = ((uint64_t)1 << SLOT_COUNT) - 1, .classes = true, .groups = true};
    struct record_set *kinds[RECORD_KIND_COUNT] = {NULL};
    struct record_set *set = NULL;
    enum status status;
    int kind;

    options->kinds = kinds;
    options->text = sample->text;
    status = record_decide_order(&name, 1, options, &outcome->diag, &options->date_order);
    if (status == STATUS_OK)
        status = record_set_new(&needs, &outcome->diag, &set);
    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++) {
        const struct record_needs own = {.kind = (enum record_kind)kind,
                                         .slots = record_kind_slots((enum record_kind)kind)};

        if (record_map_feeds(options->map, own.kind))
            status = record_set_new(&own, &outcome->diag, &kinds[kind]);
    }
    if (status == STATUS_OK)
        status =
            record_read(set, name, 0, options, arena, &outcome->diag, &outcome->accounting);
    record_set_free(set);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        record_set_free(kinds[kind]);
    options->kinds = NULL;
    return status;
}

/* The first thing that kept a row from being read. */
static void say_unread(const struct source_map *map, const struct map_sample *sample,
                       const struct outcome *outcome, struct diag *diag)
{
    const struct accounting *accounting = &outcome->accounting;
    uint64_t header = map->log.count ? 0 : 1;
    size_t i;

    for (i = 0; i < accounting->reason_count; i++) {
        const struct accounting_reason *reason = &accounting->reasons[i];
        const struct accounting_place *first = &reason->first[0];

        if (reason->first_count == 0 || outcome->status != STATUS_OK)
            continue;
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "row %llu is not read: %.*s%s%.*s",
                    (unsigned long long)(first->line > header ? first->line - header : 0),
                    STR_ARG(reason->reason), first->text.len ? ", " : "", STR_ARG(first->text));
        if (reason->is_reject)
            diag_hint(diag, "mend the map or the row; 'cfaudit explain %.*s' says more",
                      STR_ARG(reason->reason));
        else
            diag_hint(diag, "add a rule that matches it, or write read=\"false\" rule=\"%.*s\"",
                      STR_ARG(reason->reason));
        return;
    }
    for (i = 0; i < outcome->diag.count; i++) {
        const struct diagnostic *item = &outcome->diag.list[i];

        if (item->severity < SEVERITY_ERROR)
            continue;
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "%.*s", STR_ARG(item->text));
        if (item->hint.ptr)
            diag_hint(diag, "%.*s", STR_ARG(item->hint));
        return;
    }
    diag_report(diag, RULE_MAP_SAMPLE, sample->where, "it has no row");
    if (!map->log.count)
        diag_hint(diag, "the first line is the header, rows stand below it");
}

static bool is_refused(const struct map_sample *sample, const struct outcome *outcome)
{
    enum rule rule = rule_find(sample->rule);
    size_t i;

    for (i = 0; i < outcome->accounting.reason_count; i++)
        if (sample->rule.ptr ? str_equal(outcome->accounting.reasons[i].reason, sample->rule)
                             : outcome->accounting.reasons[i].is_reject)
            return true;
    return sample->rule.ptr ? rule != RULE_COUNT && outcome->diag.by_rule[rule] > 0
                            : outcome->status != STATUS_OK;
}

static void judge(const struct source_map *map, const struct map_sample *sample,
                  const struct outcome *outcome, struct diag *diag)
{
    const struct accounting *accounting = &outcome->accounting;
    bool is_read = outcome->status == STATUS_OK && accounting->rows_read > 0 &&
                   accounting->rows_used == accounting->rows_read;

    if (outcome->diag.by_rule[RULE_MAP_FIELD])
        return; /* said where the field stands */
    if (sample->is_read && !is_read) {
        say_unread(map, sample, outcome, diag);
    } else if (!sample->is_read && !is_refused(sample, outcome) && sample->rule.ptr) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "'%.*s' does not refuse it",
                    STR_ARG(sample->rule));
        diag_hint(diag, "write read=\"true\" without a rule, or rows that it does refuse");
    } else if (!sample->is_read && !is_refused(sample, outcome)) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "it is read");
        diag_hint(diag, "write read=\"true\", or rows that are to be refused");
    }
}

static enum status check(const struct source_map *map, const struct map_sample *sample,
                         const struct zone *zone, struct diag *diag)
{
    struct record_options options = {
        .map = map, .zone = zone, .as_of = sample_as_of, .has_as_of = true};
    struct outcome outcome = {.status = STATUS_OK};
    struct arena arena;

    arena_init(&arena);
    diag_init(&outcome.diag);
    outcome.status = read_rows(sample, &options, &arena, &outcome);
    if (outcome.diag.lost)
        outcome.status = STATUS_MEMORY;
    if (!is_end(outcome.status))
        judge(map, sample, &outcome, diag);
    diag_done(&outcome.diag);
    arena_done(&arena);
    return outcome.status == STATUS_MEMORY        ? diag_no_memory(diag)
           : outcome.status == STATUS_INTERRUPTED ? outcome.status
                                                  : STATUS_OK;
}

enum status map_samples_check(const struct source_map *map, struct diag *diag)
{
    struct zone *zone = NULL;
    enum status status = STATUS_OK;
    size_t i;

    if (map->sample_count > 0 && map->zone.ptr)
        status = zone_load(map->zone, diag, &zone);
    for (i = 0; i < map->sample_count && status == STATUS_OK; i++)
        status = check(map, &map->samples[i], zone ? zone : zone_utc(), diag);
    zone_free(zone);
    if (status == STATUS_OK)
        status = log_samples_check(map, diag);
    if (status == STATUS_OK)
        status = log_steps_check(map, diag);
    if (status == STATUS_OK)
        status = log_fields_check(map, diag);
    return status == STATUS_OK ? log_filters_check(map, diag) : status;
}
