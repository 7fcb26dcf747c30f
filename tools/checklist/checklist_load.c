#include "checklist/checklist.h"

#include "xml/fields.h"

/*
 * Reading is easy after the schema; what is done here are the rules that the schema cannot say,
 * each with its own diagnostic. All of them are reported before the document is refused.
 */
struct load {
    struct xml_fields fields;
    struct checklist *checklist;
    uint64_t errors;
};

static struct where attribute_where(const struct load *load, const struct xml_node *node,
                                    const char *name)
{
    return xml_where_attr(load->fields.document, node, str_of(name));
}

/* --- languages --- */

/*
 * A report in a language that is not there falls back to English, and that to what there is.
 */
static void check_language(struct load *load, const struct xml_node *node, const char *what,
                           struct words *words)
{
    int i;

    for (i = 0; i < LANG_COUNT; i++) {
        if (words->in[i].ptr)
            continue;
        diag_report(load->fields.diag, RULE_CHECKLIST_LANGUAGE,
                    xml_where(load->fields.document, node), "'%s' of %s %.*s has no text in '%s'",
                    what, xml_name(node), STR_ARG(xml_attr(node, "id")), lang_name((enum lang)i));
        diag_hint(load->fields.diag, "add <%s lang=\"%s\">...</%s>", what, lang_name((enum lang)i),
                  what);
    }
    for (i = 0; i < LANG_COUNT && !words->in[LANG_EN].ptr; i++)
        words->in[LANG_EN] = words->in[i];
}

static bool has_words(const struct words *words)
{
    int i;

    for (i = 0; i < LANG_COUNT; i++)
        if (words->in[i].ptr)
            return true;
    return false;
}

static void check_question_languages(struct load *load, const struct xml_node *node,
                                     struct question *question)
{
    check_language(load, node, "text", &question->text);
    if (has_words(&question->evidence))
        check_language(load, node, "expected-evidence", &question->evidence);
    if (has_words(&question->help))
        check_language(load, node, "help", &question->help);
}

/* --- ladders --- */

/*
 * One step after another: fewer points, and easier to reach. Two steps that look at different
 * numbers of the figure may have the same limit: "the lower bound reaches it" is more than "the
 * value reaches it".
 */
static void check_step(struct load *load, const struct xml_node *node, const struct ladder *ladder,
                       size_t index)
{
    const struct ladder_step *step = &ladder->steps[index];
    const struct ladder_step *before = &ladder->steps[index - 1];
    bool is_same = step->on == before->on && step->at == before->at;
    bool is_harder = ladder->higher_is_better ? step->at > before->at : step->at < before->at;

    if (step->points >= before->points) {
        diag_report(load->fields.diag, RULE_CHECKLIST_LADDER, attribute_where(load, node, "points"),
                    "%d points stand below %d", step->points, before->points);
        diag_hint(load->fields.diag, "order the steps from 10 points down to 4");
        load->errors++;
    } else if (is_same || is_harder) {
        struct str at = xml_attr(node, "at");

        diag_report(load->fields.diag, RULE_CHECKLIST_LADDER, attribute_where(load, node, "at"),
                    "%d points at %.*s are %s to reach than %d points", step->points, STR_ARG(at),
                    is_same ? "no easier" : "harder", before->points);
        diag_hint(load->fields.diag,
                  "where %s is better, each step's limit is %s than the one before",
                  ladder->higher_is_better ? "higher" : "lower",
                  ladder->higher_is_better ? "lower" : "higher");
        load->errors++;
    }
}

static void check_bindings(struct load *load, const struct xml_node *node,
                           const struct question *question)
{
    const struct xml_node *element = xml_child(node, "binding");
    size_t i;
    size_t j;

    for (i = 0; i < question->binding_count; i++, element = xml_next(element, "binding")) {
        const struct binding *binding = &question->bindings[i];
        const struct xml_node *step = xml_child(xml_child(element, "ladder"), "step");

        for (j = 1; j < binding->ladder.step_count; j++) {
            step = xml_next(step, "step");
            check_step(load, step, &binding->ladder, j);
        }
        for (j = 0; j < i && !(str_equal(question->bindings[j].measure, binding->measure) &&
                               str_equal(question->bindings[j].variant, binding->variant));
             j++)
            ;
        if (j < i) {
            diag_report(load->fields.diag, RULE_CHECKLIST_BINDING,
                        attribute_where(load, element, "measure"), "'%.*s' of question %.*s",
                        STR_ARG(binding->measure), STR_ARG(question->id));
            diag_hint(load->fields.diag, "keep one of the two, or give them different variants");
            load->errors++;
        }
    }
}

/* --- questions and sections --- */

static bool has_ladder(const struct question *question)
{
    size_t i;

    for (i = 0; i < question->binding_count; i++)
        if (question->bindings[i].has_ladder)
            return true;
    return false;
}

