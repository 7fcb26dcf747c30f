/* Team and audit plan, read and written: the elements are the same in an audit and in a ledger. */
#include "plan/plan.h"

/* --- reading --- */

struct team_member *team_read(struct xml_fields *fields, const struct xml_node *node,
                              size_t *ret_count)
{
    size_t count = xml_field_count(node, "member");
    struct team_member *team = xml_field_array(fields, count, sizeof *team);
    const struct xml_node *member = xml_child(node, "member");
    size_t i;

    for (i = 0; team && i < count; i++, member = xml_next(member, "member")) {
        team[i].name = arena_str(fields->arena, xml_text(member));
        team[i].role = xml_field_str(fields, member, "role");
        if (!team[i].name.ptr && fields->status == STATUS_OK)
            fields->status = diag_no_memory(fields->diag);
    }
    *ret_count = team ? count : 0;
    return team;
}

static struct words words_of(struct xml_fields *fields, const struct xml_node *node,
                             const char *child)
{
    struct words words = xml_field_words(fields, node, child);
    int i;

    for (i = 0; i < LANG_COUNT && !words.in[LANG_EN].ptr; i++)
        words.in[LANG_EN] = words.in[i];
    return words;
}

static void get_programme(struct xml_fields *fields, const struct xml_node *node,
                          struct plan_programme *programme)
{
    if (!node)
        return;
    programme->document = xml_field_str(fields, node, "document");
    programme->cycle = xml_field_str(fields, node, "cycle");
    programme->text = words_of(fields, node, "text");
}

static void get_objective(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    *(struct words *)item = words_of(fields, node, "text");
}

static void get_criterion(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_criterion *criterion = item;

    criterion->document = xml_field_str(fields, node, "document");
    criterion->edition = xml_field_str(fields, node, "edition");
    criterion->part = xml_field_str(fields, node, "part");
}

static void get_method(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_method *method = item;

    method->kind = xml_field_str(fields, node, "kind");
    method->presence = xml_field_str(fields, node, "presence");
    method->text = words_of(fields, node, "text");
}

static void get_process(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_process *process = item;

    process->name = xml_field_str(fields, node, "name");
    process->owner = xml_field_str(fields, node, "owner");
}

static void get_site(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_site *site = item;

    site->id = xml_field_str(fields, node, "id");
    site->name = xml_field_str(fields, node, "name");
    site->is_virtual = xml_field_bool(fields, node, "virtual");
}

static void get_auditee(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_auditee *auditee = item;

    auditee->name = xml_field_str(fields, node, "name");
    auditee->function = xml_field_str(fields, node, "function");
}

static void get_session(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_session *session = item;

    session->date = xml_field_str(fields, node, "date");
    session->from = xml_field_str(fields, node, "from");
    session->to = xml_field_str(fields, node, "to");
    session->site = xml_field_str(fields, node, "site");
    session->presence = xml_field_str(fields, node, "presence");
    session->by = xml_field_str(fields, node, "by");
    session->with = xml_field_str(fields, node, "with");
    session->text = words_of(fields, node, "text");
}

static void get_risk(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_risk *risk = item;

    risk->text = words_of(fields, node, "text");
    risk->response = words_of(fields, node, "response");
}

static void get_recipient(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct str *recipient = item;

    *recipient = arena_str(fields->arena, xml_text(node));
    if (!recipient->ptr && fields->status == STATUS_OK)
        fields->status = diag_no_memory(fields->diag);
}

static void get_signatory(struct xml_fields *fields, const struct xml_node *node, void *item)
{
    struct plan_signatory *signatory = item;

    signatory->role = xml_field_str(fields, node, "role");
    signatory->name = xml_field_str(fields, node, "name");
}

/* All children of that name, each read by `get` into an item of `size` bytes. */
static void *get_list(struct xml_fields *fields, const struct xml_node *node, const char *child,
                      size_t size,
                      void (*get)(struct xml_fields *fields, const struct xml_node *node,
                                  void *item),
                      size_t *ret_count)
{
    size_t count = xml_field_count(node, child);
    char *list = xml_field_array(fields, count, size);
    const struct xml_node *element = xml_child(node, child);
    size_t i;

    for (i = 0; list && i < count; i++, element = xml_next(element, child))
        get(fields, element, list + i * size);
    *ret_count = list ? count : 0;
    return list;
}

struct audit_plan *audit_plan_read(struct xml_fields *fields, const struct xml_node *node)
{
    struct audit_plan *plan;

