/*
 * What several documents have in common: conditions on records, who says what must be reached, and
 * instants and days in attributes.
 *
 * Owns: everything lives in the arena of the document.
 * Errors: false: the text is none. Readers of attributes report, and count.
 * Units: instants in microseconds UTC.
 * Source: ISO 8601.
 * Threads: values only.
 */
#ifndef CFAUDIT_PLAN_PLAN_PARTS_H
#define CFAUDIT_PLAN_PLAN_PARTS_H

#include "base/str.h"
#include "time/instant.h"
#include "time/zone.h"
#include "xml/fields.h"

struct condition { /* all must hold */
    struct str field;
    struct str comparison; /* eq ne lt le gt ge in missing present */
    struct str value;
};

/* Who says what must be reached. */
enum target_source { TARGET_DEFAULT, TARGET_POLICY, TARGET_CONTRACT, TARGET_LAW };
const char *target_source_name(enum target_source source);
bool target_source_find(struct str name, enum target_source *ret_source);

/* An instant with its offset, or a day: its first instant in the zone. */
bool moment_parse(struct str text, const struct zone *zone, struct instant *ret_instant);
/* An instant in an attribute; INSTANT_MISSING: the attribute is not there. */
struct instant instant_attr(struct xml_fields *fields, const struct xml_node *node,
                            const char *name);
void instant_write_attr(struct xml_writer *writer, const char *name, struct instant instant);
/* "MM-DD" of a day that some year has. */
bool month_day_parse(struct str text, unsigned *ret_month, unsigned *ret_day);

#endif
