/* The policy of the emotional bank account: from the document to numbers, against the shipped one. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "plan/plan_private.h"

static const struct str shipped_name = STR_INIT("trust-default");

static const char *const class_names[TRUST_CLASS_COUNT] = {
    [TRUST_D1] = "D1",
    [TRUST_D2] = "D2",
    [TRUST_D3] = "D3",
    [TRUST_D4] = "D4",
    [TRUST_D5] = "D5",
    [TRUST_D6] = "D6",
    [TRUST_D7] = "D7",
    [TRUST_D8] = "D8",
    [TRUST_W1] = "W1",
    [TRUST_W2] = "W2",
    [TRUST_W3] = "W3",
    [TRUST_W4] = "W4",
    [TRUST_W5] = "W5",
    [TRUST_W6] = "W6",
    [TRUST_W7] = "W7",
    [TRUST_W8] = "W8",
    [TRUST_W9] = "W9",
    [TRUST_W10] = "W10",
    [TRUST_W11] = "W11",
    [TRUST_W12] = "W12",
    [TRUST_W13] = "W13",
    [TRUST_R] = "R",
};

static const char *const band_names[] = {
    [BAND_OVERDRAWN] = "overdrawn", [BAND_STRAINED] = "strained",
    [BAND_ADEQUATE] = "adequate",   [BAND_SOLID] = "solid",
    [BAND_RESERVE] = "reserve",     [BAND_INSUFFICIENT] = "insufficient",
};

const char *trust_class_name(enum trust_class class)
{
    return class_names[class];
}

bool trust_class_find(struct str name, enum trust_class *ret_class)
{
    int i;

    for (i = 0; i < TRUST_CLASS_COUNT; i++) {
        if (str_is(name, class_names[i])) {
            *ret_class = (enum trust_class)i;
            return true;
        }
    }
    return false;
}

const char *trust_band_name(enum trust_band band)
{
    return band_names[band];
}

/* --- parameters --- */

struct parameter {
    const char *name;
    size_t place; /* in struct trust_policy */
    double least;
    double most;
};

#define PARAMETER(name, member, least, most) {name, offsetof(struct trust_policy, member), least, most}

/* Ten years of days; a factor of a hundred is a slip of the pen. */
static const struct parameter parameters[] = {
    PARAMETER("deposit-half-life", deposit_half_life, 1, 3650),
    PARAMETER("deposit-cap", deposit_cap, 0, 100),
    PARAMETER("deposit-cap-days", deposit_cap_days, 1, 3650),
    PARAMETER("little-cap", little_cap, 0, 100),
    PARAMETER("withdrawal-half-life", withdrawal_half_life, 1, 3650),
    PARAMETER("withdrawal-factor", withdrawal_factor, 0, 100),
    PARAMETER("repeat-days", repeat_days, 0, 3650),
    PARAMETER("repeat-second", repeat_second, 1, 100),
    PARAMETER("repeat-later", repeat_later, 1, 100),
    PARAMETER("severe-days", severe_days, 0, 3650),
    PARAMETER("repair-share", repair_share, 0, 1),
    PARAMETER("repair-within", repair_within, 0, 3650),
    PARAMETER("repair-holds", repair_holds, 0, 3650),
    PARAMETER("silence-days", silence_days, 0, 3650),
    PARAMETER("complaint-days", complaint_days, 0, 3650),
    PARAMETER("return-days", return_days, 0, 3650),
    PARAMETER("surprise-share", surprise_share, 0, 100),
    PARAMETER("prior-weight", prior_weight, 0.001, 1000),
    PARAMETER("base-rate", base_rate, 0.001, 0.999),
    PARAMETER("segment-least", segment_least, 0, 1000000),
    PARAMETER("band-strained", band_from[BAND_STRAINED], 0, 1),
    PARAMETER("band-adequate", band_from[BAND_ADEQUATE], 0, 1),
    PARAMETER("band-solid", band_from[BAND_SOLID], 0, 1),
    PARAMETER("band-reserve", band_from[BAND_RESERVE], 0, 1),
    PARAMETER("trend-days", trend_days, 1, 3650),
    PARAMETER("trend-step", trend_step, 0, 1),
    PARAMETER("grid-factor-1", grid_factors[0], 0, 100),
    PARAMETER("grid-factor-2", grid_factors[1], 0, 100),
    PARAMETER("grid-factor-3", grid_factors[2], 0, 100),
    PARAMETER("grid-half-life-1", grid_half_lives[0], 1, 3650),
    PARAMETER("grid-half-life-2", grid_half_lives[1], 1, 3650),
    PARAMETER("grid-half-life-3", grid_half_lives[2], 1, 3650),
    PARAMETER("grid-prior-1", grid_priors[0], 0.001, 1000),
    PARAMETER("grid-prior-2", grid_priors[1], 0.001, 1000),
    PARAMETER("grid-prior-3", grid_priors[2], 0.001, 1000),
};

