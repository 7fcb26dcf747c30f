#include "checklist/checklist.h"

#include "base/mem.h"

static const char *const basis_names[BASIS_COUNT] = {"requirement", "policy", "good-practice"};
static const char *const mode_names[MODE_COUNT] = {"auto", "semi", "human"};
static const char *const ladder_source_names[LADDER_SOURCE_COUNT] = {"default", "policy",
                                                                     "contract", "law"};
static const char *const ladder_on_names[LADDER_ON_COUNT] = {"value", "low", "high"};
static const char *const tailored_names[TAILORED_COUNT] = {"left-out", "weighed"};
/* In order of appearance. */
static const char *const editions[] = {"2015", "2015+A1", "2026", NULL};

static bool find(struct str name, const char *const *names, int count, int *ret_index)
{
    int i;

    for (i = 0; i < count; i++) {
        if (str_is(name, names[i])) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

const char *basis_name(enum basis basis)
{
    return basis_names[basis];
}

bool basis_find(struct str name, enum basis *ret_basis)
{
    int index;

    if (!find(name, basis_names, BASIS_COUNT, &index))
        return false;
    *ret_basis = (enum basis)index;
    return true;
}

const char *mode_name(enum mode mode)
{
    return mode_names[mode];
}

bool mode_find(struct str name, enum mode *ret_mode)
{
    int index;

    if (!find(name, mode_names, MODE_COUNT, &index))
        return false;
    *ret_mode = (enum mode)index;
    return true;
}

const char *ladder_source_name(enum ladder_source source)
{
    return ladder_source_names[source];
}

bool ladder_source_find(struct str name, enum ladder_source *ret_source)
{
    int index;

    if (!find(name, ladder_source_names, LADDER_SOURCE_COUNT, &index))
        return false;
    *ret_source = (enum ladder_source)index;
    return true;
}

const char *tailored_name(enum tailored_change change)
{
    return tailored_names[change];
}

bool tailored_find(struct str name, enum tailored_change *ret_change)
{
    int index;

    if (!find(name, tailored_names, TAILORED_COUNT, &index))
        return false;
    *ret_change = (enum tailored_change)index;
    return true;
}

const char *ladder_on_name(enum ladder_on on)
{
    return ladder_on_names[on];
}

bool ladder_on_find(struct str name, enum ladder_on *ret_on)
{
    int index;

    if (!find(name, ladder_on_names, LADDER_ON_COUNT, &index))
        return false;
    *ret_on = (enum ladder_on)index;
    return true;
}

static int edition_rank(struct str edition)
{
    int i;

    for (i = 0; editions[i]; i++)
        if (str_is(edition, editions[i]))
            return i;
    return -1;
}

bool edition_has(struct str edition, struct str since)
{
    if (!since.ptr)
        return true;
    return edition_rank(since) <= edition_rank(edition);
}

const char *edition_at(size_t i)
{
    return i < ARRAY_LEN(editions) ? editions[i] : NULL;
}

struct str edition_default(void)
{
    return STR("2015+A1");
}

struct str letters_text(unsigned letters)
{
    static const char *const texts[] = {"", "a", "b", "ab", "c", "ac", "bc", "abc"};

    return str_of(texts[letters & (LETTER_A | LETTER_B | LETTER_C)]);
}

bool letters_find(struct str text, unsigned *ret_letters)
{
    unsigned letters;

    for (letters = 1; letters <= (LETTER_A | LETTER_B | LETTER_C); letters++) {
        if (str_equal(text, letters_text(letters))) {
            *ret_letters = letters;
            return true;
        }
    }
    return false;
}
