#include "xml/xml_mend.h"

#include <string.h>

#include "base/limits.h"

/* How far before the place that the parser tells the character at fault may stand. */
enum { BACK_MOST = 2000 };

static bool starts(struct str text, size_t at, const char *with)
{
    size_t len = strlen(with);

    return text.len - at >= len && memcmp(text.ptr + at, with, len) == 0;
}

/* A reference that XML has by itself. */
static bool is_reference(struct str text, size_t at)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};
    size_t i;

    for (i = 0; i < sizeof known / sizeof known[0]; i++)
        if (starts(text, at, known[i]))
            return true;
    return false;
}

static bool is_stray(struct str text, size_t at, char what)
{
    unsigned char c = (unsigned char)text.ptr[at];

    if (what == '&')
        return c == '&' && !is_reference(text, at);
    if (what == '<')
        return c == '<';
    return c < ' ' && !xml_is_blank((char)c);
}

/* The place of such a character at or before `from`; the length of the text: none is near. */
static size_t stray_before(struct str text, size_t from, char what)
{
    size_t at = from < text.len ? from : text.len - 1;
    size_t steps;

    for (steps = 0; steps < BACK_MOST; steps++, at--) {
        if (is_stray(text, at, what))
            return at;
        if (at == 0)
            break;
    }
    return text.len;
}

/* What stands at the fault and may be passed over; '\0': nothing. */
static char culprit_of(int code, struct str text, size_t offset)
{
    size_t open;
    size_t and;

    switch (code) {
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
    case XML_ERR_UNDECLARED_ENTITY:
        return '&';
    case XML_ERR_NAME_REQUIRED:
        open = stray_before(text, offset, '<');
        and = stray_before(text, offset, '&');
        if (and == text.len)
            return open == text.len ? '\0' : '<';
        return open != text.len && open > and ? '<' : '&';
    case XML_ERR_LT_IN_ATTRIBUTE:
        return '<';
    case XML_ERR_INVALID_CHAR:
        return '\x01';
    default:
        return '\0';
    }
}

/* The text where it may be written to. */
static char *own_text(struct xml_document *document)
{
    char *text;

    if (document->is_mended)
        return document->mended;
    text = arena_bytes(&document->arena, document->text.len + 1);
    if (!text)
        return NULL;
    memcpy(text, document->text.ptr, document->text.len);
    text[document->text.len] = '\0';
    document->mended = text;
    document->is_mended = true;
    document->text.ptr = text;
    return text;
}

static bool blank_character(struct xml_document *document)
{
    struct str text = document->text;
    char what = text.len ? culprit_of(document->fault.code, text, document->fault.offset) : '\0';
    size_t at = what ? stray_before(text, document->fault.offset, what) : text.len;
    char *own;

    if (at == text.len)
        return false;
    own = own_text(document);
    if (!own)
        return false;
    own[at] = what == '&' ? '+' : ' ';
    return true;
}

/* The declaration up to its '>', the brackets of an internal subset and quotes passed over. */
static bool blank_doctype(struct xml_document *document)
{
    struct str text = document->text;
    size_t at = document->fault.offset;
    char quote = '\0';
    bool is_inside = false;
    char *own;
    size_t i;

    for (; at < text.len; at++) {
        char c = text.ptr[at];

        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == ']')
            is_inside = c == '[';
        else if (c == '>' && !is_inside)
            break;
    }
    if (at == text.len)
        return false;
    own = own_text(document);
    if (!own)
        return false;
    for (i = document->fault.offset; i <= at; i++)
        if (!xml_is_blank(own[i]))
            own[i] = ' ';
    return true;
}

bool xml_mend(struct xml_document *document, struct str bytes)
{
    bool is_mended = false;

    /* each time everything is read again */
    document->reread += document->text.len + 1;
    if (document->mends == LIMIT_XML_MENDS || document->reread > LIMIT_XML_REREAD)
        return false;
    document->mends++;
    switch (document->fault.kind) {
    case XML_FAULT_CHARACTER:
        is_mended = blank_character(document);
        break;
    case XML_FAULT_DOCTYPE:
        is_mended = blank_doctype(document);
        break;
    case XML_FAULT_ENCODING:
        is_mended = xml_decode_mixed(document, bytes);
        break;
    case XML_FAULT_NONE:
        break;
    }
    document->fault.kind = XML_FAULT_NONE;
    if (document->tree)
        xmlFreeDoc(document->tree);
    document->tree = NULL;
    document->node_count = 0;
    return is_mended;
}
