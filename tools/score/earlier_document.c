/* The earlier result inside a result, read and written. */
#include "score/earlier.h"
#include "score/used_checklists.h"

static void get_band(struct xml_fields *fields, const struct xml_node *node, const char *name,
                     enum band *ret_band)
{
    if (!band_find(xml_attr(node, name), ret_band))
        xml_field_bad(fields, node, name, "is no band");
}

/* --- answers --- */

static void get_answer(struct xml_fields *fields, const struct xml_node *node,
                       struct earlier_answer *answer)
{
    struct str grade = xml_attr(node, "grade");

    answer->revision = (unsigned)xml_field_uint(fields, node, "revision");
    answer->points = -1;
    answer->nonconformity = xml_field_str(fields, node, "nonconformity");
    answer->finding = xml_field_text(fields, node, "finding");
    if (answer->revision == 0)
        return;
    if (!answer_status_find(xml_attr(node, "status"), &answer->status))
        xml_field_bad(fields, node, "status", "is no status of an answer");
    if (xml_attr(node, "points").ptr)
        answer->points = (int)xml_field_uint(fields, node, "points");
    if ((answer->points >= 0) != (answer->status == ANSWER_SCORED))
        xml_field_bad(fields, node, "points", "goes with status scored, and only with it");
    if (grade.ptr && !grade_find(grade, &answer->grade))
        xml_field_bad(fields, node, "grade", "is no grade");
}

static void put_answer(struct xml_writer *writer, const struct earlier_answer *answer)
{
    if (answer->revision == 0)
        return;
    xml_write_attr_uint(writer, "revision", answer->revision);
    xml_write_attr(writer, "status", str_of(answer_status_name(answer->status)));
    if (answer->points >= 0)
        xml_write_attr_int(writer, "points", answer->points);
    if (answer->grade != GRADE_NONE)
        xml_write_attr(writer, "grade", str_of(grade_name(answer->grade)));
    xml_write_attr(writer, "nonconformity", answer->nonconformity);
}

struct earlier_answer *earlier_answer_read(struct xml_fields *fields,
                                           const struct xml_node *question)
{
    const struct xml_node *node = xml_child(question, "earlier");
    struct earlier_answer *answer;

    if (!node)
        return NULL;
    answer = xml_field_array(fields, 1, sizeof *answer);
    if (!answer)
        return NULL;
    if (!change_find(xml_attr(node, "change"), &answer->change))
        xml_field_bad(fields, node, "change", "is no change");
    get_answer(fields, node, answer);
    return answer;
}

void earlier_answer_write(struct xml_writer *writer, const struct earlier_answer *answer)
{
    if (!answer)
        return;
    xml_write_open(writer, "earlier");
    xml_write_attr(writer, "change", str_of(change_name(answer->change)));
    put_answer(writer, answer);
    xml_write_element(writer, "finding", answer->finding);
    xml_write_close(writer);
}

/* --- the result --- */

static void get_index(struct xml_fields *fields, const struct xml_node *node,
                      struct earlier_result *earlier)
{
    struct earlier_index *index;
    enum index_kind kind = INDEX_CONFORMITY;

    if (!index_find(xml_attr(node, "kind"), &kind))
        xml_field_bad(fields, node, "kind", "is no index");
    index = &earlier->index[kind];
    get_band(fields, node, "band", &index->unrestricted);
    get_band(fields, node, "restricted", &index->restricted);
    index->is_incomplete = xml_field_bool(fields, node, "incomplete");
    index->cause = xml_field_str(fields, node, "cause");
    index->has_score = xml_attr(node, "score").ptr != NULL;
    index->score = xml_field_ratio(fields, node, "score");
    index->has_coverage = xml_attr(node, "coverage").ptr != NULL;
    index->coverage = xml_field_ratio(fields, node, "coverage");
    index->low = xml_field_ratio(fields, node, "low");
    index->high = xml_field_ratio(fields, node, "high");
}

