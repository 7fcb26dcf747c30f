/*
 * The ledger as a document. Whatever came out of a source stands in attributes, byte for byte up to
 * LIMIT_LEDGER_TEXT; sentences of ours and of the audit are elements, where runs of white space count as one.
 */
#include "evidence/evidence.h"

#include <math.h>

#include "base/bug.h"
#include "evidence/ledger_chart.h"
#include "evidence/ledger_rules.h"
#include "evidence/ledger_tables.h"
#include "evidence/ledger_terms.h"
#include "xml/fields.h"

static const char *const quantile_names[QUANTILE_COUNT] = {"50", "85", "90", "95"};

static void put_audit(struct xml_writer *writer, const struct evidence_audit *audit)
{
    xml_write_open(writer, "audit");
    xml_write_attr(writer, "id", audit->id);
    xml_write_attr(writer, "edition", audit->edition);
    xml_write_attr(writer, "zone", audit->zone);
    instant_write_attr(writer, "start", audit->period_start);
    instant_write_attr(writer, "end", audit->period_end);
    instant_write_attr(writer, "as-of", audit->as_of);
    xml_write_attr_bool(writer, "as-of-given", audit->as_of_is_given);
    xml_write_attr_sha256(writer, "sha256", &audit->sha256);
    xml_write_words(writer, "title", &audit->title);
    xml_write_element(writer, "organization", audit->organization);
    xml_write_words(writer, "scope", &audit->scope);
    team_write(writer, audit->team, audit->team_count);
    audit_plan_write(writer, audit->plan);
    xml_write_close(writer);
}

static void put_reason(struct xml_writer *writer, const struct accounting_reason *reason)
{
    size_t i;

    xml_write_open(writer, reason->is_reject ? "rejected" : "filtered");
    xml_write_attr(writer, "reason", reason->reason);
    xml_write_attr_uint(writer, "n", reason->n);
    for (i = 0; i < reason->first_count; i++) {
        xml_write_open(writer, "at");
        xml_write_attr_uint(writer, "line", reason->first[i].line);
        xml_write_attr_uint(writer, "offset", reason->first[i].offset);
        ledger_write_taken(writer, "text", reason->first[i].text);
        xml_write_close(writer);
    }
    xml_write_close(writer);
}

static void put_source(struct xml_writer *writer, const struct accounting *source)
{
    size_t i;

    xml_write_open(writer, "source");
    xml_write_attr(writer, "name", source->identity.name);
    xml_write_attr_sha256(writer, "sha256", &source->identity.sha256);
    xml_write_attr_uint(writer, "bytes", source->identity.bytes);
    xml_write_attr_uint(writer, "stream", source->identity.stream);
    xml_write_attr_bool(writer, "truncated", source->identity.truncated);
    xml_write_attr_bool(writer, "audit-trail", source->has_audit_trail);
    xml_write_attr(writer, "map", source->map);
    xml_write_attr_sha256(writer, "map-sha256", &source->map_sha256);
    xml_write_attr(writer, "dialect", source->dialect);
    xml_write_attr(writer, "zone", source->zone);
    xml_write_attr(writer, "date-order", source->date_order);
    xml_write_attr_uint(writer, "rows-read", source->rows_read);
    xml_write_attr_uint(writer, "rows-used", source->rows_used);
    xml_write_attr_uint(writer, "rows-filtered", source->rows_filtered);
    xml_write_attr_uint(writer, "rows-rejected", source->rows_rejected);
    xml_write_attr_uint(writer, "cases", source->cases);
    xml_write_attr_bool(writer, "partial", source->is_partial);
    if (source->years_found) {
        xml_write_attr_uint(writer, "years-found", source->years_found);
        xml_write_attr_uint(writer, "year-turns", source->year_turns);
    }
    xml_write_attr_uint(writer, "times-gap", source->times_gap);
    xml_write_attr_uint(writer, "times-twice", source->times_twice);
    xml_write_attr_uint(writer, "digits-dropped", source->digits_dropped);
    for (i = 0; i < source->reason_count; i++)
        put_reason(writer, &source->reasons[i]);
    rules_write(writer, source);
    xml_write_close(writer);
}

static void put_cases(struct xml_writer *writer, const struct citations *citations)
{
    size_t i;

    for (i = 0; i < citations->count; i++) {
        const struct citation *citation = &citations->list[i];

        xml_write_open(writer, "case");
        ledger_write_taken(writer, "id", citation->case_id);
        xml_write_attr_uint(writer, "source", citation->source);
        xml_write_attr_uint(writer, "line", citation->line);
        xml_write_attr_uint(writer, "offset", citation->offset);
        xml_write_attr_number(writer, "value", citation->value);
        ledger_write_taken(writer, "note", citation->note);
        xml_write_close(writer);
    }
}

static void put_citations(struct xml_writer *writer, const char *name,
                          const struct citations *citations)
{
    if (citations->count == 0)
        return;
    xml_write_open(writer, name);
    put_cases(writer, citations);
    xml_write_close(writer);
}

static void put_join(struct xml_writer *writer, const struct ledger_join *join)
{
    xml_write_open(writer, "join");
    xml_write_attr(writer, "kind", join->kind);
    xml_write_attr(writer, "field", join->field);
    xml_write_attr(writer, "to", join->to);
    xml_write_attr_uint(writer, "records", join->records);
    xml_write_attr_uint(writer, "named", join->named);
    xml_write_attr_uint(writer, "orphans", join->orphans);
    put_cases(writer, &join->first);
    xml_write_close(writer);
}

