#include "plan/holidays.h"

#include <string.h>

#include "base/mem.h"
#include "plan/icalendar.h"

static const char *const weekday_names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};
static const char *const shift_names[] = {"none", "nearest", "next-workday", "sunday-to-monday",
                                          "sunday-to-saturday"};

/* A list in the arena that may grow by one. */
static void *grown(struct plan_load *load, const void *list, size_t count, size_t *capacity,
                   size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : 16;
    void *larger = xml_field_array(&load->fields, wanted, size);

    if (larger && count > 0)
        memcpy(larger, list, count * size);
    if (larger)
        *capacity = wanted;
    return larger;
}

void rule_list_add(struct plan_load *load, struct rule_list *rules, const struct day_rule *rule)
{
    if (rules->count == rules->capacity) {
        struct day_rule *list =
            grown(load, rules->list, rules->count, &rules->capacity, sizeof *list);

        if (!list)
            return;
        rules->list = list;
    }
    rules->list[rules->count++] = *rule;
}

/* --- windows --- */

/* "HH:MM", which the schema has checked, in seconds of the day. */
static int32_t clock_seconds(struct str text)
{
    if (text.len != 5)
        return 0;
    return ((text.ptr[0] - '0') * 10 + (text.ptr[1] - '0')) * 3600 +
           ((text.ptr[3] - '0') * 10 + (text.ptr[4] - '0')) * 60;
}

static void check_window(struct plan_load *load, const struct xml_node *node,
                         const struct day_window *window, const struct day_window *before)
{
    if (window->to <= window->from) {
        plan_error(load, RULE_CALENDAR_WINDOW, node, "to",
                   "%s", window->to == window->from ? "it has no length" : "it ends before it begins");
        diag_hint(load->fields.diag, "over midnight the hours go on from 24:00: 06:00 of the next "
                                     "day is written 30:00");
    } else if (before && window->from < before->to) {
        plan_error(load, RULE_CALENDAR_WINDOW, node, "from",
                   "it begins before the end of the one before it");
        diag_hint(load->fields.diag, "windows of a day stand in order and do not overlap");
    } else if (window->to - window->from > 86400) {
        plan_error(load, RULE_CALENDAR_WINDOW, node, "to", "it is longer than a day");
        diag_hint(load->fields.diag, "a day has 24 hours: write the rest with the next day");
    }
}

static struct day_windows read_windows(struct plan_load *load, const struct xml_node *node)
{
    size_t count = xml_field_count(node, "window");
    struct day_window *list = xml_field_array(&load->fields, count, sizeof *list);
    const struct xml_node *element = xml_child(node, "window");
    size_t i;

    for (i = 0; list && i < count; i++, element = xml_next(element, "window")) {
        list[i].from = clock_seconds(xml_attr(element, "from"));
        list[i].to = clock_seconds(xml_attr(element, "to"));
        check_window(load, element, &list[i], i ? &list[i - 1] : NULL);
    }
    return (struct day_windows){list, list ? count : 0};
}

void calendar_read_week(struct plan_load *load, const struct xml_node *node,
                        struct day_windows *week)
{
    const struct xml_node *day = xml_child(node, "day");

    for (; day; day = xml_next(day, "day"))
        week[plan_word(load, day, "name", weekday_names, (int)ARRAY_LEN(weekday_names))] =
            read_windows(load, day);
}

/* --- holidays --- */

static void read_fixed(struct plan_load *load, const struct xml_node *node, struct day_rule *rule)
{
    struct str date = plan_month_day(load, node, "date");

    rule->kind = DAY_FIXED;
    rule->shift = (enum day_shift)plan_word(load, node, "shift", shift_names,
                                            (int)ARRAY_LEN(shift_names));
    month_day_parse(date, &rule->month, &rule->day);
}

static void read_easter(struct plan_load *load, const struct xml_node *node, struct day_rule *rule)
{
    int64_t offset = 0;

    rule->kind = DAY_EASTER;
    if (!str_to_int64(xml_attr(node, "offset"), &offset))
        xml_field_bad(&load->fields, node, "offset", "is no whole number");
    rule->offset = (int)offset;
}

static void read_weekday(struct plan_load *load, const struct xml_node *node, struct day_rule *rule)
{
    int64_t nth = 0;

    rule->kind = DAY_WEEKDAY;
    if (!str_to_int64(xml_attr(node, "nth"), &nth))
        xml_field_bad(&load->fields, node, "nth", "is no whole number");
    rule->nth = (int)nth;
    rule->month = (unsigned)xml_field_uint(&load->fields, node, "month");
    rule->weekday = 1 + (unsigned)plan_word(load, node, "day", weekday_names,
                                            (int)ARRAY_LEN(weekday_names));
}

static void read_single(struct plan_load *load, const struct xml_node *node, struct day_rule *rule)
{
    rule->kind = DAY_SINGLE;
    plan_day(load, node, "date", &rule->date);
}

static const struct {
    const char *element;
    void (*read)(struct plan_load *load, const struct xml_node *node, struct day_rule *rule);
} kinds[] = {
    {"fixed", read_fixed},
    {"easter", read_easter},
    {"weekday", read_weekday},
    {"single", read_single},
};

static void read_common(struct plan_load *load, const struct xml_node *node, struct day_rule *rule)
{
    rule->name = xml_field_str(&load->fields, node, "name");
    rule->first_year = (int)xml_field_uint(&load->fields, node, "first-year");
    rule->last_year = (int)xml_field_uint(&load->fields, node, "last-year");
    rule->windows = read_windows(load, node);
    if (rule->last_year && rule->last_year < rule->first_year) {
        plan_error(load, RULE_CALENDAR_YEARS, node, "last-year", "it ends before it begins");
        diag_hint(load->fields.diag, "the last year is included");
    }
}

