/*
 * Every form that a report can take: books through a writer, results and findings about documents
 * by themselves.
 *
 * Call: form_at to list them; form_find by name, form_for_path by the ending of a path.
 * Owns: nothing; forms point into the tables of the rooms that make them.
 * Errors: false where there is none.
 * Units: none.
 * Threads: constants.
 */
#ifndef CFAUDIT_CMD_FORMS_H
#define CFAUDIT_CMD_FORMS_H

#include "report/report.h"
#include "writer/writer.h"

/* What is to be told. */
enum form_use { FORM_OF_RESULT, FORM_OF_CHECK };

struct form {
    const char *name;
    const char *ending;
    const char *about;
    bool is_sealed;
    /* exactly one of the two is there */
    const struct writer *writer;
    const struct result_form *direct;
};

/* In order: the writers of books, then what is made without pages. */
bool form_at(enum form_use use, size_t number, struct form *ret_form);
bool form_find(enum form_use use, struct str name, struct form *ret_form);
/* Findings about documents as the service likes them in whose job we run; else for the terminal. */
struct str form_of_surroundings(void);
/* The form with the longest ending that fits. */
bool form_for_path(enum form_use use, struct str path, struct form *ret_form);

#endif
