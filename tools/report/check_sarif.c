/*
 * What was found, for code scanning: one rule for each that was broken, one result a finding.
 *
 * Source: SARIF 2.1.0 (OASIS). A document that could not be checked is a notification of the run,
 * which then did not execute successfully.
 */
#include <stdio.h>

#include "base/digest.h"
#include "report/check_forms.h"
#include "report/sarif_parts.h"

struct run_parts {
    struct tree *tree;
    const struct check_input *input;
    struct check_finding *list;
    size_t count;
    size_t left_out;
    size_t index[RULE_COUNT]; /* in the list of rules + 1; 0: not broken */
};

static const char *level_of(enum severity severity)
{
    return severity >= SEVERITY_ERROR ? "error" : severity_name(severity);
}

static void put_rule(struct tree *tree, enum rule rule)
{
    const struct rule_info *info = rule_info(rule);

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "id", str_of(info->name));
    sarif_text(tree, "shortDescription", str_of(info->message));
    sarif_text(tree, "fullDescription", str_of(info->explanation));
    sarif_text(tree, "help", str_of(info->explanation));
    tree_key(tree, "defaultConfiguration");
    buf_printf(tree->out, "{\"level\": \"%s\"}", level_of(info->severity));
    tree_close(tree, '}');
}

/* In the order in which they were first broken. */
static void put_rules(struct run_parts *parts)
{
    size_t used = 0;
    size_t i;

    tree_key(parts->tree, "rules");
    tree_open(parts->tree, '[');
    for (i = 0; i < parts->count; i++) {
        enum rule rule = parts->list[i].item->rule;

        if (parts->index[rule])
            continue;
        parts->index[rule] = ++used;
        put_rule(parts->tree, rule);
    }
    tree_close(parts->tree, ']');
}

static void put_tool(struct run_parts *parts)
{
    struct tree *tree = parts->tree;

    tree_key(tree, "tool");
    tree_open(tree, '{');
    tree_key(tree, "driver");
    tree_open(tree, '{');
    tree_str(tree, "name", STR("cfaudit"));
    tree_str(tree, "fullName", str_of(parts->input->tool));
    put_rules(parts);
    tree_close(tree, '}');
    tree_close(tree, '}');
}

static struct str file_of(const struct check_finding *finding)
{
    return finding->item->where.source.ptr ? finding->item->where.source : finding->document->name;
}

/* Rule, file and words: the same finding stays the same when lines above it come or go. */
static bool put_fingerprint(struct tree *tree, const struct check_finding *finding)
{
    struct sha256 sum;
    struct buf text;
    bool is_made;

    buf_init(&text, SIZE_MAX / 2);
    buf_add_text(&text, rule_info(finding->item->rule)->name);
    buf_add_char(&text, '\n');
    buf_add(&text, file_of(finding));
    buf_add_char(&text, '\n');
    buf_add(&text, finding->item->text);
    is_made = !text.failed && digest_bytes(buf_str(&text), &sum);
    buf_done(&text);
    if (!is_made)
        return false;
    tree_key(tree, "partialFingerprints");
    tree_open(tree, '{');
    tree_sha256(tree, "finding/v1", &sum);
    tree_close(tree, '}');
    return true;
}

static void put_message(struct tree *tree, const struct diagnostic *item)
{
    struct buf text;

    buf_init(&text, SIZE_MAX / 2);
    buf_add(&text, item->text);
    if (item->hint.ptr) {
        buf_add_text(&text, ". ");
        buf_add(&text, item->hint);
    }
    sarif_text(tree, "message", buf_str(&text));
    tree->out->failed |= text.failed;
    buf_done(&text);
}

