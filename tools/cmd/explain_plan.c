#include "cmd/explain_plan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "plan/plan.h"

enum { LABEL = 10 };

static const char *const weekdays[LANG_COUNT][7] = {
    [LANG_EN] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    [LANG_IT] = {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"},
};

static void add_padded(struct buf *out, struct str text, size_t columns)
{
    size_t shown = 0;
    size_t i;

    buf_add(out, text);
    for (i = 0; i < text.len; i++)
        shown += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    for (; shown < columns; shown++)
        buf_add_char(out, ' ');
}

static void add_label(struct buf *out, const char *label)
{
    add_padded(out, str_of(label), LABEL);
}

static void add_day(struct buf *out, int64_t day)
{
    struct civil civil = civil_from_local((struct local){day * DAY_US});

    buf_printf(out, "%04d-%02u-%02u", civil.year, civil.month, civil.day);
}

/* --- calendars --- */

static void add_windows(struct buf *out, const struct day_windows *windows)
{
    size_t i;

    for (i = 0; i < windows->count; i++)
        buf_printf(out, " %02d:%02d-%02d:%02d", windows->list[i].from / 3600,
                   windows->list[i].from / 60 % 60, windows->list[i].to / 3600,
                   windows->list[i].to / 60 % 60);
}

static void add_weeks(struct run *run, const struct calendar_spec *spec, struct buf *out)
{
    size_t v;
    size_t d;

    for (v = 0; v < spec->version_count; v++) {
        const struct calendar_version *version = &spec->versions[v];

        for (d = 0; d < ARRAY_LEN(version->week); d++) {
            add_label(out, d ? "" : "week");
            add_padded(out, str_of(weekdays[run->lang][d]), 9);
            if (version->week[d].count)
                add_windows(out, &version->week[d]);
            else
                buf_add_text(out, " -");
            if (d == 0 && version->from != INT64_MIN) {
                buf_add_text(out, "   from ");
                add_day(out, version->from);
            }
            buf_add_char(out, '\n');
        }
    }
}

static enum status add_year(struct run *run, const struct calendar *calendar, int year,
                            struct buf *out)
{
    struct calendar_day *days = NULL;
    size_t count = 0;
    enum status status =
        calendar_year(calendar, year, &run->arena, &run->diag, &days, &count);
    char label[12];
    size_t i;

    if (status != STATUS_OK)
        return status;
    snprintf(label, sizeof label, "%d", year);
    if (count == 0) {
        add_label(out, label);
        buf_add_text(out, "-\n");
    }
    for (i = 0; i < count; i++) {
        add_label(out, i ? "" : label);
        add_day(out, days[i].date);
        buf_add_char(out, ' ');
        add_padded(out, str_of(weekdays[run->lang][civil_weekday(days[i].date) - 1]), 9);
        buf_add_char(out, ' ');
        buf_add_visible(out, days[i].name, 500);
        if (days[i].is_shifted)
            buf_add_text(out, " (moved)");
        add_windows(out, &days[i].windows);
        buf_add_char(out, '\n');
    }
    return STATUS_OK;
}

static void add_list(const struct calendar_list *list, struct buf *out)
{
    const struct unused_event *event;

    add_label(out, "list");
    buf_add_visible(out, list->name, 500);
    buf_printf(out, ": %llu of %llu events are days off, ", (unsigned long long)list->used,
               (unsigned long long)list->events);
    add_day(out, list->first_day);
    buf_add_text(out, " to ");
    add_day(out, list->last_day);
    buf_add_char(out, '\n');
    for (event = list->unused; event; event = event->next) {
        add_label(out, event == list->unused ? "not used" : "");
        if (event->has_date)
            add_day(out, event->date);
        buf_add_char(out, ' ');
        buf_add_visible(out, event->name, 500);
        buf_printf(out, ": %s\n", event->why);
    }
}

static enum status first_year(struct run *run, int *ret_year)
{
    struct str text = args_str(&run->args, "year");
    int64_t year;

    if (!text.ptr) {
        struct local now = {(int64_t)time(NULL) * SECOND_US};

        *ret_year = civil_from_local(now).year;
        return STATUS_OK;
    }
    if (!str_to_int64(text, &year) || year < 1 || year > 9998)
        return run_usage(run, "'--year' takes a year such as 2026, not '%.*s'", STR_ARG(text));
    *ret_year = (int)year;
    return STATUS_OK;
}

static enum status describe_calendar(struct run *run, const struct calendar_document *document,
                                     int year, struct buf *out)
{
    enum status status;
    size_t i;

    buf_printf(out, "%.*s (revision %u): %.*s\n\n", STR_ARG(document->id), document->revision,
               STR_ARG(words_in(&document->title, run->lang)));
    if (words_in(&document->note, run->lang).len)
        buf_printf(out, "%.*s\n\n", STR_ARG(words_in(&document->note, run->lang)));
    add_label(out, "zone");
    buf_add(out, document->has_zone ? zone_name(document->spec->zone)
                                    : STR("that of the audit or the source"));
    buf_add_char(out, '\n');
    add_weeks(run, document->spec, out);
    status = add_year(run, document->calendar, year, out);
    if (status == STATUS_OK)
        status = add_year(run, document->calendar, year + 1, out);
    for (i = 0; i < document->list_count; i++)
        add_list(&document->lists[i], out);
    return status;
}

enum status explain_calendar(struct run *run, struct str name, struct buf *out)
{
    static const struct str none = {NULL, 0};
    struct calendar_document *document = NULL;
    int year = 0;
    enum status status = first_year(run, &year);

    if (status == STATUS_OK)
        status = calendar_load(&run->arena, &run->library, name, args_str(&run->args, "patron"),
                               none, none, &run->diag, &document);
    if (status == STATUS_OK)
        status = describe_calendar(run, document, year, out);
    calendar_document_free(document);
    return status;
}

/* --- agreements --- */

static void add_column(struct buf *out, const struct buf *text, size_t columns)
{
    add_padded(out, buf_str(text), columns);
    buf_add_text(out, "  ");
}

static void add_level_row(const struct service_level *level, size_t id_columns, struct buf *out)
{
    struct buf cell;

    buf_init(&cell, 1000);
    add_padded(out, level->id, id_columns + 2);
    add_padded(out, str_of(sla_metric_name(level->metric)), 16);
    span_format(level->target, &cell);
    add_column(out, &cell, 9);
    buf_clear(&cell);
    if (level->kind == SLA_SPECIFIC)
        buf_add_text(&cell, "each");
    else
        buf_printf(&cell, "%g %%", round(level->share * 1e8) / 1e6);
    add_column(out, &cell, 7);
    add_padded(out, level->calendar->id, 14);
    add_padded(out, str_of(sla_type_name(level->type)), 14);
    buf_printf(out, "%s\n", target_source_name(level->source));
    buf_done(&cell);
}

static void add_condition(const struct condition *condition, struct buf *out)
{
    buf_printf(out, "%.*s %.*s", STR_ARG(condition->field), STR_ARG(condition->comparison));
    if (condition->value.ptr) {
        buf_add_char(out, ' ');
        buf_add_visible(out, condition->value, 200);
    }
}

static void add_pauses(const struct service_level *level, struct buf *out)
{
    const char *between = "";
    size_t i;

    if (!level->pauses_pending && !level->pauses_hold && level->pause_status_count == 0)
        return;
    buf_add_text(out, "  stands still in");
    if (level->pauses_pending) {
        buf_add_text(out, " pending");
        between = ",";
    }
    if (level->pauses_hold) {
        buf_printf(out, "%s hold", between);
        between = ",";
    }
    for (i = 0; i < level->pause_status_count; i++) {
        buf_printf(out, "%s '", between);
        buf_add_visible(out, level->pause_statuses[i], 200);
        buf_add_char(out, '\'');
        between = ",";
    }
    buf_add_char(out, '\n');
}

static void add_level(struct run *run, const struct service_level *level, size_t id_columns,
                      struct buf *out)
{
    size_t i;

    add_level_row(level, id_columns, out);
    buf_printf(out, "  %.*s\n", STR_ARG(words_in(&level->title, run->lang)));
    for (i = 0; i < level->where_count; i++) {
        buf_add_text(out, i ? "" : "  for cases with ");
        add_condition(&level->where[i], out);
        buf_add_text(out, i + 1 < level->where_count ? "; " : "\n");
    }
    if (level->valid_from != INT64_MIN || level->valid_until != INT64_MAX) {
        buf_add_text(out, "  holds");
        if (level->valid_from != INT64_MIN) {
            buf_add_text(out, " from ");
            add_day(out, level->valid_from);
        }
        if (level->valid_until != INT64_MAX) {
            buf_add_text(out, " until ");
            add_day(out, level->valid_until);
        }
        buf_add_char(out, '\n');
    }
    add_pauses(level, out);
    buf_printf(out, "  another level on the way: %s; opened again: %s\n",
               sla_change_name(level->change), sla_reopen_name(level->reopen));
    if (level->parent.ptr)
        buf_printf(out, "  supports %.*s, %s\n", STR_ARG(level->parent),
                   level->is_parallel ? "in parallel" : "after the others");
    if (level->document.ptr)
        buf_printf(out, "  written in %.*s\n", STR_ARG(level->document));
    buf_add_char(out, '\n');
}

static void describe_sla(struct run *run, const struct sla_document *sla, struct buf *out)
{
    static const struct str heads[] = {STR_INIT("level"), STR_INIT("metric"), STR_INIT("time"),
                                       STR_INIT("share"), STR_INIT("calendar"), STR_INIT("type")};
    static const size_t columns[] = {0, 16, 11, 9, 14, 14};
    size_t id_columns = heads[0].len;
    size_t i;

    for (i = 0; i < sla->level_count; i++)
        if (sla->levels[i].id.len > id_columns)
            id_columns = sla->levels[i].id.len;
    buf_printf(out, "%.*s (revision %u): %.*s\n\n", STR_ARG(sla->id), sla->revision,
               STR_ARG(words_in(&sla->title, run->lang)));
    if (words_in(&sla->note, run->lang).len)
        buf_printf(out, "%.*s\n\n", STR_ARG(words_in(&sla->note, run->lang)));
    if (sla->party.len)
        buf_printf(out, "with %.*s\n\n", STR_ARG(sla->party));
    for (i = 0; i < ARRAY_LEN(heads); i++)
        add_padded(out, heads[i], i ? columns[i] : id_columns + 2);
    buf_add_text(out, "by\n");
    for (i = 0; i < sla->level_count; i++)
        add_level(run, &sla->levels[i], id_columns, out);
}

enum status explain_sla(struct run *run, struct str name, struct buf *out)
{
    static const struct str none = {NULL, 0};
    struct sla_document *sla = NULL;
    enum status status =
        sla_load(&run->arena, &run->library, name, args_str(&run->args, "patron"), none, none,
                 &run->diag, &sla);

    if (status == STATUS_OK)
        describe_sla(run, sla, out);
    sla_document_free(sla);
    return status;
}
