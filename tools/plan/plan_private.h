/*
 * What the loaders of this room share.
 *
 * Call: plan_open; read; plan_close with the status so far.
 * Owns: the load owns the document until plan_close.
 * Errors: plan_error counts a located diagnostic; plan_close refuses the document if there is one.
 * Units: none.
 * Threads: one load, one thread.
 */
#ifndef CFAUDIT_PLAN_PLAN_PRIVATE_H
#define CFAUDIT_PLAN_PLAN_PRIVATE_H

#include "plan/plan.h"
#include "xml/fields.h"

struct plan_load {
    struct xml_fields fields;
    const struct xml_node *root;
    uint64_t errors;
};

/* Reports at an attribute of the element (name NULL: at the element) and counts. */
void plan_error(struct plan_load *load, enum rule rule, const struct xml_node *node,
                const char *attribute, const char *detail, ...)
    __attribute__((format(printf, 5, 6)));
/* A bare name must be the document's own id, or results would cite one that is not found again. */
void plan_wrong_id(struct plan_load *load, struct str name, struct str id);
/* The status to return: the first failure, or a refusal when errors were counted. */
enum status plan_end(struct plan_load *load);

/* Texts of all children of that name, as written but trimmed at both ends. */
struct str *plan_texts(struct plan_load *load, const struct xml_node *node, const char *child,
                       size_t *ret_count);
/* Texts exactly as written. */
struct str *plan_raw_texts(struct plan_load *load, const struct xml_node *node, const char *child,
                           size_t *ret_count);
/* Texts of `format` elements; each must be one that time/format.h reads. */
struct str *plan_formats(struct plan_load *load, const struct xml_node *node, size_t *ret_count);
/* A missing attribute is a missing str. The zone is loaded into *ret_zone unless that is NULL. */
struct str plan_zone(struct plan_load *load, const struct xml_node *node, struct zone **ret_zone);
/* Conditions of all `where` children; those that cannot be decided are reported. */
struct condition *plan_conditions(struct plan_load *load, const struct xml_node *node,
                                  size_t *ret_count);
/* "2026-01-31" as days since 1970-01-01; false: missing. */
bool plan_day(struct plan_load *load, const struct xml_node *node, const char *name,
              int64_t *ret_days);
/* "MM-DD" as written; reported when no year has that day. */
struct str plan_month_day(struct plan_load *load, const struct xml_node *node, const char *name);
/* Index of the attribute's word in a table of names; 0 when it is missing. */
int plan_word(struct plan_load *load, const struct xml_node *node, const char *name,
              const char *const *names, int count);
/* "a/b" of "a/b/audit.xml"; missing when the path has no folder. */
struct str plan_folder(struct str path);
/* What relative paths in a document start from that was asked for by `name` from `folder`. */
struct str plan_folder_of_document(struct plan_load *load, const struct library *library,
                                   struct str name, struct str folder);
/* As calendar_load; a patron day that is optional is left out where the calendar has no place. */
enum status plan_calendar(struct arena *arena, const struct library *library, struct str name,
                          struct str patron, bool patron_is_optional, struct str zone,
                          struct str folder, struct diag *diag,
                          struct calendar_document **ret_document);
/* Checklists of an audit, and how it tailors them. */
void plan_checklists(struct plan_load *load, struct audit *audit);
/* Joins the checklists of the profile that the audit names, if it names one, to its own. */
void plan_profile(struct plan_load *load, const struct library *library, struct audit *audit);
/* Grid, baselines and reactions of an audit. */
void plan_charts(struct plan_load *load, struct audit *audit);
/* The rules of a map for text logs. */
void plan_log(struct plan_load *load, struct source_map *map);
/* How a sample is indented does not matter: lines without blanks around them (in text logs, without
   those that all have in front), empty ones left out, each ended by LF. */
struct str plan_sample_lines(struct plan_load *load, const struct xml_node *node);
/* As xml_where, with a source that outlives the document. */
struct where plan_where(struct plan_load *load, const struct xml_node *node);
/* Words with an English text whenever there is any. */
struct words plan_words(struct plan_load *load, const struct xml_node *node, const char *child);

#endif
