/*
 * Annotations in GitHub's jobs: commands of a workflow on standard output.
 *
 * Source: GitHub's documentation of workflow commands. A step shows ten annotations of each level
 * and drops the others without a word: the first ten are printed, and the last line says how many
 * more there are. Data escape % CR LF, properties : and , as well.
 */
#include "base/buf.h"
#include "report/check_forms.h"

enum { ANNOTATIONS = 10 };

static const char *level_of(enum severity severity)
{
    return severity >= SEVERITY_ERROR     ? "error"
           : severity == SEVERITY_WARNING ? "warning"
                                          : "notice";
}

static void add_escaped(struct buf *out, struct str text, bool is_property)
{
    size_t i;

    for (i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
            buf_printf(out, "%%%02X", (unsigned char)c);
        else
            buf_add_char(out, c);
    }
}

static void add_property(struct buf *out, const char *name, struct str value)
{
    buf_printf(out, ",%s=", name);
    add_escaped(out, value, /* is_property= */ true);
}

static void add_annotation(struct buf *out, const struct lint_document *document,
                           const struct diagnostic *item)
{
    struct str file = item->where.source.ptr ? item->where.source : document->name;

    buf_printf(out, "::%s file=", level_of(item->severity));
    add_escaped(out, file, /* is_property= */ true);
    if (item->where.line)
        buf_printf(out, ",line=%llu", (unsigned long long)item->where.line);
    if (item->where.line && item->where.column)
        buf_printf(out, ",col=%llu", (unsigned long long)item->where.column);
    add_property(out, "title", str_of(rule_info(item->rule)->name));
    buf_add_text(out, "::");
    add_escaped(out, item->text, /* is_property= */ false);
    if (item->hint.ptr) {
        buf_add_text(out, "%0A");
        add_escaped(out, item->hint, /* is_property= */ false);
    }
    buf_add_char(out, '\n');
}

/* Errors and what is worse are one level. */
static bool is_of_level(const struct diagnostic *item, enum severity level)
{
    return level == SEVERITY_ERROR ? item->severity >= SEVERITY_ERROR : item->severity == level;
}

static uint64_t add_level(const struct check_input *input, enum severity level, struct buf *out)
{
    uint64_t total = lint_set_severities(input->set, level);
    /* the last line is a notice, too */
    uint64_t room = level == SEVERITY_NOTE ? ANNOTATIONS - 1 : ANNOTATIONS;
    uint64_t printed = 0;
    size_t i;
    size_t j;

    if (level == SEVERITY_ERROR)
        total += lint_set_severities(input->set, SEVERITY_FATAL);
    for (i = 0; i < input->set->count; i++) {
        const struct lint_document *document = input->set->documents[i];

        for (j = 0; j < document->diag.count && printed < room; j++) {
            if (!is_of_level(&document->diag.list[j], level))
                continue;
            add_annotation(out, document, &document->diag.list[j]);
            printed++;
        }
    }
    return total - printed;
}

static enum status write_github(const struct check_input *input, struct buf *out,
                                struct diag *diag)
{
    uint64_t more = 0;
    int level;

    for (level = SEVERITY_ERROR; level >= (int)input->lowest; level--)
        more += add_level(input, (enum severity)level, out);
    buf_add_text(out, "::notice title=cfaudit validate::");
    check_totals(input->set, out);
    if (more)
        buf_printf(out, "; %llu of them have no annotation here", (unsigned long long)more);
    buf_add_char(out, '\n');
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct result_form form_github;
const struct result_form form_github = {.name = "github",
                                        .ending = ".github",
                                        .about = "annotations in GitHub's jobs",
                                        .write_check = write_github};
