/*
 * A made-up ledger and result for tests of pages and writers: twelve questions of all kinds, five
 * figures with months and groups, one clean and one damaged source. Figures are round, so that
 * what a sheet must show can be said without a calculation.
 */
#ifndef CFAUDIT_TESTS_REPORT_FIXTURE_H
#define CFAUDIT_TESTS_REPORT_FIXTURE_H

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "score/score.h"

struct report_fixture {
    struct arena arena;
    struct diag diag;
    struct evidence evidence;
    struct result *result;
    struct str hostile; /* in front of every text when set */
};

static inline struct str fixture_text(struct report_fixture *f, const char *text)
{
    return f->hostile.ptr ? arena_format(&f->arena, "%.*s%s", STR_ARG(f->hostile), text)
                          : arena_str(&f->arena, str_of(text));
}

static inline struct words fixture_words(struct report_fixture *f, const char *en, const char *it)
{
    struct words words;

    words.in[LANG_EN] = fixture_text(f, en);
    words.in[LANG_IT] = fixture_text(f, it);
    return words;
}

static inline struct instant fixture_instant(const char *text)
{
    struct instant instant = INSTANT_MISSING;
    unsigned dropped;

    (void)instant_parse(str_of(text), &instant, &dropped);
    return instant;
}

static inline void fixture_clear(struct figure *figure)
{
    size_t i;

    figure->value = figure->low = figure->high = NAN;
    for (i = 0; i < QUANTILE_COUNT; i++)
        figure->quantiles[i] = figure->quantile_low[i] = figure->quantile_high[i] = NAN;
    figure->minimum = figure->maximum = figure->km_median = figure->target = NAN;
    figure->centre = figure->lower = figure->upper = NAN;
    figure->chart.centre = figure->chart.spread = NAN;
}

static inline void fixture_share(struct figure *figure, uint64_t k, uint64_t n, double low,
                                 double high)
{
    figure->unit = STR("1");
    figure->k = k;
    figure->n = n;
    figure->value = (double)k / (double)n;
    figure->low = low;
    figure->high = high;
    figure->method = STR("wilson");
}

static inline void fixture_hours(struct figure *figure, uint64_t n, double p50, double p90)
{
    figure->unit = STR("s");
    figure->n = n;
    figure->value = figure->quantiles[QUANTILE_P50] = p50 * 3600;
    figure->low = p50 * 3600 * 0.95;
    figure->high = p50 * 3600 * 1.05;
    figure->quantiles[QUANTILE_P85] = p90 * 3600 * 0.9;
    figure->quantiles[QUANTILE_P90] = p90 * 3600;
    figure->quantiles[QUANTILE_P95] = p90 * 3600 * 1.2;
    figure->method = STR("order-statistic");
}

static inline struct citations fixture_citations(struct report_fixture *f, const char *prefix,
                                                 size_t count, const char *note)
{
    struct citations citations = {arena_alloc(&f->arena, count, sizeof(struct citation)), count};
    size_t i;

    for (i = 0; i < count; i++) {
        struct str id = arena_format(&f->arena, "%s%04zu", prefix, 100 + i * 7);

        citations.list[i] = (struct citation){.case_id = fixture_text(f, id.ptr),
                                              .source = (uint32_t)(i % 2),
                                              .line = 2 + i * 13,
                                              .offset = 120 + i * 1717,
                                              .value = 36000.0 * (double)(count - i),
                                              .note = str_of(note)};
    }
    return citations;
}

static inline void fixture_series(struct report_fixture *f, struct figure *top, size_t months)
{
    size_t i;

    top->series = arena_alloc(&f->arena, months, sizeof *top->series);
    top->series_count = months;
    for (i = 0; i < months; i++) {
        struct figure *month = &top->series[i];

        fixture_clear(month);
        month->key = arena_format(&f->arena, "2025-%02zu", i + 1);
        month->unit = top->unit;
        if (i == 7)
            continue; /* a month without cases */
        if (str_is(top->unit, "s"))
            fixture_hours(month, 80 + i, 20 + (double)(i * 5 % 7), 90 + (double)(i * 11 % 17));
        else
            fixture_share(month, 70 + i % 5, 80 + i, 0.78, 0.95);
    }
}

/* Limits for the periods of a series, and a signal where they are left: `answered` of them with a
   reaction, the first ones. */
