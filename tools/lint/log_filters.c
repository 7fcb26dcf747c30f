#include "lint/log_filters.h"

#include "text/rules.h"

static enum status check(const struct log_rule *log, const struct map_rule *rule, struct diag *diag)
{
    const struct rule_pattern pattern = {log->pattern, 0};
    struct regex_error wrong;
    struct rules *rules = NULL;
    size_t number;
    enum status status = rules_new(&pattern, 1, &rules, &number, &wrong);

    if (status == STATUS_MEMORY)
        return diag_no_memory(diag);
    if (status == STATUS_OK && !rules_is_filtered(rules, 0)) {
        diag_report(diag, RULE_LOG_UNFILTERED, rule->pattern, "'%.*s'", STR_ARG(log->name));
        diag_hint(diag, "write out a word or a mark that every such entry has, as in ' status='; "
                        "\\S+, .* and wide classes alone are in any line");
    }
    rules_free(rules);
    return STATUS_OK;
}

enum status log_filters_check(const struct source_map *map, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < map->log.count && status == STATUS_OK; i++)
        status = check(&map->log.list[i], &map->rules[i], diag);
    return status;
}
