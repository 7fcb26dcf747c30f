/*
 * What a row says about a message: who wrote it, who can see it, whether it is one at all.
 *
 * Call: message_word_find on the texts that value tables make of the cells; message_of_row.
 * Owns: constant tables.
 * Errors: false for a word that the record model does not have; nothing is guessed from it.
 * Units: none.
 * Threads: constant.
 */
#ifndef CFAUDIT_RECORD_MESSAGE_H
#define CFAUDIT_RECORD_MESSAGE_H

#include "record/record.h"

enum message_visibility { VISIBILITY_MISSING, VISIBILITY_UNKNOWN, VISIBILITY_PUBLIC,
                          VISIBILITY_PRIVATE };
/* Type of an event, as far as messages are concerned. */
enum message_type { MESSAGE_MISSING, MESSAGE_OTHER, MESSAGE_MESSAGE, MESSAGE_NOTE };

struct row_message {
    bool has_actor; /* the row names an author's class, be it an unknown word */
    enum actor_class actor;
    enum message_visibility visibility;
    enum message_type type;
    bool has_language; /* it is declared: */
    unsigned language; /* enum lang, or one that no lexicon has: OTHER_LANGUAGE */
    struct str text; /* borrowed from the row; missing: none, or nobody asked */
    uint32_t marks;  /* record_message.marks */
};

bool message_visibility_find(struct str word, enum message_visibility *ret_visibility);
enum message_type message_type_find(struct str word);
/*
 * True: the row is a message. Its type says so (`message`, or `note`, which is private unless its
 * visibility says otherwise); or it has no type, but an author's class and a visibility.
 */
bool message_of_row(const struct row_message *row, bool *ret_is_public);

#endif
