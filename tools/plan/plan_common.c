#include <stdarg.h>
#include <stdio.h>

#include "plan/format_guess.h"
#include "plan/plan_private.h"

void plan_error(struct plan_load *load, enum rule rule, const struct xml_node *node,
                const char *attribute, const char *detail, ...)
{
    struct where where = attribute ? xml_where_attr(load->fields.document, node, str_of(attribute))
                                   : xml_where(load->fields.document, node);
    char text[1000];
    va_list list;

    va_start(list, detail);
    vsnprintf(text, sizeof text, detail, list);
    va_end(list);
    diag_report(load->fields.diag, rule, where, "%s", text);
    load->errors++;
}

void plan_wrong_id(struct plan_load *load, struct str name, struct str id)
{
    plan_error(load, RULE_DOCUMENT_ID, load->root, "id", "'%.*s' was asked for, its id is '%.*s'",
               STR_ARG(name), STR_ARG(id));
    diag_hint(load->fields.diag, "name the file after the id, or give it the id of its name");
}

enum status plan_end(struct plan_load *load)
{
    if (load->fields.status != STATUS_OK)
        return load->fields.status;
    if (load->errors > 0)
        return xml_refuse(load->fields.document, load->fields.diag, load->errors);
    return STATUS_OK;
}

static struct str *texts(struct plan_load *load, const struct xml_node *node, const char *child,
                         bool is_raw, size_t *ret_count)
{
    size_t count = xml_field_count(node, child);
    struct str *list = xml_field_array(&load->fields, count, sizeof *list);
    const struct xml_node *element = xml_child(node, child);
    size_t i;

    for (i = 0; list && i < count; i++, element = xml_next(element, child)) {
        struct str text = xml_text_raw(element);

        list[i] = arena_str(load->fields.arena, is_raw ? text : str_trim(text));
        if (!list[i].ptr && load->fields.status == STATUS_OK)
            load->fields.status = diag_no_memory(load->fields.diag);
    }
    *ret_count = list ? count : 0;
    return list;
}

struct str *plan_texts(struct plan_load *load, const struct xml_node *node, const char *child,
                       size_t *ret_count)
{
    return texts(load, node, child, /* is_raw= */ false, ret_count);
}

struct str *plan_raw_texts(struct plan_load *load, const struct xml_node *node, const char *child,
                           size_t *ret_count)
{
    return texts(load, node, child, /* is_raw= */ true, ret_count);
}

struct str *plan_formats(struct plan_load *load, const struct xml_node *node, size_t *ret_count)
{
    struct str *formats = plan_raw_texts(load, node, "format", ret_count);
    const struct xml_node *element = xml_child(node, "format");
    struct time_format compiled;
    char guess[FORMAT_GUESS_SIZE];
    size_t bad;
    size_t i;

    for (i = 0; i < *ret_count; i++, element = xml_next(element, "format")) {
        if (time_format_compile(formats[i], &compiled, &bad) &&
            (!compiled.lacks_year || str_is(xml_attr(load->root, "reader"), "text")))
            continue;
        if (bad < formats[i].len)
            plan_error(load, RULE_PLAN_FORMAT, element, NULL, "'%.*s', from character %zu on",
                       STR_ARG(formats[i]), bad + 1);
        else
            plan_error(load, RULE_PLAN_FORMAT, element, NULL, "'%.*s' names no whole date",
                       STR_ARG(formats[i]));
        if (format_guess(formats[i], guess)) {
            diag_hint(load->fields.diag, "did you mean '%s'?", guess);
            continue;
        }
        diag_hint(load->fields.diag,
                  "letters are those of strftime: %%Y %%m %%d %%e %%H %%I %%p %%M "
                  "%%S %%f %%b %%z, or %%D and %%N for day and month whose order "
                  "is found out, or %%s for seconds since 1970; 'iso' is ISO 8601");
    }
    return formats;
}

struct str plan_zone(struct plan_load *load, const struct xml_node *node, struct zone **ret_zone)
{
    struct str name = xml_field_str(&load->fields, node, "zone");
    struct zone *zone = NULL;
    struct diag inner;
    enum status status;

    if (!name.ptr)
        return name;
    /* the loader does not know the place in our document: its words are told at ours */
    diag_init(&inner);
    status = zone_load(name, &inner, &zone);
    if (status == STATUS_OK) {
        if (ret_zone)
            *ret_zone = zone;
        else
            zone_free(zone);
    } else if (status == STATUS_MEMORY) {
        load->fields.status = diag_no_memory(load->fields.diag);
    } else {
        if (inner.count > 0 && inner.list[0].rule == RULE_ZONE_UNKNOWN)
            plan_error(load, RULE_PLAN_ZONE, node, "zone", "'%.*s'", STR_ARG(name));
        else if (inner.count > 0)
            plan_error(load, RULE_PLAN_ZONE, node, "zone", "%.*s", STR_ARG(inner.list[0].text));
        if (inner.count > 0 && inner.list[0].hint.ptr)
            diag_hint(load->fields.diag, "%.*s", STR_ARG(inner.list[0].hint));
    }
    diag_done(&inner);
    return name;
}

