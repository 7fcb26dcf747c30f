#include "plan/process.h"

#include <string.h>

#include "base/bug.h"
#include "base/limits.h"
#include "base/mem.h"
#include "plan/plan_private.h"

struct process_reading {
    struct plan_load load;
    struct process_document *process;
    size_t step_room;
    size_t block_room;
};

static const char *const kind_names[BLOCK_KIND_COUNT] = {"step",     "sequence", "choice",
                                                         "parallel", "optional", "loop"};

const char *block_kind_name(enum block_kind kind)
{
    return kind_names[kind];
}

size_t process_step_of(const struct process_document *process, struct str activity)
{
    size_t s;
    size_t a;

    for (s = 0; s < process->step_count; s++)
        for (a = 0; a < process->steps[s].activity_count; a++)
            if (str_equal(process->steps[s].activities[a], activity))
                return s;
    return PROCESS_NO_STEP;
}

bool process_ignores(const struct process_document *process, struct str activity)
{
    size_t i;

    for (i = 0; i < process->ignored_count; i++)
        if (str_equal(process->ignored[i], activity))
            return true;
    return false;
}

bool process_counts(const struct process_document *process, struct str lifecycle)
{
    size_t i;

    if (process->lifecycle_count == 0 || !lifecycle.ptr)
        return true;
    for (i = 0; i < process->lifecycle_count; i++)
        if (str_equal_nocase(process->lifecycles[i], lifecycle))
            return true;
    return false;
}

/* --- blocks --- */

static bool is_block(const struct xml_node *node, enum block_kind *ret_kind)
{
    int kind;

    for (kind = 0; kind < BLOCK_KIND_COUNT; kind++) {
        if (strcmp(xml_name(node), kind_names[kind]) == 0) {
            *ret_kind = (enum block_kind)kind;
            return true;
        }
    }
    return false;
}

/* Blocks and steps below an element, and sequences that stand for several parts of a loop. */
static void count_blocks(const struct xml_node *node, struct process_reading *reading,
                         unsigned depth)
{
    const struct xml_node *child = xml_child(node, NULL);
    enum block_kind kind;

    BUG_IF(depth > LIMIT_XML_DEPTH);
    for (; child; child = xml_next(child, NULL)) {
        bool is_again = strcmp(xml_name(child), "again") == 0;

        if (!is_again && !is_block(child, &kind))
            continue;
        reading->block_room += !is_again && kind == BLOCK_LOOP ? 2 : 1;
        reading->step_room += !is_again && kind == BLOCK_STEP;
        count_blocks(child, reading, depth + 1);
    }
}

static void name_twice(struct plan_load *load, const struct xml_node *node, struct str activity,
                       struct str first)
{
    plan_error(load, RULE_PROCESS_ACTIVITY, node, NULL, "'%.*s'", STR_ARG(activity));
    if (first.ptr)
        diag_hint(load->fields.diag, "step '%.*s' has it already; let one step have it, and say "
                                     "with a loop or a choice where else it may be done",
                  STR_ARG(first));
    else
        diag_hint(load->fields.diag, "it is to be ignored; take it out there, or here");
}

/* An activity must not say two things. */
static void check_activities(struct process_reading *reading, const struct xml_node *node,
                             const struct process_step *step)
{
    const struct process_document *process = reading->process;
    const struct xml_node *child = xml_child(node, "activity");
    size_t a;

    for (a = 0; a < step->activity_count; a++, child = xml_next(child, "activity")) {
        size_t first = process_step_of(process, step->activities[a]);
        size_t i;

        for (i = 0; i < a && first == PROCESS_NO_STEP; i++)
            if (str_equal(step->activities[i], step->activities[a]))
                first = process->step_count;
        if (first != PROCESS_NO_STEP)
            name_twice(&reading->load, child, step->activities[a], process->steps[first].id);
        else if (process_ignores(process, step->activities[a]))
            name_twice(&reading->load, child, step->activities[a], (struct str){NULL, 0});
    }
}

static size_t find_step(const struct process_document *process, struct str id)
{
    size_t s = 0;

    while (s < process->step_count && !str_equal(process->steps[s].id, id))
        s++;
    return s < process->step_count ? s : PROCESS_NO_STEP;
}

static void check_id(struct process_reading *reading, const struct xml_node *node, struct str id)
{
    size_t first = find_step(reading->process, id);

    if (first == PROCESS_NO_STEP)
        return;
    plan_error(&reading->load, RULE_PROCESS_STEP, node, "id", "'%.*s'", STR_ARG(id));
    diag_hint(reading->load.fields.diag, "it is first used in line %llu",
              (unsigned long long)reading->process->steps[first].place.line);
}

