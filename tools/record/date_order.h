/*
 * Day before month, or month before day: decided from all dates of a source.
 *
 * Call: order_look for one source, which is then at its end.
 * Owns: nothing.
 * Errors: STATUS_USAGE and one diagnostic naming --date-order when it cannot be decided.
 * Units: none.
 * Threads: as the source.
 */
#ifndef CFAUDIT_RECORD_DATE_ORDER_H
#define CFAUDIT_RECORD_DATE_ORDER_H

#include "record/bind.h"

enum status order_look(struct source *source, const struct record_options *options,
                       struct diag *diag, enum date_order *ret_order);

#endif