struct words plan_words(struct plan_load *load, const struct xml_node *node, const char *child)
{
    struct words words = xml_field_words(&load->fields, node, child);
    int i;

    for (i = 0; i < LANG_COUNT && !words.in[LANG_EN].ptr; i++)
        words.in[LANG_EN] = words.in[i];
    return words;
}

struct condition *plan_conditions(struct plan_load *load, const struct xml_node *node,
                                  size_t *ret_count)
{
    size_t count = xml_field_count(node, "where");
    struct condition *list = xml_field_array(&load->fields, count, sizeof *list);
    const struct xml_node *element = xml_child(node, "where");
    size_t i;

    for (i = 0; list && i < count; i++, element = xml_next(element, "where")) {
        struct condition *condition = &list[i];
        bool has_none;

        condition->field = xml_field_str(&load->fields, element, "field");
        condition->comparison = xml_field_str(&load->fields, element, "compare");
        condition->value = xml_field_str(&load->fields, element, "value");
        has_none =
            str_is(condition->comparison, "missing") || str_is(condition->comparison, "present");
        if (has_none && condition->value.ptr) {
            plan_error(load, RULE_PLAN_CONDITION, element, "value", "'%.*s' compares with nothing",
                       STR_ARG(condition->comparison));
            diag_hint(load->fields.diag, "take the value away");
        } else if (!has_none && !condition->value.ptr) {
            plan_error(load, RULE_PLAN_CONDITION, element, "compare", "'%.*s' needs a value",
                       STR_ARG(condition->comparison));
            diag_hint(load->fields.diag,
                      "add value=\"...\", or compare with 'present' or 'missing'");
        }
    }
    *ret_count = list ? count : 0;
    return list;
}

/* The digits between two places, which a schema has checked. */
static unsigned number_at(struct str text, size_t at, size_t len)
{
    unsigned value = 0;
    size_t i;

    for (i = at; i < at + len && i < text.len; i++)
        value = value * 10 + (unsigned)(text.ptr[i] - '0');
    return value;
}

bool plan_day(struct plan_load *load, const struct xml_node *node, const char *name,
              int64_t *ret_days)
{
    struct str text = xml_attr(node, name);
    struct civil civil = {.year = (int)number_at(text, 0, 4),
                          .month = number_at(text, 5, 2),
                          .day = number_at(text, 8, 2)};

    if (!text.ptr)
        return false;
    if (text.len != 10 || !civil_is_valid(&civil)) {
        xml_field_bad(&load->fields, node, name, "is no day");
        return false;
    }
    *ret_days = civil_days(civil.year, civil.month, civil.day);
    return true;
}

bool month_day_parse(struct str text, unsigned *ret_month, unsigned *ret_day)
{
    /* of a leap year: 29 February is a day of some years */
    struct civil civil = {.year = 2024, .month = number_at(text, 0, 2), .day = number_at(text, 3, 2)};
    size_t i;

    if (text.len != 5 || text.ptr[2] != '-')
        return false;
    for (i = 0; i < 5; i++)
        if (i != 2 && (text.ptr[i] < '0' || text.ptr[i] > '9'))
            return false;
    if (!civil_is_valid(&civil))
        return false;
    *ret_month = civil.month;
    *ret_day = civil.day;
    return true;
}

struct str plan_month_day(struct plan_load *load, const struct xml_node *node, const char *name)
{
    struct str text = xml_field_str(&load->fields, node, name);
    unsigned month;
    unsigned day;

    if (text.ptr && !month_day_parse(text, &month, &day)) {
        plan_error(load, RULE_PLAN_DAY, node, name, "'%.*s'", STR_ARG(text));
        diag_hint(load->fields.diag, "month and day of every year, as 06-24 for 24 June");
    }
    return text;
}

int plan_word(struct plan_load *load, const struct xml_node *node, const char *name,
              const char *const *names, int count)
{
    struct str text = xml_attr(node, name);
    int i;

    if (!text.ptr)
        return 0;
    for (i = 0; i < count; i++)
        if (str_is(text, names[i]))
            return i;
    xml_field_bad(&load->fields, node, name, "is none of the words allowed there");
    return 0;
}

struct str plan_folder(struct str path)
{
    size_t len = path.len;

    while (len > 0 && path.ptr[len - 1] != '/')
        len--;
    if (len == 0)
        return (struct str){NULL, 0};
    return (struct str){path.ptr, len > 1 ? len - 1 : len};
}

struct str plan_folder_of_document(struct plan_load *load, const struct library *library,
                                   struct str name, struct str folder)
{
    struct str own = plan_folder(name);
    struct str joined;

    if (!library_name_is_path(name))
        return library->data_folder;
    if (folder.len == 0 || name.ptr[0] == '/')
        return own;
    if (own.len == 0)
        return folder;
    joined = arena_format(load->fields.arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(own));
    if (!joined.ptr && load->fields.status == STATUS_OK)
        load->fields.status = diag_no_memory(load->fields.diag);
    return joined;
}
