#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"

static const struct rule_info rules[RULE_COUNT] = {
#define RULE(id, name, severity, message, explanation) {name, severity, message, explanation},
#include "base/rules.def"
#undef RULE
};

static const char *const severity_names[SEVERITY_COUNT] = {"note", "warning", "error", "fatal"};

enum { TEXT_MAX = 2000 };

static bool is_behind(const struct where *a, const struct where *b)
{
    if (a->line != b->line)
        return a->line > b->line;
    /* the offset is not always known */
    return a->column && b->column ? a->column > b->column : a->offset > b->offset;
}

/* They come in runs that are in order already, so each moves a short way. */
void diag_order(struct diag *diag, size_t first)
{
    size_t i;

    for (i = first + 1; i < diag->count; i++) {
        struct diagnostic item = diag->list[i];
        size_t at = i;

        while (item.where.line && at > first && diag->list[at - 1].where.line &&
               is_behind(&diag->list[at - 1].where, &item.where)) {
            diag->list[at] = diag->list[at - 1];
            at--;
        }
        diag->list[at] = item;
    }
    diag->last_kept = false;
}

void diag_drop(struct diag *diag, enum rule rule)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < diag->count; i++)
        if (diag->list[i].rule != rule)
            diag->list[kept++] = diag->list[i];
    diag->count = kept;
    diag->by_severity[rules[rule].severity] -= diag->by_rule[rule];
    diag->by_rule[rule] = 0;
    diag->last_kept = false;
}

void diag_keep_only(struct diag *diag,
                    bool (*keeps)(const void *context, const struct diagnostic *item),
                    const void *context)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < diag->count; i++) {
        const struct diagnostic *item = &diag->list[i];

        if (keeps(context, item)) {
            diag->list[kept++] = *item;
        } else {
            diag->by_severity[item->severity]--;
            diag->by_rule[item->rule]--;
        }
    }
    diag->count = kept;
    diag->last_kept = false;
}

const struct rule_info *rule_info(enum rule rule)
{
    BUG_IF(rule >= RULE_COUNT);
    return &rules[rule];
}

enum rule rule_find(struct str name)
{
    unsigned i;

    for (i = 0; i < RULE_COUNT; i++)
        if (str_is(name, rules[i].name))
            break;
    return (enum rule)i;
}

const char *severity_name(enum severity severity)
{
    BUG_IF(severity >= SEVERITY_COUNT);
    return severity_names[severity];
}

void diag_init(struct diag *diag)
{
    memset(diag, 0, sizeof *diag);
    diag->kept_most = LIMIT_DIAG_KEPT;
    arena_init(&diag->arena);
}

void diag_done(struct diag *diag)
{
    arena_done(&diag->arena);
    mem_free(diag->list);
    diag_init(diag);
}

static void keep(struct diag *diag, enum rule rule, struct where where, struct str text)
{
    struct diagnostic *item;

    diag->last_kept = mem_grow(&diag->list, diag->count, &diag->capacity, sizeof *diag->list);
    if (!diag->last_kept) {
        diag->lost = true;
        return;
    }
    item = &diag->list[diag->count++];
    *item = (struct diagnostic){.rule = rule, .severity = rules[rule].severity, .where = where};
    item->where.source = arena_str(&diag->arena, where.source);
    item->text = arena_str(&diag->arena, text);
    if (!item->text.ptr || (where.source.ptr && !item->where.source.ptr)) {
        item->text = str_of(rules[rule].message);
        diag->lost = true;
    }
}

static struct str keep_text(struct diag *diag, struct str text)
{
    struct str copy = arena_str(&diag->arena, text);

    diag->lost |= text.ptr && !copy.ptr;
    return copy;
}

static void keep_copy(struct diag *diag, const struct diagnostic *item)
{
    struct diagnostic *copy;

    keep(diag, item->rule, item->where, item->text);
    if (!diag->last_kept)
        return;
    copy = &diag->list[diag->count - 1];
    copy->hint = keep_text(diag, item->hint);
    copy->word = keep_text(diag, item->word);
}

/* Counts it; true when the rule still has room for one more with its text. */
static bool count_one(struct diag *diag, enum rule rule)
{
    BUG_IF(rule >= RULE_COUNT);
    diag->by_severity[rules[rule].severity]++;
    return ++diag->by_rule[rule] <= diag->kept_most;
}

