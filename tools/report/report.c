#include "report/report.h"

#include "report/series.h"

/* Instants of a book are as-of times of audits: a file property of the same kind. */
static void describe(struct report *report)
{
    const struct evidence *evidence = report->evidence;
    struct book *book = report->book;

    book->title = words_in(&evidence->audit.title, report->lang);
    if (!book->title.len)
        book->title = report_say(report, WORD_TITLE);
    book->subject = report_say(report, WORD_CLAUSE);
    book->keywords = report_say(report, WORD_KEYWORDS);
    book->organization = evidence->audit.organization;
    if (evidence->is_client_copy)
        book->marking = report_say(report, WORD_CLIENT_COPY);
    book->tool = evidence->tool_version;
    book->zone = evidence->audit.zone.len ? evidence->audit.zone : STR("UTC");
    book->created = evidence->audit.as_of;
}

static enum status build(struct arena *arena, const struct evidence *evidence,
                         const struct result *result, enum lang lang, const char *main_sheet,
                         struct diag *diag, struct book **ret_book)
{
    const struct sheet_kind *const *kind;
    struct report report;
    enum status status;

    status = report_open(&report, arena, evidence, result, lang, diag);
    if (status == STATUS_OK) {
        describe(&report);
        importance_collect(&report);
        findings_collect(&report);
        series_collect(&report);
        for (kind = sheet_kinds; *kind && !report.book->failed; kind++)
            if ((*kind)->build_all)
                (*kind)->build_all(&report);
            else if ((*kind)->has_data(&report))
                (*kind)->build(&report, book_sheet(report.book, (*kind)->id,
                                                   report_say(&report, (*kind)->name)));
        report.book->main_sheet = str_of(main_sheet);
        status = book_finish(report.book, diag);
    }
    if (status == STATUS_OK)
        *ret_book = report.book;
    report_close(&report);
    return status;
}

enum status report_build(struct arena *arena, const struct evidence *evidence,
                         const struct result *result, enum lang lang, struct diag *diag,
                         struct book **ret_book)
{
    return build(arena, evidence, result, lang, "checklist", diag, ret_book);
}

enum status report_figures(struct arena *arena, const struct evidence *evidence, enum lang lang,
                           struct diag *diag, struct book **ret_book)
{
    return build(arena, evidence, /* result= */ NULL, lang, "metrics", diag, ret_book);
}
