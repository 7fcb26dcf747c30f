#include "record/message.h"

static const char *const actor_names[ACTOR_CLASS_COUNT] = {
    "unknown", "agent", "customer", "bot", "system", "boss", "partner"};

bool actor_class_find(struct str word, enum actor_class *ret_actor)
{
    int i;

    for (i = ACTOR_AGENT; i < ACTOR_CLASS_COUNT; i++) {
        if (str_equal_nocase(word, str_of(actor_names[i]))) {
            *ret_actor = (enum actor_class)i;
            return true;
        }
    }
    return false;
}

const char *actor_class_name(enum actor_class actor)
{
    return actor_names[actor];
}

bool message_visibility_find(struct str word, enum message_visibility *ret_visibility)
{
    bool is_public = str_equal_nocase(word, STR("public"));

    if (!is_public && !str_equal_nocase(word, STR("private")))
        return false;
    *ret_visibility = is_public ? VISIBILITY_PUBLIC : VISIBILITY_PRIVATE;
    return true;
}

enum message_type message_type_find(struct str word)
{
    return str_equal_nocase(word, STR("message")) ? MESSAGE_MESSAGE
           : str_equal_nocase(word, STR("note"))  ? MESSAGE_NOTE
                                                  : MESSAGE_OTHER;
}

bool message_of_row(const struct row_message *row, bool *ret_is_public)
{
    if (row->type == MESSAGE_OTHER)
        return false;
    if (row->type == MESSAGE_MISSING &&
        (!row->has_actor || row->visibility == VISIBILITY_MISSING))
        return false;
    *ret_is_public = row->visibility == VISIBILITY_PUBLIC ||
                     (row->visibility == VISIBILITY_MISSING && row->type == MESSAGE_MESSAGE);
    return true;
}
