#include "cmd/gathering_texts.h"

#include "base/mem.h"

static const struct str usual[] = {STR_INIT("messages-en"), STR_INIT("messages-it")};

enum status load_detectors(struct run *run, const struct str *names, size_t count,
                           struct str folder, struct str salt, const struct lexicon **lexicons,
                           size_t *ret_count, struct detectors **ret_detectors)
{
    enum status status = STATUS_OK;
    size_t i;

    if (count == 0) {
        names = usual;
        count = ARRAY_LEN(usual);
    }
    if (count > LEXICONS_MOST)
        return run_usage(run, "at most %d lexicons", LEXICONS_MOST);
    for (i = 0; i < count && status == STATUS_OK; i++) {
        struct lexicon *lexicon = NULL;

        status = lexicon_load(&run->arena, &run->library, names[i], folder, &run->diag, &lexicon);
        lexicons[i] = lexicon;
    }
    *ret_count = count;
    if (status != STATUS_OK)
        return status;
    status = detectors_new(lexicons, count, salt, &run->diag, ret_detectors);
    if (status == STATUS_INVALID)
        diag_report(&run->diag, RULE_DOCUMENT_INVALID, WHERE_NONE, "a lexicon");
    return status;
}

/* A calibration that does not hold any more, or never did, is not passed over in silence. */
static void tell_trust(struct gathering *g)
{
    uint32_t asked = 0;
    size_t i;

    for (i = 0; i < g->measure_count; i++)
        asked |= g->measures[i]->detectors;
    for (asked &= detectors_present(g->detectors); asked; asked &= asked - 1) {
        enum detector detector = (enum detector)__builtin_ctz(asked);
        enum trust trust = trust_of(g->calibration, g->detectors, detector);

        if (trust == TRUST_FULL || trust == TRUST_NONE)
            continue;
        diag_report(&g->run->diag, RULE_DETECTOR_TRUST, WHERE_NONE, "'%s' is %s",
                    detector_name(detector), trust_name(trust));
        diag_hint(&g->run->diag, "label a sample of messages and give it to 'cfaudit calibrate'");
    }
}

enum status gathering_texts(struct gathering *g)
{
    struct run *run = g->run;
    enum status status;
    size_t s;

    if (!g->needs.marks || g->source_count == 0)
        return STATUS_OK;
    g->lexicons = arena_alloc(&run->arena, LEXICONS_MOST, sizeof *g->lexicons);
    if (!g->lexicons)
        return diag_no_memory(&run->diag);
    status = load_detectors(run, g->lexicon_names, g->lexicon_name_count, g->folder,
                            g->sources[0].options.salt, g->lexicons, &g->lexicon_count,
                            &g->detectors);
    if (status == STATUS_OK && g->calibration_name.ptr)
        status = calibration_load(&run->arena, &run->library, g->calibration_name, g->folder,
                                  &run->diag, &g->calibration);
    if (status != STATUS_OK)
        return status;
    for (s = 0; s < g->source_count; s++)
        g->sources[s].options.detectors = g->detectors;
    g->context.detectors = g->detectors;
    g->context.calibration = g->calibration;
    tell_trust(g);
    return STATUS_OK;
}

/* --- boilerplate --- */

static enum status count_lines(void *taker, const struct record_set *set)
{
    struct gathering *g = taker;
    size_t i;
    size_t k;

    for (i = 0; i < record_case_count(set); i++) {
        struct record_case item = record_case_at(set, i);

        for (k = 0; k < item.message_count; k++) {
            struct str marks = record_marks(set, &item.messages[k]);

            if (marks.ptr && !boilerplate_add(g->boilerplate, marks))
                return diag_no_memory(&g->run->diag);
        }
    }
    return STATUS_OK;
}

enum status gathering_boilerplate(struct gathering *g)
{
    const struct record_walk *walk = g->context.walk;
    enum status status;

    if (!g->detectors || !record_has_marks(g->set))
        return STATUS_OK;
    g->boilerplate = boilerplate_new();
    if (!g->boilerplate)
        return diag_no_memory(&g->run->diag);
    status = walk ? walk->go(walk->context, count_lines, g) : count_lines(g, g->set);
    if (status == STATUS_OK && !boilerplate_settle(g->boilerplate))
        status = diag_no_memory(&g->run->diag);
    g->context.boilerplate = g->boilerplate;
    return status;
}

/* --- ledger --- */

size_t gathering_texts_count(const struct gathering *g)
{
    return g->lexicon_count + (g->calibration != NULL);
}

void gathering_texts_ledger(const struct gathering *g, struct evidence *evidence)
{
    struct evidence_document *into;
    size_t i;

    for (i = 0; i < g->lexicon_count; i++) {
        into = &evidence->documents[evidence->document_count++];
        into->kind = STR("lexicon");
        into->id = g->lexicons[i]->id;
        into->revision = g->lexicons[i]->revision;
        into->title = g->lexicons[i]->title;
        into->name = g->lexicons[i]->name;
        into->sha256 = g->lexicons[i]->sha256;
    }
    if (!g->calibration)
        return;
    into = &evidence->documents[evidence->document_count++];
    into->kind = STR("calibration");
    into->id = g->calibration->id;
    into->revision = 1;
    into->name = g->calibration->name;
    into->sha256 = g->calibration->sha256;
}

void gathering_texts_done(struct gathering *g)
{
    boilerplate_free(g->boilerplate);
    detectors_free(g->detectors);
    g->boilerplate = NULL;
    g->detectors = NULL;
}
