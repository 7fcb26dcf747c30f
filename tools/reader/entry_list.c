#include "reader/entry_list.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"

/* --- making --- */

bool log_boundary_new(const struct log_rules *log, unsigned flags,
                      struct log_boundary *ret_boundary)
{
    struct rule_pattern pattern = {log->start.ptr ? log->start : log->continues, flags};
    struct regex_error error;
    size_t wrong;
    enum status status;

    *ret_boundary = (struct log_boundary){NULL, log->start.ptr != NULL};
    if (!pattern.pattern.ptr)
        return true;
    status = rules_new(&pattern, 1, &ret_boundary->rules, &wrong, &error);
    BUG_IF(status == STATUS_INVALID); /* the plan has checked it */
    return status == STATUS_OK;
}

void log_boundary_free(struct log_boundary *boundary)
{
    rules_free(boundary->rules);
    boundary->rules = NULL;
}

bool entry_list_init(struct entry_list *list, const struct log_boundary *boundary)
{
    *list = (struct entry_list){.boundary = boundary};
    list->scan = rules_scan_new(boundary->rules, RULES_FIRST, rules_path_best());
    return list->scan != NULL;
}

void entry_list_done(struct entry_list *list)
{
    rules_scan_free(list->scan);
    mem_free(list->list);
    mem_free(list->places);
}

/* --- looking --- */

static bool hit_begins(const struct entry_list *list, const struct rules_hit *hit)
{
    if (hit->outcome == RULES_LONG)
        return false;
    return hit->outcome == RULES_LIMIT ||
           (hit->outcome == RULES_MATCH) == list->boundary->match_begins;
}

/* It never stops: whether a line begins an entry must not depend on the lines before it. */
static void start_scan(struct entry_list *list, struct str text)
{
    static const uint32_t none = 0;

    rules_scan_set_limits(list->scan, &none);
    rules_scan_lines(list->scan, text);
}

bool entry_list_begins(struct entry_list *list, struct str line, bool *reterr_no_memory)
{
    struct rules_hit hit;

    start_scan(list, line);
    if (rules_scan_next(list->scan, &hit) && !rules_scan_failed(list->scan))
        return hit_begins(list, &hit);
    *reterr_no_memory = true;
    return false;
}

/* Without the end of its last line. */
static size_t trimmed_end(struct str text, size_t start, size_t end)
{
    if (end > start && text.ptr[end - 1] == '\n')
        end--;
    if (end > start && text.ptr[end - 1] == '\r')
        end--;
    return end;
}

static bool begin_entry(struct entry_list *list, size_t start, uint64_t line, bool met_limit)
{
    if (!mem_grow(&list->list, list->count, &list->list_capacity, sizeof *list->list) ||
        !mem_grow(&list->places, list->count, &list->place_capacity, sizeof *list->places))
        return false;
    list->places[list->count] = (struct entry_place){line, met_limit};
    list->list[list->count++] = (struct rules_entry){start, start};
    return true;
}

/* Lines in a row, of which all or none begin entries. */
static bool take_lines(struct entry_list *list, struct str text, const struct rules_hit *hit,
                       bool begins)
{
    size_t start = hit->start;
    size_t i;

    for (i = 0; i < hit->count; i++) {
        const char *end;

        if (!begin_entry(list, start, hit->entry + i, hit->outcome == RULES_LIMIT))
            return false;
        if (!begins) /* the first line of all, with those that go on with it */
            return true;
        end = memchr(text.ptr + start, '\n', text.len - start);
        start = end ? (size_t)(end + 1 - text.ptr) : text.len;
    }
    return true;
}

bool entry_list_find(struct entry_list *list, struct str text)
{
    struct rules_hit hit;
    size_t i;

    list->count = 0;
    start_scan(list, text);
    while (rules_scan_next(list->scan, &hit)) {
        bool begins = hit_begins(list, &hit);

        if (hit.entry == 0)
            list->begins = begins;
        if ((begins || list->count == 0) && !take_lines(list, text, &hit, begins))
            return false;
    }
    for (i = 0; i < list->count; i++) {
        size_t end = i + 1 < list->count ? list->list[i + 1].start : text.len;

        list->list[i].end = trimmed_end(text, list->list[i].start, end);
    }
    return !rules_scan_failed(list->scan);
}
