/*
 * Texts whose numbers differ from language to language: "within 5 days" and "entro 3 giorni" ask
 * for two things. Only a number that stands in one of the two, where the other has a different one
 * in its place, is told: one that is a word there ("five") is not.
 */
#include <stdlib.h>

#include "lint/lint_help.h"

enum { NUMBERS_MAX = 32 };

struct numbers {
    struct str list[NUMBERS_MAX];
    size_t count;
};

static int compare(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* Groups of digits, whatever stands between them: 1,000 and 1.000 are the same two. */
static struct numbers numbers_of(struct str text)
{
    struct numbers numbers = {.count = 0};
    size_t i = 0;

    while (i < text.len && numbers.count < NUMBERS_MAX) {
        size_t from = i;

        while (i < text.len && lint_is_digit(text.ptr[i]))
            i++;
        if (i > from)
            numbers.list[numbers.count++] = (struct str){text.ptr + from, i - from};
        else
            i++;
    }
    qsort(numbers.list, numbers.count, sizeof numbers.list[0], compare);
    return numbers;
}

/* The first of `a` that is not in `b`; missing: all are. */
static struct str first_alone(const struct numbers *a, const struct numbers *b)
{
    size_t i;
    size_t j = 0;

    for (i = 0; i < a->count; i++) {
        while (j < b->count && str_compare(b->list[j], a->list[i]) < 0)
            j++;
        if (j == b->count || !str_equal(b->list[j], a->list[i]))
            return a->list[i];
        j++;
    }
    return (struct str){NULL, 0};
}

static void look(struct lint *lint, const struct xml_node *node)
{
    struct lint_pair pair;
    struct numbers english;
    struct numbers italian;
    struct str one;
    struct str other;

    if (!lint_pair(node, &pair))
        return;
    english = numbers_of(pair.texts[LANG_EN]);
    italian = numbers_of(pair.texts[LANG_IT]);
    one = first_alone(&english, &italian);
    other = first_alone(&italian, &english);
    if (!one.ptr || !other.ptr || english.count == NUMBERS_MAX || italian.count == NUMBERS_MAX)
        return;
    lint_say(lint, xml_next(node, NULL), NULL, "'%s' of '%s' %.*s: %.*s in English, %.*s in Italian",
             xml_name(node), LINT_OWNER(lint_owner(lint, node)), STR_ARG(one), STR_ARG(other));
    lint_hint(lint, "give both the same number");
}

const struct lint_rule lint_translation_numbers = {.element = "*", .look = look};
