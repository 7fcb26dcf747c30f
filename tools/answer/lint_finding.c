#include "answer/lint_finding.h"

#include "base/mem.h"
#include "text/phrase.h"

enum sign {
    SIGN_REQUIREMENT,
    SIGN_CAUSE,
    SIGN_SOLUTION,
    SIGN_HEDGE,
    SIGN_SEVERAL,
    SIGN_MONTH,
    SIGN_TITLE,
    SIGN_GIVEN
};

static const struct phrase {
    enum sign sign;
    const char *text;
} phrases[] = {
#define PHRASE(sign, text) {SIGN_##sign, text},
#include "answer/finding_words.def"
#undef PHRASE
};

/* Texts of one statement, in the order in which they are read. */
enum { MOST_TEXTS = 4 };

struct statement {
    struct str texts[MOST_TEXTS];
    const struct xml_node *nodes[MOST_TEXTS];
    size_t count;
};

/* --- letters --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_capital(struct str text, size_t i)
{
    if (i < text.len && (unsigned char)text.ptr[i] == 0xC3)
        i++;
    return i < text.len && phrase_small(text, i) != text.ptr[i];
}

/* --- phrases --- */

/* The longest phrase of this sign at `at`; 0: none. */
static size_t sign_length(struct str text, enum sign sign, size_t at)
{
    size_t longest = 0;
    size_t i;

    for (i = 0; i < ARRAY_LEN(phrases); i++) {
        size_t length = phrases[i].sign == sign ? phrase_length(phrases[i].text, text, at) : 0;

        if (length > longest)
            longest = length;
    }
    return longest;
}

/* First place of a phrase of this sign. */
static struct str find_sign(struct str text, enum sign sign, size_t from)
{
    size_t at;

    for (at = phrase_next_word(text, from); at < text.len; at = phrase_next_word(text, at + 1)) {
        size_t length = sign_length(text, sign, at);

        if (length)
            return (struct str){text.ptr + at, length};
    }
    return (struct str){NULL, 0};
}

/* ret_node: the element of its text; NULL: nobody asks. */
static struct str find_anywhere(const struct statement *statement, enum sign sign,
                                const struct xml_node **ret_node)
{
    struct str found = {NULL, 0};
    size_t i;

    for (i = 0; i < statement->count && !found.ptr; i++) {
        found = find_sign(statement->texts[i], sign, 0);
        if (found.ptr && ret_node)
            *ret_node = statement->nodes[i];
    }
    return found;
}

/* --- what stands in a statement --- */

/* "8.2.1": digits on both sides of a point. */
static bool has_clause_number(struct str text)
{
    size_t i;

    for (i = 1; i + 1 < text.len; i++)
        if (text.ptr[i] == '.' && is_digit(text.ptr[i - 1]) && is_digit(text.ptr[i + 1]))
            return true;
    return false;
}

/* A word with letters and digits ("EV-012", "RR-2025", "P1"), or a date of three numbers. */
static bool is_label(struct str word)
{
    bool has_letter = false;
    unsigned numbers = 0;
    size_t i;

    for (i = 0; i < word.len; i++) {
        has_letter = has_letter || is_letter(word.ptr[i]);
        if (is_digit(word.ptr[i]) && (i == 0 || !is_digit(word.ptr[i - 1])))
            numbers++;
    }
    return numbers > 0 && (has_letter || numbers == 3);
}

static bool is_of_label(char c)
{
    return phrase_is_word(c) || c == '-' || c == '/' || c == '.';
}

static bool has_label(struct str text)
{
    size_t from = 0;
    size_t i;

    for (i = 0; i <= text.len; i++) {
        if (i < text.len && is_of_label(text.ptr[i]))
            continue;
        if (is_label((struct str){text.ptr + from, i - from}))
            return true;
        from = i + 1;
    }
    return false;
}

static bool has_digit(struct str text)
{
    size_t i;

    for (i = 0; i < text.len; i++)
        if (is_digit(text.ptr[i]))
            return true;
    return false;
}

static bool names_requirement(const struct answer *answer, const struct statement *statement)
{
    size_t i;

    if (answer->nonconformity && answer->nonconformity->document.len)
        return true;
    for (i = 0; i < statement->count; i++)
        if (has_clause_number(statement->texts[i]))
            return true;
    return find_anywhere(statement, SIGN_REQUIREMENT, NULL).ptr != NULL;
}

