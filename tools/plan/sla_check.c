#include "plan/sla_check.h"

#include "base/buf.h"

/* The element of a level, for the place of an attribute. */
static const struct xml_node *node_of(const struct plan_load *load, size_t index)
{
    const struct xml_node *node = xml_child(load->root, "service-level");

    for (; index > 0; index--)
        node = xml_next(node, "service-level");
    return node;
}

static const struct service_level *parent_of(const struct sla_document *sla,
                                             const struct service_level *level)
{
    size_t i;

    for (i = 0; level->parent.ptr && i < sla->level_count; i++)
        if (str_equal(sla->levels[i].id, level->parent))
            return &sla->levels[i];
    return NULL;
}

static bool has_cycle(const struct sla_document *sla, const struct service_level *level)
{
    const struct service_level *above = level;
    size_t steps;

    for (steps = 0; above && steps <= sla->level_count; steps++)
        above = parent_of(sla, above);
    return above != NULL;
}

static void check_parent(struct plan_load *load, const struct sla_document *sla, size_t index)
{
    const struct service_level *level = &sla->levels[index];
    const struct service_level *parent = parent_of(sla, level);

    if (!parent) {
        if (level->type != SLA_CUSTOMER) {
            diag_report(load->fields.diag, RULE_SLA_ALONE, level->place, "'%.*s'",
                        STR_ARG(level->id));
            diag_hint(load->fields.diag, "add parent=\"...\", the id of the level it supports");
        }
        return;
    }
    if (has_cycle(sla, level)) {
        plan_error(load, RULE_SLA_PARENT, node_of(load, index), "parent",
                   "'%.*s' supports itself by way of '%.*s'", STR_ARG(level->id),
                   STR_ARG(parent->id));
        diag_hint(load->fields.diag, "the promise to the customer has no parent");
    } else if (level->type == SLA_CUSTOMER) {
        plan_error(load, RULE_SLA_PARENT, node_of(load, index), "parent",
                   "a promise to a customer supports no other");
        diag_hint(load->fields.diag, "take the parent away, or write type=\"operational\" or "
                                     "type=\"underpinning\"");
    } else if (level->metric != parent->metric) {
        plan_error(load, RULE_SLA_PARENT, node_of(load, index), "parent",
                   "'%.*s' is about %s, not %s", STR_ARG(parent->id),
                   sla_metric_name(parent->metric), sla_metric_name(level->metric));
        diag_hint(load->fields.diag, "name a level of the same metric");
    }
}

/* --- chains --- */

static bool holds_on(const struct service_level *level, int64_t day)
{
    return level->valid_from <= day && day <= level->valid_until;
}

/* What the levels below need on a day: one after the other, and the longest of the parallel. */
static int64_t chain_us(const struct sla_document *sla, const struct service_level *parent,
                        int64_t day, struct buf *words)
{
    int64_t serial = 0;
    int64_t parallel = 0;
    const char *between = "";
    size_t i;

    for (i = 0; i < sla->level_count; i++) {
        const struct service_level *level = &sla->levels[i];

        if (!str_equal(level->parent, parent->id) || !holds_on(level, day))
            continue;
        if (!level->is_parallel)
            serial += level->target.us;
        else if (level->target.us > parallel)
            parallel = level->target.us;
        buf_printf(words, "%s'%.*s'%s ", between, STR_ARG(level->id),
                   level->is_parallel ? " (parallel)" : "");
        span_format(level->target, words);
        between = ", ";
    }
    return serial + parallel;
}

/* The sum is largest on a day on which some level begins. */
static void check_chain(struct plan_load *load, const struct sla_document *sla,
                        const struct service_level *parent)
{
    struct buf words;
    struct buf spans;
    size_t i;

    buf_init(&words, 1 << 16);
    buf_init(&spans, 200);
    for (i = 0; i < sla->level_count; i++) {
        const struct service_level *level = &sla->levels[i];
        int64_t day = level->valid_from > parent->valid_from ? level->valid_from
                                                             : parent->valid_from;
        int64_t sum;

        if (!str_equal(level->parent, parent->id) || !holds_on(level, day) ||
            !holds_on(parent, day))
            continue;
        buf_clear(&words);
        sum = chain_us(sla, parent, day, &words);
        if (sum <= parent->target.us)
            continue;
        span_format((struct span){sum}, &spans);
        buf_printf(&spans, " for '%.*s', which promises ", STR_ARG(parent->id));
        span_format(parent->target, &spans);
        diag_report(load->fields.diag, RULE_SLA_CHAIN, parent->place, "%.*s",
                    STR_ARG(buf_str(&spans)));
        diag_hint(load->fields.diag, "below it: %.*s", STR_ARG(buf_str(&words)));
        break;
    }
    if (words.failed || spans.failed)
        load->fields.status = diag_no_memory(load->fields.diag);
    buf_done(&spans);
    buf_done(&words);
}

/* --- order --- */

static bool is_same_condition(const struct condition *a, const struct condition *b)
{
    return str_equal(a->field, b->field) && str_equal(a->comparison, b->comparison) &&
           str_equal(a->value, b->value);
}

/* Every condition of `a` is one of `b`: whatever meets b, meets a. */
static bool is_wider(const struct service_level *a, const struct service_level *b)
{
    size_t i;
    size_t j;

    for (i = 0; i < a->where_count; i++) {
        for (j = 0; j < b->where_count && !is_same_condition(&a->where[i], &b->where[j]); j++)
            ;
        if (j == b->where_count)
            return false;
    }
    return true;
}

static void check_order(struct plan_load *load, const struct sla_document *sla, size_t index)
{
    const struct service_level *level = &sla->levels[index];
    size_t i;

    for (i = 0; i < index; i++) {
        const struct service_level *before = &sla->levels[i];

        if (before->type != level->type || before->metric != level->metric ||
            before->valid_from > level->valid_from || before->valid_until < level->valid_until ||
            !is_wider(before, level))
            continue;
        if (is_wider(level, before)) {
            plan_error(load, RULE_SLA_REPEATED, node_of(load, index), "id", "'%.*s' and '%.*s'",
                       STR_ARG(before->id), STR_ARG(level->id));
            diag_hint(load->fields.diag, "take one of the two away, or give it other conditions");
        } else {
            diag_report(load->fields.diag, RULE_SLA_SHADOWED, level->place,
                        "'%.*s' stands behind '%.*s'", STR_ARG(level->id), STR_ARG(before->id));
            diag_hint(load->fields.diag, "put the level with more conditions first");
        }
        return;
    }
}

void sla_check(struct plan_load *load, const struct sla_document *sla)
{
    size_t i;

    for (i = 0; i < sla->level_count; i++) {
        check_parent(load, sla, i);
        check_order(load, sla, i);
    }
    for (i = 0; i < sla->level_count && load->errors == 0; i++)
        check_chain(load, sla, &sla->levels[i]);
}
