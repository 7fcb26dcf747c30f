#include "cmd/delivery.h"

#include <string.h>

#include "base/buf.h"
#include "cmd/book_save.h"
#include "cmd/ownership.h"
#include "cmd/stages.h"

enum { FORM_BYTES = 1 << 30 };

/* What tells the forms that there are. */
static const char *list_of(enum form_use use)
{
    return use == FORM_OF_CHECK ? "cfaudit list forms" : "cfaudit list formats";
}

static enum status no_form(struct run *run, enum form_use use, struct str name)
{
    const char *names[32] = {NULL};
    const char *nearest;
    struct form form;
    size_t i;

    for (i = 0; i < sizeof names / sizeof names[0] - 1 && form_at(use, i, &form); i++)
        names[i] = form.name;
    nearest = str_nearest(name, names);
    diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "no output format '%.*s'", STR_ARG(name));
    if (nearest)
        diag_hint(&run->diag, "did you mean '%s'?", nearest);
    else
        diag_hint(&run->diag, "%s", list_of(use));
    return STATUS_USAGE;
}

/* The value of one -f: "FMT", "FMT:PATH" or "FMT:-". */
static enum status take_format(struct run *run, enum form_use use, struct str wanted,
                               struct delivery *ret_delivery)
{
    struct delivery delivery = {.path = NULL};
    struct str path = wanted;
    struct str name;

    if (!str_split(&path, ':', &name))
        return no_form(run, use, name);
    if (use == FORM_OF_CHECK && str_is(name, "auto"))
        name = form_of_surroundings();
    if (!form_find(use, name, &delivery.form))
        return no_form(run, use, name);
    if (path.ptr && path.len == 0)
        return run_usage(run, "'--format %.*s' has no path behind its colon", STR_ARG(wanted));
    /* the end of a value of the command line: terminated */
    delivery.path = path.ptr && !str_is(path, "-") ? path.ptr : NULL;
    delivery.is_folder = delivery.path && str_ends(path, "/");
    if (delivery.is_folder && !(delivery.form.writer && delivery.form.writer->write_folder))
        return run_usage(run, "'%.*s' is one file, and '%s' a folder", STR_ARG(name),
                         delivery.path);
    if (!delivery.path && delivery.form.writer && !delivery.form.writer->write_text)
        return run_usage(run, "'%.*s' needs a path: -f %.*s:PATH", STR_ARG(name), STR_ARG(name));
    *ret_delivery = delivery;
    return STATUS_OK;
}

static enum status take_output(struct run *run, enum form_use use, const char *path,
                               struct delivery *ret_delivery)
{
    struct form form;

    if (!form_for_path(use, str_of(path), &form)) {
        diag_report(&run->diag, RULE_USAGE, WHERE_NONE, "no output format ends like '%s'", path);
        diag_hint(&run->diag, "%s", list_of(use));
        return STATUS_USAGE;
    }
    *ret_delivery = (struct delivery){.form = form, .path = path};
    return STATUS_OK;
}

static bool is_inside(const struct delivery *a, const struct delivery *folder)
{
    return folder->is_folder && a->path && str_starts(str_of(a->path), folder->path);
}

static enum status check_twice(struct run *run, const struct deliveries *deliveries)
{
    const struct delivery *last = &deliveries->list[deliveries->count - 1];
    size_t i;

    for (i = 0; i + 1 < deliveries->count; i++) {
        const struct delivery *other = &deliveries->list[i];

        if (!last->path && !other->path)
            return run_usage(run, "only one format can go to standard output");
        if (last->path && other->path && strcmp(last->path, other->path) == 0)
            return run_usage(run, "two formats would go to '%s'", last->path);
        if (is_inside(last, other) || is_inside(other, last))
            return run_usage(run, "a folder of files holds nothing else: '%s' and '%s'",
                             other->path, last->path);
    }
    return STATUS_OK;
}

enum status deliveries_plan(struct run *run, enum form_use use, const char *output,
                            struct deliveries *ret_deliveries)
{
    struct deliveries all = {NULL, 0, false};
    struct str *wanted = NULL;
    size_t count = 0;
    enum status status = args_values(&run->args, "format", &run->arena, &run->diag, &wanted, &count);
    size_t i;

