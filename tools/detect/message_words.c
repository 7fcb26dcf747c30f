#include "detect/message_words.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

struct reading {
    struct message_words *words;
    const struct folding *folding;
    struct str text; /* up to the end of the line */
    size_t whole;    /* bytes of the text */
    size_t at;
    size_t len; /* of what was folded */
    unsigned before; /* AFTER_*: what lies in front of the next word */
};

void message_words_init(struct message_words *words)
{
    memset(words, 0, sizeof *words);
    plain_text_init(&words->plain);
}

void message_words_done(struct message_words *words)
{
    plain_text_done(&words->plain);
    mem_free(words->folded);
    mem_free(words->words);
    mem_free(words->lines);
    memset(words, 0, sizeof *words);
}

/* --- characters --- */

/* Of the character at that place; *ret_taken bytes. Its folded bytes go behind what is folded. */
static inline enum fold_kind take(struct reading *reading, size_t at, size_t *ret_taken,
                                  size_t *ret_len)
{
    unsigned char c = (unsigned char)reading->text.ptr[at];
    char *room = reading->words->folded + reading->len;

    if (c < 0x80) {
        const struct folded *folded = &reading->folding->table[c];

        *ret_taken = 1;
        *ret_len = folded->len;
        *room = folded->bytes[0];
        return (enum fold_kind)folded->kind;
    }
    return fold_char(reading->folding,
                     (struct str){reading->text.ptr + at, reading->text.len - at}, ret_taken, room,
                     ret_len);
}

