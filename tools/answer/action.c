/* One corrective action, read and written: the same in a plan and in a result. */
#include "answer/answer.h"

static const char *const status_names[ACTION_STATUS_COUNT] = {"open", "in-progress", "implemented",
                                                              "verified", "closed"};

const char *action_status_name(enum action_status status)
{
    return status_names[status];
}

bool action_status_find(struct str name, enum action_status *ret_status)
{
    int i;

    for (i = 0; i < ACTION_STATUS_COUNT; i++) {
        if (str_is(name, status_names[i])) {
            *ret_status = (enum action_status)i;
            return true;
        }
    }
    return false;
}

bool action_is_overdue(const struct action *action, struct str day)
{
    /* days as YYYY-MM-DD stand in the order of their bytes */
    return action->status < ACTION_IMPLEMENTED && day.ptr && str_compare(action->due, day) < 0;
}

static void get_evidence(struct xml_fields *fields, const struct xml_node *node,
                         struct action *action)
{
    size_t count = xml_field_count(node, "evidence");
    const struct xml_node *use;

    action->evidence = xml_field_array(fields, count, sizeof *action->evidence);
    action->evidence_kinds = xml_field_array(fields, count, sizeof *action->evidence_kinds);
    for (use = xml_child(node, "evidence"); use && action->evidence && action->evidence_kinds;
         use = xml_next(use, "evidence")) {
        struct str kind = xml_attr(use, "kind");
        size_t i = action->evidence_count++;

        action->evidence[i] = xml_field_str(fields, use, "ref");
        if (kind.ptr && !proof_kind_find(kind, &action->evidence_kinds[i]))
            xml_field_bad(fields, use, "kind", "is no kind of evidence");
    }
}

static void get_check(struct xml_fields *fields, const struct xml_node *node,
                      struct action *action)
{
    action->check = xml_field_text(fields, node, "check");
    action->check_found = xml_field_text(fields, node, "found");
    action->check_due = xml_field_str(fields, node, "due");
    action->checked = xml_field_str(fields, node, "on");
    action->checked_by = xml_field_str(fields, node, "by");
    action->check_result = xml_field_str(fields, node, "result");
}

void action_read(struct xml_fields *fields, const struct xml_node *node, struct action *action)
{
    const struct xml_node *effectiveness = xml_child(node, "effectiveness");

    action->id = xml_field_str(fields, node, "id");
    action->question = xml_field_str(fields, node, "question");
    action->nonconformity = xml_field_str(fields, node, "nonconformity");
    action->origin = xml_field_str(fields, node, "origin");
    action->owner = xml_field_str(fields, node, "owner");
    action->raised = xml_field_str(fields, node, "raised");
    action->due = xml_field_str(fields, node, "due");
    if (!action_status_find(xml_attr(node, "status"), &action->status))
        xml_field_bad(fields, node, "status", "is no status of an action");
    action->implemented = xml_field_str(fields, node, "implemented");
    action->closed = xml_field_str(fields, node, "closed");
    action->correction = xml_field_text(fields, node, "correction");
    action->corrected = xml_field_str(fields, xml_child(node, "correction"), "on");
    action->cause = xml_field_text(fields, node, "cause");
    action->cause_method = xml_field_str(fields, xml_child(node, "cause"), "method");
    action->what = xml_field_text(fields, node, "what");
    get_evidence(fields, node, action);
    if (effectiveness)
        get_check(fields, effectiveness, action);
    action->risk_update = xml_field_text(fields, node, "risk-update");
}

static void put_text(struct xml_writer *writer, const char *name, const char *attribute,
                     struct str value, struct str text)
{
    if (!text.len)
        return;
    xml_write_open(writer, name);
    xml_write_attr(writer, attribute, value);
    xml_write_collapsed(writer, text);
    xml_write_close(writer);
}

static void put_check(struct xml_writer *writer, const struct action *action)
{
    if (!action->check.ptr)
        return;
    xml_write_open(writer, "effectiveness");
    xml_write_attr(writer, "due", action->check_due);
    xml_write_attr(writer, "on", action->checked);
    xml_write_attr(writer, "by", action->checked_by);
    xml_write_attr(writer, "result", action->check_result);
    xml_write_element(writer, "check", action->check);
    xml_write_element(writer, "found", action->check_found);
    xml_write_close(writer);
}

void action_write(struct xml_writer *writer, const struct action *action)
{
    size_t i;

    xml_write_open(writer, "action");
    xml_write_attr(writer, "id", action->id);
    xml_write_attr(writer, "question", action->question);
    xml_write_attr(writer, "nonconformity", action->nonconformity);
    xml_write_attr(writer, "origin", action->origin);
    xml_write_attr(writer, "owner", action->owner);
    xml_write_attr(writer, "raised", action->raised);
    xml_write_attr(writer, "due", action->due);
    xml_write_attr(writer, "status", str_of(action_status_name(action->status)));
    xml_write_attr(writer, "implemented", action->implemented);
    xml_write_attr(writer, "closed", action->closed);
    put_text(writer, "correction", "on", action->corrected, action->correction);
    put_text(writer, "cause", "method", action->cause_method, action->cause);
    xml_write_element(writer, "what", action->what);
    for (i = 0; i < action->evidence_count; i++) {
        xml_write_open(writer, "evidence");
        xml_write_attr(writer, "ref", action->evidence[i]);
        if (action->evidence_kinds[i] != PROOF_UNSTATED)
            xml_write_attr(writer, "kind", str_of(proof_kind_name(action->evidence_kinds[i])));
        xml_write_close(writer);
    }
    put_check(writer, action);
    xml_write_element(writer, "risk-update", action->risk_update);
    xml_write_close(writer);
}
