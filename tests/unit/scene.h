/* What many tests read documents with: a folder of their own, the shipped documents, what is said. */
#ifndef CFAUDIT_TESTS_SCENE_H
#define CFAUDIT_TESTS_SCENE_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/mem.h"
#include "xml/library.h"

/* `folder`: a template for mkdtemp. */
static inline void scene_open(char *folder, struct library *library, struct diag *diag,
                              struct arena *arena)
{
    assert_non_null(mkdtemp(folder));
    xml_init();
    diag_init(diag);
    arena_init(arena);
    assert_int_equal(library_init(library, (struct str){NULL, 0}, diag), STATUS_OK);
}

static inline void scene_close(const char *folder, struct library *library, struct diag *diag,
                               struct arena *arena)
{
    char command[100];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
    library_done(library);
    diag_done(diag);
    arena_done(arena);
}

#endif
