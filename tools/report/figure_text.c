#include <math.h>

#include "measure/measure.h"
#include "page/number.h"
#include "report/report_parts.h"

void figure_add_title(struct buf *out, struct str title)
{
    size_t start = out->len;

    buf_add(out, title);
    if (out->len > start && out->bytes[start] >= 'a' && out->bytes[start] <= 'z')
        out->bytes[start] = (char)(out->bytes[start] - 'a' + 'A');
}

struct str figure_name(struct report *report, const struct figure *figure)
{
    const struct measure *measure = measure_find(figure->measure);

    figure_add_title(&report->scratch, measure ? words_in(&measure->title, report->lang) : figure->name);
    return report_keep(report);
}

struct str figure_title(struct report *report, const struct figure *figure)
{
    struct str name = figure_name(report, figure);

    buf_add(&report->scratch, name);
    if (figure->variant.len) {
        buf_add_text(&report->scratch, " (");
        buf_add(&report->scratch, say_raw(figure->variant, report->lang));
        buf_add_char(&report->scratch, ')');
    }
    return report_keep(report);
}

const struct figure *figure_by_id(const struct report *report, struct str id)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; i < evidence->figure_count; i++)
        if (id.ptr && str_equal(evidence->figures[i].id, id))
            return &evidence->figures[i];
    return NULL;
}

bool figure_is_evidence(const struct figure *figure, const struct assessment *assessment)
{
    size_t i;

    if (!figure->id.ptr)
        return false;
    for (i = 0; i < assessment->evidence_count; i++)
        if (str_equal(assessment->evidence[i], figure->id))
            return true;
    return assessment->why_facts.figure.ptr && str_equal(assessment->why_facts.figure, figure->id);
}

struct str figure_questions(struct report *report, const struct figure *figure,
                            struct str *ret_first)
{
    const struct result *result = report->result;
    struct buf *out = &report->scratch;
    size_t i;

    *ret_first = (struct str){NULL, 0};
    for (i = 0; result && i < result->question_count; i++) {
        const struct result_question *item = &result->questions[i];

        if (!figure_is_evidence(figure, &item->assessment))
            continue;
        if (!ret_first->ptr)
            *ret_first = item->question.id;
        buf_add_text(out, out->len ? ", " : "");
        buf_add(out, item->question.id);
    }
    return out->len ? report_keep(report) : (struct str){NULL, 0};
}

struct str reasons_text(struct report *report, const struct figure *figure)
{
    struct buf *out = &report->scratch;
    size_t i;

    for (i = 0; i < figure->excluded_count; i++) {
        if (figure->excluded[i].n == 0)
            continue;
        buf_add_text(out, out->len ? "; " : "");
        buf_add(out, say_raw(figure->excluded[i].reason, report->lang));
        buf_add_text(out, ": ");
        number_add(out, (double)figure->excluded[i].n, 0, report->lang);
    }
    return out->len ? report_keep(report) : (struct str){NULL, 0};
}

struct str differences_anchor(struct report *report, const struct figure *figure)
{
    buf_add(&report->scratch, figure->id);
    buf_add_text(&report->scratch, "/differences");
    return report_keep(report);
}

bool quantile_stands(const struct figure *figure, int quantile)
{
    return quantile < QUANTILE_P90 ||
           !str_is(standing_of_quantile(figure->n, quantile), "insufficient");
}

bool unit_is_duration(const struct figure *figure)
{
    return str_is(figure->unit, "s");
}

bool unit_is_share(const struct figure *figure)
{
    return str_is(figure->unit, "1");
}
