#include "plan/icalendar.h"

#include <libical/ical.h>
#include <string.h>

#include "base/buf.h"
#include "base/limits.h"
#include "plan/icalendar_lines.h"
#include "source/source.h"
#include "time/instant.h"

enum {
    DEPTH_MAX = 8, /* components inside each other; a list of holidays has two */
    CATEGORIES_MAX = 32,
    DATES_MAX = 1000, /* exceptions and additions of one event, and its repetitions */
    EVENT_DAYS_MAX = 366,
    LAST_YEAR = 2100
};

struct dates {
    int64_t list[DATES_MAX];
    size_t count;
};

struct event {
    struct where where;
    int64_t start; /* day */
    int64_t end;   /* day after the last */
    int64_t length; /* in days, where that is said instead of the end */
    bool has_start;
    bool has_end;
    bool has_length;
    bool has_time;      /* begins or ends at a time of day */
    bool is_cancelled;
    bool changes_other; /* one repetition of an event that stands elsewhere */
    bool is_broken;     /* told already */
    bool has_rule;
    struct icalrecurrencetype rule;
    struct icaltimetype first;
    struct str summary;
    struct str description;
    struct str categories[CATEGORIES_MAX];
    size_t category_count;
    struct dates without;
    struct dates also;
};

struct reading {
    struct arena *arena;
    struct diag *diag;
    enum status status;
    const struct event_pattern *patterns;
    size_t pattern_count;
    struct event_days *days;
    size_t capacity;
    struct unused_event **unused; /* where the next one goes */
    struct str path;
    struct content_line line;
    struct str open[DEPTH_MAX]; /* components around the line */
    size_t depth;
    struct event *event;
    bool in_event;
    bool has_calendar;
};

static void bad_line(struct reading *r, const char *why)
{
    struct where where = {r->path, r->line.line, 1, r->line.offset};

    diag_report(r->diag, RULE_ICAL_LINE, where, "%s: '%.*s'", why,
                r->line.text.len > 60 ? 60 : (int)r->line.text.len, r->line.text.ptr);
    diag_hint(r->diag, "mend the line, or take its event out of the list");
    r->days->errors++;
    r->event->is_broken = true;
}

static struct str keep(struct reading *r, const char *text)
{
    struct str copy = arena_str(r->arena, str_trim(str_of(text)));

    if (text && !copy.ptr && r->status == STATUS_OK)
        r->status = diag_no_memory(r->diag);
    return copy;
}

/* --- days --- */

static void add_day(struct reading *r, int64_t date)
{
    struct event_days *days = r->days;

    if (days->count == LIMIT_CALENDAR_DAYS && r->status == STATUS_OK)
        r->status = diag_limit(r->diag, r->event->where, "the number of days of a holiday list",
                               LIMIT_CALENDAR_DAYS);
    if (days->count == r->capacity && r->status == STATUS_OK) {
        size_t capacity = r->capacity ? r->capacity * 2 : 64;
        struct event_day *list = arena_alloc(r->arena, capacity, sizeof *list);

        if (list && days->count > 0)
            memcpy(list, days->list, days->count * sizeof *list);
        if (!list)
            r->status = diag_no_memory(r->diag);
        days->list = list;
        r->capacity = capacity;
    }
    if (r->status == STATUS_OK)
        days->list[days->count++] = (struct event_day){date, r->event->summary};
}

static int64_t days_of(const struct event *event)
{
    if (event->has_length)
        return event->length;
    return event->has_end ? event->end - event->start : 1;
}

static void add_occurrence(struct reading *r, int64_t start)
{
    const struct event *event = r->event;
    int64_t days = days_of(event);
    size_t i;
    int64_t d;

    for (i = 0; i < event->without.count; i++)
        if (event->without.list[i] == start)
            return;
    for (d = 0; d < days && r->status == STATUS_OK; d++)
        add_day(r, start + d);
}

