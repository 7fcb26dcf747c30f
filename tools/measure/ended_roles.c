#include "measure/ended_roles.h"

#include "measure/observe.h"

const char *roles_unseen(const struct record_case *item, const struct roles_seen *seen)
{
    int64_t class = record_value(item, SLOT_CLASS);

    if (class == CLASS_CANCELLED)
        return "cancelled";
    if (class != VALUE_MISSING && class != CLASS_UNKNOWN && !class_is_over(class))
        return "still-open"; /* what is missing may come yet */
    if (seen->items > 0)
        return NULL;
    if (seen->answers == 0)
        return item->message_count ? "no-answer" : "no-messages";
    return seen->texts == 0 ? "no-text" : NULL;
}
