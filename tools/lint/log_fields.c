#include "lint/log_fields.h"

#include "base/mem.h"
#include "text/rules.h"

static bool is_of_every_rule(struct str column)
{
    return str_is(column, LOG_COLUMN_RULE) || str_is(column, LOG_COLUMN_ENTRY) ||
           str_is(column, LOG_COLUMN_PLACE);
}

static bool gives(const struct log_rule *rule, const struct regex *regex, struct str column)
{
    size_t i;

    for (i = 0; i < rule->value_count; i++)
        if (str_equal(rule->values[i].column, column))
            return true;
    return regex_group(regex, column) != 0;
}

/* By a rule that is used. */
static bool is_given(const struct log_rules *log, const struct rules *rules, struct str column)
{
    bool given = is_of_every_rule(column);
    size_t i;

    for (i = 0; i < log->count && !given; i++)
        given = log->list[i].is_used && gives(&log->list[i], rules_regex(rules, i), column);
    return given;
}

static void check_field(const struct source_map *map, const struct rules *rules,
                        const struct map_field *field, struct diag *diag)
{
    size_t i;

    for (i = 0; i < field->column_count; i++) {
        if (is_given(&map->log, rules, field->columns[i]))
            continue;
        diag_report(diag, RULE_LOG_COLUMN, field->where, "'%.*s' of '%.*s'",
                    STR_ARG(field->columns[i]), STR_ARG(field->field));
        diag_hint(diag, "columns are the names of (?<name>...) and %%{PATTERN:name}, those of "
                        "<set>, and log:rule, log:entry, log:place");
    }
}

static enum status compile(const struct log_rules *log, struct rules **ret_rules)
{
    struct rule_pattern *patterns = mem_alloc(log->count, sizeof *patterns);
    struct regex_error wrong;
    enum status status;
    size_t number;
    size_t i;

    if (!patterns)
        return STATUS_MEMORY;
    for (i = 0; i < log->count; i++)
        patterns[i] = (struct rule_pattern){log->list[i].pattern, 0};
    status = rules_new(patterns, log->count, ret_rules, &number, &wrong);
    mem_free(patterns);
    return status;
}

enum status log_fields_check(const struct source_map *map, struct diag *diag)
{
    struct rules *rules = NULL;
    enum status status;
    size_t i;

    if (map->log.count == 0)
        return STATUS_OK;
    status = compile(&map->log, &rules);
    if (status == STATUS_MEMORY)
        return diag_no_memory(diag);
    for (i = 0; i < map->field_count && status == STATUS_OK; i++)
        check_field(map, rules, &map->fields[i], diag);
    rules_free(rules);
    return STATUS_OK;
}
