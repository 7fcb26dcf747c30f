/* What accounts of customers are kept by, and what is asked of them. */
#include "cmd/gathering.h"

/* "W2", "W2:3", "D6:0.5" */
static bool read_plan(struct str text, struct account_plan *plan)
{
    static const char *const severities[] = {"0.5", "1", "2", "3"};
    static const double numbers[] = {0.5, 1, 2, 3};
    struct str rest = text;
    struct str class;
    size_t i;

    plan->severity = 1;
    if (!str_split(&rest, ':', &class) || !trust_class_find(class, &plan->class) ||
        plan->class == TRUST_R)
        return false;
    for (i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (rest.ptr && str_is(rest, severities[i])) {
            plan->severity = numbers[i];
            return true;
        }
    }
    return !rest.ptr;
}

static enum status take_plan(struct gathering *g)
{
    struct str text = args_str(&g->run->args, "what-if");
    struct account_plan *plan = arena_alloc(&g->run->arena, 1, sizeof *plan);

    if (!plan)
        return diag_no_memory(&g->run->diag);
    if (!text.ptr)
        return STATUS_OK;
    if (!read_plan(text, plan))
        return run_usage(g->run, "'--what-if' takes a class D1 to D8 or W1 to W13 and a severity "
                                 "0.5, 1, 2 or 3, as in W2:3, not '%.*s'",
                         STR_ARG(text));
    g->context.planned = plan;
    return STATUS_OK;
}

static bool keeps_accounts(const struct gathering *g)
{
    size_t i;

    for (i = 0; i < g->measure_count; i++)
        if (g->measures[i]->needs_trust)
            return true;
    return false;
}

enum status gathering_trust(struct gathering *g)
{
    struct trust_policy *policy = NULL;
    enum status status;

    if (!keeps_accounts(g))
        return STATUS_OK;
    status = take_plan(g);
    if (status == STATUS_OK)
        status = trust_policy_load(&g->run->arena, &g->run->library, g->trust_name, g->folder,
                                   &g->run->diag, &policy);
    g->context.trust = policy;
    g->context.statement = args_str(&g->run->args, "statement");
    return status;
}

void gathering_trust_ledger(const struct gathering *g, struct evidence *evidence)
{
    const struct trust_policy *policy = g->context.trust;
    struct evidence_document *document;

    if (!policy)
        return;
    document = &evidence->documents[evidence->document_count++];
    document->kind = STR("trust-policy");
    document->id = policy->id;
    document->revision = policy->revision;
    document->title = policy->title;
    document->name = policy->name;
    document->sha256 = policy->sha256;
}
