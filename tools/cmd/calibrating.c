#include "cmd/calibrating.h"

#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "reader/reader.h"

/* Columns: the text, then for each detector three. */
enum { LABEL_FIRST, LABEL_SECOND, LABEL_AGREED, LABELS };
enum {
    COLUMN_TEXT,
    COLUMN_LANGUAGE,
    COLUMN_LABELS,
    COLUMNS = COLUMN_LABELS + DETECTOR_COUNT * LABELS
};

/* Messages of fewer, or labels that agree less, say little. */
enum { SAMPLE_LEAST = 200 };
static const double KAPPA_LEAST = 0.60;

struct labelled {
    struct calibrating *c;
    struct source *source;
    struct rowset *rows;
    struct detect_run *detecting;
    struct column_want wants[COLUMNS];
    struct str names[COLUMNS];
    struct calibrated_detector counts[DETECTOR_COUNT];
    uint32_t columns; /* detectors that have one */
};

static size_t column_of(enum detector detector, int label)
{
    return COLUMN_LABELS + (size_t)detector * LABELS + (size_t)label;
}

/* --- columns --- */

static enum status name_columns(struct labelled *l)
{
    static const struct str texts[] = {STR_INIT("text"), STR_INIT("message"), STR_INIT("body"),
                                       STR_INIT("testo"), STR_INIT("messaggio")};
    static const struct str languages[] = {STR_INIT("language"), STR_INIT("lingua")};
    static const char *const endings[LABELS] = {"", "-2", "-agreed"};
    size_t d;
    size_t i;

    l->wants[COLUMN_LANGUAGE] = (struct column_want){languages, ARRAY_LEN(languages), false};
    l->wants[COLUMN_TEXT] = (struct column_want){texts, ARRAY_LEN(texts), true};
    for (d = 0; d < DETECTOR_COUNT; d++) {
        for (i = 0; i < LABELS; i++) {
            size_t c = column_of((enum detector)d, (int)i);

            l->names[c] = arena_format(&l->c->run->arena, "%s%s",
                                       detector_name((enum detector)d), endings[i]);
            if (!l->names[c].ptr)
                return diag_no_memory(&l->c->run->diag);
            l->wants[c] = (struct column_want){&l->names[c], 1, false};
        }
    }
    return STATUS_OK;
}

static enum status find_columns(struct labelled *l)
{
    struct run *run = l->c->run;
    uint32_t missing;
    size_t d;

    for (d = 0; d < DETECTOR_COUNT; d++)
        if (l->rows->found[column_of((enum detector)d, LABEL_FIRST)])
            l->columns |= 1u << d;
    missing = l->c->asked & ~l->columns;
    if (missing) {
        diag_report(&run->diag, RULE_LABEL_COLUMN, (struct where){l->c->path, 0, 0, 0},
                    "'%s'", detector_name((enum detector)__builtin_ctz(missing)));
        return STATUS_USAGE;
    }
    if (l->columns == 0) {
        diag_report(&run->diag, RULE_LABEL_COLUMN, (struct where){l->c->path, 0, 0, 0}, NULL);
        diag_hint(&run->diag, "give it a column named as a detector, such as refusal, with yes or no");
        return STATUS_USAGE;
    }
    if (l->c->asked)
        l->columns = l->c->asked;
    missing = l->columns & ~detectors_present(l->c->detectors);
    if (missing)
        return run_usage(run, "no lexicon named has detector '%s'",
                         detector_name((enum detector)__builtin_ctz(missing)));
    return STATUS_OK;
}

/* --- labels --- */

enum label { LABEL_NO, LABEL_YES, LABEL_MISSING, LABEL_UNKNOWN };

static enum label read_label(struct str cell)
{
    static const char *const yes[] = {"yes", "y", "1", "true", "x", "s\u00EC", "si", "vero"};
    static const char *const no[] = {"no", "n", "0", "false", "falso"};
    size_t i;

