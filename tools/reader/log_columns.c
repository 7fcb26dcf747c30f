#include "reader/log_columns.h"

#include "base/arena.h"
#include "base/mem.h"

/* One thing that a cell may be. */
struct choice {
    enum { CHOICE_GROUP, CHOICE_VALUE, CHOICE_ENTRY, CHOICE_PLACE } kind;
    size_t group;
    struct str value;
    struct choice *next; /* for when this one is missing */
};

struct log_columns {
    struct arena arena;
    size_t width;           /* wants */
    struct choice **first;  /* rule * width + want; NULL: the rule does not have it */
    bool *has;              /* by want */
    bool wants_place;
    struct str *names;
    size_t name_count;
};

/* What the rule has under that name; false: nothing. */
static bool find_choice(const struct log_rule *rule, const struct regex *regex, struct str name,
                        struct choice *ret_choice)
{
    size_t group = regex_group(regex, name);
    size_t i;

    if (group) {
        *ret_choice = (struct choice){.kind = CHOICE_GROUP, .group = group};
        return true;
    }
    for (i = 0; i < rule->value_count; i++) {
        if (str_equal(rule->values[i].column, name)) {
            *ret_choice = (struct choice){.kind = CHOICE_VALUE, .value = rule->values[i].value};
            return true;
        }
    }
    if (str_is(name, LOG_COLUMN_RULE))
        *ret_choice = (struct choice){.kind = CHOICE_VALUE, .value = rule->name};
    else if (str_is(name, LOG_COLUMN_ENTRY))
        *ret_choice = (struct choice){.kind = CHOICE_ENTRY};
    else if (str_is(name, LOG_COLUMN_PLACE))
        *ret_choice = (struct choice){.kind = CHOICE_PLACE};
    else
        return false;
    return true;
}

/* All that a want may be in the entries of a rule, in the order of its names. */
static bool list_choices(struct log_columns *columns, const struct log_rule *rule,
                         const struct regex *regex, const struct column_want *want,
                         struct choice **last)
{
    size_t i;

    for (i = 0; i < want->name_count; i++) {
        struct choice choice;

        if (!find_choice(rule, regex, want->names[i], &choice))
            continue;
        *last = arena_alloc(&columns->arena, 1, sizeof **last);
        if (!*last)
            return false;
        **last = choice;
        columns->wants_place |= choice.kind == CHOICE_PLACE;
        if (choice.kind != CHOICE_GROUP)
            break; /* never missing */
        last = &(*last)->next;
    }
    return true;
}

static void add_name(struct log_columns *columns, struct str name)
{
    size_t i;

    for (i = 0; i < columns->name_count; i++)
        if (str_equal(columns->names[i], name))
            return;
    columns->names[columns->name_count++] = name;
}

/* The names live with the log's rules and the expressions. */
static bool list_names(struct log_columns *columns, const struct log_rules *log,
                       const struct rules *rules)
{
    size_t most = 0;
    size_t r;
    size_t i;

    for (r = 0; r < log->count; r++)
        most += log->list[r].value_count + regex_groups(rules_regex(rules, r));
    columns->names = arena_alloc(&columns->arena, most + 1, sizeof *columns->names);
    if (!columns->names)
        return false;
    for (r = 0; r < log->count; r++) {
        const struct regex *regex = rules_regex(rules, r);

        for (i = 1; i <= regex_groups(regex); i++)
            if (regex_group_name(regex, i).ptr)
                add_name(columns, regex_group_name(regex, i));
        for (i = 0; i < log->list[r].value_count; i++)
            add_name(columns, log->list[r].values[i].column);
    }
    return true;
}

struct log_columns *log_columns_new(const struct log_rules *log, const struct rules *rules,
                                    const struct column_want *wants, size_t want_count)
{
    struct log_columns *columns = mem_alloc(1, sizeof *columns);
    size_t count;
    size_t r;
    size_t w;

    if (!columns)
        return NULL;
    arena_init(&columns->arena);
    columns->width = want_count;
    if (size_multiply(log->count, want_count, &count))
        columns->first = arena_alloc(&columns->arena, count + 1, sizeof *columns->first);
    columns->has = arena_alloc(&columns->arena, want_count + 1, sizeof *columns->has);
    if (!columns->first || !columns->has || !list_names(columns, log, rules))
        goto fail;
    for (r = 0; r < log->count; r++) {
        for (w = 0; w < want_count && log->list[r].is_used; w++) {
            struct choice **first = &columns->first[r * want_count + w];

            if (!list_choices(columns, &log->list[r], rules_regex(rules, r), &wants[w], first))
                goto fail;
            columns->has[w] |= *first != NULL;
        }
    }
    return columns;
fail:
    log_columns_free(columns);
    return NULL;
}

void log_columns_free(struct log_columns *columns)
{
    if (!columns)
        return;
    arena_done(&columns->arena);
    mem_free(columns);
}

bool log_columns_has(const struct log_columns *columns, size_t want)
{
    return columns->has[want];
}

struct str *log_columns_names(const struct log_columns *columns, size_t *ret_count)
{
    *ret_count = columns->name_count;
    return columns->names;
}

bool log_columns_want_place(const struct log_columns *columns)
{
    return columns->wants_place;
}

static struct str cell_of(const struct choice *choice, const struct rules_hit *hit,
                          struct str place)
{
    struct str cell = {NULL, 0};

    for (; choice; choice = choice->next) {
        const struct regex_span *span = &hit->spans[choice->group];

        switch (choice->kind) {
        case CHOICE_VALUE:
            return choice->value;
        case CHOICE_ENTRY:
            return hit->text;
        case CHOICE_PLACE:
            return place;
        case CHOICE_GROUP:
            if (span->start == REGEX_UNSET)
                break;
            cell = (struct str){hit->text.ptr + span->start, span->end - span->start};
            if (cell.len)
                return cell;
            break;
        }
    }
    return cell; /* empty, where a group took part with nothing */
}

void log_columns_fill(const struct log_columns *columns, const struct rules_hit *hit,
                      struct str place, struct str *ret_cells)
{
    struct choice *const *first = columns->first + hit->rule * columns->width;
    size_t w;

    for (w = 0; w < columns->width; w++)
        ret_cells[w] = cell_of(first[w], hit, place);
}
