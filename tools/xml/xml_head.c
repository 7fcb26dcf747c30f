#include "xml/xml_head.h"

#include <string.h>

#include "base/mem.h"

static enum status refuse(struct str encoding, struct str source_name, struct diag *diag)
{
    diag_report(diag, RULE_XML_ENCODING, (struct where){source_name, 1, 1, 0}, "'%.*s'",
                STR_ARG(encoding));
    diag_hint(diag, "convert the file to UTF-8, for example with iconv(1)");
    return STATUS_INVALID;
}

static struct str declared_encoding(struct str head)
{
    struct str name = {NULL, 0};
    size_t i;

    for (i = 0; i + 9 < head.len && head.ptr[i] != '>'; i++) {
        if (memcmp(head.ptr + i, "encoding", 8) != 0)
            continue;
        for (i += 8; i < head.len && head.ptr[i] != '"' && head.ptr[i] != '\''; i++)
            continue;
        if (i + 1 < head.len) {
            const char *start = head.ptr + i + 1;
            const char *end = memchr(start, head.ptr[i], head.len - i - 1);

            if (end)
                name = (struct str){start, (size_t)(end - start)};
        }
        break;
    }
    return name;
}

enum status xml_head_encoding(struct str head, struct str source_name, struct diag *diag,
                              enum xml_head *ret_encoding)
{
    static const char *const accepted[] = {"UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15",
                                           "windows-1252"};
    struct str encoding;
    size_t i;

    if (head.len >= 2 &&
        ((unsigned char)head.ptr[0] >= 0xFE || head.ptr[0] == '\0' || head.ptr[1] == '\0'))
        return refuse(STR("UTF-16 or UTF-32"), source_name, diag);
    if (str_starts(head, "\x4C\x6F\xA7\x94"))
        return refuse(STR("EBCDIC"), source_name, diag);
    if (str_starts(head, "\xEF\xBB\xBF")) {
        head.ptr += 3;
        head.len -= 3;
    }
    *ret_encoding = XML_HEAD_UTF_8;
    if (!str_starts(head, "<?xml"))
        return STATUS_OK;
    encoding = declared_encoding(head);
    for (i = 0; encoding.ptr && i < ARRAY_LEN(accepted); i++) {
        if (!str_equal_nocase(encoding, str_of(accepted[i])))
            continue;
        *ret_encoding = i > 0 ? XML_HEAD_SINGLE_BYTE : XML_HEAD_UTF_8;
        return STATUS_OK;
    }
    return encoding.ptr ? refuse(encoding, source_name, diag) : STATUS_OK;
}