struct earlier_result *earlier_result_read(struct xml_fields *fields, const struct xml_node *root)
{
    const struct xml_node *node = xml_child(root, "earlier");
    struct earlier_result *earlier = node ? xml_field_array(fields, 1, sizeof *earlier) : NULL;
    const struct xml_node *element;

    if (!earlier)
        return NULL;
    earlier->sha256 = xml_field_sha256(fields, node, "sha256");
    earlier->tool_version = xml_field_str(fields, node, "tool");
    earlier->model = xml_field_str(fields, node, "model");
    earlier->audit = xml_field_str(fields, node, "audit");
    earlier->as_of = instant_attr(fields, node, "as-of");
    earlier->checklists = used_checklists_read(fields, node, &earlier->checklist_count);
    for (element = xml_child(node, "index"); element; element = xml_next(element, "index"))
        get_index(fields, element, earlier);
    earlier->dropped = xml_field_array(fields, xml_field_count(node, "dropped"),
                                       sizeof *earlier->dropped);
    for (element = xml_child(node, "dropped"); element && earlier->dropped;
         element = xml_next(element, "dropped")) {
        struct dropped_question *dropped = &earlier->dropped[earlier->dropped_count++];

        dropped->id = xml_field_str(fields, element, "id");
        dropped->text = xml_field_words(fields, element, "text");
        get_answer(fields, element, &dropped->answer);
    }
    earlier->actions = xml_field_array(fields, xml_field_count(node, "action"),
                                       sizeof *earlier->actions);
    for (element = xml_child(node, "action"); element && earlier->actions;
         element = xml_next(element, "action"))
        action_read(fields, element, &earlier->actions[earlier->action_count++]);
    return earlier;
}

static void put_index(struct xml_writer *writer, const struct earlier_index *index,
                      enum index_kind kind)
{
    xml_write_open(writer, "index");
    xml_write_attr(writer, "kind", str_of(index_name(kind)));
    xml_write_attr(writer, "band", str_of(band_name(index->unrestricted)));
    xml_write_attr(writer, "restricted", str_of(band_name(index->restricted)));
    xml_write_attr(writer, "incomplete", index->is_incomplete ? STR("true") : STR("false"));
    xml_write_attr(writer, "cause", index->cause);
    if (index->has_score)
        xml_write_attr_ratio(writer, "score", index->score);
    if (index->has_coverage) {
        xml_write_attr_ratio(writer, "coverage", index->coverage);
        xml_write_attr_ratio(writer, "low", index->low);
        xml_write_attr_ratio(writer, "high", index->high);
    }
    xml_write_close(writer);
}

void earlier_result_write(struct xml_writer *writer, const struct earlier_result *earlier)
{
    size_t i;

    if (!earlier)
        return;
    xml_write_open(writer, "earlier");
    xml_write_attr_sha256(writer, "sha256", &earlier->sha256);
    xml_write_attr(writer, "tool", earlier->tool_version);
    xml_write_attr(writer, "model", earlier->model);
    xml_write_attr(writer, "audit", earlier->audit);
    instant_write_attr(writer, "as-of", earlier->as_of);
    used_checklists_write(writer, earlier->checklists, earlier->checklist_count);
    for (i = 0; i < INDEX_COUNT; i++)
        put_index(writer, &earlier->index[i], (enum index_kind)i);
    for (i = 0; i < earlier->dropped_count; i++) {
        xml_write_open(writer, "dropped");
        xml_write_attr(writer, "id", earlier->dropped[i].id);
        put_answer(writer, &earlier->dropped[i].answer);
        xml_write_words(writer, "text", &earlier->dropped[i].text);
        xml_write_element(writer, "finding", earlier->dropped[i].answer.finding);
        xml_write_close(writer);
    }
    for (i = 0; i < earlier->action_count; i++)
        action_write(writer, &earlier->actions[i]);
    xml_write_close(writer);
}
