/*
 * What the tests of plan/ have in common: a folder, a document in it, the library of shipped ones.
 *
 * Call: as group of set_up and tear_down; put, then a loader with f->path.
 * Owns: the fixture owns everything it made; what is loaded lives in f->arena.
 */
#ifndef CFAUDIT_TESTS_PLAN_FIXTURE_H
#define CFAUDIT_TESTS_PLAN_FIXTURE_H

#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "plan/plan.h"
#include "source/shipped.h"

struct fixture {
    char folder[64];
    char path[100];
    struct library library;
    struct diag diag;
    struct arena arena;
};

static inline int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/cfaudit-plan-XXXXXX");
    scene_open(f->folder, &f->library, &f->diag, &f->arena);
    snprintf(f->path, sizeof f->path, "%s/document.xml", f->folder);
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

static inline void put(struct fixture *f, const char *text)
{
    FILE *file = fopen(f->path, "wb");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    diag_done(&f->diag);
}

static inline void assert_str(struct str s, const char *text)
{
    if (!str_is(s, text))
        fail_msg("'%.*s' is not '%s'", STR_ARG(s), text);
}

/* Refused; the first error is of this rule, at this place, in these words. */
static inline void assert_refused(struct fixture *f, enum status status, enum rule rule, uint64_t line,
                           uint64_t column, const char *text)
{
    const struct diagnostic *item = &f->diag.list[0];

    assert_int_equal(status, STATUS_INVALID);
    assert_int_equal(f->diag.by_severity[SEVERITY_FATAL], 1);
    assert_int_equal(f->diag.list[f->diag.count - 1].rule, RULE_DOCUMENT_INVALID);
    assert_str(item->text, text);
    assert_int_equal(item->rule, rule);
    assert_str(item->where.source, f->path);
    assert_int_equal(item->where.line, line);
    assert_int_equal(item->where.column, column);
}

#endif
