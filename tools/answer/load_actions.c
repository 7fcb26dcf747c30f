#include "answer/answer.h"
#include "xml/fields.h"

/* What an action changed shows only after a while. */
static const int64_t CHECK_DAYS = 30;

/* --- what one action alone can get wrong --- */

/* The document being checked, the action at hand, and the errors found so far. */
struct check {
    struct diag *diag;
    const struct xml_document *document;
    const struct xml_node *node;
    const struct action *action;
    unsigned errors;
};

static bool is_before(struct str day, struct str other)
{
    return day.ptr && other.ptr && str_compare(day, other) < 0;
}

/* At an attribute of an element of the action (NULL: its own); without it, at the element. */
static void wrong(struct check *check, enum rule rule, const char *element, const char *attribute,
                  const char *what, const char *hint)
{
    const struct xml_node *node = element ? xml_child(check->node, element) : check->node;

    diag_report(check->diag, rule,
                xml_where_attr(check->document, node ? node : check->node, str_of(attribute)),
                "'%.*s' %s", STR_ARG(check->action->id), what);
    diag_hint(check->diag, "%s", hint);
    if (rule_info(rule)->severity == SEVERITY_ERROR)
        check->errors++;
}

static void wrong_day(struct check *check, const char *element, const char *attribute,
                      const char *what, struct str other)
{
    const struct xml_node *node = element ? xml_child(check->node, element) : check->node;

    diag_report(check->diag, RULE_ACTION_DAYS,
                xml_where_attr(check->document, node, str_of(attribute)), "'%.*s' is %s",
                STR_ARG(check->action->id), what);
    diag_hint(check->diag, "that was %.*s; mend one of the two days", STR_ARG(other));
    check->errors++;
}

static void check_days(struct check *check)
{
    const struct action *action = check->action;

    if (is_before(action->due, action->raised))
        wrong_day(check, NULL, "due", "due before it was raised", action->raised);
    if (is_before(action->implemented, action->raised))
        wrong_day(check, NULL, "implemented", "implemented before it was raised", action->raised);
    if (is_before(action->checked, action->implemented))
        wrong_day(check, "effectiveness", "on", "checked before it was implemented",
                  action->implemented);
    if (is_before(action->closed, action->checked))
        wrong_day(check, NULL, "closed", "closed before it was checked", action->checked);
    else if (is_before(action->closed, action->implemented))
        wrong_day(check, NULL, "closed", "closed before it was implemented", action->implemented);
}

static void check_status(struct check *check)
{
    const struct action *action = check->action;
    bool is_done = action->status >= ACTION_IMPLEMENTED;
    bool is_checked = action->checked.ptr && action->check_result.ptr;
    bool is_closed = action->status == ACTION_CLOSED;

    if (is_done && !action->implemented.ptr)
        wrong(check, RULE_ACTION_STATUS, NULL, "status",
              "has no day on which it was implemented", "add implemented=\"2026-01-31\"");
    if (!is_done && action->implemented.ptr)
        wrong(check, RULE_ACTION_STATUS, NULL, "implemented",
              "was implemented and is said to be under way",
              "write status=\"implemented\", or take the day away");
    if (is_closed && !action->closed.ptr)
        wrong(check, RULE_ACTION_STATUS, NULL, "status", "has no day on which it was closed",
              "add closed=\"2026-01-31\"");
    if (!is_closed && action->closed.ptr)
        wrong(check, RULE_ACTION_STATUS, NULL, "closed", "was closed and has another status",
              "write status=\"closed\", or take the day away");
    if (action->status >= ACTION_VERIFIED && !is_checked)
        wrong(check, RULE_ACTION_UNCHECKED, NULL, "status", is_closed ? "is closed" : "is verified",
              "add an element 'effectiveness' with on=\"2026-01-31\" and result=\"effective\"");
    if (is_closed && str_is(action->check_result, "not-effective"))
        wrong(check, RULE_ACTION_UNCHECKED, "effectiveness", "result", "is closed and did not work",
              "leave it open, or raise another action in its place");
}

