#include "evidence/ledger_rules.h"

/* --- writing --- */

static void write_capture(struct xml_writer *writer, const struct accounting_capture *capture)
{
    xml_write_open(writer, "capture");
    xml_write_attr(writer, "column", capture->column);
    if (capture->kind == CAPTURE_KEPT_OUT)
        xml_write_attr_uint(writer, "length", capture->length);
    else
        xml_write_attr(writer, "value", capture->value);
    xml_write_attr_bool(writer, "person", capture->kind == CAPTURE_PERSON);
    xml_write_close(writer);
}

static void write_hit(struct xml_writer *writer, const struct accounting_hit *hit)
{
    size_t i;

    xml_write_open(writer, "hit");
    xml_write_attr_uint(writer, "line", hit->line);
    xml_write_attr_uint(writer, "offset", hit->offset);
    for (i = 0; i < hit->capture_count; i++)
        write_capture(writer, &hit->captures[i]);
    xml_write_close(writer);
}

static void write_rule(struct xml_writer *writer, const struct accounting_rule *rule)
{
    size_t i;

    xml_write_open(writer, "rule");
    xml_write_attr(writer, "name", rule->name);
    xml_write_attr_uint(writer, "n", rule->n);
    xml_write_attr_bool(writer, "left-out", !rule->is_used);
    xml_write_attr_bool(writer, "unfiltered", !rule->is_filtered);
    if (rule->limits)
        xml_write_attr_uint(writer, "limits", rule->limits);
    xml_write_attr_bool(writer, "stopped", rule->has_stopped);
    if (rule->n) {
        xml_write_attr_uint(writer, "first-line", rule->first.line);
        xml_write_attr_uint(writer, "first-offset", rule->first.offset);
        xml_write_attr_uint(writer, "last-line", rule->last.line);
        xml_write_attr_uint(writer, "last-offset", rule->last.offset);
    }
    for (i = 0; i < rule->hit_count; i++)
        write_hit(writer, &rule->hits[i]);
    xml_write_close(writer);
}

void rules_write(struct xml_writer *writer, const struct accounting *source)
{
    size_t i;

    for (i = 0; i < source->rule_count; i++)
        write_rule(writer, &source->rules[i]);
}

/* --- reading --- */

static void read_capture(struct xml_fields *fields, const struct xml_node *node,
                         struct accounting_capture *capture)
{
    capture->column = xml_field_str(fields, node, "column");
    capture->value = xml_field_str(fields, node, "value");
    capture->length = xml_field_uint(fields, node, "length");
    capture->kind = xml_field_bool(fields, node, "person") ? CAPTURE_PERSON
                    : capture->value.ptr                   ? CAPTURE_SHOWN
                                                           : CAPTURE_KEPT_OUT;
}

static void read_hit(struct xml_fields *fields, const struct xml_node *node,
                     struct accounting_hit *hit)
{
    const struct xml_node *capture = xml_child(node, "capture");

    hit->line = xml_field_uint(fields, node, "line");
    hit->offset = xml_field_uint(fields, node, "offset");
    hit->captures =
        xml_field_array(fields, xml_field_count(node, "capture"), sizeof *hit->captures);
    for (; capture && hit->captures; capture = xml_next(capture, "capture"))
        read_capture(fields, capture, &hit->captures[hit->capture_count++]);
}

static void read_rule(struct xml_fields *fields, const struct xml_node *node,
                      struct accounting_rule *rule)
{
    const struct xml_node *hit = xml_child(node, "hit");

    rule->name = xml_field_str(fields, node, "name");
    rule->n = xml_field_uint(fields, node, "n");
    rule->is_used = !xml_field_bool(fields, node, "left-out");
    rule->is_filtered = !xml_field_bool(fields, node, "unfiltered");
    rule->limits = xml_field_uint(fields, node, "limits");
    rule->has_stopped = xml_field_bool(fields, node, "stopped");
    rule->first.line = xml_field_uint(fields, node, "first-line");
    rule->first.offset = xml_field_uint(fields, node, "first-offset");
    rule->last.line = xml_field_uint(fields, node, "last-line");
    rule->last.offset = xml_field_uint(fields, node, "last-offset");
    for (; hit && rule->hit_count < ACCOUNTING_HITS; hit = xml_next(hit, "hit"))
        read_hit(fields, hit, &rule->hits[rule->hit_count++]);
}

void rules_read(struct xml_fields *fields, const struct xml_node *source,
                struct accounting *ret_source)
{
    const struct xml_node *rule = xml_child(source, "rule");

    ret_source->rules =
        xml_field_array(fields, xml_field_count(source, "rule"), sizeof *ret_source->rules);
    for (; rule && ret_source->rules; rule = xml_next(rule, "rule"))
        read_rule(fields, rule, &ret_source->rules[ret_source->rule_count++]);
}

/* --- JSON --- */

static void put_place(struct tree *tree, const char *key, const struct accounting_place *place)
{
    tree_key(tree, key);
    tree_open(tree, '{');
    tree_uint(tree, "line", place->line);
    tree_uint(tree, "offset", place->offset);
    tree_close(tree, '}');
}

static void put_hit(struct tree *tree, const struct accounting_hit *hit)
{
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_uint(tree, "line", hit->line);
    tree_uint(tree, "offset", hit->offset);
    tree_key(tree, "captures");
    tree_open(tree, '[');
    for (i = 0; i < hit->capture_count; i++) {
        const struct accounting_capture *capture = &hit->captures[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "column", capture->column);
        tree_str(tree, "value", capture->value);
        if (capture->kind == CAPTURE_KEPT_OUT)
            tree_uint(tree, "length", capture->length);
        if (capture->kind == CAPTURE_PERSON)
            tree_bool(tree, "person", true);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
    tree_close(tree, '}');
}

static void put_rule(struct tree *tree, const struct accounting_rule *rule)
{
    size_t i;

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "rule", rule->name);
    tree_uint(tree, "n", rule->n);
    tree_bool(tree, "used", rule->is_used);
    tree_bool(tree, "filtered", rule->is_filtered);
    tree_uint(tree, "limits", rule->limits);
    tree_bool(tree, "stopped", rule->has_stopped);
    if (rule->n) {
        put_place(tree, "first", &rule->first);
        put_place(tree, "last", &rule->last);
    }
    tree_key(tree, "hits");
    tree_open(tree, '[');
    for (i = 0; i < rule->hit_count; i++)
        put_hit(tree, &rule->hits[i]);
    tree_close(tree, ']');
    tree_close(tree, '}');
}

void rules_json(struct tree *tree, const struct accounting *source)
{
    size_t i;

    if (source->rule_count == 0)
        return;
    tree_key(tree, "rules");
    tree_open(tree, '[');
    for (i = 0; i < source->rule_count; i++)
        put_rule(tree, &source->rules[i]);
    tree_close(tree, ']');
}
