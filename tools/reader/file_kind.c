#include "reader/file_kind.h"

#include <string.h>

#include "base/mem.h"

#define MAGIC(text)                                                                                \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }

static const char save_as_csv[] = "save the sheet as CSV (UTF-8) and read that";

static const struct {
    struct str magic;
    struct file_kind kind;
} signatures[] = {
    {MAGIC("PK\x03\x04"), {"an XLSX, ODS or other ZIP package", save_as_csv, FILE_OTHER}},
    {MAGIC("PK\x05\x06"), {"an empty ZIP package", NULL, FILE_OTHER}},
    {MAGIC("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
     {"an old Excel workbook (XLS)", save_as_csv, FILE_OTHER}},
    {MAGIC("%PDF-"), {"a PDF document", "export the data as CSV", FILE_OTHER}},
    {MAGIC("SQLite format 3\0"),
     {"an SQLite database", "export the table: sqlite3 -header -csv FILE 'select * from TABLE'",
      FILE_OTHER}},
    {MAGIC("PAR1"), {"a Parquet file", "export the data as CSV", FILE_OTHER}},
    {MAGIC("ORC"), {"an ORC file", "export the data as CSV", FILE_OTHER}},
    {MAGIC("Obj\x01"), {"an Avro file", "export the data as CSV", FILE_OTHER}},
    {MAGIC("\x1f\x8b"), {"gzip data inside compressed data", NULL, FILE_OTHER}},
    {MAGIC("\x28\xb5\x2f\xfd"), {"zstd data inside compressed data", NULL, FILE_OTHER}},
    {MAGIC("\xfd"
           "7zXZ"),
     {"xz data inside compressed data", NULL, FILE_OTHER}},
    {MAGIC("7z\xbc\xaf\x27\x1c"), {"a 7z archive", "unpack it first", FILE_OTHER}},
    {MAGIC("Rar!\x1a\x07"), {"a RAR archive", "unpack it first", FILE_OTHER}},
    {MAGIC("\x04\x22\x4d\x18"), {"an LZ4 file", "unpack it first", FILE_OTHER}},
    {MAGIC("\x7f"
           "ELF"),
     {"a program", NULL, FILE_OTHER}},
    {MAGIC("\x89PNG"), {"a picture", NULL, FILE_OTHER}},
    {MAGIC("\xff\xd8\xff"), {"a picture", NULL, FILE_OTHER}},
    {MAGIC("{\\rtf"), {"an RTF document", NULL, FILE_OTHER}},
};

static const struct file_kind utf32 = {"text in UTF-32", "convert it: iconv -f UTF-32 -t UTF-8",
                                       FILE_OTHER};
static const struct file_kind tape = {"a tar archive", "unpack it first", FILE_OTHER};
static const struct file_kind xml = {"XML", NULL, FILE_XML};
static const struct file_kind json = {"JSON", "a source map with reader json or json-lines reads it",
                                      FILE_JSON};

static struct str skip_blanks(struct str s)
{
    while (s.len && (s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r'))) {
        s.ptr++;
        s.len--;
    }
    return s;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Markup: a declaration, a comment, or a tag whose name ends like a name. */
static bool looks_like_xml(struct str s)
{
    size_t i = 1;

    if (s.len < 3 || s.ptr[0] != '<')
        return false;
    if (s.ptr[1] == '?' || s.ptr[1] == '!')
        return true;
    if (!is_letter(s.ptr[1]))
        return false;
    while (i < s.len && i < 64 &&
           (is_letter(s.ptr[i]) || s.ptr[i] == ':' || s.ptr[i] == '-' ||
            (s.ptr[i] >= '0' && s.ptr[i] <= '9')))
        i++;
    return i < s.len && strchr("> /\t\r\n", s.ptr[i]) != NULL;
}

static bool looks_like_json(struct str s)
{
    bool is_array = s.len && s.ptr[0] == '[';

    if (!s.len || (s.ptr[0] != '{' && !is_array))
        return false;
    s = skip_blanks((struct str){s.ptr + 1, s.len - 1});
    return s.len && (s.ptr[0] == '"' || s.ptr[0] == '}' || (is_array && strchr("{[]", s.ptr[0])));
}

const struct file_kind *file_kind_find(struct str head)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(signatures); i++) {
        struct str magic = signatures[i].magic;

        if (head.len >= magic.len && memcmp(head.ptr, magic.ptr, magic.len) == 0)
            return &signatures[i].kind;
    }
    if (head.len >= 4 &&
        (memcmp(head.ptr, "\xff\xfe\0\0", 4) == 0 || memcmp(head.ptr, "\0\0\xfe\xff", 4) == 0))
        return &utf32;
    if (head.len >= 262 && memcmp(head.ptr + 257, "ustar", 5) == 0)
        return &tape;
    if (str_starts(head, "\xef\xbb\xbf")) {
        head.ptr += 3;
        head.len -= 3;
    }
    head = skip_blanks(head);
    if (looks_like_xml(head))
        return &xml;
    return looks_like_json(head) ? &json : NULL;
}

bool file_kind_is_json(struct str head)
{
    return file_kind_find(head) == &json;
}

enum status file_kind_refuse(const struct file_kind *kind, struct str source_name,
                             const char *wanted, struct diag *diag)
{
    diag_report(diag, RULE_SOURCE_KIND, (struct where){source_name, 1, 1, 0},
                "%s was expected, and this looks like %s", wanted, kind->phrase);
    if (kind->hint)
        diag_hint(diag, "%s", kind->hint);
    return STATUS_INVALID;
}