static size_t read_step(struct process_reading *reading, const struct xml_node *node)
{
    struct plan_load *load = &reading->load;
    struct process_document *process = reading->process;
    struct process_step *step = &process->steps[process->step_count];
    int lang;

    step->id = xml_field_str(&load->fields, node, "id");
    check_id(reading, node, step->id);
    step->title = plan_words(load, node, "title");
    step->role = xml_field_str(&load->fields, node, "role");
    step->is_mandatory = !str_is(xml_attr(node, "mandatory"), "false");
    step->is_approval = xml_field_bool(&load->fields, node, "approval");
    step->other_than = PROCESS_NO_STEP; /* known when all steps are */
    step->activities = plan_texts(load, node, "activity", &step->activity_count);
    step->place = plan_where(load, node);
    for (lang = 0; lang < LANG_COUNT && !step->title.in[LANG_EN].ptr; lang++)
        if (step->activity_count)
            step->title.in[LANG_EN] = step->activities[0];
    check_activities(reading, node, step);
    return process->step_count++;
}

static size_t read_block(struct process_reading *reading, const struct xml_node *node,
                         enum block_kind kind, unsigned depth);

static size_t new_block(struct process_reading *reading, enum block_kind kind, size_t parts)
{
    struct process_block *block = &reading->process->blocks[reading->process->block_count];

    block->kind = kind;
    block->step = PROCESS_NO_STEP;
    block->parts = xml_field_array(&reading->load.fields, parts, sizeof *block->parts);
    return reading->process->block_count++;
}

static size_t count_parts(const struct xml_node *node)
{
    const struct xml_node *child = xml_child(node, NULL);
    enum block_kind kind;
    size_t count = 0;

    for (; child; child = xml_next(child, NULL))
        count += is_block(child, &kind);
    return count;
}

/* The parts that stand in an element go to the block of that number. */
static void read_parts(struct process_reading *reading, const struct xml_node *node, size_t number,
                       unsigned depth)
{
    const struct xml_node *child = xml_child(node, NULL);
    enum block_kind kind;

    for (; child && reading->load.fields.status == STATUS_OK; child = xml_next(child, NULL)) {
        struct process_block *block = &reading->process->blocks[number];

        if (is_block(child, &kind))
            block->parts[block->part_count++] = read_block(reading, child, kind, depth + 1);
    }
}

static void read_loop(struct process_reading *reading, const struct xml_node *node, size_t number,
                      unsigned depth)
{
    const struct xml_node *again = xml_child(node, "again");
    struct process_block *loop = &reading->process->blocks[number];
    size_t part = new_block(reading, BLOCK_SEQUENCE, count_parts(node));

    if (reading->load.fields.status != STATUS_OK)
        return;
    loop->parts[loop->part_count++] = part;
    read_parts(reading, node, part, depth);
    if (again && reading->load.fields.status == STATUS_OK)
        loop->parts[loop->part_count++] = read_block(reading, again, BLOCK_SEQUENCE, depth + 1);
}

static size_t read_block(struct process_reading *reading, const struct xml_node *node,
                         enum block_kind kind, unsigned depth)
{
    size_t parts = kind == BLOCK_LOOP ? 2 : kind == BLOCK_STEP ? 0 : count_parts(node);
    size_t number = new_block(reading, kind, parts);

    BUG_IF(depth > LIMIT_XML_DEPTH);
    if (reading->load.fields.status != STATUS_OK)
        return number;
    if (kind == BLOCK_STEP)
        reading->process->blocks[number].step = read_step(reading, node);
    else if (kind == BLOCK_LOOP)
        read_loop(reading, node, number, depth);
    else
        read_parts(reading, node, number, depth);
    return number;
}

/* --- four eyes --- */

static void read_other_of(struct process_reading *reading, const struct xml_node *node)
{
    struct process_document *process = reading->process;
    struct str other = xml_attr(node, "other-than");
    size_t own = find_step(process, xml_attr(node, "id"));
    size_t step = other.ptr ? find_step(process, other) : PROCESS_NO_STEP;

    if (!other.ptr)
        return;
    if (step == PROCESS_NO_STEP || step == own) {
        plan_error(&reading->load, RULE_PROCESS_FOUR_EYES, node, "other-than", "'%.*s'%s",
                   STR_ARG(other), step == own ? " is the step itself" : "");
        diag_hint(reading->load.fields.diag, "name the step whose work this one looks at");
    } else {
        process->steps[own].other_than = step;
    }
}

static void read_others(struct process_reading *reading, const struct xml_node *node,
                        unsigned depth)
{
    const struct xml_node *child = xml_child(node, NULL);

    BUG_IF(depth > LIMIT_XML_DEPTH);
    for (; child; child = xml_next(child, NULL)) {
        if (strcmp(xml_name(child), "step") == 0)
            read_other_of(reading, child);
        read_others(reading, child, depth + 1);
    }
}

/* --- the whole --- */

