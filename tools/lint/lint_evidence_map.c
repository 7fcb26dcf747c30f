/* Ledgers whose sources were read by a map that was changed since. */
#include "lint/lint_meet.h"

static void meet(struct lint *lint)
{
    const struct xml_node *node = xml_child(lint->root, "source");

    for (; node; node = xml_next(node, "source")) {
        const struct lint_document *map =
            lint_known(lint->set, "source-map", xml_attr(node, "map"));

        if (!map || lint_digest_is(&map->sha256, xml_attr(node, "map-sha256")))
            continue;
        lint_say_digest(lint, node, "map-sha256", map);
        lint_hint(lint, "see what changed, then gather again");
    }
}

const struct lint_rule lint_evidence_map = {.kind = "evidence", .meet = meet};
