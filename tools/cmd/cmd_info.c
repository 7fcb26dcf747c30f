/* info: what a file is, and what could be made of it. */
#include <string.h>

#include "base/mem.h"
#include "base/stop.h"
#include "cmd/command_table.h"
#include "cmd/info.h"
#include "cmd/stages.h"

enum { TEXT_BYTES = 1 << 28, HEAD_BYTES = 1 << 16 };

static const struct option_row options[] = {
    {"format", 'f', "text|json", false, "for people (default) or for programs"},
    {NULL, 0, NULL, false, NULL},
};

const struct info_kind *const info_kinds[] = {
    &info_part,  &info_package,  &info_event_log, &info_document, &info_json,
    &info_other, &info_text_log, &info_table,     NULL,
};

/* Text that is easy to look at: of UTF-16 one byte of two, without the mark in front. */
static struct str plain_text(struct arena *arena, struct str head)
{
    bool is_little = head.len >= 2 && memcmp(head.ptr, "\xff\xfe", 2) == 0;
    bool is_big = head.len >= 2 && memcmp(head.ptr, "\xfe\xff", 2) == 0;
    char *bytes;
    size_t count = 0;
    size_t i;

    if (str_starts(head, "\xef\xbb\xbf"))
        return (struct str){head.ptr + 3, head.len - 3};
    is_little |= head.len >= 4 && head.ptr[0] && !head.ptr[1] && head.ptr[2] && !head.ptr[3];
    is_big |= head.len >= 4 && !head.ptr[0] && head.ptr[1] && !head.ptr[2] && head.ptr[3];
    if (!is_little && !is_big)
        return head;
    bytes = arena_bytes(arena, head.len);
    for (i = is_big; bytes && i < head.len; i += 2)
        if ((unsigned char)head.ptr[i] != 0xff && (unsigned char)head.ptr[i] != 0xfe)
            bytes[count++] = head.ptr[i];
    return (struct str){bytes, bytes ? count : 0};
}

/* The first bytes stay; the source is at its start again. */
static enum status look(struct info *info)
{
    struct diag *diag = &info->run->diag;
    char *block = NULL;
    size_t len = 0;
    enum status status = source_spool(info->source, diag);

    if (status == STATUS_OK)
        status = source_next(info->source, diag, &block, &len);
    if (status != STATUS_OK && status != STATUS_END)
        return status;
    if (status == STATUS_OK) {
        struct str bytes = {block, len < HEAD_BYTES ? len : HEAD_BYTES};

        info->head = arena_str(&info->run->arena, bytes);
        if (!info->head.ptr)
            return diag_no_memory(diag);
    }
    info->text = plain_text(&info->run->arena, info->head);
    return source_rewind(info->source, diag);
}

static enum status tell_identity(struct info *info)
{
    struct source_identity identity;
    enum status status = source_finish(info->source, &info->run->diag, &identity);

    if (status != STATUS_OK)
        return status;
    if (identity.truncated)
        facts_text(info->facts, "cut", STR("the compressed data break off"));
    facts_number(info->facts, "bytes", identity.bytes);
    if (identity.stream != identity.bytes)
        facts_number(info->facts, "unpacked", identity.stream);
    facts_text(info->facts, "sha256", str_of(digest_text(&identity.sha256).hex));
    return STATUS_OK;
}

static enum status tell_file(struct run *run, struct facts *facts, struct str name)
{
    struct info info = {.run = run, .facts = facts, .name = name};
    enum status status = source_open(name, &run->diag, &info.source);
    size_t i = 0;

    if (status != STATUS_OK)
        return status;
    status = look(&info);
    if (status == STATUS_OK) {
        facts_file(facts, name);
        while (!info_kinds[i]->fits(&info))
            i++;
        status = info_kinds[i]->tell(&info);
        if (status == STATUS_OK || status == STATUS_INVALID || status == STATUS_LIMIT) {
            enum status told = tell_identity(&info);

            status = status == STATUS_OK ? told : status;
        }
    }
    source_close(info.source);
    return status;
}

/* One bad file does not stop the rest; what ends the program does. */
static enum status tell_all(struct run *run, const struct str *names, size_t count,
                            struct facts *facts)
{
    enum status worst = STATUS_OK;
    size_t i;

    for (i = 0; i < count; i++) {
        enum status status =
            stop_requested() ? STATUS_INTERRUPTED : tell_file(run, facts, names[i]);

        if (status == STATUS_MEMORY || status == STATUS_INTERRUPTED)
            return status;
        if (status != STATUS_OK)
            worst = status;
    }
    return worst;
}

static enum status info(struct run *run, const struct str *names, size_t count, bool is_json,
                        struct buf *out)
{
    struct facts facts;
    enum status status;
    enum status printed;
    const char *reason;
    int code;

    if (is_json)
        buf_add_text(out, "{\n  \"schema\": \"urn:cfaudit:info:1\",\n"
                          "  \"tool\": \"cfaudit " CFAUDIT_VERSION "\",\n");
    facts_begin(&facts, out, &run->arena, is_json);
    status = tell_all(run, names, count, &facts);
    if (status == STATUS_MEMORY || status == STATUS_INTERRUPTED)
        return status;
    facts_end(&facts);
    if (is_json) {
        code = run_exit(run, status, &reason);
        buf_printf(out, ",\n  \"exit\": {\"code\": %d, \"reason\": \"%s\"}\n}\n", code, reason);
    }
    printed = stage_print(run, out);
    return printed == STATUS_OK ? status : printed;
}

static enum status run_info(struct run *run)
{
    struct str format = args_str(&run->args, "format");
    struct str *names = NULL;
    struct str *paths;
    size_t count = 0;
    struct buf out;
    enum status status;
    size_t i;

    if (run->args.operand_count == 0)
        return run_usage(run, "which files? (FILE, folder, glob, or - for standard input)");
    if (format.ptr && !str_is(format, "text") && !str_is(format, "json"))
        return run_usage(run, "'--format' is text or json, not '%.*s'", STR_ARG(format));
    paths = arena_alloc(&run->arena, run->args.operand_count, sizeof *paths);
    if (!paths)
        return diag_no_memory(&run->diag);
    for (i = 0; i < run->args.operand_count; i++)
        paths[i] = str_of(run->args.operands[i]);
    status = source_expand(&run->arena, paths, run->args.operand_count, &run->diag, &names, &count);
    if (status != STATUS_OK)
        return status;
    if (count == 0)
        run->incomplete = "source";
    buf_init(&out, TEXT_BYTES);
    status = info(run, names, count, str_is(format, "json"), &out);
    buf_done(&out);
    return status;
}

const struct command command_info = {
    .name = "info",
    .operands = "FILE...",
    .summary = "what a file is: a document, a ticket export, a log, a workbook",
    .options = options,
    .run = run_info,
};
