/* Ids of records that are no tickets. */
#include "part/part.h"

/* Ids are trimmed of blanks and control characters, so that none begins like this. */
enum { KIND_MARK = 1, KIND_FIRST = 'A', KIND_BYTES = 2 };

enum record_kind part_case_kind(struct str id)
{
    unsigned kind;

    if (id.len <= KIND_BYTES || id.ptr[0] != KIND_MARK)
        return RECORD_TICKET;
    kind = (unsigned)(unsigned char)id.ptr[1] - KIND_FIRST;
    return kind < RECORD_KIND_COUNT ? (enum record_kind)kind : RECORD_TICKET;
}

struct str part_case_id(struct str id)
{
    if (part_case_kind(id) == RECORD_TICKET)
        return id;
    return (struct str){id.ptr + KIND_BYTES, id.len - KIND_BYTES};
}

struct str part_kind_id(struct buf *room, enum record_kind kind, struct str id)
{
    if (kind == RECORD_TICKET)
        return id;
    buf_clear(room);
    buf_add_char(room, KIND_MARK);
    buf_add_char(room, (char)(KIND_FIRST + (int)kind));
    buf_add(room, id);
    return buf_str(room);
}