static inline void fixture_chart(struct report_fixture *f, struct figure *figure, const char *kind,
                                 double centre, double half, size_t answered)
{
    size_t i;

    figure->chart = (struct figure_chart){.kind = str_of(kind),
                                          .centre = centre,
                                          .spread = half / 3,
                                          .from = figure->series[0].key,
                                          .until = figure->series[figure->series_count - 1].key,
                                          .is_provisional = figure->series_count < 20};
    for (i = 0; i < figure->series_count; i++) {
        struct figure *period = &figure->series[i];
        double width = half * (1 + 0.1 * (double)(i % 3)); /* sizes of periods differ */

        period->centre = centre;
        period->lower = fmax(0, centre - width);
        period->upper = str_is(figure->unit, "1") ? fmin(1, centre + width) : centre + width;
        if (!(period->value < period->lower || period->value > period->upper))
            continue;
        period->signal = STR("beyond-limits");
        if (figure->chart.signals++ < answered)
            period->reaction = fixture_text(f, "2025-04-02, head of support: two more people on the "
                                               "evening shift (minutes 12/25)");
        else
            figure->chart.unanswered++;
    }
}

/* Classes of values with the sizes given; the last one is open. */
static inline void fixture_bins(struct report_fixture *f, struct figure *figure,
                                const double *hours, const uint64_t *sizes, size_t count)
{
    size_t i;

    figure->bins = arena_alloc(&f->arena, count, sizeof *figure->bins);
    figure->bin_count = count;
    for (i = 0; i < count; i++)
        figure->bins[i] = (struct figure_bin){
            hours[i] * 3600, i + 1 < count ? hours[i + 1] * 3600 : NAN, sizes[i]};
}

static inline void fixture_group(struct report_fixture *f, struct figure *top, const char *key,
                                 uint64_t k, uint64_t n)
{
    struct figure *groups = arena_alloc(&f->arena, top->breakdown_count + 1, sizeof *groups);
    struct figure *group;

    if (top->breakdown_count)
        memcpy(groups, top->breakdown, top->breakdown_count * sizeof *groups);
    top->breakdown = groups;
    group = &groups[top->breakdown_count++];
    fixture_clear(group);
    group->by = STR("priority");
    group->key = fixture_text(f, key);
    if (str_is(top->unit, "s"))
        fixture_hours(group, n, (double)k, (double)k * 4);
    else
        fixture_share(group, k, n, (double)k / (double)n - 0.03, (double)k / (double)n + 0.02);
}

static inline void fixture_exclude(struct report_fixture *f, struct figure *figure,
                                   const char *reason, uint64_t n)
{
    figure->excluded = arena_alloc(&f->arena, 1, sizeof *figure->excluded);
    figure->excluded_count = 1;
    figure->excluded[0].reason = str_of(reason);
    figure->excluded[0].n = n;
    figure->excluded[0].first = fixture_citations(f, "X-", n < 3 ? n : 3, NULL);
}

static inline struct figure *fixture_figure(struct report_fixture *f, const char *measure,
                                            const char *name, const char *variant,
                                            const char *population)
{
    struct evidence *evidence = &f->evidence;
    struct figure *figure = &evidence->figures[evidence->figure_count++];

    fixture_clear(figure);
    figure->id = arena_format(&f->arena, "EV-%03zu", evidence->figure_count);
    figure->measure = str_of(measure);
    figure->name = str_of(name);
    figure->variant = str_of(variant);
    figure->population = str_of(population);
    return figure;
}

/* The row of a service level, with months of its own. */
static inline struct figure *fixture_level(struct report_fixture *f, struct figure *top,
                                           const char *level, uint64_t k, uint64_t n, double target)
{
    struct figure *row;
    size_t i;

    fixture_group(f, top, level, k, n);
    row = &top->breakdown[top->breakdown_count - 1];
    row->by = STR("level");
    row->target = target;
    row->target_source = STR("contract");
    row->open = 3;
    row->verdict = row->value < target ? STR("breached") : STR("met");
    fixture_series(f, row, 12);
    for (i = 0; i < row->series_count; i++) {
        struct figure *period = &row->series[i];

        if (period->n == 0)
            continue;
        period->target = target;
        period->verdict = period->value < target ? STR("breached") : STR("met");
    }
    return row;
}

