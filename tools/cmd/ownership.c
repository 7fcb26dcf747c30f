#include "cmd/ownership.h"

#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/limits.h"
#include "source/package.h"
#include "source/source.h"

static const char seal_start[] = "<!-- sha256 ";
static const char seal_end[] = " -->\n";

enum { SEAL_BYTES = sizeof seal_start - 1 + 64 + sizeof seal_end - 1 };

enum status ownership_seal(struct buf *document, struct diag *diag)
{
    struct sha256 sum;

    if (!digest_bytes(buf_str(document), &sum))
        return diag_no_memory(diag);
    buf_printf(document, "%s%s%s", seal_start, digest_text(&sum).hex, seal_end);
    return document->failed ? diag_no_memory(diag) : STATUS_OK;
}

static bool is_sealed(struct str bytes)
{
    struct sha256_text text;
    struct sha256 sum;
    struct str seal;

    if (bytes.len < SEAL_BYTES)
        return false;
    seal = (struct str){bytes.ptr + bytes.len - SEAL_BYTES, SEAL_BYTES};
    bytes.len -= SEAL_BYTES;
    if (!str_starts(seal, seal_start) || !digest_bytes(bytes, &sum))
        return false;
    text = digest_text(&sum);
    return memcmp(seal.ptr + sizeof seal_start - 1, text.hex, 64) == 0;
}

/* Text between two marks, or a missing str. */
static struct str between(struct str bytes, const char *start, const char *end)
{
    size_t len = strlen(start);
    size_t from;
    size_t to;

    for (from = 0; from + len <= bytes.len; from++)
        if (memcmp(bytes.ptr + from, start, len) == 0)
            break;
    if (from + len > bytes.len)
        return (struct str){NULL, 0};
    from += len;
    for (to = from; to + strlen(end) <= bytes.len; to++)
        if (memcmp(bytes.ptr + to, end, strlen(end)) == 0)
            return (struct str){bytes.ptr + from, to - from};
    return (struct str){NULL, 0};
}

/* Every program that saves a workbook moves the time of the last change away from its making. */
static bool is_untouched_workbook(const char *path)
{
    struct package *package = NULL;
    struct str bytes = {NULL, 0};
    struct arena arena;
    struct diag quiet;
    bool is_ours = false;
    size_t part;

    diag_init(&quiet);
    arena_init(&arena);
    if (package_open(path, package_default_limits(), &quiet, &package) == STATUS_OK) {
        part = package_find(package, STR("docProps/core.xml"));
        if (part < package_count(package) &&
            package_read(package, part, &arena, &quiet, &bytes) == STATUS_OK) {
            struct str made = between(bytes, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">",
                                      "</dcterms:created>");
            struct str changed = between(bytes, "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">",
                                         "</dcterms:modified>");
            struct str by = between(bytes, "<cp:lastModifiedBy>", "</cp:lastModifiedBy>");

            is_ours = made.ptr && str_equal(made, changed) && str_starts(by, "cfaudit");
        }
    }
    package_close(package);
    arena_done(&arena);
    diag_done(&quiet);
    return is_ours;
}

static bool is_untouched_document(const char *path)
{
    struct source_identity identity;
    struct source *source = NULL;
    struct str bytes = {NULL, 0};
    struct arena arena;
    struct diag quiet;
    bool is_ours = false;

    diag_init(&quiet);
    arena_init(&arena);
    if (source_open(str_of(path), &quiet, &source) == STATUS_OK &&
        source_read_all(source, LIMIT_SOURCE_BYTES, &arena, &quiet, &bytes, &identity) == STATUS_OK)
        is_ours = is_sealed(bytes);
    source_close(source);
    arena_done(&arena);
    diag_done(&quiet);
    return is_ours;
}

enum status ownership_check(const char *path, bool is_forced, struct diag *diag)
{
    struct stat info;

    if (is_forced || strcmp(path, "-") == 0 || stat(path, &info) != 0)
        return STATUS_OK;
    /* devices, pipes and empty files hold nothing that could be lost */
    if (!S_ISDIR(info.st_mode) && (!S_ISREG(info.st_mode) || info.st_size == 0))
        return STATUS_OK;
    if (S_ISREG(info.st_mode) &&
        (str_ends(str_of(path), ".xlsx") ? is_untouched_workbook(path)
                                         : is_untouched_document(path)))
        return STATUS_OK;
    diag_report(diag, RULE_OUTPUT_EXISTS, (struct where){str_of(path), 0, 0, 0}, NULL);
    diag_hint(diag, "write elsewhere with -o, or over it with --force");
    return STATUS_USAGE;
}

enum status ownership_not_input(const char *path, const struct str *inputs, size_t count,
                                struct diag *diag)
{
    struct stat output;
    struct stat input;
    size_t i;

    if (stat(path, &output) != 0 || !S_ISREG(output.st_mode))
        return STATUS_OK;
    for (i = 0; i < count; i++) {
        /* names come from arenas and argv: terminated */
        if (stat(inputs[i].ptr, &input) != 0 || input.st_dev != output.st_dev ||
            input.st_ino != output.st_ino)
            continue;
        diag_report(diag, RULE_OUTPUT_IS_INPUT, (struct where){str_of(path), 0, 0, 0}, NULL);
        diag_hint(diag, "write elsewhere with -o");
        return STATUS_USAGE;
    }
    return STATUS_OK;
}
