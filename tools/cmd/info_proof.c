/* Which source map reads a source: proved by reading all of it. */
#include <string.h>

#include "cmd/completion.h"
#include "cmd/info.h"

/* A measure that the records of a kind feed by themselves; NULL: they only stand beside others. */
static const char *const first_measures[RECORD_KIND_COUNT] = {
    [RECORD_TICKET] = "M-03",       [RECORD_CUSTOMER] = "M-64",      [RECORD_SLA] = "M-35",
    [RECORD_PROMISE] = "M-19",      [RECORD_EFFORT] = "M-39",        [RECORD_CHANGE] = "M-37",
    [RECORD_SURVEY] = "M-22",       [RECORD_COMPLAINT] = "M-21",     [RECORD_ORDER_REVIEW] = "M-51",
    [RECORD_PROCESS_DOC] = "M-65",  [RECORD_REPLY_LATENCY] = "M-42", [RECORD_MGMT] = "M-63",
    [RECORD_INVOICE] = "M-50",      [RECORD_REGISTER] = "M-68",
};

/* What a row of the map is: a ticket, if it says anything of one. */
static enum record_kind kind_of(const struct source_map *map)
{
    size_t i;

    for (i = 0; i < map->field_count; i++)
        if (record_field_kind(map, &map->fields[i]) == RECORD_TICKET)
            return RECORD_TICKET;
    return map->field_count ? record_field_kind(map, &map->fields[0]) : RECORD_TICKET;
}

/* A set for each kind that rows of the map make beside tickets, with all that they say. */
static enum status new_sets(const struct source_map *map, struct record_set **sets,
                            struct diag *quiet)
{
    enum status status = STATUS_OK;
    int kind;

    for (kind = RECORD_TICKET + 1; kind < RECORD_KIND_COUNT && status == STATUS_OK; kind++) {
        struct record_needs needs = {.kind = (enum record_kind)kind,
                                     .slots = record_kind_slots((enum record_kind)kind)};

        if (record_map_feeds(map, needs.kind))
            status = record_set_new(&needs, quiet, &sets[kind]);
    }
    return status;
}

/* All rows, for what becomes of them; of tickets nothing is kept but the ids. */
static enum status read_all(struct info *info, const struct record_options *options,
                            struct diag *quiet, struct accounting *ret_accounting)
{
    struct record_set *sets[RECORD_KIND_COUNT] = {NULL};
    struct record_options with_sets = *options;
    struct record_needs needs = {.slots = 0};
    struct record_set *set = NULL;
    enum status status = record_set_new(&needs, quiet, &set);
    int kind;

    with_sets.kinds = sets;
    if (status == STATUS_OK)
        status = new_sets(options->map, sets, quiet);
    if (status == STATUS_OK)
        status =
            record_read(set, info->name, 0, &with_sets, &info->run->arena, quiet, ret_accounting);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++)
        record_set_free(sets[kind]);
    record_set_free(set);
    return status;
}

/* Whether the rows were refused for want of a zone. */
static bool lacks_zone(const struct accounting *accounting)
{
    size_t i;

    for (i = 0; i < accounting->reason_count; i++)
        if (str_is(accounting->reasons[i].reason, rule_info(RULE_RECORD_NO_ZONE)->name))
            return true;
    return false;
}

/* Where times have no year, the figures told here are the same in any that has every day. */
static const struct instant any_year = {1751328000000000};

/* Anything but success: it cannot be read so. */
static enum status read_with(struct info *info, struct record_options *options,
                             struct info_proof *proof)
{
    struct str name = info->name;
    struct diag quiet;
    enum status status;

    diag_init(&quiet);
    status = record_decide_order(&name, 1, options, &quiet, &options->date_order);
    if (status == STATUS_USAGE) {
        proof->needs_order = true;
        options->date_order = DATE_ORDER_DMY;
        status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = read_all(info, options, &quiet, &proof->accounting);
    if (!options->zone && !quiet.by_rule[RULE_YEAR_NEEDED] &&
        (status == STATUS_USAGE || (status == STATUS_OK && lacks_zone(&proof->accounting)))) {
        diag_done(&quiet);
        diag_init(&quiet);
        proof->needs_zone = true;
        options->zone = zone_utc();
        status = read_all(info, options, &quiet, &proof->accounting);
    }
    if (status == STATUS_USAGE && quiet.by_rule[RULE_YEAR_NEEDED]) {
        diag_done(&quiet);
        diag_init(&quiet);
        proof->needs_year = true;
        options->as_of = any_year;
        options->has_as_of = true;
        status = read_all(info, options, &quiet, &proof->accounting);
    }
    proof->unknown = quiet.by_rule[RULE_RECORD_STATUS];
    diag_done(&quiet);
    return status;
}

enum status info_prove(struct info *info, const struct source_map *map,
                       struct info_proof *ret_proof)
{
    struct record_options options = {.map = map};
    struct zone *zone = NULL;
    enum status status = STATUS_OK;