/* The agreement of the levels, its calendar, what they promise. */
static inline void fixture_terms(struct report_fixture *f)
{
    struct evidence *evidence = &f->evidence;
    struct evidence_level level = {.sla = STR("c-17"),
                                   .metric = STR("resolution"),
                                   .type = STR("customer"),
                                   .kind = STR("general"),
                                   .share = 0.95,
                                   .calendar = STR("italy-office"),
                                   .source = STR("contract")};

    evidence->documents = arena_alloc(&f->arena, 2, sizeof *evidence->documents);
    evidence->document_count = 2;
    evidence->documents[0] = (struct evidence_document){
        .kind = STR("calendar"), .id = STR("italy-office"), .revision = 2, .name = STR("italy")};
    evidence->documents[0].title =
        fixture_words(f, "Offices in Italy, five days", "Uffici in Italia, cinque giorni");
    memset(evidence->documents[0].sha256.bytes, 0x11, 32);
    evidence->documents[1] = (struct evidence_document){
        .kind = STR("sla"), .id = STR("c-17"), .revision = 4, .name = STR("sla.xml")};
    evidence->documents[1].title = fixture_words(f, "Contract C-17", "Contratto C-17");
    memset(evidence->documents[1].sha256.bytes, 0x17, 32);
    evidence->levels = arena_alloc(&f->arena, 2, sizeof *evidence->levels);
    evidence->level_count = 2;
    level.id = fixture_text(f, "P1-resolve");
    level.title = fixture_words(f, "Priority 1, resolution", "Priorit\xC3\xA0 1, risoluzione");
    level.document = fixture_text(f, "Contract C-17, annex SLA, par. 4");
    level.target = 4 * 3600;
    evidence->levels[0] = level;
    level.id = fixture_text(f, "other-resolve");
    level.title = fixture_words(f, "Other priorities", "Altre priorit\xC3\xA0");
    level.target = 16 * 3600;
    level.share = 0.85;
    evidence->levels[1] = level;
}

/* What is said of the service levels beside attainment. */
static inline void fixture_sla_figures(struct report_fixture *f)
{
    struct figure *figure;
    struct figure *row;

    figure = fixture_figure(f, "M-07", "sla-attainment", "reported",
                            "cases with the source's own flag");
    fixture_share(figure, 1003, 1075, 0.916, 0.947);
    fixture_series(f, figure, 12);
    figure = fixture_figure(f, "M-08", "consistency", "computed",
                            "periods with enough cases to judge");
    fixture_share(figure, 1, 11, 0.016, 0.377);
    row = fixture_level(f, figure, "P1-resolve", 4, 11, 1);
    row->series_count = 0;
    figure = fixture_figure(f, "M-08", "consistency", "computed-longest-miss",
                            "periods with enough cases to judge");
    figure->unit = STR("count");
    figure->value = 6;
    figure = fixture_figure(f, "M-09", "breach-severity", "elapsed-per-target", "breached cases");
    figure->unit = STR("count");
    figure->n = 115;
    figure->value = figure->quantiles[QUANTILE_P50] = 1.42;
    figure->quantiles[QUANTILE_P90] = 3.75;
    figure = fixture_figure(f, "M-09", "breach-severity", "over-twice", "breached cases");
    fixture_share(figure, 23, 115, 0.137, 0.282);
    figure = fixture_figure(f, "M-10", "backlog", "age", "cases open at the as-of instant");
    fixture_hours(figure, 79, 60, 310);
    figure->maximum = 1010 * 3600.0;
}

