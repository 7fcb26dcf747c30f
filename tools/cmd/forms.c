#include "cmd/forms.h"

#include <string.h>

bool form_at(size_t number, struct form *ret_form)
{
    const struct writer *const *writer = writers;
    const struct result_form *const *direct = result_forms;

    for (; *writer; writer++) {
        if (number-- == 0) {
            *ret_form = (struct form){(*writer)->name,  (*writer)->ending,
                                      (*writer)->about, (*writer)->is_sealed, *writer, NULL};
            return true;
        }
    }
    for (; *direct; direct++) {
        if (number-- == 0) {
            *ret_form = (struct form){(*direct)->name,  (*direct)->ending,
                                      (*direct)->about, (*direct)->is_sealed, NULL, *direct};
            return true;
        }
    }
    return false;
}

bool form_find(struct str name, struct form *ret_form)
{
    struct form form;
    size_t i;

    for (i = 0; form_at(i, &form); i++) {
        if (str_is(name, form.name)) {
            *ret_form = form;
            return true;
        }
    }
    return false;
}

bool form_for_path(struct str path, struct form *ret_form)
{
    size_t longest = 0;
    struct form form;
    size_t i;

    for (i = 0; form_at(i, &form); i++) {
        if (strlen(form.ending) > longest && str_ends(path, form.ending)) {
            longest = strlen(form.ending);
            *ret_form = form;
        }
    }
    return longest > 0;
}
