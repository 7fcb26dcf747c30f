/* Five refusals from their texts to a chain, by a lexicon as small as their language. */
#include "unit.h"

#include "base/mem.h"
#include "close.h"
#include "detect/detect.h"
#include "measure/refusal_chain.h"

static struct where nowhere[2];
static struct str refusals[] = {STR_INIT("non è possibile"), STR_INIT("non possiamo")};
static struct lexicon_entry entries[] = {
    {.id = STR_INIT("cannot"), .phrases = {refusals, nowhere, ARRAY_LEN(refusals)}}};
static struct lexicon_detector found[] = {
    {.name = STR_INIT("refusal"), .entries = entries, .entry_count = 1}};
static struct str formulas[] = {STR_INIT("purtroppo"), STR_INIT("ci dispiace")};
static struct str greetings[] = {STR_INIT("gentile cliente")};
/* articles, prepositions, pronouns and the adverbs that the sentences go without */
static const struct lexicon lexicon = {
    .id = STR_INIT("five"),
    .language = LANG_IT,
    .negation = STR_INIT("nessuno"),
    .function = STR_INIT("il lo la i gli le l di a da in con su per tra fra ci non e è ma come già "
                         "perché quindi detto"),
    .formulas = {formulas, nowhere, ARRAY_LEN(formulas)},
    .greetings = {greetings, nowhere, ARRAY_LEN(greetings)},
    .detectors = found,
    .detector_count = 1,
};

static const char *const texts[] = {
    "Gentile cliente, purtroppo non è possibile applicare lo sconto: l'offerta non lo prevede.",
    "Gentile cliente, come già detto purtroppo non è possibile applicare lo sconto perché l'offerta "
    "non lo prevede.",
    "Ci dispiace, l'offerta attivata non prevede lo sconto e quindi non possiamo applicarlo.",
    "Purtroppo non è possibile anticipare la consegna: il corriere non effettua ritiri il sabato.",
    "Non possiamo rimborsare l'attivazione, ma le offriamo due mesi gratuiti oppure il recesso senza "
    "penali."};

enum { N1, N2, N3, X1, X2, TEXTS };

struct bench {
    struct diag diag;
    struct detectors *detectors;
    struct detect_run *run;
    struct marks_reader readers[TEXTS];
    struct marks marks[TEXTS];
};

static int set_up(void **state)
{
    static struct bench bench;
    const struct lexicon *list[] = {&lexicon};
    size_t i;

    diag_init(&bench.diag);
    assert_int_equal(detectors_new(list, 1, STR("salt"), &bench.diag, &bench.detectors), STATUS_OK);
    bench.run = detect_run_new(bench.detectors, /* hits_only= */ false);
    assert_non_null(bench.run);
    for (i = 0; i < TEXTS; i++) {
        marks_reader_init(&bench.readers[i]);
        assert_true(marks_read(&bench.readers[i], detect_text(bench.run, str_of(texts[i]), LANG_COUNT), NULL,
                               &bench.marks[i]));
    }
    *state = &bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    size_t i;

    for (i = 0; i < TEXTS; i++)
        marks_reader_done(&bench->readers[i]);
    detect_run_free(bench->run);
    detectors_free(bench->detectors);
    diag_done(&bench->diag);
    return 0;
}

static struct turn turn_of(const struct bench *bench, size_t i, enum turn_kind kind)
{
    const struct marks *marks = &bench->marks[i];

    return (struct turn){.kind = kind,
                         .refuses = kind == TURN_REFUSAL,
                         .has_text = true,
                         .stems = {marks->stems, marks->stem_count},
                         .groups = {marks->groups, marks->group_count}};
}

static double likeness(const struct bench *bench, size_t a, size_t b)
{
    return overlap_jaccard(terms_overlap(turn_of(bench, a, TURN_REFUSAL).stems,
                                         turn_of(bench, b, TURN_REFUSAL).stems));
}

static void their_stems_agree_as_far_as_they_say_the_same(void **state)
{
    const struct bench *bench = *state;
    size_t i;

    for (i = 0; i < TEXTS; i++)
        assert_int_equal(bench->marks[i].detectors, 1u << DETECT_REFUSAL);
    assert_close(likeness(bench, N1, N2), 1, 0);
    assert_close(likeness(bench, N1, N3), 0.8, 0);
    assert_close(likeness(bench, N2, N3), 0.8, 0);
    assert_close(likeness(bench, N1, X1), 0, 0);
    assert_close(likeness(bench, N1, X2), 0, 0);
    assert_close(likeness(bench, N2, X1), 0, 0);
    assert_close(likeness(bench, N2, X2), 0, 0);
    assert_close(likeness(bench, N3, X1), 0, 0);
    assert_close(likeness(bench, N3, X2), 1.0 / 14, 0);
}

static void three_of_them_are_a_chain_and_the_others_are_not(void **state)
{
    const struct bench *bench = *state;
    static const size_t order[] = {N1, N2, N3, X1, X2};
    struct refusal_walk *walk = refusal_walk_new();
    struct turn asked = {.kind = TURN_CUSTOMER, .has_text = true};
    struct chain_link link;
    size_t i;

    assert_non_null(walk);
    for (i = 0; i < ARRAY_LEN(order); i++) {
        struct turn turn = turn_of(bench, order[i], TURN_REFUSAL);

        assert_true(refusal_walk_take(walk, &turn, &link));
        assert_int_equal(link.length, i < 3 ? i + 1 : 1);
        assert_true(refusal_walk_take(walk, &asked, &link));
    }
    assert_int_equal(refusal_walk_chain(walk).length, 3);
    assert_int_equal(refusal_walk_chain(walk).arguments, 0);
    refusal_walk_free(walk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(their_stems_agree_as_far_as_they_say_the_same),
        cmocka_unit_test(three_of_them_are_a_chain_and_the_others_are_not),
    };

    return cmocka_run_group_tests_name("measure, refusals from their texts", tests, set_up,
                                       tear_down);
}
