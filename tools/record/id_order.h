/*
 * Whether ids come in order, each behind the one before: then none of them can come twice.
 *
 * Call: id_order_add with runs of ids; id_order_join for runs that stand one behind the other.
 *       An order that is all zero is that of no ids.
 * Owns: values; bytes of the first and last id are copied.
 * Errors: none. Ids that are missing or long are taken as out of order.
 * Units: bytes.
 * In order means: longer, or of the same length and later in the order of bytes; or else every id
 * the other way round. Systems number their tickets like that, and most tables are sorted by it.
 * Threads: values only.
 */
#ifndef CFAUDIT_RECORD_ID_ORDER_H
#define CFAUDIT_RECORD_ID_ORDER_H

#include "base/str.h"

enum { ID_ORDER_LEN = 40 };

struct id_end {
    char bytes[ID_ORDER_LEN];
    size_t len;
};

struct id_order {
    struct id_end first;
    struct id_end last;
    bool has_ids;
    bool is_broken;
    int direction; /* 1: rising, -1: falling, 0: there is one id at most */
};

void id_order_add(struct id_order *order, const struct str *ids, size_t count);
/* `next` stands behind. */
void id_order_join(struct id_order *order, const struct id_order *next);
/* Both are in order, and in the same one together: nothing of `next` is in `order`. */
bool id_order_goes_on(const struct id_order *order, const struct id_order *next);

#endif
