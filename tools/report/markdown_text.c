#include "report/markdown_text.h"

/* Of one text; escaped it may be twelve times as long. */
static const size_t MARKDOWN_CHARACTERS = 300;

/* What stands for the character at the start of `rest`; NULL: itself. */
static const char *escape_of(struct str rest)
{
    switch (rest.ptr[0]) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\n':
    case '\r':
    case '\t':
        return " ";
    case '@': /* in an element of its own: neither an address nor a mention */
        return "<span>@</span>";
    case ':': /* links begin by themselves at "https://" */
        return str_starts(rest, "://") ? "&#58;" : NULL;
    case 'w': /* and at "www." */
    case 'W':
        return rest.len > 3 && str_equal_nocase((struct str){rest.ptr, 4}, STR("www."))
                   ? "&#119;"
                   : NULL;
    default:
        return NULL;
    }
}

static bool is_one_of(char c, const char *list)
{
    for (; *list; list++)
        if (*list == c)
            return true;
    return false;
}

/* Marks of lists and headings stand only where a text begins: "- x", "# x", "1. x". */
static bool needs_backslash(struct str text, size_t i)
{
    size_t digits = 0;

    if (is_one_of(text.ptr[i], "\\`*_[]|~$"))
        return true;
    if (i == 0)
        return is_one_of(text.ptr[i], "#+-=");
    while (digits < i && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
        digits++;
    return digits == i && is_one_of(text.ptr[i], ".)") &&
           (i + 1 == text.len || text.ptr[i + 1] == ' ');
}

void markdown_text(struct buf *out, struct str text)
{
    struct buf visible;
    size_t characters = 0;
    size_t i;

    buf_init(&visible, SIZE_MAX / 2);
    buf_add_visible(&visible, text, text.len);
    for (i = 0; i < visible.len; i++) {
        const char *escape = escape_of((struct str){visible.bytes + i, visible.len - i});

        characters += ((unsigned char)visible.bytes[i] & 0xC0) != 0x80;
        if (characters > MARKDOWN_CHARACTERS) {
            buf_add_text(out, " \xE2\x80\xA6");
            break;
        }
        if (escape) {
            buf_add_text(out, escape);
            continue;
        }
        if (needs_backslash(buf_str(&visible), i))
            buf_add_char(out, '\\');
        buf_add_char(out, visible.bytes[i]);
    }
    out->failed |= visible.failed;
    buf_done(&visible);
}

void markdown_cell(struct buf *out, struct str text)
{
    buf_add_char(out, ' ');
    markdown_text(out, text);
    buf_add_text(out, " |");
}
