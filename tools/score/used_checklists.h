/*
 * The checklists that a result was made with, as elements of it and of the result before.
 *
 * Owns: what is read lives in the arena of the fields.
 * Errors: as xml/fields.h.
 * Units: none.
 * Threads: functions of their arguments.
 */
#ifndef CFAUDIT_SCORE_USED_CHECKLISTS_H
#define CFAUDIT_SCORE_USED_CHECKLISTS_H

#include "score/score.h"

struct used_checklist *used_checklists_read(struct xml_fields *fields,
                                            const struct xml_node *parent, size_t *ret_count);
/* The profile that chose among their questions. */
struct used_profile used_profile_read(struct xml_fields *fields, const struct xml_node *parent);
void used_profile_write(struct xml_writer *writer, const struct used_profile *profile);
void used_checklists_write(struct xml_writer *writer, const struct used_checklist *list,
                           size_t count);

#endif
