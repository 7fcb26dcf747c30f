/*
 * Bytes that may be a part: its cases are in order and refer to what is there; one fatal diagnostic,
 * or an end. So that more than the SHA-256 is looked at, a second try has one that holds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "part/part.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void look_at_share(const struct part_head *head, const struct part_share *share)
{
    size_t i;

    must(share->owner < head->owner_count, "the source of the audit is there");
    must((share->share.rows == 0) == (share->share.told_count == 0), "rows tell something");
    for (i = 0; i < share->share.told_count; i++) {
        const struct record_told *told = &share->share.told[i];

        must(told->position >> 44 < head->source_count, "the file that tells is there");
        must(i == 0 || record_told_compare(told - 1, told) < 0, "what is told is in order");
    }
    for (i = 0; i < share->share.event_count; i++) {
        const struct record_event *event = &share->share.events[i];

        must(event->position >> 44 < head->source_count, "the file is there");
        if (event->group != INTERN_NONE)
            must(event->group < intern_count(share->share.texts), "the group is there");
        must(i == 0 || record_event_compare(event - 1, event) < 0, "events are in order");
    }
    for (i = 0; i < share->share.message_count; i++)
        must(share->share.messages[i].position >> 44 < head->source_count, "its file is there");
}

static void try(struct str bytes)
{
    struct scratch *scratch = NULL;
    struct part_reader *reader = NULL;
    struct part_case item;
    struct str path = {NULL, 0};
    char before[64] = "";
    struct diag diag;
    enum status status;

    diag_init(&diag);
    status = scratch_new(&diag, &scratch);
    if (status == STATUS_OK) {
        scratch_write(scratch, bytes);
        status = scratch_path(scratch, &diag, &path);
    }
    if (status == STATUS_OK)
        status = part_open(path, STR("fuzz.cfap"), NULL, &diag, &reader);
    while (status == STATUS_OK) {
        status = part_next(reader, &diag, &item);
        if (status != STATUS_OK)
            break;
        must(item.count > 0 && item.id.len > 0, "a case says something");
        if (item.id.len < sizeof before) {
            must(str_compare(str_of(before), item.id) < 0, "ids rise");
            memset(before, 0, sizeof before);
            memcpy(before, item.id.ptr, item.id.len);
        }
        for (size_t i = 0; i < item.count; i++)
            look_at_share(part_reader_head(reader), &item.shares[i]);
    }
    must(status == STATUS_END || diag.by_severity[SEVERITY_FATAL] == 1, "one fatal diagnostic");
    part_close(reader);
    scratch_free(scratch);
    diag_done(&diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sha256 sum;
    char *copy;

    try((struct str){(const char *)data, size});
    if (size <= sizeof sum.bytes)
        return 0;
    copy = malloc(size);
    if (copy && digest_bytes((struct str){(const char *)data, size - sizeof sum.bytes}, &sum)) {
        memcpy(copy, data, size - sizeof sum.bytes);
        memcpy(copy + size - sizeof sum.bytes, sum.bytes, sizeof sum.bytes);
        try((struct str){copy, size});
    }
    free(copy);
    return 0;
}
