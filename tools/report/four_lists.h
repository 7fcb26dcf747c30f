/*
 * The four lists for top management: commitments missed, risks without action, signals without
 * reaction, customers without a voice. Each is made of kinds; a kind looks at one figure of the
 * ledger, or at the result, and has found something, has found nothing, or had no records to look
 * at, which is never the same as nothing.
 *
 * Call: findings_collect and series_collect; four_lists_collect; then read the kinds.
 * Owns: everything lives in the report's arena and borrows from ledger and result.
 * Errors: sticky in book->failed; the lists are then shorter than they should be.
 * Units: counts of cases, records or rows.
 * Threads: one report, one thread.
 */
#ifndef CFAUDIT_REPORT_FOUR_LISTS_H
#define CFAUDIT_REPORT_FOUR_LISTS_H

#include "report/report_parts.h"

enum four_list { LIST_COMMITMENTS, LIST_RISKS, LIST_SIGNALS, LIST_VOICE, FOUR_LISTS };

enum kind_standing {
    KIND_UNTOLD, /* no record tells */
    KIND_NONE,   /* something was looked at, and nothing found */
    KIND_FOUND,
    KIND_STANDING_COUNT
};

/* What is found of a kind. */
enum list_count {
    COUNT_K,    /* cases of the figure that count */
    COUNT_REST, /* those that do not: n - k */
    COUNT_ROWS  /* rows of the table: no part of what the figure looks at */
};

/* One entry of a list, with where it stands. */
struct list_item {
    struct str what;    /* a record, a customer, a step; as it stands in the ledger */
    struct str details; /* in the report's language; may be missing */
    const char *sheet;  /* of the workbook, NULL: none; with the key of the row there */
    struct str key;
    struct table_place place; /* of the record; without a case_id there is none */
};

struct list_kind;

/* What a kind looks at. */
struct list_source {
    enum four_list list;
    const char *id; /* fixed English word: "promises-not-kept" */
    enum word name;
    const char *measure;     /* "M-19"; NULL: it looks at something else, and `collect` does so */
    const char *variants[2]; /* the first that the ledger has */
    enum list_count counts;
    const char *table;  /* id of the measure's table that has the entries; NULL: they are the
                           worst records of the figure */
    const char *column; /* of the table: the rows whose cell there says one of the words; NULL:
                           all rows */
    const char *words[2];
    const char *what; /* column */
    const char *details[4]; /* columns */
    void (*collect)(struct report *report, struct list_kind *kind);
};

struct list_kind {
    const struct list_source *source;
    enum kind_standing standing;
    const struct figure *figure; /* NULL: none */
    uint64_t count;              /* found */
    uint64_t of;                 /* looked at; 0: not a share of anything */
    struct list_item *items;     /* at most count; a figure names some of its records only */
    size_t item_count;
    struct str nothing; /* why nothing was found, in the report's language; missing: by its figure */
};

struct four_lists {
    struct list_kind *kinds; /* list by list, the gravest first */
    size_t count;
};

extern const struct list_source list_sources[]; /* ends with one without an id */

void four_lists_collect(struct report *report, struct four_lists *lists);
/* Room for `count` entries; false when memory is out. */
bool list_kind_room(struct report *report, struct list_kind *kind, size_t count);
enum word four_list_name(enum four_list list);
/* "commitments", "found": for programs */
const char *four_list_id(enum four_list list);
const char *kind_standing_name(enum kind_standing standing);
/* "12 of 41", "none among 8: threads with a refusal", "no record tells: needs complaints ..." */
struct str list_kind_text(struct report *report, const struct list_kind *kind);
/* The same with the worst group, or with the first entries. */
struct str list_kind_brief(struct report *report, const struct list_kind *kind);
/* How many kinds of a list stand so; KIND_STANDING_COUNT: at all. */
size_t four_lists_standing(const struct four_lists *lists, enum four_list list,
                           enum kind_standing standing);
/* "7 checks: 5 found something, 1 nothing, 1 had no records", "no data: needs ..." */
struct str four_list_text(struct report *report, const struct four_lists *lists,
                          enum four_list list);
/* The kinds of a list that stand so: "Meetings missed 1, ..." */
struct str four_list_names(struct report *report, const struct four_lists *lists,
                           enum four_list list, enum kind_standing standing);

/* Signals of the control charts that nobody has reacted to. */
void collect_chart_signals(struct report *report, struct list_kind *kind);
/* Nonconformities without an action, and actions overdue. */
void collect_open_actions(struct report *report, struct list_kind *kind);
/* Segments that are served worse than others by more than chance. */
void collect_segments_behind(struct report *report, struct list_kind *kind);

/* Id of the sheet of a table, and key of one of its rows in it. */
struct str table_sheet_id(struct report *report, const struct figure_table *table);
struct str table_row_key(struct report *report, const struct figure *figure,
                         const struct figure_table *table, size_t row);
/* Key of the row of one of the worst records of a figure, in the sheet "evidence". */
struct str evidence_row_key(struct report *report, const struct figure *figure, size_t number);
/* Four cells of where a record stands: case, source, line and byte; blank for one that stands nowhere. */
void report_place(struct report *report, struct sheet *sheet, const struct table_place *place,
                  bool has_links);

#endif
