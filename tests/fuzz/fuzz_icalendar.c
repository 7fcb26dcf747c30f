/* Bytes that may be a list of holidays: what is accepted gives days that a calendar can hold. */
#include <stdio.h>
#include <stdlib.h>

#include "plan/icalendar.h"
#include "time/instant.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct event_pattern patterns[] = {{false, {NULL, 0}, STR_INIT("*no*"), {NULL, 0}},
                                                    {true, {NULL, 0}, STR_INIT("*"), {NULL, 0}}};
    struct event_days days;
    struct arena arena;
    struct diag diag;
    enum status status;
    size_t unused = 0;

    arena_init(&arena);
    diag_init(&diag);
    status = icalendar_parse(&arena, STR("fuzz.ics"), (struct str){(const char *)data, size},
                             patterns, 2, &diag, &days);
    if (status != STATUS_OK) {
        must(diag.by_severity[SEVERITY_FATAL] == 1, "one fatal diagnostic");
    } else {
        must(days.errors == diag.by_severity[SEVERITY_ERROR], "errors are counted");
        for (const struct unused_event *event = days.unused; event; event = event->next)
            unused++;
        must(days.used + unused <= days.events, "an event is used or not");
        must(days.errors > 0 || days.used + unused == days.events, "each event is one of both");
        for (size_t i = 0; i < days.count; i++)
            must(days.list[i].date >= civil_days(1, 1, 1) &&
                     days.list[i].date < civil_days(9999, 12, 31) + 400,
                 "a day of a calendar");
    }
    diag_done(&diag);
    arena_done(&arena);
    return 0;
}
