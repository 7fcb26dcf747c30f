/*
 * A block cut into pieces that stay in the inner caches, each of whole entries.
 *
 * Call: rules_piece_init; rules_piece_begin for a block; rules_piece_next until it is false;
 *       rules_piece_done.
 * Owns: the caller owns the struct and the block.
 * Errors: rules_piece_init is false when memory is out.
 * Units: bytes.
 * Entries are lines, or what rules_piece_begin is given. One that is longer than LIMIT_LOG_LINE is
 * a piece of its own, and is not matched.
 * Threads: one piece, one thread.
 */
#ifndef CFAUDIT_TEXT_RULES_PIECE_H
#define CFAUDIT_TEXT_RULES_PIECE_H

#include "text/rules.h"

struct rules_piece {
    struct str block;
    const struct rules_entry *entries; /* NULL: lines */
    size_t entry_count;
    size_t done;    /* bytes of lines that are behind the piece */
    size_t entered; /* entries in front of the piece */

    /* entries [starts, ends) from its first byte */
    size_t base;
    size_t len;
    uint32_t *starts;
    uint32_t *ends; /* of lines not filled: they end in front of the next one's start */
    size_t count;
    bool is_long;  /* a single entry that is not matched */
    bool is_ascii; /* all of the piece is known to be */
};

bool rules_piece_init(struct rules_piece *piece);
void rules_piece_done(struct rules_piece *piece);
/* entries: NULL: lines. */
void rules_piece_begin(struct rules_piece *piece, struct str block,
                       const struct rules_entry *entries, size_t count);
/* False: the block is at its end. */
bool rules_piece_next(struct rules_piece *piece, enum rules_path path);

/* The end of a line [start, end): its line end does not belong to it, nor does a CR in front. */
static inline size_t without_line_end(const char *bytes, size_t start, size_t end)
{
    if (end > start && bytes[end - 1] == '\n')
        end--;
    return end > start && bytes[end - 1] == '\r' ? end - 1 : end;
}

/* Of an entry of the piece, from its first byte. */
static inline size_t rules_piece_start(const struct rules_piece *piece, size_t entry)
{
    return piece->starts[entry];
}
static inline size_t rules_piece_end(const struct rules_piece *piece, size_t entry)
{
    if (piece->entries)
        return piece->ends[entry];
    return without_line_end(piece->block.ptr + piece->base, piece->starts[entry],
                            piece->starts[entry + 1]);
}
/* The same from the first byte of the block, of long ones, too. */
size_t rules_piece_block_start(const struct rules_piece *piece, size_t entry);
size_t rules_piece_block_end(const struct rules_piece *piece, size_t entry);

#endif
