#include "evidence/evidence.h"

#include <math.h>

#include "base/bug.h"
#include "evidence/json_tree.h"
#include "evidence/ledger_rules.h"
#include "evidence/ledger_tables.h"

static const char *const quantile_keys[QUANTILE_COUNT] = {"p50", "p85", "p90", "p95"};

static void put_reasons(struct tree *tree, const struct accounting *source)
{
    size_t i;
    size_t k;

    tree_key(tree, "reasons");
    tree_open(tree, '[');
    for (i = 0; i < source->reason_count; i++) {
        const struct accounting_reason *reason = &source->reasons[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "reason", reason->reason);
        tree_str(tree, "kind", reason->is_reject ? STR("rejected") : STR("filtered"));
        tree_uint(tree, "n", reason->n);
        tree_key(tree, "first");
        tree_open(tree, '[');
        for (k = 0; k < reason->first_count; k++) {
            tree_next(tree);
            tree_open(tree, '{');
            tree_uint(tree, "line", reason->first[k].line);
            tree_uint(tree, "offset", reason->first[k].offset);
            tree_str(tree, "text", reason->first[k].text);
            tree_close(tree, '}');
        }
        tree_close(tree, ']');
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_source(struct tree *tree, const struct accounting *source)
{
    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "source", source->identity.name);
    tree_sha256(tree, "sha256", &source->identity.sha256);
    tree_uint(tree, "bytes", source->identity.bytes);
    tree_uint(tree, "rows_read", source->rows_read);
    tree_uint(tree, "rows_used", source->rows_used);
    tree_uint(tree, "rows_filtered", source->rows_filtered);
    tree_uint(tree, "rows_rejected", source->rows_rejected);
    tree_uint(tree, "cases", source->cases);
    tree_str(tree, "map", source->map);
    tree_sha256(tree, "map_sha256", &source->map_sha256);
    tree_bool(tree, "audit_trail", source->has_audit_trail);
    tree_str(tree, "dialect", source->dialect);
    tree_str(tree, "zone", source->zone);
    tree_str(tree, "date_order", source->date_order);
    tree_bool(tree, "truncated", source->identity.truncated);
    tree_uint(tree, "stream", source->identity.stream);
    if (source->is_partial)
        tree_bool(tree, "partial", true);
    if (source->years_found) {
        tree_uint(tree, "years_found", source->years_found);
        tree_uint(tree, "year_turns", source->year_turns);
    }
    tree_uint(tree, "times_gap", source->times_gap);
    tree_uint(tree, "times_twice", source->times_twice);
    tree_uint(tree, "digits_dropped", source->digits_dropped);
    put_reasons(tree, source);
    rules_json(tree, source);
    tree_close(tree, '}');
}

static void put_cases(struct tree *tree, const char *key, const struct citations *citations,
                      const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, key);
    tree_open(tree, '[');
    for (i = 0; i < citations->count; i++) {
        const struct citation *citation = &citations->list[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "case", citation->case_id);
        tree_str(tree, "source",
                citation->source < evidence->source_count
                    ? evidence->sources[citation->source].identity.name
                    : (struct str){NULL, 0});
        tree_uint(tree, "line", citation->line);
        tree_uint(tree, "offset", citation->offset);
        tree_number(tree, "value", citation->value);
        tree_str(tree, "note", citation->note);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_exclusions(struct tree *tree, const char *key, const struct exclusion *list,
                           size_t count, const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, key);
    tree_open(tree, '[');
    for (i = 0; i < count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "reason", list[i].reason);
        tree_uint(tree, "n", list[i].n);
        put_cases(tree, "first", &list[i].first, evidence);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_quantiles(struct tree *tree, const struct figure *figure)
{
    int i;

    tree_key(tree, "quantiles");
    tree_open(tree, '{');
    for (i = 0; i < QUANTILE_COUNT; i++)
        tree_number(tree, quantile_keys[i], figure->quantiles[i]);
    tree_close(tree, '}');
    tree_key(tree, "quantile_limits");
    tree_open(tree, '{');
    for (i = 0; i < QUANTILE_COUNT; i++) {
        tree_key(tree, quantile_keys[i]);
        tree_open(tree, '{');
        tree_number(tree, "low", figure->quantile_low[i]);
        tree_number(tree, "high", figure->quantile_high[i]);
        tree_close(tree, '}');
    }
    tree_close(tree, '}');
}

static void put_standings(struct tree *tree, const struct figure *figure)
{
    int i;

    tree_str(tree, "standing", figure->standing);
    if (figure->trust.ptr)
        tree_str(tree, "trust", figure->trust);
    tree_key(tree, "quantile_standing");
    tree_open(tree, '{');
    for (i = 0; i < QUANTILE_COUNT; i++)
        tree_str(tree, quantile_keys[i],
                 isnan(figure->quantiles[i]) ? (struct str){NULL, 0}
                                             : standing_of_quantile(figure->n, i));
    tree_close(tree, '}');
}

static void put_bins(struct tree *tree, const struct figure *figure)
{
    size_t i;

    tree_key(tree, "bins");
    tree_open(tree, '[');
    for (i = 0; i < figure->bin_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_number(tree, "from", figure->bins[i].from);
        tree_number(tree, "until", figure->bins[i].until);
        tree_uint(tree, "n", figure->bins[i].n);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_chart(struct tree *tree, const struct figure_chart *chart)
{
    tree_key(tree, "chart");
    if (!chart->kind.ptr && !chart->refusal.ptr) {
        buf_add_text(tree->out, "null");
        return;
    }
    tree_open(tree, '{');
    tree_str(tree, "kind", chart->kind);
    tree_str(tree, "refusal", chart->refusal);
    tree_number(tree, "centre", chart->centre);
    tree_number(tree, "spread", chart->spread);
    tree_str(tree, "from", chart->from);
    tree_str(tree, "until", chart->until);
    tree_bool(tree, "frozen", chart->is_frozen);
    tree_bool(tree, "provisional", chart->is_provisional);
    tree_uint(tree, "signals", chart->signals);
    tree_uint(tree, "unanswered", chart->unanswered);
    tree_close(tree, '}');
}

static void put_trend(struct tree *tree, const struct figure_trend *trend)
{
    tree_key(tree, "trend");
    if (trend->n == 0) {
        buf_add_text(tree->out, "null");
        return;
    }
    tree_open(tree, '{');
    tree_uint(tree, "n", trend->n);
    tree_int(tree, "s", trend->s);
    tree_number(tree, "z", trend->z);
    tree_number(tree, "p", trend->p);
    tree_number(tree, "slope", trend->slope);
    tree_close(tree, '}');
}

/* What the chart says of one period. */
static void put_limits(struct tree *tree, const struct figure *figure)
{
    tree_bool(tree, "partial", figure->is_partial);
    tree_number(tree, "centre", figure->centre);
    tree_number(tree, "lower", figure->lower);
    tree_number(tree, "upper", figure->upper);
    tree_str(tree, "signal", figure->signal);
    tree_str(tree, "reaction", figure->reaction);
}

static void put_figure(struct tree *tree, const struct figure *figure,
                       const struct evidence *evidence, unsigned depth);

static void put_figures(struct tree *tree, const char *key, const struct figure *list,
                        size_t count, const struct evidence *evidence, unsigned depth)
{
    size_t i;

    tree_key(tree, key);
    tree_open(tree, '[');
    for (i = 0; i < count; i++)
        put_figure(tree, &list[i], evidence, depth);
    tree_close(tree, ']');
}

static void put_figure(struct tree *tree, const struct figure *figure,
                       const struct evidence *evidence, unsigned depth)
{
    BUG_IF(depth >= FIGURE_DEPTH);
    tree_next(tree);
    tree_open(tree, '{');
    if (depth > 0) {
        tree_str(tree, "key", figure->key);
        tree_str(tree, "by", figure->by);
    }
    tree_str(tree, "measure", figure->measure);
    tree_str(tree, "name", figure->name);
    tree_str(tree, "variant", figure->variant);
    tree_str(tree, "unit", figure->unit);
    tree_str(tree, "cited_unit", figure->cited_unit);
    tree_str(tree, "population", figure->population);
    tree_uint(tree, "n", figure->n);
    tree_uint(tree, "k", figure->k);
    tree_uint(tree, "open", figure->open);
    put_exclusions(tree, "excluded", figure->excluded, figure->excluded_count, evidence);
    tree_number(tree, "value", figure->value);
    tree_number(tree, "low", figure->low);
    tree_number(tree, "high", figure->high);
    tree_str(tree, "method", figure->method);
    put_quantiles(tree, figure);
    tree_number(tree, "minimum", figure->minimum);
    tree_number(tree, "maximum", figure->maximum);
    tree_number(tree, "km_median", figure->km_median);
    tree_number(tree, "target", figure->target);
    tree_str(tree, "target_source", figure->target_source);
    tree_str(tree, "target_document", figure->target_document);
    tree_str(tree, "verdict", figure->verdict);
    put_standings(tree, figure);
    tree_str(tree, "note", figure->note);
    put_limits(tree, figure);
    put_chart(tree, &figure->chart);
    put_trend(tree, &figure->trend);
    put_bins(tree, figure);
    put_exclusions(tree, "differences", figure->differences, figure->difference_count, evidence);
    put_cases(tree, "worst", &figure->worst, evidence);
    put_cases(tree, "sample", &figure->sample, evidence);
    if (figure->table_count)
        tables_json(tree, figure, evidence);
    put_figures(tree, "breakdown", figure->breakdown, figure->breakdown_count, evidence,
                depth + 1);
    put_figures(tree, "series", figure->series, figure->series_count, evidence, depth + 1);
    tree_close(tree, '}');
}

static void put_joins(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, "joins");
    tree_open(tree, '[');
    for (i = 0; i < evidence->join_count; i++) {
        const struct ledger_join *join = &evidence->joins[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "kind", join->kind);
        tree_str(tree, "field", join->field);
        tree_str(tree, "to", join->to);
        tree_uint(tree, "records", join->records);
        tree_uint(tree, "named", join->named);
        tree_uint(tree, "orphans", join->orphans);
        put_cases(tree, "first", &join->first, evidence);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_missing(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, "missing");
    tree_open(tree, '[');
    for (i = 0; i < evidence->missing_count; i++) {
        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "source", evidence->missing[i].id);
        tree_str(tree, "reason", evidence->missing[i].reason);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_notes(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, "diagnostics");
    tree_open(tree, '[');
    for (i = 0; i < evidence->note_count; i++) {
        const struct ledger_note *note = &evidence->notes[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "severity", note->severity);
        tree_str(tree, "rule", note->rule);
        tree_str(tree, "text", note->text);
        tree_str(tree, "source", note->source);
        tree_uint(tree, "line", note->line);
        tree_uint(tree, "column", note->column);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_words(struct tree *tree, const char *key, const struct words *words)
{
    tree_key(tree, key);
    tree_open(tree, '{');
    tree_str(tree, "en", words->in[LANG_EN]);
    tree_str(tree, "it", words->in[LANG_IT]);
    tree_close(tree, '}');
}

static void put_documents(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, "documents");
    tree_open(tree, '[');
    for (i = 0; i < evidence->document_count; i++) {
        const struct evidence_document *document = &evidence->documents[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "kind", document->kind);
        tree_str(tree, "id", document->id);
        tree_uint(tree, "revision", document->revision);
        put_words(tree, "title", &document->title);
        tree_str(tree, "name", document->name);
        tree_str(tree, "zone", document->zone);
        tree_str(tree, "patron", document->patron);
        tree_sha256(tree, "sha256", &document->sha256);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

static void put_levels(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    tree_key(tree, "levels");
    tree_open(tree, '[');
    for (i = 0; i < evidence->level_count; i++) {
        const struct evidence_level *level = &evidence->levels[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "id", level->id);
        put_words(tree, "title", &level->title);
        tree_str(tree, "sla", level->sla);
        tree_str(tree, "metric", level->metric);
        tree_str(tree, "type", level->type);
        tree_str(tree, "kind", level->kind);
        tree_number(tree, "target", level->target);
        tree_number(tree, "share", level->share);
        tree_str(tree, "calendar", level->calendar);
        tree_str(tree, "target_source", level->source);
        tree_str(tree, "target_document", level->document);
        tree_str(tree, "from", level->from);
        tree_str(tree, "until", level->until);
        tree_str(tree, "parent", level->parent);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

void evidence_json_members(const struct evidence *evidence, struct tree *tree)
{
    const struct evidence_document *calendar = evidence_calendar(evidence);
    const struct evidence_audit *audit = &evidence->audit;
    size_t i;

    tree_str(tree, "tool", evidence->tool_version);
    tree_str(tree, "zone", audit->zone.ptr ? audit->zone : STR("UTC"));
    tree_instant(tree, "as_of", audit->as_of);
    tree_str(tree, "calendar", calendar ? calendar->id : STR("24x7"));
    tree_key(tree, "accounting");
    tree_open(tree, '[');
    for (i = 0; i < evidence->source_count; i++)
        put_source(tree, &evidence->sources[i]);
    tree_close(tree, ']');
    put_figures(tree, "figures", evidence->figures, evidence->figure_count, evidence, 0);
    tree_str(tree, "zone_database", evidence->zone_database);
    tree_bool(tree, "as_of_given", audit->as_of_is_given);
    tree_str(tree, "seed", evidence->seed);
    tree_bool(tree, "incomplete", evidence->is_incomplete);
    put_missing(tree, evidence);
    put_joins(tree, evidence);
    put_notes(tree, evidence);
    put_documents(tree, evidence);
    put_levels(tree, evidence);
}

void evidence_json(const struct evidence *evidence, struct buf *out)
{
    struct tree tree = {out, 0, true};

    tree_open(&tree, '{');
    tree_str(&tree, "schema", STR("urn:cfaudit:measure:1"));
    evidence_json_members(evidence, &tree);
}
