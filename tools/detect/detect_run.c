/* One pass over a message: words, zones, phrases, marks. */
#include <string.h>

#include "base/mem.h"
#include "detect/detectors.h"
#include "detect/waiting_hits.h"
#include "detect/zones.h"

enum {
    NEGATION_WINDOW = 3,
    LANGUAGE_LEAST = 3, /* function words that are needed to tell the language of a text */
    LANGUAGE_TIMES = 3  /* and how many times those of all others */
};

/* Words that say nothing of the matter. */
enum {
    FORMULA_WORD = 1, /* of a formula; a negation in it is none */
    FORMULA_HIT = 2   /* of a refusal or of thanks */
};

/* The phrases of one detector at the word that is looked at, and its hits so far. */
struct lane {
    size_t longest;
    uint32_t value;
    size_t next;    /* the first word that its next phrase may begin at */
    size_t hit_end; /* behind its last hit */
};

struct detect_run {
    const struct detectors *detectors;
    struct message_words words;
    struct phrase_symbols *symbols; /* of every word, then of those that are kept */
    size_t symbol_capacity;
    uint32_t *kept;
    size_t kept_capacity;
    uint8_t *formulas; /* FORMULA_*, of the words that are kept */
    size_t formula_capacity;
    struct lane lanes[PHRASE_KINDS];
    uint32_t touched; /* detectors and formulas with a phrase at the word, a bit each */
    size_t at;        /* the word */
    size_t count;     /* words that are kept */
    size_t sentence_end; /* behind the last word of the sentence that was looked at last */
    bool is_question;    /* that sentence */
    unsigned languages;  /* of lexicons that count in this text, a bit each */
    struct waiting_hits waiting;
    bool is_short; /* of memory */
    struct marks_writer writer;
};

struct detect_run *detect_run_new(const struct detectors *detectors, bool hits_only)
{
    struct detect_run *run = mem_alloc(1, sizeof *run);

    if (!run)
        return NULL;
    run->detectors = detectors;
    message_words_init(&run->words);
    marks_writer_init(&run->writer, detectors->salt, hits_only);
    return run;
}

void detect_run_free(struct detect_run *run)
{
    if (!run)
        return;
    message_words_done(&run->words);
    waiting_done(&run->waiting);
    marks_writer_done(&run->writer);
    mem_free(run->symbols);
    mem_free(run->kept);
    mem_free(run->formulas);
    mem_free(run);
}

static bool has_room(void *array_pointer, size_t *capacity, size_t count, size_t size)
{
    void *array;
    void *grown;
    size_t wanted = count + count / 2 + 64;

    if (count < *capacity)
        return true;
    memcpy(&array, array_pointer, sizeof array);
    grown = mem_resize(array, wanted, size);
    if (!grown)
        return false;
    memcpy(array_pointer, &grown, sizeof grown);
    *capacity = wanted;
    return true;
}

static bool make_room(struct detect_run *run)
{
    size_t count = run->words.count;

    return has_room(&run->symbols, &run->symbol_capacity, count, sizeof *run->symbols) &&
           has_room(&run->kept, &run->kept_capacity, count, sizeof *run->kept) &&
           has_room(&run->formulas, &run->formula_capacity, count, sizeof *run->formulas);
}

/* Of the words that are kept alone: the phrases of one do not go over what is left out. */
static void pack_symbols(struct detect_run *run, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        struct phrase_symbols symbols = run->symbols[run->kept[i]];

        symbols.is_behind_stop |= i == 0 || run->kept[i - 1] + 1 != run->kept[i];
        run->symbols[i] = symbols; /* in front of where it was, or there */
    }
}

/* --- sentences --- */

/* The word is the last of its sentence; *ret_is_question. */
static bool ends_sentence(const struct detect_run *run, size_t i, bool *ret_is_question)
{
    bool is_last = i + 1 == run->count || run->kept[i + 1] != run->kept[i] + 1;
    size_t next = run->kept[i] + 1;
    unsigned behind = next < run->words.count ? run->words.words[next].flags : run->words.last;

    *ret_is_question = (behind & AFTER_QUESTION) != 0;
    return is_last || (behind & AFTER_SENTENCE);
}

