/*
 * Reports: what stands in which cell for a ledger and result whose contents are known, in both
 * languages; the summary on screen, word for word. With CFAUDIT_BOOKS set, the workbooks stay in
 * that folder for tests/books.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_parts.h"
#include "report_cells.h"
#include "writer/writer.h"

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;

    while ((text = strstr(text, what)) != NULL) {
        count++;
        text += strlen(what);
    }
    return count;
}

static void words_go_together(void **state)
{
    int word;

    (void)state;
    for (word = 0; word < WORD_COUNT; word++) {
        const char *en = word_text((enum word)word, LANG_EN);
        const char *it = word_text((enum word)word, LANG_IT);

        assert_true(strlen(en) > 0 && strlen(it) > 0);
        assert_int_equal(count_of(en, "%s"), count_of(it, "%s"));
        assert_int_equal(count_of(en, "%s"),
                         count_of(en, "%") - count_of(en, "95 %") - count_of(en, "80 %"));
        assert_int_equal(utf8_valid_prefix(str_of(it)), strlen(it));
    }
}

static void raw_words_have_a_plain_form(void **state)
{
    (void)state;
    assert_true(
        str_is(say_raw(STR("no-resolution-time"), LANG_IT), "senza istante di risoluzione"));
    assert_true(str_is(say_raw(STR("never-heard-of"), LANG_IT), "never-heard-of"));
    assert_null(say_raw((struct str){NULL, 0}, LANG_EN).ptr);
}

static void sheets_stand_in_order(void **state)
{
    static const char *const ids[] = {"cover",    "four-lists", "checklist", "gates", "scoring",
                                      "sections", "maturity",   "metrics",  "sla",      "series",
                                      "findings", "nc",         "mr-input", "evidence",
                                      "samples",  "sources",    "trend-data", "data-quality",
                                      "glossary", "log",        "calculation"};
    static const char *const names[LANG_COUNT][ARRAY_LEN(ids)] = {
        {"Cover", "Four lists", "Checklist", "Gates", "Scoring", "Sections", "Maturity", "Metrics", "SLA", "Series",
         "Findings", "NC", "MR-input", "Evidence", "Samples", "Sources", "Trend-data",
         "Data-quality", "Glossary", "Log", "Calculation"},
        {"Copertina", "Quattro elenchi", "Lista di riscontro", "Soglie", "Punteggi", "Sezioni", "Maturit\xC3\xA0", "Indicatori",
         "Livelli di servizio", "Andamenti", "Rilievi", "Non conformit\xC3\xA0", "Riesame",
         "Evidenze", "Campioni", "Fonti", "Dati per confronti", "Qualit\xC3\xA0 dei dati",
         "Glossario", "Registro", "Calcolo"}};
    int lang;
    size_t i;

    for (lang = 0; lang < LANG_COUNT; lang++) {
        const struct sheet *sheet = build(*state, (enum lang)lang)->sheets;

        for (i = 0; i < ARRAY_LEN(ids); i++, sheet = sheet->next) {
            assert_non_null(sheet);
            assert_true(str_is(sheet->id, ids[i]));
            assert_true(str_is(sheet->name, names[lang][i]));
        }
        assert_null(sheet);
    }
}

static void checklist_says_what_was_answered(void **state)
{
    const struct book *en = build(*state, LANG_EN);
    const struct book *it = build(*state, LANG_IT);

    assert_text(cell_at(en, "checklist", "CF-TST-03", "status"), "scored");
    assert_text(cell_at(it, "checklist", "CF-TST-03", "status"), "valutata");
    assert_number(cell_at(en, "checklist", "CF-TST-03", "points"), CELL_POINTS, 4);
    assert_int_equal(cell_at(en, "checklist", "CF-TST-03", "points")->level, LEVEL_BAD);
    assert_text(cell_at(en, "checklist", "CF-TST-03", "proposed"), "4 (4\xE2\x80\x93"
                                                                   "6)");
    assert_text(cell_at(en, "checklist", "CF-TST-03", "figure"), "EV-002");
    assert_text(cell_at(en, "checklist", "CF-TST-03", "why"),
                "Scored by M-07 (computed): 89.3 %; limits set by contract");
    assert_text(cell_at(it, "checklist", "CF-TST-03", "why"),
                "Valutata con M-07 (calcolato): 89,3 %; soglie fissate da contratto");
    assert_text(cell_at(it, "checklist", "CF-TST-01", "letters"), "a, c");
    assert_text(cell_at(it, "checklist", "CF-TST-01", "basis"), "requisito");
    assert_text(cell_at(it, "checklist", "CF-TST-01", "why"), "Risposta di RGA il 20/01/2026");
    assert_text(cell_at(it, "checklist", "CF-TST-02", "gate"), "s\xC3\xAC");
    assert_text(cell_at(en, "checklist", "CF-TST-07", "why"),
                "Nothing in the data measures it; an auditor has to ask");
    assert_int_equal(cell_at(en, "checklist", "CF-TST-07", "points")->type, CELL_BLANK);
    assert_text(cell_at(en, "checklist", "CF-TST-09", "status"), "not applicable");
    assert_text(cell_at(en, "checklist", "CF-TST-10", "why"),
                "Asked since edition 2026; this audit follows 2015+A1");
    assert_text(cell_at(en, "checklist", "CF-TST-11", "basis"), "good practice");
    assert_number(cell_at(en, "checklist", "CF-TST-05", "weight"), CELL_NUMBER, 3);
    assert_int_equal(cell_at(en, "checklist", "CF-TST-05", "on")->type, CELL_DATE);
    assert_text(cell_at(en, "checklist", "CF-TST-05", "finding"), "FND-001");
}

static void metrics_have_figures_and_groups(void **state)
{
    const struct book *book = build(*state, LANG_EN);
    size_t row;

    assert_number(cell_at(book, "metrics", "EV-001", "value"), CELL_DURATION, 22.5 * 3600);
    assert_number(cell_at(book, "metrics", "EV-001", "p90"), CELL_DURATION, 96.25 * 3600);
    assert_number(cell_at(book, "metrics", "EV-001", "n"), CELL_INTEGER, 1060);
    assert_text(cell_at(book, "metrics", "EV-001", "reasons"), "no resolution time: 15");
    assert_number(cell_at(book, "metrics", "EV-002", "value"), CELL_SHARE, 960.0 / 1075);
    assert_number(cell_at(book, "metrics", "EV-002", "target"), CELL_SHARE, 0.95);
    assert_text(cell_at(book, "metrics", "EV-002", "verdict"), "proven incapable");
    assert_int_equal(cell_at(book, "metrics", "EV-002", "verdict")->level, LEVEL_BAD);
    assert_text(cell_at(book, "metrics", "EV-002", "questions"), "CF-TST-03");
    assert_int_equal(cell_at(book, "metrics", "EV-002", "p50")->type, CELL_BLANK);
    assert_number(cell_at(book, "metrics", "EV-004", "value"), CELL_NUMBER, 1.34);
    assert_true(book_find_row(book, STR("metrics"), STR("EV-002"), &row));
    assert_text(cell_of(book, "metrics", row + 1, "key"), "P1");
    assert_number(cell_of(book, "metrics", row + 1, "value"), CELL_SHARE, 40.0 / 61);
    assert_int_equal(book_find_sheet(book, STR("metrics"))->row_count, 11 + 9);
}

static void findings_come_gravest_first(void **state)
{
    static const char *const types[] = {
        "minor nonconformity",         "to be graded", "to be graded", "observation",
        "opportunity for improvement", "strength"};
    static const char *const questions[] = {"CF-TST-05", "CF-TST-03", "CF-TST-08",
                                            "CF-TST-06", "CF-TST-11", "CF-TST-02"};
    const struct book *book = build(*state, LANG_EN);
    size_t i;

    for (i = 0; i < ARRAY_LEN(types); i++) {
        assert_text(cell_of(book, "findings", i, "type"), types[i]);
        assert_text(cell_of(book, "findings", i, "question"), questions[i]);
    }
    assert_text(cell_of(book, "findings", 0, "standing"), "decided by the auditor");
    assert_text(cell_of(book, "findings", 1, "standing"), "from the figures");
    assert_text(cell_of(book, "findings", 2, "standing"), "proposal, auditor to decide");
    assert_int_equal(row_at(book_find_sheet(book, STR("findings")), i - 1)->is_live, false);
    for (; i < book_find_sheet(book, STR("findings"))->row_count; i++)
        assert_int_equal(row_at(book_find_sheet(book, STR("findings")), i)->is_live, true);
}

static void a_breached_figure_without_a_question_is_a_finding(void **state)
{
    struct report_fixture *f = *state;
    struct figure *figure = &f->evidence.figures[4];
    const struct book *book;

    figure->target = 0.999;
    figure->verdict = STR("breached");
    book = build(f, LANG_EN);
    assert_text(cell_of(book, "findings", 2, "text"),
                "Data quality (all checks) is 98.7 % [97.9 % to 99.2 %], n = 1,075; target 99.9 %, "
                "breached");
    assert_int_equal(cell_of(book, "findings", 2, "question")->type, CELL_BLANK);
}

static void evidence_leads_to_line_and_byte(void **state)
{
    const struct book *book = build(*state, LANG_IT);
    size_t row = row_with(book, "evidence", "case", "D-0107");

    assert_text(cell_of(book, "evidence", row, "evidence"), "EV-002");
    assert_text(cell_of(book, "evidence", row, "list"), "da esaminare");
    assert_text(cell_of(book, "evidence", row, "remark"),
                "indicato rispettato, ma concluso in ritardo");
    assert_text(cell_of(book, "evidence", row, "source"), "tickets-2025-2.csv.gz");
    assert_number(cell_of(book, "evidence", row, "line"), CELL_INTEGER, 15);
    assert_number(cell_of(book, "evidence", row, "byte"), CELL_INTEGER, 1837);
    assert_text(cell_of(book, "evidence", row, "sha256"), "3c3c3c3c3c3c3c3c");
    assert_text(cell_at(book, "sources", "tickets-2025-2.csv.gz", "sha256"),
                "3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c");
}

static void quality_tells_every_row(void **state)
{
    const struct book *book = build(*state, LANG_EN);
    size_t row;

    row = row_with(book, "data-quality", "what",
                   "read = used + filtered + rejected: 4,003 = 3,990 + 11 + 2");
    assert_number(cell_of(book, "data-quality", row, "share"), CELL_SHARE, 3990.0 / 4003);
    row = row_with(book, "data-quality", "topic", "rejected rows");
    assert_text(cell_of(book, "data-quality", row, "what"), "not a date or time in a known format");
    assert_text(cell_of(book, "data-quality", row, "first"), "line 17: 31/02/2025; line 18");
    row = row_with(book, "data-quality", "topic", "missing source");
    assert_text(cell_of(book, "data-quality", row, "where"), "surveys");
    assert_text(cell_of(book, "data-quality", row, "level"), "problem");
    row = row_with(book, "data-quality", "topic", "truncated source");
    assert_text(cell_of(book, "data-quality", row, "where"), "tickets-2025-2.csv.gz");
    row = row_with(book, "data-quality", "topic", "disagreement");
    assert_number(cell_of(book, "data-quality", row, "count"), CELL_INTEGER, 39);
}

static void an_account_that_does_not_add_up_is_shown(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book;
    size_t row;

    f->evidence.sources[0].rows_used--;
    book = build(f, LANG_EN);
    row = row_with(book, "data-quality", "what",
                   "does not add up: 5,012 read, 5,011 used, 0 filtered, 0 rejected");
    assert_text(cell_of(book, "data-quality", row, "level"), "problem");
}

static const struct cell *named_cell(const struct book *book, const char *name)
{
    const struct sheet *sheet;
    const struct row *row;
    size_t i;

    for (sheet = book->sheets; sheet; sheet = sheet->next)
        for (row = sheet->rows; row; row = row->next)
            for (i = 0; i < row->cell_count; i++)
                if (row->cells[i].extra && str_is(row->cells[i].extra->name, name))
                    return &row->cells[i];
    return NULL;
}

static void cover_has_both_indexes(void **state)
{
    const struct book *book = build(*state, LANG_EN);
    const struct sheet *cover = book_find_sheet(book, STR("cover"));

    assert_true(cover->is_one_wide);
    /* by hand: 3*8+3*10+4*4+3*8+3*4+3*8 = 130 of 190; open 3+2 of 24 */
    assert_number(named_cell(book, "conformity_score"), CELL_SHARE, 130.0 / 190);
    assert_number(named_cell(book, "conformity_coverage"), CELL_SHARE, 19.0 / 24);
    assert_number(named_cell(book, "conformity_low"), CELL_SHARE, 130.0 / 240);
    assert_number(named_cell(book, "conformity_high"), CELL_SHARE, 180.0 / 240);
    assert_number(named_cell(book, "practice_score"), CELL_SHARE, 22.0 / 30);
    assert_int_equal(named_cell(book, "as_of")->type, CELL_INSTANT);
    assert_non_null(named_cell(book, "conformity_score")->extra->formula.ptr);
    assert_text(cell_of(book, "cover", 2, "l1"),
                "The organization is not ready on the questions assessed: conformity 68.4 % "
                "(cfaudit), coverage 79.2 %.");
    assert_int_equal(cell_of(book, "cover", 2, "l1")->level, LEVEL_BAD);
    assert_true(row_with(book, "cover", "l1",
                         "This result supports an audit. Whether requirements are met for "
                         "certification is decided by a certification body only.") <
                cover->row_count);
    assert_true(row_with(book, "cover", "l2", "no data: needs a register of risks and actions") <
                cover->row_count);
}

