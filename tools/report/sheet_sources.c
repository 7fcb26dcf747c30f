#include "page/house.h"
#include "report/report_parts.h"

/* First column of counts, and the first after them. */
enum { SOURCES_READ = 2, SOURCES_MAP = 8 };

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "state", report_say(report, WORD_COL_STATE), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "read", report_say(report, WORD_COL_READ),
                 CELL_INTEGER, WIDTH_COUNT)->help =
        report_say(report, WORD_HELP_USED);
    sheet_column(sheet, "used", report_say(report, WORD_COL_USED), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "filtered", report_say(report, WORD_COL_FILTERED),
                 CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "rejected", report_say(report, WORD_COL_REJECTED),
                 CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "cases", report_say(report, WORD_COL_CASES), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "bytes", report_say(report, WORD_COL_BYTES), CELL_INTEGER, WIDTH_WORD);
    sheet_column(sheet, "map", report_say(report, WORD_COL_MAP), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "dialect", report_say(report, WORD_COL_DIALECT), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "zone", report_say(report, WORD_COL_ZONE), CELL_TEXT, WIDTH_WORD);
    sheet_column(sheet, "sha256", report_say(report, WORD_COL_SHA256),
                 CELL_TEXT, WIDTH_PHRASE)->help =
        report_say(report, WORD_HELP_SHA256);
}

static void add_source(struct report *report, struct sheet *sheet, const struct accounting *source)
{
    bool is_whole = !source->identity.truncated && !source->is_partial;

    sheet_row(sheet);
    sheet_anchor(sheet, source->identity.name);
    sheet_text(sheet, source->identity.name);
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, report_say(report, is_whole                     ? WORD_STATE_READ
                                         : source->identity.truncated ? WORD_STATE_TRUNCATED
                                                                      : WORD_STATE_PARTIAL));
    sheet_level(sheet, is_whole ? LEVEL_GOOD : LEVEL_BAD);
    sheet_integer(sheet, source->rows_read);
    sheet_integer(sheet, source->rows_used);
    sheet_integer(sheet, source->rows_filtered);
    sheet_integer(sheet, source->rows_rejected);
    sheet_integer(sheet, source->cases);
    sheet_integer(sheet, source->identity.bytes);
    sheet_text(sheet, source->map);
    if (source->rule_count)
        sheet_link(sheet, "log-rules", source->identity.name);
    sheet_text(sheet, source->dialect);
    sheet_text(sheet, source->zone);
    sheet_text(sheet, report_sha256(report, &source->identity.sha256));
    sheet_style(sheet, STYLE_NOTE);
}

/* Calendars and agreements are sources, too: figures change when they do. */
static void add_document(struct report *report, struct sheet *sheet,
                         const struct evidence_document *document)
{
    size_t i;

    sheet_row(sheet);
    sheet_anchor(sheet, document->id);
    sheet_text(sheet, document_text(report, document));
    sheet_style(sheet, STYLE_STRONG);
    sheet_text(sheet, say_raw(document->kind, report->lang));
    for (i = SOURCES_READ; i < SOURCES_MAP; i++)
        sheet_blank(sheet);
    sheet_text(sheet, document->id);
    sheet_text(sheet, report_fill(report, WORD_DOCUMENT_REVISION, 1,
                                  report_count(report, document->revision)));
    sheet_blank(sheet);
    sheet_text(sheet, report_sha256(report, &document->sha256));
    sheet_style(sheet, STYLE_NOTE);
}

static void build(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    add_columns(report, sheet);
    sheet->frozen_columns = 1;
    for (i = 0; i < evidence->source_count; i++)
        add_source(report, sheet, &evidence->sources[i]);
    for (i = 0; i < evidence->document_count; i++)
        add_document(report, sheet, &evidence->documents[i]);
    for (i = 0; i < evidence->missing_count; i++) {
        sheet_row(sheet);
        sheet_text(sheet, evidence->missing[i].id);
        sheet_style(sheet, STYLE_STRONG);
        sheet_text(sheet, report_say(report, WORD_STATE_MISSING));
        sheet_level(sheet, LEVEL_BAD);
    }
}

static bool has_data(const struct report *report)
{
    const struct evidence *evidence = report->evidence;

    return evidence->source_count + evidence->document_count + evidence->missing_count > 0;
}

extern const struct sheet_kind sheet_sources;
const struct sheet_kind sheet_sources = {
    .id = "sources", .name = WORD_SHEET_SOURCES, .has_data = has_data, .build = build};