    if (status == STATUS_OK) {
        all.list = arena_alloc(&run->arena, count + 2, sizeof *all.list);
        if (!all.list)
            status = diag_no_memory(&run->diag);
    }
    if (status == STATUS_OK && output)
        status = take_output(run, use, output, &all.list[all.count++]);
    for (i = 0; i < count && status == STATUS_OK; i++) {
        status = take_format(run, use, wanted[i], &all.list[all.count++]);
        if (status != STATUS_OK)
            break;
        all.takes_stdout |= !all.list[all.count - 1].path;
        status = check_twice(run, &all);
    }
    if (status == STATUS_OK)
        *ret_deliveries = all;
    return status;
}

enum status deliveries_check(struct run *run, const struct deliveries *deliveries,
                             const struct str *inputs, size_t input_count)
{
    enum status status = STATUS_OK;
    size_t i;

    for (i = 0; i < deliveries->count && status == STATUS_OK; i++) {
        const char *path = deliveries->list[i].path;

        if (!path)
            continue;
        status = ownership_not_input(path, inputs, input_count, &run->diag);
        if (status == STATUS_OK)
            status = ownership_check(path, args_has(&run->args, "force"), &run->diag);
    }
    return status;
}

/* What there is to tell: a result, with a book where a form is made of pages, or a check. */
struct matter {
    const struct form_input *result;
    const struct book *book;
    const struct check_input *check; /* NULL: the result */
};

/* The bytes of a form that is a text. */
static enum status render(struct run *run, const struct form *form, const struct matter *matter,
                          struct buf *out)
{
    enum status status;

    if (matter->check)
        status = form->direct->write_check(matter->check, out, &run->diag);
    else if (form->writer)
        status = form->writer->write_text(matter->book, out, &run->diag);
    else
        status = form->direct->write(matter->result, out, &run->diag);
    if (status == STATUS_OK && form->is_sealed)
        status = ownership_seal(out, &run->diag);
    return status == STATUS_OK && out->failed ? diag_no_memory(&run->diag) : status;
}

static enum status make_one(struct run *run, const struct delivery *delivery,
                            const struct matter *matter)
{
    const struct writer *writer = delivery->form.writer;
    enum status status;
    struct buf text;

    if (delivery->is_folder)
        return book_save_folder(matter->book, writer, delivery->path, run->group, &run->diag);
    if (writer && writer->write)
        return book_save_in(matter->book, writer, delivery->path, run->group, &run->diag);
    buf_init(&text, FORM_BYTES);
    status = render(run, &delivery->form, matter, &text);
    if (status == STATUS_OK)
        status = delivery->path ? stage_save(run, delivery->path, &text) : stage_print(run, &text);
    buf_done(&text);
    return status;
}

/* Files first: what is printed cannot be taken back. */
static enum status make_all(struct run *run, const struct deliveries *deliveries,
                            const struct matter *matter)
{
    enum status status = STATUS_OK;
    size_t pass;
    size_t i;

    for (pass = 0; pass < 2; pass++)
        for (i = 0; i < deliveries->count && status == STATUS_OK; i++)
            if ((deliveries->list[i].path != NULL) == (pass == 0))
                status = make_one(run, &deliveries->list[i], matter);
    return status;
}

/* One book for every form that is made of pages. */
static enum status make_book(struct run *run, const struct deliveries *deliveries,
                             const struct form_input *input, struct book **ret_book)
{
    size_t i;

    for (i = 0; i < deliveries->count; i++)
        if (deliveries->list[i].form.writer)
            return report_build(&run->arena, input->evidence, input->result, run->lang, &run->diag,
                                ret_book);
    return STATUS_OK;
}

enum status deliveries_make(struct run *run, const struct deliveries *deliveries,
                            const struct evidence *evidence, const struct result *result)
{
    struct form_input input = {.evidence = evidence, .result = result, .lang = run->lang};
    struct book *book = NULL;
    enum status status = STATUS_OK;
    struct matter matter = {&input, NULL, NULL};

    if (args_has(&run->args, "client-copy"))
        status = client_copy(&run->arena, evidence, result, run->lang, &run->diag, &input.evidence,
                             &input.result);
    input.exit_code = run_exit(run, STATUS_OK, &input.exit_reason);
    if (status == STATUS_OK)
        status = make_book(run, deliveries, &input, &book);
    matter.book = book;
    return status == STATUS_OK ? make_all(run, deliveries, &matter) : status;
}

enum status deliveries_tell(struct run *run, const struct deliveries *deliveries,
                            const struct check_input *input)
{
    struct matter matter = {NULL, NULL, input};

    return make_all(run, deliveries, &matter);
}
