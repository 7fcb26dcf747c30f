/*
 * What several measures of one run look at, made by the first that asks for it.
 *
 * Call: a struct that can be shared begins with a struct shared; shared_take makes it or finds it,
 *       shared_drop gives it back.
 * Owns: who has taken a thing holds it until he drops it, and so does the list of the context
 *       (measure/measure.h) until it is done; the last one frees it. Without a list everybody gets
 *       one of his own.
 * Errors: those of the making.
 * Units: none.
 * Threads: one takes and drops. What measures look at meanwhile must be constant for them.
 */
#ifndef CFAUDIT_MEASURE_SHARED_H
#define CFAUDIT_MEASURE_SHARED_H

#include "measure/measure.h"

/* How such a thing is made of the run's tickets, and freed. */
struct shared_kind {
    enum status (*make)(const struct measure_context *context, struct diag *diag,
                        struct shared **ret_thing);
    void (*free)(struct shared *thing);
};

struct shared {
    const struct shared_kind *kind;
    struct shared *next; /* of the list */
    size_t holders;
};

enum status shared_take(const struct measure_context *context, const struct shared_kind *kind,
                        struct diag *diag, struct shared **ret_thing);
void shared_drop(struct shared *thing); /* accepts NULL */

#endif
