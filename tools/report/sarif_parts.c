#include "report/sarif_parts.h"

#include <string.h>

void sarif_text(struct tree *tree, const char *key, struct str text)
{
    tree_key(tree, key);
    buf_add_text(tree->out, "{\"text\": ");
    buf_add_json(tree->out, text.len ? text : STR("-"));
    buf_add_char(tree->out, '}');
}

/* A relative reference of RFC 3986: what may not stand in one is escaped. */
static void put_uri(struct buf *out, struct str name)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    size_t i;

    buf_add_char(out, '"');
    for (i = 0; i < name.len; i++) {
        if (name.ptr[i] && strchr(plain, name.ptr[i]))
            buf_add_char(out, name.ptr[i]);
        else
            buf_printf(out, "%%%02X", (unsigned char)name.ptr[i]);
    }
    buf_add_char(out, '"');
}

void sarif_artifact(struct tree *tree, struct str name)
{
    tree_key(tree, "artifactLocation");
    buf_add_text(tree->out, "{\"uri\": ");
    put_uri(tree->out, name);
    buf_add_char(tree->out, '}');
}

void sarif_replacement(struct tree *tree, const struct where *from, const struct where *to,
                       struct str text)
{
    tree_next(tree);
    tree_open(tree, '{');
    tree_key(tree, "deletedRegion");
    buf_printf(tree->out,
               "{\"startLine\": %llu, \"startColumn\": %llu, \"endLine\": %llu, "
               "\"endColumn\": %llu}",
               (unsigned long long)from->line, (unsigned long long)from->column,
               (unsigned long long)to->line, (unsigned long long)to->column);
    tree_key(tree, "insertedContent");
    buf_add_text(tree->out, "{\"text\": ");
    buf_add_json(tree->out, text);
    buf_add_char(tree->out, '}');
    tree_close(tree, '}');
}

void sarif_place(struct tree *tree, struct str name, uint64_t line, uint64_t column)
{
    tree_key(tree, "physicalLocation");
    tree_open(tree, '{');
    sarif_artifact(tree, name);
    if (line) {
        tree_key(tree, "region");
        buf_printf(tree->out, "{\"startLine\": %llu", (unsigned long long)line);
        if (column)
            buf_printf(tree->out, ", \"startColumn\": %llu", (unsigned long long)column);
        buf_add_char(tree->out, '}');
    }
    tree_close(tree, '}');
}

void sarif_begin(struct tree *tree)
{
    tree_open(tree, '{');
    tree_str(tree, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
    tree_str(tree, "version", STR("2.1.0"));
    tree_key(tree, "runs");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
}

void sarif_end(struct tree *tree)
{
    tree_close(tree, '}');
    tree_close(tree, ']');
    tree_close(tree, '}');
    buf_add_char(tree->out, '\n');
}

void sarif_identify(struct tree *tree, struct str id)
{
    tree_key(tree, "automationDetails");
    buf_add_text(tree->out, "{\"id\": ");
    buf_add_json(tree->out, id);
    buf_add_char(tree->out, '}');
    tree_str(tree, "columnKind", STR("unicodeCodePoints"));
}
