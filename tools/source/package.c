#include "source/package.h"

#include <string.h>
#include <zip.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/mem.h"

enum { PACKAGE_PIECE = 64 * 1024 };

struct package {
    zip_t *zip;
    struct str path;
    struct package_limits limits;
    uint64_t total; /* bytes handed out so far */
    char piece[PACKAGE_PIECE];
};

struct package_limits package_default_limits(void)
{
    return (struct package_limits){LIMIT_PACKAGE_ENTRIES, LIMIT_PACKAGE_PART, LIMIT_PACKAGE_TOTAL};
}

static struct where where_of(const struct package *package)
{
    struct where where = WHERE_NONE;

    where.source = package->path;
    return where;
}

static enum status refuse(struct diag *diag, struct where where, const char *what, const char *why)
{
    diag_report(diag, RULE_PACKAGE, where, "%s%s%s", what, what[0] ? ": " : "", why);
    return STATUS_INVALID;
}

enum status package_open(const char *path, struct package_limits limits, struct diag *diag,
                         struct package **ret_package)
{
    struct package *package = mem_alloc(1, sizeof *package);
    struct where where = WHERE_NONE;
    enum status status;
    int code = 0;

    if (!package)
        return diag_no_memory(diag);
    package->path = str_of(path);
    package->limits = limits;
    package->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    where.source = package->path;
    if (!package->zip) {
        zip_error_t error;

        zip_error_init_with_code(&error, code);
        status = code == ZIP_ER_MEMORY ? diag_no_memory(diag)
                                       : refuse(diag, where, "", zip_error_strerror(&error));
        zip_error_fini(&error);
        mem_free(package);
        return status;
    }
    if ((uint64_t)zip_get_num_entries(package->zip, 0) > limits.entries) {
        status = diag_limit(diag, where, "entries of a package", limits.entries);
        package_close(package);
        return status;
    }
    *ret_package = package;
    return STATUS_OK;
}

void package_close(struct package *package)
{
    if (!package)
        return;
    zip_discard(package->zip);
    mem_free(package);
}

size_t package_count(const struct package *package)
{
    zip_int64_t count = zip_get_num_entries(package->zip, 0);

    return count > 0 ? (size_t)count : 0;
}

struct str package_name(const struct package *package, size_t number)
{
    return str_of(zip_get_name(package->zip, number, ZIP_FL_ENC_GUESS));
}

size_t package_find(const struct package *package, struct str name)
{
    size_t count = package_count(package);
    size_t i;

    for (i = 0; i < count; i++)
        if (str_equal(package_name(package, i), name))
            break;
    return i;
}

static enum status read_pieces(struct package *package, zip_file_t *file, const char *name,
                               enum status (*take)(void *context, struct str bytes), void *context,
                               struct diag *diag)
{
    struct where where = where_of(package);
    uint64_t bytes = 0;

    for (;;) {
        zip_int64_t len = zip_fread(file, package->piece, sizeof package->piece);
        enum status status;

        if (len == 0)
            return STATUS_OK;
        if (len < 0)
            return refuse(diag, where, name, zip_file_strerror(file));
        bytes += (uint64_t)len;
        package->total += (uint64_t)len;
        if (bytes > package->limits.part)
            return diag_limit(diag, where, "bytes of a part", package->limits.part);
        if (package->total > package->limits.total)
            return diag_limit(diag, where, "bytes of a package", package->limits.total);
        status = take(context, (struct str){package->piece, (size_t)len});
        if (status != STATUS_OK)
            return status;
    }
}

enum status package_stream(struct package *package, size_t number,
                           enum status (*take)(void *context, struct str bytes), void *context,
                           struct diag *diag)
{
    const char *name = zip_get_name(package->zip, number, ZIP_FL_ENC_GUESS);
    zip_file_t *file = zip_fopen_index(package->zip, number, 0);
    enum status status;

    if (!file)
        return refuse(diag, where_of(package), name ? name : "", zip_strerror(package->zip));
    status = read_pieces(package, file, name ? name : "", take, context, diag);
    if (zip_fclose(file) != 0 && status == STATUS_OK)
        status = refuse(diag, where_of(package), name ? name : "", "damaged at its end");
    return status;
}

static enum status take_into_buf(void *context, struct str bytes)
{
    struct buf *buf = context;

    buf_add(buf, bytes);
    return buf->failed ? STATUS_MEMORY : STATUS_OK;
}

enum status package_read(struct package *package, size_t number, struct arena *arena,
                         struct diag *diag, struct str *ret_bytes)
{
    struct str bytes = {NULL, 0};
    enum status status;
    struct buf buf;

    buf_init(&buf, SIZE_MAX / 2);
    status = package_stream(package, number, take_into_buf, &buf, diag);
    if (status == STATUS_OK)
        bytes = arena_str(arena, buf.len ? buf_str(&buf) : STR(""));
    if (buf.failed || (status == STATUS_OK && !bytes.ptr))
        status = diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_bytes = bytes;
    buf_done(&buf);
    return status;
}
