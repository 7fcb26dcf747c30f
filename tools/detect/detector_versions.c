/* What tells one version of a detector from another: everything that decides its hits. */
#include "detect/detectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

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
    tell(out, entry->conditions.with);
    tell(out, entry->conditions.without);
    tell(out, entry->conditions.beside);
    tell(out, entry->conditions.unless);
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

static uint32_t named(struct str names)
{
    uint32_t set = 0;
    enum detector detector;
    struct str name;

    while (names.ptr && str_split(&names, ' ', &name))
        if (detector_find(name, &detector))
            set |= 1u << detector;
    return set;
}

/* Those that conditions of its entries name, a bit each. */
static uint32_t others_of(const struct lexicon *lexicon, const char *name)
{
    uint32_t others = 0;
    size_t i;
    size_t k;

    for (i = 0; i < lexicon->detector_count; i++) {
        const struct lexicon_detector *detector = &lexicon->detectors[i];

        for (k = 0; k < detector->entry_count && str_is(detector->name, name); k++)
            others |= named(detector->entries[k].conditions.with) |
                      named(detector->entries[k].conditions.without);
    }
    return others;
}

/* The detector with all that decides its hits, those of others among them. */
static void tell_all(struct buf *out, const struct lexicon *const *lexicons, size_t count,
                     enum detector detector)
{
    uint32_t told = 1u << detector;
    size_t i;

    for (i = 0; i < count; i++)
        told |= others_of(lexicons[i], detector_name(detector));
    buf_add_text(out, detector_name(detector));
    for (i = 0; i < count; i++)
        tell_common(out, lexicons[i]);
    for (; told; told &= told - 1) {
        const char *name = detector_name((enum detector)__builtin_ctz(told));

        tell(out, str_of(name));
        for (i = 0; i < count; i++)
            tell_detector(out, lexicons[i], name);
    }
}

/* The order in which lexicons are named tells nothing. */
bool detectors_find_versions(struct detectors *detectors, const struct lexicon *const *lexicons,
                             size_t count)
{
    const struct lexicon **sorted = mem_alloc(count + 1, sizeof *sorted);
    struct buf text;
    bool is_told = sorted != NULL;
    int d;

    if (!sorted)
        return false;
    memcpy(sorted, lexicons, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_id);
    buf_init(&text, SIZE_MAX);
    for (d = 0; d < DETECTOR_COUNT && is_told; d++) {
        buf_clear(&text);
        buf_add_text(&text, "cfaudit detector 3 ");
        tell_all(&text, sorted, count, (enum detector)d);
        is_told = !text.failed && digest_bytes(buf_str(&text), &detectors->versions[d]);
    }
    buf_done(&text);
    mem_free(sorted);
    return is_told;
}
