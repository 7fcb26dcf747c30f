#include "plan/lexicon.h"

#include "plan/plan_private.h"

static struct lexicon_phrases read_phrases(struct plan_load *load, const struct xml_node *node,
                                           const char *child)
{
    struct lexicon_phrases phrases = {NULL, NULL, 0};
    const struct xml_node *element = xml_child(node, child);
    size_t count = 0;
    size_t i;

    phrases.list = plan_texts(load, node, child, &count);
    phrases.places = xml_field_array(&load->fields, count, sizeof *phrases.places);
    if (!phrases.list || !phrases.places)
        return phrases;
    for (i = 0; i < count; i++, element = xml_next(element, child))
        phrases.places[i] = plan_where(load, element);
    phrases.count = count;
    return phrases;
}

static void read_slots(struct plan_load *load, struct lexicon *lexicon)
{
    const struct xml_node *node = xml_child(load->root, "slot");

    lexicon->slots = xml_field_array(&load->fields, xml_field_count(load->root, "slot"),
                                     sizeof *lexicon->slots);
    for (; node && lexicon->slots; node = xml_next(node, "slot")) {
        struct lexicon_slot *slot = &lexicon->slots[lexicon->slot_count++];

        slot->name = xml_field_str(&load->fields, node, "name");
        slot->phrases = read_phrases(load, node, "phrase");
    }
}

static void read_quotes(struct plan_load *load, struct lexicon *lexicon)
{
    const struct xml_node *node = xml_child(load->root, "quote");

    lexicon->quotes = xml_field_array(&load->fields, xml_field_count(load->root, "quote"),
                                      sizeof *lexicon->quotes);
    for (; node && lexicon->quotes; node = xml_next(node, "quote")) {
        struct lexicon_quote *quote = &lexicon->quotes[lexicon->quote_count++];

        quote->begins = xml_field_str(&load->fields, node, "begins");
        quote->ends = xml_field_str(&load->fields, node, "ends");
        quote->next = xml_field_str(&load->fields, node, "next");
        quote->place = plan_where(load, node);
    }
}

static bool has_entry(const struct lexicon_detector *detector, struct str id)
{
    size_t i;

    for (i = 0; i < detector->entry_count; i++)
        if (str_equal(detector->entries[i].id, id))
            return true;
    return false;
}

static void read_samples(struct plan_load *load, const struct xml_node *parent,
                         struct lexicon_detector *detector)
{
    const struct xml_node *node = xml_child(parent, "sample");

    detector->samples = xml_field_array(&load->fields, xml_field_count(parent, "sample"),
                                        sizeof *detector->samples);
    for (; node && detector->samples; node = xml_next(node, "sample")) {
        struct lexicon_sample *sample = &detector->samples[detector->sample_count++];

        sample->is_hit = str_is(xml_attr(node, "hits"), "yes");
        sample->entry = xml_field_str(&load->fields, node, "entry");
        sample->text = arena_str(load->fields.arena, xml_text_raw(node));
        sample->place = plan_where(load, node);
        if (!sample->text.ptr && load->fields.status == STATUS_OK)
            load->fields.status = diag_no_memory(load->fields.diag);
        if (sample->entry.ptr && !has_entry(detector, sample->entry)) {
            plan_error(load, RULE_LEXICON_ENTRY, node, "entry", "'%.*s'", STR_ARG(sample->entry));
            diag_hint(load->fields.diag, "name an entry of detector '%.*s'",
                      STR_ARG(detector->name));
        }
    }
}

static bool has_slot(const struct lexicon *lexicon, struct str name)
{
    size_t i;

    for (i = 0; i < lexicon->slot_count; i++)
        if (str_equal(lexicon->slots[i].name, name))
            return true;
    return false;
}

static struct str read_cue(struct plan_load *load, const struct lexicon *lexicon,
                           const struct xml_node *node, const char *attribute)
{
    struct str name = xml_field_str(&load->fields, node, attribute);

    if (name.ptr && !has_slot(lexicon, name)) {
        plan_error(load, RULE_LEXICON_CONDITION, node, attribute, "'%.*s' is no slot", STR_ARG(name));
        diag_hint(load->fields.diag, "name a slot of this lexicon");
    }
    return name;
}

