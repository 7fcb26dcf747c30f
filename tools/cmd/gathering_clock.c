/* By which clock time counts: calendar and agreement, from their names to the context. */
#include <string.h>

#include "cmd/gathering_process.h"
#include "cmd/gathering_texts.h"
#include "measure/service_level.h"

static const struct str around_the_clock = STR_INIT("24x7");

/* --- calendar --- */

/* Of series where the calendar has no zone: the audit's, else that of the sources. */
static struct str zone_of_series(const struct gathering *g)
{
    size_t s;

    if (g->zone_name.ptr)
        return g->zone_name;
    for (s = 0; s < g->source_count; s++)
        if (g->sources[s].options.zone)
            return zone_name(g->sources[s].options.zone);
    return STR("UTC");
}

static bool is_other_zone(const struct gathering *g, size_t s, struct str zone)
{
    const struct zone *own = g->sources[s].options.zone;
    size_t i;

    if (!own || str_equal(zone_name(own), zone))
        return false;
    for (i = 0; i < s; i++)
        if (g->sources[i].options.zone && str_equal(zone_name(g->sources[i].options.zone),
                                                    zone_name(own)))
            return false; /* named already */
    return true;
}

/* Lengths of time are the same everywhere; days and periods of series are not. */
static void tell_other_zones(struct gathering *g, struct str zone)
{
    struct diag *diag = &g->run->diag;
    struct buf others;
    size_t s;

    buf_init(&others, 4096);
    for (s = 0; s < g->source_count; s++)
        if (is_other_zone(g, s, zone))
            buf_printf(&others, "%s%.*s", others.len ? ", " : "",
                       STR_ARG(zone_name(g->sources[s].options.zone)));
    if (others.len)
        diag_report(diag, RULE_CALENDAR_DEFAULT, WHERE_NONE,
                    "days are those of %.*s, sources have times of %.*s, too", STR_ARG(zone),
                    STR_ARG(buf_str(&others)));
    buf_done(&others);
}

static void use_calendar(struct gathering *g, const struct calendar_document *calendar)
{
    g->calendar = calendar;
    g->context.calendar = calendar->calendar;
    g->context.zone = calendar_zone(calendar->calendar);
}

static enum status load_calendar(struct gathering *g)
{
    struct run *run = g->run;
    struct str zone = zone_of_series(g);
    enum status status;

    if (!g->calendar_name.ptr && g->sla) {
        use_calendar(g, g->sla->calendar);
        return STATUS_OK;
    }
    status = calendar_load(
        &run->arena, &run->library, g->calendar_name.ptr ? g->calendar_name : around_the_clock,
        g->patron, zone, g->folder, &run->diag, &g->own_calendar);

    if (status != STATUS_OK)
        return status;
    if (!g->calendar_name.ptr)
        tell_other_zones(g, zone);
    use_calendar(g, g->own_calendar);
    return STATUS_OK;
}

/* --- agreement --- */

/* What --target asks: one promise for every case, by the calendar of the run. */
static enum status make_sla(struct gathering *g)
{
    struct arena *arena = &g->run->arena;
    struct service_level *level = arena_alloc(arena, 1, sizeof *level);
    struct buf span;

    g->sla = arena_alloc(arena, 1, sizeof *g->sla);
    if (!g->sla || !level)
        return diag_no_memory(&g->run->diag);
    buf_init(&span, 100);
    span_format(g->limit, &span);
    level->id = arena_str(arena, buf_str(&span));
    buf_done(&span);
    if (!level->id.ptr)
        return diag_no_memory(&g->run->diag);
    level->title = (struct words){{level->id, level->id}};
    level->metric = SLA_RESOLUTION;
    level->type = SLA_CUSTOMER;
    level->kind = SLA_GENERAL;
    level->target = g->limit;
    level->share = g->limit_share;
    level->source = TARGET_POLICY;
    level->calendar = g->calendar;
    level->valid_from = INT64_MIN;
    level->valid_until = INT64_MAX;
    g->sla->id = STR("target");
    g->sla->title = level->title;
    g->sla->levels = level;
    g->sla->level_count = 1;
    return STATUS_OK;
}

static bool map_knows(const struct source_map *map, struct str status)
{
    size_t i;

    for (i = 0; i < map->status_count; i++)
        if (str_equal(map->statuses[i].value, status))
            return true;
    return map->status_count == 0;
}

/* A clock would never stop in a status whose name is misspelt. */
static void check_statuses(struct gathering *g)
{
    size_t l;
    size_t i;
    size_t s;

    for (l = 0; l < g->sla->level_count; l++) {
        const struct service_level *level = &g->sla->levels[l];

        for (i = 0; i < level->pause_status_count; i++) {
            for (s = 0; s < g->source_count; s++)
                if (map_knows(g->sources[s].options.map, level->pause_statuses[i]))
                    break;
            if (s == g->source_count)
                diag_report(&g->run->diag, RULE_SLA_STATUS, level->place, "'%.*s' of '%.*s'",
                            STR_ARG(level->pause_statuses[i]), STR_ARG(level->id));
        }
    }
}

static enum status take_sla(struct gathering *g)
{
    const struct sla_document *sla = g->sla;
    size_t count = 0;
    enum status status = STATUS_OK;
    int *slots;
    size_t l;
    size_t i;

    for (l = 0; l < sla->level_count; l++)
        count += sla->levels[l].where_count;
    slots = arena_alloc(&g->run->arena, count, sizeof *slots);
    if (!slots)
        return diag_no_memory(&g->run->diag);
    count = 0;
    for (l = 0; l < sla->level_count; l++)
        for (i = 0; i < sla->levels[l].where_count && status == STATUS_OK; i++)
            status = gathering_slot(g, sla->levels[l].where[i].field, &slots[count++]);
    g->context.sla = sla;
    g->context.sla_slots = slots;
    if (status == STATUS_OK && !service_levels_need(sla, slots, &g->needs))
        status = run_usage(g->run, "the levels of '%.*s' name too many fields", STR_ARG(sla->id));
    if (status == STATUS_OK)
        check_statuses(g);
    return status;
}