static inline void fixture_figures(struct report_fixture *f)
{
    static const double ages[] = {0, 8, 40, 80, 160, 320};
    static const uint64_t open[] = {6, 19, 24, 15, 8, 7};
    static const double hours[] = {0, 0.25, 1, 4, 8, 16, 40, 80, 160};
    static const uint64_t sizes[] = {21, 40, 70, 110, 202, 311, 180, 98, 28};
    struct figure *figure;

    f->evidence.figures = arena_alloc(&f->arena, 16, sizeof *f->evidence.figures);
    figure = fixture_figure(f, "M-03", "time-to-resolve", "reported",
                            "cases with a reported resolution time");
    fixture_hours(figure, 1060, 22.5, 96.25);
    fixture_group(f, figure, "P1", 4, 60);
    fixture_group(f, figure, "P2", 18, 300);
    fixture_group(f, figure, "P3", 30, 700);
    fixture_series(f, figure, 12);
    fixture_exclude(f, figure, "no-resolution-time", 15);
    figure->worst = fixture_citations(f, "T-", 10, NULL);
    figure->sample = fixture_citations(f, "S-", 10, NULL);
    figure->maximum = 1204.5 * 3600;
    fixture_chart(f, figure, "xmr", 23 * 3600.0, 8 * 3600.0, 0);
    fixture_bins(f, figure, hours, sizes, 9);

    figure = fixture_figure(f, "M-07", "sla-attainment", "computed",
                            "cases with a deadline that were ended or are overdue");
    fixture_share(figure, 960, 1075, 0.8727, 0.9102);
    figure->target = 0.95;
    figure->target_source = STR("contract");
    figure->target_document = fixture_text(f, "Contract C-17, annex SLA, par. 4");
    figure->verdict = STR("proven-incapable");
    fixture_group(f, figure, "P1", 40, 61);
    fixture_group(f, figure, "P2", 270, 304);
    fixture_group(f, figure, "P3", 650, 710);
    fixture_series(f, figure, 12);
    fixture_share(&figure->series[2], 53, 83, 0.53, 0.735);
    fixture_share(&figure->series[9], 58, 89, 0.548, 0.742);
    fixture_chart(f, figure, "laney-p", 0.86, 0.12, 1);
    figure->trend = (struct figure_trend){.n = 11, .s = -38, .z = -2.88, .p = 0.00396,
                                          .slope = -0.0089};
    figure->worst = fixture_citations(f, "T-", 10, "still open");
    figure->sample = fixture_citations(f, "S-", 10, NULL);
    figure->differences = arena_alloc(&f->arena, 1, sizeof *figure->differences);
    figure->difference_count = 1;
    figure->differences[0].reason = STR("flag-met-but-ended-late");
    figure->differences[0].n = 39;
    figure->differences[0].first = fixture_citations(f, "D-", 10, NULL);

    figure->open = 9;
    fixture_level(f, figure, "P1-resolve", 50, 61, 0.95);
    fixture_level(f, figure, "other-resolve", 910, 1014, 0.85);

    figure = fixture_figure(f, "M-11", "reopen-rate", "within-14-days",
                            "cases solved at least 14 days before the as-of instant");
    fixture_share(figure, 31, 1040, 0.0211, 0.042);
    figure = fixture_figure(f, "M-12", "reassignment", "changes", "cases with a known group");
    figure->unit = STR("count");
    figure->n = 1075;
    figure->value = 1.34;
    figure->low = 1.2;
    figure->high = 1.48;
    figure->method = STR("normal");
    figure = fixture_figure(f, "M-49", "data-quality", "records",
                            "all cases; counted when every check below holds");
    fixture_share(figure, 1061, 1075, 0.9785, 0.9922);
    fixture_sla_figures(f);
    fixture_bins(f, &f->evidence.figures[f->evidence.figure_count - 1], ages, open, 6);
}

static inline void fixture_sources(struct report_fixture *f)
{
    struct evidence *evidence = &f->evidence;
    struct accounting *source;

    evidence->sources = arena_alloc(&f->arena, 2, sizeof *evidence->sources);
    evidence->source_count = 2;
    source = &evidence->sources[0];
    source->identity.name = fixture_text(f, "tickets-2025-1.csv");
    source->identity.bytes = 123456;
    memset(source->identity.sha256.bytes, 0xA5, 32);
    source->map = STR("generic-ticket");
    source->dialect = STR("semicolon, UTF-8, CRLF");
    source->zone = STR("Europe/Rome");
    source->rows_read = source->rows_used = 5012;
    source->cases = 612;
    source->times_twice = 3;
    source = &evidence->sources[1];
    source->identity.name = fixture_text(f, "tickets-2025-2.csv.gz");
    source->identity.bytes = 45678;
    source->identity.truncated = true;
    memset(source->identity.sha256.bytes, 0x3C, 32);
    source->map = STR("generic-ticket");
    source->dialect = STR("semicolon, UTF-8, CRLF");
    source->zone = STR("Europe/Rome");
    source->rows_read = 4003;
    source->rows_used = 3990;
    source->rows_filtered = 11;
    source->rows_rejected = 2;
    source->cases = 463;
    source->reasons = arena_alloc(&f->arena, 2, sizeof *source->reasons);
    source->reason_count = 2;
    source->reasons[0] = (struct accounting_reason){.reason = STR("filtered-by-where"), .n = 11};
    source->reasons[1] = (struct accounting_reason){
        .reason = STR("record-instant"), .is_reject = true, .n = 2, .first_count = 2};
    source->reasons[1].first[0] =
        (struct accounting_place){17, 2200, fixture_text(f, "31/02/2025")};
    source->reasons[1].first[1] = (struct accounting_place){18, 2300, {NULL, 0}};
    evidence->missing = arena_alloc(&f->arena, 1, sizeof *evidence->missing);
    evidence->missing_count = 1;
    evidence->missing[0] =
        (struct missing_source){fixture_text(f, "surveys"), STR("no file matches")};
}