static void every_link_leads_somewhere(void **state)
{
    int lang;

    for (lang = 0; lang < LANG_COUNT; lang++) {
        const struct book *book = build(*state, (enum lang)lang);
        const struct sheet *sheet;
        const struct row *row;
        size_t links = 0;
        size_t i;

        for (sheet = book->sheets; sheet; sheet = sheet->next) {
            for (row = sheet->rows; row; row = row->next) {
                for (i = 0; i < row->cell_count; i++) {
                    const struct cell_extra *extra = row->cells[i].extra;
                    size_t target;

                    if (!extra || !extra->link_key.ptr || str_is(extra->link_sheet, "evidence"))
                        continue; /* figures without citations have none there */
                    assert_true(book_find_row(book, extra->link_sheet, extra->link_key, &target));
                    links++;
                }
            }
        }
        assert_true(links > 100);
    }
}

static void sheets_without_data_are_named(void **state)
{
    struct report_fixture *f = *state;
    const struct book *book;

    f->evidence.figure_count = 0;
    f->evidence.source_count = 0;
    f->evidence.missing_count = 0;
    f->evidence.document_count = 0;
    f->evidence.note_count = 0;
    book = build(f, LANG_EN);
    assert_null(book_find_sheet(book, STR("metrics")));
    assert_null(book_find_sheet(book, STR("sla")));
    assert_null(book_find_sheet(book, STR("series")));
    assert_null(book_find_sheet(book, STR("trend-data")));
    assert_null(book_find_sheet(book, STR("evidence")));
    assert_null(book_find_sheet(book, STR("sources")));
    assert_text(cell_of(book, "log", row_with(book, "log", "item", "Metrics"), "kind"),
                "sheet left out");
    assert_text(cell_of(book, "log", row_with(book, "log", "item", "Evidence"), "message"),
                "no data for it");
}