/* An id, a date or a place where it can be seen. */
static bool names_evidence(const struct answer *answer, const struct statement *statement)
{
    size_t i;

    if (answer->evidence_count)
        return true;
    for (i = 0; i < statement->count; i++)
        if (has_label(statement->texts[i]) ||
            (has_digit(statement->texts[i]) && find_sign(statement->texts[i], SIGN_MONTH, 0).ptr))
            return true;
    return false;
}

/* The word in capitals behind a title or a given name; missing: there is none. */
static struct str find_name(struct str text, enum sign sign)
{
    struct str found = find_sign(text, sign, 0);

    while (found.ptr) {
        size_t first = (size_t)(found.ptr - text.ptr);
        size_t at = first + found.len;
        size_t end;

        while (at < text.len && (text.ptr[at] == '.' || text.ptr[at] == ' '))
            at++;
        if (is_capital(text, at) && (sign == SIGN_TITLE || is_capital(text, first))) {
            for (end = at; end < text.len && phrase_is_word(text.ptr[end]);)
                end++;
            return (struct str){found.ptr, end - first};
        }
        found = find_sign(text, sign, first + 1);
    }
    return found;
}

static void check_names(const struct answer_place *place, const struct statement *statement)
{
    size_t i;

    for (i = 0; i < statement->count; i++) {
        struct str name = find_name(statement->texts[i], SIGN_TITLE);

        if (!name.ptr)
            name = find_name(statement->texts[i], SIGN_GIVEN);
        if (name.ptr) {
            diag_report(place->diag, RULE_FINDING_PERSON,
                        xml_where(place->document, statement->nodes[i]), "'%.*s' says '%.*s'",
                        STR_ARG(place->answer->question), STR_ARG(name));
            diag_hint(place->diag, "name the function or the role");
            return;
        }
    }
}

static const struct forbidden {
    enum sign sign;
    enum rule rule;
    const char *hint;
} forbidden[] = {
    {SIGN_HEDGE, RULE_FINDING_HEDGE,
     "say what was seen, where and when; without it write grade=\"observation\""},
    {SIGN_CAUSE, RULE_FINDING_CAUSE,
     "take it out; the cause stands in the corrective action, with the method that found it"},
    {SIGN_SOLUTION, RULE_FINDING_SOLUTION,
     "take it out; what is done about it stands in the corrective action"},
    {SIGN_SEVERAL, RULE_FINDING_SEVERAL,
     "leave one here; the other needs a statement of its own"},
};

static void check_phrases(const struct answer_place *place, const struct statement *statement)
{
    const struct xml_node *node = NULL;
    size_t i;

    for (i = 0; i < ARRAY_LEN(forbidden); i++) {
        struct str found = find_anywhere(statement, forbidden[i].sign, &node);

        if (!found.ptr)
            continue;
        diag_report(place->diag, forbidden[i].rule, xml_where(place->document, node),
                    "'%.*s' says '%.*s'", STR_ARG(place->answer->question), STR_ARG(found));
        diag_hint(place->diag, "%s", forbidden[i].hint);
    }
}

static void add_text(struct statement *statement, const struct xml_node *parent, const char *name,
                     struct str text)
{
    if (!text.len)
        return;
    statement->nodes[statement->count] = xml_child(parent, name);
    statement->texts[statement->count++] = text;
}

void finding_lint(const struct answer_place *place)
{
    const struct answer *answer = place->answer;
    const struct nonconformity *stated = answer->nonconformity;
    const struct xml_node *node = xml_child(place->node, "nonconformity");
    struct where where = xml_where(place->document, node ? node : place->node);
    struct statement statement = {.count = 0};

    if (stated) {
        add_text(&statement, node, "requirement", stated->requirement);
        add_text(&statement, node, "nature", stated->nature);
        add_text(&statement, node, "effect", stated->effect);
    }
    if (stated && stated->facts.len)
        add_text(&statement, node, "facts", stated->facts);
    else
        add_text(&statement, place->node, "finding", answer->finding);
    if (statement.count == 0)
        return; /* answer-no-statement has said it */
    if (!names_requirement(answer, &statement)) {
        diag_report(place->diag, RULE_FINDING_REQUIREMENT, where, "'%.*s'",
                    STR_ARG(answer->question));
        diag_hint(place->diag, "name it by number or document, as in \"clause 8.2.1\" or \"procedure "
                               "PR-09\"");
    }
    if (!names_evidence(answer, &statement)) {
        diag_report(place->diag, RULE_FINDING_EVIDENCE, where, "'%.*s'",
                    STR_ARG(answer->question));
        diag_hint(place->diag, "add <evidence ref=\"...\"/> to the answer, or name a record or a "
                               "date in the text");
    }
    check_names(place, &statement);
    check_phrases(place, &statement);
}