/* Most characters fold to no more bytes than they have; there is room for one that does not. */
static bool make_room(struct reading *reading)
{
    struct message_words *words = reading->words;
    size_t need = reading->len + (reading->whole - reading->at) + 2 * FOLD_BYTES;
    char *grown;

    if (need <= words->folded_capacity)
        return true;
    need += need / 2;
    grown = mem_resize(words->folded, need, 1);
    if (!grown)
        return false;
    words->folded = grown;
    words->folded_capacity = need;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A sign inside a number: a digit in front of it and one behind. */
static bool is_inside_number(const struct reading *reading, size_t at)
{
    struct str text = reading->text;
    char c = text.ptr[at];

    return (c == '.' || c == ',' || c == ':' || c == '/' || c == '-') && at > 0 &&
           is_digit(text.ptr[at - 1]) && at + 1 < text.len && is_digit(text.ptr[at + 1]);
}

/* --- words --- */

/* False: memory is out. */
static bool take_word(struct reading *reading)
{
    struct message_words *words = reading->words;
    size_t start = reading->at;
    size_t first = reading->len;
    uint32_t letters = 0;
    struct message_word *word;

    while (reading->at < reading->text.len) {
        size_t taken;
        size_t len;
        enum fold_kind kind;

        if ((unsigned char)reading->text.ptr[reading->at] >= 0x80 && !make_room(reading))
            return false;
        kind = take(reading, reading->at, &taken, &len);
        if (kind == FOLD_SIGN && letters == 0) {
            reading->at += taken;
            reading->len += len;
            break;
        }
        if (kind != FOLD_WORD && kind != FOLD_NOTHING) {
            if (letters == 0 || !is_inside_number(reading, reading->at))
                break;
            words->folded[reading->len] = reading->text.ptr[reading->at];
            len = 1;
        } else {
            letters += kind == FOLD_WORD;
        }
        reading->at += taken;
        reading->len += len;
    }
    if (reading->len == first) /* marks that belong to no letter */
        return true;
    if (!mem_grow(&words->words, words->count, &words->capacity, sizeof *words->words))
        return false;
    word = &words->words[words->count++];
    word->start = (uint32_t)start;
    word->end = (uint32_t)reading->at;
    word->folded = (uint32_t)first;
    word->len = (uint32_t)(reading->len - first);
    word->letters = letters;
    word->line = (uint32_t)words->line_count;
    word->hash = str_hash((struct str){words->folded + first, word->len});
    word->flags = reading->before | (is_digit(words->folded[first]) ? WORD_NUMBER : 0u);
    reading->before = 0;
    return true;
}

/* --- what stands between words --- */

static bool ends_sentence(struct str sign)
{
    static const char *const signs[] = {".", "!", "?", "\u2026", "\u3002", "\uFF01", "\uFF0E",
                                        "\uFF1F", "\uFF61", "\u0964", "\u061F", "\u06D4", "\u203C",
                                        "\u203D", "\u2047", "\u2048", "\u2049"};
    size_t i;

    for (i = 0; i < ARRAY_LEN(signs); i++)
        if (str_is(sign, signs[i]))
            return true;
    return false;
}

static bool is_question(struct str sign)
{
    return str_is(sign, "?") || str_is(sign, "\uFF1F") || str_is(sign, "\u061F") ||
           str_is(sign, "\u2047") || str_is(sign, "\u2048") || str_is(sign, "\u2049") ||
           str_is(sign, "\u203D");
}

static void take_stop(struct reading *reading, size_t taken)
{
    struct str sign = {reading->text.ptr + reading->at, taken};
    size_t next = reading->at + taken;
    size_t next_taken;
    size_t len;

    reading->before |= AFTER_CLAUSE;
    if (!ends_sentence(sign))
        return;
    /* the name of a host or of a file goes on */
    if (next < reading->text.len && take(reading, next, &next_taken, &len) == FOLD_WORD)
        return;
    reading->before |= AFTER_SENTENCE | (is_question(sign) ? AFTER_QUESTION : 0u);
}

/* --- lines --- */

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool take_line(struct reading *reading)
{
    struct message_words *words = reading->words;
    struct str text = reading->text;
    struct message_line *line;
    struct str seen;
    size_t start = reading->at;
    size_t end = start;

    text.len = reading->whole;
    while (end < text.len && !is_line_end(text.ptr[end]))
        end++;
    seen = str_trim((struct str){text.ptr + start, end - start});
    if (!mem_grow(&words->lines, words->line_count, &words->line_capacity, sizeof *words->lines))
        return false;
    line = &words->lines[words->line_count];
    line->first = (uint32_t)words->count;
    line->is_quoted = seen.len && seen.ptr[0] == '>';
    line->is_blank = seen.len == 0;
    line->ends_colon = seen.len && seen.ptr[seen.len - 1] == ':';
    line->is_dashes = str_is(seen, "--");
    if (line->is_blank || line->is_quoted)
        reading->before |= AFTER_CLAUSE | AFTER_SENTENCE;
    reading->text.len = end; /* words end where their line does */
    if (line->is_quoted)
        reading->at = end;
    while (reading->at < end) {
        size_t taken;
        size_t len;
        enum fold_kind kind = take(reading, reading->at, &taken, &len);

        if (kind == FOLD_WORD || kind == FOLD_SIGN) {
            if (!take_word(reading))
                return false;
            continue;
        }
        if (kind == FOLD_STOP)
            take_stop(reading, taken);
        reading->at += taken;
    }
    reading->at = end;
    if (end < text.len)
        reading->at += text.ptr[end] == '\r' && end + 1 < text.len && text.ptr[end + 1] == '\n' ? 2 : 1;
    line->end = (uint32_t)words->count;
    words->line_count++;
    return true;
}

bool message_words_read(struct message_words *words, const struct folding *folding,
                        struct str text)
{
    struct reading reading = {.words = words, .folding = folding};
    size_t i;

    words->count = words->line_count = 0;
    if (text.len > LIMIT_MESSAGE_BYTES)
        text.len = (size_t)LIMIT_MESSAGE_BYTES;
    if (!plain_text_make(&words->plain, text))
        return false;
    reading.text = words->plain.text;
    reading.whole = reading.text.len;
    reading.before = AFTER_CLAUSE | AFTER_SENTENCE;
    if (!make_room(&reading))
        return false;
    while (reading.at < reading.whole)
        if (!take_line(&reading))
            return false;
    words->last = reading.before;
    for (i = 0; i < words->count && words->plain.jump_count; i++) {
        struct message_word *word = &words->words[i];
        size_t last = plain_place(&words->plain, word->end - 1);

        word->start = (uint32_t)plain_place(&words->plain, word->start);
        word->end = (uint32_t)(last + 1 > word->start ? last + 1 : word->start);
    }
    return true;
}
