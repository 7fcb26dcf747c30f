#include "evidence/evidence.h"

#include <math.h>

#include "evidence/ledger_chart.h"
#include "evidence/ledger_rules.h"
#include "evidence/ledger_tables.h"
#include "evidence/ledger_terms.h"
#include "xml/fields.h"

static const char *const quantile_names[QUANTILE_COUNT] = {"50", "85", "90", "95"};

static void get_audit(struct xml_fields *fields, const struct xml_node *node,
                      struct evidence_audit *audit)
{
    audit->id = xml_field_str(fields, node, "id");
    audit->edition = xml_field_str(fields, node, "edition");
    audit->zone = xml_field_str(fields, node, "zone");
    audit->period_start = instant_attr(fields, node, "start");
    audit->period_end = instant_attr(fields, node, "end");
    audit->as_of = instant_attr(fields, node, "as-of");
    audit->as_of_is_given = xml_field_bool(fields, node, "as-of-given");
    audit->sha256 = xml_field_sha256(fields, node, "sha256");
    audit->title = xml_field_words(fields, node, "title");
    audit->organization = xml_field_text(fields, node, "organization");
    audit->scope = xml_field_words(fields, node, "scope");
    audit->team = team_read(fields, node, &audit->team_count);
    audit->plan = audit_plan_read(fields, xml_child(node, "plan"));
}

static void get_reason(struct xml_fields *fields, const struct xml_node *node,
                       struct accounting_reason *reason)
{
    const struct xml_node *at;

    reason->reason = xml_field_str(fields, node, "reason");
    reason->is_reject = str_is(str_of(xml_name(node)), "rejected");
    reason->n = xml_field_uint(fields, node, "n");
    for (at = xml_child(node, "at"); at; at = xml_next(at, "at")) {
        struct accounting_place *place = &reason->first[reason->first_count];

        if (reason->first_count == ACCOUNTING_FIRST) {
            xml_field_bad(fields, at, "at", "is there too often");
            return;
        }
        place->line = xml_field_uint(fields, at, "line");
        place->offset = xml_field_uint(fields, at, "offset");
        place->text = xml_field_str(fields, at, "text");
        reason->first_count++;
    }
}

static void get_source(struct xml_fields *fields, const struct xml_node *node,
                       struct accounting *source)
{
    const struct xml_node *reason;

    source->identity.name = xml_field_str(fields, node, "name");
    source->identity.sha256 = xml_field_sha256(fields, node, "sha256");
    source->identity.bytes = xml_field_uint(fields, node, "bytes");
    source->identity.stream = xml_field_uint(fields, node, "stream");
    source->identity.truncated = xml_field_bool(fields, node, "truncated");
    source->map = xml_field_str(fields, node, "map");
    source->map_sha256 = xml_field_sha256(fields, node, "map-sha256");
    source->has_audit_trail = xml_field_bool(fields, node, "audit-trail");
    source->dialect = xml_field_str(fields, node, "dialect");
    source->zone = xml_field_str(fields, node, "zone");
    source->date_order = xml_field_str(fields, node, "date-order");
    source->rows_read = xml_field_uint(fields, node, "rows-read");
    source->rows_used = xml_field_uint(fields, node, "rows-used");
    source->rows_filtered = xml_field_uint(fields, node, "rows-filtered");
    source->rows_rejected = xml_field_uint(fields, node, "rows-rejected");
    source->cases = xml_field_uint(fields, node, "cases");
    source->is_partial = xml_field_bool(fields, node, "partial");
    source->years_found = xml_field_uint(fields, node, "years-found");
    source->year_turns = xml_field_uint(fields, node, "year-turns");
    source->times_gap = xml_field_uint(fields, node, "times-gap");
    source->times_twice = xml_field_uint(fields, node, "times-twice");
    source->digits_dropped = xml_field_uint(fields, node, "digits-dropped");
    source->reasons = xml_field_array(fields, xml_field_count(node, NULL), sizeof *source->reasons);
    for (reason = xml_child(node, NULL); reason && source->reasons;
         reason = xml_next(reason, NULL))
        if (!str_is(str_of(xml_name(reason)), "rule"))
            get_reason(fields, reason, &source->reasons[source->reason_count++]);
    rules_read(fields, node, source);
    if (!accounting_holds(source))
        xml_field_bad(fields, node, "rows-read",
                      "is not rows-used + rows-filtered + rows-rejected");
}

/* What figures need besides the fields: how many sources their citations may point to. */
struct loader {
    struct xml_fields fields;
    size_t source_count;
};

static void get_cases(struct loader *loader, const struct xml_node *node,
                      struct citations *citations)
{
    struct xml_fields *fields = &loader->fields;
    const struct xml_node *element;

