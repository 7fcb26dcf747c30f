/* Service level agreements, and what an audit says about clock and charts. */
#include "plan_fixture.h"

#include <math.h>

static const struct str NONE = {NULL, 0};

#define HEAD \
    "<sla xmlns='urn:cfaudit:1' id='own' calendar='it-office' source='contract' document='C-17'>" \
    "<title lang='en'>T</title>\n"
#define LEVEL(attributes, children) \
    "<service-level " attributes "><title lang='en'>L</title>" children "</service-level>\n"
#define RESOLUTION "metric='resolution' "

/* Line and column of the last place of some words in the text. */
static void assert_place(const struct where *where, const char *text, const char *words)
{
    const char *found = NULL;
    const char *next = text;
    uint64_t line = 1;
    uint64_t column = 1;

    while ((next = strstr(next, words)) != NULL)
        found = next++;
    assert_non_null(found);
    for (; text < found; text++) {
        column = *text == '\n' ? 1 : column + 1;
        line += *text == '\n';
    }
    assert_int_equal(where->line, line);
    assert_int_equal(where->column, column);
}

static enum status load_sla(struct fixture *f, const char *text, struct sla_document **ret_sla)
{
    put(f, text);
    *ret_sla = NULL;
    return sla_load(&f->arena, &f->library, str_of(f->path), NONE, NONE, NONE, &f->diag,
                    ret_sla);
}

static void an_agreement_is_read_whole(void **state)
{
    struct fixture *f = *state;
    const struct service_level *level;
    struct sla_document *sla;

    assert_int_equal(
        load_sla(f,
                 "<sla xmlns='urn:cfaudit:1' id='own' revision='2' calendar='it-office'"
                 " patron='06-24' source='contract' document='C-17' from='2025-01-01'"
                 " until='2026-12-31'><title lang='en'>T</title><note lang='en'>N</note>"
                 "<party>Alfa</party>\n"
                 "<service-level id='P1' metric='first-response' target='PT1H30M' share='0.95'"
                 " change='restart' reopen='new-cycle'><title lang='it'>Uno</title>"
                 "<where field='priority' compare='eq' value='1'/>"
                 "<where field='customer' compare='present'/>"
                 "<pause class='pending'/><pause status='Awaiting parts'/><pause class='hold'/>"
                 "</service-level>\n"
                 "<service-level id='all' metric='resolution' kind='specific' working-days='2'"
                 " source='law' document='TIQV' calendar='us-federal' from='2025-06-01'>"
                 "<title lang='en'>All</title></service-level>"
                 "<service-level id='team' metric='resolution' type='operational' kind='specific'"
                 " target='PT4H' parent='all' parallel='true' change='as-of-open'>"
                 "<title lang='en'>Team</title></service-level></sla>",
                 &sla),
        STATUS_OK);
    assert_str(sla->id, "own");
    assert_int_equal(sla->revision, 2);
    assert_str(sla->party, "Alfa");
    assert_str(words_in(&sla->note, LANG_IT), "N");
    assert_int_equal(sla->level_count, 3);
    assert_int_equal(sla->calendar_count, 2); /* the first one is shared */
    level = &sla->levels[0];
    assert_str(level->id, "P1");
    assert_str(words_in(&level->title, LANG_EN), "Uno");
    assert_int_equal(level->metric, SLA_FIRST_RESPONSE);
    assert_int_equal(level->type, SLA_CUSTOMER);
    assert_int_equal(level->kind, SLA_GENERAL);
    assert_int_equal(level->target.us, 90 * MINUTE_US);
    assert_true(level->share == 0.95);
    assert_int_equal(level->source, TARGET_CONTRACT);
    assert_str(level->document, "C-17");
    assert_str(level->calendar->id, "it-office");
    assert_str(level->calendar->patron, "06-24");
    assert_int_equal(level->valid_from, civil_days(2025, 1, 1));
    assert_int_equal(level->valid_until, civil_days(2026, 12, 31));
    assert_int_equal(level->where_count, 2);
    assert_str(level->where[0].value, "1");
    assert_str(level->where[1].comparison, "present");
    assert_true(level->pauses_pending);
    assert_true(level->pauses_hold);
    assert_int_equal(level->pause_status_count, 1);
    assert_str(level->pause_statuses[0], "Awaiting parts");
    assert_int_equal(level->change, SLA_RESTART);
    assert_int_equal(level->reopen, SLA_NEW_CYCLE);
    assert_null(level->parent.ptr);
    level = &sla->levels[1];
    assert_int_equal(level->kind, SLA_SPECIFIC);
    assert_true(level->share == 1);
    assert_int_equal(level->target.us, 16 * HOUR_US); /* two days of eight hours */
    assert_int_equal(level->source, TARGET_LAW);
    assert_str(level->document, "TIQV");
    assert_str(level->calendar->id, "us-federal");
    assert_null(level->calendar->patron.ptr);
    assert_int_equal(level->valid_from, civil_days(2025, 6, 1));
    assert_int_equal(level->change, SLA_CARRY);
    assert_int_equal(level->reopen, SLA_RESUME);
    level = &sla->levels[2];
    assert_int_equal(level->type, SLA_OPERATIONAL);
    assert_str(level->parent, "all");
    assert_true(level->is_parallel);
    assert_int_equal(level->change, SLA_AS_OF_OPEN);
    assert_true(level->calendar == sla->levels[0].calendar);
    assert_int_equal(level->place.line, 3);
    sla_document_free(sla);
}

