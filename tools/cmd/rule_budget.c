#include "cmd/rule_budget.h"

#include "base/limits.h"

static const uint64_t SECOND = 1000000000;

static bool is_over(uint64_t spent)
{
    return spent > LIMIT_RULE_SECONDS * SECOND;
}

static void tell(struct run *run, struct str source, struct str rule, uint64_t spent, bool is_filtered)
{
    uint64_t tenths = spent / (SECOND / 10);

    diag_report(&run->diag, RULE_LOG_BUDGET, (struct where){source, 0, 0, 0},
                "'%.*s' took %llu.%llu s of processor time, more than %u s", STR_ARG(rule),
                (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10),
                LIMIT_RULE_SECONDS);
    if (is_filtered)
        diag_hint(&run->diag, "make its parts such that only one of them can take a character; a "
                              "rarer literal passes more entries by");
    else
        diag_hint(&run->diag, "give it a literal: bytes that every match must have, so that entries "
                              "without them are passed by");
    if (!run->incomplete)
        run->incomplete = "rule-budget";
}

void rule_budget_look(struct run *run, struct str source, const struct accounting *accounting)
{
    size_t i;

    for (i = 0; i < accounting->rule_count; i++) {
        const struct accounting_rule *rule = &accounting->rules[i];

        if (is_over(rule->spent))
            tell(run, source, rule->name, rule->spent, rule->is_filtered);
    }
    if (is_over(accounting->boundary_spent))
        tell(run, source, STR("entry"), accounting->boundary_spent, /* is_filtered= */ false);
}
