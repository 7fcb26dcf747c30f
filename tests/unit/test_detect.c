/* Detectors of texts: words, zones, phrases, marks, boilerplate, and what a sample says of them. */
#include "unit.h"

#include <math.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "detect/lexicon_samples.h"
#include "detect/trust.h"
#include "library_fixture.h"

static const struct str NONE = {NULL, 0};

static void assert_close(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.9g is not %.9g", value, expected);
}

/* The shipped lexicons as detectors. */
struct bench {
    struct arena arena;
    struct detectors *detectors;
    struct detect_run *run;
    struct marks_reader reader;
};

static void bench_init(struct bench *bench, struct fixture *f, const char *const *names,
                       size_t count)
{
    const struct lexicon *lexicons[4];
    size_t i;

    arena_init(&bench->arena);
    for (i = 0; i < count; i++) {
        struct lexicon *lexicon = NULL;

        assert_int_equal(lexicon_load(&bench->arena, &f->library, str_of(names[i]), NONE, &f->diag,
                                      &lexicon), STATUS_OK);
        lexicons[i] = lexicon;
    }
    assert_int_equal(detectors_new(lexicons, count, STR("salt"), &f->diag, &bench->detectors),
                     STATUS_OK);
    bench->run = detect_run_new(bench->detectors, false);
    assert_non_null(bench->run);
    marks_reader_init(&bench->reader);
}

static void bench_usual(struct bench *bench, struct fixture *f)
{
    static const char *const names[] = {"messages-en", "messages-it"};

    bench_init(bench, f, names, 2);
}

static void bench_done(struct bench *bench)
{
    marks_reader_done(&bench->reader);
    detect_run_free(bench->run);
    detectors_free(bench->detectors);
    arena_done(&bench->arena);
}

static struct marks marks_of(struct bench *bench, const char *text)
{
    struct str bytes = detect_text(bench->run, str_of(text), LANG_COUNT);
    struct marks marks;

    assert_non_null(bytes.ptr);
    assert_true(marks_are_sound(bytes));
    assert_true(marks_read(&bench->reader, bytes, NULL, &marks));
    assert_int_equal(marks_has(bytes, UINT32_MAX), marks.detectors != 0);
    return marks;
}

static bool hits(struct bench *bench, enum detector detector, const char *text)
{
    return (marks_of(bench, text).detectors >> detector & 1) != 0;
}

static void assert_span(struct bench *bench, enum detector detector, const char *text,
                        const char *span)
{
    struct marks marks = marks_of(bench, text);
    size_t i = 0;

    while (i < marks.hit_count && marks.hits[i].detector != detector)
        i++;
    if (i == marks.hit_count)
        fail_msg("no %s in '%s'", detector_name(detector), text);
    if (marks.hits[i].length != strlen(span) ||
        memcmp(text + marks.hits[i].start, span, strlen(span)) != 0)
        fail_msg("'%.*s' is not '%s'", (int)marks.hits[i].length, text + marks.hits[i].start, span);
}

/* --- lexicons --- */

static void shipped_lexicons_find_what_their_samples_say(void **state)
{
    static const char *const names[] = {"messages-en", "messages-it", "labels-en", "labels-it"};
    struct fixture *f = *state;
    struct arena arena;
    size_t i;

    arena_init(&arena);
    for (i = 0; i < ARRAY_LEN(names); i++) {
        struct lexicon *lexicon = NULL;

        assert_int_equal(lexicon_load(&arena, &f->library, str_of(names[i]), NONE, &f->diag,
                                      &lexicon), STATUS_OK);
        assert_int_equal(lexicon_check(lexicon, &f->diag), STATUS_OK);
    }
    assert_int_equal(f->diag.count, 0);
    arena_done(&arena);
}

static void both_languages_have_every_detector_but_labels(void **state)
{
    static const char *const names[] = {"messages-en", "messages-it"};
    struct bench bench;
    size_t i;

    for (i = 0; i < ARRAY_LEN(names); i++) {
        bench_init(&bench, *state, &names[i], 1);
        assert_int_equal(detectors_present(bench.detectors),
                         ((1u << DETECTOR_COUNT) - 1) & ~(1u << DETECT_LABEL));
        bench_done(&bench);
    }
}

