/* What a detector found, as text, CSV and JSON. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "cmd/detecting.h"
#include "evidence/json_tree.h"

static const struct detector_entry *entry_of(const struct detecting *d, const struct detected *item)
{
    return detectors_entry(d->gathering.detectors, item->hit.entry);
}

static enum trust trust(const struct detecting *d)
{
    return trust_of(d->gathering.calibration, d->gathering.detectors, d->detector);
}

/* How well it did on the sample of the calibration; false: there is none of this version. */
static bool find_quality(const struct detecting *d, struct detector_quality *ret_quality)
{
    const struct calibration *calibration = d->gathering.calibration;
    size_t i;

    if (trust(d) < TRUST_LOW)
        return false;
    for (i = 0; i < calibration->detector_count; i++) {
        if (!str_is(calibration->detectors[i].name, detector_name(d->detector)))
            continue;
        *ret_quality = trust_quality(&calibration->detectors[i]);
        return true;
    }
    return false;
}

static double share_of(const struct detecting *d)
{
    return d->messages ? (double)d->hit_messages / (double)d->messages : NAN;
}

static void put_at(struct buf *out, struct instant at)
{
    if (!instant_is_missing(at))
        instant_format(at, out);
}

/* --- text --- */

static const char *const trust_says[TRUST_COUNT] = {
    "not calibrated: its hits are for review and give no points",
    "calibrated with other lexicons: its hits are for review and give no points",
    "precision too low or too uncertain: its hits are for review and give no points",
    "calibrated: it may give points"};

static void put_summary(const struct detecting *d, struct buf *out)
{
    struct interval limits;
    struct detector_quality quality;
    double corrected;
    size_t i;

    buf_printf(out, "%s: %" PRIu64 " of %" PRIu64 " messages with a text, %zu hits",
               detector_name(d->detector), d->hit_messages, d->messages, d->hit_count);
    if (stat_wilson(d->hit_messages, d->messages, &limits))
        buf_printf(out, "; %.1f %% (95 %%: %.1f to %.1f)", share_of(d) * 100, limits.low * 100,
                   limits.high * 100);
    buf_add_char(out, '\n');
    if (find_quality(d, &quality) && trust_prevalence(&quality, share_of(d), &corrected))
        buf_printf(out, "  corrected for what it misses and for what it hits in vain: %.1f %%\n",
                   corrected * 100);
    buf_printf(out, "  %s\n  lexicons:", trust_says[trust(d)]);
    for (i = 0; i < d->gathering.lexicon_count; i++)
        buf_printf(out, "%s %.*s (%u)", i ? "," : "", STR_ARG(d->gathering.lexicons[i]->id),
                   d->gathering.lexicons[i]->revision);
    if (d->boilerplate_lines)
        buf_printf(out, "\n  lines left out as boilerplate: %zu", d->boilerplate_lines);
    buf_add_char(out, '\n');
}

void detecting_text(const struct detecting *d, struct buf *out)
{
    size_t i;

    put_summary(d, out);
    for (i = 0; i < d->hit_count; i++) {
        const struct detected *item = &d->hits[i];

        buf_add_visible(out, item->source, 500);
        buf_printf(out, ":%" PRIu64 ": ", item->line);
        buf_add_visible(out, item->ticket, 100);
        buf_printf(out, " %s %" PRIu64 ":%" PRIu64 " %.*s ", actor_class_name(item->actor),
                   item->text_line, item->text_column, STR_ARG(entry_of(d, item)->id));
        if (item->span.ptr) {
            buf_add_char(out, '\'');
            buf_add_visible(out, item->span, 200);
            buf_add_char(out, '\'');
        } else {
            buf_printf(out, "#%016" PRIx64, item->hit.hash);
        }
        buf_add_char(out, '\n');
    }
}

/* --- CSV --- */

static void put_number(struct buf *out, uint64_t value)
{
    buf_printf(out, "%" PRIu64 ",", value);
}

static void put_cell(struct buf *out, struct str text)
{
    buf_add_cell(out, text);
    buf_add_char(out, ',');
}

