/* What makes an element of our documents the same one in another version, and which way is up. */
#include <string.h>

#include "base/mem.h"
#include "base/ratio.h"
#include "cmd/difference.h"

enum { KEY_ATTRIBUTES = 4, LABEL_TEXT = 40 };

/* Numbers that are given anew with every ledger are no identity. */
static const struct {
    const char *element;
    const char *attributes[KEY_ATTRIBUTES];
} identities[] = {
    {"figure", {"measure", "variant", "by", "key"}},
    {"binding", {"measure", "variant"}},
    {"target", {"measure"}},
    {"answer", {"question"}},
    {"source", {"id", "name"}},
    {"checklist", {"id", "name"}},
    {"score", {"model", "index"}},
    {"index", {"kind"}},
    {"by-letter", {"letter"}},
    {"by-section", {"section"}},
    {"record", {"kind"}},
    {"method", {"kind"}},
    {"step", {"points"}},
    {"quantile", {"p"}},
    {"bin", {"from"}},
    {"signatory", {"role"}},
    {"document", {"kind", "id", "name"}},
    {"evidence", {"ref"}},
};

/* Of elements that are not in the table: the first that is there. */
static const char *const common[] = {"id", "lang", "name", "reason"};

static bool add_identity(const struct xml_node *node, const char *const *attributes, size_t count,
                         bool takes_one, char separator, struct buf *out)
{
    bool is_any = false;
    size_t i;

    for (i = 0; i < count && attributes[i]; i++) {
        struct str value = xml_attr(node, attributes[i]);

        if (!value.ptr)
            continue;
        buf_add_char(out, separator);
        buf_add(out, value);
        is_any = true;
        if (takes_one)
            break;
    }
    return is_any;
}

static bool add_key(const struct xml_node *node, char separator, struct buf *out)
{
    size_t i;

    buf_add_text(out, xml_name(node));
    for (i = 0; i < ARRAY_LEN(identities); i++)
        if (strcmp(identities[i].element, xml_name(node)) == 0)
            return add_identity(node, identities[i].attributes, KEY_ATTRIBUTES, false, separator,
                                out);
    return add_identity(node, common, ARRAY_LEN(common), true, separator, out);
}

bool difference_key(const struct xml_node *node, struct buf *key)
{
    return add_key(node, '\x1f', key);
}

bool difference_has_identity(const struct xml_node *node)
{
    size_t i;
    size_t a;

    for (i = 0; i < ARRAY_LEN(identities); i++)
        if (strcmp(identities[i].element, xml_name(node)) == 0) {
            for (a = 0; a < KEY_ATTRIBUTES && identities[i].attributes[a]; a++)
                if (xml_attr(node, identities[i].attributes[a]).ptr)
                    return true;
            return false;
        }
    for (a = 0; a < ARRAY_LEN(common); a++)
        if (xml_attr(node, common[a]).ptr)
            return true;
    return false;
}

void difference_label(const struct xml_node *node, bool is_alone, struct buf *label)
{
    struct str text = xml_text(node);

    if (add_key(node, ' ', label) || !is_alone || xml_child(node, NULL) || text.len == 0)
        return;
    buf_add_text(label, " '");
    buf_add_visible(label, text, LABEL_TEXT);
    buf_add_char(label, '\'');
}

bool difference_skips(const char *element)
{
    /* drawn or ranked anew every time */
    return strcmp(element, "sample") == 0 || strcmp(element, "worst") == 0;
}

bool difference_skips_attribute(const char *element, struct str name)
{
    return str_is(name, "id") && strcmp(element, "figure") == 0;
}

/* --- which way is up --- */

/* From the worst to the best. */
static const char *const grades[] = {"major", "minor", "observation", "opportunity",
                                     "conform", "strength", NULL};
static const char *const flags[] = {"true", "false", NULL};
static const char *const verdicts[] = {"proven-incapable", "breached", "met", "proven-capable",
                                       NULL};

static const struct {
    const char *attribute;
    const char *elements[3];  /* that it says this of; none: all */
    const char *const *words; /* NULL: a number, the larger the better */
} directions[] = {
    {"points", {"answer", "assessment"}, NULL},
    {"score", {"all", "by-letter", "by-section"}, NULL},
    {"coverage", {"all", "by-letter", "by-section"}, NULL},
    {"value", {"score"}, NULL},
    {"grade", {"answer", "assessment"}, grades},
    {"triggered", {"gate"}, flags},
    {"verdict", {NULL}, verdicts},
};

static bool is_among(const char *const *elements, size_t most, const char *element)
{
    size_t i;

    for (i = 0; i < most && elements[i]; i++)
        if (strcmp(elements[i], element) == 0)
            return true;
    return i == 0;
}

/* Place in the list; its length: not in it. */
static size_t rank_of(const char *const *words, struct str word)
{
    size_t i = 0;

    while (words[i] && !str_is(word, words[i]))
        i++;
    return i;
}

static int compare_words(const char *const *words, struct str before, struct str after)
{
    size_t from = rank_of(words, before);
    size_t to = rank_of(words, after);

    if (!words[from] || !words[to])
        return 0;
    return (to > from) - (to < from);
}

static int compare_numbers(struct str before, struct str after)
{
    struct ratio from;
    struct ratio to;

    if (!ratio_parse(before, &from) || !ratio_parse(after, &to))
        return 0;
    return ratio_compare(to, from);
}

enum differing_kind difference_direction(const char *element, struct str attribute,
                                         struct str before, struct str after)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(directions); i++) {
        const char *const *words = directions[i].words;
        int way;

        if (!str_is(attribute, directions[i].attribute) ||
            !is_among(directions[i].elements, ARRAY_LEN(directions[i].elements), element))
            continue;
        way = words ? compare_words(words, before, after) : compare_numbers(before, after);
        return way > 0 ? DIFFERS_BETTER : way < 0 ? DIFFERS_WORSE : DIFFERS_VALUE;
    }
    return DIFFERS_VALUE;
}