/* --- folding --- */

static void letters_are_found_however_they_are_written(void **state)
{
    static const char *const same[] = {
        "non è possibile",        "non e\u0300 possibile", "NON È POSSIBILE", "non e' possibile",
        "non é possibile",        "non \u00E8\u00A0possibile", "non \uFF45 possibile",
        "non e\u0300\u0301 possibile", "non pos\u00ADsibile: non è possi\u200Bbile",
        "non &egrave; possibile", "non &#232; possibile", "non &#xE8; possibile",
        "<p>non <b>\u00E8</b> possibile</p>", "non\u2003è\u2003possibile", "non\r\nè possibile",
        "\xEF\xBB\xBFnon è possibile", "non è \xFF possibile"};
    struct bench bench;
    size_t i;

    bench_usual(&bench, *state);
    for (i = 0; i < ARRAY_LEN(same); i++)
        if (!hits(&bench, DETECT_REFUSAL, same[i]))
            fail_msg("not found: %s", same[i]);
    assert_true(hits(&bench, DETECT_REFUSAL, "we can\u2019t"));
    assert_true(hits(&bench, DETECT_REFUSAL, "we can't"));
    assert_false(hits(&bench, DETECT_REFUSAL, "non possibilmente"));
    assert_false(hits(&bench, DETECT_REFUSAL, "non. è possibile"));
    assert_false(hits(&bench, DETECT_REFUSAL, "non\n\nè possibile"));
    bench_done(&bench);
}

static void places_are_those_of_the_text_as_it_stands(void **state)
{
    struct bench bench;

    bench_usual(&bench, *state);
    assert_span(&bench, DETECT_REFUSAL, "Perciò non e\u0300 possibile, no.", "non e\u0300 possibile");
    assert_span(&bench, DETECT_REFUSAL, "<p>A&nbsp;lei <b>non</b> &egrave; possibile.</p>",
                "non</b> &egrave; possibile");
    assert_span(&bench, DETECT_PROMISE, "Tutto entro il 12/03/2026.", "entro il 12/03/2026");
    bench_done(&bench);
}

/* --- phrases --- */

static void the_longest_phrase_counts_once(void **state)
{
    struct bench bench;
    struct marks marks;
    size_t i;
    size_t n = 0;

    bench_usual(&bench, *state);
    assert_span(&bench, DETECT_APOLOGY, "Ci dispiace per il ritardo, ci dispiace",
                "Ci dispiace per");
    assert_span(&bench, DETECT_WHEN, "by friday morning", "by friday morning");
    marks = marks_of(&bench, "non possiamo, non posso e non si può");
    for (i = 0; i < marks.hit_count; i++)
        n += marks.hits[i].detector == DETECT_REFUSAL;
    assert_int_equal(n, 3);
    bench_done(&bench);
}

static void a_negation_within_three_words_takes_a_phrase_back(void **state)
{
    struct bench bench;

    bench_usual(&bench, *state);
    assert_true(hits(&bench, DETECT_REFUSAL, "la richiesta è respinta"));
    assert_false(hits(&bench, DETECT_REFUSAL, "la richiesta non è respinta"));
    assert_false(hits(&bench, DETECT_REFUSAL, "non è mica respinta"));
    assert_true(hits(&bench, DETECT_REFUSAL, "non la vediamo più qui, respinta"));
    assert_true(hits(&bench, DETECT_REFUSAL, "non a b c respinta"));
    assert_true(hits(&bench, DETECT_REFUSAL, "non la vedo; respinta"));
    assert_true(hits(&bench, DETECT_REFUSAL, "non possiamo e respinta"));
    assert_true(hits(&bench, DETECT_WHEN, "non domani"));
    bench_done(&bench);
}

/* --- zones --- */

