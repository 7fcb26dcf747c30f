/*
 * The pieces of a document that are text: values, content, names, comments.
 *
 * Call: from quick_read, at the place where such a piece begins.
 * Owns: views into the text where nothing had to be decoded, else bytes in the arena.
 * Errors: false for what is not plain, as in quick_read.h; `at` is then near it.
 * Units: bytes. A zero byte stands at `end`.
 * Source: XML 1.0, productions 2, 3, 10, 14, 15, 66 and section 3.3.3; names of ASCII only.
 * Threads: one text, one thread.
 */
#ifndef CFAUDIT_XML_QUICK_TEXT_H
#define CFAUDIT_XML_QUICK_TEXT_H

#include "base/arena.h"

struct quick_text {
    const char *at;
    const char *end;
    struct arena *arena;
    bool no_memory; /* why it was false */
};

static inline void quick_skip_blanks(struct quick_text *text)
{
    while (*text->at == ' ' || *text->at == '\n' || *text->at == '\t')
        text->at++;
}

/* A name with at most one prefix; empty: there is none. */
struct str quick_name(struct quick_text *text);
/* A value in quotes, from its first quote. */
bool quick_value(struct quick_text *text, struct str *ret_value);
/* Text up to the next "<". */
bool quick_content(struct quick_text *text, struct str *ret_content);
/* From its "<!--". */
bool quick_comment(struct quick_text *text);
/* Whether collapsing white space would change nothing. */
bool quick_is_collapsed(struct str text);

#endif
