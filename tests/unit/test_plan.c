/* Audits and source maps: what is read, and the rules beyond the schema with their places. */
#include "plan_fixture.h"

/* --- source maps --- */

static enum status load_map(struct fixture *f, const char *text, struct source_map **ret_map)
{
    put(f, text);
    *ret_map = NULL;
    return source_map_load(&f->arena, &f->library, str_of(f->path), (struct str){NULL, 0}, &f->diag,
                           ret_map);
}

static void a_map_is_read_whole(void **state)
{
    struct fixture *f = *state;
    struct source_map *map;

    assert_int_equal(
        load_map(f,
                 "<source-map xmlns='urn:cfaudit:1' id='own' revision='3' reader='delimited'"
                 " delimiter='tab' zone='Europe/Rome' measures='first-to-last'>\n"
                 "<title lang='en'>Own</title><note lang='it'>Nota</note>\n"
                 "<time><format>%d/%m/%Y %H:%M</format><format>iso</format></time>\n"
                 "<null>?</null><null> - </null>\n"
                 "<record kind='ticket'>\n"
                 " <field name='id' required='true'><column>  No.  of  ticket </column></field>\n"
                 " <field name='status'><column>State</column><column>Stato</column>"
                 "<value from='A ' to='Active'/></field>\n"
                 "</record><record kind='event'>"
                 "<field name='at'><column>at</column><format>%Y%m%d</format></field></record>\n"
                 "<status><value class='open'>Active</value>"
                 "<value class='cancelled'>Gone</value></status>\n"
                 "<sample read='true'>\n   No.\tState\n\n  1\t\tActive\t\r\n</sample>"
                 "<sample read='false' rule='xml-syntax'>x</sample></source-map>",
                 &map),
        STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    assert_str(map->id, "own");
    assert_str(map->name, f->path);
    assert_int_equal(map->revision, 3);
    assert_str(words_in(&map->title, LANG_IT), "Own");
    assert_str(words_in(&map->note, LANG_EN), "Nota");
    assert_str(map->reader, "delimited");
    assert_int_equal(map->delimiter, '\t');
    assert_str(map->zone, "Europe/Rome");
    assert_true(map->measures_first_to_last);
    assert_int_equal(map->format_count, 2);
    assert_str(map->formats[0], "%d/%m/%Y %H:%M");
    assert_str(map->formats[1], "iso");
    assert_int_equal(map->null_count, 2);
    assert_str(map->nulls[1], " - ");
    assert_int_equal(map->field_count, 3);
    assert_str(map->fields[0].record, "ticket");
    assert_str(map->fields[0].field, "id");
    assert_true(map->fields[0].required);
    assert_str(map->fields[0].columns[0], "No.  of  ticket");
    assert_int_equal(map->fields[0].where.line, 6);
    assert_int_equal(map->fields[0].where.column, 2);
    assert_false(map->fields[1].required);
    assert_int_equal(map->fields[1].column_count, 2);
    assert_str(map->fields[1].columns[1], "Stato");
    assert_int_equal(map->fields[1].value_count, 1);
    assert_str(map->fields[1].values[0].from, "A ");
    assert_str(map->fields[1].values[0].to, "Active");
    assert_str(map->fields[2].record, "event");
    assert_int_equal(map->fields[2].format_count, 1);
    assert_int_equal(map->status_count, 2);
    assert_str(map->statuses[1].value, "Gone");
    assert_int_equal(map->statuses[1].class, CLASS_CANCELLED);
    assert_int_equal(map->sample_count, 2);
    assert_true(map->samples[0].is_read);
    assert_str(map->samples[0].text, "No.\tState\n1\t\tActive\t\n");
    assert_str(map->samples[1].rule, "xml-syntax");
}

static void what_a_map_does_not_say_is_missing(void **state)
{
    struct fixture *f = *state;
    struct source_map *map;

    assert_int_equal(load_map(f,
                              "<source-map xmlns='urn:cfaudit:1' id='own' reader='xes'>"
                              "<title lang='en'>Own</title><record kind='event'>"
                              "<field name='at'><column>time:timestamp</column></field></record>"
                              "</source-map>",
                              &map),
                     STATUS_OK);
    assert_int_equal(map->revision, 1);
    assert_int_equal(map->delimiter, '\0');
    assert_null(map->zone.ptr);
    assert_false(map->measures_first_to_last);
    assert_int_equal(map->format_count + map->null_count + map->status_count + map->sample_count,
                     0);
}

static void every_shipped_map_is_read(void **state)
{
    struct fixture *f = *state;
    const struct shipped *shipped;
    unsigned count = 0;

    for (shipped = shipped_documents; shipped->name; shipped++) {
        struct source_map *map = NULL;

        if (!strstr(shipped->path, "/sources/"))
            continue;
        diag_done(&f->diag);
        if (source_map_load(&f->arena, &f->library, str_of(shipped->name), (struct str){NULL, 0},
                            &f->diag, &map) != STATUS_OK)
            fail_msg("%s: %.*s", shipped->name, STR_ARG(f->diag.list[0].text));
        assert_int_equal(f->diag.count, 0);
        assert_true(map->sample_count >= 2);
        count++;
    }
    assert_true(count >= 5);
}

/* One record, what goes into the map's start tag, and what goes before the record and after it. */
static enum status load_small(struct fixture *f, const char *attributes, const char *before,
                              const char *after)
{
    struct source_map *map;
    char text[2000];
    enum status status;

    snprintf(text, sizeof text,
             "<source-map xmlns='urn:cfaudit:1' id='own' %s>\n"
             "<title lang='en'>Own</title>\n"
             "%s\n"
             "<record kind='ticket'><field name='id'><column>id</column></field></record>\n"
             "%s</source-map>",
             attributes, before, after);
    status = load_map(f, text, &map);
    assert_int_equal(status == STATUS_OK, map != NULL);
    return status;
}

static void formats_must_be_understood(void **state)
{
    struct fixture *f = *state;

    assert_refused(f,
                   load_small(f, "reader='delimited'",
                              "<time><format>iso</format><format>%Y-%q</format></time>", ""),
                   RULE_PLAN_FORMAT, 3, 27,
                   "time format is not understood: '%Y-%q', from character 4 on");
    assert_refused(
        f, load_small(f, "reader='delimited'", "<time><format>%H:%M</format></time>", ""),
        RULE_PLAN_FORMAT, 3, 7, "time format is not understood: '%H:%M' names no whole date");
    assert_true(str_starts(f->diag.list[0].hint, "letters are those of strftime: %Y"));
}

static void zones_must_exist(void **state)
{
    struct fixture *f = *state;

    assert_refused(f, load_small(f, "reader='delimited' zone='Europe/Roma'", "", ""),
                   RULE_PLAN_ZONE, 1, 63, "time zone cannot be used: 'Europe/Roma'");
    assert_str(f->diag.list[0].hint, "did you mean 'Europe/Rome'?");
}

static void only_delimited_text_has_a_delimiter(void **state)
{
    struct fixture *f = *state;

    assert_refused(f, load_small(f, "reader='xes' delimiter='comma'", "", ""), RULE_PLAN_DELIMITER,
                   1, 57, "delimiter without delimited text: reader 'xes' has none");
}

static void a_status_table_needs_a_status(void **state)
{
    struct fixture *f = *state;

    assert_refused(
        f, load_small(f, "reader='xes'", "", "<status><value class='open'>A</value></status>"),
        RULE_PLAN_STATUS, 5, 1,
        "status table without a status: no field of the map is named 'status'");
}

static void rules_of_samples_must_exist(void **state)
{
    struct fixture *f = *state;

    assert_refused(
        f, load_small(f, "reader='xes'", "", "<sample read='false' rule='no-such'>x</sample>"),
        RULE_PLAN_SAMPLE, 5, 22,
        "sample with a rule that cannot be met: there is no rule 'no-such'");
    assert_refused(f,
                   load_small(f, "reader='xes'", "", "<sample read='true' rule='limit'>x</sample>"),
                   RULE_PLAN_SAMPLE, 5, 21, "sample with a rule that cannot be met: 'limit'");
    assert_str(f->diag.list[0].hint, "write read=\"false\", or take the rule away");
}

static void a_map_is_named_by_its_id(void **state)
{
    struct fixture *f = *state;
    struct source_map *map = NULL;

    assert_int_equal(load_small(f, "reader='xes'", "", ""), STATUS_OK);
    f->library.data_folder = str_of(f->folder);
    diag_done(&f->diag);
    assert_refused(f,
                   source_map_load(&f->arena, &f->library, STR("document"), (struct str){NULL, 0},
                                   &f->diag, &map),
                   RULE_DOCUMENT_ID, 1, 35,
                   "the document has another id than its name: 'document' was asked for, its id is "
                   "'own'");
    f->library.data_folder = (struct str){NULL, 0};
    assert_null(map);
}

/* --- audits --- */

static enum status load_audit(struct fixture *f, const char *text, struct audit **ret_audit)
{
    put(f, text);
    *ret_audit = NULL;
    return audit_load(&f->arena, &f->library, str_of(f->path), &f->diag, ret_audit);
}

#define PLAN(sessions) \
    "<audit xmlns='urn:cfaudit:1' id='a-1' zone='Europe/Rome'><title lang='it'>A</title>" \
    "<organization>O</organization><team><member role='observer'>O</member></team>\n" \
    "<plan version='3' issued='2026-01-09' language='it' confidentiality='internal'>" \
    "<programme document='P-1' cycle='2025-2027'><text lang='it'>Perch\xC3\xA9</text></programme>" \
    "<objective><text lang='it'>Scopo</text></objective>" \
    "<objective><text lang='en'>Aim</text><text lang='it'>Fine</text></objective>" \
    "<criterion document='ISO 9001' edition='2015' part='5.1.2'/>" \
    "<method kind='interview' presence='remote'><text lang='en'>By phone</text></method>" \
    "<process name='Desk' owner='HD'/><site id='NET' name='Portal' virtual='true'/>" \
    "<auditee name='HD' function='Head'/>\n" sessions \
    "<risk><text lang='en'>Few days</text><response lang='en'>Remote</response></risk>" \
    "<recipient> Top \n management </recipient><signatory role='auditee' name='HD'/></plan>" \
    "<previous href='../last.xml'/><checklist name='c'/>" \
    "<source id='s' map='xes'><file>f</file></source></audit>"

static void an_audit_plan_is_read_whole(void **state)
{
    struct fixture *f = *state;
    const struct audit_plan *plan;
    struct audit *audit;

    assert_int_equal(load_audit(f,
                                PLAN("<session date='2026-01-20' from='09:00' to='09:30' site='NET'"
                                     " presence='remote' by='L' with='HD'>"
                                     "<text lang='en'>Opening</text></session>"
                                     "<session date='2026-01-20' from='09:00' to='10:00'>"
                                     "<text lang='en'>Beside it</text></session>"
                                     "<session date='2026-01-21' from='08:00' to='09:00'>"
                                     "<text lang='en'>Next day</text></session>"),
                                &audit),
                     STATUS_OK);
    plan = audit->plan;
    assert_non_null(plan);
    assert_str(audit->team[0].role, "observer");
    assert_str(audit->previous, "../last.xml");
    assert_str(plan->version, "3");
    assert_str(plan->issued, "2026-01-09");
    assert_str(plan->programme.document, "P-1");
    /* a text in one language is the one for all */
    assert_str(words_in(&plan->programme.text, LANG_EN), "Perch\xC3\xA9");
    assert_int_equal(plan->objective_count, 2);
    assert_str(words_in(&plan->objectives[1], LANG_IT), "Fine");
    assert_str(plan->criteria[0].part, "5.1.2");
    assert_str(plan->methods[0].presence, "remote");
    assert_str(plan->processes[0].owner, "HD");
    assert_true(plan->sites[0].is_virtual);
    assert_str(plan->auditees[0].function, "Head");
    assert_int_equal(plan->session_count, 3);
    assert_str(plan->sessions[0].with, "HD");
    assert_str(plan->sessions[2].from, "08:00");
    assert_str(words_in(&plan->risks[0].response, LANG_EN), "Remote");
    assert_str(plan->recipients[0], "Top management");
    assert_str(plan->signatories[0].role, "auditee");
}

static void an_agenda_runs_forward(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(f,
                   load_audit(f,
                              PLAN("<session date='2026-01-20' from='09:00' to='09:00'>"
                                   "<text lang='en'>Nothing</text></session>"),
                              &audit),
                   RULE_PLAN_AGENDA, 3, 41,
                   "row of the agenda is out of order: it ends before it begins");
    diag_done(&f->diag);
    assert_refused(f,
                   load_audit(f,
                              PLAN("<session date='2026-01-20' from='09:00' to='10:00'>"
                                   "<text lang='en'>One</text></session>\n"
                                   "<session date='2026-01-20' from='08:00' to='08:30'>"
                                   "<text lang='en'>Two</text></session>"),
                              &audit),
                   RULE_PLAN_AGENDA, 4, 28,
                   "row of the agenda is out of order: it begins before the row above it");
    diag_done(&f->diag);
    assert_refused(f,
                   load_audit(f,
                              PLAN("<session date='2026-01-20' from='09:00' to='10:00'>"
                                   "<text lang='en'>One</text></session>\n"
                                   "<session date='2026-01-19' from='10:00' to='11:00'>"
                                   "<text lang='en'>Two</text></session>"),
                              &audit),
                   RULE_PLAN_AGENDA, 4, 10,
                   "row of the agenda is out of order: it begins before the row above it");
}

static int64_t instant_of(const char *text)
{
    struct instant instant;
    unsigned dropped;

    assert_true(instant_parse(str_of(text), &instant, &dropped));
    return instant.us;
}

static void an_audit_is_read_whole(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_int_equal(
        load_audit(f,
                   "<audit xmlns='urn:cfaudit:1' id='a-1' edition='2026' zone='Europe/Rome'"
                   " as-of='2026-01-15T12:00:00+01:00'>\n"
                   "<title lang='en'>A</title><organization> An \n Organization </organization>"
                   "<scope lang='it'>Tutto</scope>\n"
                   "<period start='2025-03-30' end='2025-10-27'/>\n"
                   "<team><member>L</member><member>O</member></team>"
                   "<checklist name='iso9001-5.1.2'/><checklist name='c/own.xml'/>\n"
                   "<where field='priority' compare='eq' value=' 1 '/>"
                   "<where field='closed' compare='present'/>\n"
                   "<target measure='M-07' value='0.95' source='law' document='Art. 3'/>"
                   "<target measure='M-03' variant='reported' value='PT8H' source='default'/>\n"
                   "<source id='s' map='xes' zone='America/New_York' date-order='mdy'"
                   " solved-when='a=b=c'><file>x/*.xes</file><file>a  b.gz</file></source>\n"
                   " <source id='t' map='m.xml'><file>-</file></source></audit>",
                   &audit),
        STATUS_OK);
    assert_int_equal(f->diag.count, 0);
    assert_str(audit->id, "a-1");
    assert_str(audit->edition, "2026");
    assert_str(audit->zone, "Europe/Rome");
    assert_str(audit->organization, "An Organization");
    assert_str(words_in(&audit->scope, LANG_EN), "Tutto");
    /* midnights of Rome, in winter and in winter again after a summer */
    assert_int_equal(audit->period_start.us, instant_of("2025-03-29T23:00:00Z"));
    assert_int_equal(audit->period_end.us, instant_of("2025-10-26T23:00:00Z"));
    assert_int_equal(audit->as_of.us, instant_of("2026-01-15T11:00:00Z"));
    assert_int_equal(audit->team_count, 2);
    assert_str(audit->team[1].name, "O");
    assert_int_equal(audit->checklist_count, 2);
    assert_str(audit->checklists[1].name, "c/own.xml");
    assert_int_equal(audit->where_count, 2);
    assert_str(audit->where[0].field, "priority");
    assert_str(audit->where[0].comparison, "eq");
    assert_str(audit->where[0].value, " 1 ");
    assert_null(audit->where[1].value.ptr);
    assert_int_equal(audit->target_count, 2);
    assert_true(audit->targets[0].value == 0.95);
    assert_null(audit->targets[0].variant.ptr);
    assert_int_equal(audit->targets[0].source, TARGET_LAW);
    assert_str(audit->targets[0].document, "Art. 3");
    assert_true(audit->targets[1].value == 28800);
    assert_int_equal(audit->targets[1].source, TARGET_DEFAULT);
    assert_int_equal(audit->source_count, 2);
    assert_str(audit->sources[0].map, "xes");
    assert_str(audit->sources[0].zone, "America/New_York");
    assert_int_equal(audit->sources[0].date_order, DATE_ORDER_MDY);
    assert_str(audit->sources[0].solved_when, "a=b=c");
    assert_int_equal(audit->sources[0].file_count, 2);
    assert_str(audit->sources[0].files[1], "a  b.gz");
    assert_int_equal(audit->sources[1].date_order, DATE_ORDER_UNKNOWN);
    assert_null(audit->sources[1].zone.ptr);
    assert_int_equal(audit->sources[1].place.line, 9);
    assert_int_equal(audit->sources[1].place.column, 2);
    assert_str(audit->folder, f->folder);
}

/* `attributes` of the root; `inside` goes between the organization and the checklist, in line 2. */
static enum status load_small_audit(struct fixture *f, const char *attributes, const char *inside,
                                    const char *sources, struct audit **ret_audit)
{
    char text[2000];

    snprintf(text, sizeof text,
             "<audit xmlns='urn:cfaudit:1' id='a' %s><title lang='en'>A</title>"
             "<organization>O</organization>\n%s\n%s</audit>",
             attributes, inside,
             sources ? sources : "<source id='s' map='xes'><file>f</file></source>");
    return load_audit(f, text, ret_audit);
}

static void what_an_audit_does_not_say_is_missing(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_int_equal(load_small_audit(f, "zone='UTC'", "<checklist name='c'/>", NULL, &audit),
                     STATUS_OK);
    assert_str(audit->edition, "2015+A1");
    assert_true(instant_is_missing(audit->period_start));
    assert_true(instant_is_missing(audit->period_end));
    assert_true(instant_is_missing(audit->as_of));
    assert_null(audit->scope.in[LANG_EN].ptr);
    assert_int_equal(audit->team_count + audit->where_count + audit->target_count, 0);
}

static void periods_run_forward(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(f,
                   load_small_audit(f, "zone='UTC'",
                                    "<period start='2025-01-01' end='2025-01-01'/>"
                                    "<checklist name='c'/>",
                                    NULL, &audit),
                   RULE_PLAN_PERIOD, 2, 28,
                   "period does not run forward: it ends before it starts");
    assert_null(audit);
    assert_refused(
        f,
        load_small_audit(f, "zone='UTC' as-of='2024-12-31'",
                         "<period start='2025-01-01'/><checklist name='c'/>", NULL, &audit),
        RULE_PLAN_PERIOD, 1, 48, "period does not run forward: it is seen before it starts");
    /* the zone decides: 00:30 in Rome is still the day before in UTC */
    assert_int_equal(load_small_audit(f, "zone='Europe/Rome' as-of='2024-12-31T23:30:00Z'",
                                      "<period start='2025-01-01'/><checklist name='c'/>", NULL,
                                      &audit),
                     STATUS_OK);
}

static void days_must_exist(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {"2025-02-29", "2025-13-01", "0000-01-01",
                                        "2025-01-01T24:30:00Z", "2025-01-32T00:00:00Z"};
    struct audit *audit;
    size_t i;

    for (i = 0; i < ARRAY_LEN(wrong); i++) {
        char attributes[100];
        char said[100];

        snprintf(attributes, sizeof attributes, "zone='UTC' as-of='%s'", wrong[i]);
        snprintf(said, sizeof said, "no such day or hour: '%s'", wrong[i]);
        assert_refused(f, load_small_audit(f, attributes, "<checklist name='c'/>", NULL, &audit),
                       RULE_PLAN_MOMENT, 1, 48, said);
    }
    assert_int_equal(
        load_small_audit(f, "zone='UTC' as-of='2024-02-29'", "<checklist name='c'/>", NULL, &audit),
        STATUS_OK);
}

static void conditions_have_what_they_compare_with(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(f,
                   load_small_audit(f, "zone='UTC'",
                                    "<checklist name='c'/><where field='x' compare='lt'/>", NULL,
                                    &audit),
                   RULE_PLAN_CONDITION, 2, 39, "condition cannot be decided: 'lt' needs a value");
    assert_refused(f,
                   load_small_audit(f, "zone='UTC'",
                                    "<checklist name='c'/><where field='x' compare='missing'"
                                    " value=''/>",
                                    NULL, &audit),
                   RULE_PLAN_CONDITION, 2, 57,
                   "condition cannot be decided: 'missing' compares with nothing");
}

static void a_measure_has_one_target_a_variant(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(f,
                   load_small_audit(f, "zone='UTC'",
                                    "<checklist name='c'/><target measure='M-07' value='1'"
                                    " source='law'/>\n<target measure='M-07' variant='computed'"
                                    " value='1' source='law'/>\n<target measure='M-07' value='2'"
                                    " source='law'/>",
                                    NULL, &audit),
                   RULE_PLAN_TARGET, 4, 9, "target stated twice: 'M-07'");
}

static void a_file_is_named_once(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(
        f,
        load_small_audit(f, "zone='UTC'", "<checklist name='c'/>",
                         "<source id='s' map='xes'><file>f</file></source>\n"
                         "<source id='t' map='xes'><file>g</file> <file>f</file></source>",
                         &audit),
        RULE_PLAN_FILE, 4, 41, "file named twice: 'f'");
    assert_str(f->diag.list[0].hint, "source 's' has it already; its rows would count twice");
}

static void zones_of_audit_and_source_must_exist(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(f,
                   load_small_audit(f, "zone='Mars/Base'", "<checklist name='c'/>", NULL, &audit),
                   RULE_PLAN_ZONE, 1, 37, "time zone cannot be used: 'Mars/Base'");
    assert_refused(f,
                   load_small_audit(f, "zone='UTC'", "<checklist name='c'/>",
                                    "<source id='s' map='xes' zone='Europe/Rom'><file>f</file>"
                                    "</source>",
                                    &audit),
                   RULE_PLAN_ZONE, 3, 26, "time zone cannot be used: 'Europe/Rom'");
}

static void all_errors_are_told_at_once(void **state)
{
    struct fixture *f = *state;
    struct audit *audit;

    assert_refused(f,
                   load_small_audit(f, "zone='UTC' as-of='2025-02-30'",
                                    "<period start='2025-01-02' end='2025-01-01'/>"
                                    "<checklist name='c'/><where field='x' compare='lt'/>",
                                    NULL, &audit),
                   RULE_PLAN_MOMENT, 1, 48, "no such day or hour: '2025-02-30'");
    assert_int_equal(f->diag.by_severity[SEVERITY_ERROR], 3);
    assert_str(f->diag.list[f->diag.count - 1].text, "document cannot be used: 3 errors");
}

static void the_folder_is_that_of_the_path(void **state)
{
    struct fixture *f = *state;
    struct audit *audit = NULL;
    char *before = getcwd(NULL, 0);
    char sub[100];
    char path[120];

    assert_int_equal(load_small_audit(f, "zone='UTC'", "<checklist name='c'/>", NULL, &audit),
                     STATUS_OK);
    assert_str(audit->folder, f->folder);
    assert_non_null(before);
    assert_int_equal(chdir(f->folder), 0);
    assert_int_equal(audit_load(&f->arena, &f->library, STR("document.xml"), &f->diag, &audit),
                     STATUS_OK);
    assert_null(audit->folder.ptr);
    assert_int_equal(audit_load(&f->arena, &f->library, STR("./document.xml"), &f->diag, &audit),
                     STATUS_OK);
    assert_str(audit->folder, ".");
    /* a name that says nothing of its kind is a path all the same */
    snprintf(sub, sizeof sub, "%s/sub", f->folder);
    assert_int_equal(mkdir(sub, 0700), 0);
    snprintf(path, sizeof path, "%s/audit", sub);
    assert_int_equal(link(f->path, path), 0);
    assert_int_equal(audit_load(&f->arena, &f->library, STR("sub/audit"), &f->diag, &audit),
                     STATUS_OK);
    assert_str(audit->folder, "sub");
    unlink(path);
    rmdir(sub);
    assert_int_equal(chdir(before), 0);
    free(before);
}

static void a_missing_audit_is_told(void **state)
{
    struct fixture *f = *state;
    struct audit *audit = NULL;

    diag_done(&f->diag);
    assert_true(audit_load(&f->arena, &f->library, STR("/nowhere/audit.xml"), &f->diag, &audit) <
                STATUS_OK);
    assert_null(audit);
    assert_int_equal(f->diag.count, 1);
    assert_int_equal(f->diag.list[0].rule, RULE_SOURCE_OPEN);
}

/* --- words --- */

static void names_are_read_as_they_are_written(void **state)
{
    enum status_class class;
    enum target_source source;
    int i;

    (void)state;
    for (i = 0; i < CLASS_COUNT; i++) {
        assert_true(status_class_find(str_of(status_class_name((enum status_class)i)), &class));
        assert_int_equal(class, i);
    }
    for (i = TARGET_DEFAULT; i <= TARGET_LAW; i++) {
        assert_true(target_source_find(str_of(target_source_name((enum target_source)i)), &source));
        assert_int_equal(source, i);
    }
    assert_false(status_class_find(STR("Open"), &class));
    assert_false(target_source_find(STR(""), &source));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_is_read_whole),
        cmocka_unit_test(what_a_map_does_not_say_is_missing),
        cmocka_unit_test(every_shipped_map_is_read),
        cmocka_unit_test(formats_must_be_understood),
        cmocka_unit_test(zones_must_exist),
        cmocka_unit_test(only_delimited_text_has_a_delimiter),
        cmocka_unit_test(a_status_table_needs_a_status),
        cmocka_unit_test(rules_of_samples_must_exist),
        cmocka_unit_test(a_map_is_named_by_its_id),
        cmocka_unit_test(an_audit_is_read_whole),
        cmocka_unit_test(an_audit_plan_is_read_whole),
        cmocka_unit_test(an_agenda_runs_forward),
        cmocka_unit_test(what_an_audit_does_not_say_is_missing),
        cmocka_unit_test(periods_run_forward),
        cmocka_unit_test(days_must_exist),
        cmocka_unit_test(conditions_have_what_they_compare_with),
        cmocka_unit_test(a_measure_has_one_target_a_variant),
        cmocka_unit_test(a_file_is_named_once),
        cmocka_unit_test(zones_of_audit_and_source_must_exist),
        cmocka_unit_test(all_errors_are_told_at_once),
        cmocka_unit_test(the_folder_is_that_of_the_path),
        cmocka_unit_test(a_missing_audit_is_told),
        cmocka_unit_test(names_are_read_as_they_are_written),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
