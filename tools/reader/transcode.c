#include "reader/transcode.h"

#include <string.h>

#include "base/mem.h"
#include "reader/utf8_scan.h"

enum { HEAD_MIN = 256, HEAD_MAX = 1 << 16 };

/* windows-1252, 80 to 9F; 0: unassigned */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

void transcode_open(struct transcoder *text, struct source *source, enum encoding encoding)
{
    memset(text, 0, sizeof *text);
    text->source = source;
    text->encoding = encoding;
}

void transcode_close(struct transcoder *text)
{
    mem_free(text->window);
    mem_free(text->room);
    mem_free(text->other_room);
    text->window = text->room = text->other_room = NULL;
}

void transcode_hold_two(struct transcoder *text)
{
    text->holds_two = true;
    source_hold_two(text->source);
}

const char *transcode_encoding_name(const struct transcoder *text)
{
    static const char *const names[] = {
        [ENCODING_DETECT] = "UTF-8",      [ENCODING_UTF8] = "UTF-8",
        [ENCODING_UTF16] = "UTF-16",      [ENCODING_WINDOWS_1252] = "windows-1252",
        [ENCODING_LATIN1] = "ISO-8859-1", [ENCODING_LATIN9] = "ISO-8859-15",
    };

    return names[text->encoding];
}

/* --- raw bytes --- */

static enum status next_raw(struct transcoder *text, struct diag *diag, struct str *ret_raw)
{
    enum status status;
    char *block;
    size_t len;

    text->parts = NULL;
    if (text->first.len) {
        *ret_raw = text->first;
        text->first.len = 0;
        return STATUS_OK;
    }
    if (text->source_ended)
        return STATUS_END;
    status = source_next(text->source, diag, &block, &len);
    text->source_ended = status == STATUS_END;
    if (status == STATUS_OK) {
        *ret_raw = (struct str){block, len};
        text->parts = source_parts(text->source);
    }
    return status;
}

/* Joins blocks until there is enough to judge by; a normal block is enough by itself. */
static enum status gather(struct transcoder *text, struct diag *diag)
{
    size_t enough = source_block_size(text->source) / 16;
    struct str raw = {"", 0};
    enum status status = next_raw(text, diag, &raw);
    size_t len = 0;

    enough = enough < HEAD_MIN ? HEAD_MIN : enough > HEAD_MAX ? HEAD_MAX : enough;
    if (status != STATUS_OK || raw.len >= enough) {
        text->first = raw;
        return status == STATUS_END ? STATUS_OK : status;
    }
    text->window = mem_alloc(SOURCE_HEADROOM + enough + SOURCE_BLOCK + SOURCE_PAD, 1);
    if (!text->window)
        return diag_no_memory(diag);
    while (status == STATUS_OK && len < enough) {
        memcpy(text->window + SOURCE_HEADROOM + len, raw.ptr, raw.len);
        len += raw.len;
        if (len < enough)
            status = next_raw(text, diag, &raw);
    }
    text->first = (struct str){text->window + SOURCE_HEADROOM, len};
    return status == STATUS_END ? STATUS_OK : status;
}

/* --- which encoding --- */

static void skip_bom(struct transcoder *text, size_t len)
{
    text->first.ptr += len;
    text->first.len -= len;
    text->skipped = len;
    text->has_bom = true;
}

/* UTF-16 without a mark: text in a Latin script has zero bytes at every second place. */
static void detect_zeros(struct transcoder *text)
{
    struct str head = text->first;
    size_t at[2] = {0, 0};
    size_t i;

    if (head.len > HEAD_MAX)
        head.len = HEAD_MAX;
    for (i = 0; i < head.len; i++)
        at[i & 1] += head.ptr[i] == '\0';
    if (head.len < 4)
        return;
    if (at[1] * 10 >= head.len / 2 * 7 && at[0] * 20 <= head.len / 2) {
        text->encoding = ENCODING_UTF16;
    } else if (at[0] * 10 >= head.len / 2 * 7 && at[1] * 20 <= head.len / 2) {
        text->encoding = ENCODING_UTF16;
        text->big_endian = true;
    }
}

static void detect_start(struct transcoder *text)
{
    enum encoding asked = text->encoding;

    if (str_starts(text->first, "\xef\xbb\xbf") &&
        (asked == ENCODING_DETECT || asked == ENCODING_UTF8)) {
        skip_bom(text, 3);
        text->encoding = ENCODING_UTF8;
    } else if (text->first.len >= 2 && memcmp(text->first.ptr, "\xff\xfe", 2) == 0 &&
               (asked == ENCODING_DETECT || asked == ENCODING_UTF16)) {
        skip_bom(text, 2);
        text->encoding = ENCODING_UTF16;
    } else if (text->first.len >= 2 && memcmp(text->first.ptr, "\xfe\xff", 2) == 0 &&
               (asked == ENCODING_DETECT || asked == ENCODING_UTF16)) {
        skip_bom(text, 2);
        text->encoding = ENCODING_UTF16;
        text->big_endian = true;
    } else if (asked == ENCODING_DETECT || asked == ENCODING_UTF16) {
        detect_zeros(text);
    }
}