static const struct parameter weight_range = {"weight", 0, 0, 100};

struct policy_reading {
    struct plan_load load;
    struct trust_policy *policy;
    const struct trust_policy *shipped; /* NULL: this is it */
    bool is_stated[ARRAY_LEN(parameters)];
    bool is_weighed[TRUST_CLASS_COUNT];
};

static double *parameter_of(struct trust_policy *policy, const struct parameter *parameter)
{
    return (double *)(void *)((unsigned char *)policy + parameter->place);
}

/* NAN when the number is missing or none that makes sense there. */
static double read_number(struct policy_reading *reading, const struct xml_node *node,
                          const char *name, const struct parameter *range)
{
    double value = xml_field_double(&reading->load.fields, node, name);

    if (isnan(value) || (value >= range->least && value <= range->most))
        return value;
    plan_error(&reading->load, RULE_TRUST_VALUE, node, name, "it is from %g to %g", range->least,
               range->most);
    diag_hint(reading->load.fields.diag, "'cfaudit explain trust-default --source' has the names "
                                         "and the numbers to begin with");
    return NAN;
}

/* Who changes the yardstick says why. */
static void note_change(struct policy_reading *reading, const struct xml_node *node,
                        struct str name, double shipped, double value)
{
    struct plan_load *load = &reading->load;
    struct trust_policy *policy = reading->policy;
    struct str reason = xml_field_text(&load->fields, node, "reason");

    if (!reading->shipped || shipped == value)
        return;
    if (!reason.len || !xml_attr(node, "since").ptr) {
        diag_report(load->fields.diag, RULE_TRUST_UNEXPLAINED,
                    xml_where(load->fields.document, node), "'%.*s' is %g, not %g", STR_ARG(name),
                    value, shipped);
        diag_hint(load->fields.diag, "add since=\"2026-01-31\" and a reason");
    }
    policy->changes[policy->change_count++] = (struct trust_change){name, shipped, value, reason};
}

static void hint_name(struct policy_reading *reading, struct str name)
{
    const char *names[ARRAY_LEN(parameters) + 1];
    const char *nearest;
    size_t i;

    for (i = 0; i < ARRAY_LEN(parameters); i++)
        names[i] = parameters[i].name;
    names[i] = NULL;
    nearest = str_nearest(name, names);
    if (nearest)
        diag_hint(reading->load.fields.diag, "did you mean '%s'?", nearest);
    else
        diag_hint(reading->load.fields.diag,
                  "'cfaudit explain trust-default --source' has the names");
}

static void read_parameter(struct policy_reading *reading, const struct xml_node *node)
{
    struct xml_fields *fields = &reading->load.fields;
    struct str name = xml_field_str(fields, node, "name");
    double *place;
    double shipped;
    double value;
    size_t i;

    for (i = 0; i < ARRAY_LEN(parameters) && !str_is(name, parameters[i].name); i++)
        continue;
    if (i == ARRAY_LEN(parameters)) {
        plan_error(&reading->load, RULE_TRUST_VALUE, node, "name", "'%.*s' is no parameter",
                   STR_ARG(name));
        hint_name(reading, name);
        return;
    }
    value = read_number(reading, node, "value", &parameters[i]);
    if (isnan(value))
        return;
    place = parameter_of(reading->policy, &parameters[i]);
    shipped = *place;
    *place = value;
    reading->is_stated[i] = true;
    note_change(reading, node, name, shipped, value);
}

static void read_class(struct policy_reading *reading, const struct xml_node *node)
{
    struct xml_fields *fields = &reading->load.fields;
    struct str id = xml_field_str(fields, node, "id");
    enum trust_class class = TRUST_R;
    double shipped;
    double value = read_number(reading, node, "weight", &weight_range);

    if (!trust_class_find(id, &class) || class == TRUST_R) {
        plan_error(&reading->load, RULE_TRUST_VALUE, node, "id", "'%.*s' is no class with a weight",
                   STR_ARG(id));
        return;
    }
    if (isnan(value))
        return;
    shipped = reading->policy->weights[class];
    reading->policy->weights[class] = value;
    reading->is_weighed[class] = true;
    note_change(reading, node, id, shipped, value);
}

