#include "measure/talk_roles.h"

#include "base/mem.h"

struct talk_roles {
    struct talk *talk;
    struct term_pool customer;
    struct item_list *items;
};

bool talk_roles_are_told(const struct measure_context *context)
{
    return !instant_is_missing(context->as_of) &&
           (talk_is_read(context) || items_are_told(context));
}

enum status talk_roles_new(const struct measure_context *context, struct diag *diag,
                           struct talk_roles **ret_roles)
{
    struct talk_roles *roles = mem_alloc(1, sizeof *roles);
    enum status status = roles ? item_list_new(context, diag, &roles->items) : STATUS_MEMORY;

    if (status == STATUS_OK)
        roles->talk = talk_new(context);
    if (!roles || (status == STATUS_OK && !roles->talk))
        status = diag_no_memory(diag);
    if (status == STATUS_OK)
        *ret_roles = roles;
    else
        talk_roles_free(roles);
    return status;
}

void talk_roles_free(struct talk_roles *roles)
{
    if (!roles)
        return;
    talk_free(roles->talk);
    term_pool_done(&roles->customer);
    item_list_free(roles->items);
    mem_free(roles);
}

/* --- what answers say --- */

/* Role of a hit; false: of none. */
static bool role_of(enum detector detector, enum role *ret_role)
{
    switch (detector) {
    case DETECT_COACH:
    case DETECT_RESTATEMENT:
        *ret_role = ROLE_COACH;
        return true;
    case DETECT_MANAGER:
        *ret_role = ROLE_MANAGER;
        return true;
    case DETECT_SPECIALIST:
        *ret_role = ROLE_SPECIALIST;
        return true;
    case DETECT_CONSULTANT:
    case DETECT_OPTION:
    case DETECT_ALTERNATIVE:
        *ret_role = ROLE_CONSULTANT;
        return true;
    case DETECT_ASSISTANT:
        *ret_role = ROLE_ASSISTANT;
        return true;
    default:
        return false;
    }
}

/* Signs of one case as they are told, one message after the other. */
struct hearing {
    struct term_pool *customer; /* what customers have written so far */
    struct roles_seen seen;     /* by texts */
    bool is_restated;       /* nobody has answered it yet */
    bool is_confirmed;
};

/* Options named in a message, each with what is said of it before the next one. */
static void count_options(struct roles_seen *seen, const struct marks *marks)
{
    const uint32_t cells = detector_bit(DETECT_TIME) | detector_bit(DETECT_COST) |
                           detector_bit(DETECT_OUTCOME);
    uint32_t told = 0; /* of the option at hand */
    bool is_option = false;
    size_t i;

    for (i = 0; i < marks->hit_count; i++) {
        uint32_t bit = detector_bit(marks->hits[i].detector);

        if (marks->hits[i].detector == DETECT_OPTION) {
            seen->options++;
            is_option = true;
            told = 0;
        } else if (is_option && (bit & cells & ~told)) {
            seen->cells++;
            told |= bit;
        }
    }
}

/* It asks about what the customer has written of, not only out of courtesy. */
static bool asks_of_matter(const struct hearing *hearing, const struct talk_turn *turn)
{
    return turn->marks.counts.questions > 0 &&
           term_pool_unseen(hearing->customer, turn->turn.stems) < turn->turn.stems.count;
}

static void hear_answer(struct hearing *hearing, const struct talk_turn *turn)
{
    const struct marks *marks = &turn->marks;
    bool is_first = hearing->seen.answers++ == 0;
    size_t i;

    hearing->seen.texts += turn->turn.has_text;
    for (i = 0; i < marks->hit_count; i++) {
        enum detector detector = marks->hits[i].detector;
        enum role role;

        if (!role_of(detector, &role) || (role == ROLE_ASSISTANT && is_first) ||
            (detector == DETECT_COACH && marks->counts.questions == 0))
            continue;
        role_cover_note(&hearing->seen.cover, role,
                        (struct role_place){turn->at, (uint32_t)turn->number + 1,
                                            marks->hits[i].start});
    }
    if (asks_of_matter(hearing, turn))
        role_cover_note(&hearing->seen.cover, ROLE_COACH,
                        (struct role_place){turn->at, (uint32_t)turn->number + 1, 0});
    if (marks->detectors & detector_bit(DETECT_RESTATEMENT))
        hearing->is_restated = true;
    count_options(&hearing->seen, marks);
}

