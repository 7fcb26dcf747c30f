#include "evidence/evidence.h"

#include "base/bug.h"

static const char *const quantile_keys[QUANTILE_COUNT] = {"p50", "p85", "p90", "p95"};

/* Members and elements, one a line, two blanks a level. */
struct tree {
    struct buf *out;
    unsigned depth;
    bool is_empty; /* nothing in the innermost object or array yet */
};

static void new_line(struct tree *tree)
{
    unsigned i;

    buf_add_char(tree->out, '\n');
    for (i = 0; i < tree->depth; i++)
        buf_add_text(tree->out, "  ");
}

/* In front of an element of an array. */
static void put_next(struct tree *tree)
{
    if (!tree->is_empty)
        buf_add_char(tree->out, ',');
    new_line(tree);
    tree->is_empty = false;
}

/* In front of the value of a member. */
static void put_key(struct tree *tree, const char *key)
{
    put_next(tree);
    buf_printf(tree->out, "\"%s\": ", key);
}

static void put_open(struct tree *tree, char bracket)
{
    buf_add_char(tree->out, bracket);
    tree->depth++;
    tree->is_empty = true;
}

static void put_close(struct tree *tree, char bracket)
{
    BUG_IF(tree->depth == 0);
    tree->depth--;
    if (!tree->is_empty)
        new_line(tree);
    buf_add_char(tree->out, bracket);
    tree->is_empty = false;
}

static void put_str(struct tree *tree, const char *key, struct str value)
{
    put_key(tree, key);
    buf_add_json(tree->out, value);
}

static void put_uint(struct tree *tree, const char *key, uint64_t value)
{
    put_key(tree, key);
    buf_printf(tree->out, "%llu", (unsigned long long)value);
}

/* null where the number does not exist. */
static void put_number(struct tree *tree, const char *key, double value)
{
    put_key(tree, key);
    buf_add_double(tree->out, value);
}

static void put_bool(struct tree *tree, const char *key, bool value)
{
    put_key(tree, key);
    buf_add_text(tree->out, value ? "true" : "false");
}

static void put_sha256(struct tree *tree, const char *key, const struct sha256 *sum)
{
    struct sha256_text text = digest_text(sum);

    put_str(tree, key, str_of(text.hex));
}

static void put_instant(struct tree *tree, const char *key, struct instant instant)
{
    put_key(tree, key);
    if (instant_is_missing(instant)) {
        buf_add_text(tree->out, "null");
        return;
    }
    buf_add_char(tree->out, '"');
    instant_format(instant, tree->out);
    buf_add_char(tree->out, '"');
}

