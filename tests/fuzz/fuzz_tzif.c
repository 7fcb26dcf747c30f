/* Bytes that may be a zone: what is accepted answers consistently in both directions. */
#include <stdio.h>
#include <stdlib.h>

#include "time/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

/* An instant's wall clock leads back to it, or to it and another one. */
static void there_and_back(const struct zone *zone, int64_t us)
{
    struct instant instant = {us};
    struct local local = zone_local(zone, instant);
    struct instant first;
    struct instant later;

    must(local.us - us == zone_offset(zone, instant) * SECOND_US, "offset and wall clock agree");
    must(zone_to_instant(zone, local, &first, &later) != ZONE_GAP, "a shown wall clock exists");
    must(first.us <= us && us <= later.us, "the instant is among those of its wall clock");
    /* any local time: the answers are in order, a gap ends in one instant */
    if (zone_to_instant(zone, (struct local){us}, &first, &later) != ZONE_TWICE)
        must(first.us == later.us, "one instant");
    else
        must(first.us < later.us && zone_local(zone, first).us == us, "two instants in order");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t day = 86400000000;
    struct zone *zone = NULL;
    struct diag diag;

    diag_init(&diag);
    if (zone_from_bytes(STR("Fuzz/Zone"), (struct str){(const char *)data, size}, &diag, &zone) ==
        STATUS_OK) {
        must(diag.count == 0, "nothing is said about a good file");
        for (int64_t at = -62135510400; at < 253402214400; at += 977654321)
            there_and_back(zone, at * SECOND_US + (int64_t)(size % 1000));
        for (int64_t at = 0; at < 800 * day; at += day / 3)
            there_and_back(zone, at);
    } else {
        must(diag.by_severity[SEVERITY_FATAL] == 1, "one fatal diagnostic");
    }
    zone_free(zone);
    diag_done(&diag);
    return 0;
}
