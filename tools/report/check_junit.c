/*
 * What was found, as test results: one test a document.
 *
 * Source: as form_junit.c. A document with errors is a failure, one that could not be checked an
 * error, one of others in a folder skipped. Warnings and notes pass, and stand in system-out.
 */
#include "report/check_forms.h"
#include "xml/fields.h"

static void add_lines(const struct check_input *input, const struct lint_document *document,
                      struct buf *out)
{
    size_t i;

    for (i = 0; i < document->diag.count; i++)
        if (document->diag.list[i].severity >= input->lowest)
            diag_format(&document->diag.list[i], out);
}

/* The first that is an error, as the message of the whole. */
static struct str first_error(const struct lint_document *document)
{
    size_t i;

    for (i = 0; i < document->diag.count; i++)
        if (document->diag.list[i].severity >= SEVERITY_ERROR)
            return document->diag.list[i].text;
    return STR("-");
}

static void put_trouble(struct xml_writer *writer, const char *element,
                        const struct check_input *input, const struct lint_document *document)
{
    struct buf lines;

    buf_init(&lines, SIZE_MAX / 2);
    add_lines(input, document, &lines);
    xml_write_open(writer, element);
    xml_write_attr(writer, "type", str_of(lint_outcome_name(document->outcome)));
    xml_write_attr(writer, "message", first_error(document));
    xml_write_text(writer, buf_str(&lines));
    xml_write_close(writer);
    writer->out->failed |= lines.failed;
    buf_done(&lines);
}

static void put_test(struct xml_writer *writer, const struct check_input *input,
                     const struct lint_document *document)
{
    xml_write_open(writer, "testcase");
    xml_write_attr(writer, "name", document->name);
    xml_write_attr(writer, "classname", str_of(document->kind ? document->kind : "document"));
    xml_write_attr(writer, "time", STR("0"));
    switch (document->outcome) {
    case LINT_INVALID:
        put_trouble(writer, "failure", input, document);
        break;
    case LINT_NOT_CHECKED:
        put_trouble(writer, "error", input, document);
        break;
    case LINT_NOT_OURS:
        xml_write_open(writer, "skipped");
        xml_write_attr(writer, "message", STR("not a document of ours"));
        xml_write_close(writer);
        break;
    default:
        break;
    }
    xml_write_close(writer);
}

static void put_property(struct xml_writer *writer, const char *name, struct str value)
{
    xml_write_open(writer, "property");
    xml_write_attr(writer, "name", str_of(name));
    xml_write_attr(writer, "value", value);
    xml_write_close(writer);
}

static void put_properties(struct xml_writer *writer, const struct check_input *input)
{
    struct buf totals;

    buf_init(&totals, SIZE_MAX / 2);
    check_totals(input->set, &totals);
    xml_write_open(writer, "properties");
    put_property(writer, "tool", str_of(input->tool));
    put_property(writer, "totals", buf_str(&totals));
    xml_write_close(writer);
    writer->out->failed |= totals.failed;
    buf_done(&totals);
}

/* What passes all the same must not be lost. */
static void put_remarks(struct xml_writer *writer, const struct check_input *input)
{
    struct buf lines;
    size_t i;

    buf_init(&lines, SIZE_MAX / 2);
    for (i = 0; i < input->set->count; i++)
        if (input->set->documents[i]->outcome == LINT_VALID)
            add_lines(input, input->set->documents[i], &lines);
    xml_write_open(writer, "system-out");
    xml_write_text(writer, buf_str(&lines));
    xml_write_close(writer);
    xml_write_open(writer, "system-err");
    xml_write_close(writer);
    writer->out->failed |= lines.failed;
    buf_done(&lines);
}

enum status check_junit(const struct check_input *input, struct buf *out, struct diag *diag)
{
    const struct lint_set *set = input->set;
    struct xml_writer writer;
    size_t i;

    xml_write_begin(&writer, out);
    xml_write_open(&writer, "testsuites");
    xml_write_open(&writer, "testsuite");
    xml_write_attr(&writer, "name", STR("validate"));
    xml_write_attr(&writer, "package", STR("cfaudit"));
    xml_write_attr_uint(&writer, "id", 0);
    /* no clock: the same documents give the same bytes */
    xml_write_attr(&writer, "timestamp", STR("1970-01-01T00:00:00"));
    xml_write_attr(&writer, "hostname", STR("localhost"));
    xml_write_attr_uint(&writer, "tests", set->count);
    xml_write_attr_uint(&writer, "failures", lint_set_outcomes(set, LINT_INVALID));
    xml_write_attr_uint(&writer, "errors", lint_set_outcomes(set, LINT_NOT_CHECKED));
    xml_write_attr_uint(&writer, "skipped", lint_set_outcomes(set, LINT_NOT_OURS));
    xml_write_attr(&writer, "time", STR("0"));
    put_properties(&writer, input);
    for (i = 0; i < set->count; i++)
        put_test(&writer, input, set->documents[i]);
    put_remarks(&writer, input);
    xml_write_close(&writer);
    xml_write_close(&writer);
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}
