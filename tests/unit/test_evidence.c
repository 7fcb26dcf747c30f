/* The ledger: numbers of the evidence, round trips, look-up. */
#include "unit.h"

#include "evidence_fixture.h"
#include "evidence_random.h"

static void figures_are_numbered_in_order_and_rows_are_not(void **state)
{
    struct fixture *f = *state;
    struct evidence e = {0};
    struct evidence *full = make_full(f);

    assert_true(str_is(full->figures[0].id, "EV-001"));
    assert_true(str_is(full->figures[1].id, "EV-002"));
    assert_null(full->figures[0].breakdown[0].id.ptr);
    assert_null(full->figures[0].series[0].id.ptr);
    e.figure_count = 1001;
    e.figures = arena_alloc(&f->arena, e.figure_count, sizeof *e.figures);
    assert_int_equal(evidence_number(&e, &f->arena, &f->diag), STATUS_OK);
    assert_true(str_is(e.figures[998].id, "EV-999"));
    assert_true(str_is(e.figures[1000].id, "EV-1001"));
}

static void charts_trends_and_bins_come_back(void **state)
{
    struct fixture *f = *state;
    const struct evidence *e = make_full(f);
    const struct evidence *got = round_trip(f, e);
    const struct figure *figure = &got->figures[0];
    const struct figure *period = &figure->series[0];

    assert_same(e->figures[0].series[0].standing, period->standing);
    assert_true(period->is_partial && !figure->is_partial);
    assert_true(period->centre == 200000.25 && period->lower == 0 && period->upper == 400000.5);
    assert_same(e->figures[0].series[0].signal, period->signal);
    assert_same(e->figures[0].series[0].reaction, period->reaction);
    assert_true(isnan(figure->centre) && isnan(figure->lower) && isnan(figure->upper));
    assert_same(e->figures[0].chart.kind, figure->chart.kind);
    assert_null(figure->chart.refusal.ptr);
    assert_true(figure->chart.centre == 200000.25 && figure->chart.spread == 1.0 / 3.0);
    assert_same(e->figures[0].chart.from, figure->chart.from);
    assert_same(e->figures[0].chart.until, figure->chart.until);
    assert_true(figure->chart.is_frozen && figure->chart.is_provisional);
    assert_int_equal(figure->chart.signals, 3);
    assert_int_equal(figure->chart.unanswered, 2);
    assert_int_equal(figure->trend.n, 14);
    assert_int_equal(figure->trend.s, -57);
    assert_true(figure->trend.z == -3.867438 && figure->trend.p == 1.1e-4);
    assert_true(figure->trend.slope == -2.0 / 3.0);
    assert_int_equal(figure->bin_count, 3);
    assert_true(figure->bins[1].from == 900 && figure->bins[1].until == 1800.5);
    assert_true(isnan(figure->bins[2].until));
    assert_int_equal(figure->bins[2].n, 528);
    assert_int_equal(figure->breakdown[0].series_count, 1);
    assert_same(e->figures[1].chart.refusal, got->figures[1].chart.refusal);
    assert_null(got->figures[1].chart.kind.ptr);
    assert_true(isnan(got->figures[1].chart.centre));
    assert_int_equal(got->figures[1].trend.n, 8);
    assert_true(isnan(got->figures[1].trend.z) && got->figures[1].trend.slope == 0);
    assert_null(figure->breakdown[1].chart.kind.ptr);
    assert_true(isnan(figure->breakdown[1].chart.centre) && isnan(figure->breakdown[1].trend.z));
    assert_int_equal(figure->breakdown[1].trend.n, 0);
}