static void what_others_wrote_and_what_is_always_written_is_left_out(void **state)
{
    struct bench bench;

    bench_usual(&bench, *state);
    assert_false(hits(&bench, DETECT_REFUSAL, "Grazie\n> non possiamo"));
    assert_false(hits(&bench, DETECT_REFUSAL, "Grazie\n  >> non possiamo"));
    assert_false(hits(&bench, DETECT_REFUSAL,
                      "Grazie.\n\nIl giorno lun 3 mar 2025 alle 09:00 Anna ha scritto:\nnon possiamo"));
    assert_false(hits(&bench, DETECT_REFUSAL,
                      "Thanks.\nOn Mon, 3 Mar 2025 at 09:00, Anna Rossi <anna@example.org>\nwrote:\n"
                      "we cannot"));
    assert_true(hits(&bench, DETECT_REFUSAL,
                     "Il giorno lun 3 mar 2025 Anna ha scritto:\n> è possibile?\nNon è possibile."));
    assert_false(hits(&bench, DETECT_REFUSAL,
                      "Grazie.\n-----Messaggio originale-----\nDa: Anna\nnon possiamo"));
    assert_false(hits(&bench, DETECT_REFUSAL, "Grazie.\nDa: Anna\nInviato: lunedì\nnon possiamo"));
    assert_true(hits(&bench, DETECT_REFUSAL, "Da noi\nnon possiamo"));
    assert_false(hits(&bench, DETECT_REFUSAL, "Grazie\n-- \nAnna, non possiamo"));
    assert_false(hits(&bench, DETECT_REFUSAL, "Grazie.\nCordiali saluti\nAnna non possiamo Rossi"));
    assert_false(hits(&bench, DETECT_REFUSAL, "Ok.<blockquote>non possiamo</blockquote>"));
    assert_false(hits(&bench, DETECT_REFUSAL, "Ok.<style>non possiamo</style>"));
    assert_true(hits(&bench, DETECT_REFUSAL, "Ok <anna@example.org> non possiamo"));
    assert_true(hits(&bench, DETECT_REFUSAL, "a < b non possiamo"));
    /* a greeting is one only where a stop or the line ends it */
    assert_true(hits(&bench, DETECT_REFUSAL, "Gentile cliente, non possiamo"));
    assert_true(hits(&bench, DETECT_REFUSAL, "Buongiorno non possiamo"));
    assert_int_equal(marks_of(&bench, "Gentile signora Rossi,\nva bene").counts.words, 2);
    assert_int_equal(marks_of(&bench, "Buongiorno, gentile cliente, va bene").counts.words, 2);
    assert_int_equal(marks_of(&bench, "Buongiorno va bene.").counts.words, 2);
    bench_done(&bench);
}

/* --- stems and groups --- */

struct texts {
    struct marks marks;
    uint32_t stems[100];
    uint32_t groups[100];
};

static struct texts texts_of(struct bench *bench, const char *text)
{
    struct texts texts = {.marks = marks_of(bench, text)};

    memcpy(texts.stems, texts.marks.stems, texts.marks.stem_count * sizeof *texts.stems);
    memcpy(texts.groups, texts.marks.groups, texts.marks.group_count * sizeof *texts.groups);
    return texts;
}

static size_t common(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t n = 0;
    size_t i;
    size_t k;

    for (i = 0; i < a_count; i++)
        for (k = 0; k < b_count; k++)
            n += a[i] == b[k];
    return n;
}

static double stems_alike(const struct texts *a, const struct texts *b)
{
    size_t both = common(a->stems, a->marks.stem_count, b->stems, b->marks.stem_count);

    return (double)both / (double)(a->marks.stem_count + b->marks.stem_count - both);
}

