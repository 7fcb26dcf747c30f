/*
 * What one detector finds in the messages of some sources.
 *
 * Call: fill in run, options and sources; detecting_read; detecting_text, _csv or _json;
 *       detecting_done.
 * Owns: hits and their texts live in the run's arena.
 * Errors: as the rooms report them.
 * Units: places of a hit: line and byte of its row, then line and column (characters) in the text of
 *        the message, both from 1.
 * Spans are there only where texts are asked for; those of labels never are.
 * Threads: one.
 */
#ifndef CFAUDIT_CMD_DETECTING_H
#define CFAUDIT_CMD_DETECTING_H

#include "cmd/gathering_texts.h"

struct detected {
    struct str source;
    uint64_t line;
    uint64_t offset;
    struct str ticket;
    struct instant at; /* INSTANT_MISSING: none */
    enum actor_class actor;
    bool is_public;
    uint64_t text_line;
    uint64_t text_column;
    struct mark_hit hit;
    struct str span; /* missing: not shown */
    size_t message;  /* its number, from 0 */
};

struct detecting {
    struct run *run;
    struct gathering gathering;
    struct gathering_source source;
    enum detector detector;
    unsigned actors; /* whose messages, a bit of each enum actor_class; 0: everybody's */
    bool shows_spans;
    /* results */
    uint64_t messages; /* with a text */
    uint64_t hit_messages;
    struct detected *hits;
    size_t hit_count;
    size_t hit_capacity;
    size_t boilerplate_lines;
    struct marks_reader reader;
    struct boilerplate *boilerplate;
    const char *file; /* being read */
};

enum status detecting_read(struct detecting *detecting);
void detecting_text(const struct detecting *detecting, struct buf *out);
void detecting_csv(const struct detecting *detecting, struct buf *out);
void detecting_json(const struct detecting *detecting, struct buf *out);
void detecting_done(struct detecting *detecting);

#endif
