#include "detect/lexicon_samples.h"

struct checking {
    const struct lexicon *lexicon;
    const struct detectors *detectors;
    struct detect_run *run;
    struct marks_reader reader;
    struct diag *diag;
    uint64_t errors;
};

static bool is_of(const struct checking *checking, const struct mark_hit *hit,
                  enum detector detector, struct str entry)
{
    return hit->detector == detector &&
           (!entry.ptr || str_equal(detectors_entry(checking->detectors, hit->entry)->id, entry));
}

/* The first such hit; NULL: none. */
static const struct mark_hit *find_hit(const struct checking *checking, const struct marks *marks,
                                       enum detector detector, struct str entry)
{
    size_t i;

    for (i = 0; i < marks->hit_count; i++)
        if (is_of(checking, &marks->hits[i], detector, entry))
            return &marks->hits[i];
    return NULL;
}

static void say_wrong(struct checking *checking, const struct lexicon_sample *sample,
                      enum detector detector, const struct mark_hit *hit)
{
    const char *name = detector_name(detector);

    checking->errors++;
    if (!sample->is_hit) {
        const struct detector_entry *entry = detectors_entry(checking->detectors, hit->entry);

        diag_report(checking->diag, RULE_LEXICON_SAMPLE, sample->place,
                    "detector '%s' hits it by entry '%.*s'", name, STR_ARG(entry->id));
        diag_hint(checking->diag, "mend the phrases of the entry, or say hits=\"yes\"");
        return;
    }
    if (hit)
        diag_report(checking->diag, RULE_LEXICON_SAMPLE, sample->place,
                    "detector '%s' hits it by entry '%.*s', not by '%.*s'", name,
                    STR_ARG(detectors_entry(checking->detectors, hit->entry)->id),
                    STR_ARG(sample->entry));
    else
        diag_report(checking->diag, RULE_LEXICON_SAMPLE, sample->place,
                    "detector '%s' does not hit it", name);
    diag_hint(checking->diag, "add its words as a phrase, or say hits=\"no\"");
}

static enum status check_sample(struct checking *checking, enum detector detector,
                                const struct lexicon_sample *sample)
{
    const struct str any = {NULL, 0};
    struct str bytes = detect_text(checking->run, sample->text, checking->lexicon->language);
    const struct mark_hit *hit;
    struct marks marks;

    if (!bytes.ptr || !marks_read(&checking->reader, bytes, NULL, &marks))
        return diag_no_memory(checking->diag);
    hit = find_hit(checking, &marks, detector, any);
    if (sample->is_hit ? !find_hit(checking, &marks, detector, sample->entry) : hit != NULL)
        say_wrong(checking, sample, detector, hit);
    return STATUS_OK;
}

static enum status check_samples(struct checking *checking)
{
    enum status status = STATUS_OK;
    enum detector detector;
    size_t i;
    size_t k;

    for (i = 0; i < checking->lexicon->detector_count; i++) {
        const struct lexicon_detector *from = &checking->lexicon->detectors[i];

        if (!detector_find(from->name, &detector))
            continue; /* detectors_new has refused it */
        for (k = 0; k < from->sample_count && status == STATUS_OK; k++)
            status = check_sample(checking, detector, &from->samples[k]);
    }
    return status == STATUS_OK && checking->errors ? STATUS_INVALID : status;
}

enum status lexicon_check(const struct lexicon *lexicon, struct diag *diag)
{
    struct checking checking = {.lexicon = lexicon, .diag = diag};
    struct detectors *detectors = NULL;
    enum status status = detectors_new(&lexicon, 1, (struct str){NULL, 0}, diag, &detectors);

    if (status != STATUS_OK)
        return status;
    checking.detectors = detectors;
    marks_reader_init(&checking.reader);
    checking.run = detect_run_new(detectors, /* hits_only= */ true);
    status = checking.run ? check_samples(&checking) : diag_no_memory(diag);
    detect_run_free(checking.run);
    marks_reader_done(&checking.reader);
    detectors_free(detectors);
    return status;
}
