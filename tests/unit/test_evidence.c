/* The ledger: numbers of the evidence, round trips, the machine form and the flat form. */
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"
#include "evidence/evidence.h"

struct fixture {
    char folder[64];
    struct library library;
    struct diag diag;
    struct arena arena;
};

/* Texts that documents, tables and machine forms have to survive. */
static const char *const hostile[] = {
    "",
    " ",
    "plain",
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1",
    "-1",
    "@sum",
    "\ttab",
    "a,b;c\"d'e",
    "line\nbreak\r\nand\rmore",
    "  two  blanks  ",
    "<tag a='1'>&amp;</tag>]]>",
    "citt\xC3\xA0 \xE2\x80\xAE live \xE2\x80\xAC",
    "\xF0\x9F\x98\x80",
    "{\"json\": null}",
    "\\\\server\\share",
};

static int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-evidence-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    xml_init();
    diag_init(&f->diag);
    arena_init(&f->arena);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[100];

    snprintf(command, sizeof command, "rm -rf %s", f->folder);
    assert_int_equal(system(command), 0);
    library_done(&f->library);
    diag_done(&f->diag);
    arena_done(&f->arena);
    mem_free(f);
    return 0;
}

static struct str save(struct fixture *f, const char *name, struct str bytes)
{
    struct str path = arena_format(&f->arena, "%s/%s", f->folder, name);
    FILE *file = fopen(path.ptr, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void print_diagnostics(const struct diag *diag)
{
    struct buf text;
    size_t i;

    buf_init(&text, 1 << 16);
    for (i = 0; i < diag->count; i++)
        diag_format(&diag->list[i], &text);
    print_error("%.*s\n", STR_ARG(buf_str(&text)));
    buf_done(&text);
}

static void assert_same(struct str expected, struct str actual)
{
    assert_int_equal(expected.len, actual.len);
    assert_true(str_equal(expected, actual));
    assert_int_equal(expected.ptr == NULL, actual.ptr == NULL);
}

/* Written, loaded, written again: the same bytes. The loaded ledger is returned. */
static struct evidence *round_trip(struct fixture *f, const struct evidence *evidence)
{
    struct evidence *loaded = NULL;
    struct sha256 written_sum;
    struct sha256 loaded_sum;
    struct buf first;
    struct buf second;
    struct str path;

    buf_init(&first, LIMIT_DOCUMENT_BYTES);
    buf_init(&second, LIMIT_DOCUMENT_BYTES);
    assert_int_equal(evidence_write(evidence, &first, &f->diag), STATUS_OK);
    path = save(f, "a.evidence.xml", buf_str(&first));
    if (evidence_load(&f->arena, &f->library, path, &f->diag, &loaded, &loaded_sum) != STATUS_OK) {
        print_diagnostics(&f->diag);
        fail_msg("the ledger that was written does not load");
    }
    assert_true(digest_bytes(buf_str(&first), &written_sum));
    assert_memory_equal(&written_sum, &loaded_sum, sizeof written_sum);
    assert_int_equal(evidence_write(loaded, &second, &f->diag), STATUS_OK);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.bytes, second.bytes, first.len);
    buf_done(&first);
    buf_done(&second);
    return loaded;
}

static void no_numbers(struct figure *figure)
{
    int i;

    figure->value = figure->low = figure->high = figure->minimum = figure->maximum = NAN;
    figure->km_median = figure->target = NAN;
    figure->centre = figure->lower = figure->upper = NAN;
    figure->chart.centre = figure->chart.spread = NAN;
    figure->trend.z = figure->trend.p = figure->trend.slope = NAN;
    for (i = 0; i < QUANTILE_COUNT; i++)
        figure->quantiles[i] = figure->quantile_low[i] = figure->quantile_high[i] = NAN;
}

static struct figure make_figure(const char *measure, const char *variant)
{
    struct figure figure = {.measure = str_of(measure),
                            .name = STR("time-to-resolve"),
                            .variant = str_of(variant),
                            .unit = STR("s"),
                            .population = STR("cases with a resolution time"),
                            .n = 9528};

