/*
 * Cases handed out while their sources are being read, instead of being kept.
 *
 * Call: record_set_stream; stream_is_on before a batch; stream_take with some of its rows, and
 *       stream_mark for each of the others whose case is new to the set's table; stream_check
 *       behind each batch and at the end; stream_free.
 * Owns: the set owns the stream; a case that is handed out lives as long as its batch.
 * Errors: false when memory is out.
 * Units: as in record/record.h.
 *
 * A case can be handed out when it will not change any more, which is taken for granted of a row
 * that is settled and whose id was not met before. Where the first ids are in order it is enough
 * that all are, in runs that do not overlap; if not, everything is read again with marks of all
 * ids. When these tell that one came twice, everything is read again and every case kept. What the
 * sources have to say about all cases together (which fields they give and the like) is taken from
 * the first rows; when a later row adds to it, everything is read again, too.
 * Threads: several may take rows, each in a lane of its own, while nobody changes the set; or only
 *          its table of cases, where there are no marks and no row so far has one of their ids. All
 *          else is done by one.
 */
#ifndef CFAUDIT_RECORD_STREAM_H
#define CFAUDIT_RECORD_STREAM_H

#include "record/id_marks.h"
#include "record/id_runs.h"
#include "record/plain_table.h"

struct stream_facts {
    uint64_t given[2];
    bool has_classes;
    bool has_groups;
    bool has_messages;
    bool first_to_last;
    bool is_snapshot;
};

enum stream_phase { STREAM_WAITING, STREAM_ON, STREAM_REFUSED, STREAM_BROKEN };

/* Most ids are not kept, which a look at two bits of a word mostly tells: with 200,000 kept ids it is
   wrong about one in thirty others. As many words as the inner caches have room for. */
enum { KEPT_WORD_BITS = 15 };

/* What one thread hands out. */
struct stream_lane {
    void *part; /* of the sink */
    struct id_marks marks;
    uint16_t places[RECORD_ROWS];
};

struct record_stream {
    struct record_sink sink;
    struct pool *pool;
    uint64_t kept[1 << KEPT_WORD_BITS]; /* by the upper bits of the hashes of kept ids */
    enum stream_phase phase;
    struct stream_facts facts;
    struct id_runs runs;   /* of the ids of all rows so far */
    struct id_marks marks; /* of cases that are kept */
    size_t next_check;     /* look for repeated marks when there are that many */
    struct stream_lane *lanes;
    unsigned lane_count;
    bool marks_ids; /* their runs do not tell whether one came twice */
    bool is_torn;   /* it broke because rows of a void piece were handed out */
    bool is_mixed;  /* it broke because runs of ids overlap, and there are no marks */
};

/* Rows of a batch whose columns a table has. */
struct stream_rows {
    const struct plain_table *table;
    const struct str *ids;
    const uint64_t *lines;
    const uint64_t *offsets;
    uint32_t source;
    size_t count;
    bool are_new; /* no row so far has one of these ids */
};

void stream_free(struct record_stream *stream); /* accepts NULL */
size_t stream_memory(const struct record_stream *stream);
/* Whether rows are to be offered; it begins when enough of them have been kept to know the facts. */
bool stream_is_on(struct record_set *set);
/*
 * Hands out the rows that are neither odd nor part of a case that is kept; the others are marked as
 * left in `ret_left`. False: memory is out.
 */
bool stream_take(struct record_set *set, unsigned lane, const struct stream_rows *rows,
                 bool *ret_left, size_t *ret_taken);
/* Asks the processor to fetch what gather_case of an id of that hash will look at. */
void stream_prefetch(const struct record_set *set, uint64_t hash);
/* The id got a case of its own in the set. */
bool stream_mark(struct record_set *set, uint64_t hash);
/* Breaks the stream when what it took for granted turns out wrong. */
bool stream_check(struct record_set *set, bool is_end);
/* Some of what was handed out was no row at all. */
void stream_tear(struct record_set *set);

#endif