/* Refusals of one thing in other words, and of other things. */
static void content_stems_tell_a_repeated_refusal(void **state)
{
    struct bench bench;
    struct texts n1;
    struct texts n2;
    struct texts n3;
    struct texts x1;
    struct texts x2;

    bench_usual(&bench, *state);
    n1 = texts_of(&bench, "Gentile cliente, purtroppo non è possibile applicare lo sconto: l'offerta "
                          "non lo prevede.");
    n2 = texts_of(&bench, "Gentile cliente, come già detto purtroppo non è possibile applicare lo "
                          "sconto perché l'offerta non lo prevede.");
    n3 = texts_of(&bench, "Ci dispiace, l'offerta attivata non prevede lo sconto e quindi non "
                          "possiamo applicarlo.");
    x1 = texts_of(&bench, "Purtroppo non è possibile anticipare la consegna: il corriere non effettua "
                          "ritiri il sabato.");
    x2 = texts_of(&bench, "Non possiamo rimborsare l'attivazione, ma le offriamo due mesi gratuiti "
                          "oppure il recesso senza penali.");
    assert_close(stems_alike(&n1, &n2), 1, 1e-12);
    assert_close(stems_alike(&n1, &n3), 0.8, 1e-12);
    assert_close(stems_alike(&n2, &n3), 0.8, 1e-12);
    assert_close(stems_alike(&n1, &x1), 0, 1e-12);
    assert_close(stems_alike(&n1, &x2), 0, 1e-12);
    assert_close(stems_alike(&n2, &x1), 0, 1e-12);
    assert_close(stems_alike(&n2, &x2), 0, 1e-12);
    assert_close(stems_alike(&n3, &x1), 0, 1e-12);
    assert_close(stems_alike(&n3, &x2), 1.0 / 14, 1e-12);
    /* without the greeting 12 and 16 words: 10 and 14 groups, 8 of them in both */
    assert_int_equal(n1.marks.group_count, 10);
    assert_int_equal(n2.marks.group_count, 14);
    assert_int_equal(common(n1.groups, 10, n2.groups, 14), 8);
    bench_done(&bench);
}

static void another_salt_gives_other_digests(void **state)
{
    struct fixture *f = *state;
    struct bench bench;
    struct detectors *other = NULL;
    struct detect_run *run;
    struct lexicon *lexicon = NULL;
    struct marks marks;
    struct texts here;
    struct str bytes;

    bench_usual(&bench, f);
    here = texts_of(&bench, "non possiamo rimborsare");
    assert_int_equal(lexicon_load(&bench.arena, &f->library, STR("messages-it"), NONE, &f->diag,
                                  &lexicon), STATUS_OK);
    assert_int_equal(detectors_new((const struct lexicon *const *)&lexicon, 1, STR("pepper"),
                                   &f->diag, &other), STATUS_OK);
    run = detect_run_new(other, false);
    bytes = detect_text(run, STR("non possiamo rimborsare"), LANG_COUNT);
    assert_true(marks_read(&bench.reader, bytes, NULL, &marks));
    assert_int_equal(marks.stem_count, here.marks.stem_count);
    assert_int_not_equal(marks.stems[0], here.stems[0]);
    detect_run_free(run);
    detectors_free(other);
    bench_done(&bench);
}

/* --- counts --- */

static void words_sentences_and_questions_are_counted(void **state)
{
    struct bench bench;
    struct marks marks;

    bench_usual(&bench, *state);
    marks = marks_of(&bench, "The table is made. Who can come? Nobody at example.com!\nSee you");
    assert_int_equal(marks.counts.words, 4 + 3 + 4 + 2);
    assert_int_equal(marks.counts.sentences, 4);
    assert_int_equal(marks.counts.questions, 1);
    assert_int_equal(marks.counts.letters, 3 + 5 + 2 + 4 + 3 + 3 + 4 + 6 + 2 + 7 + 3 + 3 + 3);
    /* the ta-ble is made who can come no-bo-dy at ex-am-ple com see you */
    assert_int_equal(marks.counts.syllables, 1 + 2 + 1 + 1 + 1 + 1 + 1 + 3 + 1 + 3 + 1 + 1 + 1);
    assert_int_equal(marks.language, LANG_EN);
    marks = marks_of(&bench, "Quando arriva il tecnico? La stampante non va.");
    assert_int_equal(marks.language, LANG_IT);
    assert_int_equal(marks.counts.questions, 1);
    assert_int_equal(marks.counts.sentences, 2);
    marks = marks_of(&bench, "Printer 4711");
    assert_int_equal(marks.language, LANG_COUNT);
    marks = marks_of(&bench, "");
    assert_int_equal(marks.counts.words, 0);
    assert_int_equal(marks.detectors, 0);
    bench_done(&bench);
}

/* --- boilerplate --- */

