/*
 * What the rules make of one piece of a log.
 *
 * Call: log_work_lanes once text is at hand; log_chunk_new; for each piece log_chunk_begin and
 *       log_chunk_scan, then look at the members; log_chunk_free; log_work_done.
 * Owns: the caller owns chunks and work; cells live as long as the piece, its source's name, the
 *       rules and the chunk until its next scan.
 * Errors: the chunk's no_memory; NULL or false when memory is out.
 * Units: places are counted from the beginning of the piece: lines from 0, bytes as stored.
 * All is as if nothing stood in front of the piece, but for the rules that have stopped.
 * Threads: the work is constant while chunks are scanned; one chunk or lane, one thread.
 */
#ifndef CFAUDIT_READER_LOG_CHUNK_H
#define CFAUDIT_READER_LOG_CHUNK_H

#include "reader/chunk_queue.h"
#include "reader/chunk_rows.h"
#include "reader/log_columns.h"
#include "reader/log_counts.h"
#include "reader/log_entries.h"
#include "reader/pile.h"
#include "text/rules_check.h"

/* What is the same for all pieces of a log. */
struct log_work {
    const struct log_rules *log;
    struct rules *rules;
    const struct rule_pattern *checked; /* what rules are held against; NULL: nothing */
    struct log_columns *columns;
    const struct log_boundary *boundary;
    struct str source_name;
    struct str place_name; /* what places of entries begin with */
    size_t width; /* wants */
    struct log_lane *lanes; /* of each thread */
    unsigned lane_count;
};

struct log_place {
    uint64_t line;
    uint64_t offset;
};

/* Something that is told of an entry. */
struct log_event {
    enum rule rule; /* RULE_COUNT: the boundary met a limit */
    size_t by;      /* RULE_LOG_LIMIT, RULE_LOG_STOPPED: the rule over entries */
    uint64_t n;     /* RULE_LOG_ENCODING: bytes */
    struct log_place place;
};

enum { LEFT_BY_NOBODY, LEFT_BY_RULE, LEFT_REASONS };

struct log_left {
    uint64_t n;
    size_t first_count;
    struct log_place places[LEFT_OUT_FIRST];
    struct str texts[LEFT_OUT_FIRST]; /* entries, as they are */
};

struct log_chunk {
    struct chunk base;
    const struct log_work *work;
    enum log_piece_kind piece;
    enum encoding encoding;
    bool is_first;       /* of the log */
    uint64_t first_line; /* where a want is the place of an entry: the piece's */
    uint32_t *limits;    /* met in front of it by each rule, as far as was known */
    /* results */
    bool no_memory;
    bool differs; /* the rules and what they are held against, in that entry */
    struct log_place difference;
    uint64_t lines; /* line ends in the piece */
    uint64_t stored; /* bytes */
    uint64_t read;   /* entries */
    struct log_counts counts;
    struct log_left left[LEFT_REASONS];
    struct chunk_rows rows;
    struct log_event *events;
    size_t event_count;
    size_t event_capacity;
    struct pile pile;
};

bool log_work_lanes(struct log_work *work, unsigned count);
void log_work_done(struct log_work *work);
/* Nanoseconds of processor time that the rule took of all chunks, none of which is worked on. */
uint64_t log_work_spent(const struct log_work *work, size_t rule);
uint64_t log_work_boundary_spent(const struct log_work *work);

struct log_chunk *log_chunk_new(const struct log_work *work);
void log_chunk_free(struct log_chunk *chunk); /* accepts NULL */
/* The piece is set. `known`: what was counted in front of it, as far as that is known. */
void log_chunk_begin(struct log_chunk *chunk, const struct log_counts *known);
/* In that lane. */
void log_chunk_scan(struct log_chunk *chunk, unsigned lane);

#endif
