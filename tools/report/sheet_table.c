#include "report/report_parts.h"

extern const struct sheet_kind sheet_cover;
extern const struct sheet_kind sheet_checklist;
extern const struct sheet_kind sheet_sections;
extern const struct sheet_kind sheet_metrics;
extern const struct sheet_kind sheet_sla;
extern const struct sheet_kind sheet_series;
extern const struct sheet_kind sheet_trend_data;
extern const struct sheet_kind sheet_findings;
extern const struct sheet_kind sheet_evidence;
extern const struct sheet_kind sheet_sources;
extern const struct sheet_kind sheet_quality;
extern const struct sheet_kind sheet_log;

const struct sheet_kind *const sheet_kinds[] = {
    &sheet_cover,  &sheet_checklist, &sheet_sections, &sheet_metrics, &sheet_sla,
    &sheet_series, &sheet_findings,  &sheet_evidence, &sheet_sources, &sheet_trend_data,
    &sheet_quality, &sheet_log,      NULL};
