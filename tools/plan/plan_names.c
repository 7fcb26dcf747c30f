/* Words of documents for the values of plan.h. */
#include "base/mem.h"
#include "plan/plan.h"

static const char *const target_source_names[] = {"default", "policy", "contract", "law"};
static const char *const metric_names[SLA_METRIC_COUNT] = {"first-response", "next-response",
                                                           "resolution"};
static const char *const type_names[SLA_TYPE_COUNT] = {"customer", "operational", "underpinning"};
static const char *const kind_names[SLA_KIND_COUNT] = {"general", "specific"};
static const char *const change_names[SLA_CHANGE_COUNT] = {"carry", "restart", "as-of-open"};
static const char *const reopen_names[SLA_REOPEN_COUNT] = {"resume", "new-cycle", "run-on"};

const char *target_source_name(enum target_source source)
{
    return target_source_names[source];
}

bool target_source_find(struct str name, enum target_source *ret_source)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(target_source_names); i++) {
        if (str_is(name, target_source_names[i])) {
            *ret_source = (enum target_source)i;
            return true;
        }
    }
    return false;
}

const char *sla_metric_name(enum sla_metric metric)
{
    return metric_names[metric];
}

const char *sla_type_name(enum sla_type type)
{
    return type_names[type];
}

const char *sla_kind_name(enum sla_kind kind)
{
    return kind_names[kind];
}

const char *sla_change_name(enum sla_change change)
{
    return change_names[change];
}

const char *sla_reopen_name(enum sla_reopen reopen)
{
    return reopen_names[reopen];
}
