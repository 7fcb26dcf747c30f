/* From lexicons to detectors: every phrase into the tree, and what tells one version from another. */
#include "detect/detectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

struct making {
    struct detectors *detectors;
    const struct lexicon *lexicon;
    struct diag *diag;
    uint64_t errors;
};

/* --- phrases --- */

static enum status bad_phrase(struct making *making, struct where place, struct str phrase,
                              const char *why)
{
    diag_report(making->diag, RULE_LEXICON_PHRASE, place, "'%.*s'", STR_ARG(phrase));
    diag_hint(making->diag, "%s", why);
    making->errors++;
    return STATUS_OK;
}

static enum status add_phrase(struct making *making, int slot, struct str phrase,
                              struct where place, uint32_t value)
{
    const char *why = NULL;
    enum status status = phrase_tree_add(making->detectors->tree, slot, phrase, value, &why);

    if (status == STATUS_MEMORY)
        return diag_no_memory(making->diag);
    return status == STATUS_OK ? STATUS_OK : bad_phrase(making, place, phrase, why);
}

/* The value of the next phrases; false: memory is out. */
static bool add_target(struct detectors *detectors, struct phrase_target target)
{
    if (!mem_grow(&detectors->targets, detectors->target_count, &detectors->target_capacity,
                  sizeof *detectors->targets))
        return false;
    detectors->targets[detectors->target_count++] = target;
    return true;
}

/* Those of a zone: one value for all of them, and one for those with a name in them. */
static enum status add_zone(struct making *making, const struct lexicon_phrases *phrases,
                            uint8_t kind, uint8_t kind_with_name)
{
    struct detectors *detectors = making->detectors;
    uint32_t value = (uint32_t)detectors->target_count;
    enum status status = STATUS_OK;
    size_t i;

    if (!add_target(detectors, (struct phrase_target){.kind = kind}) ||
        !add_target(detectors, (struct phrase_target){.kind = kind_with_name}))
        return diag_no_memory(making->diag);
    for (i = 0; i < phrases->count && status == STATUS_OK; i++) {
        struct str phrase = phrases->list[i];
        bool has_name = memchr(phrase.ptr, '{', phrase.len) != NULL;

        status = add_phrase(making, PHRASE_NO_SLOT, phrase, phrases->places[i], value + has_name);
    }
    return status;
}

static enum status add_quote_phrase(struct making *making, const struct lexicon_quote *quote,
                                    struct str phrase, uint8_t kind)
{
    struct detectors *detectors = making->detectors;
    uint32_t value = (uint32_t)detectors->target_count;

    if (!phrase.ptr)
        return STATUS_OK;
    if (!add_target(detectors, (struct phrase_target){.kind = kind,
                                                      .number = (uint32_t)detectors->quote_count}))
        return diag_no_memory(making->diag);
    return add_phrase(making, PHRASE_NO_SLOT, phrase, quote->place, value);
}

static enum status add_quotes(struct making *making)
{
    struct detectors *detectors = making->detectors;
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < making->lexicon->quote_count && status == STATUS_OK; i++) {
        const struct lexicon_quote *quote = &making->lexicon->quotes[i];

        if (!mem_grow(&detectors->quotes, detectors->quote_count, &detectors->quote_capacity,
                      sizeof *detectors->quotes))
            return diag_no_memory(making->diag);
        detectors->quotes[detectors->quote_count] =
            (struct quote_form){quote->ends.ptr != NULL, quote->next.ptr != NULL};
        status = add_quote_phrase(making, quote, quote->begins, PHRASE_QUOTE_BEGINS);
        if (status == STATUS_OK)
            status = add_quote_phrase(making, quote, quote->ends, PHRASE_QUOTE_ENDS);
        if (status == STATUS_OK)
            status = add_quote_phrase(making, quote, quote->next, PHRASE_QUOTE_NEXT);
        detectors->quote_count++;
    }
    return status;
}

static enum status add_slots(struct making *making)
{
    struct detectors *detectors = making->detectors;
    enum status status = STATUS_OK;
    size_t i;
    size_t k;

    phrase_tree_forget_slots(detectors->tree);
    for (i = 0; i < making->lexicon->slot_count && status == STATUS_OK; i++) {
        const struct lexicon_slot *slot = &making->lexicon->slots[i];
        size_t number = 0;

        status = phrase_tree_slot(detectors->tree, slot->name, &number);
        if (status == STATUS_LIMIT)
            return diag_limit(making->diag, slot->phrases.places[0], "slots of all lexicons", 64);
        if (status != STATUS_OK)
            return diag_no_memory(making->diag);
        for (k = 0; k < slot->phrases.count && status == STATUS_OK; k++)
            status = add_phrase(making, (int)number, slot->phrases.list[k],
                                slot->phrases.places[k], 0);
    }
    return status;
}

