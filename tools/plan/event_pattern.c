#include "plan/icalendar.h"

static bool same_letter(struct str pattern, size_t p, struct str text, size_t t)
{
    return p < pattern.len && str_equal_nocase((struct str){pattern.ptr + p, 1},
                                               (struct str){text.ptr + t, 1});
}

/* Goes back to the last * only, so that the time is the product of the lengths at most. */
bool event_text_matches(struct str pattern, struct str text)
{
    size_t star = SIZE_MAX;
    size_t mark = 0;
    size_t p = 0;
    size_t t = 0;

    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            mark = t;
        } else if (same_letter(pattern, p, text, t)) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}
