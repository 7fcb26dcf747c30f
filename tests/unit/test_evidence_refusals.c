/* Ledgers that are not sound are refused, at their place; so is what cannot be written or held. */
#include "unit.h"

#include <sys/wait.h>

#include "evidence_fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(broken_sums_and_pointers_are_refused_with_a_place, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(figures_nested_too_deep_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_ledger_too_large_to_load_is_not_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(memory_that_runs_out_while_loading_is_reported_once,
                                        set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
