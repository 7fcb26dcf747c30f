#include "base/mem.h"
#include "report/action_text.h"

/* Lists to choose from, one row each: values in order, missing behind the last. */
struct choice_kind {
    const char *id;
    bool is_number;
    struct str (*value)(size_t number, enum lang lang);
};

static struct str status_value(size_t number, enum lang lang)
{
    return number < ANSWER_STATUS_COUNT ? say_status((enum answer_status)number, lang)
                                        : (struct str){NULL, 0};
}

static struct str points_value(size_t number, enum lang lang)
{
    static const char *const points[] = {"0", "4", "6", "8", "10"};

    (void)lang;
    return number < ARRAY_LEN(points) ? str_of(points[number]) : (struct str){NULL, 0};
}

/* Without the first, which is no grade. */
static struct str grade_value(size_t number, enum lang lang)
{
    return number + 1 < GRADE_COUNT ? say_grade((enum grade)(number + 1), lang)
                                    : (struct str){NULL, 0};
}

static struct str yes_no_value(size_t number, enum lang lang)
{
    return number < 2 ? say(number == 0 ? WORD_YES : WORD_NO, lang) : (struct str){NULL, 0};
}

static struct str action_status_value(size_t number, enum lang lang)
{
    return number < ACTION_STATUS_COUNT ? say_action_status((enum action_status)number, lang)
                                        : (struct str){NULL, 0};
}

/* Words that documents have as they are; the last is NULL. */
static struct str raw_value(const char *const *raw, size_t number, enum lang lang)
{
    size_t i;

    for (i = 0; i < number && raw[i]; i++)
        continue;
    return raw[i] ? say_raw(str_of(raw[i]), lang) : (struct str){NULL, 0};
}

static struct str cause_method_value(size_t number, enum lang lang)
{
    static const char *const methods[] = {"five-whys",       "fishbone",      "fault-tree",
                                          "change-analysis", "data-analysis", "other",
                                          NULL};

    return raw_value(methods, number, lang);
}

static struct str check_result_value(size_t number, enum lang lang)
{
    static const char *const results[] = {"effective", "not-effective", NULL};

    return raw_value(results, number, lang);
}

static const struct choice_kind kinds[CHOICE_COUNT] = {
    [CHOICE_STATUS] = {"status", false, status_value},
    [CHOICE_POINTS] = {"points", true, points_value},
    [CHOICE_GRADE] = {"grade", false, grade_value},
    [CHOICE_YES_NO] = {"yes_no", false, yes_no_value},
    [CHOICE_ACTION_STATUS] = {"action_status", false, action_status_value},
    [CHOICE_CAUSE_METHOD] = {"cause_method", false, cause_method_value},
    [CHOICE_CHECK_RESULT] = {"check_result", false, check_result_value},
};

static struct choice *make(struct report *report, const struct choice_kind *kind)
{
    struct choice *choice = arena_alloc(report->arena, 1, sizeof *choice);
    struct str *values;
    size_t count = 0;
    size_t i;

    while (kind->value(count, report->lang).ptr)
        count++;
    values = arena_alloc(report->arena, count, sizeof *values);
    if (!choice || !values) {
        report->book->failed = true;
        return NULL;
    }
    for (i = 0; i < count; i++)
        values[i] = kind->value(i, report->lang);
    *choice = (struct choice){str_of(kind->id), values, count, kind->is_number};
    return choice;
}

const struct choice *report_choice(struct report *report, enum choice_id id)
{
    if (!report->choices[id])
        report->choices[id] = make(report, &kinds[id]);
    return report->choices[id];
}