/* What the shipped policy leaves out nobody states. */
static void check_whole(struct policy_reading *reading)
{
    size_t i;

    for (i = 0; i < ARRAY_LEN(parameters); i++)
        if (!reading->is_stated[i])
            plan_error(&reading->load, RULE_TRUST_VALUE, reading->load.root, NULL,
                       "parameter '%s' is missing", parameters[i].name);
    for (i = 0; i < TRUST_R; i++)
        if (!reading->is_weighed[i])
            plan_error(&reading->load, RULE_TRUST_VALUE, reading->load.root, NULL,
                       "class '%s' is missing", class_names[i]);
}

static void check_bands(struct policy_reading *reading)
{
    const double *from = reading->policy->band_from;
    int i;

    for (i = 1; i < TRUST_BAND_COUNT; i++) {
        if (from[i] > from[i - 1])
            continue;
        plan_error(&reading->load, RULE_TRUST_VALUE, reading->load.root, NULL,
                   "band '%s' does not begin above the one before", band_names[i]);
        diag_hint(reading->load.fields.diag,
                  "bands begin at a trust from 0 to 1, strained first, reserve last");
        return;
    }
}

static enum status read_policy(struct policy_reading *reading, struct str name)
{
    struct plan_load *load = &reading->load;
    struct xml_fields *fields = &load->fields;
    struct trust_policy *policy = reading->policy;
    const struct xml_node *node;

    if (reading->shipped)
        *policy = *reading->shipped;
    policy->id = xml_field_str(fields, load->root, "id");
    policy->revision = (unsigned)xml_field_uint(fields, load->root, "revision");
    policy->title = plan_words(load, load->root, "title");
    policy->note = plan_words(load, load->root, "note");
    policy->sha256 = xml_identity(fields->document)->sha256;
    policy->name = arena_str(fields->arena, name);
    policy->changes = xml_field_array(fields, xml_field_count(load->root, "parameter") +
                                                  xml_field_count(load->root, "class"),
                                      sizeof *policy->changes);
    if (!library_name_is_path(name) && !str_equal(name, policy->id))
        plan_wrong_id(load, name, policy->id);
    for (node = xml_child(load->root, "parameter"); node && fields->status == STATUS_OK;
         node = xml_next(node, "parameter"))
        read_parameter(reading, node);
    for (node = xml_child(load->root, "class"); node && fields->status == STATUS_OK;
         node = xml_next(node, "class"))
        read_class(reading, node);
    if (!reading->shipped)
        check_whole(reading);
    if (fields->status == STATUS_OK && load->errors == 0)
        check_bands(reading);
    return plan_end(load);
}

static enum status load_one(struct arena *arena, const struct library *library, struct str name,
                            struct str folder, const struct trust_policy *shipped,
                            struct diag *diag, struct trust_policy **ret_policy)
{
    struct policy_reading reading = {.load = {.fields = {NULL, arena, diag, STATUS_OK}},
                                     .shipped = shipped};
    struct xml_document *xml = NULL;
    enum status status;

    reading.policy = arena_alloc(arena, 1, sizeof *reading.policy);
    if (!reading.policy)
        return diag_no_memory(diag);
    status = library_load(library, name, folder, "trust-policy", diag, &xml);
    if (status != STATUS_OK)
        return status; /* reported where it happened */
    reading.load.fields.document = xml;
    reading.load.root = xml_root(xml);
    status = read_policy(&reading, name);
    if (status == STATUS_OK)
        *ret_policy = reading.policy;
    xml_free(xml);
    return status;
}

enum status trust_policy_load(struct arena *arena, const struct library *library, struct str name,
                              struct str folder, struct diag *diag,
                              struct trust_policy **ret_policy)
{
    struct trust_policy *shipped = NULL;
    enum status status =
        load_one(arena, library, shipped_name, (struct str){NULL, 0}, NULL, diag, &shipped);

    if (status != STATUS_OK)
        return status;
    if (name.ptr && !str_equal(name, shipped_name))
        return load_one(arena, library, name, folder, shipped, diag, ret_policy);
    *ret_policy = shipped;
    return STATUS_OK;
}