static void check_question(struct load *load, const struct xml_node *node,
                           struct question *question)
{
    check_question_languages(load, node, question);
    check_bindings(load, node, question);
    if (question->is_gate && question->basis == BASIS_GOOD_PRACTICE) {
        diag_report(load->fields.diag, RULE_CHECKLIST_GATE, attribute_where(load, node, "gate"),
                    "question %.*s rests on good practice", STR_ARG(question->id));
        diag_hint(load->fields.diag,
                  "take gate=\"yes\" away, or name the requirement or policy it rests on");
        load->errors++;
    }
    if (question->mode == MODE_HUMAN && has_ladder(question)) {
        diag_report(load->fields.diag, RULE_CHECKLIST_MODE, attribute_where(load, node, "mode"),
                    "question %.*s has a ladder and is 'human'", STR_ARG(question->id));
        diag_hint(load->fields.diag, "write mode=\"semi\", or take the ladder away");
        load->errors++;
    }
}

static void check_sections(struct load *load)
{
    const struct checklist *checklist = load->checklist;
    const struct xml_node *node = xml_child(xml_root(load->fields.document), "section");
    size_t i;
    size_t j;

    for (i = 0; i < checklist->section_count; i++, node = xml_next(node, "section")) {
        for (j = 0; j < checklist->question_count &&
                    !str_equal(checklist->questions[j].section, checklist->sections[i].id);
             j++)
            ;
        if (j < checklist->question_count)
            continue;
        diag_report(load->fields.diag, RULE_CHECKLIST_SECTION, attribute_where(load, node, "id"),
                    "'%.*s'", STR_ARG(checklist->sections[i].id));
        diag_hint(load->fields.diag,
                  "write section=\"%.*s\" at the questions it is for, or take it away",
                  STR_ARG(checklist->sections[i].id));
    }
}

/* A bare name must be the document's own, or results would cite one that cannot be found again. */
static void check_id(struct load *load, struct str name)
{
    const struct checklist *checklist = load->checklist;

    if (str_equal(name, checklist->id) || library_name_is_path(name))
        return;
    diag_report(load->fields.diag, RULE_DOCUMENT_ID,
                attribute_where(load, xml_root(load->fields.document), "id"),
                "'%.*s' was asked for, its id is '%.*s'", STR_ARG(name), STR_ARG(checklist->id));
    diag_hint(load->fields.diag, "name the file after the id, or give it the id of its name");
    load->errors++;
}

static void read_parts(struct load *load, const struct xml_node *root)
{
    struct checklist *checklist = load->checklist;
    struct xml_fields *fields = &load->fields;
    const struct xml_node *node;

    checklist->sections =
        xml_field_array(fields, xml_field_count(root, "section"), sizeof *checklist->sections);
    for (node = xml_child(root, "section"); node && checklist->sections;
         node = xml_next(node, "section")) {
        struct section *section = &checklist->sections[checklist->section_count++];

        section_read(fields, node, section);
        check_language(load, node, "title", &section->title);
    }
    checklist->questions =
        xml_field_array(fields, xml_field_count(root, "question"), sizeof *checklist->questions);
    for (node = xml_child(root, "question"); node && checklist->questions;
         node = xml_next(node, "question")) {
        struct question *question = &checklist->questions[checklist->question_count++];

        question_read(fields, node, question);
        if (fields->status == STATUS_OK)
            check_question(load, node, question);
    }
}

static enum status read_checklist(struct load *load, struct str name)
{
    const struct xml_node *root = xml_root(load->fields.document);
    struct checklist *checklist = load->checklist;

    checklist->id = xml_field_str(&load->fields, root, "id");
    checklist->revision = (unsigned)xml_field_uint(&load->fields, root, "revision");
    checklist->title = xml_field_words(&load->fields, root, "title");
    checklist->sha256 = xml_identity(load->fields.document)->sha256;
    check_language(load, root, "title", &checklist->title);
    read_parts(load, root);
    checklist->whole_count = checklist->question_count;
    if (load->fields.status != STATUS_OK)
        return load->fields.status;
    check_id(load, name);
    check_sections(load);
    return load->errors ? xml_refuse(load->fields.document, load->fields.diag, load->errors)
                        : STATUS_OK;
}

enum status checklist_load(struct arena *arena, const struct library *library, struct str name,
                           struct str folder, struct diag *diag, struct checklist **ret_checklist)
{
    struct load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct xml_document *document = NULL;
    enum status status;

    status = library_load(library, name, folder, "checklist", diag, &document);
    if (status != STATUS_OK)
        return status;
    load.fields.document = document;
    load.checklist = arena_alloc(arena, 1, sizeof *load.checklist);
    status = load.checklist ? read_checklist(&load, name) : diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_checklist = load.checklist;
    xml_free(document);
    return status;
}