static void read_conditions(struct plan_load *load, const struct lexicon *lexicon,
                            const struct xml_node *node, struct lexicon_conditions *conditions)
{
    conditions->with = xml_field_str(&load->fields, node, "with");
    conditions->without = xml_field_str(&load->fields, node, "without");
    conditions->beside = read_cue(load, lexicon, node, "beside");
    conditions->unless = read_cue(load, lexicon, node, "unless");
    if (conditions->beside.ptr && str_equal(conditions->beside, conditions->unless)) {
        plan_error(load, RULE_LEXICON_CONDITION, node, "unless", "it asks for what it does not allow");
        diag_hint(load->fields.diag, "take one of the two attributes out");
    }
}

static void read_entry(struct plan_load *load, const struct xml_node *node,
                       const struct lexicon_detector *detector, struct lexicon_entry *entry)
{
    struct str sentence = xml_attr(node, "in");
    struct str negation = xml_attr(node, "negation");

    entry->id = xml_field_str(&load->fields, node, "id");
    entry->sentence = str_is(sentence, "question")    ? SENTENCE_QUESTION
                      : str_is(sentence, "statement") ? SENTENCE_STATEMENT
                                                      : SENTENCE_ANY;
    entry->begins_clause = str_is(xml_attr(node, "at"), "clause");
    entry->ignores_negation =
        negation.ptr ? str_is(negation, "ignored") : detector->ignores_negation;
    entry->says_matter = str_is(xml_attr(node, "matter"), "yes");
    entry->phrases = read_phrases(load, node, "phrase");
    entry->place = plan_where(load, node);
}

static void read_detectors(struct plan_load *load, struct lexicon *lexicon)
{
    const struct xml_node *node = xml_child(load->root, "detector");
    const struct xml_node *child;

    lexicon->detectors = xml_field_array(&load->fields, xml_field_count(load->root, "detector"),
                                         sizeof *lexicon->detectors);
    for (; node && lexicon->detectors; node = xml_next(node, "detector")) {
        struct lexicon_detector *detector = &lexicon->detectors[lexicon->detector_count++];

        detector->name = xml_field_str(&load->fields, node, "name");
        detector->ignores_negation = str_is(xml_attr(node, "negation"), "ignored");
        detector->place = plan_where(load, node);
        detector->entries = xml_field_array(&load->fields, xml_field_count(node, "entry"),
                                            sizeof *detector->entries);
        for (child = xml_child(node, "entry"); child && detector->entries;
             child = xml_next(child, "entry")) {
            struct lexicon_entry *entry = &detector->entries[detector->entry_count++];

            read_entry(load, child, detector, entry);
            read_conditions(load, lexicon, child, &entry->conditions);
        }
        detector->exceptions = read_phrases(load, node, "except");
        read_samples(load, node, detector);
    }
}

static enum status read_lexicon(struct plan_load *load, struct lexicon *lexicon)
{
    struct xml_fields *fields = &load->fields;

    lexicon->id = xml_field_str(fields, load->root, "id");
    lexicon->revision = (unsigned)xml_field_uint(fields, load->root, "revision");
    if (!lang_find(xml_attr(load->root, "language"), &lexicon->language))
        xml_field_bad(fields, load->root, "language", "is no language that the program speaks");
    lexicon->title = plan_words(load, load->root, "title");
    lexicon->note = plan_words(load, load->root, "note");
    lexicon->negation = xml_field_text(fields, load->root, "negation");
    lexicon->function = xml_field_text(fields, load->root, "function");
    lexicon->formulas = read_phrases(load, load->root, "formula");
    lexicon->greetings = read_phrases(load, load->root, "greeting");
    lexicon->closings = read_phrases(load, load->root, "closing");
    read_quotes(load, lexicon);
    read_slots(load, lexicon);
    read_detectors(load, lexicon);
    lexicon->sha256 = xml_identity(fields->document)->sha256;
    if (!library_name_is_path(lexicon->name) && !str_equal(lexicon->name, lexicon->id))
        plan_wrong_id(load, lexicon->name, lexicon->id);
    return plan_end(load);
}

enum status lexicon_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag, struct lexicon **ret_lexicon)
{
    struct plan_load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct lexicon *lexicon = arena_alloc(arena, 1, sizeof *lexicon);
    struct xml_document *xml = NULL;
    enum status status;

    if (!lexicon)
        return diag_no_memory(diag);
    lexicon->name = arena_str(arena, name);
    if (!lexicon->name.ptr)
        return diag_no_memory(diag);
    status = library_load(library, name, folder, "lexicon", diag, &xml);
    if (status == STATUS_OK) {
        load.fields.document = xml;
        load.root = xml_root(xml);
        status = read_lexicon(&load, lexicon);
    }
    if (status == STATUS_OK)
        *ret_lexicon = lexicon;
    xml_free(xml);
    return status;
}
