/* Diagnostics of several readings as those of one. */
#include "base/mem.h"
#include "part/part.h"

/* Whether the owner, or some map, has had the same said of it. */
static bool is_said(const struct part_notes *notes, const struct part_note *note)
{
    const struct diag *diag = notes->diag;
    size_t i;

    if (note->rule == RULE_MAP_OWN_FIELD)
        return diag->by_rule[RULE_MAP_OWN_FIELD] > 0;
    if (note->rule != RULE_RECORD_STATUS)
        return false;
    for (i = notes->first; i < diag->count; i++)
        if (diag->list[i].rule == note->rule && str_equal(diag->list[i].text, note->text))
            return true;
    return false;
}

static void count(struct diag *diag, enum rule rule, uint64_t n)
{
    diag->by_rule[rule] += n;
    diag->by_severity[rule_info(rule)->severity] += n;
}

enum status part_notes_tell(struct part_notes *notes, const struct part_source *source,
                            struct str name)
{
    struct diag own;
    size_t i;

    if (source->owner != notes->owner) {
        notes->owner = source->owner;
        notes->first = notes->diag->count;
    }
    diag_init(&own);
    own.list = mem_alloc(source->note_count, sizeof *own.list);
    if (!own.list)
        return diag_no_memory(notes->diag);
    for (i = 0; i < source->count_count; i++)
        count(&own, source->counts[i].rule, source->counts[i].n);
    for (i = 0; i < source->note_count; i++) {
        const struct part_note *note = &source->notes[i];
        struct where where = {note->is_about_source ? name : note->source, note->line,
                              note->column, note->offset};

        if (is_said(notes, note)) {
            if (own.by_rule[note->rule])
                count(&own, note->rule, UINT64_MAX); /* one less */
            continue;
        }
        own.list[own.count++] = (struct diagnostic){
            .rule = note->rule, .severity = rule_info(note->rule)->severity, .where = where,
            .text = note->text, .hint = note->hint};
    }
    diag_merge(notes->diag, &own);
    diag_done(&own);
    return STATUS_OK;
}
