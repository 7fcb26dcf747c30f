#include "plan/calibration.h"

#include "plan/plan_private.h"

static void read_lexicons(struct plan_load *load, struct calibration *calibration)
{
    const struct xml_node *node = xml_child(load->root, "lexicon");

    calibration->lexicons = xml_field_array(&load->fields, xml_field_count(load->root, "lexicon"),
                                            sizeof *calibration->lexicons);
    for (; node && calibration->lexicons; node = xml_next(node, "lexicon")) {
        struct calibrated_lexicon *lexicon = &calibration->lexicons[calibration->lexicon_count++];

        lexicon->id = xml_field_str(&load->fields, node, "id");
        lexicon->revision = (unsigned)xml_field_uint(&load->fields, node, "revision");
        lexicon->sha256 = xml_field_sha256(&load->fields, node, "sha256");
    }
}

/* Of the messages of the sample each detector judges those that have its label; two labellers may have
   read only some of these. */
static void check_counts(struct plan_load *load, const struct xml_node *node,
                         const struct calibrated_detector *detector, uint64_t messages)
{
    uint64_t judged = detector->true_hits + detector->false_hits + detector->missed +
                      detector->true_silences;
    uint64_t labelled = detector->both + detector->first + detector->second + detector->neither;

    if (judged <= messages && (!detector->has_second || labelled <= judged))
        return;
    plan_error(load, RULE_CALIBRATION_COUNT, node, "name", "'%.*s'", STR_ARG(detector->name));
    diag_hint(load->fields.diag, "make the document once more with 'cfaudit calibrate'");
}

static void read_detectors(struct plan_load *load, struct calibration *calibration)
{
    struct xml_fields *fields = &load->fields;
    const struct xml_node *node = xml_child(load->root, "detector");

    calibration->detectors = xml_field_array(fields, xml_field_count(load->root, "detector"),
                                             sizeof *calibration->detectors);
    for (; node && calibration->detectors; node = xml_next(node, "detector")) {
        struct calibrated_detector *detector =
            &calibration->detectors[calibration->detector_count++];

        detector->name = xml_field_str(fields, node, "name");
        detector->version = xml_field_sha256(fields, node, "version");
        detector->true_hits = xml_field_uint(fields, node, "true-hits");
        detector->false_hits = xml_field_uint(fields, node, "false-hits");
        detector->missed = xml_field_uint(fields, node, "missed");
        detector->true_silences = xml_field_uint(fields, node, "true-silences");
        detector->has_second = xml_attr(node, "both").ptr != NULL;
        detector->both = xml_field_uint(fields, node, "both");
        detector->first = xml_field_uint(fields, node, "first");
        detector->second = xml_field_uint(fields, node, "second");
        detector->neither = xml_field_uint(fields, node, "neither");
        check_counts(load, node, detector, calibration->messages);
    }
}

static enum status read_calibration(struct plan_load *load, struct calibration *calibration)
{
    struct xml_fields *fields = &load->fields;
    const struct xml_node *sample = xml_child(load->root, "sample");

    calibration->id = xml_field_str(fields, load->root, "id");
    calibration->sample = xml_field_str(fields, sample, "name");
    calibration->sample_sha256 = xml_field_sha256(fields, sample, "sha256");
    calibration->sample_bytes = xml_field_uint(fields, sample, "bytes");
    calibration->messages = xml_field_uint(fields, sample, "messages");
    read_lexicons(load, calibration);
    read_detectors(load, calibration);
    calibration->sha256 = xml_identity(fields->document)->sha256;
    return plan_end(load);
}

enum status calibration_load(struct arena *arena, const struct library *library, struct str name,
                             struct str folder, struct diag *diag,
                             struct calibration **ret_calibration)
{
    struct plan_load load = {.fields = {NULL, arena, diag, STATUS_OK}};
    struct calibration *calibration = arena_alloc(arena, 1, sizeof *calibration);
    struct xml_document *xml = NULL;
    enum status status;

    if (!calibration)
        return diag_no_memory(diag);
    calibration->name = arena_str(arena, name);
    if (!calibration->name.ptr)
        return diag_no_memory(diag);
    status = library_load(library, name, folder, "calibration", diag, &xml);
    if (status == STATUS_OK) {
        load.fields.document = xml;
        load.root = xml_root(xml);
        status = read_calibration(&load, calibration);
    }
    if (status == STATUS_OK)
        *ret_calibration = calibration;
    xml_free(xml);
    return status;
}

static void write_detector(struct xml_writer *writer, const struct calibrated_detector *detector)
{
    xml_write_open(writer, "detector");
    xml_write_attr(writer, "name", detector->name);
    xml_write_attr_sha256(writer, "version", &detector->version);
    xml_write_attr_uint(writer, "true-hits", detector->true_hits);
    xml_write_attr_uint(writer, "false-hits", detector->false_hits);
    xml_write_attr_uint(writer, "missed", detector->missed);
    xml_write_attr_uint(writer, "true-silences", detector->true_silences);
    if (detector->has_second) {
        xml_write_attr_uint(writer, "both", detector->both);
        xml_write_attr_uint(writer, "first", detector->first);
        xml_write_attr_uint(writer, "second", detector->second);
        xml_write_attr_uint(writer, "neither", detector->neither);
    }
    xml_write_close(writer);
}

enum status calibration_write(const struct calibration *calibration, struct buf *out,
                              struct diag *diag)
{
    struct xml_writer writer;
    size_t i;

    xml_write_begin(&writer, out);
    xml_write_open(&writer, "calibration");
    xml_write_attr(&writer, "xmlns", str_of(XML_NAMESPACE));
    xml_write_attr(&writer, "id", calibration->id);
    xml_write_attr(&writer, "tool", STR("cfaudit " CFAUDIT_VERSION));
    xml_write_open(&writer, "sample");
    xml_write_attr(&writer, "name", calibration->sample);
    xml_write_attr_sha256(&writer, "sha256", &calibration->sample_sha256);
    xml_write_attr_uint(&writer, "bytes", calibration->sample_bytes);
    xml_write_attr_uint(&writer, "messages", calibration->messages);
    xml_write_close(&writer);
    for (i = 0; i < calibration->lexicon_count; i++) {
        xml_write_open(&writer, "lexicon");
        xml_write_attr(&writer, "id", calibration->lexicons[i].id);
        xml_write_attr_uint(&writer, "revision", calibration->lexicons[i].revision);
        xml_write_attr_sha256(&writer, "sha256", &calibration->lexicons[i].sha256);
        xml_write_close(&writer);
    }
    for (i = 0; i < calibration->detector_count; i++)
        write_detector(&writer, &calibration->detectors[i]);
    xml_write_close(&writer);
    return xml_write_status(&writer, diag);
}
