/*
 * Tokens of JSON, strictly by its grammar.
 *
 * Call: token_blanks, token_string behind an opening quote, token_number, token_literal;
 *       token_decode for a string that has escapes.
 * Owns: nothing; all pointers are into the text.
 * Errors: TOKEN_MORE where the text ends before the token does, TOKEN_BAD where no token can go on
 *         that way; both say in `fault` what was expected and where. What the grammar allows and no
 *         text can hold (half of a surrogate pair, a zero, bytes that are no UTF-8, too long a
 *         string) is a flaw: the first one is kept, and reading goes on.
 * Units: bytes.
 * Source: RFC 8259; RFC 3629 for UTF-8. No deviations.
 * Threads: values only.
 */
#ifndef CFAUDIT_READER_JSON_TOKEN_H
#define CFAUDIT_READER_JSON_TOKEN_H

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/diag.h"

enum token { TOKEN_OK, TOKEN_MORE, TOKEN_BAD };

struct flaw {
    enum rule rule; /* RULE_COUNT: none */
    const char *at;
    const char *text; /* constant; NULL: the rule says it */
};

struct tokens {
    const char *at;
    const char *end;
    bool is_last;      /* no text follows */
    struct flaw flaw;  /* the row cannot be used, but its end is known */
    struct flaw fault; /* of the latest token that was not TOKEN_OK */
};

void tokens_begin(struct tokens *tokens, struct str text, bool is_last);

enum token token_fault(struct tokens *tokens, enum token token, const char *at, const char *text);
void token_flaw(struct tokens *tokens, enum rule rule, const char *at, const char *text);

/* Behind the opening quote; afterwards behind the closing one. The value has its escapes. */
enum token token_string(struct tokens *tokens, struct str *ret_value, bool *ret_has_escape);
enum token token_number(struct tokens *tokens, struct str *ret_value);
/* true, false or null */
enum token token_literal(struct tokens *tokens, struct str *ret_value);
/* Of a string without flaws; room holds value.len bytes. Returns the length. */
size_t token_decode(struct str value, char *room);
/*
 * The whole array that `at` stands on, if it has nothing but whole numbers from 0 to 255: their
 * number; they go to room as bytes, unless that is NULL. 0: it has something else, or nothing.
 */
size_t token_byte_array(const struct tokens *tokens, char *room, const char **ret_end);

static inline bool token_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* False when the text ends. */
static inline bool token_blanks(struct tokens *tokens)
{
    while (tokens->at < tokens->end && token_is_blank(*tokens->at))
        tokens->at++;
    return tokens->at < tokens->end;
}

#endif
