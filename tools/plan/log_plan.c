/* The rules of a map for text logs: named patterns put in, and every pattern known to be one. */
#include "base/limits.h"

#include "plan/plan_private.h"
#include "text/log_pattern.h"
#include "text/regex.h"

/* Bytes of a pattern shown in front of the character that is wrong. */
enum { SHOWN = 60 };

struct names {
    struct log_pattern *list;
    size_t count;
};

static void read_names(struct plan_load *load, const struct xml_node *log, struct names *names)
{
    const struct xml_node *node = xml_child(log, "pattern");

    names->list =
        xml_field_array(&load->fields, xml_field_count(log, "pattern"), sizeof *names->list);
    for (; node && names->list; node = xml_next(node, "pattern")) {
        struct log_pattern *pattern = &names->list[names->count++];

        pattern->name = xml_field_str(&load->fields, node, "name");
        pattern->pattern = arena_str(load->fields.arena, str_trim(xml_text_raw(node)));
    }
}

static void say_fault(struct plan_load *load, const struct xml_node *node, const char *attribute,
                      const struct names *names, const struct log_pattern_fault *fault)
{
    struct diag *diag = load->fields.diag;
    struct str near;

    switch (fault->kind) {
    case LOG_PATTERN_MEMORY:
        load->fields.status = diag_no_memory(diag);
        return;
    case LOG_PATTERN_UNKNOWN:
        near = log_pattern_nearest(names->list, names->count, fault->name);
        plan_error(load, RULE_PLAN_PATTERN, node, attribute, "there is no pattern '%.*s'",
                   STR_ARG(fault->name));
        if (near.ptr)
            diag_hint(diag, "did you mean '%.*s'?", STR_ARG(near));
        else
            diag_hint(diag, "'cfaudit list patterns' prints what there is; <pattern name=\"%.*s\"> "
                            "adds one",
                      STR_ARG(fault->name));
        return;
    case LOG_PATTERN_CIRCLE:
        plan_error(load, RULE_PLAN_PATTERN, node, attribute, "'%.*s' is made of itself",
                   STR_ARG(fault->name));
        return;
    case LOG_PATTERN_COLUMN:
        plan_error(load, RULE_PLAN_PATTERN, node, attribute, "'%.*s' is no name of a column",
                   STR_ARG(fault->name));
        diag_hint(diag, "letters, digits and _, at most 32; what type it has the record says");
        return;
    case LOG_PATTERN_OPEN:
        plan_error(load, RULE_PLAN_PATTERN, node, attribute, "no } closes '%.*s'",
                   STR_ARG(fault->name));
        diag_hint(diag, "a %%{ that is meant as such is written %%\\{");
        return;
    case LOG_PATTERN_LONG:
        plan_error(load, RULE_PLAN_PATTERN, node, attribute, "it becomes longer than %d bytes",
                   (int)LIMIT_PATTERN_BYTES);
        return;
    }
}

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The end of what stands in front of a character, counted from 1. */
static struct str characters_before(struct str pattern, size_t column)
{
    size_t end = 0;
    size_t start;

    for (; column > 1 && end < pattern.len; column--)
        do
            end++;
        while (end < pattern.len && !begins_character(pattern.ptr[end]));
    start = end > SHOWN ? end - SHOWN : 0;
    while (start < end && !begins_character(pattern.ptr[start]))
        start++;
    return (struct str){pattern.ptr + start, end - start};
}

/* Says it where PCRE2 does not take the pattern. */
static void check_regex(struct plan_load *load, const struct xml_node *node, const char *attribute,
                        struct str pattern)
{
    struct regex *regex = NULL;
    struct regex_error error;
    enum status status = regex_new(pattern, 0, &regex, &error);

    regex_free(regex);
    if (status == STATUS_MEMORY) {
        load->fields.status = diag_no_memory(load->fields.diag);
    } else if (status != STATUS_OK) {
        struct str before = characters_before(pattern, error.column);

        plan_error(load, RULE_PLAN_PATTERN, node, attribute, "%s, at character %zu, behind '%.*s'",
                   error.message, error.column, STR_ARG(before));
    }
}

