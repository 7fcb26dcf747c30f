#include <string.h>

#include "xml/xml_encoding.h"

static const struct encoding_name {
    const char *name; /* as declared, compared without case */
    enum xml_encoding encoding;
} encoding_names[] = {
    {"utf-8", XML_ENCODING_UTF8},       {"utf8", XML_ENCODING_UTF8},
    {"us-ascii", XML_ENCODING_UTF8},    {"ascii", XML_ENCODING_UTF8},
    {"utf-16", XML_ENCODING_UTF16LE},   {"utf-16le", XML_ENCODING_UTF16LE},
    {"utf-16be", XML_ENCODING_UTF16BE}, {"iso-8859-1", XML_ENCODING_LATIN1},
    {"latin1", XML_ENCODING_LATIN1},    {"iso-8859-15", XML_ENCODING_LATIN9},
    {"latin-9", XML_ENCODING_LATIN9},   {"windows-1252", XML_ENCODING_CP1252},
    {"cp1252", XML_ENCODING_CP1252},
};

static const char accepted[] = "UTF-8, UTF-16, ISO-8859-1, ISO-8859-15, windows-1252";

/* A refusal at an offset of the stored bytes, before there are lines to speak of. */
static enum status refuse_at(struct xml_document *document, struct diag *diag, uint64_t offset,
                             const char *what)
{
    struct where where = {document->identity.name, 0, 0, offset};

    diag_report(diag, RULE_XML_ENCODING, where, "%s at byte %llu", what,
                (unsigned long long)offset);
    diag_hint(diag, "save the document as UTF-8");
    return STATUS_INVALID;
}

static enum status from_bytes(struct xml_document *document, struct str bytes,
                              enum xml_encoding encoding, struct diag *diag)
{
    char *out = arena_bytes(&document->arena, bytes.len * 3 + 1);
    size_t len = 0;
    size_t i;

    if (!out)
        return diag_no_memory(diag);
    for (i = 0; i < bytes.len; i++) {
        uint32_t code = xml_code_of_byte(encoding, (unsigned char)bytes.ptr[i]);

        if (code == 0 && bytes.ptr[i] != '\0')
            return refuse_at(document, diag, i, "byte that windows-1252 does not assign");
        len += xml_put_utf8(out + len, code);
    }
    out[len] = '\0';
    document->text = (struct str){out, len};
    return STATUS_OK;
}

static enum status from_utf16(struct xml_document *document, struct str bytes, bool big_endian,
                              struct diag *diag)
{
    /* two bytes become at most three */
    char *out = arena_bytes(&document->arena, bytes.len / 2 * 3 + 1);
    size_t len = 0;
    size_t i;

    if (!out)
        return diag_no_memory(diag);
    if (bytes.len % 2 != 0)
        return refuse_at(document, diag, bytes.len - 1, "half a UTF-16 character");
    for (i = 0; i < bytes.len; i += 2) {
        uint32_t code = xml_unit_at(bytes, i, big_endian);

        if (i == 0 && code == 0xFEFF)
            continue;
        if (code >= 0xD800 && code < 0xE000) {
            uint32_t low = i + 4 <= bytes.len ? xml_unit_at(bytes, i + 2, big_endian) : 0;

            if (code >= 0xDC00 || low < 0xDC00 || low >= 0xE000)
                return refuse_at(document, diag, i, "half a UTF-16 surrogate pair");
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        len += xml_put_utf8(out + len, code);
    }
    out[len] = '\0';
    document->text = (struct str){out, len};
    return STATUS_OK;
}

static enum status from_utf8(struct xml_document *document, struct str bytes, struct diag *diag)
{
    size_t valid;