static inline void fixture_evidence(struct report_fixture *f)
{
    struct evidence *evidence = &f->evidence;
    struct evidence_audit *audit = &evidence->audit;

    evidence->tool_version = STR("cfaudit 0.1.0");
    evidence->zone_database = STR("2025b");
    evidence->seed = STR("helpdesk");
    audit->id = STR("helpdesk-2025");
    audit->title = fixture_words(f, "Internal audit of the help desk, 2025",
                                 "Audit interno del servizio di assistenza, 2025");
    audit->organization = fixture_text(f, "Example & Sons S.p.A.");
    audit->scope =
        fixture_words(f, "Customer support for the management software, first and second level.",
                      "Assistenza ai clienti sul software gestionale, primo e secondo livello.");
    audit->edition = STR("2015+A1");
    audit->zone = STR("Europe/Rome");
    audit->period_start = fixture_instant("2025-01-01T00:00:00+01:00");
    audit->period_end = fixture_instant("2026-01-01T00:00:00+01:00");
    audit->as_of = fixture_instant("2026-01-15T08:30:00+01:00");
    audit->as_of_is_given = true;
    audit->team = arena_alloc(&f->arena, 2, sizeof *audit->team);
    audit->team_count = 2;
    audit->team[0] = (struct team_member){fixture_text(f, "RGA"), STR("lead-auditor")};
    audit->team[1] = (struct team_member){fixture_text(f, "A1, auditor"), {NULL, 0}};
    fixture_sources(f);
    fixture_terms(f);
    fixture_figures(f);
    evidence->notes = arena_alloc(&f->arena, 1, sizeof *evidence->notes);
    evidence->note_count = 1;
    evidence->notes[0] = (struct ledger_note){STR("warning"),
                                              STR("source-truncated"),
                                              fixture_text(f, "compressed data break off"),
                                              fixture_text(f, "tickets-2025-2.csv.gz"),
                                              4004,
                                              1};
}

/* One question and its answer in few words. */
struct fixture_item {
    const char *en;
    const char *it;
    int weight;
    unsigned letters;
    enum basis basis;
    enum mode mode;
    bool is_gate;
    enum answer_status status;
    int points;
    int proposed;
    enum grade grade;
    enum answer_origin origin;
    enum why_code why;
    const char *figure;
    const char *finding;
};

