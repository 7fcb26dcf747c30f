/*
 * What becomes of one piece of JSON lines.
 *
 * Call: lines_work_lanes; lines_chunk_new; for each piece lines_chunk_begin and lines_chunk_scan,
 *       then look at the members; lines_chunk_free; lines_work_done.
 * Owns: the caller owns chunks and work; cells live as long as the piece and the chunk until its
 *       next scan.
 * Errors: the chunk's no_memory; NULL or false when memory is out.
 * Units: places are counted from the beginning of the piece: lines from 0, bytes as stored.
 * A line is read as if nothing stood in front of it; what a lane remembers only makes it quicker.
 * Threads: paths are constant while chunks are scanned; one chunk or lane, one thread.
 */
#ifndef CFAUDIT_READER_JSON_CHUNK_H
#define CFAUDIT_READER_JSON_CHUNK_H

#include "reader/chunk_queue.h"
#include "reader/chunk_rows.h"
#include "reader/json_input.h"
#include "reader/json_object.h"

struct lines_work {
    const struct paths *paths;
    size_t width;         /* wants */
    bool has_byte_arrays;
    struct lines_lane *lanes; /* of each thread */
    unsigned lane_count;
};

enum lines_form {
    LINES_WHOLE, /* the last one may lack its end */
    LINES_LONG,  /* the beginning of a line that is too long */
    LINES_PASSED /* more of it, up to its end or not */
};

/* Something that is told of a line. */
struct lines_event {
    struct flaw flaw; /* `at` is in the piece; missing: the line is a row all the same */
    const char *start; /* of the line */
    uint64_t line;
    uint64_t offset;
};

struct lines_chunk {
    struct chunk base;
    const struct lines_work *work;
    enum lines_form form;
    enum encoding encoding;
    bool is_cut; /* the data break off in the last line, if that has no end */
    /* results */
    bool no_memory;
    bool *found;     /* per want: this piece has it, or one before it in the same lane */
    uint64_t lines;  /* line ends in the piece */
    uint64_t stored; /* bytes */
    struct chunk_rows rows;
    struct lines_event *events;
    size_t event_count;
    size_t event_capacity;
    struct pile pile;
};

bool lines_work_lanes(struct lines_work *work, unsigned count);
void lines_work_done(struct lines_work *work);
/* What the objects of a lane's pieces had. */
const struct member_tree *lines_work_tree(const struct lines_work *work, unsigned lane);

struct lines_chunk *lines_chunk_new(const struct lines_work *work);
void lines_chunk_free(struct lines_chunk *chunk); /* accepts NULL */
/* The piece is set. */
void lines_chunk_begin(struct lines_chunk *chunk);
/* In that lane. */
void lines_chunk_scan(struct lines_chunk *chunk, unsigned lane);

#endif
