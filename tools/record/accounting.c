#include "record/accounting.h"

bool accounting_holds(const struct accounting *accounting)
{
    uint64_t reasons[2] = {0, 0};
    size_t i;

    for (i = 0; i < accounting->reason_count; i++)
        reasons[accounting->reasons[i].is_reject] += accounting->reasons[i].n;
    return accounting->rows_read ==
               accounting->rows_used + accounting->rows_filtered + accounting->rows_rejected &&
           reasons[0] == accounting->rows_filtered && reasons[1] == accounting->rows_rejected;
}