    no_numbers(&figure);
    return figure;
}

static void fill_sum(struct sha256 *sum, uint8_t with)
{
    memset(sum->bytes, with, sizeof sum->bytes);
}

/* Everything a ledger can hold, once. */
static struct evidence *make_full(struct fixture *f)
{
    struct evidence *e = arena_alloc(&f->arena, 1, sizeof *e);
    struct citation *cases = arena_alloc(&f->arena, 2, sizeof *cases);
    struct exclusion *excluded = arena_alloc(&f->arena, 2, sizeof *excluded);
    struct figure *figure;

    e->tool_version = STR("cfaudit 0.1.0");
    e->zone_database = STR("2024a");
    e->seed = STR("helpdesk-2026");
    e->is_incomplete = true;
    e->audit.id = STR("helpdesk-2026");
    e->audit.title.in[LANG_EN] = STR("Help desk");
    e->audit.title.in[LANG_IT] = STR("Assistenza");
    e->audit.organization = STR("Rossi & Figli S.p.A.");
    e->audit.scope.in[LANG_IT] = STR("Assistenza ai clienti");
    e->audit.edition = STR("2015+A1");
    e->audit.zone = STR("Europe/Rome");
    e->audit.period_start = (struct instant){1451602800000000};
    e->audit.period_end = INSTANT_MISSING;
    e->audit.as_of = (struct instant){1487412345678901};
    e->audit.as_of_is_given = true;
    e->audit.team = arena_alloc(&f->arena, 2, sizeof *e->audit.team);
    e->audit.team[0] = (struct team_member){STR("LA"), STR("lead-auditor")};
    e->audit.team[1] = (struct team_member){STR("GB"), {NULL, 0}};
    e->audit.team_count = 2;
    fill_sum(&e->audit.sha256, 0xA5);

    e->documents = arena_alloc(&f->arena, 2, sizeof *e->documents);
    e->document_count = 2;
    e->documents[0] = (struct evidence_document){.kind = STR("calendar"),
                                                 .id = STR("italy-office"),
                                                 .revision = 3,
                                                 .name = STR("italy-office")};
    fill_sum(&e->documents[0].sha256, 0x11);
    e->documents[0].title.in[LANG_IT] = STR("Uffici in Italia");
    e->documents[1] = (struct evidence_document){
        .kind = STR("sla"), .id = STR("c-17"), .revision = 1, .name = STR("sla/c-17.xml")};
    fill_sum(&e->documents[1].sha256, 0x12);
    e->levels = arena_alloc(&f->arena, 2, sizeof *e->levels);
    e->level_count = 2;
    e->levels[0] = (struct evidence_level){.id = STR("P1 <resolve>"),
                                           .sla = STR("c-17"),
                                           .metric = STR("resolution"),
                                           .type = STR("customer"),
                                           .kind = STR("general"),
                                           .target = 14400,
                                           .share = 0.95,
                                           .calendar = STR("italy-office"),
                                           .source = STR("contract"),
                                           .document = STR("C-17, par. 4"),
                                           .from = STR("2025-01-01"),
                                           .until = STR("2025-12-31")};
    e->levels[0].title.in[LANG_EN] = STR("Priority 1 & 2");
    e->levels[1] = e->levels[0];
    e->levels[1].id = STR("P1-supplier");
    e->levels[1].parent = STR("P1 <resolve>");
    e->levels[1].from = e->levels[1].until = e->levels[1].document = (struct str){NULL, 0};

