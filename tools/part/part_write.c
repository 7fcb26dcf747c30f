/* Cases into a part. */
#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "part/part_writer.h"

/* --- frames --- */

static void put_bytes(struct part_writer *writer, struct str bytes)
{
    writer->failed |= !digest_add(writer->digest, bytes.ptr, bytes.len);
    writer->write(writer->context, bytes);
}

static enum status put_frame(struct part_writer *writer, char letter, struct diag *diag)
{
    struct buf *frame = &writer->frame;
    char mark[FRAME_MARK] = {letter};
    size_t i;

    if (frame->len > LIMIT_FRAME)
        return diag_limit(diag, WHERE_NONE, "the size of one frame of a part", LIMIT_FRAME);
    if (frame->failed)
        return diag_no_memory(diag);
    for (i = 0; i < 4; i++)
        mark[1 + i] = (char)(frame->len >> 8 * i & 0xFF);
    put_bytes(writer, (struct str){mark, sizeof mark});
    if (frame->len)
        put_bytes(writer, buf_str(frame));
    buf_clear(frame);
    return writer->failed ? diag_no_memory(diag) : STATUS_OK;
}

/* A frame stands by itself: what it refers to is in it. */
static void begin_frame(struct part_writer *writer)
{
    size_t i;

    for (i = 0; i < WORDS_COUNT; i++) {
        if (writer->has_words[i])
            intern_done(&writer->words[i]);
        writer->has_words[i] = false;
    }
    intern_done(&writer->states);
    intern_init(&writer->states);
    intern_done(&writer->shapes);
    intern_init(&writer->shapes);
    buf_clear(&writer->id);
    writer->source = writer->offset = writer->line = 0;
    writer->at = 0;
}

enum status part_writer_new(const struct part_head *head,
                            void (*write)(void *context, struct str bytes), void *context,
                            struct diag *diag, struct part_writer **ret_writer)
{
    struct part_writer *writer = mem_alloc(1, sizeof *writer);
    enum status status;

    if (!writer)
        return diag_no_memory(diag);
    writer->write = write;
    writer->context = context;
    writer->head = head;
    writer->needs = head->needs;
    part_layouts_init(writer->layouts, head);
    writer->layout = &writer->layouts[RECORD_TICKET];
    buf_init(&writer->frame, (size_t)LIMIT_FRAME * 2);
    buf_init(&writer->id, LIMIT_FRAME);
    buf_init(&writer->key, LIMIT_FRAME);
    intern_init(&writer->states);
    intern_init(&writer->shapes);
    writer->digest = digest_new();
    if (!writer->digest) {
        part_writer_free(writer);
        return diag_no_memory(diag);
    }
    put_bytes(writer, (struct str){part_magic, sizeof part_magic});
    part_head_put(head, &writer->frame);
    status = put_frame(writer, FRAME_HEAD, diag);
    if (status != STATUS_OK) {
        part_writer_free(writer);
        return status;
    }
    *ret_writer = writer;
    return STATUS_OK;
}

void part_writer_free(struct part_writer *writer)
{
    size_t i;

    if (!writer)
        return;
    for (i = 0; i < WORDS_COUNT; i++)
        if (writer->has_words[i])
            intern_done(&writer->words[i]);
    intern_done(&writer->states);
    intern_done(&writer->shapes);
    buf_done(&writer->frame);
    buf_done(&writer->id);
    buf_done(&writer->key);
    digest_free(writer->digest);
    mem_free(writer);
}

/* --- cases --- */

/* What it shares with the id before, and the rest. */
static void put_id(struct part_writer *writer, struct str id)
{
    size_t same = 0;

    while (same < id.len && same < writer->id.len && id.ptr[same] == writer->id.bytes[same])
        same++;
    code_put_uint(&writer->frame, same);
    code_put_str(&writer->frame, (struct str){id.ptr + same, id.len - same});
    buf_clear(&writer->id);
    buf_add(&writer->id, id);
    writer->failed |= writer->id.failed;
}

enum status part_writer_add(struct part_writer *writer, const struct part_case *item,
                            struct diag *diag)
{
    size_t i;

    writer->layout = &writer->layouts[part_case_kind(item->id)];
    put_id(writer, item->id);
    if (item->count == 1) {
        code_put_uint(&writer->frame, (uint64_t)item->shares[0].owner + 1);
    } else {
        code_put_uint(&writer->frame, 0);
        code_put_uint(&writer->frame, item->count);
    }
    for (i = 0; i < item->count; i++) {
        if (item->count > 1)
            code_put_uint(&writer->frame, item->shares[i].owner);
        part_put_share(writer, item->shares[i].owner, &item->shares[i].share);
    }
    writer->case_count++;
    if (writer->failed || writer->frame.failed)
        return diag_no_memory(diag);
    if (writer->frame.len < FRAME_FULL)
        return STATUS_OK;
    begin_frame(writer);
    return put_frame(writer, FRAME_CASES, diag);
}

enum status part_writer_copy(struct part_writer *writer, struct part_reader *reader,
                             struct diag *diag)
{
    enum status status;

    BUG_IF(writer->case_count || reader->case_count);
    for (;;) {
        status = part_read_frame(reader, diag);
        if (status != STATUS_OK || reader->letter == FRAME_END)
            break;
        buf_add(&writer->frame, buf_str(&reader->frame));
        status = put_frame(writer, FRAME_CASES, diag);
        if (status != STATUS_OK)
            return status;
    }
    if (status != STATUS_OK)
        return status;
    writer->case_count = reader->case_count = part_read_count(reader);
    status = part_read_end(reader, diag);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status part_writer_finish(struct part_writer *writer, struct diag *diag,
                               struct sha256 *ret_sha256)
{
    enum status status = STATUS_OK;

    if (writer->frame.len)
        status = put_frame(writer, FRAME_CASES, diag);
    if (status == STATUS_OK) {
        code_put_uint(&writer->frame, writer->case_count);
        status = put_frame(writer, FRAME_END, diag);
    }
    if (status != STATUS_OK)
        return status;
    if (!digest_finish(writer->digest, ret_sha256))
        return diag_no_memory(diag);
    writer->write(writer->context,
                  (struct str){(const char *)ret_sha256->bytes, sizeof ret_sha256->bytes});
    return STATUS_OK;
}