    citations->list = xml_field_array(fields, xml_field_count(node, "case"),
                                      sizeof *citations->list);
    for (element = xml_child(node, "case"); element && citations->list;
         element = xml_next(element, "case")) {
        struct citation *citation = &citations->list[citations->count++];
        uint64_t source = xml_field_uint(fields, element, "source");

        citation->case_id = xml_field_str(fields, element, "id");
        citation->source = (uint32_t)source;
        if (source >= loader->source_count)
            xml_field_bad(fields, element, "source", "is no source of this ledger");
        citation->line = xml_field_uint(fields, element, "line");
        citation->offset = xml_field_uint(fields, element, "offset");
        citation->value = xml_field_double(fields, element, "value");
        citation->note = xml_field_str(fields, element, "note");
    }
}

static void get_citations(struct loader *loader, const struct xml_node *figure,
                          const char *name, struct citations *citations)
{
    const struct xml_node *node = xml_child(figure, name);

    if (node)
        get_cases(loader, node, citations);
}

static struct exclusion *get_exclusions(struct loader *loader, const struct xml_node *figure,
                                        const char *name, size_t *count)
{
    struct xml_fields *fields = &loader->fields;
    struct exclusion *list = xml_field_array(fields, xml_field_count(figure, name), sizeof *list);
    const struct xml_node *node;

    for (node = xml_child(figure, name); node && list; node = xml_next(node, name)) {
        struct exclusion *exclusion = &list[(*count)++];

        exclusion->reason = xml_field_str(fields, node, "reason");
        exclusion->n = xml_field_uint(fields, node, "n");
        get_cases(loader, node, &exclusion->first);
    }
    return list;
}

static void get_quantiles(struct xml_fields *fields, const struct xml_node *node,
                          struct figure *figure)
{
    const struct xml_node *quantile;
    int i;

    for (i = 0; i < QUANTILE_COUNT; i++)
        figure->quantiles[i] = figure->quantile_low[i] = figure->quantile_high[i] = NAN;
    for (quantile = xml_child(node, "quantile"); quantile;
         quantile = xml_next(quantile, "quantile")) {
        struct str name = xml_attr(quantile, "p");

        for (i = 0; i < QUANTILE_COUNT && !str_is(name, quantile_names[i]); i++)
            continue;
        if (i == QUANTILE_COUNT) {
            xml_field_bad(fields, quantile, "p", "is no quantile of the ledger");
            return;
        }
        figure->quantiles[i] = xml_field_double(fields, quantile, "value");
        figure->quantile_low[i] = xml_field_double(fields, quantile, "low");
        figure->quantile_high[i] = xml_field_double(fields, quantile, "high");
    }
}

static void get_figure(struct loader *loader, const struct xml_node *node,
                       struct figure *figure, unsigned depth);

static struct figure *get_figures(struct loader *loader, const struct xml_node *node,
                                  size_t *count, unsigned depth)
{
    struct xml_fields *fields = &loader->fields;
    struct figure *list;
    const struct xml_node *element;

    if (!node)
        return NULL;
    if (depth >= FIGURE_DEPTH) {
        xml_field_bad(fields, node, "figure", "stands too deep in other figures");
        return NULL;
    }
    list = xml_field_array(fields, xml_field_count(node, "figure"), sizeof *list);
    for (element = xml_child(node, "figure"); element && list && fields->status == STATUS_OK;
         element = xml_next(element, "figure"))
        get_figure(loader, element, &list[(*count)++], depth);
    return list;
}

static void get_figure(struct loader *loader, const struct xml_node *node,
                       struct figure *figure, unsigned depth)
{
    struct xml_fields *fields = &loader->fields;

    figure->id = xml_field_str(fields, node, "id");
    figure->measure = xml_field_str(fields, node, "measure");
    figure->name = xml_field_str(fields, node, "name");
    figure->variant = xml_field_str(fields, node, "variant");
    figure->unit = xml_field_str(fields, node, "unit");
    figure->cited_unit = xml_field_str(fields, node, "cited-unit");
    figure->by = xml_field_str(fields, node, "by");
    figure->key = xml_field_str(fields, node, "key");
    figure->n = xml_field_uint(fields, node, "n");
    figure->k = xml_field_uint(fields, node, "k");
    figure->open = xml_field_uint(fields, node, "open");
    figure->value = xml_field_double(fields, node, "value");
    figure->low = xml_field_double(fields, node, "low");
    figure->high = xml_field_double(fields, node, "high");
    figure->method = xml_field_str(fields, node, "method");
    figure->minimum = xml_field_double(fields, node, "minimum");
    figure->maximum = xml_field_double(fields, node, "maximum");
    figure->km_median = xml_field_double(fields, node, "km-median");
    figure->target = xml_field_double(fields, node, "target");
    figure->target_source = xml_field_str(fields, node, "target-source");
    figure->target_document = xml_field_str(fields, node, "target-document");
    figure->verdict = xml_field_str(fields, node, "verdict");
    figure->population = xml_field_text(fields, node, "population");
    figure->note = xml_field_text(fields, node, "note");
    figure->excluded = get_exclusions(loader, node, "excluded", &figure->excluded_count);
    get_quantiles(fields, node, figure);
    chart_read(fields, node, figure);
    get_citations(loader, node, "worst", &figure->worst);
    get_citations(loader, node, "sample", &figure->sample);
    figure->differences = get_exclusions(loader, node, "difference", &figure->difference_count);
    tables_read(fields, node, loader->source_count, figure);
    figure->breakdown = get_figures(loader, xml_child(node, "breakdown"),
                                    &figure->breakdown_count, depth + 1);
    figure->series = get_figures(loader, xml_child(node, "series"), &figure->series_count,
                                 depth + 1);
}

