#include "lint/log_samples.h"

#include "base/bug.h"
#include "base/mem.h"
#include "reader/reader.h"

/* A sample as the reader reads it. */
struct reading {
    struct source *source;
    struct rowset *rows;
    struct diag diag;
};

static void reading_done(struct reading *reading)
{
    rowset_close(reading->rows);
    source_close(reading->source);
    diag_done(&reading->diag);
}

/* To its end; only the counts are of interest. */
static enum status read_sample(struct reading *reading, const struct log_rules *log,
                               struct str text)
{
    static const struct str name = STR_INIT("sample");
    const struct reader_kind *kind = reader_find(STR("text"));
    const struct reader_options options = {.encoding = ENCODING_UTF8, .log = log};
    struct row_batch batch;
    enum status status;

    BUG_IF(!kind);
    *reading = (struct reading){NULL, NULL, {.count = 0}};
    diag_init(&reading->diag);
    status = source_open_memory(name, text, &reading->diag, &reading->source);
    if (status == STATUS_OK)
        status = kind->open(reading->source, &options, NULL, 0, &reading->diag, &reading->rows);
    while (status == STATUS_OK)
        status = rowset_next(reading->rows, &batch);
    return status == STATUS_END ? STATUS_OK : status;
}

/* Why an entry was rejected, NULL: none was. */
static const struct diagnostic *first_problem(const struct reading *reading)
{
    return reading->rows->counts.rejected && reading->diag.count ? &reading->diag.list[0] : NULL;
}

/* Another rule that took one of the entries; NULL: none. */
static const struct row_rule *first_other(const struct rowset *rows, size_t rule)
{
    size_t i;

    for (i = 0; i < rows->rule_count; i++)
        if (i != rule && rows->rules[i].n)
            return &rows->rules[i];
    return NULL;
}

/* All entries of the sample belong to the rule. */
static void judge_match(const struct reading *reading, size_t rule, const struct log_sample *sample,
                        struct diag *diag)
{
    const struct rowset *rows = reading->rows;
    const struct diagnostic *problem = first_problem(reading);
    const struct row_rule *other = first_other(rows, rule);
    const struct row_left_out *left = &rows->left_out[0];

    if (problem) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "%.*s", STR_ARG(problem->text));
    } else if (left->n) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "no rule matches line %llu: '%.*s'",
                    (unsigned long long)left->lines[0], STR_ARG(left->texts[0]));
        diag_hint(diag, "mend the pattern, or move the line to a sample with match=\"false\"");
    } else if (other) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "rule '%.*s' takes line %llu",
                    STR_ARG(other->name), (unsigned long long)other->first_line);
        diag_hint(diag, "the first rule that matches an entry takes it: change their order, or "
                        "the pattern of that one");
    } else if (rows->counts.read == 0) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "it has no entry");
    }
}

static void judge_other(const struct reading *reading, const struct log_sample *sample,
                        struct diag *diag)
{
    const struct row_rule *own = &reading->rows->rules[0];
    const struct diagnostic *problem = first_problem(reading);

    if (own->n) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "the rule matches line %llu",
                    (unsigned long long)own->first_line);
        diag_hint(diag, "write match=\"true\", or a narrower pattern");
    } else if (problem) {
        diag_report(diag, RULE_MAP_SAMPLE, sample->where, "%.*s", STR_ARG(problem->text));
    }
}

static enum status check(const struct source_map *map, size_t rule,
                         const struct log_sample *sample, struct diag *diag)
{
    struct log_rules alone = map->log;
    struct reading reading;
    enum status status;

    alone.list = &map->log.list[rule];
    alone.count = 1;
    status = read_sample(&reading, sample->is_match ? &map->log : &alone, sample->text);
    if (status == STATUS_OK && reading.diag.lost)
        status = STATUS_MEMORY;
    if (status == STATUS_OK && sample->is_match)
        judge_match(&reading, rule, sample, diag);
    else if (status == STATUS_OK)
        judge_other(&reading, sample, diag);
    reading_done(&reading);
    return status == STATUS_MEMORY ? diag_no_memory(diag) : status;
}

enum status log_samples_check(const struct source_map *map, struct diag *diag)
{
    enum status status = STATUS_OK;
    size_t r;
    size_t s;

    for (r = 0; r < map->log.count && status == STATUS_OK; r++)
        for (s = 0; s < map->rules[r].sample_count && status == STATUS_OK; s++)
            status = check(map, r, &map->rules[r].samples[s], diag);
    return status;
}