static bool day_of(struct icaltimetype time, int64_t *ret_day)
{
    struct civil civil = {
        .year = time.year, .month = (unsigned)time.month, .day = (unsigned)time.day};

    if (icaltime_is_null_time(time) || time.month < 1 || time.day < 1 || !civil_is_valid(&civil))
        return false;
    *ret_day = civil_days(civil.year, civil.month, civil.day);
    return true;
}

static void add_repetitions(struct reading *r)
{
    icalrecur_iterator *iterator = icalrecur_iterator_new(r->event->rule, r->event->first);
    struct icaltimetype next;
    size_t count = 0;
    int64_t day;

    while (iterator && r->status == STATUS_OK && count++ < DATES_MAX) {
        next = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(next) || next.year > LAST_YEAR)
            break;
        if (day_of(next, &day))
            add_occurrence(r, day);
    }
    if (iterator)
        icalrecur_iterator_free(iterator);
}

/* --- which events --- */

static bool pattern_matches(const struct event_pattern *pattern, const struct event *event)
{
    bool has_category = !pattern->category.ptr;
    size_t i;

    for (i = 0; i < event->category_count; i++)
        has_category |= pattern->category.ptr &&
                        event_text_matches(pattern->category, event->categories[i]);
    return has_category &&
           (!pattern->summary.ptr || event_text_matches(pattern->summary, event->summary)) &&
           (!pattern->description.ptr ||
            event_text_matches(pattern->description, event->description));
}

static void keep_unused(struct reading *r, const char *why)
{
    struct unused_event *item = arena_alloc(r->arena, 1, sizeof *item);

    if (!item) {
        r->status = diag_no_memory(r->diag);
        return;
    }
    *item = (struct unused_event){r->event->summary, r->event->start, r->event->has_start, why,
                                  NULL};
    *r->unused = item;
    r->unused = &item->next;
}

static void not_used(struct reading *r, const char *why)
{
    const struct event *event = r->event;
    struct civil civil = civil_from_local((struct local){event->start * DAY_US});

    if (event->has_start)
        diag_report(r->diag, RULE_ICAL_NOT_USED, event->where, "'%.*s', %04d-%02u-%02u: %s",
                    STR_ARG(event->summary), civil.year, civil.month, civil.day, why);
    else
        diag_report(r->diag, RULE_ICAL_NOT_USED, event->where, "'%.*s': %s",
                    STR_ARG(event->summary), why);
    keep_unused(r, why);
}

/* Why an event that is wanted cannot be used; NULL: it can. */
static const char *trouble(const struct event *event)
{
    if (!event->has_start)
        return "has no day";
    if (event->has_time)
        return "begins or ends at a time of day";
    if (event->changes_other)
        return "changes one day of another event";
    if (days_of(event) < 1)
        return "ends before it begins";
    if (days_of(event) > EVENT_DAYS_MAX)
        return "lasts longer than a year";
    if (event->has_rule && event->rule.freq != ICAL_YEARLY_RECURRENCE)
        return "repeats otherwise than every year";
    return NULL;
}

static void use_event(struct reading *r)
{
    const struct event *event = r->event;
    const char *why = trouble(event);
    size_t i;

    if (why) {
        diag_report(r->diag, RULE_ICAL_EVENT, event->where, "'%.*s' %s", STR_ARG(event->summary),
                    why);
        diag_hint(r->diag, "drop it by a pattern, and state its days in the calendar itself");
        r->days->errors++;
        return;
    }
    r->days->used++;
    if (event->has_rule)
        add_repetitions(r);
    else
        add_occurrence(r, event->start);
    for (i = 0; i < event->also.count; i++)
        add_occurrence(r, event->also.list[i]);
}

