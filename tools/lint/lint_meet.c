#include "lint/lint_meet.h"

#include <string.h>

#include "answer/answer.h"
#include "plan/plan.h"
#include "time/zone.h"

/* Of a SHA-256, enough to see that two differ. */
enum { DIGITS_SHOWN = 8 };

static struct str folder_of(struct str name)
{
    size_t len = name.len;

    while (len > 0 && name.ptr[len - 1] != '/')
        len--;
    return (struct str){name.ptr, len};
}

/* What a search has come upon: a copy of the same bytes is no other document. */
struct search {
    const struct lint_document *found;
    bool is_doubtful;
};

static void take(struct search *search, const struct lint_document *document)
{
    if (!search->found)
        search->found = document;
    else if (memcmp(search->found->sha256.bytes, document->sha256.bytes,
                    sizeof document->sha256.bytes) != 0)
        search->is_doubtful = true;
}

static bool is_usable(const struct lint_document *document, const char *kind)
{
    return document->is_whole && document->kind && strcmp(document->kind, kind) == 0;
}

const struct lint_document *lint_partner(const struct lint_set *set,
                                         const struct lint_document *self, const char *kind)
{
    struct search near = {NULL, false};
    struct search all = {NULL, false};
    size_t i;

    for (i = 0; i < set->count && self->audit.ptr; i++) {
        const struct lint_document *document = set->documents[i];

        if (document == self || !is_usable(document, kind) || !document->model ||
            !str_equal(document->audit, self->audit))
            continue;
        take(&all, document);
        if (str_equal(folder_of(document->name), folder_of(self->name)))
            take(&near, document);
    }
    if (near.found)
        return near.is_doubtful ? NULL : near.found;
    return all.is_doubtful ? NULL : all.found;
}

const void *lint_partner_model(const struct lint_set *set, const struct lint_document *self,
                               const char *kind)
{
    const struct lint_document *partner = lint_partner(set, self, kind);

    return partner ? partner->model : NULL;
}

const struct lint_document *lint_known(const struct lint_set *set, const char *kind, struct str id)
{
    struct search all = {NULL, false};
    size_t i;

    for (i = 0; i < set->count; i++)
        if (is_usable(set->documents[i], kind) && str_equal(set->documents[i]->id, id))
            take(&all, set->documents[i]);
    return all.is_doubtful ? NULL : all.found;
}

void lint_actions_by_day(struct lint *lint, lint_action_look *look)
{
    const struct audit *audit = lint_partner_model(lint->set, lint->self, "audit");
    const struct actions *actions = lint->self->model;
    const struct xml_node *node = xml_child(lint->root, "action");
    struct str day;
    size_t i;

    if (!audit)
        return;
    day = lint_day_of(lint, audit->as_of, audit->zone);
    for (i = 0; i < actions->count && day.ptr; i++, node = xml_next(node, "action"))
        look(lint, node, &actions->list[i], day);
}

struct str lint_day_of(struct lint *lint, struct instant instant, struct str zone)
{
    struct zone *loaded = NULL;
    struct civil civil;
    struct diag inner;
    struct str day;

    if (instant_is_missing(instant))
        return (struct str){NULL, 0};
    diag_init(&inner);
    if (zone.len && zone_load(zone, &inner, &loaded) == STATUS_MEMORY)
        lint_no_memory(lint);
    diag_done(&inner);
    civil = civil_from_local(zone_local(loaded ? loaded : zone_utc(), instant));
    zone_free(loaded);
    day = arena_format(lint->arena, "%04d-%02u-%02u", civil.year, civil.month, civil.day);
    if (!day.ptr)
        lint_no_memory(lint);
    return day;
}

bool lint_is_before(struct str day, struct str other)
{
    /* days as YYYY-MM-DD stand in the order of their bytes */
    return day.ptr && other.ptr && str_compare(day, other) < 0;
}

bool lint_digest_is(const struct sha256 *sum, struct str written)
{
    return str_is(written, digest_text(sum).hex);
}

void lint_say_digest(struct lint *lint, const struct xml_node *node, const char *attribute,
                     const struct lint_document *other)
{
    struct str written = xml_attr(node, attribute);

    lint_say(lint, node, attribute, "the SHA-256 of '%.*s' begins with %.*s, not %.*s",
             STR_ARG(other->name), DIGITS_SHOWN, digest_text(&other->sha256).hex,
             (int)(written.len < DIGITS_SHOWN ? written.len : DIGITS_SHOWN), written.ptr);
}

bool lint_say_partner_digest(struct lint *lint, const char *kind, const char *attribute)
{
    const struct lint_document *other = lint_partner(lint->set, lint->self, kind);
    struct str written = xml_attr(lint->root, attribute);

    if (!other || !written.ptr || lint_digest_is(&other->sha256, written))
        return false;
    lint_say_digest(lint, lint->root, attribute, other);
    return true;
}
