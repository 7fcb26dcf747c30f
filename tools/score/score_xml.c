#include "score/score_xml.h"

#include <string.h>

#include "score/score_all.h"

enum { SYSTEM_BYTES = 256 };

/* The first has no name as a grade. */
static const char *grade_attribute(int grade)
{
    return grade == GRADE_NONE ? "ungraded" : grade_name((enum grade)grade);
}

static void write_grades(struct xml_writer *writer, const struct model_score *score)
{
    int i;

    for (i = 0; i < GRADE_COUNT; i++)
        if (score->grades[i])
            xml_write_attr_uint(writer, grade_attribute(i), score->grades[i]);
}

static void write_one(struct xml_writer *writer, const struct result *result, enum index_kind kind,
                      const struct score_model *model)
{
    const struct model_score *score = result_score(result, kind, model);
    struct buf system;

    if (!score)
        return;
    xml_write_open(writer, "score");
    xml_write_attr(writer, "index", str_of(index_name(kind)));
    xml_write_attr(writer, "model", score_model_name(model, result));
    buf_init(&system, SYSTEM_BYTES);
    score_model_system(model, result->rules, &system);
    xml_write_attr(writer, "system", buf_str(&system));
    writer->out->failed |= system.failed;
    buf_done(&system);
    if (score->maximum.num > 0)
        xml_write_attr_ratio(writer, "maximum", score->maximum);
    if (score->has_score)
        xml_write_attr_ratio(writer, "value", score->score);
    xml_write_attr_bool(writer, "rounded", score->is_rounded);
    xml_write_attr_uint(writer, "counted", score->counted);
    xml_write_attr_uint(writer, "passed", score->passed);
    if (score->band != BAND_NONE)
        xml_write_attr(writer, "band", str_of(band_name(score->band)));
    xml_write_attr(writer, "cause", score->cause);
    write_grades(writer, score);
    xml_write_close(writer);
}

void score_write(struct xml_writer *writer, const struct result *result)
{
    int kind;
    size_t i;

    for (kind = 0; kind < INDEX_COUNT; kind++)
        for (i = 0; score_models[i]; i++)
            write_one(writer, result, (enum index_kind)kind, score_models[i]);
}

static void read_one(struct xml_fields *fields, const struct xml_node *node, struct result *result)
{
    const struct score_model *model = score_model_find(xml_attr(node, "model"), result->rules);
    struct model_score *score;
    enum index_kind kind;
    int i;

    if (!index_find(xml_attr(node, "index"), &kind)) {
        xml_field_bad(fields, node, "index", "is no index");
        return;
    }
    if (!model) {
        xml_field_bad(fields, node, "model", "is no model");
        return;
    }
    score = &result->index[kind].scores[score_model_number(model)];
    score->is_there = true;
    score->has_score = xml_attr(node, "value").ptr != NULL;
    score->score = xml_field_ratio(fields, node, "value");
    score->maximum = xml_field_ratio(fields, node, "maximum");
    score->is_rounded = xml_field_bool(fields, node, "rounded");
    score->counted = (unsigned)xml_field_uint(fields, node, "counted");
    score->passed = (unsigned)xml_field_uint(fields, node, "passed");
    if (xml_attr(node, "band").ptr && !band_find(xml_attr(node, "band"), &score->band))
        xml_field_bad(fields, node, "band", "is no band");
    score->cause = xml_field_str(fields, node, "cause");
    for (i = 0; i < GRADE_COUNT; i++)
        score->grades[i] = (unsigned)xml_field_uint(fields, node, grade_attribute(i));
}

void score_read(struct xml_fields *fields, const struct xml_node *root, struct result *result)
{
    const struct xml_node *node;
    int kind;

    for (kind = 0; kind < INDEX_COUNT; kind++) {
        result->index[kind].scores =
            xml_field_array(fields, score_model_count(), sizeof *result->index[kind].scores);
        if (!result->index[kind].scores)
            return;
    }
    for (node = xml_child(root, "score"); node; node = xml_next(node, "score"))
        read_one(fields, node, result);
    if (!score_model_find(result->model, result->rules))
        xml_field_bad(fields, root, "model", "is no model");
}

static bool ratio_equal(struct ratio a, struct ratio b)
{
    return a.num == b.num && a.den == b.den;
}

bool score_equal(const struct model_score *a, const struct model_score *b)
{
    return a->is_there == b->is_there && a->has_score == b->has_score &&
           (!a->is_there || (ratio_equal(a->maximum, b->maximum) &&
                             (!a->has_score || ratio_equal(a->score, b->score)))) &&
           a->is_rounded == b->is_rounded && a->counted == b->counted && a->passed == b->passed &&
           memcmp(a->grades, b->grades, sizeof a->grades) == 0 && a->band == b->band &&
           str_equal(a->cause, b->cause);
}
