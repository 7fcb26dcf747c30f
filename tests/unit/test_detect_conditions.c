/* Entries that count only beside something else: in their sentence, and in their message. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "detect/detect.h"

/* One lexicon of two detectors: a promise with conditions, and when. */
struct bench {
    struct str promise[2];
    struct str when[2];
    struct str cue[2];
    struct where places[2];
    struct lexicon_entry entries[3];
    struct lexicon_detector detectors[2];
    struct lexicon_slot slot;
    struct lexicon lexicon;
    struct diag diag;
    struct detectors *made;
    struct detect_run *run;
    struct marks_reader reader;
};

static struct lexicon_phrases phrases_of(struct bench *bench, struct str *list, size_t count)
{
    return (struct lexicon_phrases){list, bench->places, count};
}

static void prepare(struct bench *bench, struct lexicon_conditions conditions)
{
    memset(bench, 0, sizeof *bench);
    diag_init(&bench->diag);
    bench->promise[0] = STR("we send");
    bench->when[0] = STR("tomorrow");
    bench->when[1] = STR("soon");
    bench->cue[0] = STR("if");
    bench->cue[1] = STR("in case");
    bench->entries[0] = (struct lexicon_entry){.id = STR("send"),
                                               .conditions = conditions,
                                               .phrases = phrases_of(bench, bench->promise, 1)};
    bench->entries[1] = (struct lexicon_entry){.id = STR("when"),
                                               .phrases = phrases_of(bench, bench->when, 1)};
    bench->entries[2] = (struct lexicon_entry){.id = STR("soon"),
                                               .conditions = {.with = STR("promise")},
                                               .phrases = phrases_of(bench, &bench->when[1], 1)};
    bench->detectors[0] = (struct lexicon_detector){
        .name = STR("promise"), .entries = bench->entries, .entry_count = 1};
    bench->detectors[1] = (struct lexicon_detector){
        .name = STR("when"), .entries = bench->entries + 1, .entry_count = 2};
    bench->slot = (struct lexicon_slot){STR("if"), phrases_of(bench, bench->cue, 2)};
    bench->lexicon = (struct lexicon){.id = STR("ours"),
                                      .slots = &bench->slot,
                                      .slot_count = 1,
                                      .detectors = bench->detectors,
                                      .detector_count = 2};
}

static enum status make(struct bench *bench)
{
    const struct lexicon *lexicon = &bench->lexicon;

    return detectors_new(&lexicon, 1, STR("salt"), &bench->diag, &bench->made);
}

static void begin(struct bench *bench, struct lexicon_conditions conditions)
{
    prepare(bench, conditions);
    assert_int_equal(make(bench), STATUS_OK);
    bench->run = detect_run_new(bench->made, true);
    assert_non_null(bench->run);
    marks_reader_init(&bench->reader);
}

static void end(struct bench *bench)
{
    marks_reader_done(&bench->reader);
    detect_run_free(bench->run);
    detectors_free(bench->made);
    diag_done(&bench->diag);
}

static uint32_t found(struct bench *bench, const char *text)
{
    struct str bytes = detect_text(bench->run, str_of(text), LANG_EN);
    struct marks marks;

    assert_non_null(bytes.ptr);
    assert_true(marks_read(&bench->reader, bytes, NULL, &marks));
    return marks.detectors;
}

static bool promises(struct bench *bench, const char *text)
{
    return found(bench, text) >> DETECT_PROMISE & 1;
}

static void a_sentence_has_what_it_must_have(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, (struct lexicon_conditions){.beside = STR("if")});
    assert_true(promises(&bench, "If it breaks we send one."));
    assert_true(promises(&bench, "We send one, if it breaks."));
    assert_true(promises(&bench, "We send one in\ncase of need."));
    assert_false(promises(&bench, "We send one."));
    assert_false(promises(&bench, "If it breaks? We send one. In case."));
    assert_false(promises(&bench, "We send one in. Case closed."));
    end(&bench);
}

static void a_sentence_has_nothing_that_it_must_not(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, (struct lexicon_conditions){.unless = STR("if")});
    assert_false(promises(&bench, "If it breaks we send one."));
    assert_true(promises(&bench, "If it breaks, call. We send one! If not, wait."));
    assert_true(promises(&bench, "If it breaks we send one. We send two."));
    end(&bench);
}

