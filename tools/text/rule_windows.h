/*
 * Choice of the windows that a filter looks for: of what a rule needs, that which is rarest.
 *
 * Call: rule_windows_choose.
 * Owns: nothing; the caller's arrays are filled.
 * Errors: STATUS_MEMORY.
 * Units: bytes; rates as parts of WEIGHT_ALWAYS a byte.
 * Threads: values only.
 */
#ifndef CFAUDIT_TEXT_RULE_WINDOWS_H
#define CFAUDIT_TEXT_RULE_WINDOWS_H

#include "text/rule_filter.h"

/* Whether something that the rule needs is rare enough to be looked for, in any log. */
bool rule_windows_can_serve(const struct needed_bytes *needed);
/*
 * Windows for the rules that can be served, at most FILTER_WINDOWS; is_served[r]: rule r has its
 * windows among them. The sample may be empty. frequent[b]: how often byte b is in it.
 */
enum status rule_windows_choose(struct needed_bytes *const *needed, size_t count, struct str sample,
                                struct filter_window *windows, size_t *ret_count, bool *is_served,
                                uint32_t *frequent);

#endif
