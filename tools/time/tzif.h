/*
 * The bytes of a compiled time zone. Private to the room.
 *
 * Call: tzif_open; then the other functions.
 * Owns: nothing; all is a view of the caller's bytes.
 * Errors: tzif_open says in words what is wrong with the file, NULL when all of it was checked.
 * Units: seconds since 1970-01-01T00:00:00Z; offsets in seconds east of Greenwich.
 * Source: RFC 8536 and RFC 9636 (versions 1 to 4). Deviations: files that count leap seconds are
 *         refused, because our instants have none.
 * Threads: values only.
 */
#ifndef CFAUDIT_TIME_TZIF_H
#define CFAUDIT_TIME_TZIF_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct tzif {
    size_t time_count;
    size_t type_count;
    unsigned time_size; /* bytes of one time: 4 or 8 */
    const unsigned char *times;
    const unsigned char *type_of;
    const unsigned char *types; /* six bytes each */
    struct str footer;          /* missing in version 1 */
};

const char *tzif_open(struct str bytes, struct tzif *ret_file);
int64_t tzif_time(const struct tzif *file, size_t i);
/* The offset from the ith time on. */
int32_t tzif_offset(const struct tzif *file, size_t i);
/* The offset before the first time. */
int32_t tzif_first_offset(const struct tzif *file);

#endif