static void figures_alone_make_a_book(void **state)
{
    struct report_fixture *f = *state;
    struct book *book = NULL;

    assert_int_equal(report_figures(&f->arena, &f->evidence, LANG_EN, &f->diag, &book), STATUS_OK);
    assert_null(book_find_sheet(book, STR("cover")));
    assert_null(book_find_sheet(book, STR("checklist")));
    assert_true(str_is(book_main_sheet(book)->id, "metrics"));
}

static void an_unknown_zone_is_no_utc(void **state)
{
    struct report_fixture *f = *state;
    struct book *book = NULL;

    f->evidence.audit.zone = STR("Europe/Rom");
    assert_true(report_build(&f->arena, &f->evidence, f->result, LANG_EN, &f->diag, &book) < 0);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    assert_null(book);
}

/* And no line is longer than a terminal is wide. */
static void assert_summary(struct report_fixture *f, enum lang lang, const char *expected)
{
    const char *line;
    struct buf out;

    buf_init(&out, 1 << 20);
    report_summary(&f->evidence, f->result, lang, &out);
    assert_false(out.failed);
    for (line = out.bytes; *line; line = strchr(line, '\n') + 1)
        assert_true(text_width((struct str){line, (size_t)(strchr(line, '\n') - line)}) <= 80);
    assert_string_equal(out.bytes, expected);
    buf_done(&out);
}

