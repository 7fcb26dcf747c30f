#include "cmd/book_save.h"

static enum status put(struct output *output, struct output_group *group, struct diag *diag)
{
    return group ? output_group_add(group, output, diag) : output_commit(output, diag);
}

static enum status save_text(const struct book *book, const struct writer *writer, const char *path,
                             struct output_group *group, struct diag *diag)
{
    struct output *output = NULL;
    enum status status;
    struct buf buf;

    buf_init(&buf, SIZE_MAX / 2);
    status = writer->write_text(book, &buf, diag);
    if (status == STATUS_OK)
        status = output_open(path, diag, &output);
    if (status == STATUS_OK) {
        output_write(output, buf_str(&buf));
        status = put(output, group, diag);
    }
    buf_done(&buf);
    return status;
}

static enum status save_file(const struct book *book, const struct writer *writer, const char *path,
                             struct output_group *group, struct diag *diag)
{
    struct output *output = NULL;
    enum status status;

    status = output_open(path, diag, &output);
    if (status != STATUS_OK)
        return status;
    if (!output_path(output)) {
        diag_report(diag, RULE_OUTPUT_STDOUT, WHERE_NONE, NULL);
        output_discard(output);
        return STATUS_USAGE;
    }
    status = writer->write(book, output_path(output), diag);
    if (status == STATUS_OK)
        status = book_check(book, output_path(output), diag);
    if (status != STATUS_OK) {
        output_discard(output);
        return status;
    }
    return put(output, group, diag);
}

enum status book_save(const struct book *book, const struct writer *writer, const char *path,
                      struct diag *diag)
{
    return book_save_in(book, writer, path, NULL, diag);
}

enum status book_save_in(const struct book *book, const struct writer *writer, const char *path,
                         struct output_group *group, struct diag *diag)
{
    return writer->write_text ? save_text(book, writer, path, group, diag)
                              : save_file(book, writer, path, group, diag);
}

struct folder {
    struct output *output;
    struct diag *diag;
};

static enum status add_file(void *context, const char *name, struct str bytes)
{
    struct folder *folder = context;

    return output_add_file(folder->output, name, bytes, folder->diag);
}

enum status book_save_folder(const struct book *book, const struct writer *writer, const char *path,
                             struct output_group *group, struct diag *diag)
{
    struct folder folder = {NULL, diag};
    enum status status = output_open_folder(path, diag, &folder.output);

    if (status != STATUS_OK)
        return status;
    status = writer->write_folder(book, add_file, &folder, diag);
    if (status == STATUS_OK)
        return put(folder.output, group, diag);
    output_discard(folder.output);
    return status;
}
