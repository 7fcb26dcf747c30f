#include "cmd/follow_up.h"

#include "time/zone.h"

enum status follow_up_previous(struct run *run, const struct audit *audit, struct str *ret_path)
{
    struct str path = args_str(&run->args, "previous");

    if (!path.ptr && audit->previous.ptr && audit->folder.len && audit->previous.ptr[0] != '/') {
        path = arena_format(&run->arena, "%.*s/%.*s", STR_ARG(audit->folder),
                            STR_ARG(audit->previous));
        if (!path.ptr)
            return diag_no_memory(&run->diag);
    } else if (!path.ptr) {
        path = audit->previous;
    }
    *ret_path = path;
    return STATUS_OK;
}

enum status follow_up_take(struct run *run, const struct audit *audit,
                           const struct evidence *evidence, struct result *result)
{
    struct str actions_path = args_str(&run->args, "actions");
    struct str previous_path = {NULL, 0};
    struct actions *actions = NULL;
    struct result *earlier = NULL;
    enum status status = follow_up_previous(run, audit, &previous_path);

    if (status == STATUS_OK && previous_path.ptr)
        status = result_load(&run->arena, &run->library, previous_path, &run->diag, &earlier);
    if (status == STATUS_OK && earlier)
        status = result_hold_against(&run->arena, result, earlier, previous_path, &run->diag);
    if (status == STATUS_OK && actions_path.ptr)
        status = actions_load(&run->arena, &run->library, actions_path, &run->diag, &actions);
    if (status == STATUS_OK && actions)
        status = result_take_actions(result, actions, evidence, &run->diag);
    return status;
}

/* The day of the as-of on the wall clock of the audit, "YYYY-MM-DD"; missing: there is none. */
static enum status as_of_day(struct run *run, const struct evidence_audit *audit,
                             struct str *ret_day)
{
    struct zone *zone = NULL;
    struct civil civil;
    enum status status = STATUS_OK;

    if (instant_is_missing(audit->as_of))
        return STATUS_OK;
    if (audit->zone.len)
        status = zone_load(audit->zone, &run->diag, &zone);
    if (status != STATUS_OK)
        return status;
    civil = civil_from_local(zone_local(zone ? zone : zone_utc(), audit->as_of));
    zone_free(zone);
    *ret_day = arena_format(&run->arena, "%04d-%02u-%02u", civil.year, civil.month, civil.day);
    return ret_day->ptr ? STATUS_OK : diag_no_memory(&run->diag);
}

enum status follow_up_judge(struct run *run, const struct evidence *evidence,
                            const struct result *result)
{
    struct str day = {NULL, 0};
    enum status status = STATUS_OK;
    size_t i;

    if (result->action_count)
        status = as_of_day(run, &evidence->audit, &day);
    for (i = 0; status == STATUS_OK && i < result->action_count; i++)
        run->action_overdue |= action_is_overdue(&result->actions[i], day);
    return status;
}
