#include "reader/json_input.h"

#include <stdio.h>

#include "base/mem.h"
#include "reader/file_kind.h"

/* JSON is UTF-8, or what its first bytes say; it is never guessed to be anything else. */
static enum status look_at_start(struct object_input *input, const char *name)
{
    const struct file_kind *kind;
    struct transcoder *text = &input->window.text;
    enum status status;
    struct str head;
    int len;

    status = transcode_head(text, input->diag, &head);
    if (status != STATUS_OK)
        return status;
    kind = file_kind_find(head);
    if (kind && kind->form != FILE_JSON)
        return file_kind_refuse(kind, input->source_name, "JSON", input->diag);
    if (text->encoding == ENCODING_DETECT)
        text->encoding = ENCODING_UTF8;
    input->window.offset = text->skipped;
    len = snprintf(input->dialect, sizeof input->dialect, "%s, %s%s", name,
                   transcode_encoding_name(text), text->has_bom ? " with byte order mark" : "");
    input->base.dialect = (struct str){input->dialect, (size_t)len};
    if (head.len == 0)
        diag_report(input->diag, RULE_SOURCE_EMPTY, (struct where){input->source_name, 0, 0, 0},
                    NULL);
    return STATUS_OK;
}

enum status input_open(struct object_input *input, struct source *source,
                       const struct reader_options *options, const struct column_want *wants,
                       size_t want_count, const char *name, struct diag *diag)
{
    input->diag = diag;
    input->source = source;
    input->source_name = source_name(source);
    input->width = want_count;
    window_open(&input->window, source, options->encoding);
    if (options->pool)
        window_hold_two(&input->window);
    input->base.found = mem_alloc(want_count, sizeof *input->base.found);
    input->paths = paths_new(wants, want_count);
    if (!input->base.found || !input->paths)
        return diag_no_memory(diag);
    return look_at_start(input, name);
}

void input_close(struct object_input *input)
{
    window_close(&input->window);
    paths_free(input->paths);
    rowset_free_rejects(&input->base);
    mem_free(input->base.found);
}