void diag_report(struct diag *diag, enum rule rule, struct where where, const char *detail, ...)
{
    char text[TEXT_MAX];
    va_list list;
    int len;

    diag->last_kept = false;
    if (!count_one(diag, rule))
        return;
    len = snprintf(text, sizeof text, "%s", rules[rule].message);
    if (detail && len > 0 && (size_t)len < sizeof text) {
        int more;

        len += snprintf(text + len, sizeof text - (size_t)len, ": ");
        va_start(list, detail);
        more = vsnprintf(text + len, sizeof text - (size_t)len, detail, list);
        va_end(list);
        len += more > 0 ? more : 0;
    }
    if ((size_t)len >= sizeof text)
        len = (int)sizeof text - 1;
    keep(diag, rule, where, (struct str){text, (size_t)len});
}

void diag_hint(struct diag *diag, const char *hint, ...)
{
    char text[TEXT_MAX];
    va_list list;

    /* the report before may have been counted only */
    if (!diag->last_kept)
        return;
    va_start(list, hint);
    vsnprintf(text, sizeof text, hint, list);
    va_end(list);
    diag->list[diag->count - 1].hint = keep_text(diag, str_of(text));
}

void diag_word(struct diag *diag, struct str word)
{
    if (diag->last_kept)
        diag->list[diag->count - 1].word = keep_text(diag, word);
}

enum status diag_no_memory(struct diag *diag)
{
    if (diag->by_rule[RULE_NO_MEMORY] == 0)
        diag_report(diag, RULE_NO_MEMORY, WHERE_NONE, NULL);
    return STATUS_MEMORY;
}

enum status diag_limit(struct diag *diag, struct where where, const char *what, uint64_t limit)
{
    diag_report(diag, RULE_LIMIT, where, "%s is more than %llu", what, (unsigned long long)limit);
    return STATUS_LIMIT;
}

void diag_merge(struct diag *diag, const struct diag *other)
{
    uint64_t room[RULE_COUNT];
    size_t i;

    for (i = 0; i < RULE_COUNT; i++) {
        uint64_t most = diag->kept_most;
        uint64_t have = diag->by_rule[i] < most ? diag->by_rule[i] : most;

        room[i] = most - have;
        diag->by_rule[i] += other->by_rule[i];
    }
    for (i = 0; i < SEVERITY_COUNT; i++)
        diag->by_severity[i] += other->by_severity[i];
    for (i = 0; i < other->count; i++) {
        const struct diagnostic *item = &other->list[i];

        if (room[item->rule] == 0)
            continue;
        room[item->rule]--;
        keep_copy(diag, item);
    }
    diag->lost |= other->lost;
    diag->last_kept = false;
}

void diag_add(struct diag *diag, const struct diagnostic *item)
{
    diag->last_kept = false;
    if (count_one(diag, item->rule))
        keep_copy(diag, item);
}

void diag_merge_of(struct diag *diag, const struct diag *other, struct str source)
{
    size_t i;

    for (i = 0; i < other->count; i++) {
        const struct diagnostic *item = &other->list[i];

        if (item->where.source.ptr && !str_equal(item->where.source, source))
            continue;
        diag_add(diag, item);
    }
    diag->lost |= other->lost;
    diag->last_kept = false;
}

void diag_format(const struct diagnostic *item, struct buf *out)
{
    if (item->where.source.ptr) {
        buf_add_visible(out, item->where.source, 4096);
        if (item->where.line)
            buf_printf(out, ":%llu", (unsigned long long)item->where.line);
        if (item->where.line && item->where.column)
            buf_printf(out, ":%llu", (unsigned long long)item->where.column);
        buf_add_text(out, ": ");
    }
    buf_printf(out, "%s: ", severity_name(item->severity));
    buf_add_visible(out, item->text, TEXT_MAX);
    buf_printf(out, " [%s]\n", rules[item->rule].name);
    if (item->hint.ptr) {
        buf_add_text(out, "    ");
        buf_add_visible(out, item->hint, TEXT_MAX);
        buf_add_char(out, '\n');
    }
}