static enum status prime(struct transcoder *text, struct diag *diag)
{
    enum status status = gather(text, diag);

    text->primed = true;
    return status;
}

enum status transcode_head(struct transcoder *text, struct diag *diag, struct str *ret_head)
{
    enum status status = prime(text, diag);

    if (status != STATUS_OK)
        return status;
    *ret_head = text->first;
    detect_start(text);
    return STATUS_OK;
}

static enum status doubtful(struct transcoder *text, const char *what, struct diag *diag)
{
    diag_report(diag, RULE_TEXT_ENCODING, (struct where){source_name(text->source), 0, 0, 0},
                "%s (%llu characters are valid UTF-8, %llu bytes are not)", what,
                (unsigned long long)text->valid, (unsigned long long)text->invalid);
    diag_hint(diag, "say which it is: --encoding utf-8 or --encoding windows-1252");
    return STATUS_INVALID;
}

/* Without a look at the bytes where their parts are known. */
static bool is_ascii(const struct transcoder *text, struct str raw)
{
    size_t i;

    if (!text->parts)
        return utf8_is_ascii(raw);
    for (i = 0; i < text->parts->count; i++)
        if (text->parts->list[i].has_beyond_ascii)
            return false;
    return true;
}

/*
 * Plain ASCII decides nothing and is the same in both. The first block with more than that does,
 * ten to one; a character cut by its end (*ret_cut bytes) waits for the next block.
 */
static enum status detect_later(struct transcoder *text, struct str raw, bool is_last,
                                struct diag *diag, size_t *ret_cut)
{
    struct utf8_census census;

    *ret_cut = 0;
    if (is_ascii(text, raw))
        return STATUS_OK;
    census = utf8_count(raw);
    *ret_cut = census.cut;
    text->valid += census.valid;
    text->invalid += census.invalid + (is_last ? census.cut : 0);
    if (!text->valid && !text->invalid)
        return STATUS_OK;
    if (text->valid >= 10 * text->invalid)
        text->encoding = ENCODING_UTF8;
    else if (text->invalid >= 10 * text->valid)
        text->encoding = ENCODING_WINDOWS_1252;
    else
        return doubtful(text, "UTF-8 and windows-1252 are both possible", diag);
    return STATUS_OK;
}

/* The first block looked like windows-1252: does the rest agree? */
static enum status watch(struct transcoder *text, struct str raw, struct diag *diag)
{
    struct utf8_census census;

    if (is_ascii(text, raw))
        return STATUS_OK;
    census = utf8_count(raw);
    text->valid += census.valid;
    text->invalid += census.invalid;
    if (text->valid > text->invalid)
        return doubtful(text, "it began like windows-1252 and goes on like UTF-8", diag);
    return STATUS_OK;
}

/* --- conversion --- */

static void turn_rooms(struct transcoder *text)
{
    char *room = text->room;
    size_t size = text->room_size;

    text->room = text->other_room;
    text->room_size = text->other_size;
    text->other_room = room;
    text->other_size = size;
}

static bool make_room(struct transcoder *text, size_t size)
{
    if (text->holds_two)
        turn_rooms(text);
    if (text->room_size >= size)
        return true;
    mem_free(text->room);
    text->room = mem_alloc(SOURCE_HEADROOM + size + SOURCE_PAD, 1);
    text->room_size = text->room ? size : 0;
    return text->room != NULL;
}

static char *put_code(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xF0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 0x3F));
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

static uint32_t latin9(unsigned char byte)
{
    switch (byte) {
    case 0xA4:
        return 0x20AC;
    case 0xA6:
        return 0x0160;
    case 0xA8:
        return 0x0161;
    case 0xB4:
        return 0x017D;
    case 0xB8:
        return 0x017E;
    case 0xBC:
        return 0x0152;
    case 0xBD:
        return 0x0153;
    case 0xBE:
        return 0x0178;
    default:
        return byte;
    }
}

static size_t convert_bytes(const struct transcoder *text, struct str raw, char *to)
{
    char *start = to;
    size_t i;

    for (i = 0; i < raw.len; i++) {
        unsigned char byte = (unsigned char)raw.ptr[i];
        uint32_t code = byte;

        if (byte >= 0x80 && text->encoding == ENCODING_LATIN9)
            code = latin9(byte);
        else if (byte >= 0x80 && byte < 0xA0 && text->encoding == ENCODING_WINDOWS_1252)
            code = windows_1252[byte - 0x80];
        if (byte >= 0x80 && code == 0)
            *to++ = (char)0xFF;
        else
            to = put_code(to, code);
    }
    return (size_t)(to - start);
}

static uint32_t unit_at(const struct transcoder *text, const char *p)
{
    const unsigned char *bytes = (const unsigned char *)p;

    return text->big_endian ? (uint32_t)bytes[0] << 8 | bytes[1]
                            : (uint32_t)bytes[1] << 8 | bytes[0];
}