static void end_event(struct reading *r)
{
    size_t i;

    r->in_event = false;
    r->days->events++;
    if (r->event->is_broken)
        return;
    for (i = 0; i < r->pattern_count; i++)
        if (pattern_matches(&r->patterns[i], r->event))
            break;
    if (i == r->pattern_count)
        not_used(r, "no pattern keeps it");
    else if (!r->patterns[i].keeps)
        not_used(r, "a pattern drops it");
    else if (r->event->is_cancelled)
        not_used(r, "it is cancelled");
    else
        use_event(r);
}

/* --- properties --- */

static int64_t take_time(struct reading *r, struct icaltimetype time)
{
    int64_t day = 0;

    if (!time.is_date)
        r->event->has_time = true;
    if (!day_of(time, &day))
        bad_line(r, "no such day");
    return day;
}

static void take_date(struct reading *r, struct icaltimetype time, struct dates *dates)
{
    if (dates->count == DATES_MAX)
        bad_line(r, "too many dates");
    else
        dates->list[dates->count++] = take_time(r, time);
}

static void take_length(struct event *event, struct icaldurationtype length)
{
    event->has_length = true;
    event->has_time |= length.hours || length.minutes || length.seconds;
    event->length = (int64_t)length.weeks * 7 + length.days;
    if (length.is_neg)
        event->length = -event->length;
}

static void take_property(struct reading *r, icalproperty *property)
{
    struct event *event = r->event;

    switch (icalproperty_isa(property)) {
    case ICAL_DTSTART_PROPERTY:
        event->first = icalproperty_get_dtstart(property);
        event->start = take_time(r, event->first);
        event->has_start = true;
        break;
    case ICAL_DTEND_PROPERTY:
        event->end = take_time(r, icalproperty_get_dtend(property));
        event->has_end = true;
        break;
    case ICAL_DURATION_PROPERTY:
        take_length(event, icalproperty_get_duration(property));
        break;
    case ICAL_RRULE_PROPERTY:
        event->rule = icalproperty_get_rrule(property);
        event->has_rule = true;
        break;
    case ICAL_EXDATE_PROPERTY:
        take_date(r, icalproperty_get_exdate(property), &event->without);
        break;
    case ICAL_RDATE_PROPERTY:
        take_date(r, icalproperty_get_rdate(property).time, &event->also);
        break;
    case ICAL_SUMMARY_PROPERTY:
        event->summary = keep(r, icalproperty_get_summary(property));
        break;
    case ICAL_DESCRIPTION_PROPERTY:
        event->description = keep(r, icalproperty_get_description(property));
        break;
    case ICAL_CATEGORIES_PROPERTY:
        if (event->category_count < CATEGORIES_MAX)
            event->categories[event->category_count++] =
                keep(r, icalproperty_get_categories(property));
        break;
    case ICAL_STATUS_PROPERTY:
        event->is_cancelled = icalproperty_get_status(property) == ICAL_STATUS_CANCELLED;
        break;
    case ICAL_RECURRENCEID_PROPERTY:
        event->changes_other = true;
        break;
    default:
        bad_line(r, "not as RFC 5545 has it"); /* the value is not of its type */
        break;
    }
}

/* The others say nothing about which days are meant. */
static bool matters(struct str name)
{
    static const char *const names[] = {"DTSTART", "DTEND",       "DURATION",   "RRULE",
                                        "EXDATE",  "RDATE",       "SUMMARY",    "DESCRIPTION",
                                        "STATUS",  "CATEGORIES",  "RECURRENCE-ID"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal_nocase(name, str_of(names[i])))
            return true;
    return false;
}

/* One line at a time, because libical does not tell where an error stands. */
static void read_property(struct reading *r)
{
    struct str text = arena_format(r->arena, "BEGIN:VEVENT\r\n%s\r\nEND:VEVENT\r\n",
                                   r->line.text.ptr);
    icalcomponent *component;
    icalproperty *property;

    if (!text.ptr) {
        r->status = diag_no_memory(r->diag);
        return;
    }
    component = icalparser_parse_string(text.ptr);
    property = component ? icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY) : NULL;
    if (!property)
        bad_line(r, "not as RFC 5545 has it");
    for (; property; property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY))
        take_property(r, property);
    if (component)
        icalcomponent_free(component);
}

