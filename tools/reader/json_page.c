#include "reader/json_page.h"

#include "base/mem.h"
#include "reader/json_paths.h"
#include "reader/json_token.h"

struct page_form {
    struct paths *rows;
    struct paths *needed; /* columns that no row may lack */
    struct column_want *wants;
    struct arena arena;
};

struct page_form *page_form_new(const struct column_want *rows, const struct column_want *wants,
                                size_t want_count)
{
    struct page_form *form = mem_alloc(1, sizeof *form);
    size_t count = 0;
    size_t i;

    if (!form)
        return NULL;
    arena_init(&form->arena);
    form->wants = mem_alloc(want_count + 1, sizeof *form->wants);
    for (i = 0; form->wants && i < want_count; i++)
        if (wants[i].required)
            form->wants[count++] = wants[i];
    form->rows = paths_new(rows, 1);
    form->needed = form->wants ? paths_new(form->wants, count) : NULL;
    if (form->rows && form->needed)
        return form;
    page_form_free(form);
    return NULL;
}

void page_form_free(struct page_form *form)
{
    if (!form)
        return;
    paths_free(form->rows);
    paths_free(form->needed);
    mem_free(form->wants);
    arena_done(&form->arena);
    mem_free(form);
}

/* A member of that name is on the way, or its end. */
static bool leads(struct page_form *form, const struct paths *paths, struct str name,
                  bool *ret_leads)
{
    struct path_place start;
    struct path_place place;

    arena_clear(&form->arena);
    if (!paths_start(paths, &form->arena, &start) ||
        !paths_step(paths, &start, name, &form->arena, &place))
        return false;
    *ret_leads = place.item_count > 0 || place.end_count > 0;
    return true;
}

/* Behind the value that begins here, by its brackets alone. False: the text ends in it. */
static bool pass_value(struct tokens *tokens)
{
    unsigned depth = 0;

    for (; tokens->at < tokens->end; tokens->at++) {
        char c = *tokens->at;
        struct str text;
        bool has_escape;

        if (depth == 0 && (c == ',' || c == '}' || c == ']'))
            return true;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        if (c != '"')
            continue;
        tokens->at++;
        if (token_string(tokens, &text, &has_escape) != TOKEN_OK)
            return false;
        tokens->at--;
    }
    return false;
}

/* The next name, and the value behind it begins at `at`. False: there is none. */
static bool next_name(struct tokens *tokens, struct str *ret_name)
{
    bool has_escape;

    if (!token_blanks(tokens) || *tokens->at != '"')
        return false;
    tokens->at++;
    if (token_string(tokens, ret_name, &has_escape) != TOKEN_OK || !token_blanks(tokens) ||
        *tokens->at != ':')
        return false;
    tokens->at++;
    return true;
}

enum page_kind page_form_look(struct page_form *form, struct str text)
{
    bool is_row = false;
    struct tokens tokens;
    struct str name;

    tokens_begin(&tokens, text, /* is_last= */ false);
    do {
        bool is_page = false;
        bool is_needed = false;

        tokens.at++;
        if (!next_name(&tokens, &name))
            return tokens.at < tokens.end ? PAGE_OF_ROWS : PAGE_MORE;
        if (!leads(form, form->rows, name, &is_page) ||
            !leads(form, form->needed, name, &is_needed))
            return PAGE_NO_MEMORY;
        if (is_page)
            return PAGE_OF_ROWS;
        is_row |= is_needed;
        if (!pass_value(&tokens))
            return tokens.at < tokens.end ? PAGE_OF_ROWS : PAGE_MORE;
    } while (*tokens.at == ',');
    return is_row ? PAGE_IS_ROW : PAGE_OF_ROWS;
}