/* Holds only where its date is known. */
static void read_patron(struct calendar_reading *reading, const struct xml_node *node,
                        struct rule_list *rules)
{
    struct day_rule rule = {.kind = DAY_FIXED};

    reading->has_patron = true;
    read_common(&reading->load, node, &rule);
    if (month_day_parse(reading->patron, &rule.month, &rule.day))
        rule_list_add(&reading->load, rules, &rule);
}

/* --- holiday lists --- */

static struct event_pattern *read_patterns(struct plan_load *load, const struct xml_node *node,
                                           size_t *ret_count)
{
    size_t count = xml_field_count(node, NULL);
    struct event_pattern *list = xml_field_array(&load->fields, count, sizeof *list);
    const struct xml_node *element = xml_child(node, NULL);
    size_t i;

    for (i = 0; list && i < count; i++, element = xml_next(element, NULL)) {
        list[i].keeps = strcmp(xml_name(element), "keep") == 0;
        list[i].category = xml_field_str(&load->fields, element, "category");
        list[i].summary = xml_field_str(&load->fields, element, "summary");
        list[i].description = xml_field_str(&load->fields, element, "description");
        if (!list[i].category.ptr && !list[i].summary.ptr && !list[i].description.ptr) {
            plan_error(load, RULE_ICAL_PATTERN, element, NULL, "it says nothing");
            diag_hint(load->fields.diag, "for every event write summary=\"*\"");
        }
    }
    *ret_count = list ? count : 0;
    return list;
}

static struct calendar_list *add_list(struct calendar_reading *reading)
{
    /* as many elements as there are lists: few, and never read twice */
    struct calendar_list *lists = xml_field_array(&reading->load.fields, reading->list_count + 1,
                                                  sizeof *lists);

    if (!lists)
        return NULL;
    if (reading->list_count > 0)
        memcpy(lists, reading->lists, reading->list_count * sizeof *lists);
    reading->lists = lists;
    return &lists[reading->list_count++];
}

static void keep_list(struct calendar_reading *reading, const struct xml_node *node,
                      const struct event_days *days, struct rule_list *rules)
{
    struct plan_load *load = &reading->load;
    struct calendar_list *list = add_list(reading);
    size_t i;

    if (!list)
        return;
    list->name = xml_field_str(&load->fields, node, "file");
    list->sha256 = days->sha256;
    list->events = days->events;
    list->used = days->used;
    list->unused = days->unused;
    list->first_day = INT64_MAX;
    list->last_day = INT64_MIN;
    for (i = 0; i < days->count; i++) {
        struct day_rule rule = {
            .kind = DAY_SINGLE, .date = days->list[i].date, .name = days->list[i].name};

        rule_list_add(load, rules, &rule);
        if (rule.date < list->first_day)
            list->first_day = rule.date;
        if (rule.date > list->last_day)
            list->last_day = rule.date;
    }
    diag_report(load->fields.diag, RULE_ICAL_COUNT, xml_where(load->fields.document, node),
                "%llu of %llu in '%.*s'", (unsigned long long)days->used,
                (unsigned long long)days->events, STR_ARG(list->name));
}

static void read_icalendar(struct calendar_reading *reading, const struct xml_node *node,
                           struct rule_list *rules)
{
    struct plan_load *load = &reading->load;
    struct xml_fields *fields = &load->fields;
    struct str file = xml_field_str(fields, node, "file");
    size_t count = 0;
    struct event_pattern *patterns = read_patterns(load, node, &count);
    struct event_days days = {.errors = 0};

    if (fields->status != STATUS_OK || load->errors > 0)
        return;
    if (reading->folder.len > 0 && file.ptr[0] != '/')
        file = arena_format(fields->arena, "%.*s/%.*s", STR_ARG(reading->folder), STR_ARG(file));
    fields->status = file.ptr ? icalendar_read(fields->arena, reading->library, file, patterns, count,
                                               fields->diag, &days)
                              : diag_no_memory(fields->diag);
    load->errors += days.errors;
    if (fields->status != STATUS_OK || days.errors > 0)
        return;
    if (days.count == 0) {
        plan_error(load, RULE_ICAL_EMPTY, node, "file", "none of %llu events is used",
                   (unsigned long long)days.events);
        diag_hint(fields->diag, "see what the patterns keep and drop, or take the list away");
        return;
    }
    keep_list(reading, node, &days, rules);
}

static void read_rule(struct plan_load *load, const struct xml_node *node, struct rule_list *rules)
{
    struct day_rule rule;
    size_t i;

    for (i = 0; i < ARRAY_LEN(kinds); i++) {
        if (strcmp(xml_name(node), kinds[i].element) != 0)
            continue;
        memset(&rule, 0, sizeof rule);
        read_common(load, node, &rule);
        kinds[i].read(load, node, &rule);
        rule_list_add(load, rules, &rule);
    }
}

void calendar_read_rules(struct calendar_reading *reading, const struct xml_node *node,
                         struct rule_list *rules)
{
    const struct xml_node *element = xml_child(node, NULL);

    for (; element && reading->load.fields.status == STATUS_OK; element = xml_next(element, NULL)) {
        if (strcmp(xml_name(element), "patron") == 0)
            read_patron(reading, element, rules);
        else if (strcmp(xml_name(element), "icalendar") == 0)
            read_icalendar(reading, element, rules);
        else
            read_rule(&reading->load, element, rules);
    }
}
