#include "report/report_parts.h"

extern const struct sheet_kind sheet_cover;
extern const struct sheet_kind sheet_four_lists;
extern const struct sheet_kind sheet_plan;
extern const struct sheet_kind sheet_checklist;
extern const struct sheet_kind sheet_sections;
extern const struct sheet_kind sheet_scoring;
extern const struct sheet_kind sheet_gates;
extern const struct sheet_kind sheet_calculation;
extern const struct sheet_kind sheet_maturity;
extern const struct sheet_kind sheet_metrics;
extern const struct sheet_kind sheet_sla;
extern const struct sheet_kind sheet_series;
extern const struct sheet_kind sheet_trend_data;
extern const struct sheet_kind sheet_tables;
extern const struct sheet_kind sheet_findings;
extern const struct sheet_kind sheet_nc;
extern const struct sheet_kind sheet_capa;
extern const struct sheet_kind sheet_trend;
extern const struct sheet_kind sheet_review;
extern const struct sheet_kind sheet_evidence;
extern const struct sheet_kind sheet_samples;
extern const struct sheet_kind sheet_sources;
extern const struct sheet_kind sheet_log_rules;
extern const struct sheet_kind sheet_quality;
extern const struct sheet_kind sheet_glossary;
extern const struct sheet_kind sheet_log;

const struct sheet_kind *const sheet_kinds[] = {
    &sheet_cover, &sheet_four_lists, &sheet_plan, &sheet_checklist, &sheet_gates, &sheet_scoring,
    &sheet_sections, &sheet_maturity, &sheet_metrics, &sheet_sla, &sheet_series, &sheet_tables,
    &sheet_findings, &sheet_nc, &sheet_capa, &sheet_trend, &sheet_review, &sheet_evidence,
    &sheet_samples, &sheet_sources, &sheet_log_rules, &sheet_trend_data, &sheet_quality,
    &sheet_glossary, &sheet_log, &sheet_calculation, NULL};
