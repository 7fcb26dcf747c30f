/*
 * Where the tags of a stream start, found ahead of the parser, and limits that guard it.
 *
 * Call: tag_scan_init; tag_scan_feed with each piece before the parser gets it; tag_scan_take for
 *       each start tag the parser reports; tag_scan_done.
 * Owns: the scan owns its queue; leaves live as long as the bytes of the piece, until the next one.
 * Errors: feed tells how far the piece may go to the parser, and why no further.
 * Own code, because the parser tells only where a tag ends, and its byte count is wrong whenever
 * it converts; and because attributes without number cost it minutes.
 * Knows just enough of XML to skip comments, CDATA and processing instructions. In a text that is
 * not well-formed it may go astray; the parser stops there.
 * Units: offsets in bytes from 0, lines and columns (characters) from 1.
 * Source: XML 1.0, productions 14 to 21 and 40 to 44.
 * Threads: one scan, one thread.
 */
#ifndef CFAUDIT_XML_TAG_SCAN_H
#define CFAUDIT_XML_TAG_SCAN_H

#include <stdbool.h>

#include "xml/leaf.h"

struct tag_place {
    uint64_t offset;
    uint64_t line;
    uint64_t column;
};

/* A tag that the parser does not get. */
struct tag_leaf {
    struct leaf leaf;
    struct tag_place place;
    uint64_t marks; /* tags before it that the parser gets, end tags included */
};

enum tag_refusal { TAG_OK, TAG_DOCTYPE, TAG_ATTRIBUTES, TAG_BYTES, TAG_MEMORY };

enum tag_state {
    TAG_BETWEEN, /* from one "<" to the next: what is between matters only in long tags */
    TAG_OPENED,  /* behind "<" */
    TAG_BANG,    /* behind "<!" */
    TAG_COMMENT, /* up to "-->" */
    TAG_CDATA,   /* up to "]]>" */
    TAG_PI       /* up to "?>" */
};

struct tag_scan {
    bool single_byte; /* set it where every byte is a character: not UTF-8 */
    enum tag_state state;
    char last[2];    /* the bytes before the next piece */
    uint64_t offset; /* of the next byte */
    uint64_t line;
    uint64_t line_start;    /* offset of its first byte */
    uint64_t followers;     /* bytes of the line so far that continue a character */
    struct tag_place place; /* of the markup being read */
    bool in_tag;            /* it is a start tag, counted up to `counted`: */
    uint64_t counted;
    char quote; /* of the value that is open there; 0: none */
    unsigned attributes;
    uint64_t marks;          /* start and end tags so far, without leaves */
    bool finds_leaves;       /* set it to have leaves found */
    struct tag_leaf *leaves; /* of the last piece */
    size_t leaf_count;
    size_t leaf_capacity;
    struct tag_place *queue;
    size_t head;
    size_t count;
    size_t capacity;
};

void tag_scan_init(struct tag_scan *scan);
void tag_scan_done(struct tag_scan *scan);
/* *ret_len bytes may go to the parser; with a refusal, what stands behind them is at scan->place.
 */
enum tag_refusal tag_scan_feed(struct tag_scan *scan, struct str bytes, size_t *ret_len);
/* False: the scan saw fewer start tags than the parser. */
static inline bool tag_scan_take(struct tag_scan *scan, struct tag_place *ret_place)
{
    if (scan->head == scan->count)
        return false;
    *ret_place = scan->queue[scan->head++];
    return true;
}

#endif