    if (bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0) {
        document->mark = 3;
        bytes.ptr += 3;
        bytes.len -= 3;
    }
    document->is_utf8 = true;
    document->text = bytes;
    valid = utf8_valid_prefix(bytes);
    if (valid < bytes.len) {
        struct where where = xml_where_offset(document, valid);

        document->fault = (struct xml_fault){XML_FAULT_ENCODING, 0, valid};
        diag_report(diag, RULE_XML_ENCODING, where, "byte 0x%02X is not UTF-8",
                    (unsigned char)bytes.ptr[valid]);
        diag_hint(diag, "save the document as UTF-8, or declare its encoding in the first line: "
                        "<?xml version=\"1.0\" encoding=\"windows-1252\"?>");
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

bool xml_decode_mixed(struct xml_document *document, struct str bytes)
{
    size_t from = document->mark;
    struct str rest = {bytes.ptr + from, bytes.len - from};
    char *out = arena_bytes(&document->arena, rest.len * 3 + 1);
    size_t len = 0;

    if (!out)
        return false;
    while (rest.len > 0) {
        size_t valid = utf8_valid_prefix(rest);
        uint32_t code;

        memcpy(out + len, rest.ptr, valid);
        len += valid;
        rest = (struct str){rest.ptr + valid, rest.len - valid};
        if (rest.len == 0)
            break;
        code = xml_code_of_byte(XML_ENCODING_CP1252, (unsigned char)rest.ptr[0]);
        len += xml_put_utf8(out + len, code ? code : 0xFFFD);
        rest = (struct str){rest.ptr + 1, rest.len - 1};
    }
    out[len] = '\0';
    document->text = (struct str){out, len};
    document->is_utf8 = false; /* offsets are not those of the file */
    return true;
}

/* The value of encoding="..." in the XML declaration of text that is ASCII there; else missing. */
static struct str declared_encoding(struct str text)
{
    static const struct str none = {NULL, 0};
    const char *end;
    const char *at;
    size_t i;

    if (text.len < 6 || memcmp(text.ptr, "<?xml", 5) != 0)
        return none;
    end = memchr(text.ptr, '>', text.len < 1000 ? text.len : 1000);
    if (!end)
        return none;
    for (at = text.ptr + 5; at + 10 < end; at++) {
        if (memcmp(at, "encoding", 8) != 0)
            continue;
        for (at += 8;
             at < end && (*at == ' ' || *at == '=' || *at == '\t' || *at == '\n' || *at == '\r');
             at++)
            ;
        if (at >= end || (*at != '"' && *at != '\''))
            return none;
        for (i = 1; at + i < end && at[i] != at[0]; i++)
            ;
        return (struct str){at + 1, i - 1};
    }
    return none;
}

static bool encoding_find(struct str name, enum xml_encoding *ret_encoding)
{
    size_t i;

    for (i = 0; i < sizeof encoding_names / sizeof encoding_names[0]; i++) {
        if (str_equal_nocase(name, str_of(encoding_names[i].name))) {
            *ret_encoding = encoding_names[i].encoding;
            return true;
        }
    }
    return false;
}

static bool is_utf16(enum xml_encoding encoding)
{
    return encoding == XML_ENCODING_UTF16LE || encoding == XML_ENCODING_UTF16BE;
}

static bool starts(struct str bytes, const char *magic, size_t len)
{
    return bytes.len >= len && memcmp(bytes.ptr, magic, len) == 0;
}

/* The declaration must not say another family of encodings than the bytes show. */
static enum status check_declared(struct xml_document *document, struct str declared,
                                  bool bytes_are_utf16, enum xml_encoding *ret_encoding,
                                  struct diag *diag)
{
    struct where where = {document->identity.name, 1, 1, 0};
    enum xml_encoding encoding;

    if (!declared.ptr)
        return STATUS_OK;
    if (!encoding_find(declared, &encoding)) {
        diag_report(diag, RULE_XML_ENCODING, where, "'%.*s'", STR_ARG(declared));
        diag_hint(diag, "accepted: %s", accepted);
        return STATUS_INVALID;
    }
    if (is_utf16(encoding) != bytes_are_utf16 || (document->mark && encoding != XML_ENCODING_UTF8)) {
        diag_report(diag, RULE_XML_ENCODING, where, "declared as '%.*s', but the bytes are %s",
                    STR_ARG(declared), bytes_are_utf16 ? "UTF-16" : "not in it");
        diag_hint(diag, "make the first line say what the file is");
        return STATUS_INVALID;
    }
    if (!bytes_are_utf16)
        *ret_encoding = encoding;
    return STATUS_OK;
}

static enum status refuse_nul(struct xml_document *document, struct diag *diag)
{
    const char *nul = memchr(document->text.ptr, '\0', document->text.len);

    if (!nul)
        return STATUS_OK;
    diag_report(diag, RULE_XML_SYNTAX,
                xml_where_offset(document, (uint64_t)(nul - document->text.ptr)), "NUL character");
    return STATUS_INVALID;
}

enum status xml_decode(struct xml_document *document, struct str bytes, struct diag *diag)
{
    enum xml_encoding encoding = XML_ENCODING_UTF8;
    bool big_endian;
    bool utf16;
    enum status status;

    if (starts(bytes, "\xFF\xFE\0\0", 4) || starts(bytes, "\0\0\xFE\xFF", 4) ||
        starts(bytes, "<\0\0\0", 4) || starts(bytes, "\0\0\0<", 4))
        return refuse_at(document, diag, 0, "UTF-32");
    if (starts(bytes, "\x4C\x6F\xA7\x94", 4))
        return refuse_at(document, diag, 0, "EBCDIC");
    big_endian = starts(bytes, "\xFE\xFF", 2) || starts(bytes, "\0<", 2);
    utf16 = big_endian || starts(bytes, "\xFF\xFE", 2) || starts(bytes, "<\0", 2);
    if (utf16) {
        status = from_utf16(document, bytes, big_endian, diag);
        if (status == STATUS_OK)
            status =
                check_declared(document, declared_encoding(document->text), true, &encoding, diag);
    } else {
        struct str head = bytes;

        if (starts(bytes, "\xEF\xBB\xBF", 3)) {
            document->mark = 3;
            head = (struct str){bytes.ptr + 3, bytes.len - 3};
        }
        status = check_declared(document, declared_encoding(head), false, &encoding, diag);
        if (status == STATUS_OK)
            status = encoding == XML_ENCODING_UTF8 ? from_utf8(document, bytes, diag)
                                               : from_bytes(document, bytes, encoding, diag);
    }
    document->stored = bytes;
    document->encoding = utf16 ? big_endian ? XML_ENCODING_UTF16BE : XML_ENCODING_UTF16LE : encoding;
    return status == STATUS_OK ? refuse_nul(document, diag) : status;
}
