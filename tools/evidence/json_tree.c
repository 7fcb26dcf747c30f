#include "evidence/json_tree.h"

#include "base/bug.h"

static void new_line(struct tree *tree)
{
    unsigned i;

    buf_add_char(tree->out, '\n');
    for (i = 0; i < tree->depth; i++)
        buf_add_text(tree->out, "  ");
}

void tree_next(struct tree *tree)
{
    if (!tree->is_empty)
        buf_add_char(tree->out, ',');
    new_line(tree);
    tree->is_empty = false;
}

void tree_key(struct tree *tree, const char *key)
{
    tree_next(tree);
    buf_printf(tree->out, "\"%s\": ", key);
}

void tree_open(struct tree *tree, char bracket)
{
    buf_add_char(tree->out, bracket);
    tree->depth++;
    tree->is_empty = true;
}

void tree_close(struct tree *tree, char bracket)
{
    BUG_IF(tree->depth == 0);
    tree->depth--;
    if (!tree->is_empty)
        new_line(tree);
    buf_add_char(tree->out, bracket);
    tree->is_empty = false;
}

void tree_str(struct tree *tree, const char *key, struct str value)
{
    tree_key(tree, key);
    buf_add_json(tree->out, value);
}

void tree_uint(struct tree *tree, const char *key, uint64_t value)
{
    tree_key(tree, key);
    buf_printf(tree->out, "%llu", (unsigned long long)value);
}

void tree_number(struct tree *tree, const char *key, double value)
{
    tree_key(tree, key);
    buf_add_double(tree->out, value);
}

void tree_bool(struct tree *tree, const char *key, bool value)
{
    tree_key(tree, key);
    buf_add_text(tree->out, value ? "true" : "false");
}

void tree_sha256(struct tree *tree, const char *key, const struct sha256 *sum)
{
    struct sha256_text text = digest_text(sum);

    tree_str(tree, key, str_of(text.hex));
}

void tree_instant(struct tree *tree, const char *key, struct instant instant)
{
    tree_key(tree, key);
    if (instant_is_missing(instant)) {
        buf_add_text(tree->out, "null");
        return;
    }
    buf_add_char(tree->out, '"');
    instant_format(instant, tree->out);
    buf_add_char(tree->out, '"');
}

void tree_int(struct tree *tree, const char *key, int64_t value)
{
    tree_key(tree, key);
    buf_printf(tree->out, "%lld", (long long)value);
}