static void put_reasons(struct tree *tree, const struct accounting *source)
{
    size_t i;
    size_t k;

    put_key(tree, "reasons");
    put_open(tree, '[');
    for (i = 0; i < source->reason_count; i++) {
        const struct accounting_reason *reason = &source->reasons[i];

        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "reason", reason->reason);
        put_str(tree, "kind", reason->is_reject ? STR("rejected") : STR("filtered"));
        put_uint(tree, "n", reason->n);
        put_key(tree, "first");
        put_open(tree, '[');
        for (k = 0; k < reason->first_count; k++) {
            put_next(tree);
            put_open(tree, '{');
            put_uint(tree, "line", reason->first[k].line);
            put_uint(tree, "offset", reason->first[k].offset);
            put_str(tree, "text", reason->first[k].text);
            put_close(tree, '}');
        }
        put_close(tree, ']');
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

static void put_source(struct tree *tree, const struct accounting *source)
{
    put_next(tree);
    put_open(tree, '{');
    put_str(tree, "source", source->identity.name);
    put_sha256(tree, "sha256", &source->identity.sha256);
    put_uint(tree, "bytes", source->identity.bytes);
    put_uint(tree, "rows_read", source->rows_read);
    put_uint(tree, "rows_used", source->rows_used);
    put_uint(tree, "rows_filtered", source->rows_filtered);
    put_uint(tree, "rows_rejected", source->rows_rejected);
    put_uint(tree, "cases", source->cases);
    put_str(tree, "map", source->map);
    put_sha256(tree, "map_sha256", &source->map_sha256);
    put_str(tree, "dialect", source->dialect);
    put_str(tree, "zone", source->zone);
    put_str(tree, "date_order", source->date_order);
    put_bool(tree, "truncated", source->identity.truncated);
    put_uint(tree, "stream", source->identity.stream);
    put_uint(tree, "times_gap", source->times_gap);
    put_uint(tree, "times_twice", source->times_twice);
    put_uint(tree, "digits_dropped", source->digits_dropped);
    put_reasons(tree, source);
    put_close(tree, '}');
}

static void put_cases(struct tree *tree, const char *key, const struct citations *citations,
                      const struct evidence *evidence)
{
    size_t i;

    put_key(tree, key);
    put_open(tree, '[');
    for (i = 0; i < citations->count; i++) {
        const struct citation *citation = &citations->list[i];

        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "case", citation->case_id);
        put_str(tree, "source",
                citation->source < evidence->source_count
                    ? evidence->sources[citation->source].identity.name
                    : (struct str){NULL, 0});
        put_uint(tree, "line", citation->line);
        put_uint(tree, "offset", citation->offset);
        put_number(tree, "value", citation->value);
        put_str(tree, "note", citation->note);
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

static void put_exclusions(struct tree *tree, const char *key, const struct exclusion *list,
                           size_t count, const struct evidence *evidence)
{
    size_t i;

    put_key(tree, key);
    put_open(tree, '[');
    for (i = 0; i < count; i++) {
        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "reason", list[i].reason);
        put_uint(tree, "n", list[i].n);
        put_cases(tree, "first", &list[i].first, evidence);
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

static void put_quantiles(struct tree *tree, const struct figure *figure)
{
    int i;

    put_key(tree, "quantiles");
    put_open(tree, '{');
    for (i = 0; i < QUANTILE_COUNT; i++)
        put_number(tree, quantile_keys[i], figure->quantiles[i]);
    put_close(tree, '}');
    put_key(tree, "quantile_limits");
    put_open(tree, '{');
    for (i = 0; i < QUANTILE_COUNT; i++) {
        put_key(tree, quantile_keys[i]);
        put_open(tree, '{');
        put_number(tree, "low", figure->quantile_low[i]);
        put_number(tree, "high", figure->quantile_high[i]);
        put_close(tree, '}');
    }
    put_close(tree, '}');
}

static void put_figure(struct tree *tree, const struct figure *figure,
                       const struct evidence *evidence, unsigned depth);

static void put_figures(struct tree *tree, const char *key, const struct figure *list,
                        size_t count, const struct evidence *evidence, unsigned depth)
{
    size_t i;

    put_key(tree, key);
    put_open(tree, '[');
    for (i = 0; i < count; i++)
        put_figure(tree, &list[i], evidence, depth);
    put_close(tree, ']');
}

static void put_figure(struct tree *tree, const struct figure *figure,
                       const struct evidence *evidence, unsigned depth)
{
    BUG_IF(depth >= FIGURE_DEPTH);
    put_next(tree);
    put_open(tree, '{');
    if (depth > 0) {
        put_str(tree, "key", figure->key);
        put_str(tree, "by", figure->by);
    }
    put_str(tree, "measure", figure->measure);
    put_str(tree, "name", figure->name);
    put_str(tree, "variant", figure->variant);
    put_str(tree, "unit", figure->unit);
    put_str(tree, "cited_unit", figure->cited_unit);
    put_str(tree, "population", figure->population);
    put_uint(tree, "n", figure->n);
    put_uint(tree, "k", figure->k);
    put_exclusions(tree, "excluded", figure->excluded, figure->excluded_count, evidence);
    put_number(tree, "value", figure->value);
    put_number(tree, "low", figure->low);
    put_number(tree, "high", figure->high);
    put_str(tree, "method", figure->method);
    put_quantiles(tree, figure);
    put_number(tree, "minimum", figure->minimum);
    put_number(tree, "maximum", figure->maximum);
    put_number(tree, "km_median", figure->km_median);
    put_number(tree, "target", figure->target);
    put_str(tree, "target_source", figure->target_source);
    put_str(tree, "target_document", figure->target_document);
    put_str(tree, "verdict", figure->verdict);
    put_str(tree, "note", figure->note);
    put_exclusions(tree, "differences", figure->differences, figure->difference_count, evidence);
    put_cases(tree, "worst", &figure->worst, evidence);
    put_cases(tree, "sample", &figure->sample, evidence);
    put_figures(tree, "breakdown", figure->breakdown, figure->breakdown_count, evidence,
                depth + 1);
    put_figures(tree, "series", figure->series, figure->series_count, evidence, depth + 1);
    put_close(tree, '}');
}

static void put_missing(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    put_key(tree, "missing");
    put_open(tree, '[');
    for (i = 0; i < evidence->missing_count; i++) {
        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "source", evidence->missing[i].id);
        put_str(tree, "reason", evidence->missing[i].reason);
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

static void put_notes(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    put_key(tree, "diagnostics");
    put_open(tree, '[');
    for (i = 0; i < evidence->note_count; i++) {
        const struct ledger_note *note = &evidence->notes[i];

        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "severity", note->severity);
        put_str(tree, "rule", note->rule);
        put_str(tree, "text", note->text);
        put_str(tree, "source", note->source);
        put_uint(tree, "line", note->line);
        put_uint(tree, "column", note->column);
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

static void put_words(struct tree *tree, const char *key, const struct words *words)
{
    put_key(tree, key);
    put_open(tree, '{');
    put_str(tree, "en", words->in[LANG_EN]);
    put_str(tree, "it", words->in[LANG_IT]);
    put_close(tree, '}');
}

static void put_documents(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    put_key(tree, "documents");
    put_open(tree, '[');
    for (i = 0; i < evidence->document_count; i++) {
        const struct evidence_document *document = &evidence->documents[i];

        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "kind", document->kind);
        put_str(tree, "id", document->id);
        put_uint(tree, "revision", document->revision);
        put_words(tree, "title", &document->title);
        put_str(tree, "name", document->name);
        put_str(tree, "zone", document->zone);
        put_str(tree, "patron", document->patron);
        put_sha256(tree, "sha256", &document->sha256);
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

static void put_levels(struct tree *tree, const struct evidence *evidence)
{
    size_t i;

    put_key(tree, "levels");
    put_open(tree, '[');
    for (i = 0; i < evidence->level_count; i++) {
        const struct evidence_level *level = &evidence->levels[i];

        put_next(tree);
        put_open(tree, '{');
        put_str(tree, "id", level->id);
        put_words(tree, "title", &level->title);
        put_str(tree, "sla", level->sla);
        put_str(tree, "metric", level->metric);
        put_str(tree, "type", level->type);
        put_str(tree, "kind", level->kind);
        put_number(tree, "target", level->target);
        put_number(tree, "share", level->share);
        put_str(tree, "calendar", level->calendar);
        put_str(tree, "target_source", level->source);
        put_str(tree, "target_document", level->document);
        put_str(tree, "from", level->from);
        put_str(tree, "until", level->until);
        put_str(tree, "parent", level->parent);
        put_close(tree, '}');
    }
    put_close(tree, ']');
}

/* By which time was counted; around the clock where nothing says otherwise. */
static struct str calendar_of(const struct evidence *evidence)
{
    size_t i;

    for (i = 0; i < evidence->document_count; i++)
        if (str_is(evidence->documents[i].kind, "calendar"))
            return evidence->documents[i].id;
    return STR("always");
}

void evidence_json(const struct evidence *evidence, struct buf *out)
{
    struct tree tree = {out, 0, true};
    const struct evidence_audit *audit = &evidence->audit;
    size_t i;

    put_open(&tree, '{');
    put_str(&tree, "schema", STR("urn:cfaudit:measure:1"));
    put_str(&tree, "tool", evidence->tool_version);
    put_str(&tree, "zone", audit->zone.ptr ? audit->zone : STR("UTC"));
    put_instant(&tree, "as_of", audit->as_of);
    put_str(&tree, "calendar", calendar_of(evidence));
    put_key(&tree, "accounting");
    put_open(&tree, '[');
    for (i = 0; i < evidence->source_count; i++)
        put_source(&tree, &evidence->sources[i]);
    put_close(&tree, ']');
    put_figures(&tree, "figures", evidence->figures, evidence->figure_count, evidence, 0);
    put_str(&tree, "zone_database", evidence->zone_database);
    put_bool(&tree, "as_of_given", audit->as_of_is_given);
    put_str(&tree, "seed", evidence->seed);
    put_bool(&tree, "incomplete", evidence->is_incomplete);
    put_missing(&tree, evidence);
    put_notes(&tree, evidence);
    put_documents(&tree, evidence);
    put_levels(&tree, evidence);
}