/* For a service that offers them; the finding is said to be mended only when it is. */
static void put_fixes(struct tree *tree, const struct check_finding *finding)
{
    const struct lint_fix *fix = &finding->document->fixes[finding->item->fix - 1];
    size_t i;

    tree_key(tree, "fixes");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
    sarif_text(tree, "description", str_of(lint_fix_about(fix)));
    tree_key(tree, "artifactChanges");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
    sarif_artifact(tree, file_of(finding));
    tree_key(tree, "replacements");
    tree_open(tree, '[');
    for (i = 0; i < fix->count; i++)
        sarif_replacement(tree, &fix->edits[i].from, &fix->edits[i].to, fix->edits[i].edit.text);
    tree_close(tree, ']');
    tree_close(tree, '}');
    tree_close(tree, ']');
    tree_close(tree, '}');
    tree_close(tree, ']');
}

static bool put_result(struct run_parts *parts, const struct check_finding *finding)
{
    struct tree *tree = parts->tree;
    const struct diagnostic *item = finding->item;
    bool is_made;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "ruleId", str_of(rule_info(item->rule)->name));
    tree_uint(tree, "ruleIndex", parts->index[item->rule] - 1);
    tree_str(tree, "level", str_of(level_of(item->severity)));
    put_message(tree, item);
    tree_key(tree, "locations");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
    sarif_place(tree, file_of(finding), item->where.line, item->where.column);
    tree_close(tree, '}');
    tree_close(tree, ']');
    is_made = put_fingerprint(tree, finding);
    if (item->fix)
        put_fixes(tree, finding);
    tree_close(tree, '}');
    return is_made;
}

static void put_notification(struct tree *tree, struct str file, const char *level,
                             struct str text)
{
    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "level", str_of(level));
    sarif_text(tree, "message", text);
    if (file.ptr) {
        tree_key(tree, "locations");
        tree_open(tree, '[');
        tree_next(tree);
        tree_open(tree, '{');
        sarif_place(tree, file, 0, 0);
        tree_close(tree, '}');
        tree_close(tree, ']');
    }
    tree_close(tree, '}');
}

static void put_invocation(struct run_parts *parts)
{
    const struct lint_set *set = parts->input->set;
    struct tree *tree = parts->tree;
    char text[100];
    size_t i;

    tree_key(tree, "invocations");
    tree_open(tree, '[');
    tree_next(tree);
    tree_open(tree, '{');
    tree_bool(tree, "executionSuccessful", lint_set_outcomes(set, LINT_NOT_CHECKED) == 0);
    tree_int(tree, "exitCode", parts->input->exit_code);
    tree_str(tree, "exitCodeDescription", str_of(parts->input->exit_reason));
    tree_key(tree, "toolExecutionNotifications");
    tree_open(tree, '[');
    for (i = 0; i < set->count; i++)
        if (set->documents[i]->outcome == LINT_NOT_CHECKED)
            put_notification(tree, set->documents[i]->name, "error",
                             STR("the document could not be checked"));
    if (parts->left_out) {
        snprintf(text, sizeof text, "%zu of %zu findings are left out, the least severe ones",
                 parts->left_out, parts->left_out + parts->count);
        put_notification(tree, (struct str){NULL, 0}, "warning", str_of(text));
    }
    tree_close(tree, ']');
    tree_close(tree, '}');
    tree_close(tree, ']');
}

static bool put_run(struct run_parts *parts)
{
    struct tree *tree = parts->tree;
    bool is_made = true;
    size_t i;

    sarif_begin(tree);
    put_tool(parts);
    sarif_identify(tree, STR("cfaudit/validate/"));
    put_invocation(parts);
    tree_key(tree, "results");
    tree_open(tree, '[');
    for (i = 0; i < parts->count && is_made; i++)
        is_made = put_result(parts, &parts->list[i]);
    tree_close(tree, ']');
    sarif_end(tree);
    return is_made && !tree->out->failed;
}

enum status check_sarif(const struct check_input *input, struct buf *out, struct diag *diag)
{
    struct tree tree = {out, 0, true};
    struct run_parts parts = {.tree = &tree, .input = input};
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = check_findings(input, SARIF_RESULTS, &arena, diag, &parts.list, &parts.count,
                            &parts.left_out);
    if (status == STATUS_OK && !put_run(&parts))
        status = diag_no_memory(diag);
    arena_done(&arena);
    return status;
}