static void lines_of_a_fifth_of_all_messages_say_nothing(void **state)
{
    static const char common_line[] = "Non possiamo rispondere a questo indirizzo.";
    struct bench bench;
    struct boilerplate *boilerplate;
    struct marks marks;
    char text[200];
    unsigned with;
    unsigned i;

    bench_usual(&bench, *state);
    for (with = 5; with <= 6; with++) { /* of 25: a fifth, and more than that */
        struct str bytes;

        boilerplate = boilerplate_new();
        assert_non_null(boilerplate);
        for (i = 0; i < 25; i++) {
            snprintf(text, sizeof text, "Messaggio %u di prova\n%s\n%s", i,
                     i < with ? common_line : "altro", i < with ? common_line : "altro");
            assert_true(boilerplate_add(boilerplate, detect_text(bench.run, str_of(text), LANG_COUNT)));
        }
        assert_true(boilerplate_settle(boilerplate));
        assert_int_equal(boilerplate_count(boilerplate), with == 6);
        bytes = detect_text(bench.run, STR("Va bene.\nnon possiamo rispondere a questo indirizzo"), LANG_COUNT);
        assert_true(marks_read(&bench.reader, bytes, boilerplate, &marks));
        assert_int_equal(marks.detectors >> DETECT_REFUSAL & 1, with == 5);
        assert_int_equal(marks.counts.words, with == 5 ? 8 : 2);
        boilerplate_free(boilerplate);
    }
    boilerplate = boilerplate_new();
    for (i = 0; i < 19; i++) /* too few messages */
        assert_true(boilerplate_add(boilerplate, detect_text(bench.run, str_of(common_line), LANG_COUNT)));
    assert_true(boilerplate_settle(boilerplate));
    assert_int_equal(boilerplate_count(boilerplate), 0);
    boilerplate_free(boilerplate);
    bench_done(&bench);
}

static void bytes_that_are_no_marks_are_refused(void **state)
{
    struct bench bench;
    struct str bytes;
    struct marks marks;
    size_t len;

    bench_usual(&bench, *state);
    bytes = detect_text(bench.run, STR("Non possiamo rimborsare l'attivazione.\nMai."), LANG_COUNT);
    assert_true(marks_are_sound(bytes));
    for (len = 0; len < bytes.len; len++) {
        struct str cut = {bytes.ptr, len};
        bool is_sound = marks_are_sound(cut);

        assert_int_equal(marks_read(&bench.reader, cut, NULL, &marks), is_sound);
        if (is_sound) /* only where a line ends */
            assert_true(len == 4 || marks.counts.words == 5);
    }
    bench_done(&bench);
}

/* --- calibration --- */

/* Limits of 40 of 45 and 40 of 47 by the formula of Wilson, worked out in Python. */
static void a_sample_says_how_often_a_detector_is_right(void **state)
{
    const struct calibrated_detector item = {.true_hits = 40, .false_hits = 5, .missed = 7,
                                             .true_silences = 48, .has_second = true, .both = 40,
                                             .first = 5, .second = 7, .neither = 48};
    struct detector_quality quality = trust_quality(&item);
    double share;

    (void)state;
    assert_close(quality.precision, 0.888889, 1e-6);
    assert_close(quality.precision_limits.low, 0.765009, 1e-6);
    assert_close(quality.precision_limits.high, 0.951595, 1e-6);
    assert_close(quality.recall, 0.851064, 1e-6);
    assert_close(quality.recall_limits.low, 0.723144, 1e-6);
    assert_close(quality.recall_limits.high, 0.925933, 1e-6);
    assert_close(quality.specificity, 0.905660, 1e-6);
    assert_close(quality.kappa.value, 0.7586, 5e-5);
    assert_close(quality.agreement.value, 0.7586, 5e-5);
    /* of 1000 messages with 100 it hits 85.1064 and 84.9057 in vain: 170.0121 */
    assert_true(trust_prevalence(&quality, 0.1700121, &share));
    assert_close(share, 0.1, 1e-6);
    assert_true(trust_prevalence(&quality, 0, &share));
    assert_close(share, 0, 0);
    assert_true(trust_prevalence(&quality, 1, &share));
    assert_close(share, 1, 0);
    quality.recall = 1 - quality.specificity; /* no better than chance */
    assert_false(trust_prevalence(&quality, 0.5, &share));
}

