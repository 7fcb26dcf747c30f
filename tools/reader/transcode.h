/*
 * The bytes of a source as UTF-8 text, whatever their encoding.
 *
 * Call: transcode_open; transcode_next until STATUS_END; transcode_close.
 * Owns: the caller owns the stream, which borrows the source; a block lives until the next call, or
 *       the one after it behind transcode_hold_two.
 * Errors: as source_next; text-encoding when the evidence for two encodings is close, or turns.
 * Units: bytes. transcode_stored_len turns lengths of the text into lengths of the source.
 * The encoding is taken from a byte order mark, else from the pattern of zero bytes, else from
 * the first block that is not plain ASCII: valid UTF-8, or windows-1252. In the UTF-8 text of a
 * single-byte or UTF-16 source, a byte or unit that has no meaning becomes the byte FF, which is
 * never valid; in a UTF-8 source invalid bytes stay as they are. Whoever cuts rows checks them.
 * Source: WHATWG Encoding (index windows-1252, without its guesses for unassigned bytes),
 *         ISO/IEC 8859-15, RFC 3629, RFC 2781.
 * Threads: one stream, one thread.
 */
#ifndef CFAUDIT_READER_TRANSCODE_H
#define CFAUDIT_READER_TRANSCODE_H

#include "reader/reader.h"

/* Bytes before a block that the caller may write to. */
enum { TRANSCODE_HEADROOM = SOURCE_HEADROOM - 16 };

struct transcoder {
    struct source *source;
    enum encoding encoding; /* ENCODING_DETECT: only ASCII so far */
    bool has_bom;
    bool big_endian;
    bool source_ended;
    bool primed;
    char held[4]; /* bytes of a character that the last block cut */
    size_t held_len;
    char tail[8];     /* where the held bytes become a block at the end */
    struct str first; /* raw bytes gathered for the detection, not handed out yet */
    char *window;     /* where they lie when one block was too small */
    char *room;       /* converted text, headroom in front */
    size_t room_size;
    bool holds_two;   /* the block before the last lives, too */
    char *other_room; /* where it is */
    size_t other_size;
    uint64_t skipped; /* bytes of the byte order mark */
    const struct source_parts *parts; /* of the block at hand as it is; NULL: not known */
    uint64_t valid;   /* characters beyond ASCII that are valid UTF-8 */
    uint64_t invalid; /* bytes that are not */
};

void transcode_open(struct transcoder *text, struct source *source, enum encoding encoding);
void transcode_close(struct transcoder *text);
/* Right after it was opened, with nothing taken from the source yet. */
void transcode_hold_two(struct transcoder *text);
/*
 * The raw first bytes (at least 256, usually 64 KiB, unless the source is shorter), for a look at
 * what kind of file it is. Before the first transcode_next.
 */
enum status transcode_head(struct transcoder *text, struct diag *diag, struct str *ret_head);
/* Writable only where the headroom is; *ret_block may be converted or the source's own. */
enum status transcode_next(struct transcoder *text, struct diag *diag, char **ret_block,
                           size_t *ret_len);
/* Bytes of the source that this piece of the text (whole characters) stands for. */
uint64_t transcode_stored_len(const struct transcoder *text, struct str piece);
/* The same of text in the encoding that it had when it came. */
uint64_t encoding_stored_len(enum encoding encoding, struct str piece);
/* Lengths of the text are lengths of the source. */
bool transcode_is_plain(const struct transcoder *text);
/* "UTF-8", "windows-1252" */
const char *transcode_encoding_name(const struct transcoder *text);

#endif
