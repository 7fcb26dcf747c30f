/*
 * Time zones of the IANA database, read from TZif files.
 *
 * Call: zone_load; zone_to_instant, zone_offset ...; zone_free.
 * Owns: the caller owns the zone. zone_utc() is borrowed and never freed.
 * Errors: an unknown name, a path in a name or a damaged file is one fatal diagnostic with a
 *         suggestion; there is no fall-back to UTC.
 * Units: offsets in seconds east of Greenwich.
 * Source: RFC 8536 (TZif versions 1 to 4 with the footer rule of POSIX TZ). The folder is
 *         /usr/share/zoneinfo, or TZDIR when set. The process's TZ is never used, nor are
 *         "localtime" and "posixrules", which depend on the machine. "UTC" needs no file.
 * Threads: a zone is constant after loading.
 */
#ifndef CFAUDIT_TIME_ZONE_H
#define CFAUDIT_TIME_ZONE_H

#include "base/diag.h"
#include "time/instant.h"

struct zone;

/* How often a local time exists. */
enum zone_case { ZONE_ONCE, ZONE_GAP, ZONE_TWICE };

enum status zone_load(struct str name, struct diag *diag, struct zone **ret_zone);
/* A zone from the bytes of a TZif file; what is wrong with them is one fatal diagnostic. */
enum status zone_from_bytes(struct str name, struct str bytes, struct diag *diag,
                            struct zone **ret_zone);
void zone_free(struct zone *zone);
const struct zone *zone_utc(void);
/* Letters, digits and _+-/ only; lives as long as the zone. */
struct str zone_name(const struct zone *zone);
/* Version of the time zone database the files came from, or "unknown". */
struct str zone_database_version(void);

/* Of years 1 to 9999; any other instant, as a missing one, has offset 0 and no local time. */
int32_t zone_offset(const struct zone *zone, struct instant instant);
struct local zone_local(const struct zone *zone, struct instant instant);
/* The time around an instant without a change of the clock: [from, until), open ends at the limits
   of int64_t. The instant must have a local time. */
struct zone_stretch {
    int64_t from;
    int64_t until;
    int32_t offset;
};
struct zone_stretch zone_stretch(const struct zone *zone, struct instant instant);
/*
 * The instant of a local time. In a gap: the first instant after it. Twice: *ret_instant is the
 * earlier, *ret_later the later one; otherwise both are equal. No instant for a missing local time.
 */
enum zone_case zone_to_instant(const struct zone *zone, struct local local,
                               struct instant *ret_instant, struct instant *ret_later);

#endif