/* What the user of an agreement says holds where it says nothing, and its calendar has a place. */
static void the_holiday_of_the_town_may_come_from_outside(void **state)
{
    struct fixture *f = *state;
    struct sla_document *sla = NULL;

    put(f, HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'", "")
               LEVEL("id='b' metric='first-response' kind='specific' target='PT1H' patron='12-07'",
                     "")
               LEVEL("id='c' metric='next-response' kind='specific' target='PT1H'"
                     " calendar='us-federal'", "") "</sla>");
    assert_int_equal(sla_load(&f->arena, &f->library, str_of(f->path), STR("06-24"), NONE, NONE,
                              &f->diag, &sla),
                     STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    assert_int_equal(sla->calendar_count, 3);
    assert_true(sla->calendar == sla->levels[0].calendar);
    assert_str(sla->levels[0].calendar->patron, "06-24");
    assert_str(sla->levels[1].calendar->patron, "12-07");
    assert_null(sla->levels[2].calendar->patron.ptr);
    sla_document_free(sla);
}

static void a_bad_agreement_is_refused_at_its_place(void **state)
{
    static const struct {
        const char *text;
        enum rule rule;
        const char *at; /* the last of these words in the text */
        const char *message;
    } cases[] = {
        {HEAD LEVEL("id='a' " RESOLUTION "share='0.9'", "") "</sla>", RULE_SLA_TARGET, "<service-level",
         "time of a service level is not clear: it is not stated"},
        {HEAD LEVEL("id='a' " RESOLUTION "share='0.9' target='PT1H' working-days='1'", "") "</sla>",
         RULE_SLA_TARGET, "working-days=", "time of a service level is not clear: it is stated twice"},
        {HEAD LEVEL("id='a' " RESOLUTION "share='0.9' target='PT0S'", "") "</sla>",
         RULE_SLA_TARGET, "target='PT0S'", "time of a service level is not clear: nothing is done in no time"},
        {HEAD LEVEL("id='a' " RESOLUTION "target='PT1H'", "") "</sla>", RULE_SLA_SHARE, "<service-level",
         "share does not fit the kind of level: a general level needs one"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H' share='0.9'", "") "</sla>",
         RULE_SLA_SHARE, "share='0.9'",
         "share does not fit the kind of level: a specific level holds for every case"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H' from='2026-02-01'"
                    " until='2026-01-31'", "") "</sla>",
         RULE_SLA_VALIDITY, "until='2026-01-31'", "level never holds: it ends before it begins"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'",
                    "\n<pause class='hold' status='Waiting'/>") "</sla>",
         RULE_SLA_PAUSE, "<pause", "pause cannot be decided: it names a class and a status"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'", "\n<pause/>") "</sla>",
         RULE_SLA_PAUSE, "<pause", "pause cannot be decided: it names nothing"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'",
                    "<pause status='W'/>\n<pause status='W'/>") "</sla>",
         RULE_SLA_PAUSE, "status='W'", "pause cannot be decided: it is named twice"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'",
                    "<where field='priority' compare='eq'/>") "</sla>",
         RULE_PLAN_CONDITION, "compare='eq'", "condition cannot be decided: 'eq' needs a value"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H' patron='02-30'", "")
         "</sla>",
         RULE_PLAN_DAY, "patron='02-30'", "no year has this day: '02-30'"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' type='operational' target='PT1H'"
                    " parent='b'", "")
              LEVEL("id='b' " RESOLUTION "kind='specific' type='underpinning' target='PT1H'"
                    " parent='a'", "") "</sla>",
         RULE_SLA_PARENT, "parent='b'",
         "level cannot support its parent: 'a' supports itself by way of 'b'"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' type='operational' target='PT1H'"
                    " parent='a'", "") "</sla>",
         RULE_SLA_PARENT, "parent='a'",
         "level cannot support its parent: 'a' supports itself by way of 'a'"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'", "")
              LEVEL("id='b' metric='first-response' kind='specific' type='operational'"
                    " target='PT1H' parent='a'", "") "</sla>",
         RULE_SLA_PARENT, "parent='a'",
         "level cannot support its parent: 'a' is about resolution, not first-response"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'", "")
              LEVEL("id='b' " RESOLUTION "kind='specific' target='PT2H' parent='a'",
                    "<where field='x' compare='present'/>") "</sla>",
         RULE_SLA_PARENT, "parent='a'",
         "level cannot support its parent: a promise to a customer supports no other"},
        {HEAD LEVEL("id='a' " RESOLUTION "kind='specific' target='PT1H'",
                    "<where field='x' compare='eq' value='1'/>")
              LEVEL("id='b' " RESOLUTION "kind='specific' target='PT2H'",
                    "<where field='x' compare='eq' value='1'/>") "</sla>",
         RULE_SLA_REPEATED, "id='b'", "levels have the same conditions: 'a' and 'b'"},
    };
    struct fixture *f = *state;
    struct sla_document *sla;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        enum status status = load_sla(f, cases[i].text, &sla);
        size_t d = 0;

        /* notes of the calendar come first */
        while (d < f->diag.count && f->diag.list[d].severity == SEVERITY_NOTE)
            d++;
        assert_int_equal(status, STATUS_INVALID);
        assert_null(sla);
        assert_str(f->diag.list[d].text, cases[i].message);
        assert_int_equal(f->diag.list[d].rule, cases[i].rule);
        assert_place(&f->diag.list[d].where, cases[i].text, cases[i].at);
        assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    }
}