    cell = str_trim(cell);
    if (cell.len == 0)
        return LABEL_MISSING;
    for (i = 0; i < ARRAY_LEN(yes); i++)
        if (str_equal_nocase(cell, str_of(yes[i])))
            return LABEL_YES;
    for (i = 0; i < ARRAY_LEN(no); i++)
        if (str_equal_nocase(cell, str_of(no[i])))
            return LABEL_NO;
    return LABEL_UNKNOWN;
}

/* Of one row and one column; false: the file cannot be used. A column that is not there is missing. */
static bool take_label(struct labelled *l, const struct row_batch *batch, size_t r, size_t column,
                       enum label *ret_label)
{
    struct str cell = batch->cells[r * batch->width + column];

    *ret_label = l->rows->found[column] ? read_label(cell) : LABEL_MISSING;
    if (*ret_label != LABEL_UNKNOWN)
        return true;
    diag_report(&l->c->run->diag, RULE_LABEL_WORD,
                (struct where){l->c->path, batch->lines[r], 0, batch->offsets[r]}, "%.*s '%.*s'",
                STR_ARG(l->names[column]), STR_ARG(cell));
    return false;
}

static void count(struct calibrated_detector *counts, bool is_hit, enum label first,
                  enum label second, enum label agreed)
{
    bool is_there = first == LABEL_YES && second != LABEL_NO;

    if (first != second && second != LABEL_MISSING && agreed != LABEL_MISSING)
        is_there = agreed == LABEL_YES;
    *(is_hit ? is_there ? &counts->true_hits : &counts->false_hits
             : is_there ? &counts->missed : &counts->true_silences) += 1;
    if (second == LABEL_MISSING)
        return;
    counts->has_second = true;
    *(first == LABEL_YES ? second == LABEL_YES ? &counts->both : &counts->first
                         : second == LABEL_YES ? &counts->second : &counts->neither) += 1;
}

/* Which detectors have a label in the row; false: the file cannot be used. The second person may have
   read only some of the messages. */
static bool take_labels(struct labelled *l, const struct row_batch *batch, size_t r,
                        enum label (*labels)[LABELS], uint32_t *ret_labelled)
{
    uint32_t left;
    int i;

    *ret_labelled = 0;
    for (left = l->columns; left; left &= left - 1) {
        enum detector d = (enum detector)__builtin_ctz(left);

        for (i = 0; i < LABELS; i++)
            if (!take_label(l, batch, r, column_of(d, i), &labels[d][i]))
                return false;
        if (labels[d][LABEL_FIRST] != LABEL_MISSING)
            *ret_labelled |= 1u << d;
    }
    return true;
}

/* What only customers say is labelled in their messages, what only agents say in those of agents: a
   row counts for the detectors that have their labels in it. */
static enum status take_row(struct labelled *l, const struct row_batch *batch, size_t r)
{
    const struct str *cells = &batch->cells[r * batch->width];
    struct str text = cells[COLUMN_TEXT];
    struct str language = str_trim(cells[COLUMN_LANGUAGE]);
    enum label labels[DETECTOR_COUNT][LABELS];
    struct str bytes;
    uint32_t left;

    if (!take_labels(l, batch, r, labels, &left))
        return STATUS_INVALID;
    if (str_trim(text).len == 0 || left == 0) {
        l->c->unlabelled++;
        return STATUS_OK;
    }
    bytes = detect_text(l->detecting, text, language.len ? detect_language(language) : LANG_COUNT);
    if (!bytes.ptr)
        return diag_no_memory(&l->c->run->diag);
    l->c->calibration.messages++;
    for (; left; left &= left - 1) {
        enum detector d = (enum detector)__builtin_ctz(left);

        count(&l->counts[d], marks_has(bytes, 1u << d), labels[d][LABEL_FIRST],
              labels[d][LABEL_SECOND], labels[d][LABEL_AGREED]);
    }
    return STATUS_OK;
}

static enum status read_rows(struct labelled *l)
{
    enum status status = STATUS_OK;
    struct row_batch batch;
    size_t r;