static void a_message_is_hit_by_another_detector_or_not(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, (struct lexicon_conditions){.with = STR("owner when")});
    assert_true(promises(&bench, "We send one. It comes tomorrow."));
    assert_true(promises(&bench, "Tomorrow.\n\nWe send one."));
    assert_false(promises(&bench, "We send one."));
    end(&bench);
    begin(&bench, (struct lexicon_conditions){.without = STR("owner when")});
    assert_false(promises(&bench, "We send one. It comes tomorrow."));
    assert_true(promises(&bench, "We send one."));
    end(&bench);
}

/* "soon" is a time only with a promise, and no ground for one. */
static void what_depends_on_others_is_no_ground_for_others(void **state)
{
    struct bench bench;

    (void)state;
    begin(&bench, (struct lexicon_conditions){.with = STR("when")});
    assert_int_equal(found(&bench, "We send one soon."), 0);
    assert_int_equal(found(&bench, "We send one soon, tomorrow."),
                     1u << DETECT_PROMISE | 1u << DETECT_WHEN);
    end(&bench);
    begin(&bench, (struct lexicon_conditions){.unless = STR("if")});
    assert_int_equal(found(&bench, "We send one soon."), 1u << DETECT_PROMISE | 1u << DETECT_WHEN);
    assert_int_equal(found(&bench, "If it breaks we send one soon."), 0);
    end(&bench);
}

static void conditions_that_cannot_be_are_refused(void **state)
{
    static const struct lexicon_conditions wrong[] = {
        {.with = STR_INIT("wheel")},
        {.without = STR_INIT("when wheel")},
        {.with = STR_INIT("promise")},
        {.without = STR_INIT("when promise")},
        {.with = STR_INIT("when owner"), .without = STR_INIT("when")},
    };
    struct bench bench;
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(wrong); i++) {
        prepare(&bench, wrong[i]);
        assert_int_equal(make(&bench), STATUS_INVALID);
        assert_int_equal(bench.diag.count, 1);
        diag_done(&bench.diag);
    }
}

static struct sha256 version_with(struct lexicon_conditions conditions, const char *when)
{
    struct bench bench;
    struct sha256 version;

    prepare(&bench, conditions);
    bench.when[0] = str_of(when);
    assert_int_equal(make(&bench), STATUS_OK);
    version = detectors_version(bench.made, DETECT_PROMISE);
    detectors_free(bench.made);
    diag_done(&bench.diag);
    return version;
}

static bool same_version(struct lexicon_conditions a, const char *when_a,
                         struct lexicon_conditions b, const char *when_b)
{
    struct sha256 left = version_with(a, when_a);
    struct sha256 right = version_with(b, when_b);

    return sha256_equal(&left, &right);
}

static void the_version_is_of_those_that_decide_too(void **state)
{
    const struct lexicon_conditions none = {.with = {NULL, 0}};
    const struct lexicon_conditions with = {.with = STR("when")};
    const struct lexicon_conditions without = {.without = STR("when")};
    const struct lexicon_conditions beside = {.beside = STR("if")};
    const struct lexicon_conditions unless = {.unless = STR("if")};

    (void)state;
    assert_true(same_version(with, "tomorrow", with, "tomorrow"));
    assert_true(same_version(none, "tomorrow", none, "today"));
    assert_true(same_version(beside, "tomorrow", beside, "today"));
    assert_false(same_version(with, "tomorrow", with, "today"));
    assert_false(same_version(without, "tomorrow", without, "today"));
    assert_false(same_version(with, "tomorrow", without, "tomorrow"));
    assert_false(same_version(with, "tomorrow", none, "tomorrow"));
    assert_false(same_version(beside, "tomorrow", unless, "tomorrow"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_has_what_it_must_have),
        cmocka_unit_test(a_sentence_has_nothing_that_it_must_not),
        cmocka_unit_test(a_message_is_hit_by_another_detector_or_not),
        cmocka_unit_test(what_depends_on_others_is_no_ground_for_others),
        cmocka_unit_test(conditions_that_cannot_be_are_refused),
        cmocka_unit_test(the_version_is_of_those_that_decide_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
