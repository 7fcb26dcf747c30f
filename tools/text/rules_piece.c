#include "text/rules_piece.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "text/line_ends.h"

/* Bytes that are looked at together: they stay in the inner caches. */
enum { PIECE = 32 << 10 };
/* Most entries of a piece. A piece that is longer has only one. */
enum { PIECE_ENTRIES = PIECE + 1 };

bool rules_piece_init(struct rules_piece *piece)
{
    *piece = (struct rules_piece){.entries = NULL};
    piece->starts = mem_alloc(PIECE_ENTRIES + 8, sizeof *piece->starts);
    piece->ends = mem_alloc(PIECE_ENTRIES + 8, sizeof *piece->ends);
    return piece->starts && piece->ends;
}

void rules_piece_done(struct rules_piece *piece)
{
    mem_free(piece->starts);
    mem_free(piece->ends);
}

void rules_piece_begin(struct rules_piece *piece, struct str block,
                       const struct rules_entry *entries, size_t count)
{
    piece->block = block;
    piece->entries = entries;
    piece->entry_count = count;
    piece->done = piece->entered = 0;
    piece->base = piece->len = piece->count = 0;
    piece->is_long = false;
}

/* Bytes of whole lines that make a piece: one line at least. */
static size_t lines_len(struct str rest)
{
    size_t len = rest.len < PIECE ? rest.len : PIECE;
    const char *found;

    if (len == rest.len)
        return len;
    for (; len > 0; len--)
        if (rest.ptr[len - 1] == '\n')
            return len;
    found = memchr(rest.ptr + PIECE, '\n', rest.len - PIECE);
    return found ? (size_t)(found - rest.ptr) + 1 : rest.len;
}

static bool next_lines(struct rules_piece *piece, enum rules_path path)
{
    struct str rest = {piece->block.ptr + piece->done, piece->block.len - piece->done};

    if (rest.len == 0)
        return false;
    piece->base = piece->done;
    piece->len = lines_len(rest);
    piece->done += piece->len;
    piece->starts[0] = 0;
    piece->count = 1;
    piece->is_long = without_line_end(rest.ptr, 0, piece->len) > LIMIT_LOG_LINE;
    if (piece->is_long)
        return true;
    piece->count = line_ends(path, (struct str){rest.ptr, piece->len}, piece->starts + 1,
                            &piece->is_ascii);
    if (piece->starts[piece->count] < piece->len)
        piece->starts[++piece->count] = (uint32_t)piece->len;
    return true;
}

static bool next_entries(struct rules_piece *piece)
{
    const struct rules_entry *entry = piece->entries + piece->entered;
    size_t left = piece->entry_count - piece->entered;
    size_t count = 1;
    size_t i;

    if (left == 0)
        return false;
    piece->base = entry->start;
    while (count < left && count < PIECE_ENTRIES && entry[count].end - piece->base <= PIECE)
        count++;
    piece->count = count;
    piece->len = entry[count - 1].end - piece->base;
    piece->is_long = piece->len > LIMIT_LOG_LINE;
    for (i = 0; i < count && !piece->is_long; i++) {
        piece->starts[i] = (uint32_t)(entry[i].start - piece->base);
        piece->ends[i] = (uint32_t)(entry[i].end - piece->base);
    }
    return true;
}

bool rules_piece_next(struct rules_piece *piece, enum rules_path path)
{
    piece->entered += piece->count;
    piece->count = 0;
    piece->is_long = piece->is_ascii = false;
    return piece->entries ? next_entries(piece) : next_lines(piece, path);
}

size_t rules_piece_block_start(const struct rules_piece *piece, size_t entry)
{
    return piece->base + (piece->is_long ? 0 : rules_piece_start(piece, entry));
}

size_t rules_piece_block_end(const struct rules_piece *piece, size_t entry)
{
    size_t end = piece->base + piece->len;

    if (!piece->is_long)
        return piece->base + rules_piece_end(piece, entry);
    return piece->entries ? end : without_line_end(piece->block.ptr, piece->base, end);
}
