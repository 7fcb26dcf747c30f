/*
 * Questions whose figures no source of the audit can feed: people have to answer them, or a source is
 * missing. Said only where it is certain from the source maps alone.
 */
#include <string.h>

#include "lint/lint_maps.h"
#include "lint/lint_reference.h"
#include "measure/measure.h"

/* "event.at" into record and field; false: another word, such as "messages". */
static bool split_field(struct str token, char *record, size_t record_size, struct str *ret_field)
{
    const char *dot = token.len ? memchr(token.ptr, '.', token.len) : NULL;
    size_t len = dot ? (size_t)(dot - token.ptr) : 0;

    if (!dot || len >= record_size)
        return false;
    memcpy(record, token.ptr, len);
    record[len] = '\0';
    *ret_field = (struct str){dot + 1, token.len - len - 1};
    return true;
}

/*
 * Whether the sources may give what one alternative names: a field at least of each record in it. What
 * is not a field ("messages", "service levels") may be there.
 */
static bool may_give(const struct lint_maps *maps, struct str fields)
{
    const struct str all = fields;
    char record[32];
    struct str token;
    struct str field;

    while (str_split(&fields, ' ', &token)) {
        struct str rest = all;
        char other[32];
        struct str one;
        bool is_given = false;

        if (!token.len || !split_field(token, record, sizeof record, &field))
            continue;
        while (!is_given && str_split(&rest, ' ', &one))
            is_given = split_field(one, other, sizeof other, &field) &&
                       strcmp(other, record) == 0 && lint_maps_give(maps, record, field);
        if (!is_given)
            return false;
    }
    return true;
}

static bool is_unfed(const struct lint_maps *maps, const struct measure *measure)
{
    struct str rest = str_of(measure->fields);
    struct str alternative;

    while (str_split(&rest, ';', &alternative))
        if (may_give(maps, alternative))
            return false;
    return true;
}

/* A measure of the question, when every one of them goes without data; NULL: no such. */
static const struct measure *unfed(const struct lint_maps *maps, const struct xml_node *question)
{
    const struct xml_node *binding = xml_child(question, "binding");
    const struct measure *found = NULL;

    for (; binding; binding = xml_next(binding, "binding")) {
        const struct measure *measure = measure_find(xml_attr(binding, "measure"));

        if (!measure)
            continue; /* measure-unknown speaks of it */
        if (!is_unfed(maps, measure))
            return NULL;
        found = measure;
    }
    return found;
}

static void check(struct lint *lint, const struct xml_node *use, const struct xml_node *checklist)
{
    const struct xml_node *question = xml_child(checklist, "question");

    for (; question; question = xml_next(question, "question")) {
        const struct measure *measure = unfed(lint->state, question);

        if (!measure)
            continue;
        lint_say(lint, use, "name", "question %.*s: %s needs %s",
                 STR_ARG(xml_attr(question, "id")), measure->id, measure->fields);
        lint_hint(lint, "add a source whose map has these fields, or let a person answer");
    }
}

static void look(struct lint *lint, const struct xml_node *node)
{
    if (lint_maps(lint, lint->state))
        lint_with_checklist(lint, node, "name", check);
}

const struct lint_rule lint_audit_unfed = {.kind = "audit",
                                           .element = "checklist",
                                           .state_size = sizeof(struct lint_maps),
                                           .look = look};
