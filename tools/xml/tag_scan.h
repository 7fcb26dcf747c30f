/*
 * Where the tags of a stream start, found ahead of the parser, and limits that guard it.
 *
 * Call: tag_scan_init; tag_scan_feed with each piece before the parser gets it; tag_scan_take for
 *       each start tag the parser reports; tag_scan_done.
 * Owns: the scan owns its queue.
 * Errors: feed tells how far the piece may go to the parser, and why no further.
 * Own code, because the parser tells only where a tag ends, and its byte count is wrong whenever
 * it converts; and because attributes without number cost it minutes.
 * Knows just enough of XML to skip comments, CDATA and processing instructions. In a text that is
 * not well-formed it may go astray; the parser stops there.
 * Units: offsets in bytes from 0, lines and columns (characters) from 1; column 0 is unknown.
 * Threads: one scan, one thread.
 */
#ifndef CFAUDIT_XML_TAG_SCAN_H
#define CFAUDIT_XML_TAG_SCAN_H

#include <stdbool.h>

#include "base/str.h"

struct tag_place {
    uint64_t offset;
    uint64_t line;
    uint64_t column;
};

enum tag_refusal { TAG_OK, TAG_DOCTYPE, TAG_ATTRIBUTES, TAG_BYTES, TAG_DEPTH, TAG_MEMORY };

struct tag_scan {
    int state;
    char quote;
    unsigned matched;  /* bytes seen of a mark such as "]]>" */
    bool is_slash;     /* the last byte of a tag was a slash */
    unsigned depth;
    unsigned attributes;
    uint64_t offset;   /* of the next byte */
    uint64_t counted;  /* lines are counted up to here */
    uint64_t line;
    uint64_t line_start;
    struct tag_place place; /* of the tag being read */
    struct tag_place *queue;
    size_t head;
    size_t count;
    size_t capacity;
};

void tag_scan_init(struct tag_scan *scan);
void tag_scan_done(struct tag_scan *scan);
/* *ret_len bytes may go to the parser; with a refusal, what stands behind them is at scan->place. */
enum tag_refusal tag_scan_feed(struct tag_scan *scan, struct str bytes, size_t *ret_len);
/* False: the scan saw fewer start tags than the parser. */
bool tag_scan_take(struct tag_scan *scan, struct tag_place *ret_place);

#endif
