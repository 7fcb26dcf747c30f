/*
 * Documents of ours looked at as their writers need it: everything that is wrong with each, where,
 * and how to mend it.
 *
 * Call: lint_set_init; lint_set_since for earlier versions; lint_set_add for each name; lint_set_end; then read the documents;
 *       lint_set_done.
 * Owns: the set owns its documents and their diagnostics; they live until lint_set_done. The
 *       library is borrowed.
 * Errors: STATUS_MEMORY and STATUS_INTERRUPTED end the work, each reported to the sink given. What
 *         is wrong with a document is in its own diagnostics and stops no other one.
 * Units: as in base/diag.h.
 * A document passes three stages: it is read (well-formed, within the limits), checked against the
 * schema, then looked at by the rules of lint_table.c and, where the schema holds, by the loader
 * of its kind. Rules also look at what the schema refuses, so that one run tells as much as it can.
 * When all are there, what they say of each other is looked at: documents of one audit, by its id.
 * Threads: one set, one thread.
 */
#ifndef CFAUDIT_LINT_LINT_H
#define CFAUDIT_LINT_LINT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"
#include "base/words.h"
#include "xml/library.h"
#include "xml/xml_source.h"

/* Three outcomes stay three; the last is no document of ours, met in a folder. */
enum lint_outcome { LINT_VALID, LINT_INVALID, LINT_NOT_CHECKED, LINT_NOT_OURS, LINT_OUTCOME_COUNT };

struct fix;

/* A change of the text, and where it stands. */
struct lint_edit {
    struct xml_edit edit;
    struct where from;
    struct where to; /* behind it */
};

/* What mends a finding; nobody has tried it yet. */
struct lint_fix {
    const struct fix *fix;
    const struct lint_edit *edits; /* in order, none in another */
    size_t count;
};

struct lint_document {
    struct str name;  /* as given, or found in a folder */
    const char *kind; /* its root element; NULL: none that we know */
    struct str id;    /* missing: it has none */
    struct where id_place;
    int64_t revision; /* 1 where none is written */
    struct str audit; /* id of the audit it is of, or is; missing: of none */
    enum lint_outcome outcome;
    struct diag mended; /* findings it had before it was mended (lint/mend.h) */
    struct str diff;    /* what was changed then; missing: nothing */
    bool was_read; /* sha256 and bytes hold */
    size_t texts;  /* in words of people, in one language at least */
    size_t untranslated[LANG_COUNT]; /* of these, without a text in the language */
    struct sha256 sha256;
    uint64_t bytes;
    struct diag diag; /* in the order of their places; `fix` of one is its number in: */
    struct lint_fix *fixes;
    size_t fix_count;
    /* for this room */
    struct arena arena;
    bool is_whole;            /* the schema has nothing against it */
    void *model; /* as its loader made it; NULL: not kept */
    const struct lint_kind *row;
    bool is_file;             /* else of the library, by its bare name */
    struct xml_document *xml; /* until the set ends, for what looks at it again; NULL: not kept */
};

/* How a name came to be looked at. */
enum lint_origin {
    LINT_NAMED, /* by the user: it has to be a document of ours */
    LINT_FOUND  /* in a folder, among others that may not be */
};

struct lint_kind;
struct clause_table;

/* What rules look up, loaded when the first one asks. */
enum { LINT_EDITIONS = 8 };
struct lint_tables {
    struct arena arena;
    struct clause_table *clauses[LINT_EDITIONS]; /* in the order of editions; NULL: unusable */
    bool was_tried[LINT_EDITIONS];
};

/* A document that one of the set is a later version of. */
struct lint_earlier {
    struct xml_document *document;
    struct str name;
    bool was_used;
};

struct lint_set {
    const struct library *library;
    struct lint_tables tables;
    struct lint_earlier *earlier;
    size_t earlier_count;
    size_t earlier_capacity;
    bool keeps_xml; /* of its documents, for this room */
    struct lint_document **documents; /* in the order in which they were added */
    size_t count;
    size_t capacity;
};

/* Names of outcomes as written in files: "valid", "invalid", "not-checked", "not-ours". */
const char *lint_outcome_name(enum lint_outcome outcome);
size_t lint_set_outcomes(const struct lint_set *set, enum lint_outcome outcome);
uint64_t lint_set_severities(const struct lint_set *set, enum severity severity);

/* Findings of all documents that were mended, and those that --fix would try to. */
uint64_t lint_set_mended(const struct lint_set *set);
uint64_t lint_set_fixes(const struct lint_set *set);
/* What a fix does, as one writes "it ..."; the same of all fixes of a rule, NULL: it has none. */
const char *lint_fix_about(const struct lint_fix *fix);
const char *lint_rule_fix(enum rule rule);

void lint_set_init(struct lint_set *set, const struct library *library);
/*
 * An earlier version, by path or bare name, of a document added later: of the same kind and id. Rules
 * about changes look at both.
 */
enum status lint_set_since(struct lint_set *set, struct str name, struct diag *diag);
/* A path, "-" for standard input, or the bare name of a document of the library. */
enum status lint_set_add(struct lint_set *set, struct str name, enum lint_origin origin,
                         struct diag *diag);
/* The same with a source that is open, and stays the caller's. */
enum status lint_set_add_source(struct lint_set *set, struct source *source,
                                enum lint_origin origin, struct diag *diag);
/* Forgets a document. */
void lint_set_drop(struct lint_set *set, const struct lint_document *document);
/* What could only be said when all documents are there. */
enum status lint_set_end(struct lint_set *set, struct diag *diag);
void lint_set_done(struct lint_set *set);

#endif
