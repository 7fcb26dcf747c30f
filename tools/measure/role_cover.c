#include "measure/role_cover.h"

#include "base/mem.h"

static const int64_t MILLION = 1000000;

enum { CELLS = 3 }; /* of an option: time, cost, outcome */

static const char *const role_names[ROLE_COUNT] = {"coach", "manager", "specialist", "consultant",
                                                   "assistant"};

enum {
    COACH = 1u << ROLE_COACH,
    MANAGER = 1u << ROLE_MANAGER,
    SPECIALIST = 1u << ROLE_SPECIALIST,
    CONSULTANT = 1u << ROLE_CONSULTANT,
    ASSISTANT = 1u << ROLE_ASSISTANT,
    EVERY_ROLE = COACH | MANAGER | SPECIALIST | CONSULTANT | ASSISTANT
};

static const unsigned required[ROLE_CASE_COUNT] = {
    [ROLE_CASE_REQUEST] = COACH | MANAGER,
    [ROLE_CASE_INFORMATION] = COACH | CONSULTANT,
    [ROLE_CASE_KNOWN_ERROR] = COACH | MANAGER | ASSISTANT,
    [ROLE_CASE_INCIDENT] = COACH | MANAGER | SPECIALIST | ASSISTANT,
    [ROLE_CASE_ALTERNATIVES] = EVERY_ROLE,
    [ROLE_CASE_CHANGE] = EVERY_ROLE,
    [ROLE_CASE_COMPLAINT] = EVERY_ROLE,
};

/* The first word of a class is its name. */
static const struct {
    const char *word;
    enum role_case role_case;
} words[] = {
    {"request", ROLE_CASE_REQUEST},
    {"information", ROLE_CASE_INFORMATION},
    {"known-error", ROLE_CASE_KNOWN_ERROR},
    {"incident", ROLE_CASE_INCIDENT},
    {"incident-alternatives", ROLE_CASE_ALTERNATIVES},
    {"change", ROLE_CASE_CHANGE},
    {"complaint", ROLE_CASE_COMPLAINT},
    {"service-request", ROLE_CASE_REQUEST},
    {"question", ROLE_CASE_INFORMATION},
    {"incident-with-alternatives", ROLE_CASE_ALTERNATIVES},
    {"richiesta", ROLE_CASE_REQUEST},
    {"informazione", ROLE_CASE_INFORMATION},
    {"informazioni", ROLE_CASE_INFORMATION},
    {"errore-noto", ROLE_CASE_KNOWN_ERROR},
    {"incidente", ROLE_CASE_INCIDENT},
    {"guasto", ROLE_CASE_INCIDENT},
    {"incidente-con-alternative", ROLE_CASE_ALTERNATIVES},
    {"modifica", ROLE_CASE_CHANGE},
    {"reclamo", ROLE_CASE_COMPLAINT},
};

const char *role_name(enum role role)
{
    return role_names[role];
}

/* --- words --- */

static char plain(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c == ' ' || c == '_' ? '-' : c;
}

static bool is_word(struct str word, const char *name)
{
    size_t i;

    for (i = 0; i < word.len && name[i]; i++)
        if (plain(word.ptr[i]) != name[i])
            return false;
    return i == word.len && !name[i];
}

bool role_case_find(struct str word, enum role_case *ret_case)
{
    size_t i;

    word = str_trim(word);
    for (i = 0; i < ARRAY_LEN(words); i++) {
        if (is_word(word, words[i].word)) {
            *ret_case = words[i].role_case;
            return true;
        }
    }
    return false;
}

const char *role_case_name(enum role_case role_case)
{
    size_t i = 0;

    while (words[i].role_case != role_case)
        i++;
    return words[i].word;
}

unsigned roles_required(enum role_case role_case)
{
    return required[role_case];
}

/* --- what was played --- */

int role_place_compare(struct role_place a, struct role_place b)
{
    if (a.at != b.at)
        return a.at < b.at ? -1 : 1;
    if (a.message != b.message)
        return a.message < b.message ? -1 : 1;
    return (a.start > b.start) - (a.start < b.start);
}

void role_cover_note(struct role_cover *cover, enum role role, struct role_place place)
{
    if (!(cover->played >> role & 1) || role_place_compare(place, cover->first[role]) < 0)
        cover->first[role] = place;
    cover->played |= 1u << role;
}

static unsigned count_of(unsigned roles)
{
    unsigned count = 0;

    for (; roles; roles &= roles - 1)
        count++;
    return count;
}

static int64_t share(uint64_t part, uint64_t whole)
{
    return (int64_t)((part * 2 * (uint64_t)MILLION + whole) / (2 * whole));
}

int64_t roles_covered(const struct role_cover *cover, unsigned needed)
{
    return share(count_of(cover->played & needed), count_of(needed));
}

static bool is_inverted(const struct role_cover *cover, int earlier, int later, bool may_swap)
{
    if (may_swap && earlier == ROLE_MANAGER && later == ROLE_SPECIALIST)
        return false;
    return role_place_compare(cover->first[earlier], cover->first[later]) > 0;
}

bool roles_ordered(const struct role_cover *cover, unsigned needed, bool may_swap,
                   int64_t *ret_order)
{
    unsigned played = cover->played & needed;
    unsigned count = count_of(played);
    unsigned pairs;
    unsigned inverted = 0;
    int a;
    int b;

    if (count < 2)
        return false;
    for (a = 0; a < ROLE_COUNT; a++)
        for (b = a + 1; b < ROLE_COUNT; b++)
            if (played >> a & 1 && played >> b & 1)
                inverted += is_inverted(cover, a, b, may_swap);
    pairs = count * (count - 1) / 2;
    *ret_order = share(pairs - inverted, pairs);
    return true;
}

bool roles_are_premature(const struct role_cover *cover)
{
    int role;

    for (role = ROLE_SPECIALIST; role <= ROLE_CONSULTANT; role++)
        if (cover->played >> role & 1 &&
            (!(cover->played & COACH) ||
             role_place_compare(cover->first[role], cover->first[ROLE_COACH]) < 0))
            return true;
    return false;
}

int64_t options_completeness(uint32_t options, uint32_t cells)
{
    return options == 0 ? 0 : share(cells, CELLS * (uint64_t)(options < 2 ? 2 : options));
}
