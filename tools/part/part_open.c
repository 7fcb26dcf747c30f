/* Opening a part: its magic and its head. */
#include <string.h>

#include "base/mem.h"
#include "part/part_reader.h"

static enum status read_head(struct part_reader *reader, struct diag *diag)
{
    enum status status = part_read_bytes(reader, sizeof part_magic, diag);

    if (status == STATUS_INVALID || (status == STATUS_OK && memcmp(reader->frame.bytes, part_magic,
                                                                   sizeof part_magic) != 0)) {
        if (status == STATUS_OK)
            return part_bad(reader, 0, "it does not begin as one", diag);
        return status;
    }
    if (status == STATUS_OK)
        status = part_read_frame(reader, diag);
    if (status != STATUS_OK)
        return status;
    if (reader->letter != FRAME_HEAD)
        return part_bad(reader, sizeof part_magic, "it has no head", diag);
    if (code_get_uint(&(struct code){reader->code.at, reader->code.end, false}) != PART_FORMAT) {
        diag_report(diag, RULE_PART_VERSION, part_where(reader, reader->frame_offset),
                    "this one reads format %d", PART_FORMAT);
        return STATUS_USAGE;
    }
    if (!part_head_get(&reader->code, reader->arena, &reader->head))
        return diag_no_memory(diag);
    return reader->code.is_bad ? part_bad_code(reader, diag) : STATUS_OK;
}

static enum status open_reader(struct str path, struct str name, struct arena *arena,
                              struct pool *pool, struct diag *diag,
                              struct part_reader **ret_reader)
{
    struct part_reader *reader = mem_alloc(1, sizeof *reader);
    enum status status;

    if (!reader)
        return diag_no_memory(diag);
    reader->name = name;
    arena_init(&reader->own);
    reader->arena = arena ? arena : &reader->own;
    buf_init(&reader->frame, (size_t)LIMIT_FRAME + 1);
    buf_init(&reader->id, LIMIT_FRAME);
    part_texts_init(&reader->texts);
    reader->digest = digest_new();
    status = reader->digest ? source_open(path, diag, &reader->source) : diag_no_memory(diag);
    if (status == STATUS_OK && pool)
        source_share(reader->source, pool);
    if (status == STATUS_OK) {
        source_set_block(reader->source, FRAME_FULL / 4);
        status = read_head(reader, diag);
    }
    if (status == STATUS_OK) {
        part_layouts_init(reader->layouts, &reader->head);
        reader->layout = &reader->layouts[RECORD_TICKET];
        reader->shares = mem_alloc(reader->head.owner_count, sizeof *reader->shares);
        reader->rows = mem_alloc(reader->head.owner_count, sizeof *reader->rows);
        if (!reader->shares || !reader->rows)
            status = diag_no_memory(diag);
    }
    if (status != STATUS_OK) {
        part_close(reader);
        return status;
    }
    *ret_reader = reader;
    return STATUS_OK;
}

enum status part_open(struct str path, struct str name, struct pool *pool, struct diag *diag,
                      struct part_reader **ret_reader)
{
    return open_reader(path, name, NULL, pool, diag, ret_reader);
}

enum status part_head_load(struct str path, struct str name, struct arena *arena,
                           struct diag *diag, struct part_head *ret_head)
{
    struct part_reader *reader = NULL;
    enum status status = open_reader(path, name, arena, NULL, diag, &reader);

    if (status == STATUS_OK)
        *ret_head = reader->head;
    part_close(reader);
    return status;
}

void part_close(struct part_reader *reader)
{
    size_t i;

    if (!reader)
        return;
    for (i = 0; i < WORDS_COUNT; i++)
        mem_free(reader->words[i].list);
    mem_free(reader->states);
    mem_free(reader->shapes);
    mem_free(reader->numbers);
    mem_free(reader->shares);
    mem_free(reader->rows);
    mem_free(reader->told);
    mem_free(reader->events);
    mem_free(reader->messages);
    part_texts_done(&reader->texts);
    buf_done(&reader->frame);
    buf_done(&reader->id);
    digest_free(reader->digest);
    source_close(reader->source);
    arena_done(&reader->own);
    mem_free(reader);
}

const struct part_head *part_reader_head(const struct part_reader *reader)
{
    return &reader->head;
}

enum status part_reader_number(struct part_reader *reader, const uint32_t *numbers,
                               struct diag *diag)
{
    size_t bytes = reader->head.source_count * sizeof *numbers;

    reader->numbers = mem_alloc(reader->head.source_count, sizeof *numbers);
    if (!reader->numbers)
        return diag_no_memory(diag);
    if (bytes)
        memcpy(reader->numbers, numbers, bytes);
    return STATUS_OK;
}