static void a_parent_must_be_there(void **state)
{
    struct fixture *f = *state;
    struct sla_document *sla;

    assert_int_equal(load_sla(f,
                              HEAD LEVEL("id='a' " RESOLUTION "kind='specific' type='operational'"
                                         " target='PT1H' parent='nobody'", "") "</sla>",
                              &sla),
                     STATUS_INVALID);
    assert_null(sla);
}

static void working_days_need_days_of_one_length(void **state)
{
    static const char calendar[] =
        "<calendar xmlns='urn:cfaudit:1' id='own' zone='UTC'><title lang='en'>T</title><week>"
        "<day name='monday'><window from='09:00' to='17:00'/></day>"
        "<day name='friday'><window from='09:00' to='12:00'/></day></week></calendar>";
    struct fixture *f = *state;
    struct sla_document *sla;
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/uneven.xml", f->folder);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(calendar, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(load_sla(f,
                              "<sla xmlns='urn:cfaudit:1' id='own' calendar='uneven.xml'"
                              " source='policy'><title lang='en'>T</title>\n"
                              LEVEL("id='a' " RESOLUTION "kind='specific' working-days='2'", "")
                              "</sla>",
                              &sla),
                     STATUS_INVALID);
    assert_str(f->diag.list[0].text,
               "time of a service level is not clear: days of calendar 'own' differ in length");
    assert_int_equal(f->diag.list[0].where.line, 2);
    unlink(path);
}

