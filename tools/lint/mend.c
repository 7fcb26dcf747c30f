#include "lint/mend.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/stop.h"
#include "lint/fix.h"
#include "lint/mend_compare.h"

/* Times that one document is looked at. */
enum { TRIES_MAX = 100 };

struct refused {
    enum rule rule;
    uint64_t line;
    struct str text;
};

struct mend {
    struct lint_set set;
    struct lint_document *document; /* as it is now */
    struct str name;
    enum lint_origin origin;
    struct lint_mending *out;
    struct diag *diag;
    unsigned tries;
    struct refused *refused;
    size_t refused_count;
    size_t refused_capacity;
};

/* --- looking at a document --- */

/* The one before stays until it is dropped. */
static enum status look_at(struct mend *mend, struct str bytes, struct lint_document **ret_document)
{
    struct source *source = NULL;
    enum status status;

    mend->tries++;
    if (stop_requested())
        return STATUS_INTERRUPTED;
    status = source_open_memory(mend->name, bytes, mend->diag, &source);
    if (status == STATUS_OK)
        status = lint_set_add_source(&mend->set, source, mend->origin, mend->diag);
    source_close(source);
    if (status == STATUS_OK)
        *ret_document = mend->set.documents[mend->set.count - 1];
    return status;
}

static struct str keep(struct mend *mend, struct str bytes)
{
    return arena_str(&mend->out->arena, bytes.len ? bytes : STR(""));
}

/* --- what is to be tried --- */

static bool was_refused(const struct mend *mend, const struct diagnostic *item)
{
    size_t i;

    for (i = 0; i < mend->refused_count; i++)
        if (mend->refused[i].rule == item->rule && mend->refused[i].line == item->where.line &&
            str_equal(mend->refused[i].text, item->text))
            return true;
    return false;
}

static bool is_edit(const struct xml_edit *a, const struct xml_edit *b)
{
    return a->range.start == b->range.start && a->range.end == b->range.end &&
           str_equal(a->text, b->text);
}

/* Whether both can be made: one before the other, with something between two that insert. */
static bool are_apart(const struct xml_edit *a, const struct xml_edit *b)
{
    if (a->range.start == b->range.start)
        return false;
    return a->range.start < b->range.start ? a->range.end <= b->range.start
                                           : b->range.end <= a->range.start;
}

/* The place of the edit in the batch, which is in order. */
static size_t place_of(const struct mend_batch *batch, const struct xml_edit *edit)
{
    size_t low = 0;
    size_t high = batch->edit_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (batch->edits[middle].range.start < edit->range.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool fits(const struct mend_batch *batch, const struct lint_fix *fix)
{
    size_t i;

    for (i = 0; i < fix->count; i++) {
        const struct xml_edit *edit = &fix->edits[i].edit;
        size_t at = place_of(batch, edit);

        if (at < batch->edit_count && is_edit(&batch->edits[at], edit))
            continue;
        if ((at < batch->edit_count && !are_apart(&batch->edits[at], edit)) ||
            (at > 0 && !are_apart(&batch->edits[at - 1], edit)))
            return false;
    }
    return true;
}

static bool put_edit(struct mend_batch *batch, const struct xml_edit *edit)
{
    size_t at = place_of(batch, edit);

    if (at < batch->edit_count && is_edit(&batch->edits[at], edit))
        return true;
    if (!mem_grow(&batch->edits, batch->edit_count, &batch->edit_capacity, sizeof *batch->edits))
        return false;
    memmove(batch->edits + at + 1, batch->edits + at,
            (batch->edit_count - at) * sizeof *batch->edits);
    batch->edits[at] = *edit;
    batch->edit_count++;
    return true;
}

static bool put_fix(struct mend_batch *batch, const struct diagnostic *item,
                    const struct lint_fix *fix)
{
    size_t i;

    if (!mem_grow(&batch->items, batch->count, &batch->capacity, sizeof *batch->items))
        return false;
    batch->items[batch->count++] = (struct mend_item){item, fix};
    for (i = 0; i < fix->count; i++)
        if (!put_edit(batch, &fix->edits[i].edit))
            return false;
    return true;
}

static void batch_done(struct mend_batch *batch)
{
    mem_free(batch->items);
    mem_free(batch->edits);
}

/* What can be mended at once. */
static enum status choose(struct mend *mend, struct mend_batch *batch)
{
    const struct lint_document *document = mend->document;
    size_t i;

    for (i = 0; i < document->diag.count; i++) {
        const struct diagnostic *item = &document->diag.list[i];
        const struct lint_fix *fix = item->fix ? &document->fixes[item->fix - 1] : NULL;

        if (fix && !was_refused(mend, item) && fits(batch, fix) && !put_fix(batch, item, fix))
            return diag_no_memory(mend->diag);
    }
    return STATUS_OK;
}

static enum status first_half(struct mend *mend, const struct mend_batch *batch,
                              struct mend_batch *ret_half)
{
    size_t i;

    for (i = 0; i < batch->count / 2; i++)
        if (!put_fix(ret_half, batch->items[i].item, batch->items[i].fix))
            return diag_no_memory(mend->diag);
    return STATUS_OK;
}

/* --- what came of it --- */

static enum status refuse(struct mend *mend, const struct mend_item *item,
                          const struct diagnostic *reason)
{
    struct refused *refused;

    diag_report(&mend->out->left, RULE_FIX_REFUSED, item->item->where, "%.*s",
                STR_ARG(item->item->text));
    if (reason)
        diag_hint(&mend->out->left, "it would bring: %.*s", STR_ARG(reason->text));
    if (!mem_grow(&mend->refused, mend->refused_count, &mend->refused_capacity,
                  sizeof *mend->refused))
        return diag_no_memory(mend->diag);
    refused = &mend->refused[mend->refused_count];
    refused->rule = item->item->rule;
    refused->line = item->item->where.line;
    refused->text = keep(mend, item->item->text);
    if (!refused->text.ptr)
        return diag_no_memory(mend->diag);
    mend->refused_count++;
    return STATUS_OK;
}

/* The bytes are taken over. */
static enum status take(struct mend *mend, const struct mend_batch *batch, struct buf *bytes,
                        struct lint_document *document)
{
    struct buf before = mend->out->bytes;
    size_t i;

    if (!mend_compose(mend->out, batch))
        return diag_no_memory(mend->diag);
    mend->out->bytes = *bytes;
    *bytes = before;
    mend->out->after = buf_str(&mend->out->bytes);
    for (i = 0; i < batch->count; i++)
        diag_add(&mend->out->made, batch->items[i].item);
    lint_set_drop(&mend->set, mend->document);
    mend->document = document;
    return STATUS_OK;
}

/* Makes the document better, or finds a fix that does not: one of the two, always. */
static enum status try_batch(struct mend *mend, const struct mend_batch *batch)
{
    struct lint_document *document = NULL;
    const struct diagnostic *worse = NULL;
    struct mend_batch half = {.count = 0};
    enum mend_verdict verdict = MEND_WORSE;
    struct buf bytes;
    enum status status;

    buf_init(&bytes, LIMIT_DOCUMENT_BYTES);
    xml_source_change(mend->document->xml, batch->edits, batch->edit_count, &bytes);
    status = bytes.failed ? diag_no_memory(mend->diag)
                          : look_at(mend, buf_str(&bytes), &document);
    if (status == STATUS_OK)
        verdict = mend_compare(mend->document, document, batch, &worse);
    if (status == STATUS_OK && verdict == MEND_NO_MEMORY)
        status = diag_no_memory(mend->diag);
    if (status == STATUS_OK && verdict == MEND_BETTER)
        status = take(mend, batch, &bytes, document);
    else if (status == STATUS_OK && batch->count == 1)
        status = refuse(mend, &batch->items[0], worse);
    if (status == STATUS_OK && verdict == MEND_WORSE)
        lint_set_drop(&mend->set, document);
    buf_done(&bytes);
    if (status == STATUS_OK && verdict == MEND_WORSE && batch->count > 1) {
        status = first_half(mend, batch, &half);
        if (status == STATUS_OK && mend->tries < TRIES_MAX)
            status = try_batch(mend, &half);
        batch_done(&half);
    }
    return status;
}

static enum status mend_all(struct mend *mend)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK && mend->tries < TRIES_MAX) {
        struct mend_batch batch = {.count = 0};

        status = choose(mend, &batch);
        if (status == STATUS_OK && batch.count > 0)
            status = try_batch(mend, &batch);
        batch_done(&batch);
        if (batch.count == 0)
            break;
    }
    return status;
}

