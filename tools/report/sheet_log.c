#include "page/house.h"
#include "report/report_parts.h"

static void add_columns(struct report *report, struct sheet *sheet)
{
    sheet_column(sheet, "kind", report_say(report, WORD_COL_KIND), CELL_TEXT, WIDTH_WORDS);
    sheet_column(sheet, "item", report_say(report, WORD_COL_ITEM), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "message", report_say(report, WORD_COL_MESSAGE), CELL_TEXT, WIDTH_LONG);
    sheet_column(sheet, "source", report_say(report, WORD_COL_SOURCE), CELL_TEXT, WIDTH_PHRASE);
    sheet_column(sheet, "line", report_say(report, WORD_COL_LINE), CELL_INTEGER, WIDTH_COUNT);
    sheet_column(sheet, "column", report_say(report, WORD_COL_COLUMN), CELL_INTEGER, WIDTH_COUNT);
}

static void add_entry(struct report *report, struct sheet *sheet, enum word kind, struct str item,
                      struct str message)
{
    sheet_row(sheet);
    sheet_text(sheet, report_say(report, kind));
    sheet_text(sheet, item);
    sheet_text(sheet, message);
}

static void add_digest(struct report *report, struct sheet *sheet, struct str item,
                       const struct sha256 *sum)
{
    add_entry(report, sheet, WORD_LOG_INPUT, item, report_sha256(report, sum));
}

static void add_tool(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    const struct result *result = report->result;

    add_entry(report, sheet, WORD_LOG_TOOL, report_say(report, WORD_LOG_VERSION),
              evidence->tool_version);
    if (result) {
        add_entry(report, sheet, WORD_LOG_TOOL, report_say(report, WORD_LOG_RESULT_TOOL),
                  result->tool_version);
        add_entry(report, sheet, WORD_LOG_TOOL, report_say(report, WORD_LOG_MODEL), result->model);
    }
    add_entry(report, sheet, WORD_LOG_TOOL, report_say(report, WORD_LOG_ZONES),
              evidence->zone_database);
}

static void add_parameters(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    const struct evidence_audit *audit = &evidence->audit;
    struct str as_of = report_instant(report, audit->as_of);

    buf_add(&report->scratch, as_of);
    buf_add_char(&report->scratch, ' ');
    buf_add(&report->scratch, audit->zone.len ? audit->zone : STR("UTC"));
    if (!audit->as_of_is_given) {
        buf_add_text(&report->scratch, ", ");
        buf_add(&report->scratch, report_say(report, WORD_AS_OF_LATEST));
    }
    as_of = report_keep(report);
    if (!instant_is_missing(audit->as_of))
        add_entry(report, sheet, WORD_LOG_PARAMETER, report_say(report, WORD_LOG_AS_OF), as_of);
    add_entry(report, sheet, WORD_LOG_PARAMETER, report_say(report, WORD_LOG_PERIOD),
              report_period(report));
    add_entry(report, sheet, WORD_LOG_PARAMETER, report_say(report, WORD_LOG_EDITION),
              audit->edition);
    add_entry(report, sheet, WORD_LOG_PARAMETER, report_say(report, WORD_LOG_SEED), evidence->seed);
    add_entry(report, sheet, WORD_LOG_PARAMETER, report_say(report, WORD_LOG_COMPLETE),
              report_say(report, evidence->is_incomplete ? WORD_NO : WORD_YES));
}

static void add_inputs(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    const struct result *result = report->result;
    size_t i;

    add_digest(report, sheet, report_say(report, WORD_INPUT_AUDIT), &evidence->audit.sha256);
    if (result && result->profile.id.ptr)
        add_digest(report, sheet, result->profile.id, &result->profile.sha256);
    for (i = 0; result && i < result->checklist_count; i++)
        add_digest(report, sheet, result->checklists[i].id, &result->checklists[i].sha256);
    if (result && result->has_answers)
        add_digest(report, sheet, report_say(report, WORD_INPUT_ANSWERS), &result->answers_sha256);
    if (result && result->has_actions)
        add_digest(report, sheet, report_say(report, WORD_INPUT_ACTIONS), &result->actions_sha256);
    if (result && result->earlier)
        add_digest(report, sheet, report_say(report, WORD_INPUT_EARLIER),
                   &result->earlier->sha256);
    if (result)
        add_digest(report, sheet, report_say(report, WORD_INPUT_EVIDENCE),
                   &result->evidence_sha256);
    for (i = 0; i < evidence->document_count; i++)
        add_digest(report, sheet,
                   report_fill(report, WORD_LOG_DOCUMENT, 3,
                               say_raw(evidence->documents[i].kind, report->lang),
                               evidence->documents[i].id,
                               report_count(report, evidence->documents[i].revision)),
                   &evidence->documents[i].sha256);
    for (i = 0; i < evidence->source_count; i++)
        add_digest(report, sheet, evidence->sources[i].identity.name,
                   &evidence->sources[i].identity.sha256);
    for (i = 0; i < evidence->source_count; i++)
        if (i == 0 || !str_equal(evidence->sources[i].map, evidence->sources[i - 1].map))
            add_digest(report, sheet, evidence->sources[i].map, &evidence->sources[i].map_sha256);
}

static enum level severity_level(struct str severity)
{
    if (str_is(severity, "warning"))
        return LEVEL_WATCH;
    return str_is(severity, "note") ? LEVEL_NONE : LEVEL_BAD;
}

static void add_notes(struct report *report, struct sheet *sheet)
{
    const struct evidence *evidence = report->evidence;
    size_t i;

    for (i = 0; i < evidence->note_count; i++) {
        const struct ledger_note *note = &evidence->notes[i];

        sheet_row(sheet);
        sheet_text(sheet, say_severity(note->severity, report->lang));
        sheet_level(sheet, severity_level(note->severity));
        sheet_text(sheet, note->rule);
        sheet_text(sheet, note->text);
        sheet_text(sheet, note->source);
        if (note->line)
            sheet_integer(sheet, note->line);
        else
            sheet_blank(sheet);
        if (note->column)
            sheet_integer(sheet, note->column);
    }
}

static void add_left_out(struct report *report, struct sheet *sheet)
{
    const struct sheet_kind *const *kind;

    for (kind = sheet_kinds; *kind; kind++)
        if (!(*kind)->build_all && !(*kind)->has_data(report))
            add_entry(report, sheet, WORD_LOG_SHEET, report_say(report, (*kind)->name),
                      report_say(report, WORD_LEFT_OUT));
}

static void build(struct report *report, struct sheet *sheet)
{
    add_columns(report, sheet);
    add_tool(report, sheet);
    add_parameters(report, sheet);
    add_inputs(report, sheet);
    add_notes(report, sheet);
    add_left_out(report, sheet);
}

static bool has_data(const struct report *report)
{
    (void)report;
    return true;
}

extern const struct sheet_kind sheet_log;
const struct sheet_kind sheet_log = {
    .id = "log", .name = WORD_SHEET_LOG, .has_data = has_data, .build = build};