    *ret_proof = (struct info_proof){.is_sound = false};
    if (map->zone.len)
        status = zone_load(map->zone, &info->run->diag, &zone);
    options.zone = zone;
    if (status == STATUS_OK)
        status = read_with(info, &options, ret_proof);
    zone_free(zone);
    ret_proof->is_sound = status == STATUS_OK;
    if (status == STATUS_MEMORY)
        return diag_no_memory(&info->run->diag);
    return status == STATUS_INTERRUPTED ? status : STATUS_OK;
}

static bool tell_reasons(struct info *info, const struct accounting *accounting)
{
    static const char *const columns[] = {"reason", "#n", "#line", NULL};
    struct arena *arena = &info->run->arena;
    size_t i;

    facts_table(info->facts, "not-used", columns);
    for (i = 0; i < accounting->reason_count; i++) {
        const struct accounting_reason *reason = &accounting->reasons[i];
        struct str cells[] = {reason->reason, facts_count(arena, reason->n),
                              facts_count(arena, reason->first_count ? reason->first[0].line : 0)};

        if (!facts_row(info->facts, cells))
            return false;
    }
    facts_table_end(info->facts);
    return true;
}

/* What each log rule took, those without a filter named. */
static bool tell_rules(struct info *info, const struct accounting *accounting)
{
    static const char *const columns[] = {"rule", "#entries", "#line", "#last-line", "slow", NULL};
    struct arena *arena = &info->run->arena;
    size_t i;

    facts_table(info->facts, "rules", columns);
    for (i = 0; i < accounting->rule_count; i++) {
        const struct accounting_rule *rule = &accounting->rules[i];
        struct str cells[] = {rule->name, facts_count(arena, rule->n),
                              facts_count(arena, rule->first.line),
                              facts_count(arena, rule->last.line),
                              rule->is_filtered ? (struct str){NULL, 0} : STR("yes")};

        if (!facts_row(info->facts, cells))
            return false;
    }
    facts_table_end(info->facts);
    return true;
}

/* The command line that comes next; a name that a shell would take apart is quoted. */
static enum status tell_next(struct info *info, const struct source_map *map,
                             const struct info_proof *proof)
{
    const char *measure = first_measures[kind_of(map)];
    struct buf text;
    size_t i = 0;

    if (!measure)
        return STATUS_OK;
    while (i < info->name.len && (unsigned char)info->name.ptr[i] > ' ' &&
           !strchr("\"'`$\\|&;<>()*?[]{}#!~\x7f", info->name.ptr[i]))
        i++;
    buf_init(&text, 1 << 20);
    buf_printf(&text, "cfaudit measure %s --map %.*s%s%s%s %s", measure, STR_ARG(map->id),
               proof->needs_zone ? " --zone ZONE" : "",
               proof->needs_year ? " --as-of INSTANT" : "",
               proof->needs_order ? " --date-order dmy|mdy" : "",
               info->name.len && info->name.ptr[0] == '-' ? "-- " : "");
    if (i == info->name.len)
        buf_add(&text, info->name);
    else
        completion_quote(&text, info->name, "'\\''");
    facts_text(info->facts, "next", buf_str(&text));
    i = text.failed;
    buf_done(&text);
    return i ? diag_no_memory(&info->run->diag) : STATUS_OK;
}

enum status info_tell_proof(struct info *info, const struct source_map *map,
                            const struct info_proof *proof)
{
    const struct accounting *accounting = &proof->accounting;

    facts_text(info->facts, "map", map->id);
    facts_text(info->facts, "title", words_in(&map->title, info->run->lang));
    facts_number(info->facts, "used", accounting->rows_used);
    facts_number(info->facts, "filtered", accounting->rows_filtered);
    facts_number(info->facts, "rejected", accounting->rows_rejected);
    facts_number(info->facts, "cases", accounting->cases);
    if (!tell_rules(info, accounting) || !tell_reasons(info, accounting))
        return diag_no_memory(&info->run->diag);
    if (!proof->needs_order)
        facts_text(info->facts, "dates", accounting->date_order);
    else
        facts_text(info->facts, "needs-order", STR("--date-order: all dates can be read both ways"));
    if (proof->needs_zone)
        facts_text(info->facts, "needs-zone", STR("--zone: times carry no offset"));
    if (proof->needs_year)
        facts_text(info->facts, "needs-as-of", STR("--as-of: times have no year"));
    return tell_next(info, map, proof);
}
