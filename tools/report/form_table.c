#include "report/report.h"

extern const struct result_form form_json;

const struct result_form *const result_forms[] = {&form_json, NULL};
