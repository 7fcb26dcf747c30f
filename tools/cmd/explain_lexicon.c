#include "cmd/explain_lexicon.h"

#include "base/buf.h"
#include "detect/detect.h"
#include "measure/measure.h"

/* Each with a comma behind the one before, in lines of at most eighty signs. */
static void put_phrases(const struct lexicon_phrases *phrases, struct buf *out)
{
    size_t line = out->len;
    size_t i;

    for (i = 0; i < phrases->count; i++) {
        if (i && out->len - line + phrases->list[i].len > 76) {
            buf_add_text(out, ",\n    ");
            line = out->len;
        } else if (i) {
            buf_add_text(out, ", ");
        }
        buf_add(out, phrases->list[i]);
    }
    buf_add_char(out, '\n');
}

static void put_attribute(struct buf *out, const char *name, struct str value)
{
    if (value.ptr)
        buf_printf(out, " %s=\"%.*s\"", name, STR_ARG(value));
}

/* As they stand in the document; what is as usual does not. */
static void put_attributes(const struct lexicon_detector *detector,
                           const struct lexicon_entry *entry, struct buf *out)
{
    const struct str none = {NULL, 0};

    put_attribute(out, "in",
                  entry->sentence == SENTENCE_QUESTION    ? str_of("question")
                  : entry->sentence == SENTENCE_STATEMENT ? str_of("statement")
                                                          : none);
    put_attribute(out, "at", entry->begins_clause ? str_of("clause") : none);
    put_attribute(out, "negation",
                  entry->ignores_negation == detector->ignores_negation ? none
                  : entry->ignores_negation                             ? str_of("ignored")
                                                                        : str_of("takes-back"));
    put_attribute(out, "matter", entry->says_matter ? str_of("yes") : none);
    put_attribute(out, "beside", entry->conditions.beside);
    put_attribute(out, "unless", entry->conditions.unless);
    put_attribute(out, "with", entry->conditions.with);
    put_attribute(out, "without", entry->conditions.without);
}

static void put_detector(const struct run *run, const struct lexicon_detector *from,
                         struct buf *out)
{
    enum detector detector = DETECT_REFUSAL;
    size_t i;

    detector_find(from->name, &detector);
    buf_printf(out, "\n%.*s: %.*s%s\n", STR_ARG(from->name),
               STR_ARG(words_in(detector_title(detector), run->lang)),
               from->ignores_negation ? "" : "; a negation takes it back");
    for (i = 0; i < from->entry_count; i++) {
        buf_printf(out, "  %.*s", STR_ARG(from->entries[i].id));
        put_attributes(from, &from->entries[i], out);
        buf_add_text(out, ": ");
        if (detector == DETECT_LABEL)
            buf_printf(out, "%zu phrases (--source shows them)\n", from->entries[i].phrases.count);
        else
            put_phrases(&from->entries[i].phrases, out);
    }
    if (from->exceptions.count && detector != DETECT_LABEL) {
        buf_add_text(out, "  except: ");
        put_phrases(&from->exceptions, out);
    }
}

enum status explain_lexicon(struct run *run, struct str name, struct buf *out)
{
    struct lexicon *lexicon = NULL;
    struct str note;
    enum status status = lexicon_load(&run->arena, &run->library, name, (struct str){NULL, 0},
                                      &run->diag, &lexicon);
    size_t i;

    if (status != STATUS_OK)
        return status;
    note = words_in(&lexicon->note, run->lang);
    buf_printf(out, "%.*s, revision %u (%s): %.*s\n", STR_ARG(lexicon->id), lexicon->revision,
               lang_name(lexicon->language), STR_ARG(words_in(&lexicon->title, run->lang)));
    if (note.ptr)
        buf_printf(out, "%.*s\n", STR_ARG(note));
    for (i = 0; i < lexicon->slot_count; i++) {
        buf_printf(out, "\n{%.*s}: ", STR_ARG(lexicon->slots[i].name));
        put_phrases(&lexicon->slots[i].phrases, out);
    }
    for (i = 0; i < lexicon->detector_count; i++)
        put_detector(run, &lexicon->detectors[i], out);
    return STATUS_OK;
}

bool explain_detector(const struct run *run, struct str word, struct buf *out)
{
    enum detector detector;
    size_t i;
    size_t n = 0;

    if (!detector_find(word, &detector))
        return false;
    buf_printf(out, "detector %s: %.*s\n", detector_name(detector),
               STR_ARG(words_in(detector_title(detector), run->lang)));
    buf_printf(out, "Finds phrases of lexicons in texts of messages (cfaudit list lexicons). It gives "
                    "points only\nwhere it is calibrated: the lower limit of its precision on a "
                    "labelled sample of your own\nis at least %.2f, with the same lexicons (cfaudit "
                    "calibrate).\n", 0.70);
    for (i = 0; measures[i]; i++)
        if (measures[i]->detectors >> detector & 1)
            buf_printf(out, "%s%s", n++ ? ", " : "measures that rest on it: ", measures[i]->id);
    if (n)
        buf_add_char(out, '\n');
    return true;
}
