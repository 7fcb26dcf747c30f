/* The shipped documents and a place for what is said of others. */
#ifndef CFAUDIT_TESTS_LIBRARY_FIXTURE_H
#define CFAUDIT_TESTS_LIBRARY_FIXTURE_H

#include "unit.h"

#include "base/mem.h"
#include "xml/library.h"

struct fixture {
    struct library library;
    struct diag diag;
};

static inline int set_up(void **state)
{
    struct fixture *f = mem_alloc(1, sizeof *f);

    assert_non_null(f);
    xml_init();
    diag_init(&f->diag);
    assert_int_equal(library_init(&f->library, (struct str){NULL, 0}, &f->diag), STATUS_OK);
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;

    library_done(&f->library);
    diag_done(&f->diag);
    mem_free(f);
    return 0;
}

#endif