void detecting_csv(const struct detecting *d, struct buf *out)
{
    size_t i;

    buf_add_text(out, "source,line,offset,ticket,at,author,public,detector,lexicon,entry,text_line,"
                      "text_column,length,hash,span\r\n");
    for (i = 0; i < d->hit_count; i++) {
        const struct detected *item = &d->hits[i];
        const struct detector_entry *entry = entry_of(d, item);

        put_cell(out, item->source);
        put_number(out, item->line);
        put_number(out, item->offset);
        put_cell(out, item->ticket);
        put_at(out, item->at);
        buf_add_char(out, ',');
        put_cell(out, str_of(actor_class_name(item->actor)));
        put_cell(out, item->is_public ? STR("true") : STR("false"));
        put_cell(out, str_of(detector_name(item->hit.detector)));
        put_cell(out, entry->lexicon->id);
        put_cell(out, entry->id);
        put_number(out, item->text_line);
        put_number(out, item->text_column);
        put_number(out, item->hit.length);
        buf_printf(out, "%016" PRIx64 ",", item->hit.hash);
        buf_add_cell(out, item->span);
        buf_add_text(out, "\r\n");
    }
}

/* --- JSON --- */

static void put_hash(struct tree *tree, uint64_t hash)
{
    char text[17];

    snprintf(text, sizeof text, "%016" PRIx64, hash);
    tree_str(tree, "hash", str_of(text));
}

static void put_hit(struct tree *tree, const struct detecting *d, const struct detected *item)
{
    const struct detector_entry *entry = entry_of(d, item);

    tree_next(tree);
    tree_open(tree, '{');
    tree_str(tree, "source", item->source);
    tree_uint(tree, "line", item->line);
    tree_uint(tree, "offset", item->offset);
    tree_str(tree, "ticket", item->ticket);
    tree_instant(tree, "at", item->at);
    tree_str(tree, "author", str_of(actor_class_name(item->actor)));
    tree_bool(tree, "public", item->is_public);
    tree_str(tree, "lexicon", entry->lexicon->id);
    tree_str(tree, "entry", entry->id);
    tree_uint(tree, "text_line", item->text_line);
    tree_uint(tree, "text_column", item->text_column);
    tree_uint(tree, "length", item->hit.length);
    put_hash(tree, item->hit.hash);
    tree_str(tree, "span", item->span);
    tree_close(tree, '}');
}

static void put_lexicons(struct tree *tree, const struct detecting *d)
{
    size_t i;

    tree_key(tree, "lexicons");
    tree_open(tree, '[');
    for (i = 0; i < d->gathering.lexicon_count; i++) {
        const struct lexicon *lexicon = d->gathering.lexicons[i];

        tree_next(tree);
        tree_open(tree, '{');
        tree_str(tree, "id", lexicon->id);
        tree_uint(tree, "revision", lexicon->revision);
        tree_sha256(tree, "sha256", &lexicon->sha256);
        tree_close(tree, '}');
    }
    tree_close(tree, ']');
}

void detecting_json(const struct detecting *d, struct buf *out)
{
    struct tree tree = {.out = out};
    struct sha256 version = detectors_version(d->gathering.detectors, d->detector);
    struct interval limits = {NAN, NAN};
    struct detector_quality quality;
    double corrected = NAN;
    const char *reason;
    int code = run_exit(d->run, STATUS_OK, &reason);
    size_t i;

    stat_wilson(d->hit_messages, d->messages, &limits);
    if (find_quality(d, &quality) && !trust_prevalence(&quality, share_of(d), &corrected))
        corrected = NAN;
    tree_open(&tree, '{');
    tree_str(&tree, "schema", STR("urn:cfaudit:detect:1"));
    tree_str(&tree, "detector", str_of(detector_name(d->detector)));
    tree_sha256(&tree, "version", &version);
    tree_str(&tree, "trust", str_of(trust_name(trust(d))));
    put_lexicons(&tree, d);
    tree_uint(&tree, "messages", d->messages);
    tree_uint(&tree, "messages_hit", d->hit_messages);
    tree_number(&tree, "share", share_of(d));
    tree_number(&tree, "low", limits.low);
    tree_number(&tree, "high", limits.high);
    tree_number(&tree, "share_corrected", corrected);
    tree_uint(&tree, "boilerplate_lines", d->boilerplate_lines);
    tree_key(&tree, "hits");
    tree_open(&tree, '[');
    for (i = 0; i < d->hit_count; i++)
        put_hit(&tree, d, &d->hits[i]);
    tree_close(&tree, ']');
    tree_key(&tree, "exit");
    tree_open(&tree, '{');
    tree_int(&tree, "code", code);
    tree_str(&tree, "reason", str_of(reason));
    tree_close(&tree, '}');
    tree_close(&tree, '}');
    buf_add_char(out, '\n');
}
