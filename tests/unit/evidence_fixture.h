/* A ledger with everything that it can hold, its round trip, and a folder for both. */
#ifndef CFAUDIT_TESTS_EVIDENCE_FIXTURE_H
#define CFAUDIT_TESTS_EVIDENCE_FIXTURE_H

#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static inline int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-evidence-XXXXXX");
    scene_open(f->folder, &f->library, &f->diag, &f->arena);
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;

    scene_close(f->folder, &f->library, &f->diag, &f->arena);
    mem_free(f);
    return 0;
}

static inline struct str save(struct fixture *f, const char *name, struct str bytes)
{
    struct str path = arena_format(&f->arena, "%s/%s", f->folder, name);
    FILE *file = fopen(path.ptr, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline void print_diagnostics(const struct diag *diag)
{
    struct buf text;
    size_t i;

    buf_init(&text, 1 << 16);
    for (i = 0; i < diag->count; i++)
        diag_format(&diag->list[i], &text);
    print_error("%.*s\n", STR_ARG(buf_str(&text)));
    buf_done(&text);
}

static inline void assert_same(struct str expected, struct str actual)
{
    assert_int_equal(expected.len, actual.len);
    assert_true(str_equal(expected, actual));
    assert_int_equal(expected.ptr == NULL, actual.ptr == NULL);
}

/* Written, loaded, written again: the same bytes. The loaded ledger is returned. */
static inline struct evidence *round_trip(struct fixture *f, const struct evidence *evidence)
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

static inline void no_numbers(struct figure *figure)
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

static inline struct figure make_figure(const char *measure, const char *variant)
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

static inline void fill_sum(struct sha256 *sum, uint8_t with)
{
    memset(sum->bytes, with, sizeof sum->bytes);
}

/* --- a full ledger --- */

static inline void fill_audit(struct arena *arena, struct evidence *e)
{
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
    e->audit.team = arena_alloc(arena, 2, sizeof *e->audit.team);
    e->audit.team[0] = (struct team_member){STR("LA"), STR("lead-auditor")};
    e->audit.team[1] = (struct team_member){STR("GB"), {NULL, 0}};
    e->audit.team_count = 2;
    fill_sum(&e->audit.sha256, 0xA5);
}

static inline void fill_documents(struct arena *arena, struct evidence *e)
{
    e->documents = arena_alloc(arena, 2, sizeof *e->documents);
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
}

static inline void fill_levels(struct arena *arena, struct evidence *e)
{
    e->levels = arena_alloc(arena, 2, sizeof *e->levels);
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
}

/* A reject before a filter: the order is kept. */
static inline void fill_reasons(struct arena *arena, struct accounting *source)
{
    source->reasons = arena_alloc(arena, 2, sizeof *source->reasons);
    source->reason_count = 2;
    source->reasons[0].reason = STR("row-time");
    source->reasons[0].is_reject = true;
    source->reasons[0].n = 3;
    source->reasons[0].first[0].line = 17;
    source->reasons[0].first[0].offset = 4711;
    source->reasons[0].first[0].text = STR("31/02/2016\n");
    source->reasons[0].first[1].line = 18;
    source->reasons[0].first_count = 2;
    source->reasons[1].reason = STR("where");
    source->reasons[1].n = 2;
}

static inline void fill_sources(struct arena *arena, struct evidence *e)
{
    struct accounting *source;

    e->sources = arena_alloc(arena, 2, sizeof *e->sources);
    e->source_count = 2;
    source = &e->sources[0];
    source->identity.name = STR("tickets/*.csv.gz");
    source->identity.bytes = 1234567890123;
    source->identity.stream = 9007199254740993; /* not a double */
    source->identity.truncated = true;
    fill_sum(&source->identity.sha256, 0x01);
    source->map = STR("servicenow-incident");
    fill_sum(&source->map_sha256, 0x02);
    source->dialect = STR("semicolon, UTF-8, CRLF");
    source->zone = STR("UTC");
    source->date_order = STR("dmy");
    source->rows_read = 10;
    source->rows_used = 5;
    source->rows_filtered = 2;
    source->rows_rejected = 3;
    source->cases = 4;
    source->times_gap = 6;
    source->times_twice = 7;
    source->digits_dropped = 8;
    fill_reasons(arena, source);
    e->sources[1].identity.name = STR("-");
    e->sources[1].map = STR("xes");
}

static inline void fill_missing(struct arena *arena, struct evidence *e)
{
    e->missing = arena_alloc(arena, 1, sizeof *e->missing);
    e->missing_count = 1;
    e->missing[0].id = STR("surveys");
    e->missing[0].reason = STR("no file matches");
}

/* Numbers at the ends of what a double holds. */
static inline void fill_numbers(struct figure *figure)
{
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
}

static inline void fill_cases(struct arena *arena, struct figure *figure)
{
    struct citation *cases = arena_alloc(arena, 2, sizeof *cases);
    struct exclusion *excluded = arena_alloc(arena, 2, sizeof *excluded);

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
    figure->excluded = excluded;
    figure->excluded_count = 2;
    figure->differences = excluded;
    figure->difference_count = 1;
    figure->worst = (struct citations){cases, 2};
    figure->sample = (struct citations){cases + 1, 1};
}

static inline void fill_breakdown(struct arena *arena, struct figure *figure)
{
    figure->breakdown = arena_alloc(arena, 2, sizeof *figure->breakdown);
    figure->breakdown_count = 2;
    figure->breakdown[0] = make_figure("M-03", "reported");
    figure->breakdown[0].by = STR("priority");
    figure->breakdown[0].key = STR("1 - Critical");
    figure->breakdown[0].n = 100;
    figure->breakdown[0].worst = (struct citations){figure->worst.list, 1};
    figure->breakdown[1] = make_figure("M-03", "reported");
    figure->breakdown[1].by = STR("priority");
    figure->breakdown[1].key = STR("");
    figure->breakdown[0].series = figure->series;
    figure->breakdown[0].series_count = 1;
}

static inline void fill_series(struct arena *arena, struct figure *figure)
{
    figure->series = arena_alloc(arena, 1, sizeof *figure->series);
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
}

static inline void fill_chart(struct arena *arena, struct figure *figure)
{
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
    figure->bins = arena_alloc(arena, 3, sizeof *figure->bins);
    figure->bin_count = 3;
    figure->bins[0] = (struct figure_bin){0, 900, 9000};
    figure->bins[1] = (struct figure_bin){900, 1800.5, 0};
    figure->bins[2] = (struct figure_bin){1800.5, NAN, 528};
}

static inline void fill_share(struct figure *figure)
{
    *figure = make_figure("M-11", NULL);
    figure->unit = STR("1");
    figure->name = STR("reopen-rate");
    figure->k = 3;
    figure->open = 2;
    figure->chart.refusal = STR("too-few-periods");
    figure->chart.from = figure->chart.until = STR("2016-W09");
    figure->trend.n = 8; /* all equal: no test */
    figure->trend.slope = 0;
}

static inline void fill_notes(struct arena *arena, struct evidence *e)
{
    e->notes = arena_alloc(arena, 1, sizeof *e->notes);
    e->note_count = 1;
    e->notes[0].severity = STR("warning");
    e->notes[0].rule = STR("row-time");
    e->notes[0].text = STR("time cannot be read: 'a  b'");
    e->notes[0].source = STR("tickets.csv");
    e->notes[0].line = 17;
}

/* Everything a ledger can hold, once. */
static inline struct evidence *make_full(struct fixture *f)
{
    struct arena *arena = &f->arena;
    struct evidence *e = arena_alloc(arena, 1, sizeof *e);

    fill_audit(arena, e);
    fill_documents(arena, e);
    fill_levels(arena, e);
    fill_sources(arena, e);
    fill_missing(arena, e);
    e->figures = arena_alloc(arena, 2, sizeof *e->figures);
    e->figure_count = 2;
    e->figures[0] = make_figure("M-03", "reported");
    fill_numbers(&e->figures[0]);
    fill_cases(arena, &e->figures[0]);
    fill_series(arena, &e->figures[0]);
    fill_breakdown(arena, &e->figures[0]);
    fill_chart(arena, &e->figures[0]);
    fill_share(&e->figures[1]);
    fill_notes(arena, e);
    assert_int_equal(evidence_number(e, arena, &f->diag), STATUS_OK);
    return e;
}

#endif
