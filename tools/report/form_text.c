/* What was found, for the terminal: "path:line:col: level: text [rule]", then one line of totals. */
#include "base/buf.h"
#include "report/check_forms.h"

/* Rules with more findings than are kept with their places. */
static void add_more(const struct check_input *input, const struct lint_document *document,
                     struct buf *out)
{
    uint64_t kept[RULE_COUNT] = {0};
    size_t i;

    for (i = 0; i < document->diag.count; i++)
        kept[document->diag.list[i].rule]++;
    for (i = 0; i < RULE_COUNT; i++) {
        const struct rule_info *info = rule_info((enum rule)i);

        if (document->diag.by_rule[i] <= kept[i] || info->severity < input->lowest)
            continue;
        buf_add_visible(out, document->name, 4096);
        buf_printf(out, ": %s: %llu more of the same kind [%s]\n", severity_name(info->severity),
                   (unsigned long long)(document->diag.by_rule[i] - kept[i]), info->name);
    }
}

/* Findings that are there and were not asked for. */
static void add_hidden(const struct check_input *input, struct buf *out)
{
    uint64_t hidden = 0;
    int severity;

    for (severity = 0; severity < (int)input->lowest; severity++)
        hidden += lint_set_severities(input->set, (enum severity)severity);
    if (hidden)
        buf_printf(out, " (%llu not shown: --show %s)", (unsigned long long)hidden,
                   lint_set_severities(input->set, SEVERITY_NOTE)
                       ? severity_name(SEVERITY_NOTE)
                       : severity_name((enum severity)(input->lowest - 1)));
}

/* What is no finding any more. */
static void add_mended(const struct lint_document *document, struct buf *out)
{
    size_t i;

    for (i = 0; i < document->mended.count; i++) {
        const struct diagnostic *item = &document->mended.list[i];

        buf_add_visible(out, item->where.source, 4096);
        buf_printf(out, ":%llu:%llu: mended: ", (unsigned long long)item->where.line,
                   (unsigned long long)item->where.column);
        buf_add_visible(out, item->text, 2000);
        buf_printf(out, " [%s]\n", rule_info(item->rule)->name);
    }
}

/* Where --fix was not asked for. */
static void add_fixes(const struct check_input *input, struct buf *out)
{
    uint64_t count = lint_set_fixes(input->set);

    if (count && !input->mends)
        buf_printf(out, "; --fix mends %llu of these", (unsigned long long)count);
}

/* What each document lacks in which language, for those who look at notes. */
static void add_untranslated(const struct check_input *input, struct buf *out)
{
    size_t i;
    int lang;

    for (i = 0; i < input->set->count && input->lowest == SEVERITY_NOTE; i++) {
        const struct lint_document *document = input->set->documents[i];

        for (lang = 0; lang < LANG_COUNT; lang++)
            if (document->untranslated[lang])
                buf_printf(out, "missing in %s: %zu of %zu texts of %.*s\n",
                           lang_name((enum lang)lang), document->untranslated[lang],
                           document->texts, STR_ARG(document->name));
    }
}

static enum status write_text(const struct check_input *input, struct buf *out, struct diag *diag)
{
    size_t i;
    size_t j;

    for (i = 0; i < input->set->count; i++) {
        const struct lint_document *document = input->set->documents[i];

        add_mended(document, out);
        for (j = 0; j < document->diag.count; j++)
            if (document->diag.list[j].severity >= input->lowest)
                diag_format(&document->diag.list[j], out);
        add_more(input, document, out);
    }
    add_untranslated(input, out);
    check_totals(input->set, out);
    add_hidden(input, out);
    add_fixes(input, out);
    buf_add_char(out, '\n');
    return out->failed ? diag_no_memory(diag) : STATUS_OK;
}

extern const struct result_form form_text;
const struct result_form form_text = {.name = "text",
                                      .ending = ".txt",
                                      .about = "one line a finding, for the terminal",
                                      .write_check = write_text};