/* Those of a detector that look like hits; of two as long as each other they come first. */
static enum status add_exceptions(struct making *making, const struct lexicon_detector *from,
                                  enum detector detector)
{
    struct detectors *detectors = making->detectors;
    const struct lexicon_phrases *phrases = &from->exceptions;
    uint32_t value = (uint32_t)detectors->target_count;
    enum status status = STATUS_OK;
    size_t i;

    if (!add_target(detectors, (struct phrase_target){.kind = (uint8_t)detector,
                                                      .language = (uint8_t)making->lexicon->language,
                                                      .is_exception = true}))
        return diag_no_memory(making->diag);
    for (i = 0; i < phrases->count && status == STATUS_OK; i++)
        status = add_phrase(making, PHRASE_NO_SLOT, phrases->list[i], phrases->places[i], value);
    return status;
}

static enum status add_entry(struct making *making, enum detector detector,
                             const struct lexicon_entry *entry)
{
    struct detectors *detectors = making->detectors;
    uint32_t value = (uint32_t)detectors->target_count;
    const struct phrase_target target = {.kind = (uint8_t)detector,
                                         .sentence = (uint8_t)entry->sentence,
                                         .language = (uint8_t)making->lexicon->language,
                                         .ignores_negation = entry->ignores_negation,
                                         .begins_clause = entry->begins_clause,
                                         .says_matter = entry->says_matter,
                                         .number = (uint32_t)detectors->entry_count};
    enum status status = STATUS_OK;
    size_t i;

    if (!mem_grow(&detectors->entries, detectors->entry_count, &detectors->entry_capacity,
                  sizeof *detectors->entries) ||
        !add_target(detectors, target))
        return diag_no_memory(making->diag);
    detectors->entries[detectors->entry_count++] =
        (struct detector_entry){making->lexicon, detector, entry->id};
    for (i = 0; i < entry->phrases.count && status == STATUS_OK; i++)
        status = add_phrase(making, PHRASE_NO_SLOT, entry->phrases.list[i],
                            entry->phrases.places[i], value);
    return status;
}

static enum status add_detectors(struct making *making)
{
    enum status status = STATUS_OK;
    enum detector detector;
    size_t i;
    size_t k;

    for (i = 0; i < making->lexicon->detector_count && status == STATUS_OK; i++) {
        const struct lexicon_detector *from = &making->lexicon->detectors[i];

        if (!detector_find(from->name, &detector)) { /* the schema knows the same words */
            diag_report(making->diag, RULE_XML_VALUE, from->place, "'%.*s'", STR_ARG(from->name));
            return STATUS_INVALID;
        }
        making->detectors->present |= 1u << detector;
        status = add_exceptions(making, from, detector);
        for (k = 0; k < from->entry_count && status == STATUS_OK; k++)
            status = add_entry(making, detector, &from->entries[k]);
    }
    return status;
}

static enum status add_words(struct making *making)
{
    struct phrase_tree *tree = making->detectors->tree;
    uint8_t language = making->lexicon->language == LANG_IT ? MARK_ITALIAN : MARK_ENGLISH;
    enum status status = phrase_tree_marks(tree, making->lexicon->negation, MARK_NEGATION);

    if (status == STATUS_OK)
        status = phrase_tree_marks(tree, making->lexicon->function,
                                   (uint8_t)(MARK_FUNCTION | language));
    return status == STATUS_OK ? STATUS_OK : diag_no_memory(making->diag);
}

static enum status add_lexicon(struct making *making)
{
    const struct lexicon *lexicon = making->lexicon;
    enum status status = add_words(making);

    if (status == STATUS_OK)
        status = add_slots(making);
    if (status == STATUS_OK)
        status = add_zone(making, &lexicon->formulas, PHRASE_FORMULA, PHRASE_FORMULA);
    if (status == STATUS_OK)
        status = add_zone(making, &lexicon->greetings, PHRASE_GREETING, PHRASE_GREETING_NAME);
    if (status == STATUS_OK)
        status = add_zone(making, &lexicon->closings, PHRASE_CLOSING, PHRASE_CLOSING);
    if (status == STATUS_OK)
        status = add_quotes(making);
    return status == STATUS_OK ? add_detectors(making) : status;
}

/* --- versions --- */

static void tell(struct buf *out, struct str text)
{
    buf_add_int(out, (int64_t)text.len);
    buf_add_char(out, ':');
    buf_add(out, text);
}

static void tell_phrases(struct buf *out, const struct lexicon_phrases *phrases)
{
    size_t i;

    buf_add_char(out, '(');
    for (i = 0; i < phrases->count; i++)
        tell(out, phrases->list[i]);
    buf_add_char(out, ')');
}