static void summary_in_english(void **state)
{
    assert_summary(
        *state, LANG_EN,
        "Internal audit of the help desk, 2025\n"
        "Example & Sons S.p.A.; 2025-01-01 to 2025-12-31; as of 2026-01-15 08:30\n"
        "\n"
        "conformity   cfaudit: 68.4 % [54.2-75.0], coverage 79.2 %, band C: not ready\n"
        "practice     cfaudit: 73.3 % [73.3-73.3], coverage 100.0 %, band C: not ready\n"
        "letters      a 68.2 %, b 60.0 %, c 80.0 %\n"
        "gates        G3: letter too weak: letter a 68.2 %, below 70 %; letter b 60.0 %,\n"
        "             below 70 %\n"
        "             G4: gate question with 0 or 4 points: CF-TST-03\n"
        "             G0, G1, G2, G5, G6, G7 passed\n"
        "figures      SLA attainment (computed): 89.3 %, n = 1,075, target 95.0 %:\n"
        "             proven incapable\n"
        "             Time to resolve (reported): 22.50 h, n = 1,060\n"
        "             Reopen rate (within 14 days): 3.0 %, n = 1,040\n"
        "             Reassignment between groups (changes of group): 1.34, n = 1,075\n"
        "             Consistency of service (computed): 9.1 %, n = 11\n"
        "             Severity of breaches (elapsed per target): 1.42, n = 115\n"
        "lists        Commitments missed: Cases outside the agreed time 115\n"
        "             Risks without action: no data: needs a register of risks and\n"
        "             actions\n"
        "             Signals without reaction: Signals in control charts 1\n"
        "             Customers without a voice: no data: needs surveys or complaints\n"
        "             by customer\n"
        "rows         tickets-2025-1.csv: 5,012 read = 5,012 used + 0 filtered + 0\n"
        "             rejected, 612 cases\n"
        "             tickets-2025-2.csv.gz: 4,003 read = 3,990 used + 11 filtered + 2\n"
        "             rejected, 463 cases\n"
        "             tickets-2025-2.csv.gz ends early: incomplete\n"
        "             surveys: missing, no file matches\n"
        "findings     1. minor nonconformity, CF-TST-05: Procedure PR-09, par. 5.3,\n"
        "             asks for an analysis within fifteen working days. For four months\n"
        "             below the agreed level the register of reactions has no entry.\n"
        "             2. to be graded, CF-TST-03: The figures give 4 of 10 points.\n"
        "             Scored by M-07 (computed): 89.3 %; limits set by contract\n"
        "             3. to be graded, CF-TST-08: The figures propose 4 of 10 points.\n"
        "             M-11 (within 14 days) is 3.0 %; the question also needs an\n"
        "             auditor's judgement\n"
        "grades       CF-TST-02: decided strength, proposed conform\n");
}