/* Serial levels add up, of parallel ones the longest counts. */
static void a_chain_that_needs_longer_than_the_promise_is_told(void **state)
{
#define CHAIN(team, supplier, other) \
    HEAD LEVEL("id='promise' " RESOLUTION "kind='specific' target='PT8H'", "") \
        LEVEL("id='team' " RESOLUTION "type='operational' kind='specific' parent='promise'" team, \
              "<where field='x' compare='eq' value='1'/>") \
        LEVEL("id='supplier' " RESOLUTION "type='underpinning' kind='specific' parent='promise'" \
              supplier, "<where field='x' compare='eq' value='2'/>") \
        LEVEL("id='other' " RESOLUTION "type='underpinning' kind='specific' parent='promise'" \
              other, "<where field='x' compare='eq' value='3'/>") "</sla>"
    static const struct {
        const char *text;
        const char *message; /* NULL: the chain holds */
    } cases[] = {
        {CHAIN(" target='PT2H'", " target='PT3H'", " target='PT3H'"), NULL},
        {CHAIN(" target='PT2H'", " target='PT3H'", " target='PT3H1M'"),
         "supporting levels need longer than the promise: PT8H1M for 'promise', which promises "
         "PT8H"},
        {CHAIN(" target='PT2H'", " target='PT6H' parallel='true'",
               " target='PT5H' parallel='true'"), NULL},
        {CHAIN(" target='PT3H'", " target='PT6H' parallel='true'",
               " target='PT5H' parallel='true'"),
         "supporting levels need longer than the promise: PT9H for 'promise', which promises PT8H"},
        /* one follows the other in time, so that they are never together */
        {CHAIN(" target='PT3H'", " target='PT5H' until='2025-12-31'",
               " target='PT4H' from='2026-01-01'"), NULL},
        {CHAIN(" target='PT3H'", " target='PT5H' until='2026-01-01'",
               " target='PT4H' from='2026-01-01'"),
         "supporting levels need longer than the promise: PT12H for 'promise', which promises "
         "PT8H"},
    };
    struct fixture *f = *state;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        struct sla_document *sla;

        assert_int_equal(load_sla(f, cases[i].text, &sla), STATUS_OK);
        assert_int_equal(f->diag.by_rule[RULE_SLA_CHAIN], cases[i].message != NULL);
        if (cases[i].message) {
            const struct diagnostic *item = &f->diag.list[f->diag.count - 1];

            assert_str(item->text, cases[i].message);
            assert_int_equal(item->where.line, 2);
            assert_int_equal(item->severity, SEVERITY_WARNING);
        }
        sla_document_free(sla);
    }
#undef CHAIN
}

static void what_never_counts_or_stands_alone_is_told(void **state)
{
    struct fixture *f = *state;
    struct sla_document *sla;

    assert_int_equal(
        load_sla(f,
                 HEAD LEVEL("id='all' " RESOLUTION "kind='specific' target='PT1H'", "")
                     LEVEL("id='P1' " RESOLUTION "kind='specific' target='PT1H'",
                           "<where field='priority' compare='eq' value='1'/>")
                     LEVEL("id='team' " RESOLUTION "type='operational' kind='specific'"
                           " target='PT1H'", "")
                     LEVEL("id='answer' metric='first-response' kind='specific' target='PT1H'", "")
                     "</sla>",
                 &sla),
        STATUS_OK);
    assert_int_equal(f->diag.by_rule[RULE_SLA_SHADOWED], 1);
    assert_int_equal(f->diag.by_rule[RULE_SLA_ALONE], 1);
    assert_str(f->diag.list[1].text, "level never counts: 'P1' stands behind 'all'");
    assert_int_equal(f->diag.list[1].where.line, 3);
    assert_str(f->diag.list[2].text, "level supports no other: 'team'");
    sla_document_free(sla);
}

static void every_shipped_agreement_is_read(void **state)
{
    struct fixture *f = *state;
    const struct shipped *shipped;
    size_t count = 0;

    for (shipped = shipped_documents; shipped->name; shipped++) {
        struct sla_document *sla = NULL;

        if (!str_starts(str_of(shipped->path), "schemas/slas/"))
            continue;
        diag_done(&f->diag);
        assert_int_equal(sla_load(&f->arena, &f->library, str_of(shipped->name), NONE, NONE, NONE,
                                  &f->diag, &sla),
                         STATUS_OK);
        assert_int_equal(f->diag.by_severity[SEVERITY_WARNING], 0);
        assert_false(str_equal(words_in(&sla->title, LANG_EN), words_in(&sla->title, LANG_IT)));
        sla_document_free(sla);
        count++;
    }
    assert_true(count > 0);
}

/* --- audits --- */

#define AUDIT(attributes, children) \
    "<audit xmlns='urn:cfaudit:1' id='a' zone='Europe/Rome' " attributes ">" \
    "<title lang='en'>T</title><organization>O</organization><checklist name='c'/>\n" children \
    "<source id='s' map='m'><file>f</file></source></audit>"

static enum status load_audit(struct fixture *f, const char *text, struct audit **ret_audit)
{
    put(f, text);
    *ret_audit = NULL;
    return audit_load(&f->arena, &f->library, str_of(f->path), &f->diag, ret_audit);
}

