/* What a set of rules holds, for the scan. Private to the files of rules.h. */
#ifndef CFAUDIT_TEXT_RULES_SET_H
#define CFAUDIT_TEXT_RULES_SET_H

#include "text/rule_filter.h"

struct rules {
    size_t count;
    struct regex **regexes;
    struct needed_bytes **needed;
    size_t groups; /* most of one rule */
    size_t words;  /* of sets of rules, one bit a rule */
    uint64_t *all;
    uint64_t *unserved; /* rules that the filter does not look for */
    struct rule_filter *filter; /* NULL: it would look for nothing */
};

#endif
