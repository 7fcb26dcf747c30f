/* diff: what differs between two documents of ours, element by element. */
#include <inttypes.h>

#include "base/mem.h"
#include "cmd/command_table.h"
#include "cmd/difference.h"
#include "cmd/stages.h"
#include "source/shipped.h"

enum { TEXT_BYTES = 1 << 30, SHOWN_BYTES = 200 };

static const struct option_row options[] = {
    {"format", 'f', "text|json", false, "for people (default) or for programs"},
    {NULL, 0, NULL, false, NULL},
};

/* A shipped name, or whatever file it is. */
static enum status load(struct run *run, const char *operand, struct xml_document **ret_document)
{
    struct str name = str_of(operand);

    if (!library_name_is_path(name) && shipped_find(name))
        return library_load(&run->library, name, (struct str){NULL, 0}, NULL, &run->diag,
                            ret_document);
    return library_load_path(&run->library, name, NULL, &run->diag, ret_document);
}

/* --- for people --- */

static void add_value(struct buf *out, const char *mark, struct str value)
{
    if (!value.ptr)
        return;
    buf_printf(out, "            %s ", mark);
    buf_add_visible(out, value, SHOWN_BYTES);
    buf_add_char(out, '\n');
}

static bool is_short(struct str value)
{
    return value.len <= 30;
}

static void write_differing(const struct differing *change, struct buf *out)
{
    buf_printf(out, "  %-8s  ", differing_name(change->kind));
    if (change->place.len)
        buf_add(out, change->place);
    if (change->what.len)
        buf_printf(out, "%s%.*s", change->place.len ? ": " : "", STR_ARG(change->what));
    if (change->what.len && is_short(change->before) && is_short(change->after)) {
        buf_add_char(out, ' ');
        buf_add_visible(out, change->before.ptr ? change->before : STR("(none)"), SHOWN_BYTES);
        buf_add_text(out, " -> ");
        buf_add_visible(out, change->after.ptr ? change->after : STR("(none)"), SHOWN_BYTES);
        buf_add_char(out, '\n');
        return;
    }
    buf_add_char(out, '\n');
    if (change->kind == DIFFERS_ADDED || change->kind == DIFFERS_REMOVED)
        return;
    add_value(out, "-", change->before);
    add_value(out, "+", change->after);
}

static void write_text(const struct difference *difference, struct buf *out)
{
    const struct differing *change;
    size_t k;

    for (change = difference->first; change; change = change->next)
        write_differing(change, out);
    for (k = 0; k < DIFFERS_COUNT; k++)
        buf_printf(out, "%s%" PRIu64 " %s", k ? ", " : "", difference->counts[k],
                   differing_name((enum differing_kind)k));
    buf_printf(out, "; %" PRIu64 " the same\n", difference->same);
}

/* --- for programs --- */

static void add_json(struct buf *out, const char *key, struct str value)
{
    buf_printf(out, ", \"%s\": ", key);
    if (value.ptr)
        buf_add_json(out, value);
    else
        buf_add_text(out, "null");
}

static void write_json(struct run *run, const struct difference *difference, const char *root,
                       struct buf *out)
{
    const struct differing *change;
    const char *reason;
    size_t k;
    int code = run_exit(run, STATUS_OK, &reason);

    buf_printf(out, "{\n  \"schema\": \"urn:cfaudit:diff:1\",\n"
                    "  \"tool\": \"cfaudit " CFAUDIT_VERSION "\",\n  \"kind\": \"%s\"", root);
    add_json(out, "before", str_of(run->args.operands[0]));
    add_json(out, "after", str_of(run->args.operands[1]));
    buf_add_text(out, ",\n  \"changes\": [");
    for (change = difference->first; change; change = change->next) {
        buf_printf(out, "%s\n    {\"change\": \"%s\"", change == difference->first ? "" : ",",
                   differing_name(change->kind));
        add_json(out, "place", change->place);
        add_json(out, "what", change->what);
        add_json(out, "before", change->before);
        add_json(out, "after", change->after);
        buf_add_char(out, '}');
    }
    buf_printf(out, "%s],\n  \"counts\": {", difference->first ? "\n  " : "");
    for (k = 0; k < DIFFERS_COUNT; k++)
        buf_printf(out, "\"%s\": %" PRIu64 ", ", differing_name((enum differing_kind)k),
                   difference->counts[k]);
    buf_printf(out, "\"same\": %" PRIu64 "},\n  \"exit\": {\"code\": %d, \"reason\": \"%s\"}\n}\n",
               difference->same, code, reason);
}

/* --- both --- */

static enum status tell(struct run *run, const struct xml_document *before,
                        const struct xml_document *after)
{
    bool is_json = str_is(args_str(&run->args, "format"), "json");
    struct difference difference;
    enum status status = difference_find(before, after, &run->arena, &run->diag, &difference);
    struct buf out;
    size_t k;

    if (status != STATUS_OK)
        return status;
    for (k = 0; k < DIFFERS_COUNT; k++)
        run->checked[k == DIFFERS_WORSE ? SEVERITY_WARNING : SEVERITY_NOTE] += difference.counts[k];
    buf_init(&out, TEXT_BYTES);
    if (is_json)
        write_json(run, &difference, xml_name(xml_root(after)), &out);
    else
        write_text(&difference, &out);
    status = stage_print(run, &out);
    buf_done(&out);
    return status;
}

static enum status run_diff(struct run *run)
{
    struct str format = args_str(&run->args, "format");
    struct xml_document *before = NULL;
    struct xml_document *after = NULL;
    enum status status;

    if (run->args.operand_count != 2)
        return run_usage(run, "which two documents?");
    if (format.ptr && !str_is(format, "text") && !str_is(format, "json"))
        return run_usage(run, "'--format' is text or json, not '%.*s'", STR_ARG(format));
    status = run_library(run);
    if (status == STATUS_OK)
        status = load(run, run->args.operands[0], &before);
    if (status == STATUS_OK)
        status = load(run, run->args.operands[1], &after);
    if (status == STATUS_OK) {
        struct str kinds[] = {str_of(xml_name(xml_root(before))),
                              str_of(xml_name(xml_root(after)))};

        status = str_equal(kinds[0], kinds[1])
                     ? tell(run, before, after)
                     : run_usage(run, "documents of two kinds: '%s' is of the kind %.*s, '%s' of %.*s",
                                 run->args.operands[0], STR_ARG(kinds[0]), run->args.operands[1],
                                 STR_ARG(kinds[1]));
    }
    xml_free(after);
    xml_free(before);
    return status;
}

const struct command command_diff = {
    .name = "diff",
    .operands = "FILE FILE",
    .summary = "what differs between two documents, by what it is, not by lines",
    .options = options,
    .run = run_diff,
};