static void an_audit_names_its_clock_and_charts(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_int_equal(
        load_audit(f,
                   AUDIT("calendar='it-office' patron='06-24' sla='sla.xml' grid='week'",
                         "<baseline measure='M-07' variant='computed' from='2025-W01'"
                         " until='2025-W26' reason='first half'/>"
                         "<baseline measure='M-07' variant='computed' from='2025-W27'"
                         " until='2025-W52' reason='new team'/>"
                         "<reaction measure='M-03' period='2025-W10' on='2025-03-03' by='QM'"
                         " document='CAPA-4'>Two people\n more</reaction>"),
                   &audit),
        STATUS_OK);
    assert_str(audit->calendar, "it-office");
    assert_str(audit->patron, "06-24");
    assert_str(audit->sla, "sla.xml");
    assert_int_equal(audit->grid, GRID_WEEK);
    assert_int_equal(audit->baseline_count, 2);
    assert_str(audit->baselines[0].measure, "M-07");
    assert_str(audit->baselines[0].variant, "computed");
    assert_str(audit->baselines[1].from, "2025-W27");
    assert_str(audit->baselines[1].until, "2025-W52");
    assert_str(audit->baselines[1].reason, "new team");
    assert_int_equal(audit->reaction_count, 1);
    assert_str(audit->reactions[0].period, "2025-W10");
    assert_str(audit->reactions[0].on, "2025-03-03");
    assert_str(audit->reactions[0].by, "QM");
    assert_str(audit->reactions[0].document, "CAPA-4");
    assert_str(audit->reactions[0].text, "Two people more");
    assert_null(audit->reactions[0].variant.ptr);
    assert_int_equal(load_audit(f, AUDIT("", ""), &audit), STATUS_OK);
    assert_int_equal(audit->grid, GRID_MONTH);
    assert_null(audit->calendar.ptr);
    assert_null(audit->sla.ptr);
}

static void bad_charts_are_refused_at_their_place(void **state)
{
    static const struct {
        const char *text;
        enum rule rule;
        const char *at; /* the last of these words in the text */
        const char *message;
    } cases[] = {
        {AUDIT("", "<baseline measure='M-07' from='2025-W01' until='2025-02' reason='r'/>"),
         RULE_PLAN_GRID, "from='2025-W01'", "period is none of the grid: '2025-W01' is no month"},
        {AUDIT("grid='week'",
               "<baseline measure='M-07' from='2025-W01' until='2025-W53' reason='r'/>"),
         RULE_PLAN_GRID, "until='2025-W53'", "period is none of the grid: '2025-W53' is no week"},
        {AUDIT("", "<baseline measure='M-07' from='2025-03' until='2025-02' reason='r'/>"),
         RULE_PLAN_BASELINE, "until='2025-02'", "baseline cannot be used: it ends before it begins"},
        {AUDIT("", "<baseline measure='M-07' variant='x' from='2025-01' until='2025-06' reason='r'/>"
                   "<baseline measure='M-07' from='2025-06' until='2025-12' reason='r'/>"),
         RULE_PLAN_BASELINE, "from='2025-06'",
         "baseline cannot be used: it overlaps the one from '2025-01' to '2025-06'"},
        {AUDIT("", "<reaction measure='M-03' period='2025-03' on='2025-02-28'>x</reaction>"),
         RULE_PLAN_REACTION, "on='2025-02-28'", "reaction before its signal: '2025-02-28' lies before '2025-03'"},
        {AUDIT("calendar='it-office' patron='06-31'", ""), RULE_PLAN_DAY, "patron=",
         "no year has this day: '06-31'"},
        {AUDIT("patron='06-24'", ""), RULE_CALENDAR_NO_PATRON, "patron=",
         "calendar has no place for the holiday of a town: the audit names no calendar"},
    };
    struct fixture *f = *state;
    struct audit *audit;
    size_t i;

    for (i = 0; i < ARRAY_LEN(cases); i++) {
        assert_int_equal(load_audit(f, cases[i].text, &audit), STATUS_INVALID);
        assert_str(f->diag.list[0].text, cases[i].message);
        assert_int_equal(f->diag.list[0].rule, cases[i].rule);
        assert_place(&f->diag.list[0].where, cases[i].text, cases[i].at);
        assert_null(audit);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agreement_is_read_whole),
        cmocka_unit_test(the_holiday_of_the_town_may_come_from_outside),
        cmocka_unit_test(a_bad_agreement_is_refused_at_its_place),
        cmocka_unit_test(a_parent_must_be_there),
        cmocka_unit_test(working_days_need_days_of_one_length),
        cmocka_unit_test(a_chain_that_needs_longer_than_the_promise_is_told),
        cmocka_unit_test(what_never_counts_or_stands_alone_is_told),
        cmocka_unit_test(every_shipped_agreement_is_read),
        cmocka_unit_test(an_audit_names_its_clock_and_charts),
        cmocka_unit_test(bad_charts_are_refused_at_their_place),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
