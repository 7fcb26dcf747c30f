/* The four lists in words. */
#include "measure/measure.h"
#include "report/four_lists.h"

/* Entries of a kind that are named in short. */
enum { BRIEF_ITEMS = 3 };

static struct str measure_text(const struct report *report, const char *id)
{
    const struct measure *measure = measure_find(str_of(id));

    return measure ? words_in(&measure->title, report->lang) : str_of(id);
}

struct str list_kind_text(struct report *report, const struct list_kind *kind)
{
    const struct list_source *source = kind->source;

    if (kind->standing == KIND_FOUND)
        return !kind->of || source->counts == COUNT_ROWS
                   ? report_count(report, kind->count)
                   : report_fill(report, WORD_LIST_KIND_OF, 2, report_count(report, kind->count),
                                 report_count(report, kind->of));
    if (kind->nothing.len)
        return kind->nothing;
    if (!kind->figure)
        return report_fill(report, WORD_LIST_KIND_NO_FIGURE, 2,
                           measure_text(report, source->measure), str_of(source->measure));
    if (kind->standing == KIND_UNTOLD)
        return report_fill(report, WORD_LIST_KIND_NO_CASES, 1,
                           say_raw(kind->figure->population, report->lang));
    return report_fill(report, WORD_LIST_KIND_NONE, 2,
                       say_raw(kind->figure->population, report->lang),
                       report_count(report, kind->of));
}

/* --- in short --- */

/* Groups of fewer cases say little about a service level. */
static const uint64_t WORST_GROUP_N = 20;

static const struct figure *worst_group(const struct figure *figure)
{
    const struct figure *worst = NULL;
    size_t i;

    for (i = 0; i < figure->breakdown_count; i++) {
        const struct figure *group = &figure->breakdown[i];

        if (group->n >= WORST_GROUP_N && (!worst || group->value < worst->value))
            worst = group;
    }
    return worst;
}

/* ": PR-030, PR-031 ..."; one alone with what is said of it. */
static struct str named(struct report *report, const struct list_kind *kind)
{
    size_t shown = kind->item_count < BRIEF_ITEMS ? kind->item_count : BRIEF_ITEMS;
    size_t i;

    for (i = 0; i < shown; i++) {
        const struct list_item *item = &kind->items[i];

        buf_add_text(&report->scratch, i ? ", " : ": ");
        buf_add(&report->scratch, item->what);
    }
    if (kind->count == 1 && shown && kind->items[0].details.len) {
        buf_add_text(&report->scratch, ", ");
        buf_add(&report->scratch, kind->items[0].details);
    }
    if (shown && kind->count > shown)
        buf_add_text(&report->scratch, " \xE2\x80\xA6");
    return report_keep(report);
}

/* A group tells more of many cases than the first of them do. */
static struct str examples(struct report *report, const struct list_kind *kind)
{
    const struct figure *worst = kind->figure && kind->source->counts == COUNT_REST &&
                                         unit_is_share(kind->figure) && !kind->source->table
                                     ? worst_group(kind->figure)
                                     : NULL;

    if (!worst)
        return named(report, kind);
    return report_fill(report, WORD_LIST_COMMITMENTS_KEY, 3, say_raw(worst->by, report->lang),
                       worst->key, report_share(report, worst->value));
}

struct str list_kind_brief(struct report *report, const struct list_kind *kind)
{
    struct str count = list_kind_text(report, kind);
    struct str some = examples(report, kind);

    buf_add(&report->scratch, count);
    buf_add(&report->scratch, some);
    return report_keep(report);
}

/* --- of a list --- */

struct str four_list_names(struct report *report, const struct four_lists *lists,
                           enum four_list list, enum kind_standing standing)
{
    struct str text = {NULL, 0};
    size_t i;

    for (i = 0; i < lists->count; i++) {
        const struct list_kind *kind = &lists->kinds[i];
        struct str count;

        if (kind->source->list != list || kind->standing != standing)
            continue;
        count = standing == KIND_FOUND ? report_count(report, kind->count) : STR("");
        buf_add(&report->scratch, text);
        buf_add_text(&report->scratch, text.len ? ", " : "");
        buf_add(&report->scratch, report_say(report, kind->source->name));
        buf_add_text(&report->scratch, count.len ? " " : "");
        buf_add(&report->scratch, count);
        text = report_keep(report);
    }
    return text;
}

struct str four_list_text(struct report *report, const struct four_lists *lists,
                          enum four_list list)
{
    static const enum word no_data[FOUR_LISTS] = {
        [LIST_COMMITMENTS] = WORD_LIST_COMMITMENTS_NO_DATA,
        [LIST_RISKS] = WORD_LIST_RISKS_NO_DATA,
        [LIST_SIGNALS] = WORD_LIST_SIGNALS_NO_DATA,
        [LIST_VOICE] = WORD_LIST_VOICE_NO_DATA,
    };
    size_t found = four_lists_standing(lists, list, KIND_FOUND);
    size_t none = four_lists_standing(lists, list, KIND_NONE);
    size_t untold = four_lists_standing(lists, list, KIND_UNTOLD);

    if (found + none == 0)
        return report_say(report, no_data[list]);
    if (found == 0)
        return report_fill(report, WORD_LIST_HEAD_NONE, 3,
                           four_list_names(report, lists, list, KIND_NONE),
                           report_count(report, none + untold), report_count(report, untold));
    return report_fill(report, WORD_LIST_HEAD, 4, report_count(report, found + none + untold),
                       report_count(report, found), report_count(report, none),
                       report_count(report, untold));
}
