#include "measure/parity_groups.h"

#include "base/mem.h"
#include "measure/observe.h"
#include "time/zone.h"

/* Fewer people could be recognized. */
static const int64_t PEOPLE_LEAST = 5;
/* Logs of mail and chat that are kept longer can watch people at their work. */
static const int64_t PERIOD_MOST = 21 * DAY_US;

/* --- replies --- */

static struct parity_group *group_of(struct parity_groups *groups, int64_t group)
{
    size_t i;

    for (i = 0; i < groups->count; i++)
        if (groups->list[i].group == group)
            return &groups->list[i];
    if (!mem_grow(&groups->list, groups->count, &groups->capacity, sizeof *groups->list))
        return NULL;
    groups->list[groups->count] = (struct parity_group){.group = group};
    return &groups->list[groups->count++];
}

static uint64_t part_of(const struct record_case *item, int slot)
{
    int64_t value = record_value(item, slot);

    return value == VALUE_MISSING ? 0 : (uint64_t)value + 1;
}

/* Hour of the week, priority and channel as one number. */
static uint64_t cell_of(const struct measure_context *context, const struct record_case *item,
                        struct instant received)
{
    int64_t hour = zone_local(context->zone ? context->zone : zone_utc(), received).us / HOUR_US;
    uint64_t of_week = (uint64_t)((hour % 168 + 168) % 168);

    return (part_of(item, SLOT_CHANNEL) << 36) ^ (part_of(item, SLOT_PRIORITY) << 8) ^ of_week;
}

/* False: neither a customer nor a superior asked, or not in the period. */
static bool read_reply(const struct measure_context *context, const struct record_case *item,
                       struct parity_reply *reply, enum parity_hours *ret_hours)
{
    struct instant received = {record_value(item, LATENCY_RECEIVED)};
    struct instant replied = {record_value(item, LATENCY_REPLIED)};
    int64_t counterpart = record_value(item, LATENCY_COUNTERPART);
    struct str whose;
    bool is_out;

    if (counterpart == VALUE_MISSING || received.us == VALUE_MISSING ||
        received.us > context->as_of.us || observe_is_outside(context, received.us))
        return false;
    whose = record_text(item->set, counterpart);
    reply->is_boss = str_is(whose, "boss");
    reply->is_unanswered = replied.us == VALUE_MISSING || replied.us > context->as_of.us;
    if (reply->is_unanswered)
        replied = context->as_of;
    is_out = calendar_between(context->calendar, received,
                              (struct instant){received.us + SECOND_US}).us == 0;
    /* nobody works out of hours by the calendar: what counts there is the clock on the wall */
    reply->wait = is_out ? replied.us - received.us
                         : calendar_between(context->calendar, received, replied).us;
    reply->cell = cell_of(context, item, received);
    *ret_hours = is_out ? PARITY_OUT_OF_HOURS : PARITY_WORKING_HOURS;
    return reply->is_boss || str_is(whose, "customer");
}

static bool add_reply(struct parity_groups *groups, const struct record_case *item)
{
    int64_t received = record_value(item, LATENCY_RECEIVED);
    int64_t people = record_value(item, LATENCY_PEOPLE);
    struct parity_group *group;
    struct parity_reply reply;
    enum parity_hours hours;

    if (!read_reply(groups->context, item, &reply, &hours))
        return true;
    group = group_of(groups, record_value(item, SLOT_GROUP));
    if (!group || !mem_grow(&group->replies[hours], group->count[hours], &group->capacity[hours],
                            sizeof *group->replies[hours]))
        return false;
    group->replies[hours][group->count[hours]++] = reply;
    if (people != VALUE_MISSING && people > group->people)
        group->people = people;
    groups->earliest = received < groups->earliest ? received : groups->earliest;
    groups->latest = received > groups->latest ? received : groups->latest;
    return true;
}

static int compare_texts(const struct record_set *set, int64_t a, int64_t b)
{
    struct str none = {NULL, 0};

    return str_compare(a == VALUE_MISSING ? none : record_text(set, a),
                       b == VALUE_MISSING ? none : record_text(set, b));
}