static bool hear(void *visitor, const struct record_case *item, const struct talk_turn *turn)
{
    const unsigned proposals = 1u << ROLE_CONSULTANT | 1u << ROLE_SPECIALIST;
    struct hearing *hearing = visitor;

    (void)item;
    if (turn->is_answer && turn->message) {
        unsigned before = hearing->seen.cover.played & proposals;

        hear_answer(hearing, turn);
        if (!before && (hearing->seen.cover.played & proposals))
            hearing->seen.is_restated = hearing->is_confirmed;
    } else if (turn->message && turn->message->actor == ACTOR_CUSTOMER) {
        hearing->is_confirmed |= hearing->is_restated;
        return term_pool_add(hearing->customer, turn->turn.stems);
    }
    return true;
}

/* --- what items say --- */

static void note_item(struct role_cover *cover, enum role role, const struct item *item)
{
    if (item->at != VALUE_MISSING)
        role_cover_note(cover, role, (struct role_place){.at = item->at});
}

static bool is_customers_decision(const struct item *item)
{
    return item->kind == ITEM_DECISION &&
           (item->actor == ACTOR_CUSTOMER || item->actor == ACTOR_UNKNOWN);
}

static void note_items(const struct item *items, size_t count, struct roles_seen *seen)
{
    static const int roles[ITEM_KIND_COUNT] = {
        [ITEM_QUESTION] = ROLE_COACH,
        [ITEM_HYPOTHESIS] = ROLE_SPECIALIST,
        [ITEM_OPTION] = ROLE_CONSULTANT,
        [ITEM_DECISION] = ROLE_COUNT,
    };
    size_t i;

    seen->decided = VALUE_MISSING;
    for (i = 0; i < count; i++) {
        const struct item *item = &items[i];

        seen->items++;
        if (roles[item->kind] != ROLE_COUNT && item->actor != ACTOR_CUSTOMER)
            note_item(&seen->cover, (enum role)roles[item->kind], item);
        seen->hypotheses += item->kind == ITEM_HYPOTHESIS;
        if (item->kind == ITEM_OPTION) {
            seen->options++;
            seen->cells += item->cells;
        }
        if ((item->is_chosen || is_customers_decision(item)) && seen->options > 0) {
            seen->has_decision = true;
            if (item->at > seen->decided)
                seen->decided = item->at;
        }
    }
}

/* Items come first, role by role. */
static void join(struct roles_seen *seen, const struct roles_seen *heard)
{
    int role;

    for (role = 0; role < ROLE_COUNT; role++)
        if (heard->cover.played >> role & 1 && !(seen->cover.played >> role & 1))
            role_cover_note(&seen->cover, (enum role)role, heard->cover.first[role]);
    seen->answers = heard->answers;
    seen->texts = heard->texts;
    seen->is_restated = heard->is_restated;
    if (seen->options == 0) {
        seen->options = heard->options;
        seen->cells = heard->cells;
    }
}

/* --- both --- */

bool talk_roles_of(struct talk_roles *roles, const struct record_case *item,
                   struct roles_seen *ret_seen)
{
    struct hearing hearing = {.customer = &roles->customer};
    struct roles_seen seen = {.answers = 0};
    size_t count;
    const struct item *items = item_list_of(roles->items, item->id, &count);

    term_pool_clear(&roles->customer);
    note_items(items, count, &seen);
    if (!talk_each(roles->talk, item, hear, &hearing))
        return false;
    join(&seen, &hearing.seen);
    *ret_seen = seen;
    return true;
}

bool case_role_class(const struct record_case *item, enum role_case *ret_case)
{
    static const int told_by[] = {SLOT_TICKET_CLASS, SLOT_CATEGORY};
    size_t i;

    for (i = 0; i < ARRAY_LEN(told_by); i++) {
        int64_t word = record_value(item, told_by[i]);

        if (word != VALUE_MISSING && role_case_find(record_text(item->set, word), ret_case))
            return true;
    }
    return false;
}
