#include "lint/lint_agenda.h"

#include <string.h>

bool agenda_next(struct str *rest, struct str *ret_name)
{
    struct str part;

    while (str_split(rest, ',', &part)) {
        *ret_name = str_trim(part);
        if (ret_name->len)
            return true;
    }
    return false;
}

bool agenda_has(struct str list, struct str name)
{
    struct str one;

    while (agenda_next(&list, &one))
        if (str_equal(agenda_short(one), name))
            return true;
    return false;
}

struct str agenda_short(struct str member)
{
    const char *bracket = member.len ? memchr(member.ptr, '(', member.len) : NULL;

    return bracket && bracket > member.ptr
               ? str_trim((struct str){member.ptr, (size_t)(bracket - member.ptr)})
               : member;
}