/* Converts whole characters; what the block cuts off is held for the next one. */
static size_t convert_units(struct transcoder *text, struct str raw, bool is_last, char *to)
{
    char *start = to;
    size_t i = 0;

    while (raw.len - i >= 2) {
        uint32_t unit = unit_at(text, raw.ptr + i);
        bool is_high = unit >= 0xD800 && unit < 0xDC00;

        if (is_high && raw.len - i < 4 && !is_last)
            break;
        if (is_high && raw.len - i >= 4) {
            uint32_t low = unit_at(text, raw.ptr + i + 2);

            if (low >= 0xDC00 && low < 0xE000) {
                to = put_code(to, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
                i += 4;
                continue;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000)
            *to++ = (char)0xFF;
        else
            to = put_code(to, unit);
        i += 2;
    }
    if (is_last && i < raw.len) {
        *to++ = (char)0xFF;
        i = raw.len;
    }
    text->held_len = raw.len - i;
    memcpy(text->held, raw.ptr + i, text->held_len);
    return (size_t)(to - start);
}

/* --- blocks --- */

/* The held bytes go in front of the block: into its headroom. */
static void put_held(struct transcoder *text, struct str *raw)
{
    if (text->held_len) {
        char *front = (char *)(uintptr_t)raw->ptr - text->held_len;

        memcpy(front, text->held, text->held_len);
        raw->ptr = front;
        raw->len += text->held_len;
        text->held_len = 0;
        text->parts = NULL;
    }
}

static enum status convert(struct transcoder *text, struct str raw, bool is_last, struct diag *diag,
                           char **ret_block, size_t *ret_len)
{
    char *to;

    text->parts = NULL;
    /* three bytes of text for one of windows-1252, or for two of UTF-16 */
    if (!make_room(text, 3 * (raw.len > SOURCE_BLOCK / 4 ? SOURCE_BLOCK + HEAD_MAX : raw.len) + 8))
        return diag_no_memory(diag);
    to = text->room + SOURCE_HEADROOM;
    *ret_len = text->encoding == ENCODING_UTF16 ? convert_units(text, raw, is_last, to)
                                                : convert_bytes(text, raw, to);
    *ret_block = to;
    return STATUS_OK;
}

/* One block of text, perhaps empty. */
static enum status take_block(struct transcoder *text, struct str raw, bool is_last,
                              struct diag *diag, char **ret_block, size_t *ret_len)
{
    enum status status = STATUS_OK;
    size_t cut = 0;

    put_held(text, &raw);
    if (text->encoding == ENCODING_DETECT)
        status = detect_later(text, raw, is_last, diag, &cut);
    else if (text->encoding == ENCODING_WINDOWS_1252 && text->invalid)
        status = watch(text, raw, diag);
    if (status != STATUS_OK)
        return status;
    if (text->encoding == ENCODING_DETECT) {
        text->held_len = cut;
        memcpy(text->held, raw.ptr + raw.len - text->held_len, text->held_len);
        raw.len -= text->held_len;
        text->parts = cut ? NULL : text->parts;
    }
    if (!transcode_is_plain(text))
        return convert(text, raw, is_last, diag, ret_block, ret_len);
    *ret_block = (char *)(uintptr_t)raw.ptr;
    *ret_len = raw.len;
    return STATUS_OK;
}

enum status transcode_next(struct transcoder *text, struct diag *diag, char **ret_block,
                           size_t *ret_len)
{
    enum status status = STATUS_OK;

    if (!text->primed) {
        status = prime(text, diag);
        if (status != STATUS_OK)
            return status;
        detect_start(text);
    }
    *ret_len = 0;
    while (status == STATUS_OK && *ret_len == 0) {
        struct str raw;
        bool is_last;

        status = next_raw(text, diag, &raw);
        is_last = status == STATUS_END;
        if (is_last && text->held_len == 0)
            return STATUS_END;
        if (is_last) {
            /* only what is converted is held at the end, so this needs no headroom */
            raw = (struct str){text->tail + sizeof text->held, 0};
        } else if (status != STATUS_OK) {
            return status;
        }
        status = take_block(text, raw, is_last, diag, ret_block, ret_len);
    }
    return status;
}

static bool is_plain(enum encoding encoding)
{
    return encoding == ENCODING_DETECT || encoding == ENCODING_UTF8;
}

bool transcode_is_plain(const struct transcoder *text)
{
    return is_plain(text->encoding);
}

uint64_t transcode_stored_len(const struct transcoder *text, struct str piece)
{
    return encoding_stored_len(text->encoding, piece);
}

uint64_t encoding_stored_len(enum encoding encoding, struct str piece)
{
    uint64_t leads = 0;
    uint64_t pairs = 0;
    size_t i;

    if (is_plain(encoding))
        return piece.len;
    for (i = 0; i < piece.len; i++) {
        unsigned char byte = (unsigned char)piece.ptr[i];

        leads += (byte & 0xC0) != 0x80;
        pairs += byte >= 0xF0 && byte != 0xFF;
    }
    return encoding == ENCODING_UTF16 ? 2 * (leads + pairs) : leads;
}
