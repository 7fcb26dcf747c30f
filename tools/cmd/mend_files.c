#include "cmd/mend_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "cmd/stages.h"
#include "lint/mend.h"
#include "source/source.h"

/* A file that is being mended: what it was when it was read. */
struct file {
    struct str name;
    struct arena arena;
    struct str bytes;
    struct source_identity identity;
};

void mend_files_init(struct mend_files *files, struct run *run, struct lint_set *set, bool is_dry)
{
    *files = (struct mend_files){.run = run, .set = set, .is_dry = is_dry};
    buf_init(&files->text, SIZE_MAX / 2);
}

void mend_files_done(struct mend_files *files)
{
    buf_done(&files->text);
}

static enum status read_file(struct file *file, struct diag *diag)
{
    struct source *source = NULL;
    enum status status = source_open(file->name, diag, &source);

    if (status == STATUS_OK)
        status = source_read_all(source, LIMIT_DOCUMENT_BYTES, &file->arena, diag, &file->bytes,
                                 &file->identity);
    source_close(source);
    return status;
}

/* --- writing --- */

/* Why it cannot be replaced; NULL: it can. `stored`: the digest of its bytes as a document. */
static const char *why_not(const struct file *file, const struct sha256 *stored)
{
    struct stat about;

    if (stat(file->name.ptr, &about) != 0 || !S_ISREG(about.st_mode))
        return "it is no file";
    if (!sha256_equal(stored, &file->identity.sha256))
        return "it is compressed";
    if (about.st_nlink > 1)
        return "it has another name, which would go on to lead to the old one";
    if (access(file->name.ptr, W_OK) != 0)
        return "it may not be written";
    return NULL;
}

/* Nothing can be done any more. */
static bool is_over(enum status status)
{
    return status == STATUS_MEMORY || status == STATUS_INTERRUPTED;
}

/* Whether it still is what was read. */
static enum status look_again(const struct file *file, struct diag *diag, bool *ret_is_same)
{
    struct file now = {.name = file->name};
    struct diag own;
    enum status status;

    diag_init(&own);
    arena_init(&now.arena);
    status = read_file(&now, &own);
    *ret_is_same =
        status == STATUS_OK && sha256_equal(&now.identity.sha256, &file->identity.sha256);
    if (status == STATUS_MEMORY)
        diag_no_memory(diag);
    else if (status == STATUS_INTERRUPTED)
        diag_merge(diag, &own);
    arena_done(&now.arena);
    diag_done(&own);
    return is_over(status) ? status : STATUS_OK;
}

static enum status refuse(struct run *run, const struct file *file, const char *why)
{
    struct where where = {file->name, 0, 0, 0};

    diag_report(&run->diag, RULE_FIX_FILE, where, "%s", why);
    diag_hint(&run->diag, "cfaudit validate --fix - < %.*s prints it as it would be",
              STR_ARG(file->name));
    return STATUS_OK;
}

static enum status replace(struct run *run, const struct file *file, struct str bytes,
                           bool *ret_is_written)
{
    struct output *output = NULL;
    enum status status = output_open(file->name.ptr, &run->diag, &output);
    bool is_same;

    if (status != STATUS_OK)
        return status;
    output_write(output, bytes);
    status = output_prepare(output, &run->diag);
    if (status != STATUS_OK)
        return status;
    status = look_again(file, &run->diag, &is_same);
    if (status != STATUS_OK || !is_same) {
        output_discard(output);
        return status == STATUS_OK ? refuse(run, file, "it was changed while it was looked at")
                                   : status;
    }
    status = output_commit(output, &run->diag);
    *ret_is_written = status == STATUS_OK;
    return status;
}

/* --- one document --- */

/* A terminal shows what else nobody would see; a program gets the bytes. */
static void add_diff(struct mend_files *files, struct str diff)
{
    struct str line;

    if (!isatty(STDOUT_FILENO)) {
        buf_add(&files->text, diff);
        return;
    }
    while (str_split(&diff, '\n', &line) && diff.ptr) {
        if (str_ends(line, "\r"))
            line.len--;
        buf_add_visible(&files->text, line, SIZE_MAX);
        buf_add_char(&files->text, '\n');
    }
}

