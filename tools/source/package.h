/*
 * Packages: ZIP archives whose parts are documents (XLSX).
 *
 * Call: package_open; package_find or the numbers 0..package_count-1; package_read or
 *       package_stream; package_close.
 * Owns: the caller owns the package; names live as long as it; bytes of package_read live in the
 *       arena given.
 * Errors: STATUS_INVALID for what is no archive or contradicts itself (names twice, local headers
 *         that differ from the directory, overlapping parts), STATUS_LIMIT, STATUS_IO,
 *         STATUS_MEMORY, each with one diagnostic.
 * Units: bytes after decompression. Declared sizes are never trusted.
 * Source: PKWARE APPNOTE 6.3 through libzip with its consistency checks.
 * Threads: one package, one thread.
 */
#ifndef CFAUDIT_SOURCE_PACKAGE_H
#define CFAUDIT_SOURCE_PACKAGE_H

#include "base/arena.h"
#include "base/diag.h"

struct package;

struct package_limits {
    uint64_t entries;
    uint64_t part;  /* bytes of one part */
    uint64_t total; /* bytes of all parts read */
};

/* For packages from elsewhere. */
struct package_limits package_default_limits(void);

enum status package_open(const char *path, struct package_limits limits, struct diag *diag,
                         struct package **ret_package);
void package_close(struct package *package); /* accepts NULL */
size_t package_count(const struct package *package);
struct str package_name(const struct package *package, size_t number);
/* package_count when there is none of that name. */
size_t package_find(const struct package *package, struct str name);

/* Hands the part over in pieces; `take` ends it early by another status, which is passed on. */
enum status package_stream(struct package *package, size_t number,
                           enum status (*take)(void *context, struct str bytes), void *context,
                           struct diag *diag);
enum status package_read(struct package *package, size_t number, struct arena *arena,
                         struct diag *diag, struct str *ret_bytes);

#endif
