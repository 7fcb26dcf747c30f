#include "report/report.h"

extern const struct result_form form_json;
extern const struct result_form form_markdown;

const struct result_form *const result_forms[] = {&form_json, &form_markdown, NULL};
