#include "reader/json_seen.h"

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "reader/json_input.h"
#include "reader/json_token.h"

/* More names than this are of a source whose names are data. */
enum { SEEN_MOST = 1000 };

struct seen {
    struct arena *arena;
    struct seen_column *list;
    size_t count;
    size_t capacity;
    bool failed;
};

/* --- where rows are --- */

static bool begins_objects(struct tokens *tokens)
{
    if (!token_blanks(tokens) || *tokens->at != '[')
        return false;
    tokens->at++;
    return token_blanks(tokens) && *tokens->at == '{';
}

struct str seen_rows_place(struct str head)
{
    struct str none = {NULL, 0};
    struct tokens tokens;
    unsigned depth = 0;

    if (str_starts(head, "\xef\xbb\xbf"))
        head = (struct str){head.ptr + 3, head.len - 3};
    tokens_begin(&tokens, head, /* is_last= */ false);
    if (!token_blanks(&tokens) || *tokens.at != '{')
        return none;
    for (; tokens.at < tokens.end; tokens.at++) {
        char c = *tokens.at;
        struct str name;
        bool has_escape;

        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (depth == 0)
            return none;
        if (c != '"')
            continue;
        tokens.at++;
        if (token_string(&tokens, &name, &has_escape) != TOKEN_OK)
            return none;
        if (depth == 1 && !has_escape && token_blanks(&tokens) && *tokens.at == ':') {
            struct tokens value = tokens;

            value.at++;
            if (begins_objects(&value))
                return name;
        }
        tokens.at--;
    }
    return none;
}

/* --- which columns there are --- */

static const char *phrase(unsigned kinds, bool is_list)
{
    switch (kinds & (VALUE_TEXT | VALUE_NUMBER | VALUE_WORD)) {
    case VALUE_TEXT:
        return is_list ? "list of texts" : "text";
    case VALUE_NUMBER:
        return is_list ? "list of numbers" : "number";
    case VALUE_WORD:
        return is_list ? "list of true or false" : "true or false";
    case 0:
        return "null";
    default:
        return is_list ? "list of values" : "text, number, true or false";
    }
}

static void add_column(struct seen *seen, const struct member *member, struct str name)
{
    bool is_list = (member->kinds & VALUE_ARRAY) && member->element;
    unsigned kinds = member->kinds | (is_list ? member->element->kinds : 0);
    bool is_value = (kinds & (VALUE_TEXT | VALUE_NUMBER | VALUE_WORD)) ||
                    member->kinds == VALUE_NULL;

    if (!is_value || seen->count == SEEN_MOST)
        return;
    if (!mem_grow(&seen->list, seen->count, &seen->capacity, sizeof *seen->list)) {
        seen->failed = true;
        return;
    }
    seen->list[seen->count++] =
        (struct seen_column){name, member->n, phrase(kinds, is_list)};
}

static void add_inside(struct seen *seen, const struct members *members, struct str prefix,
                       unsigned depth);

/* Elements are under the name of their array, down to the objects in them. */
static void add_member(struct seen *seen, const struct member *member, struct str name,
                       unsigned depth)
{
    add_column(seen, member, name);
    for (; member && depth < LIMIT_JSON_DEPTH; member = member->element, depth++)
        if (member->inside)
            add_inside(seen, member->inside, name, depth + 1);
}

static void add_inside(struct seen *seen, const struct members *members, struct str prefix,
                       unsigned depth)
{
    size_t i;

    for (i = 0; i < members->count && !seen->failed && seen->count < SEEN_MOST; i++) {
        const struct member *member = members->list[i];
        struct str name = prefix.len ? arena_format(seen->arena, "%.*s.%.*s", STR_ARG(prefix),
                                                    STR_ARG(member->key))
                                     : arena_str(seen->arena, member->key);

        seen->failed |= !name.ptr;
        if (name.ptr && depth < LIMIT_JSON_DEPTH)
            add_member(seen, member, name, depth);
    }
}

enum status seen_columns(const struct rowset *rowset, struct arena *arena,
                         struct seen_column **ret_columns, size_t *ret_count)
{
    const struct object_input *input = (const struct object_input *)rowset;
    struct seen seen = {.arena = arena};
    struct seen_column *columns;
    size_t i;

    BUG_IF(!input->seen); /* the order in which names were met is known to one thread alone */
    if (input->seen->root.inside)
        add_inside(&seen, input->seen->root.inside, (struct str){NULL, 0}, 1);
    columns = seen.failed ? NULL : arena_alloc(arena, seen.count + 1, sizeof *columns);
    for (i = 0; columns && i < seen.count; i++)
        columns[i] = seen.list[i];
    mem_free(seen.list);
    if (!columns)
        return STATUS_MEMORY;
    *ret_columns = columns;
    *ret_count = seen.count;
    return STATUS_OK;
}
