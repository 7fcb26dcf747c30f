/*
 * The days of a calendar document: its week and its holidays, as the rules of time/calendar.h.
 *
 * Call: calendar_read_week, calendar_read_rules while a document is open.
 * Owns: lists live in the arena of the load.
 * Errors: located diagnostics, counted in the load.
 * Units: as in time/calendar.h.
 * Threads: one load, one thread.
 */
#ifndef CFAUDIT_PLAN_HOLIDAYS_H
#define CFAUDIT_PLAN_HOLIDAYS_H

#include "plan/plan_private.h"

struct rule_list {
    struct day_rule *list;
    size_t count;
    size_t capacity;
};

struct calendar_reading {
    struct plan_load load;
    const struct library *library;
    struct str patron; /* "MM-DD"; missing: none is known */
    bool patron_is_optional;
    struct str folder; /* what paths of holiday lists start from */
    bool has_patron;   /* the document leaves one open */
    struct calendar_list *lists;
    size_t list_count;
};

void rule_list_add(struct plan_load *load, struct rule_list *rules, const struct day_rule *rule);
void calendar_read_week(struct plan_load *load, const struct xml_node *node,
                        struct day_windows *week);
/* All holidays among the children of the element, in order. */
void calendar_read_rules(struct calendar_reading *reading, const struct xml_node *node,
                         struct rule_list *rules);

#endif