static const struct fixture_item fixture_items[] = {
    {"How does top management itself make sure that requirements are met?",
     "In che modo l'alta direzione assicura che i requisiti siano soddisfatti?", 3,
     LETTER_A | LETTER_C, BASIS_REQUIREMENT, MODE_HUMAN, false, ANSWER_SCORED, 8, -1, GRADE_CONFORM,
     ORIGIN_PERSON, WHY_PERSON, NULL, NULL},
    {"Is there a current record of requirements for every active customer?",
     "Esiste una registrazione aggiornata dei requisiti per ogni cliente attivo?", 3, LETTER_A,
     BASIS_REQUIREMENT, MODE_SEMI, true, ANSWER_SCORED, 10, -1, GRADE_STRENGTH, ORIGIN_PERSON,
     WHY_PERSON, NULL, "The register is complete and was reviewed in full."},
    {"Are agreed service levels met, and consistently so?",
     "I livelli di servizio concordati sono rispettati, e con continuità?", 4, LETTER_A,
     BASIS_REQUIREMENT, MODE_AUTO, true, ANSWER_SCORED, 4, 4, GRADE_NONE, ORIGIN_FIGURE, WHY_FIGURE,
     "EV-002", NULL},
    {"Are risks that could affect customers determined and rated?",
     "I rischi che possono influire sui clienti sono determinati e valutati?", 3, LETTER_B,
     BASIS_REQUIREMENT, MODE_SEMI, true, ANSWER_SCORED, 8, -1, GRADE_CONFORM, ORIGIN_PERSON,
     WHY_PERSON, NULL, NULL},
    {"Were actions on risks carried out on time and their effect checked?",
     "Le azioni sui rischi sono state attuate nei tempi e la loro efficacia verificata?", 3,
     LETTER_B, BASIS_POLICY, MODE_HUMAN, false, ANSWER_SCORED, 4, -1, GRADE_MINOR, ORIGIN_PERSON,
     WHY_PERSON, NULL,
     "Procedure PR-09, par. 5.3, asks for an analysis within fifteen working days. For four months "
     "below the agreed level the register of reactions has no entry."},
    {"Is customers' perception monitored by defined methods?",
     "La percezione dei clienti è monitorata con metodi definiti?", 3, LETTER_C, BASIS_REQUIREMENT,
     MODE_SEMI, true, ANSWER_SCORED, 8, -1, GRADE_OBSERVATION, ORIGIN_PERSON, WHY_PERSON, NULL,
     "Answers are few in the smallest segment."},
    {"Are complaints answered within the limit?", "I reclami sono riscontrati entro il termine?", 3,
     LETTER_A | LETTER_C, BASIS_REQUIREMENT, MODE_AUTO, false, ANSWER_NOTCHECKED, -1, -1,
     GRADE_NONE, ORIGIN_NONE, WHY_NO_MEASURE, NULL, NULL},
    {"Do cases stay solved?", "I casi risolti restano risolti?", 2, LETTER_A, BASIS_REQUIREMENT,
     MODE_SEMI, false, ANSWER_NOTCHECKED, -1, 4, GRADE_NONE, ORIGIN_NONE, WHY_JUDGEMENT, "EV-003",
     NULL},
    {"Are commitments reviewed before they are given?",
     "Gli impegni sono riesaminati prima di essere assunti?", 3, LETTER_A, BASIS_REQUIREMENT,
     MODE_HUMAN, false, ANSWER_NOTAPPLICABLE, -1, -1, GRADE_NONE, ORIGIN_PERSON, WHY_PERSON, NULL,
     NULL},
    {"How does top management promote ethical behaviour?",
     "In che modo l'alta direzione promuove il comportamento etico?", 2, LETTER_C,
     BASIS_REQUIREMENT, MODE_HUMAN, false, ANSWER_INFORMATIONAL, -1, -1, GRADE_NONE, ORIGIN_NONE,
     WHY_EDITION, NULL, NULL},
    {"Do customers know who answers for them?", "I clienti sanno chi risponde di loro?", 2,
     LETTER_C, BASIS_GOOD_PRACTICE, MODE_HUMAN, false, ANSWER_SCORED, 6, -1, GRADE_OPPORTUNITY,
     ORIGIN_PERSON, WHY_PERSON, NULL, "Name the person in the first reply."},
    {"Are promises written down?", "Le promesse sono annotate?", 1, LETTER_A, BASIS_GOOD_PRACTICE,
     MODE_HUMAN, false, ANSWER_SCORED, 10, -1, GRADE_CONFORM, ORIGIN_PERSON, WHY_PERSON, NULL,
     NULL},
};

enum { FIXTURE_ITEMS = ARRAY_LEN(fixture_items) };

static inline void fixture_question(struct report_fixture *f, struct question *question,
                                    const struct fixture_item *item, size_t number)
{
    question->id = arena_format(&f->arena, "CF-TST-%02zu", number + 1);
    question->revision = 1;
    question->section = STR("ALL");
    question->clauses = arena_alloc(&f->arena, 1, sizeof *question->clauses);
    question->clauses[0] = STR("8.2.1");
    question->clause_count = 1;
    question->letters = item->letters;
    question->basis = item->basis;
    question->mode = item->mode;
    question->weight = ratio_make(item->weight, 1);
    question->is_gate = item->is_gate;
    question->text = fixture_words(f, item->en, item->it);
    question->evidence = fixture_words(f, "Records with owner and date, interviews.",
                                       "Registrazioni con responsabile e data, interviste.");
    question->help = fixture_words(f, "Ask for three examples.", "Chiedere tre esempi.");
}