/* In byte order of their names; there are few. */
static void sort_groups(struct parity_groups *groups)
{
    const struct record_set *set = groups->context->set;
    size_t i;
    size_t k;

    for (i = 1; i < groups->count; i++) {
        struct parity_group moved = groups->list[i];

        for (k = i; k > 0 && compare_texts(set, groups->list[k - 1].group, moved.group) > 0; k--)
            groups->list[k] = groups->list[k - 1];
        groups->list[k] = moved;
    }
}

enum status parity_groups_new(const struct measure_context *context, struct diag *diag,
                              struct parity_groups **ret_groups)
{
    struct parity_groups *groups = mem_alloc(1, sizeof *groups);
    size_t count = record_case_count(context->set);
    size_t i;

    if (!groups)
        return diag_no_memory(diag);
    groups->context = context;
    groups->earliest = INT64_MAX;
    groups->latest = INT64_MIN;
    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(context->set, i);

        if (!item.is_empty && !add_reply(groups, &item)) {
            parity_groups_free(groups);
            return diag_no_memory(diag);
        }
    }
    sort_groups(groups);
    if (parity_groups_are_long(groups))
        diag_report(diag, RULE_LATENCY_PERIOD, WHERE_NONE, "%lld days",
                    (long long)((groups->latest - groups->earliest) / DAY_US));
    *ret_groups = groups;
    return STATUS_OK;
}

void parity_groups_free(struct parity_groups *groups)
{
    size_t i;

    if (!groups)
        return;
    for (i = 0; i < groups->count; i++) {
        mem_free(groups->list[i].replies[PARITY_WORKING_HOURS]);
        mem_free(groups->list[i].replies[PARITY_OUT_OF_HOURS]);
    }
    mem_free(groups->list);
    mem_free(groups);
}

/* --- guards --- */

bool parity_groups_are_long(const struct parity_groups *groups)
{
    return groups->latest > groups->earliest && groups->latest - groups->earliest > PERIOD_MOST;
}


static size_t count_of(const struct parity_group *group, enum parity_hours hours, bool is_boss)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < group->count[hours]; i++)
        count += group->replies[hours][i].is_boss == is_boss;
    return count;
}

const char *parity_refusal(const struct parity_group *group)
{
    if (group->people < PEOPLE_LEAST)
        return "fewer-than-five-people";
    return count_of(group, PARITY_WORKING_HOURS, true) < PARITY_LEAST ||
                   count_of(group, PARITY_WORKING_HOURS, false) < PARITY_LEAST
               ? "fewer-than-thirty-replies"
               : NULL;
}

/* --- comparing --- */

static uint64_t seed_of(const struct measure_context *context)
{
    return str_hash(context->seed.ptr ? context->seed : STR("parity"));
}

bool parity_groups_compare(const struct parity_groups *groups, size_t number,
                           enum parity_hours hours, struct parity *ret_parity)
{
    const struct parity_group *group = &groups->list[number];

    return parity_compare(group->replies[hours], group->count[hours], seed_of(groups->context),
                          ret_parity);
}

bool parity_groups_pool(const struct parity_groups *groups, struct parity *ret_parity)
{
    struct parity_reply *all;
    size_t count = 0;
    size_t i;
    size_t k;
    bool done;

    for (i = 0; i < groups->count; i++)
        count += parity_refusal(&groups->list[i]) ? 0 : groups->list[i].count[PARITY_WORKING_HOURS];
    all = mem_alloc(count + 1, sizeof *all);
    if (!all)
        return false;
    count = 0;
    for (i = 0; i < groups->count; i++) {
        const struct parity_group *group = &groups->list[i];

        if (parity_refusal(group))
            continue;
        for (k = 0; k < group->count[PARITY_WORKING_HOURS]; k++) {
            all[count] = group->replies[PARITY_WORKING_HOURS][k];
            all[count++].cell ^= (uint64_t)i << 56;
        }
    }
    done = parity_compare(all, count, seed_of(groups->context), ret_parity);
    mem_free(all);
    return done;
}
