/* M-46, labels on customers: hits for people to read, never verdicts. */
#include "base/mem.h"
#include "measure/conversation.h"
#include "measure/measure_table.h"
#include "measure/observe.h"
#include "measure/talk.h"

enum { MESSAGES, NOTES, VARIANTS };

static const struct measure_variant variants[VARIANTS] = {
    [MESSAGES] = {"in-messages", VARIANT_SHARE, "messages and notes that customers did not write",
                  true, true, NULL, false},
    [NOTES] = {"in-notes", VARIANT_SHARE, "notes that customers do not see", true, true, NULL,
               false},
};

static unsigned applies(const struct measure_context *context)
{
    return talk_is_read(context) && !instant_is_missing(context->as_of) &&
                   (talk_detectors(context) & detector_bit(DETECT_LABEL))
               ? (1u << VARIANTS) - 1
               : 0u;
}

static void observe_message(struct measure_state *state, const struct record_case *item,
                            size_t number)
{
    const struct record_message *message = &item->messages[number];
    struct record_case cited = talk_cited(item, message);
    struct observation observation = {.value = VALUE_MISSING, .period = message->at};
    struct marks marks;
    bool has_text;

    if (!talk_marks(observe_own(state), item, number, &has_text, &marks)) {
        observe_failed(state);
        return;
    }
    observation.counts = (marks.detectors & detector_bit(DETECT_LABEL)) != 0;
    if (!has_text)
        observe_excluded(state, MESSAGES, &cited, "no-text");
    else
        observe_value(state, MESSAGES, &cited, &observation);
    if (message->is_public)
        return;
    if (!has_text)
        observe_excluded(state, NOTES, &cited, "no-text");
    else
        observe_value(state, NOTES, &cited, &observation);
}

static void observe(struct measure_state *state, const struct record_case *item)
{
    size_t count = conversation_count(item, observe_context(state)->as_of.us);
    bool is_any = false;
    size_t v;
    size_t i;

    if (!observe_applies(state))
        return;
    for (i = 0; i < count; i++) {
        if (item->messages[i].actor == ACTOR_CUSTOMER)
            continue;
        observe_message(state, item, i);
        is_any = true;
    }
    for (v = 0; !is_any && v < VARIANTS; v++)
        observe_excluded(state, v, item, count ? "written-by-customers" : "no-messages");
}

const struct measure measure_labels = {
    .id = "M-46",
    .name = "labels-on-customers",
    .title = {{STR_INIT("derogatory labels in records"),
               STR_INIT("etichette denigratorie nei dati")}},
    .definition = {{STR_INIT("Share of messages and notes of the organization that describe customers "
                             "with words of a list of derogatory labels; each hit is for a person to "
                             "read."),
                    STR_INIT("Quota dei messaggi e delle note dell'organizzazione che descrivono i "
                             "clienti con parole di un elenco di etichette denigratorie; ogni "
                             "occorrenza va letta da una persona.")}},
    .formula = "messages with a hit / messages that were scanned; Wilson interval; the words "
               "themselves are not shown",
    .fields = "event.at event.actor-class event.visibility event.text; a lexicon with label",
    .source = "words of the lexicon; Wilson 1927",
    .needs_marks = true,
    .detectors = 1u << DETECT_LABEL,
    .prepare = talk_prepare,
    .release = talk_release,
    .variants = variants,
    .variant_count = VARIANTS,
    .applies = applies,
    .observe = observe,
};