static void a_full_ledger_comes_back_as_it_was(void **state)
{
    struct fixture *f = *state;
    const struct evidence *e = make_full(f);
    const struct evidence *got = round_trip(f, e);
    const struct figure *figure = &got->figures[0];
    const struct accounting *source = &got->sources[0];

    assert_same(e->tool_version, got->tool_version);
    assert_same(e->zone_database, got->zone_database);
    assert_same(e->seed, got->seed);
    assert_true(got->is_incomplete);
    assert_same(e->audit.id, got->audit.id);
    assert_int_equal(got->document_count, 2);
    assert_same(e->documents[0].kind, got->documents[0].kind);
    assert_same(e->documents[0].name, got->documents[0].name);
    assert_same(e->documents[0].title.in[LANG_IT], got->documents[0].title.in[LANG_IT]);
    assert_int_equal(got->documents[0].revision, 3);
    assert_memory_equal(&e->documents[1].sha256, &got->documents[1].sha256, 32);
    assert_int_equal(got->level_count, 2);
    assert_same(e->levels[0].id, got->levels[0].id);
    assert_same(e->levels[0].sla, got->levels[0].sla);
    assert_same(e->levels[0].metric, got->levels[0].metric);
    assert_same(e->levels[0].type, got->levels[0].type);
    assert_same(e->levels[0].kind, got->levels[0].kind);
    assert_true(got->levels[0].target == 14400);
    assert_true(got->levels[0].share == 0.95);
    assert_same(e->levels[0].calendar, got->levels[0].calendar);
    assert_same(e->levels[0].source, got->levels[0].source);
    assert_same(e->levels[0].document, got->levels[0].document);
    assert_same(e->levels[0].from, got->levels[0].from);
    assert_same(e->levels[0].until, got->levels[0].until);
    assert_same(e->levels[0].title.in[LANG_EN], got->levels[0].title.in[LANG_EN]);
    assert_same(e->levels[1].parent, got->levels[1].parent);
    assert_null(got->levels[1].from.ptr);
    assert_int_equal(got->figures[1].open, 2);
    assert_same(e->audit.title.in[LANG_IT], got->audit.title.in[LANG_IT]);
    assert_same(e->audit.scope.in[LANG_EN], got->audit.scope.in[LANG_EN]);
    assert_same(e->audit.organization, got->audit.organization);
    assert_int_equal(got->audit.period_start.us, 1451602800000000);
    assert_true(instant_is_missing(got->audit.period_end));
    assert_int_equal(got->audit.as_of.us, 1487412345678901);
    assert_true(got->audit.as_of_is_given);
    assert_int_equal(got->audit.team_count, 2);
    assert_same(e->audit.team[0].role, got->audit.team[0].role);
    assert_same(e->audit.team[1].name, got->audit.team[1].name);
    assert_null(got->audit.team[1].role.ptr);
    assert_memory_equal(&got->audit.sha256, &e->audit.sha256, sizeof got->audit.sha256);

    assert_int_equal(got->source_count, 2);
    assert_same(e->sources[0].identity.name, source->identity.name);
    assert_int_equal(source->identity.bytes, 1234567890123);
    assert_int_equal(source->identity.stream, 9007199254740993);
    assert_true(source->identity.truncated);
    assert_memory_equal(&source->map_sha256, &e->sources[0].map_sha256, 32);
    assert_same(e->sources[0].date_order, source->date_order);
    assert_int_equal(source->rows_filtered, 2);
    assert_int_equal(source->times_gap, 6);
    assert_int_equal(source->times_twice, 7);
    assert_int_equal(source->digits_dropped, 8);
    assert_int_equal(source->reason_count, 2);
    assert_true(source->reasons[0].is_reject);
    assert_false(source->reasons[1].is_reject);
    assert_int_equal(source->reasons[0].first_count, 2);
    assert_int_equal(source->reasons[0].first[0].offset, 4711);
    assert_same(e->sources[0].reasons[0].first[0].text, source->reasons[0].first[0].text);
    assert_null(source->reasons[0].first[1].text.ptr);
    assert_null(got->sources[1].zone.ptr);

    assert_same(e->missing[0].reason, got->missing[0].reason);
    assert_int_equal(got->figure_count, 2);
    assert_same(e->figures[0].population, figure->population);
    assert_true(figure->high == 1e-7);
    assert_true(figure->quantile_low[QUANTILE_P50] == 1.0 / 3.0);
    assert_true(figure->quantiles[QUANTILE_P95] == 5e-324);
    assert_true(figure->quantile_high[QUANTILE_P95] == 1.7976931348623157e308);
    assert_true(isnan(figure->quantiles[QUANTILE_P90]));
    assert_true(figure->km_median == 2.2250738585072014e-308);
    assert_same(e->figures[0].target_document, figure->target_document);
    assert_int_equal(figure->excluded_count, 2);
    assert_int_equal(figure->excluded[0].first.count, 2);
    assert_same(STR(" = padded "), figure->excluded[0].first.list[1].case_id);
    assert_true(isnan(figure->excluded[0].first.list[1].value));
    assert_int_equal(figure->excluded[0].first.list[0].offset, 987654321012);
    assert_int_equal(figure->difference_count, 1);
    assert_int_equal(figure->worst.count, 2);
    assert_int_equal(figure->sample.count, 1);
    assert_int_equal(figure->breakdown_count, 2);
    assert_same(STR(""), figure->breakdown[1].key);
    assert_int_equal(figure->breakdown[0].worst.count, 1);
    assert_same(STR("2016-03"), figure->series[0].key);
    assert_int_equal(got->figures[1].k, 3);
    assert_true(isnan(got->figures[1].value));
    assert_null(got->figures[1].variant.ptr);
    assert_int_equal(got->note_count, 1);
    assert_same(e->notes[0].text, got->notes[0].text);
    assert_int_equal(got->notes[0].line, 17);
    assert_int_equal(got->notes[0].column, 0);
}