/* What takes part in every detector. */
static void tell_common(struct buf *out, const struct lexicon *lexicon)
{
    size_t i;

    tell(out, str_of(lang_name(lexicon->language)));
    tell(out, lexicon->negation);
    tell(out, lexicon->function);
    tell_phrases(out, &lexicon->formulas);
    tell_phrases(out, &lexicon->greetings);
    tell_phrases(out, &lexicon->closings);
    for (i = 0; i < lexicon->quote_count; i++) {
        tell(out, lexicon->quotes[i].begins);
        tell(out, lexicon->quotes[i].ends);
        tell(out, lexicon->quotes[i].next);
    }
    for (i = 0; i < lexicon->slot_count; i++) {
        tell(out, lexicon->slots[i].name);
        tell_phrases(out, &lexicon->slots[i].phrases);
    }
}

static void tell_entry(struct buf *out, const struct lexicon_entry *entry)
{
    static const char *const sentences[] = {"any", "question", "statement"};

    tell(out, entry->id);
    tell(out, str_of(sentences[entry->sentence]));
    tell(out, str_of(entry->begins_clause ? "clause" : "anywhere"));
    tell(out, str_of(entry->says_matter ? "matter" : "formula"));
    tell(out, str_of(entry->ignores_negation ? "ignored" : "takes-back"));
    tell_phrases(out, &entry->phrases);
}

static void tell_detector(struct buf *out, const struct lexicon *lexicon, const char *name)
{
    size_t i;
    size_t k;

    for (i = 0; i < lexicon->detector_count; i++) {
        const struct lexicon_detector *detector = &lexicon->detectors[i];

        if (!str_is(detector->name, name))
            continue;
        for (k = 0; k < detector->entry_count; k++)
            tell_entry(out, &detector->entries[k]);
        tell_phrases(out, &detector->exceptions);
    }
}

static int by_id(const void *a, const void *b)
{
    return str_compare((*(const struct lexicon *const *)a)->id,
                       (*(const struct lexicon *const *)b)->id);
}

/* The order in which lexicons are named tells nothing. */
static bool find_versions(struct detectors *detectors, const struct lexicon *const *lexicons,
                          size_t count)
{
    const struct lexicon **sorted = mem_alloc(count + 1, sizeof *sorted);
    struct buf text;
    bool is_told = sorted != NULL;
    size_t i;
    int d;

    if (!sorted)
        return false;
    memcpy(sorted, lexicons, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_id);
    buf_init(&text, SIZE_MAX);
    for (d = 0; d < DETECTOR_COUNT && is_told; d++) {
        buf_clear(&text);
        buf_add_text(&text, "cfaudit detector 2 ");
        buf_add_text(&text, detector_name((enum detector)d));
        for (i = 0; i < count; i++) {
            tell_common(&text, sorted[i]);
            tell_detector(&text, sorted[i], detector_name((enum detector)d));
        }
        is_told = !text.failed && digest_bytes(buf_str(&text), &detectors->versions[d]);
    }
    buf_done(&text);
    mem_free(sorted);
    return is_told;
}

/* --- the whole --- */

enum status detectors_new(const struct lexicon *const *lexicons, size_t count, struct str salt,
                          struct diag *diag, struct detectors **ret_detectors)
{
    struct detectors *detectors = mem_alloc(1, sizeof *detectors);
    struct making making = {.detectors = detectors, .diag = diag};
    enum status status = STATUS_OK;
    size_t i;

    if (!detectors)
        return diag_no_memory(diag);
    folding_init(&detectors->folding);
    detectors->salt = str_hash(salt);
    detectors->tree = phrase_tree_new(&detectors->folding);
    if (!detectors->tree || !find_versions(detectors, lexicons, count))
        status = diag_no_memory(diag);
    for (i = 0; i < count && status == STATUS_OK; i++) {
        making.lexicon = lexicons[i];
        status = add_lexicon(&making);
    }
    if (status == STATUS_OK && making.errors)
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        *ret_detectors = detectors;
    else
        detectors_free(detectors);
    return status;
}

void detectors_free(struct detectors *detectors)
{
    if (!detectors)
        return;
    phrase_tree_free(detectors->tree);
    mem_free(detectors->targets);
    mem_free(detectors->entries);
    mem_free(detectors->quotes);
    mem_free(detectors);
}

uint32_t detectors_present(const struct detectors *detectors)
{
    return detectors->present;
}

struct sha256 detectors_version(const struct detectors *detectors, enum detector detector)
{
    return detectors->versions[detector];
}

const struct detector_entry *detectors_entry(const struct detectors *detectors, uint32_t entry)
{
    return &detectors->entries[entry];
}

size_t detectors_entry_count(const struct detectors *detectors)
{
    return detectors->entry_count;
}