static void summary_of_nothing_answered(void **state)
{
    struct report_fixture *f = *state;
    struct buf out;
    size_t i;

    for (i = 0; i < f->result->question_count; i++) {
        f->result->questions[i].assessment.status = ANSWER_NOTCHECKED;
        f->result->questions[i].assessment.grade = GRADE_NONE;
        f->result->questions[i].assessment.origin = ORIGIN_NONE;
        f->result->questions[i].assessment.proposed = -1;
    }
    for (i = 0; i < INDEX_COUNT; i++) {
        struct tally *sections = f->result->index[i].sections;

        memset(sections, 0, f->result->section_count * sizeof *sections);
        f->result->index[i] = (struct score_index){.sections = sections};
    }
    f->result->index[INDEX_CONFORMITY].is_incomplete = true;
    f->result->index[INDEX_CONFORMITY].all.count_open = 10;
    f->result->index[INDEX_CONFORMITY].all.has_coverage = true;
    f->result->index[INDEX_CONFORMITY].all.coverage = RATIO_ZERO;
    f->result->index[INDEX_CONFORMITY].all.low = RATIO_ZERO;
    f->result->index[INDEX_CONFORMITY].all.high = RATIO_ONE;
    f->result->gates[1].is_triggered = true;
    f->result->gates[1].nothing_scored = true;
    buf_init(&out, 1 << 20);
    report_summary(&f->evidence, f->result, LANG_IT, &out);
    assert_non_null(strstr(out.bytes,
                           "\nconformit\xC3\xA0   cfaudit: non valutato [0,0-100,0], copertura 0,0 %, "
                           "fascia\n             incompleto\n"));
    assert_non_null(strstr(out.bytes, "G1: nessuna domanda \xC3\xA8 stata ancora valutata\n"));
    assert_non_null(
        strstr(out.bytes, "\nincompleto: 0 risposte su 10; prossima: CF-TST-07, CF-TST-08\n"));
    buf_done(&out);
    (void)build(f, LANG_IT);
}

