#include "report/cover.h"

enum { COVER_INPUTS = 7 };

static void add_about(struct report *report, struct pane *pane, enum word label, struct str text)
{
    struct strip *strip;

    if (!text.len)
        return;
    strip = pane_add(pane);
    strip->label = report_say(report, label);
    strip->label_style = STYLE_LABEL;
    strip->text = text;
}

static struct str joined(struct report *report, const struct str *list, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        buf_add_text(&report->scratch, i ? "; " : "");
        buf_add(&report->scratch, list[i]);
    }
    return report_keep(report);
}

static struct str team_text(struct report *report, const struct evidence_audit *audit)
{
    size_t i;

    for (i = 0; i < audit->team_count; i++) {
        buf_add_text(&report->scratch, i ? "; " : "");
        buf_add(&report->scratch, audit->team[i].name);
    }
    return report_keep(report);
}

static struct str checklists_text(struct report *report)
{
    const struct result *result = report->result;
    struct str *parts = arena_alloc(report->arena, result->checklist_count, sizeof *parts);
    size_t i;

    if (!parts) {
        report->book->failed = true;
        return STR("");
    }
    for (i = 0; i < result->checklist_count; i++) {
        const struct used_checklist *used = &result->checklists[i];

        parts[i] = used->asked == used->whole
                       ? report_fill(report, WORD_REVISION, 2, used->id,
                                     report_count(report, used->revision))
                       : report_fill(report, WORD_REVISION_PART, 4, used->id,
                                     report_count(report, used->revision),
                                     report_count(report, used->asked),
                                     report_count(report, used->whole));
    }
    return joined(report, parts, result->checklist_count);
}

static struct str profile_text(struct report *report)
{
    const struct used_profile *profile = &report->result->profile;

    return profile->id.ptr ? report_fill(report, WORD_REVISION, 2, profile->id,
                                         report_count(report, profile->revision))
                           : STR("");
}

static struct str edition_text(struct report *report)
{
    struct str edition = report->evidence->audit.edition;

    if (!str_is(edition, "2026"))
        return edition;
    buf_add(&report->scratch, edition);
    buf_add_text(&report->scratch, ", ");
    buf_add(&report->scratch, report_say(report, WORD_EDITION_DRAFT));
    return report_keep(report);
}

void cover_about(struct report *report, struct pane *pane)
{
    const struct evidence_audit *audit = &report->evidence->audit;
    struct strip *strip;

    add_about(report, pane, WORD_ORGANIZATION, audit->organization);
    add_about(report, pane, WORD_SCOPE, words_in(&audit->scope, report->lang));
    add_about(report, pane, WORD_EDITION, edition_text(report));
    add_about(report, pane, WORD_PERIOD, report_period(report));
    if (!instant_is_missing(audit->as_of)) {
        strip = pane_add(pane);
        strip->label = report_say(report, WORD_AS_OF);
        strip->label_style = STYLE_LABEL;
        strip->time = report_local(report, audit->as_of);
        strip->time_name = "as_of";
    }
    add_about(report, pane, WORD_ZONE, report->book->zone);
    add_about(report, pane, WORD_COL_CALENDAR, report_calendar(report));
    add_about(report, pane, WORD_TEAM, team_text(report, audit));
    add_about(report, pane, WORD_PROFILE, profile_text(report));
    add_about(report, pane, WORD_CHECKLISTS, checklists_text(report));
    add_about(report, pane, WORD_COL_TAILORED, tailored_total_text(report));
    cover_answer_counts(report, pane);
    add_about(report, pane, WORD_TOOL, report->evidence->tool_version);
}

static void add_input(struct report *report, struct pane *pane, struct str name,
                      const struct sha256 *sum)
{
    struct strip *strip = pane_add(pane);

    strip->label = name;
    strip->label_style = STYLE_LABEL;
    strip->text = report_sha256(report, sum);
    strip->text_style = STYLE_NOTE;
}

void cover_inputs(struct report *report, struct pane *pane)
{
    const struct evidence *evidence = report->evidence;
    const struct result *result = report->result;
    size_t i;

    add_input(report, pane, report_say(report, WORD_INPUT_AUDIT), &evidence->audit.sha256);
    if (result->has_answers)
        add_input(report, pane, report_say(report, WORD_INPUT_ANSWERS), &result->answers_sha256);
    else
        pane_note(pane, report_say(report, WORD_INPUT_NO_ANSWERS));
    if (result->has_actions)
        add_input(report, pane, report_say(report, WORD_INPUT_ACTIONS), &result->actions_sha256);
    if (result->earlier)
        add_input(report, pane, report_say(report, WORD_INPUT_EARLIER), &result->earlier->sha256);
    add_input(report, pane, report_say(report, WORD_INPUT_EVIDENCE), &result->evidence_sha256);
    if (evidence->is_client_copy)
        add_input(report, pane, report_say(report, WORD_INPUT_RESULT), &result->sha256);
    for (i = 0; i < evidence->source_count && i < COVER_INPUTS - 3; i++)
        add_input(report, pane, evidence->sources[i].identity.name,
                  &evidence->sources[i].identity.sha256);
    if (evidence->source_count > i)
        cover_more(report, pane, WORD_INPUT_MORE, evidence->source_count - i, WORD_SHEET_SOURCES);
}
