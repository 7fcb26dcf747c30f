#include "lint/lint_rule.h"

#include "base/mem.h"

/* rules.def has a row for each; those without a body of their own here are no business of ours. */
#define RULE(id, name, severity, message, explanation)
#define LINT(body, id, name, severity, message, explanation) extern const struct lint_rule body;
#include "base/rules.def"
#undef LINT

const struct lint_row lint_rows[] = {
#define LINT(body, id, name, severity, message, explanation) {RULE_##id, &body},
#include "base/rules.def"
#undef LINT
};
#undef RULE

const size_t lint_row_count = ARRAY_LEN(lint_rows);
