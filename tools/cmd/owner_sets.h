/*
 * What the sources of an audit say of its cases, each source in a set of its own; what is more than
 * memory may hold goes to sorted runs in temporary files.
 *
 * Call: owner_sets_read once the gathering is prepared; owner_sets_sources for what it says of the
 *       files; owner_sets_write, or owner_sets_go as often as needed; owner_sets_done.
 * Owns: the owner of the structure owns it; lists live in the run's arena.
 * Errors: as record/record.h and part/part_runs.h.
 * Units: none.
 * A case that has rows in several runs is put together as one that has them in several parts. How
 * many cases a file has is only known behind that where the file itself was cut.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_OWNER_SETS_H
#define CFAUDIT_CMD_OWNER_SETS_H

#include "cmd/gathering.h"
#include "cmd/progress.h"
#include "part/part_runs.h"

/* One source of the audit. */
struct owner {
    struct record_set *set; /* NULL: it has no file */
    struct record_set *kinds[RECORD_KIND_COUNT]; /* records that are no tickets; NULL: none */
    bool order_is_decided;  /* of day and month, by another look at its files */
};

struct owner_sets {
    struct gathering *gathering;
    struct owner *list;
    struct part_owner *owners;     /* the same, as the head of a part has them */
    struct accounting *accounting; /* of each file */
    struct diag *notes;            /* of each file: what was said while it was read */
    size_t file_count;
    struct record_facts facts; /* of all */
    struct part_kind kinds[RECORD_KIND_COUNT];
    struct progress progress;
    /* what is being read */
    size_t reading;  /* number of the source of the audit */
    uint32_t file;   /* number of the file */
    bool is_in_file; /* it has begun, and may go on */
    bool begins_anew;
    /* what was spilled */
    struct part_runs *runs; /* NULL: nothing */
    struct arena arena;     /* of the head of the runs */
    struct part_head head;
    uint32_t *cut; /* files that are in several runs, in the order of reading */
    size_t cut_count;
    size_t cut_capacity;
    struct scratch *sorted; /* all cases; NULL: they are in the sets */
};

enum status owner_sets_read(struct owner_sets *sets, struct gathering *gathering);
/* Everything about the files but their names, into as many sources. */
enum status owner_sets_sources(const struct owner_sets *sets, struct part_source *ret_sources);
/* Every case, in the order of the ids that parts have. */
enum status owner_sets_go(struct owner_sets *sets, part_take *take, void *taker);
/* The same, into a part. */
enum status owner_sets_write(struct owner_sets *sets, struct part_writer *writer);
void owner_sets_done(struct owner_sets *sets);

#endif
