#include "report/say.h"

#include "base/mem.h"

struct entry {
    const char *in[LANG_COUNT];
};

static const struct entry words[WORD_COUNT] = {
#define WORD(name, en, it) [WORD_##name] = {{en, it}},
#include "report/words.def"
#undef WORD
};

struct raw_entry {
    const char *raw;
    const char *in[LANG_COUNT];
};

static const struct raw_entry raws[] = {
#define RAW(raw, en, it) {raw, {en, it}},
#include "report/raw.def"
#undef RAW
};

const char *word_text(enum word word, enum lang lang)
{
    return words[word].in[lang];
}

struct str say(enum word word, enum lang lang)
{
    return str_of(word_text(word, lang));
}

static const struct raw_entry *find_raw(struct str raw)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(raws); i++)
        if (str_is(raw, raws[i].raw))
            return &raws[i];
    return NULL;
}

bool has_raw(struct str raw)
{
    return find_raw(raw) != NULL;
}

struct str say_raw(struct str raw, enum lang lang)
{
    const struct raw_entry *entry = find_raw(raw);

    return entry ? str_of(entry->in[lang]) : raw;
}

struct str say_status(enum answer_status status, enum lang lang)
{
    static const enum word word[ANSWER_STATUS_COUNT] = {
        [ANSWER_SCORED] = WORD_STATUS_SCORED,
        [ANSWER_NOTAPPLICABLE] = WORD_STATUS_NOTAPPLICABLE,
        [ANSWER_NOTCHECKED] = WORD_STATUS_NOTCHECKED,
        [ANSWER_NOTSELECTED] = WORD_STATUS_NOTSELECTED,
        [ANSWER_INFORMATIONAL] = WORD_STATUS_INFORMATIONAL,
    };

    return say(word[status], lang);
}

struct str say_grade(enum grade grade, enum lang lang)
{
    static const enum word word[GRADE_COUNT] = {
        [GRADE_CONFORM] = WORD_GRADE_CONFORM,
        [GRADE_MINOR] = WORD_GRADE_MINOR,
        [GRADE_MAJOR] = WORD_GRADE_MAJOR,
        [GRADE_OBSERVATION] = WORD_GRADE_OBSERVATION,
        [GRADE_OPPORTUNITY] = WORD_GRADE_OPPORTUNITY,
        [GRADE_STRENGTH] = WORD_GRADE_STRENGTH,
    };

    return grade == GRADE_NONE ? (struct str){NULL, 0} : say(word[grade], lang);
}

struct str say_basis(enum basis basis, enum lang lang)
{
    static const enum word word[BASIS_COUNT] = {
        [BASIS_REQUIREMENT] = WORD_BASIS_REQUIREMENT,
        [BASIS_POLICY] = WORD_BASIS_POLICY,
        [BASIS_GOOD_PRACTICE] = WORD_BASIS_GOOD_PRACTICE,
    };

    return say(word[basis], lang);
}

struct str say_mode(enum mode mode, enum lang lang)
{
    static const enum word word[MODE_COUNT] = {
        [MODE_AUTO] = WORD_MODE_AUTO,
        [MODE_SEMI] = WORD_MODE_SEMI,
        [MODE_HUMAN] = WORD_MODE_HUMAN,
    };

    return say(word[mode], lang);
}

struct str say_band(enum band band, enum lang lang)
{
    static const enum word word[BAND_COUNT] = {
        [BAND_NONE] = WORD_BAND_NONE,
        [BAND_A] = WORD_BAND_A,
        [BAND_B] = WORD_BAND_B,
        [BAND_C] = WORD_BAND_C,
    };

    return say(word[band], lang);
}

struct str say_letter(unsigned letter, enum lang lang)
{
    static const enum word word[LETTER_COUNT] = {WORD_LETTER_A, WORD_LETTER_B, WORD_LETTER_C};

    return say(word[letter], lang);
}

struct str say_level(enum level level, enum lang lang)
{
    if (level == LEVEL_BAD)
        return say(WORD_LEVEL_BAD, lang);
    if (level == LEVEL_WATCH)
        return say(WORD_LEVEL_WATCH, lang);
    return say(WORD_LEVEL_OK, lang);
}

struct str say_severity(struct str severity, enum lang lang)
{
    static const struct {
        const char *raw;
        enum word word;
    } severities[] = {{"note", WORD_LOG_NOTE},
                      {"warning", WORD_LOG_WARNING},
                      {"error", WORD_LOG_ERROR},
                      {"fatal", WORD_LOG_FATAL}};
    size_t i;

    for (i = 0; i < ARRAY_LEN(severities); i++)
        if (str_is(severity, severities[i].raw))
            return say(severities[i].word, lang);
    return severity;
}

enum level level_of_status(enum answer_status status)
{
    return status == ANSWER_NOTCHECKED ? LEVEL_WATCH
           : status == ANSWER_SCORED   ? LEVEL_NONE
                                       : LEVEL_MUTED;
}

enum level level_of_points(int points)
{
    if (points < 0)
        return LEVEL_NONE;
    return points >= 8 ? LEVEL_GOOD : points >= 6 ? LEVEL_WATCH : LEVEL_BAD;
}

enum level level_of_band(enum band band)
{
    static const enum level level[BAND_COUNT] = {[BAND_NONE] = LEVEL_MUTED,
                                                 [BAND_A] = LEVEL_GOOD,
                                                 [BAND_B] = LEVEL_WATCH,
                                                 [BAND_C] = LEVEL_BAD};

    return level[band];
}

enum level level_of_verdict(struct str verdict)
{
    if (!verdict.ptr)
        return LEVEL_NONE;
    if (str_is(verdict, "met") || str_is(verdict, "proven-capable"))
        return LEVEL_GOOD;
    if (str_is(verdict, "not-contradicted"))
        return LEVEL_WATCH;
    return LEVEL_BAD;
}

enum level level_of_grade(enum grade grade)
{
    static const enum level level[GRADE_COUNT] = {
        [GRADE_NONE] = LEVEL_NONE,         [GRADE_CONFORM] = LEVEL_GOOD,
        [GRADE_MINOR] = LEVEL_WATCH,       [GRADE_MAJOR] = LEVEL_BAD,
        [GRADE_OBSERVATION] = LEVEL_WATCH, [GRADE_OPPORTUNITY] = LEVEL_NONE,
        [GRADE_STRENGTH] = LEVEL_GOOD};

    return level[grade];
}
