#include "evidence/ledger_chart.h"

#include <math.h>
#include <stdio.h>

void chart_write_attrs(struct xml_writer *writer, const struct figure *figure)
{
    xml_write_attr(writer, "standing", figure->standing);
    xml_write_attr_bool(writer, "partial", figure->is_partial);
    xml_write_attr(writer, "trust", figure->trust);
    xml_write_attr_number(writer, "centre", figure->centre);
    xml_write_attr_number(writer, "lower", figure->lower);
    xml_write_attr_number(writer, "upper", figure->upper);
    xml_write_attr(writer, "signal", figure->signal);
}

static void put_chart(struct xml_writer *writer, const struct figure_chart *chart)
{
    if (!chart->kind.ptr && !chart->refusal.ptr)
        return;
    xml_write_open(writer, "chart");
    xml_write_attr(writer, "kind", chart->kind);
    xml_write_attr(writer, "refusal", chart->refusal);
    xml_write_attr_number(writer, "centre", chart->centre);
    xml_write_attr_number(writer, "spread", chart->spread);
    xml_write_attr(writer, "from", chart->from);
    xml_write_attr(writer, "until", chart->until);
    xml_write_attr_bool(writer, "frozen", chart->is_frozen);
    xml_write_attr_bool(writer, "provisional", chart->is_provisional);
    xml_write_attr_uint(writer, "signals", chart->signals);
    xml_write_attr_uint(writer, "unanswered", chart->unanswered);
    xml_write_close(writer);
}

static void put_trend(struct xml_writer *writer, const struct figure_trend *trend)
{
    char s[24];

    if (trend->n == 0)
        return;
    xml_write_open(writer, "trend");
    xml_write_attr_uint(writer, "n", trend->n);
    snprintf(s, sizeof s, "%lld", (long long)trend->s);
    xml_write_attr(writer, "s", str_of(s));
    xml_write_attr_number(writer, "z", trend->z);
    xml_write_attr_number(writer, "p", trend->p);
    xml_write_attr_number(writer, "slope", trend->slope);
    xml_write_close(writer);
}

void chart_write_elements(struct xml_writer *writer, const struct figure *figure)
{
    size_t i;

    xml_write_element(writer, "reaction", figure->reaction);
    put_chart(writer, &figure->chart);
    put_trend(writer, &figure->trend);
    for (i = 0; i < figure->bin_count; i++) {
        xml_write_open(writer, "bin");
        xml_write_attr_number(writer, "from", figure->bins[i].from);
        xml_write_attr_number(writer, "until", figure->bins[i].until);
        xml_write_attr_uint(writer, "n", figure->bins[i].n);
        xml_write_close(writer);
    }
}

static void get_chart(struct xml_fields *fields, const struct xml_node *node,
                      struct figure_chart *chart)
{
    chart->centre = chart->spread = NAN;
    if (!node)
        return;
    chart->kind = xml_field_str(fields, node, "kind");
    chart->refusal = xml_field_str(fields, node, "refusal");
    chart->centre = xml_field_double(fields, node, "centre");
    chart->spread = xml_field_double(fields, node, "spread");
    chart->from = xml_field_str(fields, node, "from");
    chart->until = xml_field_str(fields, node, "until");
    chart->is_frozen = xml_field_bool(fields, node, "frozen");
    chart->is_provisional = xml_field_bool(fields, node, "provisional");
    chart->signals = xml_field_uint(fields, node, "signals");
    chart->unanswered = xml_field_uint(fields, node, "unanswered");
    if (chart->unanswered > chart->signals)
        xml_field_bad(fields, node, "unanswered", "is more than there are signals");
}

static void get_trend(struct xml_fields *fields, const struct xml_node *node,
                      struct figure_trend *trend)
{
    trend->z = trend->p = trend->slope = NAN;
    if (!node)
        return;
    trend->n = xml_field_uint(fields, node, "n");
    if (!str_to_int64(xml_attr(node, "s"), &trend->s))
        xml_field_bad(fields, node, "s", "is no whole number");
    trend->z = xml_field_double(fields, node, "z");
    trend->p = xml_field_double(fields, node, "p");
    trend->slope = xml_field_double(fields, node, "slope");
}

static void get_bins(struct xml_fields *fields, const struct xml_node *figure_node,
                     struct figure *figure)
{
    const struct xml_node *node;
    double until = 0;
    uint64_t n = 0;

    figure->bins =
        xml_field_array(fields, xml_field_count(figure_node, "bin"), sizeof *figure->bins);
    for (node = xml_child(figure_node, "bin"); node && figure->bins; node = xml_next(node, "bin")) {
        struct figure_bin *bin = &figure->bins[figure->bin_count++];

        bin->from = xml_field_double(fields, node, "from");
        bin->until = xml_field_double(fields, node, "until");
        bin->n = xml_field_uint(fields, node, "n");
        if (bin->n > figure->n - n) {
            xml_field_bad(fields, node, "n", "is more than the cases of the figure");
            return;
        }
        if (bin->from != until) {
            xml_field_bad(fields, node, "from", "is not where the bin before ends");
            return;
        }
        n += bin->n;
        until = bin->until;
    }
    if (figure->bin_count && n != figure->n)
        xml_field_bad(fields, figure_node, "n", "is not the sum of its bins");
}

void chart_read(struct xml_fields *fields, const struct xml_node *node, struct figure *figure)
{
    figure->standing = xml_field_str(fields, node, "standing");
    figure->is_partial = xml_field_bool(fields, node, "partial");
    figure->trust = xml_field_str(fields, node, "trust");
    figure->centre = xml_field_double(fields, node, "centre");
    figure->lower = xml_field_double(fields, node, "lower");
    figure->upper = xml_field_double(fields, node, "upper");
    figure->signal = xml_field_str(fields, node, "signal");
    figure->reaction = xml_field_text(fields, node, "reaction");
    get_chart(fields, xml_child(node, "chart"), &figure->chart);
    get_trend(fields, xml_child(node, "trend"), &figure->trend);
    get_bins(fields, node, figure);
}