static void put_exclusions(struct xml_writer *writer, const char *name,
                           const struct exclusion *list, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        xml_write_open(writer, name);
        xml_write_attr(writer, "reason", list[i].reason);
        xml_write_attr_uint(writer, "n", list[i].n);
        put_cases(writer, &list[i].first);
        xml_write_close(writer);
    }
}

static void put_quantiles(struct xml_writer *writer, const struct figure *figure)
{
    int i;

    for (i = 0; i < QUANTILE_COUNT; i++) {
        if (isnan(figure->quantiles[i]))
            continue;
        xml_write_open(writer, "quantile");
        xml_write_attr(writer, "p", str_of(quantile_names[i]));
        xml_write_attr_number(writer, "value", figure->quantiles[i]);
        xml_write_attr_number(writer, "low", figure->quantile_low[i]);
        xml_write_attr_number(writer, "high", figure->quantile_high[i]);
        xml_write_close(writer);
    }
}

static void put_figure(struct xml_writer *writer, const struct figure *figure, unsigned depth);

static void put_figures(struct xml_writer *writer, const char *name, const struct figure *list,
                        size_t count, unsigned depth)
{
    size_t i;

    if (count == 0)
        return;
    xml_write_open(writer, name);
    for (i = 0; i < count; i++)
        put_figure(writer, &list[i], depth);
    xml_write_close(writer);
}

static void put_figure(struct xml_writer *writer, const struct figure *figure, unsigned depth)
{
    BUG_IF(depth >= FIGURE_DEPTH);
    xml_write_open(writer, "figure");
    xml_write_attr(writer, "id", figure->id);
    xml_write_attr(writer, "measure", figure->measure);
    xml_write_attr(writer, "name", figure->name);
    xml_write_attr(writer, "variant", figure->variant);
    xml_write_attr(writer, "unit", figure->unit);
    xml_write_attr(writer, "cited-unit", figure->cited_unit);
    xml_write_attr(writer, "by", figure->by);
    ledger_write_taken(writer, "key", figure->key);
    xml_write_attr_uint(writer, "n", figure->n);
    xml_write_attr_uint(writer, "k", figure->k);
    if (figure->open)
        xml_write_attr_uint(writer, "open", figure->open);
    xml_write_attr_number(writer, "value", figure->value);
    xml_write_attr_number(writer, "low", figure->low);
    xml_write_attr_number(writer, "high", figure->high);
    xml_write_attr(writer, "method", figure->method);
    xml_write_attr_number(writer, "minimum", figure->minimum);
    xml_write_attr_number(writer, "maximum", figure->maximum);
    xml_write_attr_number(writer, "km-median", figure->km_median);
    xml_write_attr_number(writer, "target", figure->target);
    xml_write_attr(writer, "target-source", figure->target_source);
    xml_write_attr(writer, "target-document", figure->target_document);
    xml_write_attr(writer, "verdict", figure->verdict);
    chart_write_attrs(writer, figure);
    xml_write_element(writer, "population", figure->population);
    xml_write_element(writer, "note", figure->note);
    put_exclusions(writer, "excluded", figure->excluded, figure->excluded_count);
    put_quantiles(writer, figure);
    chart_write_elements(writer, figure);
    put_citations(writer, "worst", &figure->worst);
    put_citations(writer, "sample", &figure->sample);
    put_exclusions(writer, "difference", figure->differences, figure->difference_count);
    tables_write(writer, figure);
    put_figures(writer, "breakdown", figure->breakdown, figure->breakdown_count, depth + 1);
    put_figures(writer, "series", figure->series, figure->series_count, depth + 1);
    xml_write_close(writer);
}

static void put_note(struct xml_writer *writer, const struct ledger_note *note)
{
    xml_write_open(writer, "note");
    xml_write_attr(writer, "severity", note->severity);
    xml_write_attr(writer, "rule", note->rule);
    ledger_write_taken(writer, "text", note->text);
    xml_write_attr(writer, "source", note->source);
    if (note->line)
        xml_write_attr_uint(writer, "line", note->line);
    if (note->column)
        xml_write_attr_uint(writer, "column", note->column);
    xml_write_close(writer);
}

enum status evidence_write(const struct evidence *evidence, struct buf *out, struct diag *diag)
{
    struct xml_writer writer;
    size_t i;

    xml_write_begin(&writer, out);
    xml_write_open(&writer, "evidence");
    xml_write_attr(&writer, "xmlns", str_of(XML_NAMESPACE));
    xml_write_attr(&writer, "tool", evidence->tool_version);
    xml_write_attr(&writer, "zone-database", evidence->zone_database);
    xml_write_attr(&writer, "seed", evidence->seed);
    xml_write_attr_bool(&writer, "incomplete", evidence->is_incomplete);
    put_audit(&writer, &evidence->audit);
    terms_write(&writer, evidence);
    for (i = 0; i < evidence->source_count; i++)
        put_source(&writer, &evidence->sources[i]);
    for (i = 0; i < evidence->missing_count; i++) {
        xml_write_open(&writer, "missing");
        xml_write_attr(&writer, "id", evidence->missing[i].id);
        xml_write_attr(&writer, "reason", evidence->missing[i].reason);
        xml_write_close(&writer);
    }
    for (i = 0; i < evidence->join_count; i++)
        put_join(&writer, &evidence->joins[i]);
    for (i = 0; i < evidence->figure_count; i++)
        put_figure(&writer, &evidence->figures[i], 0);
    for (i = 0; i < evidence->note_count; i++)
        put_note(&writer, &evidence->notes[i]);
    xml_write_close(&writer);
    return xml_write_status(&writer, diag);
}