/* Days since 1970-01-01 of a day that the schema has checked. */
static int64_t day_number(struct str day)
{
    int64_t parts[3] = {0, 0, 0};
    struct str rest = day;
    struct str part;
    size_t i;

    for (i = 0; i < 3 && str_split(&rest, '-', &part); i++)
        if (!str_to_int64(part, &parts[i]))
            return 0;
    return civil_days((int)parts[0], (unsigned)parts[1], (unsigned)parts[2]);
}

static void check_alone(struct check *check)
{
    const struct action *action = check->action;

    if (!action->question.ptr && !action->nonconformity.ptr && !action->origin.ptr)
        wrong(check, RULE_ACTION_SUBJECT, NULL, "id", "says neither",
              "add question=\"...\", nonconformity=\"...\" or origin=\"...\"");
    check_days(check);
    check_status(check);
    if (action->status >= ACTION_IMPLEMENTED && !action->cause.len)
        wrong(check, RULE_ACTION_CAUSE, NULL, "status", "is implemented",
              "add an element 'cause' with the method that found it");
    if (action->implemented.ptr && action->checked.ptr &&
        !is_before(action->checked, action->implemented) &&
        day_number(action->checked) - day_number(action->implemented) < CHECK_DAYS)
        wrong(check, RULE_ACTION_EARLY, "effectiveness", "on", "was checked soon after",
              "check it again later, or say in 'check' why this is long enough");
}

/* --- the document --- */

static struct where place_of(const struct xml_fields *fields, const struct xml_node *node,
                             const char *attribute, struct str source)
{
    struct where place = xml_where_attr(fields->document, node, str_of(attribute));

    place.source = source;
    return place;
}

static void get_places(struct xml_fields *fields, const struct xml_node *node, struct str source,
                       struct action *action)
{
    const struct xml_node *use = xml_child(node, "evidence");
    size_t i;

    action->question_place = place_of(fields, node, "question", source);
    action->nonconformity_place = place_of(fields, node, "nonconformity", source);
    action->evidence_places =
        xml_field_array(fields, action->evidence_count, sizeof *action->evidence_places);
    for (i = 0; i < action->evidence_count && action->evidence_places; i++) {
        action->evidence_places[i] = place_of(fields, use, "ref", source);
        use = xml_next(use, "evidence");
    }
}

static void get_root(struct xml_fields *fields, const struct xml_node *root,
                     struct actions *actions)
{
    const struct xml_node *node;
    struct str source = arena_str(fields->arena, xml_where(fields->document, root).source);

    actions->audit = xml_field_str(fields, root, "audit");
    actions->where = xml_where(fields->document, root);
    actions->where.source = source;
    actions->sha256 = xml_identity(fields->document)->sha256;
    actions->list = xml_field_array(fields, xml_field_count(root, "action"), sizeof *actions->list);
    for (node = xml_child(root, "action"); node && actions->list; node = xml_next(node, "action")) {
        struct action *action = &actions->list[actions->count++];

        action_read(fields, node, action);
        action->where = xml_where(fields->document, node);
        action->where.source = source;
        get_places(fields, node, source, action);
    }
}

enum status actions_load(struct arena *arena, const struct library *library, struct str path,
                         struct diag *diag, struct actions **ret_actions)
{
    struct xml_document *document = NULL;
    struct check check = {.diag = diag};
    struct actions *actions;
    struct xml_fields fields;
    enum status status;
    size_t i;

    status = library_load_path(library, path, "actions", diag, &document);
    if (status != STATUS_OK)
        return status; /* reported where it happened */
    fields = (struct xml_fields){document, arena, diag, STATUS_OK};
    actions = xml_field_array(&fields, 1, sizeof *actions);
    if (actions)
        get_root(&fields, xml_root(document), actions);
    status = fields.status;
    check.document = document;
    check.node = xml_child(xml_root(document), "action");
    for (i = 0; status == STATUS_OK && i < actions->count; i++) {
        check.action = &actions->list[i];
        check_alone(&check);
        check.node = xml_next(check.node, "action");
    }
    if (check.errors)
        status = xml_refuse(document, diag, check.errors);
    xml_free(document);
    if (status == STATUS_OK)
        *ret_actions = actions;
    return status;
}
