#include "cmd/forms.h"

#include <stdlib.h>
#include <string.h>

static bool has_use(const struct result_form *form, enum form_use use)
{
    return use == FORM_OF_CHECK ? form->write_check != NULL : form->write != NULL;
}

bool form_at(enum form_use use, size_t number, struct form *ret_form)
{
    const struct writer *const *writer = writers;
    const struct result_form *const *direct = result_forms;

    for (; *writer && use == FORM_OF_RESULT; writer++) {
        if (number-- == 0) {
            *ret_form = (struct form){(*writer)->name,  (*writer)->ending,
                                      (*writer)->about, (*writer)->is_sealed, *writer, NULL};
            return true;
        }
    }
    for (; *direct; direct++) {
        if (has_use(*direct, use) && number-- == 0) {
            *ret_form = (struct form){(*direct)->name,  (*direct)->ending,
                                      (*direct)->about, (*direct)->is_sealed, NULL, *direct};
            return true;
        }
    }
    return false;
}

bool form_find(enum form_use use, struct str name, struct form *ret_form)
{
    struct form form;
    size_t i;

    for (i = 0; form_at(use, i, &form); i++) {
        if (str_is(name, form.name)) {
            *ret_form = form;
            return true;
        }
    }
    return false;
}

struct str form_of_surroundings(void)
{
    return str_is(str_of(getenv("GITHUB_ACTIONS")), "true") ? STR("github") : STR("text");
}

bool form_for_path(enum form_use use, struct str path, struct form *ret_form)
{
    size_t longest = 0;
    struct form form;
    size_t i;

    for (i = 0; form_at(use, i, &form); i++) {
        if (strlen(form.ending) > longest && str_ends(path, form.ending)) {
            longest = strlen(form.ending);
            *ret_form = form;
        }
    }
    return longest > 0;
}