/* --- lines --- */

static void begin(struct reading *r)
{
    if (r->depth == DEPTH_MAX) {
        bad_line(r, "too deep");
        return;
    }
    r->open[r->depth++] = r->line.value;
    r->has_calendar |= r->depth == 1 && str_equal_nocase(r->line.value, STR("VCALENDAR"));
    if (r->depth == 2 && str_equal_nocase(r->line.value, STR("VEVENT"))) {
        memset(r->event, 0, sizeof *r->event);
        r->event->where = (struct where){r->path, r->line.line, 1, r->line.offset};
        r->in_event = true;
    }
}

static void end(struct reading *r)
{
    if (r->depth == 0 || !str_equal_nocase(r->open[r->depth - 1], r->line.value)) {
        bad_line(r, "ends what has not begun");
        return;
    }
    r->depth--;
    if (r->in_event && r->depth == 1)
        end_event(r);
}

static void read_line(struct reading *r)
{
    const struct content_line *line = &r->line;

    if (!line->name.ptr || utf8_valid_prefix(line->text) < line->text.len ||
        memchr(line->text.ptr, '\0', line->text.len))
        bad_line(r, "not as RFC 5545 has it");
    else if (str_equal_nocase(line->name, STR("BEGIN")))
        begin(r);
    else if (str_equal_nocase(line->name, STR("END")))
        end(r);
    else if (r->depth == 0)
        bad_line(r, "stands outside of a calendar");
    else if (r->in_event && r->depth == 2 && matters(line->name))
        read_property(r);
}

static void read_lines(struct reading *r, struct str bytes)
{
    struct content_lines lines;

    content_lines_init(&lines, r->arena, bytes);
    while (r->status == STATUS_OK && content_lines_next(&lines, &r->line))
        read_line(r);
    if (lines.failed && r->status == STATUS_OK)
        r->status = diag_no_memory(r->diag);
    if (r->status != STATUS_OK || r->days->errors > 0)
        return;
    r->line = (struct content_line){.text = STR("end of file"), .line = lines.line};
    if (r->depth > 0)
        bad_line(r, "the calendar is not ended");
    else if (!r->has_calendar)
        bad_line(r, "no calendar is there");
}

enum status icalendar_parse(struct arena *arena, struct str name, struct str bytes,
                            const struct event_pattern *patterns, size_t count, struct diag *diag,
                            struct event_days *ret_days)
{
    struct reading r = {.arena = arena,
                        .diag = diag,
                        .status = STATUS_OK,
                        .patterns = patterns,
                        .pattern_count = count,
                        .days = ret_days,
                        .path = name};

    *ret_days = (struct event_days){.list = NULL};
    r.unused = &ret_days->unused;
    r.event = arena_alloc(arena, 1, sizeof *r.event);
    if (!r.event)
        return diag_no_memory(diag);
    icalerror_set_errors_are_fatal(false);
    read_lines(&r, bytes);
    return r.status;
}

enum status icalendar_read(struct arena *arena, const struct library *library, struct str path,
                           const struct event_pattern *patterns, size_t count, struct diag *diag,
                           struct event_days *ret_days)
{
    struct source_identity identity;
    struct source *source = NULL;
    struct str bytes;
    enum status status = library_open_path(library, path, "holidays", diag, &source);

    if (status == STATUS_OK)
        status = source_read_all(source, LIMIT_DOCUMENT_BYTES, arena, diag, &bytes, &identity);
    source_close(source);
    if (status == STATUS_OK)
        status = icalendar_parse(arena, path, bytes, patterns, count, diag, ret_days);
    if (status == STATUS_OK)
        ret_days->sha256 = identity.sha256;
    return status;
}
