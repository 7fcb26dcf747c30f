#include "measure/shared.h"

static struct shared *find(const struct shared_list *list, const struct shared_kind *kind)
{
    struct shared *thing = list ? list->first : NULL;

    while (thing && thing->kind != kind)
        thing = thing->next;
    return thing;
}

static void keep(struct shared_list *list, struct shared *thing)
{
    thing->next = list->first;
    list->first = thing;
    thing->holders++;
}

enum status shared_take(const struct measure_context *context, const struct shared_kind *kind,
                        struct diag *diag, struct shared **ret_thing)
{
    struct shared *thing = find(context->shared, kind);

    if (!thing) {
        enum status status =
            kind->make(measure_context_of(context, RECORD_TICKET), diag, &thing);

        if (status != STATUS_OK)
            return status;
        thing->kind = kind;
        if (context->shared)
            keep(context->shared, thing);
    }
    thing->holders++;
    *ret_thing = thing;
    return STATUS_OK;
}

void shared_drop(struct shared *thing)
{
    if (thing && --thing->holders == 0)
        thing->kind->free(thing);
}

void shared_list_done(struct shared_list *list)
{
    struct shared *thing;

    while ((thing = list->first)) {
        list->first = thing->next;
        shared_drop(thing);
    }
}
