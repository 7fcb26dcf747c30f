/* What was found, for programs: schemas/validate-1.schema.json. */
#include "report/check_forms.h"
#include "report/json_parts.h"

static void put_counts(struct tree *tree, const uint64_t by_severity[SEVERITY_COUNT])
{
    tree_uint(tree, "fatal", by_severity[SEVERITY_FATAL]);
    tree_uint(tree, "errors", by_severity[SEVERITY_ERROR]);
    tree_uint(tree, "warnings", by_severity[SEVERITY_WARNING]);
    tree_uint(tree, "notes", by_severity[SEVERITY_NOTE]);
}

/* What is not known is null. */
static void put_number(struct tree *tree, const char *key, uint64_t value)
{
    if (value)
        tree_uint(tree, key, value);
    else
        tree_null(tree, key);
}

/* In characters, so that it holds in every encoding. */
static void put_fix(struct tree *tree, const struct lint_fix *fix)
{
    size_t i;

    tree_key(tree, "fix");
    tree_open(tree, '{');
    tree_str(tree, "about", str_of(lint_fix_about(fix)));
    tree_key(tree, "edits");
    tree_open(tree, '[');
    for (i = 0; i < fix->count; i++) {
        const struct lint_edit *edit = &fix->edits[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_uint(tree, "line", edit->from.line);
        tree_uint(tree, "column", edit->from.column);
        tree_uint(tree, "end_line", edit->to.line);
        tree_uint(tree, "end_column", edit->to.column);
        tree_str(tree, "text", edit->edit.text);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_close(tree, '}');
}

static void put_message(struct tree *tree, const struct lint_document *document,
                        const struct diagnostic *item)
{
    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "rule", str_of(rule_info(item->rule)->name));
    tree_str(tree, "severity", str_of(severity_name(item->severity)));
    tree_str(tree, "source", item->where.source);
    put_number(tree, "line", item->where.line);
    put_number(tree, "column", item->where.column);
    tree_str(tree, "text", item->text);
    tree_str(tree, "hint", item->hint);
    if (item->fix)
        put_fix(tree, &document->fixes[item->fix - 1]);
    else
        tree_null(tree, "fix");
    tree_close(tree, '}');
}

static void put_mended(struct tree *tree, const struct lint_document *document)
{
    size_t i;

    tree_key(tree, "mended");
    tree_open(tree, '[');
    for (i = 0; i < document->mended.count; i++) {
        struct diagnostic item = document->mended.list[i];

        item.fix = 0;
        put_message(tree, document, &item);
    }
    tree_close(tree, ']');
    tree_str(tree, "diff", document->diff);
}

static void put_texts(struct tree *tree, const struct lint_document *document)
{
    int lang;

    tree_uint(tree, "texts", document->texts);
    tree_key(tree, "untranslated");
    tree_open(tree, '{');
    for (lang = 0; lang < LANG_COUNT; lang++)
        tree_uint(tree, lang_name((enum lang)lang), document->untranslated[lang]);
    tree_close(tree, '}');
}

static void put_document(struct tree *tree, const struct check_input *input,
                         const struct lint_document *document)
{
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "name", document->name);
    tree_str(tree, "kind", str_of(document->kind));
    tree_str(tree, "id", document->id);
    tree_str(tree, "outcome", str_of(lint_outcome_name(document->outcome)));
    if (document->was_read) {
        tree_sha256(tree, "sha256", &document->sha256);
        tree_uint(tree, "bytes", document->bytes);
    } else {
        tree_null(tree, "sha256");
        tree_null(tree, "bytes");
    }
    put_texts(tree, document);
    put_counts(tree, document->diag.by_severity);
    tree_key(tree, "messages");
    tree_open(tree, '[');
    for (i = 0; i < document->diag.count; i++)
        if (document->diag.list[i].severity >= input->lowest)
            put_message(tree, document, &document->diag.list[i]);
    tree_close(tree, ']');
    put_mended(tree, document);
    tree_close(tree, '}');
}

static void put_totals(struct tree *tree, const struct lint_set *set)
{
    static const char *const keys[LINT_OUTCOME_COUNT] = {"valid", "invalid", "not_checked",
                                                         "not_ours"};
    uint64_t by_severity[SEVERITY_COUNT];
    int i;

    for (i = 0; i < SEVERITY_COUNT; i++)
        by_severity[i] = lint_set_severities(set, (enum severity)i);
    tree_key(tree, "totals");
    tree_open(tree, '{');
    tree_uint(tree, "documents", set->count);
    for (i = 0; i < LINT_OUTCOME_COUNT; i++)
        tree_uint(tree, keys[i], lint_set_outcomes(set, (enum lint_outcome)i));
    put_counts(tree, by_severity);
    tree_uint(tree, "mended", lint_set_mended(set));
    tree_close(tree, '}');
}

enum status check_json(const struct check_input *input, struct buf *out, struct diag *diag)
{
    struct tree tree = {out, 0, true};
    size_t i;

    tree_open(&tree, '{');
    tree_str(&tree, "schema", STR("urn:cfaudit:validate:1"));
    tree_str(&tree, "tool", str_of(input->tool));
    tree_str(&tree, "shown", str_of(severity_name(input->lowest)));
    put_totals(&tree, input->set);
    tree_key(&tree, "documents");
    tree_open(&tree, '[');
    for (i = 0; i < input->set->count; i++)
        put_document(&tree, input, input->set->documents[i]);
    tree_close(&tree, ']');
    tree_key(&tree, "exit");
    buf_printf(out, "{\"code\": %d, \"reason\": \"%s\"}", input->exit_code, input->exit_reason);
    tree_close(&tree, '}');
    buf_add_char(out, '\n');
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}