/* The pattern complete; missing when it is none, which was said. */
static struct str complete(struct plan_load *load, const struct xml_node *node,
                           const char *attribute, const struct names *names, struct str text)
{
    struct log_pattern_fault fault;
    struct str pattern = {NULL, 0};

    if (!text.ptr || load->fields.status != STATUS_OK)
        return pattern;
    if (!log_pattern_expand(load->fields.arena, names->list, names->count, str_trim(text), &pattern,
                            &fault))
        say_fault(load, node, attribute, names, &fault);
    else
        check_regex(load, node, attribute, pattern);
    return pattern;
}

static void read_sets(struct plan_load *load, const struct xml_node *node, struct log_rule *rule)
{
    const struct xml_node *set = xml_child(node, "set");

    rule->values =
        xml_field_array(&load->fields, xml_field_count(node, "set"), sizeof *rule->values);
    for (; set && rule->values; set = xml_next(set, "set")) {
        struct log_value *value = &rule->values[rule->value_count++];

        value->column = xml_field_str(&load->fields, set, "column");
        value->value = xml_field_str(&load->fields, set, "to");
    }
}

static void read_samples(struct plan_load *load, const struct xml_node *node,
                         struct map_rule *rule)
{
    const struct xml_node *sample = xml_child(node, "sample");

    rule->samples =
        xml_field_array(&load->fields, xml_field_count(node, "sample"), sizeof *rule->samples);
    for (; sample && rule->samples; sample = xml_next(sample, "sample")) {
        struct log_sample *item = &rule->samples[rule->sample_count++];

        item->is_match = xml_field_bool(&load->fields, sample, "match");
        item->text = plan_sample_lines(load, sample);
        item->where = plan_where(load, sample);
    }
}

static void read_rule(struct plan_load *load, const struct xml_node *node,
                      const struct names *names, struct log_rule *rule, struct map_rule *about)
{
    const struct xml_node *match = xml_child(node, "match");

    rule->name = xml_field_str(&load->fields, node, "name");
    rule->is_used = xml_field_bool(&load->fields, node, "use");
    rule->pattern = complete(load, match, NULL, names, xml_text_raw(match));
    about->where = plan_where(load, node);
    about->pattern = plan_where(load, match);
    read_sets(load, node, rule);
    read_samples(load, node, about);
}

static void read_entry(struct plan_load *load, const struct xml_node *node,
                       const struct names *names, struct log_rules *log)
{
    if (!node)
        return;
    log->start = complete(load, node, "start", names, xml_attr(node, "start"));
    log->continues = complete(load, node, "continues", names, xml_attr(node, "continues"));
    if (!!xml_attr(node, "start").ptr != !!xml_attr(node, "continues").ptr)
        return;
    plan_error(load, RULE_PLAN_LOG, node, NULL,
               xml_attr(node, "start").ptr ? "entries begin with a line or go on with one"
                                           : "nothing says which lines are an entry");
    diag_hint(load->fields.diag, "state one of start and continues, or take <entry> away");
}

void plan_log(struct plan_load *load, struct source_map *map)
{
    const struct xml_node *log = xml_child(load->root, "log");
    const struct xml_node *node = xml_child(log, "rule");
    size_t count = log ? xml_field_count(log, "rule") : 0;
    bool is_text = str_is(map->reader, "text");
    struct names names = {NULL, 0};

    if (is_text != (log != NULL)) {
        plan_error(load, RULE_PLAN_LOG, log ? log : load->root, NULL,
                   is_text ? "reader 'text' without <log>" : "reader '%.*s' has no rules",
                   STR_ARG(map->reader));
        diag_hint(load->fields.diag, is_text ? "add <log> with a <rule> for each kind of entry"
                                             : "write reader=\"text\", or take <log> away");
    }
    if (!log)
        return;
    read_names(load, log, &names);
    read_entry(load, xml_child(log, "entry"), &names, &map->log);
    map->log.list = xml_field_array(&load->fields, count, sizeof *map->log.list);
    map->rules = xml_field_array(&load->fields, count, sizeof *map->rules);
    for (; node && map->log.list && map->rules; node = xml_next(node, "rule")) {
        read_rule(load, node, &names, &map->log.list[map->log.count], &map->rules[map->log.count]);
        map->log.count++;
    }
}