enum status gathering_clock(struct gathering *g)
{
    struct run *run = g->run;
    enum status status = STATUS_OK;

    if (g->sla_name.ptr)
        status = sla_load(&run->arena, &run->library, g->sla_name, g->patron, zone_of_series(g),
                          g->folder, &run->diag, &g->sla);
    if (status == STATUS_OK)
        status = load_calendar(g);
    if (status == STATUS_OK && !g->sla && g->limit.us > 0)
        status = make_sla(g);
    return status == STATUS_OK && g->sla ? take_sla(g) : status;
}

void gathering_clock_done(struct gathering *g)
{
    sla_document_free(g->sla);
    calendar_document_free(g->own_calendar);
    g->sla = NULL;
    g->calendar = NULL;
    g->own_calendar = NULL;
}

/* --- ledger --- */

/* A calendar once, whoever asks for it. */
static enum status put_calendar(struct arena *arena, const struct calendar_document *from,
                                struct evidence *evidence)
{
    struct str zone = arena_str(arena, zone_name(calendar_zone(from->calendar)));
    struct evidence_document *into;
    size_t i;

    for (i = 0; i < evidence->document_count; i++) {
        into = &evidence->documents[i];
        if (str_is(into->kind, "calendar") && str_equal(into->name, from->name) &&
            str_equal(into->patron, from->patron))
            return STATUS_OK;
    }
    into = &evidence->documents[evidence->document_count++];
    into->kind = STR("calendar");
    into->id = from->id;
    into->revision = from->revision;
    into->title = from->title;
    into->name = from->name;
    into->zone = zone;
    into->patron = from->patron;
    into->sha256 = from->sha256;
    for (i = 0; i < from->list_count; i++) {
        into = &evidence->documents[evidence->document_count++];
        into->kind = STR("holidays");
        into->id = from->id;
        into->revision = from->revision;
        into->name = from->lists[i].name;
        into->sha256 = from->lists[i].sha256;
    }
    return zone.ptr ? STATUS_OK : STATUS_MEMORY;
}

static enum status put_day(struct arena *arena, int64_t day, struct str *ret_text)
{
    struct civil civil = civil_from_local((struct local){day * DAY_US});

    *ret_text = arena_format(arena, "%04d-%02u-%02u", civil.year, civil.month, civil.day);
    return ret_text->ptr ? STATUS_OK : STATUS_MEMORY;
}

static enum status put_level(struct arena *arena, const struct sla_document *sla,
                             const struct service_level *from, struct evidence_level *into)
{
    enum status status = STATUS_OK;

    into->id = from->id;
    into->title = from->title;
    into->sla = sla->id;
    into->metric = str_of(sla_metric_name(from->metric));
    into->type = str_of(sla_type_name(from->type));
    into->kind = str_of(sla_kind_name(from->kind));
    into->target = (double)from->target.us / (double)SECOND_US;
    into->share = from->share;
    into->calendar = from->calendar->id;
    into->source = str_of(target_source_name(from->source));
    into->document = from->document;
    into->parent = from->parent;
    if (from->valid_from != INT64_MIN)
        status = put_day(arena, from->valid_from, &into->from);
    if (status == STATUS_OK && from->valid_until != INT64_MAX)
        status = put_day(arena, from->valid_until, &into->until);
    return status;
}

static enum status put_sla(struct gathering *g, struct evidence *evidence)
{
    const struct sla_document *sla = g->sla;
    struct arena *arena = &g->run->arena;
    struct evidence_document *document;
    enum status status = STATUS_OK;
    size_t i;

    if (sla->name.ptr) {
        document = &evidence->documents[evidence->document_count++];
        document->kind = STR("sla");
        document->id = sla->id;
        document->revision = sla->revision;
        document->title = sla->title;
        document->name = sla->name;
        document->sha256 = sla->sha256;
    }
    for (i = 0; i < sla->calendar_count && status == STATUS_OK; i++)
        status = put_calendar(arena, sla->calendars[i], evidence);
    evidence->levels = arena_alloc(arena, sla->level_count, sizeof *evidence->levels);
    if (!evidence->levels)
        return diag_no_memory(&g->run->diag);
    for (i = 0; i < sla->level_count && status == STATUS_OK; i++)
        status = put_level(arena, sla, &sla->levels[i], &evidence->levels[i]);
    evidence->level_count = sla->level_count;
    return status == STATUS_OK ? status : diag_no_memory(&g->run->diag);
}

enum status gathering_clock_ledger(struct gathering *g, struct evidence *evidence)
{
    size_t most = 3 + g->calendar->list_count + gathering_texts_count(g) + g->process_count;
    enum status status;
    size_t i;

    for (i = 0; g->sla && i < g->sla->calendar_count; i++)
        most += 1 + g->sla->calendars[i]->list_count;
    evidence->documents = arena_alloc(&g->run->arena, most, sizeof *evidence->documents);
    if (!evidence->documents)
        return diag_no_memory(&g->run->diag);
    status = put_calendar(&g->run->arena, g->calendar, evidence);
    if (status != STATUS_OK)
        return diag_no_memory(&g->run->diag);
    status = g->sla ? put_sla(g, evidence) : STATUS_OK;
    gathering_process_ledger(g, evidence);
    gathering_texts_ledger(g, evidence);
    gathering_trust_ledger(g, evidence);
    return status;
}
