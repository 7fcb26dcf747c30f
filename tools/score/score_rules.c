#include "score/score_model.h"

static const char *const part_names[PART_COUNT] = {"section", "letter", "gate", "question"};

const char *rule_part_name(enum rule_part part)
{
    return part_names[part];
}

static bool part_find(struct str name, enum rule_part *ret_part)
{
    int i;

    for (i = 0; i < PART_COUNT; i++) {
        if (str_is(name, part_names[i])) {
            *ret_part = (enum rule_part)i;
            return true;
        }
    }
    return false;
}

/* Reported once for a document, with how it is mended. */
static void refuse(struct xml_fields *fields, const struct xml_node *node, const char *name,
                   const char *why, const char *hint)
{
    bool is_first = fields->status == STATUS_OK;

    xml_field_bad(fields, node, name, why);
    if (is_first)
        diag_hint(fields->diag, "%s", hint);
}

/* A part is compared with a limit, a question with points: one of the two, and not the other. */
static void read_downgrade(struct xml_fields *fields, const struct xml_node *node,
                           struct score_downgrade *downgrade)
{
    const char *wanted;
    const char *other;

    downgrade->id = xml_field_str(fields, node, "id");
    if (!part_find(xml_attr(node, "part"), &downgrade->part))
        xml_field_bad(fields, node, "part", "is no part of a checklist");
    if (!band_find(xml_attr(node, "at-most"), &downgrade->at_most))
        xml_field_bad(fields, node, "at-most", "is no band");
    downgrade->below = xml_field_ratio(fields, node, "below");
    downgrade->points = (int)xml_field_uint(fields, node, "points");
    wanted = downgrade->part == PART_SECTION || downgrade->part == PART_LETTER ? "below"
                                                                              : "points";
    other = downgrade->part == PART_SECTION || downgrade->part == PART_LETTER ? "points"
                                                                             : "below";
    if (!xml_attr(node, wanted).ptr)
        refuse(fields, node, wanted, "is needed for this part",
               "sections and letters have below=\"70\", gates and questions points=\"4\"");
    if (xml_attr(node, other).ptr)
        refuse(fields, node, other, "says nothing about this part", "take it away");
}

void score_rules_read(struct xml_fields *fields, const struct xml_node *node,
                      struct score_rules *rules)
{
    const struct xml_node *element;

    rules->id = xml_field_str(fields, node, "id");
    rules->revision = (unsigned)xml_field_uint(fields, node, "revision");
    rules->title = xml_field_words(fields, node, "title");
    rules->note = xml_field_words(fields, node, "note");
    rules->evaluated = xml_field_ratio(fields, node, "evaluated");
    rules->decimals = (unsigned)xml_field_uint(fields, node, "decimals");
    rules->band_a = xml_field_ratio(fields, node, "band-a");
    rules->band_b = xml_field_ratio(fields, node, "band-b");
    if (fields->status == STATUS_OK && ratio_compare(rules->evaluated, RATIO_ONE) > 0)
        refuse(fields, node, "evaluated", "is more than everything", "write a share, as 2/3");
    if (fields->status == STATUS_OK && ratio_compare(rules->band_a, rules->band_b) <= 0)
        refuse(fields, node, "band-a", "does not begin above band B",
               "band-a=\"90\" band-b=\"80\" gives A from 90 and B from 80 per cent on");
    rules->downgrades = xml_field_array(fields, xml_field_count(node, "downgrade"),
                                        sizeof *rules->downgrades);
    for (element = xml_child(node, "downgrade"); element && rules->downgrades;
         element = xml_next(element, "downgrade"))
        read_downgrade(fields, element, &rules->downgrades[rules->downgrade_count++]);
}

enum status score_rules_load(struct arena *arena, const struct library *library, struct str name,
                             struct str folder, struct diag *diag, struct score_rules **ret_rules)
{
    struct xml_document *document = NULL;
    struct score_rules *rules;
    struct xml_fields fields;
    enum status status;

    status = library_load(library, name, folder, "score-model", diag, &document);
    if (status != STATUS_OK)
        return status; /* reported where it happened */
    fields = (struct xml_fields){document, arena, diag, STATUS_OK};
    rules = xml_field_array(&fields, 1, sizeof *rules);
    if (rules)
        score_rules_read(&fields, xml_root(document), rules);
    if (fields.status == STATUS_OK && score_model_find(rules->id, NULL))
        refuse(&fields, xml_root(document), "id", "is the name of another model",
               "give the rules a name of their own");
    xml_free(document);
    if (fields.status == STATUS_OK)
        *ret_rules = rules;
    return fields.status;
}

void score_rules_write(struct xml_writer *writer, const struct score_rules *rules)
{
    size_t i;

    xml_write_open(writer, "score-model");
    xml_write_attr(writer, "id", rules->id);
    xml_write_attr_uint(writer, "revision", rules->revision);
    xml_write_attr_ratio(writer, "evaluated", rules->evaluated);
    xml_write_attr_uint(writer, "decimals", rules->decimals);
    xml_write_attr_ratio(writer, "band-a", rules->band_a);
    xml_write_attr_ratio(writer, "band-b", rules->band_b);
    xml_write_words(writer, "title", &rules->title);
    xml_write_words(writer, "note", &rules->note);
    for (i = 0; i < rules->downgrade_count; i++) {
        const struct score_downgrade *downgrade = &rules->downgrades[i];

        xml_write_open(writer, "downgrade");
        xml_write_attr(writer, "id", downgrade->id);
        xml_write_attr(writer, "part", str_of(part_names[downgrade->part]));
        if (downgrade->part == PART_SECTION || downgrade->part == PART_LETTER)
            xml_write_attr_ratio(writer, "below", downgrade->below);
        else
            xml_write_attr_int(writer, "points", downgrade->points);
        xml_write_attr(writer, "at-most", str_of(band_name(downgrade->at_most)));
        xml_write_close(writer);
    }
    xml_write_close(writer);
}