static void any_ledger_writes_the_same_bytes_after_loading(void **state)
{
    struct fixture *f = *state;
    struct random random = {20260131};
    int i;

    for (i = 0; i < 60; i++)
        round_trip(f, any_evidence(f, &random));
}

static void hostile_case_ids_come_back_byte_for_byte(void **state)
{
    struct fixture *f = *state;
    struct evidence *e = make_full(f);
    struct citations cases = {arena_alloc(&f->arena, ARRAY_LEN(hostile), sizeof(struct citation)),
                              ARRAY_LEN(hostile)};
    const struct evidence *got;
    size_t i;

    for (i = 0; i < cases.count; i++) {
        cases.list[i].case_id = str_of(hostile[i]);
        cases.list[i].note = str_of(hostile[i]);
        cases.list[i].value = NAN;
    }
    e->figures[0].worst = cases;
    got = round_trip(f, e);
    for (i = 0; i < cases.count; i++) {
        assert_same(str_of(hostile[i]), got->figures[0].worst.list[i].case_id);
        assert_same(str_of(hostile[i]), got->figures[0].worst.list[i].note);
    }
}

/* A cell may be longer than a tag of a document: the ledger must load all the same. */
static void long_texts_of_a_source_end_in_an_ellipsis(void **state)
{
    struct fixture *f = *state;
    size_t most = LIMIT_LEDGER_TEXT;
    size_t len = LIMIT_CELL_BYTES;
    char *text = arena_bytes(&f->arena, len);
    size_t pad;

    assert_non_null(text);
    for (pad = 0; pad < 4; pad++) { /* the cut falls everywhere in a character of two bytes */
        struct evidence *evidence = make_full(f);
        struct evidence *loaded;
        struct str id;
        size_t i;

        memset(text, '&', pad);
        for (i = pad; i < len; i++)
            text[i] = (i - pad) % 2 == 0 ? '\xC3' : '\xA8';
        evidence->figures[0].worst.list[0].case_id = (struct str){text, len - pad % 2};
        loaded = round_trip(f, evidence);
        id = loaded->figures[0].worst.list[0].case_id;
        assert_true(id.len <= most && id.len >= most - 1);
        assert_true(str_ends(id, "\xE2\x80\xA6"));
        assert_int_equal(utf8_valid_prefix(id), id.len);
        assert_memory_equal(id.ptr, text, id.len - 3);
        /* as long as allowed is not long */
        evidence->figures[0].worst.list[0].case_id = (struct str){text, most - most % 2 - pad % 2};
        loaded = round_trip(f, evidence);
        assert_same(evidence->figures[0].worst.list[0].case_id,
                    loaded->figures[0].worst.list[0].case_id);
    }
}

static void characters_that_xml_cannot_hold_become_replacements(void **state)
{
    struct fixture *f = *state;
    struct evidence *e = make_full(f);
    const struct evidence *got;

    e->notes[0].text = (struct str){"a\0b\x01\xFFz", 6};
    got = round_trip(f, e);
    assert_true(str_is(got->notes[0].text, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xEF\xBF\xBDz"));
}

/* --- lookup --- */

static void a_variant_is_found_or_the_first_with_a_value(void **state)
{
    struct figure figures[4];
    struct evidence e = {.figures = figures, .figure_count = 4};
    const struct str none = {NULL, 0};

    (void)state;
    figures[0] = make_figure("M-07", "reported");
    figures[1] = make_figure("M-07", "computed");
    figures[1].value = 0.9;
    figures[2] = make_figure("M-03", "reported");
    figures[3] = make_figure("M-03", "by-events");
    assert_ptr_equal(evidence_figure(&e, STR("M-07"), none), &figures[1]);
    assert_ptr_equal(evidence_figure(&e, STR("M-07"), STR("reported")), &figures[0]);
    assert_ptr_equal(evidence_figure(&e, STR("M-03"), none), &figures[2]);
    assert_null(evidence_figure(&e, STR("M-03"), STR("computed")));
    assert_null(evidence_figure(&e, STR("M-99"), none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figures_are_numbered_in_order_and_rows_are_not, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_full_ledger_comes_back_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(charts_trends_and_bins_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_ledger_writes_the_same_bytes_after_loading, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(hostile_case_ids_come_back_byte_for_byte, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(long_texts_of_a_source_end_in_an_ellipsis, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(characters_that_xml_cannot_hold_become_replacements,
                                        set_up, tear_down),
        cmocka_unit_test(a_variant_is_found_or_the_first_with_a_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
