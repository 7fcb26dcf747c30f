#include "lint/mend_compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lint/fix.h"
#include "lint/lint_rule.h"

/* --- which finding is which --- */

/* What is said about which place; what has no place is told apart by its words. */
struct key {
    enum rule rule;
    size_t place;
    uint64_t words;
    const struct diagnostic *item;
};

struct keys {
    struct key *list;
    size_t count;
};

static bool is_schema_rule(enum rule rule)
{
    return str_starts(str_of(rule_info(rule)->name), "xml-");
}

static struct key key_of(const struct lint_document *document, const struct diagnostic *item)
{
    struct key key = {item->rule, SIZE_MAX, 0, item};
    const struct xml_node *node = NULL;
    struct xml_source_attr attr;
    struct str attribute;

    if (item->where.line && str_equal(item->where.source, document->name))
        node = xml_source_find(document->xml, &item->where, &attribute);
    if (node)
        key.place = attribute.ptr && xml_source_attr(document->xml, node, attribute, &attr)
                        ? attr.name.start
                        : xml_source_offset(node);
    if (!node || item->rule == RULE_XML_MISSING)
        key.words = str_hash(item->text);
    return key;
}

/* Where a place is after the edits. */
static size_t moved(const struct mend_batch *batch, size_t place)
{
    size_t to = place;
    size_t i;

    if (place == SIZE_MAX)
        return place;
    for (i = 0; i < batch->edit_count && batch->edits[i].range.start < place; i++) {
        const struct xml_range *range = &batch->edits[i].range;

        to += batch->edits[i].text.len;
        to -= range->end <= place ? range->end - range->start : place - range->start;
        if (range->end > place)
            to -= batch->edits[i].text.len; /* in what is gone: its start */
    }
    return to;
}

static int by_key(const void *a_pointer, const void *b_pointer)
{
    const struct key *a = a_pointer;
    const struct key *b = b_pointer;

    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return a->words < b->words ? -1 : a->words > b->words;
}

/* `batch` NULL: places stay. */
static bool make_keys(const struct lint_document *document, const struct mend_batch *batch,
                      struct keys *ret_keys)
{
    size_t i;

    ret_keys->list = mem_alloc(document->diag.count + 1, sizeof *ret_keys->list);
    ret_keys->count = document->diag.count;
    if (!ret_keys->list)
        return false;
    for (i = 0; i < document->diag.count; i++) {
        ret_keys->list[i] = key_of(document, &document->diag.list[i]);
        if (batch)
            ret_keys->list[i].place = moved(batch, ret_keys->list[i].place);
    }
    qsort(ret_keys->list, ret_keys->count, sizeof *ret_keys->list, by_key);
    return true;
}

/* --- what may come to light --- */

static bool is_lint_rule(enum rule rule)
{
    size_t i;

    for (i = 0; i < lint_row_count; i++)
        if (lint_rows[i].rule == rule)
            return true;
    return false;
}

static bool has_schema_findings(const struct lint_document *document)
{
    int rule;

    for (rule = 0; rule < RULE_COUNT; rule++)
        if (document->diag.by_rule[rule] && is_schema_rule((enum rule)rule))
            return true;
    return false;
}

static bool was_to_be_mended(const struct keys *mended, const struct key *key)
{
    return mended->count && bsearch(key, mended->list, mended->count, sizeof *key, by_key);
}

/* Of an attribute that has its name now: its value was as wrong before, and nobody looked. */
static bool is_value_of_name(const struct keys *mended, const struct key *key)
{
    struct key name = {RULE_XML_ATTRIBUTE, key->place, 0, NULL};

    return key->rule == RULE_XML_TYPE && was_to_be_mended(mended, &name);
}

/* Of an element that has the name now that was written: it should not have got it. */
static bool is_about_name(const struct lint_document *after, const struct mend_batch *batch,
                          const struct key *key)
{
    struct str attribute;
    const struct xml_node *node = xml_source_find(after->xml, &key->item->where, &attribute);
    size_t i;

    if (key->rule != RULE_XML_ELEMENT || !node)
        return false;
    for (i = 0; i < batch->count; i++)
        if (batch->items[i].item->rule == RULE_XML_ELEMENT &&
            str_is(batch->items[i].item->word, xml_name(node)))
            return true;
    return false;
}

struct allowance {
    bool uncovers;
    bool uncovers_schema;
    bool uncovers_model;
};

static struct allowance allowance_of(const struct lint_document *before,
                                     const struct lint_document *after,
                                     const struct mend_batch *batch)
{
    struct allowance allowance = {.uncovers_model = has_schema_findings(before) &&
                                                    !has_schema_findings(after)};
    size_t i;

    for (i = 0; i < batch->count; i++) {
        allowance.uncovers |= batch->items[i].fix->fix->uncovers;
        allowance.uncovers_schema |= batch->items[i].fix->fix->uncovers_schema;
    }
    return allowance;
}

static bool may_come(const struct lint_document *after, const struct mend_batch *batch,
                     const struct keys *mended, const struct allowance *allowance,
                     const struct key *key)
{
    if (was_to_be_mended(mended, key))
        return false;
    if (is_schema_rule(key->rule))
        return is_value_of_name(mended, key) ||
               (allowance->uncovers_schema && !is_about_name(after, batch, key));
    return allowance->uncovers || (allowance->uncovers_model && !is_lint_rule(key->rule));
}

