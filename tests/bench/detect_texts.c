/*
 * All detectors over the messages of a table, or one pass of PCRE2 over the same texts: the phrases
 * of the same lexicons as one alternation, without case, accents as they are written. Prints the
 * messages and the matches. `planted` counts phrases of generate_messages that no negation and no
 * condition takes back, by the detectors and by PCRE2, and fails where the two differ.
 *
 * usage: detect_texts all|hits|pcre2|fold|planted FILE; the text is behind the last comma of a line
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "detect/detect.h"
#include "detect/message_words.h"
#include "text/regex.h"

static const struct planted {
    enum detector detector;
    enum lang lang;
    const char *phrase;
} planted[] = {{DETECT_REFUSAL, LANG_IT, "non è possibile"},
               {DETECT_REFUSAL, LANG_EN, "unfortunately not"},
               {DETECT_APOLOGY, LANG_IT, "ci scusiamo"},
               {DETECT_APOLOGY, LANG_EN, "we apologise"},
               {DETECT_RESTATEMENT, LANG_IT, "se ho capito bene"},
               {DETECT_COACH, LANG_IT, "da quando"},
               {DETECT_COACH, LANG_EN, "which version"},
               {DETECT_COST, LANG_IT, "120 euro"},
               {DETECT_COST, LANG_EN, "120 euro"}};

struct work {
    struct detectors *detectors;
    struct detect_run *run;
    struct marks_reader reader;
    struct regex *regex;
    struct regex_run *match;
    struct folding folding;
    struct message_words words;
    uint64_t found;
    struct regex *alone[ARRAY_LEN(planted)];
    uint64_t hits[ARRAY_LEN(planted)];
    uint64_t matches[ARRAY_LEN(planted)];
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

static void make_alone(struct work *work)
{
    struct regex_error error;
    char pattern[100];
    size_t i;

    for (i = 0; i < ARRAY_LEN(planted); i++) {
        snprintf(pattern, sizeof pattern, "\\b%s\\b", planted[i].phrase);
        if (regex_new(str_of(pattern), REGEX_CASELESS | REGEX_UCP, &work->alone[i], &error) !=
            STATUS_OK)
            stop(error.message);
    }
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

static uint64_t count_matches(const struct work *work, const struct regex *regex, struct str text)
{
    uint64_t count = 0;
    size_t from = 0;

    for (; from < text.len && regex_match(regex, work->match, text, from) == REGEX_YES; count++)
        from = regex_spans(work->match)[0].end;
    return count;
}

static void match(struct work *work, struct str text)
{
    work->found += count_matches(work, work->regex, text);
}

/* Hits that are the phrase and nothing else. */
static uint64_t count_hits(const struct marks *marks, struct str text, const struct planted *phrase)
{
    uint64_t count = 0;
    size_t i;

    for (i = 0; i < marks->hit_count; i++) {
        const struct mark_hit *hit = &marks->hits[i];

        count += hit->detector == phrase->detector &&
                 str_is((struct str){text.ptr + hit->start, hit->length}, phrase->phrase);
    }
    return count;
}

static void compare(struct work *work, struct str text)
{
    size_t i;
    int lang;

    for (lang = 0; lang < LANG_COUNT; lang++) {
        struct str bytes = detect_text(work->run, text, (enum lang)lang);
        struct marks marks;

        if (!bytes.ptr || !marks_read(&work->reader, bytes, NULL, &marks))
            stop("no marks");
        for (i = 0; i < ARRAY_LEN(planted); i++)
            if (planted[i].lang == (enum lang)lang) {
                work->hits[i] += count_hits(&marks, text, &planted[i]);
                work->matches[i] += count_matches(work, work->alone[i], text);
            }
    }
}

static bool are_same(struct work *work)
{
    bool same = true;
    size_t i;

    for (i = 0; i < ARRAY_LEN(planted); i++) {
        printf("%s: %" PRIu64 " hits, %" PRIu64 " matches\n", planted[i].phrase, work->hits[i],
               work->matches[i]);
        same &= work->hits[i] == work->matches[i] && work->hits[i] > 0;
        work->found += work->hits[i];
    }
    return same;
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
    way = strcmp(argv[1], "pcre2") == 0     ? match
          : strcmp(argv[1], "fold") == 0    ? fold
          : strcmp(argv[1], "planted") == 0 ? compare
                                            : detect;
    make(&work, strcmp(argv[1], "hits") == 0);
    if (way == compare)
        make_alone(&work);
    len = getline(&line, &room, file); /* the heading */
    while ((len = getline(&line, &room, file)) > 0) {
        const char *comma = strrchr(line, ',');

        if (comma)
            way(&work, (struct str){comma + 1, (size_t)(line + len - 1 - (comma + 1))});
        messages++;
    }
    fclose(file);
    if (way == compare && !are_same(&work))
        return 1;
    printf("%" PRIu64 " %" PRIu64 "\n", messages, work.found);
    return 0;
}
