/* A question as an element, read and written: checklists have it, and results keep a copy. */
#include "checklist/checklist.h"

#include "time/instant.h"

/* A number in the unit of the measure, or a length of time in seconds. */
static double get_amount(struct xml_fields *fields, const struct xml_node *node, const char *name)
{
    struct str text = xml_attr(node, name);
    struct span span;
    double value = 0;

    if (str_starts(text, "P") && span_parse(text, &span))
        return (double)span.us / 1e6;
    if (!str_to_double(text, &value))
        xml_field_bad(fields, node, name, "is neither a number nor a length of time");
    return value;
}

static void get_step(struct xml_fields *fields, const struct xml_node *node,
                     struct ladder_step *step)
{
    struct str on = xml_attr(node, "on");

    step->points = (int)xml_field_uint(fields, node, "points");
    step->at = get_amount(fields, node, "at");
    step->on = LADDER_ON_VALUE;
    if (on.ptr && !ladder_on_find(on, &step->on))
        xml_field_bad(fields, node, "on", "is not value, low or high");
}

static void get_ladder(struct xml_fields *fields, const struct xml_node *node,
                       struct ladder *ladder)
{
    const struct xml_node *step;

    ladder->higher_is_better = str_is(xml_attr(node, "direction"), "higher");
    ladder->minus_target = xml_field_bool(fields, node, "minus-target");
    ladder->has_usual_target = xml_attr(node, "usual-target").ptr != NULL;
    if (ladder->has_usual_target)
        ladder->usual_target = get_amount(fields, node, "usual-target");
    if (!ladder_source_find(xml_attr(node, "target-source"), &ladder->source))
        xml_field_bad(fields, node, "target-source", "is not default, policy, contract or law");
    for (step = xml_child(node, "step"); step; step = xml_next(step, "step")) {
        if (ladder->step_count == LADDER_STEPS) {
            xml_field_bad(fields, step, "step", "is there more than four times");
            return;
        }
        get_step(fields, step, &ladder->steps[ladder->step_count++]);
    }
}

static void get_bindings(struct xml_fields *fields, const struct xml_node *node,
                         struct question *question)
{
    const struct xml_node *element;

    question->bindings = xml_field_array(fields, xml_field_count(node, "binding"),
                                         sizeof *question->bindings);
    for (element = xml_child(node, "binding"); element && question->bindings;
         element = xml_next(element, "binding")) {
        struct binding *binding = &question->bindings[question->binding_count++];
        const struct xml_node *ladder = xml_child(element, "ladder");

        binding->measure = xml_field_str(fields, element, "measure");
        binding->variant = xml_field_str(fields, element, "variant");
        binding->cases = xml_field_uint(fields, element, "cases");
        binding->has_ladder = ladder != NULL;
        if (ladder)
            get_ladder(fields, ladder, &binding->ladder);
    }
}

void question_read(struct xml_fields *fields, const struct xml_node *node,
                   struct question *question)
{
    struct str revision = xml_attr(node, "revision");
    const struct xml_node *clause;

    *question = (struct question){0};
    question->id = xml_field_str(fields, node, "id");
    question->revision = revision.ptr ? (unsigned)xml_field_uint(fields, node, "revision") : 1;
    question->section = xml_field_str(fields, node, "section");
    question->clauses = xml_field_array(fields, xml_field_count(node, "clause"),
                                        sizeof *question->clauses);
    for (clause = xml_child(node, "clause"); clause && question->clauses;
         clause = xml_next(clause, "clause"))
        question->clauses[question->clause_count++] = arena_str(fields->arena, xml_text(clause));
    if (!letters_find(xml_attr(node, "letters"), &question->letters))
        xml_field_bad(fields, node, "letters", "is not a set of a, b and c");
    if (!basis_find(xml_attr(node, "basis"), &question->basis))
        xml_field_bad(fields, node, "basis", "is not requirement, policy or good-practice");
    if (!mode_find(xml_attr(node, "mode"), &question->mode))
        xml_field_bad(fields, node, "mode", "is not auto, semi or human");
    question->weight = xml_field_ratio(fields, node, "weight");
    if (ratio_compare(question->weight, RATIO_ZERO) <= 0)
        xml_field_bad(fields, node, "weight", "is not above zero");
    question->is_gate = str_is(xml_attr(node, "gate"), "yes");
    question->since = xml_field_str(fields, node, "since");
    question->text = xml_field_words(fields, node, "text");
    question->evidence = xml_field_words(fields, node, "expected-evidence");
    question->help = xml_field_words(fields, node, "help");
    get_bindings(fields, node, question);
    question->where = xml_where(fields->document, node);
    question->where.source = arena_str(fields->arena, question->where.source);
}

/* Weights are decimals in documents: at most four places, none for a whole number. */
void weight_format(struct ratio weight, struct buf *out)
{
    size_t start = out->len;

    ratio_format_decimal(weight, 1, 4, out);
    while (out->len > start && out->bytes[out->len - 1] == '0')
        out->len--;
    if (out->len > start && out->bytes[out->len - 1] == '.')
        out->len--;
    if (out->bytes)
        out->bytes[out->len] = '\0';
}

