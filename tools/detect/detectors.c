/* From lexicons to detectors: every phrase into the tree, and what tells one version from another. */
#include "detect/detectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

struct making {
    struct detectors *detectors;
    const struct lexicon *lexicon;
    size_t first_slot; /* of the lexicon */
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
        making->first_slot = number - i;
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

/* A bit for the slot that decides by being in the sentence or not; 0: there is no such slot. */
static enum status add_cue(struct making *making, struct str name, uint64_t *ret_bit)
{
    const struct lexicon *lexicon = making->lexicon;
    struct phrase_target target = {.kind = PHRASE_CUE};
    struct buf phrase;
    enum status status = STATUS_OK;
    size_t i = 0;

    while (i < lexicon->slot_count && !str_equal(lexicon->slots[i].name, name))
        i++;
    if (i == lexicon->slot_count) /* none is asked for: the lexicon has refused what it does not have */
        return STATUS_OK;
    target.number = (uint32_t)(making->first_slot + i);
    *ret_bit = 1ull << target.number;
    if (making->detectors->cues & *ret_bit)
        return STATUS_OK;
    making->detectors->cues |= *ret_bit;
    buf_init(&phrase, SIZE_MAX);
    buf_printf(&phrase, "{%.*s}", STR_ARG(name));
    if (phrase.failed || !add_target(making->detectors, target))
        status = diag_no_memory(making->diag);
    else
        status = add_phrase(making, PHRASE_NO_SLOT, buf_str(&phrase), lexicon->slots[i].phrases.places[0],
                            (uint32_t)making->detectors->target_count - 1);
    buf_done(&phrase);
    return status;
}

static void bad_condition(struct making *making, struct where place, const char *why,
                          const char *hint)
{
    diag_report(making->diag, RULE_LEXICON_CONDITION, place, "%s", why);
    diag_hint(making->diag, "%s", hint);
    making->errors++;
}

/* Detectors with blanks between them, a bit each. */
static uint32_t read_others(struct making *making, struct where place, struct str names)
{
    uint32_t others = 0;
    enum detector other;
    struct str name;

    while (names.ptr && str_split(&names, ' ', &name)) {
        if (detector_find(name, &other))
            others |= 1u << other;
        else
            bad_condition(making, place, "it names a detector that does not exist",
                          "cfaudit list detectors");
    }
    return others;
}

static enum status add_conditions(struct making *making, enum detector detector,
                                  const struct lexicon_entry *entry,
                                  struct phrase_conditions *conditions)
{
    const struct lexicon_conditions *from = &entry->conditions;
    enum status status = STATUS_OK;

    conditions->with = read_others(making, entry->place, from->with);
    conditions->without = read_others(making, entry->place, from->without);
    if ((conditions->with | conditions->without) >> detector & 1)
        bad_condition(making, entry->place, "it depends on its own detector", "name another one");
    if (conditions->with & conditions->without)
        bad_condition(making, entry->place, "it asks for what it does not allow",
                      "take the detector out of one of the two attributes");
    if (from->beside.ptr)
        status = add_cue(making, from->beside, &conditions->beside);
    if (from->unless.ptr && status == STATUS_OK)
        status = add_cue(making, from->unless, &conditions->unless);
    return status;
}

static enum status add_entry(struct making *making, enum detector detector,
                             const struct lexicon_entry *entry)
{
    struct detectors *detectors = making->detectors;
    struct phrase_target target = {.kind = (uint8_t)detector,
                                   .sentence = (uint8_t)entry->sentence,
                                   .language = (uint8_t)making->lexicon->language,
                                   .ignores_negation = entry->ignores_negation,
                                   .begins_clause = entry->begins_clause,
                                   .says_matter = entry->says_matter,
                                   .number = (uint32_t)detectors->entry_count};
    enum status status = add_conditions(making, detector, entry, &target.conditions);
    uint32_t value = (uint32_t)detectors->target_count;
    size_t i;

    if (status != STATUS_OK)
        return status;
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
    if (!detectors->tree || !detectors_find_versions(detectors, lexicons, count))
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