/* Words are looked at in order: it is the sentence of the one before, or a new one. */
static void look_at_sentence(struct detect_run *run, size_t at)
{
    size_t last = at;

    if (at < run->sentence_end)
        return;
    while (!ends_sentence(run, last, &run->is_question))
        last++;
    run->sentence_end = last + 1;
    run->is_short |= !waiting_sentence(&run->waiting);
}

static bool begins_clause(const struct detect_run *run, size_t at)
{
    return run->symbols[at].is_behind_stop ||
           run->words.words[run->kept[at]].line != run->words.words[run->kept[at - 1]].line;
}

/* --- phrases --- */

static bool counts_here(struct detect_run *run, const struct phrase_target *target)
{
    /* what offends does so in any language */
    if (target->kind == PHRASE_FORMULA || target->kind == DETECT_LABEL)
        return true;
    if (!(run->languages >> target->language & 1) ||
        (target->begins_clause && !begins_clause(run, run->at)))
        return false;
    return target->sentence == SENTENCE_ANY ||
           run->is_question == (target->sentence == SENTENCE_QUESTION);
}

static void found(void *context, uint32_t value, size_t count)
{
    struct detect_run *run = context;
    const struct phrase_target *target = &run->detectors->targets[value];
    struct lane *lane = &run->lanes[target->kind];

    if (target->kind == PHRASE_CUE)
        waiting_cue(&run->waiting, target->number);
    if (target->kind > PHRASE_FORMULA || !counts_here(run, target))
        return;
    if (!(run->touched >> target->kind & 1))
        lane->longest = 0;
    run->touched |= 1u << target->kind;
    if (count > lane->longest || (count == lane->longest && value < lane->value)) {
        lane->longest = count;
        lane->value = value;
    }
}

static bool is_negated(const struct detect_run *run, const struct lane *lane, size_t at)
{
    size_t i;

    for (i = 1; i <= NEGATION_WINDOW && i <= at; i++) {
        if (run->symbols[at - i + 1].is_behind_stop || at - i < lane->hit_end)
            return false;
        if ((run->symbols[at - i].marks & MARK_NEGATION) &&
            !(run->formulas[at - i] & FORMULA_WORD))
            return true;
    }
    return false;
}

static uint64_t span_hash(const struct detect_run *run, size_t at, size_t count)
{
    uint64_t hash = run->detectors->salt;
    size_t i;

    for (i = 0; i < count; i++)
        hash = marks_mix(hash, run->words.words[run->kept[at + i]].hash);
    return hash;
}

static void set_formula(struct detect_run *run, size_t at, size_t count, uint8_t formula)
{
    size_t i;

    for (i = at; i < at + count; i++)
        run->formulas[i] |= formula;
}

/* The phrase of a detector at the word: a hit, or taken back. */
static bool take_phrase(struct detect_run *run, enum detector detector, size_t at)
{
    struct lane *lane = &run->lanes[detector];
    const struct phrase_target *target = &run->detectors->targets[lane->value];
    const struct message_word *first = &run->words.words[run->kept[at]];
    const struct message_word *last;
    struct mark_hit hit;

    if (at < lane->next)
        return true;
    lane->next = at + lane->longest;
    if (target->is_exception)
        return true;
    if ((detector == DETECT_REFUSAL || detector == DETECT_THANKS) && !target->says_matter)
        set_formula(run, at, lane->longest, FORMULA_HIT);
    if (!target->ignores_negation && is_negated(run, lane, at))
        return true;
    lane->hit_end = lane->next;
    last = &run->words.words[run->kept[at + lane->longest - 1]];
    hit = (struct mark_hit){.detector = detector,
                            .entry = target->number,
                            .start = first->start,
                            .length = last->end - first->start,
                            .hash = span_hash(run, at, lane->longest)};
    return waiting_add(&run->waiting, &hit, first->line, &target->conditions);
}

