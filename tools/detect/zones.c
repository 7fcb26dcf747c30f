#include "detect/zones.h"

#include "base/limits.h"

/* Words of the lines that precede a quoted message, and behind a closing formula. */
enum { QUOTE_WORDS = 40, CLOSING_WORDS = 60, GREETINGS = 3, NAME_WORDS = 3 };

struct zoning {
    const struct detectors *detectors;
    const struct message_words *words;
    struct phrase_words phrases;
};

/* The longest phrase of one kind that was found. */
struct search {
    const struct detectors *detectors;
    uint8_t kind;
    uint32_t number;  /* of the quote; SIZE_MAX in u32: any */
    size_t longest;
    uint32_t longest_number;
};

static const uint32_t ANY_NUMBER = 0xFFFFFFFFu;

static void found(void *context, uint32_t value, size_t count)
{
    struct search *search = context;
    const struct phrase_target *target = &search->detectors->targets[value];

    if (target->kind != search->kind ||
        (search->number != ANY_NUMBER && target->number != search->number) ||
        count < search->longest || (count == search->longest && target->number >= search->longest_number))
        return;
    search->longest = count;
    search->longest_number = target->number;
}

/* Words of the longest such phrase at the word; 0: none. */
static size_t find(const struct zoning *zoning, size_t at, uint8_t kind, uint32_t number,
                   uint32_t *ret_number)
{
    struct search search = {zoning->detectors, kind, number, 0, ANY_NUMBER};

    if (!phrase_tree_begins(zoning->detectors->tree, &zoning->phrases.list[at]))
        return 0;
    phrase_tree_find(zoning->detectors->tree, &zoning->phrases, at, found, &search);
    if (ret_number)
        *ret_number = search.longest_number;
    return search.longest;
}

/* --- quoted messages --- */

static size_t next_seen(const struct message_words *words, size_t line)
{
    for (line++; line < words->line_count && words->lines[line].is_blank; line++)
        ;
    return line;
}

/* The line ends with the phrase. */
static bool ends_so(const struct zoning *zoning, const struct message_line *line, uint32_t quote)
{
    size_t at = line->end > line->first + LIMIT_PHRASE_WORDS ? line->end - LIMIT_PHRASE_WORDS
                                                             : line->first;

    for (; at < line->end; at++) {
        size_t length = find(zoning, at, PHRASE_QUOTE_ENDS, quote, NULL);

        if (length && at + length == line->end)
            return true;
    }
    return false;
}

/* The last of the lines that precede a quoted message, when such lines begin here; false: none do. */
static bool precedes_quote(const struct zoning *zoning, size_t number, size_t *ret_last)
{
    const struct message_words *words = zoning->words;
    const struct message_line *line = &words->lines[number];
    size_t next = next_seen(words, number);
    uint32_t quote = 0;
    size_t length;

    if (line->first == line->end || line->end - line->first > QUOTE_WORDS)
        return false;
    length = find(zoning, line->first, PHRASE_QUOTE_BEGINS, ANY_NUMBER, &quote);
    if (!length)
        return false;
    *ret_last = number;
    if (zoning->detectors->quotes[quote].has_ends) {
        if (ends_so(zoning, line, quote))
            return true;
        /* mail programs fold long lines */
        *ret_last = number + 1;
        return number + 1 < words->line_count && ends_so(zoning, &words->lines[number + 1], quote);
    }
    if (zoning->detectors->quotes[quote].has_next)
        return next < words->line_count && words->lines[next].first < words->lines[next].end &&
               find(zoning, words->lines[next].first, PHRASE_QUOTE_NEXT, quote, NULL);
    return length == line->end - line->first;
}

/* Words of the lines that are neither quoted, nor precede a quote, nor a signature behind dashes. */
static size_t keep_lines(const struct zoning *zoning, uint32_t *kept)
{
    const struct message_words *words = zoning->words;
    size_t count = 0;
    size_t last;
    size_t i;
    uint32_t k;

    for (i = 0; i < words->line_count; i++) {
        const struct message_line *line = &words->lines[i];

        if (line->is_dashes && count)
            break;
        if (precedes_quote(zoning, i, &last)) {
            size_t next = next_seen(words, last);

            /* where a '>' stands in front of what is quoted, an answer may follow it */
            if (next == words->line_count || !words->lines[next].is_quoted)
                break;
            i = last;
            continue;
        }
        for (k = line->first; k < line->end; k++)
            kept[count++] = k;
    }
    return count;
}

/* --- greetings and closings --- */

/* A stop that does not end a sentence, or the end of the line, is behind the word in front. */
static bool is_apart(const struct message_words *words, const uint32_t *kept, size_t count, size_t at)
{
    const struct message_word *word;

    if (at >= count)
        return false;
    word = &words->words[kept[at]];
    return word->line != words->words[kept[at - 1]].line ||
           ((word->flags & AFTER_CLAUSE) && !(word->flags & AFTER_SENTENCE));
}

/* Where the words begin that are no greeting. */
static size_t skip_greeting(const struct zoning *zoning, const uint32_t *kept, size_t count)
{
    size_t at = 0;
    unsigned i;

    for (i = 0; i < GREETINGS && at < count; i++) {
        size_t named = find(zoning, kept[at], PHRASE_GREETING_NAME, ANY_NUMBER, NULL);
        size_t plain = find(zoning, kept[at], PHRASE_GREETING, ANY_NUMBER, NULL);

        if (named > plain && is_apart(zoning->words, kept, count, at + named))
            at += named;
        else if (plain)
            at += plain;
        else
            break;
    }
    return at < count ? at : count;
}

/* Nothing but a name is between the word and a stop or the end of its line. */
static bool is_signed(const struct message_words *words, const uint32_t *kept, size_t count,
                      size_t at)
{
    uint32_t line = words->words[kept[at]].line;
    size_t i;

    if (at + 1 < count && (words->words[kept[at + 1]].flags & AFTER_CLAUSE))
        return true;
    for (i = at + 1; i < count && words->words[kept[i]].line == line; i++)
        if (i > at + NAME_WORDS || (words->words[kept[i]].flags & AFTER_CLAUSE))
            return false;
    return true;
}

/* Where a closing formula begins behind which nothing but a signature can follow. */
static size_t find_closing(const struct zoning *zoning, const uint32_t *kept, size_t from,
                           size_t count)
{
    size_t at = count - from > CLOSING_WORDS + LIMIT_PHRASE_WORDS
                    ? count - CLOSING_WORDS - LIMIT_PHRASE_WORDS
                    : from;

    for (; at < count; at++) {
        const struct message_word *word = &zoning->words->words[kept[at]];
        bool begins = at == 0 || (word->flags & AFTER_CLAUSE) ||
                      word->line != zoning->words->words[kept[at - 1]].line;
        size_t length = begins ? find(zoning, kept[at], PHRASE_CLOSING, ANY_NUMBER, NULL) : 0;

        if (length && count - at <= length + CLOSING_WORDS &&
            (length > 1 || is_signed(zoning->words, kept, count, at)))
            return at;
    }
    return count;
}

size_t zones_find(const struct detectors *detectors, const struct message_words *words,
                  const struct phrase_symbols *symbols, uint32_t *kept)
{
    const struct zoning zoning = {detectors, words, {symbols, words->count}};
    size_t count = keep_lines(&zoning, kept);
    size_t from = skip_greeting(&zoning, kept, count);
    size_t end = find_closing(&zoning, kept, from, count);
    size_t i;

    for (i = from; i < end; i++)
        kept[i - from] = kept[i];
    return end - from;
}