static void put_weight(struct xml_writer *writer, struct ratio weight)
{
    struct buf text;

    buf_init(&text, 64);
    weight_format(weight, &text);
    if (text.failed)
        writer->out->failed = true;
    xml_write_attr(writer, "weight", buf_str(&text));
    buf_done(&text);
}

static void put_binding(struct xml_writer *writer, const struct binding *binding)
{
    const struct ladder *ladder = &binding->ladder;
    size_t i;

    xml_write_open(writer, "binding");
    xml_write_attr(writer, "measure", binding->measure);
    xml_write_attr(writer, "variant", binding->variant);
    if (binding->cases)
        xml_write_attr_uint(writer, "cases", binding->cases);
    if (binding->has_ladder) {
        xml_write_open(writer, "ladder");
        xml_write_attr(writer, "direction",
                       ladder->higher_is_better ? STR("higher") : STR("lower"));
        xml_write_attr_bool(writer, "minus-target", ladder->minus_target);
        if (ladder->has_usual_target)
            xml_write_attr_number(writer, "usual-target", ladder->usual_target);
        xml_write_attr(writer, "target-source", str_of(ladder_source_name(ladder->source)));
        for (i = 0; i < ladder->step_count; i++) {
            xml_write_open(writer, "step");
            xml_write_attr_int(writer, "points", ladder->steps[i].points);
            xml_write_attr_number(writer, "at", ladder->steps[i].at);
            if (ladder->steps[i].on != LADDER_ON_VALUE)
                xml_write_attr(writer, "on", str_of(ladder_on_name(ladder->steps[i].on)));
            xml_write_close(writer);
        }
        xml_write_close(writer);
    }
    xml_write_close(writer);
}

void question_write_attributes(struct xml_writer *writer, const struct question *question)
{
    xml_write_attr(writer, "id", question->id);
    xml_write_attr_int(writer, "revision", question->revision);
    xml_write_attr(writer, "section", question->section);
    xml_write_attr(writer, "letters", letters_text(question->letters));
    xml_write_attr(writer, "basis", str_of(basis_name(question->basis)));
    xml_write_attr(writer, "mode", str_of(mode_name(question->mode)));
    put_weight(writer, question->weight);
    if (question->is_gate)
        xml_write_attr(writer, "gate", STR("yes"));
    xml_write_attr(writer, "since", question->since);
}

void question_write_content(struct xml_writer *writer, const struct question *question)
{
    size_t i;

    for (i = 0; i < question->clause_count; i++)
        xml_write_element(writer, "clause", question->clauses[i]);
    xml_write_words(writer, "text", &question->text);
    xml_write_words(writer, "expected-evidence", &question->evidence);
    xml_write_words(writer, "help", &question->help);
    for (i = 0; i < question->binding_count; i++)
        put_binding(writer, &question->bindings[i]);
}

/* --- what an audit changed --- */

bool question_is_left_out(const struct question *question)
{
    return question->tailored && question->tailored->change == TAILORED_LEFT_OUT;
}

struct tailored *tailored_read(struct xml_fields *fields, const struct xml_node *question)
{
    const struct xml_node *node = xml_child(question, "tailored");
    struct tailored *tailored = node ? xml_field_array(fields, 1, sizeof *tailored) : NULL;

    if (!tailored)
        return NULL;
    if (!tailored_find(xml_attr(node, "change"), &tailored->change))
        xml_field_bad(fields, node, "change", "is not left-out or weighed");
    if ((tailored->change == TAILORED_WEIGHED) != (xml_attr(node, "weight").ptr != NULL))
        xml_field_bad(fields, node, "weight", "goes with weighed, and only with it");
    tailored->weight = xml_field_ratio(fields, node, "weight");
    tailored->by = xml_field_str(fields, node, "by");
    tailored->on = xml_field_str(fields, node, "on");
    tailored->reason = xml_field_text(fields, question, "tailored");
    return tailored;
}

void tailored_write(struct xml_writer *writer, const struct tailored *tailored)
{
    if (!tailored)
        return;
    xml_write_open(writer, "tailored");
    xml_write_attr(writer, "change", str_of(tailored_name(tailored->change)));
    if (tailored->change == TAILORED_WEIGHED)
        put_weight(writer, tailored->weight);
    xml_write_attr(writer, "by", tailored->by);
    xml_write_attr(writer, "on", tailored->on);
    xml_write_collapsed(writer, tailored->reason);
    xml_write_close(writer);
}

/* --- sections --- */

void section_read(struct xml_fields *fields, const struct xml_node *node, struct section *section)
{
    section->id = xml_field_str(fields, node, "id");
    section->title = xml_field_words(fields, node, "title");
    section->has_weight = xml_attr(node, "weight").ptr != NULL;
    section->weight = xml_field_ratio(fields, node, "weight");
}

struct ratio section_weight(const struct section *section)
{
    return section->has_weight ? section->weight : RATIO_ONE;
}

void section_write(struct xml_writer *writer, const struct section *section)
{
    xml_write_open(writer, "section");
    xml_write_attr(writer, "id", section->id);
    if (section->has_weight)
        put_weight(writer, section->weight);
    xml_write_words(writer, "title", &section->title);
    xml_write_close(writer);
}