/* The document as it is now: from its bytes where they are not in the file. */
static enum status add_bytes(struct mend_files *files, const struct file *file, struct str bytes,
                             enum lint_origin origin)
{
    struct source *source = NULL;
    enum status status =
        source_open_memory(file->name, bytes, &files->run->diag, &source);

    if (status == STATUS_OK)
        status = lint_set_add_source(files->set, source, origin, &files->run->diag);
    source_close(source);
    return status;
}

/* What was mended goes with the document for the reports. */
static enum status note(struct mend_files *files, struct lint_mending *mending)
{
    struct lint_document *document = files->set->documents[files->set->count - 1];
    struct buf diff;
    enum status status = STATUS_OK;

    buf_init(&diff, SIZE_MAX / 2);
    lint_mending_diff(mending, document->name, &diff);
    if (!lint_document_mended(document, mending, buf_str(&diff)) || diff.failed)
        status = diag_no_memory(&files->run->diag);
    else if (files->is_dry)
        add_diff(files, buf_str(&diff));
    buf_done(&diff);
    return status;
}

static enum status take_mending(struct mend_files *files, const struct file *file,
                                enum lint_origin origin, struct lint_mending *mending)
{
    struct run *run = files->run;
    bool is_stdin = str_is(file->name, "-");
    bool is_mended = mending->made.count > 0;
    const char *why = NULL;
    struct sha256 stored;
    enum status status = STATUS_OK;

    if (is_mended && !is_stdin) {
        if (!digest_bytes(file->bytes, &stored))
            return diag_no_memory(&run->diag);
        why = why_not(file, &stored);
    }
    diag_merge(&run->diag, &mending->left);
    if (why) {
        is_mended = false;
        status = refuse(run, file, why);
    } else if (is_mended && !is_stdin && !files->is_dry) {
        is_mended = false;
        status = replace(run, file, mending->after, &is_mended);
    }
    if (is_stdin && !files->is_dry)
        buf_add(&files->text, mending->after);
    if (status == STATUS_OK && (is_stdin || (is_mended && files->is_dry)))
        status = add_bytes(files, file, is_mended ? mending->after : file->bytes, origin);
    else if (status == STATUS_OK)
        status = lint_set_add(files->set, file->name, origin, &run->diag);
    return status == STATUS_OK && is_mended ? note(files, mending) : status;
}

static enum status add_file(struct mend_files *files, struct file *file, enum lint_origin origin)
{
    struct run *run = files->run;
    struct lint_mending mending;
    struct diag diag;
    enum status status;

    diag_init(&diag);
    status = read_file(file, &diag);
    if (status != STATUS_OK) {
        bool is_told = is_over(status) || str_is(file->name, "-");

        if (is_told)
            diag_merge(&run->diag, &diag);
        diag_done(&diag);
        /* why it cannot be read is told where it is looked at */
        return is_told ? status : lint_set_add(files->set, file->name, origin, &run->diag);
    }
    diag_done(&diag);
    status = lint_mend(files->set, file->name, file->bytes, origin, &run->diag, &mending);
    if (status != STATUS_OK)
        return status;
    status = take_mending(files, file, origin, &mending);
    lint_mending_done(&mending);
    return status;
}

enum status mend_files_add(struct mend_files *files, struct str name, enum lint_origin origin)
{
    struct file file = {.name = name};
    enum status status;

    if (!str_is(name, "-") && access(name.ptr, F_OK) != 0)
        return lint_set_add(files->set, name, origin, &files->run->diag);
    files->has_stdin |= str_is(name, "-");
    arena_init(&file.arena);
    status = add_file(files, &file, origin);
    arena_done(&file.arena);
    return status;
}

bool mend_files_has_text(const struct mend_files *files)
{
    return files->is_dry || files->has_stdin;
}

enum status mend_files_print(struct mend_files *files)
{
    return stage_print(files->run, &files->text);
}
