/*
 * What a scan of many rules finds first on each entry, held against each rule on each entry by itself and interpreted:
 * without a filter and without machine code.
 *
 * Call: rules_check_new; rules_check_block for each block that is scanned; rules_check_free.
 * Owns: the caller owns the check, which borrows the set; the patterns may go after rules_check_new.
 * Errors: STATUS_MEMORY of rules_check_new; rules_check_failed when memory is out on the way.
 * Units: as in text/rules.h.
 * A limit is counted in steps, which machine code and the interpreter count differently: where one
 * of both meets one, nothing is compared.
 * Threads: one check, one thread.
 */
#ifndef CFAUDIT_TEXT_RULES_CHECK_H
#define CFAUDIT_TEXT_RULES_CHECK_H

#include "text/rules.h"

struct rules_check;

/* Where both differ. */
struct rules_difference {
    size_t entry;
    size_t start; /* of it in the block */
    size_t rule;  /* that one of them found */
};

/* The patterns are those that the set was made of. NULL: memory is out. */
struct rules_check *rules_check_new(const struct rules *rules, const struct rule_pattern *patterns,
                                    size_t count, enum rules_path path);
void rules_check_free(struct rules_check *check); /* accepts NULL */
/* True: they differ, first there. Entries as for rules_scan_entries; NULL: lines. */
bool rules_check_block(struct rules_check *check, const uint32_t *limits, struct str block,
                       const struct rules_entry *entries, size_t count,
                       struct rules_difference *ret_difference);
bool rules_check_failed(const struct rules_check *check);

#endif