    e->sources = arena_alloc(&f->arena, 2, sizeof *e->sources);
    e->source_count = 2;
    e->sources[0].identity.name = STR("tickets/*.csv.gz");
    e->sources[0].identity.bytes = 1234567890123;
    e->sources[0].identity.stream = 9007199254740993; /* not a double */
    e->sources[0].identity.truncated = true;
    fill_sum(&e->sources[0].identity.sha256, 0x01);
    e->sources[0].map = STR("servicenow-incident");
    fill_sum(&e->sources[0].map_sha256, 0x02);
    e->sources[0].dialect = STR("semicolon, UTF-8, CRLF");
    e->sources[0].zone = STR("UTC");
    e->sources[0].date_order = STR("dmy");
    e->sources[0].rows_read = 10;
    e->sources[0].rows_used = 5;
    e->sources[0].rows_filtered = 2;
    e->sources[0].rows_rejected = 3;
    e->sources[0].cases = 4;
    e->sources[0].times_gap = 6;
    e->sources[0].times_twice = 7;
    e->sources[0].digits_dropped = 8;
    e->sources[0].reasons = arena_alloc(&f->arena, 2, sizeof *e->sources[0].reasons);
    e->sources[0].reason_count = 2;
    /* a reject before a filter: the order is kept */
    e->sources[0].reasons[0].reason = STR("row-time");
    e->sources[0].reasons[0].is_reject = true;
    e->sources[0].reasons[0].n = 3;
    e->sources[0].reasons[0].first[0].line = 17;
    e->sources[0].reasons[0].first[0].offset = 4711;
    e->sources[0].reasons[0].first[0].text = STR("31/02/2016\n");
    e->sources[0].reasons[0].first[1].line = 18;
    e->sources[0].reasons[0].first_count = 2;
    e->sources[0].reasons[1].reason = STR("where");
    e->sources[0].reasons[1].n = 2;
    e->sources[1].identity.name = STR("-");
    e->sources[1].map = STR("xes");

    e->missing = arena_alloc(&f->arena, 1, sizeof *e->missing);
    e->missing_count = 1;
    e->missing[0].id = STR("surveys");
    e->missing[0].reason = STR("no file matches");

    cases[0].case_id = STR("INC0000045");
    cases[0].source = 1;
    cases[0].line = 2;
    cases[0].offset = 987654321012;
    cases[0].value = 0.1;
    cases[0].note = STR("reopened");
    cases[1].case_id = STR(" = padded ");
    cases[1].value = NAN;
    excluded[0].reason = STR("no-resolution-time");
    excluded[0].n = 856;
    excluded[0].first = (struct citations){cases, 2};
    excluded[1].reason = STR("end-before-start");

    e->figures = arena_alloc(&f->arena, 2, sizeof *e->figures);
    e->figure_count = 2;
    figure = &e->figures[0];
    *figure = make_figure("M-03", "reported");
    figure->value = 205452.0;
    figure->low = 201600.5;
    figure->high = 1e-7;
    figure->method = STR("order-statistic");
    figure->quantiles[QUANTILE_P50] = 205452.0;
    figure->quantile_low[QUANTILE_P50] = 1.0 / 3.0;
    figure->quantiles[QUANTILE_P95] = 5e-324;
    figure->quantile_high[QUANTILE_P95] = 1.7976931348623157e308;
    figure->minimum = 0;
    figure->maximum = 123456789.125;
    figure->km_median = 2.2250738585072014e-308;
    figure->target = 0.95;
    figure->target_source = STR("contract");
    figure->target_document = STR("C-17, par. 4");
    figure->verdict = STR("not-contradicted");
    figure->note = STR("no target is stated");
    figure->excluded = excluded;
    figure->excluded_count = 2;
    figure->differences = excluded;
    figure->difference_count = 1;
    figure->worst = (struct citations){cases, 2};
    figure->sample = (struct citations){cases + 1, 1};
    figure->breakdown = arena_alloc(&f->arena, 2, sizeof *figure->breakdown);
    figure->breakdown_count = 2;
    figure->breakdown[0] = make_figure("M-03", "reported");
    figure->breakdown[0].by = STR("priority");
    figure->breakdown[0].key = STR("1 - Critical");
    figure->breakdown[0].n = 100;
    figure->breakdown[0].worst = (struct citations){cases, 1};
    figure->breakdown[1] = make_figure("M-03", "reported");
    figure->breakdown[1].by = STR("priority");
    figure->breakdown[1].key = STR("");
    figure->series = arena_alloc(&f->arena, 1, sizeof *figure->series);
    figure->series_count = 1;
    figure->series[0] = make_figure("M-03", "reported");
    figure->series[0].key = STR("2016-03");
    figure->series[0].n = 3;
    figure->series[0].standing = STR("insufficient");
    figure->series[0].is_partial = true;
    figure->series[0].centre = 200000.25;
    figure->series[0].lower = 0;
    figure->series[0].upper = 400000.5;
    figure->series[0].signal = STR("run-of-eight");
    figure->series[0].reaction = STR("2016-04-02, LA: two more people <on> \"call\"");
    figure->chart = (struct figure_chart){.kind = STR("xmr"),
                                          .centre = 200000.25,
                                          .spread = 1.0 / 3.0,
                                          .from = STR("2016-01"),
                                          .until = STR("2017-02"),
                                          .is_frozen = true,
                                          .is_provisional = true,
                                          .signals = 3,
                                          .unanswered = 2};
    figure->trend = (struct figure_trend){
        .n = 14, .s = -57, .z = -3.867438, .p = 1.1e-4, .slope = -2.0 / 3.0};
    figure->bins = arena_alloc(&f->arena, 3, sizeof *figure->bins);
    figure->bin_count = 3;
    figure->bins[0] = (struct figure_bin){0, 900, 9000};
    figure->bins[1] = (struct figure_bin){900, 1800.5, 0};
    figure->bins[2] = (struct figure_bin){1800.5, NAN, 528};
    figure->breakdown[0].series = figure->series;
    figure->breakdown[0].series_count = 1;
    e->figures[1] = make_figure("M-11", NULL);
    e->figures[1].unit = STR("1");
    e->figures[1].name = STR("reopen-rate");
    e->figures[1].k = 3;
    e->figures[1].open = 2;
    e->figures[1].chart.refusal = STR("too-few-periods");
    e->figures[1].chart.from = e->figures[1].chart.until = STR("2016-W09");
    e->figures[1].trend.n = 8; /* all equal: no test */
    e->figures[1].trend.slope = 0;

