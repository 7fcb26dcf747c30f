#include "cmd/ownership.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/limits.h"
#include "part/part.h"
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

/* It begins as a part does. */
static bool is_part(const char *path)
{
    struct source *source = NULL;
    char *block = NULL;
    size_t len = 0;
    struct diag quiet;
    bool is_one = false;

    diag_init(&quiet);
    if (source_open(str_of(path), &quiet, &source) == STATUS_OK &&
        source_next(source, &quiet, &block, &len) == STATUS_OK)
        is_one = len > 5 && memcmp(block + 1, "CFAP", 4) == 0;
    source_close(source);
    diag_done(&quiet);
    return is_one;
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

/* --- folders --- */

enum { SUM_DIGITS = 64, SUM_NAME = SUM_DIGITS + 2, SUMS_BYTES = 1 << 20 };

/* "hex  name": the file is there and has that digest. */
static bool is_listed(const char *folder, struct str line, bool must_match)
{
    struct source_identity identity;
    struct sha256_text text;
    struct source *source = NULL;
    struct str bytes = {NULL, 0};
    struct str path;
    struct arena arena;
    struct diag quiet;
    bool is_ours = false;

    if (line.len <= SUM_NAME || memchr(line.ptr + SUM_NAME, '/', line.len - SUM_NAME))
        return false;
    diag_init(&quiet);
    arena_init(&arena);
    path = arena_format(&arena, "%s/%.*s", folder, (int)(line.len - SUM_NAME), line.ptr + SUM_NAME);
    if (path.ptr && source_open(path, &quiet, &source) == STATUS_OK &&
        source_read_all(source, LIMIT_SOURCE_BYTES, &arena, &quiet, &bytes, &identity) ==
            STATUS_OK) {
        text = digest_text(&identity.sha256);
        is_ours = !must_match || memcmp(line.ptr, text.hex, SUM_DIGITS) == 0;
    }
    source_close(source);
    arena_done(&arena);
    diag_done(&quiet);
    return is_ours;
}

/* Files in the folder; SIZE_MAX where there is something else in it. */
static size_t count_files(const char *path)
{
    DIR *stream = opendir(path);
    struct dirent *entry;
    struct stat info;
    size_t count = 0;

    if (!stream)
        return SIZE_MAX;
    while (count != SIZE_MAX && (entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (fstatat(dirfd(stream), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(info.st_mode))
            count++;
        else
            count = SIZE_MAX;
    }
    closedir(stream);
    return count;
}

/*
 * What is in a folder goes when another takes its place: so it holds nothing but what its own list
 * of digests names, and, unless forced, that is as it was written.
 */
static bool is_folder_of_ours(const char *path, bool is_forced)
{
    struct source_identity identity;
    struct source *source = NULL;
    struct str rest = {NULL, 0};
    struct str line;
    struct str name;
    struct arena arena;
    struct diag quiet;
    size_t files = count_files(path);
    size_t listed = 1; /* the list itself */
    bool is_ours = false;

    if (files == 0 || files == SIZE_MAX)
        return files == 0;
    diag_init(&quiet);
    arena_init(&arena);
    name = arena_format(&arena, "%s/SHA256SUMS", path);
    if (name.ptr && source_open(name, &quiet, &source) == STATUS_OK &&
        source_read_all(source, SUMS_BYTES, &arena, &quiet, &rest, &identity) == STATUS_OK) {
        is_ours = true;
        while (is_ours && str_split(&rest, '\n', &line) && line.len > 0) {
            is_ours = is_listed(path, line, !is_forced);
            listed++;
        }
        is_ours = is_ours && listed == files;
    }
    source_close(source);
    arena_done(&arena);
    diag_done(&quiet);
    return is_ours;
}

static enum status refuse(const char *path, const char *hint, struct diag *diag)
{
    diag_report(diag, RULE_OUTPUT_EXISTS, (struct where){str_of(path), 0, 0, 0}, NULL);
    diag_hint(diag, "%s", hint);
    return STATUS_USAGE;
}

enum status ownership_check(const char *path, bool is_forced, struct diag *diag)
{
    struct stat info;

    if (str_ends(str_of(path), "/")) {
        if (stat(path, &info) != 0 || is_folder_of_ours(path, is_forced))
            return STATUS_OK;
        return refuse(path,
                      is_forced ? "write elsewhere: there are other files in it"
                                : "write elsewhere, or over it with --force",
                      diag);
    }
    if (is_forced || strcmp(path, "-") == 0 || stat(path, &info) != 0)
        return STATUS_OK;
    /* devices, pipes and empty files hold nothing that could be lost */
    if (!S_ISDIR(info.st_mode) && (!S_ISREG(info.st_mode) || info.st_size == 0))
        return STATUS_OK;
    if (S_ISREG(info.st_mode) &&
        (str_ends(str_of(path), ".xlsx") ? is_untouched_workbook(path)
         : is_part(path)                 ? part_is_sound(str_of(path))
                                         : is_untouched_document(path)))
        return STATUS_OK;
    return refuse(path, "write elsewhere with -o, or over it with --force", diag);
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
