/* Which source map reads a source: proved by reading all of it. */
#include <string.h>

#include "cmd/completion.h"
#include "cmd/info.h"

/* All rows, for what becomes of them; nothing of them is kept but the ids. */
static enum status read_all(struct info *info, const struct record_options *options,
                            struct diag *quiet, struct accounting *ret_accounting)
{
    struct record_needs needs = {.slots = 0};
    struct record_set *set = NULL;
    enum status status = record_set_new(&needs, quiet, &set);

    if (status == STATUS_OK)
        status = record_read(set, info->name, 0, options, &info->run->arena, quiet, ret_accounting);
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
    struct buf text;
    size_t i = 0;

    while (i < info->name.len && (unsigned char)info->name.ptr[i] > ' ' &&
           !strchr("\"'`$\\|&;<>()*?[]{}#!~\x7f", info->name.ptr[i]))
        i++;
    buf_init(&text, 1 << 20);
    buf_printf(&text, "cfaudit measure M-03 --map %.*s%s%s%s %s", STR_ARG(map->id),
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
