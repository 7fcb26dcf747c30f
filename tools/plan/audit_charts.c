/* What an audit says about control charts: baselines of limits, reactions to signals. */
#include "base/buf.h"
#include "base/mem.h"
#include "plan/plan_private.h"

static bool read_period(struct plan_load *load, const struct xml_node *node, const char *name,
                        enum grid grid, int32_t *ret_period)
{
    static const char *const examples[] = {"2026-01", "2026-W05", "2026-Q1"};
    struct str key = xml_attr(node, name);

    if (period_parse(grid, key, ret_period))
        return true;
    plan_error(load, RULE_PLAN_GRID, node, name, "'%.*s' is no %s", STR_ARG(key), grid_name(grid));
    diag_hint(load->fields.diag, "as %s; the grid is the attribute of the audit",
              examples[grid]);
    return false;
}

/* A missing variant stands for every one. */
static bool is_same_chart(struct str measure, struct str variant, struct str other_measure,
                          struct str other_variant)
{
    return str_equal(measure, other_measure) &&
           (!variant.ptr || !other_variant.ptr || str_equal(variant, other_variant));
}

static struct where place_of(struct plan_load *load, const struct xml_node *node)
{
    struct where place = xml_where(load->fields.document, node);

    place.source = arena_str(load->fields.arena, place.source);
    return place;
}

/* --- baselines --- */

static void check_overlap(struct plan_load *load, const struct audit *audit,
                          const struct xml_node *node, const struct audit_baseline *baseline)
{
    const struct audit_baseline *other;

    for (other = audit->baselines; other < baseline; other++) {
        int32_t from;
        int32_t until;
        int32_t other_from;
        int32_t other_until;

        if (!is_same_chart(baseline->measure, baseline->variant, other->measure, other->variant) ||
            !period_parse(audit->grid, baseline->from, &from) ||
            !period_parse(audit->grid, baseline->until, &until) ||
            !period_parse(audit->grid, other->from, &other_from) ||
            !period_parse(audit->grid, other->until, &other_until) ||
            from > other_until || until < other_from)
            continue;
        plan_error(load, RULE_PLAN_BASELINE, node, "from",
                   "it overlaps the one from '%.*s' to '%.*s'", STR_ARG(other->from),
                   STR_ARG(other->until));
        diag_hint(load->fields.diag, "a baseline ends before the next one of the measure begins");
        return;
    }
}

static void read_baselines(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "baseline");
    int32_t from;
    int32_t until;

    audit->baselines = xml_field_array(&load->fields, xml_field_count(load->root, "baseline"),
                                       sizeof *audit->baselines);
    for (; node && audit->baselines; node = xml_next(node, "baseline")) {
        struct audit_baseline *baseline = &audit->baselines[audit->baseline_count++];
        bool is_read;

        baseline->measure = xml_field_str(&load->fields, node, "measure");
        baseline->variant = xml_field_str(&load->fields, node, "variant");
        baseline->from = xml_field_str(&load->fields, node, "from");
        baseline->until = xml_field_str(&load->fields, node, "until");
        baseline->reason = xml_field_str(&load->fields, node, "reason");
        baseline->place = place_of(load, node);
        is_read = read_period(load, node, "from", audit->grid, &from);
        if (!read_period(load, node, "until", audit->grid, &until) || !is_read)
            continue;
        if (until < from) {
            plan_error(load, RULE_PLAN_BASELINE, node, "until", "it ends before it begins");
            diag_hint(load->fields.diag, "it begins with '%.*s'; the last period is included",
                      STR_ARG(baseline->from));
        } else {
            check_overlap(load, audit, node, baseline);
        }
    }
}

/* --- reactions --- */

static void check_day(struct plan_load *load, const struct audit *audit,
                      const struct xml_node *node)
{
    int64_t day;
    int32_t period;

    if (read_period(load, node, "period", audit->grid, &period) &&
        plan_day(load, node, "on", &day) && day < period_first_day(audit->grid, period)) {
        plan_error(load, RULE_PLAN_REACTION, node, "on", "'%.*s' lies before '%.*s'",
                   STR_ARG(xml_attr(node, "on")), STR_ARG(xml_attr(node, "period")));
        diag_hint(load->fields.diag, "mend the day, or name the period whose signal it answers");
    }
}

static void read_reactions(struct plan_load *load, struct audit *audit)
{
    const struct xml_node *node = xml_child(load->root, "reaction");
    struct xml_fields *fields = &load->fields;

    audit->reactions = xml_field_array(fields, xml_field_count(load->root, "reaction"),
                                       sizeof *audit->reactions);
    for (; node && audit->reactions; node = xml_next(node, "reaction")) {
        struct audit_reaction *reaction = &audit->reactions[audit->reaction_count++];

        reaction->measure = xml_field_str(fields, node, "measure");
        reaction->variant = xml_field_str(fields, node, "variant");
        reaction->period = xml_field_str(fields, node, "period");
        reaction->on = xml_field_str(fields, node, "on");
        reaction->by = xml_field_str(fields, node, "by");
        reaction->document = xml_field_str(fields, node, "document");
        reaction->text = arena_str(fields->arena, xml_text(node));
        reaction->place = place_of(load, node);
        if (!reaction->text.ptr && fields->status == STATUS_OK)
            fields->status = diag_no_memory(fields->diag);
        check_day(load, audit, node);
    }
}

void plan_charts(struct plan_load *load, struct audit *audit)
{
    struct str grid = xml_attr(load->root, "grid");

    audit->grid = GRID_MONTH;
    if (grid.ptr && !grid_find(grid, &audit->grid))
        xml_field_bad(&load->fields, load->root, "grid", "is not month, week or quarter");
    read_baselines(load, audit);
    read_reactions(load, audit);
}