static void read_samples(struct process_reading *reading)
{
    struct plan_load *load = &reading->load;
    struct process_document *process = reading->process;
    const struct xml_node *node = xml_child(load->root, "sample");

    process->samples = xml_field_array(&load->fields, xml_field_count(load->root, "sample"),
                                       sizeof *process->samples);
    for (; node && process->samples; node = xml_next(node, "sample")) {
        struct process_sample *sample = &process->samples[process->sample_count++];

        sample->fits = xml_field_bool(&load->fields, node, "fits");
        sample->activities = plan_texts(load, node, "activity", &sample->activity_count);
        sample->place = plan_where(load, node);
    }
}

static void read_validity(struct process_reading *reading)
{
    struct plan_load *load = &reading->load;
    struct process_document *process = reading->process;

    process->until = INT64_MAX;
    process->review = INT64_MAX;
    plan_day(load, load->root, "from", &process->from);
    plan_day(load, load->root, "until", &process->until);
    plan_day(load, load->root, "review", &process->review);
    if (process->until < process->from) {
        plan_error(load, RULE_PROCESS_VALIDITY, load->root, "until", "it ends before it begins");
        diag_hint(load->fields.diag, "the last day is included");
    } else if (process->review < process->from) {
        plan_error(load, RULE_PROCESS_VALIDITY, load->root, "review",
                   "it is to be reviewed before it is in force");
        diag_hint(load->fields.diag, "the day by which somebody looks whether it still holds");
    }
}

static void read_head(struct process_reading *reading)
{
    struct plan_load *load = &reading->load;
    struct xml_fields *fields = &load->fields;
    struct process_document *process = reading->process;

    process->id = xml_field_str(fields, load->root, "id");
    process->revision = (unsigned)xml_field_uint(fields, load->root, "revision");
    process->version = xml_field_str(fields, load->root, "version");
    process->title = plan_words(load, load->root, "title");
    process->note = plan_words(load, load->root, "note");
    process->owner = xml_field_str(fields, load->root, "owner");
    process->document = xml_field_str(fields, load->root, "document");
    process->sla = xml_field_str(fields, load->root, "sla");
    process->version_field = xml_field_str(fields, load->root, "version-field");
    process->customers = plan_texts(load, load->root, "customer", &process->customer_count);
    process->inputs = plan_texts(load, load->root, "input", &process->input_count);
    process->outputs = plan_texts(load, load->root, "output", &process->output_count);
    process->records = plan_texts(load, load->root, "record", &process->record_count);
    process->where = plan_conditions(load, load->root, &process->where_count);
    process->lifecycles = plan_texts(load, load->root, "lifecycle", &process->lifecycle_count);
    process->ignored = plan_texts(load, load->root, "ignore", &process->ignored_count);
    process->place = plan_where(load, load->root);
    process->sha256 = xml_identity(fields->document)->sha256;
    if (!library_name_is_path(process->name) && !str_equal(process->name, process->id))
        plan_wrong_id(load, process->name, process->id);
}

static enum status read_process(struct process_reading *reading)
{
    struct plan_load *load = &reading->load;
    struct process_document *process = reading->process;
    const struct xml_node *flow = xml_child(load->root, "flow");

    read_head(reading);
    read_validity(reading);
    reading->block_room = 1;
    count_blocks(flow, reading, 0);
    process->blocks = xml_field_array(&load->fields, reading->block_room, sizeof *process->blocks);
    process->steps = xml_field_array(&load->fields, reading->step_room, sizeof *process->steps);
    if (load->fields.status == STATUS_OK && reading->step_room > LIMIT_PROCESS_STEPS) {
        plan_error(load, RULE_PROCESS_STEPS, flow, NULL, "%zu", reading->step_room);
        diag_hint(load->fields.diag, "at most %u; make several processes of it",
                  LIMIT_PROCESS_STEPS);
    } else if (load->fields.status == STATUS_OK) {
        read_block(reading, flow, BLOCK_SEQUENCE, 0);
        read_others(reading, flow, 0);
    }
    read_samples(reading);
    return plan_end(load);
}

enum status process_load(struct arena *arena, const struct library *library, struct str name,
                         struct str folder, struct diag *diag,
                         struct process_document **ret_document)
{
    struct process_reading reading = {.load = {.fields = {NULL, arena, diag, STATUS_OK}}};
    struct process_document *process = arena_alloc(arena, 1, sizeof *process);
    struct xml_document *xml = NULL;
    enum status status;

    if (!process)
        return diag_no_memory(diag);
    process->name = arena_str(arena, name);
    if (!process->name.ptr)
        return diag_no_memory(diag);
    reading.process = process;
    status = library_load(library, name, folder, "process", diag, &xml);
    if (status == STATUS_OK) {
        reading.load.fields.document = xml;
        reading.load.root = xml_root(xml);
        status = read_process(&reading);
    }
    if (status == STATUS_OK)
        *ret_document = process;
    xml_free(xml);
    return status;
}