/* --- all of it --- */

static enum status keep_text(struct mend *mend, struct str *ret_text)
{
    *ret_text = keep(mend, xml_source_text(mend->document->xml));
    return ret_text->ptr ? STATUS_OK : diag_no_memory(mend->diag);
}

enum status lint_mend(const struct lint_set *set, struct str name, struct str bytes,
                      enum lint_origin origin, struct diag *diag,
                      struct lint_mending *ret_mending)
{
    struct mend mend = {.name = name, .origin = origin, .out = ret_mending, .diag = diag};
    enum status status;

    memset(ret_mending, 0, sizeof *ret_mending);
    arena_init(&ret_mending->arena);
    buf_init(&ret_mending->bytes, LIMIT_DOCUMENT_BYTES);
    diag_init(&ret_mending->made);
    diag_init(&ret_mending->left);
    ret_mending->made.kept_most = ret_mending->left.kept_most = LIMIT_LINT_KEPT;
    ret_mending->before = ret_mending->after = bytes;
    lint_set_init(&mend.set, set->library);
    mend.set.keeps_xml = true;
    mend.set.earlier = set->earlier; /* borrowed */
    mend.set.earlier_count = set->earlier_count;
    status = look_at(&mend, bytes, &mend.document);
    if (status == STATUS_OK && mend.document->fix_count > 0) {
        status = keep_text(&mend, &ret_mending->text_before);
        if (status == STATUS_OK)
            status = mend_all(&mend);
        if (status == STATUS_OK)
            status = keep_text(&mend, &ret_mending->text_after);
    }
    if (status == STATUS_OK && (ret_mending->made.lost || ret_mending->left.lost))
        status = diag_no_memory(diag);
    mem_free(mend.refused);
    mend.set.earlier = NULL;
    mend.set.earlier_count = 0;
    lint_set_done(&mend.set);
    if (status != STATUS_OK)
        lint_mending_done(ret_mending);
    return status;
}

void lint_mending_done(struct lint_mending *mending)
{
    diag_done(&mending->made);
    diag_done(&mending->left);
    buf_done(&mending->bytes);
    mem_free(mending->changes);
    arena_done(&mending->arena);
    memset(mending, 0, sizeof *mending);
}

bool lint_document_mended(struct lint_document *document, const struct lint_mending *mending,
                          struct str diff)
{
    diag_merge(&document->mended, &mending->made);
    document->diff = arena_str(&document->arena, diff);
    return !document->mended.lost && document->diff.ptr;
}
