/* What texts have in common, by sets made by hand and by sentences of a known likeness. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "close.h"
#include "terms_fixture.h"

enum { ROOM = 256, STEM = 5, GRAM = 3 };

struct made {
    uint32_t list[ROOM];
    struct terms terms;
};

static void settle(struct made *made, size_t count)
{
    made->terms = (struct terms){made->list, terms_settle(made->list, count)};
}

/* Words of a text that is folded already, but for those that the list drops; stems when asked. */
static size_t words_of(const char *text, size_t characters, const char *dropped, uint32_t *list)
{
    struct str rest = str_of(text);
    struct str word;
    size_t count = 0;

    while (str_split(&rest, ' ', &word)) {
        struct str others = str_of(dropped);
        struct str other;
        bool is_dropped = false;

        while (str_split(&others, ' ', &other))
            is_dropped |= str_equal(word, other);
        if (word.len && !is_dropped)
            list[count++] = term_word(word, characters);
    }
    return count;
}

static struct made stems(const char *text, const char *dropped)
{
    struct made made;

    settle(&made, words_of(text, STEM, dropped, made.list));
    return made;
}

static struct made grams(const char *text, size_t words)
{
    struct made made;
    uint32_t list[ROOM];
    size_t count = words_of(text, 0, "", list);
    size_t i;

    for (i = 0; i + words <= count; i++)
        made.list[i] = term_gram(list + i, words);
    settle(&made, i);
    return made;
}

static struct made runs_of_letters(const char *text, size_t letters)
{
    struct made made;
    size_t count = strlen(text) - letters + 1;
    size_t i;

    for (i = 0; i < count; i++)
        made.list[i] = term_word((struct str){text + i, letters}, 0);
    settle(&made, count);
    return made;
}

static double jaccard(struct made a, struct made b)
{
    return overlap_jaccard(terms_overlap((struct terms){a.list, a.terms.count},
                                         (struct terms){b.list, b.terms.count}));
}

static double containment(struct made a, struct made b)
{
    return overlap_containment(terms_overlap((struct terms){a.list, a.terms.count},
                                             (struct terms){b.list, b.terms.count}));
}

/* --- five refusals --- */

static const char n1[] = "gentile cliente purtroppo non e possibile applicare lo sconto l offerta non "
                         "lo prevede";
static const char n2[] = "gentile cliente come gia detto purtroppo non e possibile applicare lo sconto "
                         "perche l offerta non lo prevede";
static const char n3[] = "ci dispiace l offerta attivata non prevede lo sconto e quindi non possiamo "
                         "applicarlo";
static const char x1[] = "purtroppo non e possibile anticipare la consegna il corriere non effettua "
                         "ritiri il sabato";
static const char x2[] = "non possiamo rimborsare l attivazione ma le offriamo due mesi gratuiti oppure "
                         "il recesso senza penali";
/* Articles, prepositions, pronouns, formulas of refusal, the greeting, and five words more. */
static const char stops[] =
    "il lo la i gli le l di a da in con su per tra fra ci non e possibile possiamo purtroppo "
    "dispiace gentile cliente ma come gia perche quindi detto";

static void sentences_that_say_the_same_share_their_stems(void **state)
{
    struct made s1 = stems(n1, stops);
    struct made s2 = stems(n2, stops);
    struct made s3 = stems(n3, stops);
    struct made y1 = stems(x1, stops);
    struct made y2 = stems(x2, stops);

    (void)state;
    assert_close(jaccard(s1, s2), 1, 0);
    assert_close(jaccard(s1, s3), 0.8, 0);
    assert_close(jaccard(s2, s3), 0.8, 0);
    assert_close(jaccard(s1, y1), 0, 0);
    assert_close(jaccard(s1, y2), 0, 0);
    assert_close(jaccard(s2, y1), 0, 0);
    assert_close(jaccard(s2, y2), 0, 0);
    assert_close(jaccard(s3, y1), 0, 0);
    assert_close(jaccard(s3, y2), 1.0 / 14, 0);
}