/* More of a rule than are kept cannot be told apart; then their number must not rise. */
static bool is_counted_only(const struct lint_document *document, enum rule rule)
{
    return document->diag.by_rule[rule] > document->diag.kept_most;
}

static const struct diagnostic *find_worse(const struct lint_document *before,
                                           const struct lint_document *after,
                                           const struct mend_batch *batch,
                                           const struct keys *old_keys,
                                           const struct keys *new_keys, const struct keys *mended)
{
    struct allowance allowance = allowance_of(before, after, batch);
    size_t left = 0; /* of the old ones */
    size_t i;

    for (i = 0; i < new_keys->count; i++) {
        const struct key *key = &new_keys->list[i];

        while (left < old_keys->count && by_key(&old_keys->list[left], key) < 0)
            left++;
        if (left < old_keys->count && by_key(&old_keys->list[left], key) == 0 &&
            !was_to_be_mended(mended, key)) {
            left++;
            continue;
        }
        if (is_counted_only(before, key->rule)
                ? after->diag.by_rule[key->rule] > before->diag.by_rule[key->rule]
                : !may_come(after, batch, mended, &allowance, key))
            return key->item;
    }
    return NULL;
}

static bool make_mended(const struct lint_document *before, const struct mend_batch *batch,
                        struct keys *ret_keys)
{
    size_t i;

    ret_keys->list = mem_alloc(batch->count + 1, sizeof *ret_keys->list);
    ret_keys->count = batch->count;
    if (!ret_keys->list)
        return false;
    for (i = 0; i < batch->count; i++) {
        ret_keys->list[i] = key_of(before, batch->items[i].item);
        ret_keys->list[i].place = moved(batch, ret_keys->list[i].place);
    }
    qsort(ret_keys->list, ret_keys->count, sizeof *ret_keys->list, by_key);
    return true;
}

enum mend_verdict mend_compare(const struct lint_document *before,
                               const struct lint_document *after, const struct mend_batch *batch,
                               const struct diagnostic **reterr_worse)
{
    struct keys old_keys = {NULL, 0};
    struct keys new_keys = {NULL, 0};
    struct keys mended = {NULL, 0};
    enum mend_verdict verdict = MEND_NO_MEMORY;

    *reterr_worse = NULL;
    if (!after->xml)
        return MEND_WORSE;
    if (make_keys(before, batch, &old_keys) && make_keys(after, NULL, &new_keys) &&
        make_mended(before, batch, &mended)) {
        *reterr_worse = find_worse(before, after, batch, &old_keys, &new_keys, &mended);
        verdict = *reterr_worse ? MEND_WORSE : MEND_BETTER;
    }
    mem_free(old_keys.list);
    mem_free(new_keys.list);
    mem_free(mended.list);
    return verdict;
}

/* --- changes of changes --- */

/* The edit as a change of the text so far, joined with what it touches. */
static void join(struct lint_change *change, const struct lint_change *other)
{
    if (other->after.start <= change->after.start) {
        change->before.start = other->before.start;
        change->after.start = other->after.start;
    }
    if (other->after.end >= change->after.end) {
        change->before.end = other->before.end;
        change->after.end = other->after.end;
    }
}

/* What stands before a place of the text so far that no change has touched. */
static size_t back(const struct lint_mending *mending, size_t place)
{
    size_t shift_before = 0;
    size_t shift_after = 0;
    size_t i;

    for (i = 0; i < mending->change_count && mending->changes[i].after.end <= place; i++) {
        shift_before = mending->changes[i].before.end;
        shift_after = mending->changes[i].after.end;
    }
    return place - shift_after + shift_before;
}

static bool compose_one(struct lint_mending *mending, struct xml_range range, size_t len)
{
    struct lint_change change = {{back(mending, range.start), back(mending, range.end)}, range};
    size_t first = 0;
    size_t last;
    size_t i;

    while (first < mending->change_count && mending->changes[first].after.end < range.start)
        first++;
    for (last = first;
         last < mending->change_count && mending->changes[last].after.start <= range.end; last++)
        join(&change, &mending->changes[last]);
    if (!mem_grow(&mending->changes, mending->change_count, &mending->change_capacity,
                  sizeof *mending->changes))
        return false;
    memmove(mending->changes + first + 1, mending->changes + last,
            (mending->change_count - last) * sizeof *mending->changes);
    mending->changes[first] = change;
    mending->change_count += first + 1 - last;
    for (i = first; i < mending->change_count; i++) {
        if (i > first)
            mending->changes[i].after.start += len - (range.end - range.start);
        mending->changes[i].after.end += len - (range.end - range.start);
    }
    return true;
}

/* From the last one on, so that the places of the others stay. */
bool mend_compose(struct lint_mending *mending, const struct mend_batch *batch)
{
    size_t i;

    for (i = batch->edit_count; i-- > 0;)
        if (!compose_one(mending, batch->edits[i].range, batch->edits[i].text.len))
            return false;
    return true;
}
