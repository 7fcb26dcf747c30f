#include "report/report.h"

extern const struct result_form form_json;
extern const struct result_form form_junit;
extern const struct result_form form_markdown;
extern const struct result_form form_sarif;
extern const struct result_form form_github;
extern const struct result_form form_text;

const struct result_form *const result_forms[] = {
    &form_json, &form_markdown, &form_junit, &form_sarif, &form_github, &form_text, NULL};
