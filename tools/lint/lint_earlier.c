#include "lint/lint_earlier.h"

#include <string.h>

enum {
    WORDS_MAX = 400,  /* of a wording; those behind it are not looked at */
    WORD_LETTERS = 4, /* bytes; shorter ones stand in every sentence */
    SHARED_PER_CENT = 25
};

const struct xml_node *earlier_question(struct lint *lint, struct earlier *earlier, struct str id)
{
    const struct xml_node *node = xml_child(lint->earlier, "question");

    if (!lint->earlier)
        return NULL;
    for (; !earlier->was_read && node && !lint->is_out_of_memory; node = xml_next(node, "question"))
        lint_seen_add(lint, &earlier->questions, xml_attr(node, "id"), node);
    earlier->was_read = true;
    return lint->is_out_of_memory ? NULL : lint_seen_find(&earlier->questions, id);
}

static const struct xml_node *text_in(const struct xml_node *question, struct str lang)
{
    const struct xml_node *text = xml_child(question, "text");

    while (text && !str_equal(xml_attr(text, "lang"), lang))
        text = xml_next(text, "text");
    return text;
}

const struct xml_node *earlier_reworded(const struct xml_node *question,
                                        const struct xml_node *before)
{
    const struct xml_node *text = xml_child(question, "text");

    for (; text; text = xml_next(text, "text")) {
        const struct xml_node *other = text_in(before, xml_attr(text, "lang"));

        if (other && !str_equal(xml_text(text), xml_text(other)))
            return text;
    }
    return NULL;
}

/* --- what is asked --- */

static bool is_letter(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

static size_t words_of(struct str text, struct str *words)
{
    size_t count = 0;
    size_t at = 0;

    while (at < text.len && count < WORDS_MAX) {
        size_t from;

        while (at < text.len && !is_letter(text.ptr[at]))
            at++;
        from = at;
        while (at < text.len && is_letter(text.ptr[at]))
            at++;
        if (at - from >= WORD_LETTERS)
            words[count++] = (struct str){text.ptr + from, at - from};
    }
    return count;
}

/* Per cent of the words of the shorter wording that the other one has, too. */
static unsigned shared(struct str a, struct str b)
{
    struct str in_a[WORDS_MAX];
    struct str in_b[WORDS_MAX];
    size_t count_a = words_of(a, in_a);
    size_t count_b = words_of(b, in_b);
    const struct str *few = count_a < count_b ? in_a : in_b;
    const struct str *many = count_a < count_b ? in_b : in_a;
    size_t count_few = count_a < count_b ? count_a : count_b;
    size_t count_many = count_a < count_b ? count_b : count_a;
    size_t same = 0;
    size_t i;
    size_t j;

    if (count_few == 0)
        return 100; /* nothing to compare */
    for (i = 0; i < count_few; i++) {
        for (j = 0; j < count_many; j++) {
            if (str_equal_nocase(few[i], many[j])) {
                same++;
                break;
            }
        }
    }
    return (unsigned)(100 * same / count_few);
}

bool earlier_is_other(const struct xml_node *question, const struct xml_node *before)
{
    const struct xml_node *text = xml_child(question, "text");
    bool was_compared = false;

    for (; text; text = xml_next(text, "text")) {
        const struct xml_node *other = text_in(before, xml_attr(text, "lang"));

        if (!other)
            continue;
        if (shared(xml_text(text), xml_text(other)) >= SHARED_PER_CENT)
            return false;
        was_compared = true;
    }
    return was_compared;
}

uint64_t earlier_revision(const struct xml_node *node)
{
    int64_t revision;

    return str_to_int64(xml_attr(node, "revision"), &revision) && revision > 0
               ? (uint64_t)revision
               : 1;
}
