#include "measure/cause_words.h"

static bool parts_causes(char c)
{
    return c == ',' || c == ';' || c == '|' || c == '+' || c == '\n' || c == '\r';
}

bool cause_next(struct str *rest, struct str *ret_cause)
{
    while (rest->ptr && rest->len > 0) {
        size_t end = 0;
        struct str cause;

        while (end < rest->len && !parts_causes(rest->ptr[end]))
            end++;
        cause = str_trim((struct str){rest->ptr, end});
        end += end < rest->len;
        *rest = (struct str){rest->ptr + end, rest->len - end};
        if (cause.len > 0) {
            *ret_cause = cause;
            return true;
        }
    }
    return false;
}

static bool has(struct str causes, struct str wanted)
{
    struct str cause;

    while (cause_next(&causes, &cause))
        if (str_equal_nocase(cause, wanted))
            return true;
    return false;
}

bool causes_share(struct str a, struct str b)
{
    struct str cause;

    while (cause_next(&a, &cause))
        if (has(b, cause))
            return true;
    return false;
}

bool causes_have(struct str causes, const char *cause)
{
    return has(causes, str_of(cause));
}

bool causes_are_told(struct str causes)
{
    struct str cause;

    return cause_next(&causes, &cause);
}
