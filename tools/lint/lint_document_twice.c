/* Two documents of one kind and id that are not the same: whoever cites the id may mean either. */
#include <string.h>

#include "lint/lint_rule.h"

/* Where a kind has revisions, two of them are versions and not two documents. */
static bool is_other(const struct lint_document *a, const struct lint_document *b)
{
    return a->is_whole && b->is_whole && a->row == b->row && str_equal(a->id, b->id) &&
           a->revision == b->revision &&
           memcmp(a->sha256.bytes, b->sha256.bytes, sizeof a->sha256.bytes) != 0;
}

static void meet(struct lint *lint)
{
    const struct lint_document *self = lint->self;
    size_t i;

    for (i = 0; self->id.ptr && i < lint->set->count; i++) {
        const struct lint_document *other = lint->set->documents[i];

        if (!is_other(self, other))
            continue;
        diag_report(lint->diag, lint->rule, self->id_place, "'%.*s' is in '%.*s', too",
                    STR_ARG(self->id), STR_ARG(other->name));
        lint_hint(lint, "give one of the two an id of its own, or raise its revision");
        return;
    }
}

const struct lint_rule lint_document_twice = {.meet = meet};
