/*
 * A part of a run: what some of an audit's sources say of its cases, as a file that another run
 * joins with others.
 *
 * Call: to write, fill a struct part_head; part_writer_new, part_writer_add for each case in order
 *       of id, part_writer_finish. To read, part_open; part_reader_head; part_reader_number;
 *       part_next until STATUS_END, which only comes when the SHA-256 holds; part_close. Several
 *       together: parts_check, parts_sources, then part_join_new, part_join_next, part_join_free.
 * Owns: a head lives in the arena of whoever made it; a case lives until the next call of the
 *       reader or join that gave it.
 * Errors: STATUS_INVALID and part-format, with the offset, for bytes that are no sound part; nothing
 *         in a part is trusted. STATUS_USAGE and part-differs, part-version or part-twice for parts
 *         that cannot be joined.
 * Units: as in record/record.h; offsets in bytes of the part, decompressed.
 * Source: cfaudit-part(5).
 * The bytes of a part depend only on the audit and on the sources in it, not on threads, on the
 * order of reading, or on the parts it was joined from.
 * Threads: one writer, reader or join, one thread.
 */
#ifndef CFAUDIT_PART_PART_H
#define CFAUDIT_PART_PART_H

#include "base/pool.h"
#include "base/scratch.h"
#include "record/share.h"
#include "xml/library_store.h"

/* Of the format; a change of its meaning makes a new one. */
enum { PART_FORMAT = 4 };

/* A diagnostic about one source. */
struct part_note {
    enum rule rule;
    bool is_about_source; /* else `source`, which may be missing */
    struct str source;
    uint64_t line;
    uint64_t column;
    uint64_t offset;
    struct str text;
    struct str hint; /* may be missing */
};

struct part_count { /* of the diagnostics of a rule, kept or not */
    enum rule rule;
    uint64_t n;
};

struct part_source {
    uint32_t owner;               /* number of the audit's source */
    struct accounting accounting; /* the name is as in the ledger */
    struct part_note *notes;
    size_t note_count;
    struct part_count *counts;
    size_t count_count;
    struct str part; /* name of the part it was read from; not written */
};

/* A source of the audit, and what its files fill of the cases. */
struct part_owner {
    struct str id;
    struct slot_set filled; /* nothing, while no file of it was read */
    struct slot_set filled_of[RECORD_KIND_COUNT]; /* the same of other records than tickets */
};

/* Records of a kind that are no tickets. */
struct part_kind {
    struct record_needs needs;
    struct record_facts facts;
};

struct part_head {
    struct str tool;  /* version of cfaudit */
    struct str audit; /* name of its document */
    struct str audit_id;
    struct str zone; /* may be missing */
    struct instant period_start;
    struct instant period_end;
    bool as_of_is_stated; /* by an option, not only by the audit */
    struct instant as_of;
    struct str seed; /* stated by an option; missing: none */
    struct library_item *documents; /* in order of name */
    size_t document_count;
    struct record_needs needs;
    struct part_owner *owners;
    size_t owner_count;
    struct part_source *sources; /* in the order of a ledger */
    size_t source_count;
    struct record_facts facts;
    unsigned kinds; /* a bit of each that was read beside tickets */
    struct part_kind kind[RECORD_KIND_COUNT];
};

/*
 * A case that is no ticket has an id of its own in a part: a byte that no other id begins with, the
 * letter of its kind, and the id. So it stands before all tickets, beside its like.
 */
enum record_kind part_case_kind(struct str id);
/* The id by itself. */
struct str part_case_id(struct str id);
/* The id as a part has it; what fails is told by the buffer. */
struct str part_kind_id(struct buf *room, enum record_kind kind, struct str id);

struct part_share {
    uint32_t owner;
    struct record_share share;
};

struct part_case {
    struct str id; /* as the part has it */
    struct part_share *shares; /* in order of owner */
    size_t count;
};

/* Who is given cases, one after the other; what it returns beside STATUS_OK ends that. */
typedef enum status part_take(void *taker, const struct part_case *item);

/* The order of sources in a part and a ledger: owner, name, SHA-256. */
int part_source_compare(const struct part_source *a, const struct part_source *b);