/* False: memory is out. */
static bool find_phrases(struct detect_run *run)
{
    const struct phrase_words words = {run->symbols, run->count};
    size_t i;
    int k;

    for (k = 0; k <= PHRASE_FORMULA; k++)
        run->lanes[k] = (struct lane){0};
    run->sentence_end = 0;
    run->is_short = false;
    waiting_begin(&run->waiting);
    memset(run->formulas, 0, run->count * sizeof *run->formulas);
    for (i = 0; i < run->count; i++) {
        uint32_t touched;

        if (!phrase_tree_begins(run->detectors->tree, &run->symbols[i]))
            continue;
        run->touched = 0;
        run->at = i;
        look_at_sentence(run, i);
        if (run->is_short)
            return false;
        phrase_tree_find(run->detectors->tree, &words, i, found, run);
        for (touched = run->touched; touched; touched &= touched - 1) {
            int kind = __builtin_ctz(touched);

            if (kind == PHRASE_FORMULA)
                set_formula(run, i, run->lanes[kind].longest, FORMULA_WORD);
            else if (!take_phrase(run, (enum detector)kind, i))
                return false;
        }
    }
    return true;
}

/* --- what is kept of the words --- */

static unsigned language_of(uint8_t marks)
{
    return (marks & MARK_ENGLISH ? 1u << LANG_EN : 0u) | (marks & MARK_ITALIAN ? 1u << LANG_IT : 0u);
}

static bool write_words(struct detect_run *run)
{
    size_t i;

    for (i = 0; i < run->count; i++) {
        const struct message_word *word = &run->words.words[run->kept[i]];
        const struct phrase_symbols *symbols = &run->symbols[i];
        struct str text = message_word_text(&run->words, run->kept[i]);
        bool is_content = !(symbols->marks & MARK_FUNCTION) && !run->formulas[i];
        bool is_question;

        if (!marks_write_word(&run->writer, word, text, language_of(symbols->marks), is_content))
            return false;
        if (ends_sentence(run, i, &is_question))
            marks_write_sentence(&run->writer, word->line, is_question);
    }
    return true;
}

/*
 * Lexicons of the language that is declared, which may be none; else of the one that has most of the
 * function words by far; else of all.
 */
static unsigned find_languages(const struct detect_run *run, unsigned declared)
{
    const unsigned all = (1u << LANG_COUNT) - 1;
    size_t words[LANG_COUNT] = {0};
    size_t i;
    int lang;

    if (declared != LANG_COUNT)
        return declared < LANG_COUNT ? 1u << declared : 0;
    for (i = 0; i < run->count; i++) {
        unsigned languages = language_of(run->symbols[i].marks);

        if (languages && !(languages & (languages - 1)))
            words[__builtin_ctz(languages)]++;
    }
    for (lang = 0; lang < LANG_COUNT; lang++) {
        size_t others = words[LANG_EN] + words[LANG_IT] - words[lang];

        if (words[lang] >= LANGUAGE_LEAST && words[lang] > LANGUAGE_TIMES * others)
            return 1u << lang;
    }
    return all;
}

struct str detect_text(struct detect_run *run, struct str text, unsigned language)
{
    const struct str none = {NULL, 0};
    size_t i;

    marks_write_begin(&run->writer, language);
    if (!message_words_read(&run->words, &run->detectors->folding, text) || !make_room(run))
        return none;
    for (i = 0; i < run->words.count; i++)
        phrase_tree_look(run->detectors->tree, &run->words, i, &run->symbols[i]);
    run->count = zones_find(run->detectors, &run->words, run->symbols, run->kept);
    pack_symbols(run, run->count);
    run->languages = find_languages(run, language);
    if (!find_phrases(run) || !waiting_write(&run->waiting, &run->writer) || !write_words(run))
        return none;
    return marks_write_end(&run->writer);
}
