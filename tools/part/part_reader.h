/*
 * The insides of a reader of parts, for the files of this room.
 *
 * Call: part_read_frame for the next frame; then what its cases are made of, from the inside out:
 *       part_read_text, part_read_value, part_read_values and part_read_state; part_read_events,
 *       part_read_messages.
 * Owns: see part/part.h.
 * Errors: sticky where values are got: the code is bad, or no_memory is set; part_bad and
 *         part_bad_code report.
 * Units: bytes.
 * Threads: one reader, one thread.
 */
#ifndef CFAUDIT_PART_PART_READER_H
#define CFAUDIT_PART_PART_READER_H

#include "part/part_frame.h"
#include "part/part_texts.h"

struct number_list {
    uint32_t *list;
    size_t count;
    size_t capacity;
};

struct state { /* as the events have it that are in it */
    uint32_t group;
    uint32_t status;
    uint32_t fields;
    uint8_t class;
    bool has_status;
};

/* Where what a share has begins, while the lists may still move. */
struct share_rows {
    size_t first_told;
    size_t first_event;
    size_t first_message;
};

struct part_reader {
    struct source *source;
    struct str name; /* borrowed */
    struct digest *digest;
    struct arena own;
    struct arena *arena; /* of the head */
    struct part_head head;
    struct part_layout layouts[RECORD_KIND_COUNT];
    const struct part_layout *layout; /* of the case at hand */
    uint32_t *numbers; /* of sources, for those who asked */
    /* bytes at hand */
    const char *block;
    size_t block_len;
    uint64_t offset; /* of what comes next */
    struct buf frame;
    uint64_t frame_offset;
    struct code code; /* what is left of the frame */
    char letter;
    /* what the cases of a frame refer to */
    struct part_texts texts;
    struct number_list words[WORDS_COUNT];
    struct state *states;
    size_t state_count;
    size_t state_capacity;
    unsigned char (*shapes)[SLOT_END / 8];
    size_t shape_count;
    size_t shape_capacity;
    uint64_t at_source;
    uint64_t at_offset;
    uint64_t at_line;
    int64_t at;
    /* the case at hand */
    struct buf id;
    bool is_first;      /* of its frame */
    struct part_share *shares; /* room for one of each owner */
    struct share_rows *rows;
    struct record_told *told;
    size_t told_count;
    size_t told_capacity;
    struct record_event *events;
    size_t event_count;
    size_t event_capacity;
    struct record_message *messages;
    size_t message_count;
    size_t message_capacity;
    uint64_t case_count;
    bool no_memory;
    bool is_ended;
};

struct where part_where(const struct part_reader *reader, uint64_t offset);
/* What was found at that byte is no part. */
enum status part_bad(const struct part_reader *reader, uint64_t offset, const char *what,
                       struct diag *diag);
enum status part_bad_code(const struct part_reader *reader, struct diag *diag);
/* So many bytes into the frame buffer, and into the digest. */
enum status part_read_bytes(struct part_reader *reader, size_t len, struct diag *diag);
/* The letter of the next frame, and its bytes as the code. */
enum status part_read_frame(struct part_reader *reader, struct diag *diag);
/* What the frame of the end says there is. */
uint64_t part_read_count(const struct part_reader *reader);
/* Behind the frame of the end: STATUS_END when all holds. */
enum status part_read_end(struct part_reader *reader, struct diag *diag);

static inline bool part_goes_on(const struct part_reader *reader)
{
    return !reader->code.is_bad && !reader->no_memory;
}

/* Number of a text of that place (a slot, or WORDS_*); INTERN_NONE: missing. */
uint32_t part_read_text(struct part_reader *reader, size_t place);
int64_t part_read_value(struct part_reader *reader, int slot, int64_t beside);
/* Those of the slots that are kept. */
void part_read_values(struct part_reader *reader, struct record_told *told);
struct slot_set part_read_filled(struct part_reader *reader);
/* NULL: it is none. */
const struct state *part_read_state(struct part_reader *reader);

/* source << 44 | offset, as the sources are numbered for whoever reads. */
uint64_t part_read_place(struct part_reader *reader, uint32_t owner, uint32_t *ret_line);
int32_t part_read_sequence(struct part_reader *reader);
/* At the ends of the lists of the reader. */
void part_read_events(struct part_reader *reader, uint32_t owner, size_t count);
void part_read_messages(struct part_reader *reader, uint32_t owner, size_t count);

#endif