    e->notes = arena_alloc(&f->arena, 1, sizeof *e->notes);
    e->note_count = 1;
    e->notes[0].severity = STR("warning");
    e->notes[0].rule = STR("row-time");
    e->notes[0].text = STR("time cannot be read: 'a  b'");
    e->notes[0].source = STR("tickets.csv");
    e->notes[0].line = 17;
    assert_int_equal(evidence_number(e, &f->arena, &f->diag), STATUS_OK);
    return e;
}

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

/* --- random ledgers --- */

struct random {
    uint64_t state;
};

/* splitmix64 */
static uint64_t next(struct random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static size_t below(struct random *random, size_t limit)
{
    return (size_t)(next(random) % limit);
}

static double any_double(struct random *random)
{
    uint64_t bits = next(random);
    double value;

    if (below(random, 3) == 0)
        return NAN;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0.5;
}

static struct str any_text(struct random *random)
{
    size_t i = below(random, ARRAY_LEN(hostile) + 1);

    return i == ARRAY_LEN(hostile) ? (struct str){NULL, 0} : str_of(hostile[i]);
}

static struct str some_text(struct random *random)
{
    return str_of(hostile[below(random, ARRAY_LEN(hostile))]);
}

static struct citations any_cases(struct fixture *f, struct random *random, size_t sources)
{
    struct citations cases = {NULL, below(random, 4)};
    size_t i;

    if (sources == 0)
        cases.count = 0;
    cases.list = arena_alloc(&f->arena, cases.count + 1, sizeof *cases.list);
    for (i = 0; i < cases.count; i++)
        cases.list[i] = (struct citation){some_text(random),  (uint32_t)below(random, sources),
                                          next(random) >> 1,  next(random) >> 1,
                                          any_double(random), any_text(random)};
    return cases;
}

static struct figure any_figure(struct fixture *f, struct random *random, size_t sources,
                                unsigned depth)
{
    static const char *const units[] = {"s", "1", "count", "ratio"};
    struct figure figure = make_figure("M-03", below(random, 2) ? "reported" : NULL);
    size_t i;

    figure.unit = str_of(units[below(random, 4)]);
    figure.population = any_text(random);
    figure.note = any_text(random);
    figure.n = next(random) >> 1;
    figure.k = next(random) >> 1;
    figure.value = any_double(random);
    figure.low = any_double(random);
    figure.high = any_double(random);
    figure.target = any_double(random);
    figure.target_document = any_text(random);
    for (i = 0; i < QUANTILE_COUNT; i++)
        figure.quantiles[i] = any_double(random);
    figure.worst = any_cases(f, random, sources);
    figure.sample = any_cases(f, random, sources);
    if (depth == 0)
        return figure;
    figure.key = any_text(random);
    figure.by = any_text(random);
    figure.breakdown_count = below(random, 3);
    figure.breakdown = arena_alloc(&f->arena, 3, sizeof *figure.breakdown);
    for (i = 0; i < figure.breakdown_count; i++)
        figure.breakdown[i] = any_figure(f, random, sources, depth - 1);
    figure.series_count = below(random, 3);
    figure.series = arena_alloc(&f->arena, 3, sizeof *figure.series);
    for (i = 0; i < figure.series_count; i++)
        figure.series[i] = any_figure(f, random, sources, depth - 1);
    return figure;
}

static struct evidence *any_evidence(struct fixture *f, struct random *random)
{
    struct evidence *e = make_full(f);
    size_t i;

    e->seed = any_text(random);
    e->is_incomplete = below(random, 2);
    e->audit.title.in[LANG_EN] = any_text(random);
    e->audit.organization = any_text(random);
    e->audit.as_of = below(random, 2) ? INSTANT_MISSING
                                      : (struct instant){(int64_t)(next(random) >> 16)};
    e->sources[0].reasons[0].first[0].text = any_text(random);
    e->figure_count = below(random, 4);
    e->figures = arena_alloc(&f->arena, 4, sizeof *e->figures);
    for (i = 0; i < e->figure_count; i++)
        e->figures[i] = any_figure(f, random, e->source_count, 2);
    e->notes[0].text = some_text(random);
    e->notes[0].source = any_text(random);
    assert_int_equal(evidence_number(e, &f->arena, &f->diag), STATUS_OK);
    return e;
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

/* --- refusals --- */

/* The written ledger with one piece replaced must be refused at a place, with a rule. */
static void refuse(struct fixture *f, const char *from, const char *to, const char *rule)
{
    struct evidence *e = make_full(f);
    struct evidence *loaded = NULL;
    struct sha256 sum;
    struct buf out;
    struct buf changed;
    const char *at;
    struct str path;
    bool found = false;
    size_t i;

    buf_init(&out, LIMIT_DOCUMENT_BYTES);
    buf_init(&changed, LIMIT_DOCUMENT_BYTES);
    assert_int_equal(evidence_write(e, &out, &f->diag), STATUS_OK);
    at = strstr(out.bytes, from);
    assert_non_null(at);
    buf_add(&changed, (struct str){out.bytes, (size_t)(at - out.bytes)});
    buf_add_text(&changed, to);
    buf_add_text(&changed, at + strlen(from));
    path = save(f, "bad.xml", buf_str(&changed));
    diag_done(&f->diag);
    diag_init(&f->diag);
    assert_int_equal(evidence_load(&f->arena, &f->library, path, &f->diag, &loaded, &sum),
                     STATUS_INVALID);
    assert_null(loaded);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    for (i = 0; i < f->diag.count; i++)
        if (str_is(str_of(rule_info(f->diag.list[i].rule)->name), rule) &&
            f->diag.list[i].where.line > 0)
            found = true;
    if (!found) {
        print_diagnostics(&f->diag);
        fail_msg("no located %s", rule);
    }
    buf_done(&out);
    buf_done(&changed);
}

static void broken_sums_and_pointers_are_refused_with_a_place(void **state)
{
    struct fixture *f = *state;

    refuse(f, "rows-read=\"10\"", "rows-read=\"11\"", "xml-value");
    refuse(f, "source=\"1\"", "source=\"2\"", "xml-value");
    refuse(f, "sha256=\"a5a5", "sha256=\"A5a5", "xml-type");
    refuse(f, "target=\"0.95\"", "target=\"1e999\"", "xml-value");
    refuse(f, "as-of=\"2017-02", "as-of=\"2017-13", "xml-type");
    refuse(f, "unanswered=\"2\"", "unanswered=\"4\"", "xml-value");
    refuse(f, "until=\"900\" n=\"9000\"", "until=\"900\" n=\"9001\"", "xml-value");
    refuse(f, "until=\"900\" n=\"9000\"", "until=\"900\" n=\"9529\"", "xml-value");
    refuse(f, "bin from=\"900\"", "bin from=\"901\"", "xml-value");
    refuse(f, " s=\"-57\"", " s=\"-5.7\"", "xml-type");
    refuse(f, "kind=\"xmr\"", "kind=\"XmR\"", "xml-type");
    refuse(f, "signal=\"run-of-eight\"", "signal=\"run-of-nought\"", "xml-type");
    refuse(f, "from=\"2016-01\"", "from=\"2016-13\"", "xml-type");
    refuse(f, "standing=\"insufficient\"", "standing=\"poor\"", "xml-type");
}

static void figures_nested_too_deep_are_refused(void **state)
{
    struct fixture *f = *state;
    struct buf nested;
    int i;

    buf_init(&nested, 1 << 16);
    for (i = 0; i < FIGURE_DEPTH; i++)
        buf_add_text(&nested, "<breakdown><figure measure=\"M-03\" name=\"x\" unit=\"s\" n=\"1\">");
    for (i = 0; i < FIGURE_DEPTH; i++)
        buf_add_text(&nested, "</figure></breakdown>");
    buf_add_text(&nested, "</figure>");
    refuse(f, "</figure>", nested.bytes, "xml-value");
    buf_done(&nested);
}

static void a_ledger_too_large_to_load_is_not_written(void **state)
{
    struct fixture *f = *state;
    struct buf out;

    buf_init(&out, 500);
    assert_int_equal(evidence_write(make_full(f), &out, &f->diag), STATUS_LIMIT);
    assert_int_equal(f->diag.by_rule[RULE_LIMIT], 1);
    buf_done(&out);
}

/* In a child: 0 for a load that ended as it must, 1 for one that did not, 3 beyond the last
   allocation. The XML library's own allocations end the process with 2. */
static int load_with_fault(struct fixture *f, struct str path, unsigned long nth)
{
    struct evidence *loaded = NULL;
    struct sha256 sum;
    struct arena arena;
    struct diag diag;
    enum status status;
    bool beyond;
    bool right;

    arena_init(&arena);
    diag_init(&diag);
    mem_fail_at(nth);
    status = evidence_load(&arena, &f->library, path, &diag, &loaded, &sum);
    beyond = mem_count() < nth;
    mem_fail_at(0);
    right = status == STATUS_OK ? loaded && diag.by_severity[SEVERITY_FATAL] == 0
                                : !loaded && diag.by_severity[SEVERITY_FATAL] == 1;
    diag_done(&diag);
    arena_done(&arena);
    return !right ? 1 : beyond ? 3 : 0;
}

static void memory_that_runs_out_while_loading_is_reported_once(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    struct str path;
    unsigned long nth;
    int status = 0;

    buf_init(&out, LIMIT_DOCUMENT_BYTES);
    assert_int_equal(evidence_write(make_full(f), &out, &f->diag), STATUS_OK);
    path = save(f, "fault.xml", buf_str(&out));
    for (nth = 1; nth < 20000 && status != 3; nth += nth < 50 ? 1 : 13) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child == 0) {
            if (!freopen("/dev/null", "w", stderr))
                _exit(1);
            _exit(load_with_fault(f, path, nth));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        status = WEXITSTATUS(status);
        assert_int_not_equal(status, 1);
    }
    assert_int_equal(status, 3);
    buf_done(&out);
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

/* --- machine and flat form, read by Python --- */

static void run_python(struct fixture *f, const char *script, struct str input, struct buf *ret_out)
{
    struct str in = save(f, "input", input);
    struct str code = save(f, "script.py", str_of(script));
    struct str command = arena_format(&f->arena, "python3 '%s' '%s' 2>&1", code.ptr, in.ptr);
    FILE *pipe = popen(command.ptr, "r");
    char line[4096];

    assert_non_null(pipe);
    while (fgets(line, sizeof line, pipe))
        buf_add_text(ret_out, line);
    if (pclose(pipe) != 0)
        fail_msg("%s", ret_out->bytes);
}

static void the_json_begins_as_promised(void **state)
{
    struct fixture *f = *state;
    struct buf out;

    buf_init(&out, 1 << 20);
    evidence_json(make_full(f), &out);
    assert_true(str_starts(buf_str(&out), "{\n"
                                          "  \"schema\": \"urn:cfaudit:measure:1\",\n"
                                          "  \"tool\": \"cfaudit 0.1.0\",\n"
                                          "  \"zone\": \"Europe/Rome\",\n"
                                          "  \"as_of\": \"2017-02-18T10:05:45.678901Z\",\n"
                                          "  \"calendar\": \"italy-office\",\n"
                                          "  \"accounting\": [\n"
                                          "    {\n"
                                          "      \"source\": \"tickets/*.csv.gz\",\n"
                                          "      \"sha256\": \"0101"));
    assert_non_null(strstr(out.bytes, "\n      \"reasons\": []\n    }\n"));
    assert_non_null(strstr(out.bytes, "\n      \"value\": 205452,\n"));
    assert_non_null(strstr(out.bytes, "\n      \"high\": 1e-07,\n"));
    buf_done(&out);
}

static const char json_script[] =
    "import json, sys\n"
    "d = json.load(open(sys.argv[1], encoding='utf-8'),\n"
    "              parse_constant=lambda c: sys.exit('constant ' + c))\n"
    "a = d['accounting'][0]\n"
    "assert a['rows_read'] == a['rows_used'] + a['rows_filtered'] + a['rows_rejected'] == 10, a\n"
    "assert a['reasons'][0]['first'][0]['text'] == '31/02/2016\\n', a\n"
    "assert a['stream'] == 9007199254740993 and a['truncated'] is True, a\n"
    "f = d['figures'][0]\n"
    "assert f['excluded'][0]['reason'] == 'no-resolution-time' and f['excluded'][0]['n'] == 856\n"
    "assert f['excluded'][0]['first'][1]['case'] == ' = padded '\n"
    "assert f['worst'][0]['source'] == '-' and f['worst'][0]['offset'] == 987654321012\n"
    "assert f['worst'][1]['value'] is None\n"
    "assert list(f['quantiles']) == ['p50', 'p85', 'p90', 'p95']\n"
    "assert f['quantiles']['p95'] == 5e-324 and f['quantiles']['p90'] is None\n"
    "assert f['quantile_limits']['p95']['high'] == 1.7976931348623157e308\n"
    "assert 'key' not in f\n"
    "keys = set(f) | {'key', 'by'}\n"
    "for row in f['breakdown'] + f['series']:\n"
    "    assert set(row) == keys, keys ^ set(row)\n"
    "assert f['breakdown'][1]['key'] == '' and f['series'][0]['key'] == '2016-03'\n"
    "assert d['figures'][1]['quantiles'] == dict(p50=None, p85=None, p90=None, p95=None)\n"
    "assert d['figures'][1]['variant'] is None and d['figures'][1]['value'] is None\n"
    "assert d['exit'] == {'code': 3, 'reason': 'incomplete'}\n"
    "assert list(d)[:7] == ['schema', 'tool', 'zone', 'as_of', 'calendar', 'accounting', 'figures']\n"
    "print('ok', len(d['figures']))\n";

static void the_json_is_read_by_another_program(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    struct buf said;

    buf_init(&out, 1 << 20);
    buf_init(&said, 1 << 16);
    evidence_json(make_full(f), &out);
    buf_add_text(&out, ",\n  \"exit\": {\"code\": 3, \"reason\": \"incomplete\"}\n}\n");
    run_python(f, json_script, buf_str(&out), &said);
    assert_string_equal(said.bytes, "ok 2\n");
    buf_done(&out);
    buf_done(&said);
}

static void any_json_is_well_formed(void **state)
{
    struct fixture *f = *state;
    struct random random = {42};
    struct buf out;
    struct buf said;
    int i;

    buf_init(&out, 8 << 20);
    buf_init(&said, 1 << 16);
    buf_add_char(&out, '[');
    for (i = 0; i < 40; i++) {
        evidence_json(any_evidence(f, &random), &out);
        buf_add_text(&out, i == 39 ? "}]" : "},");
    }
    run_python(f,
               "import json, sys\n"
               "d = json.load(open(sys.argv[1], encoding='utf-8'),\n"
               "              parse_constant=lambda c: sys.exit('constant ' + c))\n"
               "print(len(d))\n",
               buf_str(&out), &said);
    assert_string_equal(said.bytes, "40\n");
    buf_done(&out);
    buf_done(&said);
}

static void the_flat_form_has_a_row_for_each_figure_group_and_period(void **state)
{
    struct fixture *f = *state;
    struct evidence *e = make_full(f);
    struct figure *figure = &e->figures[0];
    struct buf out;
    struct buf said;
    size_t i;

    figure->breakdown = arena_alloc(&f->arena, ARRAY_LEN(hostile), sizeof *figure->breakdown);
    figure->breakdown_count = ARRAY_LEN(hostile);
    figure->series[0].by = STR("week");
    for (i = 0; i < ARRAY_LEN(hostile); i++) {
        figure->breakdown[i] = make_figure("M-03", "reported");
        figure->breakdown[i].by = STR("priority");
        figure->breakdown[i].key = str_of(hostile[i]);
        figure->breakdown[i].value = -1.5;
        figure->breakdown[i].series = figure->series;
        figure->breakdown[i].series_count = 1;
    }
    buf_init(&out, 1 << 20);
    buf_init(&said, 1 << 16);
    evidence_csv(e, &out);
    run_python(f,
               "import csv, sys\n"
               "rows = list(csv.reader(open(sys.argv[1], encoding='utf-8', newline=''),\n"
               "                       strict=True))\n"
               "head = 'measure,variant,unit,population,by,key,n,excluded,value,low,high,method,'\n"
               "head += 'p50,p85,p90,p95,target,verdict,standing,centre,lower,upper,signal,'\n"
               "head += 'reaction,partial'\n"
               "assert rows[0] == head.split(','), rows[0]\n"
               "assert {len(r) for r in rows} == {25}, rows\n"
               "top = dict(zip(rows[0], rows[1]))\n"
               "assert top['excluded'] == '856' and top['n'] == '9528' and top['by'] == ''\n"
               "assert float(top['p95']) == 5e-324 and top['p90'] == ''\n"
               "guard = tuple('=+-@\\t\\r')\n"
               "keys = [r[5] for r in rows[2:18]]\n"
               "assert not [k for k in keys if k.startswith(guard)], keys\n"
               "assert keys[3] == '\\'=HYPERLINK(\"http://x\",\"y\")', keys[3]\n"
               "assert keys[9] == 'line\\nbreak\\r\\nand\\rmore', keys[9]\n"
               "assert all(r[8] == '-1.5' for r in rows[2:18])\n"
               "assert rows[18][4:6] == ['week', '2016-03'], rows[18]\n"
               "period = dict(zip(rows[0], rows[18]))\n"
               "assert period['standing'] == 'insufficient' and period['partial'] == 'true'\n"
               "assert period['upper'] == '400000.5' and period['signal'] == 'run-of-eight'\n"
               "assert period['reaction'].startswith('2016-04-02, LA')\n"
               "assert {r[4] for r in rows[19:35]} == {'priority / week'}\n"
               "assert rows[21][5] == 'plain / 2016-03', rows[21]\n"
               "assert rows[22][5] == '\\'=HYPERLINK(\"http://x\",\"y\") / 2016-03', rows[22]\n"
               "assert rows[35][0] == 'M-11' and len(rows) == 36\n"
               "print('ok')\n",
               buf_str(&out), &said);
    assert_string_equal(said.bytes, "ok\n");
    buf_done(&out);
    buf_done(&said);
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
        cmocka_unit_test_setup_teardown(broken_sums_and_pointers_are_refused_with_a_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(figures_nested_too_deep_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_ledger_too_large_to_load_is_not_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(memory_that_runs_out_while_loading_is_reported_once,
                                        set_up, tear_down),
        cmocka_unit_test(a_variant_is_found_or_the_first_with_a_value),
        cmocka_unit_test_setup_teardown(the_json_begins_as_promised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_json_is_read_by_another_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_json_is_well_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_flat_form_has_a_row_for_each_figure_group_and_period, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