struct part_writer;
struct part_reader;
/* Bytes go to `write`, which keeps its errors to itself. The head must outlive the writer. */
enum status part_writer_new(const struct part_head *head,
                            void (*write)(void *context, struct str bytes), void *context,
                            struct diag *diag, struct part_writer **ret_writer);
enum status part_writer_add(struct part_writer *writer, const struct part_case *item,
                            struct diag *diag);
/* All the cases of a reader of which none has been read yet, and whose sources have the same
   numbers; the writer has none. */
enum status part_writer_copy(struct part_writer *writer, struct part_reader *reader,
                             struct diag *diag);
enum status part_writer_finish(struct part_writer *writer, struct diag *diag,
                               struct sha256 *ret_sha256);
void part_writer_free(struct part_writer *writer); /* accepts NULL */

/* Opens the file and reads the head; diagnostics call it by the name. The pool may be NULL. */
enum status part_open(struct str path, struct str name, struct pool *pool, struct diag *diag,
                      struct part_reader **ret_reader);
/* Whether a file that begins with these bytes could be a part. */
bool part_begins(struct str bytes);
/* Whether the file is a part whose SHA-256 holds. */
bool part_is_sound(struct str path);
/* The head alone, into an arena. */
enum status part_head_load(struct str path, struct str name, struct arena *arena,
                           struct diag *diag, struct part_head *ret_head);
void part_close(struct part_reader *reader); /* accepts NULL */
const struct part_head *part_reader_head(const struct part_reader *reader);
/* Sources of its cases get these numbers, one for each of the head's, in rising order. */
enum status part_reader_number(struct part_reader *reader, const uint32_t *numbers,
                               struct diag *diag);
enum status part_next(struct part_reader *reader, struct diag *diag, struct part_case *ret_case);

/* Refuses heads that differ, with a diagnostic for each thing that does. */
enum status parts_check(const struct part_head *const *heads, const struct str *names, size_t count,
                        bool as_of_is_free, bool seed_is_free, struct diag *diag);
/*
 * One head for all of them, which are sound together, in `arena`. numbers[i][k]: the number that
 * source k of head i has in it. STATUS_USAGE: a source is there twice.
 */
enum status parts_sources(const struct part_head *const *heads, const struct str *names,
                          size_t count, struct arena *arena, struct diag *diag,
                          struct part_head *ret_head, uint32_t ***ret_numbers);

/* What both of them say. */
void part_facts_join(struct record_facts *into, const struct record_facts *facts);

/*
 * Diagnostics about sources, in the order of a ledger, as the run would tell them that reads them
 * all: what is said once of a map is not said again.
 */
struct part_notes {
    struct diag *diag;
    uint32_t owner;
    size_t first; /* of the owner's, in the list */
};

enum status part_notes_tell(struct part_notes *notes, const struct part_source *source,
                            struct str name);

/*
 * Parts as lines of text, for engines that sort lines by their keys and bring those of a key, or of
 * all keys, to one place: a key, a tab, how many lines the part has, a tab, and a piece of it in
 * base64. In the order of their keys the lines of a part stand together.
 */
enum status part_lines_write(struct str path, const struct sha256 *audit, const struct sha256 *part,
                             void (*write)(void *context, struct str bytes), void *context,
                             struct diag *diag);
/* Where the bytes of parts are that did not come as a file of their own. */
struct part_inputs {
    struct arena *arena;
    struct str *names; /* as the user knows them */
    struct str *paths;
    struct scratch **scratches; /* NULL: it is a file */
    size_t count;
    size_t capacity[3];
};

/* A file, "-", or lines of parts in one of both. */
enum status part_inputs_add(struct part_inputs *inputs, struct str name, struct diag *diag);
/* A part of our own making; the scratch belongs to the inputs. */
enum status part_inputs_add_scratch(struct part_inputs *inputs, struct str name,
                                    struct scratch *scratch, struct diag *diag);
void part_inputs_done(struct part_inputs *inputs);

struct part_join;
/* Of readers that have their numbers; borrowed. */
enum status part_join_new(struct part_reader *const *readers, size_t count,
                          const struct part_head *head, struct diag *diag,
                          struct part_join **ret_join);
void part_join_free(struct part_join *join); /* accepts NULL */
enum status part_join_next(struct part_join *join, struct diag *diag, struct part_case *ret_case);

#endif
