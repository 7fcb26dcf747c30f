/* Parts of a run: of which audit, with which documents, from which sources, and whether they are sound. */
#include <string.h>

#include "base/mem.h"
#include "cmd/info.h"
#include "part/part.h"
#include "record/field.h"

/* --- the head --- */

static struct str instant_text(struct info *info, struct instant instant)
{
    struct str text = {NULL, 0};
    struct buf buf;

    if (instant_is_missing(instant))
        return text;
    buf_init(&buf, 64);
    instant_format(instant, &buf);
    text = arena_str(&info->run->arena, buf_str(&buf));
    buf_done(&buf);
    return text;
}

static enum status tell_documents(struct info *info, const struct part_head *head)
{
    static const char *const columns[] = {"document", "sha256", NULL};
    size_t i;

    facts_table(info->facts, "documents", columns);
    for (i = 0; i < head->document_count; i++) {
        struct sha256_text digest = digest_text(&head->documents[i].sha256);
        struct str cells[] = {head->documents[i].name,
                              arena_str(&info->run->arena, str_of(digest.hex))};

        if (!facts_row(info->facts, cells))
            return diag_no_memory(&info->run->diag);
    }
    facts_table_end(info->facts);
    return STATUS_OK;
}

static enum status tell_sources(struct info *info, const struct part_head *head)
{
    static const char *const columns[] = {"source", "file",      "map",       "#read",
                                          "#used",  "#filtered", "#rejected", NULL};
    struct arena *arena = &info->run->arena;
    size_t i;

    facts_table(info->facts, "sources", columns);
    for (i = 0; i < head->source_count; i++) {
        const struct accounting *accounting = &head->sources[i].accounting;
        struct str cells[] = {head->owners[head->sources[i].owner].id,
                              accounting->identity.name,
                              accounting->map,
                              facts_count(arena, accounting->rows_read),
                              facts_count(arena, accounting->rows_used),
                              facts_count(arena, accounting->rows_filtered),
                              facts_count(arena, accounting->rows_rejected)};

        if (!facts_row(info->facts, cells))
            return diag_no_memory(&info->run->diag);
    }
    facts_table_end(info->facts);
    return STATUS_OK;
}

static enum status tell_head(struct info *info, const struct part_head *head)
{
    struct facts *facts = info->facts;
    enum status status;

    facts_text(facts, "tool", head->tool);
    facts_text(facts, "audit", head->audit_id);
    facts_text(facts, "from", instant_text(info, head->period_start));
    facts_text(facts, "to", instant_text(info, head->period_end));
    facts_text(facts, "as_of", instant_text(info, head->as_of));
    facts_text(facts, "zone", head->zone);
    status = tell_documents(info, head);
    return status == STATUS_OK ? tell_sources(info, head) : status;
}

/* --- the cases --- */

static enum status count_cases(struct info *info, struct part_reader *reader,
                               const struct part_head *head, uint64_t *counts)
{
    uint32_t *numbers = arena_alloc(&info->run->arena, head->source_count + 1, sizeof *numbers);
    struct part_case item;
    enum status status;
    size_t i;

    if (!numbers)
        return diag_no_memory(&info->run->diag);
    for (i = 0; i < head->source_count; i++)
        numbers[i] = (uint32_t)i;
    status = part_reader_number(reader, numbers, &info->run->diag);
    while (status == STATUS_OK) {
        status = part_next(reader, &info->run->diag, &item);
        if (status == STATUS_OK)
            counts[part_case_kind(item.id)]++;
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status tell_cases(struct info *info, const uint64_t *counts)
{
    static const char *const columns[] = {"record", "#cases", NULL};
    size_t kind;

    facts_table(info->facts, "records", columns);
    for (kind = 0; kind < RECORD_KIND_COUNT; kind++) {
        struct str cells[] = {str_of(record_models[kind]->name),
                              facts_count(&info->run->arena, counts[kind])};

        if (counts[kind] && !facts_row(info->facts, cells))
            return diag_no_memory(&info->run->diag);
    }
    facts_table_end(info->facts);
    return STATUS_OK;
}

/* Nothing of a part that is not sound to its end is to be relied on, and nothing of it is told. */
static enum status tell(struct info *info)
{
    uint64_t counts[RECORD_KIND_COUNT] = {0};
    struct part_reader *reader = NULL;
    enum status status = part_open(info->name, info->name, NULL, &info->run->diag, &reader);

    facts_text(info->facts, "kind", STR("part of a run"));
    if (status == STATUS_OK)
        status = count_cases(info, reader, part_reader_head(reader), counts);
    if (status == STATUS_OK)
        status = tell_head(info, part_reader_head(reader));
    if (status == STATUS_OK)
        status = tell_cases(info, counts);
    part_close(reader);
    return status;
}

static bool fits(const struct info *info)
{
    return part_begins(info->head);
}

const struct info_kind info_part = {.fits = fits, .tell = tell};
