/* The machine form and the flat form of a ledger, read by another program. */
#include "unit.h"

#include "evidence_fixture.h"
#include "evidence_random.h"

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
        cmocka_unit_test_setup_teardown(the_json_begins_as_promised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_json_is_read_by_another_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_json_is_well_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_flat_form_has_a_row_for_each_figure_group_and_period, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