    while (status == STATUS_OK) {
        status = rowset_next(l->rows, &batch);
        for (r = 0; r < batch.count && status == STATUS_OK; r++)
            status = take_row(l, &batch, r);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* --- the whole --- */

static void warn(struct labelled *l, const struct calibrated_detector *detector)
{
    struct diag *diag = &l->c->run->diag;
    struct detector_quality quality = trust_quality(detector);

    if (quality.has_agreement && quality.agreement.value < KAPPA_LEAST)
        diag_report(diag, RULE_LABEL_AGREEMENT, WHERE_NONE, "%.*s: kappa %.2f",
                    STR_ARG(detector->name), quality.agreement.value);
    if (!(quality.precision_limits.low >= TRUST_LEAST))
        diag_report(diag, RULE_DETECTOR_IMPRECISE, WHERE_NONE, "'%.*s'", STR_ARG(detector->name));
}

static enum status conclude(struct labelled *l)
{
    struct run *run = l->c->run;
    struct calibration *calibration = &l->c->calibration;
    struct source_identity identity;
    enum status status = source_finish(l->source, &run->diag, &identity);
    uint32_t left;
    size_t i;

    if (status != STATUS_OK)
        return status;
    calibration->id = STR("calibration");
    calibration->sample = l->c->path;
    calibration->sample_sha256 = identity.sha256;
    calibration->sample_bytes = identity.bytes;
    calibration->lexicons =
        arena_alloc(&run->arena, l->c->lexicon_count, sizeof *calibration->lexicons);
    calibration->detectors =
        arena_alloc(&run->arena, DETECTOR_COUNT, sizeof *calibration->detectors);
    if (!calibration->lexicons || !calibration->detectors)
        return diag_no_memory(&run->diag);
    for (i = 0; i < l->c->lexicon_count; i++)
        calibration->lexicons[calibration->lexicon_count++] = (struct calibrated_lexicon){
            l->c->lexicons[i]->id, l->c->lexicons[i]->revision, l->c->lexicons[i]->sha256};
    for (left = l->columns; left && calibration->messages; left &= left - 1) {
        enum detector d = (enum detector)__builtin_ctz(left);

        l->counts[d].name = str_of(detector_name(d));
        l->counts[d].version = detectors_version(l->c->detectors, d);
        calibration->detectors[calibration->detector_count++] = l->counts[d];
        warn(l, &l->counts[d]);
    }
    if (calibration->messages == 0)
        run->incomplete = "no-labels";
    else if (calibration->messages < SAMPLE_LEAST)
        diag_report(&run->diag, RULE_SAMPLE_SMALL, (struct where){l->c->path, 0, 0, 0},
                    "%llu", (unsigned long long)calibration->messages);
    return STATUS_OK;
}

static enum status open_rows(struct labelled *l)
{
    const struct reader_kind *kind = reader_find(STR("delimited"));
    struct diag *diag = &l->c->run->diag;
    enum status status;

    BUG_IF(!kind);
    status = source_open(l->c->path, diag, &l->source);
    return status == STATUS_OK
               ? kind->open(l->source, &l->c->reading, l->wants, COLUMNS, diag, &l->rows)
               : status;
}

enum status calibrating_read(struct calibrating *c)
{
    struct run *run = c->run;
    struct labelled *l = mem_alloc(1, sizeof *l);
    enum status status;

    if (!l)
        return diag_no_memory(&run->diag);
    l->c = c;
    status = load_detectors(run, c->lexicon_names, c->lexicon_name_count, (struct str){NULL, 0},
                            (struct str){NULL, 0}, c->lexicons, &c->lexicon_count, &c->detectors);
    if (status == STATUS_OK && !(l->detecting = detect_run_new(c->detectors, true)))
        status = diag_no_memory(&run->diag);
    if (status == STATUS_OK)
        status = name_columns(l);
    if (status == STATUS_OK)
        status = open_rows(l);
    if (status == STATUS_OK)
        status = find_columns(l);
    if (status == STATUS_OK)
        status = read_rows(l);
    if (status == STATUS_OK)
        status = conclude(l);
    rowset_close(l->rows);
    source_close(l->source);
    detect_run_free(l->detecting);
    mem_free(l);
    return status;
}

void calibrating_done(struct calibrating *c)
{
    detectors_free(c->detectors);
}
