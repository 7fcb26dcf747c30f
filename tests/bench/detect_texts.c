/*
 * All detectors over the messages of a table, or one pass of PCRE2 over the same texts: the phrases
 * of the same lexicons as one alternation, without case, accents as they are written. Prints the
 * messages and the matches.
 *
 * usage: detect_texts all|hits|pcre2|fold FILE; the text is behind the last comma of a line
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "detect/detect.h"
#include "detect/message_words.h"
#include "text/regex.h"

struct work {
    struct detectors *detectors;
    struct detect_run *run;
    struct marks_reader reader;
    struct regex *regex;
    struct regex_run *match;
    struct folding folding;
    struct message_words words;
    uint64_t found;
};

static void stop(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(1);
}

/* --- what is made of the lexicons --- */

static void add_phrase(struct buf *out, struct str phrase)
{
    struct str word;
    bool is_first = true;

    if (out->len > 3)
        buf_add_char(out, '|');
    while (str_split(&phrase, ' ', &word)) {
        if (!is_first)
            buf_add_text(out, " +");
        is_first = false;
        if (str_is(word, "{number}"))
            buf_add_text(out, "[0-9]+");
        else if (word.ptr[0] == '{')
            buf_add_text(out, "\\w+");
        else if (str_ends(word, "*"))
            buf_printf(out, "%.*s\\w*", (int)word.len - 1, word.ptr);
        else
            buf_add(out, word);
    }
}

static void make(struct work *work, bool hits_only)
{
    static const char *const names[] = {"messages-en", "messages-it"};
    const struct str none = {NULL, 0};
    const struct lexicon *lexicons[2];
    struct library library;
    struct regex_error error;
    struct arena arena;
    struct diag diag;
    struct buf pattern;
    size_t i;
    size_t d;
    size_t e;
    size_t p;

    xml_init();
    diag_init(&diag);
    arena_init(&arena);
    buf_init(&pattern, 1 << 20);
    buf_add_text(&pattern, "\\b(");
    if (library_init(&library, none, &diag) != STATUS_OK)
        stop("no library");
    for (i = 0; i < 2; i++) {
        struct lexicon *lexicon = NULL;

        if (lexicon_load(&arena, &library, str_of(names[i]), none, &diag, &lexicon) != STATUS_OK)
            stop("no lexicon");
        lexicons[i] = lexicon;
        for (d = 0; d < lexicon->detector_count; d++)
            for (e = 0; e < lexicon->detectors[d].entry_count; e++)
                for (p = 0; p < lexicon->detectors[d].entries[e].phrases.count; p++)
                    add_phrase(&pattern, lexicon->detectors[d].entries[e].phrases.list[p]);
    }
    buf_add_text(&pattern, ")\\b");
    if (detectors_new(lexicons, 2, none, &diag, &work->detectors) != STATUS_OK)
        stop("no detectors");
    work->run = detect_run_new(work->detectors, hits_only);
    /* as long as a pattern may be here; the rest is left to its own advantage */
    if (pattern.len > 10000) {
        while (pattern.len > 9990 || pattern.bytes[pattern.len] != '|')
            pattern.len--;
        pattern.bytes[pattern.len] = '\0';
        buf_add_text(&pattern, ")\\b");
    }
    if (regex_new(buf_str(&pattern), REGEX_CASELESS | REGEX_UCP, &work->regex, &error) != STATUS_OK)
        stop(error.message);
    work->match = regex_run_new(1);
    folding_init(&work->folding);
    message_words_init(&work->words);
    marks_reader_init(&work->reader);
    if (!work->run || !work->match)
        stop("no memory");
}

/* --- one message --- */

static void detect(struct work *work, struct str text)
{
    struct marks marks;
    struct str bytes = detect_text(work->run, text, LANG_COUNT);

    if (!bytes.ptr || !marks_read(&work->reader, bytes, NULL, &marks))
        stop("no marks");
    work->found += marks.hit_count;
}

static void match(struct work *work, struct str text)
{
    size_t from = 0;

    while (from < text.len && regex_match(work->regex, work->match, text, from) == REGEX_YES) {
        from = regex_spans(work->match)[0].end;
        work->found++;
    }
}

static void fold(struct work *work, struct str text)
{
    if (!message_words_read(&work->words, &work->folding, text))
        stop("no memory");
    work->found += work->words.count;
}

int main(int argc, char **argv)
{
    struct work work = {.found = 0};
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    uint64_t messages = 0;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    void (*way)(struct work *, struct str);

    if (!file)
        return 2;
    way = strcmp(argv[1], "pcre2") == 0 ? match : strcmp(argv[1], "fold") == 0 ? fold : detect;
    make(&work, strcmp(argv[1], "hits") == 0);
    len = getline(&line, &room, file); /* the heading */
    while ((len = getline(&line, &room, file)) > 0) {
        const char *comma = strrchr(line, ',');

        if (comma)
            way(&work, (struct str){comma + 1, (size_t)(line + len - 1 - (comma + 1))});
        messages++;
    }
    fclose(file);
    printf("%" PRIu64 " %" PRIu64 "\n", messages, work.found);
    return 0;
}
