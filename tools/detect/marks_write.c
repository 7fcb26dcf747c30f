#include "detect/marks_write.h"

#include <string.h>

#include "base/mem.h"
#include "text/readability.h"

enum { STEM_LETTERS = 5 };

void marks_writer_init(struct marks_writer *writer, uint64_t salt, bool hits_only)
{
    memset(writer, 0, sizeof *writer);
    writer->salt = salt;
    writer->hits_only = hits_only;
    buf_init(&writer->out, SIZE_MAX);
}

void marks_writer_done(struct marks_writer *writer)
{
    buf_done(&writer->out);
    mem_free(writer->hits);
    mem_free(writer->stems);
    mem_free(writer->groups);
}

void marks_write_begin(struct marks_writer *writer, unsigned language)
{
    buf_clear(&writer->out);
    writer->hit_count = writer->hits_written = 0;
    writer->detectors = marks_language_bits(language);
    writer->has_line = false;
    writer->words_before = 0;
}

bool marks_write_hit(struct marks_writer *writer, const struct mark_hit *hit, uint32_t line)
{
    if (!mem_grow(&writer->hits, writer->hit_count, &writer->hit_capacity, sizeof *writer->hits))
        return false;
    writer->hits[writer->hit_count++] = (struct placed_hit){*hit, line};
    writer->detectors |= 1u << hit->detector;
    return true;
}

/* --- bytes --- */

static void put_number(struct buf *out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        buf_add_char(out, (char)(value | 0x80));
    buf_add_char(out, (char)value);
}

static void put_fixed(struct buf *out, uint64_t value, unsigned bytes)
{
    char text[8];
    unsigned i;

    for (i = 0; i < bytes; i++)
        text[i] = (char)(value >> 8 * i);
    buf_add(out, (struct str){text, bytes});
}

static void put_hits(struct marks_writer *writer)
{
    struct buf *out = &writer->out;
    size_t end = writer->hits_written;

    for (; end < writer->hit_count && writer->hits[end].line == writer->line; end++)
        ;
    put_number(out, end - writer->hits_written);
    put_number(out, writer->stem_count);
    put_number(out, writer->group_count);
    for (; writer->hits_written < end; writer->hits_written++) {
        const struct mark_hit *hit = &writer->hits[writer->hits_written].hit;

        put_number(out, (uint64_t)hit->detector);
        put_number(out, hit->entry);
        put_number(out, hit->start);
        put_number(out, hit->length);
        put_fixed(out, hit->hash, 8);
    }
}

static void end_line(struct marks_writer *writer)
{
    struct buf *out = &writer->out;
    size_t i;

    if (!writer->has_line)
        return;
    put_fixed(out, writer->digest, 8);
    put_number(out, writer->counts.words);
    put_number(out, writer->counts.letters);
    put_number(out, writer->counts.syllables);
    put_number(out, writer->counts.sentences);
    put_number(out, writer->counts.questions);
    for (i = 0; i < LANG_COUNT; i++)
        put_number(out, writer->languages[i]);
    put_hits(writer);
    for (i = 0; i < writer->stem_count; i++)
        put_fixed(out, writer->stems[i], 4);
    for (i = 0; i < writer->group_count; i++)
        put_fixed(out, writer->groups[i], 4);
    writer->has_line = false;
}

static void begin_line(struct marks_writer *writer, uint32_t line)
{
    if (writer->out.len == 0)
        put_fixed(&writer->out, writer->detectors, 4);
    writer->has_line = true;
    writer->line = line;
    writer->digest = writer->salt;
    writer->counts = (struct mark_counts){0};
    memset(writer->languages, 0, sizeof writer->languages);
    writer->stem_count = writer->group_count = 0;
}

/* --- words --- */

/* The first five letters; missing: one letter alone tells nothing. */
static struct str stem_of(struct str word)
{
    size_t letters = 0;
    size_t i;

    for (i = 0; i < word.len; i++)
        if (((unsigned char)word.ptr[i] & 0xC0) != 0x80 && letters++ == STEM_LETTERS)
            break;
    return letters > 1 ? (struct str){word.ptr, i} : (struct str){NULL, 0};
}

static bool add(uint32_t **list, size_t *count, size_t *capacity, uint64_t hash)
{
    if (!mem_grow(list, *count, capacity, sizeof **list))
        return false;
    (*list)[(*count)++] = (uint32_t)(hash >> 32);
    return true;
}

bool marks_write_word(struct marks_writer *writer, const struct message_word *word,
                      struct str folded, unsigned languages, bool is_content)
{
    struct str stem;
    bool is_kept = true;
    size_t i;

    if (!writer->has_line || writer->line != word->line) {
        end_line(writer);
        begin_line(writer, word->line);
    }
    writer->digest = marks_mix(writer->digest, word->hash);
    writer->counts.words++;
    writer->counts.letters += word->letters;
    writer->counts.syllables += syllables_of(folded);
    for (i = 0; i < LANG_COUNT; i++)
        writer->languages[i] += languages >> i & 1;
    if (writer->hits_only)
        return true;
    stem = is_content ? stem_of(folded) : (struct str){NULL, 0};
    if (stem.ptr)
        is_kept = add(&writer->stems, &writer->stem_count, &writer->stem_capacity,
                      marks_mix(writer->salt, str_hash(stem)));
    /* a group belongs to the line that it ends on */
    if (writer->words_before == 2)
        is_kept &= add(&writer->groups, &writer->group_count, &writer->group_capacity,
                       marks_mix(marks_mix(marks_mix(writer->salt, writer->before[0]),
                                           writer->before[1]),
                                 word->hash));
    else
        writer->words_before++;
    writer->before[0] = writer->before[1];
    writer->before[1] = word->hash;
    return is_kept;
}

void marks_write_sentence(struct marks_writer *writer, uint32_t line, bool is_question)
{
    if (!writer->has_line || writer->line != line)
        return;
    writer->counts.sentences++;
    writer->counts.questions += is_question;
}

struct str marks_write_end(struct marks_writer *writer)
{
    const struct str none = {NULL, 0};

    end_line(writer);
    if (writer->out.len == 0)
        put_fixed(&writer->out, 0, 4);
    return writer->out.failed ? none : buf_str(&writer->out);
}