static void get_missing(struct xml_fields *fields, const struct xml_node *root,
                        struct evidence *evidence)
{
    const struct xml_node *node;

    evidence->missing = xml_field_array(fields, xml_field_count(root, "missing"),
                                        sizeof *evidence->missing);
    for (node = xml_child(root, "missing"); node && evidence->missing;
         node = xml_next(node, "missing")) {
        struct missing_source *missing = &evidence->missing[evidence->missing_count++];

        missing->id = xml_field_str(fields, node, "id");
        missing->reason = xml_field_str(fields, node, "reason");
    }
}

static void get_joins(struct loader *loader, const struct xml_node *root,
                      struct evidence *evidence)
{
    struct xml_fields *fields = &loader->fields;
    const struct xml_node *node;

    evidence->joins =
        xml_field_array(fields, xml_field_count(root, "join"), sizeof *evidence->joins);
    for (node = xml_child(root, "join"); node && evidence->joins;
         node = xml_next(node, "join")) {
        struct ledger_join *join = &evidence->joins[evidence->join_count++];

        join->kind = xml_field_str(fields, node, "kind");
        join->field = xml_field_str(fields, node, "field");
        join->to = xml_field_str(fields, node, "to");
        join->records = xml_field_uint(fields, node, "records");
        join->named = xml_field_uint(fields, node, "named");
        join->orphans = xml_field_uint(fields, node, "orphans");
        get_cases(loader, node, &join->first);
    }
}

static void get_notes(struct xml_fields *fields, const struct xml_node *root,
                      struct evidence *evidence)
{
    const struct xml_node *node;

    evidence->notes = xml_field_array(fields, xml_field_count(root, "note"),
                                      sizeof *evidence->notes);
    for (node = xml_child(root, "note"); node && evidence->notes; node = xml_next(node, "note")) {
        struct ledger_note *note = &evidence->notes[evidence->note_count++];

        note->severity = xml_field_str(fields, node, "severity");
        note->rule = xml_field_str(fields, node, "rule");
        note->text = xml_field_str(fields, node, "text");
        note->source = xml_field_str(fields, node, "source");
        note->line = xml_field_uint(fields, node, "line");
        note->column = xml_field_uint(fields, node, "column");
    }
}

static void get_root(struct loader *loader, const struct xml_node *root,
                     struct evidence *evidence)
{
    struct xml_fields *fields = &loader->fields;
    const struct xml_node *node;

    evidence->tool_version = xml_field_str(fields, root, "tool");
    evidence->zone_database = xml_field_str(fields, root, "zone-database");
    evidence->seed = xml_field_str(fields, root, "seed");
    evidence->is_incomplete = xml_field_bool(fields, root, "incomplete");
    get_audit(fields, xml_child(root, "audit"), &evidence->audit);
    terms_read(fields, root, evidence);
    evidence->sources = xml_field_array(fields, xml_field_count(root, "source"),
                                        sizeof *evidence->sources);
    for (node = xml_child(root, "source"); node && evidence->sources;
         node = xml_next(node, "source"))
        get_source(fields, node, &evidence->sources[evidence->source_count++]);
    get_missing(fields, root, evidence);
    loader->source_count = evidence->source_count;
    get_joins(loader, root, evidence);
    evidence->figures = get_figures(loader, root, &evidence->figure_count, 0);
    get_notes(fields, root, evidence);
}

enum status evidence_load(struct arena *arena, const struct library *library, struct str path,
                          struct diag *diag, struct evidence **ret_evidence,
                          struct sha256 *ret_sha256)
{
    struct xml_document *document = NULL;
    struct evidence *evidence;
    struct loader loader;
    enum status status;

    status = library_load(library, path, (struct str){NULL, 0}, "evidence", diag, &document);
    if (status != STATUS_OK)
        return status; /* reported where it happened */
    loader = (struct loader){{document, arena, diag, STATUS_OK}, 0};
    evidence = xml_field_array(&loader.fields, 1, sizeof *evidence);
    if (evidence)
        get_root(&loader, xml_root(document), evidence);
    status = loader.fields.status;
    if (status == STATUS_OK) {
        *ret_sha256 = xml_identity(document)->sha256;
        *ret_evidence = evidence;
    }
    xml_free(document); /* accepts NULL */
    return status;
}
