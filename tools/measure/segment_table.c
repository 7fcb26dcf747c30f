/* The table of segments: how each fares by every metric. */
#include "measure/segments.h"
#include "stat/stat.h"

static const char *const metric_names[SEGMENT_METRIC_COUNT] = {
    [SEGMENT_ON_TIME] = "on-time",
    [SEGMENT_SATISFIED] = "satisfied",
    [SEGMENT_ADEQUATE] = "adequate",
};

enum { G_SEGMENT, G_METRIC, G_N, G_VALUE, G_LOW, G_HIGH, G_FLOOR, G_EARLIER_HALF, G_LATER_HALF,
       G_REVERSED, G_CUSTOMERS, G_VOICE, G_COLUMNS };

static const struct table_column columns[G_COLUMNS] = {
    {STR_INIT("segment"), {{STR_INIT("Segment"), STR_INIT("Segmento")}},
     {{{NULL, 0}}},
     TABLE_TEXT, 0},
    {STR_INIT("metric"), {{STR_INIT("Metric"), STR_INIT("Indicatore")}},
     {{{NULL, 0}}},
     TABLE_WORD, 0},
    {STR_INIT("n"), {{STR_INIT("n"), STR_INIT("n")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("value"), {{STR_INIT("Value"), STR_INIT("Valore")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("low"), {{STR_INIT("Low"), STR_INIT("Min")}},
     {{STR_INIT("95 % interval after Wilson."),
       STR_INIT("Intervallo 95 % di Wilson.")}},
     TABLE_SHARE, 0},
    {STR_INIT("high"), {{STR_INIT("High"), STR_INIT("Max")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("floor"), {{STR_INIT("Floor"), STR_INIT("Minimo")}},
     {{STR_INIT("The segment with the lowest share, of those with at least 10."),
       STR_INIT("Il segmento con la quota più bassa, tra quelli con almeno 10.")}},
     TABLE_WORD, 0},
    {STR_INIT("earlier-half"), {{STR_INIT("Earlier half-year"), STR_INIT("Semestre precedente")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("later-half"), {{STR_INIT("Later half-year"), STR_INIT("Semestre successivo")}},
     {{{NULL, 0}}},
     TABLE_SHARE, 0},
    {STR_INIT("reversed"), {{STR_INIT("Change"), STR_INIT("Variazione")}},
     {{STR_INIT("Reversed: every segment changes the other way than all together."),
       STR_INIT("Invertita: ogni segmento varia in senso opposto al totale.")}},
     TABLE_WORD, 0},
    {STR_INIT("customers"), {{STR_INIT("Customers"), STR_INIT("Clienti")}},
     {{{NULL, 0}}},
     TABLE_INTEGER, 0},
    {STR_INIT("voice"), {{STR_INIT("Voice"), STR_INIT("Voce")}},
     {{STR_INIT("Silent: neither survey answer, complaint nor ticket. Silence is not satisfaction."),
       STR_INIT("Silente: né risposte a sondaggi, né reclami, né ticket. Il silenzio non è soddisfazione.")}},
     TABLE_WORD, 0},
};

static const struct table_form form = {
    .id = STR_INIT("segments"),
    .name = {{STR_INIT("Segments"), STR_INIT("Segmenti")}},
    .title = {{STR_INIT("How each segment of customers is served"),
               STR_INIT("Come è servito ciascun segmento di clienti")}},
    .columns = columns,
    .column_count = G_COLUMNS,
    .chart = {.kind = TABLE_CHART_BAR,
              .title = {{STR_INIT("Shares by segment, metric after metric"),
                         STR_INIT("Quote per segmento, un indicatore dopo l'altro")}},
              .category = G_SEGMENT,
              .series = {G_VALUE},
              .series_count = 1},
};

static void put_metric(const struct segments *segments, size_t number, enum segment_metric metric,
                       struct figure_row *row)
{
    const struct segment *segment = &segments->list[number];
    const struct segment_tally *tally = &segment->all[metric];
    bool is_floor = segments_worst(segments, metric) == number;
    struct interval interval;

    table_text(row, G_METRIC, str_of(metric_names[metric]));
    table_number(row, G_N, (double)tally->n);
    table_number(row, G_VALUE, segment_share(tally));
    if (stat_wilson(tally->k, tally->n, &interval)) {
        table_number(row, G_LOW, interval.low);
        table_number(row, G_HIGH, interval.high);
    }
    table_text(row, G_FLOOR, is_floor ? STR("floor") : (struct str){NULL, 0});
    table_level(row, G_FLOOR, is_floor ? TABLE_WATCH : TABLE_PLAIN);
    table_number(row, G_EARLIER_HALF, segment_share(&segment->half[metric][SEGMENT_EARLIER]));
    table_number(row, G_LATER_HALF, segment_share(&segment->half[metric][SEGMENT_LATER]));
    if (segments_reverse(segments, metric))
        table_text(row, G_REVERSED, STR("reversed"));
    table_number(row, G_CUSTOMERS, (double)segment->customers);
    table_text(row, G_VOICE, segment->has_voice ? STR("heard") : STR("silent"));
    table_level(row, G_VOICE, segment->has_voice ? TABLE_PLAIN : TABLE_WATCH);
}

/* As customers are recorded; of internal ones it says that, in every language. */
static const struct words *internal_name(const struct segment *segment, struct arena *arena)
{
    struct words *name = arena_alloc(arena, 1, sizeof *name);

    if (!name)
        return NULL;
    name->in[LANG_EN] = arena_format(arena, "%.*s (internal)", STR_ARG(segment->name));
    name->in[LANG_IT] = arena_format(arena, "%.*s (clienti interni)", STR_ARG(segment->name));
    return name->in[LANG_EN].ptr && name->in[LANG_IT].ptr ? name : NULL;
}

static bool put_name(const struct segment *segment, struct arena *arena, struct figure_row *row)
{
    const struct words *words;
    struct str name;

    if (segment->is_internal) {
        words = internal_name(segment, arena);
        if (words)
            table_words(row, G_SEGMENT, words);
        return words != NULL;
    }
    name = arena_str(arena, segment->name.ptr ? segment->name : STR(""));
    table_text(row, G_SEGMENT, name);
    return name.ptr != NULL;
}

/* The rows of one metric stand together. */
bool segments_table(const struct segments *segments, struct arena *arena, struct figure *figure)
{
    struct figure_table *table = figure_table_new(arena, figure, &form);
    int metric;
    size_t i;

    for (metric = 0; table && metric < SEGMENT_METRIC_COUNT; metric++) {
        for (i = 0; i < segments->count; i++) {
            struct figure_row *row;

            if (segments->list[i].all[metric].n == 0 &&
                (metric != SEGMENT_ON_TIME || segments->list[i].has_voice))
                continue;
            row = table_row(arena, table);
            if (!row || !put_name(&segments->list[i], arena, row))
                return false;
            put_metric(segments, i, (enum segment_metric)metric, row);
        }
    }
    return table != NULL;
}