static void only_a_precise_detector_of_this_version_is_trusted(void **state)
{
    struct bench bench;
    struct calibrated_detector item = {.name = STR_INIT("refusal")};
    struct calibration calibration = {.detectors = &item, .detector_count = 1};
    uint32_t both = 1u << DETECT_REFUSAL | 1u << DETECT_REASON;

    bench_usual(&bench, *state);
    assert_int_equal(trust_of(NULL, bench.detectors, DETECT_REFUSAL), TRUST_NONE);
    assert_int_equal(trust_of(&calibration, bench.detectors, DETECT_REASON), TRUST_NONE);
    assert_int_equal(trust_of(&calibration, bench.detectors, DETECT_REFUSAL), TRUST_OTHER);
    item.version = detectors_version(bench.detectors, DETECT_REFUSAL);
    assert_int_equal(trust_of(&calibration, bench.detectors, DETECT_REFUSAL), TRUST_LOW);
    item.true_hits = 8; /* 8 of 8: Wilson from 0.6756 */
    assert_int_equal(trust_of(&calibration, bench.detectors, DETECT_REFUSAL), TRUST_LOW);
    item.true_hits = 9; /* 9 of 9: from 0.7009 */
    assert_int_equal(trust_of(&calibration, bench.detectors, DETECT_REFUSAL), TRUST_FULL);
    assert_int_equal(trust_of_all(&calibration, bench.detectors, 1u << DETECT_REFUSAL), TRUST_FULL);
    assert_int_equal(trust_of_all(&calibration, bench.detectors, both), TRUST_NONE);
    bench_done(&bench);
}

static void the_version_is_of_what_decides_and_of_nothing_else(void **state)
{
    struct fixture *f = *state;
    static const char *const forth[] = {"messages-en", "messages-it"};
    static const char *const back[] = {"messages-it", "messages-en"};
    struct bench a;
    struct bench b;
    struct bench c;
    struct sha256 va;
    struct sha256 vb;
    struct sha256 vc;

    bench_init(&a, f, forth, 2);
    bench_init(&b, f, back, 2);
    bench_init(&c, f, forth, 1);
    va = detectors_version(a.detectors, DETECT_REFUSAL);
    vb = detectors_version(b.detectors, DETECT_REFUSAL);
    vc = detectors_version(c.detectors, DETECT_REFUSAL);
    assert_true(sha256_equal(&va, &vb));
    assert_false(sha256_equal(&va, &vc));
    vb = detectors_version(a.detectors, DETECT_REASON);
    assert_false(sha256_equal(&va, &vb));
    bench_done(&a);
    bench_done(&b);
    bench_done(&c);
}

static void names_are_those_of_the_words(void **state)
{
    enum detector detector;
    enum trust trust;
    int i;

    (void)state;
    for (i = 0; i < DETECTOR_COUNT; i++) {
        assert_true(detector_find(str_of(detector_name((enum detector)i)), &detector));
        assert_int_equal(detector, i);
    }
    for (i = 0; i < TRUST_COUNT; i++) {
        assert_true(trust_find_name(str_of(trust_name((enum trust)i)), &trust));
        assert_int_equal(trust, i);
    }
    assert_false(detector_find(STR("nothing"), &detector));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_lexicons_find_what_their_samples_say),
        cmocka_unit_test(both_languages_have_every_detector_but_labels),
        cmocka_unit_test(letters_are_found_however_they_are_written),
        cmocka_unit_test(places_are_those_of_the_text_as_it_stands),
        cmocka_unit_test(the_longest_phrase_counts_once),
        cmocka_unit_test(a_negation_within_three_words_takes_a_phrase_back),
        cmocka_unit_test(what_others_wrote_and_what_is_always_written_is_left_out),
        cmocka_unit_test(content_stems_tell_a_repeated_refusal),
        cmocka_unit_test(another_salt_gives_other_digests),
        cmocka_unit_test(words_sentences_and_questions_are_counted),
        cmocka_unit_test(lines_of_a_fifth_of_all_messages_say_nothing),
        cmocka_unit_test(bytes_that_are_no_marks_are_refused),
        cmocka_unit_test(a_sample_says_how_often_a_detector_is_right),
        cmocka_unit_test(only_a_precise_detector_of_this_version_is_trusted),
        cmocka_unit_test(the_version_is_of_what_decides_and_of_nothing_else),
        cmocka_unit_test(names_are_those_of_the_words),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