/* A record out of a system under control: strong enough for everything. */
static inline struct proof fixture_proof(bool is_cited)
{
    return (struct proof){.kind = PROOF_RECORD,
                          .source = PROOF_CONTROLLED,
                          .is_direct = true,
                          .is_documentary = true,
                          .is_original = true,
                          .is_cited = is_cited};
}

static inline void fixture_assessment(struct report_fixture *f, struct assessment *assessment,
                                      const struct fixture_item *item)
{
    assessment->status = item->status;
    assessment->points = item->points;
    assessment->grade = item->grade;
    assessment->origin = item->origin;
    assessment->proposed = assessment->proposed_low = assessment->proposed_high = item->proposed;
    if (item->proposed >= 0)
        assessment->proposed_high += 2;
    assessment->why = STR("because");
    assessment->why_code = item->why;
    assessment->why_facts.value = assessment->why_facts.target = NAN;
    assessment->why_facts.since = STR("2026");
    assessment->why_facts.edition = STR("2015+A1");
    if (item->figure) {
        const struct figure *figure = &f->evidence.figures[item->figure[5] - '1'];

        assessment->why_facts.figure = figure->id;
        assessment->why_facts.measure = figure->measure;
        assessment->why_facts.variant = figure->variant;
        assessment->why_facts.unit = figure->unit;
        assessment->why_facts.value = figure->value;
        assessment->why_facts.limits_by = STR("contract");
        assessment->evidence = arena_alloc(&f->arena, 1, sizeof *assessment->evidence);
        assessment->evidence[0] = figure->id;
        assessment->proofs = arena_alloc(&f->arena, 1, sizeof *assessment->proofs);
        assessment->proofs[0] = fixture_proof(/* is_cited= */ false);
        assessment->evidence_count = 1;
    }
    if (item->origin != ORIGIN_PERSON)
        return;
    assessment->evidence = arena_alloc(&f->arena, 2, sizeof *assessment->evidence);
    assessment->evidence[0] = fixture_text(f, "Minutes of 14 March 2025");
    assessment->evidence[1] = STR("EV-001");
    assessment->proofs = arena_alloc(&f->arena, 2, sizeof *assessment->proofs);
    assessment->proofs[0] = fixture_proof(/* is_cited= */ true);
    assessment->proofs[1] = fixture_proof(/* is_cited= */ true);
    assessment->evidence_count = 2;
    assessment->reason = fixture_text(f, "Ten records were sampled; nine were in order.");
    assessment->finding = item->finding ? fixture_text(f, item->finding) : (struct str){NULL, 0};
    assessment->by = fixture_text(f, "RGA");
    assessment->on = STR("2026-01-20");
}

static inline bool fixture_init(struct report_fixture *f, struct str hostile)
{
    struct checklist *checklist;
    struct assessment *assessments;
    size_t i;

    memset(f, 0, sizeof *f);
    arena_init(&f->arena);
    diag_init(&f->diag);
    f->hostile = hostile;
    fixture_evidence(f);
    checklist = arena_alloc(&f->arena, 1, sizeof *checklist);
    checklist->id = STR("test-list");
    checklist->revision = 3;
    checklist->sections = arena_alloc(&f->arena, 1, sizeof *checklist->sections);
    checklist->sections[0] = (struct section){.id = STR("ALL"),
                                              .title = fixture_words(f, "All", "Tutto")};
    checklist->section_count = 1;
    checklist->questions = arena_alloc(&f->arena, FIXTURE_ITEMS, sizeof *checklist->questions);
    checklist->question_count = FIXTURE_ITEMS;
    assessments = arena_alloc(&f->arena, FIXTURE_ITEMS, sizeof *assessments);
    for (i = 0; i < FIXTURE_ITEMS; i++) {
        fixture_question(f, &checklist->questions[i], &fixture_items[i], i);
        assessments[i].question = &checklist->questions[i];
        fixture_assessment(f, &assessments[i], &fixture_items[i]);
    }
    if (score_compute(&f->arena, &checklist, 1, assessments, FIXTURE_ITEMS, NULL, &f->diag,
                      &f->result) !=
        STATUS_OK)
        return false;
    f->result->has_answers = true;
    return true;
}

static inline void fixture_done(struct report_fixture *f)
{
    arena_done(&f->arena);
    diag_done(&f->diag);
}

#endif