static void formulas_that_stay_make_every_refusal_alike(void **state)
{
    struct made s1 = stems(n1, "il lo la l e");
    struct made y1 = stems(x1, "il lo la l e");

    (void)state;
    assert_close(jaccard(s1, y1), 3.0 / 15, 0);
}

static void runs_of_words_miss_what_is_said_in_other_words(void **state)
{
    (void)state;
    assert_close(jaccard(grams(n1, GRAM), grams(n2, GRAM)), 0.4, 0);
    assert_close(containment(grams(n1, GRAM), grams(n2, GRAM)), 2.0 / 3, 0);
    assert_close(jaccard(grams(n1, GRAM), grams(n3, GRAM)), 0, 0);
    assert_close(containment(grams(n2, GRAM), grams(n3, GRAM)), 0, 0);
    assert_close(jaccard(grams(n1, 1), grams(n2, 1)), 0.75, 0);
    assert_close(jaccard(grams(n1, 1), grams(n3, 1)), 0.3889, 5e-5);
    assert_close(jaccard(grams(n2, 1), grams(n3, 1)), 0.3182, 5e-5);
}

static void so_do_runs_of_letters(void **state)
{
    (void)state;
    assert_close(jaccard(runs_of_letters(n1, 5), runs_of_letters(n2, 5)), 0.6881, 5e-5);
    assert_close(jaccard(runs_of_letters(n1, 5), runs_of_letters(n3, 5)), 0.2214, 5e-5);
    assert_close(jaccard(runs_of_letters(n2, 5), runs_of_letters(n3, 5)), 0.1974, 5e-5);
}

/* --- sets --- */

static void thresholds_are_exact(void **state)
{
    /* 3 of 5 in common; 4 of the 5 of the smaller one */
    struct overlap three = {3, 4, 4};
    struct overlap four = {4, 5, 9};
    struct overlap less = {5999, 7999, 8000};
    struct overlap none = {0, 0, 0};

    (void)state;
    assert_true(overlap_jaccard_reaches(three, 60));
    assert_false(overlap_jaccard_reaches(three, 61));
    assert_true(overlap_containment_reaches(four, 80));
    assert_false(overlap_containment_reaches(four, 81));
    assert_false(overlap_jaccard_reaches(less, 60));
    assert_false(overlap_jaccard_reaches(none, 0));
    assert_close(overlap_jaccard(none), 0, 0);
    assert_close(overlap_containment((struct overlap){0, 0, 7}), 0, 0);
}

static uint32_t next_number(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 24;
}

static void sets_are_what_counting_one_by_one_says(void **state)
{
    uint32_t seed = 7;
    size_t round;

    (void)state;
    for (round = 0; round < 2000; round++) {
        struct made sets[2];
        bool has[2][256] = {{false}};
        size_t expected[3] = {0, 0, 0};
        struct overlap found;
        size_t i;
        size_t s;

        for (s = 0; s < 2; s++) {
            size_t count = next_number(&seed) % 60;

            for (i = 0; i < count; i++) {
                sets[s].list[i] = next_number(&seed) % (uint32_t)(1 + round % 256);
                has[s][sets[s].list[i]] = true;
            }
            settle(&sets[s], count);
            sets[s].terms.list = sets[s].list;
        }
        for (i = 0; i < 256; i++) {
            expected[0] += has[0][i] && has[1][i];
            expected[1] += has[0][i];
            expected[2] += has[1][i];
        }
        found = terms_overlap(sets[0].terms, sets[1].terms);
        assert_int_equal(found.shared, expected[0]);
        assert_int_equal(found.first, expected[1]);
        assert_int_equal(found.second, expected[2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_that_say_the_same_share_their_stems),
        cmocka_unit_test(formulas_that_stay_make_every_refusal_alike),
        cmocka_unit_test(runs_of_words_miss_what_is_said_in_other_words),
        cmocka_unit_test(so_do_runs_of_letters),
        cmocka_unit_test(thresholds_are_exact),
        cmocka_unit_test(sets_are_what_counting_one_by_one_says),
    };

    return cmocka_run_group_tests_name("text, terms", tests, NULL, NULL);
}