    if (!node)
        return NULL;
    plan = xml_field_array(fields, 1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->version = xml_field_str(fields, node, "version");
    plan->issued = xml_field_str(fields, node, "issued");
    plan->language = xml_field_str(fields, node, "language");
    plan->confidentiality = xml_field_str(fields, node, "confidentiality");
    get_programme(fields, xml_child(node, "programme"), &plan->programme);
    plan->objectives = get_list(fields, node, "objective", sizeof *plan->objectives, get_objective,
                                &plan->objective_count);
    plan->criteria = get_list(fields, node, "criterion", sizeof *plan->criteria, get_criterion,
                              &plan->criterion_count);
    plan->methods = get_list(fields, node, "method", sizeof *plan->methods, get_method,
                             &plan->method_count);
    plan->processes = get_list(fields, node, "process", sizeof *plan->processes, get_process,
                               &plan->process_count);
    plan->sites = get_list(fields, node, "site", sizeof *plan->sites, get_site, &plan->site_count);
    plan->auditees = get_list(fields, node, "auditee", sizeof *plan->auditees, get_auditee,
                              &plan->auditee_count);
    plan->sessions = get_list(fields, node, "session", sizeof *plan->sessions, get_session,
                              &plan->session_count);
    plan->risks = get_list(fields, node, "risk", sizeof *plan->risks, get_risk, &plan->risk_count);
    plan->recipients = get_list(fields, node, "recipient", sizeof *plan->recipients, get_recipient,
                                &plan->recipient_count);
    plan->signatories = get_list(fields, node, "signatory", sizeof *plan->signatories,
                                 get_signatory, &plan->signatory_count);
    return plan;
}

/* --- writing --- */

void team_write(struct xml_writer *writer, const struct team_member *team, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        xml_write_open(writer, "member");
        xml_write_attr(writer, "role", team[i].role);
        xml_write_collapsed(writer, team[i].name);
        xml_write_close(writer);
    }
}

static void put_programme(struct xml_writer *writer, const struct plan_programme *programme)
{
    if (!programme->document.ptr)
        return;
    xml_write_open(writer, "programme");
    xml_write_attr(writer, "document", programme->document);
    xml_write_attr(writer, "cycle", programme->cycle);
    xml_write_words(writer, "text", &programme->text);
    xml_write_close(writer);
}

static void put_approach(struct xml_writer *writer, const struct audit_plan *plan)
{
    size_t i;

    for (i = 0; i < plan->objective_count; i++) {
        xml_write_open(writer, "objective");
        xml_write_words(writer, "text", &plan->objectives[i]);
        xml_write_close(writer);
    }
    for (i = 0; i < plan->criterion_count; i++) {
        xml_write_open(writer, "criterion");
        xml_write_attr(writer, "document", plan->criteria[i].document);
        xml_write_attr(writer, "edition", plan->criteria[i].edition);
        xml_write_attr(writer, "part", plan->criteria[i].part);
        xml_write_close(writer);
    }
    for (i = 0; i < plan->method_count; i++) {
        xml_write_open(writer, "method");
        xml_write_attr(writer, "kind", plan->methods[i].kind);
        xml_write_attr(writer, "presence", plan->methods[i].presence);
        xml_write_words(writer, "text", &plan->methods[i].text);
        xml_write_close(writer);
    }
}

static void put_field(struct xml_writer *writer, const struct audit_plan *plan)
{
    size_t i;

    for (i = 0; i < plan->process_count; i++) {
        xml_write_open(writer, "process");
        xml_write_attr(writer, "name", plan->processes[i].name);
        xml_write_attr(writer, "owner", plan->processes[i].owner);
        xml_write_close(writer);
    }
    for (i = 0; i < plan->site_count; i++) {
        xml_write_open(writer, "site");
        xml_write_attr(writer, "id", plan->sites[i].id);
        xml_write_attr(writer, "name", plan->sites[i].name);
        xml_write_attr_bool(writer, "virtual", plan->sites[i].is_virtual);
        xml_write_close(writer);
    }
    for (i = 0; i < plan->auditee_count; i++) {
        xml_write_open(writer, "auditee");
        xml_write_attr(writer, "name", plan->auditees[i].name);
        xml_write_attr(writer, "function", plan->auditees[i].function);
        xml_write_close(writer);
    }
}

static void put_session(struct xml_writer *writer, const struct plan_session *session)
{
    xml_write_open(writer, "session");
    xml_write_attr(writer, "date", session->date);
    xml_write_attr(writer, "from", session->from);
    xml_write_attr(writer, "to", session->to);
    xml_write_attr(writer, "site", session->site);
    xml_write_attr(writer, "presence", session->presence);
    xml_write_attr(writer, "by", session->by);
    xml_write_attr(writer, "with", session->with);
    xml_write_words(writer, "text", &session->text);
    xml_write_close(writer);
}

void audit_plan_write(struct xml_writer *writer, const struct audit_plan *plan)
{
    size_t i;

    if (!plan)
        return;
    xml_write_open(writer, "plan");
    xml_write_attr(writer, "version", plan->version);
    xml_write_attr(writer, "issued", plan->issued);
    xml_write_attr(writer, "language", plan->language);
    xml_write_attr(writer, "confidentiality", plan->confidentiality);
    put_programme(writer, &plan->programme);
    put_approach(writer, plan);
    put_field(writer, plan);
    for (i = 0; i < plan->session_count; i++)
        put_session(writer, &plan->sessions[i]);
    for (i = 0; i < plan->risk_count; i++) {
        xml_write_open(writer, "risk");
        xml_write_words(writer, "text", &plan->risks[i].text);
        xml_write_words(writer, "response", &plan->risks[i].response);
        xml_write_close(writer);
    }
    for (i = 0; i < plan->recipient_count; i++)
        xml_write_element(writer, "recipient", plan->recipients[i]);
    for (i = 0; i < plan->signatory_count; i++) {
        xml_write_open(writer, "signatory");
        xml_write_attr(writer, "role", plan->signatories[i].role);
        xml_write_attr(writer, "name", plan->signatories[i].name);
        xml_write_close(writer);
    }
    xml_write_close(writer);
}