static void keep(struct book *book, struct diag *diag, const char *name)
{
    const char *folder = getenv("CFAUDIT_BOOKS");
    char path[512];

    if (!folder)
        return;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(writer_find(STR("xlsx"))->write(book, path, diag), STATUS_OK);
}

static void workbooks_for_the_checks_outside(void **state)
{
    struct report_fixture *f = *state;

    keep(build(f, LANG_EN), &f->diag, "report-en.xlsx");
    keep(build(f, LANG_IT), &f->diag, "report-it.xlsx");
}

static void workbooks_of_hostile_texts(void **state)
{
    static const char *const hostile[] = {"=1+1;", "@x \xFF\xFE \xE2\x80\xAE _x0041_ \x01",
                                          "-2+3\t\n\n"};
    size_t i;

    (void)state;
    for (i = 0; i < ARRAY_LEN(hostile); i++) {
        struct report_fixture f;
        char name[32];
        struct buf out;

        assert_true(fixture_init(&f, str_of(hostile[i])));
        buf_init(&out, 1 << 22);
        report_summary(&f.evidence, f.result, LANG_EN, &out);
        assert_null(strchr(out.bytes, '\x01'));
        assert_null(strstr(out.bytes, "\xE2\x80\xAE"));
        assert_int_equal(utf8_valid_prefix(buf_str(&out)), out.len);
        buf_clear(&out);
        assert_int_equal(writer_find(STR("text"))->write_text(build(&f, LANG_EN), &out, &f.diag),
                         STATUS_OK);
        assert_null(strchr(out.bytes, '\x01'));
        buf_clear(&out);
        assert_int_equal(writer_find(STR("csv"))->write_text(build(&f, LANG_EN), &out, &f.diag),
                         STATUS_OK);
        assert_null(strstr(out.bytes, ",="));
        assert_null(strstr(out.bytes, ",\"="));
        assert_null(strstr(out.bytes, ",@"));
        snprintf(name, sizeof name, "hostile-%zu.xlsx", i);
        keep(build(&f, LANG_EN), &f.diag, name);
        buf_done(&out);
        fixture_done(&f);
    }
}

static void memory_that_runs_out_is_told_once(void **state)
{
    struct report_fixture *f = *state;
    unsigned long all;
    unsigned long nth;

    for (nth = 0, all = 1; nth <= all; nth++) {
        struct book *book = NULL;
        struct arena arena;
        enum status status;
        struct diag diag;
        struct buf out;
        bool is_short;

        arena_init(&arena);
        diag_init(&diag);
        buf_init(&out, 1 << 20);
        mem_fail_at(nth);
        status = report_build(&arena, &f->evidence, f->result, LANG_EN, &diag, &book);
        report_summary(&f->evidence, f->result, LANG_EN, &out);
        if (nth == 0)
            all = mem_count();
        mem_fail_at(0);
        is_short = out.failed;
        /* the one failure shows in exactly one of the two */
        assert_int_equal((status == STATUS_MEMORY) + is_short, nth == 0 ? 0 : 1);
        assert_int_equal(diag.by_severity[SEVERITY_FATAL], status == STATUS_MEMORY ? 1 : 0);
        buf_done(&out);
        diag_done(&diag);
        arena_done(&arena);
    }
    assert_true(all > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_go_together),
        cmocka_unit_test(raw_words_have_a_plain_form),
        cmocka_unit_test_setup_teardown(sheets_stand_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checklist_says_what_was_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metrics_have_figures_and_groups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(findings_come_gravest_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_breached_figure_without_a_question_is_a_finding, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(evidence_leads_to_line_and_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quality_tells_every_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_account_that_does_not_add_up_is_shown, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(cover_has_both_indexes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_link_leads_somewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sheets_without_data_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_alone_make_a_book, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_zone_is_no_utc, set_up, tear_down),
        cmocka_unit_test_setup_teardown(summary_in_english, set_up, tear_down),
        cmocka_unit_test_setup_teardown(summary_of_nothing_answered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(workbooks_for_the_checks_outside, set_up, tear_down),
        cmocka_unit_test(workbooks_of_hostile_texts),
        cmocka_unit_test_setup_teardown(memory_that_runs_out_is_told_once, set_up, tear_down),
    };

    if (getenv("CFAUDIT_BOOKS"))
        cmocka_set_test_filter("workbooks_*");
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
