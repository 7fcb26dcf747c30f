/*
 * Registers: gestures, errors and limits that were told, disputes, partners introduced; and acts that
 * a person has put down, of any class, be it that no other record tells of them or that they confirm
 * what a text seemed to say.
 */
#include "base/mem.h"
#include "measure/account_sources.h"

static int64_t moment(const struct record_case *item)
{
    int64_t at = record_value(item, REGISTER_AT);

    return at != VALUE_MISSING ? at : record_value(item, REGISTER_DONE);
}

/* Linked to a ticket in which we failed it mends; else it is a gift. */
static bool take_goodwill(const struct account_book *book, const struct record_case *item,
                          struct account_act *act)
{
    (void)book;
    act->at = record_value(item, REGISTER_DONE);
    if (act->at == VALUE_MISSING)
        act->at = moment(item);
    act->class = act->ticket.len ? TRUST_R : TRUST_D6;
    act->is_gesture = true;
    return true;
}

/* The customer heard of it from us, before he reported it. */
static bool take_own_error(const struct account_book *book, const struct record_case *item,
                           struct account_act *act)
{
    int64_t reported = account_opened(book, act->ticket);

    act->class = TRUST_D5;
    act->at = record_value(item, REGISTER_INFORMED);
    return act->at != VALUE_MISSING && (reported == VALUE_MISSING || act->at < reported);
}

/* He was told what the product is not made for, before he reported that it failed there. */
static bool take_limits(const struct account_book *book, const struct record_case *item,
                        struct account_act *act)
{
    int64_t reported = account_opened(book, act->ticket);

    act->class = TRUST_D4;
    act->at = record_value(item, REGISTER_INFORMED);
    return act->at != VALUE_MISSING && (reported == VALUE_MISSING || act->at < reported);
}

/* Refused although the fault is ours. */
static bool take_dispute(const struct account_book *book, const struct record_case *item,
                         struct account_act *act)
{
    struct str decision = account_text(item, REGISTER_DECISION);

    (void)book;
    act->class = TRUST_W11;
    act->at = moment(item);
    return str_is(account_text(item, REGISTER_PARTY), "us") &&
           (str_is(decision, "refused") || str_is(decision, "rejected") ||
            str_is(decision, "denied"));
}

/* Whom we introduced answers for half of it, and we for the other. */
static bool take_referral(const struct account_book *book, const struct record_case *item,
                          struct account_act *act)
{
    struct str outcome = account_text(item, REGISTER_OUTCOME);

    (void)book;
    act->class = TRUST_W13;
    act->attribution = ACCOUNT_PARTNER;
    act->at = record_value(item, REGISTER_REVIEWED);
    if (act->at == VALUE_MISSING)
        act->at = moment(item);
    return str_is(outcome, "bad") || str_is(outcome, "failed") || str_is(outcome, "unsatisfied");
}

/* What a person has seen: the reason names the class, the rating how grave it was. */
static bool take_feedback(const struct account_book *book, const struct record_case *item,
                          struct account_act *act)
{
    static const struct {
        const char *rating;
        double severity;
    } ratings[] = {{"0.5", 0.5}, {"1", 1}, {"2", 2}, {"3", 3}};
    struct str rating = account_text(item, REGISTER_RATING);
    size_t i;

    (void)book;
    act->at = moment(item);
    for (i = 0; i < ARRAY_LEN(ratings); i++)
        if (str_is(rating, ratings[i].rating))
            act->severity = ratings[i].severity;
    return trust_class_find(account_text(item, REGISTER_REASON), &act->class);
}

static const struct {
    const char *kind;
    bool (*take)(const struct account_book *book, const struct record_case *item,
                 struct account_act *act);
} kinds[] = {
    {"goodwill", take_goodwill}, {"nonconforming-output", take_own_error},
    {"dispute", take_dispute},   {"referral", take_referral},
    {"feedback", take_feedback}, {"limits-of-use", take_limits},
};

static enum status collect(struct account_book *book, const struct record_set *set)
{
    size_t count = record_case_count(set);
    size_t i;
    size_t k;

    for (i = 0; i < count; i++) {
        struct record_case item = record_case_at(set, i);
        struct str kind = account_text(&item, REGISTER_KIND);
        struct account_act act =
            account_act_of(TRUST_D6, VALUE_MISSING, account_customer_of(book, &item),
                           account_text(&item, KIND_TICKET));

        for (k = 0; k < ARRAY_LEN(kinds) && !str_is(kind, kinds[k].kind); k++)
            continue;
        if (k < ARRAY_LEN(kinds) && kinds[k].take(book, &item, &act) &&
            act.at <= book->context->as_of.us)
            account_book_add(book, &item, &act);
    }
    return STATUS_OK;
}

const struct account_source account_registers = {.kind = RECORD_REGISTER, .collect = collect};
